package instruction_test

import (
	"context"
	"database/sql"
	"testing"

	"guichet/internal/portail/compte"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// fragile is a counter any step of which can fail: statements, mails.
type fragile struct {
	*monde
	panne *dbessai.Panne
}

func nouveauFragile(t *testing.T) *fragile {
	t.Helper()
	b, p := dbessai.Fragile(t)
	x := &fragile{nouveau(t, b), p}
	x.suivis.Destinataires = func(ctx context.Context, tx *sql.Tx, fournisseur int64, g compte.GenreCourriel) ([]compte.Destinataire, error) {
		if err := p.Passer("people"); err != nil {
			return nil, err
		}
		return x.destinataires(ctx, tx, fournisseur, g)
	}
	x.suivis.Envoyer = func(context.Context, *sql.Tx, compte.Courriel) error { return p.Passer("mail") }
	return x
}

func (x *fragile) chaque(t *testing.T, nom string, faire func() error) {
	t.Helper()
	x.panne.Chaque(t, x.base, dbessai.Acte{Nom: nom, Faire: faire})
}

// Whatever step fails, the list of what lacks documents is not shown as whole.
func TestIncompleteTellsFailures(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	f, depot := x.deposer(t, "00000000100008", 1)
	x.changer(t, etat.Changement{Fournisseur: f, Depot: depot, Rangs: []int{0}, A: etat.Incomplete, Par: etat.Programme})
	x.chaque(t, "list", func() error { _, err := x.ListerIncompletes(t.Context(), 0, nil, 10); return err })
	x.chaque(t, "count", func() error { _, err := x.CompterIncompletes(t.Context()); return err })
	x.chaque(t, "one", func() error { _, err := x.Trouver(t.Context(), x.base.Lire(), etat.Cle{Depot: depot}); return err })
}

// Whatever step fails, a supplier is reminded and a demande given back wholly or not at all, and the look says that it could not.
func TestRemindedWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	x.RefusSansReponse = true
	_, c := x.demandee(t)
	relancer := func() error { _, err := x.Relancer(t.Context()); return err }
	x.horloge = paris(t, 14, 9)
	x.chaque(t, "remind", relancer)
	x.horloge = paris(t, 25, 9)
	x.chaque(t, "end", relancer)
	if d := x.dossier(t, c); d.Etat != "a_valider" {
		t.Errorf("%+v", d)
	}
}
