package courriel

import (
	"strings"
	"testing"
	"unicode/utf8"

	"guichet/modele"
)

// People are greeted by their names; what is no name, and could carry an address, greets nobody.
func TestGreeting(t *testing.T) {
	t.Parallel()
	for nom, veut := range map[string]string{
		"Ana d'Exemple-Été": "Bonjour Ana d'Exemple-Été,\n\n", "": "Bonjour,\n\n", "Gagnez sur https://x.invalid": "Bonjour,\n\n", "a@b": "Bonjour,\n\n",
		"A\nB": "Bonjour,\n\n", "נועם": "Bonjour \u2068נועם\u2069,\n\n", strings.Repeat("a", 61): "Bonjour,\n\n", "Ana\u202e": "Bonjour,\n\n",
	} {
		if a := saluer(nom, modele.Francais); a != veut {
			t.Errorf("%q: %q, want %q", nom, a, veut)
		}
	}
}

// The whole form: greeting, text, who sends it; lines that any program shows; addresses whole.
func TestForm(t *testing.T) {
	t.Parallel()
	p := Poste{expediteur: Expediteur{Nom: "Guichet", Adresse: "g@exemple.invalid", Pour: "Agence d'essai", Contact: "agence@exemple.invalid", Site: "https://guichet.exemple.invalid"}, maintenant: nil}
	long := "https://guichet.exemple.invalid/ouverture/" + strings.Repeat("s", 90)
	r := Redaction{Sujet: "Réponse : " + strings.Repeat("long ", 30), Texte: "Le fichier est arrivé : " + strings.Repeat("mot ", 40) + "\n> " + strings.Repeat("cité ", 30) + "\n- " + strings.Repeat("item ", 30) + "\nIci : " + long + "\n"}
	sujet, texte := p.former(Message{Nom: "Ana Exemple", Langue: "fr"}, r)
	if n := utf8.RuneCountInString(sujet); n != maxSujet || !strings.HasPrefix(sujet, "Réponse\u00a0: long") || !strings.HasSuffix(sujet, "…") {
		t.Errorf("subject of %d: %q", n, sujet)
	}
	plat := plier(texte)
	if !strings.HasPrefix(plat, "Bonjour Ana Exemple,\n\nLe fichier est arrivé\u00a0: mot") || !strings.HasSuffix(plat, "\n-- \nGuichet, pour Agence d'essai\nagence@exemple.invalid\nhttps://guichet.exemple.invalid\n") || !strings.Contains(plat, "\n"+long+"\n") {
		t.Errorf("%s", plat)
	}
	for ligne := range strings.SplitSeq(plat, "\n") {
		if n := utf8.RuneCountInString(ligne); n > largeur && ligne != long {
			t.Errorf("a line of %d: %s", n, ligne)
		}
		if strings.Contains(ligne, "cité") && !strings.HasPrefix(ligne, "> ") || strings.HasPrefix(ligne, "item") {
			t.Errorf("%q lost its mark", ligne)
		}
	}
}
