package journal

import "golang.org/x/mod/sumdb/tlog"

// Empreinte is the hash that an entry has, as whoever changes it computes it again.
func Empreinte(l Ligne, sel []byte, details string) []byte {
	h := tlog.RecordHash(feuille(l, engager(sel, details)))
	return h[:]
}

// DeTextes makes a key of its halves.
var DeTextes = deTextes
