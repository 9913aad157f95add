package web_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
)

// echo answers with what has come: a part of the path, of the query, of the form.
func echo(w http.ResponseWriter, r *http.Request) error {
	_, err := fmt.Fprintf(w, "[%s][%s][%s]", r.PathValue("nom"), r.URL.Query().Get("q"), r.PostFormValue("v"))
	return err
}

// Where one request ends and the next begins is in no doubt: a body is as long as its pieces say, whatever else is announced, and what
// could be read in two ways is refused, with the connection.
// ASVS 4.2.1
func TestNoSmuggling(t *testing.T) {
	t.Parallel()
	site := essai.Servir(t, func(adresse string) http.Handler {
		return web.Routeur([]web.Route{{Motif: "POST /envoi", Servir: func(w http.ResponseWriter, r *http.Request) error {
			corps, err := io.ReadAll(r.Body)
			if err == nil {
				_, err = fmt.Fprintf(w, "lu:%s.", corps)
			}
			return err
		}}}, &web.Site{Maintenant: time.Now, Log: slog.New(slog.DiscardHandler), Adresse: adresse})
	})
	const cache = "GET /cache HTTP/1.1\r\nHost: x\r\n\r\n"
	for nom, c := range map[string]struct {
		entetes, corps string
		lu             string // "" for a request that is refused
	}{
		"as long as it says": {"Content-Length: 3", "abc", "abc"},
		"in pieces":          {"Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n", "abc"},
		"both":               {fmt.Sprintf("Content-Length: %d\r\nTransfer-Encoding: chunked", len(cache)+13), "3\r\nabc\r\n0\r\n\r\n" + cache, "abc"},
		"two lengths":        {fmt.Sprintf("Content-Length: 3\r\nContent-Length: %d", len(cache)+3), "abc" + cache, ""},
		"two encodings":      {"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n" + cache, ""},
		"unknown encoding":   {"Content-Length: 3\r\nTransfer-Encoding: xchunked", "abc" + cache, ""},
		"blank in the name":  {"Content-Length: 3\r\nTransfer-Encoding : chunked", "0\r\n\r\n" + cache, ""},
		"signed length":      {"Content-Length: +3", "abc" + cache, ""},
		"negative length":    {"Content-Length: -3", cache, ""},
		"length in letters":  {"Content-Length: 0x3", "abc" + cache, ""},
		"a piece too long":   {"Transfer-Encoding: chunked", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n", ""},
		"a piece of nothing": {"Transfer-Encoding: chunked", "zz\r\nabc\r\n0\r\n\r\n", ""},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			prise, err := net.Dial("tcp", strings.TrimPrefix(site.URL, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer prise.Close()
			_, _ = fmt.Fprintf(prise, "POST /envoi HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n%s", c.entetes, c.corps)
			if tcp, ok := prise.(*net.TCPConn); ok {
				_ = tcp.CloseWrite()
			}
			lecteur := bufio.NewReader(prise)
			a, err := http.ReadResponse(lecteur, nil)
			if err != nil {
				t.Fatal(err)
			}
			texte, err := io.ReadAll(a.Body)
			if err != nil {
				t.Fatal(err)
			}
			if c.lu == "" && a.StatusCode < http.StatusBadRequest || c.lu != "" && string(texte) != "lu:"+c.lu+"." {
				t.Errorf("%d %.100s", a.StatusCode, texte)
			}
			if reste, _ := io.ReadAll(lecteur); c.lu == "" && len(reste) > 0 {
				t.Errorf("what followed was answered: %.100s", reste)
			}
		})
	}
}

// An address and a form are decoded once: what was encoded twice stays encoded once.
// ASVS 1.1.1
func TestDecodedOnce(t *testing.T) {
	t.Parallel()
	h, _ := monter(web.Route{Motif: "POST /x/{nom}", Servir: echo}, web.Route{Motif: "POST /x/{nom}/champ", Servir: func(w http.ResponseWriter, r *http.Request) error {
		f := &web.Formulaire{}
		if err := f.Lire(r); err != nil {
			return err
		}
		_, err := io.WriteString(w, f.Valeur("v"))
		return err
	}})
	r := httptest.NewRequest("POST", "/x/a%252e%252e%252fb?q=%253Cscript%253E", strings.NewReader("v=%2526lt%253B+%252525"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if w := demander(h, r); w.Body.String() != "[a%2e%2e%2fb][%3Cscript%3E][%26lt%3B %2525]" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	r = httptest.NewRequest("POST", "/x/a/champ", strings.NewReader(url.Values{"v": {"%41 &lt; \\u0041 =?utf-8?q?=41?="}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if w := demander(h, r); w.Body.String() != "%41 &lt; \\u0041 =?utf-8?q?=41?=" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// A form is what its body says: the same name in the address, or a second time, changes nothing.
// ASVS 15.3.7
func TestFormsAreTheirBodies(t *testing.T) {
	t.Parallel()
	h, _ := monter(web.Route{Motif: "POST /x/{nom}", Servir: func(w http.ResponseWriter, r *http.Request) error {
		f := &web.Formulaire{}
		if err := f.Lire(r); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w, "%s %s", r.PathValue("nom"), f.Valeur("v"))
		return err
	}})
	for corps, want := range map[string]string{"v=1": "a 1", "v=1&v=2": "a 1", "w=1": "a ", "v=&v=2": "a ", "nom=b&v=1": "a 1", "v=1;v=2": ""} {
		r := httptest.NewRequest("POST", "/x/a?v=9&nom=c", strings.NewReader(corps))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "v", Value: "8"})
		r.Header.Set("V", "7")
		if w := demander(h, r); w.Code == http.StatusOK && w.Body.String() != want {
			t.Errorf("%s: %d %q, want %q", corps, w.Code, w.Body, want)
		}
	}
}

// Whatever a file was called, the answer that gives it back has one header for it, with a name and nothing else: no path, no line, no
// character that nobody sees.
// ASVS 5.4.1, 5.4.2
func TestNamesOfFilesGivenBack(t *testing.T) {
	t.Parallel()
	noms := append(essai.Pieges(), "un.pdf", "été & hiver.pdf", `a"; filename="b.exe`, "a;b=c.pdf", "../../etc/passwd", `..\..\autorun.inf`, "a\r\nSet-Cookie: x=1", "a\u202efdp.exe", "dossier/un.pdf")
	for _, nom := range noms {
		for quoi, preparer := range map[string]func(http.Header){
			"received": func(h http.Header) { web.FichierRecu(h, "application/pdf", nom) },
			"made":     func(h http.Header) { web.Telechargement(h, "text/csv; charset=utf-8", nom) },
			"unknown":  func(h http.Header) { web.FichierRecu(h, "text/html", nom) },
		} {
			h := http.Header{}
			preparer(h)
			d := h["Content-Disposition"]
			if len(d) != 1 || strings.ContainsAny(d[0], "\r\n\x00") {
				t.Errorf("%s, %.40q: %q", quoi, nom, d)
				continue
			}
			maniere, params, err := mime.ParseMediaType(d[0])
			if err != nil || maniere != "attachment" && quoi != "received" || len(params) > 1 || strings.ContainsAny(params["filename"], "/\\\r\n\x00\u202e\u2066\u200b") {
				t.Errorf("%s, %.40q: %q, %v, %v", quoi, nom, d[0], params, err)
			}
			if quoi == "unknown" && h.Get("Content-Type") != "application/octet-stream" {
				t.Errorf("%.40q: a page is given back as %s", nom, h.Get("Content-Type"))
			}
		}
	}
	for nom, want := range map[string]string{"été & hiver.pdf": "été & hiver.pdf", "dossier/un.pdf": "un.pdf", "un.pdf": "un.pdf"} {
		h := http.Header{}
		web.Telechargement(h, "application/pdf", nom)
		if _, params, err := mime.ParseMediaType(h.Get("Content-Disposition")); err != nil || params["filename"] != want {
			t.Errorf("%q: %v, %v", nom, params, err)
		}
	}
}

// What goes wrong in the program is in its log, with its cause and the name that the person was told.
// ASVS 16.3.4
func TestFaultsAreLogged(t *testing.T) {
	t.Parallel()
	h, journal := monter(
		web.Route{Motif: "GET /panne", Servir: func(http.ResponseWriter, *http.Request) error { return io.ErrShortWrite }},
		web.Route{Motif: "GET /panique", Servir: func(http.ResponseWriter, *http.Request) error { panic("boum") }},
	)
	for chemin, cause := range map[string]string{"/panne": io.ErrShortWrite.Error(), "/panique": "boum"} {
		journal.Reset()
		w := demander(h, httptest.NewRequest("GET", chemin, nil))
		_, apres, _ := strings.Cut(w.Body.String(), "sous la référence ")
		reference, _, _ := strings.Cut(apres, ".")
		trouve := false
		for ligne := range strings.Lines(journal.String()) {
			trouve = trouve || strings.Contains(ligne, "level=ERROR") && strings.Contains(ligne, cause) && strings.Contains(ligne, "GET "+chemin) && reference != "" && strings.Contains(ligne, reference)
		}
		if !trouve {
			t.Errorf("%s (%s):\n%s", chemin, reference, journal)
		}
	}
}
