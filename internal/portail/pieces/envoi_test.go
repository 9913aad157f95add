package pieces_test

import (
	"context"
	"io"
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
)

// lent reads a body little by little, as a slow line brings it.
type lent struct{ io.ReadCloser }

func (l lent) Read(p []byte) (int, error) {
	time.Sleep(10 * time.Millisecond)
	return l.ReadCloser.Read(p[:min(len(p), 32<<10)])
}

// siteLent is site behind a slow line.
func (m *monde) siteLent(t testing.TB) string {
	t.Helper()
	h := m.pages(m.fournisseur, compte.Deposant)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = lent{r.Body}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// partir tells whether the page keeps its visitor from leaving unasked.
const partir = `(() => { const e = new Event("beforeunload", {cancelable: true}); window.dispatchEvent(e); return e.defaultPrevented })()`

// A long sending tells its Mo and the time that is left, asks before the page is left, and can be cancelled: nothing of it
// is kept, and another can be sent at once.
func TestLongSending(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	m := nouveau(t, essai.SQLite(t))
	p := b.Open(t, m.siteLent(t)+m.chemin()+"?lang=fr", navigateur.View{})
	ctx, cancel := context.WithTimeout(p.Context, 2*time.Minute)
	defer cancel()
	faire := func(gestes ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, gestes...); err != nil {
			t.Fatal(err)
		}
	}
	if navigateur.Evaluate[bool](t, p, partir) {
		t.Error("the page is not left freely before anything is sent")
	}
	faire(
		chromedp.Click("details:has(#archives) > summary"),
		chromedp.SetUploadFiles("#archives", []string{creux(t, "lot.zip", 150<<20)}),
		chromedp.Click("form:has(#archives) > button"),
		chromedp.WaitVisible(".avance"),
	)
	dit := navigateur.Evaluate[string](t, p, `new Promise((fini) => {
		const voir = () => { const t = document.querySelector(".avance")?.textContent ?? "rien"; / environ/.test(t) || t === "rien" ? fini(t) : setTimeout(voir, 50) };
		voir();
	})`)
	if !strings.Contains(dit, " Mo sur 157,3 Mo, encore ") || !strings.Contains(dit, "Envoi en cours : ") {
		t.Errorf("progress: %q", dit)
	}
	if !navigateur.Evaluate[bool](t, p, partir) {
		t.Error("the page is left without a word while it sends")
	}
	if fautes := p.Violations(t); len(fautes) > 0 {
		t.Errorf("%v", fautes)
	}
	p.Screenshot(t, filepath.Join(dossierDesVues(t), "envoi-en-cours.png"))
	faire(chromedp.Click(".avance button"), chromedp.WaitNotPresent(".avance button"))
	if dit := navigateur.Evaluate[string](t, p, `document.querySelector(".avance [role=status]").textContent`); !strings.Contains(dit, "L'envoi est annulé : ce qui arrivait n'est pas gardé.") {
		t.Errorf("cancelled: %q", dit)
	}
	if navigateur.Evaluate[bool](t, p, partir) {
		t.Error("the page is not left freely after the sending was cancelled")
	}
	faire(
		chromedp.SetUploadFiles("#archives", []string{ecrireFichier(t, "bon.zip", zipper(t, completes(t)...))}),
		chromedp.Click("form:has(#archives) > button"),
		chromedp.WaitVisible(".fait"),
	)
	a, err := m.Archives(t.Context(), m.fournisseur, m.depot)
	if err != nil || len(a) != 1 || a[0].Nom != "bon.zip" {
		t.Errorf("%+v, %v", a, err)
	}
}

// creux is a large file of zeros.
func creux(t testing.TB, nom string, taille int64) string {
	t.Helper()
	chemin := ecrireFichier(t, nom, nil)
	if err := os.Truncate(chemin, taille); err != nil {
		t.Fatal(err)
	}
	return chemin
}

// What is told of the files of a form stays on the page that follows the examination of the others, with each of them.
func TestWhatIsToldStays(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	m := nouveau(t, essai.SQLite(t))
	avant := zipper(t, completes(t)[0])
	m.envoyer(t, "avant.zip", avant)
	m.envoyer(t, "vide.zip", zipper(t))
	p := b.Open(t, m.site(t, m.fournisseur, compte.Deposant)+m.chemin()+"?lang=fr", navigateur.View{})
	ctx, cancel := context.WithTimeout(p.Context, time.Minute)
	defer cancel()
	faire := func(gestes ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, gestes...); err != nil {
			t.Fatal(err)
		}
	}
	faire(
		chromedp.Click("details:has(#archives) > summary"),
		chromedp.SetUploadFiles("#archives", []string{ecrireFichier(t, "lot.rar", []byte("Rar!\x1a\x07")), ecrireFichier(t, "lot.docx", []byte("PK"))}),
		chromedp.WaitVisible("#archives-refus"),
	)
	if dit := navigateur.Evaluate[string](t, p, `document.querySelector("#archives-refus").innerText`); !strings.Contains(dit, "lot.rar est une archive RAR, pas un .zip.") || !strings.Contains(dit, "\nlot.docx n'est pas d'un type attendu") {
		t.Errorf("before it is sent: %q", dit)
	}
	faire(
		chromedp.SetUploadFiles("#archives", []string{
			ecrireFichier(t, "renommée.zip", []byte("Rar!\x1a\x07\x01\x00 suite")), ecrireFichier(t, "encore vide.zip", zipper(t)),
			ecrireFichier(t, "copie.zip", avant), ecrireFichier(t, "reste.zip", zipper(t, completes(t)[1:]...)),
		}),
		chromedp.Click("form:has(#archives) > button"),
		chromedp.WaitVisible(".resume"),
	)
	if fautes := p.Violations(t); len(fautes) > 0 {
		t.Errorf("%v", fautes)
	}
	p.Screenshot(t, filepath.Join(dossierDesVues(t), "envoi-en-partie-refuse.png"))
	m.examiner(t)
	faire(chromedp.WaitNotPresent(".suivi"))
	dit := navigateur.Evaluate[string](t, p, `document.querySelector("main").innerText`)
	for _, texte := range []string{"renommée.zip : c'est une archive RAR", "encore vide.zip est le même fichier que vide.zip", "copie.zip est le même fichier que avant.zip", "Toutes les pièces de ce dépôt sont là."} {
		if !strings.Contains(strings.ReplaceAll(dit, "\u00a0", " "), texte) {
			t.Errorf("no %q in %s", texte, dit)
		}
	}
	if fautes := p.Violations(t); len(fautes) > 0 {
		t.Errorf("%v", fautes)
	}
}
