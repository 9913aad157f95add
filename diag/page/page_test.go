package page_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/diag/page"
	"guichet/modele"
)

func render(t *testing.T, r *diag.Rapport, l modele.Langue) string {
	t.Helper()
	var b strings.Builder
	if err := page.Write(&b, r, diag.Options{Langue: l, Regles: essai.Regles(), Outil: "1.0.0"}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// match returns the first group of the pattern in the page.
func match(t *testing.T, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%s is not in the page", pattern)
	}
	return m[1]
}

func TestPolicy(t *testing.T) {
	t.Parallel()
	text := render(t, essai.Rapport(), modele.Francais)
	sum := sha256.Sum256([]byte(match(t, text, `(?s)<style>(.*)</style>`)))
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	if got := html.UnescapeString(match(t, text, `<meta http-equiv="Content-Security-Policy" content="(.*)">`)); got != want {
		t.Errorf("policy %q, want %q", got, want)
	}
	if strings.Contains(text, "ZgotmplZ") {
		t.Error("the template refused a value")
	}
}

// TestHostileStrings finds markup that came from the file, and anything that would fetch or run.
func TestHostileStrings(t *testing.T) {
	t.Parallel()
	text := render(t, essai.Rapport(), modele.Francais)
	for _, tag := range []string{"<script", "<img", "<link", "<iframe", "<object", "<form", " src=\"", " style=\"", "url(", "@import", "javascript:"} {
		if strings.Contains(text, tag) {
			t.Errorf("%s in the page", tag)
		}
	}
	for _, shown := range []string{"&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;U&#43;202E&gt;", "␛[2J"} {
		if !strings.Contains(text, shown) {
			t.Errorf("%s is not shown", shown)
		}
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	one := func(i int) *diag.Rapport {
		r := &diag.Rapport{Fichiers: essai.Rapport().Fichiers[i : i+1]}
		r.Summarize()
		return r
	}
	for _, test := range []struct {
		rapport *diag.Rapport
		langue  modele.Langue
		want    string
	}{
		{essai.Rapport(), modele.Francais, "4 fichiers : 1 illisible, 1 rejeté, 1 accepté en partie, 1 accepté – Rapport Guichet"},
		{essai.Rapport(), modele.Anglais, "4 files: 1 unreadable, 1 rejected, 1 partly accepted, 1 accepted – Guichet report"},
		{one(0), modele.Francais, "Rejeté : JSON-ANS0000001-20231016-001.json – Rapport Guichet"},
		{one(2), modele.Anglais, "Accepted: JSON-ANS0000001-20231016-003.json – Guichet report"},
	} {
		text := render(t, test.rapport, test.langue)
		if got := html.UnescapeString(match(t, text, `<title>(.*)</title>`)); got != test.want {
			t.Errorf("title %q, want %q", got, test.want)
		}
		if got, want := match(t, text, `<html lang="(..)">`), map[modele.Langue]string{modele.Francais: "fr", modele.Anglais: "en"}[test.langue]; got != want {
			t.Errorf("lang %q", got)
		}
	}
}

// TestOutline reads the headings: one h1, and no level left out on the way down.
func TestOutline(t *testing.T) {
	t.Parallel()
	level := 0
	for i, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(render(t, essai.Rapport(), modele.Francais), -1) {
		next := int(m[1][0] - '0')
		if next > level+1 || next == 1 && i > 0 {
			t.Errorf("heading %d: h%d after h%d", i, next, level)
		}
		level = next
	}
	if level == 0 {
		t.Error("no headings")
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	text := render(t, essai.Rapport(), modele.Francais)
	tables, captions := strings.Count(text, "<table"), strings.Count(text, "<caption>")
	if tables != 5 || captions != tables {
		t.Errorf("%d tables, %d captions; want faults, files, and the demandes of three files", tables, captions)
	}
	if n := len(regexp.MustCompile(`<th(?:ead)?\b`).FindAllString(text, -1)) - tables; n != strings.Count(text, `scope="`) {
		t.Errorf("%d header cells, %d scopes", n, strings.Count(text, `scope="`))
	}
}

// TestLinks follows every link inside the page.
func TestLinks(t *testing.T) {
	t.Parallel()
	text := render(t, essai.Rapport(), modele.Francais)
	links := regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(text, -1)
	if len(links) < 10 {
		t.Errorf("%d links, want one for each place and file", len(links))
	}
	for _, l := range links {
		if id, inside := strings.CutPrefix(l[1], "#"); !inside || strings.Count(text, ` id="`+id+`"`) != 1 {
			t.Errorf("link to %q", l[1])
		}
	}
}

func TestDetails(t *testing.T) {
	t.Parallel()
	text := html.UnescapeString(render(t, essai.Rapport(), modele.Francais))
	for _, part := range []string{
		`2 demandes, 3 fois, 2 fichiers<small>le portail en signalera 1</small>`,
		`"typeAction": <mark>"C"</mark>,</code>`,
		`ligne 9, colonne 32 (première occurrence)`,
		`"numLigne": 1, "typeAction": <mark>"X"</mark>,`,
		`…"commentaire":"東京 café","montantSegurHT":<mark>2920.0</mark>},"beneficiaires"…`,
		"<h3 id=\"f2-d2\">Demande 2, numeroEditeur 00002\u00a0: refusée</h3>",
		"C'est ce que le portail signalera.",
		"<b>Aide\u00a0:</b> écrire 2920.00",
		"Source\u00a0: §3.2, Infos commande",
		"F020 montantSegurHT sans deux décimales",
		"<li>3 anomalies masquées par --select/--ignore</li>",
		"En plus, sans détail\u00a0: 1\u00a0200 alertes.",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in the page", part)
		}
	}
	if n := strings.Count(text, "FINESS\u00a0: registre non chargé"); n != 1 {
		t.Errorf("what was not checked is told %d times", n)
	}
	if n := strings.Count(text, "ESMS éligibles du 01/09/2023"); n != 1 {
		t.Errorf("the register is told %d times", n)
	}
}

// A reading that is not certain is told with its reason, once.
func TestDoubt(t *testing.T) {
	t.Parallel()
	r := essai.Rapport()
	r.Fichiers[1].Demandes[1].Anomalies[0].Doute = "la source l'imprime <ainsi>"
	text := render(t, r, modele.Francais)
	if n := strings.Count(text, "<p class=\"doute\">"); n != 1 || !strings.Contains(html.UnescapeString(text), "<b>Doute\u00a0:</b> la source l'imprime <ainsi>") {
		t.Errorf("the doubt is told %d times", n)
	}
}

// TestBounds writes a report far over the limits of a page.
func TestBounds(t *testing.T) {
	t.Parallel()
	r := &diag.Rapport{}
	for i := range 600 {
		f := diag.Fichier{Fichier: fmt.Sprintf("f%d.json", i), Verdict: diag.Rejete, Structure: []diag.Diagnostic{
			{Code: fmt.Sprintf("S%03d", i), Gravite: modele.Rejet, Message: "m"},
		}}
		for j := range 20 {
			f.Demandes = append(f.Demandes, diag.Demande{NumLigne: j + 1, Anomalies: []diag.Diagnostic{{Code: "F001", Gravite: modele.Erreur, Message: "m"}}})
		}
		r.Fichiers = append(r.Fichiers, f)
	}
	r.Summarize()
	text := html.UnescapeString(render(t, r, modele.Anglais))
	if n := strings.Count(text, "<article"); n != 2000 {
		t.Errorf("%d anomalies in full, want 2000", n)
	}
	if n := strings.Count(text, `<section class="fichier"`); n != 500 {
		t.Errorf("%d files, want 500", n)
	}
	if n := strings.Count(text, `data-titre="numLigne"`); n != 5000 {
		t.Errorf("%d demandes, want 5000", n)
	}
	for _, part := range []string{
		"600 rejections, 12,000 errors", // the summary counts all
		"This table ends here. Besides: 401 groups.",
		"This report ends here. Besides: 100 files.",
		"Without their line in this report: 20 requests.",
		"Counted in the summary, without detail in this report: 10,600 anomalies.",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in the page", part)
		}
	}
}

// TestFrenchSpaces finds ordinary spaces where French sets no-break ones.
func TestFrenchSpaces(t *testing.T) {
	t.Parallel()
	text := render(t, essai.Rapport(), modele.Francais)
	_, text, _ = strings.Cut(text, "</style>")
	text = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, ""))
	if bad := regexp.MustCompile(`.* [:;!?»].*|.*« .*`).FindAllString(text, -1); bad != nil {
		t.Errorf("ordinary space in %q", bad)
	}
}
