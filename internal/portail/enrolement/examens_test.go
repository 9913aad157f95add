package enrolement_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/journal"
	journalessai "guichet/internal/portail/journal/essai"
)

// aDeux is the service where two people accept bank details, and the second of them.
func aDeux(t *testing.T, b *db.Base) (x *banc, autre int64) {
	t.Helper()
	x = nouveau(t, b)
	x.Service.SecondePersonne = true
	return x, x.AjouterPersonneA(t, compte.Agence, compte.Administrateur, "autre@exemple.invalid").Compte
}

func (x *banc) relire(t *testing.T, id int64) enrolement.Enrolement {
	t.Helper()
	e, err := x.Examiner(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func actes(examens []enrolement.Examen) (texte string) {
	for _, e := range examens {
		texte += string(e.Acte) + " "
	}
	return texte
}

// Bank details are accepted by two people: the first gives an opinion, may take it back, and decides nothing more.
func TestSecondPerson(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x, autre := aDeux(t, b)
		un, ctx := x.Administrateur.Compte, t.Context()
		e, _ := x.demande(t)
		decider := func(par int64, d enrolement.Decision) error {
			d.Envoye = db.Instant(x.relire(t, e.ID).Envoye)
			return x.Decider(ctx, par, e.ID, d)
		}
		accepte, reprend, refuse := enrolement.Decision{Accepte: true}, enrolement.Decision{Reprend: true}, enrolement.Decision{Motif: "Le RIB"}
		if err := decider(un, reprend); champs(err) != ";" {
			t.Errorf("an opinion that was not given is taken back: %v", err)
		}
		if err := decider(un, accepte); err != nil {
			t.Fatal(err)
		}
		if e := x.relire(t, e.ID); e.Etat != enrolement.Demande || e.Avis != un || e.Fournisseur != 0 {
			t.Fatalf("one person accepted alone: %+v", e)
		}
		for nom, d := range map[string]enrolement.Decision{"accepts": accepte, "refuses": refuse} {
			if err := decider(un, d); champs(err) != ";" {
				t.Errorf("who gave the opinion %s: %v", nom, err)
			}
		}
		if err := decider(autre, reprend); champs(err) != ";" {
			t.Errorf("another one's opinion is taken back: %v", err)
		}
		for _, d := range []enrolement.Decision{reprend, refuse} {
			if err := decider(un, d); err != nil {
				t.Fatal(err)
			}
		}
		_, suite, _ := strings.Cut(x.dernier(t).Texte, "/enrolement/lien/")
		secret := strings.Fields(suite)[0]
		if _, err := x.EnvoyerDemande(ctx, secret, true); err != nil {
			t.Fatal(err)
		}
		for _, par := range []int64{un, autre} {
			x.Horloge.Avancer(time.Minute)
			if err := decider(par, accepte); err != nil {
				t.Fatal(err)
			}
		}
		if e = x.relire(t, e.ID); e.Etat != enrolement.Accepte || e.Fournisseur == 0 || e.Decideur != autre || e.Avis != 0 {
			t.Errorf("%+v", e)
		}
		examens, err := x.Examens(ctx, e.ID)
		if err != nil || actes(examens) != "avis reprise refuse avis accepte " {
			t.Errorf("%q, %v", actes(examens), err)
		}
		if z := examens[4]; !strings.HasPrefix(z.Par, "Camille administrateur") || !z.Instant.After(examens[3].Instant) || examens[2].Motif != "Le RIB" {
			t.Errorf("who decided, and when: %+v", examens)
		}
		if n, err := journalessai.Verifier(ctx, b, journal.Agence); err != nil || n == 0 {
			t.Errorf("the journal: %v", err)
		}
	})
}

// Another account needs a second person too; another software does not, nor does anything where that is not set.
func TestWhatNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x, autre := aDeux(t, b)
		un, ctx := x.Administrateur.Compte, t.Context()
		qui := compte.Identite{Compte: x.Proprietaire.Compte, Nom: "Camille", Courriel: x.Proprietaire.Courriel, Fournisseur: x.Fournisseur}
		f := enrolement.Fichier{Nom: "x.png", Octets: image1(t)}
		if _, err := x.DemanderLogiciel(ctx, qui, logiciel, f); err != nil {
			t.Fatal(err)
		}
		if _, err := x.DemanderVirement(ctx, qui, "X", iban, "EXEMFRPP", f); err != nil {
			t.Fatal(err)
		}
		attente, err := x.DemandesDe(ctx, x.Fournisseur)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range attente {
			d := enrolement.Decision{Accepte: true, Envoye: db.Instant(e.Envoye)}
			if err := x.Decider(ctx, un, e.ID, d); err != nil {
				t.Fatal(err)
			}
			fini := x.relire(t, e.ID).Etat == enrolement.Accepte
			if fini != (e.Genre == enrolement.Ajout) {
				t.Errorf("%s accepted by one: %v", e.Genre, fini)
			}
			if e.Genre != enrolement.Virement {
				continue
			}
			if l, _, err := x.Lister(ctx, enrolement.Filtre{Etat: "avis"}); err != nil || len(l) != 1 || l[0].ID != e.ID {
				t.Errorf("those that wait for the second: %+v, %v", l, err)
			}
			if fo, err := x.LireFournisseur(ctx, x.Fournisseur); err != nil || fo.Dossier.IBAN == iban {
				t.Errorf("the account changed by one: %v", err)
			}
			if err := x.Decider(ctx, autre, e.ID, d); err != nil || x.relire(t, e.ID).Etat != enrolement.Accepte {
				t.Errorf("the second person: %v", err)
			}
		}
	})
}

