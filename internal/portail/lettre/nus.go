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
)

var ceTexte = modele.Texte{Fr: "ce texte", En: "this text"}

// fautes are what a letter would not show as it was meant: what is too long, is no Markdown of letters, names a field, which is not filled in there, or, in
// the middle of a sentence, makes a block of its own.
func (r Reglage) fautes(texte string) (fautes []Faute) {
	if n := utf8.RuneCountInString(texte); n > MaxReglage {
		return []Faute{{Texte: ecrit.TropLong(ceTexte, MaxReglage, n)}}
	}
	for _, x := range accolades.FindAllStringIndex(texte, -1) {
		fautes = append(fautes, a(texte, x[0], "« "+texte[x[0]:x[1]]+" » se lirait tel quel : les champs ne se remplacent que dans un modèle.", "“"+texte[x[0]:x[1]]+"” would be read as it is: fields are filled in only in a model."))
	}
	fautes = append(fautes, formes(texte)...)
	if !r.Long {
		fautes = append(fautes, enLigne(texte, strings.HasPrefix(r.Nom, prefixeQualite))...)
	}
	return fautes
}

// enLigne are what cannot stand in the middle of a sentence: titles, lists, several paragraphs or lines; in bare text bold and italics, too.
func enLigne(texte string, nu bool) (fautes []Faute) {
	if i := strings.IndexByte(texte, '\n'); i >= 0 {
		fautes = append(fautes, a(texte, i, "une seule ligne : ce texte est au milieu d'une phrase.", "one line: this text stands in the middle of a sentence."))
	}
	octets := []byte(texte)
	_ = ast.Walk(markdown.Parser().Parse(text.NewReader(octets)), func(n ast.Node, entre bool) (ast.WalkStatus, error) {
		permis := n.Kind() == ast.KindDocument || n.Kind() == ast.KindParagraph || n.Kind() == ast.KindText || !nu && n.Type() == ast.TypeInline
		if entre && !permis {
			fautes = append(fautes, a(texte, place(n), "ni titre, ni liste, ni mise en forme : ce texte est au milieu d'une phrase.", "no heading, no list, no emphasis: this text stands in the middle of a sentence."))
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return fautes
}

// signes are the marks that other sorts of Markdown know, or that are not closed: a letter shows them as they are.
var signes = regexp.MustCompile("\\*\\*|__|~~|`|\\]\\(|^\\s*\\|.*\\||^#{1,6}|\\[[ xX]\\]\\s|\\[\\^")

// montres are the marks of Markdown, and the characters that nobody sees, that a letter would show as they are.
func montres(texte string, octets []byte, n *ast.Text) (fautes []Faute) {
	if x := signes.FindIndex(n.Segment.Value(octets)); x != nil {
		i := n.Segment.Start + x[0]
		signe := texte[i : n.Segment.Start+x[1]]
		fautes = append(fautes, a(texte, i, "« "+signe+" » se lirait tel quel : ôtez-le.", "“"+signe+"” would be read as it is: take it away."))
	}
	return fautes
}

// caches are the characters that nobody sees, and that change what others read.
func caches(texte string) (fautes []Faute) {
	for i, c := range texte {
		if ecrit.Cache(c) {
			nom := fmt.Sprintf("U+%04X", c)
			fautes = append(fautes, a(texte, i, "un caractère invisible ("+nom+") : ôtez-le.", "a character that nobody sees ("+nom+"): take it away."))
		}
	}
	return fautes
}
