package lettre_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

// fragile is a counter with one decision, any step of which can fail: statements, mails, what it asks of other rooms.
type fragile struct {
	*lettre.Service
	base  *db.Base
	panne *dbessai.Panne
	d     *decision.Decision
}

func lireNumero(n string) (depot int64, rang int, ok bool) { return 1, 0, n == "ASP-1" }

func nouveauFragile(t *testing.T) *fragile {
	t.Helper()
	b, p := dbessai.Fragile(t)
	return monter(t, b, p)
}

// monter makes a counter with one decision; nothing of it fails where p is nil.
func monter(t testing.TB, b *db.Base, p *dbessai.Panne) *fragile {
	t.Helper()
	f, err := fichier.Ouvrir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	x := &fragile{base: b, panne: p}
	x.Service = lettre.Nouveau(lettre.Config{
		Base: b, Fichiers: f, Maintenant: func() time.Time { return midi }, Agence: web.Agence{Nom: "Agence d'essai", Service: "Financements", Adresse: "1 rue de l'Exemple"}, Recours: 2,
		NumeroASP: func(int64, int) string { return "ASP-1" }, LireNumeroASP: lireNumero,
		Destinataires: func(context.Context, *sql.Tx, int64, compte.GenreCourriel) ([]compte.Destinataire, error) {
			return nil, p.Passer("people")
		},
		Annoncer: func(context.Context, *sql.Tx, []compte.Destinataire, []string) error { return p.Passer("mail") },
		Vive:     func(context.Context, etat.Cle) (*decision.Decision, error) { return x.d, p.Passer("decision") },
		Toucher:  func(context.Context, *sql.Tx, compte.Identite, etat.Cle) error { return p.Passer("version") },
		Valideurs: func(context.Context, db.Lecteur) ([]compte.Membre, error) {
			return []compte.Membre{{Compte: 7, Nom: "Victor"}}, p.Passer("members")
		},
	})
	for _, texte := range []string{
		`INSERT INTO compte (id, courriel, nom, etat, cree) VALUES (7, 'victor@exemple.invalid', 'Victor Exemple', 'actif', 1)`,
		`INSERT INTO fournisseur (id, siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES (1, '00000000100008', 'ÉDITEUR', 'actif', 'Contact', 'c@exemple.invalid', '+33199000000', 1)`,
		`INSERT INTO depot (id, fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, cherche)
			VALUES (1, 1, 7, 'avance', 'ANS0000001', '2023-10-02', 'a.json', '', 0, 1, 'accepte', 1, 1, 0, '{}', 'a.json')`,
		`INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES (1, 1, 0, 'A1', 'instruction', 1000, 1, '990000001', 0, 0, 1)`,
		`INSERT INTO decision (id, fournisseur_id, depot_id, rang, sens, montant, motifs, texte, etat, propose_par, propose, decide_par, decide, notifie, annee, numero) VALUES (1, 1, 1, 0, 'attribution', 1000, '', '', 'notifiee', 8, 1, 7, 1, 1, 2026, 1)`,
	} {
		if err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { _, err := tx.ExecContext(ctx, texte); return err }); err != nil {
			t.Fatal(err)
		}
	}
	x.d = &decision.Decision{ID: 1, Fournisseur: 1, Cle: etat.Cle{Depot: 1}, Sens: decision.Attribution, Montant: 1000, ProposePar: 8, Etat: decision.Proposee}
	return x
}

func reglages() (noms []string) {
	for _, r := range lettre.Reglages {
		noms = append(noms, r.Nom)
	}
	return noms
}

// pages serves them to a person.
func (x *fragile) pages(i compte.Identite) http.Handler {
	return web.Routeur(x.Routes(), &web.Site{
		Maintenant: func() time.Time { return midi }, Log: slog.New(slog.DiscardHandler), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), i)))
			})
		},
	})
}

func (x *fragile) chaque(t *testing.T, nom string, faire func() error) {
	t.Helper()
	x.panne.Chaque(t, x.base, dbessai.Acte{Nom: nom, Faire: faire})
}

// demander asks for a page, or posts a form, whatever step fails on the way.
func (x *fragile) demander(t *testing.T, i compte.Identite, motif string, champs url.Values) {
	t.Helper()
	methode, chemin, _ := strings.Cut(motif, " ")
	x.chaque(t, motif, func() error {
		r := httptest.NewRequestWithContext(t.Context(), methode, chemin, strings.NewReader(champs.Encode()))
		if methode == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		return webessai.Echec(x.pages(i), r)
	})
}

