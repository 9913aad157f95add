package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"guichet/internal/attente"
)

// freePort puts a port that nobody listens on into a variable: port PORT.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	address, err := attente.Adresse()
	ts.Check(err)
	_, port, err := net.SplitHostPort(address)
	ts.Check(err)
	ts.Setenv(args[0], port)
}

// untilAnswered waits until a counter answers at an address: answers 127.0.0.1:8080. It listens before it is open, so that a
// connection alone says nothing.
func untilAnswered(ts *testscript.TestScript, _ bool, args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), attente.Patience)
	defer cancel()
	answer, err := firstAnswer(ctx, http.DefaultTransport, "http://"+args[0]+"/healthz")
	ts.Check(err)
	ts.Check(answer.Body.Close())
}

// firstAnswer asks a counter that is being opened until it answers.
func firstAnswer(ctx context.Context, transport http.RoundTripper, address string) (*http.Response, error) {
	client := &http.Client{Transport: transport}
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		answer, err := client.Do(request)
		if err == nil || ctx.Err() != nil {
			return answer, err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// signsIn takes the password of somebody from the list of accounts that a demonstration writes, signs in and wants to
// see pages: signs-in http://127.0.0.1:8080 demo/demonstration.txt a@exemple.invalid /accueil. Negated, it wants no such list.
func signsIn(ts *testscript.TestScript, neg bool, args []string) {
	list := func() []string {
		found, err := filepath.Glob(ts.MkAbs(args[1]))
		ts.Check(err)
		return found
	}
	if neg {
		if found := list(); len(found) > 0 {
			ts.Fatalf("there is %q", found)
		}
		return
	}
	for range 4000 {
		if len(list()) > 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	untilAnswered(ts, false, []string{strings.TrimPrefix(args[0], "http://")})
	found := list()
	if len(found) == 0 {
		ts.Fatalf("no list of accounts %s", args[1])
	}
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	c := &http.Client{Jar: jar}
	answer, err := c.PostForm(args[0]+"/connexion", url.Values{"courriel": {args[2]}, "motdepasse": {passwordOf(ts, found[0], args[2])}})
	ts.Check(err)
	ts.Check(answer.Body.Close())
	for _, path := range args[3:] {
		answer, err := c.Get(args[0] + path)
		ts.Check(err)
		text, err := io.ReadAll(answer.Body)
		ts.Check(err)
		ts.Check(answer.Body.Close())
		if answer.StatusCode != http.StatusOK || answer.Request.URL.Path != path || !strings.Contains(string(text), "<h1") {
			ts.Fatalf("%s: %d at %s\n%.2000s", path, answer.StatusCode, answer.Request.URL.Path, text)
		}
	}
}

func passwordOf(ts *testscript.TestScript, list, address string) string {
	text, err := os.ReadFile(list)
	ts.Check(err)
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == address {
			return f[1]
		}
	}
	ts.Fatalf("%s does not name %s:\n%s", list, address, text)
	return ""
}
