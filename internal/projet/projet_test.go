package projet_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guichet/internal/projet"
	"guichet/modele"
)

const complet = `# le bureau
numeroAns: ANS0000001
SIRET: "00000000100008"
edition: 2023-10-02
sortie: depots
carnet: /var/lib/guichet.db
numeros: {prefixe: A}
defauts:
  demandeCertificatServeur: non
  telephoneResponsableOG: +33 1 99 00 12 34
`

func bureau(t *testing.T, texte string) string {
	t.Helper()
	dossier := t.TempDir()
	if err := os.WriteFile(filepath.Join(dossier, projet.Nom), []byte(texte), 0o600); err != nil {
		t.Fatal(err)
	}
	return dossier
}

// Values are read as they are written, paths come back absolute, and what nobody gave has its default.
func TestCharger(t *testing.T) {
	t.Parallel()
	dossier := bureau(t, complet)
	p, err := projet.Charger(dossier, projet.Sources{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ nom, got, want string }{
		{"numeroAns", p.NumeroAns.Texte, "ANS0000001"},
		{"SIRET", p.SIRET.Texte, "00000000100008"},
		{"edition", p.Edition.Texte, "2023-10-02"},
		{"sortie", p.Sortie.Texte, filepath.Join(dossier, "depots")},
		{"carnet", p.Carnet.Texte, "/var/lib/guichet.db"},
		{"pieces", p.Pieces.Texte, filepath.Join(dossier, "bons")},
		{"mapping", p.Mapping.Texte, ""},
		{"prefixe", p.Prefixe.Texte, "A"},
		{"defaut", p.Defauts["demandeCertificatServeur"].Texte, "non"},
		{"origin", p.SIRET.Origine.In(modele.Francais), "guichet.yaml, ligne 3, colonne 8"},
		{"origin of a default", p.Pieces.Origine.In(modele.Francais), "par défaut"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.nom, c.got, c.want)
		}
	}
}

// A SIRET without quotes is the fourteen digits that are written, not the number that YAML reads.
func TestUnquoted(t *testing.T) {
	t.Parallel()
	p, err := projet.Charger(bureau(t, "numeroAns: 1234567890\nSIRET: 00000000100008\n"), projet.Sources{})
	if err != nil || p.SIRET.Texte != "00000000100008" || p.NumeroAns.Texte != "1234567890" {
		t.Errorf("%q %q, %v", p.SIRET.Texte, p.NumeroAns.Texte, err)
	}
}

// The project is that of the nearest folder above.
func TestTrouver(t *testing.T) {
	t.Parallel()
	dossier := bureau(t, complet)
	dessous := filepath.Join(dossier, "a", "b")
	if err := os.MkdirAll(dessous, 0o777); err != nil {
		t.Fatal(err)
	}
	if got, err := projet.Trouver(dessous); got != filepath.Join(dossier, projet.Nom) || err != nil {
		t.Errorf("Trouver = %s, %v", got, err)
	}
	if got, err := projet.Trouver(t.TempDir()); got != "" || err != nil {
		t.Errorf("Trouver without a project = %s, %v", got, err)
	}
}

