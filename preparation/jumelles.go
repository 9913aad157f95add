package preparation

import (
	"hash/maphash"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"guichet/modele"
)

// jumelles find the references that differ only in what an eye does not see: capitals, blanks, zeros in front of a
// number, kinds of dashes, what a cell does not show. They are two orders; whether they are meant as one, only a person
// knows.
type jumelles struct {
	graine    maphash.Seed
	premieres map[uint64]int32 // by the hash of how a reference looks: the first order of it
	vue       []byte
}

func nouvellesJumelles() jumelles {
	return jumelles{graine: maphash.MakeSeed(), premieres: map[uint64]int32{}}
}

// jumelle tells of the order that the row at hand begins, where another one looks the same.
func (g *groupeur) jumelle(d int32, cellules []Cellule) {
	j := &g.jumelles
	j.vue = j.vue[:0]
	if datee(g.cle) {
		g.fauter(regleReferenceDatee.faute(g.ouReference(g.ou), abreger(string(g.cle))))
	}
	if g.formatee(cellules) {
		for _, c := range g.entetes.reference {
			j.vue = append(j.vue, '/')
			if c < len(cellules) {
				texte, certain := cellules[c].Montre()
				if !certain {
					texte = cellules[c].Texte
				}
				j.vue = fondre(j.vue, []byte(texte))
			}
		}
	} else {
		j.vue = fondre(append(j.vue, '/'), g.cle)
	}
	vue := maphash.Bytes(j.graine, j.vue)
	autre, deja := j.premieres[vue]
	if !deja {
		j.premieres[vue] = d
		return
	}
	ici, la := string(g.cle), string(g.memoire.lire(g.demandes.a(autre).reference))
	f := regleJumelles.faute(g.ouReference(g.ou), abreger(ici), abreger(la))
	ailleurs := g.ouReference(g.demandes.a(autre).lieu)
	f.Message.Fr += " (" + ailleurs.In(modele.Francais) + ")"
	f.Message.En += " (" + ailleurs.In(modele.Anglais) + ")"
	f.commandes, f.toutes = []string{ici, la}, true
	g.fauter(f)
}

// formatee tells whether a cell of the reference may show something else than it holds.
func (g *groupeur) formatee(cellules []Cellule) bool {
	for _, c := range g.entetes.reference {
		if c < len(cellules) && cellules[c].Format != nil && (cellules[c].Genre == Nombre || cellules[c].Genre == Jour) {
			return true
		}
	}
	return false
}

// ouReference names the cell of the reference in a row.
func (g *groupeur) ouReference(ou lieu) Lieu {
	return g.situerTitre(ou, g.feuilles[ou.feuille].entetes.reference[0])
}

// fondre writes a reference as an eye takes it.
func fondre(b, reference []byte) []byte {
	if !ascii(string(reference)) { // an accent counts neither in its letter nor behind it
		reference = norm.NFD.Bytes(reference)
	}
	devant := true // of a number
	for i := 0; i < len(reference); {
		c, n := rune(reference[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRune(reference[i:])
		}
		i += n
		if c < utf8.RuneSelf { // most are
			switch {
			case c <= ' ', c == '0' && devant && i < len(reference) && '0' <= reference[i] && reference[i] <= '9':
				continue
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			}
			devant = c < '0' || c > '9'
			b = append(b, byte(c))
			continue
		}
		switch {
		case unicode.IsSpace(c) || unicode.Is(unicode.Mn, c) || invisible(c):
			continue
		case unicode.Is(unicode.Pd, c):
			c = '-'
		}
		devant = true
		b = utf8.AppendRune(b, unicode.ToLower(c))
	}
	return b
}
