package compte

import (
	"net/http"
	"slices"

	"guichet/modele"
)

// pageCompte is what moncompte.html shows: profile, mails, sessions, second factor.
type pageCompte struct {
	page
	Nom      string
	Langues  []option
	Genres   []option
	Sessions []Session
	Facteur  bool
	Requis   bool // the second factor cannot be done without
	Secours  int  // recovery codes left
}

// option is a radio button or a box.
type option struct {
	Valeur  string
	Nom     modele.Texte
	Choisie bool
}

var (
	titreCompte = modele.Texte{Fr: "Mon compte", En: "My account"}
	filCompte   = fil{titreCompte, "/compte"}
)

func (s *Service) pageCompte(r *http.Request, profil *Profil) (*pageCompte, error) {
	i, _ := De(r.Context())
	ctx := r.Context()
	p := &pageCompte{page: s.page(r, titreCompte), Requis: i.Role == Administrateur}
	personne, err := lirePersonne(ctx, s.Base.Lire(), i.Compte)
	if err != nil {
		return nil, err
	}
	p.Facteur = personne.totp
	if p.Secours, err = s.SecoursRestants(ctx, i.Compte); err != nil {
		return nil, err
	}
	if p.Sessions, err = s.Sessions(ctx, i); err != nil {
		return nil, err
	}
	if profil == nil {
		if profil, err = s.profil(r, personne); err != nil {
			return nil, err
		}
	}
	p.remplir(*profil)
	return p, nil
}

func (s *Service) profil(r *http.Request, p personne) (*Profil, error) {
	refuses, err := s.CourrielsRefuses(r.Context(), p.id)
	profil := &Profil{Nom: p.nom, Langue: p.langue}
	for _, g := range GenresCourriel {
		if !slices.Contains(refuses, g.Genre) {
			profil.Voulus = append(profil.Voulus, g.Genre)
		}
	}
	return profil, err
}

func (p *pageCompte) remplir(profil Profil) {
	p.Nom = profil.Nom
	p.Langues = []option{
		{"fr", modele.Texte{Fr: "Français", En: "French (français)"}, profil.Langue == modele.Francais},
		{"en", modele.Texte{Fr: "Anglais (English)", En: "English"}, profil.Langue == modele.Anglais},
	}
	for _, g := range GenresCourriel {
		p.Genres = append(p.Genres, option{string(g.Genre), g.Nom, slices.Contains(profil.Voulus, g.Genre)})
	}
}

func (s *Service) montrerCompte(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageCompte(r, nil)
	if err != nil {
		return err
	}
	return s.rendre(w, r, "moncompte.html", p)
}

func (s *Service) changerProfil(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	profil := Profil{Nom: r.PostFormValue("nom"), Langue: langue(r.PostFormValue("langue"))}
	for _, g := range r.PostForm["courriels"] {
		profil.Voulus = append(profil.Voulus, GenreCourriel(g))
	}
	if err := s.ChangerProfil(r.Context(), i.Compte, profil); err != nil {
		p, errPage := s.pageCompte(r, &profil)
		if errPage != nil {
			return errPage
		}
		return s.refuser(w, r, "moncompte.html", p, err)
	}
	return aller(w, r, "/compte?fait=profil")
}

func (s *Service) terminerSession(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if r.PostFormValue("cle") == i.session {
		return s.deconnecter(w, r)
	}
	if err := s.TerminerSession(r.Context(), i.Compte, r.PostFormValue("cle")); err != nil {
		return err
	}
	return aller(w, r, "/compte?fait=session")
}

func (s *Service) terminerAutres(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if _, err := s.TerminerAutres(r.Context(), i); err != nil {
		return err
	}
	return aller(w, r, "/compte?fait=sessions")
}

// pageMotDePasse is what motdepasse.html shows.
type pageMotDePasse struct {
	page
	Courriel string // for password keepers
}

func (s *Service) pageMotDePasse(r *http.Request) *pageMotDePasse {
	i, _ := De(r.Context())
	return &pageMotDePasse{s.page(r, modele.Texte{Fr: "Changer de mot de passe", En: "Change the password"}, filCompte), i.Courriel}
}

func (s *Service) montrerMotDePasse(w http.ResponseWriter, r *http.Request) error {
	return s.rendre(w, r, "motdepasse.html", s.pageMotDePasse(r))
}

func (s *Service) changerMotDePasse(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	err := s.ChangerMotDePasse(r.Context(), i.Compte, r.PostFormValue("actuel"), r.PostFormValue("motdepasse"), i.session)
	if err != nil {
		return s.refuser(w, r, "motdepasse.html", s.pageMotDePasse(r), err)
	}
	return aller(w, r, "/compte?fait=motdepasse")
}
