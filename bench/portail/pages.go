package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"guichet/bench/mesure"
)

// pages measures pages that store nothing, and beside them a server that does nothing.
func pages(ctx context.Context, s settings, c *counter, out io.Writer) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	hello := &http.Server{Handler: http.HandlerFunc(helloWorld), ReadHeaderTimeout: time.Second}
	go func() { _ = hello.Serve(l) }() // until it is closed
	defer hello.Close()
	t := mesure.Table{{"page, 16 clients", "rate", "p50", "p99", "processor of the counter", "of the machine", "goal"}}
	var limit, trivial load
	for _, p := range []struct {
		name, path string
		signedIn   bool
	}{
		{"limit: net/http says hello in as many bytes", "", false},
		{"the home page", "/", false},
		{"/healthz, which asks the database", "/healthz", false},
		{"a form, signed in (/deposer)", "/deposer", true},
	} {
		host := c.host
		if p.path == "" {
			host = l.Addr().String()
		}
		m, err := c.ask(ctx, s.slice, host, p.path, p.signedIn)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		goal := "–"
		switch p.path {
		case "":
			limit = m
			m.counter = 0
		case "/":
			trivial = m
			goal = fmt.Sprintf("at least 20000/s: %s; page ÷ limit: %.2f", mesure.Met(trivial.rate() >= 20_000), trivial.rate()/limit.rate())
		}
		t.Add(p.name, rate(m.rate()), ms(m.share(50)), ms(m.share(99)), ms(m.each(m.counter)), ms(m.each(m.machine)), goal)
	}
	t.Write(out)
	return nil
}

// helloWorld answers as many bytes as the home page has.
func helloWorld(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(greeting)))
	_, _ = w.Write(greeting) // who has gone does not read an error either
}

var greeting = make([]byte, 3000)

// ask has all clients ask for a page for a while.
func (c *counter) ask(ctx context.Context, d time.Duration, host, path string, signedIn bool) (load, error) {
	var all [clients]*client
	var requests [clients][]byte
	for i := range all {
		var err error
		if all[i], err = dial(host); err != nil {
			return load{}, err
		}
		defer all[i].close()
		cookie := ""
		if signedIn {
			cookie = c.cookies[i]
		}
		if path == "" {
			path = "/"
		}
		requests[i] = get(host, cookie, path)
	}
	return during(ctx, d, c, clients, func(i int) error {
		a, err := all[i].ask(requests[i])
		if err == nil && a.status != http.StatusOK {
			err = fmt.Errorf("status %d %s", a.status, a.location)
		}
		return err
	})
}
