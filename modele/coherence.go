package modele

// Coherence is a rule over several values of one demande. Each kind is a value that the checker
// interprets; paths lead from the demande to a tag, through arrays.
type Coherence interface{ coherence() }

// Compte asks for exactly one item of the array Tableau whose Balise has the text Valeur, where Si holds,
// and for none where Sinon holds.
type Compte struct {
	Regle           string
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

// Plafond compares an amount without tax with the ceiling of the barème: the tranche's amount for each
// ESMS, with tax, times the ESMS of the order (§3.1).
type Plafond struct {
	Regle           string
	Montant, Regime []string
	Hors            string   // the value at Regime for a supplier without VAT
	OG              []string // array of the OGs
	ESMS            string   // array of the ESMS in each
	Source          string
}

func (Compte) coherence()            {}
func (MemesValeurs) coherence()      {}
func (SansDoublon) coherence()       {}
func (PiecesNommees) coherence()     {}
func (UniqueDansFichier) coherence() {}
func (Plafond) coherence()           {}
