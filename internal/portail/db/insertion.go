package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Insertion puts many rows into a table at once.
type Insertion struct {
	Table     string
	Communes  []Colonne // the same in all rows
	Colonnes  []Colonne
	Fin       string // "ON CONFLICT DO NOTHING"
	requetes  []requete
	enTableau bool
}

// Colonne is a column that an Insertion writes, with its type in PostgreSQL: "bigint", "text", "bytea".
type Colonne struct{ Nom, Type string }

// requete is the statement for so many rows; 0 for any number.
type requete struct {
	lignes int
	texte  string
}

// lots are the numbers of rows for which SQLite has a statement, largest first. A full file has 200 demandes.
var lots = []int{100, 25, 5, 1}

// Preparer writes the statements for a database.
func (i *Insertion) Preparer(d Dialecte) {
	if i.enTableau = d.Tableaux; i.enTableau {
		i.requetes = []requete{{0, i.deTableaux()}}
		return
	}
	for _, n := range lots {
		i.requetes = append(i.requetes, requete{n, i.deLignes(n)})
	}
}

func (i *Insertion) colonnes() string {
	var noms []string
	for _, c := range append(i.Communes[:len(i.Communes):len(i.Communes)], i.Colonnes...) {
		noms = append(noms, c.Nom)
	}
	return "INSERT INTO " + i.Table + " (" + strings.Join(noms, ", ") + ")"
}

// deLignes writes the statement for n rows. What they have in common is bound once, as ?1, ?2 …; the other values
// follow, in the order of their marks.
func (i *Insertion) deLignes(n int) string {
	var ligne []string
	for c := range i.Communes {
		ligne = append(ligne, fmt.Sprintf("?%d", c+1))
	}
	for range i.Colonnes {
		ligne = append(ligne, "?")
	}
	une := "(" + strings.Join(ligne, ", ") + ")"
	return i.colonnes() + " VALUES " + une + strings.Repeat(", "+une, n-1) + " " + i.Fin
}

func (i *Insertion) deTableaux() string {
	var fixes, tableaux []string
	for n, c := range i.Communes {
		fixes = append(fixes, fmt.Sprintf("$%d::%s", n+1, c.Type))
	}
	for n, c := range i.Colonnes {
		tableaux = append(tableaux, fmt.Sprintf("$%d::%s[]", len(i.Communes)+n+1, c.Type))
	}
	return i.colonnes() + " SELECT " + strings.Join(append(fixes, "u.*"), ", ") + " FROM unnest(" + strings.Join(tableaux, ", ") + ") u " + i.Fin
}

// Valeurs are those of one column, row by row.
type Valeurs interface {
	taille() int
	valeur(n int) any
	tout() any
}

// Entiers, Textes and Blocs are columns of numbers, of texts and of bytes.
type (
	Entiers []int64
	Textes  []string
	Blocs   [][]byte
)

func (v Entiers) taille() int      { return len(v) }
func (v Entiers) valeur(n int) any { return v[n] }
func (v Entiers) tout() any        { return []int64(v) }
func (v Textes) taille() int       { return len(v) }
func (v Textes) valeur(n int) any  { return v[n] }
func (v Textes) tout() any         { return []string(v) }
func (v Blocs) taille() int        { return len(v) }
func (v Blocs) valeur(n int) any   { return v[n] }
func (v Blocs) tout() any          { return [][]byte(v) }

// Executer writes the rows whose columns are given, all of the same length.
func (i *Insertion) Executer(ctx context.Context, tx *sql.Tx, communes []any, colonnes ...Valeurs) error {
	return i.decouper(communes, colonnes, func(r requete, args []any) error { return i.executer(ctx, tx, r, args) })
}

// decouper has each statement written, with its values.
func (i *Insertion) decouper(communes []any, colonnes []Valeurs, ecrire func(requete, []any) error) error {
	n := colonnes[0].taille()
	if n == 0 {
		return nil
	}
	if i.enTableau {
		args := communes[:len(communes):len(communes)]
		for _, c := range colonnes {
			args = append(args, c.tout())
		}
		return ecrire(i.requetes[0], args)
	}
	args := make([]any, 0, len(communes)+min(n, lots[0])*len(colonnes))
	for debut := 0; debut < n; {
		r := i.pour(n - debut)
		args = append(args[:0], communes...)
		for ligne := debut; ligne < debut+r.lignes; ligne++ {
			for _, c := range colonnes {
				args = append(args, c.valeur(ligne))
			}
		}
		if err := ecrire(r, args); err != nil {
			return err
		}
		debut += r.lignes
	}
	return nil
}

// pour returns the largest statement for at most n rows.
func (i *Insertion) pour(n int) requete {
	for _, r := range i.requetes {
		if r.lignes <= n {
			return r
		}
	}
	return i.requetes[len(i.requetes)-1]
}

func (i *Insertion) executer(ctx context.Context, tx *sql.Tx, r requete, args []any) error {
	if err := Poser(ctx, tx, r.texte, args...); err != nil {
		return fmt.Errorf("add rows to %s: %w", i.Table, err)
	}
	return nil
}
