package carnet

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The kill loop: a process makes lots and is killed at any instant, again and again. It lasts a few seconds,
// or as long as the flag or GUICHET_SOAK says.
var soak = flag.Duration("carnet.soak", dureeDuSoak(), "how long the ledger is killed and opened again")

func dureeDuSoak() time.Duration {
	d, err := time.ParseDuration(cmp.Or(os.Getenv("GUICHET_SOAK"), "3s"))
	if err != nil {
		panic(err)
	}
	return d
}

// victime names, in the environment, the folder that a process of this test works in until it is killed.
const victime = "GUICHET_CARNET_VICTIME"

func TestMain(m *testing.M) {
	if dossier := os.Getenv(victime); dossier != "" {
		fmt.Fprintln(os.Stderr, travailler(dossier))
		os.Exit(1)
	}
	if dossier := os.Getenv(gestes); dossier != "" {
		fmt.Fprintln(os.Stderr, gesticuler(dossier))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// travailler makes lots for ever. It says each step that it comes to, and each lot that it was told is decided.
func travailler(dossier string) error {
	ctx := context.Background()
	c, err := (&Carnet{maintenant: time.Now, etape: func(nom string) { fmt.Println("étape", nom) }}).ouvrir(ctx, filepath.Join(dossier, Nom))
	if err != nil {
		return err
	}
	for {
		l, err := c.Commencer(ctx, intention(dossier, 5, 3))
		if err != nil {
			return err
		}
		fmt.Println("étape commencé")
		if err := unLot(ctx, l); err != nil {
			return err
		}
	}
}

// unLot gives up one lot in four, and leaves no number of the others unused.
func unLot(ctx context.Context, l *Lot) error {
	for i, rang := range l.Rangs {
		numeros := l.Numeros[i : i+1]
		if i == len(l.Rangs)-1 {
			numeros = l.Numeros[i:]
		}
		f, err := ecrire(l, rang, numeros)
		if err != nil {
			return err
		}
		fmt.Println("étape écrit")
		if err := l.Ajouter(ctx, f); err != nil {
			return err
		}
		fmt.Println("étape ajouté")
	}
	if rand.IntN(4) == 0 {
		return l.Abandonner(ctx)
	}
	if err := l.Decider(ctx); err != nil {
		return err
	}
	fmt.Println("fait", strings.Join(l.Numeros, " "))
	return nil
}

func TestKill(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	graine := uint64(1)
	if *soak > 10*time.Second {
		graine = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", graine)
	hasard := rand.New(rand.NewPCG(graine, graine))
	dossier := t.TempDir()
	var acquis []string
	tues, total := 0, 0
	for fin := time.Now().Add(*soak); time.Now().Before(fin) && !t.Failed(); tues++ {
		if len(acquis) > 800 { // 999 files a day
			total += len(acquis)
			dossier, acquis = t.TempDir(), nil
		}
		acquis = append(acquis, tuer(t, victime, dossier, hasard)...)
		verifier(t, dossier, acquis)
	}
	t.Logf("killed %d times, %d numbers acknowledged", tues, total+len(acquis))
}

// tuer starts a victim, kills it some time after one of its steps, and returns the numbers of the lots that it
// had been told are decided.
func tuer(t *testing.T, role, dossier string, hasard *rand.Rand) (acquis []string) {
	t.Helper()
	moi, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), moi)
	cmd.Env = append(os.Environ(), role+"="+dossier)
	var plaintes strings.Builder
	cmd.Stderr = &plaintes
	sortie, err := cmd.StdoutPipe()
	if err := errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	etapes := 1 + hasard.IntN(60)
	attente := time.Duration(hasard.Int64N(int64(3 * time.Millisecond)))
	if hasard.IntN(2) == 0 {
		attente /= 30
	}
	lignes := bufio.NewScanner(sortie)
	for vues := 1; lignes.Scan(); vues++ {
		if numeros, ok := strings.CutPrefix(lignes.Text(), "fait "); ok {
			acquis = append(acquis, strings.Fields(numeros)...)
		}
		if vues == etapes {
			time.AfterFunc(attente, func() { _ = cmd.Process.Kill() })
		}
	}
	_ = cmd.Wait()
	if plaintes.Len() > 0 {
		t.Errorf("the process failed: %s", &plaintes)
	}
	return acquis
}

// verifier opens the ledger after a kill and holds folder and ledger together.
func verifier(t *testing.T, dossier string, acquis []string) {
	t.Helper()
	c, err := Ouvrir(t.Context(), filepath.Join(dossier, Nom), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	ecrits := numerosDuDossier(t, dossier)
	var inscrits []string
	for s, err := range c.Demandes(t.Context(), Filtre{}) {
		if err != nil {
			t.Fatal(err)
		}
		inscrits = append(inscrits, s.Numero)
		if ecrits[s.Numero] != s.Fichier {
			t.Errorf("%s is recorded in %s, and found in %q", s.Numero, s.Fichier, ecrits[s.Numero])
		}
	}
	if len(inscrits) != len(ecrits) {
		t.Errorf("%d numbers in files, %d recorded", len(ecrits), len(inscrits))
	}
	for _, n := range acquis {
		if ecrits[n] == "" {
			t.Errorf("%s was acknowledged and is lost", n)
		}
	}
	slices.Sort(inscrits)
	for i, n := range inscrits {
		if want := fmt.Sprintf("A%04d", i+1); n != want {
			t.Fatalf("number %s, want %s: a gap", n, want)
		}
	}
}

// numerosDuDossier reads the files of a folder, and finds each number once and nothing hidden.
func numerosDuDossier(t *testing.T, dossier string) map[string]string {
	t.Helper()
	numeros := map[string]string{}
	for i, nom := range noms(t, dossier) {
		if want := NomFichier(unNumeroAns, unJour, i+1); nom != want {
			t.Errorf("file %s, want %s: a gap, or something left behind", nom, want)
			continue
		}
		texte, err := os.ReadFile(filepath.Join(dossier, nom))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range strings.Fields(string(texte)) {
			if numeros[n] != "" {
				t.Errorf("%s is in %s and in %s", n, numeros[n], nom)
			}
			numeros[n] = nom
		}
	}
	return numeros
}
