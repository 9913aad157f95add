package classeur

import (
	"errors"
	"io"
	"strings"

	"guichet/preparation"
)

// passage is some rows of a text, read ahead.
type passage struct {
	cellules []preparation.Cellule // of all rows, one after the other
	rangees  []rangee
	octets   int
	err      error // what ended the reading after them
}

type rangee struct{ ligne, fin int } // fin: where its cells end

// What makes a passage full: neither many short cells nor a few long ones take much memory.
const (
	maxCellulesPassage = 8 << 10
	maxOctetsPassage   = 256 << 10
)

func (p *passage) vider() { *p = passage{cellules: p.cellules[:0], rangees: p.rangees[:0]} }

func (p *passage) plein() bool {
	return len(p.cellules) >= maxCellulesPassage || p.octets >= maxOctetsPassage
}

// chaque calls f for each row, then returns the error of the reading.
func (p *passage) chaque(f func(ligne int, cellules []preparation.Cellule) error) error {
	debut := 0
	for _, r := range p.rangees {
		if err := f(r.ligne, p.cellules[debut:r.fin:r.fin]); err != nil {
			return err
		}
		debut = r.fin
	}
	return p.err
}

// ajouter puts a row at the end, unless it holds nothing but blanks.
func (p *passage) ajouter(ligne int, champs []string) {
	debut := len(p.cellules)
	for _, champ := range champs {
		p.octets += len(champ)
		p.cellules = append(p.cellules, preparation.Cellule{Texte: champ})
	}
	if vides(p.cellules[debut:]) {
		p.cellules = p.cellules[:debut]
		return
	}
	p.rangees = append(p.rangees, rangee{ligne, len(p.cellules)})
}

// lire reads the rows into passages that are free, until the end, an error, or assez.
func (t *texte) lire(lus chan<- *passage, libres <-chan *passage, assez <-chan struct{}) {
	defer close(lus)
	l := t.rangeur()
	for {
		select {
		case <-assez:
			return
		case p := <-libres:
			p.vider()
			for p.err == nil && !p.plein() {
				p.err = l.suivante(p)
			}
			fini := p.err != nil
			if errors.Is(p.err, io.EOF) {
				p.err = nil
			}
			if lus <- p; fini {
				return
			}
		}
	}
}

// vides tells whether cells hold nothing but blanks.
func vides(cellules []preparation.Cellule) bool {
	for _, c := range cellules {
		if strings.TrimSpace(c.Texte) != "" || c.Genre == preparation.SansValeur {
			return false
		}
	}
	return true
}
