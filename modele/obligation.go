package modele

import "strings"

// Phrase says when a value is needed: `obligatoire si isMandataire = true ; null si isMandataire = false`.
func (o Obligation) Phrase(l Langue) string {
	if s, ok := o.constantPhrase(l); ok {
		return s
	}
	parts := []string{
		Texte{"obligatoire si ", "mandatory if "}.In(l) + Phrase(o.Obligatoire, l),
		Texte{"null si ", "null if "}.In(l) + Phrase(o.Nul, l),
	}
	if !o.exhaustive() {
		parts = append(parts, Texte{"sinon valeur ou null", "otherwise value or null"}.In(l))
	}
	return strings.Join(parts, Texte{" ; ", "; "}.In(l))
}

func (o Obligation) constantPhrase(l Langue) (string, bool) {
	mandatory, constant := Constante(o.Obligatoire)
	null, constantNull := Constante(o.Nul)
	switch {
	case !constant || !constantNull:
		return "", false
	case o.Renseigne:
		return Texte{"null, rempli par l'ASP", "null, filled in by the ASP"}.In(l), true
	case mandatory:
		return Texte{"obligatoire", "mandatory"}.In(l), true
	case null:
		return Texte{"toujours null", "always null"}.In(l), true
	}
	return Texte{"facultatif, ou null", "optional, or null"}.In(l), true
}

// exhaustive tells whether one of the two conditions holds for each right value of the tag that they
// name: both ask for a value of one boolean.
func (o Obligation) exhaustive() bool {
	a, okA := o.Obligatoire.(Is)
	b, okB := o.Nul.(Is)
	boolean := func(v string) bool { return v == "true" || v == "false" }
	return okA && okB && a.Balise == b.Balise && a.Valeur != b.Valeur && boolean(a.Valeur) && boolean(b.Valeur)
}
