package modele

// Coherence is a rule over several values of one demande. Each kind is a value that the checker
// interprets; paths lead from the demande to a tag, through arrays.
type Coherence interface{ coherence() }

// Compte asks for exactly one item of the array Tableau whose Balise has the text Valeur, where Si holds.
// One where Sinon holds breaks the rule EnTrop.
type Compte struct {
	Regle, EnTrop   string
	Tableau, Balise string
	Valeur          string
	Si, Sinon       Condition // looked up in the blocks of the demande, through Bloc
	Bloc            string    // object of the demande where Si and Sinon are looked up
	Source          string
}

// MemesValeurs asks that the values at A be those at B, each exactly once in A.
type MemesValeurs struct {
	Absente  string // code when a value of B is missing in A
	EnTrop   string // code when a value of A is not in B
	EnDouble string // code when a value of A stands twice
	A, B     []string
	Source   string
}

// SansDoublon asks that no value at Chemin stand twice in the demande.
type SansDoublon struct {
	Regle  string
	Chemin []string
	Source string
}

// PiecesNommees asks that each document name in Tableau carry the value of the demande's tag Numero
// and the code of its own tag Type.
type PiecesNommees struct {
	Numero                 string // "numeroEditeur"
	Tableau                string // "piecesJustificatives"
	Nom, Type, Format      string // "nomFichier", "typeFichier", "formatFichier"
	RegleNumero, RegleType string
	Source                 string
}

// UniqueDansFichier asks that no two demandes of the file have the same value at Chemin; the second one
// is at fault.
type UniqueDansFichier struct {
	Regle  string
	Chemin []string
	Source string
}

// JamaisUtilise asks that the value at Chemin was not used in an earlier deposit, where these are known.
type JamaisUtilise struct {
	Regle  string
	Chemin []string
	Source string
}

// Eligible asks that the values at Chemin be in the list of eligible ESMS, where it is loaded.
type Eligible struct {
	Regle  string
	Chemin []string
	Source string
}

// ProfilsReferences asks that the software be referenced with the profile that each value of the objects of
// Tableau needs, where the référencements are loaded. A value that must be null needs none.
type ProfilsReferences struct {
	Regle   string
	Tableau string // "scenarioInstallation"
	Profils []Profil
	Source  string
}

// Profil is the label of the profile that a value of a tag needs.
type Profil struct {
	Balise  string
	Valeur  string // a JSON literal, `true`; of a choice of several, one of them, `"PA"`
	Libelle string // compared with case, accents, dashes and blanks overlooked
}

// Inscrit says when a FINESS number at Chemin is not in the register of those that are open, where it is
// loaded: a FINESS juridique or a géographique. The numbers of the other kind at Autres tell which was meant.
type Inscrit struct {
	Regle     string
	Chemin    []string
	Autres    []string
	Juridique bool
	Source    string
}

// Rattache says when a FINESS géographique at ESMS does not belong to the FINESS juridique of the tag
// Juridique beside it, where the register is loaded.
type Rattache struct {
	Regle     string
	ESMS      []string
	Juridique string
	Source    string
}

// JamaisDemande says when another demande has claimed an ESMS at Chemin, where these are known.
type JamaisDemande struct {
	Regle  string
	Chemin []string
	Source string
}

// Plafond compares an amount without tax with the ceiling of the barème: the tranche's amount for each
// ESMS, with tax, times the ESMS of the order (§3.1).
type Plafond struct {
	Regle           string
	Montant, Regime []string
	Hors            string   // the value at Regime for a supplier without VAT
	OG              []string // array of the OGs
	ESMS            string   // array of the ESMS in each
	Juridique       string   // the FINESS juridique of each, to know its number of ESMS
	Source          string
}

func (Compte) coherence()            {}
func (MemesValeurs) coherence()      {}
func (SansDoublon) coherence()       {}
func (PiecesNommees) coherence()     {}
func (UniqueDansFichier) coherence() {}
func (JamaisUtilise) coherence()     {}
func (Eligible) coherence()          {}
func (ProfilsReferences) coherence() {}
func (Inscrit) coherence()           {}
func (Rattache) coherence()          {}
func (JamaisDemande) coherence()     {}
func (Plafond) coherence()           {}
