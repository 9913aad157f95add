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
	// EnMemoire is how many bytes of the last ones are also held in memory, of all owners together.
	EnMemoire int
}

// Magasin is a folder of drafts, one folder for each owner. Safe for concurrent use.
type Magasin struct {
	racine     string
	bornes     Bornes
	maintenant func() time.Time
	mu         sync.Mutex
	listes     map[int64][]Brouillon // of each owner who has sent something in the last hours, the oldest first
	recents    recents
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
	return &Magasin{racine: racine, bornes: b, maintenant: maintenant, listes: map[int64][]Brouillon{}, recents: recents{max: b.EnMemoire, octets: map[string][]byte{}}}, nil
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

// Garder takes the bytes of a draft, what of them is in memory and what follows, and what its owner says of it.
func (m *Magasin) Garder(proprietaire int64, debut []byte, suite io.Reader, contenu any) (b Brouillon, err error) {
	dossier := m.dossier(proprietaire)
	if err := os.MkdirAll(dossier, 0o700); err != nil {
		return b, fmt.Errorf("keep a draft: %w", err)
	}
	b = Brouillon{Jeton: rand.Text(), Recu: m.maintenant()}
	nom := filepath.Join(dossier, b.Jeton)
	defer func() {
		if err != nil {
			_ = garde{nom: nom}.retirer()
		}
	}()
	if b.SHA256, b.Taille, err = m.recevoir(nom, debut, suite); err != nil {
		return b, err
	}
	if b.Contenu, err = json.Marshal(contenu); err != nil {
		return b, fmt.Errorf("describe a draft: %w", err)
	}
	if b.Taille == int64(len(debut)) {
		m.recents.garder(b.Jeton, debut)
	}
	return b, m.decrire(proprietaire, nom, b)
}

// recevoir writes the bytes as they come in.
func (m *Magasin) recevoir(nom string, debut []byte, suite io.Reader) (sha string, taille int64, err error) {
	f, err := os.OpenFile(nom, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", 0, fmt.Errorf("keep a draft: %w", err)
	}
	h := sha256.New()
	h.Write(debut)
	taille = int64(len(debut))
	if _, err = f.Write(debut); err == nil {
		var reste int64
		reste, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(suite, m.bornes.Taille+1-taille))
		taille += reste
	}
	if err = errors.Join(err, f.Close()); err == nil && taille > m.bornes.Taille {
		err = ErrTropLourd
	}
	return hex.EncodeToString(h.Sum(nil)), taille, err
}

// decrire makes the draft one that can be asked for, then has the oldest give way: in this order, or one that gives way at
// once would be described afterwards.
func (m *Magasin) decrire(proprietaire int64, nom string, b Brouillon) error {
	octets, err := json.Marshal(b)
	if err == nil {
		err = os.WriteFile(nom+fiche, octets, 0o600)
	}
	if err != nil {
		return fmt.Errorf("describe a draft: %w", err)
	}
	cedent, err := m.inscrire(proprietaire, b)
	for _, c := range cedent {
		err = errors.Join(err, m.fichiers(proprietaire, c).retirer())
	}
	if err != nil {
		m.rayer(proprietaire, b.Jeton)
		return fmt.Errorf("make room for a draft: %w", err)
	}
	return nil
}

// Trouver tells what is known of a draft of its owner; ErrPasse when there is none.
func (m *Magasin) Trouver(proprietaire int64, jeton string) (b Brouillon, err error) {
	if len(jeton) != len(rand.Text()) || strings.Trim(jeton, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return b, ErrPasse
	}
	b, inscrit := m.inscrit(proprietaire, jeton)
	if !inscrit {
		b, err = lireFiche(filepath.Join(m.dossier(proprietaire), jeton) + fiche)
	}
	if errors.Is(err, fs.ErrNotExist) || err == nil && m.passe(b) {
		err = ErrPasse
	}
	return b, err
}

// Lire opens a draft of its owner; ErrPasse when there is none.
func (m *Magasin) Lire(proprietaire int64, jeton string) (b Brouillon, f *os.File, err error) {
	if b, err = m.Trouver(proprietaire, jeton); err == nil {
		f, err = os.Open(m.fichiers(proprietaire, b).nom)
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrPasse
	}
	return b, f, err
}

// Retirer takes a draft of its owner away, if it is still there.
func (m *Magasin) Retirer(proprietaire int64, jeton string) {
	m.rayer(proprietaire, jeton)
	_ = m.fichiers(proprietaire, Brouillon{Jeton: filepath.Base(jeton)}).retirer() // what stays goes with its hour
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
	b.Jeton = strings.TrimSuffix(filepath.Base(nom), fiche)
	return b, nil
}
