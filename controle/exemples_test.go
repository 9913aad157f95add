package controle_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"guichet/controle"
)

// enLigne is the valid file on one line, spaced as the extracts of the rule book are.
func enLigne() string {
	return regexp.MustCompile(`\s*\n\s*`).ReplaceAllStringFunc(valide, func(blancs string) string { return " " })
}

// hors are the rules whose extracts are not a piece of the valid file: they speak of names, of several
// demandes, or of bytes.
const hors = "S001 S003 S004 S005 S105 S106 S301 S302 S303 S304 C303 C304 C305 C401 C404 A506 A507 A517 A601 A602 I701"

// avecRegistres are the rules that take registers.
const avecRegistres = "C402 C403 A509 A510 A511"

// The wrong and right extracts that `guichet explain` shows are what they are said to be.
func TestExtraitsDesRegles(t *testing.T) {
	t.Parallel()
	juste, registres := enLigne(), tout(t)
	for _, r := range controle.Regles() {
		if strings.Contains(hors, r.Code) {
			continue
		}
		o := options()
		if slices.Contains(strings.Fields(avecRegistres), r.Code) {
			o = registres
		}
		depart := adapter(juste, r.Juste)
		if !strings.Contains(depart, r.Juste) {
			t.Errorf("%s: the valid file has no %s", r.Code, r.Juste)
			continue
		}
		if trouve := codes(controler(depart, o)); strings.Contains(trouve, r.Code) {
			t.Errorf("%s: the right extract has it too: %s", r.Code, trouve)
		}
		if trouve := codes(controler(strings.Replace(depart, r.Juste, r.Faux, 1), o)); !strings.Contains(trouve, r.Code) {
			t.Errorf("%s: the wrong extract %s does not show it, but %s", r.Code, r.Faux, trouve)
		}
	}
}

// adapter gives the first tag of a right extract its value, where the file has another right one.
func adapter(texte, extrait string) string {
	balise, _, _ := strings.Cut(extrait, ": ")
	if strings.Contains(texte, extrait) || strings.Count(extrait, `": `) > 1 {
		return texte
	}
	valeur := regexp.MustCompile(regexp.QuoteMeta(balise) + `: (\[[^\]]*\]|"[^"]*"|[\w.]+)`)
	if lieu := valeur.FindStringIndex(texte); lieu != nil {
		return texte[:lieu[0]] + extrait + texte[lieu[1]:]
	}
	return texte
}
