package controle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/referentiel"
)

// aides lists the helps of what is found, by code.
func aides(f diag.Fichier) string {
	var liste []string
	for _, d := range toutes(f) {
		liste = append(liste, d.Code+" "+d.Aide)
	}
	return strings.Join(liste, "; ")
}

// What is advised fits what is there: no list of codes where none is near, no order form to add where there are two, no word
// of UTF-16 where the file is of Windows.
func TestAides(t *testing.T) {
	t.Parallel()
	const pieceHT = "\"nomFichier\": \"MS1-DUI-Va1-HT-0000B.jpg\",\n          \"formatFichier\": \"JPG\",\n          \"typeFichier\": \"PREUVE_HT\""
	for _, c := range []struct{ nom, avant, apres, dit, tait string }{
		{"code that is none", `"MAI_15"`, `"—"`, "F117 ", "plus proches"},
		{"one order form too many", pieceHT, strings.NewReplacer("HT-", "BDC-", "PREUVE_HT", "BON_COMMANDE").Replace(pieceHT), "C301 ", "ajoutez le bon de commande"},
		{"sign in a number of the right length", `"3700123456"`, `"370012-456"`, "F107 n'utilisez que A à Z, a à z et 0 à 9, sans espace, point ni tiret", ""},
		{"number that is too long", `"FINESSJuridique": "010000008"`, `"FINESSJuridique": "0100000088"`, "F104 ", "écrivez"},
		{"format without a name beside it", "\"nomFichier\": \"MS1-DUI-Va1-BDC-00001.pdf\",\n          \"formatFichier\": \"PDF\"", "\"nomFichier\": null,\n          \"formatFichier\": \"pdf\"", `F116 écrivez "PDF"`, ""},
		{"format that the name contradicts", "\"formatFichier\": \"PDF\"", "\"formatFichier\": \"png\"", `F116 `, `écrivez "PNG"`},
		{"format beside a free name", "\"nomFichier\": \"MS1-DUI-Va1-BDC-00001.pdf\",\n          \"formatFichier\": \"PDF\"", "\"nomFichier\": \"bon.pdf\",\n          \"formatFichier\": \"png\"", `F116 écrivez "PNG"`, ""},
	} {
		if got := aides(controler(changer(t, c.avant, c.apres), options())); !strings.Contains(got, c.dit) || c.tait != "" && strings.Contains(got, c.tait) {
			t.Errorf("%s: %s\nwant %q, not %q", c.nom, got, c.dit, c.tait)
		}
	}
}

// What stopped the reading of a file is told for each sign that people and programs take for JSON.
func TestAidesDeLecture(t *testing.T) {
	t.Parallel()
	const droits = "JSON n'admet que les guillemets droits doubles : \""
	virgule := func(ligne int) string {
		return fmt.Sprintf("il manque sans doute une virgule à la fin de la ligne %d", ligne)
	}
	for texte, want := range map[string]string{
		"{'impId': null}": droits, "{“impId”: null}": droits, "{”impId”: null}": droits, "{« impId »: null}": droits, "{‘impId’: null}": droits, "{’impId’: null}": droits,
		"{# note\n}": "JSON n'a pas de commentaires : supprimez-le", "{/* note */}": "JSON n'a pas de commentaires : supprimez-le",
		"{\"impId\": null\n\"SIRET\": null}": virgule(1), "{\"lignesImport\": [1\n2]}": virgule(1), "{\"lignesImport\": [\n{}\n{}]}": virgule(2),
		"{\"lignesImport\": [1,\n]}":     "retirez la virgule qui précède, ligne 1 : rien ne la suit",
		"{\"impId\" null}":               "", // a colon is missing, no comma
		"{\"lignesImport\": [1}":         "", // what closes is not the right one
		"{\"lignesImport\": {\"a\":1]}":  "",
		"{\"lignesImport\": [\"a\": 1]}": "",
		"{\"inconnu\": 12,50}":           "", // whose number it is cannot be told
		"{\"impId\": \"LEF\xc9VRE\"}":    "enregistrez le fichier en UTF-8 (« Enregistrer sous… » de votre éditeur, ou iconv -f WINDOWS-1252",
	} {
		f := controler(texte, controle.Options{})
		if f.Verdict != diag.Illisible {
			t.Errorf("%q is read", texte)
			continue
		}
		aide := f.Structure[0].Aide
		if want != "" && !strings.HasPrefix(aide, want) || want == "" && (strings.Contains(aide, "virgule à la fin") || strings.Contains(aide, "guillemets") || strings.Contains(aide, "montant")) {
			t.Errorf("%q: %s\nwant %s", texte, aide, want)
		}
		if strings.Contains(aide, "UTF-16") {
			t.Errorf("%q: %s", texte, aide)
		}
	}
}

