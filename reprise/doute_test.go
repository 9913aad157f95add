package reprise_test

import (
	"encoding/binary"
	"errors"
	"regexp"
	"strings"
	"testing"

	"guichet/controle"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/reprise"
)

// What people save in place of a returned file is named, not called broken JSON.
func TestEtranger(t *testing.T) {
	t.Parallel()
	for octets, want := range map[string]string{
		"":                                       "vide",
		" \n\ufeff ":                             "",
		"\ufeff \r\n":                            "vide",
		"\x00\x00\x00":                           "octets nuls",
		"<!DOCTYPE html><title>x":                "page web",
		"\n<?xml version='1.0'?><html":           "page web",
		"<a/>":                                   "XML",
		"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00": "page web",
		"%PDF-1.7":                               "un PDF",
		"PK\x03\x04...":                          ".zip",
		"PK\x03\x04...xl/workbook.xml":           "tableur",
		"PK\x03\x04..word/document.xml":          "traitement de texte",
		"\xd0\xcf\x11\xe0\xa1\xb1":               "ancien Office",
		"{\\rtf1 x}":                             "RTF",
	} {
		_, err := reprise.Lire(ms1dui.Courante(), []byte(octets), jsondoc.Limits{})
		var etranger *reprise.Etranger
		if errors.As(err, &etranger) != (want != "") || want != "" && (!strings.Contains(etranger.Nature.Fr, want) || etranger.Error() == "") {
			t.Errorf("%q: %v, want %q", octets, err, want)
		}
	}
}

// A file saved in UTF-16 or UTF-32, with its mark or without, is read, and it is said.
func TestFormes(t *testing.T) {
	t.Parallel()
	texte := tete + `{"numeroEditeur": "00001", "codeTraitement": "E1", "libelleTraitement": "née"}]}`
	for _, ordre := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for _, marque := range []string{"", "\ufeff"} {
			var seize, trentedeux []byte
			for _, u := range marque + texte { // no character beyond the first plane
				seize, trentedeux = ordre.AppendUint16(seize, uint16(u)), ordre.AppendUint32(trentedeux, uint32(u))
			}
			for nom, octets := range map[string][]byte{"UTF-16": seize, "UTF-32": trentedeux} {
				if r := lire(t, string(octets)); r.Demandes[0].Libelle != "née" || len(r.Remarques) != 1 || r.Remarques[0].Fr != "fichier en "+nom+", lu comme tel" {
					t.Errorf("%s %v %q: %+v", nom, ordre, marque, r)
				}
			}
		}
	}
}

// One reference that a simulation gave is enough, wherever it was left.
func TestSimule(t *testing.T) {
	t.Parallel()
	const accepte = `{"numeroEditeur": "1", "numeroASP": "ASP-1", "codeTraitement": "0000", "libelleTraitement": "Demande acceptée"}`
	for texte, want := range map[string]error{
		tete + accepte + `]}`: nil,
		strings.Replace(tete, "IMP-1", "SIMULATION-20231002-01234567", 1) + accepte + `]}`:               reprise.ErrSimule,
		strings.Replace(tete, "IMP-1", " simulation", 1) + accepte + `]}`:                                reprise.ErrSimule,
		tete + accepte + `,` + strings.Replace(accepte, "ASP-1", "SIMULE-000002", 1) + `]}`:              reprise.ErrSimule,
		tete + accepte + `,{"numeroASP": "SIMULE-000002", "codeT`:                                        reprise.ErrSimule,
		tete + strings.Replace(accepte, `"numeroASP"`, `"numeroASP": "SIMULE-1", "numeroASP"`, 1) + `]}`: reprise.ErrSimule,
		tete + strings.Replace(accepte, "Demande acceptée", "SIMULE", 1) + `]}`:                          nil,
	} {
		if _, err := reprise.Lire(ms1dui.Courante(), []byte(texte), jsondoc.Limits{}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", texte, err, want)
		}
	}
}

// A tag of the header that stands twice leaves nobody to believe.
func TestEntetesDoubles(t *testing.T) {
	t.Parallel()
	const ligne = `{"numeroEditeur": "00001", "codeTraitement": "E1", "libelleTraitement": "x"}]}`
	for _, balise := range []string{"impId", "numeroAns", "SIRET", "lignesImport"} {
		texte := strings.Replace(tete+ligne, `"`+balise+`"`, `"`+balise+`": "x", "`+balise+`"`, 1)
		if balise == "lignesImport" {
			texte = strings.TrimSuffix(tete+ligne, "}") + `, "lignesImport": []}`
		}
		_, err := reprise.Lire(ms1dui.Courante(), []byte(texte), jsondoc.Limits{})
		var double *reprise.ErreurDouble
		if !errors.As(err, &double) || double.Balise != balise || !strings.Contains(err.Error(), balise) {
			t.Errorf("%s: %v", balise, err)
		}
	}
}

