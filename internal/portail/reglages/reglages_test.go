package reglages_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guichet/internal/portail/reglages"
	"guichet/modele"
)

func lire(t *testing.T, drapeaux, variables map[string]string, texte string) (reglages.Reglages, error) {
	t.Helper()
	fichier := ""
	if texte != "" {
		fichier = filepath.Join(t.TempDir(), "portail.yaml")
		if err := os.WriteFile(fichier, []byte(texte), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return reglages.Lire(drapeaux, func(nom string) string { return variables[nom] }, fichier)
}

// A flag wins over a variable, which wins over the file, which wins over the default; each says where it is from.
func TestWhoWins(t *testing.T) {
	t.Parallel()
	const fichier = "smtp-hote: du-fichier\nsmtp-port: 25\nagence-nom: Du fichier\n"
	r, err := lire(t, map[string]string{"smtp-hote": "du-drapeau"},
		map[string]string{"GUICHET_SMTP_HOTE": "de-la-variable", "GUICHET_AGENCE_NOM": "De la variable"}, fichier)
	if err != nil {
		t.Fatal(err)
	}
	for nom, want := range map[string]reglages.Valeur{
		"smtp-hote": {Texte: "du-drapeau", Origine: "--smtp-hote"}, "agence-nom": {Texte: "De la variable", Origine: "GUICHET_AGENCE_NOM"},
		"adresse": {Texte: "127.0.0.1:8080"},
	} {
		if r[nom] != want {
			t.Errorf("%s is %+v, want %+v", nom, r[nom], want)
		}
	}
	if p := r["smtp-port"]; p.Texte != "25" || !strings.HasSuffix(p.Origine, "portail.yaml") {
		t.Errorf("smtp-port is %+v", p)
	}
}

// What cannot be is named with its place and what is expected.
func TestFaults(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct {
		drapeaux map[string]string
		fichier  string
		want     string
	}{
		"address":     {map[string]string{"adresse": "8080"}, "", "--adresse : « 8080 » trouvé, attendu : un hôte et un port"},
		"url":         {map[string]string{"url": "guichet.exemple.invalid/x"}, "", "une adresse sans chemin"},
		"url scheme":  {map[string]string{"url": "ftp://guichet.exemple.invalid"}, "", "une adresse sans chemin"},
		"mail":        {map[string]string{"courriel-de": "Guichet <x>"}, "", "une adresse électronique"},
		"port":        {map[string]string{"smtp-port": "0"}, "", "un port de 1 à 65535"},
		"antivirus":   {map[string]string{"clamd": "foo"}, "", "unix:/chemin/de/la/prise ou tcp:hote:port"},
		"its port":    {map[string]string{"clamd": "tcp:127.0.0.1:0"}, "", "unix:/chemin/de/la/prise ou tcp:hote:port"},
		"encryption":  {map[string]string{"smtp-chiffrement": "oui"}, "", "starttls, direct ou aucun"},
		"silence":     {map[string]string{"agence-silence": "oui"}, "", "rejet ou acceptation"},
		"months":      {map[string]string{"agence-delai-decision": "deux"}, "", "un nombre de 1 à 24"},
		"days":        {map[string]string{"agence-delai-pieces": "0"}, "", "un nombre de 1 à 365"},
		"unknown":     {nil, "smtp-hot: x\n", "« smtp-hot » n'est pas un réglage ; vouliez-vous dire smtp-hote ?"},
		"not a pair":  {nil, "- a\n- b\n", "« nom: valeur »"},
		"broken YAML": {nil, "a: [\n", "portail.yaml : ligne 1, colonne 4 : attendu : des lignes « nom: valeur »"},
		"a list":      {nil, "- a\n", "ligne 1, colonne 1 : attendu : des lignes « nom: valeur »"},
		"given twice": {nil, "smtp-port: 1\nsmtp-port: 2\n", "ligne 2, colonne 1 : ce réglage est déjà donné plus haut"},
	} {
		_, err := lire(t, c.drapeaux, nil, c.fichier)
		var f reglages.Faute
		if !errors.As(err, &f) || !strings.Contains(f.In(modele.Francais), c.want) {
			t.Errorf("%s: %v, want %q", nom, err, c.want)
		}
	}
	if _, err := reglages.Lire(nil, os.Getenv, "absent.yaml"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// Every setting has its words in both languages, and a default that is right.
func TestSettings(t *testing.T) {
	t.Parallel()
	for _, s := range reglages.Tous() {
		if s.Aide.Fr == "" || s.Aide.En == "" || s.Genre.Fr == "" || s.Genre.En == "" {
			t.Errorf("%s lacks words", s.Nom)
		}
		if s.Valeur != nil && s.Defaut != "" && s.Valeur(s.Defaut) != nil {
			t.Errorf("%s: its own default is refused", s.Nom)
		}
	}
}

// What nobody has set, and stands for an agency there is not, is named; what was set is not.
func TestWhatIsAnExample(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		donnes map[string]string
		veut   string
	}{
		{nil, "agence-nom agence-adresse"}, {map[string]string{"agence-nom": "Agence des essais"}, "agence-adresse"},
		{map[string]string{"agence-nom": "Agence des essais", "agence-adresse": "7 place des Essais"}, ""},
	} {
		r, err := reglages.Lire(x.donnes, func(string) string { return "" }, "")
		if got := strings.Join(r.Fictifs(), " "); err != nil || got != x.veut {
			t.Errorf("%v: %q, %v", x.donnes, got, err)
		}
	}
}
