package instruction_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/avis"
	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/compteur"
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

// monde is a counter with demandes, whose agency has three people who examine and two who decide; Iris does both.
type monde struct {
	*instruction.Service
	decisions *decision.Service
	avis      *avis.Service
	lettres   *lettre.Service
	courriers *courrier.Service
	suivis    *suivi.Service
	entendus  *contradictoire.Service
	contestes map[etat.Cle]etat.Cle // the demandes that claim the ESMS of others, too
	base      *db.Base
	horloge   time.Time
	jeu       string // the registers of the moment
	remarques func(c etat.Cle) (map[string]int, error)
	mu        sync.Mutex
	courriels []compte.Courriel
	remplies  int           // how often TestLives has filled a sheet in
	actes     map[int64]int // by supplier, what TestLives did without a change of state

	ines, ivan, iris, victor instruction.Agent
}

func nouveau(t testing.TB, b *db.Base) *monde {
	t.Helper()
	m := monter(b, magasin(t))
	m.lettres.Annoncer = m.annoncer
	m.peupler(t)
	return m
}

// monter makes a counter of a database.
func monter(b *db.Base, f *fichier.Magasin) *monde {
	m := &monde{base: b, horloge: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), remarques: func(etat.Cle) (map[string]int, error) { return nil, nil }}
	maintenant := func() time.Time { return m.horloge }
	changer := func(ctx context.Context, tx *sql.Tx, c etat.Changement) error { return m.suivis.Changer(ctx, tx, c) }
	m.lettres = lettre.Nouveau(lettre.Config{
		Base: b, Fichiers: f, Maintenant: maintenant, Agence: web.Agence{Nom: "Agence d'essai", Service: "Financements", Adresse: "1 rue de l'Exemple"}, Recours: 2,
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Destinataires: m.destinataires, Annoncer: noter,
		Entendu: func(ctx context.Context, q db.Lecteur, c etat.Cle) (modele.Texte, error) {
			return m.entendus.Entendu(ctx, q, c)
		},
	})
	m.courriers = courrier.Nouveau(courrier.Config{
		Base: b, Fichiers: f, Maintenant: maintenant, Adresse: "http://guichet.exemple.invalid", Delais: accuse.Usuels, Lettres: m.lettres,
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Terme: modele.Texte{Fr: "L'agence reprend l'examen.", En: "The agency goes on."},
	})
	m.decisions = decision.Nouveau(decision.Config{Base: b, Maintenant: maintenant, Changer: changer, Inexact: func(err error) error { return nil },
		Lettres: decision.Lettres{Figer: m.lettres.Figer, Preparer: m.lettres.Preparer, Envoyer: m.lettres.Envoyer, Dire: m.lettres.Dire}})
	m.Service = instruction.Nouveau(instruction.Config{
		Base: b, Maintenant: maintenant, Decisions: m.decisions, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Changer: changer, Agents: m.agents, Rappels: []int{3, 10},
		OuvrirBalises: func(ctx context.Context, tx *sql.Tx, c etat.Cle, pointeurs []string) error {
			return m.suivis.Ouvrir(ctx, tx, c, pointeurs)
		},
		Lire: func(context.Context, *instruction.Dossier) (*instruction.Vue, error) {
			return &instruction.Vue{Pieces: []instruction.Piece{{Type: "BON_COMMANDE"}}}, nil
		},
		Relever: func(_ context.Context, c etat.Cle) (map[string]int, error) { return m.remarques(c) }, Registres: func(context.Context) string { return m.jeu },
		Rappeler: func(ctx context.Context, tx *sql.Tx, r instruction.Relance) error {
			return m.suivis.Rappeler(ctx, tx, r.Fournisseur, r.Cle, r.Limite)
		},
	})
	m.avis = avis.Nouveau(avis.Config{
		Base: b, Maintenant: maintenant, Adresse: "http://guichet.exemple.invalid", Examens: m.Service, Envoyer: m.envoyer,
		Connu: func(context.Context, db.Lecteur, string) (bool, error) { return false, nil },
		Membres: func(context.Context, db.Lecteur) (membres []compte.Membre, err error) {
			for _, a := range []instruction.Agent{m.ines, m.ivan, m.iris, m.victor} {
				membres = append(membres, compte.Membre{Compte: a.Compte, Nom: a.Nom, Courriel: a.Nom + "@exemple.invalid"})
			}
			return membres, nil
		},
	})
	m.Opinions = m.avis.Opinions
	m.suivis = suivi.Nouveau(suivi.Config{
		Base: b, Maintenant: maintenant, Adresse: "http://guichet.exemple.invalid", NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Modele: ms1dui.Edition,
		Destinataires: m.destinataires, Envoyer: m.envoyer, Fichiers: f,
		Suivre: func(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
			if err := m.Service.Suivre(ctx, tx, pas); err != nil {
				return err
			}
			if err := m.avis.Suivre(ctx, tx, pas); err != nil {
				return err
			}
			if err := m.decisions.Suivre(ctx, tx, pas); err != nil {
				return err
			}
			if err := m.courriers.Suivre(ctx, tx, pas); err != nil {
				return err
			}
			return m.entendus.Suivre(ctx, tx, pas)
		},
	})
	m.entendus = contradictoire.Nouveau(contradictoire.Config{
		Base: b, Maintenant: maintenant, Rappels: []int{3, 10}, Decisions: m.decisions, Examens: m.Service, Courriers: m.courriers,
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Autres: m.autres, Destinataires: m.destinataires, Envoyer: m.envoyer,
	})
	return m
}

