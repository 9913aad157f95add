package controle

import (
	"hash/maphash"

	"guichet/jsondoc"
)

// ensemble is a set of texts of the document, emptied without being cleared: a cell counts only when
// its epoque is the current one. It grows with what it holds and allocates nothing once it is large
// enough. The hash is seeded, so that no file can be made to collide.
type ensemble struct {
	doc      *jsondoc.Document
	graine   maphash.Seed
	cellules []cellule
	epoque   uint32
	taille   int
}

type cellule struct {
	epoque uint32
	hash   uint32
	noeud  uint32 // the first node with that text
	vu     uint32 // a mark of the user's
}

func (e *ensemble) vider(doc *jsondoc.Document) {
	e.doc = doc
	if e.cellules == nil {
		e.graine, e.cellules = maphash.MakeSeed(), make([]cellule, 64)
	}
	e.taille = 0
	if e.epoque++; e.epoque == 0 { // after 2³² uses old cells would come back to life
		clear(e.cellules)
		e.epoque = 1
	}
}

// ajouter puts the text of node n in the set. If it is there already, the cell is that of the first.
func (e *ensemble) ajouter(n uint32) (c *cellule, nouveau bool) {
	if 2*e.taille >= len(e.cellules) {
		e.agrandir()
	}
	t := e.doc.Text(n)
	h := e.hash(t)
	c = e.place(t, h)
	if c.epoque == e.epoque {
		return c, false
	}
	*c = cellule{epoque: e.epoque, hash: h, noeud: n}
	e.taille++
	return c, true
}

// trouver returns the cell of a text, nil if it is not in the set.
func (e *ensemble) trouver(n uint32) *cellule {
	t := e.doc.Text(n)
	if c := e.place(t, e.hash(t)); c.epoque == e.epoque {
		return c
	}
	return nil
}

func (e *ensemble) hash(t []byte) uint32 {
	h := maphash.Bytes(e.graine, t)
	return uint32(h ^ h>>32)
}

// place returns the cell of a text, or the free one where it would go.
func (e *ensemble) place(t []byte, h uint32) *cellule {
	masque := uint32(len(e.cellules) - 1)
	for i := h & masque; ; i = (i + 1) & masque {
		c := &e.cellules[i]
		if c.epoque != e.epoque || c.hash == h && string(e.doc.Text(c.noeud)) == string(t) {
			return c
		}
	}
}

func (e *ensemble) agrandir() {
	anciennes := e.cellules
	e.cellules = make([]cellule, 2*len(anciennes))
	masque := uint32(len(e.cellules) - 1)
	for _, c := range anciennes {
		if c.epoque != e.epoque {
			continue
		}
		i := c.hash & masque
		for e.cellules[i].epoque == e.epoque {
			i = (i + 1) & masque
		}
		e.cellules[i] = c
	}
}
