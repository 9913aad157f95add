package suivi

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// condense is how long what nobody is in charge of waits, so that those who examine are told of it together, and parCondense how many demandes
// one mail is about.
const (
	condense    = time.Hour
	parCondense = 1000
)

// enCharge are the people of the agency to be told of what a supplier says about a demande, those of them who want it: who holds it, else who asked
// for what is answered. Where there is nobody, it waits for the mail that tells all who examine.
func (s *Service) enCharge(ctx context.Context, tx *sql.Tx, c Cle) ([]compte.Destinataire, error) {
	tous, err := s.Destinataires(ctx, tx, compte.Agence, compte.CourrielMessages)
	if err != nil || s.Charge == nil || c.Depot == 0 {
		return tous, err
	}
	qui, err := s.responsable(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	if qui == 0 {
		err := db.Poser(ctx, tx, `INSERT INTO a_dire_agence (depot_id, rang, instant) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, c.Depot, c.Rang, db.Instant(s.Maintenant()))
		if err != nil {
			return nil, fmt.Errorf("keep what the agency is to be told: %w", err)
		}
	}
	return slices.DeleteFunc(tous, func(d compte.Destinataire) bool { return d.Compte != qui }), nil
}

// responsable is who holds a demande, else who last asked its supplier for something, if that person still examines; 0 for nobody.
func (s *Service) responsable(ctx context.Context, tx *sql.Tx, c Cle) (int64, error) {
	examinent, err := s.Examinent(ctx, tx)
	if err != nil {
		return 0, err
	}
	tient, err := s.Charge(ctx, tx, c)
	if err != nil {
		return 0, err
	}
	var demandait int64
	err = tx.QueryRowContext(ctx, `SELECT compte_id FROM evenement WHERE depot_id = $1 AND rang = $2 AND a = $3 ORDER BY ordre DESC LIMIT 1`, c.Depot, c.Rang, string(etat.AModifier)).Scan(&demandait)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read who asked for a change: %w", err)
	}
	for _, qui := range []int64{tient, demandait} {
		if slices.Contains(examinent, qui) {
			return qui, nil
		}
	}
	return 0, nil
}

// Condenser tells those who examine of what suppliers said while nobody was in charge, once the first of it has waited for an hour: one mail for
// all of it, in the transaction that takes it away.
func (s *Service) Condenser(ctx context.Context) error {
	err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		// The delete comes first: of two processes one has the rows, the other none.
		cles, err := db.Lignes(ctx, tx, func(l db.Ligne, c *Cle) error { return l.Scan(&c.Depot, &c.Rang) },
			`DELETE FROM a_dire_agence WHERE (SELECT MIN(instant) FROM a_dire_agence) <= $1
			AND (depot_id, rang) IN (SELECT depot_id, rang FROM a_dire_agence ORDER BY instant, depot_id, rang LIMIT $2) RETURNING depot_id, rang`, db.Instant(s.Maintenant().Add(-condense)), parCondense)
		if err != nil || len(cles) == 0 {
			return err
		}
		examinent, err := s.Examinent(ctx, tx)
		if err != nil {
			return err
		}
		gens, err := s.Destinataires(ctx, tx, compte.Agence, compte.CourrielMessages)
		for _, g := range gens {
			if slices.Contains(examinent, g.Compte) {
				err = errors.Join(err, s.Envoyer(ctx, tx, s.courrielCondense(g, cles)))
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("tell the agency of what suppliers said: %w", err)
	}
	return nil
}

func (s *Service) courrielCondense(g compte.Destinataire, cles []Cle) compte.Courriel {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(g.Langue) }
	slices.SortFunc(cles, func(a, b Cle) int { return cmp.Or(cmp.Compare(a.Depot, b.Depot), cmp.Compare(a.Rang, b.Rang)) })
	combien := ecrit.Compter(int64(len(cles)), modele.Texte{Fr: "demande", En: "request"}, modele.Texte{Fr: "demandes", En: "requests"}).In(g.Langue)
	texte := t("Leur fournisseur a répondu ou écrit, et personne ne les tient.\n\n", "Their supplier has answered or written, and nobody holds them.\n\n")
	for _, c := range cles[:min(len(cles), maxNumeros)] {
		n := s.NumeroASP(c.Depot, c.Rang)
		texte += n + t(" : ", ": ") + s.Adresse + adresseTravail(n) + "\n"
	}
	if n := len(cles) - maxNumeros; n > 0 {
		texte += t("et ", "and ") + ecrit.Autres(n).In(g.Langue) + "\n"
	}
	return compte.Courriel{
		A: g.Courriel, Nom: g.Nom, Langue: g.Langue, Sujet: t("Sans personne pour les suivre : ", "Nobody follows them: ") + combien,
		Texte: texte + t("\nTout ce qui attend : ", "\nAll that waits: ") + s.Adresse + "/travail\n" + s.reglage(g.Langue),
	}
}
