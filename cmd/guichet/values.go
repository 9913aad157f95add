package main

import (
	"regexp"
	"strings"
	"time"
)

// What flags may be. Each check says what is expected.

func (p *program) isDate(text string) error {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return p.errorf("date AAAA-MM-JJ attendue, par exemple 2023-10-02", "a date YYYY-MM-DD expected, such as 2023-10-02")
	}
	return nil
}

func (p *program) isName(text string) error {
	if text == "" || strings.ContainsAny(text, `/\`) {
		return p.errorf("nom de fichier sans dossier attendu", "a file name without folder expected")
	}
	return nil
}

var (
	tenCharacters  = regexp.MustCompile(`^[0-9A-Za-z]{10}$`)
	fourteenDigits = regexp.MustCompile(`^([0-9] *){14}$`)
)

func (p *program) isNumeroAns(text string) error {
	if !tenCharacters.MatchString(text) {
		return p.errorf("10 caractères alphanumériques attendus", "10 letters or digits expected")
	}
	return nil
}

func (p *program) isSIRET(text string) error {
	if !fourteenDigits.MatchString(text) {
		return p.errorf("14 chiffres attendus", "14 digits expected")
	}
	return nil
}

// knownCode checks that at least one rule has a code that starts so: a typing error must not hide all.
func (p *program) knownCode(prefix string) error {
	for _, r := range rulebook() {
		if prefix != "" && strings.HasPrefix(r.Code, prefix) {
			return nil
		}
	}
	return p.errorf("code ou début de code attendu, guichet rules les donne tous", "a code or its beginning expected, guichet rules lists them all")
}
