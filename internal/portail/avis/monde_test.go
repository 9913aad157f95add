package avis_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

const site = "http://guichet.exemple.invalid"

// monde is a counter whose agency examines and decides, and asks for opinions. What it asks of other rooms can fail.
type monde struct {
	*avis.Service
	base      *db.Base
	panne     *dbessai.Panne
	examens   *instruction.Service
	decisions *decision.Service
	suivis    *suivi.Service
	horloge   time.Time
	courriels []compte.Courriel
	recu      time.Time // when the documents of each demande came

	ines, ivan, iris, victor instruction.Agent
}

func nouveau(t testing.TB, b *db.Base, p *dbessai.Panne) *monde {
	t.Helper()
	m := &monde{base: b, panne: p, horloge: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), recu: time.UnixMicro(1)}
	maintenant := func() time.Time { return m.horloge }
	changer := func(ctx context.Context, tx *sql.Tx, c etat.Changement) error { return m.suivis.Changer(ctx, tx, c) }
	m.decisions = decision.Nouveau(decision.Config{Base: b, Maintenant: maintenant, Changer: changer, Inexact: func(error) error { return nil }})
	m.examens = instruction.Nouveau(instruction.Config{
		Base: b, Maintenant: maintenant, Decisions: m.decisions, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Changer: changer,
	})
	m.Service = avis.Nouveau(avis.Config{
		Base: b, Maintenant: maintenant, Adresse: site, Agence: web.Agence{Nom: "Agence d'essai"}, Examens: m.examens, Membres: m.membres, Envoyer: m.envoyer,
		Connu: func(_ context.Context, _ db.Lecteur, courriel string) (bool, error) {
			return strings.HasSuffix(courriel, "@editeur.exemple.invalid"), p.Passer("known")
		},
		Donnees: func(context.Context, etat.Cle) ([]web.Feuillet, error) {
			return []web.Feuillet{{Titre: modele.Texte{Fr: "Infos commande", En: "Order"}, Lignes: []web.Ligne{{Balise: "numeroEditeur", Valeur: modele.Texte{Fr: "A0000", En: "A0000"}}}}}, p.Passer("data")
		},
		Pieces: func(context.Context, *instruction.Dossier) ([]instruction.Piece, error) {
			return []instruction.Piece{
				{Type: "BON_COMMANDE", Nature: modele.Texte{Fr: "Bon de commande", En: "Order form"}, Format: "PDF", Recu: m.recu},
				{Type: "PREUVE_HT", Nature: modele.Texte{Fr: "Preuve du régime HT", En: "Proof"}, Format: "PDF", Recu: m.recu},
			}, p.Passer("documents")
		},
		Ouvrir: func(_ context.Context, d *instruction.Dossier, typ string) (*instruction.Piece, io.ReadSeekCloser, error) {
			return &instruction.Piece{Format: "PDF", Nom: "a.pdf"}, rien{bytes.NewReader([]byte(d.NumeroASP + " " + typ))}, p.Passer("document")
		},
		Freiner: func(*http.Request) error { return nil },
	})
	m.suivis = suivi.Nouveau(suivi.Config{
		Base: b, Maintenant: maintenant, Adresse: site, NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Modele: ms1dui.Edition,
		Destinataires: func(context.Context, *sql.Tx, int64, compte.GenreCourriel) ([]compte.Destinataire, error) {
			return nil, nil
		},
		Envoyer: func(context.Context, *sql.Tx, compte.Courriel) error { return nil },
		Suivre: func(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
			for _, suivre := range []func(context.Context, *sql.Tx, []etat.Passage) error{m.examens.Suivre, m.Suivre, m.decisions.Suivre} {
				if err := suivre(ctx, tx, pas); err != nil {
					return err
				}
			}
			return nil
		},
	})
	m.ines, m.ivan = m.personne(t, "Inès", etat.Instructeur), m.personne(t, "Ivan", etat.Instructeur)
	m.iris, m.victor = m.personne(t, "Iris", etat.Instructeur|etat.Valideur), m.personne(t, "Victor", etat.Valideur)
	return m
}

// rien is a file that is closed without a word.
type rien struct{ io.ReadSeeker }

func (rien) Close() error { return nil }

