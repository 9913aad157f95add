package ajustement_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/controle"
	"guichet/export"
	"guichet/modele"
	"guichet/modele/ajustement"
	"guichet/modele/ms1dui"
)

func comparer(t interface {
	Helper()
	Fatal(...any)
}, octets []byte) *ajustement.Comparaison {
	t.Helper()
	c, err := ajustement.Comparer(ms1dui.Courante(), "modele.json", octets)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func dits(c *ajustement.Comparaison) string {
	var lignes []string
	for _, e := range c.Ecarts {
		lignes = append(lignes, fmt.Sprintf("%d:%d %s %t %s", e.Ligne, e.Colonne, e.Balise, e.Ajuste, e.Message.Fr))
	}
	return strings.Join(lignes, "\n")
}

// What the table itself writes does not differ from it, empty or filled in; nor do the demandes alone.
func TestOwnTemplate(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		for _, octets := range [][]byte{export.Template(m), export.Exemple(m)} {
			c, err := ajustement.Comparer(m, "modele.json", octets)
			if err != nil || len(c.Ecarts) > 0 || !c.Ajustements.Vide() || c.Balises < 35 {
				t.Errorf("%s: %v, %s", m.Edition, err, dits(c))
			}
			n, err := c.Ajustements.Appliquer(m)
			if err != nil || !bytes.Equal(export.Template(n), export.Template(m)) {
				t.Errorf("%s: another table, %v", m.Edition, err)
			}
		}
	}
	exemple := string(export.Exemple(ms1dui.Courante()))
	debut := strings.Index(exemple, "[")
	if c := comparer(t, []byte(exemple[debut:strings.LastIndex(exemple, "]")+1])); len(c.Ecarts) > 0 {
		t.Errorf("the demandes alone: %s", dits(c))
	}
}

// What differs is told tag by tag, with its place in the file, and adjusted where the table can take it.
func TestComparer(t *testing.T) {
	t.Parallel()
	exemple := string(export.Exemple(ms1dui.Courante()))
	for nom, c := range map[string]struct {
		de, vers string
		balise   string
		ajuste   bool
		dit      string
		change   ajustement.Balise
	}{
		"abbreviation": {"AdminTechnique\": \"+33", "AdminTech\": \"+33", "", true, "appelée ", ajustement.Balise{}},
		"case":         {`"IsStockageId"`, `"isStockageId"`, "IsStockageId", true, "écrite isStockageId (casse)", ajustement.Balise{Balise: "IsStockageId", Nom: "isStockageId"}},
		"short":        {`"telephoneResponsableOG"`, `"telResponsableOG"`, "telephoneResponsableOG", true, "appelée telResponsableOG", ajustement.Balise{Balise: "telephoneResponsableOG", Nom: "telResponsableOG"}},
		"other word":   {`"ancienneVersion"`, `"versionPrecedente"`, "ancienneVersion", true, "appelée versionPrecedente", ajustement.Balise{Balise: "ancienneVersion", Nom: "versionPrecedente"}},
		"object":       {`"certificatServeur"`, `"infosCertificat"`, "certificatServeur", true, "appelée infosCertificat", ajustement.Balise{Balise: "certificatServeur", Nom: "infosCertificat"}},
		"null":         {`"ancienneVersion": "V3.2"`, `"ancienneVersion": null`, "ancienneVersion", true, "null, où le tableau veut une valeur", ajustement.Balise{Balise: "ancienneVersion", Nul: true}},
		"no null":      {`"nomMandataire": null`, `"nomMandataire": "ROLAND"`, "nomMandataire", true, `"ROLAND", où le tableau veut null`, ajustement.Balise{Balise: "nomMandataire", Nul: true}},
		"text":         {`"montantSegurHT": 2433.33`, `"montantSegurHT": "2433.33"`, "montantSegurHT", false, `la valeur d'exemple "2433.33" n'est pas du type attendu : nombre supérieur à 0`, ajustement.Balise{}},
		"missing":      {"\"ancienneVersion\": \"V3.2\",", "", "ancienneVersion", false, "absente du fichier (le tableau la met dans scenarioInstallation)", ajustement.Balise{}},
		"unknown":      {`"ancienneVersion":`, `"commentaireLibre": null, "ancienneVersion":`, "commentaireLibre", false, "inconnue du tableau", ajustement.Balise{}},
		"fixed":        {`"numeroAns"`, `"numeroANS"`, "numeroAns", false, "ne s'ajuste pas", ajustement.Balise{}},
	} {
		octets := strings.Replace(exemple, c.de, c.vers, 1)
		if octets == exemple {
			t.Errorf("%s: nothing to change", nom)
			continue
		}
		r := comparer(t, []byte(octets))
		if len(r.Ecarts) != 1 {
			t.Errorf("%s: %d differences\n%s", nom, len(r.Ecarts), dits(r))
			continue
		}
		e := r.Ecarts[0]
		if c.balise != "" && e.Balise != c.balise || e.Ajuste != c.ajuste || !strings.Contains(e.Message.Fr, c.dit) || e.Message.En == "" || strings.Contains(e.Message.Fr+e.Message.En, "%!") {
			t.Errorf("%s: %s / %s", nom, dits(r), e.Message.En)
		}
		if c.change.Balise != "" && !slices.Contains(r.Ajustements.Balises, c.change) {
			t.Errorf("%s: %+v", nom, r.Ajustements)
		}
		if want := 1 + strings.Count(octets[:strings.Index(octets, c.vers)], "\n"); c.vers != "" && !strings.HasPrefix(c.vers, "AdminTech") && e.Ligne != want {
			t.Errorf("%s: line %d, want %d", nom, e.Ligne, want)
		}
	}
}

