package appariement_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"guichet/appariement"
)

func repertoire(fichiers ...string) *appariement.Repertoire {
	r := &appariement.Repertoire{}
	for _, f := range fichiers {
		r.Ajouter(f, f)
	}
	return r
}

// A name is found as it is written, else by what people and systems change of it, never by another number.
func TestChercher(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct {
		fichiers  []string
		chemin    string
		want      []string
		precision appariement.Precision
		dessous   bool
	}{
		"exact":                    {[]string{"bon.pdf", "Bon.pdf"}, "bon.pdf", []string{"bon.pdf"}, appariement.Exacte, false},
		"backslashes":              {[]string{"signes/bon.pdf"}, `signes\bon.pdf`, []string{"signes/bon.pdf"}, appariement.Exacte, false},
		"dot":                      {[]string{"bon.pdf"}, "./bon.pdf", []string{"bon.pdf"}, appariement.Exacte, false},
		"decomposed file":          {[]string{norm.NFD.String("Crèche.pdf")}, "Crèche.pdf", []string{norm.NFD.String("Crèche.pdf")}, appariement.Ecriture, false},
		"decomposed cell":          {[]string{"Crèche.pdf"}, norm.NFD.String("Crèche.pdf"), []string{"Crèche.pdf"}, appariement.Ecriture, false},
		"decomposed folder":        {[]string{norm.NFD.String("été/bon.pdf")}, "été/bon.pdf", []string{norm.NFD.String("été/bon.pdf")}, appariement.Ecriture, false},
		"no-break space":           {[]string{"bon 14.pdf"}, "bon\u00a014.pdf", []string{"bon 14.pdf"}, appariement.Ecriture, false},
		"narrow space":             {[]string{"bon\u202f14.pdf"}, "bon 14.pdf", []string{"bon\u202f14.pdf"}, appariement.Ecriture, false},
		"apostrophe":               {[]string{"l’été.pdf"}, "l'été.pdf", []string{"l’été.pdf"}, appariement.Ecriture, false},
		"dash":                     {[]string{"bon–14.pdf"}, "bon-14.pdf", []string{"bon–14.pdf"}, appariement.Ecriture, false},
		"escaped":                  {[]string{"bon 14.pdf"}, "bon%2014.pdf", []string{"bon 14.pdf"}, appariement.Ecriture, false},
		"no escape":                {[]string{"100%.pdf"}, "100%.pdf", []string{"100%.pdf"}, appariement.Exacte, false},
		"blank at the end":         {[]string{"bon 14 .pdf"}, "bon 14.pdf", []string{"bon 14 .pdf"}, appariement.Ecriture, false},
		"blank after extension":    {[]string{"bon 14.pdf"}, "bon 14.pdf ", []string{"bon 14.pdf"}, appariement.Ecriture, false},
		"soft hyphen":              {[]string{"com\u00admande.pdf"}, "commande.pdf", []string{"com\u00admande.pdf"}, appariement.Ecriture, false},
		"case":                     {[]string{"BON 14.PDF"}, "bon 14.pdf", []string{"BON 14.PDF"}, appariement.Casse, false},
		"case of accents":          {[]string{"CRÈCHE.PDF"}, "crèche.pdf", []string{"CRÈCHE.PDF"}, appariement.Casse, false},
		"jpeg":                     {[]string{"bon.JPEG"}, "bon.jpg", []string{"bon.JPEG"}, appariement.Extension, false},
		"jpg":                      {[]string{"bon.jpg"}, "bon.jpeg", []string{"bon.jpg"}, appariement.Extension, false},
		"other format":             {[]string{"bon.png"}, "bon.pdf", nil, 0, false},
		"folder below":             {[]string{"2023/bon.pdf"}, "bon.pdf", []string{"2023/bon.pdf"}, appariement.Exacte, true},
		"folder below and case":    {[]string{"2023/Bon.pdf"}, "bon.pdf", []string{"2023/Bon.pdf"}, appariement.Casse, true},
		"here before below":        {[]string{"2023/bon.pdf", "Bon.pdf"}, "bon.pdf", []string{"Bon.pdf"}, appariement.Casse, false},
		"accents before case":      {[]string{"CRÈCHE.pdf", norm.NFD.String("crèche.pdf")}, "crèche.pdf", []string{norm.NFD.String("crèche.pdf")}, appariement.Ecriture, false},
		"another folder":           {[]string{"2022/bon.pdf"}, "2023/bon.pdf", nil, 0, false},
		"end of a folder's name":   {[]string{"vieux2023/bon.pdf"}, "2023/bon.pdf", nil, 0, false},
		"two by case":              {[]string{"Bon.pdf", "BON.pdf"}, "bon.pdf", []string{"Bon.pdf", "BON.pdf"}, appariement.Casse, false},
		"two below":                {[]string{"a/bon.pdf", "b/bon.pdf"}, "bon.pdf", []string{"a/bon.pdf", "b/bon.pdf"}, appariement.Exacte, true},
		"12 is not 112":            {[]string{"commande 112.pdf"}, "commande 12.pdf", nil, 0, false},
		"12 is not 012":            {[]string{"commande 012.pdf"}, "commande 12.pdf", nil, 0, false},
		"without accents":          {[]string{"creche.pdf"}, "crèche.pdf", nil, 0, false},
		"part of a name":           {[]string{"bon 14 signé.pdf"}, "bon 14.pdf", nil, 0, false},
		"empty":                    {[]string{"bon.pdf"}, "", nil, 0, false},
		"a point at the beginning": {[]string{".pdf"}, ".PDF", []string{".pdf"}, appariement.Casse, false},
	} {
		got := repertoire(c.fichiers...).Chercher(c.chemin)
		if !slices.Equal(got.Fichiers, c.want) || got.Precision != c.precision || got.SousDossier != c.dessous {
			t.Errorf("%s: %+v", nom, got)
		}
	}
}

