package comptabilite_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
)

// pages serves the pages of the accounts to an accountant.
func (m *monde) pages() http.Handler {
	m.NumeroASP, m.LireNumeroASP = etatessai.NumeroASP, etatessai.LireNumeroASP
	i := compte.Identite{Compte: 1, Nom: "Chantal", Role: compte.Comptable}
	return web.Routeur(m.Routes(), &web.Site{
		Maintenant: func() time.Time { return m.horloge }, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), i)))
			})
		},
	})
}

func lire(t *testing.T, h http.Handler, chemin string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
	return w
}

// attendre wants a page to say something, with the spaces of amounts as people type them.
func attendre(t *testing.T, h http.Handler, chemin string, statut int, textes ...string) string {
	t.Helper()
	w := lire(t, h, chemin)
	corps := strings.ReplaceAll(w.Body.String(), "\u00a0", " ")
	if w.Code != statut {
		t.Fatalf("%s: %d, %s", chemin, w.Code, corps)
	}
	for _, x := range textes {
		if mot, absent := strings.CutPrefix(x, "!"); strings.Contains(corps, mot) == absent {
			t.Errorf("%s: %q in %s", chemin, x, corps)
		}
	}
	return corps
}

// An accountant reads the balance, follows a number to its demandes, and one of them to its entries; each list is what its number is.
func TestPagesOfAccounts(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		h := m.pages()
		attendre(t, h, "/comptes", 200, "0,00 €")
		f, g := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000100016")
		d := m.deposer(t, f, 500000, 700)
		m.mener(t, f, d, 400000, slices.Concat(instruite, decidee(etat.Validee))...)
		m.horloge = m.horloge.AddDate(1, 0, 0)
		e := m.deposer(t, g, 10000)
		if _, err := m.Arreter(t.Context()); err != nil {
			t.Fatal(err)
		}
		m.executer(t, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ('ANS0000001', $1, 'x')`, f)
		attendre(t, h, "/comptes", 200, "5 107,00 €", "107,00 €", "4 000,00 €", "1 000,00 €", "1 200,00 €", "2 800,00 €", `href="/comptes/postes/avance_due"`, "!Ordonné", `value="2027"`)
		attendre(t, h, "/comptes?siret=000+000+001+00008&annee=2026&logiciel=ANS0000001", 200, "5 007,00 €", "!5 107,00 €", `/comptes/postes/accorde?annee=2026&amp;logiciel=ANS0000001&amp;siret=`)
		attendre(t, h, "/comptes?annee=2027", 200, "100,00 €", "!4 000,00 €")
		attendre(t, h, "/comptes?siret=1", 422, "Aucun fournisseur")
		attendre(t, h, "/comptes?logiciel=x", 422, "Aucun logiciel")
		attendre(t, h, "/comptes?annee=zzz", 422, "!0,00 €")
		attendre(t, h, "/comptes/postes/accorde?annee=zzz", 422, "!Aucune demande")
		un, deux, trois := etatessai.NumeroASP(d, 0), etatessai.NumeroASP(d, 1), etatessai.NumeroASP(e, 0)
		attendre(t, h, "/comptes/postes/demandes", 200, un, deux, trois, "5 000,00 €", "!-5 000,00 €")
		attendre(t, h, "/comptes/postes/en_instance", 200, "!"+un, deux, trois)
		attendre(t, h, "/comptes/postes/en_instance?annee=2026", 200, deux, "!"+trois)
		attendre(t, h, "/comptes/postes/avance_due?siret=00000000100008", 200, un, "1 200,00 €", "!"+deux)
		attendre(t, h, "/comptes/postes/ordonne", 200, "Aucune demande")
		attendre(t, h, "/comptes/postes/ailleurs", 404)
		attendre(t, h, "/comptes/demandes/"+un, 200, "30 % de 4 000,00 €, au centime le plus proche", "1 200,00 €", "Dépôt", "Validée", "-5 000,00 €")
		attendre(t, h, "/comptes/demandes/"+deux, 200, "7,00 €", "!30 %", "!4 000,00 €")
		attendre(t, h, "/comptes/demandes/"+etatessai.NumeroASP(99, 0), 404)
		attendre(t, h, "/comptes/demandes/x", 404)
		attendre(t, h, "/export/comptes/csv", 200, "ANS0000001;2026;5007,00;7,00;4000,00;1000,00", "ANS0000001;2027;100,00;100,00;0,00")
		attendre(t, h, "/export/comptes/xlsx?annee=2026", 200)
		attendre(t, h, "/export/comptes/xyz", 404)
		attendre(t, h, "/export/comptes/csv?logiciel=x", 422)
	})
}

// A long list is walked from part to part, each demande once.
func TestLongListOfPlace(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		h := m.pages()
		var attendues []string
		for i := range 3 {
			f := m.fournisseur(t, fmt.Sprintf("%014d", i))
			montants := make([]int64, 45)
			for rang := range montants {
				montants[rang] = 100
			}
			d := m.deposer(t, f, montants...)
			for rang := range montants {
				attendues = append(attendues, etatessai.NumeroASP(d, rang))
			}
		}
		var vues []string
		for ici, parts := "/comptes/postes/en_instance", 0; ici != ""; parts++ {
			if parts > 5 {
				t.Fatal("the list has no end")
			}
			corps := attendre(t, h, ici, 200)
			for _, x := range strings.Split(corps, `href="/comptes/demandes/`)[1:] {
				vues = append(vues, x[:strings.Index(x, `"`)])
			}
			avant, _, suite := strings.Cut(corps, `" rel="next"`)
			if ici = ""; suite {
				ici = avant[strings.LastIndex(avant, `"`)+1:]
			}
		}
		if !slices.Equal(vues, attendues) {
			t.Errorf("%d demandes in the parts, %d there are", len(vues), len(attendues))
		}
	})
}

// Whatever statement fails, no page is shown as if it were whole, no file given, no closing half done, and no difference found that is none.
func TestFailuresAreTold(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := nouveau(t, b)
	h := m.pages()
	f := m.fournisseur(t, "00000000100008")
	d := m.deposer(t, f, 500000)
	m.mener(t, f, d, 0, slices.Concat(instruite, decidee(etat.Validee))...)
	m.executer(t, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ('ANS0000001', $1, 'x')`, f)
	p.Chaque(t, b, dbessai.Acte{Nom: "close", Faire: func() error { _, err := m.Arreter(context.Background()); return err }})
	p.Chaque(t, b, dbessai.Acte{Nom: "verify", Faire: func() error { _, err := m.Verifier(context.Background()); return err }})
	for _, chemin := range []string{"/comptes", "/comptes?siret=00000000100008&logiciel=ANS0000001", "/comptes/postes/accorde", "/comptes/demandes/" + etatessai.NumeroASP(d, 0), "/export/comptes/csv"} {
		p.Chaque(t, b, dbessai.Acte{Nom: chemin, Faire: func() error {
			return webessai.Echec(h, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
		}})
	}
}
