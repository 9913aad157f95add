package portail

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	recherche = regexp.MustCompile(`(?s)<form[^>]* method="get"[^>]*>.*?</form>`)
	cherchee  = regexp.MustCompile(`action="([^"]*)"`)
	tapable   = regexp.MustCompile(`<input[^>]* type="(?:text|search)"[^>]*>`)
	cachee    = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
	nommee    = regexp.MustCompile(` name="([^"]*)"`)
)

// What was typed into the form that searches a list, and not sent, is there in the other language, without script too: the form itself
// asks for it.
func TestLanguageKeepsWhatIsSearched(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	n := 0
	for qui, pages := range map[string][]string{
		"agence@":          {"/enrolements", "/journal", "/journal/securite", "/demandes", "/demandes?fournisseur=1", "/messages"},
		"instruction@":     {"/travail", "/decisions", "/chiffres", "/messages", "/lettres", "/demandes"},
		"deposant@editeur": {"/demandes", "/depots", "/messages", "/lettres"},
	} {
		v := b.entrer(t, qui)
		for _, page := range pages {
			for _, f := range recherche.FindAllString(v.Ouvrir(page).Corps, -1) {
				if strings.Contains(f, `action="/lots/`) { // nothing is typed there
					continue
				}
				if !strings.Contains(f, `name="lang" value="en"`) {
					t.Errorf("%s, %s: nothing has the page in English", qui, page)
					continue
				}
				n++
				envoi := url.Values{"lang": {"en"}}
				for _, x := range cachee.FindAllStringSubmatch(f, -1) {
					envoi.Set(x[1], html.UnescapeString(x[2]))
				}
				champs := tapable.FindAllString(f, -1)
				for _, x := range champs {
					envoi.Set(nommee.FindStringSubmatch(x)[1], "zzz")
				}
				r := v.Ouvrir(html.UnescapeString(cherchee.FindStringSubmatch(f)[1]) + "?" + envoi.Encode())
				if got := strings.Count(r.Corps, `value="zzz"`); !strings.Contains(r.Corps, `<html lang="en">`) || got < len(champs) || r.Etat >= 500 {
					t.Errorf("%s, %s: %d, %d of %d fields are kept", qui, page, r.Etat, got, len(champs))
				}
				v.Ouvrir(page + map[bool]string{true: "&", false: "?"}[strings.Contains(page, "?")] + "lang=fr")
			}
		}
	}
	if n < 12 {
		t.Errorf("%d forms were seen", n)
	}
}

// Two bounds that cross are told at their field, page and export alike: a list that is merely empty would say that there is nothing.
func TestCrossedFilters(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	for _, x := range []struct{ qui, page, export, champs string }{
		{"deposant@editeur", "/demandes", "/export/demandes/csv", "du=02/01/2026&au=01/01/2026"},
		{"agence@", "/demandes", "/export/demandes/csv", "fournisseur=1&du=02/01/2026&au=01/01/2026"},
		{"instruction@", "/chiffres", "/export/chiffres/csv", "du=02/01/2026&au=01/01/2026"},
		{"instruction@", "/decisions", "/export/decisions/csv", "du=02/01/2026&au=01/01/2026"},
		{"instruction@", "/travail", "/export/travail/csv", "recu_du=02/01/2026&recu_au=01/01/2026"},
		{"instruction@", "/travail", "/export/travail/csv", "limite_du=02/01/2026&limite_au=01/01/2026"},
		{"instruction@", "/travail", "/export/travail/csv", "min=20&max=10,50"},
	} {
		v := b.entrer(t, x.qui)
		page := v.Ouvrir(x.page + "?" + x.champs)
		if page.Etat != 422 || !strings.Contains(page.Corps, "échangez-les") || !strings.Contains(page.Corps, `aria-invalid="true"`) {
			t.Errorf("%s: %s?%s: %d, said %t, marked %t", x.qui, x.page, x.champs, page.Etat, strings.Contains(page.Corps, "échangez-les"), strings.Contains(page.Corps, `aria-invalid="true"`))
		}
		if n := strings.Count(page.Corps, "échangez-les"); n != 2 { // at the head, and at the field
			t.Errorf("%s?%s: told %d times", x.page, x.champs, n)
		}
		if got := v.Ouvrir(x.export + "?" + x.champs).Etat; got == 200 || got >= 500 {
			t.Errorf("%s?%s: %d", x.export, x.champs, got)
		}
		droit := strings.NewReplacer("02/01/", "01/01/", "01/01/", "02/01/", "min=20", "min=5").Replace(x.champs)
		if page := v.Ouvrir(x.page + "?" + droit); page.Etat != 200 || strings.Contains(page.Corps, "échangez-les") {
			t.Errorf("%s?%s is refused", x.page, droit)
		}
	}
}

// The lists of the agency's work have the same numbers on the page of each.
func TestTabsCountAlike(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines := b.entrer(t, "instruction@")
	b.tenue(t)
	comptes := func(page string) (lus []string) {
		for _, x := range regexp.MustCompile(`<span class="compte">([^<]*)</span>`).FindAllStringSubmatch(ines.Ouvrir(page).Corps, -1) {
			lus = append(lus, x[1])
		}
		return lus
	}
	travail := comptes("/travail")
	if len(travail) < 5 || travail[1] == "0" {
		t.Fatalf("the lists have %q", travail)
	}
	if autres := comptes("/sans-pieces"); !slices.Equal(travail, autres) {
		t.Errorf("%q beside %q", autres, travail)
	}
}
