package depot_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/diag"
	"guichet/internal/portail/comptabilite"
	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/modele"
)

// What was accepted is a demande, what was refused has used its number only, and the returned file says both.
func TestDeposit(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		octets := fichierDe(0, 100, "AA", 10)
		d := g.deposer(t, envoi(g.fournisseurs[0], octets))
		if d.Verdict != diag.Partiel || d.Demandes != 100 || d.Acceptees != 90 || d.Incompletes != 90 {
			t.Fatalf("%+v", d)
		}
		if n := g.compter(t, `SELECT count(*) FROM demande WHERE depot_id = $1`, d.ID); n != 90 {
			t.Errorf("%d demandes", n)
		}
		if n := g.compter(t, `SELECT sum(length(suite)) / 2 FROM numero_utilise WHERE depot_id = $1`, d.ID); n != 100 {
			t.Errorf("%d numbers", n)
		}
		if n := g.compter(t, `SELECT nombre FROM demande_etat WHERE fournisseur_id = $1 AND etat = $2`, d.Fournisseur, depot.Incomplete); n != 90 {
			t.Errorf("%d counted", n)
		}
		if v := comptabiliteessai.Verifier(t, b); v.Ecritures != 1 || v.Demandes != 90 || v.Soldes[comptabilite.EnInstance] == 0 {
			t.Errorf("accounts %+v", v)
		}
		if n, err := journalessai.Verifier(t.Context(), b, d.Fournisseur); n != 1 || err != nil {
			t.Errorf("journal: %d rows, %v", n, err)
		}
		relu, err := g.Depot(t.Context(), d.Fournisseur, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		retour, err := g.Retour(t.Context(), relu)
		if err != nil {
			t.Fatal(err)
		}
		comparer(t, octets, retour)
		if !bytes.Contains(retour, []byte(`"`+depot.NumeroASP(d.ID, 0)+`"`)) || bytes.Count(retour, []byte(`"Demande acceptée"`)) != 90 {
			t.Error("the returned file does not say what was accepted")
		}
		f, err := g.Rapport(t.Context(), relu, modele.Francais)
		if err != nil || f.Verdict != diag.Partiel || *f.Demandes[9].CodeTraitement != d.Reponse.Refus[0].Code {
			t.Errorf("report: %s, %v", f.Verdict, err)
		}
		if _, err := g.Depot(t.Context(), d.Fournisseur+1, d.ID); !errors.Is(err, depot.ErrInconnu) {
			t.Errorf("another supplier reads it: %v", err)
		}
	})
}

// comparer holds a returned file to the lines of the given one, but for the four tags.
func comparer(t *testing.T, avant, apres []byte) {
	t.Helper()
	a, b := strings.Split(string(avant), "\n"), strings.Split(string(apres), "\n")
	if len(a) != len(b) {
		t.Fatalf("%d lines, want %d", len(b), len(a))
	}
	for i := range a {
		balise := strings.Trim(strings.SplitN(b[i], ":", 2)[0], ` "`)
		if a[i] != b[i] && !strings.Contains(" impId numeroASP codeTraitement libelleTraitement ", " "+balise+" ") {
			t.Errorf("line %d: %s, want %s", i+1, b[i], a[i])
		}
	}
}

