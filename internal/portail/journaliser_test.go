package portail_test

import (
	"context"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guichet/internal/attente"
	"guichet/internal/portail"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// A counter that is open gives entries their places, keeps the head in a folder and mails it; its key is its owner's alone. One that is
// made anew is told in the journal, and what the former one signed holds with both.
func TestJournalIsKept(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{
		"sqlite": func(t testing.TB) string { return filepath.Join(t.TempDir(), "portail.db") }, "postgres": essai.AdressePostgres,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			config := portail.Config{Donnees: t.TempDir(), Base: base(t), Adresse: "http://guichet.exemple.invalid", Log: slog.New(slog.DiscardHandler), Maintenant: midi, Expediteur: courriel.Expediteur{Nom: "Agence", Adresse: "agence@exemple.invalid"}, AncresA: []string{"audit@exemple.invalid"}}
			tenir(t, config, 1)
			nomCle := filepath.Join(config.Donnees, journal.FichierCle)
			avant, err := journal.LireCle(nomCle)
			if i, e := os.Stat(nomCle); err != nil || e != nil || i.Mode().Perm() != 0o600 || !strings.HasPrefix(avant.Publique, "guichet.exemple.invalid+") {
				t.Errorf("the key of the journal: %v, %v, %s", err, e, avant.Publique)
			}
			if err := os.Remove(nomCle); err != nil {
				t.Fatal(err)
			}
			tenir(t, config, 3)
			apres, err := journal.LireCle(nomCle)
			if err != nil || apres.Publique == avant.Publique {
				t.Fatalf("the key was not made anew: %v", err)
			}
			b, err := db.Ouvrir(t.Context(), config.AdresseBase())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = b.Fermer() }()
			ancres, err := journal.LireAncres(config.DossierAncres())
			if err != nil || len(ancres) == 0 {
				t.Fatalf("%d anchors, %v", len(ancres), err)
			}
			v, err := journal.Verifier(t.Context(), b.Lire(), apres.Verifieurs(avant.Publique, apres.Publique), ancres...)
			if err != nil || !v.Intact() || v.Ancres != len(ancres) || v.Taille != 3 {
				t.Errorf("%+v, %v", v, err)
			}
			v, err = journal.Verifier(t.Context(), b.Lire(), apres.Verifieurs(), ancres...)
			if err != nil || len(v.Constats) != 1 || v.Constats[0].In(modele.Anglais) != "anchor journal-000000000001.ancre: no known key has signed it" {
				t.Errorf("without the former key: %+v, %v", v, err)
			}
			lignes, err := journal.Dernieres(t.Context(), b.Lire(), journal.Agence, 0, 9)
			if err != nil || len(lignes) != 3 || lignes[1].Action != "journal.cle" || lignes[1].Objet != apres.Publique {
				t.Errorf("%+v, %v", lignes, err)
			}
		})
	}
}

// tenir opens a counter, has something done, and waits until the journal has so many entries in its tree, and an anchor that was mailed.
func tenir(t *testing.T, config portail.Config, taille int) {
	t.Helper()
	p, err := portail.Ouvrir(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	ctx, arreter := context.WithCancel(t.Context())
	defer func() {
		arreter()
		if err := p.Fermer(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	b, err := db.Ouvrir(t.Context(), config.AdresseBase())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Fermer() }()
	if err := b.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return journal.Ajouter(ctx, tx, b.Dialecte, journal.Ligne{Instant: midi(), Action: "compte.ouvert", Objet: "1"})
	}); err != nil {
		t.Fatal(err)
	}
	if err := p.Demarrer(ctx); err != nil {
		t.Fatal(err)
	}
	attente.Jusqua(t, "the entries in the tree, an anchor and its mail", func() bool {
		var n int
		if err := b.Lire().QueryRowContext(ctx, `SELECT taille FROM journal_tete`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		ancres, _ := journal.LireAncres(config.DossierAncres())
		return n == taille && len(ancres) > 0 && ancreEnvoyee(p.DossierCourriels())
	})
}

func ancreEnvoyee(dossier string) bool {
	noms, _ := filepath.Glob(filepath.Join(dossier, "*.eml"))
	for _, nom := range noms {
		if octets, _ := os.ReadFile(nom); strings.Contains(string(octets), "audit@exemple.invalid") && strings.Contains(string(octets), "journal") {
			return true
		}
	}
	return false
}
