// Command portail measures the counter: a real `guichet serve` on each database, a load generator beside it on
// the same cores over the loopback, and the limits of the machine in the same run.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/klauspost/cpuid/v2"

	"guichet/bench/mesure"
	"guichet/internal/portail/db/essai"
)

func main() {
	log.SetFlags(0)
	var s settings
	output := flag.String("output", "PORTAIL.md", `file to write the results to, "" for none`)
	flag.DurationVar(&s.slice, "slice", 3*time.Second, "how long one measure lasts")
	flag.IntVar(&s.rounds, "rounds", 3, "rounds of deposits and their limits")
	flag.IntVar(&s.most, "most", 1_000_000, "requests stored at the end of the curve")
	flag.StringVar(&s.only, "only", "", "the only database: sqlite, postgres")
	flag.Parse()
	if err := os.Setenv("GUICHET_ESSAI_FSYNC", "on"); err != nil { // PostgreSQL waits for the disk
		log.Fatal("portail: ", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s, *output); err != nil {
		log.Fatal("portail: ", err)
	}
}

// settings are what one run is asked for.
type settings struct {
	slice        time.Duration // of one measure
	rounds, most int
	only         string
}

func run(ctx context.Context, s settings, output string) (err error) {
	dir, err := os.MkdirTemp("", "guichet-portail-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	program := filepath.Join(dir, "guichet")
	if err := mesure.Construire(ctx, "..", program); err != nil {
		return err
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, `# The counter

Written by the benchmark itself on %s, %d cores: a `+"`guichet serve`"+` with its load generator beside it, %d clients who
have signed in, each of another supplier; files of %d demandes, about %d kB, all accepted. A deposit is durable when
it is answered. Goals hold for two cores that do nothing else.

`, cpuid.CPU.BrandName, runtime.GOMAXPROCS(0), clients, demandesOfFile, len(newDeposit(1, 0, esmsDeposited).file)/1000)
	out := io.MultiWriter(&text, os.Stdout)
	for _, d := range databases(dir) {
		if s.only == "" || s.only == d.name {
			if err := measure(ctx, s, program, d, out); err != nil {
				return fmt.Errorf("%s: %w", d.name, err)
			}
		}
	}
	if output == "" {
		return nil
	}
	if err := os.WriteFile(output, text.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the results: %w", err)
	}
	return nil
}

// database is one that a counter runs on.
type database struct {
	name    string
	dir     string
	goal    float64 // deposits a second
	address func(dir, name string) (string, error)
}

func databases(dir string) []database {
	return []database{
		{"sqlite", filepath.Join(dir, "sqlite"), 200, func(dir, name string) (string, error) {
			return filepath.Join(dir, name+".db"), nil
		}},
		{"postgres", filepath.Join(dir, "postgres"), 250, func(string, string) (string, error) { return essai.Locale() }},
	}
}

// part is something that is measured, on a counter.
type part func(ctx context.Context, s settings, c *counter, out io.Writer) error

// measure does all that is measured on one database; the curve begins on an empty one, in a folder of its own.
func measure(ctx context.Context, s settings, program string, d database, out io.Writer) error {
	fmt.Fprintf(out, "## %s\n\n", d.name)
	root := d.dir
	for n, parts := range [][]part{{deposits, pages}, {curve}} {
		d.dir = filepath.Join(root, strconv.Itoa(n))
		if err := on(ctx, s, program, d, out, parts); err != nil {
			return err
		}
	}
	return nil
}

// on measures with one counter.
func on(ctx context.Context, s settings, program string, d database, out io.Writer, parts []part) (err error) {
	c, err := open(ctx, program, d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	for _, p := range parts {
		if err := p(ctx, s, c, out); err != nil {
			return err
		}
	}
	return nil
}
