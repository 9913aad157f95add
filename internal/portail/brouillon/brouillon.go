// Package brouillon keeps for a while what somebody sent to be looked at and has not deposited, so that what was found
// has an address. Nothing here is durable: what is lost is chosen again.
package brouillon

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Bornes are how long, and how much, one owner's drafts are kept: the oldest give way.
type Bornes struct {
	Duree  time.Duration
	Nombre int
	Octets int64 // of all of them together
	Taille int64 // of one, in bytes
}

// Magasin is a folder of drafts, one folder for each owner. Safe for concurrent use.
type Magasin struct {
	racine     string
	bornes     Bornes
	maintenant func() time.Time
	mu         sync.Mutex // for who makes room
}

var (
	// ErrPasse says that there is no such draft, or no longer.
	ErrPasse = errors.New("no such draft, or no longer")
	// ErrTropLourd says that there are more bytes than one draft may have.
	ErrTropLourd = errors.New("more bytes than a draft may have")
)

// Ouvrir opens a folder, and creates it.
func Ouvrir(racine string, b Bornes, maintenant func() time.Time) (*Magasin, error) {
	if err := os.MkdirAll(racine, 0o700); err != nil {
		return nil, fmt.Errorf("open the folder of drafts: %w", err)
	}
	return &Magasin{racine: racine, bornes: b, maintenant: maintenant}, nil
}

// Brouillon is what is known of a draft beside its bytes.
type Brouillon struct {
	Jeton   string          `json:"-"` // to ask for it by
	Recu    time.Time       `json:"recu"`
	SHA256  string          `json:"sha256"` // in hexadecimal
	Taille  int64           `json:"taille"` // in bytes
	Contenu json.RawMessage `json:"contenu"`
}

// fiche is the ending of the file that describes a draft; a draft without one is still coming in.
const fiche = ".json"

// Garder takes the bytes of a draft, and what its owner says of it.
func (m *Magasin) Garder(proprietaire int64, corps io.Reader, contenu any) (b Brouillon, err error) {
	dossier := m.dossier(proprietaire)
	if err := os.MkdirAll(dossier, 0o700); err != nil {
		return b, fmt.Errorf("keep a draft: %w", err)
	}
	b = Brouillon{Jeton: rand.Text(), Recu: m.maintenant()}
	nom := filepath.Join(dossier, b.Jeton)
	defer func() {
		if err != nil {
			_ = os.Remove(nom)
		}
	}()
	if b.SHA256, b.Taille, err = m.recevoir(nom, corps); err != nil {
		return b, err
	}
	if b.Contenu, err = json.Marshal(contenu); err != nil {
		return b, fmt.Errorf("describe a draft: %w", err)
	}
	return b, m.decrire(dossier, nom, b)
}

// recevoir writes the bytes as they come in.
func (m *Magasin) recevoir(nom string, corps io.Reader) (sha string, taille int64, err error) {
	f, err := os.OpenFile(nom, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", 0, fmt.Errorf("keep a draft: %w", err)
	}
	h := sha256.New()
	taille, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(corps, m.bornes.Taille+1))
	if err = errors.Join(err, f.Close()); err == nil && taille > m.bornes.Taille {
		err = ErrTropLourd
	}
	return hex.EncodeToString(h.Sum(nil)), taille, err
}

// decrire makes room, then makes the draft one that can be asked for.
func (m *Magasin) decrire(dossier, nom string, b Brouillon) error {
	octets, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("describe a draft: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fairePlace(dossier, b.Taille); err != nil {
		return fmt.Errorf("make room for a draft: %w", err)
	}
	return os.WriteFile(nom+fiche, octets, 0o600)
}

// Lire opens a draft of its owner; ErrPasse when there is none.
func (m *Magasin) Lire(proprietaire int64, jeton string) (b Brouillon, f *os.File, err error) {
	if len(jeton) != len(rand.Text()) || strings.Trim(jeton, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return b, nil, ErrPasse
	}
	nom := filepath.Join(m.dossier(proprietaire), jeton)
	if b, err = lireFiche(nom + fiche); err == nil && m.passe(b) {
		err = ErrPasse
	}
	if err == nil {
		f, err = os.Open(nom)
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrPasse
	}
	b.Jeton = jeton
	return b, f, err
}

// Retirer takes a draft of its owner away, if it is still there.
func (m *Magasin) Retirer(proprietaire int64, jeton string) {
	nom := filepath.Join(m.dossier(proprietaire), filepath.Base(jeton))
	m.mu.Lock()
	defer m.mu.Unlock()
	_ = garde{nom: nom}.retirer() // what stays goes with its hour
}

func (m *Magasin) dossier(proprietaire int64) string {
	return filepath.Join(m.racine, strconv.FormatInt(proprietaire, 10))
}

// passe tells whether a draft has had its time.
func (m *Magasin) passe(b Brouillon) bool { return !m.maintenant().Before(b.Recu.Add(m.bornes.Duree)) }

func lireFiche(nom string) (b Brouillon, err error) {
	octets, err := os.ReadFile(nom)
	if err != nil {
		return b, err
	}
	if json.Unmarshal(octets, &b) != nil {
		return b, ErrPasse // cut by a power cut
	}
	return b, nil
}
