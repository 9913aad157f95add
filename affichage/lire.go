package affichage

import (
	"strconv"
	"strings"
)

// lecture is a section in the making.
type lecture struct {
	section
	apresPoint bool
	numerique  bool
	precedent  byte // the letter of the last part of a time: what m means depends on its neighbours
}

// lireSection reads one section of a code.
func lireSection(code string) section {
	l := &lecture{}
	for code != "" {
		code = code[l.avaler(code):]
	}
	l.genre = l.nature()
	return l.section
}

// avaler takes the next piece of a section, and returns how long it is.
func (l *lecture) avaler(code string) int {
	suivante := min(len(code), 1+longueurLettre(code[1:]))
	switch c := code[0]; {
	case c == '\\':
		l.dire(code[1:suivante])
		return suivante
	case c == '_': // a blank as wide as the next character
		l.dire(" ")
		return suivante
	case c == '*': // the next character fills the cell
		return suivante
	case c == '"':
		n := saut(code[1:], '"')
		l.dire(strings.TrimSuffix(code[1:1+n], `"`))
		return 1 + n
	case c == '[':
		n := saut(code[1:], ']')
		l.crochets(strings.TrimSuffix(code[1:1+n], "]"))
		return 1 + n
	case c == '@':
		l.jetons = append(l.jetons, jeton{tout, "@"})
		return 1
	case strings.IndexByte("0#?.,%", c) >= 0:
		l.nombre(code)
		return 1
	case l.numerique && (c == '/' || strings.HasPrefix(code, "E+") || strings.HasPrefix(code, "E-")):
		l.opaque = true // a fraction, a power of ten
		return 1
	}
	if n := l.mot(code); n > 0 {
		return n
	}
	n := longueurLettre(code)
	l.dire(code[:n])
	return n
}

// mot reads what letters without quotes stand for, 0 for nothing but themselves.
func (l *lecture) mot(code string) int {
	for _, m := range []string{"general", "standard"} {
		if len(code) >= len(m) && strings.EqualFold(code[:len(m)], m) {
			l.jetons = append(l.jetons, jeton{tout, m})
			return len(m)
		}
	}
	for _, m := range []string{"am/pm", "a/p"} {
		if len(code) >= len(m) && strings.EqualFold(code[:len(m)], m) {
			l.opaque, l.precedent = true, 'h'
			return len(m)
		}
	}
	if !l.numerique && strings.IndexByte("ydjmhsaegb", code[0]|0x20) >= 0 {
		return l.temps(code)
	}
	return 0
}

func longueurLettre(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// dire adds a text that is shown as it stands.
func (l *lecture) dire(texte string) {
	if n := len(l.jetons); n > 0 && l.jetons[n-1].genre == litteral {
		l.jetons[n-1].texte += texte
		return
	}
	l.jetons = append(l.jetons, jeton{litteral, texte})
}

func (l *lecture) nombre(code string) {
	switch c := code[0]; {
	case c == '%':
		l.pourcents++
		l.dire("%")
	case c == ',' && !l.numerique:
		l.dire(",")
	case c == ',': // between places of digits it makes groups, after the last it divides by a thousand
		if reste := strings.TrimLeft(code, ","); reste != "" && strings.IndexByte("0#?", reste[0]) >= 0 {
			l.groupes = true
		} else {
			l.milliers++
		}
	case c == '.':
		l.opaque = l.opaque || l.apresPoint
		l.numerique, l.apresPoint = true, true
		l.jetons = append(l.jetons, jeton{point, "."})
	default:
		l.numerique = true
		l.jetons = append(l.jetons, jeton{chiffre, code[:1]})
		if !l.apresPoint {
			l.entiers++
			return
		}
		if l.decimales++; c != '#' {
			l.fixes = l.decimales
		}
	}
}

// crochets reads what stands between brackets: a condition, a colour, a currency with a language, elapsed time.
func (l *lecture) crochets(s string) {
	bas := strings.ToLower(s)
	switch {
	case s == "":
	case strings.IndexByte("<>=", s[0]) >= 0:
		l.condition(s)
	case s[0] == '$':
		signe, langue, _ := strings.Cut(s[1:], "-")
		l.dire(signe)
		l.francais = l.francais || strings.EqualFold(langue, "40C") || strings.EqualFold(langue, "fr-FR")
		l.opaque = l.opaque || strings.EqualFold(langue, "F800") || strings.EqualFold(langue, "F400")
	case strings.Trim(bas, "h") == "" || strings.Trim(bas, "m") == "" || strings.Trim(bas, "s") == "":
		l.opaque, l.precedent = true, 'h'
		l.jetons = append(l.jetons, jeton{temps, "h"})
	}
}

func (l *lecture) condition(s string) {
	n := 1
	if len(s) > 1 && strings.IndexByte("<>=", s[1]) >= 0 {
		n = 2
	}
	borne, err := strconv.ParseFloat(strings.TrimSpace(s[n:]), 64)
	l.opaque = l.opaque || err != nil
	l.operateur, l.borne = s[:n], borne
}

// temps reads a run of one letter of a date or a time. Some programs store the letters of French (jj/mm/aaaa).
func (l *lecture) temps(code string) int {
	c, n := code[0]|0x20, 1
	for n < len(code) && code[n]|0x20 == c {
		n++
	}
	switch c {
	case 'a':
		c = 'y'
	case 'j':
		c = 'd'
	case 'e', 'g', 'b': // years of other calendars
		c, l.opaque = 'y', true
	case 's':
		if l.precedent == 'M' {
			l.minutes()
		}
	case 'm':
		if l.precedent != 'h' {
			c = 'M' // a month, unless seconds follow
		}
	}
	l.precedent = c
	l.jetons = append(l.jetons, jeton{temps, strings.Repeat(string(rune(c)), n)})
	return n
}

// minutes makes minutes of the month that was read last: seconds follow it.
func (l *lecture) minutes() {
	for i := len(l.jetons) - 1; i >= 0; i-- {
		if l.jetons[i].genre == temps {
			l.jetons[i].texte = strings.ToLower(l.jetons[i].texte)
			return
		}
	}
}

// nature tells what a section shows.
func (l *lecture) nature() genre {
	g := texte
	for _, j := range l.jetons {
		switch {
		case j.genre == temps && strings.IndexByte("ydM", j.texte[0]) >= 0:
			l.opaque = l.opaque || l.numerique
			return jour
		case j.genre == temps || g == heure:
			g = heure
		case j.genre == tout && g == texte:
			g = general
		case j.genre == chiffre:
			g = nombre
		}
	}
	if l.precedent != 0 && g != heure {
		g = heure
	}
	l.opaque = l.opaque || g == heure && l.numerique
	return g
}
