package controle_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/referentiel"
)

// codes lists what is found as `code line:column`.
func codes(f diag.Fichier) string {
	var c []string
	for _, d := range toutes(f) {
		c = append(c, fmt.Sprintf("%s %d:%d", d.Code, d.Ligne, d.Colonne))
	}
	return strings.Join(c, ", ")
}

// casLecture are the faults that stop the reading of a file.
var casLecture = []struct{ nom, texte, attendu, dit string }{
	{"vide", "", "S002 1:1", "le fichier est vide"},
	{"coupé", `{"impId": null, "numeroAns": "AN`, "S002 1:33", "s'arrête avant la fin"},
	{"Windows-1252", "{\"impId\": \"LEF\xc9VRE\"}", "S001 1:15", "« É » en Windows-1252"},
	{"UTF-16", "\xff\xfe{\x00", "S001 1:1", "iconv -f UTF-16 -t"},
	{"UTF-16, l'octet fort d'abord", "\xfe\xff\x00{", "S001 1:1", "il est en UTF-16"},
	{"UTF-16 sans marque", "{\x00}\x00\n\x00", "S001 1:2", "iconv -f UTF-16LE -t"},
	{"UTF-32", "\xff\xfe\x00\x00{\x00\x00\x00", "S001 1:1", "il est en UTF-32"},
	{"UTF-32, l'octet fort d'abord", "\x00\x00\xfe\xff\x00\x00\x00{", "S001 1:1", "iconv -f UTF-32 -t"},
	{"UTF-32 sans marque", "{\x00\x00\x00}\x00\x00\x00", "S001 1:2", "iconv -f UTF-32LE -t"},
	{"page en UTF-16", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", "S002 1:1", "une page HTML"},
	{"virgule décimale", `{"lignesImport": [{"commande": {"montantSegurHT": 4866,67}}]}`, "S002 1:56", "un montant s'écrit avec un point : 4866.67"},
	{"nombre de tableur", `{"SIRET": 2,601E+13}`, "S002 1:13", "SIRET est un texte : mettez des guillemets"},
	{"virgule manquante", "{\"impId\": null\n \"SIRET\": null}", "S002 2:2", "une virgule à la fin de la ligne 1"},
	{"espace insécable d'une page", "{\"impId\":\u00a0null}", "S002 1:10", "une espace insécable"},
	{"espace fine d'une page", "{\"impId\":\u202fnull}", "S002 1:10", "une espace insécable"},
	{"espace sans largeur d'une page", "{\"impId\":\u200bnull}", "S002 1:10", "le caractère U+200B"},
	{"virgule en fin d'objet", "{\"impId\": null,\n}", "S002 2:1", "retirez la virgule qui précède, ligne 1"},
	{"guillemets courbes", `{“impId”: null}`, "S002 1:2", "guillemets droits"},
	{"commentaire", "{ // note\n}", "S002 1:3", "JSON n'a pas de commentaires"},
	{"mot anglais", `{"impId": None}`, "S002 1:11", "true, false ou null en minuscules"},
	{"tableau", `[1]`, "S104 1:1", "le fichier : un tableau trouvé, attendu : un objet"},
	{"binaire", "\x89PNG\r\n\x1a\n", "S002 1:1", "le fichier est une image, pas un fichier JSON"},
	{"pas du JSON", "bonjour", "S002 1:1", "un mot sans guillemets"},
	{"virgule de trop", "{\"impId\": null,\n}", "S002 2:1", "« } », attendu : balise entre guillemets"},
	{"retour à la ligne", "{\"impId\": \"a\nb\"}", "S002 1:13", "retour à la ligne"},
	{"échappement", `{"impId": "a\d"}`, "S002 1:13", "barre oblique inverse"},
	{"nombre", `{"impId": 01}`, "S002 1:11", "un nombre que JSON ne sait pas écrire"},
	{"que des blancs", " \n\t", "S002 1:1", "que des espaces ou des retours à la ligne"},
	{"archive", "PK\x03\x04\x14", "S002 1:1", "une archive ZIP, pas un fichier JSON"},
	{"archive vide", "PK\x05\x06", "S002 1:1", "une archive ZIP"},
	{"classeur", "PK\x03\x04…xl/workbook.xml", "S002 1:1", "un classeur (XLSX, ODS), pas un fichier JSONguichet prepare"},
	{"classeur ODS", "PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "S002 1:1", "un classeur"},
	{"ancien classeur", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "S002 1:1", "un ancien Office"},
	{"PDF", "%PDF-1.7\n", "S002 1:1", "un PDF, pas un fichier JSON"},
	{"page", "\n<!DOCTYPE HTML><title>Connexion", "S002 1:1", "une page HTML, pas un fichier JSONc'est sans doute une page du portail"},
	{"page après un commentaire", "<!-- x --><HTML lang=fr>", "S002 1:1", "une page HTML"},
	{"XML", "<?xml version='1.0'?><a/>", "S002 1:1", "un document XML"},
	{"gzip", "\x1f\x8b\x08", "S002 1:1", "un fichier compressé"},
	{"chevron", "<a>", "S002 1:1", "« < », attendu : valeur"},
	{"lignes en CR", "{\"impId\": null,\r\"numeroAns\": x}", "S002 2:14", "un mot sans guillemets"},
	{"imbrication", strings.Repeat("[", 65), "S003 1:65", "plus de 64 objets"},
}

func TestLecture(t *testing.T) {
	t.Parallel()
	for _, c := range casLecture {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			f := controler(c.texte, controle.Options{})
			if f.Verdict != diag.Illisible && f.Verdict != diag.Rejete || codes(f) != c.attendu || !f.Structure[0].Premiere {
				t.Fatalf("verdict %s, found %s, want %s", f.Verdict, codes(f), c.attendu)
			}
			if d := f.Structure[0]; !strings.Contains(d.Message+d.Aide, c.dit) {
				t.Errorf("%q | %q does not say %q", d.Message, d.Aide, c.dit)
			}
		})
	}
}

