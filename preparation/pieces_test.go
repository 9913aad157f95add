package preparation_test

import (
	"slices"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/preparation"
)

// A document found under another name is a repair, at the cell of its path; in strict mode it is a fault.
func TestDocumentSousUnAutreNom(t *testing.T) {
	t.Parallel()
	motif := modele.Texte{Fr: "à la casse près", En: "but for its case"}
	for _, strict := range []bool{false, true} {
		lot, _, _ := preparer(t, preparation.Options{Strict: strict}, feuille("a.csv", "", titres(), juste()))
		d := lot.Demande(0)
		documents := d.Documents()
		if len(documents) != 1 || documents[0].Chemin != "bons/cmd-1.pdf" || documents[0].Type != "BON_COMMANDE" || documents[0].Lieu.Ligne != 2 {
			t.Fatalf("%+v", documents)
		}
		avant := len(lot.Reparations)
		f, refusee := lot.Retrouver(documents[0], "bons/CMD-1.PDF", motif)
		if refusee != strict || (f.Code == "T008") != strict || (len(lot.Reparations) == avant) != strict {
			t.Errorf("strict %t: refused %t, %q, %d repairs", strict, refusee, f.Code, len(lot.Reparations))
		}
		if strict {
			continue
		}
		if got, want := lot.Reparations[avant].In(modele.Francais), "a.csv, ligne 2, colonne W (BON_COMMANDE) : « bons/cmd-1.pdf » → bons/CMD-1.PDF, à la casse près"; got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
		for range 10_000 {
			lot.Retrouver(documents[0], "x.pdf", motif)
		}
		if n := len(lot.Reparations) + lot.ReparationsOmises; n != avant+10_001 || lot.ReparationsOmises == 0 {
			t.Errorf("%d kept, %d counted", len(lot.Reparations), lot.ReparationsOmises)
		}
	}
}

// A document of two orders is told at the cell of the second, with the kind and the order of the first.
func TestDocumentDeDeuxCommandes(t *testing.T) {
	t.Parallel()
	autre := juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002", "FINESSGeo", "995000015")
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(), autre))
	une, deux := lot.Demande(0), lot.Demande(1)
	f := preparation.Partagee(deux.Documents()[0], une.Documents()[0], une.Reference())
	if f.Lieu.Ligne != 3 || f.Lieu.Balise != "BON_COMMANDE" || f.Code != "T041" || f.Bloquante() {
		t.Errorf("%+v", f)
	}
	contient(t, f.In(modele.Francais), "bons/cmd-1.pdf", "BON_COMMANDE", "CMD-1")
	contient(t, f.In(modele.Anglais), "bons/cmd-1.pdf", "BON_COMMANDE", "CMD-1")
}

// Each order has an order form of its own; other documents may serve several.
func TestDocumentPropre(t *testing.T) {
	t.Parallel()
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste()))
	for piece, want := range map[string]bool{"BON_COMMANDE": true, "PREUVE_HT": false, "AUTRE": false, "": false} {
		if got := lot.Propre(piece); got != want {
			t.Errorf("%s: %t", piece, got)
		}
	}
}

// An order is found again by its rank, by its reference, and by any row of it.
func TestCommandesRetrouvees(t *testing.T) {
	t.Parallel()
	rangees := [][]string{titres(), juste(), juste("FINESSGeo", "995000015"), juste("referenceCommande", "CMD-2", "numeroEditeur", "", "regimeTVA", "TTC", "FINESSGeo", "995000023")}
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", rangees...), feuille("b.csv", "F", titres(), juste("referenceCommande", "CMD-3", "FINESSGeo", "995000031")))
	if got := slices.Collect(lot.References()); !slices.Equal(got, []string{"CMD-1", "CMD-2", "CMD-3"}) {
		t.Errorf("%q", got)
	}
	for reference := range lot.References() {
		if reference != "CMD-1" {
			t.Errorf("first %s", reference)
		}
		break
	}
	d := lot.Demande(1)
	if d.Reference() != "CMD-2" || d.Regime() != "TTC" || d.Lieu().Ligne != 4 {
		t.Errorf("%s %s %+v", d.Reference(), d.Regime(), d.Lieu())
	}
	f := d.SansNumero()
	if f.Lieu.Ligne != 4 || f.Lieu.Balise != "numeroEditeur" || !f.Bloquante() {
		t.Errorf("%+v", f)
	}
	contient(t, f.In(modele.Francais), "CMD-2")
	commande := lot.Referencer()
	for ou, want := range map[preparation.Lieu]string{
		{Fichier: "a.csv", Ligne: 1}: "", {Fichier: "a.csv", Ligne: 2}: "CMD-1", {Fichier: "a.csv", Ligne: 3}: "CMD-1", {Fichier: "a.csv", Ligne: 4}: "CMD-2",
		{Fichier: "a.csv", Ligne: 5}: "", {Fichier: "b.csv", Ligne: 2}: "", {Fichier: "b.csv", Feuille: "F", Ligne: 2}: "CMD-3",
	} {
		if got := commande(ou); got != want {
			t.Errorf("%+v: %q, want %q", ou, got, want)
		}
	}
}

func contient(t *testing.T, phrase string, mots ...string) {
	t.Helper()
	for _, m := range mots {
		if !strings.Contains(phrase, m) {
			t.Errorf("%q is missing in %q", m, phrase)
		}
	}
}
