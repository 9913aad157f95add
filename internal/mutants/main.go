// Command mutants tells how much the tests of a package notice: it changes one place of the code at a time (a condition
// turned, a constant by one, an error dropped, an order of SQL turned, an entry of a table removed …), runs the
// package's own tests on it, and counts the changes that no test noticed. The sample is drawn by a seed: the same seed on
// the same code draws the same changes.
//
//	go run ./internal/mutants -n 40 ./controle ./correction
//	go run ./internal/mutants -n 40 -avec ./internal/portail/suivi ./internal/portail/depot
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"time"
)

// options are what the flags say.
type options struct {
	seed    uint64
	number  int // of mutants for each package
	timeout time.Duration
	verbose bool
	avec    []string // folders whose tests are asked, too, when the package's own notice nothing
}

func main() {
	var o options
	flag.Uint64Var(&o.seed, "seed", 1, "draws the sample")
	flag.IntVar(&o.number, "n", 30, "mutants for each package")
	flag.DurationVar(&o.timeout, "timeout", 2*time.Minute, "of the tests of one mutant; one that never ends is noticed")
	flag.BoolVar(&o.verbose, "v", false, "name the mutants that were noticed, too")
	flag.Func("avec", "a package that uses these: its tests are asked, too, when their own notice nothing (may be repeated)", func(folder string) error {
		o.avec = append(o.avec, folder)
		return nil
	})
	at := flag.Float64("seuil", 0, "exit with 1 if less than this share of a package's mutants is noticed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	good, err := run(ctx, o, flag.Args(), *at, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(2)
	}
	if !good {
		os.Exit(1)
	}
}

// run tries the mutants of all packages. It tells whether each reached the share that was asked for.
func run(ctx context.Context, o options, folders []string, share float64, out io.Writer) (good bool, err error) {
	good = true
	for _, folder := range folders {
		all, err := find(folder)
		if err != nil {
			return false, fmt.Errorf("look for mutants in %s: %w", folder, err)
		}
		random := rand.New(rand.NewPCG(o.seed, 0))
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		noticed, tried, err := trial(ctx, o, folder, all, out)
		if err != nil {
			return false, err
		}
		fmt.Fprintf(out, "%s: %d of %d noticed (%d places)\n", folder, noticed, tried, len(all))
		good = good && float64(noticed) >= share*float64(tried)
	}
	return good, nil
}

// trial tries mutants until there are enough that compile.
func trial(ctx context.Context, o options, folder string, all []mutant, out io.Writer) (noticed, tried int, err error) {
	for _, m := range all {
		if tried == o.number {
			break
		}
		verdict, by, err := m.try(ctx, append([]string{folder}, o.avec...), o.timeout)
		if err != nil {
			return noticed, tried, err
		}
		if verdict == uncompilable {
			continue
		}
		tried++
		if verdict == killed {
			noticed++
		}
		if by != folder {
			fmt.Fprintf(out, "by %s: ", by)
		}
		if verdict == survived || by != folder || o.verbose {
			fmt.Fprintf(out, "%s %s\n", verdict, m)
		}
	}
	return noticed, tried, nil
}
