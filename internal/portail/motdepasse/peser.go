package motdepasse

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// faiblesse is what most of a password is made of, as who guesses it would say.
type faiblesse int

// The kinds of weakness.
const (
	hasard  faiblesse = iota // none: characters that nothing foretells
	courant                  // a common word or password, also with capitals, figures for letters, or backwards
	sien                     // a word of the person, the company or this place
	suite                    // a row of keys, letters or figures
	date                     // a year or a day
	repete                   // what stood before
)

// solide is the power of ten of the guesses that a password must be worth.
const solide = 8

// What one piece costs whoever guesses it, as a power of ten.
const (
	coutLettre    = 1.0
	coutEtrangere = 1.5 // a letter beyond ASCII
	coutSuite     = 1.7
	coutAnnee     = 2.0
	coutJour      = 4.5
	coutRepete    = 1.0
	coutDouble    = 0.5 // the last character again, and again
	coutVariante  = 0.3 // one capital, figures for letters, backwards
)

// peser tells how many guesses a password is worth at most, as a power of ten, for who knows the common words, keyboards,
// dates and this person, and what most of it is made of. It is the least of all ways to cut it into pieces; blanks and
// other separators hide nothing, and count once.
func peser(mot string, connus *lexique) (puissance float64, quoi faiblesse) {
	p := nouvellePesee(mot, connus)
	n := len(p.lettres)
	cout, debut, genre := make([]float64, n+1), make([]int, n+1), make([]faiblesse, n+1)
	for j := 1; j <= n; j++ {
		cout[j] = math.Inf(1)
		for i := range j {
			if c, f := p.morceau(i, j); cout[i]+c < cout[j] {
				cout[j], debut[j], genre[j] = cout[i]+c, i, f
			}
		}
	}
	var part [repete + 1]int
	for j := n; j > 0; j = debut[j] {
		part[genre[j]] += j - debut[j]
	}
	for f := courant; f <= repete; f++ {
		if part[f] > part[quoi] || quoi == hasard && part[f] > 0 {
			quoi = f
		}
	}
	return cout[n] + p.separes, quoi
}

// pesee is a password that is weighed.
type pesee struct {
	connus  *lexique
	lettres []rune // in small letters, without separators
	plates  []rune // and without accents
	hautes  []bool // was a capital
	copies  []int  // how many from here on stand before as well
	separes float64
}

func nouvellePesee(mot string, connus *lexique) *pesee {
	p := &pesee{connus: connus}
	for _, r := range norm.NFC.String(mot) {
		if strings.ContainsRune(" \u00a0._-/", r) {
			p.separes = coutLettre
			continue
		}
		plate := []rune(norm.NFD.String(string(unicode.ToLower(r))))[0]
		p.lettres, p.plates = append(p.lettres, unicode.ToLower(r)), append(p.plates, plate)
		p.hautes = append(p.hautes, unicode.IsUpper(r))
	}
	p.copies = make([]int, len(p.lettres))
	for i := range p.lettres {
		for avant := range i {
			n := 0
			for i+n < len(p.lettres) && p.lettres[avant+n] == p.lettres[i+n] {
				n++
			}
			p.copies[i] = max(p.copies[i], n)
		}
	}
	return p
}

// morceau is what the piece from i to before j costs, by the cheapest way to guess it.
func (p *pesee) morceau(i, j int) (float64, faiblesse) {
	n := j - i
	if n == 1 {
		if p.lettres[i] > unicode.MaxASCII {
			return coutEtrangere, hasard
		}
		return coutLettre, hasard
	}
	cout, quoi := p.mot(i, j)
	moins := func(c float64, f faiblesse, si bool) {
		if si && c < cout {
			cout, quoi = c, f
		}
	}
	moins(coutRepete, repete, n > 2 && p.copies[i] >= n)
	moins(coutDouble, repete, i > 0 && memes(p.lettres[i-1:j]))
	if texte := string(p.plates[i:j]); n > 2 && n <= maxSuite {
		moins(coutSuite, suite, suivie(texte))
		moins(coutAnnee, date, annee(texte))
		moins(coutJour, date, jour(texte))
	}
	return cout, quoi
}

// mot is what a piece costs that is a word, as it stands, with letters for the figures that look like them, or backwards.
func (p *pesee) mot(i, j int) (cout float64, quoi faiblesse) {
	cout = math.Inf(1)
	if n := j - i; n < minMot || n > maxMot {
		return cout, hasard
	}
	texte := string(p.plates[i:j])
	for k, forme := range []string{texte, formeUn.Replace(texte), formeL.Replace(texte), renverser(texte)} {
		rang, f := p.connus.chercher(forme)
		if f == hasard {
			continue
		}
		c := math.Log10(float64(rang)+1) + p.capitales(i, j)
		if k > 0 && forme != texte {
			c += coutVariante
		}
		if c < cout {
			cout, quoi = c, f
		}
	}
	return cout, quoi
}

// capitales is what its capitals add: hardly anything where there is one at an end, or nothing else.
func (p *pesee) capitales(i, j int) float64 {
	n := 0
	for _, haute := range p.hautes[i:j] {
		if haute {
			n++
		}
	}
	switch {
	case n == 0:
		return 0
	case n == j-i, n == 1 && (p.hautes[i] || p.hautes[j-1]):
		return coutVariante
	}
	return coutLettre
}

// Figures and signs that stand for letters; one of them for two.
var (
	formeUn = strings.NewReplacer("@", "a", "4", "a", "8", "b", "(", "c", "3", "e", "€", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t", "+", "t", "2", "z")
	formeL  = strings.NewReplacer("@", "a", "4", "a", "8", "b", "(", "c", "3", "e", "€", "e", "1", "l", "!", "l", "|", "l", "0", "o", "$", "s", "5", "s", "7", "t", "+", "t", "2", "z")
)

// suites are rows of characters that fingers follow.
var suites = []string{
	"abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm",
	"qwertzuiopasdfghjklyxcvbnm", "1234567890azertyuiop", "1234567890qwertyuiop", "&e\"'(-e_ca)=",
}

// maxSuite is the longest row.
const maxSuite = 26

func suivie(texte string) bool {
	envers := renverser(texte)
	for _, s := range suites {
		if strings.Contains(s, texte) || strings.Contains(s, envers) {
			return true
		}
	}
	return false
}

// annee tells a year that a person of today thinks of.
func annee(texte string) bool {
	return len(texte) == 4 && chiffres(texte) && (texte[:2] == "19" || texte[:2] == "20")
}

// jour tells a day: day and month with two or four figures of the year, whichever comes first, or the year before them.
func jour(texte string) bool {
	if !chiffres(texte) || len(texte) != 6 && len(texte) != 8 {
		return false
	}
	fin, debut := texte[len(texte)-4:], texte[:4]
	return len(texte) == 8 && annee(debut) && jourDuMois(fin) || (len(texte) == 6 || annee(fin)) && jourDuMois(debut)
}

func jourDuMois(t string) bool {
	a, b := t[:2], t[2:]
	entre := func(s, max string) bool { return s >= "01" && s <= max }
	return entre(a, "31") && entre(b, "12") || entre(a, "12") && entre(b, "31")
}

func chiffres(t string) bool { return strings.Trim(t, "0123456789") == "" }

func memes(lettres []rune) bool {
	for _, r := range lettres {
		if r != lettres[0] {
			return false
		}
	}
	return true
}
