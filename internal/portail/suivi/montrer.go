package suivi

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDemande is what montrer.html shows.
type pageDemande struct {
	web.Page
	Demande     *Demande
	Etat        etat.Description
	Montants    Montants
	Pieces      []PieceJointe
	Envoyer     string // where documents are sent; "" where none is awaited
	Depot       string // page of the deposit
	Groupes     []Groupe
	Ouvertes    []Ouvrable // tags that the supplier may give other values
	Corrections []Correction
	Suspension  string   // that the time for the decision stands still; "" for not
	contenu     *contenu // nil for a file that cannot be read
	lecture     error    // why it cannot be
	Illisible,
	Tronquee bool // the kept file cannot be read; not all of the demande is shown
	Historique []Evenement
	Fils       []Fil
	Lettres    []web.Lien
	Entendre   []web.Lien // procedures in which the supplier is heard
	Agent      bool
	Ecrit      bool // may write messages
	Retirable  bool
	AuTerme    string     // what follows when nobody answers
	Perdue     *perdue    // an answer that is not waited for any longer
	Attente    *Evenement // what the agency asks for and the supplier may answer; nil for nothing
}

func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	i, err := qui(r)
	if err != nil {
		return err
	}
	p, err := s.pageDeDemande(r, i)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "montrer.html", p)
}

// RefuserPiece shows a demande again, with what is wrong at the field of one of its documents.
func (s *Service) RefuserPiece(w http.ResponseWriter, r *http.Request, numero, champ string, faute modele.Texte) error {
	r.SetPathValue("numero", numero)
	i, err := qui(r)
	if err != nil {
		return err
	}
	p, err := s.pageDeDemande(r, i)
	if err != nil {
		return err
	}
	p.Refuser(champ, faute.Fr, faute.En)
	return gabarits().Montrer(w, r, "montrer.html", p)
}

// Refusee tells whether a document of a type was just refused.
func (p *pageDemande) Refusee(typ string) bool {
	return slices.ContainsFunc(p.Fautes, func(f web.Faute) bool { return f.Champ == "document-"+typ })
}

// pageDeDemande makes the page of the demande in the address.
func (s *Service) pageDeDemande(r *http.Request, i compte.Identite) (*pageDemande, error) {
	d, err := s.demandeDe(r, i, r.PathValue("numero"))
	if err != nil {
		return nil, err
	}
	p := &pageDemande{Page: web.NouvellePage(r, titreDemande(d), filListe), Demande: d, Agent: estAgence(i), Ecrit: peutEcrire(i)}
	p.Etat, _ = etat.Decrire(d.Etat)
	_, retirable := etat.Pas(d.Etat, etat.Retiree, auteur(i))
	p.Retirable = retirable && p.Ecrit
	if err := s.decrire(r.Context(), p); err != nil {
		return nil, err
	}
	if p.Historique, err = s.Historique(r.Context(), d); err != nil {
		return nil, err
	}
	if d.Echeance.Suspendue(s.Maintenant()) {
		p.Suspension = p.T("Le délai au terme duquel l'agence doit décider ne court pas jusqu'à la réponse, ni au-delà de ce jour.", "The time within which the agency must decide does not run until the answer, or that day.")
	}
	if d.Etat == etat.AModifier {
		p.AuTerme = p.Tx(s.AuTerme())
		p.Attente = &p.Historique[len(p.Historique)-1] // what led to the state that it is in
	}
	if p.Fils, err = s.FilsDe(r.Context(), i, d); err != nil {
		return nil, err
	}
	if s.Lettres != nil {
		if p.Lettres, err = s.Lettres(r.Context(), d.Cle); err != nil {
			return nil, err
		}
	}
	if s.Entendre != nil {
		if p.Entendre, err = s.Entendre(r.Context(), d.Cle); err != nil {
			return nil, err
		}
	}
	if s.Pieces != nil {
		if p.Pieces, err = s.Pieces(r.Context(), d.Fournisseur, d.Cle); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func titreDemande(d *Demande) modele.Texte {
	return modele.Texte{Fr: "Demande " + d.NumeroASP, En: "Request " + d.NumeroASP}
}

// decrire lays out what the deposited file says. A file that cannot be read hides nothing else of the demande.
func (s *Service) decrire(ctx context.Context, p *pageDemande) (err error) {
	if p.Corrections, err = s.corrections(ctx, s.Base.Lire(), p.Demande.Cle); err != nil {
		return err
	}
	c, err := s.lire(p.Demande, p.Corrections)
	p.lecture = err
	if p.Illisible = err != nil; !p.Illisible {
		p.Groupes = c.groupes()
		p.Tronquee = c.reste <= 0
		if err := s.ouvrir(ctx, p, c); err != nil {
			return err
		}
	}
	p.Montants = s.montants(ctx, p.Demande, c)
	if s.AdresseDepot != nil && !p.Agent {
		p.Depot = s.AdresseDepot(p.Demande.Depot)
	}
	if s.AdressePieces != nil && p.Demande.Etat.Ouverte() && p.Ecrit && !p.Agent {
		p.Envoyer = s.AdressePieces(p.Demande.Depot)
	}
	return nil
}

// Ouverte tells whether the demande waits for something of the supplier.
func (p *pageDemande) Ouverte() bool { return p.Demande.Etat.Ouverte() }

// Demandeur is who asks, as the agency shows itself: its people are not named to suppliers.
func (p *pageDemande) Demandeur() string {
	nom := cmp.Or(p.Agence.Nom, p.T("L'agence", "The agency"))
	if p.Agence.Service != "" {
		nom += " (" + p.Agence.Service + ")"
	}
	return nom
}

// listePieces is the documents of a demande, with the forms that send them or without.
type listePieces struct {
	*pageDemande
	Formulaires bool
}

// Liste makes the argument of the template "pieces".
func (p *pageDemande) Liste(formulaires bool) listePieces { return listePieces{p, formulaires} }

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
	case e.Par == etat.Agence, e.De == etat.Decidee: // the counter notifies what the agency has decided
		return p.T("l'agence", "the agency")
	case e.Par == etat.Programme:
		return p.T("le guichet", "the counter")
	case e.Qui == "":
		return p.T("le fournisseur", "the supplier")
	}
	return e.Qui
}