func TestSuiteDuDocument(t *testing.T) {
	t.Parallel()
	f := controler(valide+"{}", options())
	if f.Verdict != diag.Illisible || codes(f) != "S004 163:1" {
		t.Errorf("verdict %s, found %s", f.Verdict, codes(f))
	}
	if len(f.Demandes) != 2 {
		t.Errorf("%d demandes listed", len(f.Demandes))
	}
}

// What stands before the fault is checked all the same; what was still open there is not blamed for what
// it lacks.
func TestFichierCoupe(t *testing.T) {
	t.Parallel()
	avant, _, _ := strings.Cut(strings.Replace(valide, "DURANDAL", "Durandal", 1), `"nomFichier": "MS1-DUI-Va1-HT`)
	f := controler(avant, options())
	if got := codes(f); got != "S002 133:11, F108 35:33" {
		t.Errorf("found %s", got)
	}
}

func TestTailleDuFichier(t *testing.T) {
	t.Parallel()
	petit := controle.Preparer(ms1dui.Courante(), jsondoc.Limits{MaxBytes: 1 << 20})
	f := petit.Controler([]byte(strings.Repeat(" ", 1<<20+1)), controle.Options{}).Fichier(modele.Francais)
	if f.Verdict != diag.Illisible || codes(f) != "S005 1:1" || !strings.Contains(f.Structure[0].Message, "1 Mio") {
		t.Errorf("verdict %s, %+v", f.Verdict, f.Structure)
	}
}

func TestNombreDeDemandes(t *testing.T) {
	t.Parallel()
	entete := `{"impId":null,"numeroAns":"ANS0000001","SIRET":"00000000100008","lignesImport":[`
	f := controler(entete+"]}", options())
	if f.Verdict != diag.Rejete || codes(f) != "S105 1:80" {
		t.Errorf("none: verdict %s, found %s", f.Verdict, codes(f))
	}
	f = controler(entete+strings.TrimSuffix(strings.Repeat("1,", 201), ",")+"]}", options())
	if last := f.Structure[len(f.Structure)-1]; last.Code != "S106" || !strings.Contains(last.Message, "201 demandes, 200 au plus") {
		t.Errorf("201: %+v", last)
	}
	if f = controler(entete+strings.TrimSuffix(strings.Repeat("1,", 200), ",")+"]}", options()); strings.Contains(codes(f), "S106") {
		t.Error("200 demandes are refused")
	}
}

