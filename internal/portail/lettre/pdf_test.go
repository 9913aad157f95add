package lettre

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/modele"
)

func unPDF(t testing.TB, l modele.Langue, mot string) []byte {
	t.Helper()
	f := exemple()
	f.Fournisseur = "ŒUVRE Łódź Ελλάδα Київ 漢"
	f.Reglages["piecesSolde"] = modele.Texte{Fr: "- la facture ;\n- l'attestation :\n  1. de service fait ;\n  2. d'usage.\n\n> Une note, *en italique*."}
	r, err := rendre(Livre(attribution[0], mot), f, "Décision d'attribution 2026-000012", l)
	if err != nil {
		t.Fatal(err)
	}
	octets, err := PDF(r.HTML, time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return octets
}

// The same page gives the same PDF; its text is that of the page, with all letters, and what its font has not by its number.
func TestPDF(t *testing.T) {
	t.Parallel()
	octets := unPDF(t, modele.Francais, "fr")
	if !bytes.Equal(octets, unPDF(t, modele.Francais, "fr")) || !bytes.HasPrefix(octets, []byte("%PDF-")) {
		t.Fatal("the same letter gives another PDF")
	}
	if dir := os.Getenv("GUICHET_ECRANS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "lettre.pdf"), octets, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	texte := strings.Join(strings.Fields(lirePDF(t, octets)), " ")
	for _, mot := range []string{"ŒUVRE Łódź Ελλάδα Київ <U+6F22>", "Décision d'attribution n° 2026-000012", "la facture ;", "1. de service fait", "Voies et délais de recours", "dispensée de signature", "1/2"} {
		if !strings.Contains(strings.ReplaceAll(texte, "\u00a0", " "), mot) {
			t.Errorf("the PDF does not say %q:\n%s", mot, texte)
		}
	}
}

// Who signs stays on one page, wherever the letter ends.
func TestSignatureOnOnePage(t *testing.T) {
	t.Parallel()
	for n := 26; n < 36; n++ {
		page := "<html><body><article>" + strings.Repeat("<p>Un paragraphe.</p>", n) + "<p>Victor Exemple<br>Chef de service<br>Financements<br>Agence</p></article></body></html>"
		octets, err := PDF([]byte(page), time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		for i, texte := range strings.Split(lirePDF(t, octets), "\f") {
			if strings.Contains(texte, "Victor Exemple") != strings.Contains(texte, "Agence") {
				t.Errorf("after %d paragraphs page %d has a part of who signs:\n%s", n, i+1, texte)
			}
		}
	}
}

// lirePDF reads the text of a PDF with a program of the machine.
func lirePDF(t *testing.T, octets []byte) string {
	t.Helper()
	lecteur, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	c := exec.CommandContext(t.Context(), lecteur, "-layout", "-", "-")
	c.Stdin = bytes.NewReader(octets)
	lu, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(lu)
}

func BenchmarkPDF(b *testing.B) {
	for b.Loop() {
		unPDF(b, modele.Francais, "fr")
	}
}
