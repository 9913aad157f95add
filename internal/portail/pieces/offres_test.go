package pieces_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
)

var (
	formeOfferte = regexp.MustCompile(`(?s)<form method="post" action="[^"]*/ecartees".*?</form>`)
	placeOfferte = regexp.MustCompile(`name="place" value="([^"]+)"`)
)

// choisirSurLaLigne is what the page says of a document that found no place, and that it does not ask about.
const choisirSurLaLigne = "choisissez-la sur sa ligne, sous n&#39;importe quel nom"

// offres are the places that the page offers, those of one document after those of another.
func (m *monde) offres(t *testing.T, site string) (places []string, page string) {
	t.Helper()
	_, page, _ = demander(t, http.MethodGet, site+m.chemin(), "", nil)
	for _, liste := range formeOfferte.FindAllString(page, -1) {
		var ici []string
		for _, x := range placeOfferte.FindAllStringSubmatch(liste, -1) {
			ici = append(ici, x[1])
		}
		places = append(places, strings.Join(ici, " "))
	}
	return places, page
}

// The page asks of 20 documents what they are, the last that came first: of one more it says what to do instead.
func TestTwentyAreOffered(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	var fichiers []entree
	for i := range 20 {
		fichiers = append(fichiers, entree{fmt.Sprintf("bon A0001 copie %d.pdf", i), pdf(fmt.Sprint(i))})
	}
	m.envoyer(t, "vingt.zip", zipper(t, fichiers...))
	places, page := m.offres(t, site)
	if len(places) != 20 || strings.Count(page, `<a href="#offres">`) != 20 || strings.Contains(page, choisirSurLaLigne) {
		t.Errorf("20 documents: %d are asked about", len(places))
	}
	m.envoyer(t, "de plus.pdf", pdf("de plus"))
	m.envoyer(t, "bon A0001 de plus.pdf", pdf("le dernier"))
	places, page = m.offres(t, site)
	if len(places) != 20 || !strings.Contains(page, "<p><code>bon A0001 de plus.pdf</code></p>") || strings.Contains(page, "<p><code>bon A0001 copie 19.pdf</code></p>") {
		t.Errorf("one more: %d are asked about\n%s", len(places), page)
	}
	if strings.Count(page, `<a href="#offres">`) != 20 || strings.Count(page, choisirSurLaLigne) != 2 {
		t.Errorf("what is not asked about is not told what to do:\n%s", page)
	}
}

// A document that may be any of several is offered three places at most.
func TestThreePlacesForOne(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	var bons []string
	for _, p := range m.deposerLong(t, corpus.Forme{Demandes: 6, OGs: 1, ESMS: 1}) {
		if p.Type == "BON_COMMANDE" && p.Format == "PDF" {
			bons = append(bons, p.Numero)
		}
	}
	for n, veut := range map[int]int{1: 1, 2: 2, 3: 3, 4: 3} {
		nom := fmt.Sprintf("bons %s.pdf", strings.Join(bons[:n], " et "))
		m.envoyer(t, nom, pdf(nom))
		if places, page := m.offres(t, site); len(strings.Fields(places[0])) != veut {
			t.Errorf("%s is offered %q\n%s", nom, places[0], page)
		}
	}
}

// The same bytes are asked about once, under whatever names they came, and no more once they were given one of their places.
func TestOfferedOnce(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	m.envoyer(t, "bons A0001 et A0002.pdf", pdf("les deux"))
	m.envoyer(t, "bons A0001 et A0002 (2).pdf", pdf("les deux"))
	places, page := m.offres(t, site)
	if !slices.Equal(places, []string{"1/BON_COMMANDE 0/BON_COMMANDE"}) {
		t.Fatalf("%q", places)
	}
	o := boutons.FindStringSubmatch(page)
	dire := strings.NewReader("archive=" + o[1] + "&ordre=" + o[2] + "&place=" + o[3])
	if etat, _, _ := demander(t, http.MethodPost, site+m.chemin()+"/ecartees", "application/x-www-form-urlencoded", dire); etat != http.StatusOK {
		t.Fatalf("%d", etat)
	}
	m.examiner(t)
	places, page = m.offres(t, site)
	if len(places) != 0 || strings.Contains(page, choisirSurLaLigne) || !strings.Contains(m.etats(t), "BDC-A0001 manquante") {
		t.Errorf("%q\n%s", places, page)
	}
	contient(t, page, "Envoyé ensuite comme le bon de commande de A0002")
}

// What was set aside may be chosen on its line as long as one demande of the deposit takes documents, by who may send: else the page does not say
// so, nor has it a button or a field to send with.
func TestNothingToSendWith(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	m.envoyer(t, "lot.zip", zipper(t, append(completes(t), entree{"notes.pdf", pdf("?")})...))
	for _, c := range []struct {
		quoi     string
		role     compte.Role
		ouvertes int
		envoie   bool
	}{
		{"all open", compte.Deposant, 4, true}, {"all open, to the owner", compte.Proprietaire, 4, true}, {"all open, to a reader", compte.Lecteur, 4, false},
		{"one open", compte.Deposant, 1, true}, {"one open, to a reader", compte.Lecteur, 1, false}, {"none open", compte.Deposant, 0, false},
	} {
		for rang := range 4 {
			m.mettre(t, rang, map[bool]string{true: "complete", false: "payee"}[rang < c.ouvertes])
		}
		_, page, _ := demander(t, http.MethodGet, m.site(t, m.fournisseur, c.role)+m.chemin(), "", nil)
		contenu := page[strings.Index(page, "<main"):strings.Index(page, "</main>")]
		for _, dit := range []string{choisirSurLaLigne, `type="file"`, "<button", "<form", "Remplacer des pièces"} {
			if strings.Contains(contenu, dit) != c.envoie {
				t.Errorf("%s: %q is there: %t\n%s", c.quoi, dit, !c.envoie, contenu)
			}
		}
		contient(t, page, "notes.pdf", "Voir")
	}
}
