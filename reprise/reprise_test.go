package reprise_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"guichet/controle"
	"guichet/correction"
	"guichet/diag"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/reprise"
)

const tete = `{"impId": "IMP-1", "numeroAns": "ANS0000001", "SIRET": "00000000100008", "lignesImport": [`

func lire(t *testing.T, texte string) *reprise.Retour {
	t.Helper()
	r, err := reprise.Lire(ms1dui.Courante(), []byte(texte), jsondoc.Limits{})
	if err != nil {
		t.Fatalf("%v in %s", err, texte)
	}
	return r
}

// What the portal answered is told from code and numeroASP; what contradicts itself is concluded from in no way.
func TestEtats(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		demande   string
		want      reprise.Etat
		remarques int
	}{
		{`{"numeroEditeur": "00001", "numeroASP": "A1", "codeTraitement": "0000", "libelleTraitement": "Demande acceptée"}`, reprise.Acceptee, 0},
		{`{"numeroEditeur": "00001", "numeroASP": null, "codeTraitement": "0000", "libelleTraitement": "Demande acceptée"}`, reprise.Ambigue, 1},
		{`{"numeroEditeur": "00001", "numeroASP": "A1", "codeTraitement": 0, "libelleTraitement": "x"}`, reprise.Ambigue, 1},
		{`{"numeroEditeur": "00001", "numeroASP": "A1", "codeTraitement": "0000"}`, reprise.Ambigue, 1},
		{`{"numeroEditeur": "00001", "numeroASP": 12345, "codeTraitement": null}`, reprise.Ambigue, 1},
		{`{"numeroEditeur": "00001", "numeroASP": null, "codeTraitement": "E042", "libelleTraitement": "x"}`, reprise.Rejetee, 0},
		{`{"numeroEditeur": "00001", "codeTraitement": 42, "libelleTraitement": "x", "autre": {"x": []}}`, reprise.Rejetee, 0},
		{`{"numeroEditeur": "00001", "numeroASP": "null", "codeTraitement": " "}`, reprise.SansReponse, 0},
		{`{"numeroEditeur": "00001"}`, reprise.SansReponse, 0},
		{`{"numeroEditeur": "00001", "numeroASP": "A1", "codeTraitement": "E042", "libelleTraitement": "x"}`, reprise.Ambigue, 1},
		{`{"numeroEditeur": "00001", "libelleTraitement": "Incident"}`, reprise.Ambigue, 1},
		{`{"numeroEditeur": "00001", "codeTraitement": "E1", "codeTraitement": null, "libelleTraitement": "x"}`, reprise.Ambigue, 1},
		{`{"numeroEditeur": 10001, "codeTraitement": "E042", "libelleTraitement": "x"}`, reprise.Ambigue, 1},
		{`{"codeTraitement": "E042"}`, reprise.Ambigue, 1},
		{`"une ligne"`, reprise.Ambigue, 1},
		{`null`, reprise.Ambigue, 1},
	} {
		d := lire(t, tete+c.demande+`]}`).Demandes[0]
		if d.Etat != c.want || len(d.Remarques) != c.remarques {
			t.Errorf("%s: %v %v, want %v", c.demande, d.Etat, d.Remarques, c.want)
		}
		if (d.Texte == c.demande) != (d.NumeroEditeur == "") {
			t.Errorf("%s is kept as %q", c.demande, d.Texte)
		}
	}
}

