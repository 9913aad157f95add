package compte_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/web"
)

// Who loses a right while a file is on its way is told so, by what was lost, and the file is not taken; what changes nothing for who sends
// it stops nothing.
func TestRightsAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		par := compte.Identite{Compte: m.Administrateur.Compte, Role: compte.Administrateur}
		entre := make(chan struct{})
		site := m.Serveur(t, web.Route{Motif: "PUT /essai", Acces: web.Deposant, Corps: 1 << 20, Servir: func(w http.ResponseWriter, r *http.Request) error {
			entre <- struct{}{}
			if _, err := io.ReadAll(web.CorpsEntier(r)); err != nil {
				return err
			}
			_, err := fmt.Fprint(w, "reçu")
			return err
		}}).URL
		executer := func(texte string, args ...any) error {
			return m.Base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, texte, args...)
				return err
			})
		}
		deposant := func(nom string) essai.Personne {
			return m.AjouterPersonneA(t, m.Fournisseur, compte.Deposant, nom+"@exemple.invalid")
		}
		m.AjouterPersonne(t, autre, compte.Proprietaire)
		mandataire := m.AjouterPersonneA(t, autre, compte.Deposant, "mandataire@exemple.invalid")
		for i, x := range []struct {
			nom   string
			quoi  func(p essai.Personne) error
			etat  int
			texte string
		}{
			{"nothing", func(essai.Personne) error { return nil }, 200, "reçu"},
			{"another may do more", func(p essai.Personne) error {
				return m.ChangerRole(t.Context(), 0, m.Fournisseur, p.Compte, compte.Proprietaire)
			}, 200, "reçu"},
			{"sessions ended", func(p essai.Personne) error {
				return m.TerminerSessionsDe(t.Context(), compte.Mesure{Par: par, Fournisseur: m.Fournisseur, Compte: p.Compte, Motif: "essai"})
			}, 403, "Session terminée"},
			{"the role changed", func(p essai.Personne) error {
				return m.ChangerRole(t.Context(), 0, m.Fournisseur, p.Compte, compte.Lecteur)
			}, 403, "Rôle changé"},
			{"taken off", func(p essai.Personne) error { return m.Retirer(t.Context(), 0, m.Fournisseur, p.Compte) }, 403, "Accès retiré"},
			{"account closed", func(p essai.Personne) error {
				return executer(`UPDATE compte SET etat = 'ferme' WHERE id = $1`, p.Compte)
			}, 403, "Session terminée"},
			{"supplier suspended", func(essai.Personne) error {
				return executer(`UPDATE fournisseur SET etat = 'suspendu' WHERE id = $1`, m.Fournisseur)
			}, 403, "Fournisseur suspendu"},
		} {
			p := deposant(fmt.Sprint("d", i))
			c := m.Connecte(t, site, p)
			verifierEnvoi(t, c, x.nom, entre, func() error { return x.quoi(p) }, x.etat, x.texte)
		}
		if err := executer(`UPDATE fournisseur SET etat = 'actif'`); err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct{ nom, texte, fin string }{
			{"mandate ended", `UPDATE mandat SET etat = 'revoque'`, "Mandat terminé"},
			{"the one who acts suspended", `UPDATE fournisseur SET etat = 'suspendu' WHERE siret = '00000000200006'`, "Fournisseur suspendu"},
		} {
			if err := m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, "00000000200006"); err != nil {
				t.Fatal(err)
			}
			c := m.Connecte(t, site, mandataire)
			c.Poster(t, "/agir-pour", "pour", fmt.Sprint(m.Fournisseur, "-", autre))
			verifierEnvoi(t, c, x.nom, entre, func() error { return executer(x.texte) }, 403, x.fin)
		}
	})
}

// verifierEnvoi sends a file, the end of which waits until something has happened.
func verifierEnvoi(t *testing.T, c *essai.Client, nom string, entre <-chan struct{}, quoi func() error, etat int, texte string) {
	t.Helper()
	corps, fin := io.Pipe()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPut, c.Adresse("/essai"), corps)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/octet-stream")
	go func() {
		_, _ = fin.Write([]byte("début"))
		<-entre
		_ = fin.CloseWithError(quoi()) // nil ends the file
	}()
	r, err := c.Do(q)
	if err != nil {
		t.Fatalf("%s: %v", nom, err)
	}
	page, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	if err != nil || r.StatusCode != etat || !strings.Contains(string(page), texte) {
		t.Errorf("%s: %d %v, want %d %q in:\n%s", nom, r.StatusCode, err, etat, texte, page)
	}
}