// casNoms are names of the valid file.
var casNoms = []struct {
	nom, attendu string
	verdict      diag.Verdict
	dit          string
}{
	{"JSON-ANS0000001-20231002-001.json", "", diag.Accepte, ""},
	{"", "", diag.Accepte, ""},
	{"brouillon.json", "A601 1:1", diag.Accepte, "renommez le fichier JSON-ANS0000001-20231002-001.json"},
	{"json-ANS0000001-20231002-001.json", "A601 1:1", diag.Accepte, "JSON-ANS0000001-20231002-001.json"},
	{"JSON-ANS0000001-20231002-1.json", "S301 1:1", diag.Rejete, "trois chiffres depuis 001"},
	{"JSON-ANS0000001-20231002-000.json", "S301 1:1", diag.Rejete, "trois chiffres depuis 001"},
	{"JSON-ANS0000001-20230230-001.json", "S301 1:1", diag.Rejete, "date du dépôt, AAAAMMJJ"},
	{"JSON-ANS001-20231002-001.json", "S301 1:1", diag.Rejete, "numeroAns, 10 caractères"},
	{"JSON-ANS0000001-20231002-001.JSON", "S301 1:1", diag.Rejete, "quatre parties"},
	{"JSON-ANS0000001-20231001-007.json", "A602 1:1", diag.Accepte, "porte le 01/10/2023 : la date attendue est celle du dépôt | si le fichier est encore à déposer, renommez-le JSON-ANS0000001-20231002-007.json"},
	{"JSON-ANS0000001-20231003-001.json", "", diag.Accepte, ""},
	{"JSON-ANS0000001-20231002-007 (1).json", "S301 1:1", diag.Rejete, "JSON-ANS0000001-20231002-001.json"},
	{"JSON-ANS0000002-20231002-001.json", "S302 3:16", diag.Rejete, "le nom du fichier porte ANS0000002"},
}

func TestNoms(t *testing.T) {
	t.Parallel()
	for _, c := range casNoms {
		o := options()
		o.Nom = c.nom
		f := controler(valide, o)
		if f.Verdict != c.verdict || codes(f) != c.attendu {
			t.Errorf("%s: verdict %s, found %s, want %s %s", c.nom, f.Verdict, codes(f), c.verdict, c.attendu)
			continue
		}
		if len(f.Structure) > 0 && !strings.Contains(f.Structure[0].Message+" | "+f.Structure[0].Aide, c.dit) {
			t.Errorf("%s: %q | %q does not say %q", c.nom, f.Structure[0].Message, f.Structure[0].Aide, c.dit)
		}
	}
}

// A name that is known to be the deposit's is never taken for a draft's.
func TestNomDuDepot(t *testing.T) {
	t.Parallel()
	for _, o := range []controle.Options{{Nom: "x.json", NomConnu: true}, {Nom: "x.json", Guichet: true}, {Nom: "json-ANS0000001-20231002-001.json", NomConnu: true}} {
		if f := controler(valide, o); f.Verdict != diag.Rejete || codes(f) != "S301 1:1" {
			t.Errorf("%s: verdict %s, found %s", o.Nom, f.Verdict, codes(f))
		}
	}
}

func TestDeclarationDuDepot(t *testing.T) {
	t.Parallel()
	o := options()
	o.NumeroAns, o.SIRET = "ANS0000002", "00000000200006"
	f := controler(valide, o)
	if f.Verdict != diag.Rejete || codes(f) != "S303 3:16, S304 4:12" {
		t.Errorf("verdict %s, found %s", f.Verdict, codes(f))
	}
	o.NumeroAns, o.SIRET = "ANS0000001", "00000000100008"
	if f = controler(valide, o); f.Verdict != diag.Accepte {
		t.Errorf("verdict %s, found %s", f.Verdict, codes(f))
	}
}

