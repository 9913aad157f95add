package controle

import (
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// plan is a Modele made ready to be walked: tags are numbers, conditions know where their tags stand.
type plan struct {
	modele     *modele.Modele
	vocabulary *jsondoc.Vocabulary
	racine     *objet
	coherence  []coherence
	listees    []listee // by list: the tag whose values it holds
	norme      norme
	debut      int // first day of the programme, AAAAMMJJ
}

// listee is a tag whose values are listed, and the object that it is a tag of.
type listee struct {
	objet *objet
	champ *champ
}

// objet is an object of the table, with its tags in table order.
type objet struct {
	parent   *objet
	champ    *champ // the tag that holds the object, nil for the file
	niveau   int    // objects around this one
	champs   []champ
	rangs    []uint8 // by vocabulary key: 1 + index in champs, 0 for a tag that is not of this object
	toleres  []bool  // by vocabulary key: a tolerated spelling
	pointeur string  // RFC 6901 pattern, * for the index in an array
}

// champ is one tag of an objet. What the walk reads for every value comes first, copied out of the table.
type champ struct {
	cle       jsondoc.Key
	acquis    uint8 // by kind of JSON value: a bit for each that is right whatever it is
	direct    bool  // a plain value that no other rule needs
	genre     modele.Genre
	alphabet  modele.Alphabet
	cleNumero modele.Cle
	capitales bool
	exact     int
	moins     int
	*modele.Champ
	objet       *objet // what the tag holds, for Objet and TableauObjets
	obligatoire condition
	nul         condition
	nulTolere   condition     // where null may stand for the whole object
	entete      bool          // a tag of the file's header: the first control checks its format
	liste       int           // 1 + list that collects the tag's values, 0 for none
	extension   int           // 1 + index of the tag whose file name must end like this one, 0 for none
	codes       *valeur.Codes // of its nomenclature
	plat        string        // the tag, reduced by valeur.Plat
	recherches  int           // values of the file at hand that were looked for in the nomenclature
}

// maxChamps bounds the tags of one object, so that frames have a fixed size.
const maxChamps = 24

// maxNiveaux bounds objects inside each other.
const maxNiveaux = 8

func compiler(m *modele.Modele) *plan {
	p := &plan{modele: m, vocabulary: jsondoc.NewVocabulary(noms(m.EnTete, nil)), norme: compilerNorme(m.Pieces)}
	debut, _ := valeur.Entier([]byte(strings.ReplaceAll(m.Debut, "-", "")))
	p.debut = int(debut)
	p.racine = p.objet(nil, nil, m.EnTete, "")
	for _, c := range m.Coherence {
		p.coherence = append(p.coherence, p.compilerCoherence(c))
	}
	return p
}

func noms(champs []modele.Champ, liste []string) []string {
	for i := range champs {
		liste = append(append(liste, champs[i].Balise), champs[i].Tolerees...)
		liste = noms(champs[i].Champs, liste)
	}
	return liste
}

func (p *plan) objet(parent *objet, tenant *champ, champs []modele.Champ, pointeur string) *objet {
	names := int(p.vocabulary.Unknown()) + 1
	o := &objet{
		parent: parent, champ: tenant, pointeur: pointeur,
		champs: make([]champ, len(champs)), rangs: make([]uint8, names), toleres: make([]bool, names),
	}
	if parent != nil {
		o.niveau = parent.niveau + 1
	}
	if len(champs) > maxChamps || o.niveau >= maxNiveaux {
		panic("controle: " + p.modele.Nom + ": the table is larger than a frame")
	}
	for i := range champs {
		o.rangs[p.vocabulary.Key(champs[i].Balise)] = uint8(i + 1)
		for _, t := range champs[i].Tolerees {
			o.rangs[p.vocabulary.Key(t)] = uint8(i + 1)
			o.toleres[p.vocabulary.Key(t)] = true
		}
		o.champs[i] = p.champ(&champs[i])
	}
	for i := range o.champs {
		p.completer(o, &o.champs[i])
	}
	return o
}

func (p *plan) champ(c *modele.Champ) champ {
	return champ{
		Champ: c, plat: valeur.Plat(c.Balise), cle: p.vocabulary.Key(c.Balise), genre: c.Type.Genre, alphabet: c.Type.Alphabet,
		cleNumero: c.Type.Cle, capitales: c.Type.Majuscules, exact: c.Type.Exact, moins: c.Type.Moins,
	}
}

// completer compiles what a tag holds and the conditions it depends on, once its neighbours are known.
func (p *plan) completer(o *objet, c *champ) {
	c.entete = o.parent == nil
	c.obligatoire, c.nul = o.condition(c.Obligation.Obligatoire), o.condition(c.Obligation.Nul)
	if c.NulTolere != nil {
		c.nulTolere = o.condition(c.NulTolere)
	}
	c.acquis, c.direct = acquis(c), !c.genre.Conteneur()
	if c.Type.Extension != "" {
		c.extension = o.rang(c.Type.Extension) + 1
	}
	if c.Type.Nomenclature != nil {
		c.codes = valeur.Indexer(c.Type.Nomenclature)
	}
	pointeur := o.pointeur + "/" + c.Balise
	switch c.Type.Genre {
	case modele.Objet:
		c.objet = p.objet(o, c, c.Champs, pointeur)
	case modele.TableauObjets:
		c.objet = p.objet(o, c, c.Champs, pointeur+"/*")
	}
}

// acquis returns the kinds of values that are right without being looked at: null where nothing asks for
// a value, booleans where nothing asks for null.
func acquis(c *champ) (bits uint8) {
	if c.obligatoire.genre == jamais && !c.genre.Conteneur() {
		bits |= 1 << jsondoc.Null
	}
	if c.nul.genre == jamais && c.genre == modele.Booleen {
		bits |= 1<<jsondoc.True | 1<<jsondoc.False
	}
	return bits
}

// oublier starts a new file.
func (o *objet) oublier() {
	for i := range o.champs {
		o.champs[i].recherches = 0
		if o.champs[i].objet != nil {
			o.champs[i].objet.oublier()
		}
	}
}

// rang returns the index of a tag of the object, -1 for none.
func (o *objet) rang(balise string) int {
	for i := range o.champs {
		if o.champs[i].Balise == balise {
			return i
		}
	}
	return -1
}

// demande returns the object of one demande.
func (p *plan) demande() *objet {
	return p.racine.champs[p.racine.rang(p.modele.Lignes)].objet
}

// chemin leads from the demande to a tag.
func (p *plan) chemin(balises ...string) *champ { return p.trouver(balises).champ }

func (p *plan) trouver(balises []string) (l listee) {
	o := p.demande()
	for _, b := range balises {
		i := o.rang(b)
		if i < 0 {
			panic("controle: " + p.modele.Nom + ": no tag " + b)
		}
		l = listee{objet: o, champ: &o.champs[i]}
		o = l.champ.objet
	}
	return l
}

// collecte has the values of a tag kept, demande by demande, and returns the number of the list.
func (p *plan) collecte(balises ...string) int {
	l := p.trouver(balises)
	if l.champ.liste == 0 {
		p.listees = append(p.listees, l)
		l.champ.liste = len(p.listees)
		l.champ.direct = false
	}
	return l.champ.liste - 1
}
