package examen

import (
	"bufio"
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"guichet/appariement"
)

func paire(octets []byte) *appariement.Paire {
	return &appariement.Paire{Document: &appariement.Document{Ouvrir: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(octets)), nil }}}
}

// pages makes a PDF with a text on each page.
func pages(t testing.TB, textes ...string) []byte {
	t.Helper()
	f := fpdf.New("P", "mm", "A4", "")
	for _, x := range textes {
		f.AddPage()
		f.SetFont("Helvetica", "", 10)
		f.MultiCell(0, 5, f.UnicodeTranslatorFromDescriptor("")(x), "", "L", false)
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func uneDite() *dite {
	d := &dite{NumeroEditeur: "A0001"}
	d.Commande.DateCommande, d.Commande.MontantSegurHT = "02/10/2023", "4866.67"
	d.Beneficiaires.EtablissementsClients = append(d.Beneficiaires.EtablissementsClients, struct {
		FINESSJuridique string
		FINESSGeos      []string
	}{"990000001", []string{"990000019", "990000027"}})
	return d
}

// What a demande says is found in the text of its document, with the page; what only looks like it is not.
func TestTexts(t *testing.T) {
	t.Parallel()
	lu, err := lireTexte(paire(pages(t, "Commande A0001 du 02/10/2023 pour 990000001", "Montant pris en charge\npar l'Etat au titre du Ségur de la santé : 4 866,67 EUR", "Sites : 990000027.")), uneDite())
	if err != nil || lu.Pages != 3 || !lu.Texte || lu.Numero != 1 || lu.Date != 1 || lu.Mention != 2 || lu.Montant != 2 {
		t.Fatalf("%+v, %v", lu, err)
	}
	if f := lu.FINESS; len(f) != 3 || f[0].Page != 1 || f[1].Page != 0 || f[2].Page != 3 {
		t.Errorf("%+v", f)
	}
	if err := lu.verifier(); err != nil {
		t.Error(err)
	}
	lu, err = lireTexte(paire(pages(t, "A00012 du 02/10/20234, 14 866,67 puis 4 866,678 et 1990000001, pris en charge au titre du Ségur")), uneDite())
	if err != nil || !lu.Texte || lu.Numero+lu.Date+lu.Mention+lu.Montant+lu.FINESS[0].Page != 0 {
		t.Errorf("what only looks like it: %+v, %v", lu, err)
	}
	if lu, err = lireTexte(paire(pages(t, "")), uneDite()); err != nil || lu.Texte || lu.Pages != 1 {
		t.Errorf("no text: %+v, %v", lu, err)
	}
}

// A damaged document has no hint, and does not end the process.
func TestDamagedTexts(t *testing.T) {
	t.Parallel()
	entier, r := pages(t, "Commande A0001", "4 866,67"), rand.New(rand.NewPCG(1, 2))
	for range 300 {
		octets := bytes.Clone(entier)
		for range 1 + r.IntN(20) {
			octets[r.IntN(len(octets))] = byte(r.IntN(256))
		}
		if lu, err := lireTexte(paire(octets[:1+r.IntN(len(octets))]), uneDite()); err == nil && lu.verifier() != nil {
			t.Errorf("%+v", lu)
		}
	}
}

// After its end an examination may say what texts say, and nothing else: what is no such line, or dies, changes nothing.
func TestLinesOfTexts(t *testing.T) {
	t.Parallel()
	bonne := `{"genre":"lue","piece":1,"lu":{"pages":2,"texte":true,"montant":1}}` + "\n"
	for sortie, want := range map[string]int{
		"": 0, bonne: 1, bonne + bonne: 2, bonne + bonne + bonne: 2, "{}\n" + bonne: 0, bonne + "panic: x": 1,
		strings.Replace(bonne, `"piece":1`, `"piece":2`, 1): 0, strings.Replace(bonne, `"montant":1`, `"montant":-1`, 1): 0,
		strings.Replace(bonne, "lue", "bonne", 1): 0, `{"genre":"lue","piece":0}` + "\n": 0,
	} {
		n := 0
		err := lireLues(bufio.NewReader(strings.NewReader(sortie)), 2, func(r Reponse, _ io.Reader) error { n++; return nil })
		if n != want || err != nil {
			t.Errorf("%q: %d lines, %v, want %d", sortie, n, err, want)
		}
	}
}
