package affichage

import (
	"math"
	"strconv"
	"strings"
)

// Montrer returns what a cell shows that holds a number, and whether that is certain. Numbers have a decimal point,
// groups of digits a blank between them: what a machine has there depends on its language, and groups are not certain
// for that reason.
func (f *Format) Montrer(nombre string) (montre string, certain bool) {
	if f == nil {
		return "", false
	}
	if f.estTel {
		return f.tel, true
	}
	v, err := strconv.ParseFloat(nombre, 64)
	if err != nil || len(f.sections) == 0 || math.IsInf(v, 0) || math.IsNaN(v) || math.Abs(v) >= 1e15 {
		return "", false
	}
	s, signe := f.choisir(v)
	if s == nil || s.opaque {
		return "", false
	}
	montre, certain = s.montrer(math.Abs(v))
	if signe && montre != "" {
		montre = "-" + montre
	}
	return strings.TrimSpace(montre), certain
}

// choisir returns the section for a number, nil for none, and whether a minus stands before what it shows.
func (f *Format) choisir(v float64) (s *section, signe bool) {
	sections := f.sections[:min(len(f.sections), 3)] // the fourth is that of texts
	for i := range sections {
		if sections[i].operateur != "" {
			return conditionnelle(sections, v)
		}
	}
	switch {
	case v < 0 && len(sections) > 1:
		return &sections[1], false
	case v == 0 && len(sections) > 2:
		return &sections[2], false
	}
	return &sections[0], v < 0
}

// conditionnelle returns the first section whose condition a number meets.
func conditionnelle(sections []section, v float64) (s *section, signe bool) {
	for i := range sections {
		if sections[i].admet(v) {
			return &sections[i], v < 0
		}
	}
	return nil, false
}

func (s *section) admet(v float64) bool {
	switch s.operateur {
	case "<":
		return v < s.borne
	case "<=":
		return v <= s.borne
	case ">":
		return v > s.borne
	case ">=":
		return v >= s.borne
	case "=":
		return v == s.borne
	case "<>":
		return v != s.borne
	}
	return true
}

func (s *section) montrer(v float64) (montre string, certain bool) {
	switch s.genre {
	case general:
		return s.general(v)
	case nombre:
		return s.nombre(v)
	case jour, heure:
		return s.date(v)
	}
	return s.textes(), true
}

func (s *section) textes() string {
	var b strings.Builder
	for _, j := range s.jetons {
		if j.genre == litteral {
			b.WriteString(j.texte)
		}
	}
	return b.String()
}

// general shows a number as a cell does that has no format: at most eleven characters wide.
func (s *section) general(v float64) (montre string, certain bool) {
	entiers := len(strconv.FormatFloat(math.Floor(v), 'f', 0, 64))
	if entiers > 11 || v != 0 && v < 1e-4 {
		return "", false // a power of ten
	}
	t := arrondir(v, max(0, 10-entiers))
	if strings.Contains(t, ".") {
		t = strings.TrimSuffix(strings.TrimRight(t, "0"), ".")
	}
	var b strings.Builder
	for _, j := range s.jetons {
		if j.genre == tout {
			j.texte = t
		}
		b.WriteString(j.texte)
	}
	return b.String(), true
}

// nombre shows a number in the places of its digits.
func (s *section) nombre(v float64) (montre string, certain bool) {
	v *= math.Pow(100, float64(s.pourcents)) / math.Pow(1000, float64(s.milliers))
	entiers, decimales, _ := strings.Cut(arrondir(v, s.decimales), ".")
	if entiers == "0" {
		entiers = ""
	}
	for len(decimales) > s.fixes && decimales[len(decimales)-1] == '0' {
		decimales = decimales[:len(decimales)-1]
	}
	return s.remplir(entiers, decimales)
}

// remplir puts digits in their places. The first place of the whole part takes all that are left.
func (s *section) remplir(entiers, decimales string) (montre string, certain bool) {
	var b strings.Builder
	place, reste := s.entiers, entiers
	certain = !s.groupes || len(entiers) <= 3
	for _, j := range s.jetons {
		switch {
		case j.genre == litteral:
			b.WriteString(j.texte)
		case j.genre == point:
			if s.entiers == 0 {
				b.WriteString(entiers)
			}
			b.WriteByte('.')
			place = 0
		case place > 0: // before the point
			n := max(0, len(reste)-place+1)
			place--
			if n == 0 {
				b.WriteString(vide(j.texte))
				continue
			}
			s.ecrire(&b, reste[:n], place)
			reste = reste[n:]
		case decimales != "":
			b.WriteByte(decimales[0])
			decimales = decimales[1:]
		}
	}
	return b.String(), certain
}

// ecrire writes digits of the whole part; place is how many are to follow.
func (s *section) ecrire(b *strings.Builder, chiffres string, place int) {
	for i := range chiffres {
		b.WriteByte(chiffres[i])
		if suivent := place + len(chiffres) - 1 - i; s.groupes && suivent > 0 && suivent%3 == 0 {
			b.WriteByte(' ')
		}
	}
}

// vide is what the place of a digit shows that has none.
func vide(place string) string {
	switch place {
	case "0":
		return "0"
	case "?":
		return " "
	}
	return ""
}