// A file that has nothing to show is shown without an extract; where reading stopped at a sign, that sign is.
func TestExtraitDeCeQuiNestPasLu(t *testing.T) {
	t.Parallel()
	for _, texte := range []string{"", " \n", "%PDF-1.7\n", "\x89PNG\r\n\x1a\n", "PK\x03\x04\x14"} {
		if d := controler(texte, controle.Options{}).Structure[0]; d.Longueur != 0 || d.Extrait != (diag.Extrait{}) || d.Ligne != 1 || d.Colonne != 1 {
			t.Errorf("%q: %+v", texte, d)
		}
	}
	if d := controler("{\"impId\": null,\n}", controle.Options{}).Structure[0]; d.Longueur != 1 || d.Extrait.Texte != "}" {
		t.Errorf("%+v", d)
	}
}

// Among a hundred unknown tags the one that was meant is found, whatever stands before it; past that nobody looks, and the
// file is told to lack it.
func TestCentBalisesInconnues(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "", 99: "", 100: "S102 ajoutez la balise et sa valeur", 150: "S102 ajoutez la balise et sa valeur"} {
		var autres strings.Builder
		for i := range n {
			fmt.Fprintf(&autres, "  \"commentaire%d\": null,\n", i)
		}
		f := controler(changer(t, `  "SIRET":`, autres.String()+`  "siret":`), options())
		got := ""
		for _, d := range f.Structure {
			if d.Code != "S103" {
				got += d.Code + " " + d.Aide
			}
		}
		if !strings.HasPrefix(got, want) || want == "" && got != "" || len(f.Structure) != n+1+min(len(got), 1) {
			t.Errorf("%d before it: %d found, %q, want %q", n, len(f.Structure), got, want)
		}
	}
}

// A software that was referenced with no profile at all has none to name.
func TestAideSansProfils(t *testing.T) {
	t.Parallel()
	r, err := referentiel.LireReferences(strings.NewReader("numeroAns;SIRET;logiciel;version;profils\nANS0000001;00000000100008;DOSSIER D'EXEMPLE;V4;\n"), referentiel.Origine{Fichier: "references-2023-09-01.csv"})
	if err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Referentiels.References = r
	if got := aides(controler(valide, o)); !strings.Contains(got, "C404 ") || strings.Contains(got, "ses profils :") {
		t.Error(got)
	}
	o.Referentiels.References = references(t, "Spécifique - PA")
	if got := aides(controler(valide, o)); !strings.Contains(got, "C404 corrigez la valeur, ou faites compléter le référencement de DOSSIER D'EXEMPLE V4 ; ses profils : Spécifique - PA") {
		t.Error(got)
	}
	if n := len(controle.Controler(ms1dui.Courante(), []byte(valide), o).Corrections()); n != 0 {
		t.Errorf("%d repairs of profiles", n)
	}
}

