package preparation_test

import (
	"slices"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// A row that ends before the column of the references, or has one that cannot be read, is told at that column.
func TestReferenceHorsDAtteinte(t *testing.T) {
	t.Parallel()
	tournes := func(r []string) []string { return append(slices.Clone(r[1:]), r[0]) }
	for nom, r := range map[string][]string{
		"short row":      tournes(juste())[:3],
		"shortened":      tournes(juste("referenceCommande", "2,02309E+11")),
		"long reference": tournes(juste("referenceCommande", strings.Repeat("x", 16<<10+1))),
	} {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", tournes(titres()), tournes(juste()), r))
		if lot.Nombre() != 1 || len(lot.Fautes) != 1 || lot.Fautes[0].Lieu.In(modele.Francais) != "a.csv, ligne 3, colonne AE (referenceCommande)" {
			t.Errorf("%s: %d orders\n%s", nom, lot.Nombre(), phrases(lot.Fautes))
		}
	}
	longue := juste("referenceCommande", strings.Repeat("x", 16<<10))
	if lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), longue)); lot.Nombre() != 1 {
		t.Errorf("a reference of 16 kB: %s", phrases(lot.Fautes))
	}
}

// A text is kept up to 65,535 bytes of JSON, a cell up to 16 kB.
func TestTextesAuBord(t *testing.T) {
	t.Parallel()
	controles := strings.Repeat("\x01", 10_922) // six bytes each in JSON, and two quotes
	for nom, c := range map[string]struct {
		texte  string
		refuse bool
	}{
		"JSON just long enough to keep": {controles + "x", false}, "a byte more": {controles + "xx", true},
		"the longest cell": {strings.Repeat("x", 16<<10), false}, "a longer cell": {strings.Repeat("x", 16<<10+1), true}, "no UTF-8": {"V3\xff", true},
	} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("ancienneVersion", c.texte)))
		if got := slices.ContainsFunc(fautes, func(f preparation.Faute) bool { return f.Code == "T005" }); got != c.refuse {
			t.Errorf("%s: refused %t\n%s", nom, got, phrases(fautes))
		}
	}
}

// Codes and choices are looked for in texts of a sentence's length, not in pages.
func TestValeursLongues(t *testing.T) {
	t.Parallel()
	points := func(t string, n int) string { return t + strings.Repeat(".", n-len(t)) }
	lues(t, "operateurMessagerie", map[string]string{points("Mailiz", 160): `~"MAI_15"`, points("Mailiz", 161): "F117", points("mai 15", 160): `~"MAI_15"`, points("mai 15", 161): "F117"})
	lues(t, "regimeTVA", map[string]string{points("ttc", 80): `~"TTC"`, points("ttc", 81): "F116"})
}

// A place may be the first row, or no row at all.
func TestLieuSansColonne(t *testing.T) {
	t.Parallel()
	for want, l := range map[string]preparation.Lieu{
		"a.csv": {Fichier: "a.csv"}, "a.csv, ligne 1": {Fichier: "a.csv", Ligne: 1}, "a.csv, ligne 2 (SIRET)": {Fichier: "a.csv", Ligne: 2, Balise: "SIRET"}, "a.xlsx, feuille F, colonne B": {Fichier: "a.xlsx", Feuille: "F", Colonne: "B"},
	} {
		if got := l.In(modele.Francais); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A yes or no that a condition takes away is shown as one says it, other texts as they stand in the cell.
func TestReparationsVidees(t *testing.T) {
	t.Parallel()
	for avant, want := range map[string]string{"true": "« oui » → (vide)", "false": "« non » → (vide)", "vrai": "« vrai » → (vide)"} {
		r := preparation.Reparation{Lieu: preparation.Lieu{Fichier: "a.csv"}, Avant: avant, Apres: "null"}
		if got := r.In(modele.Francais); !strings.Contains(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	r := preparation.Reparation{Lieu: preparation.Lieu{Fichier: "a.csv"}, Avant: "true", Apres: `"TRUE"`}
	if got := r.In(modele.Francais); !strings.Contains(got, "« true » → « TRUE »") {
		t.Error(got)
	}
}

// Why a value is another one than that of the cell is told for each kind.
func TestMotifs(t *testing.T) {
	t.Parallel()
	for want, c := range map[string][2]string{
		"code de ce libellé": {"operateurMessagerie", "Mailiz"}, "graphie du code": {"operateurMessagerie", "mai 15"}, "graphie de la valeur admise": {"regimeTVA", "ttc"},
		"numéro de jour d'un tableur": {"dateCommande", "45184"}, "date mise au format JJ/MM/AAAA": {"dateCommande", "2023-09-15"}, "oui ou non écrit autrement": {"isMaitreId", "x"},
		"jour que la cellule montre, sans son heure : vérifiez-le, minuit est proche": {"dateCommande", "@45184.99"},
	} {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(c[0], c[1])))
		if len(lot.Reparations) != 1 || lot.Reparations[0].Motif.Fr != want {
			t.Errorf("%v: %v, want %q", c, lot.Reparations, want)
		}
	}
}

// What is wrong with one of several ESMS of an OG is told at its own row.
func TestPlaceDeChaqueESMS(t *testing.T) {
	t.Parallel()
	faux := func(finess string) []string { return juste("FINESSGeo", finess) }
	_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(), faux("995000016"), juste("FINESSGeo", "995000023"),
		juste("FINESSJuridique", "990000028", "FINESSGeo", "995000031"), juste("FINESSJuridique", "990000028", "FINESSGeo", "995000042")))
	var got []string
	for _, f := range fautes {
		got = append(got, f.Code+" "+f.Lieu.In(modele.Francais))
	}
	if want := "A502 a.csv, ligne 3, colonne Y (FINESSGeo); A502 a.csv, ligne 6, colonne Y (FINESSGeo)"; strings.Join(got, "; ") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, "; "), want)
	}
}

