package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"guichet/bench/mesure"
)

// maxP99 is the goal for the slowest hundredth of deposits.
const maxP99 = 300 * time.Millisecond

// deposits measures deposits, then controls, then what no counter can go beyond: not in the same rounds, for what
// millions of rows leave to the database, checkpoints and statistics, is not the counter's work.
func deposits(ctx context.Context, s settings, c *counter, out io.Writer) error {
	if _, err := c.deposit(ctx, s.slice/3, false); err != nil { // connections and caches are there afterwards
		return err
	}
	var after time.Duration
	if err := c.settle(ctx, &after); err != nil {
		return err
	}
	after = 0
	var done, controlled, bare, grouped, files, library load
	err := c.byTurns(ctx, s.rounds, &after, []turn{{&done, func() (load, error) { return c.deposit(ctx, s.slice, false) }}})
	if err != nil {
		return err
	}
	if err := c.whole(ctx); err != nil {
		return err
	}
	var none time.Duration
	if err := c.byTurns(ctx, s.rounds, &none, []turn{{&controlled, func() (load, error) { return c.deposit(ctx, s.slice/2, true) }}}); err != nil {
		return err
	}
	lim, err := newLimits(ctx, c)
	if err != nil {
		return err
	}
	defer lim.close()
	err = c.byTurns(ctx, s.rounds, &none, []turn{
		{&bare, func() (load, error) { return during(ctx, s.slice/2, nil, clients, lim.bare(ctx)) }},
		{&grouped, func() (load, error) { return during(ctx, s.slice/2, nil, clients, lim.grouped(ctx)) }},
		{&files, func() (load, error) { return during(ctx, s.slice/2, nil, clients, lim.files(ctx)) }},
		{&library, func() (load, error) { return during(ctx, s.slice/2, nil, 2, controlAlone()) }},
	})
	if err != nil {
		return err
	}
	t := mesure.Table{{"work, 16 at once", "rate", "p50", "p99", "processor of the counter", "of the machine", "goal"}}
	row := func(name string, l load, goal string) {
		counter, machine := "–", "–"
		if l.machine > 0 {
			counter, machine = ms(l.each(l.counter)), ms(l.each(l.machine))
		}
		t.Add(name, rate(l.rate()), ms(l.share(50)), ms(l.share(99)), counter, machine, goal)
	}
	row("durable deposit", done, fmt.Sprintf("at least %.0f/s: %s, p99 below 300 ms: %s", c.goal, mesure.Met(done.rate() >= c.goal), mesure.Met(done.share(99) < maxP99)))
	t.Add("their mails, with receipts", "", "", "", "", "", fmt.Sprintf("–; the last one %.1f s after the last deposit", after.Seconds()))
	row("limit: bare transaction of the same rows", bare, fmt.Sprintf("deposit ÷ it: %.2f", done.rate()/bare.rate()))
	row("limit: the same, those that wait in one commit", grouped, fmt.Sprintf("deposit ÷ it: %.2f", done.rate()/grouped.rate()))
	row("limit: the file alone, durable under its name", files, fmt.Sprintf("deposit ÷ it: %.2f", done.rate()/files.rate()))
	row("control without storing, its page", controlled, "at least 1000/s: "+mesure.Met(controlled.rate() >= 1000))
	row("limit: the library's control of the same bytes, 2 at once", library, fmt.Sprintf("control ÷ it: %.2f", controlled.rate()/library.rate()))
	t.Write(out)
	return nil
}

// turn is one measure of a round, and the sum of those of all rounds.
type turn struct {
	sum *load
	do  func() (load, error)
}

