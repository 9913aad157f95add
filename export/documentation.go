package export

import (
	"fmt"
	"slices"
	"strings"

	"guichet/modele"
)

// Documentation returns the Markdown page of the model: the file at a glance, its tags block by block,
// the rules over several values and the names of the documents.
func Documentation(m *modele.Modele, l modele.Langue) []byte {
	p := page{l: l}
	p.generated()
	p.line("# %s, %s %s", m.Nom, modele.Texte{Fr: "édition", En: "edition"}.In(l), m.Edition)
	p.line("%s.", m.Titre.In(l))
	p.line("%s", modele.Texte{Fr: "Document d'origine : ", En: "Source document: "}.In(l)+m.Document+".")
	p.line("%s", modele.Texte{Fr: "Ce que cette édition change : ", En: "What this edition changes: "}.In(l)+m.Changement.In(l)+".")
	p.line("%s", modele.Texte{Fr: "Le même modèle en JSON Schema : ", En: "The same model as JSON Schema: "}.In(l)+link(schemaPage(m)))
	p.outline(m)
	p.blocks(m.EnTete, new(string), map[string]bool{})
	p.coherence(m)
	p.documents(m)
	p.doubts(m)
	return p.bytes()
}

// Nomenclature returns the Markdown page of a list of codes.
func Nomenclature(n *modele.Nomenclature, l modele.Langue) []byte {
	p := page{l: l}
	p.generated()
	name := n.Nom.In(l)
	p.line("# %s", strings.ToUpper(name[:1])+name[1:])
	p.line(modele.Texte{Fr: "%d codes, dans l'ordre du document d'origine.", En: "%d codes, in the order of the source document."}.In(l), len(n.Codes))
	rows := make([][]string, len(n.Codes))
	for i, e := range n.Codes {
		rows[i] = []string{code(e.Code), e.Libelle}
	}
	p.table([]modele.Texte{{Fr: "Code", En: "Code"}, {Fr: "Libellé", En: "Label"}}, rows)
	return p.bytes()
}

// outline shows the tags as they stand in the file.
func (p *page) outline(m *modele.Modele) {
	p.title(modele.Texte{Fr: "Le fichier en un coup d'œil", En: "The file at a glance"})
	var lines []string
	var walk func(champs []modele.Champ, margin string)
	walk = func(champs []modele.Champ, margin string) {
		for _, c := range champs {
			lines = append(lines, margin+c.Balise+brackets[c.Type.Genre])
			walk(c.Champs, margin+"  ")
		}
	}
	walk(m.EnTete, "")
	p.line("```text\n%s\n```", strings.Join(lines, "\n"))
}

var brackets = map[modele.Genre]string{
	modele.Objet: " {}", modele.TableauObjets: " [{}]", modele.TableauValeurs: " []",
}

// blocks writes one table for each run of tags of one block. current is the block being written, seen
// holds the ones already begun: a block may go on after another.
func (p *page) blocks(champs []modele.Champ, current *string, seen map[string]bool) {
	for _, c := range champs {
		if c.Bloc != *current {
			p.block(c.Bloc, seen[c.Bloc])
			*current, seen[c.Bloc] = c.Bloc, true
		}
		p.row(p.tag(c))
		p.blocks(c.Champs, current, seen)
	}
}

func (p *page) block(name string, again bool) {
	more := modele.Texte{}
	if again {
		more = modele.Texte{Fr: " (suite)", En: " (continued)"}
	}
	p.title(modele.Texte{Fr: name + more.Fr, En: name + more.En})
	p.header([]modele.Texte{
		{Fr: "Balise", En: "Tag"}, {Fr: "Ce qu'elle dit", En: "What it says"}, {Fr: "Format", En: "Format"},
		{Fr: "Obligation", En: "Obligation"}, {Fr: "Source", En: "Source"}, {Fr: "Exemple", En: "Example"},
	})
}

// tag is the row of one tag.
func (p *page) tag(c modele.Champ) []string {
	name := code(c.Balise)
	tolerated := nullTolerated(c, p.l)
	if len(c.Tolerees) > 0 {
		tolerated = append([]string{codeList(c.Tolerees)}, tolerated...)
	}
	if len(tolerated) > 0 {
		name += modele.Texte{Fr: " (toléré : ", En: " (tolerated: "}.In(p.l) + strings.Join(tolerated, ", ") + ")"
	}
	says := c.Libelle.In(p.l)
	if c.Aide != (modele.Texte{}) {
		says += modele.Texte{Fr: " ; ", En: "; "}.In(p.l) + c.Aide.In(p.l)
	}
	format := modele.Format(c.Type, p.l)
	if c.Type.Nomenclature != nil {
		format = "[" + format + "](" + listPage(c) + ")"
	}
	return []string{name, says, format, c.Obligation.Phrase(p.l), c.Source, code(c.Exemple)}
}

// coherence lists the rules over several values.
func (p *page) coherence(m *modele.Modele) {
	p.title(modele.Texte{Fr: "Règles sur plusieurs valeurs", En: "Rules over several values"})
	var items []string
	for _, c := range m.Coherence {
		codes, source := coherenceOrigin(c)
		items = append(items, fmt.Sprintf("- %s — %s (%s)", codeList(codes), coherencePhrase(c, p.l), source))
	}
	p.line("%s", strings.Join(items, "\n"))
}

// doubts lists where the source lets a tag be read in another way, the tags with one reason together.
func (p *page) doubts(m *modele.Modele) {
	var reasons []string
	tags := map[string][]string{}
	for _, t := range scopedTags(m) {
		for _, d := range modele.Doutes(&t.Champ) {
			reason := d.Raison.In(p.l)
			if tags[reason] == nil {
				reasons = append(reasons, reason)
			}
			if !slices.Contains(tags[reason], t.Balise) {
				tags[reason] = append(tags[reason], t.Balise)
			}
		}
	}
	if reasons == nil {
		return
	}
	p.title(modele.Texte{Fr: "Lectures douteuses", En: "Doubtful readings"})
	p.line("%s", modele.Texte{
		Fr: "Le document ne suffit pas à trancher : seul le modèle que le portail donne à télécharger le peut.",
		En: "The document does not settle these: only the template that the portal lets suppliers download can.",
	}.In(p.l))
	items := make([]string, len(reasons))
	for i, reason := range reasons {
		items[i] = "- " + codeList(tags[reason]) + modele.Texte{Fr: " : ", En: ": "}.In(p.l) + reason + "."
	}
	p.line("%s", strings.Join(items, "\n"))
}

// documents says how the supporting documents are named.
func (p *page) documents(m *modele.Modele) {
	p.title(modele.Texte{Fr: "Noms des pièces", En: "Names of the documents"})
	for _, c := range m.Coherence {
		if named, ok := c.(modele.PiecesNommees); ok {
			p.line("%s", code(m.Pieces.Gabarit(named.Numero)))
		}
	}
	var rows [][]string
	for _, names := range []map[string]string{m.Pieces.Codes, m.Pieces.Formats} {
		for _, value := range sortedKeys(names) {
			rows = append(rows, []string{code(value), code(names[value])})
		}
	}
	p.table([]modele.Texte{{Fr: "Valeur de la balise", En: "Value of the tag"}, {Fr: "Dans le nom", En: "In the name"}}, rows)
	if len(m.Pieces.Tolerees) > 0 {
		p.line("%s", modele.Texte{Fr: "Préfixe toléré : ", En: "Tolerated prefix: "}.In(p.l)+codeList(m.Pieces.Tolerees)+".")
	}
}
