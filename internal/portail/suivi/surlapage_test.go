package suivi

import (
	"regexp"
	"strings"
	"testing"

	"guichet/controle"
	"guichet/modele"
)

// No rule speaks of a place in a file, or of a command, to who corrects a value on a page; what else it says stays.
func TestControlsSpeakOfThePage(t *testing.T) {
	t.Parallel()
	fichier := regexp.MustCompile(`ligne \d|line \d|colonne \d|column \d|guichet [a-z]`)
	remplir := strings.NewReplacer("ligne {detail}", "ligne 12, colonne 8", "{balise}", "FINESSGeos", "{trouve}", "990000001")
	enAnglais := strings.NewReplacer("line {detail}", "line 12, column 8", "{balise}", "FINESSGeos", "{trouve}", "990000001")
	for _, r := range controle.Regles() {
		for _, x := range []modele.Texte{r.Message, r.Aide} {
			fr, en := surLaPage(remplir.Replace(x.Fr), modele.Francais), surLaPage(enAnglais.Replace(x.En), modele.Anglais)
			if fichier.MatchString(fr) || fichier.MatchString(en) {
				t.Errorf("%s: %q, %q", r.Code, fr, en)
			}
			if x == r.Message && (fr == "" || en == "") {
				t.Errorf("%s says nothing", r.Code)
			}
		}
	}
	for avant, apres := range map[string]string{
		"FINESSGeos : 990000001 figure déjà ligne 12, colonne 8":                       "FINESSGeos : 990000001 figure déjà dans cette demande",
		"prenez le code dans la liste du §4 (guichet explain profil), ou écrivez null": "prenez le code dans la liste du §4, ou écrivez null",
		"reprenez la structure du modèle : guichet template":                           "",
	} {
		if got := surLaPage(avant, modele.Francais); got != apres {
			t.Errorf("%q, want %q", got, apres)
		}
	}
}
