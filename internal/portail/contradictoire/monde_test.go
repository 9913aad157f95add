package contradictoire_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// monde is a counter with two suppliers whose demandes claim one ESMS. Inès and Ivan examine, Victor decides, Iris does both.
type monde struct {
	*contradictoire.Service
	base      *db.Base
	decisions *decision.Service
	lettres   *lettre.Service
	lettresDe *courrier.Service
	examens   *instruction.Service
	suivis    *suivi.Service
	horloge   time.Time
	reclames  []etat.Cle // the demandes that claim the ESMS
	mu        sync.Mutex
	courriels []compte.Courriel
	passer    func(quoi string) error // what fails

	ines, ivan, iris, victor instruction.Agent
}

const (
	montant = 292000
	finess  = "990000001"
	site    = "http://guichet.exemple.invalid"
)

func nouveau(t testing.TB, b *db.Base) *monde {
	t.Helper()
	f, err := fichier.Ouvrir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m := &monde{base: b, horloge: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), passer: func(string) error { return nil }}
	m.monter(b, f)
	m.ines, m.ivan = m.personne(t, "Inès", etat.Instructeur), m.personne(t, "Ivan", etat.Instructeur)
	m.iris, m.victor = m.personne(t, "Iris", etat.Instructeur|etat.Valideur), m.personne(t, "Victor", etat.Valideur)
	dits := map[string]modele.Texte{}
	for _, r := range lettre.Reglages {
		dits[r.Nom] = modele.Texte{Fr: "Valeur de " + r.Nom}
	}
	err = errors.Join(m.lettres.Livrer(t.Context()), m.lettres.Regler(t.Context(), m.ines.Compte, dits))
	for _, a := range []instruction.Agent{m.iris, m.victor} {
		err = errors.Join(err, m.lettres.Qualifier(t.Context(), m.ines.Compte, a.Compte, modele.Texte{Fr: "responsable"}))
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// monter makes the rooms of a counter.
func (m *monde) monter(b *db.Base, f *fichier.Magasin) {
	maintenant := func() time.Time { return m.horloge }
	changer := func(ctx context.Context, tx *sql.Tx, c etat.Changement) error { return m.suivis.Changer(ctx, tx, c) }
	m.lettres = lettre.Nouveau(lettre.Config{
		Base: b, Fichiers: f, Maintenant: maintenant, Agence: web.Agence{Nom: "Agence d'essai", Service: "Financements", Adresse: "1 rue de l'Exemple"}, Recours: 2,
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Destinataires: m.destinataires, Annoncer: m.annoncer,
		Entendu: func(ctx context.Context, q db.Lecteur, c etat.Cle) (modele.Texte, error) { return m.Entendu(ctx, q, c) },
	})
	m.lettresDe = courrier.Nouveau(courrier.Config{
		Base: b, Fichiers: f, Maintenant: maintenant, Adresse: site, Delais: accuse.Usuels, Lettres: m.lettres, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP,
	})
	m.decisions = decision.Nouveau(decision.Config{Base: b, Maintenant: maintenant, Changer: changer, Inexact: func(err error) error {
		var r *suivi.Refus
		if errors.As(err, &r) {
			return &decision.Refus{Texte: r.Texte()}
		}
		return nil
	}, Lettres: decision.Lettres{Figer: m.lettres.Figer, Preparer: m.lettres.Preparer, Envoyer: m.lettres.Envoyer, Dire: m.lettres.Dire}})
	m.examens = instruction.Nouveau(instruction.Config{
		Base: b, Maintenant: maintenant, Decisions: m.decisions, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Changer: changer, Agents: m.agents,
		Lire: func(context.Context, *instruction.Dossier) (*instruction.Vue, error) {
			return &instruction.Vue{Pieces: []instruction.Piece{{Type: "BON_COMMANDE"}}}, m.passer("read")
		},
	})
	m.suivis = suivi.Nouveau(suivi.Config{
		Base: b, Fichiers: f, Maintenant: maintenant, Adresse: site, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Modele: ms1dui.Edition,
		Destinataires: m.destinataires, Envoyer: m.envoyer,
		Suivre: func(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
			return errors.Join(m.examens.Suivre(ctx, tx, pas), m.decisions.Suivre(ctx, tx, pas), m.Suivre(ctx, tx, pas))
		},
	})
	m.Service = contradictoire.Nouveau(contradictoire.Config{
		Base: b, Maintenant: maintenant, Adresse: site, Rappels: []int{10, 3}, Decisions: m.decisions, Examens: m.examens, Courriers: m.lettresDe,
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Autres: m.autres, Destinataires: m.destinataires, Envoyer: m.envoyer, Ecrire: m.ecrireObservations, Messages: m.observations,
	})
}

// autres are the demandes that claim the ESMS, too.
func (m *monde) autres(ctx context.Context, c etat.Cle) (autres []instruction.Autre, err error) {
	if err := m.passer("others"); err != nil {
		return nil, err
	}
	var reclamations []instruction.Reclamation
	for _, x := range m.reclames {
		if x != c {
			reclamations = append(reclamations, instruction.Reclamation{FINESS: finess, Cle: x})
		}
	}
	return m.examens.Autres(ctx, reclamations)
}

func (m *monde) agents(_ context.Context, _ db.Lecteur, r etat.Role) (agents []instruction.Agent, err error) {
	for _, a := range []instruction.Agent{m.ines, m.iris, m.ivan, m.victor} {
		if a.Roles&r != 0 {
			agents = append(agents, a)
		}
	}
	return agents, nil
}

func (m *monde) destinataires(_ context.Context, _ *sql.Tx, fournisseur int64, _ compte.GenreCourriel) ([]compte.Destinataire, error) {
	if fournisseur == compte.Agence {
		return nil, m.passer("people")
	}
	return []compte.Destinataire{{Compte: 1000 + fournisseur, Nom: "Camille", Courriel: fmt.Sprintf("camille@%d.exemple.invalid", fournisseur)}}, m.passer("people")
}

func (m *monde) envoyer(_ context.Context, _ *sql.Tx, c compte.Courriel) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.courriels = append(m.courriels, c)
	return m.passer("mail")
}

