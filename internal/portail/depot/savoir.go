package depot

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"guichet/controle"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/quota"
	"guichet/modele"
	"guichet/referentiel"
)

// Registres gives the registers that deposits are controlled with.
type Registres interface {
	// Actuels returns those of the moment, and what names their versions.
	Actuels(ctx context.Context) (referentiel.Jeu, map[referentiel.Nom]string)
	// De returns those of an earlier deposit, and which are no longer kept.
	De(versions map[referentiel.Nom]string) (j referentiel.Jeu, perdus []referentiel.Nom, err error)
}

// aucun has no register.
type aucun struct{}

func (aucun) Actuels(context.Context) (j referentiel.Jeu, versions map[referentiel.Nom]string) {
	return j, nil
}

func (aucun) De(versions map[referentiel.Nom]string) (j referentiel.Jeu, perdus []referentiel.Nom, err error) {
	for _, n := range referentiel.Noms() {
		if versions[n] != "" {
			perdus = append(perdus, n)
		}
	}
	return j, perdus, nil
}

// Connu is what a deposit was controlled with, stored with it: the report that is made again years later says the
// same.
type Connu struct {
	Registres map[referentiel.Nom]string `json:"registres,omitempty"` // versions
	Profils   []string                   `json:"profils,omitempty"`   // that the software was enrolled with
}

func (c *Connu) ecrire() (string, error) {
	if len(c.Registres) == 0 && len(c.Profils) == 0 {
		return "", nil
	}
	octets, err := json.Marshal(c)
	return string(octets), err
}

func (c *Connu) lire(octets []byte) error {
	if len(octets) == 0 {
		return nil
	}
	return json.Unmarshal(octets, c)
}

// savoir is what a control knows besides the file.
type savoir struct {
	siret    string
	reste    int64 // bytes that the supplier may still have kept today
	jeu      referentiel.Jeu
	perdus   []referentiel.Nom // registers of the day that are no longer kept
	logiciel *referentiel.References
	utilises map[string]string                    // by numeroEditeur: where it was used first
	demandes func(string) (par string, deja bool) // of an ESMS; nil where it was not asked
}

// options are those of the deposit's own day, without what other deposits have.
func (sv *savoir) options(d *Depot) controle.Options {
	return controle.Options{
		Nom: d.Nom, Aujourdhui: d.Recu, NumeroAns: d.NumeroAns, SIRET: sv.siret, Referentiels: sv.jeu, Logiciel: sv.logiciel, Guichet: true,
	}
}

// autrui are the options, with what other deposits had used and claimed by then.
func (sv *savoir) autrui(d *Depot) controle.Options {
	o := sv.options(d)
	o.NumeroUtilise, o.ESMSDemande = sv.utilise, sv.demandes
	return o
}

func (sv *savoir) utilise(numero string) (ou string, deja bool) {
	ou, deja = sv.utilises[numero]
	return ou, deja
}

var sansEnrolement = Refuse{modele.Texte{
	Fr: "Ce fournisseur ne peut pas déposer : son enrôlement n'est pas accepté, ou est suspendu.",
	En: "This supplier cannot deposit: its enrolment is not accepted, or is suspended.",
}}

var sansLogiciel = Refuse{modele.Texte{
	Fr: "Ce logiciel n'est pas, ou n'est plus, parmi ceux de ce fournisseur. Choisissez-en un autre, ou demandez son ajout sur la page de l'entreprise.",
	En: "This software is not, or no longer, among this supplier's. Choose another one, or ask for it to be added on the page of the company.",
}}

