package web

import (
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

// route is what is measured of one route.
type route struct {
	motif  string
	classe [len(classes)]prometheus.Observer
}

func (m *mesures) route(motif string) *route {
	r := &route{motif: motif}
	for i, c := range classes {
		r.classe[i] = m.duree.WithLabelValues(motif, c)
	}
	return r
}

func (r *route) observer(etat int, duree time.Duration) {
	if i := etat/100 - 1; r != nil && i >= 0 && i < len(r.classe) {
		r.classe[i].Observe(duree.Seconds())
	}
}
