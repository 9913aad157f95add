package compte

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// The roles of the agency's people. One person may have several: a Role then names all of them, in the order of RolesDe, with a
// space between two.
const (
	Administrateur Role = "administrateur"
	Instructeur    Role = "instructeur"
	Valideur       Role = "valideur"
	Comptable      Role = "comptable"
	Controleur     Role = "controleur"
)

// Ensemble is the Role of who has all of these.
func Ensemble(roles ...Role) Role {
	var mots []string
	for _, r := range roles {
		mots = append(mots, strings.Fields(string(r))...)
	}
	rang := func(m string) int { return slices.Index(RolesDe(Agence), Role(m)) }
	slices.SortStableFunc(mots, func(a, b string) int { return rang(a) - rang(b) })
	return Role(strings.Join(slices.Compact(mots), " "))
}

// Chacun lists the roles that it names.
func (r Role) Chacun() (roles []Role) {
	for m := range strings.FieldsSeq(string(r)) {
		roles = append(roles, Role(m))
	}
	return roles
}

// Comprend tells whether a role is among those that it names.
func (r Role) Comprend(x Role) bool { return slices.Contains(r.Chacun(), x) }

// DeAgence tells whether it is a role of the agency.
func (r Role) DeAgence() bool {
	return slices.ContainsFunc(r.Chacun(), func(x Role) bool { return slices.Contains(RolesDe(Agence), x) })
}

// Nom is what people read.
func (r Role) Nom() (t modele.Texte) {
	for i, x := range r.Chacun() {
		if i > 0 {
			t.Fr, t.En = t.Fr+", ", t.En+", "
		}
		t.Fr, t.En = t.Fr+NomsRoles[x].Nom.Fr, t.En+NomsRoles[x].Nom.En
	}
	return t
}

// peut is what they let do together.
func (r Role) peut() (t modele.Texte) {
	for i, x := range r.Chacun() {
		if i > 0 {
			t.Fr, t.En = t.Fr+" ; ", t.En+"; "
		}
		t.Fr, t.En = t.Fr+NomsRoles[x].Peut.Fr, t.En+NomsRoles[x].Peut.En
	}
	return t
}

// DeAgence tells whether a person acts for the agency.
func (i Identite) DeAgence() bool { return i.Fournisseur == Agence && i.Role.DeAgence() }

// Fonctions are the steps in the life of a demande that a person may take for the agency.
func (i Identite) Fonctions() (f etat.Role) {
	if i.DeAgence() {
		f = i.Role.Fonctions()
	}
	return f
}

// Fonctions are the steps in the life of a demande that a role lets take.
func (r Role) Fonctions() (f etat.Role) {
	for role, fonction := range map[Role]etat.Role{Instructeur: etat.Instructeur, Valideur: etat.Valideur, Comptable: etat.Comptable} {
		if r.Comprend(role) {
			f |= fonction
		}
	}
	return f
}

// MembresAgence lists the people of the agency who may take steps for one of these functions, by name: with open accounts.
func (s *Service) MembresAgence(ctx context.Context, q db.Lecteur, f etat.Role) (membres []Membre, err error) {
	tous, err := db.Lignes(ctx, q, func(l db.Ligne, m *Membre) error {
		var mot string
		err := l.Scan(&m.Compte, &m.Nom, &m.Courriel, &m.Role, &mot)
		m.Langue = langue(mot)
		return err
	}, `SELECT c.id, c.nom, c.courriel, r.role, c.langue FROM role r JOIN compte c ON c.id = r.compte_id
		WHERE r.fournisseur_id = 0 AND c.etat = 'actif' AND r.accepte = 1 ORDER BY lower(c.nom), c.id LIMIT $1`, maxMembres)
	if err != nil {
		return nil, fmt.Errorf("list the people of the agency: %w", err)
	}
	for _, m := range tous {
		if m.Role.Fonctions()&f != 0 {
			membres = append(membres, m)
		}
	}
	return membres, nil
}

// Connu tells whether somebody at the counter has this address, invited or not.
func (s *Service) Connu(ctx context.Context, q db.Lecteur, courriel string) (connu bool, err error) {
	var n int
	if err := q.QueryRowContext(ctx, `SELECT count(*) FROM compte WHERE courriel = $1`, courriel).Scan(&n); err != nil {
		return false, fmt.Errorf("look for an address: %w", err)
	}
	return n > 0, nil
}