// A code and a label that say two things conclude nothing, nor does a code that is nearly that of an acceptance: what
// was accepted is not sent again, what was rejected is not taken for accepted.
func TestContradictions(t *testing.T) {
	t.Parallel()
	dit := func(code, asp, libelle string) *reprise.Demande {
		return &lire(t, tete+fmt.Sprintf(`{"numeroEditeur": "00001", "numeroASP": %s, "codeTraitement": %s, "libelleTraitement": %q}]}`, asp, code, libelle)).Demandes[0]
	}
	for _, libelle := range []string{
		"Demande rejetée", "DEMANDE REJETEE", " demande\u00a0refusée ", "Rejet : bon de commande illisible", "Demande non acceptée", "La demande n'est pas recevable",
		"Demande n'a pas été acceptée", "Irrecevable", "ESMS inéligible", "Request rejected", "Dossier non conforme", "Ligne en erreur",
	} {
		for _, asp := range []string{`"A1"`, "null"} {
			if d := dit(`"0000"`, asp, libelle); d.Etat != reprise.Ambigue || len(d.Remarques) != 1 || !strings.Contains(d.Remarques[0].Fr, "le libellé « ") {
				t.Errorf("0000, %q: %v %v", libelle, d.Etat, d.Remarques)
			}
		}
		if d := dit(`"E042"`, "null", libelle); d.Etat != reprise.Rejetee {
			t.Errorf("E042, %q: %v %v", libelle, d.Etat, d.Remarques)
		}
	}
	// The source prints one label for 0000: what is no more than another way to write it accepts, another one does not.
	for _, libelle := range []string{"Demande acceptée", "DEMANDE ACCEPTEE", " demande\u00a0acceptée.", "Demande accepte\u0301e"} {
		if d := dit(`"0000"`, `"A1"`, libelle); d.Etat != reprise.Acceptee || len(d.Remarques) != 0 {
			t.Errorf("0000, %q: %v %v", libelle, d.Etat, d.Remarques)
		}
	}
	for _, libelle := range []string{
		"En cours d'instruction", "En attente", "Demande acceptée sous réserve", "Demande acceptée, paiement en cours", "Acceptée", "OK", "x", "0000", "Demande reçue",
		"Traitée", "Aucun rejet", "Réf. 42", "Demande accept\ufffde", "Demande acceptÃ©e",
	} {
		for _, asp := range []string{`"A1"`, "null"} {
			if d := dit(`"0000"`, asp, libelle); d.Etat != reprise.Ambigue || len(d.Remarques) != 1 || !strings.Contains(d.Remarques[0].Fr, "de libellé « Demande acceptée », et le libellé est « ") {
				t.Errorf("0000, %q: %v %v", libelle, d.Etat, d.Remarques)
			}
		}
	}
	for _, libelle := range []string{"Demande acceptée", "Acceptée", "Votre demande a été acceptée", "demande déjà acceptée", "Demande validée", "OK", "Accepted", "Demande acceptée sans erreur"} {
		if d := dit(`"E042"`, "null", libelle); d.Etat != reprise.Ambigue || len(d.Remarques) != 1 || !strings.Contains(d.Remarques[0].Fr, "elle n'est pas reprise") {
			t.Errorf("E042, %q: %v %v", libelle, d.Etat, d.Remarques)
		}
	}
	for _, libelle := range []string{"Seuls les bons acceptés sont financés", "Validité du SIRET", "Le RIB n'est pas accepté", "montantDemande", "OKTA absent", "Demande incomplète"} {
		if d := dit(`"E042"`, "null", libelle); d.Etat != reprise.Rejetee {
			t.Errorf("E042, %q: %v %v", libelle, d.Etat, d.Remarques)
		}
	}
	for _, code := range []string{"0", `"0"`, `"00"`, `"000"`, "0.0", "-0", "0e0", `"0000 "`, `"00000"`, `"OOOO"`, `"0,00"`, `"'0000"`} {
		for _, asp := range []string{`"A1"`, "null"} {
			if d := dit(code, asp, "Demande acceptée"); d.Etat != reprise.Ambigue || len(d.Remarques) != 1 || !strings.Contains(d.Remarques[0].Fr, "n'est pas 0000") {
				t.Errorf("code %s: %v %v", code, d.Etat, d.Remarques)
			}
		}
	}
}

