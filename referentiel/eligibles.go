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

// deCommandes tells whether a heading is that of a table of orders: a list of establishments speaks of none.
func deCommandes(titre string) bool {
	cle := Cle(titre)
	return strings.Contains(cle, "commande") || cle == "montantsegurht" || cle == "regimetva"
}

// colonneGeographique finds the column of the FINESS géographiques: a list may have those of the legal persons as well.
func colonneGeographique(titres []string) int {
	premiere := 0
	for i := len(titres) - 1; i >= 0; i-- {
		cle := Cle(titres[i])
		if !strings.Contains(cle, "finess") {
			continue
		}
		if strings.Contains(cle, "geo") || strings.HasSuffix(cle, "et") {
			return i
		}
		if !strings.Contains(cle, "jur") && !strings.HasSuffix(cle, "ej") && !strings.HasSuffix(cle, "pm") {
			premiere = i
		}
	}
	return premiere
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
		if c := slices.IndexFunc(lignes[0].champs, deCommandes); c >= 0 {
			f.ajouter(&Erreur{1, "", lignes[0].champs[c], modele.Texte{
				Fr: "une liste d'ESMS éligibles, leurs FINESS géographiques sous un titre ; ce fichier a l'air d'un tableau de commandes",
				En: "a list of eligible ESMS, their FINESS géographiques under a heading; this file looks like a table of orders",
			}})
			return nil, f.erreur()
		}
		colonne = colonneGeographique(lignes[0].champs)
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