// An empty skeleton has null everywhere: that tells nothing.
func TestSkeleton(t *testing.T) {
	t.Parallel()
	octets := export.Template(ms1dui.Courante())
	octets = bytes.ReplaceAll(octets, []byte(`""`), []byte("null"))
	if c := comparer(t, octets); len(c.Ecarts) > 0 || c.Rempli {
		t.Errorf("%s", dits(c))
	}
	if c := comparer(t, []byte(`{"a": 1}`)); len(c.Ecarts) != 1 || c.Balises > 1 && !strings.Contains(c.Ecarts[0].Message.Fr, "aucune balise") {
		t.Logf("%s", dits(c))
	}
	if _, err := ajustement.Comparer(ms1dui.Courante(), "x", []byte(`{`)); err == nil {
		t.Error("half a file was read")
	}
}

// certificatServeur may be no object: its tags then stand in the OG, and the conditions still hold.
func TestFlat(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	var a ajustement.Ajustements
	for _, b := range dans(m, "certificatServeur") {
		a.Balises = append(a.Balises, ajustement.Balise{Balise: b, Dans: "etablissementsClients"})
	}
	a.Balises = append(a.Balises, ajustement.Balise{Balise: "certificatServeur", Retirer: true})
	retrouver(t, m, &a)
}

// dans lists the tags of an object.
func dans(m *modele.Modele, objet string) (balises []string) {
	var chercher func([]modele.Champ)
	chercher = func(champs []modele.Champ) {
		for _, c := range champs {
			if c.Balise == objet {
				for _, e := range c.Champs {
					balises = append(balises, e.Balise)
				}
			}
			chercher(c.Champs)
		}
	}
	chercher(m.EnTete)
	return balises
}

// retrouver writes a file of an adjusted table: the comparison finds adjustments that make the same table, in which that
// very file has no fault; a file of ours has.
func retrouver(t interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}, m *modele.Modele, a *ajustement.Ajustements) {
	t.Helper()
	voulu, err := a.Appliquer(m)
	if err != nil {
		t.Fatal(err)
	}
	octets := export.Exemple(voulu)
	c := comparer(t, octets)
	relus, fautes := ajustement.Lire(m, c.Ajustements.YAML())
	if len(fautes) > 0 {
		t.Fatalf("%s\n%s", fautes[0].In(modele.Francais), c.Ajustements.YAML())
	}
	trouve, err := relus.Appliquer(m)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := export.Template(trouve), export.Template(voulu); !bytes.Equal(got, want) {
		t.Fatalf("another table\n%s\n%s\n%s\n%s", dits(c), c.Ajustements.YAML(), got, want)
	}
	if n := fautesDe(trouve, octets); n != "" {
		t.Fatalf("the file has faults in the table that was found: %s", n)
	}
	if renomme(a) && fautesDe(trouve, export.Exemple(m)) == "" {
		t.Fatalf("our own file has no fault in another table")
	}
}

