package enrolement_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/journal"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/modele"
)

const (
	adresse = "demandeur@exemple.invalid"
	siret   = "00000000300004"
)

// banc is the service beside the small world of accounts.
type banc struct {
	*enrolement.Service
	*essai.Monde

	dossier string // of the kept files

	mu        sync.Mutex
	courriels []compte.Courriel
}

func nouveau(t testing.TB, b *db.Base) *banc {
	t.Helper()
	dossier := t.TempDir()
	m, err := fichier.Ouvrir(dossier)
	if err != nil {
		t.Fatal(err)
	}
	x := &banc{Monde: essai.Nouveau(t, b), dossier: dossier}
	x.Service = enrolement.Nouveau(enrolement.Config{
		Base: b, Fichiers: m, Comptes: x.Monde.Service, Maintenant: x.Horloge.Maintenant, Adresse: essai.Adresse, Envoyer: x.noterCourriel,
	})
	return x
}

func (x *banc) noterCourriel(_ context.Context, _ *sql.Tx, c compte.Courriel) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.courriels = append(x.courriels, c)
	return nil
}

func (x *banc) dernier(t testing.TB) compte.Courriel {
	t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.courriels) == 0 {
		t.Fatal("no mail")
	}
	return x.courriels[len(x.courriels)-1]
}

