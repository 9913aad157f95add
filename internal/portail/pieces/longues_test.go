package pieces_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/pieces"
	webessai "guichet/internal/portail/web/essai"
)

// attendant is a file of demandes that expect just so many documents.
func attendant(t *testing.T, documents int) corpus.Forme {
	t.Helper()
	for graine := range uint64(20) {
		for n := range documents {
			f := corpus.Forme{Demandes: n + 1, OGs: 1, ESMS: 1, Graine: graine}
			if bytes.Count(corpus.Fichier(f), []byte(`"typeFichier"`)) == documents {
				return f
			}
		}
	}
	t.Fatalf("no file has %d documents", documents)
	return corpus.Forme{}
}

// deposerLong deposits a file, and returns the documents that it expects.
func (m *monde) deposerLong(t *testing.T, f corpus.Forme) (toutes []pieces.Piece) {
	t.Helper()
	s, err := depot.Ouvrir(t.Context(), depot.Options{Base: m.base, Fichiers: m.fichiers, Maintenant: func() time.Time { return midi }})
	if err != nil {
		t.Fatal(err)
	}
	octets, n := corpus.Fichier(f), f.Demandes
	d, err := s.Deposer(t.Context(), depot.Envoi{
		Fournisseur: m.fournisseur, Compte: 1, Type: depot.Avance, NumeroAns: "ANS0000001", Nom: fmt.Sprintf("JSON-ANS0000001-20231002-%03d.json", n), Corps: bytes.NewReader(octets),
	})
	if err != nil || d.Acceptees != n {
		t.Fatal(d, err)
	}
	m.depot = d.ID
	if toutes, err = m.Pieces(t.Context(), m.fournisseur, m.depot, -1); err != nil {
		t.Fatal(err)
	}
	return toutes
}

var (
	uneLigne   = regexp.MustCompile(`name="document-([^"]*)" type="file"`)
	laSuivante = regexp.MustCompile(`href="([^"]*)"[^>]*rel="next"`)
)

// parties follows a list from its first page: what matches on each.
func parties(t *testing.T, site, chemin string, quoi *regexp.Regexp) (trouves [][]string) {
	t.Helper()
	for range 20 {
		etat, page, _ := demander(t, http.MethodGet, site+chemin, "", nil)
		if etat != http.StatusOK {
			t.Fatalf("%s: %d", chemin, etat)
		}
		var ici []string
		for _, x := range quoi.FindAllStringSubmatch(page, -1) {
			ici = append(ici, x[1])
		}
		trouves = append(trouves, ici)
		suite := laSuivante.FindStringSubmatch(page)
		if suite == nil {
			return trouves
		}
		chemin = strings.ReplaceAll(suite[1], "&amp;", "&")
	}
	t.Fatal("the list never ends")
	return nil
}

// The documents of a deposit are listed by 50: just 50 have one page. Of more, those that are lacking come first, none is left out.
func TestDocumentsPageByPage(t *testing.T) {
	t.Parallel()
	for documents, pages := range map[int]int{50: 1, 52: 2, 100: 2, 101: 3} {
		m := nouveau(t, essai.SQLite(t))
		toutes := m.deposerLong(t, attendant(t, documents))
		premier := toutes[0]
		m.envoyer(t, "un.zip", zipper(t, entree{premier.Attendu, octetsDe(t, premier.Format)}))
		listes := parties(t, m.site(t, m.fournisseur, compte.Deposant), m.chemin(), uneLigne)
		vus := map[string]bool{}
		for _, l := range listes {
			for _, rang := range l {
				vus[rang] = true
			}
		}
		if len(listes) != pages || len(vus) != documents || pages > 1 && listes[pages-1][len(listes[pages-1])-1] != "0-BON_COMMANDE" {
			t.Errorf("%d documents: %d pages of %d in all, %v", documents, len(listes), len(vus), listes)
		}
	}
}

func octetsDe(t *testing.T, format string) []byte {
	return map[string][]byte{"PDF": pdf("long"), "PNG": pngDe(t), "JPG": jpg(t)}[format]
}

