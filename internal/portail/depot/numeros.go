package depot

import (
	"fmt"
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
