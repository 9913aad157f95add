package depot_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

// scene is a counter where a supplier has made deposits of all kinds, the last of which uses numbers of the first again.
func (g *guichet) scene(t *testing.T, i int) (deposes []*depot.Depot) {
	t.Helper()
	minuscule := bytes.Replace(fichierDe(i, 4, "CC", 0), []byte(`"DURANDAL"`), []byte(`"Durandal"`), 1)
	for n, octets := range [][]byte{
		fichierDe(i, 4, "AA", 0), fichierDe(i, 4, "BB", 2), []byte("{]"), minuscule, fichierDe(i, 3, "DD", 3), append([]byte("\ufeff"), fichierDe(i, 2, "EE", 0)...), fichierDe(i, 5, "AA", 1),
		bytes.Replace(fichierDe(i, 2, "FF", 0), []byte(siret(i)), []byte("99999999900005"), 1), []byte(`{"enTete": {}, "lignesImport": []}`),
	} {
		e := envoi(g.fournisseurs[i], octets)
		e.Nom = fmt.Sprintf("JSON-%s-20261124-%03d.json", ans(g.fournisseurs[i]), n+1)
		deposes = append(deposes, g.deposer(t, e))
	}
	return deposes
}

// suites are what is had of a deposit, and of a control: of the first ones all, else their pages alone.
func suites(d *depot.Depot, n int, depose bool) (chemins []string) {
	chemins = []string{""}
	if len(d.Reponse.Refus) > 0 {
		chemins = append(chemins, "/regles/"+d.Reponse.Refus[0].Code)
	}
	if n > 1 {
		return chemins
	}
	chemins = append(chemins, "?lang=en", "?lang=fr", "/rapport/csv", "/rapport/json")
	if depose {
		chemins = append(chemins, "/accuse", "/corrige")
	}
	return chemins
}

// Each page, report, receipt and mail says what it said: whoever changes one of them reads what that changes.
func TestPlanches(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 2).avecMentions(t, mentions("+33 1 99 00 00 00"))
	g.scene(t, 1)
	deposes := g.scene(t, 0)
	c := g.siteDe(t, g.fournisseurs[0], compte.Deposant).Client(t)
	var b strings.Builder
	lire := func(chemin, cache string) {
		r := c.Demander("GET", chemin, nil)
		texte := r.Corps
		if strings.HasPrefix(r.Entetes.Get("Content-Type"), "text/html") {
			texte = webessai.Planche(texte)
		}
		if cache != "" {
			chemin, texte = strings.ReplaceAll(chemin, cache, "JETON"), strings.ReplaceAll(texte, cache, "JETON")
		}
		fmt.Fprintf(&b, "=== %s: %d %s\n%s\n", chemin, r.Etat, r.Entetes.Get("Content-Disposition"), texte)
	}
	for _, chemin := range []string{"/deposer", "/depots", "/depots?lang=en", "/depots?lang=fr", "/depots?q=003", "/depots?q=rien"} {
		lire(chemin, "")
	}
	for n, d := range deposes {
		for _, suite := range suites(d, n, true) {
			lire("/depots/"+d.ImpID()+suite, "")
		}
	}
	webessai.Comparer(t, "depots", b.String())
	b.Reset()
	for n, octets := range [][]byte{fichierDe(0, 3, "GG", 1), fichierDe(0, 3, "AA", 0), fichierDe(0, 2, "HH", 0)} {
		d, _ := g.controler(t, envoi(g.fournisseurs[0], octets))
		fmt.Fprintf(&b, "# %d\n", n)
		for _, suite := range suites(d, n, false) {
			lire("/controles/"+d.Jeton()+suite, d.Jeton())
		}
	}
	webessai.Comparer(t, "controles", b.String())
	b.Reset()
	for _, d := range deposes {
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			x, err := g.Rediger(t.Context(), d.ImpID(), l)
			if err != nil {
				t.Fatal(err)
			}
			b.WriteString(webessai.Courriel("", x.Sujet, x.Texte))
		}
	}
	webessai.Comparer(t, "courriels", b.String())
}

// What one supplier deposits changes nothing on the pages of another: the same numbers may be used by both.
func TestOthersChangeNothing(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, base *db.Base) {
		g := ouvrir(t, base, 2).avecMentions(t, mentions("+33 1 99 00 00 00"))
		deposes := g.scene(t, 0)
		c := g.siteDe(t, g.fournisseurs[0], compte.Deposant).Client(t)
		lire := func() string {
			var b strings.Builder
			for _, chemin := range []string{"/deposer", "/depots", "/depots?q=003", "/depots/" + deposes[0].ImpID(), "/depots/" + deposes[6].ImpID()} {
				b.WriteString(chemin + "\n" + webessai.Planche(c.Demander("GET", chemin, nil).Corps))
			}
			return b.String()
		}
		avant := lire()
		g.scene(t, 1)
		if apres := lire(); apres != avant {
			t.Errorf("what another deposits changes:\n%s\nwas:\n%s", apres, avant)
		}
		if d, _ := g.controler(t, envoi(g.fournisseurs[0], fichierDe(0, 3, "ZZ", 0))); d.Acceptees != 3 {
			t.Errorf("%+v", d)
		}
	})
}
