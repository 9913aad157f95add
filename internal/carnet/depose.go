package carnet

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Depose is a JSON file that the ledger has, where it was put.
type Depose struct {
	Nom       string
	Chemin    string // absolute; whether it is still there nobody says
	SHA256    string
	NumeroAns string
	ImpID     string
	Ecarte    bool // it was set aside, not to be deposited any more
}

// Depot is what the ledger knows of the numbers that a returned file names.
type Depot struct {
	Fichier  Depose            // the file that most of them are of; zero when the ledger has none of them
	Demandes map[string]Suivie // those of the file and all that are named, by number in capitals
	Parties  map[string]bool   // those that were moved from the file to others, in capitals
	Ailleurs map[string]bool   // numbers used without the ledger, in capitals
	ASP      map[string]string // the demandes that have one of the named numeroASP, by it
	Lu       bool              // the very bytes were recorded
	Donne    bool              // the ledger has given numbers, to whatever file
}

// Depot looks up what a returned file names: its numeroEditeur, its numeroASP, and the sum of its bytes.
func (c *Carnet) Depot(ctx context.Context, numeros, asp []string, somme string) (d Depot, err error) {
	if d.Lu, err = dejaLu(ctx, c.db, somme); err != nil {
		return d, err
	}
	if err := c.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM demande)").Scan(&d.Donne); err != nil {
		return d, fmt.Errorf("read the ledger: %w", err)
	}
	fichier, err := c.fichierDe(ctx, numeros, &d)
	if err != nil {
		return d, err
	}
	d.Demandes, err = table(ctx, c.db, func(scan func(...any) error) (string, Suivie, error) {
		s, err := suivie(scan)
		return strings.ToUpper(s.Numero), s, err
	}, func(_, s Suivie) Suivie { return s }, "SELECT "+colonnesSuivies+` FROM demande d JOIN fichier f ON f.id = d.fichier
		WHERE d.fichier = ?1 OR d.id IN (SELECT demande FROM evenement WHERE ?3 AND genre = 'deplacement' AND texte = ?4) UNION SELECT `+colonnesSuivies+` FROM json_each(?2) q JOIN demande d ON d.numero = q.value JOIN fichier f ON f.id = d.fichier`,
		fichier, enJSON(numeros), d.Fichier.Ecarte, d.Fichier.Nom)
	if err != nil {
		return d, err
	}
	if err := errors.Join(c.reprisesDesAnnulees(ctx, &d), c.parties(ctx, &d)); err != nil {
		return d, err
	}
	d.Ailleurs, err = table(ctx, c.db, func(scan func(...any) error) (numero string, oui bool, err error) {
		err = scan(&numero)
		return strings.ToUpper(numero), true, err
	}, func(_, b bool) bool { return b }, "SELECT a.numero FROM json_each(?) q JOIN ailleurs a ON a.numero = q.value", enJSON(numeros))
	if err != nil {
		return d, err
	}
	d.ASP, err = table(ctx, c.db, func(scan func(...any) error) (cle, numero string, err error) {
		return cle, numero, scan(&cle, &numero)
	}, func(_, n string) string { return n }, "SELECT q.value, d.numero FROM json_each(?) q JOIN demande d ON d.numero_asp = q.value AND d.numero_asp <> ''", enJSON(asp))
	return d, err
}

// reprisesDesAnnulees tells of the demandes that were taken back which ones took their orders up, as if these sent them
// again: they will, once the portal has answered.
func (c *Carnet) reprisesDesAnnulees(ctx context.Context, d *Depot) error {
	suivantes, err := table(ctx, c.db, func(scan func(...any) error) (cle, numero string, err error) {
		return cle, numero, scan(&cle, &numero)
	}, func(_, n string) string { return n }, "SELECT upper(d.numero), ("+soeur+") FROM json_each(?) q JOIN demande d ON d.numero = q.value WHERE d.etat = ? AND EXISTS ("+soeur+")",
		enJSON(slices.Collect(maps.Keys(d.Demandes))), Annulee)
	for cle, numero := range suivantes {
		s := d.Demandes[cle]
		s.RemplaceePar = numero
		d.Demandes[cle] = s
	}
	return err
}

// parties lists the demandes that are in other files since this one was set aside.
func (c *Carnet) parties(ctx context.Context, d *Depot) (err error) {
	if !d.Fichier.Ecarte {
		return nil
	}
	d.Parties, err = table(ctx, c.db, func(scan func(...any) error) (numero string, oui bool, err error) {
		err = scan(&numero)
		return strings.ToUpper(numero), true, err
	}, func(_, b bool) bool { return b }, `SELECT d.numero FROM evenement e JOIN demande d ON d.id = e.demande JOIN fichier f ON f.id = d.fichier
		WHERE e.genre = 'deplacement' AND e.texte = ?1 AND f.nom <> ?1`, d.Fichier.Nom)
	return err
}

// fichierDe finds the file that most of the numbers are of, or were before they moved to another one.
func (c *Carnet) fichierDe(ctx context.Context, numeros []string, d *Depot) (id int64, err error) {
	var dossier string
	_, err = lire(ctx, c.db, func(scan func(...any) error) (rien struct{}, err error) {
		f := &d.Fichier
		return rien, scan(&id, &f.Nom, &f.SHA256, &f.NumeroAns, &f.ImpID, &f.Ecarte, &dossier)
	}, `WITH nommee (id, fichier) AS (SELECT d.id, d.fichier FROM json_each(?) q JOIN demande d ON d.numero = q.value),
		place (demande, fichier, present) AS (SELECT id, fichier, 1 FROM nommee UNION SELECT n.id, a.id, 0 FROM nommee n
			JOIN evenement e ON e.demande = n.id AND e.genre = 'deplacement' JOIN fichier a ON a.nom = e.texte AND a.rang IS NOT NULL)
		SELECT f.id, f.nom, f.sha256, f.numero_ans, f.imp_id, f.ecarte_par IS NOT NULL, l.dossier FROM place p JOIN fichier f ON f.id = p.fichier
		JOIN lot l ON l.id = f.lot GROUP BY f.id ORDER BY count(DISTINCT p.demande) DESC, sum(p.present) DESC, f.id LIMIT 1`, enJSON(numeros))
	if err == nil && id > 0 {
		d.Fichier.Chemin = filepath.Join(c.absolu(dossier), d.Fichier.Nom)
	}
	return id, err
}
