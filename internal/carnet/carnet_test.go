package carnet

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var midi = time.Date(2023, 10, 2, 12, 0, 0, 0, time.UTC)

func horloge() time.Time { return midi }

const (
	unNumeroAns = "ANS0000001"
	unJour      = "20231002"
)

func ouvert(t *testing.T, chemin string) *Carnet {
	t.Helper()
	c, err := Ouvrir(t.Context(), chemin, horloge)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func intention(dossier string, numeros, fichiers int) Intention {
	return Intention{NumeroAns: unNumeroAns, Jour: unJour, Dossier: dossier, Numeros: numeros, Prefixe: "A", Fichiers: fichiers}
}

// ecrire writes a file of the lot that names its numbers, and describes it.
func ecrire(l *Lot, rang int, numeros []string) (Fichier, error) {
	nom := NomFichier(unNumeroAns, unJour, rang)
	texte := strings.Join(numeros, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(l.Dossier, nom), []byte(texte), 0o666); err != nil {
		return Fichier{}, err
	}
	somme := sha256.Sum256([]byte(texte))
	f := Fichier{Nom: nom, SHA256: hex.EncodeToString(somme[:]), Rang: rang}
	for i, n := range numeros {
		f.Demandes = append(f.Demandes, demande(n, i+1))
	}
	return f, nil
}

func demande(numero string, ligne int) Demande {
	return Demande{
		Numero: numero, NumLigne: ligne, Reference: "CMD-" + numero, Montant: 292000, Regime: "TTC",
		OGs:    []OG{{FINESS: "990000010", ESMS: []string{"990000028", "990000036"}}},
		Pieces: []Piece{{Type: "BON_COMMANDE", Nom: "MS1-DUI-Va1-BDC-" + numero + ".pdf", Chemin: "scans/" + numero + ".pdf", SHA256: "00"}},
	}
}

// preparer makes a lot of one file, and returns its numbers.
func preparer(t *testing.T, c *Carnet, dossier string, n int) []string {
	t.Helper()
	l, err := c.Commencer(t.Context(), intention(dossier, n, 1))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ecrire(l, l.Rangs[0], l.Numeros)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Ajouter(t.Context(), f), l.Decider(t.Context())); err != nil {
		t.Fatal(err)
	}
	return l.Numeros
}

func noms(t *testing.T, dossier string) (tous []string) {
	t.Helper()
	entrees, err := os.ReadDir(dossier)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entrees {
		if !strings.HasPrefix(e.Name(), Nom) {
			tous = append(tous, e.Name())
		}
	}
	return tous
}