// An odd line keeps nothing back, and the portal's words stay as they are.
func TestVerbatim(t *testing.T) {
	t.Parallel()
	r := lire(t, tete+"\n null,\n {\"numeroEditeur\": \"00002\", \"numLigne\": \"2\", \"codeTraitement\": \"ZZ-é\", \"libelleTraitement\": \" Motif \\u00e9trange \"},\n []]}")
	d := r.Demandes[1]
	if len(r.Demandes) != 3 || d.Code != "ZZ-é" || d.Libelle != " Motif étrange " || d.NumLigne != "2" || d.Rang != 1 || d.Ligne != 3 {
		t.Errorf("%+v", r.Demandes)
	}
	if len(r.Rejetees()) != 1 || r.ImpID != "IMP-1" || r.NumeroAns != "ANS0000001" {
		t.Errorf("%+v", r)
	}
}

// A file saved by someone, or cut short, is read as far as it goes.
func TestTolerances(t *testing.T) {
	t.Parallel()
	demande := `{"numeroEditeur": "00001", "codeTraitement": "E1", "libelleTraitement": "n` + "\xe9cessaire \x80" + `"}`
	r := lire(t, tete+demande+`]}`)
	if r.Demandes[0].Libelle != "nécessaire €" || len(r.Remarques) != 1 {
		t.Errorf("Windows-1252: %+v", r)
	}
	r = lire(t, "\ufeff"+tete+`{"numeroEditeur": "00001", "codeTraitement": "E1"}, {"numeroEditeur": "00002", "codeTraitement": "E`)
	if len(r.Demandes) != 1 || len(r.Remarques) != 1 {
		t.Errorf("cut short: %+v", r)
	}
	r = lire(t, tete+`{"numeroEditeur": "00001", "codeTraitement": "E1"}, {"numeroEditeur": "00002" "codeTraitement": "E1"}]}`)
	if len(r.Demandes) != 1 || !strings.Contains(r.Remarques[0].Fr, "ligne 1") {
		t.Errorf("broken: %+v", r)
	}
}

func TestPasUnRetour(t *testing.T) {
	t.Parallel()
	var illisible *reprise.Illisible
	for _, c := range []struct {
		octets string
		want   error
	}{
		{string(corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1})), reprise.ErrPasRetour},
		{`{"lignesImport": []}`, reprise.ErrSansDemandes},
		{`{"lignesImport": {}}`, reprise.ErrSansDemandes},
		{`[]`, reprise.ErrSansDemandes},
		{`3`, reprise.ErrSansDemandes},
	} {
		if _, err := reprise.Lire(ms1dui.Courante(), []byte(c.octets), jsondoc.Limits{}); !errors.Is(err, c.want) {
			t.Errorf("%.40s: %v, want %v", c.octets, err, c.want)
		}
	}
	for _, octets := range []string{"{", "bonjour", `{"lignesImport": [{"numeroEditeur": "1`} {
		if _, err := reprise.Lire(ms1dui.Courante(), []byte(octets), jsondoc.Limits{}); !errors.As(err, &illisible) {
			t.Errorf("%q: %v", octets, err)
		}
	}
}

// repondre writes in a deposited file what the portal answers to each demande: a code, and a numeroASP where it
// accepts. An empty code is no answer.
func repondre(depose []byte, codes []string) []byte {
	texte := strings.Replace(string(depose), `"impId":null`, `"impId":"IMP-1"`, 1)
	texte = strings.Replace(texte, `"impId": null`, `"impId": "IMP-1"`, 1)
	for i, code := range codes {
		asp, mot, libelle := "null", `null`, `null`
		if code != "" {
			mot = fmt.Sprintf("%q", code)
			libelle = mot
		}
		if code == controle.CodeAccepte {
			asp, libelle = fmt.Sprintf(`"ASP-%d"`, i), fmt.Sprintf("%q", controle.LibelleAccepte)
		}
		// One after the other: the first null left is that of demande i.
		for _, v := range []struct{ balise, valeur string }{{"numeroASP", asp}, {"codeTraitement", mot}, {"libelleTraitement", libelle}} {
			for _, deux := range []string{":", ": "} {
				texte = strings.Replace(texte, `"`+v.balise+`"`+deux+"null", `"`+v.balise+`"`+deux+strings.Replace(v.valeur, "null", "NULL", 1), 1)
			}
		}
	}
	return []byte(strings.ReplaceAll(texte, "NULL", "null"))
}

