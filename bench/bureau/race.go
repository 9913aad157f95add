package main

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"guichet/bench/mesure"
)

// race is one work done by guichet and by its peer or floor, on the same input.
type race struct {
	name    string
	input   func(dir string) error // makes the input in an empty folder
	guichet []string
	peer    []string
	peerIs  string
	bound   float64 // of the ratio guichet/peer, at most
	memory  int64   // bytes that guichet may hold, 0 for no goal
	seconds float64 // that guichet may take, 0 for no goal
	outputs []string
}

func headings() mesure.Table {
	return mesure.Table{{"work", "guichet", "peer or floor", "", "guichet ÷ it", "middle half", "goal", "memory", "goal"}}
}

// run runs both in each round, in an order drawn anew. What they write is put aside before each.
func (c *race) run(ctx context.Context, dir string, rounds int, t *mesure.Table) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := c.input(dir); err != nil {
		return fmt.Errorf("make the input: %w", err)
	}
	times := make([][]time.Duration, 2)
	var memory int64
	order := rand.New(rand.NewPCG(1, uint64(len(c.name))))
	for range rounds {
		for _, i := range order.Perm(2) {
			if err := c.clear(dir); err != nil {
				return err
			}
			cost, err := mesure.Executer(ctx, dir, [][]string{c.guichet, c.peer}[i]...)
			if err != nil {
				return err
			}
			times[i] = append(times[i], cost.Temps)
			if i == 0 {
				memory = max(memory, cost.Memoire)
			}
		}
	}
	c.tell(t, times, memory)
	return os.RemoveAll(dir)
}

// clear puts what was written aside, emptied. It is taken away at the end only: a file system that has just lost hundreds of
// files looks long for a place for new ones (ext4 gives none that was let go of in the last minutes), which took a quarter of
// the time that was to be measured.
func (c *race) clear(dir string) error {
	aside, err := os.MkdirTemp(dir, "aside-")
	if err != nil {
		return err
	}
	for _, name := range c.outputs {
		found, err := fs.Glob(os.DirFS(dir), name)
		if err != nil {
			return err
		}
		for _, f := range found {
			if err := os.Rename(filepath.Join(dir, f), filepath.Join(aside, f)); err != nil {
				return err
			}
		}
	}
	return filepath.WalkDir(aside, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		return os.Truncate(path, 0)
	})
}

func (c *race) tell(t *mesure.Table, times [][]time.Duration, memory int64) {
	ratios := mesure.Ratios(times[0], times[1])
	ratio, took := mesure.Median(ratios), mesure.Median(times[0])
	goal, memoryGoal := "–", "–"
	switch {
	case c.bound > 0:
		goal = fmt.Sprintf("at most %.2g: %s", c.bound, mesure.Met(ratio <= c.bound))
	case c.seconds > 0:
		goal = fmt.Sprintf("below %g s: %s", c.seconds, mesure.Met(took.Seconds() < c.seconds))
	}
	if c.memory > 0 {
		memoryGoal = fmt.Sprintf("below %d MB: %s", c.memory/1e6, mesure.Met(memory < c.memory))
	}
	n := len(ratios)
	t.Add(c.name, seconds(took), c.peerIs, seconds(mesure.Median(times[1])), fmt.Sprintf("%.3f", ratio),
		fmt.Sprintf("%.3f to %.3f", ratios[n/4], ratios[n*3/4]), goal, fmt.Sprintf("%d MB", memory/1e6), memoryGoal)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
