package journal

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"guichet/internal/portail/db"
)

// Preuve shows, to who has the public key and nothing else, that the journal has an entry. The names of its file are a contract.
type Preuve struct {
	Format     string           `json:"format"`
	Numero     int64            `json:"numero"`
	Chaine     int64            `json:"chaine"`
	Instant    int64            `json:"instant"` // microseconds since 1970
	Acteur     int64            `json:"acteur"`
	Action     string           `json:"action"`
	Objet      string           `json:"objet"`
	Details    json.RawMessage  `json:"details,omitempty"`
	Sel        string           `json:"sel,omitempty"`
	Engagement string           `json:"engagement"` // SHA-256 of sel and details
	Chemin     tlog.RecordProof `json:"chemin"`
	Tete       string           `json:"tete"`
}

// formatPreuve is that of such a file.
const formatPreuve = "guichet-preuve/1"

// ErrSansPlace says that an entry waits for its place in the tree; ErrSansEntree that there is none.
var (
	ErrSansPlace  = errors.New("the entry has no place in the tree yet")
	ErrSansEntree = errors.New("the journal has no such entry")
	ErrPreuve     = errors.New("this proves no entry of the journal")
)

// Prouver proves all entries about an object, such as the number of a receipt, the first of them first; at most max.
func Prouver(ctx context.Context, base db.Lecteur, cles note.Verifiers, objet string, max int) (preuves []Preuve, err error) {
	var entrees []*Ecrite
	err = lire(ctx, base, func(e *Ecrite) error { entrees = append(entrees, e); return nil },
		colonnes+`WHERE objet = $1 ORDER BY entree LIMIT $2`, objet, max)
	if err != nil {
		return nil, err
	}
	if len(entrees) == 0 {
		return nil, ErrSansEntree
	}
	var signee string // read after the entries: it has those that have a place
	if err := base.QueryRowContext(ctx, `SELECT note FROM journal_tete WHERE numero = 1`).Scan(&signee); err != nil {
		return nil, fmt.Errorf("read the head of the journal: %w", err)
	}
	for _, e := range entrees {
		if e.Numero == 0 {
			return nil, ErrSansPlace
		}
		p, err := prouver(ctx, base, cles, e, signee)
		if err != nil {
			return nil, err
		}
		preuves = append(preuves, p)
	}
	return preuves, nil
}

func prouver(ctx context.Context, base db.Lecteur, cles note.Verifiers, e *Ecrite, signee string) (p Preuve, err error) {
	t, err := LireTete(signee, cles)
	if err != nil {
		return p, err
	}
	chemin, err := tlog.ProveRecord(t.Taille, e.Numero-1, lireArbre(ctx, base))
	if err != nil {
		return p, fmt.Errorf("prove the entry %d: %w", e.Numero, err)
	}
	p = Preuve{Format: formatPreuve, Numero: e.Numero, Chaine: e.Chaine, Instant: db.Instant(e.Instant), Acteur: e.Acteur, Action: e.Action, Objet: e.Objet,
		Engagement: hex.EncodeToString(e.Engagement), Chemin: chemin, Tete: signee}
	if !e.Effacee {
		p.Details, p.Sel, p.Engagement = json.RawMessage(e.details), hex.EncodeToString(e.Sel), hex.EncodeToString(engager(e.Sel, e.details))
	}
	_, err = p.Verifier(cles)
	return p, err
}

// Verifier holds the proof to a head that one of the keys signed, and returns the head; ErrPreuve when it does not prove what it says.
func (p *Preuve) Verifier(cles note.Verifiers) (t Tete, err error) {
	if p.Format != formatPreuve {
		return t, ErrPreuve
	}
	if t, err = LireTete(p.Tete, cles); err != nil {
		return t, err
	}
	engagement, err := p.engagement()
	if err != nil {
		return t, err
	}
	h := tlog.RecordHash(feuille(Ligne{Chaine: p.Chaine, Instant: db.Temps(p.Instant), Acteur: p.Acteur, Action: p.Action, Objet: p.Objet}, engagement))
	if p.Numero < 1 || p.Numero > t.Taille {
		return t, ErrPreuve
	}
	if err := tlog.CheckRecord(p.Chemin, t.Taille, t.Racine, p.Numero-1, h); err != nil {
		return t, errors.Join(ErrPreuve, err)
	}
	return t, nil
}

// engagement is what the proof commits to, which its details have to be, where it has some.
func (p *Preuve) engagement() ([]byte, error) {
	engagement, err := hex.DecodeString(p.Engagement)
	if err != nil {
		return nil, errors.Join(ErrPreuve, err)
	}
	if len(p.Details) == 0 && p.Sel == "" {
		return engagement, nil
	}
	var details bytes.Buffer // as they were written: whoever lays the file out anew changes nothing
	sel, err := hex.DecodeString(p.Sel)
	if err := errors.Join(err, json.Compact(&details, p.Details)); err != nil {
		return nil, errors.Join(ErrPreuve, err)
	}
	if !bytes.Equal(engager(sel, details.String()), engagement) {
		return nil, ErrPreuve
	}
	return engagement, nil
}

// Quand is when the act was done.
func (p *Preuve) Quand() time.Time { return db.Temps(p.Instant) }
