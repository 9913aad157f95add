package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"guichet/bench/mesure"
)

// maxList is the goal for a page of a list.
const maxList = 50 * time.Millisecond

// curve measures deposits and lists as the counter fills. Half of all demandes are the first supplier's, whose
// lists are measured; the others share the rest.
func curve(ctx context.Context, s settings, c *counter, out io.Writer) error {
	deposit := mesure.Table{{"demandes stored", "deposits", "p50", "p99", "processor of the counter", "÷ the first"}}
	lists := mesure.Table{{"requests of the supplier", "page of a list, one client", "p50", "p99", "goal, below 50 ms"}}
	f := newFiller(c)
	var first, after time.Duration
	if _, err := c.deposit(ctx, s.slice/3, true); err != nil { // connections and caches are there afterwards
		return err
	}
	for _, point := range []struct {
		n     int
		slice time.Duration // short where few are stored: deposits add to them
	}{{10_000, s.slice / 6}, {100_000, s.slice / 2}, {1_000_000, s.slice}} {
		if point.n > s.most {
			break
		}
		stored, err := f.fill(ctx, point.n)
		if err != nil {
			return fmt.Errorf("fill the database: %w", err)
		}
		if err := c.settle(ctx, &after); err != nil {
			return err
		}
		l, err := c.deposit(ctx, point.slice, false)
		if err != nil {
			return err
		}
		if err := c.settle(ctx, &after); err != nil {
			return err
		}
		if first == 0 {
			first = l.each(l.counter)
		}
		deposit.Add(fmt.Sprint(stored), rate(l.rate()), ms(l.share(50)), ms(l.share(99)), ms(l.each(l.counter)),
			fmt.Sprintf("%.2f", float64(l.each(l.counter))/float64(max(first, 1))))
		if err := c.lists(ctx, f, &lists); err != nil {
			return err
		}
	}
	deposit.Write(out)
	lists.Write(out)
	return nil
}

// lists asks for the pages of the first supplier's lists.
func (c *counter) lists(ctx context.Context, f *filler, t *mesure.Table) error {
	conn, err := dial(c.host)
	if err != nil {
		return err
	}
	defer conn.close()
	for _, p := range []struct{ name, path string }{
		{"newest", "/demandes"},
		{"middle", fmt.Sprintf("/demandes?apres=%d.100", f.middle)},
		{"in a state", "/demandes?etat=complete"},
		{"deposits", "/depots"},
		{"by number", "/demandes?q=" + number(firstNumber+77)},
	} {
		request := get(c.host, c.cookies[0], p.path)
		n := 0
		l, err := during(ctx, time.Second/2, c, 1, func(int) error {
			a, err := conn.ask(request)
			if err == nil && a.status != http.StatusOK {
				err = fmt.Errorf("%s: status %d", p.path, a.status)
			}
			n++
			return err
		})
		if err != nil {
			return err
		}
		t.Add(fmt.Sprint(f.ofFirst), p.name, ms(l.share(50)), ms(l.share(99)), mesure.Met(l.share(99) < maxList))
	}
	return nil
}
