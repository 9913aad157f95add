package preparation

import (
	"slices"

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
	regime   int           // index of its VAT regime, -1 for none
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
	defaut  ref
	absente *modele.Compte // for a document: the rule that may ask for none
}

// pieces is how documents are named and listed.
type pieces struct {
	regle    modele.PiecesNommees
	norme    modele.NormePieces
	formats  map[string]string // extension → formatFichier
	colonnes []int             // that hold their paths
}

func planifier(m *modele.Modele) *plan {
	p := &plan{modele: m, numero: -1, montant: -1, regime: -1}
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
		p.pieces.colonnes = append(p.pieces.colonnes, i)
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
	if slices.ContainsFunc(p.modele.Coherence, func(r modele.Coherence) bool {
		plafond, ok := r.(modele.Plafond)
		return ok && slices.Equal(plafond.Regime, c.Chemin)
	}) {
		p.regime = i
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
