package portail

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/depot"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web/essai"
)

// consultee is the number of the demande of the example on which opinions were asked for, and where its company reads it.
func (b *bureau) consultee(t *testing.T) string {
	t.Helper()
	var c etatCle
	if err := b.base.Lire().QueryRowContext(t.Context(), `SELECT depot_id, rang FROM dossier WHERE avis > 0`).Scan(&c.depot, &c.rang); err != nil {
		t.Fatal(err)
	}
	return depot.NumeroASP(c.depot, c.rang)
}

// Who proposes and who decides read the opinions, and who has not given one, before they do; it keeps nobody from doing so. What comes
// between reading and deciding is told. The supplier reads nothing of it, on no page.
func TestOpinionsBesideTheDecision(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines, victor, carole := b.entrer(t, "instruction@"), b.entrer(t, "decision@"), b.entrer(t, "comptable@")
	n := b.consultee(t)
	feuille := "/travail/" + n
	for _, c := range []*essai.Client{ines, victor, carole} {
		c.Ouvrir(feuille).Attendre(t, 200, "avis 1/3", "Oui : c'est le nombre du contrat.", "Victor Exemple", "avis demandé à Carole Exemple")
	}
	ines.Ouvrir(feuille).Attendre(t, 200, "et pas rendu : Victor Exemple, expert@conseil.exemple.invalid", "En attente jusqu'au", "avis demandés")
	poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.Oui, "faire", "proposer")).Attendre(t, 303)
	victor.Ouvrir(feuille).Attendre(t, 200, "et pas rendu : Victor Exemple, expert@conseil.exemple.invalid", "Décider ainsi")
	lu := formulaireDe(t, victor, feuille, feuille+"/decision")
	avis := victor.Ouvrir("/avis").Corps
	_, suite, _ := strings.Cut(avis, `href="/avis/`)
	id, _, _ := strings.Cut(suite, `"`)
	poster(t, victor, "/avis/"+id, "/avis/"+id, url.Values{"sens": {"defavorable"}, "texte": {"Un contrat est rompu."}}).Attendre(t, 303)
	victor.Demander("POST", feuille+"/decision", lu).Attendre(t, 422, "a changé depuis que vous l'avez lue", "un avis de Victor Exemple : défavorable")
	victor.Ouvrir(feuille).Attendre(t, 200, "avis 2/3", "et pas rendu : expert@conseil.exemple.invalid")
	editeur := b.entrer(t, "proprietaire@editeur")
	for _, page := range []string{"/demandes/" + n, "/accueil", "/demandes", "/messages", "/lettres", "/depots"} {
		lus := editeur.Ouvrir(page)
		for _, mot := range []string{"contrat", "expert@", "Carole", "plausible", "avis 2/3"} {
			if lus.Etat != http.StatusOK || strings.Contains(lus.Corps, mot) {
				t.Errorf("%s: %d, %q is shown to the supplier", page, lus.Etat, mot)
			}
		}
	}
	poster(t, victor, feuille, feuille+"/decision", url.Values{}).Attendre(t, 303)
	victor.Ouvrir(feuille).Attendre(t, 200, "pas rendu avant la décision")
}

// The queue is narrowed by opinions, its export has them, and a filter that names nothing says so.
func TestQueueByOpinions(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines, n := b.entrer(t, "instruction@"), b.consultee(t)
	for filtre, veut := range map[string]bool{"": true, "avec": true, "attendus": true, "rendus": false} {
		r := ines.Ouvrir("/travail?file=toutes&avis=" + filtre)
		if r.Etat != http.StatusOK || strings.Contains(r.Corps, n) != veut {
			t.Errorf("%q: %d, %t", filtre, r.Etat, !veut)
		}
	}
	ines.Ouvrir("/travail?file=toutes&avis=peut-etre").Attendre(t, 422, "qui n'existe pas")
	if r := ines.Demander("GET", "/export/travail/csv?file=toutes&avis=attendus", nil); strings.Count(r.Corps, "\r\n") != 2 || !strings.Contains(r.Corps, "Avis rendus;Avis demandés") || !strings.Contains(r.Corps, ";1;3") {
		t.Errorf("%s", r.Corps)
	}
}

// Whoever has no account is stopped at the links to opinions after three hundred in an hour, whatever they open.
func TestLinksToOpinionsAreBraked(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	c := m.site.Client(t)
	dernier := 0
	for range maxAvisDehors + 1 {
		dernier = c.Demander("GET", "/donner-avis/AAAAAAAAAAAAAAAAAAAAAAAAAA", nil).Etat
	}
	if dernier != http.StatusTooManyRequests {
		t.Errorf("%d", dernier)
	}
}