// peupler gives the agency its people, and what its letters say.
func (m *monde) peupler(t testing.TB) {
	t.Helper()
	m.ines, m.ivan = m.personne(t, "Inès", etat.Instructeur), m.personne(t, "Ivan", etat.Instructeur)
	m.iris, m.victor = m.personne(t, "Iris", etat.Instructeur|etat.Valideur), m.personne(t, "Victor", etat.Valideur)
	m.reglerLettres(t)
}

// retrouver finds the people of an agency that has been peopled.
func (m *monde) retrouver(t testing.TB) {
	t.Helper()
	m.ines, m.victor = instruction.Agent{Nom: "Inès", Roles: etat.Instructeur}, instruction.Agent{Nom: "Victor", Roles: etat.Valideur}
	for _, a := range []*instruction.Agent{&m.ines, &m.victor} {
		if err := m.base.Lire().QueryRow(`SELECT id FROM compte WHERE nom = $1`, a.Nom).Scan(&a.Compte); err != nil {
			t.Fatal(err)
		}
	}
}

func magasin(t testing.TB) *fichier.Magasin {
	t.Helper()
	f, err := fichier.Ouvrir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// reglerLettres has the agency say what its letters need.
func (m *monde) reglerLettres(t testing.TB) {
	t.Helper()
	dits := map[string]modele.Texte{}
	for _, r := range lettre.Reglages {
		dits[r.Nom] = modele.Texte{Fr: "Valeur de " + r.Nom}
	}
	err := errors.Join(m.lettres.Livrer(context.Background()), m.lettres.Regler(context.Background(), m.ines.Compte, dits))
	for _, a := range []instruction.Agent{m.iris, m.victor} {
		err = errors.Join(err, m.lettres.Qualifier(context.Background(), m.ines.Compte, a.Compte, modele.Texte{Fr: "responsable"}))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// annoncer takes charge of the mails on letters.
func (m *monde) annoncer(_ context.Context, _ *sql.Tx, _ []compte.Destinataire, references []string) (err error) {
	for _, r := range references {
		err = errors.Join(err, m.envoyer(context.Background(), nil, compte.Courriel{Sujet: "Lettre " + r}))
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
		return nil, nil
	}
	return []compte.Destinataire{{Compte: 1000 + fournisseur, Nom: "Camille", Courriel: "camille@exemple.invalid"}}, nil
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

// montant is what each demande asks for, in cents.
const montant = 292000

// deposer adds a deposit of n demandes of a supplier of that name, all complete.
func (m *monde) deposer(t testing.TB, siret string, n int) (fournisseur, depot int64) {
	t.Helper()
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
			_, err = tx.ExecContext(ctx, `INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES ($1, $2, $3, $4, 'incomplete', $5, 2, '990000001', 0, 0, $6)`,
				fournisseur, depot, i, fmt.Sprintf("A%04d", i), montant+100*i, db.Instant(m.horloge))
			if err != nil {
				return err
			}
			if err := compteur.Ajouter(ctx, tx, fournisseur, etat.Incomplete, compteur.De(etat.Incomplete, int64(montant+100*i), 0)); err != nil {
				return err
			}
		}
		return comptabiliteessai.Deposer(ctx, tx, m.base, fournisseur, depot)
	})
	m.changer(t, etat.Changement{Fournisseur: fournisseur, Depot: depot, Rangs: suite(n), A: etat.Complete, Par: etat.Programme})
	return fournisseur, depot
}

func suite(n int) (rangs []int) {
	for i := range n {
		rangs = append(rangs, i)
	}
	return rangs
}

func (m *monde) changer(t testing.TB, c etat.Changement) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error { return m.suivis.Changer(ctx, tx, c) })
}

