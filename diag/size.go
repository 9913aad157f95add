package diag

import (
	"strconv"

	"guichet/modele"
)

// Size writes a number of bytes: 1,5 Mo, 1.5 MB.
func Size(octets int64, l modele.Langue) string {
	const blanc = "\u00a0"
	unites := []string{"", "k", "M", "G", "T"}
	v, u := octets*10, 0
	for v >= 10_000 && u < len(unites)-1 {
		v, u = (v+500)/1000, u+1
	}
	texte := strconv.FormatInt(v/10, 10)
	if v%10 > 0 {
		texte += modele.Texte{Fr: ",", En: "."}.In(l) + strconv.FormatInt(v%10, 10)
	}
	return texte + blanc + unites[u] + modele.Texte{Fr: "o", En: "B"}.In(l)
}
