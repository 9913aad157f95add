package depot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/brouillon"
)

// BornesControles are how long, and how much, a supplier's controls are kept.
var BornesControles = brouillon.Bornes{Duree: time.Hour, Nombre: 20, Octets: 100 << 20, Taille: MaxOctets, EnMemoire: 16 << 20}

// declaration is what a sender says of a file, and what the file is controlled with: it goes with the file while it waits
// to be deposited.
type declaration struct {
	Compte     int64  `json:"compte"`
	Mandataire int64  `json:"mandataire,omitempty"`
	Type       string `json:"type"`
	NumeroAns  string `json:"numeroAns"`
	Edition    string `json:"edition"`
	Nom        string `json:"nom"`
	Connu      Connu  `json:"connu"`
}

// Garder takes a file to control it without depositing it: for an hour it has an address, then nothing of it is left. A
// Refuse says why it is not taken.
func (s *Service) Garder(ctx context.Context, e Envoi) (*Depot, error) {
	d, _, err := s.accueillir(ctx, e)
	if err != nil {
		return nil, err
	}
	rendre, err := attendre(ctx, s.receptions, d.Fournisseur, false)
	if err != nil {
		return nil, err
	}
	defer rendre()
	octets := memoires.Get().(*bytes.Buffer)
	defer memoires.Put(octets)
	if err := entamer(e, octets); err != nil {
		return nil, fmt.Errorf("receive a file: %w", err)
	}
	b, err := s.brouillons.Garder(d.Fournisseur, octets.Bytes(), e.Corps, declaration{
		Compte: d.Compte, Mandataire: d.Mandataire, Type: d.Type, NumeroAns: d.NumeroAns, Edition: d.Edition, Nom: d.Nom, Connu: d.connu,
	})
	switch {
	case errors.Is(err, brouillon.ErrTropLourd):
		return nil, tropLourd
	case err != nil:
		return nil, fmt.Errorf("receive a file: %w", err)
	}
	return controleDe(d.Fournisseur, b) // others of the supplier may have taken its room already
}

// Controle finds a file that a supplier has had controlled; ErrInconnu when its hour is over, or it is another's. What
// is found in it is told by Rapport.
func (s *Service) Controle(_ context.Context, fournisseur int64, jeton string) (*Depot, error) {
	b, err := s.brouillons.Trouver(fournisseur, jeton)
	switch {
	case errors.Is(err, brouillon.ErrPasse):
		return nil, ErrInconnu
	case err != nil:
		return nil, fmt.Errorf("read a control: %w", err)
	}
	return controleDe(fournisseur, b)
}

func controleDe(fournisseur int64, b brouillon.Brouillon) (*Depot, error) {
	var x declaration
	if err := json.Unmarshal(b.Contenu, &x); err != nil {
		return nil, fmt.Errorf("read a control: %w", err)
	}
	return &Depot{
		Fournisseur: fournisseur, Compte: x.Compte, Mandataire: x.Mandataire, Type: x.Type, NumeroAns: x.NumeroAns, Edition: x.Edition, Nom: x.Nom,
		SHA256: b.SHA256, Taille: b.Taille, Recu: b.Recu, connu: x.Connu, jeton: b.Jeton,
	}, nil
}

// Finit is until when a control can be seen and deposited.
func (d *Depot) Finit() time.Time { return d.Recu.Add(BornesControles.Duree) }

// DeposerControle deposits a file that was controlled, for who asks now.
func (s *Service) DeposerControle(ctx context.Context, c *Depot, compte, mandataire int64) (d *Depot, err error) {
	f, err := s.Octets(c)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return s.Deposer(ctx, Envoi{
		Fournisseur: c.Fournisseur, Compte: compte, Mandataire: mandataire, Type: c.Type, NumeroAns: c.NumeroAns, Nom: c.Nom, Corps: f, Taille: c.Taille,
	})
}