// renomme tells whether a file of the table itself has to fail.
func renomme(a *ajustement.Ajustements) bool {
	return slices.ContainsFunc(a.Balises, func(b ajustement.Balise) bool {
		return b.Dans != "" || b.Nom != "" && !strings.EqualFold(b.Nom, b.Balise)
	})
}

func fautesDe(m *modele.Modele, octets []byte) (dites string) {
	f := controle.Controler(m, octets, controle.Options{Aujourdhui: time.Date(2023, 10, 2, 0, 0, 0, 0, time.UTC)}).Fichier(modele.Francais)
	for d := range f.All() {
		if d.Gravite >= modele.Erreur {
			dites += d.Code + " " + d.Message + "\n"
		}
	}
	return dites
}

// ajustables are the tags that can be renamed.
func ajustables(m *modele.Modele) (balises []string) {
	for _, objet := range []string{"commande", "beneficiaires", "etablissementsClients", "certificatServeur", "scenarioInstallation"} {
		balises = append(append(balises, objet), dans(m, objet)...)
	}
	slices.Sort(balises)
	return slices.DeleteFunc(slices.Compact(balises), func(b string) bool {
		a := ajustement.Ajustements{Balises: []ajustement.Balise{{Balise: b, Nom: "autreNom"}}}
		_, err := a.Appliquer(m)
		return err != nil
	})
}

// Whichever tag is renamed, all that names it (conditions, tolerated nulls, rules) goes along.
func TestEachTagRenamed(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	for _, b := range ajustables(m) {
		a := ajustement.Ajustements{Balises: []ajustement.Balise{{Balise: b, Nom: "autreNom"}}}
		voulu, err := a.Appliquer(m)
		if err != nil {
			t.Fatal(err)
		}
		if dites := fautesDe(voulu, export.Exemple(voulu)); dites != "" {
			t.Errorf("%s: %s", b, dites)
		}
	}
}

// Whatever is renamed, moved or put in another order within what can be adjusted, the comparison finds it again.
func TestComparerProperty(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	tous := ajustables(m)
	if len(tous) < 25 {
		t.Fatalf("only %d tags can be adjusted", len(tous))
	}
	rapid.Check(t, func(t *rapid.T) {
		var a ajustement.Ajustements
		for _, b := range rapid.SliceOfNDistinct(rapid.SampledFrom(tous), 0, 5, rapid.ID[string]).Draw(t, "tags") {
			nom := rapid.SampledFrom([]func(string) string{
				strings.ToLower, strings.ToUpper,
				func(s string) string { return strings.Replace(s, "telephone", "tel", 1) },
				func(s string) string { return strings.ToUpper(s[:1]) + s[1:] },
				func(s string) string { return s + "s" },
			}).Draw(t, "name")(b)
			if nom != b {
				a.Balises = append(a.Balises, ajustement.Balise{Balise: b, Nom: nom})
			}
		}
		if rapid.Bool().Draw(t, "moved") {
			b := rapid.SampledFrom([]string{"nomResponsableOG", "emailResponsableOG", "contractualisationOG"}).Draw(t, "moved tag")
			if i := slices.IndexFunc(a.Balises, func(x ajustement.Balise) bool { return x.Balise == b }); i >= 0 {
				a.Balises[i].Dans = "certificatServeur"
			} else {
				a.Balises = append(a.Balises, ajustement.Balise{Balise: b, Dans: "certificatServeur"})
			}
		}
		if rapid.Bool().Draw(t, "order") {
			a.Ordres = append(a.Ordres, ajustement.Ordre{Dans: "scenarioInstallation", Balises: rapid.Permutation(dans(m, "scenarioInstallation")).Draw(t, "tags in order")})
		}
		if _, err := a.Appliquer(m); err != nil {
			return // two tags of one name
		}
		retrouver(t, m, &a)
	})
}

