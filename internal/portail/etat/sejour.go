package etat

import (
	"slices"

	"guichet/modele"
)

// The acts on the opinions that an examiner asks for: a demande stays where it is meanwhile.
const (
	Consulter Acte = "consulter" // ask colleagues, or addresses outside, what they think
	Aviser    Acte = "aviser"    // say so, or that one cannot
	Decharger Acte = "decharger" // an opinion is waited for no longer
)

// Sejour is an act that changes no state: those in which it may be done, and who may.
type Sejour struct {
	Acte Acte
	Nom  modele.Texte
	Dans []Etat
	Role Role         // which people of the agency; 0 for those that Qui tells
	Qui  modele.Texte // who among them
}

// Sejours lists those acts. What is still waited for when a demande leaves these states is waited for no longer.
var Sejours = []Sejour{
	{
		Acte: Consulter, Nom: modele.Texte{Fr: "Demander un avis", En: "Ask for an opinion"}, Dans: []Etat{Instruction}, Role: Instructeur,
		Qui: modele.Texte{Fr: "l'instructeur qui la tient", En: "the examiner who holds it"},
	},
	{
		Acte: Aviser, Nom: modele.Texte{Fr: "Donner un avis, ou ne pas pouvoir", En: "Give an opinion, or say that one cannot"}, Dans: []Etat{Instruction, AModifier, AValider},
		Qui: modele.Texte{Fr: "la personne à qui il est demandé, si elle ne tient pas la demande", En: "the person who is asked, unless that person holds the request"},
	},
	{
		Acte: Decharger, Nom: modele.Texte{Fr: "Reprendre une demande d'avis", En: "Take back what was asked"}, Dans: []Etat{Instruction, AModifier, AValider},
		Qui: modele.Texte{Fr: "qui l'a demandé, qui tient la demande, ou un administrateur", En: "who asked, who holds the request, or an administrator"},
	},
}

// Permis tells whether an act that changes no state may be done in that one.
func Permis(a Acte, e Etat) bool {
	return slices.ContainsFunc(Sejours, func(s Sejour) bool { return s.Acte == a && slices.Contains(s.Dans, e) })
}

// Peut tells whether one of these roles may do an act that changes no state.
func (s Sejour) Peut(roles Role) bool { return s.Role == 0 || s.Role&roles != 0 }
