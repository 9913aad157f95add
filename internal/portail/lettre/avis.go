package lettre

import (
	"context"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
)

// Avis is a letter that hears a supplier on a demande before a decision.
type Avis struct {
	Genre
	Fournisseur int64
	etat.Cle
	Motifs    []string // references of the catalogue
	Texte     string
	Limite    time.Time // by when it makes its observations
	Contestes []string  // ESMS that another supplier asks for, too
}

// Ecrit is a letter as it goes out, in one language.
type Ecrit struct {
	*Rendue
	Langue  string
	Version int64 // of its model
}

// Aviser writes a letter that hears a supplier, in each language, the French one first. A *decision.Refus says what it lacks.
func (s *Service) Aviser(ctx context.Context, q db.Lecteur, a Avis) (ecrits []Ecrit, err error) {
	f, err := s.faits(ctx, q, &decision.Decision{Fournisseur: a.Fournisseur, Cle: a.Cle, Sens: decision.Sens(a.Genre), Motifs: a.Motifs, Texte: a.Texte}, 0)
	if err != nil {
		return nil, err
	}
	f.Limite, f.Contestes = a.Limite, a.Contestes
	modeles, err := s.courants(ctx, q, a.Genre)
	if err != nil {
		return nil, err
	}
	for _, l := range langues {
		v := modeles[l.Mot]
		x := Lettre{Langue: l.Mot, Source: Source{Version: v, Texte: v.Texte}}
		if x.Rendue, err = rendre(v.Texte, f, a.Nom().In(l.Langue), l.Langue); err != nil {
			return nil, err
		}
		x.Fautes = s.fautes(x.Source)
		if err := x.complete(); err != nil {
			return nil, err
		}
		ecrits = append(ecrits, Ecrit{x.Rendue, l.Mot, v.Numero})
	}
	return ecrits, nil
}

// Relue is a letter that was kept, as its page shows it.
func Relue(serre []byte) (*Rendue, error) {
	octets, err := desserrer(serre)
	if err != nil {
		return nil, err
	}
	return &Rendue{HTML: octets, Empreinte: empreinte(octets)}, nil
}

// Serrer are the bytes of a letter, to be kept.
func (s *Service) Serrer(e Ecrit) ([]byte, error) { return s.serrer(e.HTML) }
