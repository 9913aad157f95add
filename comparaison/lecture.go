package comparaison

import (
	"strconv"

	"guichet/jsondoc"
	"guichet/modele"
)

// fichier is a file, flat: its demandes by name, the header being the one without name.
type fichier struct {
	doc      *jsondoc.Document
	ordre    []string
	demandes map[string]*demande
	comptes  map[string]int
}

// demande holds the values of a demande by the path of their tags.
type demande struct {
	ligne   int
	ordre   []string
	valeurs map[string]valeur
	comptes map[string]int
}

// valeur is a value with what it means: escapes decoded, for a text.
type valeur struct {
	Valeur
	texte string
}

func lire(m *modele.Modele, octets []byte, l jsondoc.Limits) (*fichier, error) {
	doc, err := jsondoc.NewParser(jsondoc.NewVocabulary(nil), l).Parse(octets)
	if err != nil {
		return nil, err
	}
	f := &fichier{doc: doc, demandes: map[string]*demande{}, comptes: map[string]int{}}
	entete := f.ajouter("", 0)
	if doc.Nodes[0].Kind != jsondoc.Object {
		f.feuille(entete, "", 0)
		return f, nil
	}
	for n := uint32(1); n < doc.Nodes[0].Next; n = doc.Nodes[n].Next {
		c := champ(m.EnTete, doc.Name(n))
		if doc.Name(n) == m.Lignes && doc.Nodes[n].Kind == jsondoc.Array {
			f.lignes(c, n)
			continue
		}
		f.aplatir(entete, c, doc.Name(n), n)
	}
	return f, nil
}

func (f *fichier) ajouter(nom string, n uint32) *demande {
	nom = unique(nom, f.comptes)
	d := &demande{ligne: f.ligne(n), valeurs: map[string]valeur{}, comptes: map[string]int{}}
	f.demandes[nom] = d
	f.ordre = append(f.ordre, nom)
	return d
}

// lignes reads the demandes, each named by its identity, else by its rank.
func (f *fichier) lignes(c *modele.Champ, tableau uint32) {
	rang := 0
	for n := tableau + 1; n < f.doc.Nodes[tableau].Next; n = f.doc.Nodes[n].Next {
		rang++
		d := f.ajouter(f.identite(c, n, rang), n)
		f.membres(d, c, "", n)
	}
}

// aplatir lists the values at node n, the tag c (nil for an unknown one) whose path is chemin.
func (f *fichier) aplatir(d *demande, c *modele.Champ, chemin string, n uint32) {
	switch node := f.doc.Nodes[n]; {
	case node.Next == n+1: // a scalar, or a container of nothing
		f.feuille(d, chemin, n)
	case node.Kind == jsondoc.Object:
		f.membres(d, c, chemin+".", n)
	default:
		rang := 0
		for e := n + 1; e < f.doc.Nodes[n].Next; e = f.doc.Nodes[e].Next {
			rang++
			f.aplatir(d, c, chemin+"["+f.identite(c, e, rang)+"]", e)
		}
	}
}

func (f *fichier) membres(d *demande, c *modele.Champ, prefixe string, n uint32) {
	if f.doc.Nodes[n].Kind != jsondoc.Object {
		f.feuille(d, prefixe, n)
		return
	}
	for e := n + 1; e < f.doc.Nodes[n].Next; e = f.doc.Nodes[e].Next {
		nom := f.doc.Name(e)
		f.aplatir(d, sous(c, nom), prefixe+nom, e)
	}
}

func (f *fichier) feuille(d *demande, chemin string, n uint32) {
	chemin = unique(chemin, d.comptes)
	v := valeur{Valeur: Valeur{Litteral: string(f.doc.Raw(n)), Ligne: f.ligne(n)}}
	v.texte = v.Litteral
	if f.doc.Nodes[n].Kind == jsondoc.String {
		v.texte = `"` + string(f.doc.Text(n))
	}
	d.valeurs[chemin] = v
	d.ordre = append(d.ordre, chemin)
}

// identite names an item of an array: by the tag that the table has for it, a plain value by itself.
func (f *fichier) identite(c *modele.Champ, n uint32, rang int) string {
	if f.doc.Nodes[n].Kind == jsondoc.String {
		return string(f.doc.Text(n))
	}
	if c != nil && f.doc.Nodes[n].Kind == jsondoc.Object {
		for e := n + 1; e < f.doc.Nodes[n].Next; e = f.doc.Nodes[e].Next {
			if f.doc.Nodes[e].Kind == jsondoc.String && f.doc.Name(e) == c.Identite {
				return string(f.doc.Text(e))
			}
		}
	}
	return strconv.Itoa(rang)
}

func (f *fichier) ligne(n uint32) int { return f.doc.Position(int(f.doc.Nodes[n].Start)).Line }

// unique numbers what has the name of something before it.
func unique(nom string, comptes map[string]int) string {
	comptes[nom]++
	if n := comptes[nom]; n > 1 {
		return nom + "#" + strconv.Itoa(n)
	}
	return nom
}

func champ(champs []modele.Champ, balise string) *modele.Champ {
	for i := range champs {
		if champs[i].Balise == balise {
			return &champs[i]
		}
	}
	return nil
}

func sous(c *modele.Champ, balise string) *modele.Champ {
	if c == nil {
		return nil
	}
	return champ(c.Champs, balise)
}
