package etat

// Avance is what is paid after the decision: 30 % of an amount, in cents, half up (§1.1).
func Avance(centimes int64) int64 { return (centimes*30 + 50) / 100 }
