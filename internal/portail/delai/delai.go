// Package delai tells when the agency's silence on a demande is a decision: the deposit's deadline, moved by each time that the supplier
// was given to produce something.
package delai

import (
	"context"
	"fmt"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// Suspension is a time that a supplier was given to produce something.
type Suspension struct {
	Debut, Limite time.Time // when it was asked for, the last day to answer
	Fin           time.Time // when it was waited for no longer; zero while it is
}

// fin is when the suspension ends: with the time that was given, sooner where what was asked for came, or was taken back.
func (x Suspension) fin() time.Time {
	if x.Fin.IsZero() || x.Fin.After(x.Limite) {
		return x.Limite
	}
	return x.Fin
}

// Echeance is the day of the decision by silence of what was deposited then. "Le délai au terme duquel […] la demande est réputée rejetée
// est suspendu pendant le délai imparti pour produire les pièces requises. Toutefois, la production de ces pièces avant l'expiration du
// délai imparti met fin à cette suspension"; that of an acceptance "ne court qu'à compter de la réception des pièces et informations
// requises" (CRPA, art. L114-5). It is counted in days of Paris; as long as something is asked for, it is the day that comes if nothing is
// answered. What is asked for once silence has decided suspends nothing.
func Echeance(d accuse.Delais, recu time.Time, suspensions []Suspension) time.Time {
	e := d.Echeance(recu)
	for _, x := range suspensions {
		switch {
		case !calendrier.Fin(e).After(x.Debut):
		case d.Silence == accuse.Acceptance:
			if autre := d.Echeance(x.fin()); autre.After(e) {
				e = autre
			}
		default:
			e = e.AddDate(0, 0, jours(x.Debut, x.fin()))
		}
	}
	return e
}

// jours counts the days from one to another.
func jours(du, au time.Time) int {
	return int(calendrier.Fin(au).Sub(calendrier.Fin(du)).Round(24*time.Hour) / (24 * time.Hour))
}

// Suspendu tells whether the time for the decision stands still: what is asked for may come until limite (zero for nothing), and silence
// had not decided when it was asked for, so that the deadline is no sooner.
func Suspendu(maintenant, limite, echeance time.Time) bool {
	fin := calendrier.Fin(limite)
	return !limite.IsZero() && fin.After(maintenant) && !calendrier.Fin(echeance).Before(fin)
}

// Lire reads the deadline of a demande from its deposit and its history, and whether something was ever asked for. The delays are those of
// its receipt, sinon where it has none.
func Lire(ctx context.Context, q db.Lecteur, c etat.Cle, sinon accuse.Delais) (echeance time.Time, demandee bool, err error) {
	var recu int64
	var mentions string
	err = q.QueryRowContext(ctx, `SELECT p.recu, COALESCE(t.texte, '') FROM depot p LEFT JOIN mentions t ON t.id = p.mentions_id WHERE p.id = $1`, c.Depot).Scan(&recu, &mentions)
	if err != nil {
		return echeance, false, fmt.Errorf("read the delays of a deposit: %w", err)
	}
	suspensions, err := lire(ctx, q, c)
	if err != nil {
		return echeance, false, fmt.Errorf("read what suspended the time for a decision: %w", err)
	}
	return Echeance(accuse.LireDelais(mentions, sinon), db.Temps(recu), suspensions), len(suspensions) > 0, nil
}

type pas struct{ instant, limite int64 }

// lire reads the times that a supplier was given, the first one first. A request of before requests had a last day gives none.
func lire(ctx context.Context, q db.Lecteur, c etat.Cle) (suspensions []Suspension, err error) {
	faits, err := db.Lignes(ctx, q, func(l db.Ligne, p *pas) error { return l.Scan(&p.instant, &p.limite) },
		`SELECT instant, CASE WHEN a = 'a_modifier' THEN echeance ELSE -1 END FROM evenement WHERE depot_id = $1 AND rang = $2 AND (a = 'a_modifier' OR de = 'a_modifier') ORDER BY ordre`, c.Depot, c.Rang)
	ouverte := false
	for _, p := range faits {
		switch {
		case p.limite < 0 && ouverte:
			suspensions[len(suspensions)-1].Fin = db.Temps(p.instant)
		case p.limite > 0:
			suspensions = append(suspensions, Suspension{Debut: db.Temps(p.instant), Limite: db.Temps(p.limite)})
		}
		ouverte = p.limite > 0
	}
	return suspensions, err
}
