package lettre

import (
	"context"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Avis is a letter on a demande that decides nothing.
type Avis struct {
	Genre
	Fournisseur int64
	etat.Cle
	Motifs    []string // references of the catalogue
	Texte     string
	Limite    time.Time    // by when it answers
	Contestes []string     // ESMS that another supplier asks for, too
	AModifier modele.Texte // what it is asked to change
	// Terme is what follows without an answer, Suspension what becomes of the time for the decision meanwhile.
	Terme, Suspension modele.Texte
}

// Aviser writes a letter that decides nothing, in each language, the French one first. A *decision.Refus says what it lacks.
func (s *Service) Aviser(ctx context.Context, q db.Lecteur, a Avis) (ecrits []Lettre, err error) {
	f, err := s.faits(ctx, q, &decision.Decision{Fournisseur: a.Fournisseur, Cle: a.Cle, Sens: decision.Sens(a.Genre), Motifs: a.Motifs, Texte: a.Texte}, 0)
	if err != nil {
		return nil, err
	}
	f.Limite, f.Contestes, f.AModifier, f.Terme, f.Suspension = a.Limite, a.Contestes, a.AModifier, a.Terme, a.Suspension
	sources, err := s.sources(ctx, q, a.Cle, a.Genre)
	if err != nil {
		return nil, err
	}
	ecrits, err = s.ecrire(sources, f, func(l modele.Langue) string { return strings.TrimSpace(a.Nom().In(l) + " " + f.NumeroASP) })
	if err != nil {
		return nil, err
	}
	for _, x := range ecrits {
		if err := x.complete(); err != nil {
			return nil, err
		}
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
func (s *Service) Serrer(html []byte) ([]byte, error) { return s.compresser(html) }