func (m *monde) annoncer(ctx context.Context, tx *sql.Tx, gens []compte.Destinataire, references []string) (err error) {
	for _, r := range references {
		err = errors.Join(err, m.envoyer(ctx, tx, compte.Courriel{A: gens[0].Courriel, Sujet: "Lettre " + r}))
	}
	return err
}

func (m *monde) personne(t testing.TB, nom string, r etat.Role) instruction.Agent {
	t.Helper()
	a := instruction.Agent{Nom: nom, Roles: r}
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO compte (courriel, nom, etat, cree) VALUES ($1, $2, 'actif', 1) RETURNING id`, nom+"@exemple.invalid", nom).Scan(&a.Compte)
	})
	return a
}

func (m *monde) ecrire(t testing.TB, f func(ctx context.Context, tx *sql.Tx) error) {
	t.Helper()
	if err := m.base.Ecrire(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// deposer adds a demande of a supplier of that SIRET, complete, whose control sheet says yes; it claims the ESMS.
func (m *monde) deposer(t testing.TB, siret string) (fournisseur int64, c etat.Cle) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
			VALUES ($1, $2, 'actif', 'Contact', 'contact@exemple.invalid', '+33199000000', 1) RETURNING id`, siret, "ÉDITEUR "+siret).Scan(&fournisseur)
		if err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, `INSERT INTO depot (fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, cherche)
			VALUES ($1, 1, 'avance', 'ANS0000001', '2023-10-02', 'a.json', '', 0, $2, 'accepte', 1, 1, 1, '{}', 'a.json') RETURNING id`, fournisseur, db.Instant(m.horloge)).Scan(&c.Depot)
		if err != nil {
			return err
		}
		for texte, args := range map[string][]any{
			`INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES ($1, $2, 0, 'A0001', 'incomplete', $3, 2, '990000001', 0, 0, $4)`: {fournisseur, c.Depot, montant, db.Instant(m.horloge)},
			`INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) VALUES ($1, 'incomplete', 1, 0)`:                                                                               {fournisseur},
		} {
			if _, err := tx.ExecContext(ctx, texte, args...); err != nil {
				return err
			}
		}
		for _, x := range instruction.Points {
			if _, err := tx.ExecContext(ctx, `INSERT INTO point (depot_id, rang, code, reponse, compte_id, instant) VALUES ($1, 0, $2, 'oui', 1, 1)`, c.Depot, x.Code); err != nil {
				return err
			}
		}
		return m.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: fournisseur, Depot: c.Depot, Rangs: []int{0}, A: etat.Complete, Par: etat.Programme})
	})
	m.reclames = append(m.reclames, c)
	return fournisseur, c
}

