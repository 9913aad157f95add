package carnet

import (
	"context"
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
}

// Depot is what the ledger knows of the numbers that a returned file names.
type Depot struct {
	Fichier  Depose            // the file that most of them are of; zero when the ledger has none of them
	Demandes map[string]Suivie // those of the file and all that are named, by number in capitals
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
		WHERE d.fichier = ? UNION SELECT `+colonnesSuivies+` FROM json_each(?) q JOIN demande d ON d.numero = q.value JOIN fichier f ON f.id = d.fichier`,
		fichier, enJSON(numeros))
	if err != nil {
		return d, err
	}
	if err := c.reprisesDesAnnulees(ctx, &d); err != nil {
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

// fichierDe finds the file that most of the numbers are of.
func (c *Carnet) fichierDe(ctx context.Context, numeros []string, d *Depot) (id int64, err error) {
	var dossier string
	_, err = lire(ctx, c.db, func(scan func(...any) error) (rien struct{}, err error) {
		f := &d.Fichier
		return rien, scan(&id, &f.Nom, &f.SHA256, &f.NumeroAns, &f.ImpID, &dossier)
	}, `SELECT f.id, f.nom, f.sha256, f.numero_ans, f.imp_id, l.dossier FROM json_each(?) q JOIN demande d ON d.numero = q.value
		JOIN fichier f ON f.id = d.fichier JOIN lot l ON l.id = f.lot GROUP BY f.id ORDER BY count(*) DESC, f.id LIMIT 1`, enJSON(numeros))
	if err == nil && id > 0 {
		d.Fichier.Chemin = filepath.Join(c.absolu(dossier), d.Fichier.Nom)
	}
	return id, err
}