// A number that an earlier deposit used, accepted or not, refuses the demande that has no other error.
func TestUsedNumbers(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		premier := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 10, "AA", 5)))
		e := envoi(g.fournisseurs[0], fichierDe(0, 20, "AA", 0))
		e.Nom = "JSON-ANS0000001-20261124-002.json"
		d := g.deposer(t, e)
		if d.Verdict != diag.Partiel || d.Acceptees != 10 || len(d.Reponse.Refus) != 10 {
			t.Fatalf("%+v", d)
		}
		for i, r := range d.Reponse.Refus {
			if r.Rang != i || r.Code != "C402" || !strings.Contains(r.Libelle, premier.Nom+" du 24/11/2026") {
				t.Errorf("%+v", r)
			}
		}
		if n := g.compter(t, `SELECT acceptees FROM depot WHERE id = $1`, d.ID); n != 10 {
			t.Errorf("%d stored as accepted", n)
		}
		f, err := g.Rapport(t.Context(), d, modele.Francais)
		if err != nil || *f.Demandes[0].CodeTraitement != "C402" || *f.Demandes[10].CodeTraitement != "0000" {
			t.Errorf("the report made again differs: %v", err)
		}
		if f, err = g.Rapport(t.Context(), d, modele.Anglais); err != nil || !strings.Contains(fmt.Sprint(f), premier.Nom+" of 24\u00a0Nov\u00a02026") {
			t.Errorf("in English: %v, %+v", err, f.Demandes[0])
		}
		e.Corps = bytes.NewReader(fichierDe(0, 20, "AA", 3))
		if _, f := g.controler(t, e); f.Verdict != diag.Refuse {
			t.Errorf("control: %+v", f)
		}
		if d := g.deposer(t, envoi(g.fournisseurs[1], fichierDe(1, 20, "AA", 0))); d.Verdict != diag.Accepte {
			t.Errorf("another supplier's numbers: %+v", d)
		}
	})
}

// A file that the first control rejects leaves its trace only.
func TestRejectedFile(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		valide := fichierDe(0, 5, "AA", 0)
		for texte, verdict := range map[string]diag.Verdict{
			"{": diag.Illisible, "{}": diag.Rejete, "\x00\xff": diag.Illisible,
			strings.Replace(string(valide), `"ANS0000001"`, `"ANS0000002"`, 1): diag.Rejete,
			strings.Replace(string(valide), siret(0), siret(1), 1):             diag.Rejete,
		} {
			d := g.deposer(t, envoi(g.fournisseurs[0], []byte(texte)))
			if d.Verdict != verdict || d.Acceptees != 0 || d.Reponse.Fichier == nil || d.Reponse.Fichier.Code == "" {
				t.Errorf("%.20q: %+v", texte, d)
			}
		}
		if n := g.compter(t, `SELECT (SELECT count(*) FROM demande) + (SELECT count(*) FROM numero_utilise)`); n != 0 {
			t.Errorf("%d rows beside the traces", n)
		}
		if n := g.compter(t, `SELECT count(*) FROM depot`); n != 5 {
			t.Errorf("%d traces", n)
		}
		if d := g.deposer(t, envoi(g.fournisseurs[0], valide)); d.Verdict != diag.Accepte {
			t.Errorf("the mended file: %+v", d)
		}
	})
}

// The same file sent by many at once is one deposit, and each is told which.
func TestSameFile(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		octets := fichierDe(0, 50, "AA", 0)
		var mu sync.Mutex
		ids, neufs := map[int64]bool{}, 0
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				d, err := g.Deposer(t.Context(), envoi(g.fournisseurs[0], octets))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				if ids[d.ID] = true; !d.DejaDepose {
					neufs++
				}
			})
		}
		wg.Wait()
		if len(ids) != 1 || neufs != 1 || g.compter(t, `SELECT count(*) FROM demande`) != 50 {
			t.Errorf("deposits %v, %d new", ids, neufs)
		}
	})
}

// Deposits that share numbers, sent at once, give each number to one of them.
// ASVS 2.3.4.
func TestRaceForNumbers(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				if _, err := g.Deposer(t.Context(), envoi(g.fournisseurs[0], fichierDe(0, 20+i, "AA", 0))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := g.compter(t, `SELECT count(*) FROM demande`); n != 25 {
			t.Errorf("%d demandes, want 25", n)
		}
		if n := g.compter(t, `SELECT count(DISTINCT numero) FROM demande`); n != 25 {
			t.Errorf("%d numbers, want 25", n)
		}
	})
}

