package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// commands lists the arguments that name each command.
func commands(c *cobra.Command) [][]string {
	all := [][]string{strings.Fields(c.CommandPath())[1:]}
	for _, sub := range c.Commands() {
		all = append(all, commands(sub)...)
	}
	return all
}

// Words that are of one language only, and do not stand in names of files, tags and flags.
var (
	french  = words("le la les des du un une pour avec sur dans ou et est sont qui que au aux ne pas par aide fichier dossier contrôle contrôler règle règles balise écrit affiche liste exemples commande commandes défaut")
	english = words("the of for with and is are that which this from to by help usage flags command commands available use more information about about examples global file folder default shell show write check it its")
)

// Words of the domain and of the format that both languages have.
var common = words("barème ségur numérique référencement référencements usage check file shell")

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

var (
	aWord     = regexp.MustCompile(`[\p{L}]+`)
	accented  = regexp.MustCompile(`[à-öø-ÿœ]`)
	notProse  = regexp.MustCompile(`(?m)--[a-z-]+|x\W{1,3}forwarded\W{1,3}for\b|^  guichet [^#\n]*|guichet [a-z]+|^  [a-z]+  |(?:tranche|fichier);\S+|\bfr\|en\b|[a-z_]+\|[a-z_|]+|\S+\.json\S*`)
	manMarkup = regexp.MustCompile(`(?m)\\f[BIRP]|\\-|^\.\S+|^'\\".*|\\\(.*?\)`)
)

// foreign returns the words of a text that are of the other language.
func foreign(text string, inFrench bool) []string {
	var found []string
	for _, w := range aWord.FindAllString(strings.ToLower(notProse.ReplaceAllString(text, " ")), -1) {
		switch {
		case common[w]:
		case inFrench && english[w], !inFrench && (french[w] || accented.MatchString(w)):
			found = append(found, w)
		}
	}
	return slices.Compact(found)
}

// All help is in the language asked for: nothing of cobra's English is left in French, and nothing of the
// French texts in English.
func TestHelpIsInOneLanguage(t *testing.T) {
	t.Parallel()
	all := commands((&program{env: env{getenv: os.Getenv}}).root())
	if len(all) < 9 {
		t.Fatalf("only %d commands: %v", len(all), all)
	}
	for _, args := range append(all, []string{"help"}) {
		for _, form := range [][]string{append(slices.Clone(args), "--help"), append([]string{"help"}, args...)} {
			if slices.Equal(form, []string{"help", "help"}) {
				form = []string{"help", "--help"}
			}
			for _, lang := range []string{"fr", "en"} {
				k := &keyboard{}
				if got := k.run(t.Context(), append(form, "--lang", lang)...); got != 0 || k.stderr.Len() > 0 {
					t.Fatalf("%v: exit status %d: %s", form, got, &k.stderr)
				}
				text := k.stdout.String()
				if bad := foreign(text, lang == "fr"); len(bad) > 0 {
					t.Errorf("%v in %s says %q:\n%s", form, lang, bad, text)
				}
				if english := "Usage:"; strings.Contains(text, english) != (lang == "en") {
					t.Errorf("%v in %s: %q where it should not be, or missing:\n%s", form, lang, english, text)
				}
				if examples := strings.Index(text, map[string]string{"fr": "Exemples", "en": "Examples"}[lang]); examples < 0 || examples > strings.Index(text, "Usage") {
					t.Errorf("%v in %s: examples do not lead:\n%s", form, lang, text)
				}
			}
		}
	}
}

// The words of the test are good enough to find cobra's own help.
func TestForeign(t *testing.T) {
	t.Parallel()
	cobra := "Usage:\n  x [command]\n\nAvailable Commands:\n  completion  Generate the autocompletion script for the specified shell\n  help        Help about any command\n\nFlags:\n  -h, --help   help for x (default \"y\")\n\nUse \"x [command] --help\" for more information about a command."
	for line := range strings.SplitSeq(cobra, "\n") {
		if line != "" && line != "Usage:" && len(foreign(line, true)) == 0 {
			t.Errorf("nothing English found in %q", line)
		}
	}
	if got := foreign("écrit dans un fichier", false); len(got) != 4 {
		t.Errorf("only %v found French", got)
	}
}

func TestManIsInOneLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"fr", "en"} {
		folder := t.TempDir()
		k := &keyboard{}
		if got := k.run(t.Context(), "man", folder, "--lang", lang); got != 0 {
			t.Fatalf("exit status %d: %s", got, &k.stderr)
		}
		pages, err := os.ReadDir(folder)
		if err != nil || len(pages) < 9 {
			t.Fatalf("%d pages, %v", len(pages), err)
		}
		for _, page := range pages {
			text, err := os.ReadFile(filepath.Join(folder, page.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if bad := foreign(manMarkup.ReplaceAllString(string(text), " "), lang == "fr"); len(bad) > 0 {
				t.Errorf("%s in %s says %q:\n%s", page.Name(), lang, bad, text)
			}
			if !strings.Contains(string(text), `"2023-10-02"`) {
				t.Errorf("%s has another date:\n%.200s", page.Name(), text)
			}
		}
	}
}
