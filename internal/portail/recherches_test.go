package portail

import (
	"html"
	"net/url"
	"regexp"
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
