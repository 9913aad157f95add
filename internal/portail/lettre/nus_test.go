package lettre

import (
	"strings"
	"testing"
)

// What a letter would show as it was typed is refused where it is said, with its place; what it shows as it was meant is not.
func TestWhatWouldBeReadRaw(t *testing.T) {
	t.Parallel()
	long, court, qualite := Reglages[2], Reglages[0], Reglage{Nom: nomQualite(7)}
	for _, x := range []struct {
		r           Reglage
		texte, veut string
	}{
		{long, "Le **décret** du *2 mai*\n\n- un\n- deux\n\n> cité, voir [le site](https://exemple.invalid)", ""},
		{long, "Numéro 3_4, 5 * 3, l'adresse un_deux@exemple.invalid", ""},
		{long, "Avant le {{dateDecision}}", "Ligne 1, colonne 10 : « {{dateDecision}} » se lirait tel quel"},
		{long, "Rien\n\n**gras jamais fermé", "Ligne 3, colonne 1 : « ** » se lirait tel quel"},
		{long, "du texte ~~barré~~", "colonne 10 : « ~~ »"},
		{long, "| a | b |\n|---|---|\n| 1 | 2 |", "Ligne 1, colonne 1 : « | a | b | »"},
		{long, "`code`", "ni HTML, ni code"},
		{long, "à \u202efin", "colonne 3 : un caractère invisible (U+202E)"},
		{long, "mot\u200bcoupé", "U+200B"},
		{court, "le **tribunal** de Paris, 7 rue de Jouy", ""},
		{court, "# Le tribunal", "ni titre, ni liste"},
		{court, "- le tribunal", "ni titre, ni liste"},
		{court, "le tribunal\nde Paris", "colonne 12 : une seule ligne"},
		{qualite, "responsable du pôle", ""},
		{qualite, "**responsable**", "ni mise en forme"},
		{qualite, "responsable\u202e", "U+202E"},
		{qualite, strings.Repeat("é", MaxReglage+1), "3 000"},
	} {
		var dites []string
		for _, f := range x.r.fautes(x.texte) {
			dites = append(dites, strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(f.Dire().Fr))
		}
		got := strings.Join(dites, " / ")
		if x.veut == "" && got != "" || !strings.Contains(got, x.veut) {
			t.Errorf("%q: %q, want %q", x.texte, got, x.veut)
		}
	}
	for _, g := range Genres {
		for _, x := range []string{"Un caractère \u202e caché.", "| a | b |"} {
			if f := Analyser(g.Genre, Livre(g.Genre, "fr")+"\n\n"+x); len(f) != 1 || f[0].Ligne == 0 {
				t.Errorf("%s, %q: %+v", g.Genre, x, f)
			}
		}
	}
}
