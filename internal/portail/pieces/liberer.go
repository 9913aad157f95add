package pieces

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/quota"
)

// remplacer has a document give way to another. Its bytes are let go unless the agency may have looked at them, and those of
// the archive it came in when nothing of that is left: their rows, and the journal, tell what they were.
func (i *inscription) remplacer(ctx context.Context, c courante) error {
	libere, err := i.aLaisser(ctx, c)
	if err != nil {
		return err
	}
	_, err = i.tx.ExecContext(ctx, `UPDATE piece SET etat = 'remplacee', libere = $1 WHERE depot_id = $2 AND rang = $3 AND type = $4 AND ordre = $5`,
		libere, i.a.Depot, c.Rang, c.Type, c.ordre)
	if err != nil || libere == 0 {
		return err
	}
	var sha string
	if err := i.tx.QueryRowContext(ctx, `SELECT sha256 FROM archive WHERE id = $1`, c.archive).Scan(&sha); err != nil {
		return err
	}
	if sha != c.SHA256 {
		i.pese -= c.Taille
		if err := quota.Noter(ctx, i.tx, i.a.Fournisseur, c.Recu, -c.Taille); err != nil {
			return err
		}
	}
	i.c.perdues = append(i.c.perdues, c.SHA256, sha)
	var taille, recu int64
	err = i.tx.QueryRowContext(ctx, `UPDATE archive SET libere = $1 WHERE id = $2 AND etat = 'examinee' AND ecartees = 0
		AND NOT EXISTS (SELECT 1 FROM piece p WHERE p.depot_id = archive.depot_id AND p.archive_id = archive.id AND p.sha256 <> '' AND p.libere = 0)
		RETURNING taille, recu`, libere, c.archive).Scan(&taille, &recu)
	switch {
	case errors.Is(err, sql.ErrNoRows): // something of it is left
		return nil
	case err != nil:
		return err
	}
	return quota.Noter(ctx, i.tx, i.a.Fournisseur, db.Temps(recu), -taille)
}

// aLaisser is the instant at which the bytes of a document are let go, 0 when they are to stay.
func (i *inscription) aLaisser(ctx context.Context, c courante) (int64, error) {
	if c.SHA256 == "" || i.Vue == nil {
		return 0, nil
	}
	vue, err := i.Vue(ctx, i.tx, i.a.Depot, c.Rang, c.Recu)
	if err != nil || vue {
		return 0, err
	}
	return i.instant, nil
}

// aLiberer is the bytes that could not be removed at once: somebody was about to refer to them.
type aLiberer struct {
	mu sync.Mutex
	en map[string]bool // by SHA-256
}

func (l *aLiberer) ajouter(sha string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.en == nil {
		l.en = map[string]bool{}
	}
	if len(l.en) < maxALiberer { // others are left to the daily sweep
		l.en[sha] = true
	}
}

func (l *aLiberer) prendre() map[string]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	pris := l.en
	l.en = nil
	return pris
}

// aussitot bounds the removal of what an examination let go.
const aussitot = 10 * time.Second

// liberer removes bytes that nothing refers to any more, at once. What fails is tried again later.
func (s *Service) liberer(ctx context.Context, shas ...string) {
	ctx, fin := context.WithTimeout(context.WithoutCancel(ctx), aussitot) // the sender may be gone
	defer fin()
	for _, sha := range shas {
		if sha == "" {
			continue
		}
		if err := s.Fichiers.Liberer(ctx, sha, s.utilise()); err != nil {
			s.refusees.ajouter(sha)
		}
	}
}

func (s *Service) utilise() func(context.Context, string) (bool, error) {
	if s.Utilise != nil {
		return s.Utilise
	}
	return s.Reference
}

// Liberer removes what could not be removed when it was let go.
func (s *Service) Liberer(ctx context.Context) (err error) {
	for sha := range s.refusees.prendre() {
		switch e := s.Fichiers.Liberer(ctx, sha, s.utilise()); {
		case errors.Is(e, fichier.ErrTenu):
			s.refusees.ajouter(sha)
		case e != nil:
			err = errors.Join(err, fmt.Errorf("let go of what is refused or replaced: %w", e))
		}
	}
	return err
}