// A control answers like a deposit, and leaves nothing but the file, for an hour; deposited, it is that deposit.
func TestControl(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		octets := fichierDe(0, 20, "AA", 10)
		c, f := g.controler(t, envoi(g.fournisseurs[0], octets))
		if !c.Controle() || f.Verdict != diag.Partiel || len(f.Demandes) != 20 || len(f.Demandes[9].Anomalies) == 0 {
			t.Errorf("%+v, %+v", c, f)
		}
		if n := g.compter(t, `SELECT (SELECT count(*) FROM depot) + (SELECT count(*) FROM numero_utilise) + (SELECT count(*) FROM journal)`); n != 0 {
			t.Errorf("%d rows", n)
		}
		if f, err := g.m.Lire(c.SHA256); err == nil {
			_ = f.Close()
			t.Error("the bytes are kept among deposits")
		}
		if _, err := g.Controle(t.Context(), g.fournisseurs[1], c.Jeton()); !errors.Is(err, depot.ErrInconnu) {
			t.Errorf("another supplier's: %v", err)
		}
		d, err := g.DeposerControle(t.Context(), c, 8, 0)
		if err != nil || d.Verdict != diag.Partiel || d.Acceptees != 18 || d.SHA256 != c.SHA256 || d.Nom != c.Nom || d.Compte != 8 {
			t.Errorf("%+v, %v", d, err)
		}
		if d, err = g.DeposerControle(t.Context(), c, 8, 0); err != nil || !d.DejaDepose {
			t.Errorf("twice: %+v, %v", d, err)
		}
	})
}

// A control says the same each time it is looked at: from memory, from the disk after the counter was killed, and what others have
// used meanwhile each time anew.
func TestControlReadAgain(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		c, avant := g.controler(t, envoi(g.fournisseurs[0], fichierDe(0, 20, "AA", 10)))
		reprise, err := depot.Ouvrir(t.Context(), depot.Options{
			Base: b, Fichiers: g.m, Brouillons: brouillons(t, g.controles), Maintenant: func() time.Time { return instant },
		})
		if err != nil {
			t.Fatal(err)
		}
		relire := func(s *depot.Service) diag.Fichier {
			t.Helper()
			d, err := s.Controle(t.Context(), g.fournisseurs[0], c.Jeton())
			if err != nil {
				t.Fatal(err)
			}
			f, err := s.Rapport(t.Context(), d, modele.Francais)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		for nom, f := range map[string]diag.Fichier{"again": relire(g.Service), "after a kill": relire(reprise), "and again": relire(reprise)} {
			if !reflect.DeepEqual(f, avant) {
				t.Errorf("%s: %+v, want %+v", nom, f, avant)
			}
		}
		g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 3, "AA", 0)))
		for nom, s := range map[string]*depot.Service{"in memory": g.Service, "on the disk": reprise} {
			if f := relire(s); *f.Demandes[0].CodeTraitement == diag.Accepted || *f.Demandes[3].CodeTraitement != diag.Accepted {
				t.Errorf("%s, with numbers used meanwhile: %s, %s", nom, *f.Demandes[0].CodeTraitement, *f.Demandes[3].CodeTraitement)
			}
		}
	})
}

// A large file, too, is controlled and deposited from where it waits.
func TestLargeControl(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	octets := append(fichierDe(0, 200, "AA", 0), bytes.Repeat([]byte(" "), 2<<20)...)
	c, f := g.controler(t, envoi(g.fournisseurs[0], octets))
	if f.Verdict != diag.Accepte || c.Taille != int64(len(octets)) {
		t.Fatalf("%+v, %s", c, f.Verdict)
	}
	if d, err := g.DeposerControle(t.Context(), c, 7, 0); err != nil || d.Acceptees != 200 {
		t.Errorf("%+v, %v", d, err)
	}
}

