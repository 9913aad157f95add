package depot

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Deposits and demandes carry references that people read aloud and copy by hand:
//
//	DEP-000000042-23      an impId: the deposit's id, then a key
//	ASP-000000042-007-61  a numeroASP: the deposit's id, the demande's rank in its file from 1, then a key
//
// The key is that of ISO 7064, MOD 97-10, as in an IBAN, over letters and digits: it finds every wrong
// character and every two that changed places. The database gives each id once, so that references are unique
// whatever the number of processes; an id whose transaction failed is not given again, so that gaps occur.
const (
	prefixeImpID     = "DEP"
	prefixeNumeroASP = "ASP"
)

// ImpID returns the reference of a deposit.
func ImpID(depot int64) string { return avecCle(fmt.Sprintf("%s-%09d", prefixeImpID, depot)) }

// NumeroASP returns the number of the demande of index rang, from 0, in a deposit.
func NumeroASP(depot int64, rang int) string {
	return avecCle(fmt.Sprintf("%s-%09d-%03d", prefixeNumeroASP, depot, rang+1))
}

// LireImpID reads a reference; false when it is not one, or its key does not fit.
func LireImpID(s string) (depot int64, ok bool) {
	depot, _, ok = lire(s)
	return depot, ok && s == ImpID(depot)
}

// maxRangASP is the last rank, from 1, that has the three digits of a number: one more, and a hyphen in another place
// would give another number with the same key.
const maxRangASP = 999

// LireNumeroASP reads a number likewise.
func LireNumeroASP(s string) (depot int64, rang int, ok bool) {
	depot, numero, ok := lire(s)
	return depot, numero - 1, ok && numero <= maxRangASP && s == NumeroASP(depot, numero-1)
}

var formePartie = regexp.MustCompile(`^ASP-?([0-9]{1,9})(?:-?([0-9]{1,3})(?:-?([0-9]{1,2}))?)?-?$`)

// LirePartieASP reads the beginning of a number, in capitals, with its hyphens or without: the first and the last deposit and
// rank that it can be. false when it is none, or its key does not fit.
func LirePartieASP(s string) (depots [2]int64, rangs [2]int, ok bool) {
	m := formePartie.FindStringSubmatch(s)
	if m == nil {
		return depots, rangs, false
	}
	depots[0], depots[1] = complets(m[1], 9)
	premier, dernier := complets(m[2], 3)
	rangs = [2]int{int(premier) - 1, int(dernier) - 1}
	entier := depots[0] == depots[1] && rangs[0] == rangs[1]
	return depots, rangs, m[3] == "" || entier && strings.HasPrefix(NumeroASP(depots[0], rangs[0])[len("ASP-000000000-000-"):], m[3])
}

var formePartieImpID = regexp.MustCompile(`^DEP-?([0-9]{1,9})(?:-?([0-9]{1,2}))?-?$`)

// lirePartieImpID reads the beginning of a reference likewise; what is none is no deposit.
func lirePartieImpID(s string) (premier, dernier int64) {
	m := formePartieImpID.FindStringSubmatch(s)
	if m == nil {
		return 0, 0
	}
	premier, dernier = complets(m[1], 9)
	if m[2] != "" && (premier != dernier || !strings.HasPrefix(ImpID(premier)[len("DEP-000000000-"):], m[2])) {
		return 0, 0
	}
	return premier, dernier
}

// complets are the first and the last number of so many digits that begin with these.
func complets(debut string, chiffres int) (premier, dernier int64) {
	manquent := chiffres - len(debut)
	premier, _ = strconv.ParseInt(debut+strings.Repeat("0", manquent), 10, 64)
	dernier, _ = strconv.ParseInt(debut+strings.Repeat("9", manquent), 10, 64)
	return premier, dernier
}

func lire(s string) (depot int64, numero int, ok bool) {
	parties := strings.Split(s, "-")
	if len(s) > 40 || len(parties) < 3 || len(parties) > 4 {
		return 0, 0, false
	}
	depot, err := strconv.ParseInt(parties[1], 10, 64)
	if err == nil && len(parties) == 4 {
		numero, err = strconv.Atoi(parties[2])
	}
	return depot, numero, err == nil && depot > 0
}

func avecCle(s string) string {
	reste := 0
	for _, c := range s + "00" {
		switch {
		case c >= '0' && c <= '9':
			reste = (reste*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			reste = (reste*100 + int(c-'A') + 10) % 97
		}
	}
	return fmt.Sprintf("%s-%02d", s, 98-reste)
}