// tenir does something in the transaction of who holds a demande.
func (m *monde) tenir(a instruction.Agent, c etat.Cle, faire func(ctx context.Context, tx *sql.Tx, d *instruction.Dossier) error) error {
	return m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		d, err := m.Tenir(ctx, tx, a, c)
		if err != nil {
			return err
		}
		return faire(ctx, tx, d)
	})
}

// proposer has an agent propose something for a demande that the agent holds.
func (m *monde) proposer(a instruction.Agent, c etat.Cle, s decision.Sens) error {
	return m.tenir(a, c, func(ctx context.Context, tx *sql.Tx, d *instruction.Dossier) error {
		p := decision.Proposition{Fournisseur: d.Fournisseur, Cle: c, Sens: s, Montant: d.Montant, Demande: d.Montant, Compte: a.Compte, Roles: a.Roles}
		if s == decision.Rejet {
			p.Motifs = []string{"PLAFOND"}
		}
		return m.decisions.Proposer(ctx, tx, p)
	})
}

// decider has somebody do something with the live decision of a demande.
func (m *monde) decider(c etat.Cle, a instruction.Agent, faire func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error) error {
	return m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		toutes, err := m.decisions.De(ctx, tx, c)
		if err != nil {
			return err
		}
		lu := decision.Lu{Cle: c, Compte: a.Compte, Roles: a.Roles}
		if i := slices.IndexFunc(toutes, func(d decision.Decision) bool { return d.Etat == decision.Proposee || d.Etat == decision.Decidee }); i >= 0 {
			lu.Decision = toutes[i].ID
		}
		return faire(ctx, tx, lu)
	})
}

// etatDe is the state of a demande in the queue.
func (m *monde) dossier(t testing.TB, c etat.Cle) *instruction.Dossier {
	t.Helper()
	d, err := m.Dossier(t.Context(), m.base.Lire(), c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// tenue makes a demande that somebody holds.
func (m *monde) tenue(t testing.TB, a instruction.Agent) (fournisseur int64, c etat.Cle) {
	t.Helper()
	fournisseur, depot := m.deposer(t, "00000000100008", 1)
	c = etat.Cle{Depot: depot}
	if err := m.Prendre(context.Background(), a, c); err != nil {
		t.Fatal(err)
	}
	return fournisseur, c
}

// trancher has somebody decide what is proposed of a demande.
func (m *monde) trancher(c etat.Cle, a instruction.Agent) error {
	return m.decider(c, a, func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error {
		_, err := m.decisions.Decider(ctx, tx, lu)
		return err
	})
}
