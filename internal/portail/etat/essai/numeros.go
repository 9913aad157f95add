// Package essai names demandes in the tests of rooms that are told how.
package essai

import "fmt"

// NumeroASP is a short number for the demande of that rank in a deposit.
func NumeroASP(depot int64, rang int) string { return fmt.Sprintf("ASP-%d-%d", depot, rang+1) }

// LireNumeroASP reads one; false for what is none.
func LireNumeroASP(s string) (depot int64, rang int, ok bool) {
	n, err := fmt.Sscanf(s, "ASP-%d-%d", &depot, &rang)
	return depot, rang - 1, n == 2 && err == nil && s == NumeroASP(depot, rang-1)
}
