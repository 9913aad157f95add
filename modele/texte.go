package modele

// Langue is a language that a user reads.
type Langue uint8

// The two languages of every text; French is the default.
const (
	Francais Langue = iota
	Anglais
)

// Texte is one text in both languages. Pairs stand where they are used, so that a missing
// translation is seen beside its original; tests refuse an empty half.
type Texte struct{ Fr, En string }

// In returns the text in the language l.
func (t Texte) In(l Langue) string {
	if l == Anglais {
		return t.En
	}
	return t.Fr
}