// A file of adjustments that cannot be says where and why.
func TestLireFautes(t *testing.T) {
	t.Parallel()
	for texte, want := range map[string]string{
		"balises:\n  IsStockageIdd: {nom: x}":                                                             "ligne 2, colonne 3 : « IsStockageIdd » n'est pas connu : vouliez-vous dire « IsStockageId » ?",
		"balises:\n  IsStockageId: {non: x}":                                                              "ligne 2, colonne 18 : « non » n'est pas connu : vouliez-vous dire « nom » ?",
		"balises:\n  IsStockageId: {nul: peut-être}":                                                      "ligne 2, colonne 23 : oui ou non attendu",
		"balises:\n  IsStockageId: {nom: \"a b\"}":                                                        "ligne 2, colonne 23 : « a b » ne peut être le nom d'une balise",
		"balises:\n  IsStockageId: {nom: isMaitreId}":                                                     "auraient le même nom",
		"balises:\n  IsStockageId: {dans: commande}":                                                      "ligne 2, colonne 3 : IsStockageId : commande n'est pas répété comme elle",
		"balises:\n  numeroAns: {nom: numeroANS}":                                                         "ligne 2, colonne 3 : numeroAns : cette balise ne s'ajuste pas",
		"balises:\n  certificatServeur: {retirer: oui}":                                                   "ligne 2, colonne 3 : certificatServeur : mettez d'abord ses balises ailleurs : il reste ",
		"balises:\n  FINESSGeos: {dans: certificatServeur}":                                               "ligne 2, colonne 3 : FINESSJuridique : elle ne peut être séparée de FINESSGeos",
		"balises:\n  FINESSGeos: {dans: certificatServeur}\n  FINESSJuridique: {dans: certificatServeur}": "ligne 2, colonne 3 : FINESSGeos : elle ne peut quitter etablissementsClients",
		"balises: [a]":                     "ligne 1, colonne 10 : des lignes",
		"ordre:\n  commande: regimeTVA":    "ligne 2, colonne 13 : une liste de balises est attendue",
		"ordre:\n  commande: [isMaitreId]": "ligne 2, colonne 14 : isMaitreId : cette balise n'est pas dans commande",
		"edition: 2022-01-01":              "ligne 1, colonne 10 : « 2022-01-01 » trouvé, attendu : « 2023-10-02 »",
		"modele: MS2":                      "ligne 1, colonne 9 : « MS2 » trouvé",
		"balise:\n  x: {}":                 "ligne 1, colonne 1 : « balise » n'est pas connu",
		"a: [":                             "ce n'est pas du YAML lisible",
		"balises:\n  IsStockageId: {nom: a}\n  b: {nom: c}\n": "ligne 3, colonne 3 : « b » n'est pas connu",
	} {
		_, fautes := ajustement.Lire(ms1dui.Courante(), []byte(texte))
		if len(fautes) != 1 || !strings.Contains(fautes[0].In(modele.Francais), want) || fautes[0].Message.En == "" {
			t.Errorf("%q: %v", texte, fautes)
		}
	}
	for _, texte := range []string{"", "\ufeffmodele: MS1-DUI\n", "# rien\n", "balises:\n"} {
		if a, fautes := ajustement.Lire(ms1dui.Courante(), []byte(texte)); len(fautes) > 0 || !a.Vide() {
			t.Errorf("%q: %v", texte, fautes)
		}
	}
}

func FuzzLire(f *testing.F) {
	f.Add([]byte("balises:\n  IsStockageId: {nom: isStockageId, nul: oui}\nordre:\n  commande: [regimeTVA]"))
	f.Fuzz(func(t *testing.T, octets []byte) {
		a, fautes := ajustement.Lire(ms1dui.Courante(), octets)
		if _, err := a.Appliquer(ms1dui.Courante()); len(fautes) == 0 && err != nil {
			t.Error(err)
		}
	})
}