// A lot appears with its demandes, in order; one given up leaves nothing and its numbers are given again.
func TestLot(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	if got := preparer(t, c, dossier, 2); !slices.Equal(got, []string{"A0001", "A0002"}) {
		t.Errorf("first numbers %v", got)
	}
	l, err := c.Commencer(t.Context(), intention(dossier, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Commencer(t.Context(), intention(dossier, 1, 1)); !errors.Is(err, ErrLotOuvert) {
		t.Errorf("two lots at once: %v", err)
	}
	if err := l.Abandonner(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := preparer(t, c, dossier, 1); !slices.Equal(got, []string{"A0003"}) {
		t.Errorf("after giving up: %v", got)
	}
	want := []string{NomFichier(unNumeroAns, unJour, 1), NomFichier(unNumeroAns, unJour, 2)}
	if got := noms(t, dossier); !slices.Equal(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
	var got []Suivie
	for s, err := range c.Demandes(t.Context(), Filtre{FINESS: "990000028", Texte: "cmd-a0003"}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	expected := []Suivie{{Demande: demande("A0003", 1), Fichier: want[1], Etat: Preparee, Preparee: midi}}
	if diff := cmp.Diff(expected, got); diff != "" {
		t.Error(diff)
	}
}

// Numbers count in digits, then in base 36, and step over those used anywhere, in capitals or not.
func TestNumeros(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	if n, err := c.Importer(t.Context(), slices.Values([]string{"abcd2", "ABCD4", "abcd2", "ABCDB"}), "numeros.csv"); n != 3 || err != nil {
		t.Errorf("imported %d, %v", n, err)
	}
	i := intention(dossier, 10, 0)
	i.Prefixe = "ABCD"
	l, err := c.Commencer(t.Context(), i)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(l.Numeros, " "); got != "ABCD1 ABCD3 ABCD5 ABCD6 ABCD7 ABCD8 ABCD9 ABCDA ABCDC ABCDD" {
		t.Errorf("numbers %s", got)
	}
	if err := l.Abandonner(t.Context()); err != nil {
		t.Fatal(err)
	}
	var reserve *ErreurReserve
	i.Numeros = 40
	if _, err := c.Commencer(t.Context(), i); !errors.As(err, &reserve) {
		t.Errorf("40 numbers of one character: %v", err)
	}
	utilises, err := c.NumerosUtilises(t.Context(), []string{"ABCD2", "ABCD9"})
	if diff := cmp.Diff(map[string]Usage{"ABCD2": {Fichier: "numeros.csv"}}, utilises); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// Ranks follow those of files that the ledger does not know, and of archives left of one.
func TestRangs(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	for _, nom := range []string{NomFichier(unNumeroAns, unJour, 3), "JSON-ANS0000001-20231002-007-01.zip", NomFichier(unNumeroAns, "20231003", 9)} {
		if err := os.WriteFile(filepath.Join(dossier, nom), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	l, err := c.Commencer(t.Context(), intention(dossier, 0, 2))
	if err != nil || !slices.Equal(l.Rangs, []int{8, 9}) {
		t.Fatalf("ranks %v, %v", l, err)
	}
	var reserve *ErreurReserve
	if err := l.Abandonner(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Commencer(t.Context(), intention(dossier, 0, 993)); !errors.As(err, &reserve) {
		t.Errorf("more than 999 files: %v", err)
	}
}

// A second run is told at once; a reader is not kept out.
func TestOccupe(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, "carnet à part ?#%.db")
	c := ouvert(t, chemin)
	preparer(t, c, dossier, 1)
	var occupe *ErreurOccupe
	if _, err := Ouvrir(t.Context(), chemin, horloge); !errors.As(err, &occupe) || !strings.Contains(err.Error(), chemin) {
		t.Errorf("second run: %v", err)
	}
	l, err := c.Commencer(t.Context(), intention(dossier, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	lecteur, err := Consulter(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	totaux, err := lecteur.Totaux(t.Context(), Filtre{})
	if diff := cmp.Diff([]Total{{Etat: Preparee, Demandes: 1, Montant: 292000}}, totaux); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if err := errors.Join(lecteur.Close(), l.Abandonner(t.Context()), c.Close()); err != nil {
		t.Fatal(err)
	}
	if err := ouvert(t, chemin).Close(); err != nil { // and free again
		t.Fatal(err)
	}
}

// What is no ledger of ours is told, and not changed by a byte.
func TestAbime(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	sain := filepath.Join(dossier, Nom)
	c := ouvert(t, sain)
	preparer(t, c, dossier, 300)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	octets, err := os.ReadFile(sain)
	if err != nil {
		t.Fatal(err)
	}
	futur := slices.Clone(octets)
	futur[63] = 200 // user_version
	etranger := slices.Clone(octets)
	etranger[68] = 0 // application_id
	troue := slices.Clone(octets)
	for i := 8192; i < len(troue)-4096; i++ {
		troue[i] = 0x5a
	}
	for nom, contenu := range map[string][]byte{"texte": []byte("numero;etat\n"), "futur": futur, "etranger": etranger, "troue": troue, "coupe": octets[:5000]} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			chemin := filepath.Join(t.TempDir(), Nom)
			if err := os.WriteFile(chemin, contenu, 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := Ouvrir(t.Context(), chemin, horloge)
			var abime *ErreurAbime
			var version *ErreurVersion
			if !errors.As(err, &abime) && nom != "futur" || nom == "futur" && !errors.As(err, &version) {
				t.Errorf("writing: %v", err)
			}
			if c, err := Consulter(t.Context(), chemin); nom != "troue" && err == nil {
				t.Errorf("reading: no error")
				_ = c.Close()
			}
			if apres, err := os.ReadFile(chemin); err != nil || string(apres) != string(contenu) {
				t.Error("the file was changed")
			}
		})
	}
}

// There is nothing to read before the first lot, and reading makes nothing.
func TestConsulterRien(t *testing.T) {
	t.Parallel()
	chemin := filepath.Join(t.TempDir(), Nom)
	if _, err := Consulter(t.Context(), chemin); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if err := os.WriteFile(chemin, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Consulter(t.Context(), chemin); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty file: %v", err)
	}
}

// Numbers serve once: those given, those of other cases, those told twice in a lot. Nothing of the lot stays.
func TestNumeroDejaDonne(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	preparer(t, c, dossier, 1)
	for _, numeros := range [][]string{{"A0001"}, {"a0001"}, {"A0002", "A0002"}, {"X0001", "x0001"}} {
		l, err := c.Commencer(t.Context(), intention(dossier, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		f, err := ecrire(l, l.Rangs[0], numeros)
		if err != nil {
			t.Fatal(err)
		}
		var pris *ErreurNumero
		if err := errors.Join(l.Ajouter(t.Context(), f), l.Decider(t.Context())); !errors.As(err, &pris) {
			t.Errorf("%v: %v", numeros, err)
		}
		if err := l.Abandonner(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if got := noms(t, dossier); len(got) != 1 {
		t.Errorf("files %v", got)
	}
}

// Another file where one of a decided lot goes stops the recovery, which ends well once it is moved away.
func TestPlacePrise(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, Nom)
	place := filepath.Join(dossier, NomFichier(unNumeroAns, unJour, 1))
	c, err := (&Carnet{maintenant: horloge, etape: func(nom string) {
		if nom == "décidé" {
			if err := os.WriteFile(place, []byte("autre"), 0o666); err != nil {
				panic(err)
			}
		}
	}}).ouvrir(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	l, err := c.Commencer(t.Context(), intention(dossier, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ecrire(l, 1, l.Numeros)
	if err != nil {
		t.Fatal(err)
	}
	var prise *ErreurPlace
	if err := errors.Join(l.Ajouter(t.Context(), f), l.Decider(t.Context())); !errors.As(err, &prise) {
		t.Fatalf("place taken: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Ouvrir(t.Context(), chemin, horloge); !errors.As(err, &prise) {
		t.Fatalf("opening again: %v", err)
	}
	if err := os.Remove(place); err != nil {
		t.Fatal(err)
	}
	ouvert(t, chemin)
	if texte, err := os.ReadFile(place); string(texte) != "A0001\n" || err != nil {
		t.Errorf("%q, %v", texte, err)
	}
}

// A returned file gives states once, keeps what it does not know, and never undoes what came later.
func TestRetour(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	preparer(t, c, dossier, 3)
	r := Retour{Nom: "retour.json", SHA256: "01", ImpID: "IMP1", Lignes: []Ligne{
		{Numero: "A0001", Etat: Acceptee, NumeroASP: "ASP1", Code: "000", Libelle: "Demande acceptée"},
		{Numero: "A0002", Etat: Rejetee, Code: "F114", Libelle: "montant"},
		{Numero: "A0003", Code: "Z999", Libelle: "inconnu"},
		{Numero: "Z0001", Etat: Acceptee}, {Numero: " ", Texte: `"une ligne"`},
	}}
	want := Bilan{Etats: map[Etat]int{Acceptee: 1, Rejetee: 1, SansReponse: 1}, Inconnues: []string{"Z0001"}, Bizarres: 1}
	enregistre(t, c, r, want)
	enregistre(t, c, r, Bilan{DejaLu: true, Etats: map[Etat]int{}})
	var gardees []string
	if err := c.db.QueryRowContext(t.Context(), "SELECT json_group_array(texte) FROM evenement WHERE genre = ?", GenreLigne).Scan(jsonDans(&gardees)); err != nil {
		t.Fatal(err)
	}
	if want := []string{"retour.json\nZ0001 · acceptée", "retour.json\n\"une ligne\""}; !slices.Equal(gardees, want) {
		t.Errorf("odd lines are kept as %q, want %q", gardees, want)
	}

	l, err := c.Commencer(t.Context(), intention(dossier, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ecrire(l, l.Rangs[0], l.Numeros)
	f.Demandes[0].Remplace = "A0002"
	if err := errors.Join(err, l.Ajouter(t.Context(), f), l.Decider(t.Context())); err != nil {
		t.Fatal(err)
	}
	r.SHA256 = "02"
	r.Lignes[0].Etat = Rejetee
	want = Bilan{Etats: map[Etat]int{}, Inchangees: 2, Contradictions: []string{"A0001"}, Bizarres: 1}
	enregistre(t, c, r, want)
	var etats []string
	for s, err := range c.Demandes(t.Context(), Filtre{}) {
		if err != nil {
			t.Fatal(err)
		}
		etats = append(etats, fmt.Sprint(s.Numero, " ", s.Etat, " ", s.NumeroASP, s.Code, s.RemplaceePar, s.Remplace, s.ImpID))
	}
	if diff := cmp.Diff([]string{"A0001 acceptée ASP1000IMP1", "A0002 remplacée F114A0004IMP1", "A0003 sans réponse Z999IMP1", "A0004 préparée A0002"}, etats); diff != "" {
		t.Error(diff)
	}
	histoire, err := c.Histoire(t.Context(), "A0002")
	if err != nil || len(histoire) != 3 || histoire[2].Genre != GenreRemplacement || histoire[2].Texte != "A0004" {
		t.Errorf("history %+v, %v", histoire, err)
	}
	mentions, err := c.DemandesDesESMS(t.Context(), []string{"990000036", "990000044"})
	if err != nil || len(mentions) != 1 || len(mentions["990000036"]) != 4 {
		t.Errorf("mentions %+v, %v", mentions, err)
	}
	seules, err := c.DemandesParESMS()(t.Context(), "990000036")
	if diff := cmp.Diff(mentions["990000036"], seules); diff != "" || err != nil {
		t.Error(diff, err)
	}
	commandes, err := c.Commandes(t.Context(), []string{"CMD-A0002", "CMD-A0003", "CMD-A0009"}) // one that was replaced stands for no order
	if err != nil || len(commandes) != 1 || commandes["CMD-A0003"].Numero != "A0003" {
		t.Errorf("orders %+v, %v", commandes, err)
	}
}

func enregistre(t *testing.T, c *Carnet, r Retour, want Bilan) {
	t.Helper()
	got, err := c.Enregistrer(t.Context(), r)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// An accepted demande is never sent again.
func TestRemplacerAcceptee(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	preparer(t, c, dossier, 1)
	l, err := c.Commencer(t.Context(), intention(dossier, 1, 1))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ecrire(l, l.Rangs[0], l.Numeros)
	if err != nil {
		t.Fatal(err)
	}
	f.Demandes[0].Remplace = "A0001"
	var refus *ErreurNumero
	if err := errors.Join(l.Ajouter(t.Context(), f), l.Decider(t.Context())); !errors.As(err, &refus) {
		t.Errorf("replacing a demande that is not rejected: %v", err)
	}
}

// BenchmarkLot records 100,000 demandes in files of 200, without the time of writing them.
func BenchmarkLot(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		dossier := b.TempDir()
		c, err := Ouvrir(b.Context(), filepath.Join(dossier, Nom), horloge)
		if err != nil {
			b.Fatal(err)
		}
		l, err := c.Commencer(b.Context(), Intention{NumeroAns: unNumeroAns, Jour: unJour, Dossier: dossier, Numeros: 100_000, Fichiers: 500})
		if err != nil {
			b.Fatal(err)
		}
		fichiers := make([]Fichier, len(l.Rangs))
		for i, r := range l.Rangs {
			if fichiers[i], err = ecrire(l, r, l.Numeros[i*200:(i+1)*200]); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		for _, f := range fichiers {
			if err := l.Ajouter(b.Context(), f); err != nil {
				b.Fatal(err)
			}
		}
		ajoute := time.Now()
		if err := l.Decider(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(ajoute).Seconds(), "s/decide")
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// jsonScan scans a JSON text into v.
type jsonScan struct{ v any }

func jsonDans(v any) sql.Scanner { return jsonScan{v} }

func (s jsonScan) Scan(x any) error { return json.Unmarshal([]byte(x.(string)), s.v) }
