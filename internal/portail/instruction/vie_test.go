package instruction_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"guichet/internal/portail/calendrier"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/avis"
	"guichet/internal/portail/comptabilite"
	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
)

// pas is one thing that somebody tries.
type pas struct {
	nom   string
	tente func(m *monde, a instruction.Agent, f int64, c etat.Cle) error
}

var tentes = []pas{
	{"prendre", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.Prendre(context.Background(), a, c)
	}},
	{"rendre", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.Rendre(context.Background(), a, c)
	}},
	{"confier", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.Confier(context.Background(), a, c, m.ivan.Compte)
	}},
	{"attendre", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.Attendre(context.Background(), a, c, m.horloge.Add(48*time.Hour), "x")
	}},
	{"noter", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		m.remplies++ // other words each time
		return m.Noter(context.Background(), a, c, fmt.Sprint(m.remplies))
	}},
	{"remplir", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.tenir(a, c, func(ctx context.Context, tx *sql.Tx, _ *instruction.Dossier) error {
			m.remplies++ // other words each time
			return m.Remplir(ctx, tx, a, c, []instruction.Repondu{{Point: instruction.Points[0], Reponse: instruction.Oui, Remarque: fmt.Sprint(m.remplies)}})
		})
	}},
	{"attribuer", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.proposer(a, c, decision.Attribution)
	}},
	{"refuser", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.proposer(a, c, decision.Rejet)
	}},
	{"demander", func(m *monde, a instruction.Agent, f int64, c etat.Cle) error {
		return m.tenir(a, c, func(ctx context.Context, tx *sql.Tx, _ *instruction.Dossier) error {
			return m.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: f, Depot: c.Depot, Rangs: []int{c.Rang}, A: etat.AModifier, Par: etat.Agence, Compte: a.Compte, Motif: "signer"})
		})
	}},
	{"repondre", func(m *monde, _ instruction.Agent, f int64, c etat.Cle) error {
		return m.fournisseur(f, c, etat.Instruction)
	}},
	{"retirer", func(m *monde, _ instruction.Agent, f int64, c etat.Cle) error {
		return m.fournisseur(f, c, etat.Retiree)
	}},
	{"manquer", func(m *monde, _ instruction.Agent, f int64, c etat.Cle) error {
		return m.programme(f, c, etat.Incomplete)
	}},
	{"completer", func(m *monde, _ instruction.Agent, f int64, c etat.Cle) error {
		return m.programme(f, c, etat.Complete)
	}},
	{"refuser sans pièces", func(m *monde, a instruction.Agent, f int64, c etat.Cle) error {
		d, err := m.Trouver(context.Background(), m.base.Lire(), c)
		if err != nil || d.Etat != etat.Incomplete {
			return err
		}
		return m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
			return m.decisions.Proposer(ctx, tx, decision.Proposition{Fournisseur: f, Cle: c, Sens: decision.Rejet, Motifs: []string{decision.SansReponse}, Compte: a.Compte, Roles: a.Roles})
		})
	}},
	{"decider", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.trancher(c, a)
	}},
	{"renvoyer", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.decider(c, a, func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error {
			return m.decisions.Renvoyer(ctx, tx, lu, "relire")
		})
	}},
	{"reprendre", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.decider(c, a, func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error {
			return m.decisions.Reprendre(ctx, tx, lu, "relire")
		})
	}},
	{"contester", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		avant := m.enCours(c, m.contestes[c]) // they are taken, which has its row
		id, err := m.entendus.Contester(context.Background(), a, contradictoire.Ouverture{Cle: c, Autres: []etat.Cle{m.contestes[c]}})
		return m.compter(id, 1, avant, err)
	}},
	{"envisager", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		id, err := m.entendus.Envisager(context.Background(), a, contradictoire.Ouverture{Cle: c, Motifs: []string{"CONDITIONS"}, Texte: "x"})
		return m.compter(id, 1, nil, err)
	}},
	{"observer", func(m *monde, _ instruction.Agent, f int64, c etat.Cle) error {
		return m.entendre(c, func(p *contradictoire.Procedure, _ contradictoire.Lu) error {
			m.actes[f] += 2 // the message, and that it answers
			err := m.observer(p, f)
			if err != nil {
				m.actes[f] -= 2
			}
			return err
		})
	}},
	{"proposer ensemble", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.entendre(c, func(p *contradictoire.Procedure, lu contradictoire.Lu) error {
			choix := m.choisir(p, c)
			var cles []etat.Cle
			for _, x := range p.Vivantes() {
				cles = append(cles, x.Cle)
			}
			avant := m.enCours(cles...)
			return m.compter(p.ID, 1, avant, m.entendus.Proposer(context.Background(), a, lu, choix))
		})
	}},
	{"decider ensemble", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.entendre(c, func(p *contradictoire.Procedure, lu contradictoire.Lu) error {
			return m.compter(p.ID, 1, nil, m.entendus.Decider(context.Background(), a, lu))
		})
	}},
	{"renvoyer ensemble", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.entendre(c, func(p *contradictoire.Procedure, lu contradictoire.Lu) error {
			return m.compter(p.ID, 1, nil, m.entendus.Renvoyer(context.Background(), a, lu, "relire"))
		})
	}},
	{"reprendre ensemble", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.entendre(c, func(p *contradictoire.Procedure, lu contradictoire.Lu) error {
			return m.compter(p.ID, 1, nil, m.entendus.Reprendre(context.Background(), a, lu, "relire"))
		})
	}},
	{"clore", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		return m.entendre(c, func(p *contradictoire.Procedure, lu contradictoire.Lu) error {
			return m.compter(p.ID, 1, nil, m.entendus.Clore(context.Background(), a, lu, "relire"))
		})
	}},
	{"notifier", func(m *monde, _ instruction.Agent, _ int64, _ etat.Cle) error {
		_, err := m.decisions.Notifier(context.Background())
		return err
	}},
	{"relancer", func(m *monde, _ instruction.Agent, _ int64, _ etat.Cle) error {
		_, err := m.Relancer(context.Background())
		if err == nil {
			_, err = m.entendus.Relancer(context.Background())
		}
		return err
	}},
	{"demander un avis", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		q := avis.Consultation{Cle: c, Question: "x", Limite: m.horloge.AddDate(0, 0, 8), Collegues: []int64{m.ivan.Compte, m.victor.Compte}}
		if a.Compte == m.ivan.Compte {
			q.Collegues, q.Adresses = []int64{m.iris.Compte}, []string{"expert@ailleurs.exemple.invalid"}
		}
		return m.avis.Demander(context.Background(), a, q)
	}},
	{"donner un avis", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		x, err := m.unAvis(c, func(x avis.Avis) bool { return x.Compte == a.Compte })
		if err != nil {
			return err
		}
		return m.avis.Rendre(context.Background(), a, x.ID, avis.Reponse{Sens: []avis.Sens{avis.Favorable, avis.Defavorable, avis.Sans}[x.ID%3], Texte: "x", Decline: x.ID%4 == 0})
	}},
	{"reprendre un avis", func(m *monde, a instruction.Agent, _ int64, c etat.Cle) error {
		x, err := m.unAvis(c, func(x avis.Avis) bool { return x.Etat == avis.Attendu })
		if err != nil {
			return err
		}
		return m.avis.Retirer(context.Background(), a, false, x.ID)
	}},
	{"relancer les avis", func(m *monde, _ instruction.Agent, _ int64, _ etat.Cle) error {
		_, err := m.avis.Relancer(context.Background())
		_, errDire := m.avis.Dire(context.Background())
		return errors.Join(err, errDire)
	}},
	{"arrêter les comptes", func(m *monde, _ instruction.Agent, _ int64, _ etat.Cle) error {
		_, err := (&comptabilite.Service{Base: m.base}).Arreter(context.Background())
		return err
	}},
	{"neuf jours", func(m *monde, _ instruction.Agent, _ int64, _ etat.Cle) error {
		m.horloge = m.horloge.AddDate(0, 0, 9)
		return nil
	}},
	{"une heure", func(m *monde, _ instruction.Agent, _ int64, _ etat.Cle) error {
		m.horloge = m.horloge.Add(time.Hour)
		return nil
	}},
}

