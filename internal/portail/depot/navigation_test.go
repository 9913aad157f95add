package depot_test

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"testing"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
)

// What a deposit is answered, as people see it: accessible, no wider than the screen, without an error.
func TestAnswerInBrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	dossier := cmp.Or(os.Getenv("GUICHET_VUES"), t.TempDir())
	g := ouvrir(t, essai.SQLite(t), 1).avecMentions(t, mentions("+33 1 99 00 00 00"))
	site := g.siteDe(t, g.fournisseurs[0], compte.Deposant)
	partiel := "/depots/" + g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 6, "AA", 3))).ImpID()
	rejete := "/depots/" + g.deposer(t, envoi(g.fournisseurs[0], []byte("{]"))).ImpID()
	c, _ := g.controler(t, envoi(g.fournisseurs[0], bytes.ReplaceAll(fichierDe(0, 120, "BB", 9), []byte(`"DURANDAL"`), []byte(`"Durandal"`))))
	for nom, chemin := range map[string]string{
		"deposer": "/deposer", "controle": "/controles/" + c.Jeton(), "regle": partiel + "/regles/F110?balise=telephoneResponsableOG",
		"depot": partiel, "accuse": partiel + "/accuse", "depot-rejete": rejete,
	} {
		for vue, v := range map[string]navigateur.View{"large": {}, "etroit": {Width: 320, Height: 900, Dark: true}} {
			p := b.Open(t, site.URL+chemin, v)
			for _, faute := range p.Violations(t) {
				t.Errorf("%s, %s: %s", nom, vue, faute)
			}
			if large := p.Overflow(t); large > 0 {
				t.Errorf("%s, %s: overflows by %d", nom, vue, large)
			}
			if fautes := p.Errors(); len(fautes) > 0 {
				t.Errorf("%s, %s: %v", nom, vue, fautes)
			}
			p.Screenshot(t, filepath.Join(dossier, nom+"-"+vue+".png"))
		}
	}
}
