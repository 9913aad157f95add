package controle_test

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/controle"
	"guichet/diag"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

//go:embed testdata/valide.json
var valide string

const nomValide = "JSON-ANS0000001-20231002-001.json"

func options() controle.Options {
	return controle.Options{Nom: nomValide, Aujourdhui: time.Date(2023, 10, 2, 0, 0, 0, 0, time.UTC)}
}

func controler(texte string, o controle.Options) diag.Fichier {
	return controle.Controler(ms1dui.Courante(), []byte(texte), o).Fichier(modele.Francais)
}

// toutes lists all anomalies of a file.
func toutes(f diag.Fichier) []diag.Diagnostic {
	liste := slices.Clone(f.Structure)
	for _, d := range f.Demandes {
		liste = append(liste, d.Anomalies...)
	}
	return liste
}

// TestRegles has one wrong value for each rule, made from a valid file by one change, with the exact list
// of what is then found: code, line and column, in the order of the control.
// ASVS 2.2.1, 2.2.3: each rule of the format.
func TestRegles(t *testing.T) {
	t.Parallel()
	for _, c := range casRegles {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			if n := strings.Count(valide, c.avant); n != 1 {
				t.Fatalf("%q stands %d times in the valid file", c.avant, n)
			}
			f := controler(strings.Replace(valide, c.avant, c.apres, 1), options())
			var trouve []string
			for _, d := range toutes(f) {
				trouve = append(trouve, fmt.Sprintf("%s %d:%d", d.Code, d.Ligne, d.Colonne))
			}
			if got := strings.Join(trouve, ", "); got != c.attendu {
				t.Fatalf("found %s\nwant  %s", got, c.attendu)
			}
			d := toutes(f)[0]
			if texte := d.Message + " | " + d.Aide; !strings.Contains(texte, c.dit) {
				t.Errorf("%q does not say %q", texte, c.dit)
			}
		})
	}
}

func TestFichierValide(t *testing.T) {
	t.Parallel()
	f := controler(valide, options())
	if f.Verdict != diag.Accepte || len(toutes(f)) > 0 {
		t.Errorf("verdict %s, %+v", f.Verdict, toutes(f))
	}
	for _, d := range f.Demandes {
		if *d.CodeTraitement != "0000" || *d.LibelleTraitement != "Demande acceptée" {
			t.Errorf("demande %d: %s %s", d.NumLigne, *d.CodeTraitement, *d.LibelleTraitement)
		}
	}
}
