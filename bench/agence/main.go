// Command agence measures the agency's side of the counter among very many demandes: a real `guichet serve --demo` on each database,
// asked over the loopback, before and after it is filled.
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
	"strings"

	"github.com/klauspost/cpuid/v2"

	"guichet/bench/mesure"
	"guichet/internal/portail/db/essai"
)

func main() {
	log.SetFlags(0)
	var s settings
	output := flag.String("output", "AGENCE.md", `file to write the results to, "" for none`)
	flag.IntVar(&s.demandes, "demandes", 1_000_000, "demandes that the agency has")
	flag.IntVar(&s.times, "times", 15, "how often each page is asked for")
	flag.IntVar(&s.awards, "awards", 30, "awards that are decided one by one")
	flag.StringVar(&s.only, "only", "", "the only database: sqlite, postgres")
	flag.BoolVar(&s.batches, "batches", true, "measure batches of 10,000 demandes, too")
	flag.Parse()
	if err := os.Setenv("GUICHET_ESSAI_FSYNC", "on"); err != nil { // PostgreSQL waits for the disk
		log.Fatal("agence: ", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s, *output); err != nil {
		log.Fatal("agence: ", err)
	}
}

// settings are what one run is asked for.
type settings struct {
	demandes, times, awards int
	only                    string
	batches                 bool
}

func run(ctx context.Context, s settings, output string) (err error) {
	dir, err := os.MkdirTemp("", "guichet-agence-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	program := filepath.Join(dir, "guichet")
	if err := mesure.Construire(ctx, "..", program); err != nil {
		return err
	}
	load, _ := os.ReadFile("/proc/loadavg")
	var text bytes.Buffer
	fmt.Fprintf(&text, `# The agency

Written by the benchmark itself on %s, %d cores, load at its start %s: a `+"`guichet serve --demo`"+` on each database, asked by one client
over the loopback, before and after the database is filled with %d demandes that the agency has. Times are medians, and the
longest in brackets; ratios are of medians of the same run. Goals hold for two cores that do nothing else.

`, cpuid.CPU.BrandName, runtime.GOMAXPROCS(0), strings.Join(strings.Fields(string(load))[:1], ""), s.demandes)
	out := io.MultiWriter(&text, os.Stdout)
	for _, name := range []string{"sqlite", "postgres"} {
		if s.only == "" || s.only == name {
			if err := on(ctx, s, program, filepath.Join(dir, name), name, out); err != nil {
				return fmt.Errorf("%s: %w", name, err)
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

// on measures on one database.
func on(ctx context.Context, s settings, program, dir, name string, out io.Writer) (err error) {
	address := filepath.Join(dir, "portail.db")
	if name == "postgres" {
		if address, err = essai.Locale(); err != nil {
			return err
		}
	}
	c, err := open(ctx, program, dir, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	fmt.Fprintf(out, "## %s\n\n", name)
	model, err := c.model(ctx)
	if err != nil {
		return fmt.Errorf("deposit what is copied: %w", err)
	}
	before, err := c.pages(s)
	if err != nil {
		return err
	}
	few, err := c.single(s)
	if err != nil {
		return err
	}
	took, err := c.fill(ctx, model, s.demandes)
	if err != nil {
		return fmt.Errorf("fill the database: %w", err)
	}
	fmt.Fprintf(out, "Filled in %.0f s.\n\n", took.Seconds())
	after, err := c.pages(s)
	if err != nil {
		return err
	}
	writePages(out, before, after)
	return c.acts(ctx, s, few, out)
}
