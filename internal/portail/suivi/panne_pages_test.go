package suivi_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	fichieressai "guichet/internal/portail/fichier/essai"
	"guichet/internal/portail/suivi"
	webessai "guichet/internal/portail/web/essai"
)

// pagesFragiles is a counter where the agency asks for a correction and a message was written, any step of which can fail.
func pagesFragiles(t *testing.T) (x *fragile, moi, lui http.Handler, n string) {
	t.Helper()
	x = nouveauFragile(t)
	i := deposant
	i.Fournisseur = x.f
	x.monde.changer(t, x.f, x.d, etat.Complete, etat.Programme, "", 0)
	x.monde.changer(t, x.f, x.d, etat.Instruction, etat.Agence, "", 0)
	x.monde.changer(t, x.f, x.d, etat.AModifier, etat.Agence, "Motif", 0)
	_, err := x.Ecrire(t.Context(), suivi.Ecrit{Auteur: i, Demande: suivi.Cle{Depot: x.d}, Sujet: "Sujet", Texte: "Texte", Nom: "un.png", Octets: png})
	if err := errors.Join(err, x.ouvrirMontant(t)); err != nil {
		t.Fatal(err)
	}
	return x, x.pages(i), x.pages(agent), etatessai.NumeroASP(x.d, 0)
}

// Each route of the follow-up tells that it failed, whichever step of it fails, and leaves nothing then; a route without its line here fails the
// test.
func TestPagesTellFailures(t *testing.T) {
	t.Parallel()
	x, moi, lui, n := pagesFragiles(t)
	g := &webessai.Gestes{T: t, Routes: x.Routes()}
	for _, h := range []http.Handler{moi, lui} {
		for _, chemin := range []string{
			"/accueil", "/demandes", "/demandes?q=a", "/demandes?q=" + n, "/demandes?etat=incomplete&apres=1.1", "/demandes?du=01/01/2026&q=ete", "/demandes/" + n, "/export/demandes/csv", "/export/demandes/xlsx", "/export/demandes/json",
			"/messages", "/messages?q=sujet", "/messages/nouveau?demande=" + n, "/messages/1", "/messages/1/pieces/1",
		} {
			g.Lire(h, chemin)
		}
	}
	un := webessai.Fichier{Champ: "piece", Nom: "un.png", Contenu: png}
	retrait := "/demandes/" + etatessai.NumeroASP(x.e, 2) + "/retrait"
	g.Lire(moi, retrait)
	g.Poster(moi, retrait, url.Values{"motif": {"Client parti"}}) // asks once more
	g.Poster(moi, retrait, url.Values{"motif": {"Client parti"}, "acte": {"faire"}})
	g.Joindre(moi, "/messages/nouveau", url.Values{"demande": {n}, "sujet": {"Sujet"}, "texte": {"Bonjour"}}, un)
	g.Joindre(lui, "/messages/2", url.Values{"texte": {"Merci"}})
	g.Joindre(moi, "/messages/2", url.Values{"texte": {"Encore un mot"}}, un)
	g.Lire(lui, "/messages/2")
	g.Poster(moi, "/demandes/"+n+"/reponse", url.Values{"reponse": {"Voici"}, "valeur.commande.montantSegurHT": {"4000"}})
	g.Pannes(nil, func(g webessai.Geste, faire func() error) { x.chaque(t, g.Motif, faire) })
	x.compter(t, map[string]int64{
		`SELECT count(*) FROM demande WHERE etat = 'retiree'`: 1, `SELECT count(*) FROM message`: 4, `SELECT count(*) FROM correction WHERE nouvelle = '4000.00'`: 1,
		`SELECT non_lus_agence FROM fil WHERE id = 2`: 0,
	})
}

// A kept file that cannot be read hides nothing else of a demande, gives no empty document, and has no correction lost: an answer with one is
// not taken, for it would be given back without.
func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	x, moi, _, n := pagesFragiles(t)
	fichieressai.Illisibles(t, x.racine)
	demander := func(methode, chemin string, champs url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), methode, chemin, strings.NewReader(champs.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		moi.ServeHTTP(w, r)
		return w
	}
	page, document := demander("GET", "/demandes/"+n, nil), demander("GET", "/messages/1/pieces/1", nil)
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "ne peut pas être relu") || !strings.Contains(page.Body.String(), "Motif") {
		t.Errorf("the page: %d %s", page.Code, page.Body)
	}
	if document.Code != http.StatusInternalServerError {
		t.Errorf("the document: %d, %d bytes", document.Code, document.Body.Len())
	}
	avec, sans := url.Values{"reponse": {"Voici"}, "valeur.commande.montantSegurHT": {"4000"}}, url.Values{"reponse": {"Voici"}}
	if w := demander("POST", "/demandes/"+n+"/reponse", avec); w.Code != http.StatusInternalServerError {
		t.Errorf("an answer with a correction: %d", w.Code)
	}
	x.compter(t, map[string]int64{`SELECT count(*) FROM demande WHERE etat = 'a_modifier'`: 1})
	if w := demander("POST", "/demandes/"+n+"/reponse", sans); w.Code != http.StatusSeeOther {
		t.Errorf("an answer in words: %d", w.Code)
	}
	x.compter(t, map[string]int64{`SELECT count(*) FROM demande WHERE etat = 'a_modifier'`: 0})
	if w := demander("POST", "/demandes/"+n+"/reponse", avec); w.Code != http.StatusInternalServerError {
		t.Errorf("one that is waited for no longer, which would be offered as a message without its correction: %d", w.Code)
	}
}
