package compte

import (
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/cleacces"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageCle is what cle.html shows: a passkey to register.
type pageCle struct {
	web.Page
	cleProposee
	Du bool // nothing else can be done before
}

var titreCle = modele.Texte{Fr: "Enregistrer une clé d'accès", En: "Register a passkey"}

func (s *Service) pageCle(r *http.Request) (*pageCle, error) {
	i, _ := De(r.Context())
	personne, err := lirePersonne(r.Context(), s.Base.Lire(), i.Compte)
	if err != nil {
		return nil, err
	}
	p := &pageCle{Page: web.NouvellePage(r, titreCle, filCompte), Du: i.FacteurDu}
	return p, s.defier(r, personne, &p.cleProposee, cleacces.Site.Proposer)
}

func (s *Service) montrerCle(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageCle(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "cle.html", p)
}

// ajouterCle leads to the recovery codes, where they are new.
func (s *Service) ajouterCle(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	codes, err := s.AjouterCle(r.Context(), i.Compte, i.session, r.PostFormValue("nom"), r.PostFormValue(champCle))
	if err != nil && !errors.As(err, new(*Faute)) {
		return err
	}
	if err != nil {
		p, errPage := s.pageCle(r)
		if errPage != nil {
			return errPage
		}
		return s.refuser(w, r, "cle.html", p, err)
	}
	if codes != nil {
		return s.tendreSecours(w, r, codes)
	}
	return web.AllerDire(w, r, "/compte", modele.Texte{Fr: "La clé d'accès est enregistrée.", En: "The passkey is registered."})
}

// cleDe finds the passkey that an address names, among those of who asks.
func (s *Service) cleDe(r *http.Request) (c Cle, derniere bool, err error) {
	i, _ := De(r.Context())
	cles, err := s.Cles(r.Context(), i.Compte)
	if err != nil {
		return c, false, err
	}
	for _, c := range cles {
		if strconv.FormatInt(c.ID, 10) == r.PathValue("cle") {
			return c, len(cles) == 1 && !i.totp, nil
		}
	}
	return c, false, introuvable(ErrCleAbsente)
}

// acteRetraitCle says what follows when a passkey is removed.
func (s *Service) acteRetraitCle(r *http.Request) (*web.Acte, error) {
	i, _ := De(r.Context())
	c, derniere, err := s.cleDe(r)
	if err != nil {
		return nil, err
	}
	suites := []modele.Texte{dit("Elle ne servira plus ici ; un courriel vous le confirme. Effacez-la aussi de l'appareil, qui la garde.", "It will not work here any more; a mail confirms it. Erase it on the device, too, which keeps it.")}
	switch {
	case derniere && s.exigeFacteur(i.Role):
		suites = append(suites, dit("C'est votre seul second facteur : les codes de secours cessent de servir, et vous en mettez un autre en place avant toute autre chose.", "It is your only second factor: the recovery codes stop working, and you set up another one before anything else."))
	case derniere:
		suites = append(suites, dit("C'est votre seul second facteur : les codes de secours cessent de servir, et le mot de passe suffira pour se connecter.", "It is your only second factor: the recovery codes stop working, and the password will do for signing in."))
	}
	return &web.Acte{Titre: dit("Retirer la clé d'accès « %s » ?", "Remove the passkey “%s”?", c.Nom), Suites: suites, Faire: dit("Retirer la clé", "Remove the key")}, nil
}

func (s *Service) retirerCle(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	c, _, err := s.cleDe(r)
	if err != nil {
		return err
	}
	if err := s.RetirerCle(r.Context(), i.Compte, c.ID); err != nil {
		return introuvable(err)
	}
	return web.AllerDire(w, r, "/compte", dit("La clé d'accès « %s » est retirée.", "The passkey “%s” is removed.", c.Nom))
}
