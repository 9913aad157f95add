package valeur

import (
	"bytes"
	"strings"
)

// Telephone gives a French national number its prefix: 01 99 00 45 67 → +33 1 99 00 45 67. certain is
// true when nothing else can have been meant.
func Telephone(t string) (propose string, certain bool) {
	ecrit := strings.Join(strings.Fields(separateursTelephone.Replace(t)), " ")
	t = strings.Join(strings.Fields(parentheses.Replace(ecrit)), " ")
	if len(chiffresDe(t)) == 9 && strings.HasPrefix(ecrit, "(0)") {
		t = "0" + t
	}
	if strings.HasPrefix(t, "00") {
		t = "+" + strings.TrimLeft(t[2:], " ")
	}
	if strings.HasPrefix(t, "+") {
		t = "+" + strings.TrimLeft(t[1:], " .-")
	}
	switch {
	case strings.HasPrefix(t, "0"):
		t = indicatifNational(t) + " " + strings.TrimLeft(t[1:], " ")
	case strings.HasPrefix(t, "33"):
		t = "+" + t
	}
	t = sansZeroNational(t)
	if !strings.HasPrefix(t, "+") || HorsTelephone([]byte(t)) >= 0 {
		return "", false
	}
	ok, francais := Plausible([]byte(t))
	if !ok {
		return "", false
	}
	return t, francais
}

var separateursTelephone = strings.NewReplacer(
	"\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2007", " ", "/", " ", "\u2010", "-", "\u2011", "-", "\u2013", "-",
)

// A prefix stands in parentheses, or the zero that is not dialled behind one.
var parentheses = strings.NewReplacer("(+", "+", " (0)", " ", "(0)", "", ")", "")

// sansZeroNational takes the zero of a national number away behind a French prefix: +33 01 99 00 45 67.
func sansZeroNational(t string) string {
	for _, p := range plansFrancais {
		reste, ok := strings.CutPrefix(t, "+"+p.indicatif)
		if ok && len(chiffresDe(reste)) == p.chiffres+1 {
			if sans, zero := strings.CutPrefix(strings.TrimLeft(reste, " .-"), "0"); zero {
				return "+" + p.indicatif + " " + strings.TrimLeft(sans, " .-")
			}
		}
	}
	return t
}

// ZeroNational tells whether a number has a French prefix and the zero of a national number behind it.
func ZeroNational(t []byte) bool {
	return bytes.HasPrefix(t, []byte("+")) && bytes.IndexByte(t[:min(len(t), 7)], '0') >= 0 && sansZeroNational(string(t)) != string(t)
}

func chiffresDe(t string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, t)
}

// indicatifs are the prefixes of the territories that share France's national numbers, by the first four
// digits of these.
var indicatifs = map[string]string{
	"0262": "+262", "0263": "+262", "0269": "+262", "0639": "+262", "0692": "+262", "0693": "+262",
	"0590": "+590", "0690": "+590", "0691": "+590", "0594": "+594", "0694": "+594",
	"0596": "+596", "0696": "+596", "0697": "+596",
}

func indicatifNational(t string) string {
	if c := chiffresDe(t); len(c) > 4 && indicatifs[c[:4]] != "" {
		return indicatifs[c[:4]]
	}
	return "+33"
}
