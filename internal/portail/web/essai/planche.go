package essai

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Planche writes a page as somebody reads it: its title, then each line of its main part, links with where they lead, fields with what
// stands in them, buttons with where they send. What changes from one run to the next is left out: versions of files, secrets of forms.
func Planche(corps string) string {
	racine, err := html.Parse(strings.NewReader(corps))
	if err != nil {
		return err.Error()
	}
	p := &planche{}
	p.lire(racine, trouver(racine, atom.Main) == nil)
	return p.texte()
}

type planche struct{ b strings.Builder }

// texte is what was written, without blank lines nor blanks at the ends of lines.
func (p *planche) texte() string {
	var lignes []string
	for l := range strings.SplitSeq(p.b.String(), "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lignes = append(lignes, l)
		}
	}
	return strings.Join(lignes, "\n") + "\n"
}

// blocs begin a line.
var blocs = map[atom.Atom]string{
	atom.H1: "# ", atom.H2: "## ", atom.H3: "### ", atom.H4: "#### ", atom.P: "", atom.Li: "- ", atom.Tr: "| ", atom.Dt: "", atom.Dd: "  : ", atom.Div: "", atom.Form: "", atom.Summary: "> ", atom.Legend: "",
	atom.Option: "  ( ) ", atom.Br: "", atom.Caption: "", atom.Blockquote: "“ ", atom.Section: "", atom.Nav: "", atom.Fieldset: "", atom.Label: "", atom.Details: "",
}

func (p *planche) lire(n *html.Node, dedans bool) {
	if n.Type == html.TextNode && dedans {
		p.b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
		return
	}
	if n.DataAtom == atom.Script || n.DataAtom == atom.Style {
		return
	}
	dedans = dedans || n.DataAtom == atom.Main || n.DataAtom == atom.Title
	if debut, ok := blocs[n.DataAtom]; ok && dedans {
		p.b.WriteString("\n" + debut)
	}
	if dedans {
		p.avant(n)
	}
	for e := n.FirstChild; e != nil; e = e.NextSibling {
		p.lire(e, dedans)
	}
	if dedans {
		p.apres(n)
	}
}

// avant writes what stands in attributes.
func (p *planche) avant(n *html.Node) {
	switch n.DataAtom {
	case atom.Form:
		p.b.WriteString("<" + attribut(n, "method") + " " + sansAgit(attribut(n, "action")) + ">\n")
	case atom.Input:
		coche := ""
		if a(n, "checked") {
			coche = " x"
		}
		p.b.WriteString("\n[" + attribut(n, "type") + " " + attribut(n, "name") + " = " + attribut(n, "value") + coche + "] ")
	case atom.Textarea, atom.Select:
		p.b.WriteString("\n[" + attribut(n, "name") + "] ")
	case atom.Option:
		if a(n, "selected") {
			p.b.WriteString("x ")
		}
		p.b.WriteString(attribut(n, "value") + " ")
	case atom.Td, atom.Th:
		p.b.WriteString(" ")
	}
	if n.Data == "rect" {
		p.b.WriteString(" ▭" + attribut(n, "width"))
	}
}

// apres writes what follows the words of an element.
func (p *planche) apres(n *html.Node) {
	switch n.DataAtom {
	case atom.A:
		p.b.WriteString("(" + sansAgit(attribut(n, "href")) + ")")
	case atom.Button:
		p.b.WriteString(" {" + attribut(n, "name") + "=" + attribut(n, "value") + "} ")
	case atom.Td, atom.Th:
		p.b.WriteString(" |")
	}
}

// sansAgit leaves out of an address for whom its form was shown.
func sansAgit(adresse string) string {
	debut, requete, ok := strings.Cut(adresse, "?")
	if !ok {
		return adresse
	}
	var garde []string
	for x := range strings.SplitSeq(requete, "&") {
		if !strings.HasPrefix(x, "agit=") {
			garde = append(garde, x)
		}
	}
	if len(garde) == 0 {
		return debut
	}
	return debut + "?" + strings.Join(garde, "&")
}

func trouver(n *html.Node, quoi atom.Atom) *html.Node {
	if n.DataAtom == quoi {
		return n
	}
	for e := n.FirstChild; e != nil; e = e.NextSibling {
		if x := trouver(e, quoi); x != nil {
			return x
		}
	}
	return nil
}

// Courriel writes a mail as its reader gets it.
func Courriel(a, sujet, texte string) string {
	return "À : " + a + "\nObjet : " + sujet + "\n" + texte + "\n" + strings.Repeat("-", 20) + "\n"
}

// envPlanches has the kept sheets written anew: GUICHET_PLANCHES=1 go test ./internal/portail/... -run Planches. Read what changed before it is kept.
const envPlanches = "GUICHET_PLANCHES"

// Comparer wants a text to be the one that was kept under a name in testdata/planches, and tells the first line that differs.
func Comparer(t testing.TB, nom, lu string) {
	t.Helper()
	fichier := filepath.Join("testdata", "planches", nom+".txt")
	if os.Getenv(envPlanches) != "" {
		if err := os.MkdirAll(filepath.Dir(fichier), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(fichier, []byte(lu), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	garde, err := os.ReadFile(fichier)
	if err != nil {
		t.Fatal(err)
	}
	a, b := strings.Split(string(garde), "\n"), strings.Split(lu, "\n")
	for i := range max(len(a), len(b)) {
		x, y := ligne(a, i), ligne(b, i)
		if x != y {
			t.Errorf("%s:%d:\nwas %q\nis  %q\n(%s=1 keeps what is)", fichier, i+1, x, y, envPlanches)
			return
		}
	}
}

func ligne(lignes []string, i int) string {
	if i < len(lignes) {
		return lignes[i]
	}
	return "(end)"
}
