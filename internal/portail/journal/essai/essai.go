// Package essai verifies the journal for tests of the rooms that write it.
package essai

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"guichet/internal/portail/db"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// Cle is the same in all tests, so that what one signed another verifies.
func Cle() journal.Cle {
	prive, publique, err := note.GenerateKey(bytes.NewReader(make([]byte, 64)), "essai")
	s, e := note.NewSigner(prive)
	if err := errors.Join(err, e); err != nil {
		panic("the key of tests: " + err.Error())
	}
	return journal.Cle{Signer: s, Publique: publique}
}

// Verifier gives entries their places, verifies the whole journal, and counts the entries about somebody.
func Verifier(ctx context.Context, b *db.Base, chaine int64) (n int64, err error) {
	return VerifierAvec(ctx, b, Cle(), chaine)
}

// VerifierAvec does so with the key of a counter.
func VerifierAvec(ctx context.Context, b *db.Base, cle journal.Cle, chaine int64) (n int64, err error) {
	if _, err := (&journal.Arbre{Base: b, Cle: cle}).Integrer(ctx); err != nil {
		return 0, err
	}
	bilan, err := journal.Verifier(ctx, b.Lire(), cle.Verifieurs())
	if err != nil {
		return 0, err
	}
	for _, c := range bilan.Constats {
		err = errors.Join(err, errors.New(c.In(modele.Anglais)))
	}
	if err == nil && bilan.Attente > 0 {
		err = fmt.Errorf("%d entries have no place", bilan.Attente)
	}
	if e := b.Lire().QueryRowContext(ctx, `SELECT COUNT(*) FROM journal WHERE chaine = $1`, chaine).Scan(&n); e != nil {
		return 0, e
	}
	return n, err
}
