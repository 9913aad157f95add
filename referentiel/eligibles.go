package referentiel

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"time"

	"guichet/modele"
)

// Eligibles is the list of the ESMS that the programme funds.
type Eligibles struct {
	meta    Meta
	numeros table // one line of 10 bytes for each, sorted
}

const pasEligible = tailleNumero + 1

// colonneEligibles is the first line of the stored form.
const colonneEligibles = "FINESSGeo"

// Meta says where the register comes from.
func (e *Eligibles) Meta() Meta { return e.meta }

// Contient tells whether a FINESS géographique is in the list.
func (e *Eligibles) Contient(et []byte) bool {
	_, ok := e.numeros.trouver(et)
	return ok
}

// Proches returns the numbers of the list that are et but for one wrong character or two neighbours swapped,
// at most three.
func (e *Eligibles) Proches(et string) []string {
	return preferer(voisins(et, e.Contient), func(string) bool { return false })
}

// LireEligibles reads a file of one FINESS géographique a line. It may have a first line of names and more
// columns: the number is in the column whose name speaks of FINESS, else in the first.
func LireEligibles(r io.Reader, o Origine) (*Eligibles, error) {
	lignes, sha, err := lireCSV(r)
	if err != nil {
		return nil, err
	}
	colonne, f := 0, fautes{}
	if len(lignes) > 0 && !slices.ContainsFunc(lignes[0].champs, commenceParUnChiffre) {
		colonne = max(0, slices.IndexFunc(lignes[0].champs, func(c string) bool { return strings.Contains(Cle(c), "finess") }))
		lignes = lignes[1:]
	}
	numeros := make([]string, 0, len(lignes))
	for _, l := range lignes {
		numero := ""
		if colonne < len(l.champs) {
			numero = l.champs[colonne]
		}
		if !estNumero([]byte(numero)) || !commenceParUnChiffre(numero) {
			f.ajouter(&Erreur{l.numero, colonneEligibles, numero, modele.Texte{
				Fr: "un FINESS géographique de 9 caractères, par exemple 990000018 (colonne au format texte dans un tableur)",
				En: "a FINESS géographique of 9 characters, such as 990000018 (a column of text in a spreadsheet)",
			}})
			continue
		}
		numeros = append(numeros, numero)
	}
	if len(lignes) == 0 {
		f.ajouter(&Erreur{1, colonneEligibles, "", modele.Texte{Fr: "au moins un FINESS géographique", En: "at least one FINESS géographique"}})
	}
	if err := f.erreur(); err != nil {
		return nil, err
	}
	slices.Sort(numeros)
	numeros = slices.Compact(numeros)
	octets := make([]byte, 0, len(numeros)*pasEligible)
	for _, n := range numeros {
		octets = append(append(octets, n...), '\n')
	}
	return &Eligibles{o.meta(NomEligibles, time.Time{}, len(numeros), sha), table{octets, pasEligible}}, nil
}

func commenceParUnChiffre(t string) bool { return t != "" && t[0]-'0' <= 9 }

// Ecrire writes the stored form.
func (e *Eligibles) Ecrire(w io.Writer) error {
	return ecrire(w, e.meta, func(c *csv.Writer) error {
		if err := c.Write([]string{colonneEligibles}); err != nil {
			return err
		}
		for l := range bytes.Lines(e.numeros.octets) {
			if err := c.Write([]string{string(l[:tailleNumero])}); err != nil {
				return err
			}
		}
		return nil
	})
}
