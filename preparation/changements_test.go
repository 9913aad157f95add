package preparation_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// une reads a sheet of one order.
func une(t *testing.T, rangees ...[]string) preparation.Demande {
	t.Helper()
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", append([][]string{titres()}, rangees...)...)}, preparation.Options{})
	if err != nil || lot.Nombre() != 1 {
		t.Fatal(err, lot)
	}
	for d := range lot.Demandes() {
		return d
	}
	panic("no order")
}

// deposee is the order as a file has it.
func deposee(t *testing.T, rangees ...[]string) []byte {
	t.Helper()
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", append([][]string{titres()}, rangees...)...)}, preparation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for f, err := range lot.Fichiers(context.Background(), envoi()) {
		var lu struct{ LignesImport []json.RawMessage }
		if err == nil {
			err = json.Unmarshal(f.Octets, &lu)
		}
		if err != nil {
			t.Fatal(err)
		}
		return lu.LignesImport[0]
	}
	panic("no file")
}

func changements(t *testing.T, d preparation.Demande, avant []byte, l modele.Langue) string {
	t.Helper()
	tous, err := d.Comparer(avant)
	if err != nil {
		t.Fatal(err)
	}
	var lignes []string
	for _, c := range tous {
		lignes = append(lignes, c.In(l))
	}
	return strings.Join(lignes, "\n")
}

// Each change of an order is told at its cell, before and after, and nothing else is.
func TestComparer(t *testing.T) {
	t.Parallel()
	og, premier, second := corpus.Finess(1), corpus.Finess(500_000), corpus.Finess(500_001)
	base := func(changees ...string) []string {
		return juste(append([]string{"numeroEditeur", "", "FINESSJuridique", og, "FINESSGeo", premier, "BON_COMMANDE", "a.pdf", "montantSegurHT", "2433.33"}, changees...)...)
	}
	deux := []string{"FINESSGeo", second}
	avant := deposee(t, base(), base(deux...))
	rien := une(t, base(), base(deux...))
	if got := changements(t, rien, avant, modele.Francais); got != "" {
		t.Errorf("nothing has changed: %s", got)
	}
	for _, cas := range []struct {
		nom      string
		rangees  [][]string
		fr, en   string
		identite bool // the former file would be the same
	}{
		{"amount", [][]string{base("montantSegurHT", "2920"), base(append(deux, "montantSegurHT", "2920")...)}, "(montantSegurHT) : 2433.33 → 2920.00", "(montantSegurHT): 2433.33 → 2920.00", false},
		{"date", [][]string{base("dateCommande", "13/09/2023"), base(append(deux, "dateCommande", "13/09/2023")...)}, "(dateCommande) : ", "(dateCommande): ", false},
		{"contact", [][]string{base("nomResponsableOG", "NOUVELLE"), base(append(deux, "nomResponsableOG", "NOUVELLE")...)}, "(nomResponsableOG) : ", "→ NOUVELLE", false},
		{"a value emptied", [][]string{base("operateurMessagerie", ""), base(deux...)}, "→ (vide)", "→ (empty)", false},
		{"yes or no", [][]string{base(), base(append(deux, "IsStockageId", "non")...)}, " : oui → non", ": yes → no", false},
		{"ESMS added", [][]string{base(), base(deux...), base("FINESSGeo", corpus.Finess(500_002))}, "a.csv, ligne 4, colonne ", "ESMS " + corpus.Finess(500_002) + " added", false},
		{"ESMS taken out", [][]string{base()}, "(FINESSGeo) : ESMS " + second + " retiré", "ESMS " + second + " taken out", false},
		{"another OG", [][]string{base(), base(append(deux, "FINESSJuridique", corpus.Finess(2))...)}, "OG " + corpus.Finess(2) + " ajouté", "ESMS " + second + ", OG " + og + " → " + corpus.Finess(2), false},
		{"kind of document", [][]string{base("BON_COMMANDE", "a.png"), base(append(deux, "BON_COMMANDE", "a.png")...)}, "(BON_COMMANDE) : PDF → PNG", "(BON_COMMANDE): PDF → PNG", false},
		{"document added", [][]string{base("regimeTVA", "HT", "PREUVE_HT", "p.pdf"), base(append(deux, "regimeTVA", "HT", "PREUVE_HT", "p.pdf")...)}, "pièce ajoutée : p.pdf", "document added: p.pdf", false},
		{"document taken out", [][]string{base("BON_COMMANDE", ""), base(append(deux, "BON_COMMANDE", "")...)}, "(BON_COMMANDE) : pièce retirée", "document taken out", false},
		{"the same in other words", [][]string{base("montantSegurHT", "2 433,33 €"), base(append(deux, "montantSegurHT", "2 433,33 €")...)}, "", "", true},
		{"another file of the same kind", [][]string{base("BON_COMMANDE", "b.pdf"), base(append(deux, "BON_COMMANDE", "b.pdf")...)}, "", "", true},
	} {
		d := une(t, cas.rangees...)
		fr, en := changements(t, d, avant, modele.Francais), changements(t, d, avant, modele.Anglais)
		if (fr == "") != cas.identite || !strings.Contains(fr, cas.fr) || !strings.Contains(en, cas.en) {
			t.Errorf("%s: %q, %q", cas.nom, fr, en)
		}
		if (d.Empreinte() == rien.Empreinte()) != cas.identite {
			t.Errorf("%s: digest %s, of the former %s", cas.nom, d.Empreinte(), rien.Empreinte())
		}
	}
	if _, err := rien.Comparer([]byte("[")); err == nil {
		t.Error("a demande that cannot be read")
	}
}
