package classeur

import (
	"bytes"
	"math"
	"strconv"
)

// decimale writes a number as all programs show it: 199001001, whether a program stored 1.99001001E8, 199001001.0 or
// +199001001. What is beyond the digits that a cell can show stays as it is.
func decimale(nombre []byte) []byte {
	if canonique(nombre) {
		return nombre
	}
	v, err := strconv.ParseFloat(string(nombre), 64)
	if err != nil || math.Abs(v) >= 1e21 || v != 0 && math.Abs(v) < 1e-15 {
		return nombre
	}
	if v == 0 {
		return []byte("0") // without the sign that -0 has
	}
	return strconv.AppendFloat(nil, v, 'f', -1, 64)
}

// canonique tells whether a number is written with no digit and no sign too many, and no power of ten.
func canonique(nombre []byte) bool {
	if len(nombre) > 1 && nombre[0] == '-' && nombre[1] != '0' || bytes.HasPrefix(nombre, []byte("-0.")) {
		nombre = nombre[1:]
	}
	point := false
	for _, b := range nombre {
		switch {
		case b == '.':
			point = true
		case b < '0' || b > '9':
			return false
		}
	}
	switch n := len(nombre); {
	case n == 0 || nombre[0] == '.':
		return false
	case nombre[0] == '0' && n > 1 && nombre[1] != '.':
		return false
	default:
		return !point || nombre[n-1] != '0' && nombre[n-1] != '.'
	}
}
