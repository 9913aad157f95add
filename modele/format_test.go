package modele

import "testing"

func TestFormat(t *testing.T) {
	t.Parallel()
	liste := &Nomenclature{Nom: Texte{"liste des codes", "list of codes"}, Codes: []Entree{{"AB_1", ""}}}
	for _, c := range []struct {
		nom    string
		t      Type
		fr, en string
	}{
		{"exact", Type{Genre: Chaine, Exact: 10, Alphabet: Alphanumerique}, "exactement 10 caractères alphanumériques", "exactly 10 letters or digits"},
		{"digits", Type{Genre: Chaine, Exact: 14, Alphabet: Chiffres}, "exactement 14 chiffres entre guillemets", "exactly 14 digits between quotes"},
		{"upper case", Type{Genre: Chaine, Moins: 50, Majuscules: true}, "de 1 à 49 caractères, en majuscules", "1 to 49 characters, in upper case"},
		{"rank", Type{Genre: Rang}, "nombre entier, rang dans le tableau à partir de 1", "whole number, rank in the array from 1"},
		{"amount", Type{Genre: Montant}, "nombre supérieur à 0 écrit avec deux décimales, par exemple 2920.00", "number above 0 written with two decimals, such as 2920.00"},
		{"e-mail", Type{Genre: Courriel, Moins: 150}, "adresse électronique, un @ après le premier caractère et un point, 149 caractères au plus", "e-mail address, an @ after its first character and a point, at most 149 characters"},
		{"one choice", Type{Genre: Choix, Valeurs: []string{"C"}}, "« C »", `"C"`},
		{"two choices", Type{Genre: Choix, Valeurs: []string{"TTC", "HT"}}, "« TTC » ou « HT »", `"TTC" or "HT"`},
		{"three choices", Type{Genre: Choix, Valeurs: []string{"A", "B", "C"}}, "« A », « B » ou « C »", `"A", "B" or "C"`},
		{"several choices", Type{Genre: ChoixMultiple, Valeurs: []string{"A", "B"}}, "« A » ou « B », ou plusieurs séparées par une virgule et une espace, sans répétition", `"A" or "B", or several joined by a comma and a blank, none twice`},
		{"code", Type{Genre: Code, Nomenclature: liste}, "code de la liste des codes, par exemple « AB_1 »", `code of the list of codes, such as "AB_1"`},
		{"demandes", Type{Genre: TableauObjets, Min: 1, Max: 200}, "tableau de 1 à 200 objets", "array of 1 to 200 objects"},
		{"some objects", Type{Genre: TableauObjets, Min: 1}, "tableau d'au moins un objet", "array of at least one object"},
		{"objects", Type{Genre: TableauObjets}, "tableau d'objets", "array of objects"},
		{"values", Type{Genre: TableauValeurs, Min: 1, Exact: 9, Alphabet: Alphanumerique, Unique: true}, "tableau d'au moins une valeur (exactement 9 caractères alphanumériques)", "array of at least one value (exactly 9 letters or digits)"},
	} {
		if got := Format(c.t, Francais); got != c.fr {
			t.Errorf("%s: Format in French = %q, want %q", c.nom, got, c.fr)
		}
		if got := Format(c.t, Anglais); got != c.en {
			t.Errorf("%s: Format in English = %q, want %q", c.nom, got, c.en)
		}
	}
}

// A new kind of value must not be left without words.
func TestFormatOfEveryKind(t *testing.T) {
	t.Parallel()
	for g := Objet; g <= NomPiece; g++ {
		ty := Type{Genre: g, Valeurs: []string{"A"}, Nomenclature: &Nomenclature{}}
		for _, l := range []Langue{Francais, Anglais} {
			if Format(ty, l) == "" {
				t.Errorf("Genre %d has no words in language %d", g, l)
			}
		}
	}
}

func TestGabarit(t *testing.T) {
	t.Parallel()
	n := NormePieces{
		Prefixe: "XX1", Codes: map[string]string{"PREUVE": "P", "BON": "B"},
		Formats: map[string]string{"PNG": "png", "PDF": "pdf"},
	}
	if got, want := n.Gabarit("numero"), "XX1-<B|P>-<numero>.<pdf|png>"; got != want {
		t.Errorf("Gabarit = %q, want %q", got, want)
	}
}
