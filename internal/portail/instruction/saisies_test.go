package instruction_test

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat/essai"
)

// lisible is a page as people read it.
func lisible(page string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(html.UnescapeString(page))
}

// saisir sends a form of the agency in a language, and gives the answer and its page.
func saisir(t *testing.T, h http.Handler, langue, chemin string, champs url.Values) (int, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, chemin, strings.NewReader(champs.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", langue)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, lisible(w.Body.String())
}

// voir gives a page of the agency.
func voir(t *testing.T, h http.Handler, chemin string) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
	return lisible(w.Body.String())
}

// contient checks what a page says, and what it does not ("!…").
func contient(t *testing.T, quand, page string, mots ...string) {
	t.Helper()
	for _, m := range mots {
		if sans, ok := strings.CutPrefix(m, "!"); ok == strings.Contains(page, sans) && ok || !ok && !strings.Contains(page, m) {
			t.Errorf("%s: %q in\n%s", quand, m, page)
		}
	}
}

// Keeping a filter and forgetting one are two acts: the plain list is kept as any other, in the place of what had its name.
func TestPlainListIsKeptUnderAName(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		h := (&fragile{monde: m}).pages(m.ines, compte.Instructeur)
		for _, quoi := range []string{"min=5000", "", ""} {
			if code, page := saisir(t, h, "fr", "/filtres", url.Values{"nom": {"Mien"}, "requete": {quoi}}); code != http.StatusSeeOther {
				t.Fatalf("%q: %d %s", quoi, code, page)
			}
			adresse := "/travail"
			if quoi != "" {
				adresse += "?" + quoi
			}
			contient(t, quoi, voir(t, h, "/travail"), `<a href="`+adresse+`">Mien</a>`)
		}
		code, page := saisir(t, h, "fr", "/filtres", url.Values{"nom": {"Autre"}, "requete": {"min=5000"}, "oublier": {"1"}})
		if code != http.StatusUnprocessableEntity {
			t.Errorf("%d", code)
		}
		contient(t, "forget what is not kept", page, "rien n'est oublié", ">Mien</a>")
		if code, _ := saisir(t, h, "fr", "/filtres", url.Values{"nom": {"Mien"}, "requete": {"min=zzz"}, "oublier": {"1"}}); code != http.StatusSeeOther {
			t.Errorf("%d", code)
		}
		contient(t, "forgotten", voir(t, h, "/travail"), "!>Mien</a>")
	})
}

// What is wrong with the name of a filter is told beside the same list, with all that was typed.
func TestRefusedFilterKeepsItsList(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.deposer(t, "00000000100008", 2)
		h := (&fragile{monde: m}).pages(m.ines, compte.Instructeur)
		for i := range 20 {
			saisir(t, h, "fr", "/filtres", url.Values{"nom": {fmt.Sprint("filtre ", i)}, "requete": {"min=1"}})
		}
		const quoi = "file=toutes&min=5000000&og=990000001"
		for nom, faute := range map[string]string{"": "Indiquez le nom du filtre", strings.Repeat("x", 61): "60", "un de trop": "Vous gardez déjà 20 filtres"} {
			code, page := saisir(t, h, "fr", "/filtres", url.Values{"nom": {nom}, "requete": {quoi}})
			if code != http.StatusUnprocessableEntity {
				t.Errorf("%q: %d", nom, code)
			}
			contient(t, nom, page, faute, `href="#nom"`, `name="requete" value="file=toutes&min=5000000&og=990000001"`, `name="min" type="text" class="montant" value="5000000"`, `value="990000001"`, "<details  open>",
				`name="nom" type="text" class="texte" value="`+nom+`"`, "Aucune demande de cette liste ne répond à ces filtres", "!<tbody")
		}
	})
}

// A filter that cannot be read lists nothing, counts nothing, and is told at its field; it is not kept.
func TestUnreadableFilterCountsNothing(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.deposer(t, "00000000100008", 2)
		h := (&fragile{monde: m}).pages(m.ines, compte.Instructeur)
		const quoi = "min=99999999999999999999"
		page := voir(t, h, "/travail?"+quoi)
		contient(t, quoi, page, "Ce montant est trop grand : 999 999 999 999,99 € au plus", `href="#min"`, "!class=\"compte\"", "!<tbody")
		contient(t, "plain", voir(t, h, "/travail?file=toutes"), `class="compte"`, "<tbody")
		code, page := saisir(t, h, "en", "/filtres", url.Values{"nom": {"Trop"}, "requete": {quoi}})
		if code != http.StatusUnprocessableEntity {
			t.Errorf("%d", code)
		}
		contient(t, "kept", page, "This amount is too large: at most €999,999,999,999.99", `value="Trop"`, "!>Trop</a>")
	})
}

// What is wrong with a day, or an amount, is told at its field in words of its own.
func TestFieldsOfTheSheetTellTheirOwn(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		x := &fragile{monde: m}
		h := x.pages(m.ines, compte.Instructeur)
		_, c := m.tenue(t, m.ines)
		ici := "/travail/" + essai.NumeroASP(c.Depot, c.Rang)
		for _, cas := range []struct {
			acte, faute, champ string
			champs             []string
		}{
			{"attente", "Choisissez un jour à venir, dans les 90 jours.", "jusqua", []string{"jusqua", "01/12/2020", "attente", "ANS"}},
			{"attente", "Choisissez un jour à venir, dans les 90 jours.", "jusqua", []string{"jusqua", "01/12/2030", "attente", "ANS"}},
			{"attente", "Donnez le jour", "jusqua", []string{"jusqua", "", "attente", ""}},
			{"fiche", "Écrivez le montant accordé", "montant", []string{"faire", "proposer", "montant", ""}},
			{"fiche", "Le montant accordé doit être supérieur à 0 €", "montant", []string{"faire", "proposer", "montant", "0"}},
		} {
			code, page := saisir(t, h, "fr", ici+"/"+cas.acte, x.lu(t, c, cas.champs...))
			if code != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", cas.acte, code)
			}
			contient(t, cas.acte, page, `<a href="#`+cas.champ+`">`+cas.faute)
		}
	})
}
