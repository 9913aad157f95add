package depot_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/diag"
	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/registres"
	"guichet/modele"
	"guichet/referentiel"
)

// avecRegistres is a counter whose registers are in a folder.
func avecRegistres(t *testing.T, b *db.Base, suppliers int) (*guichet, string) {
	t.Helper()
	g, dossier := ouvrir(t, b, suppliers), t.TempDir()
	r := registres.Ouvrir(t.Context(), registres.Config{Dossier: dossier, Base: b, Fichiers: g.m, Maintenant: t0, Log: slog.New(slog.DiscardHandler)})
	s, err := depot.Ouvrir(t.Context(), depot.Options{Base: b, Fichiers: g.m, Maintenant: t0, Registres: r})
	if err != nil {
		t.Fatal(err)
	}
	return &guichet{Service: s, b: b, m: g.m, fournisseurs: g.fournisseurs}, dossier
}

// charger puts a register into the folder, as `guichet referentiel load` does: a new file in the place of the old.
func charger(t testing.TB, dossier string, n referentiel.Nom, texte string) {
	t.Helper()
	r, err := referentiel.Lire(n, strings.NewReader(texte), referentiel.Origine{Fichier: string(n) + "-20261101.csv"})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	chemin := filepath.Join(dossier, n.Fichier())
	if err = r.Ecrire(&b); err == nil {
		err = os.WriteFile(chemin+".neuf", b.Bytes(), 0o600)
	}
	if err == nil {
		err = os.Rename(chemin+".neuf", chemin)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// lesESMS are the FINESS géographiques of a file of the corpus with so many demandes of two.
func lesESMS(demandes int) (numeros []string) {
	for i := range 2 * demandes {
		numeros = append(numeros, corpus.Finess(500_000+i))
	}
	return numeros
}

// codes lists the codes of a report, each once, and the register lines.
func (g *guichet) codes(t *testing.T, d *depot.Depot) (codes []string, f diag.Fichier) {
	t.Helper()
	f, err := g.Rapport(t.Context(), d, modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	for o := range f.All() {
		codes = append(codes, o.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes), f
}

// A register that is loaded while the counter runs serves the next deposit, and only it: the page of the one before
// says what it said. One that is damaged leaves that before in use.
func TestRegistersOfTheDay(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g, dossier := avecRegistres(t, b, 1)
		deposer := func(serie string) *depot.Depot {
			return g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 4, serie, 0)))
		}
		sans := deposer("AA")
		charger(t, dossier, referentiel.NomEligibles, strings.Join(lesESMS(4)[:6], "\n"))
		tous := deposer("BB")
		if tous.Verdict != diag.Partiel || len(tous.Reponse.Refus) != 1 || tous.Reponse.Refus[0].Code != "C403" {
			t.Errorf("with the list: %+v", tous.Reponse)
		}
		if err := os.WriteFile(filepath.Join(dossier, "eligibles.csv"), []byte("abîmé\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if d := deposer("CC"); d.Verdict != diag.Partiel {
			t.Errorf("with a damaged list: %s", d.Verdict)
		}
		charger(t, dossier, referentiel.NomEligibles, strings.Join(lesESMS(4), "\n"))
		if d := deposer("DD"); d.Verdict != diag.Accepte {
			t.Errorf("with another list: %+v", d.Reponse)
		}
		for _, n := range []referentiel.Nom{referentiel.NomEligibles} {
			if err := os.Remove(filepath.Join(dossier, n.Fichier())); err != nil {
				t.Fatal(err)
			}
		}
		deposer("EE")
		if codes, f := g.codes(t, sans); slices.Contains(codes, "C403") || len(f.Registres) != 0 || !contient(f.NonVerifie, "ESMS éligibles : ce guichet") {
			t.Errorf("the first deposit now: %v %+v %q", codes, f.Registres, f.NonVerifie)
		}
		relu, err := g.Depot(t.Context(), tous.Fournisseur, tous.ID)
		if err != nil {
			t.Fatal(err)
		}
		if codes, f := g.codes(t, relu); !slices.Contains(codes, "C403") || len(f.Registres) != 1 || f.Registres[0].Lignes != 6 || contient(f.NonVerifie, "ESMS éligibles") {
			t.Errorf("the second deposit now: %v %+v %q", codes, f.Registres, f.NonVerifie)
		}
	})
}

