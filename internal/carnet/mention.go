package carnet

import (
	"context"
	"encoding/json"
)

// Usage says where a number was used.
type Usage struct {
	Etat    Etat   // of one used without the ledger: "", or Remplacee when it was sent again since
	Fichier string // the JSON file, or how the ledger learnt of the number
}

// NumerosUtilises returns which of the numbers were given or used, as they are written in the question.
func (c *Carnet) NumerosUtilises(ctx context.Context, numeros []string) (map[string]Usage, error) {
	return numerosUtilises(ctx, c.db, numeros)
}

func numerosUtilises(ctx context.Context, e executant, numeros []string) (map[string]Usage, error) {
	return table(ctx, e, func(scan func(...any) error) (numero string, u Usage, err error) {
		return numero, u, scan(&numero, &u.Etat, &u.Fichier)
	}, func(_, u Usage) Usage { return u }, `SELECT q.value, d.etat, f.nom FROM json_each(?1) q JOIN demande d ON d.numero = q.value JOIN fichier f ON f.id = d.fichier
		UNION ALL SELECT q.value, CASE a.remplacee_par WHEN '' THEN '' ELSE 'remplacée' END, a.origine FROM json_each(?1) q JOIN ailleurs a ON a.numero = q.value`, enJSON(numeros))
}

// Mention is a demande, briefly.
type Mention struct {
	Numero, Reference, Fichier string
	Etat                       Etat
	RemplaceePar               string
}

// Claims tells whether the demande still claims its ESMS: one that was rejected does not.
func (m Mention) Claims() bool { return m.Etat != Rejetee && m.Etat.Compte() }

// Connue is the demande that stands for an order: not one that was replaced or taken back.
type Connue struct {
	Mention
	Empreinte string
	Source    string // the table, an absolute path
	Feuille   string // its sheet
	Pieces    []Piece
}

func (c *Carnet) connue(scan func(...any) error) (cle string, d Connue, err error) {
	var pieces string
	err = scan(&cle, &d.Numero, &d.Reference, &d.Fichier, &d.Etat, &d.RemplaceePar, &d.Empreinte, &d.Source, &d.Feuille, &pieces)
	if err == nil {
		err = json.Unmarshal([]byte(pieces), &d.Pieces)
	}
	if d.Source != "" {
		d.Source = c.absolu(d.Source)
	}
	return cle, d, err
}

const colonnesConnues = "d.numero, d.reference, f.nom, d.etat, d.remplacee_par, d.empreinte, coalesce(t.source, ''), coalesce(t.feuille, ''), d.pieces"

// Commandes returns the demandes that stand for these orders, by their references: the last one of each.
func (c *Carnet) Commandes(ctx context.Context, references []string) (map[string]Connue, error) {
	return table(ctx, c.db, c.connue, func(_, derniere Connue) Connue { return derniere }, "SELECT d.reference, "+colonnesConnues+` FROM json_each(?) q
		JOIN demande d ON d.reference = q.value AND d.reference <> '' JOIN fichier f ON f.id = d.fichier LEFT JOIN tableau t ON t.id = d.tableau
		WHERE d.etat NOT IN ('remplacée', 'annulée') ORDER BY d.id`, enJSON(references))
}

// DeLaTable returns the demandes that wait for an answer and were prepared from a table, or from one sheet of it.
func (c *Carnet) DeLaTable(ctx context.Context, source, feuille string) ([]Connue, error) {
	relatif, err := c.relatif(source)
	if err != nil {
		return nil, err
	}
	return lire(ctx, c.db, func(scan func(...any) error) (Connue, error) {
		_, d, err := c.connue(scan)
		return d, err
	}, "SELECT '', "+colonnesConnues+` FROM tableau t JOIN demande d ON d.tableau = t.id JOIN fichier f ON f.id = d.fichier
		WHERE t.source = ?1 AND ?2 IN ('', t.feuille) AND d.etat IN ('préparée', 'déposée', 'sans réponse') ORDER BY d.id`, relatif, feuille)
}
