package export

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"guichet/modele"
)

// Expliquer explains a rule, named by its code, or a tag, in any case of letters; ok is false when mot is
// neither.
func Expliquer(m *modele.Modele, regles []modele.Regle, mot string, l modele.Langue) (explication []byte, ok bool) {
	e := explanation{m: m, regles: regles, l: l}
	for _, r := range regles {
		if strings.EqualFold(r.Code, mot) {
			e.regle(r)
			return e.out.Bytes(), true
		}
	}
	for _, r := range regles {
		if slices.ContainsFunc(r.Anciens, func(ancien string) bool { return strings.EqualFold(ancien, mot) }) {
			e.retired(strings.ToUpper(mot), r)
			return e.out.Bytes(), true
		}
	}
	for _, t := range scopedTags(m) {
		if t.named(mot) {
			e.tag(t)
		}
	}
	return e.out.Bytes(), e.out.Len() > 0
}

// Sujets lists what Expliquer can explain, each with a few words: the codes, then the tags.
func Sujets(m *modele.Modele, regles []modele.Regle, l modele.Langue) []modele.Entree {
	var sujets []modele.Entree
	for _, r := range regles {
		sujets = append(sujets, modele.Entree{Code: r.Code, Libelle: r.Titre.In(l)})
	}
	for _, t := range scopedTags(m) {
		sujets = append(sujets, modele.Entree{Code: t.Balise, Libelle: t.Libelle.In(l)})
	}
	return sujets
}

// named tells whether a word is a spelling of the tag.
func (t scopedTag) named(mot string) bool {
	for _, name := range names(&t.Champ) {
		if strings.EqualFold(name, mot) {
			return true
		}
	}
	return false
}

// explanation is a text in the making.
type explanation struct {
	m      *modele.Modele
	regles []modele.Regle
	l      modele.Langue
	out    bytes.Buffer
}

func (e *explanation) text(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(e.l) }

// colon announces what follows.
func (e *explanation) colon() string { return e.text(" :", ":") }

func (e *explanation) regle(r modele.Regle) {
	fmt.Fprintf(&e.out, "%s, %s%s %s\n\n", r.Code, effets[r.Gravite].nom.In(e.l), e.colon(), r.Titre.In(e.l))
	e.facts([][2]string{
		{e.text("Effet", "Effect"), effect(r).In(e.l)},
		{e.text("Message", "Message"), placeholders(r.Message.In(e.l))},
		{e.text("Que faire", "What to do"), placeholders(r.Aide.In(e.l))},
		{e.text("Source", "Source"), sourceOf(r, e.l)},
		{e.text("Balises", "Tags"), fewTags(tagsByCode(e.m)[r.Code], 8, len(scopedTags(e.m)), e.l)},
	})
	e.extract(e.text("Faux", "Wrong"), r.Faux)
	e.extract(e.text("Juste", "Right"), r.Juste)
}

// retired says what took the place of a code that is used no more.
func (e *explanation) retired(code string, r modele.Regle) {
	fmt.Fprintf(&e.out, e.text(
		"%s ne sert plus : le document source ne dit rien d'aussi sévère. Voyez %s.\n\n",
		"%s is used no more: the source document says nothing that severe. See %s.\n\n"), code, r.Code)
	e.regle(r)
}

func (e *explanation) extract(title, extract string) {
	if extract != "" {
		fmt.Fprintf(&e.out, "\n%s%s\n    %s\n", title, e.colon(), strings.ReplaceAll(extract, "\n", "\n    "))
	}
}

// placeholders shows a template as a reader would: the tag by a name, what a file brings by an ellipsis.
func placeholders(template string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return b.String() + template
		}
		b.WriteString(before)
		if name == "balise" {
			b.WriteString("<balise>")
		} else {
			b.WriteString("…")
		}
		template = after
	}
}

func (e *explanation) tag(t scopedTag) {
	if e.out.Len() > 0 {
		e.out.WriteString("\n")
	}
	fmt.Fprintf(&e.out, "%s%s %s\n\n", t.Balise, e.colon(), t.Libelle.In(e.l))
	e.facts([][2]string{
		{e.text("Place", "Place"), t.path},
		{e.text("Format", "Format"), modele.Format(t.Type, e.l)},
		{e.text("Obligation", "Obligation"), t.Obligation.Phrase(e.l)},
		{e.text("Conseil", "Advice"), t.Aide.In(e.l)},
		{e.text("Toléré", "Tolerated"), strings.Join(append(slices.Clone(t.Tolerees), nullTolerated(t.Champ, e.l)...), ", ")},
		{e.text("Exemple", "Example"), t.Exemple},
		{e.text("Source", "Source"), t.Source},
	})
	e.doubts(t.Champ)
	e.rules(t)
	if n := t.Type.Nomenclature; n != nil {
		e.codes(n)
	}
}

// nullTolerated says when null may stand for a whole object.
func nullTolerated(c modele.Champ, l modele.Langue) []string {
	if c.NulTolere == nil {
		return nil
	}
	return []string{modele.Texte{Fr: "null si ", En: "null if "}.In(l) + modele.Phrase(c.NulTolere, l)}
}

// doubts says where the source lets the tag be read in another way.
func (e *explanation) doubts(c modele.Champ) {
	for _, d := range modele.Doutes(&c) {
		fmt.Fprintf(&e.out, "\n%s%s %s\n", e.text("Lecture douteuse", "Doubtful reading"), e.colon(), d.Raison.In(e.l))
	}
}

// rules lists the rules that the tag can break.
func (e *explanation) rules(t scopedTag) {
	fmt.Fprintf(&e.out, "\n%s%s\n", e.text("Règles (guichet explain CODE)", "Rules (guichet explain CODE)"), e.colon())
	var rows [][]string
	for _, code := range codesOf(e.m, t) {
		for _, r := range e.regles {
			if r.Code == code {
				rows = append(rows, []string{r.Code, effets[r.Gravite].nom.In(e.l), r.Titre.In(e.l)})
			}
		}
	}
	e.columns(rows)
}

func (e *explanation) codes(n *modele.Nomenclature) {
	fmt.Fprintf(&e.out, "\n%s%s\n", fmt.Sprintf(e.text("%d codes de la %s", "%d codes of the %s"), len(n.Codes), n.Nom.In(e.l)), e.colon())
	rows := make([][]string, len(n.Codes))
	for i, c := range n.Codes {
		rows[i] = []string{c.Code, c.Libelle}
	}
	e.columns(rows)
}

// facts writes pairs of a name and what there is to say, the empty ones left out.
func (e *explanation) facts(facts [][2]string) {
	var rows [][]string
	for _, f := range facts {
		if f[1] != "" {
			rows = append(rows, f[:])
		}
	}
	e.columns(rows)
}

func (e *explanation) columns(rows [][]string) {
	w := tabwriter.NewWriter(&e.out, 0, 0, 2, ' ', 0)
	for _, cells := range rows {
		fmt.Fprintln(w, "  "+strings.Join(cells, "\t"))
	}
	_ = w.Flush() // a buffer takes all
}
