package ajustement

import (
	"guichet/jsondoc"
	"guichet/valeur"
)

// noeud is a tag of the file that is compared. The objects of an array are one: the first, with the tags that only
// others have.
type noeud struct {
	nom            string
	genre          jsondoc.Kind
	litteral       string
	ligne, colonne int
	parent         *noeud
	enfants        []*noeud
	pour           *branche // the tag of the table that it is
}

// lire makes the tree of a file.
func lire(octets []byte) (*noeud, error) {
	doc, err := jsondoc.NewParser(jsondoc.NewVocabulary(nil), jsondoc.Limits{}).Parse(octets)
	if err != nil {
		return nil, err
	}
	return pousse(doc, 0, nil), nil
}

func pousse(doc *jsondoc.Document, i uint32, parent *noeud) *noeud {
	place := doc.Position(int(doc.Nodes[i].Start))
	n := &noeud{genre: doc.Nodes[i].Kind, litteral: string(doc.Raw(i)), ligne: place.Line, colonne: place.Column, parent: parent}
	if parent != nil && doc.Nodes[i].Key != jsondoc.NoKey {
		n.nom = doc.Name(i)
		debut, _ := doc.NameRange(i)
		place = doc.Position(debut)
		n.ligne, n.colonne = place.Line, place.Column
	}
	for c := i + 1; c < doc.Nodes[i].Next; c = doc.Nodes[c].Next {
		e := pousse(doc, c, n)
		switch {
		case n.genre == jsondoc.Object:
			n.ajouter(e)
		case e.genre == jsondoc.Object:
			for _, petit := range e.enfants {
				n.ajouter(petit)
			}
		}
	}
	return n
}

// ajouter adds a tag that is not there yet.
func (n *noeud) ajouter(e *noeud) {
	for _, autre := range n.enfants {
		if autre.nom == e.nom {
			return
		}
	}
	e.parent = n
	n.enfants = append(n.enfants, e)
}

// enfant returns a tag by the branch that it is for.
func (n *noeud) de(b *branche) *noeud {
	for _, e := range n.enfants {
		if e.pour == b {
			return e
		}
	}
	return nil
}

func (n *noeud) vide() bool {
	return n.genre == jsondoc.Null || n.litteral == `""` || n.litteral == "[]" || n.litteral == "{}" || n.litteral == "0"
}

// proche tells how far two names are apart, and whether they may be one.
func proche(a, b string) (distance int, oui bool) {
	x, y := valeur.Plat(a), valeur.Plat(b)
	if x == y {
		return 0, true
	}
	if abrege(mots(a), mots(b)) {
		return 1, true
	}
	if len(x) > valeur.MaxCompare || len(y) > valeur.MaxCompare {
		return 0, false
	}
	d := valeur.Distance(x, y)
	return 1 + d, 3*d <= min(len(x), len(y))
}

// abrege tells whether the words of two names are the same, some of them cut short: tel and telephone.
func abrege(a, b []string) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range a {
		court, long := a[i], b[i]
		if len(court) > len(long) {
			court, long = long, court
		}
		if court != long && (len(court) < 3 || long[:len(court)] != court) {
			return false
		}
	}
	return true
}

// mots cuts a name where a capital follows a small letter.
func mots(nom string) (mots []string) {
	debut := 0
	for i := 1; i <= len(nom); i++ {
		if i == len(nom) || nom[i-1] >= 'a' && nom[i-1] <= 'z' && nom[i] >= 'A' && nom[i] <= 'Z' || nom[i] == '_' {
			mots = append(mots, valeur.Plat(nom[debut:i]))
			debut = i
		}
	}
	return mots
}
