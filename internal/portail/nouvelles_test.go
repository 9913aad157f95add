package portail

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/modele"
)

// courrielsEnFile are the mails that wait to be sent, opened.
func (p *Portail) courrielsEnFile(t *testing.T) []courriel.Message {
	t.Helper()
	args := "CAST(args AS TEXT)"
	if p.base.Dialecte.Nom == "sqlite" {
		args = "json(args)"
	}
	tous, err := db.Lignes(t.Context(), p.base.Lire(), func(l db.Ligne, m *courriel.Message) error {
		var args string
		if err := l.Scan(&args); err != nil {
			return err
		}
		var pli courriel.Pli
		if err := json.Unmarshal([]byte(args), &pli); err != nil {
			return err
		}
		clair, err := p.coffre.Ouvrir("courriel", pli.Scelle)
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(clair), m)
	}, `SELECT `+args+` FROM river_job WHERE kind = 'courriel' ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	return tous
}

// What four things are is told each of a supplier's people in one mail, with a link for each; mails about the account do not wait; who has
// lost the role meanwhile, and who wants none, is told nothing. Both databases.
func TestManyMailsAreOne(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveauMonde(t, base(t))
			f, chef, deposant, lecteur := m.fournir(t, "A", 1)
			m.Ensemble, m.nouvelles.Fenetre = 5*time.Minute, 5*time.Minute
			avant := len(m.courrielsEnFile(t))
			err := m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				for n := range 4 {
					if err := m.envoyerPieces(ctx, tx, f, modele.Texte{Fr: fmt.Sprintf("Dépôt %d", n)}, modele.Texte{Fr: "Seul."}, fmt.Sprintf("/depots/DEP-%d/pieces", n)); err != nil {
						return err
					}
				}
				return m.envoyer(ctx, tx, compte.Courriel{A: "securite@exemple.invalid", Sujet: "Nouveau navigateur", Texte: "Aussitôt."})
			})
			if err != nil {
				t.Fatal(err)
			}
			if en := m.courrielsEnFile(t)[avant:]; len(en) != 1 || en[0].A != "securite@exemple.invalid" {
				t.Fatalf("at once: %+v", en)
			}
			m.executer(t, `DELETE FROM role WHERE compte_id = $1 RETURNING compte_id`, lecteur.Compte)
			m.executer(t, `INSERT INTO courriel_refuse (compte_id, genre) VALUES ($1, 'incompletes') RETURNING compte_id`, deposant.Compte)
			m.nouvelles.Maintenant = func() time.Time { return m.Maintenant().Add(time.Minute) }
			if n, err := m.nouvelles.Dire(t.Context()); err != nil || n != 3 {
				t.Fatalf("%d told, %v", n, err)
			}
			en := m.courrielsEnFile(t)[avant+1:]
			if len(en) != 1 || en[0].A != chef.Courriel || strings.Count(en[0].Texte, m.Adresse+"/depots/DEP-") != 4 || !strings.HasPrefix(en[0].Sujet, "4 nouvelles") {
				t.Errorf("%+v", en)
			}
		})
	}
}
