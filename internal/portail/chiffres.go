package portail

import (
	"context"
	"log/slog"
	"math"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/journal"
)

// chiffres are what /metrics tells of the counter's work, read from the database when it is asked.
type chiffres struct{ *Portail }

var (
	descDemandes   = prometheus.NewDesc("guichet_demandes", "Demandes stored, by state.", []string{"etat"}, nil)
	descTravaux    = prometheus.NewDesc("guichet_travaux", "Jobs that are not done, by state.", []string{"etat"}, nil)
	descEnrolement = prometheus.NewDesc("guichet_enrolements_attente", "Requests of suppliers that wait for the agency.", nil, nil)
	descJournal    = prometheus.NewDesc("guichet_journal_attente", "Entries of the journal that have no place in its tree yet.", nil, nil)
)

// Describe names the figures.
func (c *chiffres) Describe(d chan<- *prometheus.Desc) {
	d <- descDemandes
	d <- descTravaux
	d <- descEnrolement
	d <- descJournal
	d <- descLibre
}

// delaiChiffres bounds the time that the database may take.
const delaiChiffres = 5 * time.Second

// Collect reads them. What cannot be read is missing from the answer, and told in the log.
func (c *chiffres) Collect(m chan<- prometheus.Metric) {
	ctx, fini := context.WithTimeout(context.Background(), delaiChiffres)
	defer fini()
	for _, lire := range []func(context.Context, chan<- prometheus.Metric) error{c.demandes, c.travaux, c.enrolements, c.journal, c.disque} {
		if err := lire(ctx, m); err != nil {
			c.Log.ErrorContext(ctx, "mesures en échec", slog.String("cause", err.Error()))
		}
	}
}

func (c *chiffres) demandes(ctx context.Context, m chan<- prometheus.Metric) error {
	tous, err := c.suivis.Chiffrer(ctx, compte.Agence)
	if err != nil {
		return err
	}
	for _, e := range tous.Etats {
		m <- jauge(descDemandes, e.Nombre, string(e.Etat))
	}
	return nil
}

func (c *chiffres) travaux(ctx context.Context, m chan<- prometheus.Metric) error {
	nombres, err := c.taches.Compter(ctx)
	for etat, n := range nombres {
		m <- jauge(descTravaux, n, etat)
	}
	return err
}

func (c *chiffres) enrolements(ctx context.Context, m chan<- prometheus.Metric) error {
	n, err := c.enrole.Attente(ctx, math.MaxInt32)
	if err == nil {
		m <- jauge(descEnrolement, n)
	}
	return err
}

func (c *chiffres) journal(ctx context.Context, m chan<- prometheus.Metric) error {
	n, err := journal.Attente(ctx, c.base.Lire())
	if err == nil {
		m <- jauge(descJournal, n)
	}
	return err
}

func jauge(d *prometheus.Desc, n int64, etiquettes ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), etiquettes...)
}
