package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// dangereux are ways by which a script makes of a text something that acts, or leaves it behind, or listens to others.
var dangereux = map[string]*regexp.Regexp{
	"a text becomes a page":       regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe|srcdoc`),
	"a text becomes a program":    regexp.MustCompile(`\beval\b|new Function|Function\(|\bimport\(|set(?:Timeout|Interval)\(\s*["'` + "`" + `]|javascript:|createElement\(\s*["']script`),
	"other windows are listened":  regexp.MustCompile(`postMessage|["']message["']|onmessage|BroadcastChannel|window\.opener`),
	"a name becomes a prototype":  regexp.MustCompile(`__proto__|\.prototype\b|Object\.assign|\w\[[a-z]+\]\s*=[^=>]`),
	"it stays in the browser":     regexp.MustCompile(`localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker`),
	"typing is hindered":          regexp.MustCompile(`["'](?:paste|copy|contextmenu|keypress|keydown)["']`),
	"plugins and others' scripts": regexp.MustCompile(`https?://|ActiveXObject|<object|<embed|<applet|navigator\.plugins`),
}

// The scripts of the counter show texts as texts, run nothing that is not theirs, and listen to nobody.
// ASVS 1.3.2, 3.2.2, 3.5.5, 3.7.1, 6.2.7, 14.3.3, 15.3.6: over all scripts.
func TestScripts(t *testing.T) {
	t.Parallel()
	scripts, err := fs.Glob(fichiersStatiques, "statique/*.js")
	if err != nil || len(scripts) == 0 {
		t.Fatal(scripts, err)
	}
	for _, nom := range scripts {
		octets, err := fs.ReadFile(fichiersStatiques, nom)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(octets), `"use strict";`) {
			t.Errorf("%s is not strict", nom)
		}
		for quoi, motif := range dangereux {
			for n, ligne := range strings.Split(string(octets), "\n") {
				if quoi == "typing is hindered" && nom == "statique/touches.js" && strings.Contains(ligne, `"keydown"`) {
					continue // of who has switched keys on: the browser tests hold that none acts in a field
				}
				if code, _, _ := strings.Cut(ligne, "//"); motif.MatchString(code) {
					t.Errorf("%s:%d: %s: %s", nom, n+1, quoi, ligne)
				}
			}
		}
	}
	pages, err := filepath.Glob("../*/*.html")
	sous, errSous := filepath.Glob("../*/*/*.html")
	if pages = append(pages, sous...); err != nil || errSous != nil || len(pages) < 50 {
		t.Fatal(len(pages), err, errSous)
	}
	for _, nom := range pages {
		octets, err := os.ReadFile(nom)
		if err != nil {
			t.Fatal(err)
		}
		if x := regexp.MustCompile(`(?i)<(object|embed|applet)|<script(?:>| [^>]*>)[^<]|\son[a-z]+="`).FindString(string(octets)); x != "" {
			t.Errorf("%s: %s", nom, x)
		}
	}
}
