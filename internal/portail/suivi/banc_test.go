package suivi_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/suivi"
	"guichet/modele/ms1dui"
)

// monde is a counter with deposits, for tests.
type monde struct {
	*suivi.Service
	base       *db.Base
	racine     string // of fichiers
	fichiers   *fichier.Magasin
	horloge    time.Time
	mu         sync.Mutex
	courriels  []compte.Courriel
	reclames   map[suivi.Cle][]string // the ESMS that demandes claim
	suitPieces bool                   // whether that person is told of documents
}

// lirePartieASP reads "ASP-42" and "ASP-4".
func lirePartieASP(s string) (depots [2]int64, rangs [2]int, ok bool) {
	n, err := fmt.Sscanf(s, "ASP-%d", &depots[0])
	depots[1], rangs[1] = depots[0], 998
	return depots, rangs, n == 1 && err == nil && s == fmt.Sprintf("ASP-%d", depots[0])
}

func nouveau(t testing.TB, b *db.Base) *monde {
	t.Helper()
	m := &monde{base: b, racine: t.TempDir(), horloge: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	var err error
	if m.fichiers, err = fichier.Ouvrir(m.racine); err != nil {
		t.Fatal(err)
	}
	m.Service = suivi.Nouveau(suivi.Config{
		Base: b, Fichiers: m.fichiers, Maintenant: func() time.Time { return m.horloge }, Adresse: "http://guichet.exemple.invalid",
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, LirePartieASP: lirePartieASP, Modele: ms1dui.Edition,
		Destinataires: m.destinataires, Envoyer: m.envoyer, Recontroler: m.recontroler, Reclamer: m.reclamer,
	})
	return m
}

// destinataires answers with one person for each supplier, and one for the agency.
func (m *monde) destinataires(_ context.Context, _ *sql.Tx, fournisseur int64, genre compte.GenreCourriel) ([]compte.Destinataire, error) {
	if genre == compte.CourrielIncompletes && !m.suitPieces {
		return nil, nil
	}
	return []compte.Destinataire{{Compte: 100 + fournisseur, Nom: "Camille", Courriel: fmt.Sprintf("f%d@exemple.invalid", fournisseur)}}, nil
}

func (m *monde) envoyer(_ context.Context, _ *sql.Tx, c compte.Courriel) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.courriels = append(m.courriels, c)
	return nil
}

func (m *monde) ecrire(t testing.TB, f func(ctx context.Context, tx *sql.Tx) error) {
	t.Helper()
	if err := m.base.Ecrire(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// fournisseur adds a supplier.
func (m *monde) fournisseur(t testing.TB, siret string) (id int64) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree, cherche)
			VALUES ($1, 'ÉDITEUR D''EXEMPLE', 'actif', 'Contact', 'contact@exemple.invalid', '+33199000000', 1, $2) RETURNING id`, siret, ecrit.Plier("ÉDITEUR D'EXEMPLE")).Scan(&id)
	})
	return id
}

// deposer adds a deposit of n demandes, numbered from premier, as the room of deposits does.
func (m *monde) deposer(t testing.TB, fournisseur int64, nom string, premier, n int) (depot int64) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		var err error
		depot, err = inserer(ctx, tx, fournisseur, nom, m.horloge, premier, n)
		if err != nil {
			return err
		}
		if err := comptabiliteessai.Deposer(ctx, tx, m.base, fournisseur, depot); err != nil {
			return err
		}
		return m.Compter(ctx, tx, suivi.Bilan{Fournisseur: fournisseur, Recu: m.horloge, Acceptees: n, Rejetees: 1, Rejets: map[string]int{"F301": 1}})
	})
	return depot
}

func inserer(ctx context.Context, tx *sql.Tx, fournisseur int64, nom string, recu time.Time, premier, n int) (depot int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO depot (fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu,
		verdict, demandes, acceptees, incompletes, reponse, cherche) VALUES ($1, 1, 'avance', 'ANS0000001', '2023-10-02', $2, '', 0, $3, 'partiel', $4, $5, $5, '{}', $6) RETURNING id`,
		fournisseur, nom, db.Instant(recu), n+1, n, ecrit.Plier(nom)).Scan(&depot)
	if err != nil {
		return 0, err
	}
	var demandes strings.Builder
	suites := map[string]string{}
	for i := range n {
		if i > 0 {
			demandes.WriteString(", ")
		}
		numero := numeroEditeur(premier + i)
		fmt.Fprintf(&demandes, "(%d, %d, %d, '%s', 'incomplete', %d, 2, '%09d', 0, 0, %d)", fournisseur, depot, i, numero, montant, 990000000+premier+i, db.Instant(recu))
		suites[numero[:3]] += numero[3:]
	}
	if _, err = tx.ExecContext(ctx, `INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES `+demandes.String()); err != nil {
		return 0, err
	}
	for debut, suite := range suites {
		if _, err = tx.ExecContext(ctx, `INSERT INTO numero_utilise (fournisseur_id, debut, depot_id, suite) VALUES ($1, $2, $3, $4)`, fournisseur, debut, depot, suite); err != nil {
			return 0, err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant, avance) VALUES ($1, 'incomplete', $2, $3, $4)
		ON CONFLICT (fournisseur_id, etat) DO UPDATE SET nombre = demande_etat.nombre + excluded.nombre, montant = demande_etat.montant + excluded.montant, avance = demande_etat.avance + excluded.avance`,
		fournisseur, n, n*montant, int64(n)*suivi.Avance(montant))
	return depot, err
}

// montant is what each demande of the tests asks for, in cents: its advance ends on half a cent.
const montant = 486665

// numeroEditeur writes a number in five letters or digits.
func numeroEditeur(n int) string {
	const signes = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	b := []byte("00000")
	for i := 4; i >= 0; i-- {
		b[i], n = signes[n%36], n/36
	}
	return string(b)
}

// agentDe is who leads demandes to a state: who decides is not who did the rest.
func agentDe(a etat.Etat) int64 {
	if a == etat.Decidee {
		return 8
	}
	return 7
}

// changer leads demandes to a state.
func (m *monde) changer(t testing.TB, fournisseur, depot int64, a etat.Etat, par etat.Acteur, motif string, rangs ...int) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return m.Changer(ctx, tx, suivi.Changement{Fournisseur: fournisseur, Depot: depot, Rangs: rangs, A: a, Par: par, Compte: agentDe(a), Motif: motif})
	})
}

// trancher leads demandes that are examined to what the agency decides, and tells.
func (m *monde) trancher(t testing.TB, fournisseur, depot int64, a etat.Etat, motif string, rangs ...int) {
	t.Helper()
	m.changer(t, fournisseur, depot, etat.AValider, etat.Agence, motif, rangs...)
	m.changer(t, fournisseur, depot, etat.Decidee, etat.Agence, motif, rangs...)
	m.changer(t, fournisseur, depot, a, etat.Programme, motif, rangs...)
}
