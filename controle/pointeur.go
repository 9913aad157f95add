package controle

import (
	"strings"

	"guichet/jsondoc"
)

var echappement = strings.NewReplacer("~", "~0", "/", "~1")

// pointeur returns the JSON Pointer (RFC 6901) of an anomaly: to the value, or to the object that lacks
// the tag.
func (r *Rapport) pointeur(a *anomalie) string {
	if a.objet == nil {
		return ""
	}
	b := strings.Builder{}
	tableaux := 0
	if r.adoptees {
		tableaux = r.cheminReel(&b, a)
	} else {
		tableaux = r.objetPointeur(&b, a)
	}
	if a.porteur == a.noeud {
		return b.String()
	}
	if r.item(a) {
		if !r.adoptees {
			b.WriteString("/" + a.champ.Balise)
		}
		b.WriteString("/" + chiffres(int64(a.rangs[tableaux])))
		return b.String()
	}
	if debut, fin := r.doc.NameRange(a.noeud); fin-debut <= maxNomPointe {
		b.WriteString("/" + echappement.Replace(r.doc.Name(a.noeud)))
	}
	return b.String()
}

// maxNomPointe is the longest name, in bytes, that a pointer leads through; beyond it points to the object.
const maxNomPointe = 1000

// item tells whether the value of an anomaly is an item of the array that its tag names.
func (r *Rapport) item(a *anomalie) bool {
	return a.noeud != a.porteur && r.doc.Nodes[a.noeud].Key == jsondoc.NoKey
}

// objetPointeur writes the pointer of the object that an anomaly is in, and counts the arrays on the way.
func (r *Rapport) objetPointeur(b *strings.Builder, a *anomalie) (tableaux int) {
	for part := range strings.SplitSeq(strings.TrimPrefix(a.objet.pointeur, "/"), "/") {
		switch part {
		case "":
		case "*":
			b.WriteString("/" + chiffres(int64(a.rangs[tableaux])))
			tableaux++
		default:
			b.WriteString("/" + part)
		}
	}
	return tableaux
}

// maxFreres bounds how far cheminReel looks in one object or array.
const maxFreres = 10_000

// cheminReel writes the pointer of the object, or for an item of the array, that an anomaly is in, with the
// names that the file gives its tags.
func (r *Rapport) cheminReel(b *strings.Builder, a *anomalie) (tableaux int) {
	nodes, n := r.doc.Nodes, uint32(0)
	for n != a.porteur || r.item(a) {
		e, rang := n+1, 0
		for ; a.noeud >= nodes[e].Next && rang < maxFreres; e = nodes[e].Next {
			rang++
		}
		if e == a.noeud || rang == maxFreres {
			return tableaux
		}
		if nodes[n].Kind == jsondoc.Array {
			b.WriteString("/" + chiffres(int64(rang)))
			tableaux++
		} else {
			b.WriteString("/" + echappement.Replace(r.doc.Name(e)))
		}
		n = e
	}
	return tableaux
}
