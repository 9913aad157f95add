package preparation

import (
	"slices"
	"strconv"

	"guichet/modele"
	"guichet/valeur"
)

// plan is a Modele made ready to be filled from rows.
type plan struct {
	modele   *modele.Modele
	lignes   *modele.Champ // the array of demandes
	colonnes []*colonne    // by level, in table order
	debut    [4]int        // colonnes[debut[n]:debut[n+1]] are those of level n
	identite [3]int        // by level, for OG and ESMS: index of the column that tells them apart
	numero   int           // index of the column of the demande's own number, -1 for none
	montant  int           // index of the first amount of the order, -1 for none
	pieces   pieces
	ecriture []operation
}

// colonne is a column of the layout made ready.
type colonne struct {
	Colonne
	ty      modele.Type
	codes   *valeur.Codes
	nul     condition
	gardees bool // nul can hold
	memoire souvenirs
	defaut  ref
	absente *modele.Compte // for a document: the rule that may ask for none
}

// pieces is how documents are named and listed.
type pieces struct {
	regle   modele.PiecesNommees
	norme   modele.NormePieces
	formats map[string]string // extension → formatFichier
}

func planifier(m *modele.Modele) *plan {
	p := &plan{modele: m, numero: -1, montant: -1}
	for i := range m.EnTete {
		if m.EnTete[i].Balise == m.Lignes {
			p.lignes = &m.EnTete[i]
		}
	}
	p.colonnes = p.trier(Disposition(m))
	p.pieces = lirePieces(m)
	for i, c := range p.colonnes {
		p.reperer(i, c)
	}
	for _, c := range p.colonnes {
		c.nul = p.nul(c)
		c.gardees = c.nul.genre != condJamais
	}
	p.ecriture = p.compiler()
	return p
}

// trier puts the columns of a layout in the order of their levels.
func (p *plan) trier(disposition []Colonne) (colonnes []*colonne) {
	for n := Commande; n <= ESMS; n++ {
		p.debut[n] = len(colonnes)
		for _, c := range disposition {
			if c.Niveau == n && c.Nom != ColonneReference {
				colonnes = append(colonnes, &colonne{Colonne: c})
			}
		}
	}
	p.debut[ESMS+1] = len(colonnes)
	return colonnes
}

// reperer finds what is particular to column i.
func (p *plan) reperer(i int, c *colonne) {
	if c.Champ == nil {
		c.absente = p.compte(c.Piece)
		return
	}
	c.ty = c.Champ.Type
	if c.ty.Nomenclature != nil {
		c.codes = valeur.Indexer(c.ty.Nomenclature)
	}
	if c.Niveau > Commande && p.parent(c.Chemin).Identite == c.Nom {
		p.identite[c.Niveau] = i
	}
	if c.Niveau == Commande && c.Nom == p.pieces.regle.Numero {
		p.numero = i
	}
	if c.Niveau == Commande && c.ty.Genre == modele.Montant && p.montant < 0 {
		p.montant = i
	}
}

// parent returns the tag that holds the tag at the end of a path.
func (p *plan) parent(chemin []string) *modele.Champ {
	c := p.lignes
	for _, balise := range chemin[:len(chemin)-1] {
		c = &c.Champs[slices.IndexFunc(c.Champs, func(c modele.Champ) bool { return c.Balise == balise })]
	}
	return c
}

// compte returns the rule that asks for a kind of document.
func (p *plan) compte(piece string) *modele.Compte {
	for _, c := range p.modele.Coherence {
		if c, ok := c.(modele.Compte); ok && c.Valeur == piece {
			return &c
		}
	}
	return nil
}

func lirePieces(m *modele.Modele) pieces {
	p := pieces{norme: m.Pieces, formats: map[string]string{}}
	for _, c := range m.Coherence {
		if r, ok := c.(modele.PiecesNommees); ok {
			p.regle = r
		}
	}
	for format, extension := range m.Pieces.Formats {
		p.formats[extension] = format
		if extension == "jpg" {
			p.formats["jpeg"] = format
		}
	}
	return p
}