func TestMarqueOrdreOctets(t *testing.T) {
	t.Parallel()
	f := controler("\ufeff"+valide, options())
	if f.Verdict != diag.Accepte || codes(f) != "I701 1:1" {
		t.Errorf("verdict %s, found %s", f.Verdict, codes(f))
	}
}

// Two demandes of the valid file made to share a number and an ESMS.
func TestEntreDemandes(t *testing.T) {
	t.Parallel()
	texte := strings.NewReplacer("0000B", "00001", "020000014", "010000016").Replace(valide)
	f := controler(texte, options())
	if got := codes(f); got != "C401 76:24, A507 104:28" {
		t.Fatalf("found %s", got)
	}
	if f.Verdict != diag.Partiel || *f.Demandes[0].CodeTraitement != "0000" || *f.Demandes[1].CodeTraitement != "C401" {
		t.Errorf("verdict %s: the second demande is the one in error", f.Verdict)
	}
	if a := f.Demandes[1].Anomalies[0].Autre; a == nil || a.Ligne != 10 || a.Colonne != 24 {
		t.Errorf("first occurrence: %+v", a)
	}
}

// The portal reports the first error in the order of the table, whatever the order of the keys; a
// rejected file has one first anomaly, and its demandes no code.
func TestPremiere(t *testing.T) {
	t.Parallel()
	texte := strings.NewReplacer(`"dateCommande": "15/09/2023",`, "", `"montantSegurHT": 4866.67`,
		`"montantSegurHT": 4866.6, "dateCommande": "2023-09-15"`, "DURANDAL", "Durandal").Replace(valide)
	f := controler(texte, options())
	var premieres []string
	for _, d := range toutes(f) {
		premieres = append(premieres, fmt.Sprintf("%s %t", d.Code, d.Premiere))
	}
	if got := strings.Join(premieres, ", "); got != "F112 true, F114 false, F108 false" {
		t.Errorf("found %s", got)
	}
	f = controler(strings.Replace(texte, `"SIRET": "00000000100008"`, `"SIRET": ""`, 1), options())
	for i, d := range toutes(f) {
		if d.Premiere != (i == 0) {
			t.Errorf("%s: premiere %t", d.Code, d.Premiere)
		}
	}
	if f.Verdict != diag.Rejete || f.Demandes[0].CodeTraitement != nil || len(f.Demandes[0].Anomalies) != 3 {
		t.Errorf("verdict %s, %+v", f.Verdict, f.Demandes[0])
	}
}

func TestBareme(t *testing.T) {
	t.Parallel()
	b, err := referentiel.LireBareme(strings.NewReader("tranche;esms_min;esms_max;montant_ttc\nB;2;4;2920.00\nA;1;1;3500.00\n"), referentiel.Origine{})
	if err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Referentiels.Bareme = b
	// §3.1: 2 × 2920.00 / 1.2 = 4866.67; the HT supplier's two OGs of one ESMS: 2 × 3500.00.
	if f := controler(valide, o); len(toutes(f)) > 0 || len(f.NonVerifie) != 4 {
		t.Errorf("at the ceiling: %s, %v", codes(f), f.NonVerifie)
	}
	f := controler(strings.NewReplacer("4866.67", "4866.68", "2920.00", "7000.01").Replace(valide), o)
	if codes(f) != "A506 14:27, A506 80:27" || f.Verdict != diag.Accepte {
		t.Fatalf("verdict %s, found %s", f.Verdict, codes(f))
	}
	if m := toutes(f)[0].Message; !strings.Contains(m, "plafond 4866.67 € HT : 2 × 2920.00 / 1,2") {
		t.Error(m)
	}
	b.Tranches = b.Tranches[1:]
	if f = controler(valide, o); len(f.NonVerifie) != 5 || len(toutes(f)) > 0 {
		t.Errorf("no tranche for two ESMS: %s, %v", codes(f), f.NonVerifie)
	}
}

func TestTelephoneEtranger(t *testing.T) {
	t.Parallel()
	o := options()
	var demandes []string
	o.Telephone = func(n []byte) bool { demandes = append(demandes, string(n)); return false }
	f := controler(valide, o)
	if codes(f) != "A505 115:36" || len(demandes) != 1 || demandes[0] != "+32 2 990 00 01" {
		t.Errorf("found %s, asked for %q", codes(f), demandes)
	}
}

