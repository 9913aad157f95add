package contradictoire

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageOuvrir is what ouvrir.html shows: the form that opens a procedure on a demande.
type pageOuvrir struct {
	web.Page
	Genre  Genre
	D      *instruction.Dossier
	Autres []instruction.Autre // that it may be contested with
	Limite time.Time
	Motifs []web.Choix
}

func (s *Service) pageOuvrir(r *http.Request, g Genre) (*pageOuvrir, error) {
	depot, rang, ok := s.LireNumeroASP(r.PathValue("numero"))
	if !ok {
		return nil, web.Introuvable
	}
	d, err := s.Examens.Trouver(r.Context(), s.Base.Lire(), etat.Cle{Depot: depot, Rang: rang})
	if err != nil {
		return nil, introuvable(err)
	}
	titre := modele.Texte{Fr: "Ouvrir une contestation d'ESMS", En: "Open a contestation of ESMS"}
	p := &pageOuvrir{Genre: g, D: d, Limite: calendrier.Ouvres(s.Maintenant(), JoursContestation)}
	if g == Retrait {
		titre = modele.Texte{Fr: "Envisager le retrait de l'attribution", En: "Consider withdrawing the award"}
		p.Limite = calendrier.Jours(s.Maintenant(), s.Jours)
	}
	p.Page = web.NouvellePage(r, titre, web.Lien{Nom: instruction.Titre, Adresse: "/travail"}, web.Lien{Nom: modele.Texte{Fr: "Demande " + d.NumeroASP, En: "Request " + d.NumeroASP}, Adresse: "/travail/" + d.NumeroASP})
	return p, s.remplirOuvrir(r.Context(), p)
}

func (s *Service) remplirOuvrir(ctx context.Context, p *pageOuvrir) (err error) {
	if p.Genre == Contestation {
		p.Autres, err = s.Autres(ctx, p.D.Cle)
		p.Autres = slices.DeleteFunc(p.Autres, func(a instruction.Autre) bool { return !instruction.Contestable(a.Etat) })
		return err
	}
	c, err := s.Decisions.Catalogue(ctx, s.Base.Lire())
	if err == nil {
		p.Motifs = choixMotifs(&p.Page, c, decision.Retrait, "motif")
	}
	return err
}

// Possible tells whether the form can open anything.
func (p *pageOuvrir) Possible() bool {
	if p.D.Procedure > 0 {
		return false
	}
	if p.Genre == Retrait {
		return p.D.Etat == etat.Validee
	}
	return p.Contestable() && len(p.Autres) > 0
}

// Contestable tells whether the demande itself may be in a contestation.
func (p *pageOuvrir) Contestable() bool { return instruction.Contestable(p.D.Etat) }

// Choix are the other demandes, all of them chosen until somebody says otherwise.
func (p *pageOuvrir) ChoixAutres() (choix []web.Choix) {
	for _, a := range p.Autres {
		choix = append(choix, web.Choix{
			Valeur: a.NumeroASP, Choisi: true,
			Libelle: a.NumeroASP + p.T(" : ", ": ") + ecrit.Nom(a.RaisonSociale) + ", " + p.Tx(a.Etat.Nom()) + ", " + p.Montant(a.Montant),
			Aide:    "ESMS " + strings.Join(a.FINESS, ", "),
		})
	}
	return choix
}

func (s *Service) montrerContestation(w http.ResponseWriter, r *http.Request) error {
	return s.montrerOuvrir(w, r, Contestation)
}

func (s *Service) montrerRetrait(w http.ResponseWriter, r *http.Request) error {
	return s.montrerOuvrir(w, r, Retrait)
}

func (s *Service) montrerOuvrir(w http.ResponseWriter, r *http.Request, g Genre) error {
	p, err := s.pageOuvrir(r, g)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "ouvrir.html", p)
}

func (s *Service) ouvrirContestation(w http.ResponseWriter, r *http.Request) error {
	return s.ouvrirPage(w, r, Contestation, func(p *pageOuvrir, o Ouverture) (int64, error) {
		for _, n := range p.Valeurs("autre") {
			if depot, rang, ok := s.LireNumeroASP(n); ok {
				o.Autres = append(o.Autres, etat.Cle{Depot: depot, Rang: rang})
			}
		}
		return s.Contester(r.Context(), moi(r), o)
	})
}

func (s *Service) ouvrirRetrait(w http.ResponseWriter, r *http.Request) error {
	return s.ouvrirPage(w, r, Retrait, func(p *pageOuvrir, o Ouverture) (int64, error) {
		o.Motifs = p.Valeurs("motif")
		return s.Envisager(r.Context(), moi(r), o)
	})
}

// ouvrirPage opens a procedure as a form says, or shows the form again with what is wrong.
func (s *Service) ouvrirPage(w http.ResponseWriter, r *http.Request, g Genre, ouvrir func(p *pageOuvrir, o Ouverture) (int64, error)) error {
	p, err := s.pageOuvrir(r, g)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	o := Ouverture{Cle: p.D.Cle, Texte: p.AuPlus("texte", MaxTexte, modele.Texte{Fr: "les précisions", En: "the details"})}
	if g == Retrait {
		o.Texte = p.Requis("texte", MaxTexte, modele.Texte{Fr: "les précisions, en fait", En: "the details, in fact"})
	}
	p.EnLettre("texte")
	id := int64(0)
	if p.Valide() {
		id, err = ouvrir(p, o)
	}
	var refus *decision.Refus
	if errors.As(err, &refus) {
		if id, err = s.dejaOuverte(r, p, o.Texte); id == 0 {
			p.Refuser("", refus.Texte.Fr, refus.Texte.En)
		}
	}
	if err != nil {
		return err
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "ouvrir.html", p)
	}
	return web.AllerDire(w, r, adresse(id), modele.Texte{Fr: "La procédure est ouverte ; il est écrit aux fournisseurs.", En: "The procedure is open; suppliers are written to."})
}