// Flag, then environment, then file, then default.
func TestPrecedence(t *testing.T) {
	t.Parallel()
	dossier := bureau(t, complet)
	env := map[string]string{"GUICHET_NUMERO_ANS": "ANS0000002", "GUICHET_SIRET": "00000000200006", "GUICHET_SORTIE": "ici"}
	ailleurs := filepath.Join(dossier, "sous")
	if err := os.Mkdir(ailleurs, 0o777); err != nil {
		t.Fatal(err)
	}
	p, err := projet.Charger(ailleurs, projet.Sources{
		Getenv:   func(nom string) string { return env[nom] },
		Drapeaux: map[string]string{"numero-ans": "ANS0000003"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want string }{
		{p.NumeroAns.Texte, "ANS0000003"}, {p.NumeroAns.Origine.In(modele.Francais), "--numero-ans"},
		{p.SIRET.Texte, "00000000200006"}, {p.SIRET.Origine.In(modele.Anglais), "variable GUICHET_SIRET"},
		{p.Sortie.Texte, filepath.Join(ailleurs, "ici")}, // from where the person is
		{p.Edition.Texte, "2023-10-02"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// The environment may name the project, or its folder.
func TestNamedProject(t *testing.T) {
	t.Parallel()
	dossier := bureau(t, complet)
	for _, nom := range []string{dossier, filepath.Join(dossier, projet.Nom)} {
		p, err := projet.Charger(t.TempDir(), projet.Sources{Getenv: func(n string) string {
			return map[string]string{projet.Variable: nom}[n]
		}})
		if err != nil || p.Dossier != dossier {
			t.Errorf("%s: %v, %v", nom, p, err)
		}
	}
	_, err := projet.Charger(dossier, projet.Sources{Getenv: func(string) string { return "absent" }})
	if err == nil || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a project that is not there: %v", err)
	}
}

// Each fault says where it is, what was found, and what is expected.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ texte, want string }{
		{"numeroans: ANS0000001", "guichet.yaml, ligne 1, colonne 1 : clé inconnue « numeroans » : vouliez-vous dire « numeroAns » ?"},
		{"couleur: bleu", "guichet.yaml, ligne 1, colonne 1 : clé inconnue « couleur », attendu : SIRET, ajustements, carnet, defauts, edition, feuillesMasquees, lignesMasquees, mapping, numeroAns, numeros, pieces, referentiels, sortie"},
		{"numeros:\n  prefix: A", "guichet.yaml, ligne 2, colonne 3 : clé inconnue « prefix » : vouliez-vous dire « prefixe » ?"},
		{"numeros: A", "guichet.yaml, ligne 1, colonne 10 : des lignes « clé: valeur » sont attendues"},
		{"defauts:\n  regimeTva: HT", "guichet.yaml, ligne 2, colonne 3 : clé inconnue « regimeTva » : vouliez-vous dire « regimeTVA » ?"},
		{"defauts:\n  regimeTVA: HTT", "guichet.yaml, ligne 2, colonne 14 : regimeTVA : « HTT » trouvé, attendu : « TTC » ou « HT »"},
		{"defauts:\n  isMaitreId: peut-être", "guichet.yaml, ligne 2, colonne 15 : isMaitreId : « peut-être » trouvé, attendu : oui ou non"},
		{"defauts:\n  montantSegurHT: 2920.0", "guichet.yaml, ligne 2, colonne 19 : montantSegurHT : « 2920.0 » trouvé, attendu : nombre supérieur à 0 écrit avec deux décimales, par exemple 2920.00"},
		{"numeroAns: ANS1", "guichet.yaml, ligne 1, colonne 12 : numeroAns : « ANS1 » trouvé, attendu : exactement 10 caractères alphanumériques"},
		{"SIRET: 100008", `guichet.yaml, ligne 1, colonne 8 : SIRET : 100008 n'a que 6 chiffres, 14 attendus ; s'il a perdu ses zéros de tête, écrivez-le entre guillemets : SIRET: "00000000100008"`},
		{"SIRET: 1.0E+13", "guichet.yaml, ligne 1, colonne 8 : SIRET : « 1.0E+13 » trouvé, attendu : exactement 14 chiffres entre guillemets"},
		{"edition: 2023-10-03", "guichet.yaml, ligne 1, colonne 10 : edition : « 2023-10-03 » trouvé, attendu : 2023-10-02, 2023-03-09"},
		{"numeros: {prefixe: ABCDE}", "guichet.yaml, ligne 1, colonne 20 : numeros.prefixe : « ABCDE » trouvé, attendu : 4 chiffres ou lettres majuscules au plus"},
		{"numeros: {prefixe: a}", "guichet.yaml, ligne 1, colonne 20 : numeros.prefixe : « a » trouvé, attendu : 4 chiffres ou lettres majuscules au plus"},
		{"lignesMasquees: oui", "guichet.yaml, ligne 1, colonne 17 : lignesMasquees : « oui » trouvé, attendu : lire ou laisser"},
		{"feuillesMasquees: non", "guichet.yaml, ligne 1, colonne 19 : feuillesMasquees : « non » trouvé, attendu : lire ou laisser"},
		{"sortie: [a]", "guichet.yaml, ligne 1, colonne 9 : une valeur simple, sur une ligne, est attendue"},
		{"sortie: &x depots", "guichet.yaml, ligne 1, colonne 9 : une valeur simple, sur une ligne, est attendue"},
		{"SIRET: 1\nSIRET: 2", `guichet.yaml, ligne 2, colonne 1 : cette clé est déjà donnée plus haut`},
		{"- a", "guichet.yaml, ligne 1, colonne 1 : des lignes « clé: valeur » sont attendues"},
		{"sortie: a\n---\nsortie: b", "guichet.yaml, ligne 2, colonne 1 : un seul document attendu : retirez la ligne « --- »"},
	} {
		_, err := projet.Charger(bureau(t, c.texte), projet.Sources{})
		var fautes projet.Erreurs
		if !errors.As(err, &fautes) {
			t.Errorf("%q: %v", c.texte, err)
			continue
		}
		// French quotes have no-break blanks inside in the words of the model.
		if got := strings.ReplaceAll(fautes.In(modele.Francais), "\u00a0", " "); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.texte, got, c.want)
		}
	}
}

// An empty file is a desk with defaults, and so is none.
func TestEmpty(t *testing.T) {
	t.Parallel()
	for _, texte := range []string{"", "# rien\n", "SIRET:\n", "\ufeffedition: 2023-10-02\n"} {
		p, err := projet.Charger(bureau(t, texte), projet.Sources{})
		if err != nil || filepath.Base(p.Carnet.Texte) != "guichet.db" || p.SIRET.Texte != "" {
			t.Errorf("%q: %v, %v", texte, p, err)
		}
	}
	dossier := t.TempDir()
	if p, err := projet.Charger(dossier, projet.Sources{}); err != nil || p.Fichier != "" || p.Sortie.Texte != filepath.Join(dossier, "depots") {
		t.Errorf("no project: %v, %v", p, err)
	}
}

// Whatever the bytes, there is a project or a fault, and no crash.
func FuzzCharger(f *testing.F) {
	f.Add(complet)
	f.Add("a: *x\n<<: {b: c}")
	f.Fuzz(func(t *testing.T, texte string) {
		dossier := t.TempDir()
		if err := os.WriteFile(filepath.Join(dossier, projet.Nom), []byte(texte), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := projet.Charger(dossier, projet.Sources{})
		if p == nil && err == nil {
			t.Error("nothing said")
		}
	})
}