func TestEditionAnterieure(t *testing.T) {
	t.Parallel()
	f := controle.Controler(ms1dui.Edition("2023-03-09"), []byte(valide), options()).Fichier(modele.Francais)
	if f.Verdict != diag.Rejete || f.Edition != "2023-03-09" || f.Structure[0].Balise != "demandeCertificatServeur" {
		t.Errorf("verdict %s, %+v", f.Verdict, f.Structure)
	}
	if f.Structure[0].Code != "S103" || len(f.Structure) != 15 {
		t.Errorf("%d anomalies, %s", len(f.Structure), f.Structure[0].Code)
	}
}

// Each rule of the book is shown by a case above; none is left untested.
func TestToutesLesReglesSontEssayees(t *testing.T) {
	t.Parallel()
	essais := "S004 S005 S105 S106 S303 S304 I701 C401 A507 A506 " // cases written out in this file
	for _, c := range casRegles {
		essais += c.attendu + " "
	}
	for _, c := range casLecture {
		essais += c.attendu + " "
	}
	for _, c := range casNoms {
		essais += c.attendu + " "
	}
	for _, c := range casRegistres {
		essais += c.attendu + " "
	}
	for _, r := range controle.Regles() {
		if !strings.Contains(essais, r.Code) {
			t.Errorf("%s %s has no test", r.Code, r.Titre.Fr)
		}
	}
}

func TestLivreDesRegles(t *testing.T) {
	t.Parallel()
	vus := map[string]bool{}
	for _, r := range controle.Regles() {
		if len(r.Code) != 4 || vus[r.Code] || r.Faux == "" || r.Juste == "" {
			t.Errorf("%+v", r)
		}
		vus[r.Code] = true
		for _, texte := range []modele.Texte{r.Titre, r.Message, r.Aide} {
			if texte.Fr == "" || texte.En == "" || mots(texte.Fr) != mots(texte.En) {
				t.Errorf("%s: the two languages differ: %q, %q", r.Code, texte.Fr, texte.En)
			}
		}
	}
}

// mots lists the names in braces of a template, sorted by what a template can hold.
func mots(texte string) string {
	var liste string
	for _, mot := range []string{"balise", "trouve", "attendu", "detail", "autre", "nombre", "caracteres", "pieces", "libelle"} {
		liste += strings.Repeat(mot+" ", strings.Count(texte, "{"+mot+"}"))
	}
	return liste
}

// The same anomalies are told in English.
func TestAnglais(t *testing.T) {
	t.Parallel()
	texte := strings.Replace(valide, `"isMandataire": false`, `"isMandataire": "oui"`, 1)
	d := controle.Controler(ms1dui.Courante(), []byte(texte), options()).Fichier(modele.Anglais).Demandes[0]
	if got := d.Anomalies[0].Message; got != `isMandataire: "oui" found, expected: true or false, without quotes` {
		t.Error(got)
	}
	if got := d.Anomalies[0].Aide; got != "take away the quotes: write true" {
		t.Error(got)
	}
	if *d.LibelleTraitement != `isMandataire : "oui" trouvé, attendu : true ou false, sans guillemets` {
		t.Errorf("the portal's label is French: %s", *d.LibelleTraitement)
	}
}

func TestDateDuJour(t *testing.T) {
	t.Parallel()
	o := options()
	o.Aujourdhui = time.Time{}
	if f := controler(strings.Replace(valide, "15/09/2023", "15/09/2099", 1), o); len(toutes(f)) > 0 {
		t.Errorf("no day is known, yet %s", codes(f))
	}
}

// The place of an unknown tag is its name.
func TestExtraitDeLaBalise(t *testing.T) {
	t.Parallel()
	d := controler(strings.Replace(valide, `"SIRET":`, `"siret":`, 1), options()).Structure[0]
	if _, marque, _ := d.Extrait.Split(d.Colonne, d.Longueur); marque != `"siret"` || d.Colonne != 3 || d.Longueur != 7 {
		t.Errorf("column %d, %d characters, marked %s", d.Colonne, d.Longueur, marque)
	}
}