// sansPas are the acts that change no state; taking what somebody else held is one, too.
var sansPas = []string{"rendre", "confier", "attendre", "noter", "remplir", "demander un avis", "donner un avis", "reprendre un avis"}

// unAvis finds an opinion that was asked for on a demande; a refusal where there is none.
func (m *monde) unAvis(c etat.Cle, oui func(avis.Avis) bool) (avis.Avis, error) {
	tous, err := m.avis.De(context.Background(), m.base.Lire(), c)
	i := slices.IndexFunc(tous, oui)
	if err != nil || i < 0 {
		return avis.Avis{}, errors.Join(err, decision.Refuser("rien", "nothing"))
	}
	return tous[i], nil
}

// avancer is what brings a demande nearer to its decision, from wherever it stands.
func avancer(m *monde, a instruction.Agent, f int64, c etat.Cle) error {
	d, err := m.Dossier(context.Background(), m.base.Lire(), c)
	if err != nil {
		return err
	}
	if p, err := m.entendus.De(context.Background(), m.base.Lire(), c); err != nil || p != nil && p.Etat != contradictoire.Decidee {
		m.horloge = m.horloge.AddDate(0, 0, 20)
		return errors.Join(err, tenter("proposer ensemble", m, a, f, c), tenter("decider ensemble", m, a, f, c))
	}
	if d.Etat == etat.Decidee || d.Etat == etat.RetraitDecide || d.Etat == etat.RetraitTranche {
		return errors.Join(tenter("une heure", m, a, f, c), tenter("notifier", m, a, f, c))
	}
	suivant := map[etat.Etat]string{etat.Complete: "prendre", etat.Instruction: "attribuer", etat.AModifier: "repondre", etat.AValider: "decider", etat.Validee: "envisager"}[d.Etat]
	if d.Etat == etat.Complete && c.Rang == 1 {
		suivant = "contester"
	}
	return tenter(suivant, m, a, f, c)
}

