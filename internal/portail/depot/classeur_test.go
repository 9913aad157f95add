package depot_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"guichet/diag"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	"guichet/modele"
)

// The workbook of a report has, under each head, what the report says of each anomaly: nothing of it begins a formula, and what has no place in the
// file has none there.
func TestReportAsWorkbook(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	d := g.deposer(t, envoi(g.fournisseurs[0], aReparer("AA")))
	f, err := g.Rapport(t.Context(), d, modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	r := g.siteDe(t, g.fournisseurs[0], compte.Lecteur).Client(t).Ouvrir("/depots/"+d.ImpID()+"/rapport/xlsx").Attendre(t, http.StatusOK)
	x, err := excelize.OpenReader(strings.NewReader(r.Corps))
	if err != nil {
		t.Fatal(err)
	}
	lignes, err := x.GetRows("Rapport")
	if err != nil || len(lignes) == 0 {
		t.Fatal(lignes, err)
	}
	dites, n := lignes[1:], 0
	sous := func(ligne []string, titre string) string {
		if i := slices.Index(lignes[0], titre); i >= 0 && i < len(ligne) {
			return ligne[i]
		}
		return ""
	}
	for o := range f.All() {
		if n == len(dites) {
			t.Fatalf("%d rows, and more anomalies", n)
		}
		veut := map[string]string{
			"Gravité": diag.WordGravite(o.Gravite, modele.Francais), "Code": o.Code, "Balise": o.Balise, "Message": o.Message, "À faire": o.Aide, "Source": o.Source,
			"Demande": "", "numeroEditeur": "", "Ligne": "", "Colonne": "", "Valeur": "",
		}
		if o.Demande != nil {
			veut["Demande"], veut["numeroEditeur"] = strconv.Itoa(o.Demande.NumLigne), *o.Demande.NumeroEditeur
		}
		if o.Placed() {
			veut["Ligne"], veut["Colonne"] = strconv.Itoa(o.Ligne), strconv.Itoa(o.Colonne)
		}
		if o.Valeur != nil {
			veut["Valeur"] = diag.Neutralize(*o.Valeur)
		}
		for titre, v := range veut {
			if got := sous(dites[n], titre); got != v {
				t.Errorf("row %d, %s: %q, want %q", n+2, titre, got, v)
			}
		}
		n++
	}
	if n != len(dites) || n < 4 {
		t.Errorf("%d rows of %d anomalies", len(dites), n)
	}
}