// byTurns makes rounds of measures, each of which begins when nothing is left to do behind the one before it.
func (c *counter) byTurns(ctx context.Context, rounds int, after *time.Duration, turns []turn) error {
	for range rounds {
		for _, x := range turns {
			l, err := x.do()
			if err != nil {
				return err
			}
			x.sum.add(l)
			if err := c.settle(ctx, after); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle waits until nothing is left to do behind the deposits, and adds to after how long that took.
func (c *counter) settle(ctx context.Context, after *time.Duration) error {
	start := time.Now()
	for {
		var left int
		err := c.base.Lire().QueryRowContext(ctx, `SELECT (SELECT count(*) FROM river_job WHERE state IN ('available', 'running', 'retryable')) + (SELECT count(*) FROM esms_attente)`).Scan(&left)
		switch took := time.Since(start); {
		case err != nil:
			return fmt.Errorf("wait for what follows from deposits: %w", err)
		case left == 0:
			*after = max(*after, took)
			return nil
		case took > 5*time.Minute:
			return fmt.Errorf("%d jobs are left after five minutes", left)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// deposit has all clients deposit for a while, or control.
func (c *counter) deposit(ctx context.Context, d time.Duration, control bool) (load, error) {
	var senders [clients]*sender
	for i := range senders {
		s, err := newSender(c, i, control)
		if err != nil {
			return load{}, err
		}
		defer s.close()
		senders[i] = s
	}
	return during(ctx, d, c, clients, func(i int) error { return senders[i].send(&c.sent[i]) })
}

// sender deposits for one client.
type sender struct {
	*client
	head, tail   []byte
	deposit      *depositFile
	control      bool
	host, cookie string
}

func newSender(c *counter, i int, control bool) (*sender, error) {
	conn, err := dial(c.host)
	if err != nil {
		return nil, err
	}
	const boundary = "----guichet1f0e2d3c4b5a6978"
	var b strings.Builder
	field := func(name, value string) {
		fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n", boundary, name, value)
	}
	field("type", "avance")
	field("numeroAns", numeroAns(i))
	esms, path := esmsDeposited, "/deposer"
	if control {
		esms, path = esmsAlone, "/controler"
	}
	s := &sender{client: conn, deposit: newDeposit(i, 0, esms), tail: []byte("\r\n--" + boundary + "--\r\n"), control: control, host: c.host, cookie: c.cookies[i]}
	fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=\"fichier\"; filename=%q\r\nContent-Type: application/json\r\n\r\n", boundary, fileName(i))
	s.head = fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=%s\r\nContent-Length: %d\r\n\r\n%s",
		path, c.host, c.cookies[i], boundary, b.Len()+len(s.deposit.file)+len(s.tail), b.String())
	return s, nil
}

// send sends the next file. A deposit leads to its page; so does a control, which is made as its page is read.
func (s *sender) send(n *int) error {
	s.deposit.number(*n)
	*n++
	a, err := s.ask(s.head, s.deposit.file, s.tail)
	leads := "/depots/DEP-"
	if s.control {
		leads = "/controles/"
	}
	if err == nil && (a.status != 303 || !strings.HasPrefix(a.location, leads)) {
		err = fmt.Errorf("a file is answered by status %d %s", a.status, a.location)
	}
	if err != nil || !s.control {
		return err
	}
	a, err = s.ask(fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", a.location, s.host, s.cookie))
	if err == nil && a.status != 200 {
		err = fmt.Errorf("the page of a control is answered by status %d", a.status)
	}
	return err
}

// whole holds that each deposit was accepted whole: else the figures mean nothing.
func (c *counter) whole(ctx context.Context) error {
	sent := 0
	for _, n := range c.sent {
		sent += n
	}
	var accepted, rows int
	err := c.base.Lire().QueryRowContext(ctx, `SELECT (SELECT count(*) FROM depot WHERE verdict = 'accepte'), (SELECT count(*) FROM demande)`).Scan(&accepted, &rows)
	if err == nil && (accepted != sent || rows != sent*demandesOfFile) {
		err = fmt.Errorf("%d deposits were sent; %d accepted, with %d demandes", sent, accepted, rows)
	}
	return err
}