// tenter tries an act by its name.
func tenter(nom string, m *monde, a instruction.Agent, f int64, c etat.Cle) error {
	for _, p := range tentes {
		if p.nom == nom {
			return p.tente(m, a, f, c)
		}
	}
	return nil
}

func (m *monde) programme(f int64, c etat.Cle, a etat.Etat) error {
	return m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		return m.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: f, Depot: c.Depot, Rangs: []int{c.Rang}, A: a, Par: etat.Programme})
	})
}

func (m *monde) fournisseur(f int64, c etat.Cle, a etat.Etat) error {
	return m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		return m.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: f, Depot: c.Depot, Rangs: []int{c.Rang}, A: a, Par: etat.Fournisseur, Compte: 1000 + f, Motif: "x"})
	})
}

// Whatever the people of the agency and the supplier try in whatever order: no step that the table does not have, no step without its row
// in the journal, never the same person on both sides of a decision, never two live decisions, numbers without gap, nothing told before
// its delay has passed, the accounts close, and the queue knows the state of each demande.
func TestLives(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.RefusSansReponse = true
		n := 0
		m.actes = map[int64]int{}
		rapid.Check(t, func(r *rapid.T) {
			n++
			f, depot := m.deposer(t, fmt.Sprintf("%014d", 2*n), 2)
			g, autre := m.deposer(t, fmt.Sprintf("%014d", 2*n+1), 1)
			m.contestes = map[etat.Cle]etat.Cle{{Depot: depot}: {Depot: autre}, {Depot: depot, Rang: 1}: {Depot: autre}, {Depot: autre}: {Depot: depot}}
			m.repondreAuxPoints(t, depot, 0)
			m.repondreAuxPoints(t, depot, 1)
			m.repondreAuxPoints(t, autre, 0)
			agents := []instruction.Agent{m.ines, m.ivan, m.iris, m.victor}
			for range rapid.IntRange(1, 60).Draw(r, "pas") {
				p := rapid.SampledFrom(tentes).Draw(r, "pas")
				if rapid.Bool().Draw(r, "avance") {
					p = pas{"avancer", avancer}
				}
				a := rapid.SampledFrom(agents).Draw(r, "qui")
				qui, c := f, rapid.SampledFrom([]etat.Cle{{Depot: depot}, {Depot: depot, Rang: 1}, {Depot: autre}}).Draw(r, "demande")
				if c.Depot == autre {
					qui = g
				}
				avant := m.dossier(t, c).Etat
				err := p.tente(m, a, qui, c)
				if err == nil && (slices.Contains(sansPas, p.nom) || p.nom == "prendre" && avant == etat.Instruction) {
					m.actes[qui]++
				}
				var refus *instruction.Refus
				var pasPossible *suivi.Refus
				if err != nil && !errors.As(err, &refus) && !errors.As(err, &pasPossible) {
					r.Fatalf("%s: %v", p.nom, err)
				}
				comptabiliteessai.Suivre(r, b, f, g)
			}
			if n%10 == 1 {
				comptabiliteessai.Verifier(r, b)
			}
			m.verifierVie(r, f, depot, 2)
			m.verifierVie(r, g, autre, 1)
			m.verifierEnsemble(r, depot, autre)
		})
		m.verifierNumeros(t)
	})
}

