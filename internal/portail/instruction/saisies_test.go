package instruction_test

import (
	"errors"
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
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/etat/essai"
	"guichet/internal/portail/web"
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

// tapes are what is typed into each act of the sheet: the field, its label in both languages, and what it is read as.
var tapes = map[string][]struct{ champ, fr, en, texte string }{
	"prise": nil, "rendue": nil, "confiee": nil, "attente-finie": nil, "rappel": nil, "decision": nil,
	"attente":           {{"jusqua", "Jusqu'au", "Until", "01/12/2026"}, {"attente", "Parce que", "Because", "Réponse de l'ANS"}},
	"fiche":             {{"r-BC_DATE", "Il est daté, de la date déclarée ?", "Is it dated, with the declared date?", "non"}, {"n-BC_DATE", "Remarque : Il est daté, de la date déclarée ?", "Remark: Is it dated, with the declared date?", "Daté d'hier"}, {"montant", "Montant accordé, hors taxe", "Amount granted, before tax", "1 234,00"}},
	"note":              {{"note", "Ajouter une note", "Add a note", "Vu au téléphone"}},
	"modification":      {{"modification", "Ce que le fournisseur doit changer", "What the supplier is to change", "Signer le bon"}},
	"refus":             {{"texte", "Précisions, en fait", "In fact, more precisely", "Deux fois"}, {"motif", "Motifs", "Reasons", "PLAFOND"}},
	"refus-sans-pieces": {{"texte", "Précisions, en fait", "In fact, more precisely", "Rien n'est venu"}},
	"renvoi":            {{"renvoi", "Pourquoi ?", "Why?", "Relire la page 2"}},
	"reprise":           {{"reprise", "Reprendre la décision : pourquoi ?", "Take the decision back: why?", "Le montant est faux"}},
	"reouverture":       {{"reouverture", "Pourquoi ? Le fournisseur le lira.", "Why? The supplier will read it.", "Le plafond a changé"}},
}

// Whatever act of the sheet is refused, what was typed is in the page that says so: in its field, or shown where the field is no longer,
// for the demande was given back, taken by somebody else, or has gone on to another state.
func TestWhatWasTypedIsNeverLost(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		x := &fragile{monde: m}
		ines, victor := x.pages(m.ines, compte.Instructeur), x.pages(m.victor, compte.Valideur)
		m.decisions.Inexact = func(error) error {
			return decision.Refuser("Ce pas n'est plus possible.", "This step is no longer possible.")
		}
		_, depot := m.deposer(t, "00000000100008", 3)
		c := etat.Cle{Depot: depot, Rang: -1}
		for quand, arriver := range map[string]func(c etat.Cle) error{
			"given back": func(c etat.Cle) error { return m.Rendre(t.Context(), m.ines, c) },
			"taken":      func(c etat.Cle) error { return m.Confier(t.Context(), m.ines, c, m.ivan.Compte) },
			"proposed":   func(c etat.Cle) error { return m.proposer(m.ines, c, decision.Rejet) },
		} {
			c.Rang++
			if err := errors.Join(m.Prendre(t.Context(), m.ines, c), arriver(c)); err != nil {
				t.Fatal(quand, err)
			}
			for acte, champs := range actesTapes(t, m.Routes()) {
				h := ines
				if acte == "renvoi" || acte == "reprise" || acte == "reouverture" {
					h = victor
				}
				if acte == "note" || quand == "proposed" && acte == "renvoi" {
					continue // done
				}
				for _, langue := range []string{"fr", "en"} {
					x.perdre(t, h, quand+" "+acte, langue, c, acte, champs)
				}
			}
		}
	})
}

// actesTapes are the acts of the sheet into which something is typed; each act is known here.
func actesTapes(t *testing.T, routes []web.Route) map[string][]struct{ champ, fr, en, texte string } {
	t.Helper()
	avec := map[string][]struct{ champ, fr, en, texte string }{}
	for _, r := range routes {
		acte, ok := strings.CutPrefix(r.Motif, "POST /travail/{numero}/")
		if !ok {
			continue
		}
		champs, connu := tapes[acte]
		if !connu {
			t.Errorf("what is typed into %s?", acte)
		}
		if len(champs) > 0 {
			avec[acte] = champs
		}
	}
	return avec
}

func (x *fragile) perdre(t *testing.T, h http.Handler, quand, langue string, c etat.Cle, acte string, champs []struct{ champ, fr, en, texte string }) {
	t.Helper()
	v := x.lu(t, c)
	for _, k := range champs {
		v.Set(k.champ, k.texte)
	}
	code, page := saisir(t, h, langue, "/travail/"+essai.NumeroASP(c.Depot, c.Rang)+"/"+acte, v)
	if code != http.StatusUnprocessableEntity {
		t.Errorf("%s: %d", quand, code)
	}
	titre := "Ce que vous aviez tapé"
	if langue == "en" {
		titre = "What you had typed"
	}
	contient(t, quand, page, titre, "!name=\"page-langue\"")
	for _, k := range champs {
		nom, dit := k.fr, k.texte
		if langue == "en" {
			nom = k.en
		}
		switch {
		case k.champ == "r-BC_DATE":
			dit = map[string]string{"fr": "Non", "en": "No"}[langue]
		case k.champ == "motif":
			dit = ""
		}
		contient(t, quand, page, "<dt>"+nom+"</dt><dd>"+dit, `!id="`+k.champ+`"`, `!href="#`+k.champ+`"`)
	}
}

// What was typed is shown under the labels that its fields have, and in the fields as long as they are there.
func TestTypedIsNamedAsItsField(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		x := &fragile{monde: m}
		h := x.pages(m.ines, compte.Instructeur)
		_, c := m.tenue(t, m.ines)
		for _, acte := range []string{"attente", "modification", "note", "refus", "fiche"} {
			v := x.lu(t, c)
			for _, k := range tapes[acte] {
				v.Set(k.champ, k.texte)
			}
			v.Set("note", "")
			v.Set("version", "0")
			v.Set("jusqua", "")
			v.Set("faire", "proposer")
			_, page := saisir(t, h, "fr", "/travail/"+essai.NumeroASP(c.Depot, c.Rang)+"/"+acte, v)
			contient(t, acte, page, "!Ce que vous aviez tapé")
			for _, k := range tapes[acte] {
				contient(t, acte, page, `id="`+k.champ)
				if k.champ != "motif" && k.champ != "r-BC_DATE" {
					contient(t, acte, page, ">"+strings.TrimPrefix(k.fr, "Remarque : "))
				}
			}
		}
	})
}
