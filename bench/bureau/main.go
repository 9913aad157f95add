// Command bureau measures the supplier's desk as whole processes, each beside what one would use instead or
// beside the limit of the machine, interleaved in one run.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"guichet/bench/mesure"
)

func main() {
	rounds := flag.Int("rounds", 7, "rounds of each race")
	rows := flag.Int("rows", 100_000, "orders, and rows of the FINESS register")
	output := flag.String("output", "BUREAU.md", `file to write the results to, "" for none`)
	only := flag.String("only", "", "name of the only race to run")
	floor := flag.String("floor", "", "be one of the floors: read-xlsx, copy")
	flag.Parse()
	log.SetFlags(0)
	if *floor != "" {
		if err := beFloor(*floor, flag.Args()); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := run(context.Background(), max(1, *rounds), *rows, *only, *output); err != nil {
		log.Fatal("bureau: ", err)
	}
}

func run(ctx context.Context, rounds, rows int, only, output string) (err error) {
	dir, err := os.MkdirTemp("", "guichet-bureau-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	p, err := programs(ctx, dir)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "# The supplier's desk\n\nWritten by the benchmark itself: whole processes, %d rounds, %d orders or rows; the ratio is the median of the\nratios of each round, memory the most that a process held.\n\n", rounds, rows)
	t := headings()
	for _, c := range races(p, rows) {
		if only != "" && c.name != only {
			continue
		}
		fmt.Fprintln(os.Stderr, c.name)
		if err := c.run(ctx, filepath.Join(dir, c.name), rounds, &t); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	t.Write(&text)
	if output != "" {
		if err := os.WriteFile(output, text.Bytes(), 0o644); err != nil {
			return fmt.Errorf("write the results: %w", err)
		}
	}
	_, err = text.WriteTo(os.Stdout)
	return err
}

// paths are the programs that race.
type paths struct{ guichet, self, script string }

// programs builds guichet as users have it, and finds the others.
func programs(ctx context.Context, dir string) (p paths, err error) {
	p.guichet = filepath.Join(dir, "guichet")
	if err := mesure.Construire(ctx, "..", p.guichet); err != nil {
		return p, err
	}
	if p.self, err = os.Executable(); err != nil {
		return p, fmt.Errorf("find this program: %w", err)
	}
	p.script, err = filepath.Abs(filepath.Join("bureau", "script.py"))
	return p, err
}