// The sure repairs of a deposit are a file that has no error left.
func TestRepairedFile(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	juste := fichierDe(0, 4, "AA", 0)
	d := g.deposer(t, envoi(g.fournisseurs[0], bytes.ReplaceAll(juste, []byte(`"DURANDAL"`), []byte(`"Durandal"`))))
	r, err := g.Corrige(t.Context(), d)
	if d.Verdict != diag.Refuse || err != nil || !bytes.Equal(r.Octets, juste) {
		t.Errorf("%s, %d repairs, %v", d.Verdict, len(r.Faites), err)
	}
}

// prise is what can be done with what is sent.
type prise func(context.Context, depot.Envoi) (*depot.Depot, error)

// What is not taken says why, in both languages, and leaves nothing.
func TestNotTaken(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	for nom, changer := range map[string]func(e *depot.Envoi){
		"solde":    func(e *depot.Envoi) { e.Type = depot.Solde },
		"type":     func(e *depot.Envoi) { e.Type = "x" },
		"name":     func(e *depot.Envoi) { e.Nom = "a\x00b" },
		"supplier": func(e *depot.Envoi) { e.Fournisseur = 99 },
		"told":     func(e *depot.Envoi) { e.Taille = depot.MaxOctets + 1 },
		"heavy":    func(e *depot.Envoi) { e.Corps = bytes.NewReader(make([]byte, depot.MaxOctets+1)) },
	} {
		for _, prendre := range []prise{g.Deposer, g.Garder} {
			e := envoi(g.fournisseurs[0], []byte("{}"))
			changer(&e)
			_, err := prendre(t.Context(), e)
			var r depot.Refuse
			if !errors.As(err, &r) || r.Fr == "" || r.En == "" {
				t.Errorf("%s: %v", nom, err)
			}
		}
	}
	if n := g.compter(t, `SELECT count(*) FROM depot`); n != 0 {
		t.Errorf("%d rows", n)
	}
}

// What follows from a deposit is in its transaction: when it fails, nothing is there.
// ASVS 2.3.3.
func TestWhatFollows(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		refus := errors.New("no job")
		s, err := depot.Ouvrir(t.Context(), depot.Options{
			Base: b, Fichiers: g.m, Maintenant: t0,
			Apres: func(context.Context, *sql.Tx, *depot.Depot) error { return refus },
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Deposer(t.Context(), envoi(g.fournisseurs[0], fichierDe(0, 3, "AA", 0))); !errors.Is(err, refus) {
			t.Errorf("error %v", err)
		}
		if n := g.compter(t, `SELECT (SELECT count(*) FROM depot) + (SELECT count(*) FROM numero_utilise) + (SELECT count(*) FROM demande)`); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

// What is no JSON but a picture, an archive, a workbook or a page is named, with what to do, and nothing of it is kept.
func TestNotJSON(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	g := ouvrir(t, b, 1)
	for octets, want := range map[string]string{
		"\x89PNG\r\n\x1a\n" + strings.Repeat("x", 3<<20): "une image", "PK\x03\x04 lot": "une archive ZIP", "PK\x03\x04 xl/workbook.xml": "un classeur (XLSX, ODS)",
		"%PDF-1.7": "un PDF", "\ufeff <!DOCTYPE html><html>Se connecter": "une page HTML", "\x1f\x8b\x08": "un fichier compressé",
	} {
		for _, prendre := range []prise{g.Deposer, g.Garder} {
			_, err := prendre(t.Context(), envoi(g.fournisseurs[0], []byte(octets)))
			var refus depot.Refuse
			if !errors.As(err, &refus) || !strings.Contains(refus.Fr, want) || !strings.Contains(refus.Fr, "rien n'est gardé. À faire : ") || refus.En == "" {
				t.Errorf("%.20q: %v", octets, err)
			}
		}
	}
	if n := g.compter(t, `SELECT count(*) FROM depot`); n != 0 {
		t.Errorf("%d deposits", n)
	}
	for _, dossier := range []string{g.racine, g.controles} {
		if gardes, err := filepath.Glob(filepath.Join(dossier, "*", "*")); err != nil || len(gardes) > 0 {
			t.Errorf("kept: %v, %v", gardes, err)
		}
	}
}
