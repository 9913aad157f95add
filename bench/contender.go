package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"guichet/bench/mesure"
)

// contender is one way to read a file.
type contender struct {
	name string
	// floor contenders read the file without checking it: they find no errors.
	floor bool
	// time reads f n times.
	time func(f *file, n int) (time.Duration, error)
	// errors counts what is wrong with f.
	errors func(f *file) (int, error)
}

// verify makes sure that all contenders are of one mind about f, and counts the errors each finds.
func verify(cs []contender, f *file) ([]int, error) {
	found := make([]int, len(cs))
	for i, c := range cs {
		var err error
		if found[i], err = c.errors(f); err != nil {
			return nil, fmt.Errorf("%s on %q: %w", c.name, f.name, err)
		}
		if accepts := found[i] == 0; accepts != f.valid && !c.floor {
			return nil, fmt.Errorf("%s on %q: %d errors found", c.name, f.name, found[i])
		}
	}
	return found, nil
}

// series is what the rounds over one file gave: by contender, the time of one reading in each round.
type series struct {
	file   *file
	found  []int
	rounds [][]time.Duration
}

// effort bounds how long measuring takes.
type effort struct {
	rounds int
	batch  time.Duration // one contender in one round
	warmUp time.Duration // one contender before the rounds
}

// race has each contender read f in each round, in an order drawn anew, so that what disturbs the machine
// disturbs them alike, and nobody always comes after the same one.
func race(cs []contender, f *file, e effort) (*series, error) {
	found, err := verify(cs, f)
	if err != nil {
		return nil, err
	}
	s := &series{file: f, found: found, rounds: make([][]time.Duration, len(cs))}
	batches := make([]int, len(cs))
	for i := range cs {
		if batches[i], err = cs[i].warm(f, e); err != nil {
			return nil, err
		}
	}
	order := rand.New(rand.NewPCG(1, uint64(len(f.bytes))))
	for range e.rounds {
		for _, i := range order.Perm(len(cs)) {
			t, err := cs[i].batch(f, batches[i])
			if err != nil {
				return nil, err
			}
			s.rounds[i] = append(s.rounds[i], t/time.Duration(batches[i]))
		}
	}
	return s, nil
}

// warm reads f until compilers and caches have settled, and returns how many readings fill a batch.
func (c *contender) warm(f *file, e effort) (int, error) {
	n := 1
	for spent := time.Duration(0); ; {
		t, err := c.batch(f, n)
		if err != nil {
			return 0, err
		}
		if spent += t; spent >= e.warmUp {
			return max(1, int(int64(n)*int64(e.batch)/int64(max(t, 1)))), nil
		}
		if t < e.batch/2 {
			n *= 2
		}
	}
}

// batch collects the garbage of whoever ran before and reads f once, so that nobody pays for another.
func (c *contender) batch(f *file, n int) (time.Duration, error) {
	runtime.GC()
	if _, err := c.time(f, 1); err != nil {
		return 0, fmt.Errorf("%s on %q: %w", c.name, f.name, err)
	}
	t, err := c.time(f, n)
	if err != nil {
		return 0, fmt.Errorf("%s on %q: %w", c.name, f.name, err)
	}
	return t, nil
}

// median returns the middle time of contender i.
func (s *series) median(i int) time.Duration {
	return mesure.Median(s.rounds[i])
}

// ratio returns how many times longer contender a took than b: the middle of the ratios of each round,
// and the middle half of them.
func (s *series) ratio(a, b int) (low, mid, high float64) {
	ratios := mesure.Ratios(s.rounds[a], s.rounds[b])
	return ratios[len(ratios)/4], mesure.Median(ratios), ratios[len(ratios)*3/4]
}
