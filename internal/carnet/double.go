package carnet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"guichet/modele"
)

// Double is a prepared demande that sends again one that was accepted since.
type Double struct{ Acceptee, Preparee string }

// Doubles lists the demandes that must not be deposited: what they send again, directly or through other retries,
// is accepted; or an earlier demande of the same order, which was taken back before they took it up.
func (c *Carnet) Doubles(ctx context.Context) ([]Double, error) {
	return lire(ctx, c.db, func(scan func(...any) error) (d Double, err error) {
		return d, scan(&d.Acceptee, &d.Preparee)
	}, suites+`SELECT premiere, numero FROM (SELECT s.premiere, r.numero, r.id FROM suite s JOIN demande r ON r.numero = s.numero WHERE r.etat = ?2
		UNION SELECT a.numero, r.numero, r.id FROM demande r JOIN demande a ON a.reference = r.reference AND a.id < r.id
			WHERE r.etat = ?2 AND r.reference <> '' AND a.etat NOT IN (SELECT value FROM json_each(?1))) ORDER BY id`, enAttente, Preparee)
}

// suites are the demandes that send again one of which a final answer is known, directly or through others.
const suites = `WITH RECURSIVE suite (premiere, numero) AS (
		SELECT numero, remplacee_par FROM demande WHERE remplacee_par <> '' AND etat NOT IN (SELECT value FROM json_each(?1))
		UNION SELECT s.premiere, d.remplacee_par FROM suite s JOIN demande d ON d.numero = s.numero WHERE d.remplacee_par <> '')
	`

// enAttente are the states that are no final answer.
var enAttente = enJSON([]Etat{Preparee, Deposee, SansReponse, Rejetee, Remplacee, Annulee})

// Ecartement is a file that was set aside.
type Ecartement struct {
	Fichier  string   // the JSON file, by its former name
	Dossier  string   // where it is now, with its archives
	Annulees []string // its demandes: they will not be deposited
	Rendues  []string // the demandes that it sent again for another reason: rejected, as before it
}

// Ecarter sets aside the file of a prepared demande, with its archives: none of its demandes will be deposited. It is
// a lot that does nothing else. Errors: [*ErreurEcart].
func (c *Carnet) Ecarter(ctx context.Context, numero string) (e Ecartement, err error) {
	defer c.expliquer(&err, faireEcrire)
	f, err := c.ecartable(ctx, numero)
	if err != nil {
		return e, err
	}
	l, err := c.Commencer(ctx, Intention{NumeroAns: f.NumeroAns, Jour: f.Jour, Dossier: f.Dossier})
	if err != nil {
		return e, err
	}
	rendues, err := l.Ecarter(ctx, f.Nom, f.Numeros)
	if err == nil {
		err = l.Decider(ctx)
	}
	if err != nil {
		return e, errors.Join(fmt.Errorf("set %s aside: %w", f.Nom, err), l.Abandonner(ctx))
	}
	return Ecartement{Fichier: f.Nom, Dossier: filepath.Join(f.Dossier, DossierEcartes), Annulees: f.Numeros, Rendues: rendues}, nil
}

// ecartable finds the file of a demande, and refuses one that may have been deposited: nobody takes a file away
// for nothing.
func (c *Carnet) ecartable(ctx context.Context, numero string) (Attendu, error) {
	attendus, err := c.ADeposer(ctx)
	if err != nil {
		return Attendu{}, err
	}
	i := slices.IndexFunc(attendus, func(a Attendu) bool { return slices.Contains(a.Numeros, numero) })
	if i < 0 {
		var nom string
		err := c.db.QueryRowContext(ctx, "SELECT f.nom FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ?", numero).Scan(&nom)
		if err != nil {
			return Attendu{}, fmt.Errorf("find the file of demande %s: %w", numero, err)
		}
		return Attendu{}, &ErreurEcart{numero, nom, dejaDepose}
	}
	a := attendus[i]
	ecarte := a
	ecarte.Dossier = filepath.Join(a.Dossier, DossierEcartes)
	if _, err := os.Lstat(a.Chemin()); absent(err) && ecarte.Verifier() != nil {
		return a, &ErreurEcart{numero, a.Nom, plusEnPlace}
	}
	return a, nil
}

// ErreurEcart says why the file of a demande cannot be set aside.
type ErreurEcart struct {
	Numero, Fichier string
	Raison          modele.Texte
}

func (e *ErreurEcart) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurEcart) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("%s n'est pas mis de côté, %s : si la demande %s est déposée, demandez son retrait à l'ASP", e.Fichier, e.Raison.Fr, e.Numero),
		En: fmt.Sprintf("%s is not set aside, %s: if request %s is deposited, ask the ASP to withdraw it", e.Fichier, e.Raison.En, e.Numero),
	}
}

var (
	dejaDepose  = modele.Texte{Fr: "il est déjà déposé", En: "it is deposited already"}
	plusEnPlace = modele.Texte{Fr: "il n'est plus dans le dossier des dépôts", En: "it is no longer in the folder of deposits"}
)
