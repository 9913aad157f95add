package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"guichet/internal/portail/db"
	"guichet/internal/portail/fichier"
)

// limits does the parts of a deposit that no counter can do without, on a database of its own.
type limits struct {
	base     *db.Base
	files_   *fichier.Magasin
	demandes db.Insertion
	numeros  db.Insertion
	next     atomic.Int64
	deposits [clients]*depositFile
}

func newLimits(ctx context.Context, c *counter) (l *limits, err error) {
	l = &limits{}
	address, err := c.address(c.dir, "limite")
	if err != nil {
		return nil, err
	}
	if l.base, err = db.Ouvrir(ctx, address); err != nil {
		return nil, err
	}
	if _, err = l.base.Migrer(ctx); err == nil {
		l.files_, err = fichier.Ouvrir(filepath.Join(c.dir, "limite"))
	}
	l.demandes, l.numeros = insertions()
	l.demandes.Preparer(l.base.Dialecte)
	l.numeros.Preparer(l.base.Dialecte)
	for i := range l.deposits {
		l.deposits[i] = newDeposit(i, 0, esmsDeposited)
	}
	if err == nil {
		err = l.prepare(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the limits: %w", err), l.close())
	}
	return l, nil
}

// prepare adds the supplier. PostgreSQL looks after these millions of rows only when they are measured no longer: it would
// do so while the counter is.
func (l *limits) prepare(ctx context.Context) error {
	texts := []string{`INSERT INTO fournisseur (id, siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES (1, '', '', 'actif', '', '', '', 0)`}
	if l.base.Dialecte.Nom == "postgres" {
		for _, table := range []string{"depot", "demande", "numero_utilise"} {
			texts = append(texts, `ALTER TABLE `+table+` SET (autovacuum_enabled = off)`)
		}
	}
	return l.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		for _, text := range texts {
			_, failed := tx.ExecContext(ctx, text)
			err = errors.Join(err, failed)
		}
		return err
	})
}

func (l *limits) close() error { return l.base.Fermer() }

// insertions write the rows of demandes and of numbers, as a deposit does.
func insertions() (demandes, numeros db.Insertion) {
	whole, text := "bigint", "text"
	return db.Insertion{
			Table:    "demande",
			Communes: []db.Colonne{{Nom: "fournisseur_id", Type: whole}, {Nom: "depot_id", Type: whole}, {Nom: "etat", Type: text}, {Nom: "maj", Type: whole}, {Nom: "esms", Type: whole}},
			Colonnes: []db.Colonne{{Nom: "rang", Type: whole}, {Nom: "numero", Type: text}, {Nom: "montant", Type: whole}, {Nom: "og", Type: text}, {Nom: "debut", Type: whole}, {Nom: "fin", Type: whole}},
		}, db.Insertion{
			Table:    "numero_utilise",
			Communes: []db.Colonne{{Nom: "fournisseur_id", Type: whole}, {Nom: "depot_id", Type: whole}},
			Colonnes: []db.Colonne{{Nom: "debut", Type: text}, {Nom: "suite", Type: text}},
		}
}

// rows writes one row of a deposit and those of its demandes, numbered from first, all in one state.
func (l *limits) rows(ctx context.Context, tx *sql.Tx, supplier int64, first int, state string) error {
	var deposit int64
	incomplete := 0
	if state == "incomplete" {
		incomplete = demandesOfFile
	}
	err := tx.QueryRowContext(ctx, `INSERT INTO depot (fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu,
		verdict, demandes, acceptees, incompletes, reponse) VALUES ($1, $1, 'avance', 'ANS0000001', '2023-10-02', $2, $3, 348000, $4, 'accepte', 200, 200, $5, '{"accepte":"Demande acceptée"}') RETURNING id`,
		supplier, fmt.Sprintf("JSON-ANS0000001-20261124-%03d.json", first%1000), fmt.Sprintf("%064x", first), int64(1_700_000_000_000_000)+int64(first), incomplete).Scan(&deposit)
	if err != nil {
		return err
	}
	var ranks, amounts, from, to db.Entiers
	var numbers, finess, beginnings, ends db.Textes
	for i := range demandesOfFile {
		ranks, amounts, from, to = append(ranks, int64(i)), append(amounts, 123456), append(from, int64(i*1700)), append(to, int64(i*1700+1690))
		numbers, finess = append(numbers, number(first+i)), append(finess, fmt.Sprintf("%09d", 990000000+first+i))
		if beginning := numbers[i][:3]; len(beginnings) == 0 || beginnings[len(beginnings)-1] != beginning {
			beginnings, ends = append(beginnings, beginning), append(ends, "")
		}
		ends[len(ends)-1] += numbers[i][3:]
	}
	if err := l.numeros.Executer(ctx, tx, []any{supplier, deposit}, beginnings, ends); err != nil {
		return err
	}
	return l.demandes.Executer(ctx, tx, []any{supplier, deposit, state, int64(1_700_000_000_000_000), 2}, ranks, numbers, amounts, finess, from, to)
}

// number writes a numeroEditeur.
func number(n int) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	b := []byte("00000")
	for i := len(b) - 1; i >= 0; i-- {
		b[i], n = digits[n%36], n/36
	}
	return string(b)
}

// bare is a transaction of a deposit's rows, one for each.
func (l *limits) bare(ctx context.Context) func(int) error {
	return func(int) error {
		tx, err := l.base.Pool().BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := l.rows(ctx, tx, 1, int(l.next.Add(demandesOfFile)), "incomplete"); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		return tx.Commit()
	}
}

// grouped writes the same rows as the counter writes: those that wait at once share a commit, where the database
// does not see to that.
func (l *limits) grouped(ctx context.Context) func(int) error {
	return func(int) error {
		first := int(l.next.Add(demandesOfFile))
		return l.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return l.rows(ctx, tx, 1, first, "incomplete") })
	}
}

// files keeps a file, and waits for the disk.
func (l *limits) files(ctx context.Context) func(int) error {
	var sent [clients]int
	return func(i int) error {
		l.deposits[i].number(int(l.next.Add(1)))
		sent[i]++
		_, err := l.files_.Garder(ctx, bytes.NewReader(l.deposits[i].file), 1<<20)
		return err
	}
}
