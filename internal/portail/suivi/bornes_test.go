package suivi_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/suivi"
)

// What a supplier writes in a day is bounded, for each person, for all of them and for their documents; a day later it is free
// again, another supplier and the agency are not held back, and who is reads what to do.
func TestMessagesAreBounded(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		un, autre := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000200006")
		fois := 0
		ecrire := func(fournisseur, qui int64, fil int64, role compte.Role) (int64, error) {
			fois++ // the same words would be the same message
			return m.Ecrire(t.Context(), suivi.Ecrit{Auteur: compte.Identite{Compte: qui, Fournisseur: fournisseur, Role: role}, Fil: fil, Sujet: "sujet", Texte: fmt.Sprint("texte ", fois)})
		}
		fil, err := ecrire(un, 1, 0, compte.Proprietaire)
		if err != nil {
			t.Fatal(err)
		}
		deja := func(n, qui, octets int) {
			m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
				for i := range n {
					_, err := tx.ExecContext(ctx, `INSERT INTO message (fil_id, ordre, instant, compte_id, agence, texte, piece_nom, piece_format, piece_sha256, piece_taille)
						VALUES ($1, $2, $3, $4, 0, 'x', '', '', '', $5)`, fil, qui*1000+i, db.Instant(m.horloge), qui, octets)
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		veut := func(quoi string, err error, dit string) {
			t.Helper()
			trop, oui := errors.AsType[suivi.TropEcrit](err)
			if dit == "" && err != nil || dit != "" && (!oui || !strings.Contains(trop.Fr, dit) || !strings.Contains(trop.Fr, "téléphonez")) {
				t.Errorf("%s: %v, want %q", quoi, err, dit)
			}
		}
		deja(99, 1, 0)
		_, err = ecrire(un, 1, fil, compte.Proprietaire)
		veut("one person", err, "Vous avez écrit 100 messages")
		_, err = ecrire(un, 2, 0, compte.Proprietaire)
		veut("a colleague", err, "")
		deja(300, 3, 0)
		_, err = ecrire(un, 2, 0, compte.Proprietaire)
		veut("all of them", err, "Votre entreprise a écrit 400 messages")
		_, err = ecrire(autre, 4, 0, compte.Proprietaire)
		veut("another supplier", err, "")
		_, err = ecrire(compte.Agence, 5, fil, compte.Administrateur)
		veut("the agency", err, "")
		m.horloge = m.horloge.Add(24 * time.Hour)
		_, err = ecrire(un, 1, fil, compte.Proprietaire)
		veut("a day later", err, "")

		deja(1, 6, 300<<20)
		_, err = m.Ecrire(t.Context(), suivi.Ecrit{Auteur: compte.Identite{Compte: 2, Fournisseur: un, Role: compte.Proprietaire}, Fil: fil, Texte: "texte", Nom: "a.png", Octets: png})
		veut("documents", err, "Les documents joints de votre entreprise pèsent 300 Mo")
	})
}

// The agency writes of itself about a demande, or in a thread that there is: to nobody it does not.
func TestAgencyWritesToASupplier(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.fournisseur(t, "00000000100008")
		for _, e := range []suivi.Ecrit{{}, {Fil: 7}, {Demande: suivi.Cle{Depot: 7}}} {
			e.Auteur, e.Sujet, e.Texte = agent, "Sujet", "Bonjour"
			if fil, err := m.Ecrire(t.Context(), e); !errors.Is(err, suivi.ErrInconnue) {
				t.Errorf("thread %d, deposit %d: %d, %v", e.Fil, e.Demande.Depot, fil, err)
			}
		}
	})
}