// separees are the demandes of a file, as they stand in it.
func separees(t interface{ Fatal(...any) }, octets []byte) []json.RawMessage {
	var f struct {
		LignesImport []json.RawMessage `json:"lignesImport"`
	}
	if err := json.Unmarshal(octets, &f); err != nil {
		t.Fatal(err, string(octets))
	}
	return f.LignesImport
}

// A retry file has the rejected demandes and no other, under numbers never used before; every byte of theirs
// that is not the number, the rank or a safe repair is what was deposited.
func TestRefaireProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		forme := corpus.Forme{
			Demandes: rapid.IntRange(1, 12).Draw(t, "demandes"), OGs: rapid.IntRange(1, 2).Draw(t, "OGs"), ESMS: 1,
			Indente: rapid.Bool().Draw(t, "indente"), Fautives: rapid.IntRange(0, 3).Draw(t, "fautives"),
			Graine: rapid.Uint64().Draw(t, "graine"),
		}
		depose := corpus.Fichier(forme)
		codes := rapid.SliceOfN(rapid.SampledFrom([]string{"0000", "F114", "9ZZ?", ""}), forme.Demandes, forme.Demandes).Draw(t, "codes")
		r, err := reprise.Lire(ms1dui.Courante(), repondre(depose, codes), jsondoc.Limits{})
		if errors.Is(err, reprise.ErrPasRetour) && !slices.ContainsFunc(codes, func(c string) bool { return c != "" }) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(r.Depose(), depose) {
			t.Fatalf("deposited:\n%s\nread:\n%s", depose, r.Depose())
		}
		var reprises []reprise.Reprise
		var attendu []string
		for i, d := range r.Rejetees() {
			p := reprise.Reprise{Retour: r, Demande: d, Numero: fmt.Sprintf("N%04d", i)}
			reprises = append(reprises, p)
			texte := strings.ReplaceAll(string(separees(t, depose)[d.Rang]), d.NumeroEditeur+`"`, p.Numero+`"`)
			texte = strings.ReplaceAll(texte, "-"+d.NumeroEditeur+".", "-"+p.Numero+".")
			for _, deux := range []string{":", ": "} {
				texte = strings.Replace(texte, `"numLigne"`+deux+d.NumLigne+",", fmt.Sprintf(`"numLigne"%s%d,`, deux, i+1), 1)
			}
			attendu = append(attendu, texte)
		}
		if len(reprises) == 0 {
			return
		}
		f, err := reprise.Refaire(reprises, controle.Options{}, modele.Francais)
		if err != nil {
			t.Fatal(err)
		}
		verifier(t, f, attendu, depose)
	})
}

func verifier(t *rapid.T, f *reprise.Fichier, attendu []string, depose []byte) {
	debut := bytes.IndexByte(depose, '[') + 1
	blancs := debut + bytes.IndexByte(depose[debut:], '{')
	brut := string(depose[:blancs]) + strings.Join(attendu, ","+string(depose[debut:blancs]))
	brut += string(depose[bytes.LastIndexByte(depose, ']')-queue(depose):])
	want := correction.Corriger(ms1dui.Courante(), []byte(brut), controle.Options{}, jsondoc.Limits{}, false).Octets
	if !bytes.Equal(f.Octets, want) {
		t.Fatalf("retry file:\n%s\nwant:\n%s", f.Octets, want)
	}
	if len(separees(t, f.Octets)) != len(attendu) {
		t.Fatalf("%d demandes, want %d", len(separees(t, f.Octets)), len(attendu))
	}
	if _, err := reprise.Lire(ms1dui.Courante(), f.Octets, jsondoc.Limits{}); !errors.Is(err, reprise.ErrPasRetour) {
		t.Fatalf("the portal's tags are left: %v", err)
	}
	if f.Controle.Verdict == diag.Rejete || f.Controle.Verdict == diag.Illisible {
		t.Fatalf("%s: %+v", f.Controle.Verdict, f.Controle.Structure)
	}
}