// colonneDe returns the index of a column by its name, -1 for none.
func (p *plan) colonneDe(nom string) int {
	return slices.IndexFunc(p.colonnes, func(c *colonne) bool { return c.Nom == nom })
}

// condition is a modele.Condition whose tags are columns.
type condition struct {
	genre   genreCondition
	colonne int    // of an equality
	valeur  string // its literal
	parties []condition
	phrase  modele.Texte
}

type genreCondition uint8

const (
	condJamais genreCondition = iota
	condToujours
	condEgale
	condToutes
	condUne
)

// nul returns the condition under which a column has no value.
func (p *plan) nul(c *colonne) (cond condition) {
	var m modele.Condition
	switch {
	case c.Champ != nil:
		m = c.Champ.Obligation.Nul
	case c.absente != nil && c.absente.Sinon != nil:
		m = c.absente.Sinon
	default:
		return cond
	}
	cond = p.condition(m, c.Niveau)
	cond.phrase = modele.Texte{Fr: modele.Phrase(m, modele.Francais), En: modele.Phrase(m, modele.Anglais)}
	return cond
}

func (p *plan) condition(m modele.Condition, n Niveau) condition {
	if v, constante := modele.Constante(m); constante {
		if v {
			return condition{genre: condToujours}
		}
		return condition{}
	}
	var parties []modele.Condition
	c := condition{}
	switch m := m.(type) {
	case modele.Is:
		i := p.colonneDe(m.Balise)
		if i < 0 || p.colonnes[i].Niveau > n {
			return condition{}
		}
		return condition{genre: condEgale, colonne: i, valeur: m.Valeur}
	case modele.All:
		c.genre, parties = condToutes, m
	case modele.Any:
		c.genre, parties = condUne, m
	default:
		panic("preparation: condition of an unknown kind: " + strconv.Quote(modele.Phrase(m, modele.Anglais)))
	}
	for _, m := range parties {
		c.parties = append(c.parties, p.condition(m, n))
	}
	return c
}

// vaut evaluates a condition on the values of columns.
func (c *condition) vaut(litteral func(colonne int) []byte) bool {
	switch c.genre {
	case condToujours:
		return true
	case condEgale:
		return string(litteral(c.colonne)) == c.valeur
	case condToutes:
		for i := range c.parties {
			if !c.parties[i].vaut(litteral) {
				return false
			}
		}
		return true
	case condUne:
		return slices.ContainsFunc(c.parties, func(p condition) bool { return p.vaut(litteral) })
	}
	return false
}

// souvenirs are the last cells that a column had: most columns repeat themselves, and what was read once is not
// read, nor kept, again.
type souvenirs [64]souvenir

type souvenir struct {
	lu    bool
	genre Genre
	motif motif
	long  uint8
	texte [40]byte
	ref   ref
}

// place returns where a cell is remembered, nil for a text that is too long.
func (s *souvenirs) place(cell Cellule) *souvenir {
	t := cell.Texte
	n := len(t)
	if n == 0 || n > len(s[0].texte) {
		return nil
	}
	h := uint32(n)
	for i := max(0, n-8); i < n; i++ { // the end of a text varies most
		h = (h ^ uint32(t[i])) * 16777619
	}
	return &s[(h^h>>15)%uint32(len(s))]
}

// est tells whether a cell is the one remembered.
func (s *souvenir) est(cell Cellule) bool {
	return s.lu && s.genre == cell.Genre && int(s.long) == len(cell.Texte) && string(s.texte[:s.long]) == cell.Texte
}

func (s *souvenir) retenir(cell Cellule, r ref, m motif) {
	*s = souvenir{lu: true, genre: cell.Genre, motif: m, long: uint8(len(cell.Texte)), ref: r}
	copy(s.texte[:], cell.Texte)
}
