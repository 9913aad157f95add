package compte

import (
	"errors"
	"net/http"
	"slices"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageCompte is what moncompte.html shows: profile, mails, sessions, second factor.
type pageCompte struct {
	web.Page
	Nom       string
	Langues   []web.Choix
	Genres    []web.Choix
	Touches   []web.Choix // for people of the agency alone
	Sessions  []Session
	Facteur   bool
	Totp      bool
	Libelle   modele.Texte // the identity provider, for people of the agency; empty for none
	Lie       Federation
	Cles      []Cle
	Requis    bool // the second factor cannot be done without
	Secours   int  // recovery codes left
	Adresse   string
	Attendent int    // invitations without an answer
	Attendue  string // the address that is asked for and not confirmed; "" for none
}

var (
	titreCompte = modele.Texte{Fr: "Mon compte", En: "My account"}
	filCompte   = web.Lien{Nom: titreCompte, Adresse: "/compte"}
)

func (s *Service) pageCompte(r *http.Request, profil *Profil) (*pageCompte, error) {
	i, _ := De(r.Context())
	ctx := r.Context()
	p := &pageCompte{Page: web.NouvellePage(r, titreCompte), Requis: s.exigeFacteur(i.Role)}
	personne, err := lirePersonne(ctx, s.Base.Lire(), i.Compte)
	if err != nil {
		return nil, err
	}
	p.Facteur, p.Totp, p.Adresse = personne.facteur(), personne.totp, personne.courriel
	if p.Cles, err = s.Cles(ctx, i.Compte); err != nil {
		return nil, err
	}
	attendue, err := s.AdresseAttendue(ctx, i.Compte)
	if err != nil && !errors.Is(err, ErrLien) {
		return nil, err
	}
	p.Attendue = attendue.Nouveau
	if p.Secours, err = s.SecoursRestants(ctx, i.Compte); err != nil {
		return nil, err
	}
	if p.Sessions, err = s.Sessions(ctx, i); err != nil {
		return nil, err
	}
	recues, err := s.InvitationsDe(ctx, i.Compte)
	if err != nil {
		return nil, err
	}
	p.Attendent = len(recues)
	if profil == nil {
		if profil, err = s.profil(r, personne); err != nil {
			return nil, err
		}
	}
	p.remplir(*profil)
	if i.DeAgence() {
		if p.Libelle = s.libelle(); p.Libelle.Fr != "" {
			if p.Lie, err = s.FederationDe(ctx, i.Compte); err != nil {
				return nil, err
			}
		}
		p.Touches = []web.Choix{{Valeur: "oui", Libelle: p.T("Agir d'une seule touche dans les pages du travail", "Act with a single key in the pages of the work"), Choisi: profil.Touches}}
	}
	return p, nil
}

func (s *Service) profil(r *http.Request, p personne) (*Profil, error) {
	refuses, err := s.CourrielsRefuses(r.Context(), p.id)
	i, _ := De(r.Context())
	profil := &Profil{Nom: p.nom, Langue: p.langue, Touches: i.Touches}
	for _, g := range GenresCourriel {
		if !slices.Contains(refuses, g.Genre) {
			profil.Voulus = append(profil.Voulus, g.Genre)
		}
	}
	return profil, err
}

func (p *pageCompte) remplir(profil Profil) {
	p.Nom = profil.Nom
	p.Langues = []web.Choix{
		{Valeur: "fr", Libelle: p.T("Français", "French (français)"), Choisi: profil.Langue == modele.Francais},
		{Valeur: "en", Libelle: p.T("Anglais (English)", "English"), Choisi: profil.Langue == modele.Anglais},
	}
	for _, g := range GenresCourriel {
		p.Genres = append(p.Genres, web.Choix{Valeur: string(g.Genre), Libelle: p.Tx(g.Nom), Choisi: slices.Contains(profil.Voulus, g.Genre)})
	}
}

func (s *Service) montrerCompte(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageCompte(r, nil)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "moncompte.html", p)
}

func (s *Service) changerProfil(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	profil := Profil{Nom: r.PostFormValue("nom"), Langue: langue(r.PostFormValue("langue")), Touches: r.PostFormValue("touches") != ""}
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
	return web.AllerDire(w, r, "/compte", modele.Texte{Fr: "Vos choix sont enregistrés.", En: "Your choices are saved."})
}

func (s *Service) terminerSession(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if r.PostFormValue("cle") == i.session {
		return s.deconnecter(w, r)
	}
	if err := s.TerminerSession(r.Context(), i.Compte, r.PostFormValue("cle")); err != nil {
		return err
	}
	return web.AllerDire(w, r, "/compte", modele.Texte{Fr: "La session est terminée.", En: "The session has ended."})
}

func (s *Service) terminerAutres(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if _, err := s.TerminerAutres(r.Context(), i); err != nil {
		return err
	}
	return web.AllerDire(w, r, "/compte", modele.Texte{Fr: "Les autres sessions sont terminées.", En: "The other sessions have ended."})
}

// pageMotDePasse is what motdepasse.html shows.
type pageMotDePasse struct {
	web.Page
	Courriel string // for password keepers
}

func (s *Service) pageMotDePasse(r *http.Request) *pageMotDePasse {
	i, _ := De(r.Context())
	return &pageMotDePasse{web.NouvellePage(r, modele.Texte{Fr: "Changer de mot de passe", En: "Change the password"}, filCompte), i.Courriel}
}

func (s *Service) montrerMotDePasse(w http.ResponseWriter, r *http.Request) error {
	return gabarits().Montrer(w, r, "motdepasse.html", s.pageMotDePasse(r))
}

func (s *Service) changerMotDePasse(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	err := s.ChangerMotDePasse(r.Context(), i.Compte, r.PostFormValue("actuel"), r.PostFormValue("motdepasse"), i.session)
	if err != nil {
		return s.refuser(w, r, "motdepasse.html", s.pageMotDePasse(r), err)
	}
	return web.AllerDire(w, r, "/compte", modele.Texte{
		Fr: "Le mot de passe est changé, les autres sessions sont terminées.", En: "The password is changed, the other sessions have ended.",
	})
}