// queue counts the blanks before the last bracket.
func queue(depose []byte) int {
	avant := depose[:bytes.LastIndexByte(depose, ']')]
	return len(avant) - len(bytes.TrimRight(avant, " \n"))
}

// What the portal has added to the file is not sent back.
func TestAjoutsDuPortail(t *testing.T) {
	t.Parallel()
	depose := corpus.Fichier(corpus.Forme{Demandes: 1, OGs: 1, ESMS: 1})
	texte := string(repondre(depose, []string{"E1"}))
	texte = strings.Replace(texte, `{"impId"`, `{"dateImport":"x","lot":[1],"impId"`, 1)
	texte = strings.Replace(texte, `"typeAction"`, `"date":{"a":1},"typeAction"`, 1)
	texte = strings.Replace(texte, `"libelleTraitement":"E1"`, `"libelleTraitement":"E1","etat":null,"suite":[]`, 1)
	if r := lire(t, texte); string(r.Depose()) != string(depose) {
		t.Errorf("\n%s\n%s", r.Depose(), depose)
	}
}

// A demande that the portal did not reject cannot be sent again, and two headers do not go in one file.
func TestRefus(t *testing.T) {
	t.Parallel()
	depose := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1})
	r := lire(t, string(repondre(depose, []string{"0000", "E1"})))
	autre := lire(t, strings.Replace(string(repondre(depose, []string{"0000", "E1"})), "ANS0000001", "ANS0000002", 1))
	for _, c := range []struct {
		reprises []reprise.Reprise
		want     error
	}{
		{nil, reprise.ErrSansDemandes},
		{[]reprise.Reprise{{r, &r.Demandes[0], "N0001"}}, reprise.ErrNonRejetee},
		{[]reprise.Reprise{{r, &r.Demandes[1], "N0001"}, {autre, &autre.Demandes[1], "N0002"}}, reprise.ErrMelange},
	} {
		if _, err := reprise.Refaire(c.reprises, controle.Options{}, modele.Francais); !errors.Is(err, c.want) {
			t.Errorf("%v, want %v", err, c.want)
		}
	}
}

// Our own rule explains a rejection that the portal tells in its words; a demande that we find nothing in has
// no explanation.
func TestExplications(t *testing.T) {
	t.Parallel()
	depose := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Fautives: 2})
	r := lire(t, string(repondre(depose, []string{"X001", "X002"})))
	regles := r.Explications(controle.Options{}, modele.Francais)
	if len(regles[0]) != 0 || len(regles[1]) != 1 || regles[1][0].Balise != "telephoneResponsableOG" || !regles[1][0].Premiere || regles[1][0].Aide == "" {
		t.Errorf("%+v", regles)
	}
}

func FuzzLire(f *testing.F) {
	f.Add(repondre(corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1}), []string{"0000", "E1"}))
	f.Add([]byte(tete + `null, {"numeroEditeur": 1, "codeTraitement": 2}]`))
	f.Fuzz(func(t *testing.T, octets []byte) {
		r, err := reprise.Lire(ms1dui.Courante(), octets, jsondoc.Limits{})
		if err != nil {
			return
		}
		r.Explications(controle.Options{}, modele.Francais)
		for _, d := range r.Rejetees() {
			f, err := reprise.Refaire([]reprise.Reprise{{r, d, "N0001"}}, controle.Options{}, modele.Francais)
			if err != nil {
				t.Fatal(err)
			}
			if f.Valide() && len(separees(t, f.Octets)) != 1 {
				t.Fatalf("%s", f.Octets)
			}
		}
	})
}
