package compte

import (
	"errors"
	"net/http"

	"guichet/modele"
)

// pageOuverture is what ouvrir.html shows: an account to open, or a new password to choose.
type pageOuverture struct {
	page
	Lien     Lien
	Courriel string
	Nom      string
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
	return &pageOuverture{page: s.page(r, titre), Lien: l, Courriel: l.Courriel, Nom: l.Nom}, nil
}

func (s *Service) montrerOuverture(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageOuverture(r)
	if errors.Is(err, ErrLien) {
		return s.lienMort(w, r)
	}
	if err != nil {
		return err
	}
	return s.rendre(w, r, "ouvrir.html", p)
}

func (s *Service) ouvrir(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageOuverture(r)
	if errors.Is(err, ErrLien) {
		return s.lienMort(w, r)
	}
	if err != nil {
		return err
	}
	if p.Lien.Nouveau {
		p.Nom = r.PostFormValue("nom")
	}
	if p.Lien.Premier {
		p.Courriel = r.PostFormValue("courriel")
	}
	compte, err := s.Ouvrir(r.Context(), r.PathValue("lien"), Ouverture{
		Courriel: p.Courriel, Nom: p.Nom, MotDePasse: r.PostFormValue("motdepasse"), Langue: p.Langue,
	})
	switch {
	case errors.Is(err, ErrLien):
		return s.lienMort(w, r)
	case err != nil:
		return s.refuser(w, r, "ouvrir.html", p, err)
	case !p.Lien.Nouveau:
		return aller(w, r, "/connexion?fait=nouveau") // the second factor is not skipped by a mail
	}
	return s.accueillir(w, r, Entree{Compte: compte}, "")
}

// pageLienMort is what lienmort.html shows.
type pageLienMort struct{ page }

func (s *Service) lienMort(w http.ResponseWriter, r *http.Request) error {
	titre := modele.Texte{Fr: "Ce lien ne fonctionne plus", En: "This link no longer works"}
	return s.rendreEtat(w, r, http.StatusGone, "lienmort.html", &pageLienMort{s.page(r, titre)})
}

// pageOubli is what oublier.html shows.
type pageOubli struct {
	page
	Courriel string
	Envoye   bool
}

func (s *Service) pageOubli(r *http.Request) *pageOubli {
	titre := modele.Texte{Fr: "Mot de passe oublié", En: "Forgotten password"}
	return &pageOubli{page: s.page(r, titre, filConnexion), Courriel: r.PostFormValue("courriel")}
}

func (s *Service) montrerOubli(w http.ResponseWriter, r *http.Request) error {
	return s.rendre(w, r, "oublier.html", s.pageOubli(r))
}

func (s *Service) oublier(w http.ResponseWriter, r *http.Request) error {
	p := s.pageOubli(r)
	if err := s.Oublier(r.Context(), p.Courriel, provenance(r)); err != nil {
		return s.refuser(w, r, "oublier.html", p, err)
	}
	return aller(w, r, "/mot-de-passe-oublie/envoye")
}

func (s *Service) montrerOubliEnvoye(w http.ResponseWriter, r *http.Request) error {
	p := s.pageOubli(r)
	p.Envoye = true
	p.Titre = modele.Texte{Fr: "Consultez votre messagerie", En: "Look at your mail"}
	return s.rendre(w, r, "oublier.html", p)
}