func image1(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var logiciel = enrolement.Logiciel{NumeroAns: "ANS0000009", Nom: "DOSSIER D'EXEMPLE", Version: "V1", Profils: enrolement.Profils()[:2]}

func remplir(d *enrolement.Dossier) error {
	d.Logiciels = nil
	return errors.Join(d.Entreprise(siret, "SOCIÉTÉ D'EXEMPLE", "1 rue de l'Exemple, 99000 EXEMPLE", true),
		d.Interlocuteur("Dominique Exemple", adresse, "01 99 00 45 67", true),
		d.Ajouter(logiciel), d.Banque("SOCIÉTÉ D'EXEMPLE", iban, "EXEMFRPP"))
}

// complet fills a draft in with all that it needs.
func (x *banc) complet(t testing.TB) (secret string) {
	t.Helper()
	secret, err := x.Commencer(t.Context(), modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	x.remplit(t, secret)
	return secret
}

// remplit does so for one that has begun.
func (x *banc) remplit(t testing.TB, secret string) {
	t.Helper()
	err := x.Modifier(t.Context(), secret, remplir)
	for _, g := range []string{"certificat", "identite", "mandat", "rib", "tva"} {
		err = errors.Join(err, x.Joindre(t.Context(), secret, g, enrolement.Fichier{Nom: g + ".png", Octets: image1(t)}))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// demande sends one and returns it.
func (x *banc) demande(t testing.TB) (e enrolement.Enrolement, secret string) {
	t.Helper()
	secret = x.complet(t)
	if _, err := x.EnvoyerDemande(t.Context(), secret, true); err != nil {
		t.Fatal(err)
	}
	e, err := x.Service.Lire(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return e, secret
}

func champs(err error) (noms string) {
	if e, ok := err.(interface{ Unwrap() []error }); ok {
		for _, x := range e.Unwrap() {
			noms += champs(x)
		}
		return noms
	}
	var f *compte.Faute
	if errors.As(err, &f) {
		return f.Champ + ";"
	}
	return ""
}

// From the draft to the owner's link: refused once, corrected, accepted; the journal holds and forgets nothing.
func TestEnrolment(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		ctx := t.Context()
		e, secret := x.demande(t)
		if err := x.Modifier(ctx, secret, remplir); !errors.Is(err, enrolement.ErrFige) {
			t.Errorf("a request that was sent changes: %v", err)
		}
		admin := x.Administrateur.Compte
		if err := x.Decider(ctx, admin, e.ID, enrolement.Decision{Envoye: db.Instant(e.Envoye)}); champs(err) != "motif;" {
			t.Errorf("refused without a reason: %v", err)
		}
		if err := x.Decider(ctx, admin, e.ID, enrolement.Decision{Envoye: db.Instant(e.Envoye), Motif: "Le mandat\r\nBcc: x"}); err != nil {
			t.Fatal(err)
		}
		c := x.dernier(t)
		if c.A != adresse || !strings.Contains(c.Texte, "> Le mandat\n> Bcc: x") {
			t.Errorf("mail: %+v", c)
		}
		if _, err := x.Service.Lire(ctx, secret); !errors.Is(err, enrolement.ErrInconnu) {
			t.Error("the old link still works")
		}
		_, suite, _ := strings.Cut(c.Texte, "/enrolement/lien/")
		secret = strings.Fields(suite)[0]
		if _, err := x.EnvoyerDemande(ctx, secret, true); err != nil {
			t.Fatal(err)
		}
		err := x.Decider(ctx, admin, e.ID, enrolement.Decision{Accepte: true, Envoye: db.Instant(e.Envoye) - 1})
		if champs(err) != ";" {
			t.Errorf("decided on what was not looked at: %v", err)
		}
		if e, err = x.Examiner(ctx, e.ID); err != nil {
			t.Fatal(err)
		}
		if err := x.Decider(ctx, admin, e.ID, enrolement.Decision{Accepte: true, Envoye: db.Instant(e.Envoye)}); err != nil {
			t.Fatal(err)
		}
		compteNouveau, err := x.Ouvrir(ctx, x.Lien(t, adresse), compte.Ouverture{Nom: "Dominique Exemple", MotDePasse: essai.MotDePasse})
		if err != nil || compteNouveau == 0 {
			t.Fatalf("the owner's link: %v", err)
		}
		e, err = x.Examiner(ctx, e.ID)
		if err != nil || e.Etat != enrolement.Accepte || e.Fournisseur == 0 || len(e.Pieces) != 5 {
			t.Errorf("%+v, %v", e, err)
		}
		f, err := x.LireFournisseur(ctx, e.Fournisseur)
		if err != nil || f.Dossier.IBAN != iban || !f.Dossier.HorsTVA || len(f.Dossier.Logiciels) != 1 || f.Dossier.Telephone != "+33199004567" {
			t.Errorf("%+v, %v", f, err)
		}
		for _, chaine := range []int64{journal.Agence, e.Fournisseur} {
			if n, err := journalessai.Verifier(ctx, b, chaine); err != nil || n == 0 {
				t.Errorf("chain %d: %d rows, %v", chaine, n, err)
			}
		}
	})
}

// Of two agents who decide at once one wins, and the other is told by whom.
func TestTwoDecisions(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		e, _ := x.demande(t)
		var attente sync.WaitGroup
		erreurs := make([]error, 6)
		for i := range erreurs {
			attente.Go(func() {
				d := enrolement.Decision{Accepte: i%2 == 0, Motif: "non", Envoye: db.Instant(e.Envoye)}
				erreurs[i] = x.Decider(t.Context(), x.Administrateur.Compte, e.ID, d)
			})
		}
		attente.Wait()
		gagne := 0
		for _, err := range erreurs {
			switch {
			case err == nil:
				gagne++
			case !strings.Contains(err.Error(), "Camille administrateur has"):
				t.Errorf("the other is told %v", err)
			}
		}
		if gagne != 1 {
			t.Errorf("%d decisions hold", gagne)
		}
	})
}

// A SIRET or a number that is enrolled already: the applicant is told what everybody is told, the agency all.
func TestAlreadyEnrolled(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		admin := x.Administrateur.Compte
		un, _ := x.demande(t)
		recu := x.dernier(t)
		if err := x.Decider(t.Context(), admin, un.ID, enrolement.Decision{Accepte: true, Envoye: db.Instant(un.Envoye)}); err != nil {
			t.Fatal(err)
		}
		deux, _ := x.demande(t)
		if c := x.dernier(t); c.Sujet[:20] != recu.Sujet[:20] || len(c.Texte) != len(recu.Texte) {
			t.Errorf("the mail tells: %s", c.Texte)
		}
		conflits, err := x.Conflits(t.Context(), deux)
		if err != nil || len(conflits) != 2 {
			t.Errorf("the agency is told %q, %v", conflits, err)
		}
		if err := x.Decider(t.Context(), admin, deux.ID, enrolement.Decision{Accepte: true, Envoye: db.Instant(deux.Envoye)}); champs(err) != ";" {
			t.Errorf("accepted twice: %v", err)
		}
		if n, err := x.Attente(t.Context(), 10); n != 1 || err != nil {
			t.Errorf("%d wait, %v", n, err)
		}
		for f, want := range map[enrolement.Filtre]int{{}: 2, {Etat: "demande"}: 1, {Cherche: siret}: 2, {Cherche: siret[:3] + " " + siret[3:9] + "\u00a0" + siret[9:]}: 2, {Cherche: " " + siret[4:7] + " " + siret[7:11]}: 2, {Cherche: "enr-"}: 0, {Cherche: "société"}: 2, {Cherche: "SOCIETE"}: 2, {Cherche: "ocie\u0301t"}: 2, {Cherche: "%"}: 0, {Cherche: "_"}: 0, {Genre: "banque"}: 0, {Page: 9}: 0} {
			if l, _, err := x.Lister(t.Context(), f); len(l) != want || err != nil {
				t.Errorf("%+v lists %d, want %d (%v)", f, len(l), want, err)
			}
		}
	})
}