// Twelve is a month as well as a day: beside a cell that has the month first it is in doubt.
func TestLeDouzeDuMois(t *testing.T) {
	t.Parallel()
	_, dites := datees(t, false, "12/09/2022", "12/25/2022")
	if !memes(dites, []string{"2 T019", "3 T019"}) {
		t.Errorf("told %v", dites)
	}
	_, dites = datees(t, false, "13/09/2022", "12/25/2022")
	if !memes(dites, []string{"3 T019"}) {
		t.Errorf("told %v", dites)
	}
}

// An OG that came and one that went leave the others to be compared; several that went are told one by one.
func TestComparerLesOG(t *testing.T) {
	t.Parallel()
	og := func(n int, changees ...string) []string {
		return juste(append([]string{"numeroEditeur", "", "FINESSJuridique", corpus.Finess(n), "FINESSGeo", corpus.Finess(500_000 + n), "BON_COMMANDE", "a.pdf"}, changees...)...)
	}
	avant := deposee(t, og(1), og(2), og(3))
	got := changements(t, une(t, og(4), og(2, "nomResponsableOG", "NOUVELLE", "ancienneVersion", "V9")), avant, modele.Francais)
	want := []string{
		"a.csv, ligne 3, colonne T (nomResponsableOG) : DURANDAL → NOUVELLE",
		"a.csv, ligne 2, colonne J (FINESSJuridique) : OG " + corpus.Finess(4) + " ajouté",
		"a.csv, ligne 2, colonne J (FINESSJuridique) : OG " + corpus.Finess(1) + " retiré",
		"a.csv, ligne 2, colonne J (FINESSJuridique) : OG " + corpus.Finess(3) + " retiré",
		"a.csv, ligne 3, colonne Z (ancienneVersion) : V3.2 → V9",
		"a.csv, ligne 2, colonne Y (FINESSGeo) : ESMS " + corpus.Finess(500_004) + " ajouté",
		"a.csv, ligne 2, colonne Y (FINESSGeo) : ESMS " + corpus.Finess(500_001) + " retiré",
		"a.csv, ligne 2, colonne Y (FINESSGeo) : ESMS " + corpus.Finess(500_003) + " retiré",
	}
	lignes := strings.Split(got, "\n")
	slices.Sort(lignes)
	slices.Sort(want)
	if !slices.Equal(lignes, want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(lignes, "\n"), strings.Join(want, "\n"))
	}
}

// What a guess leaves is listed: each heading that gives nothing, once, and each tag without a column.
func TestRestesDUneDevinette(t *testing.T) {
	t.Parallel()
	p := preparation.Deviner(ms1dui.Courante(), []string{"N° de commande", "Date commande", "", "Commentaire", "Couleur"})
	if got := strings.Join(p.Inutilisees, ", "); got != "Commentaire, Couleur" {
		t.Errorf("not used: %s", got)
	}
	if len(p.SansColonne) != len(titres())-2 || slices.Contains(p.SansColonne, "dateCommande") || slices.Contains(p.SansColonne, preparation.ColonneReference) || len(p.Mapping.Balises) != 1 {
		t.Errorf("without a column: %v", p.SansColonne)
	}
	want := "# Correspondance proposée d'après les titres des colonnes : relisez-la avant de préparer.\ncommande: \"N° de commande\"\nbalises:\n  dateCommande: {colonne: \"Date commande\"}\n\n# Balises sans colonne"
	if got := string(p.YAML(modele.Francais)); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "\n# Colonnes inutilisées :\n#   Commentaire\n#   Couleur\n") {
		t.Errorf("%s", got)
	}
}

// A document whose name a format makes has the blanks that the format shows.
func TestPieceMontree(t *testing.T) {
	t.Parallel()
	for cellule, want := range map[string]string{`#14|"bon "000".pdf"`: "bon 014.pdf", "#14": "14"} {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("c.xlsx", "Commandes", titres(), juste("BON_COMMANDE", cellule)))
		for d := range lot.Demandes() {
			if got := d.Documents()[0].Chemin; got != want {
				t.Errorf("%s: %q, want %q", cellule, got, want)
			}
		}
	}
}

// A document has a name by the norm once its demande has a number, and only where its format is one that the norm knows.
func TestNomDePiece(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ chemin, numero, want string }{
		{"bon.pdf", "A0001", "MS1-DUI-Va1-BDC-A0001.pdf"}, {"bon.PDF", "A0001", "MS1-DUI-Va1-BDC-A0001.pdf"},
		{"bon.pdf", "", ""}, {"bon.doc", "A0001", ""}, {"bon", "A0001", ""}, {"bon.doc", "", ""},
	} {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("c.xlsx", "Commandes", titres(), juste("BON_COMMANDE", c.chemin, "numeroEditeur", c.numero)))
		for d := range lot.Demandes() {
			if got := d.Documents()[0].Nom; got != c.want {
				t.Errorf("%s of %q: %q, want %q", c.chemin, c.numero, got, c.want)
			}
		}
	}
}
