package suivi

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/db"
	"guichet/internal/portail/delai"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Echeance is what a demande waits for, and the last day for it; the zero value where it waits for nothing.
type Echeance struct {
	Quoi   modele.Texte
	Jour   time.Time
	Retard int // days since, once it has passed
	reste  int // days until then

	decision time.Time // when the agency's silence is a decision, where the supplier was asked for something; else zero
}

// What deadlines are for.
var (
	quoiReponse  = modele.Texte{Fr: "Réponse", En: "Answer"}
	quoiDecision = modele.Texte{Fr: "Décision", En: "Decision"}
)

// joursProches is from how many days before it on a deadline says how many are left.
const joursProches = 10

// au counts the days since a deadline that has passed.
func (e Echeance) au(maintenant time.Time) Echeance {
	if e.Jour.IsZero() {
		return e
	}
	jour := func(t time.Time) time.Time {
		a, m, j := t.In(paris()).Date()
		return time.Date(a, m, j, 0, 0, 0, 0, time.UTC)
	}
	e.reste = int(jour(e.Jour).Sub(jour(maintenant)).Hours()) / 24
	e.Retard = max(0, -e.reste)
	return e
}

// echeance is that of a demande in a state: deposited then, with those delays, asked something until limite.
func echeance(e etat.Etat, recu time.Time, d accuse.Delais, limite time.Time) Echeance {
	switch {
	case e == etat.Incomplete:
		return Echeance{Quoi: modele.Texte{Fr: "Pièces", En: "Documents"}, Jour: d.LimitePieces(recu)}
	case e == etat.AModifier && !limite.IsZero():
		return Echeance{Quoi: quoiReponse, Jour: limite}
	case e == etat.Complete || e == etat.Instruction:
		return Echeance{Quoi: quoiDecision, Jour: d.Echeance(recu)}
	}
	return Echeance{}
}

// reportee moves the deadline of a decision to the day that the database keeps, 0 for none.
func (e Echeance) reportee(decision int64) Echeance {
	if decision == 0 || e.Jour.IsZero() {
		return e
	}
	if e.decision = db.Temps(decision); e.Quoi == quoiDecision {
		e.Jour = e.decision
	}
	return e
}

// Suspendue tells whether the time for the decision stands still until the supplier has answered, or the last day to answer is over.
func (e Echeance) Suspendue(maintenant time.Time) bool {
	return e.Quoi == quoiReponse && !e.decision.IsZero() && delai.Suspendu(maintenant, e.Jour, e.decision)
}

// Texte tells it; empty for none.
func (e Echeance) Texte() modele.Texte {
	if e.Jour.IsZero() {
		return modele.Texte{}
	}
	j := web.Date(e.Jour)
	t := modele.Texte{Fr: e.Quoi.Fr + " au plus tard le " + j.Fr, En: e.Quoi.En + " no later than " + j.En}
	jours := func(n int) modele.Texte {
		return ecrit.Compter(int64(n), modele.Texte{Fr: "jour", En: "day"}, modele.Texte{Fr: "jours", En: "days"})
	}
	switch {
	case e.Retard > 0:
		n := jours(e.Retard)
		t.Fr, t.En = t.Fr+" (dépassé depuis "+n.Fr+")", t.En+" ("+n.En+" past)"
	case e.reste == 0:
		t.Fr, t.En = t.Fr+" (aujourd'hui)", t.En+" (today)"
	case e.reste <= joursProches:
		n := jours(e.reste)
		t.Fr, t.En = t.Fr+" (dans "+n.Fr+")", t.En+" (in "+n.En+")"
	}
	return t
}

// LimitePieces tells by when the documents of a deposit are expected.
func (s *Service) LimitePieces(ctx context.Context, depot int64) (modele.Texte, error) {
	var recu int64
	var mentions string
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT p.recu, COALESCE(t.texte, '') FROM depot p LEFT JOIN mentions t ON t.id = p.mentions_id WHERE p.id = $1`, depot).Scan(&recu, &mentions)
	if err != nil {
		return modele.Texte{}, fmt.Errorf("read by when documents are expected: %w", err)
	}
	return echeance(etat.Incomplete, db.Temps(recu), accuse.LireDelais(mentions, s.Delais), time.Time{}).au(s.Maintenant()).Texte(), nil
}

// premieres are the nearest deadlines of a supplier, by state: those of its oldest demandes.
func (s *Service) premieres(ctx context.Context, fournisseur int64) (map[etat.Etat]Echeance, error) {
	toutes := map[etat.Etat]Echeance{}
	for e, textes := range map[etat.Etat][]string{
		etat.Incomplete:  {`SELECT d.fournisseur_id, d.depot_id, d.rang FROM demande d WHERE d.fournisseur_id = $1 AND d.etat = 'incomplete' AND d.depot_id = (SELECT MIN(id) FROM depot WHERE fournisseur_id = $1 AND incompletes > 0) ORDER BY d.rang LIMIT 1`},
		etat.Complete:    {premiere("complete")},
		etat.Instruction: {premiere("instruction"), premiereReportee},
	} {
		for _, texte := range textes {
			lues, err := s.demandes(ctx, texte, "ASC", fournisseur)
			if err != nil {
				return nil, fmt.Errorf("look for the nearest deadline: %w", err)
			}
			if len(lues) > 0 && (toutes[e].Jour.IsZero() || lues[0].Echeance.Jour.Before(toutes[e].Jour)) {
				toutes[e] = lues[0].Echeance
			}
		}
	}
	var limite sql.NullInt64
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT MIN(e.echeance) FROM demande d JOIN evenement e ON e.depot_id = d.depot_id AND e.rang = d.rang AND e.a = d.etat
		AND e.ordre = (SELECT MAX(ordre) FROM evenement WHERE depot_id = d.depot_id AND rang = d.rang)
		WHERE d.fournisseur_id = $1 AND d.etat = 'a_modifier' AND d.etat <> 'incomplete' AND e.echeance > 0`, fournisseur).Scan(&limite)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("look for the nearest deadline: %w", err)
	}
	if limite.Int64 > 0 {
		toutes[etat.AModifier] = echeance(etat.AModifier, time.Time{}, s.Delais, time.UnixMicro(limite.Int64)).au(s.Maintenant())
	}
	return toutes, nil
}

// premiere finds the oldest demande in a state whose deadline is that of its deposit, by the index of states.
func premiere(e string) string {
	return `SELECT d.fournisseur_id, d.depot_id, d.rang FROM demande d WHERE d.fournisseur_id = $1 AND d.etat = '` + e + `' AND d.etat <> 'incomplete' AND d.echeance = 0 ORDER BY d.depot_id, d.rang LIMIT 1`
}

// premiereReportee finds the demande that is examined whose deadline, having moved, is the nearest.
const premiereReportee = `SELECT d.fournisseur_id, d.depot_id, d.rang FROM demande d WHERE d.fournisseur_id = $1 AND d.etat = 'instruction' AND d.echeance > 0 ORDER BY d.echeance, d.depot_id, d.rang LIMIT 1`