// admettre makes sure that a supplier may deposit now, itself or by mandate, and notes in d what its file is
// controlled with.
func (s *Service) admettre(ctx context.Context, d *Depot) (*savoir, error) {
	var etat, profils string
	var sien bool
	var gardes int64
	sv := &savoir{}
	err := s.base.Lire().QueryRowContext(ctx, `SELECT f.siret, f.etat, COALESCE(l.profils, ''), l.numero_ans IS NOT NULL, `+quota.Gardes+` FROM fournisseur f
		LEFT JOIN logiciel l ON l.numero_ans = $3 AND l.fournisseur_id = f.id WHERE f.id = $1`, d.Fournisseur, quota.Jour(d.Recu), d.NumeroAns).Scan(&sv.siret, &etat, &profils, &sien, &gardes)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && etat != "actif":
		return nil, sansEnrolement
	case err != nil:
		return nil, fmt.Errorf("read the supplier: %w", err)
	case !sien:
		return nil, sansLogiciel
	}
	if err := s.mandat(ctx, s.base.Lire(), d, ""); err != nil {
		return nil, err
	}
	d.connu.Profils = strings.FieldsFunc(profils, func(c rune) bool { return c == '\n' })
	sv.jeu, d.connu.Registres = s.registres.Actuels(ctx)
	sv.logiciel, sv.reste = d.logiciel(), quota.ParJour-gardes
	return sv, nil
}

// mandat makes sure that the mandate by which somebody deposits is valid at this instant.
func (s *Service) mandat(ctx context.Context, q compte.LecteurSQL, d *Depot, verrou string) error {
	if d.Mandataire == 0 {
		return nil
	}
	valide, err := compte.MandatValide(ctx, q, d.Fournisseur, d.Mandataire, s.maintenant(), verrou)
	if err == nil && !valide {
		return Refuse{compte.SansMandat}
	}
	return err
}

// logiciel is what the software of a deposit was enrolled with, nil when that is not known.
func (d *Depot) logiciel() *referentiel.References {
	if len(d.connu.Profils) == 0 {
		return nil
	}
	return referentiel.Declarer(referentiel.Reference{NumeroAns: d.NumeroAns, Profils: d.connu.Profils})
}

// savoirDe is what the control of a deposit knew on its day.
func (s *Service) savoirDe(ctx context.Context, d *Depot) (*savoir, error) {
	sv := &savoir{logiciel: d.logiciel()}
	err := s.base.Lire().QueryRowContext(ctx, `SELECT siret FROM fournisseur WHERE id = $1`, d.Fournisseur).Scan(&sv.siret)
	if err != nil {
		return nil, fmt.Errorf("read the supplier: %w", err)
	}
	sv.jeu, sv.perdus, err = s.registres.De(d.connu.Registres)
	return sv, err
}

// controlerComplet controls a file, and adds what other deposits had used and claimed by then.
func (s *Service) controlerComplet(ctx context.Context, d *Depot, c *controle.Controleur, octets []byte, sv *savoir, l modele.Langue) (*controle.Rapport, error) {
	r := c.Controler(octets, sv.options(d))
	var b [32]byte
	var textes []string
	for i := range r.Demandes() {
		if n := r.Numero(i); n != "" && s.filtre.peut(cleNumeros(b[:], d.Fournisseur, debut(n))) {
			textes = append(textes, n)
		}
	}
	var err error
	if sv.utilises, err = s.utilises(ctx, s.base.Lire(), d, textes, l); err != nil {
		return nil, err
	}
	if sv.demandes, err = s.esmsDemandes(ctx, d, r, l); err != nil {
		return nil, err
	}
	r.Completer(sv.utilise, sv.demandes)
	return r, nil
}

var perdu = modele.Texte{
	Fr: "le registre de ce jour-là n'est plus gardé par ce guichet ; ce qu'il faisait trouver n'est pas répété : ",
	En: "the register of that day is no longer kept by this counter; what it found is not repeated: ",
}

// perdusEn says which registers of the day are no longer kept.
func (sv *savoir) perdusEn(l modele.Langue) (lignes []string) {
	for _, n := range sv.perdus {
		lignes = append(lignes, perdu.In(l)+n.In(l))
	}
	return lignes
}

// insertionESMS adds the ESMS that demandes claim.
func insertionESMS() db.Insertion {
	return db.Insertion{
		Table:    "esms",
		Colonnes: []db.Colonne{{Nom: "finess", Type: "bigint"}, {Nom: "place", Type: "bigint"}},
		Fin:      "ON CONFLICT DO NOTHING",
	}
}
