package nouvelles

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
)

// Seules is how many mails a person gets one by one within the window; more than that are told together. parEnvoi bounds what one transaction takes.
const (
	Seules   = 3
	parEnvoi = 1000
)

// calme is how long nothing more comes for somebody before it is taken that nothing more comes: what is done in one go is told in one mail, and
// what comes alone hardly waits.
const calme = 10 * time.Second

// file is what waits for a person.
type file struct {
	compte             int64
	premiere, derniere time.Time
	nombre, recentes   int // that wait; mails of late
}

// echue tells whether it is time: all of the window has passed, or nothing more comes and either few mails make few in all, or these are the
// first of the window.
func (s *Service) echue(f file) bool {
	maintenant := s.Maintenant()
	if !maintenant.Before(f.premiere.Add(s.Fenetre)) {
		return true
	}
	paisible := !maintenant.Before(f.derniere.Add(min(calme, s.Fenetre)))
	return paisible && (f.recentes == 0 || f.recentes+f.nombre <= Seules)
}

// Dire tells each person whose time has come, in a transaction for each, which takes away what it tells: a counter that dies between two goes on
// with the next, and nobody is told twice. It returns how many were told.
func (s *Service) Dire(ctx context.Context) (n int, err error) {
	depuis := db.Instant(s.Maintenant().Add(-s.Fenetre))
	files, err := db.Lignes(ctx, s.Base.Lire(), scruterFile, `SELECT x.compte_id, MIN(x.instant), MAX(x.instant), COUNT(*),
		(SELECT COUNT(*) FROM nouvelle_dite d WHERE d.compte_id = x.compte_id AND d.instant > $1) FROM nouvelle x GROUP BY x.compte_id ORDER BY x.compte_id`, depuis)
	if err != nil {
		return 0, fmt.Errorf("look for mails to send: %w", err)
	}
	var echecs []error
	for _, f := range files {
		if !s.echue(f) {
			continue
		}
		n++
		if err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.dire(ctx, tx, f.compte) }); err != nil {
			echecs = append(echecs, fmt.Errorf("tell account %d: %w", f.compte, err))
		}
	}
	return n, errors.Join(echecs...)
}

func scruterFile(l db.Ligne, f *file) error {
	var premiere, derniere int64
	err := l.Scan(&f.compte, &premiere, &derniere, &f.nombre, &f.recentes)
	f.premiere, f.derniere = db.Temps(premiere), db.Temps(derniere)
	return err
}

// Oublier drops what is known of mails of before the window.
func (s *Service) Oublier(ctx context.Context) error {
	depuis := db.Instant(s.Maintenant().Add(-s.Fenetre))
	var vieux bool
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM nouvelle_dite WHERE instant <= $1)`, depuis).Scan(&vieux)
	if err != nil {
		return fmt.Errorf("look for mails to forget: %w", err)
	}
	if !vieux {
		return nil
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM nouvelle_dite WHERE instant <= $1`, depuis); err != nil {
			return fmt.Errorf("forget mails that were sent: %w", err)
		}
		return nil
	})
}

// dire takes what waits for a person away, and writes the mails that tell it.
func (s *Service) dire(ctx context.Context, tx *sql.Tx, qui int64) error {
	// The delete comes first: of two processes one has the rows, the other none.
	prises, err := db.Lignes(ctx, tx, scruterAttente,
		`DELETE FROM nouvelle WHERE id IN (SELECT id FROM nouvelle WHERE compte_id = $1 ORDER BY instant, id LIMIT $2) RETURNING id, fournisseur_id, genre, courriel`, qui, parEnvoi)
	if err != nil {
		return fmt.Errorf("take what waits: %w", err)
	}
	slices.SortFunc(prises, func(a, b attente) int { return cmp.Compare(a.id, b.id) })
	a, dues, err := s.dues(ctx, tx, qui, prises)
	if err != nil || len(dues) == 0 {
		return err
	}
	messages := s.messages(a, dues)
	for range messages {
		if _, err := tx.ExecContext(ctx, `INSERT INTO nouvelle_dite (compte_id, instant) VALUES ($1, $2)`, qui, db.Instant(s.Maintenant())); err != nil {
			return fmt.Errorf("note that a mail was sent: %w", err)
		}
	}
	return s.Ecrire(ctx, tx, messages...)
}

func scruterAttente(l db.Ligne, a *attente) error {
	var texte string
	if err := l.Scan(&a.id, &a.fournisseur, &a.genre, &texte); err != nil {
		return err
	}
	return json.Unmarshal([]byte(texte), &a.nouvelle)
}

// dues are those that the person still has the right to, and wants, with who that is now.
func (s *Service) dues(ctx context.Context, tx *sql.Tx, qui int64, prises []attente) (a compte.Destinataire, dues []attente, err error) {
	type droit struct {
		fournisseur int64
		genre       compte.GenreCourriel
	}
	droits := map[droit]bool{}
	for _, x := range prises {
		d := droit{x.fournisseur, x.genre}
		oui, vu := droits[d]
		if !vu {
			gens, err := s.Destinataires(ctx, tx, d.fournisseur, d.genre)
			if err != nil {
				return a, nil, err
			}
			i := slices.IndexFunc(gens, func(g compte.Destinataire) bool { return g.Compte == qui })
			if oui = i >= 0; oui {
				a = gens[i]
			}
			droits[d] = oui
		}
		if oui {
			dues = append(dues, x)
		}
	}
	return a, dues, nil
}

// messages are the mails that tell it: as they are, or one for all.
func (s *Service) messages(a compte.Destinataire, dues []attente) (messages []courriel.Message) {
	if len(dues) > Seules {
		dues = []attente{{nouvelle: s.ensemble(dues, a.Langue)}}
	}
	for _, x := range dues {
		messages = append(messages, courriel.Message{A: a.Courriel, Nom: a.Nom, Langue: courriel.Langue(a.Langue), Sujet: x.Sujet, Texte: x.Texte, Sur: x.Sur})
	}
	return messages
}
