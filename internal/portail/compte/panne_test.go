package compte_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// pannes are what the database cannot give, and the acts that do without: where the journal cannot be written nothing is done, and
// where a name cannot be read no mail goes without it.
var pannes = map[string]struct {
	casser, reparer string
	malgre          []string
}{
	"journal": {casser: `ALTER TABLE journal RENAME TO journal_perdu`, reparer: `ALTER TABLE journal_perdu RENAME TO journal`},
	"name of the supplier": {
		casser: `ALTER TABLE fournisseur RENAME COLUMN raison_sociale TO perdue`, reparer: `ALTER TABLE fournisseur RENAME COLUMN perdue TO raison_sociale`,
		malgre: []string{"accept", "close", "end sessions", "open again", "take back"},
	},
	"links": {
		casser: `ALTER TABLE jeton RENAME TO jeton_perdu`, reparer: `ALTER TABLE jeton_perdu RENAME TO jeton`,
		malgre: []string{"accept", "change the role", "end sessions", "end the mandate", "give a mandate", "make an owner", "open again", "remove"},
	},
}

// An act that cannot be done wholly is not done at all: no row is changed, no mail is sent.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	for panne, x := range pannes {
		t.Run(panne, func(t *testing.T) {
			t.Parallel()
			m := essai.Nouveau(t, dbessai.SQLite(t))
			autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
			tiers := m.AjouterPersonne(t, autre, compte.Proprietaire)
			ferme := m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "ferme@exemple.invalid")
			admin := compte.Identite{Compte: m.Administrateur.Compte, Role: compte.Administrateur}
			sur := func(p essai.Personne) compte.Mesure {
				return compte.Mesure{Par: admin, Fournisseur: m.Fournisseur, Compte: p.Compte, Motif: "essai"}
			}
			if err := errors.Join(m.FermerCompte(t.Context(), sur(ferme)), m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, "00000000200006")); err != nil {
				t.Fatal(err)
			}
			donnes, _, err := m.Mandats(t.Context(), m.Fournisseur)
			if err != nil {
				t.Fatal(err)
			}
			for _, courriel := range []string{"jamais@exemple.invalid", tiers.Courriel, "non@exemple.invalid"} {
				inviter(t, m, m.Fournisseur, compte.Lecteur, courriel)
			}
			jamais, lien := trouver(t, m, m.Fournisseur, "jamais@exemple.invalid"), m.Lien(t, "non@exemple.invalid")
			tous := map[string]func(context.Context) error{
				"invite": func(ctx context.Context) error {
					return m.Inviter(ctx, m.Proprietaire.Compte, compte.Invitation{Fournisseur: m.Fournisseur, Role: compte.Lecteur, Courriel: "neuf@exemple.invalid", Nom: "Neuf"})
				},
				"invite again":    func(ctx context.Context) error { return m.Relancer(ctx, m.Proprietaire.Compte, m.Fournisseur, jamais) },
				"take back":       func(ctx context.Context) error { return m.Retirer(ctx, m.Proprietaire.Compte, m.Fournisseur, jamais) },
				"accept":          func(ctx context.Context) error { return m.Accepter(ctx, tiers.Compte, m.Fournisseur) },
				"decline":         func(ctx context.Context) error { return m.Decliner(ctx, tiers.Compte, m.Fournisseur) },
				"decline by link": func(ctx context.Context) error { return m.DeclinerLien(ctx, lien) },
				"change the role": func(ctx context.Context) error {
					return m.ChangerRole(ctx, 0, m.Fournisseur, m.Lecteur.Compte, compte.Deposant)
				},
				"remove":          func(ctx context.Context) error { return m.Retirer(ctx, 0, m.Fournisseur, m.Lecteur.Compte) },
				"make an owner":   func(ctx context.Context) error { return m.NommerProprietaire(ctx, sur(m.Lecteur)) },
				"end sessions":    func(ctx context.Context) error { return m.TerminerSessionsDe(ctx, sur(m.Lecteur)) },
				"close":           func(ctx context.Context) error { return m.FermerCompte(ctx, sur(m.Lecteur)) },
				"open again":      func(ctx context.Context) error { return m.RouvrirCompte(ctx, sur(ferme)) },
				"give a mandate":  func(ctx context.Context) error { return m.DonnerMandat(ctx, tiers.Compte, autre, "00000000100008") },
				"end the mandate": func(ctx context.Context) error { return m.RevoquerMandat(ctx, 0, m.Fournisseur, donnes[0].ID) },
			}
			for nom, faire := range tous {
				if slices.Contains(x.malgre, nom) {
					continue
				}
				avant := photographier(t, m)
				executer(t, m.Base, x.casser)
				err := faire(t.Context())
				executer(t, m.Base, x.reparer)
				if err == nil || champ(err) != "-" {
					t.Errorf("%s: %v", nom, err)
				}
				if apres := photographier(t, m); apres != avant {
					t.Errorf("%s leaves\n%s\nwant\n%s", nom, apres, avant)
				}
			}
		})
	}
}

func executer(t *testing.T, b *db.Base, requete string) {
	t.Helper()
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, requete)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// photographier writes down what acts on people change.
func photographier(t *testing.T, m *essai.Monde) (photo string) {
	t.Helper()
	err := m.Base.Lire().QueryRowContext(t.Context(), `SELECT (SELECT group_concat(id || courriel || etat, ' ') FROM (SELECT * FROM compte ORDER BY id))
		|| ' / ' || (SELECT group_concat(compte_id || '.' || fournisseur_id || role || accepte || expire, ' ') FROM (SELECT * FROM role ORDER BY compte_id, fournisseur_id))
		|| ' / ' || (SELECT group_concat(mandant_id || '.' || mandataire_id || etat, ' ') FROM (SELECT * FROM mandat ORDER BY id))
		|| ' / ' || (SELECT count(*) || '.' || sum(utilise) FROM jeton) || ' / ' || (SELECT count(*) FROM journal)`).Scan(&photo)
	if err != nil {
		t.Fatal(err)
	}
	return photo
}
