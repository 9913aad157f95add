package suivi_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	webessai "guichet/internal/portail/web/essai"
)

// scene is a counter where two suppliers have demandes in every state, over several weeks, and conversations; the second one has more of
// everything, and the same numbers.
func scene(t *testing.T, b *db.Base) (m *monde, racine string, f, autre, d int64) {
	t.Helper()
	m = nouveau(t, b)
	f, autre = m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000200006")
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE fournisseur SET raison_sociale = 'AUTRE ÉDITEUR', cherche = 'autre editeur' WHERE id = $1`, autre)
		return err
	})
	d = m.exemple(t, f)
	m.vivre(t, f, 0)
	m.vivre(t, autre, 3)
	m.horloge = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	racine = m.site(t, f, autre)
	moi, lui, agent := navigateurDe(t, racine, "moi"), navigateurDe(t, racine, "autre"), navigateurDe(t, racine, "agent")
	n := etatessai.NumeroASP(d, 0)
	for i, c := range []*client{moi, lui, lui} {
		c.joindre("/messages/nouveau", "un.png", png, "sujet", fmt.Sprint("Question ", i), "texte", "Bonjour,\nvoici.", "demande", map[int]string{0: n}[i])
		m.horloge = m.horloge.Add(time.Hour)
	}
	agent.joindre("/messages/1", "", nil, "texte", "Merci.")
	agent.joindre("/messages/3", "", nil, "texte", "Reçu.")
	moi.joindre("/messages/nouveau", "", nil, "sujet", "Seconde", "texte", strings.Repeat("Long. ", 40))
	return m, racine, f, autre, d
}

// vivre leads the demandes of a supplier to all states, week after week.
func (m *monde) vivre(t *testing.T, f int64, plus int) {
	t.Helper()
	m.horloge = time.Date(2026, 9, 28, 22, 30, 0, 0, time.UTC) // a Tuesday in Paris already
	for semaine := range 4 {
		d := m.deposer(t, f, fmt.Sprintf("semaine-%d.json", semaine), 100*(semaine+1), 8+plus)
		m.changer(t, f, d, etat.Complete, etat.Programme, "", suite(1, 7)...)
		m.changer(t, f, d, etat.Instruction, etat.Agence, "", suite(2, 7)...)
		m.changer(t, f, d, etat.AModifier, etat.Agence, "Signer le bon.\nPage 2.", 2)
		m.changer(t, f, d, etat.AValider, etat.Agence, "", 3)
		m.trancher(t, f, d, etat.Validee, "", 4, 5)
		m.trancher(t, f, d, etat.Refusee, "Plafond dépassé.", 6)
		m.changer(t, f, d, etat.Payee, etat.Agence, "", 5)
		m.changer(t, f, d, etat.Retiree, etat.Fournisseur, "Client parti.", 7)
		m.horloge = m.horloge.Add(6 * 24 * time.Hour)
	}
}

func suite(de, a int) (rangs []int) {
	for i := de; i <= a; i++ {
		rangs = append(rangs, i)
	}
	return rangs
}

// Each page, export and mail says what it said: whoever changes one of them reads what that changes.
func TestPlanches(t *testing.T) {
	t.Parallel()
	m, racine, _, autre, d := scene(t, dbessai.SQLite(t))
	pages := map[string][]string{"moi": chemins(autre, d), "agent": chemins(autre, d), "lecteur": {"/accueil", "/messages", "/messages/1", "/demandes/" + etatessai.NumeroASP(d, 0), "/demandes/" + etatessai.NumeroASP(d+1, 2)}}
	for _, role := range []string{"moi", "agent", "lecteur"} { // in this order: who reads a message first takes it from the others
		tous := pages[role]
		c := navigateurDe(t, racine, role)
		var b strings.Builder
		for _, chemin := range tous {
			p := c.lire(chemin)
			fmt.Fprintf(&b, "=== %s: %d %s\n%s\n", chemin, p.etat, p.chemin, montrer(p))
		}
		webessai.Comparer(t, "pages-"+role, b.String())
	}
	var b strings.Builder
	for _, c := range m.courriels {
		b.WriteString(webessai.Courriel(c.A, c.Sujet, c.Texte))
	}
	webessai.Comparer(t, "courriels", b.String())
}

func montrer(p page) string {
	if strings.HasPrefix(p.entete.Get("Content-Type"), "text/html") {
		return webessai.Planche(p.corps)
	}
	if strings.Contains(p.chemin, "/xlsx") || strings.Contains(p.chemin, "/pieces/") {
		return p.entete.Get("Content-Disposition") + " " + p.entete.Get("Content-Type") + "\n"
	}
	return p.corps
}

// chemins are the pages that the visitors ask for.
func chemins(autre, d int64) (tous []string) {
	tous = []string{"/accueil", "/accueil?lang=en", "/accueil?lang=fr", "/demandes", "/demandes?q=0002", "/demandes?q=semaine", "/demandes?q=autre", "/demandes?du=29/09/2026&au=05/10/2026", "/demandes?du=05/10/2026", "/demandes?au=29/09/2026",
		"/demandes?etat=validee&depot=2", "/demandes?depot=2", "/demandes?lang=en", "/demandes?lang=fr", "/export/demandes/csv", "/export/demandes/csv?etat=payee&du=01/10/2026", "/export/demandes/json", "/export/demandes/xlsx",
		"/messages", "/messages?q=question", "/messages/1", "/messages/2", "/messages/3", "/messages/4", "/messages/1/pieces/1", "/messages/nouveau", "/messages/nouveau?demande=" + etatessai.NumeroASP(d, 0), "/demandes?fournisseur=" + fmt.Sprint(autre),
		"/demandes/" + etatessai.NumeroASP(d, 0), "/demandes/" + etatessai.NumeroASP(d, 0) + "?lang=en", "/demandes/" + etatessai.NumeroASP(d, 0) + "?lang=fr", "/demandes/" + etatessai.NumeroASP(d, 0) + "/retrait"}
	for _, e := range etat.Tous {
		tous = append(tous, "/demandes?"+url.Values{"etat": {string(e.Etat)}, "q": {"0002"}}.Encode())
	}
	for i := range 8 {
		tous = append(tous, "/demandes/"+etatessai.NumeroASP(d+1, i))
	}
	return append(tous, "/demandes/"+etatessai.NumeroASP(d+1, 2)+"/retrait")
}

// What one supplier has changes nothing on the pages of another: not a figure, not a line.
func TestOthersChangeNothing(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.exemple(t, f)
		m.vivre(t, f, 0)
		m.horloge = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
		c := navigateurDe(t, m.site(t, f), "moi")
		c.joindre("/messages/nouveau", "", nil, "sujet", "Question", "texte", "Bonjour")
		lire := func() (pages []string) {
			for _, chemin := range chemins(0, d) {
				pages = append(pages, chemin+"\n"+montrer(c.lire(chemin)))
			}
			return pages
		}
		avant := lire()
		autre := m.fournisseur(t, "00000000200006")
		m.vivre(t, autre, 3)
		m.horloge = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
		lui := navigateurDe(t, m.site(t, autre), "moi")
		lui.joindre("/messages/nouveau", "", nil, "sujet", "Question", "texte", "Bonjour")
		for i, p := range lire() {
			if p != avant[i] {
				t.Errorf("what another has changes\n%s", difference(avant[i], p))
			}
		}
	})
}

func difference(avant, apres string) string {
	a, b := strings.Split(avant, "\n"), strings.Split(apres, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("%s, line %d:\nwas %q\nis  %q", a[0], i, a[i], b[i])
		}
	}
	return a[0] + ": longer or shorter"
}