// attribuer has a demande awarded, and its supplier told.
func (m *monde) attribuer(t testing.TB, c etat.Cle) {
	t.Helper()
	if err := m.examens.Prendre(t.Context(), m.ivan, c); err != nil {
		t.Fatal(err)
	}
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		d, err := m.examens.Tenir(ctx, tx, m.ivan, c)
		if err != nil {
			return err
		}
		err = m.decisions.Proposer(ctx, tx, decision.Proposition{Fournisseur: d.Fournisseur, Cle: c, Sens: decision.Attribution, Montant: d.Montant, Demande: d.Montant, Compte: m.ivan.Compte, Roles: m.ivan.Roles})
		if err != nil {
			return err
		}
		toutes, err := m.decisions.De(ctx, tx, c)
		if err == nil {
			_, err = m.decisions.Decider(ctx, tx, decision.Lu{Cle: c, Decision: toutes[len(toutes)-1].ID, Compte: m.victor.Compte, Roles: m.victor.Roles})
		}
		return err
	})
	m.notifier(t)
}

// notifier tells suppliers of all that is decided.
func (m *monde) notifier(t testing.TB) {
	t.Helper()
	m.horloge = m.horloge.Add(time.Hour)
	if _, err := m.decisions.Notifier(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (m *monde) etatDe(t testing.TB, c etat.Cle) etat.Etat {
	t.Helper()
	d, err := m.examens.Dossier(t.Context(), m.base.Lire(), c)
	if err != nil {
		t.Fatal(err)
	}
	return d.Etat
}

func (m *monde) procedure(t testing.TB, id int64) *contradictoire.Procedure {
	t.Helper()
	p, err := m.Procedure(t.Context(), m.base.Lire(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lu is a procedure as somebody reads it now.
func (m *monde) lu(t testing.TB, id int64) contradictoire.Lu {
	t.Helper()
	return contradictoire.Lu{ID: id, Version: m.procedure(t, id).Version}
}

// repondre has a supplier answer.
func (m *monde) repondre(ctx context.Context, id, fournisseur int64, entiere bool) error {
	return m.dire(ctx, id, fournisseur, entiere, "Voici notre bon de commande.")
}

func (m *monde) dire(ctx context.Context, id, fournisseur int64, entiere bool, mots string) error {
	p, err := m.Procedure(ctx, m.base.Lire(), id)
	if err != nil {
		return err
	}
	i := compte.Identite{Compte: 1000 + fournisseur, Fournisseur: fournisseur, Role: compte.Deposant}
	x := p.Sienne(fournisseur)
	if x == nil {
		return contradictoire.ErrInconnue
	}
	_, err = m.suivis.Ecrire(ctx, suivi.Ecrit{Auteur: i, Fil: x.Fil, Demande: x.Cle, Sujet: "Observations", Texte: mots, Avec: func(ctx context.Context, tx *sql.Tx, fil int64, deja bool) error {
		return m.Repondre(ctx, tx, id, i, contradictoire.Observations{Fil: fil, Entiere: entiere, Deja: deja})
	}})
	return err
}

// refuse wants something to be refused, with these words.
func refuse(t testing.TB, quoi string, err error, mots string) {
	t.Helper()
	var refus *decision.Refus
	if !errors.As(err, &refus) || mots != "" && !contient(refus.Texte.Fr, mots) {
		t.Errorf("%s: %v, want a refusal that says %q", quoi, err, mots)
	}
}

// ecrireObservations takes what a supplier answers, as the counter does.
func (m *monde) ecrireObservations(r *http.Request, f *web.Formulaire, x contradictoire.Message) error {
	e, err := suivi.LireMessage(r, f)
	if err != nil {
		return err
	}
	e.Auteur, e.Fil, e.Demande, e.Sujet, e.Avec = x.Auteur, x.Fil, x.Demande, x.Sujet, x.Avec
	_, err = m.suivis.EnvoyerMessage(r, f, e)
	return err
}

func (m *monde) observations(ctx context.Context, i compte.Identite, fil int64) (tout []contradictoire.Observation, err error) {
	_, messages, err := m.suivis.Fil(ctx, i, fil)
	for _, x := range messages {
		tout = append(tout, contradictoire.Observation{Instant: x.Instant, Qui: x.Qui, Agence: x.Agence, Texte: x.Texte})
	}
	return tout, err
}