// A supplier's own requests: another software and another account wait for the agency; one account at a time.
func TestOwnRequests(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		ctx := t.Context()
		qui := compte.Identite{Compte: x.Proprietaire.Compte, Nom: "Camille", Courriel: x.Proprietaire.Courriel, Fournisseur: x.Fournisseur}
		f := enrolement.Fichier{Nom: "x.png", Octets: image1(t)}
		if _, err := x.DemanderLogiciel(ctx, qui, logiciel, f); err != nil {
			t.Fatal(err)
		}
		if _, err := x.DemanderVirement(ctx, qui, "X", iban, "EXEMFRPP", f); err != nil {
			t.Fatal(err)
		}
		if _, err := x.DemanderVirement(ctx, qui, "X", iban, "EXEMFRPP", f); champs(err) != ";" {
			t.Errorf("two accounts wait: %v", err)
		}
		attente, err := x.DemandesDe(ctx, x.Fournisseur)
		if err != nil || len(attente) != 2 {
			t.Fatalf("%+v, %v", attente, err)
		}
		for _, e := range attente {
			if err := x.Decider(ctx, x.Administrateur.Compte, e.ID, enrolement.Decision{Accepte: true, Envoye: db.Instant(e.Envoye)}); err != nil {
				t.Error(err)
			}
		}
		fo, err := x.LireFournisseur(ctx, x.Fournisseur)
		if err != nil || fo.Dossier.IBAN != iban || len(fo.Dossier.Logiciels) != 1 {
			t.Errorf("%+v, %v", fo, err)
		}
		if err := x.Suspendre(ctx, x.Administrateur.Compte, x.Fournisseur, "Contrôle"); err != nil {
			t.Error(err)
		}
		if fo, _ := x.LireFournisseur(ctx, x.Fournisseur); !fo.Suspendu || fo.Motif != "Contrôle" {
			t.Errorf("%+v", fo)
		}
		ecrireSQL(t, b, `UPDATE enrolement SET langue = 'en' WHERE fournisseur_id = $1`, x.Fournisseur)
		if err := x.Reactiver(ctx, x.Administrateur.Compte, x.Fournisseur, "Fini"); err != nil {
			t.Error(err)
		}
		if m := x.dernier(t); m.Sujet != "You can deposit again" {
			t.Errorf("the mail to who asked in English: %+v", m)
		}
		if err := x.Suspendre(ctx, 1, x.Fournisseur, "Contrôle"); err != nil {
			t.Error(err)
		}
		if err := x.Suspendre(ctx, 1, x.Fournisseur, "Contrôle"); champs(err) != ";" {
			t.Errorf("suspended twice: %v", err)
		}
		if err := x.Reactiver(ctx, x.Administrateur.Compte, x.Fournisseur, "Fini"); err != nil {
			t.Error(err)
		}
	})
}

// Drafts that nobody touches are forgotten, with their documents; requests that were sent are not.
func TestForgottenDrafts(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x := nouveau(t, b)
		brouillon := x.complet(t)
		_, envoye := x.demande(t)
		x.Horloge.Avancer(61 * 24 * 3600e9)
		if err := x.Service.Balayer(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Service.Lire(t.Context(), brouillon); !errors.Is(err, enrolement.ErrInconnu) {
			t.Error(err)
		}
		if e, err := x.Service.Lire(t.Context(), envoye); err != nil || len(e.Pieces) != 5 {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

// Documents that are not what they say, or too large, are refused beside their field, and nothing is kept.
// ASVS 5.2.2.
func TestHostileDocuments(t *testing.T) {
	t.Parallel()
	x := nouveau(t, dbessai.SQLite(t))
	secret, err := x.Commencer(t.Context(), modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	for nom, octets := range map[string][]byte{
		"page.pdf": []byte("<html><script>alert(1)</script>"), "vide.png": nil, "coupe.png": image1(t)[:60], "lourd.pdf": bytes.Repeat([]byte("%PDF-1.7 "), 400_000),
	} {
		if err := x.Joindre(t.Context(), secret, "rib", enrolement.Fichier{Nom: nom, Octets: octets}); champs(err) != "fichier-rib;" {
			t.Errorf("%s: %v", nom, err)
		}
	}
	if err := x.Joindre(t.Context(), secret, "rib", enrolement.Fichier{Nom: "\u202Egnp.\r\nexe", Octets: image1(t)}); err != nil {
		t.Fatal(err)
	}
	e, err := x.Service.Lire(t.Context(), secret)
	if err != nil || len(e.Pieces) != 1 || strings.ContainsAny(e.Pieces[0].Nom, "\\\u202E\r\n") || e.Pieces[0].Format != "PNG" {
		t.Errorf("%+v, %v", e.Pieces, err)
	}
	if _, err := x.EnvoyerDemande(t.Context(), secret, false); strings.Count(champs(err), ";") < 6 {
		t.Errorf("an empty request: %v", err)
	}
}

func ecrireSQL(t *testing.T, b *db.Base, texte string, args ...any) {
	t.Helper()
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, texte, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