// What a help line tells to write is not what is there, and the rule does not object to it.
func TestPropositionsAident(t *testing.T) {
	t.Parallel()
	for _, cas := range casRegles {
		texte := strings.Replace(valide, cas.avant, cas.apres, 1)
		for _, c := range controle.Controler(ms1dui.Courante(), []byte(texte), options()).Corrections() {
			repare := texte[:c.Debut] + c.Apres + texte[c.Fin:]
			for _, d := range toutes(controler(repare, options())) {
				if d.Code == c.Code && d.Pointeur == c.Pointeur {
					t.Errorf("%s: %s, and yet %s", cas.nom, c.In(modele.Francais), d.Message)
				}
			}
		}
	}
}

// A file whose tags are all in lower case is reported in one go, with pointers that lead through its own
// names.
func TestBalisesEnMinuscules(t *testing.T) {
	t.Parallel()
	minuscules := regexp.MustCompile(`"\w+":`).ReplaceAllStringFunc(valide, strings.ToLower)
	minuscules = strings.Replace(minuscules, "15/09/2023", "2023-09-15", 1)
	f := controler(minuscules, options())
	var autres []string
	for _, d := range toutes(f) {
		if d.Code != "S103" {
			autres = append(autres, d.Code+" "+d.Pointeur)
		}
	}
	if got := strings.Join(autres, ", "); got != "F112 /lignesimport/0/commande/datecommande" || len(f.Demandes) != 2 {
		t.Errorf("%d demandes, besides the names: %s", len(f.Demandes), got)
	}
	for _, d := range f.Structure {
		if valeur := suivre(t, minuscules, d.Pointeur); d.Valeur == nil || !strings.HasPrefix(*d.Valeur, valeur) {
			t.Fatalf("%s leads to %s, not %v", d.Pointeur, valeur, d.Valeur)
		}
	}
}

// suivre follows a JSON Pointer and returns the start of the value there.
func suivre(t *testing.T, texte, pointeur string) string {
	t.Helper()
	var v any
	d := json.NewDecoder(strings.NewReader(texte))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(pointeur, "/")[1:] {
		switch conteneur := v.(type) {
		case map[string]any:
			v = conteneur[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(conteneur) {
				t.Fatalf("%s: no item %s", pointeur, part)
			}
			v = conteneur[i]
		}
	}
	switch v := v.(type) {
	case map[string]any:
		return "{"
	case []any:
		return "["
	case string:
		return strconv.Quote(v)
	default:
		if v == nil {
			return "null"
		}
		return fmt.Sprint(v)
	}
}

// A pointer of any anomaly leads to its value.
func TestPointeurs(t *testing.T) {
	t.Parallel()
	for _, c := range casRegles {
		texte := strings.Replace(valide, c.avant, c.apres, 1)
		if strings.Contains(c.attendu, "S101") {
			continue // which of two members of the same name a pointer means is open (RFC 6901 §4)
		}
		for _, d := range toutes(controler(texte, options())) {
			if valeur := suivre(t, texte, d.Pointeur); d.Valeur != nil && !strings.HasPrefix(*d.Valeur, valeur[:1]) {
				t.Errorf("%s: %s leads to %s, not %s", c.nom, d.Pointeur, valeur, *d.Valeur)
			}
		}
	}
}

// Looking for what was meant does not cost more than the file is worth.
func TestRecherchesBornees(t *testing.T) {
	t.Parallel()
	scenario := `{"operateurMessagerie":"MAILI%d"},`
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, scenario, i)
	}
	texte := `{"lignesImport":[{"scenarioInstallation":[` + strings.TrimSuffix(b.String(), ",") + `]}]}`
	proposes := 0
	for _, d := range toutes(controler(texte, options())) {
		if d.Code == "F117" && strings.Contains(d.Aide, "codes les plus proches") {
			proposes++
		}
	}
	if proposes != 200 {
		t.Errorf("%d values compared with the list, 200 expected", proposes)
	}
}