func (m *monde) personne(t testing.TB, nom string, r etat.Role) instruction.Agent {
	t.Helper()
	a := instruction.Agent{Nom: nom, Roles: r}
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO compte (courriel, nom, etat, cree) VALUES ($1, $2, 'actif', 1) RETURNING id`, adresseDe(nom), nom).Scan(&a.Compte)
	})
	return a
}

func adresseDe(nom string) string { return strings.ToLower(nom) + "@agence.exemple.invalid" }

func (m *monde) membres(context.Context, db.Lecteur) (membres []compte.Membre, err error) {
	for _, a := range []instruction.Agent{m.ines, m.ivan, m.iris, m.victor} {
		membres = append(membres, compte.Membre{Compte: a.Compte, Nom: a.Nom, Courriel: adresseDe(a.Nom)})
	}
	return membres, m.panne.Passer("members")
}

func (m *monde) envoyer(_ context.Context, _ *sql.Tx, c compte.Courriel) error {
	if err := m.panne.Passer("mail"); err != nil {
		return err
	}
	m.courriels = append(m.courriels, c)
	return nil
}

func (m *monde) ecrire(t testing.TB, f func(ctx context.Context, tx *sql.Tx) error) {
	t.Helper()
	if err := m.base.Ecrire(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// deposer adds a deposit of n demandes of a supplier, all complete, which Inès holds.
func (m *monde) deposer(t testing.TB, siret string, n int) (fournisseur int64, cles []etat.Cle) {
	t.Helper()
	var depot int64
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
			_, err = tx.ExecContext(ctx, `INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES ($1, $2, $3, $4, 'incomplete', 292000, 2, '990000001', 0, 0, $5)`,
				fournisseur, depot, i, fmt.Sprintf("A%04d", i), db.Instant(m.horloge))
			if err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) VALUES ($1, 'incomplete', $2, 0)`, fournisseur, n)
		return err
	})
	m.changer(t, etat.Changement{Fournisseur: fournisseur, Depot: depot, Rangs: rangs, A: etat.Complete, Par: etat.Programme})
	for _, c := range cles {
		if err := m.examens.Prendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
	}
	return fournisseur, cles
}

func (m *monde) changer(t testing.TB, c etat.Changement) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error { return m.suivis.Changer(ctx, tx, c) })
}

func (m *monde) dossier(t testing.TB, c etat.Cle) *instruction.Dossier {
	t.Helper()
	d, err := m.examens.Dossier(t.Context(), m.base.Lire(), c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// question is what Inès asks of colleagues, and outside.
func (m *monde) question(c etat.Cle, adresses []string, collegues ...instruction.Agent) avis.Consultation {
	q := avis.Consultation{Cle: c, Adresses: adresses, Question: "Le scénario est-il plausible ?", Limite: paris(2026, 12, 4), Pieces: []string{"BON_COMMANDE"}}
	for _, a := range collegues {
		q.Collegues = append(q.Collegues, a.Compte)
	}
	return q
}

func paris(a int, m time.Month, j int) time.Time { return time.Date(a, m, j, 0, 0, 0, 0, web.Paris()) }

// demander has Inès ask, and returns what was asked for.
func (m *monde) demander(t testing.TB, q avis.Consultation) []avis.Avis {
	t.Helper()
	avant := len(m.de(t, q.Cle))
	if err := m.Demander(t.Context(), m.ines, q); err != nil {
		t.Fatal(err)
	}
	return m.de(t, q.Cle)[avant:]
}

func (m *monde) de(t testing.TB, c etat.Cle) []avis.Avis {
	t.Helper()
	tous, err := m.De(t.Context(), m.base.Lire(), c)
	if err != nil {
		t.Fatal(err)
	}
	return tous
}

// dire has the mails go out that have waited long enough, and returns them.
func (m *monde) dire(t testing.TB) []compte.Courriel {
	t.Helper()
	m.courriels = nil
	if _, err := m.Dire(t.Context()); err != nil {
		t.Fatal(err)
	}
	return m.courriels
}

// lien is the secret of the link in a mail.
func lien(t testing.TB, c compte.Courriel) string {
	t.Helper()
	_, suite, ok := strings.Cut(c.Texte, site+"/donner-avis/")
	if !ok {
		t.Fatalf("no link in %q", c.Texte)
	}
	return strings.Fields(suite)[0]
}

// proposer has Inès propose an award, and trancher Victor decide it.
func (m *monde) proposer(t testing.TB, f int64, c etat.Cle) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return m.decisions.Proposer(ctx, tx, decision.Proposition{Fournisseur: f, Cle: c, Sens: decision.Attribution, Montant: 100, Demande: 292000, Compte: m.ines.Compte, Roles: m.ines.Roles})
	})
}

func (m *monde) trancher(t testing.TB, c etat.Cle) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		toutes, err := m.decisions.De(ctx, tx, c)
		if err != nil {
			return err
		}
		_, err = m.decisions.Decider(ctx, tx, decision.Lu{Cle: c, Decision: toutes[len(toutes)-1].ID, Compte: m.victor.Compte, Roles: m.victor.Roles})
		return err
	})
}

// refuse wants the refusal of an act, with some words in it.
func refuse(t testing.TB, err error, mots string) {
	t.Helper()
	var r *instruction.Refus
	if !errors.As(err, &r) || !strings.Contains(r.Texte.Fr, mots) || r.Texte.En == "" {
		t.Errorf("%v, want a refusal with %q", err, mots)
	}
}

// pages serves the pages of opinions to a person; to nobody for the zero value.
func (m *monde) pages(a instruction.Agent, r ...compte.Role) http.Handler {
	i := compte.Identite{Compte: a.Compte, Nom: a.Nom, Role: compte.Ensemble(r...)}
	return web.Routeur(m.Routes(), &web.Site{
		Maintenant: func() time.Time { return m.horloge }, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				ctx := r.Context()
				if i.Compte > 0 {
					ctx = compte.Avec(ctx, i)
				}
				h.ServeHTTP(w, r.WithContext(ctx))
			})
		},
	})
}
