package suivi

import "guichet/internal/portail/etat"

// Avance is what is paid first of an amount, in cents.
func Avance(centimes int64) int64 { return etat.Avance(centimes) }
