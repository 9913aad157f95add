// Package modele is the language in which the tag table of a corridor is written: pure values, no
// behaviour that depends on a corridor. The checker, the template, the JSON Schema, the documentation
// and the generated test cases are functions of one Modele.
package modele

import "slices"

// Modele is one edition of the tag table of a corridor and software type (§3.2). Editions are
// complete: the difference between two of them is the release note.
type Modele struct {
	Nom        string // "MS1-DUI"
	Edition    string // date of the source document, AAAA-MM-JJ
	Titre      Texte
	Document   string // reference of the source document
	Changement Texte  // what this edition changed
	// Debut is the day before which no order can belong to the programme, AAAA-MM-JJ.
	Debut string
	// EnTete lists the tags of the file's own object, in table order. The one whose balise is
	// Lignes is the array of demandes.
	EnTete []Champ
	Lignes string
	// Coherence lists the rules over several values of a demande, in the order of the second control.
	Coherence []Coherence
	// Pieces is the naming norm of the supporting documents (§3.3).
	Pieces NormePieces
	// Blocs are the English titles of the blocks of §3.2, by those that the source prints; of the blocks of a demande at least.
	Blocs map[string]string
	// Noms are the names of tags in an adjusted table, by those of the source; nil in a table of the source.
	Noms map[string]string
}

// NomDe returns the name that a tag of the source has in this table.
func (m *Modele) NomDe(balise string) string {
	if nom, autre := m.Noms[balise]; autre {
		return nom
	}
	return balise
}

// TitreBloc is what people read of the block of a tag: the source's own words in French.
func (m *Modele) TitreBloc(c Champ) Texte {
	t := Texte{Fr: c.Bloc, En: c.Bloc}
	if en, ok := m.Blocs[c.Bloc]; ok {
		t.En = en
	}
	return t
}

// Champ is one tag of the table.
type Champ struct {
	Balise string
	// Tolerees are spellings accepted by both controls and reported as a remark.
	Tolerees   []string
	Bloc       string // the block of §3.2
	Libelle    Texte  // what the tag says, in a few words
	Aide       Texte  // how to fill it, when the format does not say enough
	Type       Type
	Obligation Obligation
	Source     string  // section of the source document, "§3.2, Infos commande"
	Exemple    string  // a right value, as a JSON literal; empty for objects
	Champs     []Champ // tags of an object, or of each object of an array
	// Identite is the tag that tells the objects of an array apart.
	Identite string
	// NulTolere says when null in place of the whole object is tolerated with a remark; nil for never.
	NulTolere Condition
	// Doutes say where the source lets the tag be read in another way.
	Doutes []Doute
}

// Doute is a reading of the source that only the ASP's own template can settle.
type Doute struct {
	Raison Texte
	Regles []string // codes of the rules that rest on it
}

// Doutes lists what is doubtful about a tag and its format.
func Doutes(c *Champ) []Doute { return slices.Concat(c.Doutes, c.Type.Doutes) }

// Obligation says when a tag needs a value and when it must be null. Where neither holds, value and
// null are both fine.
type Obligation struct {
	Obligatoire Condition
	Nul         Condition
	// Renseigne is true for tags that the supplier leaves null and the ASP fills in.
	Renseigne bool
}

// The obligations that depend on no other tag.
var (
	Obligatoire = Obligation{Obligatoire: Toujours, Nul: Jamais}
	Facultatif  = Obligation{Obligatoire: Jamais, Nul: Jamais}
	ParASP      = Obligation{Obligatoire: Jamais, Nul: Toujours, Renseigne: true}
)

// Genre is the kind of a tag's value.
type Genre uint8

// The kinds of values. Objet and the two Tableau kinds are containers; all others are scalars.
const (
	Objet Genre = iota
	TableauObjets
	TableauValeurs // array of texts
	Nul            // null until the ASP fills it in
	Chaine
	Rang    // position in the array, a JSON number from 1
	Montant // euros, a JSON number with exactly two decimals, > 0
	Booleen
	Date // "JJ/MM/AAAA"
	Courriel
	Telephone
	Choix         // one of Valeurs
	ChoixMultiple // one or several of Valeurs joined by ", "
	Code          // a code of Nomenclature
	NomPiece      // name of a supporting document, §3.3
)

// Conteneur tells whether values of the kind hold other values.
func (g Genre) Conteneur() bool { return g <= TableauValeurs }

// Alphabet restricts the characters of a text.
type Alphabet uint8

// The alphabets of §3.2.
const (
	Libre Alphabet = iota
	Alphanumerique
	Chiffres
)

// Cle is a check key whose failure is worth a remark, never a rejection.
type Cle uint8

// The check keys of the two registers.
const (
	SansCle Cle = iota
	CleSIRET
	CleFINESS
)

// Type is the format of a value. Lengths count characters (Unicode code points).
type Type struct {
	Genre        Genre
	Exact        int // VARCHAR(=n): exactly n characters
	Moins        int // VARCHAR(<n): at least 1 and strictly fewer than n characters
	Alphabet     Alphabet
	Majuscules   bool // equal to its own upper case
	Cle          Cle
	Valeurs      []string
	Nomenclature *Nomenclature
	Min, Max     int  // items of an array; Max 0 means no limit
	Unique       bool // no item twice in the demande
	// Extension is the tag beside this one whose file name must end as this format says (§3.3).
	Extension string
	// Doutes say where the source lets the format be read in another way.
	Doutes []Doute
}

// Nomenclature is a closed list of codes (§4). A code with a blank before its underscore is as right without it.
type Nomenclature struct {
	Nom   Texte
	Codes []Entree
	// Tolerees are spellings of codes accepted with a remark, Imprimes the labels that the source misprints; both
	// lead to the code.
	Tolerees, Imprimes map[string]string
}

// Entree is one code and its label.
type Entree struct{ Code, Libelle string }

// NormePieces is the naming norm of supporting documents: Prefixe-Code-numeroEditeur.format (§3.3).
type NormePieces struct {
	Prefixe   string            // "MS1-DUI-Va1"
	Tolerees  []string          // prefixes tolerated with a remark
	Codes     map[string]string // typeFichier → code in the name: BON_COMMANDE → BDC
	Formats   map[string]string // formatFichier → extension in the name: PDF → pdf
	Longueur  int               // characters of numeroEditeur
	MaxOctets int64             // largest document, bytes
}
