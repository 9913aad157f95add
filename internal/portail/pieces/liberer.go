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

// rendu is what a document gives back that gives way to another.
type rendu struct {
	instant        int64 // when its bytes are let go, 0 when they are to stay
	piece, archive int64 // bytes: of the document where it was unpacked, of the archive of which nothing is left
	recu           time.Time
	archiveRecue   time.Time
	sha            string // of the archive
}

// rendrait tells what the document that counts at a place would give back: its bytes unless the agency may have looked at
// them, and those of the archive it came in when nothing of that is left.
func (i *inscription) rendrait(ctx context.Context, c courante) (r rendu, err error) {
	if r.instant, err = i.aLaisser(ctx, c); err != nil || r.instant == 0 {
		return r, err
	}
	var taille, recu int64
	var vide bool
	err = i.tx.QueryRowContext(ctx, `SELECT sha256, taille, recu, etat = 'examinee' AND ecartees = 0 AND libere = 0 AND NOT EXISTS (SELECT 1 FROM piece p
			WHERE p.depot_id = archive.depot_id AND p.archive_id = archive.id AND p.sha256 <> '' AND p.libere = 0 AND NOT (p.rang = $2 AND p.type = $3 AND p.ordre = $4))
		FROM archive WHERE id = $1`, c.archive, c.Rang, c.Type, c.ordre).Scan(&r.sha, &taille, &recu, &vide)
	if err != nil {
		return r, fmt.Errorf("weigh what gives way: %w", err)
	}
	r.recu, r.archiveRecue = c.Recu, db.Temps(recu)
	if r.sha != c.SHA256 {
		r.piece = c.Taille
	}
	if vide {
		r.archive = taille
	}
	return r, nil
}

// rendrait tells what the document gives back that one which is sent by itself is to replace: at its place, or under its name.
func (s *Service) rendrait(ctx context.Context, tx *sql.Tx, a *Archive) (r rendu, err error) {
	toutes, err := courantes(ctx, tx, a.Depot, a.Place.Rang)
	if err != nil {
		return r, err
	}
	i := &inscription{Service: s, tx: tx, a: a, instant: db.Instant(s.Maintenant())}
	for _, c := range toutes {
		if a.Place == (Place{c.Rang, c.Type}) || a.Place == SansPlace && c.Nom == a.Nom {
			return i.rendrait(ctx, c)
		}
	}
	return r, nil
}

func (r rendu) octets() int64 { return r.piece + r.archive }

// duJour is what is given back of the room of the day of an instant: each weighs on the day that it came.
func (r rendu) duJour(instant time.Time) (octets int64) {
	if quota.MemeJour(r.recu, instant) {
		octets += r.piece
	}
	if quota.MemeJour(r.archiveRecue, instant) {
		octets += r.archive
	}
	return octets
}

// remplacer has a document give way to another, with what it gives back: rows, and the journal, tell what was there.
func (i *inscription) remplacer(ctx context.Context, c courante, r rendu) error {
	_, err := i.tx.ExecContext(ctx, `UPDATE piece SET etat = 'remplacee', libere = $1 WHERE depot_id = $2 AND rang = $3 AND type = $4 AND ordre = $5`,
		r.instant, i.a.Depot, c.Rang, c.Type, c.ordre)
	if err != nil || r.instant == 0 {
		return err
	}
	i.pese -= r.octets()
	i.reste += r.duJour(db.Temps(i.instant))
	i.c.perdues = append(i.c.perdues, c.SHA256, r.sha)
	if err := quota.Noter(ctx, i.tx, i.a.Fournisseur, r.recu, -r.piece); err != nil || r.archive == 0 {
		return err
	}
	if _, err := i.tx.ExecContext(ctx, `UPDATE archive SET libere = $1 WHERE id = $2`, r.instant, c.archive); err != nil {
		return err
	}
	return quota.Noter(ctx, i.tx, i.a.Fournisseur, r.archiveRecue, -r.archive)
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
