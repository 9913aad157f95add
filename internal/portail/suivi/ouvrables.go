package suivi

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"guichet/internal/classeur"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// Ouvrable is a tag of a demande whose value may be corrected.
type Ouvrable struct {
	Pointeur string // JSON Pointer (RFC 6901) from the demande, by the names of the table
	Champ    modele.Champ
	Nom      modele.Texte // where it is, and its label
	Valeur   modele.Texte // as people read it
	Saisie   string       // as a field of a form has it; "" for null
	Litteral string       // as the demande has it
	Liees    []string     // pointers of the tags that the controls hold it to
	reel     string       // the pointer by the names of the file
	noeud    uint32
}

// The bounds of corrections: how many tags of a demande are offered, how many are opened at once, how long a value is, in characters.
const (
	maxOuvrables = 500
	MaxOuvertes  = 30
	maxSaisie    = 10_000
)

// lieu is where a walk over a demande has come.
type lieu struct {
	pointeur, reel string
	titre          modele.Texte
}

func (l lieu) vers(balise, nom string) lieu {
	l.pointeur, l.reel = l.pointeur+"/"+balise, l.reel+"/"+nom
	return l
}

// dans names the item that follows.
func (l lieu) dans(t modele.Texte) lieu {
	if l.titre.Fr != "" {
		t = modele.Texte{Fr: l.titre.Fr + ", " + t.Fr, En: l.titre.En + ", " + t.En}
	}
	l.titre = t
	return l
}

// ouvrables lists the tags that may be corrected, in the order of the table: neither what tells the demande from others, nor its documents,
// which are replaced, nor what the portal fills in.
func (c *contenu) ouvrables() (tous []Ouvrable) {
	for _, ch := range c.champs() {
		if ch.Balise != c.identite() {
			c.visiter(&tous, 0, ch, lieu{})
		}
	}
	return tous
}

// identite is the tag that tells demandes apart.
func (c *contenu) identite() string {
	for _, ch := range c.modele.EnTete {
		if ch.Balise == c.modele.Lignes {
			return ch.Identite
		}
	}
	return ""
}

// fixe tells whether nobody chooses the value of a tag, or that it is of a document.
func fixe(ch modele.Champ) bool {
	seule := ch.Type.Genre == modele.Choix && len(ch.Type.Valeurs) == 1
	return ch.Obligation.Renseigne || seule || ch.Type.Genre == modele.Rang || ch.Type.Genre == modele.Nul ||
		slices.ContainsFunc(ch.Champs, func(sous modele.Champ) bool { return sous.Type.Genre == modele.NomPiece })
}

func (c *contenu) visiter(tous *[]Ouvrable, porteur uint32, ch modele.Champ, l lieu) {
	n, ok := c.valeur(porteur, ch)
	if !ok || fixe(ch) || len(*tous) >= maxOuvrables {
		return
	}
	l = l.vers(ch.Balise, c.doc.Name(n))
	switch genre := c.doc.Nodes[n].Kind; {
	case ch.Type.Genre == modele.Objet && genre == jsondoc.Object:
		for _, sous := range ch.Champs {
			c.visiter(tous, n, sous, l)
		}
	case ch.Type.Genre == modele.TableauObjets && genre == jsondoc.Array:
		for i, e := range c.enfants(n) {
			item := l.vers(strconv.Itoa(i), strconv.Itoa(i)).dans(c.titre(ch, i, e))
			for _, sous := range ch.Champs {
				c.visiter(tous, e, sous, item)
			}
		}
	case ch.Type.Genre != modele.Objet && ch.Type.Genre != modele.TableauObjets:
		*tous = append(*tous, Ouvrable{
			Pointeur: l.pointeur, reel: l.reel, noeud: n, Champ: ch, Nom: l.dans(ch.Libelle).titre,
			Valeur: c.texte(n, ch.Type), Saisie: c.saisie(n, ch.Type), Litteral: string(c.doc.Raw(n)),
		})
	}
}

// saisie writes a value as one types it.
func (c *contenu) saisie(n uint32, t modele.Type) string {
	switch c.doc.Nodes[n].Kind {
	case jsondoc.Null:
		return ""
	case jsondoc.String:
		return string(c.doc.Text(n))
	case jsondoc.Array:
		var valeurs []string
		for _, e := range c.enfants(n) {
			valeurs = append(valeurs, c.saisie(e, t.Element()))
		}
		return strings.Join(valeurs, ", ")
	}
	if centimes, ok := valeur.Centimes(c.doc.Raw(n)); ok && t.Genre == modele.Montant {
		return virgule(centimes)
	}
	return string(c.doc.Raw(n))
}

// litteral writes what was typed as the table wants the value. What it cannot be is written as a text: the controls say so.
func litteral(t modele.Type, saisie string, centimes int64) string {
	switch {
	case saisie == "":
		return "null"
	case t.Genre == modele.Booleen && (saisie == "true" || saisie == "false"):
		return saisie
	case t.Genre == modele.Montant:
		return classeur.Centimes(centimes).String()
	case t.Genre == modele.TableauValeurs:
		valeurs := strings.FieldsFunc(saisie, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
		return enJSON(valeurs)
	}
	return enJSON(saisie)
}

func enJSON(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // texts alone
	return strings.TrimSuffix(b.String(), "\n")
}

// ecrire writes other literals into a demande, by the pointers of its tags.
func (c *contenu) ecrire(litteraux map[string]string) ([]byte, error) {
	var places []Ouvrable
	for _, o := range c.ouvrables() {
		if l, ok := litteraux[o.Pointeur]; ok {
			o.Litteral = l
			places = append(places, o)
		}
	}
	if len(places) != len(litteraux) {
		return nil, fmt.Errorf("%d values for %d tags of the demande", len(litteraux), len(places))
	}
	return c.remplacer(places), nil
}

// remplacer puts the literals of tags in the place of what the demande has there.
func (c *contenu) remplacer(places []Ouvrable) (octets []byte) {
	slices.SortFunc(places, func(a, b Ouvrable) int { return cmp.Compare(a.noeud, b.noeud) })
	fini := uint32(0)
	for _, o := range places {
		n := c.doc.Nodes[o.noeud]
		octets = append(append(octets, c.doc.Source[fini:n.Start]...), o.Litteral...)
		fini = n.End
	}
	return append(octets, c.doc.Source[fini:]...)
}

// seul is the demande as the only one of a file: its rank is the first.
func (c *contenu) seul() []byte {
	for _, ch := range c.champs() {
		if n, ok := c.valeur(0, ch); ok && ch.Type.Genre == modele.Rang {
			return c.remplacer([]Ouvrable{{noeud: n, Litteral: "1"}})
		}
	}
	return c.doc.Source
}
