// Package journal writes the audit journal: who did what, when, to what. It is a transparency log: an entry is written in the
// transaction of its act, and gets its place in a Merkle tree right after. The tree has a signed head, kept elsewhere now and then:
// whatever is changed, taken out or put in later shows.
package journal

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"guichet/internal/portail/db"
)

// Agence is whom entries concern that concern no single supplier.
const Agence = 0

// Ligne is one entry.
type Ligne struct {
	Chaine  int64 // id of the supplier that it concerns, or Agence
	Entree  int64 // its id, given by the database; those of the chains of earlier versions are below zero
	Numero  int64 // its place in the tree, from 1; 0 while it waits for one
	Instant time.Time
	Acteur  int64  // id of the account, 0 for the program itself
	Action  string // "depot.accepte", "compte.ouvert"
	Objet   string // what it is about: an impId, a numeroASP, the id of an account
	Details map[string]string
}

// Ajouter writes an entry, in the transaction of what it tells, with all others of it once it ends: no entry, no act. Nobody waits for
// anybody: its place in the tree is given by Integrer. It holds no secret; what may be personal is in its details, and nowhere else.
func Ajouter(ctx context.Context, tx *sql.Tx, d db.Dialecte, l Ligne) error {
	details, err := json.Marshal(l.Details)
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	sel := make([]byte, tailleSel)
	_, _ = rand.Read(sel) // never fails
	empreinte := tlog.RecordHash(feuille(l, engager(sel, string(details))))
	return db.Differer(ctx, tx, aEcrire{l, string(details), sel, empreinte[:]}, func(ctx context.Context, tx *sql.Tx, tout []aEcrire) error {
		return ecrire(ctx, tx, d, tout)
	})
}

// aEcrire is an entry that waits for the end of its transaction.
type aEcrire struct {
	Ligne
	details        string
	sel, empreinte []byte
}

// deDialecte has the statements of each database, whose texts never change.
var deDialecte = sync.OnceValue(func() map[string]*db.Insertion {
	toutes := map[string]*db.Insertion{}
	for _, d := range db.Dialectes() {
		i := &db.Insertion{Table: "journal", Colonnes: []db.Colonne{
			{Nom: "chaine", Type: "bigint"}, {Nom: "instant", Type: "bigint"}, {Nom: "acteur", Type: "bigint"}, {Nom: "action", Type: "text"}, {Nom: "objet", Type: "text"},
			{Nom: "details", Type: "text"}, {Nom: "sel", Type: "bytea"}, {Nom: "empreinte", Type: "bytea"},
		}}
		i.Preparer(d)
		toutes[d.Nom] = i
	}
	return toutes
})

// ecrire writes the entries of a transaction.
func ecrire(ctx context.Context, tx *sql.Tx, d db.Dialecte, tout []aEcrire) error {
	var chaines, instants, acteurs db.Entiers
	var actions, objets, details db.Textes
	var sels, empreintes db.Blocs
	for _, l := range tout {
		chaines, instants, acteurs = append(chaines, l.Chaine), append(instants, db.Instant(l.Instant)), append(acteurs, l.Acteur)
		actions, objets, details = append(actions, l.Action), append(objets, l.Objet), append(details, l.details)
		sels, empreintes = append(sels, l.sel), append(empreintes, l.empreinte)
	}
	if err := deDialecte()[d.Nom].Executer(ctx, tx, nil, chaines, instants, acteurs, actions, objets, details, sels, empreintes); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	return nil
}

// tailleSel is that of what is drawn for each entry: nobody guesses details, or an entry, by its hash.
const tailleSel = 16

// version begins each leaf.
const version = "guichet-journal/1\n"

// engager commits to details: what a leaf holds in their place, so that they can be erased.
func engager(sel []byte, details string) []byte {
	h := sha256.New()
	h.Write(sel)
	h.Write([]byte(details))
	return h.Sum(nil)
}

// feuille are the bytes that the tree proves: the version, and the entry as a JSON array.
func feuille(l Ligne, engagement []byte) []byte {
	f := append(make([]byte, 0, tailleFeuille), version...)
	f = strconv.AppendInt(append(f, '['), l.Chaine, 10)
	f = strconv.AppendInt(append(f, ','), db.Instant(l.Instant), 10)
	f = strconv.AppendInt(append(f, ','), l.Acteur, 10)
	f = citer(append(f, ','), l.Action)
	f = citer(append(f, ','), l.Objet)
	f = hex.AppendEncode(append(f, ',', '"'), engagement)
	return append(f, '"', ']')
}

// tailleFeuille is that of most leaves.
const tailleFeuille = 256

// citer writes a text as JSON: a million of them are read when a journal is verified, hardly one of which needs more than quotes.
func citer(f []byte, texte string) []byte {
	if strings.ContainsFunc(texte, func(c rune) bool { return c < ' ' || c > '~' || strings.ContainsRune(`"\<>&`, c) }) {
		cite, err := json.Marshal(texte)
		if err != nil {
			panic("journal: a text does not encode: " + err.Error()) // cannot be
		}
		return append(f, cite...)
	}
	return append(append(append(f, '"'), texte...), '"')
}
