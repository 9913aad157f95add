package suivi

import (
	"context"
	"net/http"

	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDemande is what montrer.html shows.
type pageDemande struct {
	web.Page
	Demande  *Demande
	Etat     etat.Description
	Montants Montants
	Pieces   []PieceJointe
	Envoyer  string // where documents are sent; "" where none is awaited
	Depot    string // page of the deposit
	Groupes  []Groupe
	Illisible,
	Tronquee bool // the kept file cannot be read; not all of the demande is shown
	Historique []Evenement
	Fils       []Fil
	Agent      bool
	Ecrit      bool // may write messages
	Retirable  bool
}

func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	i, err := qui(r)
	if err != nil {
		return err
	}
	d, err := s.demandeDe(r, i, r.PathValue("numero"))
	if err != nil {
		return err
	}
	p := &pageDemande{Page: web.NouvellePage(r, titreDemande(d), filListe), Demande: d, Agent: estAgence(i), Ecrit: peutEcrire(i)}
	p.Etat, _ = etat.Decrire(d.Etat)
	_, retirable := etat.Pas(d.Etat, etat.Retiree, auteur(i))
	p.Retirable = retirable && p.Ecrit
	s.decrire(r.Context(), p)
	if p.Historique, err = s.Historique(r.Context(), d); err != nil {
		return err
	}
	if p.Fils, err = s.FilsDe(r.Context(), i, d); err != nil {
		return err
	}
	if s.Pieces != nil {
		if p.Pieces, err = s.Pieces(r.Context(), d.Fournisseur, d.Cle); err != nil {
			return err
		}
	}
	return gabarits().Montrer(w, r, "montrer.html", p)
}

func titreDemande(d *Demande) modele.Texte {
	return modele.Texte{Fr: "Demande " + d.NumeroASP, En: "Request " + d.NumeroASP}
}

// decrire lays out what the deposited file says. A file that cannot be read hides nothing else of the demande.
func (s *Service) decrire(ctx context.Context, p *pageDemande) {
	c, err := s.lire(p.Demande)
	if p.Illisible = err != nil; !p.Illisible {
		p.Groupes = c.groupes()
		p.Tronquee = c.reste <= 0
	}
	p.Montants = s.montants(ctx, p.Demande, c)
	if s.AdresseDepot != nil && !p.Agent {
		p.Depot = s.AdresseDepot(p.Demande.Depot)
	}
	attend := p.Demande.Etat == etat.Incomplete || p.Demande.Etat == etat.AModifier
	if s.AdressePieces != nil && attend && p.Ecrit && !p.Agent {
		p.Envoyer = s.AdressePieces(p.Demande.Depot)
	}
}

// EtatDe is the word of a state.
func (p *pageDemande) EtatDe(e etat.Etat) web.Etiquette { return etiquette(&p.Page, e) }

// Nouveaux is the word beside a thread with unread messages.
func (p *pageDemande) Nouveaux(n int) web.Etiquette { return nouveaux(&p.Page, n) }

func nouveaux(p *web.Page, n int) web.Etiquette {
	if n < 2 {
		return p.Etiquette("info", p.Nombre(int64(n))+p.T(" non lu", " unread"))
	}
	return p.Etiquette("info", p.Nombre(int64(n))+p.T(" non lus", " unread"))
}

// Par names who took a step.
func (p *pageDemande) Par(e Evenement) string {
	switch {
	case e.Par == etat.Programme:
		return p.T("le guichet", "the counter")
	case e.Par == etat.Agence:
		return p.T("l'agence", "the agency")
	case e.Qui == "":
		return p.T("le fournisseur", "the supplier")
	}
	return e.Qui
}

// Vue is a group at its level of headings.
type Vue struct {
	*pageDemande
	Groupe
	Niveau int
}

// Vue makes the argument of the template "groupe".
func (p *pageDemande) Vue(g Groupe, niveau int) Vue { return Vue{p, g, niveau} }

// Sous is the level below.
func (v Vue) Sous() int { return v.Niveau + 1 }
