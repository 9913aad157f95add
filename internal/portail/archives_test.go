package portail_test

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/corpus"
	"guichet/internal/navigateur"
)

// Archives come in the form of the deposit: what came with the file is kept and listed, what came before it or to a
// control is told, and none of it undoes the deposit.
func TestArchivesInTheForm(t *testing.T) {
	t.Parallel()
	v := deposant(t)
	octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Indente: true})
	fichier := unFichier{"fichier", "JSON-ANS0000001-20261124-001.json", octets}
	champs := []unFichier{{"type", "", []byte("avance")}, {"numeroAns", "", []byte("ANS0000001")}}
	zip := unFichier{"archives", "lot.zip", lesPieces(t, octets)}
	veut(t, v.lire("/deposer"), `name="archives"`, "multiple")

	_, texte := v.remplirPour("/controler", append(champs, fichier, zip)...)
	veut(t, texte, "Contrôle de JSON-ANS0000001", "lot.zip : un contrôle ne garde pas les archives")
	veut(t, v.lire("/depots"), "Aucun dépôt")

	_, texte = v.remplir(append(champs, zip)...)
	veut(t, texte, "Choisissez le fichier JSON", "lot.zip : arrivée avant le fichier JSON")

	ou, texte := v.remplir(append(champs, unFichier{"archives", "avant.zip", []byte("PK")}, fichier, zip, unFichier{"archives", "abimee.zip", []byte("PK")})...)
	veut(t, texte, `class="fait erreur"`, "2 archives reçues avec le dépôt.", "avant.zip : arrivée avant le fichier JSON", "lot.zip", "abimee.zip", ">2 acceptées</a>")
	if !strings.HasPrefix(ou, "/depots/DEP-") {
		t.Errorf("one is at %s", ou)
	}
	if i, j := strings.Index(texte, "Les archives</h2>"), strings.Index(texte, "avant.zip</"); i < 0 || j > i {
		t.Error("what was not kept is listed")
	}
	_, texte = v.remplir(append(champs, fichier, zip)...)
	veut(t, texte, "déjà été déposé", "1 archive reçue avec le dépôt.")
}

// A form that breaks off inside an archive leaves the deposit, which is told by its reference, and nothing of that
// archive; sent again from the page of the deposit, it is taken.
func TestArchiveCutInTheForm(t *testing.T) {
	t.Parallel()
	v := deposant(t)
	octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Indente: true})
	zip := lesPieces(t, octets)
	corps := "--X\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\navance\r\n" +
		"--X\r\nContent-Disposition: form-data; name=\"numeroAns\"\r\n\r\nANS0000001\r\n" +
		"--X\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"JSON-ANS0000001-20261124-001.json\"\r\n\r\n" + string(octets) + "\r\n" +
		"--X\r\nContent-Disposition: form-data; name=\"archives\"; filename=\"lot.zip\"\r\n\r\n" + string(zip)
	etat, texte := v.couper("/deposer", "multipart/form-data; boundary=X", corps[:len(corps)-len(zip)/2], len(corps)+9)
	impID := regexp.MustCompile(`DEP-[0-9-]+`).FindString(texte)
	if etat != http.StatusBadRequest || impID == "" {
		t.Fatalf("%d\n%s", etat, texte)
	}
	veut(t, texte, "s&#39;est arrêté en chemin", "déposé sous la référence "+impID+" ; 0 archive reçue avec lui", "depuis la page de ce dépôt")
	texte = v.lire("/depots/" + impID + "/pieces")
	if strings.Contains(texte, "lot.zip") {
		t.Errorf("half an archive is kept:\n%.3000s", texte)
	}
	_, texte = v.envoyer("/depots/"+impID+"/pieces", nil, "archives", "lot.zip", zip)
	veut(t, texte, "Fichiers reçus : 1.")
}

// couper sends so much of a body that was announced longer, then nothing more.
func (v *visiteur) couper(chemin, genre, corps string, annonce int) (int, string) {
	v.t.Helper()
	u, err := url.Parse(v.site.URL)
	if err != nil {
		v.t.Fatal(err)
	}
	c, err := (&net.Dialer{}).DialContext(v.t.Context(), "tcp", u.Host)
	if err != nil {
		v.t.Fatal(err)
	}
	defer c.Close()
	var cookies []string
	for _, x := range v.http.Jar.Cookies(u) {
		cookies = append(cookies, x.Name+"="+x.Value)
	}
	_, err = fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
		chemin, u.Host, strings.Join(cookies, "; "), genre, annonce, corps)
	if err == nil {
		err = c.(*net.TCPConn).CloseWrite()
	}
	if err != nil {
		v.t.Fatal(err)
	}
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		v.t.Fatal(err)
	}
	defer a.Body.Close()
	texte, err := io.ReadAll(a.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return a.StatusCode, string(texte)
}

// A person deposits a file with its archive in one go, in a browser, with script and without: the page of the deposit
// tells that both have come.
func TestFileAndArchiveInABrowser(t *testing.T) {
	t.Parallel()
	base := t.TempDir() + "/portail.db"
	_, site := guichet(t, base)
	peupler(t, base)
	b := navigateur.Start(t)
	dossier := cmp.Or(os.Getenv("GUICHET_VUES"), t.TempDir())
	for i, vue := range []navigateur.View{{}, {Width: 320, Height: 800, SansScript: true, Dark: true}} {
		octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Indente: true, Depuis: 10 * i})
		fichiers := map[string][]byte{"JSON-ANS0000001-20261124-001.json": octets, "lot.zip": lesPieces(t, octets)}
		chemin := func(nom string) string { return filepath.Join(t.TempDir(), nom) }
		json, zip := chemin("JSON-ANS0000001-20261124-001.json"), chemin("lot.zip")
		if err := errors.Join(os.WriteFile(json, fichiers[filepath.Base(json)], 0o600), os.WriteFile(zip, fichiers["lot.zip"], 0o600)); err != nil {
			t.Fatal(err)
		}
		p := b.Open(t, site.URL+"/connexion?lang=fr", vue)
		p.Suivre(t, "main form button", chromedp.SendKeys("#courriel", "depot@exemple.invalid"), chromedp.SendKeys("#motdepasse", motDePasse))
		if vue.Width > 0 {
			p.Suivre(t, `.etroit a[href="/deposer"]`, chromedp.Click(`.etroit summary`))
		} else {
			p.Suivre(t, `.menu:not(.etroit) a[href="/deposer"]`)
		}
		p.Suivre(t, `main form button[formaction]`, chromedp.SetUploadFiles("#fichier", []string{json}), chromedp.SetUploadFiles("#archives", []string{zip}))
		texte, err := chromedp.Run(p.Context, chromedp.Text("main"))
		if err != nil {
			t.Fatal(err)
		}
		veut(t, texte, "1 archive reçue avec le dépôt.", "lot.zip", "Accusé de réception")
		fautes := p.Errors()
		if !vue.SansScript { // axe is one
			fautes = append(fautes, p.Violations(t)...)
		}
		for _, faute := range fautes {
			t.Errorf("%+v: %s", vue, faute)
		}
		if large := p.Overflow(t); large > 0 {
			t.Errorf("%+v: overflows by %d", vue, large)
		}
		p.Screenshot(t, filepath.Join(dossier, fmt.Sprintf("depot-archive-%d.png", i)))
	}
}
