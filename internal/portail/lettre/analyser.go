package lettre

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
	"guichet/valeur"
)

// Faute is what is wrong with a model, and where; Ligne is 0 for what is missing.
type Faute struct {
	Ligne, Colonne int // from 1, in characters
	Texte          modele.Texte
}

// Dire tells it with its place.
func (f Faute) Dire() modele.Texte {
	if f.Ligne == 0 {
		return f.Texte
	}
	return modele.Texte{
		Fr: fmt.Sprintf("Ligne %d, colonne %d : %s", f.Ligne, f.Colonne, f.Texte.Fr),
		En: fmt.Sprintf("Line %d, column %d: %s", f.Ligne, f.Colonne, f.Texte.En),
	}
}

// MaxModele is how long a model may be, in characters.
const MaxModele = 20_000

// Analyser checks the text of a letter of some kind: fields that are known, no more of Markdown than letters need, and all that the law
// wants, where people read it.
func Analyser(g Genre, texte string) (fautes []Faute) {
	if n := utf8.RuneCountInString(texte); n > MaxModele {
		return []Faute{{Texte: ecrit.TropLong(modele.Texte{Fr: "le modèle", En: "the model"}, MaxModele, n)}}
	}
	fautes = append(champsFautifs(texte), formes(texte)...)
	lu := lire(remplacer(texte, func(c *Champ) string { return marque(c.Nom) }))
	for _, m := range Mentions {
		if absents, ok := m.manque(lu); m.Pour(g) && !ok {
			fautes = append(fautes, m.faute(absents))
		}
	}
	return fautes
}

// champ is how a field is written; accolades is whatever looks like one.
var (
	champ     = regexp.MustCompile(`\{\{([A-Za-z]+)\}\}`)
	accolades = regexp.MustCompile(`\{\{[^{}\n]*\}\}|\{\{|\}\}`)
)

// champsFautifs are the fields that there are not, are not closed, or do not stand alone on their line as they must.
func champsFautifs(texte string) (fautes []Faute) {
	for _, x := range accolades.FindAllStringIndex(texte, -1) {
		ecriture := texte[x[0]:x[1]]
		noms := champ.FindStringSubmatch(ecriture)
		var c *Champ
		if noms != nil {
			c, _ = champDe(noms[1])
		}
		switch {
		case c == nil:
			fautes = append(fautes, inconnu(ecriture, texte, x[0]))
		case c.Seul && strings.TrimSpace(ligneDe(texte, x[0])) != ecriture:
			fautes = append(fautes, a(texte, x[0], ecriture+" est fait de paragraphes : il se tient seul sur sa ligne.", ecriture+" is made of paragraphs: it stands alone on its line."))
		}
	}
	return fautes
}

// inconnu names a field that there is not, the nearest one, and those that there are.
func inconnu(ecriture, texte string, octet int) Faute {
	fr, en := ecriture+" n'est pas un champ.", ecriture+" is no field."
	if p := valeur.Proche(strings.Trim(ecriture, "{} "), nomsChamps()); p != "" {
		fr, en = strings.TrimSuffix(fr, ".")+" ; vouliez-vous dire {{"+p+"}} ?", strings.TrimSuffix(en, ".")+"; did you mean {{"+p+"}}?"
	}
	liste := strings.Join(nomsChamps(), ", ")
	return a(texte, octet, fr+" Les champs sont : "+liste+".", en+" The fields are: "+liste+".")
}

// a is a fault at a byte of a text.
func a(texte string, octet int, fr, en string) Faute {
	debut := strings.LastIndexByte(texte[:octet], '\n') + 1
	return Faute{
		Ligne: strings.Count(texte[:octet], "\n") + 1, Colonne: utf8.RuneCountInString(texte[debut:octet]) + 1,
		Texte: modele.Texte{Fr: fr, En: en},
	}
}

// ligneDe is the line that holds a byte.
func ligneDe(texte string, octet int) string {
	debut := strings.LastIndexByte(texte[:octet], '\n') + 1
	ligne, _, _ := strings.Cut(texte[debut:], "\n")
	return ligne
}

// formes are what Markdown has and letters do not: HTML, code, images; marks that would be read as they are, and characters that nobody sees.
func formes(texte string) (fautes []Faute) {
	fautes = caches(texte)
	octets := []byte(texte)
	_ = ast.Walk(markdown.Parser().Parse(text.NewReader(octets)), func(n ast.Node, entre bool) (ast.WalkStatus, error) {
		if !entre {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindRawHTML, ast.KindHTMLBlock, ast.KindCodeSpan, ast.KindCodeBlock, ast.KindFencedCodeBlock, ast.KindImage:
			fautes = append(fautes, a(texte, place(n), "ni HTML, ni code, ni image dans une lettre : du texte, des titres, des listes, du gras et de l'italique.",
				"no HTML, no code, no image in a letter: text, headings, lists, bold and italics."))
			return ast.WalkSkipChildren, nil
		case ast.KindText:
			fautes = append(fautes, montres(texte, octets, n.(*ast.Text))...)
		}
		return ast.WalkContinue, nil
	})
	return fautes
}

// place is where an element begins, as near as Markdown tells.
func place(n ast.Node) int {
	for x := n; x != nil; x = x.Parent() {
		if h, ok := x.(*ast.RawHTML); ok && h.Segments.Len() > 0 {
			return h.Segments.At(0).Start
		}
		if x.Type() == ast.TypeBlock && x.Lines().Len() > 0 {
			return x.Lines().At(0).Start
		}
	}
	return 0
}

// marque stands for a field while it is looked whether people read it: characters that nobody writes.
func marque(nom string) string { return "\ue000" + nom + "\ue001" }

// lire is what people read of Markdown, with the spaces of the keyboard.
func lire(texte string) string {
	octets := []byte(texte)
	var b strings.Builder
	_ = ast.Walk(markdown.Parser().Parse(text.NewReader(octets)), func(n ast.Node, entre bool) (ast.WalkStatus, error) {
		switch x := n.(type) {
		case *ast.Text:
			if entre {
				b.Write(x.Segment.Value(octets))
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			if entre {
				b.Write(x.Label(octets))
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.ReplaceAll(b.String(), ecrit.Insecable, " ")
}
