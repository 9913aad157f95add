// Command archives measures how the counter receives archives: guichet serve as a process of its own, sent to over HTTP
// on this machine, beside the limit of the machine in the same run.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"guichet/bench/mesure"
)

func main() {
	rounds := flag.Int("rounds", 7, "rounds of each measure")
	output := flag.String("output", "PORTAIL.md", `file whose last section the results become, "" for none`)
	flag.Parse()
	log.SetFlags(0)
	if err := run(context.Background(), max(1, *rounds), *output); err != nil {
		log.Fatal("archives: ", err)
	}
}

func run(ctx context.Context, rounds int, output string) (err error) {
	dir, err := os.MkdirTemp("", "guichet-archives-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	guichet := filepath.Join(dir, "guichet")
	if err := mesure.Construire(ctx, "..", guichet); err != nil {
		return err
	}
	var text bytes.Buffer
	text.WriteString(heading)
	if err := archives(ctx, &text, guichet, dir, rounds); err != nil {
		return err
	}
	if output != "" {
		if err := replaceSection(output, text.Bytes()); err != nil {
			return fmt.Errorf("write the results: %w", err)
		}
	}
	_, err = text.WriteTo(os.Stdout)
	return err
}

// heading begins the section, which is the last of its file.
const heading = "## Archives\n\n"

// replaceSection puts the section in the place of the one that was written before, or after everything else.
func replaceSection(name string, section []byte) error {
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	before, _, _ := bytes.Cut(text, []byte(heading))
	if len(before) == 0 {
		before = []byte("# The counter\n")
	}
	before = append(bytes.TrimRight(before, "\n"), "\n\n"...)
	return os.WriteFile(name, append(before, section...), 0o644)
}