// So are the demandes that lack documents.
func TestIncompletesPageByPage(t *testing.T) {
	t.Parallel()
	for demandes, pages := range map[int]int{46: 1, 47: 2} { // beside the four of the first deposit
		m := nouveau(t, essai.SQLite(t))
		m.deposerLong(t, corpus.Forme{Demandes: demandes, OGs: 1, ESMS: 1})
		listes := parties(t, m.site(t, m.fournisseur, compte.Lecteur), "/incompletes", regexp.MustCompile(`href="/demandes/([^"]*)"`))
		vues := map[string]bool{}
		for _, l := range listes {
			for _, n := range l {
				vues[n] = true
			}
		}
		if len(listes) != pages || len(vues) != demandes+4 {
			t.Errorf("%d demandes: %d in %d pages", demandes+4, len(vues), len(listes))
		}
	}
}

// A document that another replaced stays to be read where the agency may have looked at it: the last first, to its own supplier alone.
func TestEarlierDocuments(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.Vue = func(context.Context, *sql.Tx, int64, int, time.Time) (bool, error) { return true, nil }
		nom := completes(t)[0].nom
		for _, texte := range []string{"un", "deux", "trois"} {
			m.envoyer(t, texte+".zip", zipper(t, entree{nom, pdf(texte)}))
		}
		toutes, err := m.Anterieures(t.Context(), m.fournisseur, m.depot, 0)
		if err != nil || len(toutes) != 2 || toutes[0].Ordre != 2 || toutes[1].Ordre != 1 || toutes[0].Etat != pieces.Remplacee {
			t.Fatalf("%+v, %v", toutes, err)
		}
		for _, a := range toutes {
			_, f, err := m.OuvrirAnterieure(t.Context(), m.fournisseur, m.depot, 0, a.Type, a.Ordre)
			if err != nil {
				t.Fatal(err)
			}
			if got := lireTout(t, f); got != string(pdf([]string{"un", "deux"}[a.Ordre-1])) {
				t.Errorf("the document %d is %q", a.Ordre, got)
			}
			if _, _, err := m.OuvrirAnterieure(t.Context(), m.fournisseur+1, m.depot, 0, a.Type, a.Ordre); !errors.Is(err, pieces.ErrInconnu) {
				t.Errorf("another supplier's: %v", err)
			}
		}
		if _, _, err := m.OuvrirAnterieure(t.Context(), m.fournisseur, m.depot, 0, toutes[0].Type, 3); !errors.Is(err, pieces.ErrInconnu) {
			t.Errorf("the one that stands: %v", err)
		}
		for _, autre := range []struct {
			fournisseur int64
			rang        int
		}{{m.fournisseur, 1}, {m.fournisseur + 1, 0}} {
			if autres, err := m.Anterieures(t.Context(), autre.fournisseur, m.depot, autre.rang); err != nil || len(autres) != 0 {
				t.Errorf("%+v: %+v, %v", autre, autres, err)
			}
		}
	})
}

// What cannot be kept, or told, though nothing is wrong with it, is the counter's fault: the answer says so, and how many files that came before it
// stand.
func TestFailureAfterFilesThatStand(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	toutes := completes(t)
	inserer, n := m.Inserer, 0
	m.Inserer = func(ctx context.Context, tx *sql.Tx, e pieces.Examen) error {
		if n++; n > 2 {
			return essai.ErrPanne
		}
		return inserer(ctx, tx, e)
	}
	genre, corps := formulaire(t, toutes[0], toutes[1], toutes[2])
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, m.chemin(), corps)
	r.Header.Set("Content-Type", genre)
	w := httptest.NewRecorder()
	m.pages(m.fournisseur, compte.Deposant).ServeHTTP(w, r)
	if w.Code != http.StatusInternalServerError || !strings.Contains(webessai.Espacer(w.Body.String()), "2 fichiers arrivés avant sont gardés") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	recues, err := m.Archives(t.Context(), m.fournisseur, m.depot)
	if err != nil || len(recues) != 2 {
		t.Errorf("%+v, %v", recues, err)
	}
}
