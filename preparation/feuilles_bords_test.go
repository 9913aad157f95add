package preparation_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// The time of a day near midnight is told, up to the second; half a second before midnight shows as the next day.
func TestHeuresPresDeMinuit(t *testing.T) {
	t.Parallel()
	lues(t, "dateCommande", map[string]string{
		"@45184": `"15/09/2023"`, "@45184.0": `"15/09/2023"`, "@45184.5": `"15/09/2023"`,
		"@45184.000001": `"15/09/2023"`, "@45184.00001": `~"15/09/2023"`, // a tenth of a second, a second
		"@45184.1249": `~"15/09/2023"`, "@45184.125": `"15/09/2023"`, // 2:59, 3:00
		"@45184.8749": `"15/09/2023"`, "@45184.875": `~"15/09/2023"`, "@45184.9": `~"15/09/2023"`, // 20:59, 21:00, 21:36
		"@45184.99999": `~"15/09/2023"`, "@45184.999995": `~"16/09/2023"`, "@45184.9999999": `~"16/09/2023"`,
	})
}

// A row that says anything at all needs a reference; blanks say nothing.
func TestUnSeulSigne(t *testing.T) {
	t.Parallel()
	vide := make([]string, len(titres()))
	signe := slices.Clone(vide)
	signe[4] = "x"
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(), vide, signe))
	if len(lot.Fautes) != 1 || lot.Fautes[0].Lieu.In(modele.Francais) != "a.csv, ligne 4, colonne A (referenceCommande)" {
		t.Errorf("faults:\n%s", phrases(lot.Fautes))
	}
}

// Hidden rows are told from the one under the headings on.
func TestRangeesMasquees(t *testing.T) {
	t.Parallel()
	f := feuille("a.xlsx", "Commandes", []string{"Export du 02/10"}, titres(), juste(), juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002", "FINESSGeo", "995000015"))
	for _, c := range []struct {
		masquees []int
		want     string
	}{{[]int{1, 2, 3, 4}, "a.xlsx, feuille Commandes [3 4]"}, {[]int{1, 2}, ""}, {[]int{4}, "a.xlsx, feuille Commandes [4]"}, {nil, ""}} {
		f.Masquees = func() []int { return c.masquees }
		lot, _, _ := preparer(t, preparation.Options{}, f)
		got := ""
		for _, m := range lot.Masquees {
			got += fmt.Sprint(m.Lieu.In(modele.Francais), " ", m.Lignes)
		}
		if got != c.want {
			t.Errorf("%v: %q, want %q", c.masquees, got, c.want)
		}
	}
}

// A repair has its cell, in whichever column; so has one of the first column of the table.
func TestPlaceDesReparations(t *testing.T) {
	t.Parallel()
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("numeroEditeur", "A 0001", "IsRefSoins", "non", "isMaitreId", "x")))
	var got []string
	for _, r := range lot.Reparations {
		got = append(got, r.In(modele.Francais))
	}
	want := []string{
		"a.csv, ligne 2, colonne B (numeroEditeur) : « A 0001 » → « A0001 », ",
		"a.csv, ligne 2, colonne AA (isMaitreId) : « x » → oui, ",
	}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("%s, want %s", got[i], want[i])
		}
	}
}

// A table is looked up as it is written first, then without case and blanks; what then says two things is not known.
func TestTableALaLettre(t *testing.T) {
	t.Parallel()
	m, fautes := preparation.LireMapping(ms1dui.Courante(), "ventes.yaml", []byte(correspondance))
	if len(fautes) > 0 {
		t.Fatal(phrases(fautes))
	}
	table := map[string]string{"Notre messagerie": "MAI_15", "NOTRE MESSAGERIE": "MAI_16", "autre": "MAI_17", "Autre": "MAI_17"}
	for cellule, want := range map[string]string{
		"Notre messagerie": "MAI_15", " Notre messagerie\u00a0": "MAI_15", "NOTRE MESSAGERIE": "MAI_16", "notre messagerie": "", "AUTRE": "MAI_17", "autre": "MAI_17", "Autres": "",
	} {
		rangees := [][]string{ventes[0], slices.Clone(ventes[1])}
		rangees[1][10] = cellule
		lot, fichiers, _ := preparer(t, preparation.Options{Mapping: m, Tables: map[string]map[string]string{"operateurs.csv": table}}, feuille("crm.xlsx", "Ventes", rangees...))
		inconnu := slices.ContainsFunc(lot.Fautes, func(f preparation.Faute) bool { return f.Code == "T006" })
		if inconnu != (want == "") || want != "" && !strings.Contains(fichiers[0], `"operateurMessagerie": "`+want+`"`) {
			t.Errorf("%q: want %q\n%s", cellule, want, phrases(lot.Fautes))
		}
	}
}

// A mapping that speaks of a table or a tag that is not there is told at its place; no row is read with it.
func TestMappingNonVerifie(t *testing.T) {
	t.Parallel()
	m, _ := preparation.LireMapping(ms1dui.Courante(), "ventes.yaml", []byte(correspondance))
	if got := fmt.Sprint(m.Tables()); got != "[operateurs.csv]" {
		t.Errorf("tables %s", got)
	}
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("crm.xlsx", "Ventes", ventes...)}, preparation.Options{Mapping: m})
	if err != nil || lot.Nombre() != 0 || !lot.Bloquant() || len(lot.Fautes) != 1 {
		t.Fatalf("%v, %d orders\n%s", err, lot.Nombre(), phrases(lot.Fautes))
	}
	if got := lot.Fautes[0].In(modele.Francais); got != "ventes.yaml, ligne 18, colonne 3 : operateurMessagerie : la table operateurs.csv n'a pas été lue" {
		t.Error(got)
	}
	seul := preparation.Mapping{Nom: "m.yaml", Commande: []string{"N° BC"}}
	lot, _ = preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("crm.xlsx", "Ventes", ventes...)}, preparation.Options{Mapping: seul})
	if lot.Nombre() != 0 || len(lot.Fautes) == 0 {
		t.Errorf("a mapping of the reference alone is not the layout: %d orders\n%s", lot.Nombre(), phrases(lot.Fautes))
	}
}

