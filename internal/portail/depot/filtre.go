package depot

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
)

// filtre tells at once of most numbers that they were never used, and of most ESMS that nobody claims them: to ask the
// database for each of a file's takes longer than to control it. What the filter does not rule out is asked there.
// It knows the deposits of this process and those that it has loaded: a database has one counter.
type filtre struct {
	mu     sync.RWMutex
	f      *blocs // nil before Charger
	charge bool   // it has all that was stored
}

// The filter holds at least this many keys, twice what is stored, and takes at most 79 MB; a full one rules out less.
const (
	minCles = 1 << 20
	maxCles = 25 << 20
)

// cleNumeros and cleESMS are the keys of the filter, numbers by their beginnings; b is scratch.
func cleNumeros(b []byte, fournisseur int64, debut string) []byte {
	return append(binary.BigEndian.AppendUint64(append(b[:0], 'n'), uint64(fournisseur)), debut...)
}

func cleESMS(b []byte, finess int64) []byte {
	return binary.BigEndian.AppendUint64(append(b[:0], 'e'), uint64(finess))
}

// peut tells whether a key may be there.
func (f *filtre) peut(cle []byte) bool {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return !f.charge || f.f.peut(cle)
}

// noter adds what a deposit has used and claimed, once its transaction has ended: Charger has begun by then, or finds
// it in the database.
func (f *filtre) noter(d *Depot, c *controlee) {
	reclamees, _ := lireContenu(nil, d.ID, c.esms) // reclamer wrote it
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.f == nil {
		return // what is loaded later has it
	}
	var cle [32]byte
	dernier := ""
	for _, a := range c.apercus {
		if a.Numero != "" && debut(a.Numero) != dernier {
			dernier = debut(a.Numero)
			f.f.ajouter(cleNumeros(cle[:], d.Fournisseur, dernier))
		}
	}
	for _, r := range reclamees {
		f.f.ajouter(cleESMS(cle[:], r.finess))
	}
}

// ajouter adds one key.
func (f *filtre) ajouter(cle []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.f != nil {
		f.f.ajouter(cle)
	}
}

// Charger reads what was used and claimed so far. Until it has, the database is asked for everything.
func (s *Service) Charger(ctx context.Context) error {
	var n int64
	err := s.base.Lire().QueryRowContext(ctx, `SELECT (SELECT count(*) FROM numero_utilise) + (SELECT count(*) FROM esms)`).Scan(&n)
	if err != nil {
		return fmt.Errorf("count what deposits have used: %w", err)
	}
	f := &s.filtre
	f.mu.Lock()
	f.charge = false
	f.f = nouveauxBlocs(min(max(2*n, minCles), maxCles))
	f.mu.Unlock()
	if err := errors.Join(s.RangerESMS(ctx), s.chargerNumeros(ctx), s.chargerESMS(ctx)); err != nil {
		return fmt.Errorf("load what deposits have used: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.charge = true
	return nil
}

func (s *Service) chargerNumeros(ctx context.Context) error {
	var fournisseur int64
	var debut string
	return s.charger(ctx, `SELECT fournisseur_id, debut FROM numero_utilise`, func(b []byte, scan func(...any) error) ([]byte, error) {
		err := scan(&fournisseur, &debut)
		return cleNumeros(b, fournisseur, debut), err
	})
}

func (s *Service) chargerESMS(ctx context.Context) error {
	var finess int64
	return s.charger(ctx, `SELECT DISTINCT finess FROM esms`, func(b []byte, scan func(...any) error) ([]byte, error) {
		err := scan(&finess)
		return cleESMS(b, finess), err
	})
}

// charger adds a key for each row.
func (s *Service) charger(ctx context.Context, texte string, lire func(b []byte, scan func(...any) error) ([]byte, error)) (err error) {
	var lignes *sql.Rows
	if lignes, err = s.base.Lire().QueryContext(ctx, texte); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	var b []byte
	for lignes.Next() {
		if b, err = lire(b, lignes.Scan); err != nil {
			return err
		}
		s.filtre.mu.Lock()
		s.filtre.f.ajouter(b)
		s.filtre.mu.Unlock()
	}
	return lignes.Err()
}
