package classeur

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// rangeur reads the rows of a text. Lines without quotes are only divided; encoding/csv reads the others, from the same
// buffer.
type rangeur struct {
	*texte
	borne    *borne
	tampon   *bufio.Reader
	csv      *csv.Reader
	champs   []string // of a line without quotes
	simples  int      // lines that csv has not read so far, and their bytes
	longs    int64
	autres   int // lines that it has read
	dedans   int // line breaks inside quotes so far: they do not start a row, as in spreadsheets
	ligne    int
	cites    bool // the row at hand has quotes
	colonnes int  // of the widest row so far
}

func (t *texte) rangeur() *rangeur {
	l := &rangeur{texte: t, borne: &borne{r: t.lignes()}}
	l.tampon = bufio.NewReaderSize(l.borne, 64<<10)
	l.csv = csv.NewReader(l.tampon) // which uses the same buffer: it is large enough
	l.csv.Comma, l.csv.LazyQuotes, l.csv.FieldsPerRecord, l.csv.ReuseRecord = t.separateur, true, -1, true
	return l
}

// suivante reads one more row into p; io.EOF after the last.
func (l *rangeur) suivante(p *passage) error {
	champs, err := l.champsSuivants()
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if err != nil {
		return l.faute(l.ligne+1, err)
	}
	l.borne.debut = l.longs + l.csv.InputOffset()
	switch {
	case len(champs) > maxColonnes:
		return &Erreur{Fichier: l.chemin, Ligne: l.ligne, Faute: tropDeColonnes}
	case l.ligne > maxLignes:
		return &Erreur{Fichier: l.chemin, Ligne: l.ligne, Faute: tropDeLignes}
	}
	l.colonnes = max(l.colonnes, len(champs))
	for _, champ := range champs {
		if len(champ) > maxCellule && utf8.RuneCountInString(champ) > maxCellule {
			return &Erreur{Fichier: l.chemin, Ligne: l.ligne, Faute: tropLongue}
		}
	}
	if l.cites && l.ouverts(champs) {
		return &Erreur{Fichier: l.chemin, Ligne: l.ligne, Faute: guillemetOuvert}
	}
	p.ajouter(l.ligne, champs)
	return nil
}

// peu is how many columns tell a row from a text with separators in it.
const peu = 4

// ouverts tells whether the quote of a value was never closed, or only by one that was to open another value.
func (l *rangeur) ouverts(champs []string) bool {
	return slices.ContainsFunc(champs, l.avale) || l.avaleLaFin(len(champs), champs[len(champs)-1])
}

// avale tells whether a value between quotes has whole rows in it.
func (l *rangeur) avale(champ string) bool {
	i := strings.IndexByte(champ, '\n')
	if i < 0 {
		return false
	}
	if l.ligne == 1 || l.colonnes < peu { // it is among the headings, which nothing is known of
		n := strings.Count(champ[i:], string(l.separateur))
		return n >= peu && n >= 2*l.colonnes
	}
	return strings.Count(champ, string(l.separateur)) >= l.colonnes-1
}

// avaleLaFin tells whether the last of n values has in it what its row lacks, where no row follows.
func (l *rangeur) avaleLaFin(n int, dernier string) bool {
	if l.ligne == 1 || n >= l.colonnes || l.colonnes < peu {
		return false
	}
	dedans := strings.Count(dernier, string(l.separateur))
	return dedans > 1 && n+dedans == l.colonnes
}

func (l *rangeur) champsSuivants() ([]string, error) {
	if l.cites = false; l.simple() {
		return l.champs, nil
	}
	champs, err := l.csv.Read()
	l.cites = true
	if err != nil {
		return nil, err
	}
	debut, _ := l.csv.FieldPos(0)
	l.ligne, l.autres = l.simples+debut-l.dedans, debut
	for _, champ := range champs {
		n := strings.Count(champ, "\n")
		l.dedans, l.autres = l.dedans+n, l.autres+n
	}
	return champs, nil
}

// simple reads the next line that is not empty, if it is whole in the buffer and has no quotes.
func (l *rangeur) simple() bool {
	for {
		ligne, fin, ok := l.enTampon()
		if !ok {
			return false
		}
		l.diviser(string(ligne))
		_, _ = l.tampon.Discard(fin) // it is in the buffer
		l.simples, l.longs = l.simples+1, l.longs+int64(fin)
		if len(l.champs) > 1 || l.champs[0] != "" {
			l.ligne = l.simples + l.autres - l.dedans
			return true
		}
	}
}

// enTampon returns the next line and where it ends, if it is whole in the buffer and has no quotes.
func (l *rangeur) enTampon() (ligne []byte, fin int, ok bool) {
	b, _ := l.tampon.Peek(l.tampon.Buffered())
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		_, _ = l.tampon.Peek(len(b) + 1) // reads on; what is wrong there is told by csv
		b, _ = l.tampon.Peek(l.tampon.Buffered())
		i = bytes.IndexByte(b, '\n')
	}
	if i < 0 || bytes.IndexByte(b[:i], '"') >= 0 {
		return nil, 0, false
	}
	return bytes.TrimSuffix(b[:i], []byte("\r")), i + 1, true
}

func (l *rangeur) diviser(ligne string) {
	l.champs = l.champs[:0]
	for {
		i := strings.IndexByte(ligne, byte(l.separateur))
		if i < 0 {
			l.champs = append(l.champs, ligne)
			return
		}
		l.champs, ligne = append(l.champs, ligne[:i]), ligne[i+1:]
	}
}