// What a file is in place of JSON is known by its first bytes; a page also behind a comment, not a text that speaks of one.
func TestAutresFichiers(t *testing.T) {
	t.Parallel()
	page := func(n int) string { return "<!--" + strings.Repeat("x", n-len("<!--")-len("<html")) + "<html" } // which ends at byte n
	for texte, want := range map[string]string{
		"\x89PNG\r\n": "une image", "\xff\xd8\xff\xe0": "une image", "GIF89a": "une image", "II*\x00": "une image", "MM\x00*": "une image",
		"\x1f\x8b\x08": "un fichier compressé", "7z\xbc\xaf\x27\x1c": "un fichier compressé", "Rar!\x1a\x07\x00": "un fichier compressé",
		"%PDF-1.4": "un PDF", "<?xml version": "un document XML", "PK\x05\x06": "une archive ZIP", "PK\x03\x04xl/workbook.bin": "un classeur",
		page(1024): "une page HTML", page(1025): "", "MM": "", "GIF": "", "<p>": "", "{<html>": "", "[<html>": "",
	} {
		f := controler(texte, controle.Options{})
		if got := f.Structure[0].Message; strings.Contains(got, "pas un fichier JSON") != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%.20q: %s, want %q", texte, got, want)
		}
	}
}

// A name that is no word is shown between quotes, with what nobody sees in it.
func TestNomsDeBalisesMontres(t *testing.T) {
	t.Parallel()
	for nom, want := range map[string]string{
		"ma balise": "« ma balise » n'est", " x ": "« ␣x␣ » n'est", "x\u00a0y": "« x<U+00A0>y » n'est", "x-y": "« x-y » n'est", "été_2": "été_2 n'est", "": "«  » n'est", "2x": "2x n'est",
	} {
		d := controler(changer(t, `"regimeTVA": "TTC",`, fmt.Sprintf(`"regimeTVA": "TTC", "%s": null,`, nom)), options()).Structure[0]
		if d.Code != "S103" || !strings.HasPrefix(d.Message, want) {
			t.Errorf("%q: %s, want %s", nom, d.Message, want)
		}
	}
}

// A repair that leaves nothing open is sure: capitals of a name are, of a word that says yes or nothing they are not.
func TestCapitalesSures(t *testing.T) {
	t.Parallel()
	for faux, want := range map[string]string{"Durandal": `"DURANDAL" true`, "éloi": `"ÉLOI" true`, "oui": `"OUI" false`, "vrai": `"VRAI" false`, "ﬁa": `"FIA" true`} {
		got := ""
		for _, c := range controle.Controler(ms1dui.Courante(), []byte(changer(t, `"DURANDAL"`, `"`+faux+`"`)), options()).Corrections() {
			got += fmt.Sprint(c.Apres, " ", c.Sure)
		}
		if got != want {
			t.Errorf("%s: proposed %s, want %s", faux, got, want)
		}
	}
}

// A code is looked for in a text of a line's length, not in a page.
func TestCodesLongs(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]bool{80: true, 81: false} {
		got := aides(controler(changer(t, `"MAI_15"`, `"Mailiz`+strings.Repeat(".", n-len("Mailiz"))+`"`), options()))
		if strings.Contains(got, `écrivez son code, "MAI_15"`) != want {
			t.Errorf("%d bytes: %s", n, got)
		}
	}
}

// A wrong rank is proposed for each demande by its own place.
func TestRangsProposes(t *testing.T) {
	t.Parallel()
	texte := `{"lignesImport": [{"numLigne": 9}, {"numLigne": 9}, {"numLigne": "3"}, {"numLigne": 9}]}`
	var got []string
	for _, c := range controle.Controler(ms1dui.Courante(), []byte(texte), options()).Corrections() {
		got = append(got, c.Pointeur+" "+c.Apres)
	}
	if want := "/lignesImport/0/numLigne 1, /lignesImport/1/numLigne 2, /lignesImport/2/numLigne 3, /lignesImport/3/numLigne 4"; strings.Join(got, ", ") != want {
		t.Errorf("proposed %s", strings.Join(got, ", "))
	}
}

