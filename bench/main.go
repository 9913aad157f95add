// Command bench compares the check with its peers and with floors, interleaved in one run, and prints
// the medians, the ratios and whether the goals are met.
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
	"path/filepath"
	"time"

	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

func main() {
	rounds := flag.Int("rounds", 15, "rounds of each file")
	batch := flag.Duration("batch", 40*time.Millisecond, "time of each contender in each round")
	warmUp := flag.Duration("warmup", 500*time.Millisecond, "time of each contender before the rounds")
	output := flag.String("output", "RESULTATS.md", `file to write the results to, "" for none`)
	memoryOf := flag.String(memoryFlag, "", "print the bytes allocated to check that file, and nothing else")
	flag.Parse()
	log.SetFlags(0)
	if *memoryOf != "" {
		src, err := os.ReadFile(*memoryOf)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(memory(src))
		return
	}
	if err := run(context.Background(), effort{max(1, *rounds), *batch, *warmUp}, *output); err != nil {
		log.Fatal("bench: ", err)
	}
}

func run(ctx context.Context, e effort, output string) (err error) {
	dir, err := os.MkdirTemp("", "guichet-bench-")
	if err != nil {
		return fmt.Errorf("make a folder for the files: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	files, err := makeFiles(dir, shapes())
	if err != nil {
		return err
	}
	r := &results{machine: machine(ctx), effort: e}
	if err := r.raceAll(ctx, dir, files, os.Stderr); err != nil {
		return err
	}
	if err := r.measureResources(ctx, files); err != nil {
		return err
	}
	r.growth = growth([]int{1, 10, 100}, e.rounds)
	var text bytes.Buffer
	r.write(&text)
	if output != "" {
		if err := os.WriteFile(output, text.Bytes(), 0o644); err != nil {
			return fmt.Errorf("write the results: %w", err)
		}
	}
	_, err = text.WriteTo(os.Stdout)
	return err
}

// raceAll times all contenders that are there on all files.
func (r *results) raceAll(ctx context.Context, dir string, files []file, progress io.Writer) (err error) {
	schema, err := export.Schema(ms1dui.Courante(), modele.Anglais)
	if err != nil {
		return fmt.Errorf("export the schema: %w", err)
	}
	if r.contenders, err = goContenders(schema); err != nil {
		return err
	}
	schemaPath := filepath.Join(dir, "schema.json")
	if err := os.WriteFile(schemaPath, schema, 0o600); err != nil {
		return fmt.Errorf("write the schema: %w", err)
	}
	n, err := startNode(ctx, schemaPath)
	switch {
	case errors.Is(err, errNoNode):
		r.notes = append(r.notes, "ajv and wasm ("+err.Error()+")")
	case err != nil:
		return err
	default:
		defer func() { err = errors.Join(err, n.stop()) }()
		r.contenders = append(r.contenders, n.contenders()...)
	}
	if r.index(simd) < 0 {
		r.notes = append(r.notes, "simdjson-go (it needs AVX2)")
	}
	for i := range files {
		fmt.Fprintf(progress, "%s\n", files[i].name)
		s, err := race(r.contenders, &files[i], r.effort)
		if err != nil {
			return err
		}
		r.races = append(r.races, s)
	}
	return nil
}

func (r *results) measureResources(ctx context.Context, files []file) error {
	for i := range files {
		bytes, err := freshMemory(ctx, &files[i])
		if err != nil {
			return err
		}
		r.memory = append(r.memory, resource{&files[i], float64(bytes)})
		if files[i].valid {
			r.allocated = append(r.allocated, resource{&files[i], allocations(&files[i])})
		}
	}
	return nil
}
