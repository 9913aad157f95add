package courrier_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

var midi = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// monde is a counter with one demande that is examined; any step can fail where panne is set.
type monde struct {
	*courrier.Service
	base    *db.Base
	lettres *lettre.Service
	panne   *dbessai.Panne
}

var cle = etat.Cle{Depot: 1}

func monter(t *testing.T, b *db.Base, p *dbessai.Panne) *monde {
	t.Helper()
	f, err := fichier.Ouvrir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m := &monde{base: b, panne: p}
	maintenant := func() time.Time { return midi }
	m.lettres = lettre.Nouveau(lettre.Config{
		Base: b, Fichiers: f, Maintenant: maintenant, Agence: web.Agence{Nom: "Agence d'essai", Service: "Financements", Adresse: "1 rue de l'Exemple"}, Recours: 2,
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP,
	})
	m.Service = courrier.Nouveau(courrier.Config{
		Base: b, Fichiers: f, Maintenant: maintenant, Adresse: "http://guichet.exemple.invalid", Delais: accuse.Usuels, Lettres: m.lettres,
		NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Terme: modele.Texte{Fr: "Sans réponse, l'examen reprend.", En: "Without an answer it goes on."},
	})
	for _, texte := range []string{
		`INSERT INTO compte (id, courriel, nom, etat, cree) VALUES (8, 'ines@exemple.invalid', 'Inès Exemple', 'actif', 1), (9, 'denis@exemple.invalid', 'Denis Exemple', 'actif', 1)`,
		`INSERT INTO fournisseur (id, siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES (1, '00000000100008', 'ÉDITEUR', 'actif', 'Contact', 'c@exemple.invalid', '+33199000000', 1)`,
		`INSERT INTO depot (id, fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, cherche)
			VALUES (1, 1, 9, 'avance', 'ANS0000001', '2023-10-02', 'a.json', '', 0, 1, 'accepte', 1, 1, 0, '{}', 'a.json')`,
		`INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES (1, 1, 0, 'A1', 'instruction', 1000, 1, '990000001', 0, 0, 1)`,
	} {
		if err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { _, err := tx.ExecContext(ctx, texte); return err }); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.lettres.Livrer(t.Context()); err != nil {
		t.Fatal(err)
	}
	return m
}

// demander asks for a change.
func (m *monde) demander(ctx context.Context) error {
	return m.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return m.Suivre(ctx, tx, []etat.Passage{
			{Cle: cle, Fournisseur: 1, Transition: etat.Transition{A: etat.Instruction}, Instant: midi},
			{Cle: cle, Fournisseur: 1, Transition: etat.Transition{A: etat.AModifier}, Compte: 8, Motif: "Signer le bon.\n# Rien d'autre", Instant: midi, Limite: midi.AddDate(0, 0, 30)},
		})
	})
}

func (m *monde) un(t *testing.T) *courrier.Courrier {
	t.Helper()
	c, err := m.Un(t.Context(), m.base.Lire(), courrier.Filtre{Cle: &cle})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A request for a change has its letter: what is asked for, by when, what follows, what becomes of the time for the decision; no number and
// no remedies, for it decides nothing. What was shown before is what is kept. Who reads first is kept, once; so is the day of posting, and
// the choice of the supplier on that day. A text that was written for this letter goes with it. Both databases.
func TestChangeAskedFor(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := monter(t, b, nil)
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			fautes, err := m.lettres.Retoucher(ctx, tx, 8, cle, lettre.Modification, map[string]string{"fr": lettre.Livre(lettre.Modification, "fr") + "\nUn mot de plus."})
			if len(fautes) > 0 {
				t.Errorf("%+v", fautes)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		projet, err := m.Projet(t.Context(), b.Lire(), 1, cle, "Signer le bon.\n# Rien d'autre")
		if err != nil {
			t.Fatal(err)
		}
		if err := m.demander(t.Context()); err != nil {
			t.Fatal(err)
		}
		c := m.un(t)
		f, err := m.Fige(t.Context(), b.Lire(), c.ID, "fr")
		if err != nil || f.Empreinte != projet[0].Empreinte || string(f.HTML) != string(projet[0].HTML) || !f.Retouchee {
			t.Fatalf("kept %+v, shown %s, %v", f, projet[0].Empreinte, err)
		}
		lu := strings.ReplaceAll(string(f.Corps()), "\u00a0", " ")
		for _, x := range []string{"Signer le bon.", "# Rien", "24/12/2026", "Sans réponse, l'examen reprend.", "vaut rejet est suspendu", "L114-5", "n'est pas une décision", "Un mot de plus.", "Financements"} {
			if !strings.Contains(strings.ReplaceAll(lu, "’", "'"), x) && !strings.Contains(strings.ReplaceAll(lu, "&rsquo;", "'"), x) {
				t.Errorf("no %q in\n%s", x, lu)
			}
		}
		for _, x := range []string{"recours", "tribunal", "2026-0", "<h1", "{{"} {
			if strings.Contains(lu, x) {
				t.Errorf("%q in\n%s", x, lu)
			}
		}
		if apres, err := m.Projet(t.Context(), b.Lire(), 1, cle, "Signer le bon."); err != nil || strings.Contains(string(apres[0].HTML), "Un mot de plus") {
			t.Errorf("the next letter has the text of this one, %v", err)
		}
		m.verifierSuite(t, c)
	})
}

