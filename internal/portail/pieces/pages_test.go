package pieces_test

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
)

// site serves the pages to a person of the supplier with that role.
func (m *monde) site(t testing.TB, fournisseur int64, role compte.Role) string {
	t.Helper()
	s := httptest.NewServer(m.pages(fournisseur, role))
	t.Cleanup(s.Close)
	return s.URL
}

func (m *monde) pages(fournisseur int64, role compte.Role) http.Handler {
	identifier := func(suite http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			suite.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), compte.Identite{Compte: 1, Fournisseur: fournisseur, Role: role})))
		})
	}
	return web.Routeur(m.Routes(), &web.Site{
		Maintenant: m.Maintenant, Log: slog.New(slog.DiscardHandler), Identifier: identifier,
		Proteger: func(r web.Route) web.Handler { return r.Servir },
	})
}

func (m *monde) chemin() string { return "/depots/" + depot.ImpID(m.depot) + "/pieces" }

func demander(t testing.TB, methode, adresse, genre string, corps io.Reader) (etat int, page string, h http.Header) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), methode, adresse, corps)
	if err != nil {
		t.Fatal(err)
	}
	if genre != "" {
		q.Header.Set("Content-Type", genre)
	}
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, webessai.Espacer(lireTout(t, r.Body)), r.Header
}

