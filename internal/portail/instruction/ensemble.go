package instruction

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strconv"

	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
)

// Filtrer reads what is looked for from the query of an address of the queue, as an agent looks at it.
func (s *Service) Filtrer(requete string, a Agent) Filtre {
	f, _ := lireRequete(requete, a)
	return f
}

// Inexact tells whether a part of such a query asks for what cannot be: a list that is narrowed by it would be a longer one.
func (s *Service) Inexact(requete string, a Agent) bool {
	_, p := lireRequete(requete, a)
	return !p.Valide()
}

func lireRequete(requete string, a Agent) (Filtre, *web.Page) {
	v, err := url.ParseQuery(requete)
	if err != nil {
		v = url.Values{}
	}
	p := &web.Page{}
	p.Garder(v)
	return lireFiltre(p, a), p
}

// Requete is the parts of the query of an address that say what is looked for.
func Requete(v url.Values) string { return requete(v).Encode() }

// Ecrire is a place as LirePlace reads it.
func (p *Place) Ecrire() string { return fmt.Sprintf("%d.%d.%d", p.Valeur, p.Depot, p.Rang) }

// Types are the kinds of documents that the demande announces.
func (v *Vue) Types() (types []string) {
	for _, x := range v.Pieces {
		types = append(types, x.Type)
	}
	return types
}

// Relire reads a demande that somebody has read at a version, in a transaction that goes on with it: a *Refus when it has changed since.
func (s *Service) Relire(ctx context.Context, tx *sql.Tx, c etat.Cle, version int64) (*Dossier, error) {
	d, err := s.verrouille(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	if d.Version != version {
		nom := d.Etat.Nom()
		return nil, refuser("elle n'est plus comme elle a été lue : son état, sa fiche, une note ou un message (elle est « "+nom.Fr+" »)", "it is no longer as it was read: its state, its sheet, a note or a message (it is “"+nom.En+"”)")
	}
	return d, nil
}

// Saisir has an agent hold a demande, in a transaction that goes on with it: a *Refus when somebody else does.
func (s *Service) Saisir(ctx context.Context, tx *sql.Tx, a Agent, d *Dossier) error {
	pris, err := s.prendre(ctx, tx, a, d.Cle, a.Compte)
	if err != nil || pris {
		return err
	}
	return s.pourquoi(d)
}

// DireOui answers yes to points of the sheet that have no answer, ahead of the step that has others see that the demande has changed.
func (s *Service) DireOui(ctx context.Context, tx *sql.Tx, a Agent, c etat.Cle, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	reponses := make([]Repondu, len(codes))
	for i, code := range codes {
		reponses[i] = Repondu{Point: Point{Code: code}, Reponse: Oui}
		if err := reponses[i].verifier(); err != nil {
			return err
		}
	}
	if err := s.repondre(ctx, tx, a, c, reponses); err != nil {
		return fmt.Errorf("answer yes: %w", err)
	}
	return s.consigner(ctx, tx, a.Compte, c, "fiche", map[string]string{"points": strconv.Itoa(len(codes)), "non": "0"})
}
