package appariement

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"guichet/modele"
)

// Correspondance says which file is which document, whatever its name: lines
// fichier;numeroEditeur;typeFichier.
type Correspondance struct{ lignes []ligne }

type ligne struct {
	rang         int // in the CSV file, from 1
	fichier      string
	numero, code string
}

// maxCorrespondance bounds the CSV file, in bytes.
const maxCorrespondance = 16 << 20

var colonnes = []string{"fichier", "numeroEditeur", "typeFichier"}

// ErrColonnes says that the first line is not the one that is expected.
var ErrColonnes = errors.New("the first line must be " + strings.Join(colonnes, ";"))

// LireCorrespondance reads the CSV file, in UTF-8 or in the encoding of Excel on Windows.
func LireCorrespondance(r io.Reader) (*Correspondance, error) {
	octets, err := io.ReadAll(io.LimitReader(r, maxCorrespondance+1))
	if err != nil {
		return nil, err
	}
	if len(octets) > maxCorrespondance {
		return nil, fmt.Errorf("more than %d bytes", maxCorrespondance)
	}
	lecteur := csv.NewReader(bytes.NewReader(enUTF8(octets)))
	lecteur.Comma, lecteur.FieldsPerRecord, lecteur.TrimLeadingSpace = ';', len(colonnes), true
	titres, err := lecteur.Read()
	if err != nil || !slices.EqualFunc(titres, colonnes, strings.EqualFold) {
		return nil, ErrColonnes
	}
	c := &Correspondance{}
	for {
		champs, err := lecteur.Read()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return nil, err
		}
		rang, _ := lecteur.FieldPos(0)
		c.lignes = append(c.lignes, ligne{
			rang: rang, numero: strings.TrimSpace(champs[1]), code: strings.TrimSpace(champs[2]),
			fichier: path.Clean(strings.ReplaceAll(strings.TrimSpace(champs[0]), `\`, "/")),
		})
	}
}

// enUTF8 takes what is not UTF-8 for Latin-1, which has the letters of French names in the same places as
// Windows-1252.
func enUTF8(octets []byte) []byte {
	octets = bytes.TrimPrefix(octets, []byte("\uFEFF"))
	if utf8.Valid(octets) {
		return octets
	}
	var b bytes.Buffer
	for _, c := range octets {
		b.WriteRune(rune(c))
	}
	return b.Bytes()
}

// correspondance gives the documents that the lines name, and returns them.
func (t *attribution) correspondance(l *Lot, c *Correspondance) map[*Document]bool {
	designes := map[*Document]bool{}
	if c == nil {
		return designes
	}
	documents := parChemin(l)
	for _, ligne := range c.lignes {
		d := documents[ligne.fichier]
		pieces := t.parCle[cle{ligne.numero, t.typ(ligne.code)}]
		if d == nil || pieces == nil {
			t.r.signaler(anomalie{
				numero: regleLigne, piece: -1, document: ligne.fichier, nombre: int64(ligne.rang), detail: t.ecart(d, ligne),
			})
		}
		if d != nil {
			designes[d] = true
			t.donner(d, pieces)
		}
	}
	return designes
}

// parChemin finds documents by their path, and by their name alone where only one has it.
func parChemin(l *Lot) map[string]*Document {
	documents := map[string]*Document{}
	for i := range l.Documents {
		d := &l.Documents[i]
		nom := path.Base(d.Relatif)
		if _, double := documents[nom]; double {
			documents[nom] = nil
		} else {
			documents[nom] = d
		}
	}
	for i := range l.Documents {
		documents[l.Documents[i].Relatif] = &l.Documents[i]
	}
	return documents
}

// typ returns the typeFichier of a word, which may be the code of the name.
func (t *attribution) typ(mot string) string {
	for typ, code := range t.norme.Codes {
		if strings.EqualFold(mot, typ) || strings.EqualFold(mot, code) {
			return typ
		}
	}
	return mot
}

// ecart says what a line names that is not there.
func (t *attribution) ecart(d *Document, l ligne) modele.Texte {
	if d == nil {
		return modele.Texte{Fr: "ce fichier n'est pas dans le dossier", En: "this file is not in the folder"}
	}
	return t.raison(cle{l.numero, t.typ(l.code)}, true)
}
