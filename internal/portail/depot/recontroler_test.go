package depot_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/modele"
)

// A demande that is corrected is controlled alone, as at deposit: its own number and what others claim refuse nothing, what is wrong in it does.
func TestOneDemandeAgain(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		fichier := fichierDe(0, 3, "AA", 0)
		d := g.deposer(t, envoi(g.fournisseurs[0], fichier))
		g.deposer(t, envoi(g.fournisseurs[1], fichierDe(1, 3, "BB", 0))) // of the same ESMS
		une := demandeDe(t, b, fichier, d.ID, 0)
		x, err := g.Recontroler(t.Context(), g.fournisseurs[0], d.ID, une, modele.Francais)
		if err != nil || len(x.Anomalies) != 0 || len(x.ESMS) != 2 || x.Apercu.Numero != "AA001" || x.Apercu.Montant <= 0 {
			t.Errorf("%+v, %v", x, err)
		}
		x, err = g.Recontroler(t.Context(), g.fournisseurs[0], d.ID, bytes.Replace(une, []byte(`"DURANDAL"`), []byte(`"Durandal"`), 1), modele.Francais)
		if err != nil || len(x.Anomalies) != 1 || !strings.HasPrefix(x.Anomalies[0].Pointeur, "/lignesImport/0/") {
			t.Errorf("what is wrong: %+v, %v", x, err)
		}
		if _, err := g.Recontroler(t.Context(), g.fournisseurs[1], d.ID, une, modele.Francais); err != depot.ErrInconnu {
			t.Errorf("another supplier's: %v", err)
		}
	})
}

// What a demande claims after a correction is what others are told of, and no longer what it claimed before.
func TestOtherESMSClaimed(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		fichier := fichierDe(0, 1, "AA", 0)
		d := g.deposer(t, envoi(g.fournisseurs[0], fichier))
		if err := g.RangerESMS(t.Context()); err != nil {
			t.Fatal(err)
		}
		x, err := g.Recontroler(t.Context(), g.fournisseurs[0], d.ID, demandeDe(t, b, fichier, d.ID, 0), modele.Francais)
		if err != nil {
			t.Fatal(err)
		}
		reclamer := func(avant, apres []string) {
			t.Helper()
			if err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return g.Reclamer(ctx, tx, d.ID, 0, avant, apres) }); err != nil {
				t.Fatal(err)
			}
		}
		doutes := func(serie string) int {
			t.Helper()
			codes, _ := g.codes(t, g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 1, serie, 0))))
			g.deposer(t, envoi(g.fournisseurs[0], []byte(serie)))
			return len(slices.DeleteFunc(codes, func(c string) bool { return c != "A511" }))
		}
		if n := doutes("BB"); n != 1 {
			t.Errorf("before: %d", n)
		}
		ecrire(t, b, `UPDATE demande SET etat = 'retiree' WHERE depot_id > $1`, d.ID)
		reclamer(x.ESMS, []string{"995999999", "illisible"})
		if n := doutes("CC"); n != 0 {
			t.Errorf("what is claimed no longer: %d", n)
		}
		ecrire(t, b, `UPDATE demande SET etat = 'retiree' WHERE depot_id > $1`, d.ID)
		reclamer([]string{"995999999"}, x.ESMS)
		reclamer(nil, x.ESMS) // twice is once
		if n := doutes("DD"); n != 1 {
			t.Errorf("what is claimed again: %d", n)
		}
	})
}

// Claims are put in their places while few deposits come, and when many wait; while many come they wait, and not for ever.
func TestPlacesWhenThereIsTime(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	n := 0
	deposer := func(combien int) {
		t.Helper()
		for range combien {
			f := corpus.Fichier(corpus.Forme{Demandes: 1, OGs: 1, ESMS: 1})
			for _, avant := range []string{`"numeroEditeur":"`, `BDC-`, `-HT-`} {
				f = bytes.ReplaceAll(f, []byte(avant+"000"), fmt.Appendf(nil, "%sC%02d", avant, n))
			}
			g.deposer(t, envoi(g.fournisseurs[0], f))
			n++
		}
	}
	regarder := func(quoi string, attendent int) {
		t.Helper()
		if err := g.RangerAuRepos(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := g.compter(t, `SELECT count(*) FROM esms_attente`); got != attendent {
			t.Errorf("%s: %d wait, want %d", quoi, got, attendent)
		}
	}
	deposer(19)
	regarder("19 came", 0)
	deposer(20)
	regarder("20 came", 20)
	regarder("none came since", 0)
	deposer(21) // more than one transaction puts in their places
	regarder("21 came", 21)
	regarder("none came since those", 0)
}

// A demande that is refused claims nothing, wherever it stands in its file.
func TestRefusedClaimsNothing(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	for serie, fautives := range map[string]int{"AA": 1, "BB": 2, "CC": 3, "DD": 4} {
		d := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 4, serie, fautives)))
		if err := g.RangerESMS(t.Context()); err != nil {
			t.Fatal(err)
		}
		refusees := map[int]bool{}
		for _, r := range d.Reponse.Refus {
			refusees[r.Rang] = true
		}
		for rang := range d.Demandes {
			if n := g.compter(t, `SELECT count(*) FROM esms WHERE place = $1`, d.ID<<16+int64(rang)); (n == 0) != refusees[rang] {
				t.Errorf("one in %d refused: the demande %d claims %d ESMS, refused %v", fautives, rang, n, refusees[rang])
			}
		}
	}
}
