package avis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
)

// dit is what a mail tells of an opinion.
type dit string

// What mails tell, in the order in which they do.
const (
	ditDemande dit = "demande" // it is asked for
	ditRappel  dit = "rappel"  // it is still waited for
	ditReponse dit = "reponse" // it is there, or declined
	ditFin     dit = "fin"     // it did not come in time
)

// Fenetre is how long the first thing to tell somebody waits for others: they go out in one mail.
const Fenetre = 10 * time.Minute

// parEnvoi bounds what one mail tells of; the rest goes into the next one.
const parEnvoi = 100

// destinataire names who is told: an account, or an address outside.
func destinataire(collegue int64, adresse string) string {
	if collegue > 0 {
		return strconv.FormatInt(collegue, 10)
	}
	return adresse
}

// aDire has somebody told, in the transaction of what there is to tell.
func (s *Service) aDire(ctx context.Context, tx *sql.Tx, a string, id int64, quoi dit) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO avis_a_dire (destinataire, avis_id, quoi, instant) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, a, id, string(quoi), s.instant())
	if err != nil {
		return fmt.Errorf("note what is to be told: %w", err)
	}
	return nil
}

// Dire writes to each person for whom something has waited long enough, one mail of all that waits, in a transaction of its own: a counter
// that dies between two goes on with the next, and nobody is told twice. It returns how many it wrote to.
func (s *Service) Dire(ctx context.Context) (n int, err error) {
	gens, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, a *string) error { return l.Scan(a) },
		`SELECT destinataire FROM avis_a_dire GROUP BY destinataire HAVING MIN(instant) <= $1 ORDER BY MIN(instant), destinataire LIMIT $2`, db.Instant(s.Maintenant().Add(-Fenetre)), parTour)
	if err != nil {
		return 0, fmt.Errorf("look for opinions to tell of: %w", err)
	}
	var echecs []error
	for _, a := range gens {
		var dite bool
		err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			dite, err = s.dire(ctx, tx, a)
			return err
		})
		if err != nil {
			echecs = append(echecs, fmt.Errorf("tell of opinions: %w", err))
		}
		if dite && err == nil {
			n++
		}
	}
	return n, errors.Join(echecs...)
}

// chose is one thing that a mail tells.
type chose struct {
	id   int64
	quoi dit
	*Avis
	lien string // where it is answered outside
}

func (s *Service) dire(ctx context.Context, tx *sql.Tx, a string) (dite bool, err error) {
	// The delete comes first: of two processes one has the rows, the other none.
	choses, err := db.Lignes(ctx, tx, func(l db.Ligne, c *chose) error { return l.Scan(&c.id, &c.quoi) },
		`DELETE FROM avis_a_dire WHERE destinataire = $1 AND avis_id IN (SELECT avis_id FROM avis_a_dire WHERE destinataire = $1 ORDER BY avis_id LIMIT $2) RETURNING avis_id, quoi`, a, parEnvoi)
	if err != nil {
		return false, fmt.Errorf("take what is to be told: %w", err)
	}
	slices.SortFunc(choses, func(x, y chose) int { return int(x.id - y.id) })
	choses, err = s.encore(ctx, tx, choses)
	if err != nil || len(choses) == 0 {
		return false, err
	}
	if choses[0].Compte == 0 && a == choses[0].Courriel {
		return true, s.direDehors(ctx, tx, choses)
	}
	return s.direIci(ctx, tx, a, choses)
}

// encore reads what there is to tell, without what is so no longer: an opinion that was given, or taken back, is asked of nobody. What is
// asked and reminded of at once is asked.
func (s *Service) encore(ctx context.Context, tx *sql.Tx, choses []chose) (restent []chose, err error) {
	demandees := map[int64]bool{}
	for _, c := range choses {
		demandees[c.id] = demandees[c.id] || c.quoi == ditDemande
	}
	for _, c := range choses {
		if c.Avis, err = s.lire(ctx, tx, c.id); err != nil {
			return nil, err
		}
		if posee := c.quoi == ditDemande || c.quoi == ditRappel; posee && (c.Etat != Attendu || c.fini(s.Maintenant())) || c.quoi == ditRappel && demandees[c.id] {
			continue
		}
		restent = append(restent, c)
	}
	return restent, nil
}

// direIci writes to somebody of the agency; nobody who has left it is told.
func (s *Service) direIci(ctx context.Context, tx *sql.Tx, a string, choses []chose) (bool, error) {
	membres, err := s.Membres(ctx, tx)
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(membres, func(m compte.Membre) bool { return destinataire(m.Compte, "") == a })
	if i < 0 {
		return false, nil
	}
	m := membres[i]
	sujet, texte := s.rediger(choses, m.Langue)
	return true, s.Envoyer(ctx, tx, compte.Courriel{A: m.Courriel, Nom: m.Nom, Langue: m.Langue, Sujet: sujet, Texte: texte})
}

// direDehors writes to an address outside, with a link to each question: what it is about stands behind the link alone.
func (s *Service) direDehors(ctx context.Context, tx *sql.Tx, choses []chose) error {
	for i := range choses {
		var err error
		if choses[i].lien, err = s.emettre(ctx, tx, choses[i].id); err != nil {
			return err
		}
	}
	x := choses[len(choses)-1].Avis
	sujet, texte := s.redigerDehors(choses, x.Langue)
	return s.Envoyer(ctx, tx, compte.Courriel{A: x.Courriel, Langue: x.Langue, Sujet: sujet, Texte: texte})
}
