package suivi

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// Groupe is a part of a demande, Ligne one tag of it.
type (
	Groupe = web.Feuillet
	Ligne  = web.Ligne
)

// maxLignes is how many lines of a demande are shown: an array may be as long as a file.
const maxLignes = 2000

// contenu is a demande read again from the deposited file.
type contenu struct {
	doc       *jsondoc.Document
	modele    *modele.Modele
	reste     int                      // lines that may still be shown
	dehors    bool                     // to somebody outside
	declarees map[string]*modele.Texte // what was declared where another value stands, by pointer
	retour    map[string]string        // what the returned file has in the tags that the portal fills in, by tag
}

// lire reads what a demande says: its bytes in the kept file, with what was corrected, which it says in words.
func (s *Service) lire(d *Demande, toutes []Correction) (*contenu, error) {
	c, err := s.declare(d)
	if err != nil {
		return nil, err
	}
	return c.corriger(toutes)
}

// ErrIllisible says that the kept file of a demande is not there, or is not what was deposited.
var ErrIllisible = errors.New("the kept file is not what was deposited")

// declare reads the bytes of a demande in the kept file.
func (s *Service) declare(d *Demande) (c *contenu, err error) {
	m := s.Modele(d.Edition)
	if m == nil {
		return nil, fmt.Errorf("read demande %s: this program does not know the edition %q", d.NumeroASP, d.Edition)
	}
	f, err := s.Fichiers.Lire(d.SHA256)
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.Join(ErrIllisible, err)
	}
	if err != nil {
		return nil, fmt.Errorf("read demande %s: %w", d.NumeroASP, err)
	}
	defer f.Close()
	octets, err := io.ReadAll(io.NewSectionReader(f, d.Debut, d.Fin-d.Debut))
	if err != nil {
		return nil, fmt.Errorf("read demande %s: %w", d.NumeroASP, err)
	}
	doc, err := analyser(octets)
	if err != nil {
		return nil, fmt.Errorf("read demande %s: %w", d.NumeroASP, errors.Join(ErrIllisible, err))
	}
	return &contenu{doc: doc, modele: m, reste: maxLignes, retour: map[string]string{
		"numeroASP": d.NumeroASP, "codeTraitement": controle.CodeAccepte, "libelleTraitement": controle.LibelleAccepte,
	}}, nil
}

// champs are the tags of a demande.
func (c *contenu) champs() []modele.Champ {
	for _, ch := range c.modele.EnTete {
		if ch.Balise == c.modele.Lignes {
			return ch.Champs
		}
	}
	return nil
}

// groupes lays a demande out: a group for each block, in the order of the table.
func (c *contenu) groupes() (groupes []Groupe) {
	for _, ch := range c.champs() {
		n, ok := c.valeur(0, ch)
		if !ok {
			continue
		}
		titre := c.modele.TitreBloc(ch)
		if len(groupes) == 0 || groupes[len(groupes)-1].Titre != titre {
			groupes = append(groupes, Groupe{Titre: titre})
		}
		g := &groupes[len(groupes)-1]
		if ch.Type.Genre == modele.Objet {
			c.remplir(g, n, ch.Champs, "/"+ch.Balise) // the block says what the object is
			continue
		}
		c.poser(g, n, ch, "")
	}
	return groupes
}

// remplir adds the tags of the object n, to which a pointer leads, to a group.
func (c *contenu) remplir(g *Groupe, n uint32, champs []modele.Champ, pointeur string) {
	for _, ch := range champs {
		if v, ok := c.valeur(n, ch); ok && c.reste > 0 {
			c.poser(g, v, ch, pointeur)
		}
	}
}

// poser adds the value n of a tag of an object to a group.
func (c *contenu) poser(g *Groupe, n uint32, ch modele.Champ, pointeur string) {
	pointeur += "/" + ch.Balise
	c.reste--
	switch {
	case c.dehors && personnelle(ch):
	case ch.Type.Genre == modele.Objet && c.doc.Nodes[n].Kind == jsondoc.Object:
		sous := Groupe{Titre: majuscule(ch.Libelle)}
		c.remplir(&sous, n, ch.Champs, pointeur)
		g.Groupes = append(g.Groupes, sous)
	case ch.Type.Genre == modele.TableauObjets && c.doc.Nodes[n].Kind == jsondoc.Array:
		for i, e := range c.enfants(n) {
			if c.reste <= 0 {
				return
			}
			sous := Groupe{Titre: c.titre(ch, i, e)}
			c.remplir(&sous, e, ch.Champs, pointeur+"/"+strconv.Itoa(i))
			g.Groupes = append(g.Groupes, sous)
		}
	default:
		v := c.texte(n, ch.Type)
		if rendu, ok := c.retour[ch.Balise]; ok && ch.Obligation.Renseigne {
			v = modele.Texte{Fr: rendu, En: rendu}
		}
		g.Lignes = append(g.Lignes, Ligne{Balise: ch.Balise, Libelle: ch.Libelle, Valeur: v, Declaree: c.declarees[pointeur]})
	}
}

