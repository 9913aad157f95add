package suivi

import "guichet/internal/portail/etat"

// Avance is what is paid first of an amount, in cents.
func Avance(centimes int64) int64 { return etat.Avance(centimes) }

// avance is that of a demande: of what is granted, of what it asks for until something is.
func (d *Demande) avance() int64 { return Avance(d.Etat.Base(d.Montant, d.Accorde)) }
