package portail

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/demo"
)

// The agency works on the example, with and without script: somebody takes the next demande, fills its sheet in, proposes an award;
// somebody else decides; the supplier is told once the time to take it back has passed. A second browser on the same demande is told
// who holds it, and a decision on what has changed meanwhile is refused.
func TestAgencyInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			site, p, comptes := exposer(t)
			qui := func(debut string) demo.Compte {
				return compteDe(comptes, debut)
			}
			b := navigateur.Start(t)
			visite := func(nomVisite, debut string, v navigateur.View) *navigateur.Visite {
				x := b.Visiter(t, site.URL, "agence-"+nom+"-"+nomVisite, v, sans)
				x.Aller("/connexion?lang=fr")
				entrer(t, x.Page, qui(debut))
				return x
			}
			ines := visite("ines", "instruction@", navigateur.View{Width: 1600, Height: 900})
			victor := visite("victor", "decision@", navigateur.View{Width: 320, Height: 800, Dark: true})

			ines.Aller("/travail")
			ines.Voir("file", "Travail")
			ines.Suivre(t, `form[action^="/suivante"] button`)
			ines.Voir("feuille", "Demande ASP-")
			adresse := ines.Lu(`location.pathname`)
			victor.Aller(adresse)
			victor.Voir("tenue", "Demande ASP-")
			if lu := victor.Lu(`document.body.innerText`); !strings.Contains(lu, "Tenue par Inès Exemple") {
				t.Errorf("who holds it is not told: %.600s", lu)
			}
			ines.Suivre(t, `button[value="proposer"]`)
			if lu := ines.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "sans réponse") {
				t.Errorf("an award without a sheet: %.600s", lu)
			}
			ines.Suivre(t, `button[value="oui"]`)
			ines.Suivre(t, `button[value="proposer"]`)
			ines.Voir("proposee", "Travail")

			victor.Aller("/travail?file=valider")
			victor.Voir("a-valider", "Travail")
			victor.Aller(adresse)
			victor.Voir("proposition", "Demande ASP-")
			ines.Aller(adresse)
			ines.Suivre(t, `form[action*="/note"] button`, chromedp.SetValue(`[name="note"]`, "Le bon est en page 2."))
			victor.Suivre(t, `form[action*="/decision"] button`)
			if lu := victor.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "a changé depuis que vous l'avez lue (") || !strings.Contains(lu, "une note de Inès Exemple") {
				t.Errorf("a decision on what has changed: %.600s", lu)
			}
			victor.Aller(adresse)
			victor.Suivre(t, `form[action*="/decision"] button`)
			victor.Aller(adresse)
			victor.Voir("decidee", "Demande ASP-")

			err := p.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { // the hour has passed
				_, err := tx.ExecContext(ctx, `UPDATE decision SET notifier = 1 WHERE etat = 'decidee'`)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if n, err := p.decisions.Notifier(t.Context()); err != nil || n == 0 {
				t.Fatalf("%d told, %v", n, err)
			}
			editeur := visite("editeur", "proprietaire@editeur", navigateur.View{Width: 1280, Height: 900})
			editeur.Aller(strings.Replace(adresse, "/travail/", "/demandes/", 1))
			editeur.Voir("validee", "Demande ASP-")
			lu := editeur.Lu(`document.querySelector("main").innerText`)
			if !strings.Contains(lu, "Validée") || strings.Contains(lu, "page 2") || strings.Contains(lu, "À valider") || strings.Contains(lu, "Victor") {
				t.Errorf("what the supplier reads: %s", lu)
			}
			for _, x := range slices.Concat(ines.Errors(), editeur.Errors()) {
				if !strings.Contains(x, "422") { // an act that was refused, on purpose
					t.Error(x)
				}
			}
		})
	}
}

// The export of the queue has what the list shows, with its filters, and is traced.
func TestQueueExport(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	f, _, _, _ := m.fournir(t, "A", 1)
	m.instruire(t, f)
	m.agent(t, compte.Administrateur)
	c := m.entrer(t, m.agent(t, compte.Instructeur))
	for chemin, lignes := range map[string]int{"/export/travail/csv": 1, "/export/travail/csv?file=toutes&etat=complete": 1, "/export/travail/csv?file=valider": 0, "/export/travail/csv?file=toutes&min=99999": 0} {
		r := c.Demander("GET", chemin, nil)
		if n := strings.Count(r.Corps, "\r\n") - 1; r.Etat != 200 || n != lignes || !strings.HasPrefix(r.Corps, "\ufeffnumeroASP;") {
			t.Errorf("%s: %d, %d rows\n%s", chemin, r.Etat, n, r.Corps)
		}
	}
	if r := c.Demander("GET", "/export/travail/xlsx", nil); r.Etat != 200 || !strings.HasPrefix(r.Corps, "PK") {
		t.Errorf("xlsx: %d", r.Etat)
	}
	if r := c.Demander("GET", "/export/travail/pdf", nil); r.Etat != 404 {
		t.Errorf("pdf: %d", r.Etat)
	}
	const autres = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) `
	m.executer(t, `INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) `+autres+`SELECT fournisseur_id, 1000 + i, rang, numero, etat, montant, esms, og, debut, fin, maj FROM demande, n WHERE rang = 0 AND depot_id < 1000`)
	m.executer(t, `INSERT INTO dossier (depot_id, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj) `+autres+`SELECT 1000 + i, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj FROM dossier, n WHERE depot_id < 1000`)
	r := c.Demander("GET", "/export/travail/csv", nil)
	if n := strings.Count(r.Corps, "\r\n"); n != 20_002 || !strings.Contains(r.Corps[strings.LastIndex(strings.TrimSpace(r.Corps), "\r\n"):], "cet export s'arrête à 20000 lignes") {
		t.Errorf("a longer list: %d rows, and ends %q", n, r.Corps[max(0, len(r.Corps)-300):])
	}
}
