package instruction

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"guichet/controle"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// NonLue stands for the remarks on a demande whose file cannot be read.
const NonLue = "ILLISIBLE"

// Alerte is a remark on a demande (§4), as the registers of its deposit's day have it and those of now; "" for what they have nothing of.
type Alerte struct {
	Code, Balise, Declare string
	Alors, Maintenant     string
	Aide                  string
}

// Revue is what registers say of a demande, and who else asks for its ESMS.
type Revue struct {
	Alertes             []Alerte
	Alors, Maintenant   []string // registers, each with its day
	NonVerifies         []string // for want of a register, now
	Autres              []Autre
	AutresTrop          bool // there are more
	ESMS                int
	ESMSDemandeAilleurs int
}

// Autre is another demande that orders ESMS of this one.
type Autre struct {
	etat.Cle
	NumeroASP     string
	RaisonSociale string
	Etat          etat.Etat
	Montant       int64
	Recu          time.Time
	FINESS        []string // those that both order
}

// MaxAutres is how many other demandes a sheet shows.
const MaxAutres = 50

// Reclamation is an ESMS that another demande orders.
type Reclamation struct {
	FINESS string
	etat.Cle
}

// Autres reads the demandes of these claims, in the order of their deposits.
func (s *Service) Autres(ctx context.Context, reclamations []Reclamation) (autres []Autre, err error) {
	rangs := map[etat.Cle][]string{}
	for _, r := range reclamations {
		rangs[r.Cle] = append(rangs[r.Cle], r.FINESS)
	}
	if len(rangs) == 0 {
		return nil, nil
	}
	var c db.Conditions
	var valeurs []string
	for cle := range rangs {
		valeurs = append(valeurs, "(CAST("+c.Arg(cle.Depot)+" AS BIGINT), CAST("+c.Arg(cle.Rang)+" AS BIGINT))")
	}
	autres, err = db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, a *Autre) error {
		var recu int64
		err := l.Scan(&a.Depot, &a.Rang, &a.RaisonSociale, &a.Etat, &a.Montant, &recu)
		a.Recu, a.NumeroASP, a.FINESS = db.Temps(recu), s.NumeroASP(a.Depot, a.Rang), rangs[a.Cle]
		return err
	}, `SELECT d.depot_id, d.rang, f.raison_sociale, CASE WHEN d.etape = '' THEN d.etat ELSE d.etape END, d.montant, p.recu FROM (VALUES `+strings.Join(valeurs, ", ")+`) v
		JOIN depot p ON p.id = v.column1 JOIN demande d ON d.fournisseur_id = p.fournisseur_id AND d.depot_id = p.id AND d.rang = v.column2
		JOIN fournisseur f ON f.id = d.fournisseur_id ORDER BY d.depot_id, d.rang`, c.Args...)
	if err != nil {
		return nil, fmt.Errorf("read who else asks for some ESMS: %w", err)
	}
	return autres, nil
}

// titres are the rules that a demande may be marked with, by code.
var titres = sync.OnceValue(func() map[string]modele.Texte {
	t := map[string]modele.Texte{NonLue: {Fr: "le fichier déposé n'a pas pu être relu", En: "the deposited file could not be read again"}}
	for _, r := range controle.Regles() {
		if r.Gravite == modele.Alerte || r.Code == "C403" || r.Code == "C404" {
			t[r.Code] = r.Titre
		}
	}
	return t
})

// Comptee is a rule with how often a demande breaks it.
type Comptee struct {
	Code   string
	Nombre int
}

// lireAlertes reads what a row keeps: "A509:1 A511:2".
func lireAlertes(t string) (alertes []Comptee) {
	for mot := range strings.FieldsSeq(t) {
		code, nombre, _ := strings.Cut(mot, ":")
		n, _ := strconv.Atoi(nombre)
		alertes = append(alertes, Comptee{code, n})
	}
	return alertes
}

func ecrireAlertes(codes map[string]int) string {
	var mots []string
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		mots = append(mots, code+":"+strconv.Itoa(codes[code]))
	}
	return strings.Join(mots, " ")
}

// parRevue is how many demandes one transaction marks.
const parRevue = 200

// ErrIllisible says that the file of a demande is not there any longer, or is not what was deposited: to look again finds nothing else.
var ErrIllisible = errors.New("the deposited file cannot be read")

// Revoir marks the open demandes that were not marked yet, or with other registers than those of now, and tells how many. What fails for
// another reason than the file of a demande leaves that one as it was, for the next look.
func (s *Service) Revoir(ctx context.Context) (n int, err error) {
	jeu := cmp.Or(s.Registres(ctx), "aucun")
	for {
		lus, err := s.aRevoir(ctx, jeu)
		if len(lus) == 0 {
			return n, err
		}
		if err := s.marquer(ctx, jeu, lus); err != nil {
			return n, fmt.Errorf("mark demandes with their remarks: %w", err)
		}
		if n += len(lus); err != nil {
			return n, err
		}
	}
}

