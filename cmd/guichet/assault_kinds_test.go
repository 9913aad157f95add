package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// kindsOfAttack are what strangers do, one after the other, for as long as they are let.
var kindsOfAttack = []func(ctx context.Context, v *visitor){
	slowHead, slowBody, triesPasswords, triesAddresses, asksForLinks, draftsEnrolments, floodsPages,
	deposits(hostileErrors), deposits(hostileDemandes), deposits(hostileTags), sendsArchives, readsSlowly,
}

// pause lets time pass, or the attack end.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// slowHead never ends the head of its request.
func slowHead(ctx context.Context, v *visitor) { trickle(ctx, v, "GET / HTTP/1.1\r\nHost: x\r\nX: ") }

// slowBody never ends the form of somebody who signs in.
func slowBody(ctx context.Context, v *visitor) {
	trickle(ctx, v, "POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\ncourriel=")
}

// trickle opens a few connections, and sends a byte now and then.
func trickle(ctx context.Context, v *visitor, begin string) {
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			c, err := v.dial.DialContext(ctx, "tcp", v.address)
			if err != nil {
				pause(ctx, time.Second)
				return
			}
			defer c.Close()
			for _, err = io.WriteString(c, begin); err == nil && ctx.Err() == nil; _, err = io.WriteString(c, "a") {
				pause(ctx, 300*time.Millisecond)
			}
		})
	}
	wg.Wait()
}

// triesPasswords tries those of an account that there is.
func triesPasswords(ctx context.Context, v *visitor) {
	_, _, _ = v.form(ctx, "/connexion", url.Values{"courriel": {"deposant@editeur.exemple.invalid"}, "motdepasse": {fmt.Sprint("essai-", rand.Int64())}})
}

// triesAddresses tries accounts that there may be.
func triesAddresses(ctx context.Context, v *visitor) {
	_, _, _ = v.form(ctx, "/connexion", url.Values{"courriel": {fmt.Sprintf("a%d@exemple.invalid", rand.Int64())}, "motdepasse": {strings.Repeat("x", 900_000)}})
}

func asksForLinks(ctx context.Context, v *visitor) {
	_, _, _ = v.form(ctx, "/mot-de-passe-oublie", url.Values{"courriel": {"proprietaire@distributeur.exemple.invalid"}})
}

// draftsEnrolments begins one enrolment after the other, and sends documents with it.
func draftsEnrolments(ctx context.Context, v *visitor) {
	_, _, _ = v.form(ctx, "/enrolement", url.Values{})
	_, _, _ = v.send(ctx, "/enrolement/pieces/rib", "", "fichier", "rib.pdf", append([]byte("%PDF-1.7\n"), make([]byte, 2<<20)...))
}

func floodsPages(ctx context.Context, v *visitor) {
	for _, path := range []string{"/", "/connexion", "/accessibilite", "/enrolement", "/statique/style.css", "/nulle-part"} {
		_, _, _ = v.ask(ctx, http.MethodGet, path, "", nil)
	}
}

// deposits has a supplier who means harm control, then deposit, a file that costs much.
func deposits(file func() []byte) func(context.Context, *visitor) {
	content := sync.OnceValue(file)
	return func(ctx context.Context, v *visitor) {
		v.http.Jar = v.culprit.http.Jar
		_, where, err := v.send(ctx, "/controler", "ANS0000001", "fichier", "JSON-ANS0000001-20261124-001.json", content())
		if err == nil {
			_, _, _ = v.ask(ctx, http.MethodGet, where+"/rapport/json", "", nil)
		}
		_, _, _ = v.send(ctx, "/deposer", "ANS0000001", "fichier", "JSON-ANS0000001-20261124-001.json", append(content(), strings.Repeat(" ", rand.IntN(1000))...))
	}
}

func hostileErrors() []byte {
	return []byte(`{"siret":1,` + strings.Repeat(`"y\u0026<z": "`+strings.Repeat("&", 700)+`", `, 20_000) + `"x": 1}`)
}

func hostileDemandes() []byte {
	return []byte(`{"siret":1,"lignesImport":[` + strings.Repeat(`{"a":1},`, 1_000_000) + `{}]}`)
}

func hostileTags() []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i := range 200_000 {
		fmt.Fprintf(&b, `"balise %d": [[["%s"]]], `, i, strings.Repeat("<", 40))
	}
	b.WriteString(`"x": 1}`)
	return b.Bytes()
}

// sendsArchives sends what is no archive of documents to a deposit.
func sendsArchives(ctx context.Context, v *visitor) {
	v.http.Jar = v.culprit.http.Jar
	_, _, _ = v.send(ctx, "/depots/DEP-000000001-48/pieces", "", "archives", fmt.Sprintf("lot-%d-%d.zip", v.rank, rand.Int64()), append([]byte("PK\x03\x04"), make([]byte, 4<<20)...))
}

// readsSlowly asks for a report, and takes a minute for each piece of it.
func readsSlowly(ctx context.Context, v *visitor) {
	v.http.Jar = v.culprit.http.Jar
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+v.address+"/depots/DEP-000000001-48/rapport/json", nil)
	if err != nil {
		return
	}
	a, err := v.http.Do(r)
	if err != nil {
		return
	}
	defer a.Body.Close()
	b := make([]byte, 1)
	for ctx.Err() == nil {
		if _, err := a.Body.Read(b); err != nil {
			return
		}
		pause(ctx, time.Second)
	}
}
