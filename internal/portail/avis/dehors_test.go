package avis_test

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// demander asks for a page, or posts a form.
func demander(t testing.TB, h http.Handler, motif string, champs url.Values) *httptest.ResponseRecorder {
	t.Helper()
	methode, chemin, _ := strings.Cut(motif, " ")
	r := httptest.NewRequestWithContext(t.Context(), methode, chemin, strings.NewReader(champs.Encode()))
	if methode == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// unLien asks one person outside, and returns the secret of the link.
func (m *monde) unLien(t testing.TB, c etat.Cle, adresse string) (string, avis.Avis) {
	t.Helper()
	a := m.demander(t, m.question(c, []string{adresse}))[0]
	m.horloge = m.horloge.Add(avis.Fenetre)
	for _, x := range m.dire(t) {
		if x.A == adresse {
			return lien(t, x), a
		}
	}
	t.Fatal("no mail outside")
	return "", a
}

// Outside one reads the question, what the demande says and the chosen documents, without an account, and nothing of it is kept by who
// stands between; each opening has its row in the journal. What is kept of the link opens nothing.
func TestOutside(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		f, cles := m.deposer(t, "00000000100008", 1)
		c := cles[0]
		if err := m.examens.Noter(t.Context(), m.ines, c, "Note entre nous"); err != nil {
			t.Fatal(err)
		}
		secret, a := m.unLien(t, c, "a@ailleurs.exemple.invalid")
		dehors := m.pages(instruction.Agent{})
		w := demander(t, dehors, "GET /donner-avis/"+secret, nil)
		corps := w.Body.String()
		for _, mot := range []string{"Le scénario est-il plausible ?", "numeroEditeur", "Bon de commande", "4 décembre 2026", "ÉDITEUR D&#39;EXEMPLE"} {
			if mot == "4 décembre 2026" {
				mot = "04/12/2026"
			}
			if !strings.Contains(corps, mot) {
				t.Errorf("%q is not there: %s", mot, corps)
			}
		}
		for _, mot := range []string{"Note entre nous", "Preuve du régime HT", "Inès", "/travail"} {
			if strings.Contains(corps, mot) {
				t.Errorf("%q is shown outside: %s", mot, corps)
			}
		}
		h := w.Header()
		if w.Code != http.StatusOK || h.Get("X-Robots-Tag") != "noindex, nofollow, noarchive" || h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "same-origin" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%d, %v", w.Code, h)
		}
		w = demander(t, dehors, "GET /donner-avis/"+secret+"/pieces/BON_COMMANDE", nil)
		if h := w.Header(); w.Code != http.StatusOK || w.Body.String() != a.NumeroASP+" BON_COMMANDE" || h.Get("Content-Type") != "application/pdf" || h.Get("X-Robots-Tag") == "" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%d, %q, %v", w.Code, w.Body.String(), h)
		}
		var garde int
		if err := m.base.Lire().QueryRow(`SELECT COUNT(*) FROM avis_lien WHERE empreinte LIKE '%' || CAST($1 AS TEXT) || '%'`, secret).Scan(&garde); err != nil || garde != 0 {
			t.Errorf("the secret is kept: %d, %v", garde, err)
		}
		w = demander(t, dehors, "POST /donner-avis/"+secret, url.Values{"sens": {"defavorable"}})
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Dites pourquoi") || !strings.Contains(w.Body.String(), `value="defavorable" checked`) {
			t.Errorf("%d %s", w.Code, w.Body.String())
		}
		w = demander(t, dehors, "POST /donner-avis/"+secret, url.Values{"sens": {"defavorable"}, "texte": {"Fermé."}})
		if w.Code != http.StatusSeeOther || m.de(t, c)[0].Etat != avis.Rendu {
			t.Errorf("%d %s", w.Code, w.Body.String())
		}
		w = demander(t, dehors, "POST /donner-avis/"+secret, url.Values{"sens": {"favorable"}, "texte": {"Non, ouvert."}})
		if w.Code != http.StatusGone || !strings.Contains(w.Body.String(), "<dt>Ce que vous voulez en dire</dt><dd>Non, ouvert.") {
			t.Errorf("what was typed once the link was used: %d %s", w.Code, w.Body.String())
		}
		m.journal(t, f, "avis.demande", "avis.ouvert", "avis.ouvert", "avis.rendu")
	})
}