func contient(lignes []string, morceau string) bool {
	return slices.ContainsFunc(lignes, func(l string) bool { return strings.Contains(l, morceau) })
}

// FINESS gives warnings, and changes no code.
func TestFinessIsNoCode(t *testing.T) {
	t.Parallel()
	g, dossier := avecRegistres(t, essai.SQLite(t), 1)
	charger(t, dossier, referentiel.NomFiness, "finess;etalab;98;2026-11-01\nstructureet;"+corpus.Finess(500_000)+";"+corpus.Finess(1)+
		";RÉSIDENCE D'EXEMPLE;;;;;;;;;001;99;;99001 EXEMPLE;;;500;;4401;;00000000100008;;;;;;;;;\n")
	d := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 2, "AA", 0)))
	if codes, _ := g.codes(t, d); d.Verdict != diag.Accepte || !slices.Contains(codes, "A509") {
		t.Errorf("%s, %v", d.Verdict, codes)
	}
}

// The profiles that a software was enrolled with count, as they were on the day.
func TestEnrolledProfiles(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g, _ := avecRegistres(t, b, 1)
		ecrire(t, b, `UPDATE logiciel SET profils = $2 WHERE fournisseur_id = $1`, g.fournisseurs[0], "Spécifique – PA\nSpécifique – PH")
		d := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 2, "AA", 0)))
		if d.Verdict != diag.Refuse || d.Reponse.Refus[0].Code != "C404" {
			t.Errorf("%s %+v", d.Verdict, d.Reponse)
		}
		ecrire(t, b, `UPDATE logiciel SET profils = '' WHERE fournisseur_id = $1`, g.fournisseurs[0])
		relu, err := g.Depot(t.Context(), d.Fournisseur, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if codes, f := g.codes(t, relu); !slices.Contains(codes, "C404") || len(f.Registres) != 1 {
			t.Errorf("later: %v %+v", codes, f.Registres)
		}
	})
}

// An ESMS that an earlier demande claims is a warning: one's own demande is named, another supplier's is not. One that
// had been given up claims nothing, and giving it up later does not change what was said.
func TestClaimedESMS(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		premier := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 3, "AA", 0)))
		ecrire(t, b, `UPDATE demande SET etat = 'retiree', maj = $1 WHERE rang = 2`, db.Instant(instant))
		sien := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 4, "BB", 0)))
		autre := g.deposer(t, envoi(g.fournisseurs[1], fichierDe(1, 2, "CC", 0)))
		ecrire(t, b, `UPDATE demande SET etat = 'retiree', maj = $1 WHERE rang = 0`, db.Instant(instant.Add(time.Hour)))
		if codes, _ := g.codes(t, premier); slices.Contains(codes, "A511") {
			t.Errorf("the first: %v", codes)
		}
		for d, want := range map[*depot.Depot]string{sien: "déjà demandé (" + depot.NumeroASP(premier.ID, 0) + ")", autre: "déjà demandé (dans un autre dépôt)"} {
			_, f := g.codes(t, d)
			trouves, dits := 0, false
			for o := range f.All() {
				if o.Code == "A511" {
					trouves++
					dits = dits || strings.Contains(o.Message, want)
					if d == autre && strings.Contains(o.Message, "ASP-") {
						t.Errorf("another supplier's demande is told: %s", o.Message)
					}
				}
			}
			if d.Verdict != diag.Accepte || trouves != 4 || !dits || contient(f.NonVerifie, "carnet") {
				t.Errorf("%s: %s, %d warnings, want 4 with %q", d.ImpID(), d.Verdict, trouves, want)
			}
		}
	})
}