// Lines with one number, or one numeroASP, contradict each other: all of them are doubted, the others stand.
func TestDoublons(t *testing.T) {
	t.Parallel()
	ligne := func(numero, asp string) string {
		return `{"numeroEditeur": "` + numero + `", "numeroASP": "` + asp + `", "codeTraitement": "0000", "libelleTraitement": "Demande acceptée"}`
	}
	r := lire(t, tete+strings.Join([]string{ligne("0000a", "A1"), ligne("0000A", "A2"), ligne("00003", "A3"), ligne("00004", "A4"), ligne("00005", "A4")}, ",")+"]}")
	for i, want := range []reprise.Etat{reprise.Ambigue, reprise.Ambigue, reprise.Acceptee, reprise.Ambigue, reprise.Ambigue} {
		if d := r.Demandes[i]; d.Etat != want || (len(d.Remarques) > 0) != (want == reprise.Ambigue) {
			t.Errorf("%s: %v %v", d.NumeroEditeur, d.Etat, d.Remarques)
		}
	}
	if r.Demande("00003") == nil || r.Demande("9") != nil {
		t.Error("a demande is not found by its number")
	}
}

// What differs from what was deposited is told by tag, also a tag that came or went and a number that is written
// otherwise; layout, order, escapes, the other name of a tag and the portal's tags are nothing.
func TestEcarts(t *testing.T) {
	t.Parallel()
	depose := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Indente: true})
	rendu := string(repondre(depose, []string{"0000", "E1"}))
	montant := regexp.MustCompile(`[0-9]+\.[0-9]{2}`).FindString(rendu)
	for _, c := range []struct{ de, vers, want string }{
		{"\n", "\r\n\t", ""},
		{`"typeAction": "C",`, "", `00001 typeAction "C" `},
		{`"typeAction"`, `"suivi": [1], "typeAction"`, "00001 suivi[1]  1"},
		{`"typeAction"`, `"suivi": [], "typeAction"`, "00001 suivi  []"},
		{`"typeAction"`, `"suivi": null, "typeAction"`, "00001 suivi  null"},
		{`"typeAction"`, `"impId": "X", "typeAction"`, `00001 impId  "X"`},
		{`"numeroAns"`, `"dateImport": {}, "numeroAns"`, " dateImport  {}"},
		{`"numeroAns"`, `"numeroASP": "X", "numeroAns"`, ` numeroASP  "X"`},
		{`"SIRET": "00000000100008"`, `"SIRET": 10000100000008`, ` SIRET "00000000100008" 10000100000008`},
		{montant, montant + "0", "00001 commande.montantSegurHT " + montant + " " + montant + "0"},
		{montant, montant + "e0", "00001 commande.montantSegurHT " + montant + " " + montant + "e0"},
		{`"nomMandataire": null,`, "", "00001 beneficiaires.nomMandataire null "},
		{`"nomMandataire": null`, `"nomMandataire": ""`, `00001 beneficiaires.nomMandataire null ""`},
		{`"typeAction": "C"`, `"typeAction": "\u0043"`, ""},
		{`"isMaitreId"`, `"IsMaitreId"`, ""},
		{montant, "1.00", "00001 commande.montantSegurHT " + montant + " 1.00"},
		{`"ANS0000001"`, `"ANS0000002"`, ` numeroAns "ANS0000001" "ANS0000002"`},
		{`"V3.`, `"V4.`, `00001 scenarioInstallation[`},
		{`"isMandataire": false`, `"isMandataire": 0`, "00001 beneficiaires.isMandataire false 0"},
	} {
		if c.vers == rendu || !strings.Contains(rendu, c.de) {
			t.Errorf("nothing to change: %s", c.de)
			continue
		}
		n := 1
		if c.want == "" {
			n = -1
		}
		ecarts, err := lire(t, strings.Replace(rendu, c.de, c.vers, n)).Ecarts(depose)
		got := ""
		for _, e := range ecarts {
			got += e.Demande + " " + e.Balise + " " + e.Avant.Litteral + " " + e.Apres.Litteral
		}
		if err != nil || !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%s → %s: %v, %q, want %q", c.de, c.vers, err, got, c.want)
		}
	}
	if _, err := lire(t, rendu).Ecarts([]byte("{")); err == nil {
		t.Error("a deposited file that is cut short has no error")
	}
}

