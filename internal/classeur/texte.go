package classeur

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/text/encoding"

	"guichet/preparation"
	"guichet/valeur"
)

// ouvrirTexte finds out how a text was written. Rows are read when they are asked for.
func (c *Classeur) ouvrirTexte(chemin string, taille int64, octets []byte) error {
	t := &texte{chemin: chemin, fichier: c.fichier, taille: taille, codage: valeur.FormeDe(octets).Encodage()}
	var err error
	if t.codage == nil { // the last zero of UTF-16 or UTF-32 belongs to a character
		if t.taille, err = sansFin(c.fichier, taille); err == nil {
			t.codage, err = codage(t.octets)
		}
	}
	if err != nil {
		return illisible(chemin, err)
	}
	debut, err := t.caracteres().Peek(tampon)
	if err != nil && !errors.Is(err, io.EOF) {
		return illisible(chemin, err)
	}
	t.retour = bytes.IndexByte(debut, '\r') >= 0 && bytes.IndexByte(debut, '\n') < 0
	if t.separateur, t.declaree = declaree(debut); !t.declaree {
		t.separateur = separateur(debut)
	}
	f := preparation.Feuille{Fichier: chemin, Rangees: t.rangees, Lignes: true}
	if n, ok := t.codage.(nommee); ok {
		f.Encodage = n.nom()
	}
	c.Feuilles = []preparation.Feuille{f}
	return nil
}

// tampon is how much of a text is looked at to find out how it is divided.
const tampon = 64 << 10

// texte is a file of values between separators.
type texte struct {
	chemin     string
	fichier    *os.File
	taille     int64             // without what ends files elsewhere
	codage     encoding.Encoding // nil for UTF-8
	separateur rune
	declaree   bool // the first line is no row: it names the separator
	retour     bool // lines end with \r alone
}

// octets reads the file from its start.
func (t *texte) octets() io.Reader { return io.NewSectionReader(t.fichier, 0, t.taille) }

// caracteres reads the file as UTF-8 without a byte order mark, lines ending with \n.
func (t *texte) caracteres() *bufio.Reader {
	r := t.octets()
	if t.codage != nil {
		r = t.codage.NewDecoder().Reader(r)
	}
	if t.retour {
		r = retours{r}
	}
	b := bufio.NewReaderSize(r, tampon)
	if debut, _ := b.Peek(len(bom)); string(debut) == bom {
		_, _ = b.Discard(len(bom))
	}
	return b
}

// lignes reads what follows the line that names the separator. Spreadsheets do not count it.
func (t *texte) lignes() io.Reader {
	b := t.caracteres()
	if t.declaree {
		debut, _ := b.Peek(len("sep=;\r\n"))
		i := bytes.IndexByte(debut, '\n')
		if i < 0 {
			i = len(debut) - 1
		}
		_, _ = b.Discard(i + 1)
	}
	return b
}

const bom = "\ufeff"

// retours makes line ends of carriage returns, in texts that have no others.
type retours struct{ io.Reader }

func (r retours) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// sansFin returns the length of a text without the end that DOS marked, and what fills the last block of some discs.
func sansFin(f io.ReaderAt, taille int64) (int64, error) {
	b := make([]byte, 4<<10)
	for taille > 0 {
		n := min(int64(len(b)), taille)
		if _, err := f.ReadAt(b[:n], taille-n); err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		reste := bytes.TrimRight(b[:n], "\x00\x1a")
		if taille -= n - int64(len(reste)); len(reste) > 0 {
			return taille, nil
		}
	}
	return 0, nil
}

// declaree reads a first line that names the separator, as Excel understands it: sep=;
func declaree(debut []byte) (separateur rune, ok bool) {
	const longueur = len("sep=;")
	if len(debut) < longueur || !strings.EqualFold(string(debut[:longueur-1]), "sep=") {
		return 0, false
	}
	s := rune(debut[longueur-1])
	fin := len(debut) == longueur || debut[longueur] == '\r' || debut[longueur] == '\n'
	return s, fin && s > ' ' && s < 0x7f && s != '"' || fin && s == '\t'
}

// maxLignesVues is how many lines are looked at to find the separator.
const maxLignesVues = 40

// separateur returns the separator that divides most lines alike, outside quotes: those above the headings may have
// some of another one.
func separateur(debut []byte) rune {
	trouve, meilleur := ';', 0
	for _, s := range ";,\t|" {
		parNombre := map[int]int{}
		for _, n := range compter(debut, byte(s)) {
			parNombre[n]++
		}
		for n, fois := range parNombre {
			if n*fois > meilleur {
				trouve, meilleur = s, n*fois
			}
		}
	}
	return trouve
}

// compter counts a separator in each of the first lines. A quote opens where a value begins.
func compter(debut []byte, separateur byte) (nombres []int) {
	n, cite, avant := 0, false, byte('\n')
	for i, b := range debut {
		switch {
		case cite:
			cite = b != '"'
		case b == '"' && (avant == '\n' || avant == separateur || avant == '"'):
			cite = true
		case b == separateur && !(b == ',' && estChiffre(avant) && i+1 < len(debut) && estChiffre(debut[i+1])):
			n++ // a comma between figures may be that of decimals
		case b == '\n' || b == '\r':
			if nombres, n = append(nombres, n), 0; len(nombres) == maxLignesVues {
				return nombres
			}
			b = '\n'
		}
		avant = b
	}
	return append(nombres, n)
}

func estChiffre(b byte) bool { return b >= '0' && b <= '9' }

// rangees reads the rows, some ahead of the one that f is at.
func (t *texte) rangees(f func(ligne int, cellules []preparation.Cellule) error) error {
	lus, libres, assez := make(chan *passage, 2), make(chan *passage, 2), make(chan struct{})
	for range cap(libres) {
		libres <- &passage{}
	}
	go t.lire(lus, libres, assez)
	defer func() {
		close(assez)
		for range lus { // the reader has ended when this has
		}
	}()
	for p := range lus {
		if err := p.chaque(f); err != nil {
			return err
		}
		libres <- p
	}
	return nil
}

func (t *texte) faute(ligne int, err error) error {
	if errors.Is(err, errRangee) {
		return &Erreur{Fichier: t.chemin, Ligne: ligne, Faute: tropLongue, Err: err}
	}
	return &Erreur{Fichier: t.chemin, Ligne: ligne, Faute: lecture, Err: err}
}
