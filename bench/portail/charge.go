package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// load is what a while of work from all clients came to.
type load struct {
	done             int
	took             time.Duration
	durations        []time.Duration // sorted
	counter, machine time.Duration   // processor's time: of the counter with its database, of everything
}

// during has each client do something again and again, for so long.
func during(ctx context.Context, d time.Duration, c *counter, n int, do func(client int) error) (l load, err error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	before := c.processor()
	start := time.Now()
	for i := range n {
		wg.Go(func() {
			var mine []time.Duration
			var failed error
			for failed == nil && time.Since(start) < d && ctx.Err() == nil {
				begun := time.Now()
				if failed = do(i); failed == nil {
					mine = append(mine, time.Since(begun))
				}
			}
			mu.Lock()
			defer mu.Unlock()
			l.durations = append(l.durations, mine...)
			if err == nil {
				err = failed
			}
		})
	}
	wg.Wait()
	l.took, l.done = time.Since(start), len(l.durations)
	after := c.processor()
	l.counter, l.machine = after.counter-before.counter, after.machine-before.machine
	slices.Sort(l.durations)
	if err == nil && l.done == 0 {
		err = fmt.Errorf("nothing was done")
	}
	return l, err
}

// add joins the rounds of one measure.
func (l *load) add(o load) {
	l.done, l.took = l.done+o.done, l.took+o.took
	l.counter, l.machine = l.counter+o.counter, l.machine+o.machine
	l.durations = append(l.durations, o.durations...)
	slices.Sort(l.durations)
}

func (l *load) rate() float64 { return float64(l.done) / l.took.Seconds() }

// share is the duration that so many of a hundred do not exceed.
func (l *load) share(percent int) time.Duration {
	return l.durations[min(len(l.durations)*percent/100, len(l.durations)-1)]
}

func (l *load) each(d time.Duration) time.Duration { return d / time.Duration(max(1, l.done)) }

func ms(d time.Duration) string {
	if d < time.Millisecond {
		return fmt.Sprintf("%.3f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

func rate(r float64) string { return fmt.Sprintf("%.0f/s", r) }
