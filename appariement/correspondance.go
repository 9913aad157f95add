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

	"guichet/modele"
	"guichet/valeur"
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

// LireCorrespondance reads the CSV file, whatever an editor made of it.
func LireCorrespondance(r io.Reader) (*Correspondance, error) {
	octets, err := io.ReadAll(io.LimitReader(r, maxCorrespondance+1))
	if err != nil {
		return nil, err
	}
	if len(octets) > maxCorrespondance {
		return nil, fmt.Errorf("more than %d bytes", maxCorrespondance)
	}
	lecteur := csv.NewReader(bytes.NewReader(valeur.EnUTF8(octets)))
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

// correspondance gives the documents that the lines name, and returns them.
func (t *attribution) correspondance(l *Lot, c *Correspondance) map[*Document]bool {
	designes := map[*Document]bool{}
	if c == nil {
		return designes
	}
	documents, parNom := map[string]*Document{}, &Repertoire{}
	for i := range l.Documents {
		d := &l.Documents[i]
		documents[d.Chemin] = d
		parNom.Ajouter(d.Chemin, d.Relatif)
	}
	for _, ligne := range c.lignes {
		vu := parNom.Chercher(ligne.fichier)
		pieces := t.parCle[cle{ligne.numero, t.typ(ligne.code)}]
		if a := t.ecart(vu, pieces, ligne); a.document != "" {
			t.r.signaler(a)
		}
		if len(vu.Fichiers) == 1 {
			d := documents[vu.Fichiers[0]]
			designes[d] = true
			t.donner(d, pieces)
		}
	}
	return designes
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

// ecart is what is to be told of a line: a file or a demande that is not there, a choice that is not ours, a name that
// is only nearly that of the file. It has no document when there is nothing to tell.
func (t *attribution) ecart(vu Trouvaille, pieces []int, l ligne) anomalie {
	a := anomalie{numero: regleLigne, piece: -1, document: l.fichier, nombre: int64(l.rang)}
	switch n := len(vu.Fichiers); {
	case n > 1:
		a.numero = regleAmbigu
		a.detail = modele.Texte{Fr: strings.Join(vu.Fichiers, " ou "), En: strings.Join(vu.Fichiers, " or ")}
	case n == 0:
		a.detail = modele.Texte{Fr: "ce fichier n'est pas dans le dossier", En: "this file is not in the folder"}
	case pieces == nil:
		a.detail = t.raison(cle{l.numero, t.typ(l.code)}, true)
	case vu.Precision > Exacte:
		a.numero, a.document = reglePresque, vu.Fichiers[0]
		a.detail = modele.Texte{Fr: l.fichier, En: l.fichier}
	default:
		return anomalie{}
	}
	return a
}