// The answers go over what was deposited: the bytes sent again are those that were sent.
func TestSur(t *testing.T) {
	t.Parallel()
	depose := corpus.Fichier(corpus.Forme{Demandes: 3, OGs: 1, ESMS: 1, Indente: true})
	rendu := strings.ReplaceAll(string(repondre(depose, []string{"0000", "E1", ""})), `"montantSegurHT": `, `"montantSegurHT": 9`)
	base, err := lire(t, rendu).Sur(append([]byte("\ufeff"), depose...))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []reprise.Etat{reprise.Acceptee, reprise.Rejetee, reprise.SansReponse} {
		if d := base.Demandes[i]; d.Etat != want || d.Ligne == 0 || base.Demande(d.NumeroEditeur) != &base.Demandes[i] {
			t.Errorf("%+v", d)
		}
	}
	if string(base.Depose()) != string(depose) || base.ImpID != "IMP-1" || base.Demandes[1].Libelle != "E1" {
		t.Errorf("%s", base.Depose())
	}
	if _, err := base.Sur([]byte("{")); err == nil {
		t.Error("a deposited file that is cut short has no error")
	}
}

// Wherever a returned file is cut, what is left is a whole file of the demandes that are whole.
func TestCoupePartout(t *testing.T) {
	t.Parallel()
	depose := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1})
	rendu := repondre(depose, []string{"0000", "E1"})
	lus := 0
	for n := 0; n < len(rendu); n += 5 {
		r, err := reprise.Lire(ms1dui.Courante(), rendu[:n], jsondoc.Limits{})
		if err != nil {
			continue
		}
		lus++
		ecarts, err := r.Ecarts(depose)
		if err != nil || len(ecarts) > 0 || !r.Coupe || len(separees(t, r.Depose())) != len(r.Demandes) {
			t.Fatalf("cut at %d: %v %v %s", n, err, ecarts, r.Depose())
		}
	}
	if lus == 0 {
		t.Error("nothing was read")
	}
}

// What tells demandes apart is read, and whether their documents have their number.
func TestIdentite(t *testing.T) {
	t.Parallel()
	rendu := string(repondre(corpus.Fichier(corpus.Forme{Demandes: 1, OGs: 1, ESMS: 2}), []string{"E1"}))
	d := lire(t, rendu).Demandes[0]
	if len(d.FINESS) != 3 || !d.Nommees {
		t.Errorf("%+v", d)
	}
	if d := lire(t, strings.Replace(rendu, "BDC-00001", "BDC-00002", 1)).Demandes[0]; d.Nommees {
		t.Error("a document of another number")
	}
}

// A document whose type is none of the norm's keeps its name but for the number, the last one in it; one that does not
// name the number keeps it whole.
func TestPiecesHorsNorme(t *testing.T) {
	t.Parallel()
	rendu := string(repondre(corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1}), []string{"E1", "E1"}))
	for nom, want := range map[string]string{
		"00001-scan-00001.pdf": "00001-scan-N0001.pdf",
		"00001.pdf":            "N0001.pdf",
		"scan.pdf":             "scan.pdf",
	} {
		r := lire(t, strings.NewReplacer("MS1-DUI-Va1-BDC-00001.pdf", nom, `"BON_COMMANDE"`, `"BON"`).Replace(rendu))
		f, err := reprise.Refaire([]reprise.Reprise{{Retour: r, Demande: &r.Demandes[0], Numero: "N0001"}, {Retour: r, Demande: &r.Demandes[1], Numero: "N0002"}}, controle.Options{}, modele.Francais)
		if err != nil || !strings.Contains(string(f.Octets), `"nomFichier":"`+want+`"`) || !strings.Contains(string(f.Octets), `{"numLigne":2,`) {
			t.Errorf("%s: %v, %s", nom, err, f.Octets)
		}
	}
}

// What is no demande is shown as far as a person can read it: 60 bytes.
func TestExtrait(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]bool{58: false, 59: true} { // with the quotes
		d := lire(t, tete+`"`+strings.Repeat("x", n)+`", {"numeroEditeur": "1"}]}`).Demandes[0]
		if cut := strings.HasSuffix(d.Remarques[0].Fr, "x…"); cut != want || strings.Count(d.Remarques[0].Fr, "x") != min(n, 59) {
			t.Errorf("%d: %s", n, d.Remarques[0].Fr)
		}
	}
}
