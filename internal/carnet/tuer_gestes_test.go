package carnet

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// gestes names, in the environment, the folder of a process that prepares, takes apart, saves, restores and makes
// ledgers again until it is killed.
const gestes = "GUICHET_CARNET_GESTES"

// gesticuler works for ever. It says each step, and the numbers that it was told are given.
func gesticuler(dossier string) error {
	ctx := context.Background()
	b := bureau{dossier, func(nom string) { fmt.Println("étape", nom) }}
	if err := os.MkdirAll(b.depots(), 0o777); err != nil {
		return err
	}
	for {
		numeros, err := b.geste(ctx)
		var ancien *ErreurAncien
		if errors.As(err, &ancien) { // a restored one, as the next command finds it
			_, err = b.reconstruire(ctx)
		}
		if err != nil && !absent(err) {
			return err
		}
		fmt.Println("fait", strings.Join(numeros, " "))
	}
}

func (b bureau) geste(ctx context.Context) (numeros []string, err error) {
	switch rand.IntN(8) {
	case 0:
		return nil, b.sauver(ctx)
	case 1:
		_, err := b.restaurer(ctx)
		return nil, err
	case 2:
		_, err := b.reconstruire(ctx)
		return nil, err
	case 3, 4:
		return b.unDefait(ctx)
	}
	return b.preparer(ctx, 1+rand.IntN(2), 1+rand.IntN(3))
}

// unDefait takes some file apart.
func (b bureau) unDefait(ctx context.Context) ([]string, error) {
	c, err := Consulter(ctx, b.chemin())
	if err != nil {
		return nil, err
	}
	attendus, err := c.ADeposer(ctx)
	if err := errors.Join(err, c.Close()); err != nil || len(attendus) == 0 {
		return nil, err
	}
	a := attendus[rand.IntN(len(attendus))]
	var annulees, remplacees []string
	for _, n := range a.Numeros {
		switch rand.IntN(3) {
		case 0:
			annulees = append(annulees, n)
		case 1:
			remplacees = append(remplacees, n)
		}
	}
	return b.defaire(ctx, a.Nom, annulees, remplacees)
}

// After a kill anywhere, the next command finds a whole ledger and whole files, and no number that was told is lost.
func TestKillGestes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	graine := uint64(2)
	if *soak > 10*time.Second {
		graine = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", graine)
	hasard := rand.New(rand.NewPCG(graine, graine))
	b := bureau{dossier: t.TempDir()}
	var acquis []string
	tues := 0
	for fin := time.Now().Add(*soak); time.Now().Before(fin) && !t.Failed(); tues++ {
		if len(acquis) > 800 { // 999 files a day
			b, acquis = bureau{dossier: t.TempDir()}, nil
		}
		acquis = append(acquis, tuer(t, gestes, b.dossier, hasard)...)
		if err := b.entier(t.Context(), acquis); err != nil {
			t.Error(err)
		}
	}
	t.Logf("killed %d times, %d numbers acknowledged", tues, len(acquis))
}

// entier opens the ledger as the next command does, and holds it and the folder together.
func (b bureau) entier(ctx context.Context, acquis []string) error {
	err := b.sur(ctx, func(c *Carnet) error {
		v, err := c.Verifier(ctx)
		if len(v.Changes) > 0 {
			err = errors.Join(err, fmt.Errorf("%v have other bytes", v.Changes))
		}
		return err
	})
	var ancien *ErreurAncien
	if errors.As(err, &ancien) {
		if _, err = b.reconstruire(ctx); err == nil {
			err = b.sur(ctx, func(*Carnet) error { return nil })
		}
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(b.sauvegarde()); err == nil {
		if _, err := examiner(ctx, b.sauvegarde()); err != nil {
			return fmt.Errorf("the backup: %w", err)
		}
	}
	restes, _ := filepath.Glob(filepath.Join(b.depots(), debutTemporaire+"*"))
	if _, err := os.Stat((&Carnet{chemin: b.chemin()}).provisoire()); err == nil {
		restes = append(restes, "a ledger in the making")
	}
	if len(restes) > 0 {
		return fmt.Errorf("left behind: %v", restes)
	}
	return b.concorde(ctx, acquis)
}

// concorde holds the ledger and the files together: what counts is in its file, what is in a file counts.
func (b bureau) concorde(ctx context.Context, acquis []string) error {
	ecrits, err := b.enDepot()
	if err != nil {
		return err
	}
	suivies, err := b.suivies(ctx)
	if err != nil && !absent(err) {
		return err
	}
	connues := map[string]bool{}
	for _, s := range suivies {
		connues[s.Numero] = true
		if s.Etat.Compte() && ecrits[s.Numero] != s.Fichier {
			return fmt.Errorf("%s, %s, is recorded in %s, and found in %q", s.Numero, s.Etat, s.Fichier, ecrits[s.Numero])
		}
		if s.Etat == Annulee && ecrits[s.Numero] != "" {
			return fmt.Errorf("%s is taken back and still in %s", s.Numero, ecrits[s.Numero])
		}
		delete(ecrits, s.Numero)
	}
	if len(ecrits) > 0 {
		return fmt.Errorf("not in the ledger: %v", ecrits)
	}
	for _, n := range acquis {
		if !connues[n] {
			return fmt.Errorf("%s was acknowledged and is lost", n)
		}
	}
	return nil
}
