package correction_test

import (
	"fmt"
	"strings"
	"testing"

	"guichet/controle"
	"guichet/correction"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

// lignes numbers n lines, and changes those that are named.
func lignes(n int, changees ...int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "ligne %d", i)
		for _, c := range changees {
			if c == i {
				b.WriteString(" changée")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Each change is shown with three lines on each side; changes whose context meets are one group.
func TestContexteDesDifferences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		nom      string
		changees []int
		groupes  []string
	}{
		{"au milieu", []int{10}, []string{"@@ -7,7 +7,7 @@"}},
		{"au début", []int{1}, []string{"@@ -1,4 +1,4 @@"}},
		{"à la fin", []int{30}, []string{"@@ -27,4 +27,4 @@"}},
		{"côte à côte", []int{10, 11}, []string{"@@ -7,8 +7,8 @@"}},
		{"contextes qui se touchent", []int{10, 16}, []string{"@@ -7,13 +7,13 @@"}},
		{"contextes bout à bout", []int{10, 17}, []string{"@@ -7,7 +7,7 @@", "@@ -14,7 +14,7 @@"}},
		{"contextes séparés", []int{10, 18}, []string{"@@ -7,7 +7,7 @@", "@@ -15,7 +15,7 @@"}},
		{"partout", []int{2, 15, 29}, []string{"@@ -1,5 +1,5 @@", "@@ -12,7 +12,7 @@", "@@ -26,5 +26,5 @@"}},
	} {
		var groupes []string
		d := string(correction.Difference("f", []byte(lignes(30)), []byte(lignes(30, c.changees...))))
		for l := range strings.Lines(d) {
			if strings.HasPrefix(l, "@@") {
				groupes = append(groupes, strings.TrimSuffix(l, "\n"))
			}
		}
		if fmt.Sprint(groupes) != fmt.Sprint(c.groupes) {
			t.Errorf("%s: %q, want %q\n%s", c.nom, groupes, c.groupes, d)
		}
		if moins, plus := strings.Count(d, "\n-ligne"), strings.Count(d, "\n+ligne"); moins != len(c.changees) || plus != moins {
			t.Errorf("%s: %d lines taken away, %d added\n%s", c.nom, moins, plus, d)
		}
	}
}

func TestDifferenceALaLettre(t *testing.T) {
	t.Parallel()
	want := "--- f\n+++ f\n@@ -1,3 +1,3 @@\n a\n-b\n-c\n\\ No newline at end of file\n+B\n+C\n\\ No newline at end of file\n"
	if got := string(correction.Difference("f", []byte("a\nb\nc"), []byte("a\nB\nC"))); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, c := range [][2]string{{"a\n", "a\n"}, {"a\nb\n", "a\n"}, {"", ""}} {
		if d := correction.Difference("f", []byte(c[0]), []byte(c[1])); d != nil {
			t.Errorf("%q: %q", c, d)
		}
	}
}

// Repairs are written at their bytes, whatever stands around them.
func TestAppliquer(t *testing.T) {
	t.Parallel()
	got := correction.Appliquer([]byte("abcdef"), []controle.Correction{{Debut: 0, Fin: 1, Apres: "A"}, {Debut: 2, Fin: 2, Apres: "+"}, {Debut: 4, Fin: 6}})
	if string(got) != "Ab+cd" {
		t.Errorf("%s", got)
	}
	if got := correction.Appliquer([]byte("abc"), nil); string(got) != "abc" {
		t.Errorf("%s", got)
	}
}

// What a repair uncovers is repaired too: a tag in lower case hides its value's own fault.
func TestPassesSuccessives(t *testing.T) {
	t.Parallel()
	faux := strings.NewReplacer(`"beneficiaires"`, `"Beneficiaires"`, `"etablissementsClients"`, `"etablissementsclients"`, `"nomResponsableOG": "DURANDAL"`, `"nomresponsableOG": " Durandal "`).Replace(exemple())
	r := correction.Corriger(ms1dui.Courante(), []byte(faux), controle.Options{}, jsondoc.Limits{}, false)
	if want := strings.Replace(exemple(), "DURANDAL", "DURANDAL", 1); string(r.Octets) != want {
		t.Errorf("repaired:\n%s", correction.Difference("f", []byte(want), r.Octets))
	}
	if len(r.Faites) < 4 || len(r.Proposees) > 0 {
		t.Errorf("made %d, proposed %v", len(r.Faites), r.Proposees)
	}
	for _, c := range r.Faites {
		if c.Avant == c.Apres || c.Ligne == 0 || c.Code == "" {
			t.Errorf("%+v", c)
		}
	}
}