// personnelle tells whether a tag says how to reach a person, or names a card of theirs.
func personnelle(ch modele.Champ) bool {
	return ch.Type.Genre == modele.Courriel || ch.Type.Genre == modele.Telephone || ch.Balise == "numeroCarteCPX"
}

// titre names an item of an array by what tells it apart.
func (c *contenu) titre(ch modele.Champ, rang int, n uint32) modele.Texte {
	l, numero := majuscule(ch.Libelle), fmt.Sprintf(" %d", rang+1)
	nom := modele.Texte{Fr: l.Fr + numero, En: l.En + numero}
	for _, sous := range ch.Champs {
		if v, ok := c.valeur(n, sous); ok && ch.Identite != "" && sous.Balise == ch.Identite {
			t := c.texte(v, sous.Type)
			nom.Fr, nom.En = nom.Fr+" : "+ecrit.Nom(t.Fr), nom.En+": "+ecrit.Nom(t.En)
		}
	}
	return nom
}

func majuscule(t modele.Texte) modele.Texte {
	haut := func(s string) string {
		for i, c := range s {
			return strings.ToUpper(string(c)) + s[i+len(string(c)):]
		}
		return s
	}
	return modele.Texte{Fr: haut(t.Fr), En: haut(t.En)}
}

// valeur finds the value of a tag in the object n.
func (c *contenu) valeur(n uint32, ch modele.Champ) (uint32, bool) {
	if c.doc.Nodes[n].Kind != jsondoc.Object {
		return 0, false
	}
	for _, e := range c.enfants(n) {
		if nom := c.doc.Name(e); nom == ch.Balise || slices.Contains(ch.Tolerees, nom) {
			return e, true
		}
	}
	return 0, false
}

func (c *contenu) enfants(n uint32) (enfants []uint32) {
	for e := n + 1; e < c.doc.Nodes[n].Next; e = c.doc.Nodes[e].Next {
		enfants = append(enfants, e)
	}
	return enfants
}

// texte writes a value as people read it.
func (c *contenu) texte(n uint32, t modele.Type) modele.Texte {
	noeud := c.doc.Nodes[n]
	switch noeud.Kind {
	case jsondoc.Null:
		return modele.Texte{}
	case jsondoc.True:
		return modele.Texte{Fr: "oui", En: "yes"}
	case jsondoc.False:
		return modele.Texte{Fr: "non", En: "no"}
	case jsondoc.String:
		return c.chaine(string(c.doc.Text(n)), t)
	case jsondoc.Array:
		var fr, en []string
		for _, e := range c.enfants(n) {
			v := c.texte(e, t.Element())
			fr, en = append(fr, v.Fr), append(en, v.En)
		}
		return modele.Texte{Fr: strings.Join(fr, ", "), En: strings.Join(en, ", ")}
	}
	if centimes, ok := valeur.Centimes(c.doc.Raw(n)); ok && t.Genre == modele.Montant {
		return web.Montant(centimes)
	}
	brut := diag.Neutralize(string(c.doc.Raw(n)))
	return modele.Texte{Fr: brut, En: brut}
}

func (c *contenu) chaine(s string, t modele.Type) modele.Texte {
	if jour, err := time.Parse("02/01/2006", s); err == nil && t.Genre == modele.Date {
		return web.Date(jour)
	}
	if t.Genre == modele.Code {
		if libelle, ok := libelles(t.Nomenclature)[s]; ok {
			s += " – " + libelle
		}
	}
	s = diag.Neutralize(s)
	return modele.Texte{Fr: s, En: s}
}

// listes keeps the labels of the closed lists by code, which are read from few tables.
var listes sync.Map // *modele.Nomenclature → map[string]string

func libelles(n *modele.Nomenclature) map[string]string {
	if l, ok := listes.Load(n); ok {
		return l.(map[string]string)
	}
	l := make(map[string]string, len(n.Codes))
	for _, e := range n.Codes {
		l[e.Code] = e.Libelle
	}
	listes.Store(n, l)
	return l
}
