package comptabilite

import (
	"fmt"
	"strconv"
	"strings"
)

// Parts is how much of a line is each demande's, as text: "0:500000 7:-1200", the rank in the deposit and the cents, with a space between
// two. The rank of the one before plus one, at first 0, is left out: a full deposit, of 200 demandes, has one short row for each place.
type Parts struct {
	texte   []byte
	suivant int
}

func (p *Parts) ajouter(rang int, montant int64) {
	if p.texte != nil {
		p.texte = append(p.texte, ' ')
	}
	if rang != p.suivant {
		p.texte = append(strconv.AppendInt(p.texte, int64(rang), 10), ':')
	}
	p.texte = strconv.AppendInt(p.texte, montant, 10)
	p.suivant = rang + 1
}

// lireParts reads each part.
func lireParts(texte string, chaque func(rang int, montant int64)) error {
	suivant := 0
	for mot := range strings.SplitSeq(texte, " ") {
		if rang, reste, ok := strings.Cut(mot, ":"); ok {
			n, err := strconv.Atoi(rang)
			if err != nil {
				return fmt.Errorf("read the parts of a line: %w", err)
			}
			suivant, mot = n, reste
		}
		montant, err := strconv.ParseInt(mot, 10, 64)
		if err != nil {
			return fmt.Errorf("read the parts of a line: %w", err)
		}
		chaque(suivant, montant)
		suivant++
	}
	return nil
}
