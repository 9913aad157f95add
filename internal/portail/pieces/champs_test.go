package pieces_test

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	webessai "guichet/internal/portail/web/essai"
)

var (
	leFil    = regexp.MustCompile(`(?s)<nav class="fil".*?</nav>`)
	unLien   = regexp.MustCompile(`<a href="([^"]*)">([^<]*)</a>`)
	unChamp  = regexp.MustCompile(`<input id="[^"]*" name="([^"]*)" type="file"([^>]*)>`)
	unFautif = regexp.MustCompile(`<div class="champ fautif">\s*<label for="([^"]*)">`)
	ouverts  = regexp.MustCompile(`<details open><summary>([^<]*)`)
)

// Each page says which are above it, in the language of who reads it; so does that which answers a form with what is wrong with it.
func TestBreadcrumbs(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	m.envoyer(t, completes(t)[0].nom, completes(t)[0].octets)
	id := depot.ImpID(m.depot)
	fr := []string{"/ Accueil", "/depots Dépôts", "/depots/" + id + " Dépôt " + id, m.chemin() + " Pièces"}
	en := []string{"/ Home", "/depots Deposits", "/depots/" + id + " Deposit " + id, m.chemin() + " Documents"}
	for _, c := range []struct {
		methode, chemin string
		combien         int
	}{
		{http.MethodGet, m.chemin(), 3}, {http.MethodPost, m.chemin(), 3}, {http.MethodGet, m.chemin() + "/0/BON_COMMANDE", 4}, {http.MethodGet, "/incompletes", 0},
	} {
		for langue, veut := range map[string][]string{"fr": fr, "en": en} {
			genre, corps := formulaire(t)
			r := httptest.NewRequestWithContext(t.Context(), c.methode, c.chemin, corps)
			r.Header.Set("Content-Type", genre)
			r.Header.Set("Accept-Language", langue)
			w := httptest.NewRecorder()
			m.pages(m.fournisseur, compte.Deposant).ServeHTTP(w, r)
			var fil []string
			for _, l := range unLien.FindAllStringSubmatch(leFil.FindString(webessai.Espacer(w.Body.String())), -1) {
				fil = append(fil, l[1]+" "+l[2])
			}
			if !slices.Equal(fil, veut[:c.combien]) {
				t.Errorf("%s %s in %s: %q, want %q", c.methode, c.chemin, langue, fil, veut[:c.combien])
			}
		}
	}
}

// champs are the fields of files of a page, each with its attributes.
func champs(page string) (tous []string) {
	for _, x := range unChamp.FindAllStringSubmatch(page, -1) {
		tous = append(tous, x[1]+strings.TrimPrefix(x[2], ` class="fichier"`))
	}
	return tous
}

// A browser offers the files of the format that a line expects, and the page knows before they are sent which weigh too much: 3 Mo for a
// document, 200 Mo for an archive, which one line does not take at all.
func TestFileFields(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	_, page, _ := demander(t, http.MethodGet, m.site(t, m.fournisseur, compte.Deposant)+m.chemin(), "", nil)
	veut := []string{fmt.Sprintf(`archives accept=".zip,.pdf,.png,.jpg,.jpeg" multiple data-max="%d" data-max-zip="%d" aria-describedby="archives-aide"`, 3<<20, 200<<20)}
	for _, l := range [][2]string{{"0-BON_COMMANDE", ".pdf"}, {"1-BON_COMMANDE", ".pdf"}, {"1-PREUVE_HT", ".jpg,.jpeg"}, {"2-BON_COMMANDE", ".png"}, {"3-BON_COMMANDE", ".pdf"}} {
		veut = append(veut, fmt.Sprintf(`document-%s accept="%s" data-max="%d"`, l[0], l[1], 3<<20))
	}
	if lus := champs(page); !slices.Equal(lus, veut) {
		t.Errorf("%s\nwant\n%s", strings.Join(lus, "\n"), strings.Join(veut, "\n"))
	}
}

// The field in fault is marked, for who sees and for who listens, and what it is folded in is open; the others are not.
func TestFieldInFault(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	m.envoyer(t, "lot.zip", zipper(t, completes(t)[:3]...))
	site := m.site(t, m.fournisseur, compte.Deposant)
	for _, c := range []struct{ champ, ouvert string }{
		{"", ""}, {"archives", "Tout envoyer ensemble, en archives .zip ou par plusieurs documents"}, {"document-1-BON_COMMANDE", "Remplacer ce document"}, {"document-2-BON_COMMANDE", ""},
	} {
		methode, genre, corps := http.MethodPost, "", strings.NewReader("")
		if c.champ == "" {
			methode = http.MethodGet
		} else {
			g, b := document(t, c.champ, "lettre.docx", zipper(t, entree{"[Content_Types].xml", []byte("<x/>")}))
			genre, corps = g, strings.NewReader(b.String())
		}
		_, page, _ := demander(t, methode, site+m.chemin(), genre, corps)
		var marques, fautifs, dits []string
		for _, x := range champs(page) {
			if strings.Contains(x, `aria-invalid="true"`) {
				marques = append(marques, strings.Fields(x)[0])
			}
		}
		for _, x := range unFautif.FindAllStringSubmatch(page, -1) {
			fautifs = append(fautifs, x[1])
		}
		for _, x := range ouverts.FindAllStringSubmatch(page, -1) {
			dits = append(dits, html.UnescapeString(x[1]))
		}
		if strings.Join(marques, " ") != c.champ || strings.Join(fautifs, " ") != c.champ || strings.Join(dits, " ") != c.ouvert {
			t.Errorf("%q in fault: %q are invalid, %q red, %q open", c.champ, marques, fautifs, dits)
		}
	}
}
