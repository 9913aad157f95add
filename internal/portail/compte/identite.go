package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/modele"
)

// Identite is the person who makes a request, and for whom.
type Identite struct {
	Compte   int64
	Nom      string
	Courriel string
	Langue   modele.Langue

	Role           Role   // "" until the person has chosen for whom to act
	Fournisseur    int64  // for whom the person acts; Agence (0) for its people
	NomFournisseur string // its raison sociale
	Mandataire     int64  // the supplier that acts for Fournisseur by mandate; 0 when it acts for itself
	NomMandataire  string

	// FacteurDu says that the person must have a second factor and has none yet: nothing else comes first.
	FacteurDu bool
	// MandatFini says that the mandate by which the person acted has ended: there is no Role.
	MandatFini bool
	// Suspendu says that the agency has suspended Fournisseur: nobody deposits for it.
	Suspendu bool
	entier   Role   // the Role that a suspended supplier does not give for now
	session  string // key of the session
	facteur  bool   // a second factor is in use
	totp     bool   // it is an authenticator, or that is among them

	// Touches says that single keys act in the pages of the agency's work: the person has switched them on.
	Touches bool
}

type cleIdentite struct{}

// De returns who makes the request; false when nobody has signed in.
func De(ctx context.Context) (Identite, bool) {
	i, ok := ctx.Value(cleIdentite{}).(Identite)
	return i, ok
}

// Avec returns a context in which De finds this person: for tests and for the program's own acts.
func Avec(ctx context.Context, i Identite) context.Context {
	return context.WithValue(ctx, cleIdentite{}, i)
}

// Choix is one way for a person to act.
type Choix struct {
	Role           Role
	Fournisseur    int64
	NomFournisseur string
	Mandataire     int64
	NomMandataire  string
}

// lesChoix is how the account $1 may act at the instant $2, by its own roles and by mandates.
var lesChoix = `SELECT r.role AS role, r.fournisseur_id AS pour, COALESCE(f.raison_sociale, '') AS nom, 0 AS par, '' AS nom_par, COALESCE(f.etat, 'actif') AS etat
		FROM role r LEFT JOIN fournisseur f ON f.id = r.fournisseur_id WHERE r.compte_id = $1 AND r.accepte = 1
	UNION ALL SELECT r.role, m.mandant_id, f.raison_sociale, m.mandataire_id, g.raison_sociale, f.etat
		FROM role r JOIN mandat m ON m.mandataire_id = r.fournisseur_id AND ` + valide("$2") + `
		JOIN fournisseur f ON f.id = m.mandant_id JOIN fournisseur g ON g.id = m.mandataire_id
		WHERE r.compte_id = $1 AND r.accepte = 1 AND g.etat = 'actif'`

// maxChoix bounds the list; a choice that is not shown is still found by its ids.
const maxChoix = 1000

