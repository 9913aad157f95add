package instruction_test

import (
	"context"
	"database/sql"
	"testing"

	"pgregory.net/rapid"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/suivi"
)

const contesteESMS = "990000001"

// autres are the demandes that TestLives has claim the ESMS of another one.
func (m *monde) autres(ctx context.Context, c etat.Cle) ([]instruction.Autre, error) {
	autre, ok := m.contestes[c]
	if !ok {
		return nil, nil
	}
	return m.Autres(ctx, []instruction.Reclamation{{FINESS: contesteESMS, Cle: autre}})
}

// enCours are those of some demandes that are being examined: to take one is no step, and has its row in the journal.
func (m *monde) enCours(cles ...etat.Cle) (tenues []etat.Cle) {
	for _, c := range cles {
		if d, err := m.Dossier(context.Background(), m.base.Lire(), c); err == nil && d.Etat == etat.Instruction {
			tenues = append(tenues, c)
		}
	}
	return tenues
}

// compter counts the rows of the journal that an act on a procedure has made: one for each of its demandes, and one for each that was taken.
func (m *monde) compter(id int64, lignes int, prises []etat.Cle, err error) error {
	if err != nil {
		return err
	}
	p, err := m.entendus.Procedure(context.Background(), m.base.Lire(), id)
	if err != nil {
		return err
	}
	for _, x := range p.Parties {
		m.actes[x.Fournisseur] += lignes
		for _, c := range prises {
			if c == x.Cle {
				m.actes[x.Fournisseur]++
			}
		}
	}
	return nil
}

// entendre does something with the procedure of a demande, as it stands; nothing where it has none.
func (m *monde) entendre(c etat.Cle, f func(p *contradictoire.Procedure, lu contradictoire.Lu) error) error {
	p, err := m.entendus.De(context.Background(), m.base.Lire(), c)
	if err != nil || p == nil {
		return err
	}
	return f(p, contradictoire.Lu{ID: p.ID, Version: p.Version})
}

// observer has a supplier answer, wholly.
func (m *monde) observer(p *contradictoire.Procedure, f int64) error {
	i := compte.Identite{Compte: 1000 + f, Fournisseur: f, Role: compte.Deposant}
	x := p.Sienne(f)
	_, err := m.suivis.Ecrire(context.Background(), suivi.Ecrit{Auteur: i, Fil: x.Fil, Demande: x.Cle, Sujet: "Observations", Texte: "x", Avec: func(ctx context.Context, tx *sql.Tx, fil int64, deja bool) error {
		return m.entendus.Repondre(ctx, tx, p.ID, i, contradictoire.Observations{Fil: fil, Entiere: true, Deja: deja})
	}})
	return err
}

// choisir proposes to fund the demande of who asks, and not the others.
func (m *monde) choisir(p *contradictoire.Procedure, c etat.Cle) (choix []contradictoire.Choix) {
	for _, x := range p.Vivantes() {
		d, err := m.Dossier(context.Background(), m.base.Lire(), x.Cle)
		y := contradictoire.Choix{Cle: x.Cle}
		switch attribuee := err == nil && d.Etat == etat.Validee; {
		case attribuee && x.Cle == c:
			y.Issue = contradictoire.Maintien
		case attribuee:
			y.Issue, y.Motifs = contradictoire.Issue(decision.Retrait), []string{"CONDITIONS"}
		case x.Cle == c:
			y.Issue, y.Montant = contradictoire.Issue(decision.Attribution), montant
		default:
			y.Issue, y.Motifs = contradictoire.Issue(decision.Rejet), []string{"DEJA"}
		}
		choix = append(choix, y)
	}
	return choix
}

// repondreAuxPoints answers yes to the whole control sheet of a demande.
func (m *monde) repondreAuxPoints(t testing.TB, depot int64, rang int) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		for _, x := range instruction.Points {
			if _, err := tx.ExecContext(ctx, `INSERT INTO point (depot_id, rang, code, reponse, compte_id, instant) VALUES ($1, $2, $3, 'oui', 1, 1)`, depot, rang, x.Code); err != nil {
				return err
			}
		}
		return nil
	})
}

// verifierEnsemble looks at what procedures have left: decisions of one contestation are taken at once, by one person, not by who proposed
// them; no ESMS is funded by it twice; a demande is in one procedure at most, and the queue knows which.
func (m *monde) verifierEnsemble(r *rapid.T, depots ...int64) {
	ctx := context.Background()
	ouvertes := map[etat.Cle]int64{}
	vues := map[int64]bool{}
	for _, depot := range depots {
		for rang := range 2 {
			c := etat.Cle{Depot: depot, Rang: rang}
			toutes, err := m.entendus.Lister(ctx, m.base.Lire(), contradictoire.Filtre{Cle: &c, Limite: 100})
			if err != nil {
				r.Fatal(err)
			}
			for _, p := range toutes {
				for _, x := range p.Vivantes() {
					if x.Cle == c && ouvertes[c] != 0 {
						r.Errorf("%v is in procedures %d and %d", c, ouvertes[c], p.ID)
					}
					if x.Cle == c {
						ouvertes[c] = p.ID
					}
				}
				if !vues[p.ID] {
					m.verifierCommune(r, p)
				}
				vues[p.ID] = true
			}
		}
	}
	lus, err := db.Lignes(ctx, m.base.Lire(), func(l db.Ligne, d *instruction.Dossier) error { return l.Scan(&d.Depot, &d.Rang, &d.Procedure) },
		`SELECT depot_id, rang, contradictoire_id FROM dossier WHERE depot_id IN ($1, $2)`, depots[0], depots[1])
	for _, d := range lus {
		if err != nil || d.Procedure != ouvertes[d.Cle] {
			r.Errorf("%v is in procedure %d, the queue says %d, %v", d.Cle, ouvertes[d.Cle], d.Procedure, err)
		}
	}
}

func (m *monde) verifierCommune(r *rapid.T, p *contradictoire.Procedure) {
	finances, premiere := 0, decision.Decision{}
	for _, x := range p.Parties {
		if x.Issue == contradictoire.Maintien || x.Issue == contradictoire.Issue(decision.Attribution) {
			finances++
		}
		toutes, err := m.decisions.De(context.Background(), m.base.Lire(), x.Cle)
		if err != nil {
			r.Fatal(err)
		}
		for _, d := range toutes {
			if d.ID != x.Decision || d.Numero == 0 {
				continue
			}
			if d.DecidePar == d.ProposePar {
				r.Errorf("%d decides what they proposed: %+v", d.DecidePar, d)
			}
			if premiere.ID > 0 && (d.DecidePar != premiere.DecidePar || !d.Decide.Equal(premiere.Decide)) {
				r.Errorf("one procedure, two decisions: %+v, %+v", premiere, d)
			}
			premiere = d
		}
	}
	if p.Genre == contradictoire.Contestation && finances > 1 {
		r.Errorf("an ESMS is funded twice: %+v", p)
	}
}