// One file under two paths, from two folders that are looked into, is one file.
func TestChercherSameFile(t *testing.T) {
	t.Parallel()
	r := &appariement.Repertoire{}
	r.Ajouter("/bureau/bons/Bon.pdf", "Bon.pdf")
	r.Ajouter("/bureau/bons/Bon.pdf", "bons/Bon.pdf")
	if got := r.Chercher("bon.pdf"); !slices.Equal(got.Fichiers, []string{"/bureau/bons/Bon.pdf"}) {
		t.Errorf("%+v", got)
	}
}

// Names are proposed: those that hold the number first, those without it only when nothing else is near.
func TestProches(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct {
		fichiers []string
		chemin   string
		indices  []string
		want     string
	}{
		"number inside":     {[]string{"Bon de commande BC2023-014 signé.pdf", "Bon de commande BC2023-114.pdf"}, "BC-2023-014.pdf", nil, "Bon de commande BC2023-014 signé.pdf"},
		"reference":         {[]string{"scan_BC-2023-014.pdf", "scan_BC-2023-015.pdf"}, "x.pdf", []string{"BC-2023-014"}, "scan_BC-2023-014.pdf"},
		"other folder":      {[]string{"2022/bon.pdf"}, "2023/bon.pdf", nil, "2022/bon.pdf"},
		"accents":           {[]string{"creche.pdf", "zzz.pdf"}, "crèche.pdf", nil, "creche.pdf"},
		"same number first": {[]string{"commande 112.pdf", "comande 12.pdf"}, "commande 12.pdf", nil, "comande 12.pdf commande 112.pdf"},
		"other format":      {[]string{"bon 12.png"}, "bon 12.pdf", nil, "bon 12.png"},
		"taken":             {[]string{"pris 12.pdf"}, "12.pdf", nil, ""},
		"nothing near":      {[]string{"facture.pdf"}, "bon 14.pdf", nil, ""},
		"three at most":     {[]string{"a 1.pdf", "b 1.pdf", "c 1.pdf", "d 1.pdf"}, "1.pdf", nil, "a 1.pdf b 1.pdf c 1.pdf"},
	} {
		got := repertoire(c.fichiers...).Proches(c.chemin, c.indices, 3, func(f string) bool { return strings.HasPrefix(f, "pris") })
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q", nom, got)
		}
	}
}

// A name that was changed as systems change names finds its file, and no name finds a file of another number.
func TestChercherProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		numeros := rapid.SliceOfNDistinct(rapid.IntRange(1, 3000), 1, 8, rapid.ID[int]).Draw(t, "numbers")
		tournure := rapid.SampledFrom([]string{"Crèche %.pdf", "l’été/bon-%.pdf", "BON N° %.jpeg", "%.png"}).Draw(t, "form")
		r := &appariement.Repertoire{}
		noms := map[int]string{}
		for _, n := range numeros {
			noms[n] = strings.Replace(tournure, "%", strconv.Itoa(n), 1)
			r.Ajouter(noms[n], noms[n])
		}
		for _, n := range numeros {
			chemin := noms[n]
			for _, changer := range rapid.SliceOf(rapid.SampledFrom([]func(string) string{
				norm.NFD.String, norm.NFC.String, strings.ToUpper, strings.ToLower,
				func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
				func(s string) string { return strings.ReplaceAll(s, "’", "'") },
				func(s string) string { return strings.ReplaceAll(s, "/", `\`) },
				func(s string) string { return strings.ReplaceAll(s, ".jpeg", ".jpg") },
			})).Draw(t, "changes") {
				chemin = changer(chemin)
			}
			if got := r.Chercher(chemin); !slices.Equal(got.Fichiers, []string{noms[n]}) {
				t.Fatalf("%q: %+v", chemin, got)
			}
		}
		if got := r.Chercher(strings.Replace(tournure, "%", "3001", 1)); len(got.Fichiers) > 0 {
			t.Fatalf("found %q", got.Fichiers)
		}
	})
}