// aMarquer is a demande as it was when its remarks were looked for: marked with some registers, and with what.
type aMarquer struct {
	etat.Cle
	echeance           int64
	revu, avant, apres string
}

// aRevoir lists open demandes that are not marked with these registers, deposit by deposit, with their remarks; and what failed for others.
func (s *Service) aRevoir(ctx context.Context, jeu string) (lus []aMarquer, err error) {
	for _, borne := range []string{"x.revu < ", "x.revu > "} {
		var c db.Conditions
		c.Si(ouvertes)
		c.Si(borne + c.Arg(jeu))
		lus, err = db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, x *aMarquer) error {
			return l.Scan(&x.Depot, &x.Rang, &x.echeance, &x.revu, &x.avant)
		}, `SELECT x.depot_id, x.rang, x.echeance, x.revu, x.alertes FROM dossier x WHERE `+c.Tout()+` ORDER BY x.revu, x.depot_id, x.rang LIMIT `+c.Arg(parRevue), c.Args...)
		if err != nil {
			return nil, fmt.Errorf("list the demandes to mark: %w", err)
		}
		if len(lus) > 0 {
			break
		}
	}
	var echecs []error
	releves := lus[:0]
	for _, x := range lus {
		codes, err := s.Relever(ctx, x.Cle)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, ErrIllisible):
			codes = map[string]int{NonLue: 1}
		case err != nil:
			echecs = append(echecs, fmt.Errorf("look for the remarks on %s: %w", s.NumeroASP(x.Depot, x.Rang), err))
			continue
		}
		x.apres = ecrireAlertes(codes)
		releves = append(releves, x)
	}
	return releves, errors.Join(echecs...)
}

// marquer keeps the remarks of demandes, but of those that were marked or closed meanwhile.
func (s *Service) marquer(ctx context.Context, jeu string, lus []aMarquer) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, x := range lus {
			fait, err := tx.ExecContext(ctx, `UPDATE dossier SET alertes = $1, revu = $2 WHERE depot_id = $3 AND rang = $4 AND revu = $5 AND echeance = $6 AND etat IN ('complete', 'instruction', 'a_modifier', 'a_valider')`,
				x.apres, jeu, x.Depot, x.Rang, x.revu, x.echeance)
			if err != nil {
				return err
			}
			n, err := fait.RowsAffected()
			if err == nil && n > 0 {
				err = classer(ctx, tx, x)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// classer puts a demande into the lists of the rules that it is marked with, in the place of those before.
func classer(ctx context.Context, tx *sql.Tx, x aMarquer) error {
	if err := declasser(ctx, tx, x.Cle, x.avant, x.echeance); err != nil {
		return err
	}
	for _, a := range lireAlertes(x.apres) {
		err := db.Poser(ctx, tx, `INSERT INTO dossier_alerte (code, echeance, montant, depot_id, rang)
			SELECT CAST($1 AS TEXT), echeance, montant, depot_id, rang FROM dossier WHERE depot_id = $2 AND rang = $3`, a.Code, x.Depot, x.Rang)
		if err != nil {
			return err
		}
	}
	return nil
}

// declasser takes a demande out of the lists by rule.
func declasser(ctx context.Context, tx *sql.Tx, c etat.Cle, alertes string, echeance int64) error {
	for _, a := range lireAlertes(alertes) {
		if err := db.Poser(ctx, tx, `DELETE FROM dossier_alerte WHERE code = $1 AND echeance = $2 AND depot_id = $3 AND rang = $4`, a.Code, echeance, c.Depot, c.Rang); err != nil {
			return err
		}
	}
	return nil
}

// rouvrirAlertes follows a step: a demande that the agency has nothing to do with leaves the lists by rule, and is marked anew when it
// comes back, or is answered.
func rouvrirAlertes(ctx context.Context, tx *sql.Tx, p etat.Passage) error {
	revenue := ouverte(p.A) && (!ouverte(p.De) || p.Acte == etat.Repondre)
	if !revenue && ouverte(p.A) == ouverte(p.De) {
		return nil
	}
	var alertes string
	var echeance int64
	err := tx.QueryRowContext(ctx, `SELECT alertes, echeance FROM dossier WHERE depot_id = $1 AND rang = $2`, p.Depot, p.Rang).Scan(&alertes, &echeance)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil // it was never in the queue
	case err != nil:
		return err
	}
	if err := declasser(ctx, tx, p.Cle, alertes, echeance); err != nil || !revenue {
		return err
	}
	err = db.Poser(ctx, tx, `UPDATE dossier SET alertes = '', revu = '' WHERE depot_id = $1 AND rang = $2`, p.Depot, p.Rang)
	return err
}

// ouverte tells whether the agency has something to do with a demande in this state.
func ouverte(e etat.Etat) bool {
	return slices.Contains([]etat.Etat{etat.Complete, etat.Instruction, etat.AModifier, etat.AValider}, e)
}