func ecrire(t testing.TB, b *db.Base, texte string, args ...any) {
	t.Helper()
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, texte, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Who deposits for another needs a mandate that is valid when the deposit is stored: one that has ended, is revoked, or
// is revoked while the file arrives is refused, and nothing stays. Controls alike.
func TestMandate(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		mandant, mandataire := g.fournisseurs[0], g.fournisseurs[1]
		ecrire(t, b, `INSERT INTO mandat (mandant_id, mandataire_id, etat, debut) VALUES ($1, $2, 'actif', 1)`, mandant, mandataire)
		poser := func(etat string, fin time.Time) {
			ecrire(t, b, `UPDATE mandat SET etat = $1, fin = $2`, etat, db.Instant(fin))
		}
		e := envoi(mandant, nil)
		e.Mandataire = mandataire
		essayer := func(prendre prise, corps io.Reader) error {
			e.Corps = corps
			_, err := prendre(t.Context(), e)
			return err
		}
		octets := fichierDe(0, 2, "AA", 0)
		for nom, changer := range map[string]func(){
			"revoked": func() { poser("revoque", instant) },
			"ended":   func() { poser("actif", instant) },
		} {
			changer()
			for _, prendre := range []prise{g.Garder, g.Deposer} {
				var refus depot.Refuse
				if err := essayer(prendre, bytes.NewReader(octets)); !errors.As(err, &refus) || refus.Texte != compte.SansMandat {
					t.Errorf("%s: %v", nom, err)
				}
			}
		}
		poser("actif", instant.Add(time.Hour))
		var refus depot.Refuse
		pendant := lecteur{bytes.NewReader(octets), func() { poser("revoque", instant) }}
		if err := essayer(g.Deposer, &pendant); !errors.As(err, &refus) {
			t.Errorf("revoked on the way: %v", err)
		}
		if n := g.compter(t, `SELECT (SELECT count(*) FROM depot) + (SELECT count(*) FROM numero_utilise)`); n != 0 {
			t.Errorf("%d rows", n)
		}
		poser("actif", instant.Add(time.Hour))
		if err := essayer(g.Deposer, bytes.NewReader(octets)); err != nil {
			t.Errorf("a valid mandate: %v", err)
		}
	})
}

// A deposit is for a software of its supplier, who is active: at its beginning, and still when it is stored. Else it is
// refused, and nothing stays.
func TestStillAdmitted(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		etat := func(e string) { ecrire(t, b, `UPDATE fournisseur SET etat = $1 WHERE id = $2`, e, g.fournisseurs[0]) }
		logiciel := func(de int) {
			ecrire(t, b, `UPDATE logiciel SET fournisseur_id = $1 WHERE numero_ans = $2`, g.fournisseurs[de], ans(g.fournisseurs[0]))
		}
		octets := fichierDe(0, 2, "AA", 0)
		for nom, c := range map[string]struct {
			avant, pendant func()
			dit            string
		}{
			"suspended":                 {func() { etat("suspendu") }, nil, "suspendu"},
			"suspended on the way":      {nil, func() { etat("suspendu") }, "suspendu"},
			"another's software":        {func() { logiciel(1) }, nil, "parmi ceux de ce fournisseur"},
			"software taken on the way": {nil, func() { logiciel(1) }, "parmi ceux de ce fournisseur"},
		} {
			etat("actif")
			logiciel(0)
			if c.avant != nil {
				c.avant()
			}
			e := envoi(g.fournisseurs[0], nil)
			e.Corps = &lecteur{bytes.NewReader(octets), c.pendant}
			var refus depot.Refuse
			if _, err := g.Deposer(t.Context(), e); !errors.As(err, &refus) || !strings.Contains(refus.Fr, c.dit) || refus.En == "" {
				t.Errorf("%s: %v", nom, err)
			}
		}
		if n := g.compter(t, `SELECT (SELECT count(*) FROM depot) + (SELECT count(*) FROM numero_utilise)`); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

// lecteur does something once it is read.
type lecteur struct {
	io.Reader
	faire func()
}

func (l *lecteur) Read(b []byte) (int, error) {
	if l.faire != nil {
		l.faire()
		l.faire = nil
	}
	return l.Reader.Read(b)
}
