package preparation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"guichet/preparation"
)

// tailles makes all files and tells how many demandes each has.
func tailles(t *testing.T, lot *preparation.Lot, e preparation.Envoi) (n []int) {
	t.Helper()
	for f, err := range lot.Fichiers(context.Background(), e) {
		if err != nil {
			t.Fatal(err)
		}
		n = append(n, len(f.Demandes))
	}
	return n
}

// What is counted beforehand is what is made: as many files, as many numbers, whatever is left aside and weighs.
func TestCompterCommeFichiers(t *testing.T) {
	t.Parallel()
	une := func(preparation.Demande) int64 { return 50 }
	for _, c := range []struct {
		nom    string
		n      int
		cout   func(preparation.Demande) int64
		max    int64
		garder func(preparation.Demande) bool
		want   string
	}{
		{"one", 1, nil, 0, nil, "[1]"},
		{"a full file", 200, nil, 0, nil, "[200]"},
		{"one too many", 201, nil, 0, nil, "[200 1]"},
		{"two full files", 400, nil, 0, nil, "[200 200]"},
		{"the cost just reached", 4, une, 100, nil, "[2 2]"},
		{"one byte short", 4, une, 99, nil, "[1 1 1 1]"},
		{"one byte short, to the last file", 5, une, 149, nil, "[2 2 1]"},
		{"heavier than a file may be", 2, une, 49, nil, "[1 1]"},
		{"a cost without a bound", 4, une, 0, nil, "[4]"},
		{"some left aside", 5, une, 100, func(d preparation.Demande) bool { return d.Indice%2 == 0 }, "[2 1]"},
		{"all left aside", 3, nil, 0, func(preparation.Demande) bool { return false }, "[]"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			lot, e, numeros := lire(t, c.n), envoi(), 0
			e.Cout, e.MaxCout, e.Garder = c.cout, c.max, c.garder
			numero := e.Numero
			e.Numero = func(d preparation.Demande) (string, error) { numeros++; return numero(d) }
			fichiers, attendus := lot.Compter(e)
			faits := tailles(t, lot, e)
			if fmt.Sprint(faits) != c.want {
				t.Errorf("files of %v, want %s", faits, c.want)
			}
			if fichiers != len(faits) || attendus != numeros {
				t.Errorf("%d files and %d numbers counted, %d and %d made", fichiers, attendus, len(faits), numeros)
			}
		})
	}
}

// An order that has its number needs none.
func TestCompterSansNumero(t *testing.T) {
	t.Parallel()
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(), juste("referenceCommande", "CMD-2", "numeroEditeur", "", "FINESSGeo", "995000015")))
	if fichiers, numeros := lot.Compter(envoi()); fichiers != 1 || numeros != 1 {
		t.Errorf("%d files, %d numbers", fichiers, numeros)
	}
}

// Ranks are counted from 1 where none is said, and up to 999: what stands before the one too many is given, then the error.
func TestRangs(t *testing.T) {
	t.Parallel()
	for rang, want := range map[int]string{0: "001 002", 1: "001 002", 42: "042 043", 998: "998 999", 999: "999 !", 1000: "!"} {
		e, noms := envoi(), []string{}
		e.Rang, e.MaxCout, e.Cout = rang, 1, func(preparation.Demande) int64 { return 1 }
		for f, err := range lire(t, 2).Fichiers(context.Background(), e) {
			if err != nil {
				if !strings.Contains(err.Error(), "1000") || !strings.Contains(err.Error(), "999") {
					t.Errorf("rank %d: error %v", rang, err)
				}
				noms = append(noms, "!")
				continue
			}
			noms = append(noms, strings.TrimSuffix(strings.TrimPrefix(f.Nom, "JSON-ANS0000001-20231002-"), ".json"))
		}
		if got := strings.Join(noms, " "); got != want {
			t.Errorf("rank %d: files %s, want %s", rang, got, want)
		}
	}
}

// Where numbers run out, the files before are given whole; the error names the order.
func TestNumerosEpuises(t *testing.T) {
	t.Parallel()
	panne, e, n := errors.New("no numbers left"), envoi(), 0
	e.Numero = func(preparation.Demande) (string, error) {
		if n++; n > 201 {
			return "", panne
		}
		return fmt.Sprintf("Z%04d", n), nil
	}
	var vus []string
	for f, err := range lire(t, 203).Fichiers(context.Background(), e) {
		if err != nil {
			vus = append(vus, err.Error())
			continue
		}
		vus = append(vus, fmt.Sprint(len(f.Demandes)))
	}
	if got := strings.Join(vus, "; "); got != "200; number the order CMD-201: no numbers left" {
		t.Error(got)
	}
}

// Who has seen enough ends it: no number is drawn for files that nobody waits for.
func TestFichiersInterrompus(t *testing.T) {
	t.Parallel()
	for _, n := range []int{201, 1000} {
		e, numeros := envoi(), 0
		e.Numero = func(preparation.Demande) (string, error) { numeros++; return fmt.Sprintf("Z%04d", numeros), nil }
		for f, err := range lire(t, n).Fichiers(context.Background(), e) {
			if err != nil || len(f.Demandes) != 200 {
				t.Fatalf("%v, a file of %d", err, len(f.Demandes))
			}
			break
		}
		if numeros > 400 {
			t.Errorf("%d orders: %d numbers for one file", n, numeros)
		}
	}
}

// A caller who no longer waits gets the error of the context.
func TestFichiersAnnules(t *testing.T) {
	t.Parallel()
	ctx, annuler := context.WithCancel(context.Background())
	annuler()
	for f, err := range lire(t, 1).Fichiers(ctx, envoi()) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("file %v, error %v", f, err)
		}
	}
}

// What the counter fills in stays null, whatever is given for it.
func TestEnTeteDuGuichet(t *testing.T) {
	t.Parallel()
	e := envoi()
	e.EnTete["impId"] = "IMP-1"
	for f, err := range lire(t, 1).Fichiers(context.Background(), e) {
		if err != nil || len(f.Fautes) > 0 || !strings.Contains(string(f.Octets), `"impId": null`) || !strings.Contains(string(f.Octets), `"SIRET": "00000000100008"`) {
			t.Errorf("%v\n%s\n%s", err, phrases(f.Fautes), f.Octets)
		}
	}
}
