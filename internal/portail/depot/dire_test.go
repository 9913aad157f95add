package depot_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	webessai "guichet/internal/portail/web/essai"
)

// The list of deposits tells an empty search from an empty list, and goes on where its page ends, with what is searched.
func TestListOfDeposits(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	c := g.siteDe(t, g.fournisseurs[0], compte.Lecteur).Client(t)
	c.Ouvrir("/depots").Attendre(t, http.StatusOK, "Aucun dépôt pour l'instant")
	c.Ouvrir("/depots?q=json").Attendre(t, http.StatusOK, "Aucun dépôt ne correspond")
	for n := range 50 {
		g.deposer(t, envoi(g.fournisseurs[0], fmt.Appendf(nil, `{"x":%d}`, n)))
	}
	if suite := suivante(c.Ouvrir("/depots").Attendre(t, http.StatusOK).Corps); suite != "" {
		t.Errorf("just 50 deposits go on with %q", suite)
	}
	g.deposer(t, envoi(g.fournisseurs[0], []byte(`{"x":50}`)))
	for _, q := range []string{"", "?q=json"} {
		page := c.Ouvrir("/depots"+q).Attendre(t, http.StatusOK)
		suite := suivante(page.Corps)
		if n := strings.Count(page.Corps, `scope="row">`); n != 50 || suite == "" || strings.Contains(suite, "json") != (q != "") {
			t.Errorf("%q: %d deposits, then %q", q, n, suite)
		}
		reste := c.Ouvrir(suite).Attendre(t, http.StatusOK)
		if n := strings.Count(reste.Corps, `scope="row">`); n != 1 || suivante(reste.Corps) != "" {
			t.Errorf("%q: %d deposits at the end", q, n)
		}
	}
}

// One error is enough for the page to tell where the others of the returned file are; without any there is nothing to tell.
func TestOneError(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	c := g.siteDe(t, g.fournisseurs[0], compte.Lecteur).Client(t)
	juste := fichierDe(0, 1, "AA", 0)
	for nom, x := range map[string]struct {
		octets []byte
		dit    bool
	}{
		"none": {juste, false}, "one": {bytes.Replace(fichierDe(0, 1, "BB", 0), []byte(`"DURANDAL"`), []byte(`"Durandal"`), 1), true},
	} {
		d := g.deposer(t, envoi(g.fournisseurs[0], x.octets))
		page := c.Ouvrir("/depots/"+d.ImpID()).Attendre(t, http.StatusOK)
		if strings.Contains(page.Corps, "Le fichier retourné porte une erreur par demande") != x.dit {
			t.Errorf("%s:\n%.3000s", nom, page.Corps)
		}
	}
}

// How often a rule is broken is told with the demandes in which it is, where it is in any.
func TestHowOften(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	c := g.siteDe(t, g.fournisseurs[0], compte.Lecteur).Client(t)
	courriels := func(f []byte) []byte { return bytes.ReplaceAll(f, []byte(`@`), []byte(`@@`)) }
	deux := corpus.Fichier(corpus.Forme{Demandes: 1, OGs: 2, ESMS: 1, Indente: true})
	racine := func(n int) []byte {
		return bytes.Replace(fichierDe(0, 1, "CC", 0), []byte(`"lignesImport"`), []byte(strings.Repeat(`"y": 2, `, n)+`"lignesImport"`), 1)
	}
	for dit, octets := range map[string][]byte{
		"2 fois, dans une demande": courriels(deux), "2 fois, dans 2 demandes": courriels(fichierDe(0, 2, "BB", 0)), "du modèle une fois y": racine(1), "du modèle 2 fois y": racine(2),
	} {
		d := g.deposer(t, envoi(g.fournisseurs[0], octets))
		c.Ouvrir("/depots/"+d.ImpID()).Attendre(t, http.StatusOK, dit)
	}
}

// What is wrong with a deposit is told beside its own field.
func TestRefusalsBesideTheirFields(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	g := ouvrir(t, b, 2)
	ecrire(t, b, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ('ANS0000009', $1, 'AUTRE')`, g.fournisseurs[0])
	c := g.siteDe(t, g.fournisseurs[0], compte.Deposant).Client(t)
	fichier := webessai.Fichier{Champ: "fichier", Nom: nomFichier, Contenu: fichierDe(0, 1, "AA", 0)}
	r := c.Agir(c.Ouvrir("/deposer"), "/deposer", webessai.Saisie{"numeroAns": ans(g.fournisseurs[1])}, fichier).
		Attendre(t, http.StatusUnprocessableEntity)
	if !strings.Contains(r.Corps, `href="#numeroAns`) || strings.Contains(r.Corps, `href="#fichier`) {
		t.Errorf("the software is to be blamed:\n%s", r.Corps)
	}
	fichier.Contenu = nil
	r = c.Agir(c.Ouvrir("/deposer"), "/deposer", webessai.Saisie{"numeroAns": ans(g.fournisseurs[0])}, fichier).
		Attendre(t, http.StatusUnprocessableEntity)
	if !strings.Contains(r.Corps, `href="#fichier`) || strings.Contains(r.Corps, `href="#numeroAns`) {
		t.Errorf("the file is to be blamed:\n%s", r.Corps)
	}
}
