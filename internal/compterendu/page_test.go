package compterendu_test

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/compterendu"
	"guichet/internal/navigateur"
	"guichet/modele"
)

func page(t *testing.T, c *compterendu.CompteRendu, l modele.Langue) string {
	t.Helper()
	var b strings.Builder
	if err := c.EcrirePage(&b, l, "1.0"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// prets is what a run came to that wrote its files.
func prets() *compterendu.CompteRendu {
	c := rendu("commandes.xlsx", "Commandes")
	c.Bloque, c.Ecrit, c.Preparees, c.Fautes = false, true, 2, c.Fautes[1:]
	c.Fichiers = []compterendu.Fichier{{
		Nom: "JSON-ANS0000001-20231002-001.json", Demandes: 2, Premier: "00001", Dernier: "00002", Pieces: 2,
		Archives: []string{"JSON-ANS0000001-20231002-001-01.zip"},
	}}
	c.Laissees = []compterendu.Laissee{{Reference: "BC-9", Numero: "00009", Etat: "acceptée", Fichier: "JSON-ANS0000001-20230901-001.json"}}
	return c
}

// The page says what came of the run, what to do, and each fault at its cell under its order.
func TestPage(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct {
		rendu  *compterendu.CompteRendu
		langue modele.Langue
		titre  string
		dit    []string
	}{
		"faults": {rendu("commandes.xlsx", "Commandes"), modele.Francais, "1 point à corriger dans le tableau", []string{
			"Rien n'est écrit", "guichet prepare commandes.xlsx", "<h3>Commande BC-1</h3>", "erreur T009", "« beaucoup » ne se lit pas comme un montant",
			"Commandes, cellule C2 (montantSegurHT)", "écrivez par exemple 2433.33", "<h3>Commande BC-2</h3>", "À vérifier", "16/09/2023",
		}},
		"english": {rendu("commandes.xlsx", "Commandes"), modele.Anglais, "1 thing to mend in the table", []string{"Nothing is written", "Order BC-1", "cell C2"}},
		"written": {prets(), modele.Francais, "Préparé : 2 commandes", []string{
			"dans depots", "JSON-ANS0000001-20231002-001-01.zip", "00001 à 00002", "BC-9", "acceptée", "Déposez sur le portail", "guichet retour",
		}},
	} {
		texte := page(t, c.rendu, c.langue)
		texte = strings.ReplaceAll(html.UnescapeString(texte), "\u00a0", " ")
		if m := regexp.MustCompile(`<h1>(.*)</h1>`).FindStringSubmatch(texte); m == nil || m[1] != c.titre {
			t.Errorf("%s: title %q", nom, m)
		}
		for _, d := range c.dit {
			if !strings.Contains(texte, d) {
				t.Errorf("%s: does not say %q", nom, d)
			}
		}
		if strings.Contains(texte, "ZgotmplZ") || strings.Contains(texte, "<script") {
			t.Errorf("%s: a value that is not safe", nom)
		}
	}
}

// What comes from the table is shown, never run; what is too much is counted.
func TestPageHostileAndLong(t *testing.T) {
	t.Parallel()
	c := rendu("commandes.xlsx", "Commandes")
	c.Fautes[0].Message.Fr = "<script>alert(1)</script>\u202e"
	for range 1500 {
		c.Fautes = append(c.Fautes, c.Fautes[0])
		c.Reparations = append(c.Reparations, c.Reparations[0])
	}
	c.FautesOmises = 20
	texte := page(t, c, modele.Francais)
	if strings.Contains(texte, "<script") || strings.Contains(texte, "\u202e") || strings.Count(texte, "<article") != 1001 {
		t.Errorf("%d articles", strings.Count(texte, "<article"))
	}
	for _, d := range []string{"521 points à corriger", "501 réparations"} {
		if !strings.Contains(strings.ReplaceAll(texte, "\u00a0", " "), d) {
			t.Errorf("does not say %q", d)
		}
	}
	if len(texte) > 2<<20 {
		t.Errorf("%d bytes", len(texte))
	}
}

// TestBrowser opens the page as its reader does: it fits, is accessible, and asks for nothing else.
func TestBrowser(t *testing.T) {
	t.Parallel()
	browser := navigateur.Start(t)
	for nom, c := range map[string]*compterendu.CompteRendu{"fautes": rendu("commandes.xlsx", "Commandes"), "prets": prets()} {
		chemin := filepath.Join(t.TempDir(), nom+".html")
		if err := os.WriteFile(chemin, []byte(page(t, c, modele.Francais)), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, vue := range []navigateur.View{{Width: 320, Height: 640, Dark: nom == "prets"}} {
			p := browser.Open(t, "file://"+chemin, vue)
			if n := p.Overflow(t); n != 0 {
				t.Errorf("%s: scrolls sideways by %d px", nom, n)
			}
			for _, v := range p.Violations(t) {
				t.Errorf("%s: accessibility: %s", nom, v)
			}
			if e := p.Errors(); len(e) != 0 || len(p.Requests()) != 1 {
				t.Errorf("%s: console %q, requests %q", nom, e, p.Requests())
			}
		}
	}
}
