package pieces_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/quota"
	webessai "guichet/internal/portail/web/essai"
)

// What a supplier may leave is taken to the last name, byte and version that messages tell of; what goes one beyond is not.
func TestBoundsAreExact(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		z := zipper(t, completes(t)[0])
		poids := int64(len(z))
		dedans := poids + int64(len(completes(t)[0].octets))
		attendre := func(n int) {
			for _, table := range []string{"piece_ecartee", "piece", "archive"} {
				m.sql(t, `DELETE FROM `+table)
			}
			for range n {
				m.sql(t, `INSERT INTO archive (fournisseur_id, depot_id, compte_id, nom, sha256, taille, recu, etat) VALUES ($1, $2, 1, 'x.zip', '', 1, 1, 'recue')`, m.fournisseur, m.depot)
			}
		}
		for _, c := range []struct {
			quoi, nom string
			avant     func()
			dit       string // of the refusal, "" for what is taken
		}{
			{"a name of 255 bytes", strings.Repeat("n", 251) + ".zip", func() {}, ""},
			{"a name of 256 bytes", strings.Repeat("n", 252) + ".zip", func() {}, "plus de 255 octets"},
			{"one name of 499 that wait", "499.zip", func() { attendre(499) }, ""},
			{"one more than 500 that wait", "500.zip", func() { attendre(500) }, "500 archives ou pièces"},
			{"all the bytes of the deposit", "juste.zip", func() { attendre(0); m.Octets = poids }, ""},
			{"one byte less", "moins.zip", func() { attendre(0); m.Octets = poids - 1 }, "pèsent déjà"},
			{"all the bytes of the day", "jour.zip", func() { m.Octets = 1 << 30; m.jour(t, quota.ParJour-poids) }, ""},
			{"one byte less of the day", "trop.zip", func() { attendre(0); m.jour(t, quota.ParJour-poids+1) }, quota.Texte.Fr},
		} {
			c.avant()
			_, err := m.recevoir(t, c.nom, z)
			var r pieces.Refuse
			if c.dit == "" && err != nil || c.dit != "" && (!errors.As(err, &r) || !strings.Contains(r.Fr, c.dit)) {
				t.Errorf("%s: %v, want %q", c.quoi, err, c.dit)
			}
		}
		for _, c := range []struct {
			quoi  string
			avant func()
			code  string
		}{
			{"what is in it takes a byte too many of the deposit", func() { m.jour(t, 0); m.Octets = dedans - 1 }, "P995"},
			{"it takes all of the deposit", func() { m.Octets = dedans }, ""},
			{"it takes a byte too many of the day", func() { m.Octets = 1 << 30; m.jour(t, quota.ParJour-dedans+1) }, "P995"},
			{"it takes all of the day", func() { m.jour(t, quota.ParJour-dedans) }, ""},
			{"it is the twentieth", func() { m.jour(t, 0); m.placer(t, 19) }, ""},
			{"it is one more", func() { m.placer(t, 20) }, "P994"},
		} {
			m.taches = nil
			attendre(0)
			c.avant()
			a := m.envoyer(t, "une.zip", z)
			code := ""
			if len(a.Ecarts) > 0 {
				code = a.Ecarts[0].Code
			}
			if code != c.code || (a.Bonnes == 1) != (c.code == "") {
				t.Errorf("%s: %+v, want %q", c.quoi, a, c.code)
			}
		}
	})
}

// jour has the supplier have sent so many bytes today.
func (m *monde) jour(t *testing.T, octets int64) {
	t.Helper()
	m.sql(t, `UPDATE quota SET octets = $1`, octets)
}

// placer has a document have come for the first place, as the one of that number.
func (m *monde) placer(t *testing.T, ordre int) {
	t.Helper()
	m.envoyer(t, "MS1-DUI-Va1-BDC-A0001.pdf", pdf(fmt.Sprintf("the one before, %d", ordre)))
	m.sql(t, `UPDATE piece SET ordre = $1`, ordre)
}

// A long list of what was set aside is folded in from ten documents on, and says beyond 500 that it has the first ones alone.
func TestManySetAside(t *testing.T) {
	t.Parallel()
	for n, veut := range map[int]struct{ ouverte, coupee bool }{9: {true, false}, 10: {false, false}, 500: {false, false}, 501: {false, true}} {
		m := nouveau(t, essai.SQLite(t))
		var fichiers []entree
		for i := range n {
			fichiers = append(fichiers, entree{fmt.Sprintf("notes %d.txt", i), []byte(fmt.Sprint(i))})
		}
		m.envoyer(t, "lot.zip", zipper(t, fichiers...))
		_, page, _ := demander(t, http.MethodGet, m.site(t, m.fournisseur, compte.Deposant)+m.chemin(), "", nil)
		ouverte, coupee := strings.Contains(page, "<details open><summary>Documents écartés de lot.zip"), strings.Contains(page, "Seuls les premiers sont listés.")
		if nommes := strings.Count(page, "<code>notes "); ouverte != veut.ouverte || coupee != veut.coupee || nommes != min(n, 500) {
			t.Errorf("%d set aside: %d named, open %t, cut %t", n, nommes, ouverte, coupee)
		}
	}
}

// A job that is done once more finds what it was for examined already, or nothing at all: it examines nothing, and no mail follows.
func TestJobDoneAgain(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		a := m.envoyer(t, "une.zip", zipper(t, completes(t)[0]))
		avant, courriels := m.etats(t), len(m.courriels)
		dossier := t.TempDir()
		m.Programme = []string{"/bin/sh", "-c", `: >"$0/examined"; exit 1`, dossier}
		for _, archive := range []int64{a.ID, a.ID + 100} {
			if err := m.Examiner(t.Context(), pieces.Examen{Archive: archive}); err != nil {
				t.Errorf("%d: %v", archive, err)
			}
		}
		if n := kept(t, dossier); n != 0 || m.etats(t) != avant || len(m.courriels) != courriels {
			t.Errorf("%d examinations, %s, %d mails more", n, m.etats(t), len(m.courriels)-courriels)
		}
	})
}

// What is too large for its form is refused unread, with its bound in the units of each language.
func TestTooLargeIsTold(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	for _, c := range []struct {
		methode, chemin string
		taille          int64
		dit             map[string]string
	}{
		{http.MethodPost, "", 10*pieces.MaxArchive + 64<<10, map[string]string{"fr": "L'envoi dépasse dix archives de 200 Mo", "en": "over ten archives of 200 MB"}},
		{http.MethodPut, "/un.zip", pieces.MaxArchive, map[string]string{"fr": "Ce fichier pèse plus de 200 Mo", "en": "This file weighs more than 200 MB"}},
		{http.MethodPost, "/0/BON_COMMANDE", 32 << 20, map[string]string{"fr": "Ce document pèse bien plus de 3 Mo", "en": "This document weighs far more than 3 MB"}},
	} {
		for langue, dit := range c.dit {
			r := httptest.NewRequestWithContext(t.Context(), c.methode, m.chemin()+c.chemin, illisible{t})
			r.ContentLength = c.taille + 1
			r.Header.Set("Accept-Language", langue)
			w := httptest.NewRecorder()
			m.pages(m.fournisseur, compte.Deposant).ServeHTTP(w, r)
			if w.Code != http.StatusRequestEntityTooLarge {
				t.Errorf("%s %s: %d", c.methode, c.chemin, w.Code)
			}
			contient(t, webessai.Espacer(w.Body.String()), dit)
		}
	}
}
