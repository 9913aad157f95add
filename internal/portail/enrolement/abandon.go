package enrolement

import (
	"errors"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

var titreAbandon = modele.Texte{Fr: "Abandonner ce brouillon ?", En: "Throw this draft away?"}

// avecAbandon answers for a draft that may be thrown away; a request that was sent once is the agency's too.
func (s *Service) avecAbandon(w http.ResponseWriter, r *http.Request, f func(p *page) error) error {
	return s.avecBrouillon(w, r, titreAbandon, func(p *page) error {
		if p.E.Etat != Brouillon {
			return web.Aller(w, r, "/enrolement")
		}
		return f(p)
	})
}

func (s *Service) montrerAbandon(w http.ResponseWriter, r *http.Request) error {
	return s.avecAbandon(w, r, func(p *page) error { return gabarits().Montrer(w, r, "abandon.html", p) })
}

// abandonner throws away the draft that the page named, not one that another tab has opened meanwhile.
func (s *Service) abandonner(w http.ResponseWriter, r *http.Request) error {
	return s.avecAbandon(w, r, func(p *page) error {
		if p.Brut("reference") != p.E.Reference {
			return gabarits().Montrer(w, r, "abandon.html", p)
		}
		if err := s.Abandonner(r.Context(), s.secret(r)); err != nil && !errors.Is(err, ErrFige) {
			return noterFautes(nil, err)
		}
		web.PoserCookie(r.Context(), w, cookieSecret, "", -1)
		return web.AllerDire(w, r, "/enrolement", modele.Texte{Fr: "Le brouillon est effacé.", En: "The draft is deleted."})
	})
}

// quitter takes the draft out of this browser, which others may use too. It is kept, and the link that was mailed leads to it:
// one that has none stays.
func (s *Service) quitter(w http.ResponseWriter, r *http.Request) error {
	return s.avecAbandon(w, r, func(p *page) error {
		retrouvable, err := dejaEnvoye(r.Context(), s.Base.Lire(), p.E.ID, p.E.Dossier.Courriel)
		switch {
		case err != nil:
			return err
		case !retrouvable:
			return web.Aller(w, r, "/enrolement")
		}
		web.PoserCookie(r.Context(), w, cookieSecret, "", -1)
		return web.AllerDire(w, r, "/enrolement", modele.Texte{
			Fr: "Ce navigateur ne suit plus le brouillon " + p.E.Reference + " : le lien reçu par courriel y ramène.",
			En: "This browser follows the draft " + p.E.Reference + " no more: the link that came by mail leads to it.",
		})
	})
}