// A link that was guessed, was used, was taken back, is over, or is one of a demande that was decided, tells nothing but what to do, in the
// same words; nor does it open another document, or that of another demande.
func TestLinkIsAttacked(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		f, cles := m.deposer(t, "00000000100008", 6)
		dehors := m.pages(instruction.Agent{})
		mort := ""
		rien := func(quoi, secret string) {
			t.Helper()
			for _, motif := range []string{"GET /donner-avis/" + secret, "POST /donner-avis/" + secret, "GET /donner-avis/" + secret + "/pieces/BON_COMMANDE"} {
				w := demander(t, dehors, motif, url.Values{"sens": {"favorable"}})
				corps := strings.ReplaceAll(w.Body.String(), secret, "")
				corps = strings.ReplaceAll(corps, "/pieces/BON_COMMANDE", "")
				if mort == "" {
					mort = corps
				}
				if w.Code != http.StatusGone || corps != mort || w.Header().Get("X-Robots-Tag") == "" {
					t.Errorf("%s, %s: %d %s", quoi, motif, w.Code, corps)
				}
			}
		}
		rien("guessed", "AAAAAAAAAAAAAAAAAAAAAAAAAA")
		autre, _ := m.unLien(t, cles[0], "a@ailleurs.exemple.invalid")
		secret, _ := m.unLien(t, cles[1], "b@ailleurs.exemple.invalid")
		for _, piece := range []string{"PREUVE_HT", "RIB", "BON_COMMANDE.1", "..%2fBON_COMMANDE"} {
			if w := demander(t, dehors, "GET /donner-avis/"+secret+"/pieces/"+piece, nil); w.Code != http.StatusGone {
				t.Errorf("%s, which was not chosen: %d", piece, w.Code)
			}
		}
		if w := demander(t, dehors, "GET /donner-avis/"+autre+"/pieces/BON_COMMANDE", nil); !strings.HasPrefix(w.Body.String(), m.de(t, cles[0])[0].NumeroASP+" ") {
			t.Errorf("another demande's document: %s", w.Body.String())
		}
		m.recu = m.horloge.Add(time.Hour) // another document has taken its place
		if w := demander(t, dehors, "GET /donner-avis/"+secret+"/pieces/BON_COMMANDE", nil); w.Code != http.StatusGone {
			t.Errorf("a document that nobody chose: %d", w.Code)
		}
		m.recu = time.UnixMicro(1)

		if w := demander(t, dehors, "POST /donner-avis/"+secret, url.Values{"sens": {"favorable"}}); w.Code != http.StatusSeeOther {
			t.Fatalf("%d", w.Code)
		}
		rien("used", secret)
		repris, a := m.unLien(t, cles[2], "c@ailleurs.exemple.invalid")
		if err := m.Retirer(t.Context(), m.ines, false, a.ID); err != nil {
			t.Fatal(err)
		}
		rien("taken back", repris)
		decide, _ := m.unLien(t, cles[3], "d@ailleurs.exemple.invalid")
		m.proposer(t, f, cles[3])
		m.trancher(t, cles[3])
		rien("decided", decide)
		use, _ := m.unLien(t, cles[4], "e@ailleurs.exemple.invalid")
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE avis SET ouvertures = 199 WHERE etat = 'attendu' AND courriel LIKE 'e@%'`)
			return err
		})
		if w := demander(t, dehors, "GET /donner-avis/"+use, nil); w.Code != http.StatusOK {
			t.Fatalf("%d", w.Code)
		}
		rien("opened too often", use)
		fini, _ := m.unLien(t, cles[5], "f@ailleurs.exemple.invalid")
		m.horloge = paris(2026, 12, 5)
		rien("over", fini)
	})
}

// An opinion is answered by who was asked alone: its page is nothing to others, the head of the agency among them.
func TestForeignOpinions(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t), nil)
	_, cles := m.deposer(t, "00000000100008", 1)
	m.demander(t, m.question(cles[0], []string{"a@ailleurs.exemple.invalid"}, m.ivan))
	for chemin, veut := range map[string]int{"/avis/1": http.StatusOK, "/avis/2": http.StatusNotFound, "/avis/99": http.StatusNotFound, "/avis/x": http.StatusNotFound} {
		if w := demander(t, m.pages(m.ivan, compte.Instructeur), "GET "+chemin, nil); w.Code != veut {
			t.Errorf("%s: %d", chemin, w.Code)
		}
		for _, h := range []http.Handler{m.pages(m.ines, compte.Instructeur), m.pages(m.victor, compte.Administrateur)} {
			if w := demander(t, h, "GET "+chemin, nil); w.Code != http.StatusNotFound {
				t.Errorf("%s, another: %d", chemin, w.Code)
			}
			if w := demander(t, h, "POST "+chemin, url.Values{"sens": {"favorable"}}); w.Code != http.StatusNotFound {
				t.Errorf("%s, another's answer: %d", chemin, w.Code)
			}
		}
	}
	if w := demander(t, m.pages(m.ines, compte.Instructeur), "POST /travail/ASP-9-9/avis/1/retrait", nil); w.Code != http.StatusNotFound {
		t.Errorf("by another demande's address: %d", w.Code)
	}
}
