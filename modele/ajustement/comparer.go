package ajustement

import (
	"fmt"

	"guichet/jsondoc"
	"guichet/modele"
)

// Ecart is one difference of a file from the table.
type Ecart struct {
	Ligne, Colonne int    // in the file; 0 for a tag that it does not have
	Balise         string // in the table; of a tag that it does not have, the name in the file
	Ajuste         bool   // an adjustment follows from it; else it is for a person to decide
	Message        modele.Texte
}

// Comparaison is what a file tells of the table.
type Comparaison struct {
	Ecarts      []Ecart
	Ajustements Ajustements
	Rempli      bool // it has values: where it has null tells something
	Balises     int  // tags of the table that were found
}

// Comparer compares the template of the portal with a table. The error is that of the JSON reader.
func Comparer(m *modele.Modele, source string, octets []byte) (*Comparaison, error) {
	racine, err := lire(octets)
	if err != nil {
		return nil, err
	}
	c := &comparaison{t: planter(m), resultat: &Comparaison{}, placees: map[*branche]*noeud{}}
	c.resultat.Ajustements = Ajustements{Modele: m.Nom, Edition: m.Edition, Source: source}
	c.entrer(racine)
	c.ailleurs()
	c.resultat.Balises = len(c.placees)
	if c.resultat.Balises == 0 {
		c.dire(racine, "", false, "aucune balise du tableau n'est dans ce fichier : est-ce bien le modèle du portail ?", "no tag of the table is in this file: is it the portal's template?")
		return c.resultat, nil
	}
	c.resultat.Rempli = c.rempli()
	c.branches(c.t.racine)
	c.inconnues(racine)
	c.ordres()
	return c.resultat, nil
}

type comparaison struct {
	t        *arbre
	resultat *Comparaison
	placees  map[*branche]*noeud
	restes   []*branche // of the table, without a partner
	autres   []*noeud   // of the file
	haut     *branche   // what the file itself is
}

func (c *comparaison) dire(n *noeud, balise string, ajuste bool, fr, en string, mots ...any) {
	e := Ecart{Balise: balise, Ajuste: ajuste, Message: modele.Texte{Fr: fmt.Sprintf(fr, mots...), En: fmt.Sprintf(en, mots...)}}
	if n != nil {
		e.Ligne, e.Colonne = n.ligne, n.colonne
	}
	c.resultat.Ecarts = append(c.resultat.Ecarts, e)
}

// entrer begins where the file begins: it may be the whole file, or the demandes alone.
func (c *comparaison) entrer(racine *noeud) {
	c.haut = c.t.racine
	if racine.genre == jsondoc.Array || communs(c.t.lignes, racine) > communs(c.t.racine, racine) {
		c.haut = c.t.lignes
	}
	c.marier(c.haut, racine)
}
