package etat

// Base is the amount that the advance of a demande is a part of, in cents: what is granted of it, what it asks for until something is.
func (e Etat) Base(demande, accorde int64) int64 {
	if e.Accordee() {
		return accorde
	}
	return demande
}

// Avance is what is paid after the decision: 30 % of an amount, in cents, half up (§1.1).
func Avance(centimes int64) int64 { return (centimes*30 + 50) / 100 }
