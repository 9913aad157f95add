package valeur

// maxCentimes bounds amounts to what sums can hold: 10¹³ €.
const maxCentimes = 1e15

// Centimes reads a JSON number written with exactly two decimals, in cents. Amounts over maxCentimes are
// cut down to it: they are above any ceiling all the same.
func Centimes(t []byte) (int64, bool) {
	n := len(t)
	if n < 4 || t[n-3] != '.' {
		return 0, false
	}
	somme, debut := int64(0), 0
	if t[0] == '-' {
		debut = 1
	}
	for i := debut; i < n; i++ {
		if i == n-3 {
			continue
		}
		if t[i]-'0' > 9 {
			return 0, false
		}
		somme = min(somme*10+int64(t[i]-'0'), maxCentimes)
	}
	if debut == 1 {
		somme = -somme
	}
	return somme, true
}

func positif(t []byte) bool {
	c, ok := Centimes(t)
	return ok && c > 0
}

// Entier reads a JSON number without sign, point nor exponent.
func Entier(t []byte) (int64, bool) {
	if len(t) > 18 {
		return 0, false
	}
	n := int64(0)
	for _, b := range t {
		if b-'0' > 9 {
			return 0, false
		}
		n = n*10 + int64(b-'0')
	}
	return n, len(t) > 0
}

// LireDate reads JJ/MM/AAAA as the number AAAAMMJJ and tells whether it is so written, and exists.
func LireDate(t []byte) (jour int, ecrite, existe bool) {
	if len(t) != 10 || t[2] != '/' || t[5] != '/' {
		return 0, false, false
	}
	j, ok1 := Entier(t[0:2])
	m, ok2 := Entier(t[3:5])
	a, ok3 := Entier(t[6:10])
	if !ok1 || !ok2 || !ok3 {
		return 0, false, false
	}
	jour = int(a*10000 + m*100 + j)
	return jour, true, m >= 1 && m <= 12 && j >= 1 && j <= joursDuMois(a, m) && a > 0
}

func joursDuMois(a, m int64) int64 {
	switch {
	case m == 2 && a%4 == 0 && (a%100 != 0 || a%400 == 0):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}