// Of several people who accept at once, one gives the opinion, another one decides, and nobody does both.
func TestRaceOfTwoPeople(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		x, autre := aDeux(t, b)
		e, _ := x.demande(t)
		qui := []int64{x.Administrateur.Compte, autre}
		var attente sync.WaitGroup
		erreurs := make([]error, 8)
		for i := range erreurs {
			attente.Go(func() {
				erreurs[i] = x.Decider(t.Context(), qui[i%2], e.ID, enrolement.Decision{Accepte: true, Envoye: db.Instant(e.Envoye)})
			})
		}
		attente.Wait()
		gagne := map[int64]int{}
		for i, err := range erreurs {
			if err == nil {
				gagne[qui[i%2]]++
			} else if champs(err) != ";" {
				t.Errorf("the others are told %v", err)
			}
		}
		if gagne[qui[0]] != 1 || gagne[qui[1]] != 1 {
			t.Errorf("who decided: %v", gagne)
		}
		examens, err := x.Examens(t.Context(), e.ID)
		if err != nil || actes(examens) != "avis accepte " {
			t.Errorf("%+v, %v", examens, err)
		}
	})
}

// Each field of a Dossier, each software and each document that changes is told, and nothing else.
func TestWhatChanged(t *testing.T) {
	t.Parallel()
	var d enrolement.Dossier
	if err := remplir(&d); err != nil {
		t.Fatal(err)
	}
	avant := enrolement.Vu{Dossier: d, Pieces: []enrolement.Piece{{Genre: "rib", Nom: "rib.pdf", SHA256: "a"}, {Genre: "tva", Nom: "tva.pdf", SHA256: "b"}}}
	if c := enrolement.Changements(avant, avant, enrolement.Masquer); len(c) != 0 {
		t.Errorf("nothing changed: %+v", c)
	}
	champs := reflect.TypeFor[enrolement.Dossier]()
	for i := range champs.NumField() {
		apres := avant
		switch f := reflect.ValueOf(&apres.Dossier).Elem().Field(i); f.Kind() {
		case reflect.String:
			f.SetString("AUTRE VALEUR 1234")
		case reflect.Bool:
			f.SetBool(!f.Bool())
		default:
			f.SetZero()
		}
		c := enrolement.Changements(avant, apres, enrolement.Masquer)
		if len(c) != 1 || c[0].Avant == c[0].Apres || c[0].Nom.Fr == "" || c[0].Nom.En == "" {
			t.Errorf("%s: %+v", champs.Field(i).Name, c)
		}
	}
	apres := avant
	apres.Pieces = []enrolement.Piece{{Genre: "rib", Nom: "rib.pdf", SHA256: "c"}, {Genre: "mandat", Nom: "m.pdf", SHA256: "d"}}
	if c := enrolement.Changements(avant, apres, enrolement.Masquer); len(c) != 3 {
		t.Errorf("documents replaced, added, taken away: %+v", c)
	}
}

// The page shows the whole IBAN when it is asked for, with a row in the journal; what changed since the refusal; who decided.
func TestExaminationPage(t *testing.T) {
	t.Parallel()
	x, _ := aDeux(t, dbessai.SQLite(t))
	site := x.site(t)
	e, _ := x.demande(t)
	if err := x.Decider(t.Context(), x.Administrateur.Compte, e.ID, enrolement.Decision{Motif: "Le RIB est flou", Envoye: db.Instant(e.Envoye)}); err != nil {
		t.Fatal(err)
	}
	_, suite, _ := strings.Cut(x.dernier(t).Texte, "/enrolement/lien/")
	secret := strings.Fields(suite)[0]
	err := x.Modifier(t.Context(), secret, func(d *enrolement.Dossier) error { return d.Banque("AUTRE TITULAIRE", "", "EXEMFRPPXXX") })
	if err == nil {
		_, err = x.EnvoyerDemande(t.Context(), secret, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	a := x.Connecte(t, site.URL, x.Administrateur)
	admin := &client{a.Client, t, site.URL}
	page := admin.lire("/enrolements/1", 200, "/enrolements/1", "Changé depuis le refus du", "AUTRE TITULAIRE", "SOCIÉTÉ D'EXEMPLE", "EXEMFRPPXXX",
		"Qui a décidé, et quand", "Camille administrateur", "Le RIB est flou", "deux personnes l'acceptent")
	entier := enrolement.Grouper(iban)
	if strings.Contains(page, entier) || strings.Contains(page, iban) {
		t.Error("the IBAN is shown unasked")
	}
	if n := lignes(t, x, "iban.affiche"); n != 0 {
		t.Errorf("%d rows before it was shown", n)
	}
	admin.poster("/enrolements/1/iban", nil, 200, "/enrolements/1/iban", entier, `<img src="/enrolements/1/pieces/4"`)
	if n := lignes(t, x, "iban.affiche"); n != 1 {
		t.Errorf("%d rows in the journal", n)
	}
	_, envoi, _ := strings.Cut(page, `name="envoi" value="`)
	envoi, _, _ = strings.Cut(envoi, `"`)
	admin.poster("/enrolements/1", map[string][]string{"decision": {"accepter"}, "envoi": {envoi}}, 200, "/enrolements/1", "Votre avis favorable est noté", "Reprendre mon avis", "second avis attendu")
	admin.lire("/enrolements", 200, "/enrolements", "second avis attendu")
	admin.poster("/enrolements/1", map[string][]string{"decision": {"reprendre"}, "envoi": {envoi}}, 200, "/enrolements/1", "Votre avis est repris")
}

func lignes(t *testing.T, x *banc, action string) (n int) {
	t.Helper()
	if err := x.Monde.Base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM journal WHERE action = $1`, action).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
