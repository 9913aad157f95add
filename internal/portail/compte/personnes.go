package compte

import (
	"errors"
	"net/http"
	"strconv"

	"guichet/modele"
)

// NomsRoles says what each role may do.
var NomsRoles = map[Role]struct{ Nom, Peut modele.Texte }{
	Administrateur: {modele.Texte{Fr: "Administrateur", En: "Administrator"}, modele.Texte{Fr: "décide des enrôlements et règle le guichet", En: "decides on enrolments and sets the counter up"}},
	Proprietaire:   {modele.Texte{Fr: "Propriétaire", En: "Owner"}, modele.Texte{Fr: "dépose, et décide qui d'autre agit et avec quels mandats", En: "deposits, and decides who else acts and by which mandates"}},
	Deposant:       {modele.Texte{Fr: "Déposant", En: "Depositor"}, modele.Texte{Fr: "dépose des fichiers et des pièces, et suit les demandes", En: "deposits files and documents, and follows the requests"}},
	Lecteur:        {modele.Texte{Fr: "Lecteur", En: "Reader"}, modele.Texte{Fr: "suit les demandes sans rien changer", En: "follows the requests and changes nothing"}},
}

// ligneMembre is one row of the list.
type ligneMembre struct {
	Membre
	NomRole modele.Texte
	Soi     bool
}

// pagePersonnes is what personnes.html shows.
type pagePersonnes struct {
	page
	Membres  []ligneMembre
	Nom      string // of whom to invite
	Courriel string
	Roles    []option
}

var (
	titrePersonnes = modele.Texte{Fr: "Personnes", En: "People"}
	filPersonnes   = fil{titrePersonnes, "/personnes"}
)

func (s *Service) pagePersonnes(r *http.Request) (*pagePersonnes, error) {
	i, _ := De(r.Context())
	p := &pagePersonnes{page: s.page(r, titrePersonnes), Nom: r.PostFormValue("nom"), Courriel: r.PostFormValue("courriel")}
	p.Roles = optionsRoles(i.Fournisseur, Role(r.PostFormValue("role")))
	membres, err := s.Membres(r.Context(), i.Fournisseur)
	for _, m := range membres {
		p.Membres = append(p.Membres, ligneMembre{m, NomsRoles[m.Role].Nom, m.Compte == i.Compte})
	}
	return p, err
}

func optionsRoles(fournisseur int64, choisi Role) (options []option) {
	roles := RolesDe(fournisseur)
	for _, r := range roles {
		nom := modele.Texte{Fr: NomsRoles[r].Nom.Fr + " : " + NomsRoles[r].Peut.Fr, En: NomsRoles[r].Nom.En + ": " + NomsRoles[r].Peut.En}
		options = append(options, option{string(r), nom, r == choisi || len(roles) == 1})
	}
	return options
}

func (s *Service) montrerPersonnes(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pagePersonnes(r)
	if err != nil {
		return err
	}
	return s.rendre(w, r, "personnes.html", p)
}

func (s *Service) inviter(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	err := s.Inviter(r.Context(), i.Compte, Invitation{
		Fournisseur: i.Fournisseur, Role: Role(r.PostFormValue("role")), Courriel: r.PostFormValue("courriel"), Nom: r.PostFormValue("nom"), Langue: i.Langue,
	})
	if err != nil {
		p, errPage := s.pagePersonnes(r)
		if errPage != nil {
			return errPage
		}
		return s.refuser(w, r, "personnes.html", p, err)
	}
	return aller(w, r, "/personnes?fait=invitation")
}

// pagePersonne is what personne.html shows: one member, whose role may be changed or taken away.
type pagePersonne struct {
	page
	Membre  Membre
	NomRole modele.Texte
	Roles   []option
	Soi     bool
}

func (s *Service) pagePersonne(r *http.Request) (*pagePersonne, error) {
	i, _ := De(r.Context())
	membres, err := s.Membres(r.Context(), i.Fournisseur)
	if err != nil {
		return nil, err
	}
	for _, m := range membres {
		if nombre(m.Compte) == r.PathValue("compte") {
			titre := modele.Texte{Fr: m.Nom, En: m.Nom}
			return &pagePersonne{s.page(r, titre, filPersonnes), m, NomsRoles[m.Role].Nom, optionsRoles(i.Fournisseur, m.Role), m.Compte == i.Compte}, nil
		}
	}
	return nil, introuvable(ErrMembre)
}

func (s *Service) montrerPersonne(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pagePersonne(r)
	if err != nil {
		return err
	}
	return s.rendre(w, r, "personne.html", p)
}

// PlusieursRoles tells whether there is another role to give.
func (p *pagePersonne) PlusieursRoles() bool { return len(p.Roles) > 1 }

// surPersonne does something to the member in the address, then goes back to the list.
func (s *Service) surPersonne(fait string, faire func(r *http.Request, i Identite, compte int64) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		i, _ := De(r.Context())
		compte, err := strconv.ParseInt(r.PathValue("compte"), 10, 64)
		if err != nil {
			return introuvable(err)
		}
		switch err := faire(r, i, compte); {
		case errors.Is(err, ErrMembre):
			return introuvable(err)
		case err != nil:
			p, errPage := s.pagePersonne(r)
			if errPage != nil {
				return errPage
			}
			return s.refuser(w, r, "personne.html", p, err)
		case compte == i.Compte:
			return aller(w, r, "/agir-pour") // who changed his own role may be here no longer
		}
		return aller(w, r, "/personnes?fait="+fait)
	}
}

func (s *Service) changerRole(r *http.Request, i Identite, compte int64) error {
	return s.ChangerRole(r.Context(), i.Compte, i.Fournisseur, compte, Role(r.PostFormValue("role")))
}

func (s *Service) retirer(r *http.Request, i Identite, compte int64) error {
	return s.Retirer(r.Context(), i.Compte, i.Fournisseur, compte)
}

func (s *Service) relancer(r *http.Request, i Identite, compte int64) error {
	return s.Relancer(r.Context(), i.Compte, i.Fournisseur, compte)
}