// Of two unknown tags that were meant to be one, the first is renamed; a tolerated spelling that is there leaves nothing
// to rename.
func TestUneSeuleBaliseRenommee(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ avant, apres, want string }{
		{`"SIRET": "00000000100008"`, `"Siret": "00000000100008", "siret": "00000000100008"`, `"Siret" → "SIRET"`},
		{"\"ancienneVersion\": \"V3.2\",\n          \"isMaitreId\": true,\n          \"IsStockageId\"", "\"ancienneVersion\": \"V3.2\",\n          \"isMaitreId\": true,\n          \"Is_StockageID\"", `"Is_StockageID" → "IsStockageId"`},
		{"\"ancienneVersion\": \"V3.2\",\n          \"isMaitreId\": true,\n          \"IsStockageId\"", "\"ancienneVersion\": \"V3.2\",\n          \"isMaitreId\": true,\n          \"Is_StockageID\": true, \"isStockageId\"", `"isStockageId" → "IsStockageId"`},
	} {
		var got []string
		for _, x := range controle.Controler(ms1dui.Courante(), []byte(changer(t, c.avant, c.apres)), options()).Corrections() {
			got = append(got, x.Avant+" → "+x.Apres)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %s, want %s", c.apres, strings.Join(got, ", "), c.want)
		}
	}
}

// A name is compared up to 80 bytes, separators and quotes included.
func TestNomsLongs(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{78: "S103 4:3", 79: "S103 4:3, S102 1:1"} {
		if got := codes(controler(changer(t, `"SIRET":`, `"Siret`+strings.Repeat("_", n-len("SIRET"))+`":`), options())); got != want {
			t.Errorf("%d bytes: found %s, want %s", n, got, want)
		}
	}
}

// A date is shown as it is written, and the day that it is compared with.
func TestMessagesDesDates(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]string{"03/10/2023": "A503 dateCommande : le 03/10/2023 est après le 02/10/2023", "11/02/2022": "A504 dateCommande : le 11/02/2022 est avant le début du programme, le 12/02/2022", "31/09/2023": "F113 dateCommande : le 31/09/2023 n'existe pas"} {
		d := toutes(controler(changer(t, "15/09/2023", date), options()))[0]
		if got := d.Code + " " + d.Message; !strings.HasPrefix(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A file of too many values is refused with their number.
func TestTropDeValeurs(t *testing.T) {
	t.Parallel()
	c := controle.Preparer(ms1dui.Courante(), jsondoc.Limits{MaxValues: 20})
	f := c.Controler([]byte(valide), options()).Fichier(modele.Francais)
	if f.Verdict != diag.Illisible || !strings.HasPrefix(codes(f), "S005 ") || !strings.Contains(f.Structure[0].Message, "20 valeurs") {
		t.Errorf("verdict %s, %+v", f.Verdict, f.Structure)
	}
}

// An extract shows 60 bytes on each side of a place, and says where it begins.
func TestExtraitDUneLongueLigne(t *testing.T) {
	t.Parallel()
	ligne := `{"lignesImport": [{` + strings.Repeat(" ", 200) + `"typeAction": "X"` + strings.Repeat(" ", 200) + `}]}`
	for d := range slices.Values(toutes(controler(ligne, options()))) {
		if d.Balise != "typeAction" {
			continue
		}
		if d.Colonne != 234 || d.Extrait.Debut != 174 || len(d.Extrait.Texte) != 120 || !d.Extrait.Suite {
			t.Errorf("%d: %+v, %d bytes", d.Colonne, d.Extrait, len(d.Extrait.Texte))
		}
	}
}

// The name that a file should have is proposed wherever its numeroAns stands.
func TestNomProposeQuelQueSoitLOrdre(t *testing.T) {
	t.Parallel()
	o := options()
	o.Nom = "brouillon.json"
	for texte, want := range map[string]string{
		valide: "JSON-ANS0000001-20231002-001.json",
		changer(t, "  \"impId\": null,\n", "", `"SIRET": "00000000100008",`, `"SIRET": "00000000100008", "impId": null,`): "JSON-ANS0000001-20231002-001.json",
		changer(t, `"numeroAns": "ANS0000001"`, `"numeroAns": null`):                                                      "JSON-<numeroAns>-20231002-001.json",
	} {
		if got := controle.Controler(ms1dui.Courante(), []byte(texte), o).NomPropose(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
