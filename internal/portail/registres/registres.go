// Package registres gives the counter its registers: those of a folder that the agency loads with `guichet
// referentiel load`, taken up while the counter runs, and each version that a deposit was controlled with, kept.
package registres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/fichier"
	"guichet/referentiel"
)

// MaxOctets is the size that a register's stored form may have: a million établissements are 80 Mo.
const MaxOctets = 128 << 20

// Config is what a Service needs.
type Config struct {
	Dossier    string // that `guichet referentiel load --dossier` writes to; it need not exist
	Base       *db.Base
	Fichiers   *fichier.Magasin
	Maintenant func() time.Time
	Log        *slog.Logger
}

// Service knows the registers of the moment, and those of earlier deposits. Safe for concurrent use.
type Service struct {
	Config
	actuels atomic.Pointer[actuels]
	relire  sync.Mutex // held by who looks into the folder
	anciens anciens
}

// actuels are the registers in use. They never change: others take their place.
type actuels struct {
	jeu    referentiel.Jeu
	sha    map[referentiel.Nom]string
	vus    map[referentiel.Nom]fs.FileInfo // the files as they were when they were read
	fautes map[referentiel.Nom]error       // why what stands in the folder now is not in use
}

// Ouvrir takes up the registers of the folder. One that cannot be used is told in the log and on the page.
func Ouvrir(ctx context.Context, c Config) *Service {
	s := &Service{Config: c}
	s.actuels.Store(&actuels{})
	s.Actuels(ctx)
	return s
}

// Actuels returns the registers of the moment, and the SHA-256 of the stored form of each; read them only. It looks at the
// folder first: four names, some microseconds. While one deposit takes a new register up, others go on with
// those before.
func (s *Service) Actuels(ctx context.Context) (referentiel.Jeu, map[referentiel.Nom]string) {
	if s.relire.TryLock() {
		s.rafraichir(ctx)
		s.relire.Unlock()
	}
	a := s.actuels.Load()
	return a.jeu, a.sha
}

// rafraichir takes up what has changed in the folder.
func (s *Service) rafraichir(ctx context.Context) {
	avant := s.actuels.Load()
	var apres *actuels
	for _, n := range referentiel.Noms() {
		info, err := os.Stat(s.chemin(n))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			continue // what cannot be looked at now stays as it was
		}
		if memes(avant.vus[n], info) {
			continue
		}
		if apres == nil {
			apres = avant.copie()
		}
		apres.prendre(ctx, s, n, info)
	}
	if apres != nil {
		s.actuels.Store(apres)
	}
}

// chemin is where a register stands in the folder.
func (s *Service) chemin(n referentiel.Nom) string { return filepath.Join(s.Dossier, n.Fichier()) }

// memes tells whether a file is the one that was read: loading a register puts a new file in the place of the old.
func memes(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == b
	}
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func (a *actuels) copie() *actuels {
	c := &actuels{jeu: a.jeu, sha: map[referentiel.Nom]string{}, vus: map[referentiel.Nom]fs.FileInfo{}, fautes: map[referentiel.Nom]error{}}
	maps.Copy(c.sha, a.sha)
	maps.Copy(c.vus, a.vus)
	maps.Copy(c.fautes, a.fautes)
	return c
}

// prendre takes one register up, or away where its file has gone. One that cannot be used leaves the one before
// in use.
func (a *actuels) prendre(ctx context.Context, s *Service, n referentiel.Nom, info fs.FileInfo) {
	delete(a.fautes, n)
	if info == nil {
		delete(a.sha, n)
		delete(a.vus, n)
		a.jeu.Prendre(n, referentiel.Jeu{})
		s.Log.InfoContext(ctx, "registre retiré", slog.String("registre", string(n)))
		return
	}
	r, sha, err := s.charger(ctx, n, info)
	if err != nil {
		a.fautes[n] = err
		s.Log.ErrorContext(ctx, "registre inutilisable", slog.String("registre", string(n)), slog.String("cause", err.Error()))
		var abime *referentiel.ErreurStockage
		if !errors.As(err, &abime) {
			return // the counter's own trouble: it tries again
		}
	} else {
		a.jeu.Placer(r)
		a.sha[n] = sha
		s.Log.InfoContext(ctx, "registre chargé", slog.String("registre", string(n)), slog.Int("lignes", r.Meta().Lignes))
	}
	a.vus[n] = info
}

// charger reads a register of the folder and keeps its bytes, so that what it found can be found again.
func (s *Service) charger(ctx context.Context, n referentiel.Nom, info fs.FileInfo) (referentiel.Registre, string, error) {
	if info.Size() > MaxOctets {
		return nil, "", fmt.Errorf("take up the register %s: %w", n, fichier.ErrTropLourd)
	}
	octets, err := os.ReadFile(s.chemin(n))
	if err != nil {
		return nil, "", fmt.Errorf("take up the register %s: %w", n, err)
	}
	r, err := referentiel.Relire(n, s.chemin(n), octets)
	if err != nil {
		return nil, "", err
	}
	sha, err := s.garder(ctx, n, octets)
	return r, sha, err
}

func (s *Service) garder(ctx context.Context, n referentiel.Nom, octets []byte) (string, error) {
	ctx, rendre := s.Fichiers.Tenir(ctx)
	defer rendre()
	somme := sha256.Sum256(octets)
	sha := hex.EncodeToString(somme[:])
	if connu, err := s.Reference(ctx, sha); err != nil || connu {
		return sha, err
	}
	g, err := s.Fichiers.Garder(ctx, bytes.NewReader(octets), MaxOctets)
	if err == nil {
		err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO registre (sha256, nom, garde) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
				g.SHA256, string(n), db.Instant(s.Maintenant()))
			return err
		})
	}
	if err != nil {
		return "", fmt.Errorf("keep the register %s: %w", n, err)
	}
	return sha, nil
}

// Reference tells whether a kept file is a register that the counter has used.
func (s *Service) Reference(ctx context.Context, sha string) (oui bool, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM registre WHERE sha256 = $1)`, sha).Scan(&oui)
	if err != nil {
		return false, fmt.Errorf("look for a register: %w", err)
	}
	return oui, nil
}