type evenement struct {
	de, a  etat.Etat
	compte int64
	par    etat.Acteur
}

// verifierVie looks at what the lives of a deposit's demandes have left.
func (m *monde) verifierVie(r *rapid.T, f, depot int64, n int) {
	ctx := context.Background()
	if _, err := m.Relancer(ctx); err != nil { // time may have ended by itself: what is read below is afterwards
		r.Fatal(err)
	}
	lignes, rappels := 0, 0
	for rang := range n {
		c := etat.Cle{Depot: depot, Rang: rang}
		faits, err := db.Lignes(ctx, m.base.Lire(), func(l db.Ligne, e *evenement) error { return l.Scan(&e.de, &e.a, &e.compte, &e.par) },
			`SELECT de, a, compte_id, acteur FROM evenement WHERE depot_id = $1 AND rang = $2 ORDER BY ordre`, depot, rang)
		if err != nil {
			r.Fatal(err)
		}
		lignes += len(faits)
		ici, propose, envisage := etat.Incomplete, int64(0), int64(0)
		for _, e := range faits {
			p, ok := etat.Pas(e.de, e.a, e.par)
			if !ok || e.de != ici {
				r.Errorf("forbidden step %+v from %s", e, ici)
			}
			switch p.Acte {
			case etat.Proposer:
				propose = e.compte
			case etat.Envisager:
				envisage = e.compte
			case etat.Revoquer, etat.Maintenir:
				if e.compte == envisage {
					r.Errorf("%d decides the withdrawal that %d proposed", e.compte, envisage)
				}
			case etat.Decider:
				if e.compte == propose {
					r.Errorf("%d decides what %d proposed", e.compte, propose)
				}
			}
			ici = e.a
		}
		rappels += m.verifierRappels(r, c, ici)
		m.verifierCourriers(r, c, faits)
		m.verifierEcheance(r, c)
		d, err := m.Dossier(ctx, m.base.Lire(), c)
		if err != nil || d.Etat != ici {
			r.Errorf("the queue has %+v, %v; the demande is %s", d, err, ici)
		}
		m.verifierDecisions(r, c, ici)
		echus, rappeles := m.verifierAvis(r, c, d)
		m.actes[f] += echus + rappeles
	}
	if got, err := journalessai.Verifier(ctx, m.base, f); err != nil || int(got) != lignes-(n-1)+rappels+m.actes[f] { // all were completed in one change
		r.Errorf("%d rows in the journal for %d steps, %d reminders and %d other acts, %v", got, lignes, rappels, m.actes[f], err)
	}
}

// verifierEcheance wants the deadline of a demande to be that of its deposit and the days that its supplier was given to answer, or took;
// the supplier's side and the lists by rule have the same.
func (m *monde) verifierEcheance(r *rapid.T, c etat.Cle) {
	type fait struct {
		a               etat.Etat
		instant, limite int64
	}
	faits, err := db.Lignes(context.Background(), m.base.Lire(), func(l db.Ligne, f *fait) error { return l.Scan(&f.a, &f.instant, &f.limite) },
		`SELECT a, instant, echeance FROM evenement WHERE depot_id = $1 AND rang = $2 ORDER BY ordre`, c.Depot, c.Rang)
	if err != nil {
		r.Fatal(err)
	}
	d, err := m.Dossier(context.Background(), m.base.Lire(), c)
	if err != nil {
		r.Fatal(err)
	}
	jour := func(i int64) time.Time {
		a, mois, j := db.Temps(i).In(web.Paris()).Date()
		return time.Date(a, mois, j, 0, 0, 0, 0, time.UTC)
	}
	want, demandee := jour(db.Instant(accuse.Usuels.Echeance(d.Recu))), false
	for i, f := range faits {
		if f.a != etat.AModifier {
			continue
		}
		demandee = true
		fin := jour(f.limite)
		if i+1 < len(faits) && jour(faits[i+1].instant).Before(fin) {
			fin = jour(faits[i+1].instant)
		}
		if !jour(f.instant).After(want) {
			want = want.Add(fin.Sub(jour(f.instant)))
		}
	}
	if got := jour(db.Instant(d.Echeance)); !got.Equal(want) {
		r.Errorf("%+v is to be decided by %s, want %s: %+v", c, got, want, faits)
	}
	var montree, ailleurs int64
	err = m.base.Lire().QueryRow(`SELECT (SELECT echeance FROM demande WHERE fournisseur_id = $1 AND depot_id = $2 AND rang = $3), (SELECT COUNT(*) FROM dossier_alerte WHERE depot_id = $2 AND rang = $3 AND echeance <> $4)`,
		d.Fournisseur, c.Depot, c.Rang, db.Instant(d.Echeance)).Scan(&montree, &ailleurs)
	if err != nil || demandee && montree != db.Instant(d.Echeance) || !demandee && montree != 0 || ailleurs > 0 {
		r.Errorf("%+v: the supplier reads %d, the agency %d; %d rows of rules elsewhere; %v", c, montree, db.Instant(d.Echeance), ailleurs, err)
	}
}