// Choix lists how an account may act, by the supplier's name; the agency comes first.
func (s *Service) Choix(ctx context.Context, compte int64) (choix []Choix, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT role, pour, nom, par, nom_par, etat FROM (`+lesChoix+`) c
		ORDER BY CASE WHEN pour = 0 THEN 0 ELSE 1 END, lower(nom), pour, par LIMIT $3`, compte, s.instant(), maxChoix)
	if err != nil {
		return nil, fmt.Errorf("list for whom to act: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		c, err := lireChoix(lignes)
		if err != nil {
			return nil, err
		}
		if c.Fournisseur == Agence || s.federe(ctx) == "" {
			choix = append(choix, c)
		}
	}
	return choix, lignes.Err()
}

func lireChoix(ligne interface{ Scan(...any) error }) (c Choix, err error) {
	var etat string
	if err := ligne.Scan(&c.Role, &c.Fournisseur, &c.NomFournisseur, &c.Mandataire, &c.NomMandataire, &etat); err != nil {
		return c, fmt.Errorf("read for whom to act: %w", err)
	}
	c.limiter(etat)
	return c, nil
}

// limiter takes from a role what a mandate, or the state of the supplier, does not give.
func (c *Choix) limiter(etat string) {
	switch {
	case c.Role == "":
	case etat == "suspendu":
		c.Role = Lecteur
	case c.Mandataire > 0 && c.Role == Proprietaire:
		c.Role = Deposant // a mandate is for deposits: the people of the mandant are its own affair
	}
}

// laPersonne is the open account $1 at the instant $2, and its way to act for the supplier $3 by the mandate of $4; one
// query, for each page of a person who has signed in begins with it.
var laPersonne = `SELECT c.courriel, c.nom, c.langue, c.totp_actif, (SELECT count(*) FROM cle_acces k WHERE k.compte_id = c.id), c.touches, COALESCE(x.role, ''), COALESCE(x.nom, ''), COALESCE(x.nom_par, ''), COALESCE(x.etat, '')
	FROM compte c LEFT JOIN (` + lesChoix + `) x ON x.pour = $3 AND x.par = $4 WHERE c.id = $1 AND c.etat = 'actif'`

// exigeFacteur tells whether a role is for those alone who have a second factor.
func (s *Service) exigeFacteur(r Role) bool {
	return !s.SansFacteur && (r.DeAgence() || s.FacteurExige && r != "")
}

// dansSaSession narrows laPersonne to who is in the session $5.
const dansSaSession = ` AND EXISTS (SELECT 1 FROM session WHERE empreinte = $5 AND expire > $2)`

// identifier says who an open account is, acting for a supplier; false when the account is not open.
func (s *Service) identifier(ctx context.Context, compte, pour, par int64) (Identite, bool, error) {
	return s.reconnue(ctx, compte, pour, par, s.Base.Lire().QueryRowContext(ctx, laPersonne, compte, s.instant(), pour, par))
}

// identifierEncore says who somebody is by now; false when the account is no longer open, or the session has ended.
func (s *Service) identifierEncore(ctx context.Context, i Identite) (Identite, bool, error) {
	encore, ok, err := s.reconnue(ctx, i.Compte, i.Fournisseur, i.Mandataire,
		s.Base.Lire().QueryRowContext(ctx, laPersonne+dansSaSession, i.Compte, s.instant(), i.Fournisseur, i.Mandataire, i.session))
	encore.session = i.session
	return encore, ok, err
}

func (s *Service) reconnue(ctx context.Context, compte, pour, par int64, ligne *sql.Row) (i Identite, ok bool, err error) {
	i.Compte = compte
	c := Choix{Fournisseur: pour, Mandataire: par}
	var l, etat string
	var totp, cles, touches int64
	err = ligne.Scan(&i.Courriel, &i.Nom, &l, &totp, &cles, &touches, &c.Role, &c.NomFournisseur, &c.NomMandataire, &etat)
	if errors.Is(err, sql.ErrNoRows) {
		return Identite{}, false, nil
	}
	if err != nil {
		return Identite{}, false, fmt.Errorf("read who makes the request: %w", err)
	}
	i.Langue, i.totp, i.facteur, i.Touches = langue(l), totp == 1, totp == 1 || cles > 0, touches == 1
	if i.Suspendu = etat == "suspendu"; i.Suspendu {
		entier := c
		entier.limiter("actif")
		i.entier = entier.Role
	}
	c.limiter(etat)
	federe := s.federe(ctx)
	if federe != "" && pour != Agence { // the agency's provider opens nothing of a supplier's
		c.Role = ""
	}
	switch {
	case c.Role == "":
		i.MandatFini = par > 0
	case s.exigeFacteur(c.Role) && !i.facteur && federe != federeFort:
		i.FacteurDu = true
	default:
		i.Role, i.Fournisseur, i.NomFournisseur, i.Mandataire, i.NomMandataire = c.Role, c.Fournisseur, c.NomFournisseur, c.Mandataire, c.NomMandataire
	}
	return i, true, nil
}
