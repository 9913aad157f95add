package lettre

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"guichet/internal/portail/courriel"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// markdown reads and writes letters. HTML that stands in one is left out.
var markdown = goldmark.New(goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(titres{}, 100))))

// titres puts the headings of a letter below that of the page that shows it.
type titres struct{}

// Transform is called by goldmark.
func (titres) Transform(d *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(d, func(n ast.Node, entre bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entre {
			h.Level = min(h.Level+1, 6)
		}
		return ast.WalkContinue, nil
	})
}

// Rendue is a letter as it goes out.
type Rendue struct {
	HTML      []byte
	Empreinte string  // SHA-256 of HTML, in hexadecimal
	Manquent  []Champ // what must be given before it can
}

// Corps is the letter itself, for a page that shows it: these bytes of HTML, as they are.
func (r *Rendue) Corps() template.HTML { return corps(r.HTML) }

const (
	debutCorps = "<article>\n"
	finCorps   = "</article>"
)

func corps(page []byte) template.HTML {
	_, apres, _ := bytes.Cut(page, []byte(debutCorps))
	dedans, _, _ := bytes.Cut(apres, []byte(finCorps))
	return template.HTML(dedans) //nolint:gosec // written by rendre, which escapes
}

// gabarit is the text of a letter, cut at its fields.
type gabarit []morceau

type morceau struct {
	texte string
	champ *Champ // that stands there instead; nil for none
}

// decouper cuts a text at its fields, set in the typography of its language.
func decouper(texte string, l modele.Langue) (g gabarit) {
	texte = composer(texte, l)
	fin := 0
	for _, x := range champ.FindAllStringIndex(texte, -1) {
		c, ok := champDe(strings.Trim(texte[x[0]:x[1]], "{}"))
		if !ok {
			continue
		}
		g, fin = append(g, morceau{texte: texte[fin:x[0]]}, morceau{champ: c}), x[1]
	}
	return append(g, morceau{texte: texte[fin:]})
}

// rendre fills a text in and writes it as a page that stands alone.
func rendre(texte string, f *Faits, titre string, l modele.Langue) (*Rendue, error) {
	return decouper(texte, l).rendre(f, titre, l)
}

func (g gabarit) rendre(f *Faits, titre string, l modele.Langue) (*Rendue, error) {
	r := &Rendue{}
	var plein strings.Builder
	for _, m := range g {
		plein.WriteString(m.texte)
		if m.champ == nil {
			continue
		}
		v, ok := m.champ.dit(f, l)
		if !ok {
			r.Manquent = append(r.Manquent, *m.champ)
		}
		plein.WriteString(m.champ.ecrire(v))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, entete, courriel.Langue(l), html.EscapeString(titre))
	if err := markdown.Convert([]byte(plein.String()), &b); err != nil {
		return nil, fmt.Errorf("write a letter: %w", err)
	}
	b.WriteString(pied)
	r.HTML = b.Bytes()
	r.Empreinte = empreinte(r.HTML)
	return r, nil
}

func empreinte(octets []byte) string {
	h := sha256.Sum256(octets)
	return hex.EncodeToString(h[:])
}

const (
	entete = `<!DOCTYPE html>
<html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>%s</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}h2{font-size:1.3rem}h3{font-size:1.1rem}</style></head>
<body><main>
` + debutCorps
	pied = finCorps + "\n</main></body></html>\n"
)

// composer sets the words of a model in the typography of its language.
func composer(texte string, l modele.Langue) string {
	if l == modele.Francais {
		return ecrit.Francais(texte)
	}
	return texte
}

// remplacer puts something in the place of each field. A line that had a field alone and has nothing any longer goes.
func remplacer(texte string, par func(c *Champ) string) string {
	return champ.ReplaceAllStringFunc(texte, func(ecriture string) string {
		if c, ok := champDe(strings.Trim(ecriture, "{}")); ok {
			return par(c)
		}
		return ecriture
	})
}

// ecrire is a value as Markdown: what the agency has written as it is, whatever else as the characters that it has.
func (c *Champ) ecrire(v string) string {
	switch {
	case c.Sien:
		return strings.TrimSpace(v)
	case c.Nom == "motifs" || c.Nom == "esmsContestes":
		return "- " + strings.ReplaceAll(litteral(v), "\n", "\n- ")
	}
	return strings.ReplaceAll(litteral(v), "\n", "\\\n")
}

// litteral has each character of a text stand for itself in Markdown. Lines that are empty go, and blanks at their ends.
func litteral(v string) string {
	var lignes []string
	for ligne := range strings.Lines(ecrit.Visible(v)) {
		if ligne = strings.Join(strings.FieldsFunc(ligne, func(c rune) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }), " "); ligne != "" {
			lignes = append(lignes, ligne)
		}
	}
	var b strings.Builder
	for _, c := range strings.Join(lignes, "\n") {
		if c < 128 && strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
