package compte

import (
	"errors"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

var titreAdresse = modele.Texte{Fr: "Changer d'adresse électronique", En: "Change the e\u2011mail address"}

// pageAdresse is what adresse.html shows: the address to ask for, or the one to confirm.
type pageAdresse struct {
	web.Page
	Actuelle string
	Attendue string // asked for and not confirmed; "" for none
	Confirme bool   // its link was opened
}

func (s *Service) pageAdresse(r *http.Request) (*pageAdresse, error) {
	i, _ := De(r.Context())
	p := &pageAdresse{Page: web.NouvellePage(r, titreAdresse, filCompte), Actuelle: i.Courriel}
	c, err := s.AdresseAttendue(r.Context(), i.Compte)
	if err != nil && !errors.Is(err, ErrLien) {
		return nil, err
	}
	p.Attendue = c.Nouveau
	return p, nil
}

func (s *Service) montrerAdresse(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageAdresse(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "adresse.html", p)
}

func (s *Service) demanderAdresse(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if err := s.DemanderAdresse(r.Context(), i.Compte, r.PostFormValue("courriel")); err != nil {
		p, errPage := s.pageAdresse(r)
		if errPage != nil {
			return errPage
		}
		return s.refuser(w, r, "adresse.html", p, err)
	}
	return web.AllerDire(w, r, "/compte/adresse", modele.Texte{
		Fr: "Consultez les deux messageries : l'une a le lien qui confirme la nouvelle adresse, l'autre celui qui arrête tout.",
		En: "Look at both mailboxes: one has the link that confirms the new address, the other the one that stops it.",
	})
}

func (s *Service) abandonnerAdresse(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if err := s.AbandonnerAdresse(r.Context(), i.Compte); err != nil {
		return err
	}
	return web.AllerDire(w, r, "/compte", modele.Texte{Fr: "Votre adresse ne change pas.", En: "Your address does not change."})
}

// montrerNouvelleAdresse asks whoever has opened the link, signed in to that account.
func (s *Service) montrerNouvelleAdresse(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageNouvelleAdresse(r)
	if errors.Is(err, ErrLien) {
		return s.lienMortAvec(w, r, http.StatusNotFound) // another's link is none
	}
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "adresse.html", p)
}

func (s *Service) pageNouvelleAdresse(r *http.Request) (*pageAdresse, error) {
	i, _ := De(r.Context())
	c, err := s.AdresseDuLien(r.Context(), i.Compte, r.PathValue("lien"))
	if err != nil {
		return nil, err
	}
	titre := modele.Texte{Fr: "Confirmer la nouvelle adresse", En: "Confirm the new address"}
	return &pageAdresse{Page: web.NouvellePage(r, titre, filCompte), Actuelle: c.Ancien, Attendue: c.Nouveau, Confirme: true}, nil
}

func (s *Service) confirmerAdresse(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageNouvelleAdresse(r)
	if err == nil {
		i, _ := De(r.Context())
		err = s.ConfirmerAdresse(r.Context(), i.Compte, r.PathValue("lien"), i.session)
	}
	switch {
	case errors.Is(err, ErrLien):
		return s.lienMortAvec(w, r, http.StatusNotFound) // another's link is none
	case err != nil && p != nil:
		return s.refuser(w, r, "adresse.html", p, err)
	case err != nil:
		return err
	}
	i, _ := De(r.Context())
	s.reconnaitreNavigateur(r.Context(), w, s.visite(r), i.Compte)
	return web.AllerDire(w, r, "/compte", modele.Texte{
		Fr: "Votre adresse a changé ; les autres sessions sont terminées.", En: "Your address has changed; the other sessions have ended.",
	})
}

// pageArret is what arret.html shows to whoever has the former mailbox.
type pageArret struct {
	web.Page
	C ChangementAdresse
}

func (s *Service) pageArret(r *http.Request) (*pageArret, error) {
	c, err := s.AdresseArretee(r.Context(), r.PathValue("lien"))
	if err != nil {
		return nil, err
	}
	titre := modele.Texte{Fr: "Arrêter le changement d'adresse", En: "Stop the change of address"}
	if !c.Fait.IsZero() {
		titre = modele.Texte{Fr: "Reprendre votre adresse", En: "Take your address back"}
	}
	return &pageArret{web.NouvellePage(r, titre), c}, nil
}

func (s *Service) montrerArret(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageArret(r)
	if errors.Is(err, ErrLien) {
		return s.lienMort(w, r)
	}
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "arret.html", p)
}

func (s *Service) arreterAdresse(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageArret(r)
	if err == nil {
		err = s.ArreterAdresse(r.Context(), r.PathValue("lien"))
	}
	switch {
	case errors.Is(err, ErrLien):
		return s.lienMort(w, r)
	case err != nil && p != nil:
		return s.refuser(w, r, "arret.html", p, err)
	case err != nil:
		return err
	}
	return web.AllerDire(w, r, "/connexion", modele.Texte{
		Fr: "C'est arrêté. Votre mot de passe ne sert plus : un message envoyé à votre adresse permet d'en choisir un autre.",
		En: "It is stopped. Your password no longer works: a message sent to your address lets you choose another one.",
	})
}
