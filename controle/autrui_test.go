package controle_test

import (
	"reflect"
	"strings"
	"testing"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/referentiel"
)

// seul knows nothing besides the file.
func seul(t *testing.T) controle.Options {
	t.Helper()
	o := tout(t)
	o.Referentiels, o.Logiciel, o.NumeroUtilise, o.ESMSDemande = referentiel.Jeu{}, nil, nil, nil
	return o
}

func utilise(numeros ...string) func(string) (string, bool) {
	return func(n string) (string, bool) {
		for _, x := range numeros {
			if x == n {
				return "JSON-ANS0000001-20230901-001.json du 01/09/2023", true
			}
		}
		return "", false
	}
}

// What other deposits have is the same whether it is known from the start or added to the report of a file that was
// checked without it: places, order, verdict, answers.
func TestCompleter(t *testing.T) {
	t.Parallel()
	octets := corpus.Fichier(corpus.Forme{Demandes: 30, OGs: 2, ESMS: 3, Indente: true, Fautives: 10})
	numeros := utilise("00002", "0000A", "0000U")
	esms := func(f string) (string, bool) { return "demande 00007", f == corpus.Finess(500_003) }
	o := seul(t)
	sans := controle.Preparer(ms1dui.Courante(), jsondoc.Limits{}).Controler(octets, o)
	avant := sans.Fichier(modele.Francais)
	sans.Completer(numeros, esms)
	o.NumeroUtilise, o.ESMSDemande = numeros, esms
	avec := controle.Controler(ms1dui.Courante(), octets, o)
	if a, b := sans.Fichier(modele.Francais), avec.Fichier(modele.Francais); !reflect.DeepEqual(a, b) {
		t.Errorf("added later:\n%+v\nknown from the start:\n%+v", a, b)
	}
	apres := sans.Fichier(modele.Francais)
	for i := range apres.Demandes {
		a, b := avant.Demandes[i].Anomalies, apres.Demandes[i].Anomalies
		if len(b) < len(a) || !reflect.DeepEqual(sansPremieres(a), sansPremieres(b[:len(a)])) {
			t.Errorf("demande %d: what the walk found comes first: %v, %v", i, a, b)
		}
	}
	dites := map[string]string{}
	for d := range apres.All() {
		if d.Code == "C402" || d.Code == "A511" {
			dites[d.Pointeur] += d.Code
		}
	}
	want := map[string]string{
		"/lignesImport/1/numeroEditeur": "C402", "/lignesImport/9/numeroEditeur": "C402", "/lignesImport/29/numeroEditeur": "C402",
		"/lignesImport/0/beneficiaires/etablissementsClients/1/FINESSGeos/0": "A511",
	}
	if !reflect.DeepEqual(dites, want) {
		t.Errorf("told at %v, want %v", dites, want)
	}
}

func sansPremieres(liste []diag.Diagnostic) (copie []diag.Diagnostic) {
	for _, d := range liste {
		d.Premiere = false
		copie = append(copie, d)
	}
	return copie
}

// What a demande is answered without its report is what the report says.
func TestRefusUtilise(t *testing.T) {
	t.Parallel()
	o := seul(t)
	long := strings.Repeat("x", 300)
	for _, ou := range []string{"JSON-ANS0000001-20230901-001.json du 01/09/2023", "renommé\u202e.json du 01/09/2023", long} {
		o.NumeroUtilise = func(string) (string, bool) { return ou, true }
		r := controle.Controler(ms1dui.Courante(), []byte(strings.Replace(valide, `"4866.67"`, `4866.67`, 1)), o)
		code, libelle := r.Traitement(0)
		if c, l := controle.RefusUtilise(ms1dui.Courante(), "00001", ou); code != "C402" || c != code || l != libelle {
			t.Errorf("%s: %s, the report: %s: %s", c, l, code, libelle)
		}
		if r.Verdict != diag.Partiel && r.Verdict != diag.Refuse {
			t.Errorf("verdict %s", r.Verdict)
		}
	}
}

// A number that stands in one demande only once is told once, an ESMS that a demande names twice once.
func TestCompleterDouble(t *testing.T) {
	t.Parallel()
	octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 2, Indente: true})
	double := strings.Replace(string(octets), corpus.Finess(500_001), corpus.Finess(500_000), 1)
	r := controle.Controler(ms1dui.Courante(), []byte(double), seul(t))
	n := r.Anomalies()
	r.Completer(nil, func(f string) (string, bool) { return "ailleurs", f == corpus.Finess(500_000) })
	if r.Anomalies() != n+1 {
		t.Errorf("%d anomalies, %d more, want one more", n, r.Anomalies()-n)
	}
}

// A demande that reading broke off in is not asked about, and a file that is no JSON keeps its verdict.
func TestCompleterCoupe(t *testing.T) {
	t.Parallel()
	octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 2, Indente: true})
	i := strings.LastIndex(string(octets), `"commande"`)
	r := controle.Controler(ms1dui.Courante(), octets[:i], seul(t))
	n := r.Anomalies()
	r.Completer(utilise("00001", "00002"), nil)
	if r.Verdict != diag.Illisible || r.Anomalies() != n+1 {
		t.Errorf("%s, %d more, want one more: that of the whole demande", r.Verdict, r.Anomalies()-n)
	}
}