// lus are the fields of a form on the letter of a demande whose texts are those of the models.
func lus(v url.Values) url.Values {
	for l, texte := range map[string]string{"fr": lettre.Livre("attribution", "fr") + "\nPlus.", "en": lettre.Livre("attribution", "en")} {
		h := sha256.Sum256([]byte(texte))
		v.Set("lu-"+l, hex.EncodeToString(h[:]))
	}
	return v
}

// Whatever step fails, each act on letters is done wholly or not at all, and the counter says that it could not.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	admin := compte.Identite{Compte: 6, Role: compte.Administrateur}
	ines, victor := compte.Identite{Compte: 8, Role: compte.Instructeur}, compte.Identite{Compte: 7, Role: compte.Valideur}
	chef := compte.Identite{Compte: 9, Role: compte.Proprietaire, Fournisseur: 1}
	x.chaque(t, "ship the models", func() error { return x.Livrer(t.Context()) })
	x.demander(t, admin, "GET /modeles", nil)
	x.demander(t, admin, "GET /modeles/attribution-fr", nil)
	x.demander(t, admin, "POST /modeles/attribution-fr", url.Values{"texte": {lettre.Livre("attribution", "fr") + "\nPlus."}, "lue": {"1"}})
	x.demander(t, admin, "POST /modeles/attribution-fr", url.Values{"texte": {lettre.Livre("attribution", "fr")}, "faire": {"apercu"}, "numero": {"ASP-1"}})
	x.demander(t, admin, "GET /modeles/attribution-fr/versions/2", nil)
	dits := url.Values{"qualite-7-fr": {"responsable"}, "edition": {"0"}}
	for _, r := range lettre.Reglages {
		dits.Set(r.Nom+"-fr", "Valeur")
	}
	x.demander(t, admin, "GET /ce-que-disent-les-lettres", nil)
	x.chaque(t, "say what letters need", func() error {
		tous := map[string]modele.Texte{}
		for _, r := range lettre.Reglages {
			tous[r.Nom] = modele.Texte{Fr: "Valeur"}
		}
		return x.Regler(t.Context(), 6, tous)
	})
	x.chaque(t, "say as what somebody decides", func() error { return x.Qualifier(t.Context(), 6, 7, modele.Texte{Fr: "responsable"}) })
	x.demander(t, admin, "POST /ce-que-disent-les-lettres", dits)
	x.demander(t, admin, "POST /ce-que-disent-les-lettres", dits) // what was read is no longer what stands
	x.demander(t, admin, "GET /ce-que-disent-les-lettres/editions/1", nil)
	x.demander(t, victor, "GET /travail/ASP-1/lettre", nil)
	x.demander(t, ines, "POST /travail/ASP-1/lettre", lus(url.Values{"texte-fr": {lettre.Livre("attribution", "fr") + "\nUn mot."}, "texte-en": {lettre.Livre("attribution", "en")}}))

	x.d.Etat, x.d.DecidePar, x.d.Decide, x.d.Annee, x.d.Numero = decision.Decidee, 7, midi, 2026, 1
	x.chaque(t, "freeze", func() error {
		return x.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return x.Figer(ctx, tx, x.d, "") })
	})
	x.demander(t, victor, "GET /travail/ASP-1/lettre", nil)
	x.chaque(t, "make ready", func() error { return x.Preparer(t.Context(), x.d) })
	x.chaque(t, "send", func() error {
		return x.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return x.Envoyer(ctx, tx, x.d) })
	})
	x.chaque(t, "tell", func() error { return x.Dire(t.Context()) })
	x.chaque(t, "mail on several", func() error {
		_, err := x.RedigerPlusieurs(t.Context(), []string{"2026-000001"}, modele.Anglais)
		return err
	})
	x.chaque(t, "mail", func() error { _, err := x.Rediger(t.Context(), "2026-000001", modele.Francais); return err })
	x.demander(t, chef, "GET /lettres", nil)
	x.demander(t, chef, "GET /lettres/2026-000001", nil)
	x.demander(t, chef, "GET /lettres/2026-000001/pdf", nil)
	x.demander(t, victor, "POST /lettres/2026-000001", url.Values{"jour": {"24/11/2026"}})
	x.demander(t, chef, "GET /notification", nil)
	x.demander(t, chef, "POST /notification", url.Values{"choix": {"oui"}})
	a, err := x.Accord(t.Context(), x.base.Lire(), 1)
	r, errR := x.Recue(t.Context(), x.base.Lire(), 1, "2026-000001")
	if err != nil || errR != nil || !a.Oui || r.Lue.IsZero() || r.Postee.IsZero() || !r.Postale {
		t.Errorf("%+v, %+v, %v, %v", a, r, err, errR)
	}
	if _, err := x.Recue(t.Context(), x.base.Lire(), 2, "2026-000001"); err != lettre.ErrInconnue {
		t.Error(fmt.Sprint("another supplier's letter: ", err))
	}
}