// verifierSuite reads a letter, and has it posted.
func (m *monde) verifierSuite(t *testing.T, c *courrier.Courrier) {
	t.Helper()
	denis, agente := compte.Identite{Compte: 9, Role: compte.Lecteur, Fournisseur: 1, Nom: "Denis Exemple"}, compte.Identite{Compte: 8, Role: compte.Instructeur}
	if !c.Postale {
		t.Error("nobody has agreed to electronic notification")
	}
	for _, i := range []compte.Identite{agente, denis, {Compte: 8, Role: compte.Lecteur, Fournisseur: 1}} {
		if err := m.Lire(t.Context(), m.un(t), i); err != nil {
			t.Fatal(err)
		}
	}
	var refus *decision.Refus
	for _, jour := range []time.Time{midi.AddDate(0, 0, 1), midi.AddDate(0, 0, -3)} {
		if err := m.Poster(t.Context(), c, 8, jour); !errors.As(err, &refus) {
			t.Errorf("posted on %s: %v", jour, err)
		}
	}
	if err := m.Poster(t.Context(), c, 8, midi); err != nil {
		t.Fatal(err)
	}
	if c = m.un(t); !c.Lue.Equal(midi) || c.LuePar != "Denis Exemple" || !c.Postee.Equal(midi) || c.PosteePar != "Inès Exemple" {
		t.Errorf("%+v", c)
	}
	if err := m.lettres.Accorder(t.Context(), compte.Identite{Compte: 9, Fournisseur: 1}, true); err != nil {
		t.Fatal(err)
	}
	if err := m.demander(t.Context()); err != nil {
		t.Fatal(err)
	}
	c = m.un(t)
	if err := m.Poster(t.Context(), c, 8, midi); c.Postale || !errors.As(err, &refus) {
		t.Errorf("by post: %v, %v", c.Postale, err)
	}
	dit, sur := m.Dire(c)
	r, oui, err := m.Joindre(t.Context(), sur)
	if err != nil || !oui || !strings.HasPrefix(string(r.Octets), "%PDF-") || !strings.HasSuffix(r.Jointe, "-fr.pdf") || strings.Contains(dit.Fr, "poste") {
		t.Errorf("%s, %v, %v", r.Jointe, oui, err)
	}
}

// A letter whose model lacks something, or is not there, is not sent, and what it would tell of is not done.
func TestIncompleteLetter(t *testing.T) {
	t.Parallel()
	m := monter(t, dbessai.SQLite(t), nil)
	m.lettres.Agence.Adresse = ""
	var refus *decision.Refus
	if err := m.demander(t.Context()); !errors.As(err, &refus) || !strings.Contains(refus.Texte.Fr, "adresse postale de l'agence") {
		t.Errorf("%v", err)
	}
	if _, err := m.Un(t.Context(), m.base.Lire(), courrier.Filtre{Cle: &cle}); !errors.Is(err, courrier.ErrInconnu) {
		t.Errorf("%v", err)
	}
}

func (m *monde) pages(i compte.Identite) http.Handler {
	return web.Routeur(m.Routes(), &web.Site{
		Maintenant: func() time.Time { return midi }, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), i)))
			})
		},
	})
}

// Whatever step fails, each act on letters is done wholly or not at all, and the counter says that it could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := monter(t, b, p)
	chaque := func(nom string, faire func() error) {
		p.Chaque(t, b, dbessai.Acte{Nom: nom, Faire: faire})
	}
	demander := func(i compte.Identite, motif string, champs url.Values) {
		t.Helper()
		methode, chemin, _ := strings.Cut(motif, " ")
		chaque(motif, func() error {
			r := httptest.NewRequestWithContext(t.Context(), methode, chemin, strings.NewReader(champs.Encode()))
			if methode == http.MethodPost {
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			return webessai.Echec(m.pages(i), r)
		})
	}
	agente, denis := compte.Identite{Compte: 8, Role: compte.Instructeur}, compte.Identite{Compte: 9, Role: compte.Lecteur, Fournisseur: 1}
	chaque("ask for a change", func() error { return m.demander(t.Context()) })
	chaque("carry it", func() error { _, _, err := m.Joindre(t.Context(), "courrier:1"); return err })
	demander(denis, "GET /courriers", nil)
	demander(agente, "GET /courriers?file=poste", nil)
	demander(denis, "GET /courriers/1", nil)
	demander(denis, "GET /courriers/1/html?texte=en", nil)
	demander(denis, "GET /courriers/1/pdf?texte=en", nil)
	demander(agente, "POST /courriers/1", url.Values{"jour": {"24/11/2026"}})
	if c := m.un(t); c.Lue.IsZero() || c.Postee.IsZero() {
		t.Errorf("%+v", c)
	}
}