// formulaire is what a browser posts: the files of one field.
func formulaire(t testing.TB, fichiers ...entree) (genre string, corps *bytes.Buffer) {
	t.Helper()
	corps = &bytes.Buffer{}
	f := multipart.NewWriter(corps)
	for _, e := range fichiers {
		w, err := f.CreateFormFile("archives", e.nom)
		if err == nil {
			_, err = w.Write(e.octets)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.FormDataContentType(), corps
}

// Each template fits the struct of its page, all branches.
func TestTemplates(t *testing.T) {
	t.Parallel()
	webessai.Gabarits(t, pieces.Pages, pieces.UnePageDeChaque())
}

// Several files of one form are received, examined and shown; a document is viewed and downloaded.
func TestPages(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	toutes := completes(t)
	genre, corps := formulaire(t, entree{"un.zip", zipper(t, toutes[:2]...)}, toutes[2])
	etat, page, _ := demander(t, "POST", site+m.chemin(), genre, corps)
	if etat != http.StatusOK || !strings.Contains(page, "Examen en cours") {
		t.Fatalf("%d: %s", etat, page)
	}
	m.examiner(t)
	_, page, _ = demander(t, "GET", site+m.chemin(), "", nil)
	for _, texte := range []string{"Pièces encore attendues : 2", "Bon de commande", "un.zip", "Voir"} {
		if !strings.Contains(page, texte) {
			t.Errorf("%q is not on the page:\n%s", texte, page)
		}
	}
	etat, page, _ = demander(t, "GET", site+m.chemin()+"/0/BON_COMMANDE", "", nil)
	if etat != http.StatusOK || !strings.Contains(page, "<iframe") {
		t.Errorf("view: %d %s", etat, page)
	}
	etat, page, h := demander(t, "GET", site+m.chemin()+"/0/BON_COMMANDE/fichier", "", nil)
	if etat != http.StatusOK || page != string(pdf("1")) || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(h.Get("Content-Disposition"), "inline") {
		t.Errorf("bytes: %d, %v", etat, h)
	}
	if _, _, h := demander(t, "GET", site+m.chemin()+"/0/BON_COMMANDE/fichier?garder=1", "", nil); !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || !strings.Contains(h.Get("Content-Disposition"), "filename="+completes(t)[0].nom) {
		t.Errorf("download: %v", h)
	}
	etat, page, _ = demander(t, "GET", site+"/incompletes", "", nil)
	if etat != http.StatusOK || !strings.Contains(page, "Demandes incomplètes : 2") || strings.Contains(page, "A0001.pdf") {
		t.Errorf("list: %d %s", etat, page)
	}
}

// A body that announces too much is refused before it is read; a form without files says what to do; what is cut
// short keeps what had come.
func TestRefusedBodies(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	w := httptest.NewRecorder()
	q := httptest.NewRequestWithContext(compte.Avec(t.Context(), compte.Identite{Fournisseur: m.fournisseur}), "PUT", m.chemin()+"/un.zip", illisible{t})
	q.ContentLength = pieces.MaxArchive + 1
	web.Routeur(m.Routes(), &web.Site{Maintenant: m.Maintenant, Log: slog.New(slog.DiscardHandler), Proteger: func(r web.Route) web.Handler { return r.Servir }}).ServeHTTP(w, q)
	if w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(webessai.Espacer(w.Body.String()), "200 Mo") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	genre, corps := formulaire(t)
	if etat, page, _ := demander(t, "POST", site+m.chemin(), genre, corps); etat != http.StatusUnprocessableEntity || !strings.Contains(page, "Il y a un problème") {
		t.Errorf("nothing chosen: %d", etat)
	}
	genre, corps = formulaire(t, entree{"un.zip", zipper(t, completes(t)[0])}, entree{"deux.zip", make([]byte, 9000)})
	if etat, page, _ := demander(t, "POST", site+m.chemin(), genre, bytes.NewReader(corps.Bytes()[:corps.Len()-5000])); etat != http.StatusBadRequest || !strings.Contains(page, "1 fichier arrivé avant est gardé") {
		t.Errorf("cut short: %d %s", etat, page)
	}
	if etat, _, _ := demander(t, "PUT", site+m.chemin()+"/trois.zip", "", bytes.NewReader(zipper(t, completes(t)[1]))); etat != http.StatusCreated {
		t.Errorf("PUT: %d", etat)
	}
}

// illisible fails the test when anybody reads it.
type illisible struct{ t *testing.T }

func (i illisible) Read([]byte) (int, error) { i.t.Error("the body was read"); return 0, io.EOF }

// To another supplier none of the addresses exists.
func TestForeignPages(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	m.envoyer(t, "un.zip", zipper(t, completes(t)...))
	site := m.site(t, m.ajouterFournisseur(t, "00000000200006"), compte.Deposant)
	for _, c := range []string{"", "/0/BON_COMMANDE", "/0/BON_COMMANDE/fichier", "/x/BON_COMMANDE"} {
		if etat, _, _ := demander(t, "GET", site+m.chemin()+c, "", nil); etat != http.StatusNotFound {
			t.Errorf("%s: %d", c, etat)
		}
	}
	genre, corps := formulaire(t, completes(t)[0])
	if etat, _, _ := demander(t, "POST", site+m.chemin(), genre, corps); etat != http.StatusNotFound {
		t.Errorf("POST: %d", etat)
	}
	if etat, _, _ := demander(t, "PUT", site+m.chemin()+"/a.zip", "", strings.NewReader("PK")); etat != http.StatusNotFound {
		t.Errorf("PUT: %d", etat)
	}
}

// dossierDesVues is where screenshots go, for people to look at: GUICHET_VUES names a folder.
func dossierDesVues(t testing.TB) string {
	t.Helper()
	return cmp.Or(os.Getenv("GUICHET_VUES"), t.TempDir())
}

// The pages as people see them: accessible, no wider than the screen, nothing asked of the network, no error.
func TestBrowser(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	dossier := dossierDesVues(t)
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	m.envoyer(t, "lot.zip", zipper(t, completes(t)[0], completes(t)[3], entree{"MS1-DUI-Va1-BDC-A0002.pdf", pngDe(t)}, entree{"MS1-DUI-Va1-BDC-A0009.pdf", pdf("9")}))
	for nom, chemin := range map[string]string{"pieces": m.chemin(), "voir-pdf": m.chemin() + "/0/BON_COMMANDE", "voir-png": m.chemin() + "/2/BON_COMMANDE", "incompletes": "/incompletes"} {
		for _, v := range []navigateur.View{{}, {Width: 320, Height: 900, Dark: true}} {
			p := b.Open(t, site+chemin, v)
			for _, faute := range p.Violations(t) {
				t.Errorf("%s: %s", nom, faute)
			}
			if large := p.Overflow(t); large > 0 {
				t.Errorf("%s overflows by %d", nom, large)
			}
			if fautes := p.Errors(); len(fautes) > 0 {
				t.Errorf("%s: %v", nom, fautes)
			}
			if v.Dark {
				nom += "-etroit"
			}
			p.Screenshot(t, filepath.Join(dossier, nom+".png"))
		}
	}
	m.avecScript(t, b, site, dossier)
}

// avecScript sends files as a person does, with the page's script: what cannot do is told before it is sent, and the page
// follows the examination by itself.
func (m *monde) avecScript(t *testing.T, b *navigateur.Browser, site, vues string) {
	t.Helper()
	p := b.Open(t, site+m.chemin()+"?lang=fr", navigateur.View{})
	ctx, cancel := context.WithTimeout(p.Context, 30*time.Second)
	defer cancel()
	faire := func(gestes ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, gestes...); err != nil {
			t.Fatal(err)
		}
	}
	champ := "#document-1-BON_COMMANDE"
	for nom, dit := range map[string]string{"lettre.docx": "n'est pas d'un type attendu ici (.pdf)", "vide.pdf": "est vide"} {
		faire(chromedp.SetUploadFiles(champ, []string{ecrireFichier(t, nom, nil)}), chromedp.WaitVisible(champ+"-refus"))
		if texte := navigateur.Evaluate[string](t, p, `document.querySelector("`+champ+`-refus").textContent`); texte[:len(nom)] != nom || !strings.Contains(webessai.Espacer(texte), webessai.Espacer(dit)) {
			t.Errorf("%s: %s", nom, texte)
		}
	}
	faire(
		chromedp.SetUploadFiles(champ, []string{ecrireFichier(t, "énorme.pdf", make([]byte, 4_000_000))}),
		chromedp.WaitVisible(champ+"-refus"),
		chromedp.Click("form:has(.lignes) > button"),
	)
	if texte := navigateur.Evaluate[string](t, p, `document.querySelector(".faute").textContent + document.activeElement.id`); !strings.Contains(texte, "pèse 4 Mo, 3 Mo au plus") || !strings.HasSuffix(texte, champ[1:]) {
		t.Errorf("too large: %s", texte)
	}
	p.Screenshot(t, filepath.Join(vues, "refus-avant.png"))
	if fautes := p.Violations(t); len(fautes) > 0 {
		t.Errorf("%v", fautes)
	}
	faire(
		chromedp.SetUploadFiles(champ, []string{ecrireFichier(t, "scan 12.pdf", pdf("2"))}),
		chromedp.SetUploadFiles("#document-1-PREUVE_HT", []string{ecrireFichier(t, "photo.JPEG", jpg(t))}),
		chromedp.Click("form:has(.lignes) > button"),
		chromedp.WaitVisible(".suivi"),
	)
	p.Screenshot(t, filepath.Join(vues, "examen-en-cours.png"))
	m.examiner(t)
	faire(chromedp.WaitNotPresent(".suivi"))
	if e := m.etats(t); strings.Count(e, "recue") != 4 {
		t.Error(e)
	}
	if texte := navigateur.Evaluate[string](t, p, `document.querySelector("main").textContent`); !strings.Contains(webessai.Espacer(texte), "Pièces encore attendues : 1") {
		t.Errorf("the page did not follow: %s", texte)
	}
}