// A mapping file of a megabyte is read, one byte more is not.
func TestMappingTropGrand(t *testing.T) {
	t.Parallel()
	juste := correspondance + "#" + strings.Repeat("x", 1<<20-len(correspondance)-1)
	if m, fautes := preparation.LireMapping(ms1dui.Courante(), "m.yaml", []byte(juste)); len(fautes) > 0 || len(m.Balises) == 0 {
		t.Errorf("%d tags\n%s", len(m.Balises), phrases(fautes))
	}
	_, fautes := preparation.LireMapping(ms1dui.Courante(), "m.yaml", []byte(juste+"x"))
	if len(fautes) != 1 || fautes[0].In(modele.Francais) != "m.yaml : le fichier dépasse 1 Mo" {
		t.Errorf("%s", phrases(fautes))
	}
}

// Each fault of a mapping is told in full, and the rest of it is read.
func TestFautesDuMappingALaLettre(t *testing.T) {
	t.Parallel()
	for yaml, want := range map[string]string{
		"commande: A\nbalises:\n  FINESSGeo:\n":           "m.yaml, ligne 3, colonne 14 : des couples « clé: valeur » sont attendus ici",
		"commande: [A, {b: c}]":                           "m.yaml, ligne 1, colonne 15 : un texte est attendu ici",
		"commande: ~":                                     "m.yaml, ligne 1, colonne 11 : un texte est attendu ici",
		"# rien\n":                                        "m.yaml : le fichier est vide",
		"commande: A\ncommande: B\n":                      "m.yaml, ligne 2, colonne 1 : cette clé est déjà donnée plus haut",
		"commande: A\n---\ncommande: B\n":                 "m.yaml, ligne 3, colonne 9 : un seul document est attendu : rien derrière « --- »",
		"commande: A\nbalises:\n  FINESSGeo: {colone: B}": "m.yaml, ligne 3, colonne 15 : « colone » n'est pas connu ; la plus proche : « colonne »",
		"commande: A\nfeuile: B\nbalises:\n  dateComande: {colonne: C}\n  FINESSGeo: {table: T}\n": "m.yaml, ligne 2, colonne 1 : « feuile » n'est pas connu ; la plus proche : « feuille »; " +
			"m.yaml, ligne 4, colonne 3 : « dateComande » n'est pas connu ; la plus proche : « dateCommande »; m.yaml, ligne 5, colonne 3 : FINESSGeo n'a ni colonne ni constante",
		"commande: A\nbalises:\n  FINESSGeo: {constante: x, table: T}": "m.yaml, ligne 3, colonne 3 : FINESSGeo a une constante : ni colonne ni table à côté",
	} {
		_, fautes := preparation.LireMapping(ms1dui.Courante(), "m.yaml", []byte(yaml))
		var got []string
		for _, f := range fautes {
			got = append(got, f.In(modele.Francais))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: %q\nwant %q", yaml, got, want)
		}
	}
}

// Texts of a mapping are taken as they are written, whatever YAML would make of them.
func TestTextesDuMapping(t *testing.T) {
	t.Parallel()
	yaml := "feuille: 2023\ncommande:\n  - 007\n  - no\nbalises:\n  FINESSGeo: {colonne: 1.10}\n  ancienneVersion:\n    constante: |\n      V3\n  regimeTVA: {constante: ''}\n"
	m, fautes := preparation.LireMapping(ms1dui.Courante(), "m.yaml", []byte(yaml))
	if len(fautes) > 0 || m.Nom != "m.yaml" || m.Feuille != "2023" || fmt.Sprint(m.Commande) != "[007 no]" || m.Balises["FINESSGeo"].Colonne != "1.10" || *m.Balises["regimeTVA"].Constante != "" {
		t.Errorf("%+v\n%s", m, phrases(fautes))
	}
	if c := m.Balises["ancienneVersion"].Constante; c == nil || *c != "V3\n" {
		t.Errorf("ancienneVersion: %v", c)
	}
	if got := m.Balises["FINESSGeo"].Lieu.In(modele.Francais); got != "m.yaml, ligne 6, colonne 3" {
		t.Error(got)
	}
}

// What a format shows is read only where it is certain on every machine.
func TestFormatsIncertains(t *testing.T) {
	t.Parallel()
	lues(t, "telephoneResponsableOG", map[string]string{"#199001001|#,##0": `~"+33 199001001"`, "#199001001|;;;": "T030", "#199001001|0": `~"+33 199001001"`})
	lues(t, "montantSegurHT", map[string]string{"#2433.330|0.00": "2433.33", "#2433.3300000|#,##0.00": "2433.33", "#2433.330000000001|0.00": "~2433.33"})
	lues(t, "ancienneVersion", map[string]string{"lâche": `"lâche"`, "â€¦": "T032", "â‚¬": "T032", "Œuvre": `"Œuvre"`, "Å“uvre": "T032", "√ 2": `"√ 2"`, "'abc": `~"abc"`, "'t Hooft": `"'t Hooft"`, "'1": `~"1"`, "'+1": `~"+1"`, "'9b": `~"9b"`})
}
