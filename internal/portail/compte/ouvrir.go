package compte

import (
	"errors"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageOuverture is what ouvrir.html shows: an account to open, or a new password to choose.
type pageOuverture struct {
	web.Page
	Lien    Lien
	NomRole modele.Texte // what the invitation offers
}

func (s *Service) pageOuverture(r *http.Request) (*pageOuverture, error) {
	l, err := s.LireLien(r.Context(), r.PathValue("lien"))
	if err != nil {
		return nil, err
	}
	titre := modele.Texte{Fr: "Ouvrir votre compte", En: "Open your account"}
	switch {
	case l.Premier:
		titre = modele.Texte{Fr: "Ouvrir le compte du premier administrateur", En: "Open the first administrator's account"}
	case !l.Nouveau:
		titre = modele.Texte{Fr: "Choisir un nouveau mot de passe", En: "Choose a new password"}
	}
	return &pageOuverture{Page: web.NouvellePage(r, titre), Lien: l, NomRole: NomsRoles[l.Role].Nom}, nil
}

func (s *Service) montrerOuverture(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageOuverture(r)
	if errors.Is(err, ErrLien) {
		return s.lienMort(w, r)
	}
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "ouvrir.html", p)
}

func (s *Service) ouvrir(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageOuverture(r)
	if errors.Is(err, ErrLien) {
		return s.lienMort(w, r)
	}
	if err != nil {
		return err
	}
	compte, err := s.Ouvrir(r.Context(), r.PathValue("lien"), Ouverture{
		Courriel: r.PostFormValue("courriel"), Nom: r.PostFormValue("nom"), MotDePasse: r.PostFormValue("motdepasse"), Langue: p.Langue,
	})
	switch {
	case errors.Is(err, ErrLien):
		return s.lienMort(w, r)
	case err != nil:
		return s.refuser(w, r, "ouvrir.html", p, err)
	case !p.Lien.Nouveau:
		return web.AllerDire(w, r, "/connexion", modele.Texte{ // the second factor is not skipped by a mail
			Fr: "Le nouveau mot de passe est gardé : connectez-vous avec lui.", En: "The new password is kept: sign in with it.",
		})
	}
	return s.accueillir(w, r, Entree{Compte: compte, Connu: true}, "") // the mail that led here told of it
}

// pageLienMort is what lienmort.html shows.
type pageLienMort struct{ web.Page }

func (s *Service) lienMort(w http.ResponseWriter, r *http.Request) error {
	return s.lienMortAvec(w, r, http.StatusGone)
}

func (s *Service) lienMortAvec(w http.ResponseWriter, r *http.Request, etat int) error {
	web.Tracer(r.Context(), web.Trace{Genre: "lien.refuse"})
	titre := modele.Texte{Fr: "Ce lien ne fonctionne plus", En: "This link no longer works"}
	return gabarits().MontrerEtat(w, r, etat, "lienmort.html", &pageLienMort{web.NouvellePage(r, titre)})
}

// pageOubli is what oublier.html shows.
type pageOubli struct {
	web.Page
	Envoye bool
}

func (s *Service) pageOubli(r *http.Request) *pageOubli {
	titre := modele.Texte{Fr: "Mot de passe oublié", En: "Forgotten password"}
	return &pageOubli{Page: web.NouvellePage(r, titre, filConnexion)}
}

func (s *Service) montrerOubli(w http.ResponseWriter, r *http.Request) error {
	return gabarits().Montrer(w, r, "oublier.html", s.pageOubli(r))
}

func (s *Service) oublier(w http.ResponseWriter, r *http.Request) error {
	if err := s.Oublier(r.Context(), r.PostFormValue("courriel"), provenance(r)); err != nil {
		return s.refuser(w, r, "oublier.html", s.pageOubli(r), err)
	}
	return web.Aller(w, r, "/mot-de-passe-oublie/envoye")
}

func (s *Service) montrerOubliEnvoye(w http.ResponseWriter, r *http.Request) error {
	p := s.pageOubli(r)
	p.Envoye = true
	p.Titre = modele.Texte{Fr: "Consultez votre messagerie", En: "Look at your mail"}
	return gabarits().Montrer(w, r, "oublier.html", p)
}
