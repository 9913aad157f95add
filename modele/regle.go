package modele

// Gravite is the weight of an anomaly.
type Gravite uint8

// From the lightest to the heaviest.
const (
	Info   Gravite = iota // tolerated spelling, advice
	Alerte                // probably refused later, at instruction
	Erreur                // the second control refuses the demande
	Rejet                 // the first control refuses the file
)

// Gravites lists all weights, the heaviest first.
var Gravites = []Gravite{Rejet, Erreur, Alerte, Info}

// String returns the stable word of the JSON contract: rejet, erreur, alerte, info.
func (g Gravite) String() string {
	return [...]string{"info", "alerte", "erreur", "rejet"}[g]
}

// Regle is one rule of the two controls, or one remark beyond them.
type Regle struct {
	// Code is four characters: family letter (S structure, F format, C cohérence, A alerte, I info, P pièces)
	// and three digits. It is never reused.
	Code    string
	Gravite Gravite
	Titre   Texte
	// Message is a template: {balise}, {trouve}, {attendu}, {detail}, {autre}, {nombre}, {libelle} are replaced.
	Message Texte
	Aide    Texte  // what to do
	Source  string // section; empty where each tag brings its own
	// Anciens are the retired codes whose place the rule has taken.
	Anciens []string
	// Faux and Juste are a wrong and a right extract.
	Faux, Juste string
}

// MarshalText writes the stable word.
func (g Gravite) MarshalText() ([]byte, error) { return []byte(g.String()), nil }
