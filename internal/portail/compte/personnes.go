package compte

import (
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// NomsRoles says what each role may do.
var NomsRoles = map[Role]struct{ Nom, Peut modele.Texte }{
	Administrateur: {modele.Texte{Fr: "Administrateur", En: "Administrator"}, modele.Texte{Fr: "décide des enrôlements et règle le guichet", En: "decides on enrolments and sets the counter up"}},
	Instructeur:    {modele.Texte{Fr: "Instructeur", En: "Examiner"}, modele.Texte{Fr: "examine les demandes et propose les décisions", En: "examines requests and proposes decisions"}},
	Valideur:       {modele.Texte{Fr: "Valideur", En: "Decider"}, modele.Texte{Fr: "décide de ce que d'autres ont proposé", En: "decides on what others have proposed"}},
	Comptable:      {modele.Texte{Fr: "Comptable", En: "Accountant"}, modele.Texte{Fr: "paie ce que d'autres ont décidé", En: "pays what others have decided"}},
	Controleur:     {modele.Texte{Fr: "Contrôleur", En: "Auditor"}, modele.Texte{Fr: "lit tout sans rien changer", En: "reads all and changes nothing"}},
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
	web.Page
	Membres []ligneMembre
	Roles   []web.Choix
	Cumul   bool   // a person may have several
	Racine  string // of the addresses of people, where it is not /personnes
}

var (
	titrePersonnes = modele.Texte{Fr: "Personnes", En: "People"}
	filPersonnes   = web.Lien{Nom: titrePersonnes, Adresse: "/personnes"}
)

func (s *Service) pagePersonnes(r *http.Request) (p *pagePersonnes, err error) {
	i, _ := De(r.Context())
	p = &pagePersonnes{Page: web.NouvellePage(r, titrePersonnes)}
	p.Roles, p.Cumul = choixRoles(&p.Page, i.Fournisseur, ""), i.Fournisseur == Agence
	p.Membres, err = s.lignesMembres(r, i.Fournisseur)
	return p, err
}

func (s *Service) lignesMembres(r *http.Request, fournisseur int64) (lignes []ligneMembre, err error) {
	i, _ := De(r.Context())
	membres, err := s.Membres(r.Context(), fournisseur)
	for _, m := range membres {
		lignes = append(lignes, ligneMembre{m, m.Role.Nom(), m.Compte == i.Compte})
	}
	return lignes, err
}

// choixRoles are the roles to give, each with what it lets do.
func choixRoles(p *web.Page, fournisseur int64, choisi Role) (choix []web.Choix) {
	roles := RolesDe(fournisseur)
	for _, r := range roles {
		nom := NomsRoles[r]
		choix = append(choix, web.Choix{Valeur: string(r), Libelle: p.Tx(nom.Nom), Aide: p.Tx(nom.Peut), Choisi: choisi.Comprend(r)})
	}
	return choix
}

// rolesChoisis are those of the form: one, or for the agency several.
func rolesChoisis(r *http.Request) Role {
	if err := r.ParseForm(); err != nil {
		return ""
	}
	if i, _ := De(r.Context()); i.Fournisseur != Agence {
		return Role(r.PostForm.Get("role"))
	}
	roles := make([]Role, len(r.PostForm["role"]))
	for i, x := range r.PostForm["role"] {
		roles[i] = Role(x)
	}
	return Ensemble(roles...)
}

func (s *Service) montrerPersonnes(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pagePersonnes(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "personnes.html", p)
}

func (s *Service) inviter(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	err := s.Inviter(r.Context(), i.Compte, Invitation{
		Fournisseur: i.Fournisseur, Role: rolesChoisis(r), Courriel: r.PostFormValue("courriel"), Nom: r.PostFormValue("nom"), Langue: i.Langue,
	})
	if err != nil {
		p, errPage := s.pagePersonnes(r)
		if errPage != nil {
			return errPage
		}
		return s.refuser(w, r, "personnes.html", p, err)
	}
	return web.AllerDire(w, r, "/personnes", modele.Texte{Fr: "L'invitation est partie.", En: "The invitation is on its way."})
}

// pagePersonne is what personne.html shows: one member, whose role may be changed or taken away.
type pagePersonne struct {
	web.Page
	Membre  Membre
	NomRole modele.Texte
	Roles   []web.Choix
	Cumul   bool // a person may have several
	Soi     bool
	Gerable bool // sessions and account are the visitor's to end and close
}

func (s *Service) pagePersonne(r *http.Request) (*pagePersonne, error) {
	i, _ := De(r.Context())
	m, err := s.membreDe(r, i.Fournisseur)
	if err != nil {
		return nil, err
	}
	titre := modele.Texte{Fr: m.Nom, En: m.Nom}
	p := &pagePersonne{Page: web.NouvellePage(r, titre, filPersonnes), Membre: m, NomRole: m.Role.Nom(), Soi: m.Compte == i.Compte, Gerable: i.Peut(web.Administrateur)}
	p.Roles, p.Cumul = choixRoles(&p.Page, i.Fournisseur, m.Role), i.Fournisseur == Agence
	return p, nil
}

// membreDe finds the person in the address among a supplier's people.
func (s *Service) membreDe(r *http.Request, fournisseur int64) (Membre, error) {
	membres, err := s.Membres(r.Context(), fournisseur)
	if err != nil {
		return Membre{}, err
	}
	for _, m := range membres {
		if nombre(m.Compte) == r.PathValue("compte") {
			return m, nil
		}
	}
	return Membre{}, introuvable(ErrMembre)
}

func (s *Service) montrerPersonne(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pagePersonne(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "personne.html", p)
}

// What the list says was done to a member.
var (
	faitRole    = modele.Texte{Fr: "Le rôle est changé.", En: "The role is changed."}
	faitRetrait = modele.Texte{Fr: "La personne est retirée de la liste.", En: "The person is off the list."}
	faitRelance = modele.Texte{Fr: "L'invitation est repartie, avec un nouveau lien.", En: "The invitation is on its way again, with a new link."}
)

// surPersonne does something to the member in the address, then goes back to the list, which says so.
func (s *Service) surPersonne(fait modele.Texte, faire func(r *http.Request, i Identite, compte int64) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		i, _ := De(r.Context())
		compte, err := strconv.ParseInt(r.PathValue("compte"), 10, 64)
		if err != nil {
			return web.Introuvable
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
			return web.Aller(w, r, "/agir-pour") // who changed his own role may be here no longer
		}
		return web.AllerDire(w, r, "/personnes", fait)
	}
}

func (s *Service) changerRole(r *http.Request, i Identite, compte int64) error {
	return s.changerRoleLu(r.Context(), i.Compte, i.Fournisseur, compte, rolesChoisis(r), Role(r.PostFormValue("lu")))
}

func (s *Service) retirer(r *http.Request, i Identite, compte int64) error {
	return s.Retirer(r.Context(), i.Compte, i.Fournisseur, compte)
}

func (s *Service) relancer(r *http.Request, i Identite, compte int64) error {
	return s.Relancer(r.Context(), i.Compte, i.Fournisseur, compte)
}
