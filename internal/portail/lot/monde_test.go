package lot_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lot"
	"guichet/internal/portail/suivi"
	"guichet/modele/ms1dui"
)

// monde is a counter whose agency has somebody who examines, somebody who decides, and Iris, who does both.
type monde struct {
	*lot.Service
	base      *db.Base
	examens   *instruction.Service
	decisions *decision.Service
	suivis    *suivi.Service
	horloge   time.Time
	vues      map[etat.Cle]*instruction.Vue // of the demandes that are not as all others

	ines, ivan, iris, victor instruction.Agent
	closes                   []int64 // accounts that are closed
}

func nouveau(t testing.TB, b *db.Base) *monde {
	t.Helper()
	m := monter(b)
	m.peupler(t)
	return m
}

// monter makes a counter of a database.
func monter(b *db.Base) *monde {
	m := &monde{base: b, horloge: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), vues: map[etat.Cle]*instruction.Vue{}}
	maintenant := func() time.Time { return m.horloge }
	changer := func(ctx context.Context, tx *sql.Tx, c etat.Changement) error { return m.suivis.Changer(ctx, tx, c) }
	m.decisions = decision.Nouveau(decision.Config{Base: b, Maintenant: maintenant, Changer: changer, Inexact: func(error) error { return nil }})
	m.examens = instruction.Nouveau(instruction.Config{
		Base: b, Maintenant: maintenant, Decisions: m.decisions, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Changer: changer, Lire: m.lire,
	})
	m.suivis = suivi.Nouveau(suivi.Config{
		Base: b, Maintenant: maintenant, Adresse: "http://guichet.exemple.invalid", NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Modele: ms1dui.Edition,
		Destinataires: func(context.Context, *sql.Tx, int64, compte.GenreCourriel) ([]compte.Destinataire, error) {
			return nil, nil
		},
		Envoyer: func(context.Context, *sql.Tx, compte.Courriel) error { return nil },
		Suivre:  m.examens.Suivre,
	})
	m.Service = lot.Nouveau(lot.Config{
		Base: b, Log: slog.New(slog.DiscardHandler), Maintenant: maintenant, Examens: m.examens, Decisions: m.decisions, Agent: m.agent,
	})
	m.ines, m.ivan = instruction.Agent{Nom: "Inès", Roles: etat.Instructeur}, instruction.Agent{Nom: "Ivan", Roles: etat.Instructeur}
	m.iris, m.victor = instruction.Agent{Nom: "Iris", Roles: etat.Instructeur | etat.Valideur}, instruction.Agent{Nom: "Victor", Roles: etat.Valideur}
	for i, a := range m.gens() {
		a.Compte = int64(i + 1)
	}
	return m
}

func (m *monde) gens() []*instruction.Agent {
	return []*instruction.Agent{&m.ines, &m.ivan, &m.iris, &m.victor}
}

// peupler adds its people to an empty database.
func (m *monde) peupler(t testing.TB) {
	t.Helper()
	for _, a := range m.gens() {
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			return tx.QueryRowContext(ctx, `INSERT INTO compte (courriel, nom, etat, cree) VALUES ($1, $2, 'actif', 1) RETURNING id`, a.Nom+"@exemple.invalid", a.Nom).Scan(&a.Compte)
		})
	}
}

func (m *monde) agent(_ context.Context, _ db.Lecteur, compte int64) (instruction.Agent, error) {
	for _, a := range m.gens() {
		if a.Compte == compte && !slices.Contains(m.closes, compte) {
			return *a, nil
		}
	}
	return instruction.Agent{Compte: compte}, nil
}

// lire is what a demande says: an order form, and nothing that speaks against it.
func (m *monde) lire(_ context.Context, d *instruction.Dossier) (*instruction.Vue, error) {
	if v := m.vues[d.Cle]; v != nil {
		return v, nil
	}
	return &instruction.Vue{Demande: d.Montant, Pieces: []instruction.Piece{{Type: "BON_COMMANDE"}}}, nil
}

func (m *monde) ecrire(t testing.TB, f func(ctx context.Context, tx *sql.Tx) error) {
	t.Helper()
	if err := m.base.Ecrire(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// montant is what each demande asks for, in cents.
const montant = 292000

// deposer adds a deposit of n demandes of a supplier of that name, all complete.
func (m *monde) deposer(t testing.TB, siret string, n int) (cles []etat.Cle) {
	t.Helper()
	var fournisseur, depot int64
	var rangs []int
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
			VALUES ($1, 'ÉDITEUR D''EXEMPLE', 'actif', 'Contact', 'contact@exemple.invalid', '+33199000000', 1) RETURNING id`, siret).Scan(&fournisseur)
		if err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, `INSERT INTO depot (fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, cherche)
			VALUES ($1, 1, 'avance', 'ANS0000001', '2023-10-02', 'a.json', '', 0, $2, 'accepte', $3, $3, $3, '{}', 'a.json') RETURNING id`, fournisseur, db.Instant(m.horloge), n).Scan(&depot)
		if err != nil {
			return err
		}
		for i := range n {
			cles, rangs = append(cles, etat.Cle{Depot: depot, Rang: i}), append(rangs, i)
			_, err = tx.ExecContext(ctx, `INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES ($1, $2, $3, $4, 'incomplete', $5, 2, '990000001', 0, 0, $6)`,
				fournisseur, depot, i, fmt.Sprintf("A%04d", i), montant, db.Instant(m.horloge))
			if err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) VALUES ($1, 'incomplete', $2, 0)`, fournisseur, n)
		return err
	})
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return m.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: fournisseur, Depot: depot, Rangs: rangs, A: etat.Complete, Par: etat.Programme})
	})
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE dossier SET revu = 'aucun' WHERE depot_id = $1`, depot)
		return err
	})
	return cles
}

// preparer has a lot prepared.
func (m *monde) preparer(t testing.TB, a instruction.Agent, c lot.Commande) *lot.Lot {
	t.Helper()
	id, err := m.Preparer(context.Background(), a, c)
	if err != nil {
		t.Fatal(err)
	}
	m.avancer(t)
	return m.lot(t, id)
}

// avancer does all lots as far as they go.
func (m *monde) avancer(t testing.TB) {
	t.Helper()
	for {
		encore, err := m.Avancer(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if !encore {
			return
		}
	}
}

func (m *monde) lot(t testing.TB, id int64) *lot.Lot {
	t.Helper()
	l, err := m.Lot(context.Background(), m.base.Lire(), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// mener prepares and confirms a lot, and does all of it.
func (m *monde) mener(t testing.TB, a instruction.Agent, c lot.Commande) *lot.Lot {
	t.Helper()
	l := m.preparer(t, a, c)
	if err := m.Confirmer(context.Background(), a, l.ID); err != nil {
		t.Fatal(err)
	}
	m.avancer(t)
	return m.lot(t, l.ID)
}

// lignes are the demandes of a lot, by number.
func (m *monde) lignes(t testing.TB, id int64) map[string]lot.Ligne {
	t.Helper()
	toutes, err := m.Lignes(context.Background(), m.base.Lire(), id, nil, 0, lot.Max)
	if err != nil {
		t.Fatal(err)
	}
	par := map[string]lot.Ligne{}
	for _, l := range toutes {
		par[l.NumeroASP] = l
	}
	return par
}

func (m *monde) etatDe(t testing.TB, c etat.Cle) etat.Etat {
	t.Helper()
	d, err := m.examens.Dossier(context.Background(), m.base.Lire(), c)
	if err != nil {
		t.Fatal(err)
	}
	return d.Etat
}