// verifierCourriers wants one letter for each time that a change was asked for, in both languages.
func (m *monde) verifierCourriers(r *rapid.T, c etat.Cle, faits []evenement) {
	demandes, ecrites := 0, 0
	for _, e := range faits {
		if e.a == etat.AModifier {
			demandes++
		}
	}
	err := m.base.Lire().QueryRowContext(context.Background(), `SELECT COUNT(*) FROM courrier k JOIN courrier_fige x ON x.courrier_id = k.id WHERE k.depot_id = $1 AND k.rang = $2 AND k.genre = 'modification'`, c.Depot, c.Rang).Scan(&ecrites)
	if err != nil || ecrites != 2*demandes {
		r.Errorf("%d texts of letters for %d requests for a change, %v", ecrites, demandes, err)
	}
}

// verifierRappels wants two reminders at most each time that something was asked for, and nothing waited for without end.
func (m *monde) verifierRappels(r *rapid.T, c etat.Cle, ici etat.Etat) (rappels int) {
	d, err := m.Dossier(context.Background(), m.base.Lire(), c)
	if err != nil || (d.Etat == etat.AModifier) == d.Reponse.IsZero() || d.Etat == etat.AModifier && d.Reponse.Add(24*time.Hour).Before(m.horloge) {
		r.Errorf("waited for without end: %+v, %v", d, err)
	}
	demandees, entendus := 0, 0
	if err := m.base.Lire().QueryRow(`SELECT COUNT(*) FROM evenement WHERE depot_id = $1 AND rang = $2 AND a = 'a_modifier'`, c.Depot, c.Rang).Scan(&demandees); err != nil {
		r.Fatal(err)
	}
	for _, x := range m.courriels {
		if strings.HasPrefix(x.Sujet, "Rappel") && strings.Contains(x.Sujet, "observations") && strings.HasSuffix(x.Sujet, " "+etatessai.NumeroASP(c.Depot, c.Rang)) {
			entendus++
			continue
		}
		if strings.HasPrefix(x.Sujet, "Rappel") && strings.HasSuffix(x.Sujet, " "+etatessai.NumeroASP(c.Depot, c.Rang)) {
			rappels++
		}
	}
	if rappels > 2*demandees {
		r.Errorf("%d reminders for %d times", rappels, demandees)
	}
	return rappels + entendus
}

// verifierAvis wants opinions to be those of others than who asked, waited for only while they may come, and counted by the queue; each end
// and each reminder has its row in the journal. It returns how many of these there are.
func (m *monde) verifierAvis(r *rapid.T, c etat.Cle, d *instruction.Dossier) (echus, rappeles int) {
	if _, err := m.avis.Relancer(context.Background()); err != nil {
		r.Fatal(err)
	}
	tous, err := m.avis.De(context.Background(), m.base.Lire(), c)
	if err != nil {
		r.Fatal(err)
	}
	veut := instruction.Avis{}
	for _, x := range tous {
		if x.Compte == x.Par || (x.Etat == avis.Rendu) != (x.Sens != "") || (x.Etat == avis.Rendu || x.Etat == avis.Decline) == x.Rendu.IsZero() {
			r.Errorf("%+v", x)
		}
		if x.Etat == avis.Attendu && (!etat.Permis(etat.Aviser, d.Etat) || !calendrier.Fin(x.Limite).After(m.horloge)) {
			r.Errorf("waited for in %s at %s: %+v", d.Etat, m.horloge, x)
		}
		if x.Etat == avis.Echu {
			echus++
		}
		if x.Manque() || x.Etat == avis.Rendu {
			veut.Demandes++
		}
		if x.Etat == avis.Rendu {
			veut.Rendus++
		}
		if x.Sens == avis.Defavorable {
			veut.Contre++
		}
	}
	if d.Avis != veut {
		r.Errorf("the queue counts %+v, there are %+v", d.Avis, tous)
	}
	n := etatessai.NumeroASP(c.Depot, c.Rang)
	var fins int
	err = m.base.Lire().QueryRow(`SELECT COUNT(CASE WHEN action = 'avis.echu' THEN 1 END), COUNT(CASE WHEN action = 'avis.rappel' THEN 1 END) FROM journal WHERE objet = $1`, n).Scan(&fins, &rappeles)
	if err != nil || fins != echus || rappeles > len(tous) {
		r.Errorf("%s: %d ends and %d reminders in the journal, %v, of %+v", n, fins, rappeles, err, tous)
	}
	return echus, rappeles
}

