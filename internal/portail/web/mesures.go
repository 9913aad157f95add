package web

import (
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// mesures counts the answers and their time, by route pattern and class of status.
type mesures struct{ duree *prometheus.HistogramVec }

func nouvellesMesures(registre prometheus.Registerer) *mesures {
	m := &mesures{prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "guichet_http_requete_secondes", Help: "Time to answer a request.",
		Buckets: []float64{.001, .005, .025, .1, .3, 1, 5, 30, 120},
	}, []string{"route", "etat"})}
	if registre != nil {
		registre.MustRegister(m.duree)
	}
	return m
}

var classes = [...]string{"1xx", "2xx", "3xx", "4xx", "5xx"}

// route is what is measured of one route; a class of status that never was has no series.
type route struct {
	mesures *mesures
	motif   string
	classe  [len(classes)]atomic.Pointer[prometheus.Observer]
}

func (m *mesures) route(motif string) *route { return &route{mesures: m, motif: motif} }

func (r *route) observer(etat int, duree time.Duration) {
	i := etat/100 - 1
	if r == nil || i < 0 || i >= len(r.classe) {
		return
	}
	serie := r.classe[i].Load()
	if serie == nil { // two at once find the same one
		o := r.mesures.duree.WithLabelValues(r.motif, classes[i])
		serie = &o
		r.classe[i].Store(serie)
	}
	(*serie).Observe(duree.Seconds())
}
