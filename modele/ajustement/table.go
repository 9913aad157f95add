package ajustement

import (
	"guichet/jsondoc"
	"guichet/modele"
)

// Table returns the table that a file is written with: the current one, that of the source without adjustments, or the
// one that the file shows by itself, as other adjustments made it before. A file that does not fit another one better
// is of the current one, and so is what cannot be read.
func Table(courante, source *modele.Modele, octets []byte) *modele.Modele {
	doc, _ := jsondoc.NewParser(jsondoc.NewVocabulary(nil), jsondoc.Limits{}).Parse(octets) // what is cut short tells it too
	if len(doc.Nodes) == 0 || doc.Nodes[0].Kind != jsondoc.Object {
		return courante
	}
	la := chemins{}
	la.noter(doc, 0, "")
	choisie, manque := courante, la.manquent(courante.EnTete, "")
	for _, autre := range []func() *modele.Modele{
		func() *modele.Modele { return source },
		func() *modele.Modele { return montree(source, octets) },
	} {
		if manque == 0 {
			break
		}
		if m := autre(); m != nil {
			if n := la.manquent(m.EnTete, ""); n < manque {
				choisie, manque = m, n
			}
		}
	}
	return choisie
}

// montree is the table of the source with the names and the places that a file has, nil where they make none. Values
// tell nothing here: a demande of a file may have null where it should not.
func montree(source *modele.Modele, octets []byte) *modele.Modele {
	c, err := Comparer(source, "", octets)
	if err != nil {
		return nil
	}
	var noms Ajustements
	for _, b := range c.Ajustements.Balises {
		if b.Nul = false; b != (Balise{Balise: b.Balise}) {
			noms.Balises = append(noms.Balises, b)
		}
	}
	m, err := noms.Appliquer(source)
	if err != nil {
		return nil
	}
	return m
}

// chemins are the paths of the tags of a file; those of all items of an array are one.
type chemins map[string]bool

func (c chemins) noter(doc *jsondoc.Document, n uint32, chemin string) {
	for e := n + 1; e < doc.Nodes[n].Next; e = doc.Nodes[e].Next {
		ici := chemin
		if doc.Nodes[n].Kind == jsondoc.Object {
			ici += "/" + doc.Name(e)
			c[ici] = true
		}
		if doc.Nodes[e].Kind.Container() {
			c.noter(doc, e, ici)
		}
	}
}

// manquent counts the tags of a table that stand nowhere in the file though what should hold them does.
func (c chemins) manquent(champs []modele.Champ, chemin string) (nombre int) {
	tenu := false
	for i := range champs {
		ici := c.de(&champs[i], chemin)
		tenu = tenu || c[ici]
		if !c[ici] {
			nombre++
			continue
		}
		nombre += c.manquent(champs[i].Champs, ici)
	}
	if !tenu {
		return 0 // an empty array, or null
	}
	return nombre
}

// de is where a tag stands, perhaps under a name that is tolerated.
func (c chemins) de(champ *modele.Champ, chemin string) string {
	for _, nom := range champ.Tolerees {
		if c[chemin+"/"+nom] && !c[chemin+"/"+champ.Balise] {
			return chemin + "/" + nom
		}
	}
	return chemin + "/" + champ.Balise
}