func (m *monde) verifierDecisions(r *rapid.T, c etat.Cle, ici etat.Etat) {
	toutes, err := m.decisions.De(context.Background(), m.base.Lire(), c)
	if err != nil {
		r.Fatal(err)
	}
	vives := map[decision.Etat]int{}
	for _, d := range toutes {
		vives[d.Etat]++
		if decidee := d.Etat != decision.Proposee && d.Etat != decision.Renvoyee && d.Etat != decision.Ecartee && d.Etat != decision.Caduque; decidee != (d.Numero > 0) && d.Etat != decision.Caduque {
			r.Errorf("%+v: a number is that of a decision", d)
		}
		m.verifierLettre(r, &d)
		if d.Etat == decision.Notifiee && d.Notifie.Before(d.Notifier) {
			r.Errorf("told before its delay: %+v", d)
		}
	}
	if want := map[etat.Etat]decision.Etat{etat.AValider: decision.Proposee, etat.Decidee: decision.Decidee, etat.Validee: decision.Notifiee, etat.Refusee: decision.Notifiee, etat.RetraitEnvisage: decision.Proposee, etat.RetraitDecide: decision.Decidee, etat.RetraitPropose: decision.Proposee, etat.RetraitTranche: decision.Decidee}[ici]; want != "" && vives[want] != 1 {
		r.Errorf("%s: decisions %v", ici, vives)
	}
	if vives[decision.Proposee]+vives[decision.Decidee] > 1 || vives[decision.Proposee] > 0 && ici != etat.AValider && ici != etat.RetraitEnvisage && ici != etat.RetraitPropose || vives[decision.Decidee] > 0 && ici != etat.Decidee && ici != etat.RetraitDecide && ici != etat.RetraitTranche ||
		ici == etat.AttributionRetiree && vives[decision.Notifiee] != 2 {
		r.Errorf("%s: live decisions %v", ici, vives)
	}
}

// verifierLettre wants a decision to have its letter, frozen, from when it is decided on, and to have it sent once, when it is notified.
func (m *monde) verifierLettre(r *rapid.T, d *decision.Decision) {
	figees, err := m.lettres.Figees(context.Background(), m.base.Lire(), d.ID)
	if err != nil || (len(figees) == 2) != (d.Numero > 0) || len(figees) != 0 && d.Numero == 0 {
		r.Errorf("%+v has %d letters, %v", d, len(figees), err)
	}
	envoyees, err := m.lettres.Recues(context.Background(), m.base.Lire(), lettre.Filtre{Cle: &d.Cle, Limite: 100})
	if err != nil {
		r.Fatal(err)
	}
	sienne := 0
	for _, e := range envoyees {
		if e.ID == d.ID {
			sienne++
		}
	}
	annonces := 0
	m.mu.Lock()
	for _, c := range m.courriels {
		if d.Numero > 0 && c.Sujet == "Lettre "+d.Reference() {
			annonces++
		}
	}
	m.mu.Unlock()
	want := 0
	if d.Etat == decision.Notifiee {
		want = 1
	}
	if sienne != want || annonces != want {
		r.Errorf("%+v: %d letters sent, %d told", d, sienne, annonces)
	}
}

// verifierNumeros wants the numbers of a year to follow each other without gap.
func (m *monde) verifierNumeros(t *testing.T) {
	t.Helper()
	type annee struct{ n, premier, dernier int64 }
	annees, err := db.Lignes(context.Background(), m.base.Lire(), func(l db.Ligne, a *annee) error { return l.Scan(&a.n, &a.premier, &a.dernier) },
		`SELECT COUNT(*), MIN(numero), MAX(numero) FROM decision WHERE numero > 0 GROUP BY annee`)
	if err != nil || len(annees) == 0 && !testing.Short() {
		t.Error("no numbers", err)
	}
	for _, a := range annees {
		if a.premier != 1 || a.dernier != a.n {
			t.Errorf("%d numbers from %d to %d", a.n, a.premier, a.dernier)
		}
	}
}
