// Package etat is the life of a demande as data: the states, and who may lead it from which to which. All
// features of the counter go by this one table.
package etat

import (
	"slices"

	"guichet/modele"
)

// Etat is the state of a demande, as the database keeps it.
type Etat string

// The states, in the order of a demande's life.
const (
	Incomplete  Etat = "incomplete"  // accepted by the controls, documents are missing
	Complete    Etat = "complete"    // all documents are there
	Instruction Etat = "instruction" // an agent examines it
	AModifier   Etat = "a_modifier"  // the agent asks for something else
	Validee     Etat = "validee"     // the agent accepts it
	Payee       Etat = "payee"       // "Décidée et payée"
	Refusee     Etat = "refusee"
	Retiree     Etat = "retiree" // the supplier gave it up
)

// Acteur is who changes a state.
type Acteur uint8

// Those who do. The program acts on what arrives: documents.
const (
	Programme Acteur = 1 << iota
	Fournisseur
	Agence
)

// Description is what people read of a state. Ton is the colour beside its name.
type Description struct {
	Etat  Etat
	Nom   modele.Texte
	Suite modele.Texte // what comes next, and who must act
	Ton   string       // info, ok, alerte, rejet, neutre

	Ouverte bool // its documents may come, or be replaced
}

// Tous lists the states in the order of a demande's life.
var Tous = []Description{
	{
		Incomplete, modele.Texte{Fr: "Incomplète", En: "Incomplete"},
		modele.Texte{
			Fr: "Des pièces justificatives manquent : envoyez-les. La demande n'est pas instruite avant.",
			En: "Supporting documents are missing: send them. The request is not examined before.",
		}, "alerte", true,
	},
	{
		Complete, modele.Texte{Fr: "Complète", En: "Complete"},
		modele.Texte{
			Fr: "Toutes les pièces sont là. L'agence va instruire la demande ; vous n'avez rien à faire.",
			En: "All documents are there. The agency is going to examine the request; there is nothing for you to do.",
		}, "info", true,
	},
	{
		Instruction, modele.Texte{Fr: "En instruction", En: "Being examined"},
		modele.Texte{
			Fr: "Un agent examine la demande ; vous n'avez rien à faire.",
			En: "An agent examines the request; there is nothing for you to do.",
		}, "info", false,
	},
	{
		AModifier, modele.Texte{Fr: "À modifier", En: "To be changed"},
		modele.Texte{
			Fr: "L'agence attend une réponse de votre part : remplacez les pièces en cause, puis rendez la demande à l'instruction depuis sa page.",
			En: "The agency waits for an answer from you: replace the documents in question, then give the request back from its page.",
		}, "alerte", true,
	},
	{
		Validee, modele.Texte{Fr: "Validée", En: "Approved"},
		modele.Texte{
			Fr: "La demande est acceptée. La décision d'attribution et le paiement de l'avance suivent.",
			En: "The request is approved. The award decision and the payment of the advance follow.",
		}, "ok", false,
	},
	{
		Payee, modele.Texte{Fr: "Décidée et payée", En: "Decided and paid"},
		modele.Texte{
			Fr: "L'avance est payée. La demande de solde pourra suivre, une fois la prestation livrée.",
			En: "The advance is paid. The balance request may follow, once the service is delivered.",
		}, "ok", false,
	},
	{
		Refusee, modele.Texte{Fr: "Refusée", En: "Refused"},
		modele.Texte{
			Fr: "La demande est refusée, pour le motif que donne l'historique. Une nouvelle demande porte un nouveau numeroEditeur.",
			En: "The request is refused, for the reason that the history gives. A new request bears a new numeroEditeur.",
		}, "rejet", false,
	},
	{
		Retiree, modele.Texte{Fr: "Retirée", En: "Withdrawn"},
		modele.Texte{
			Fr: "La demande a été retirée. Une nouvelle demande porte un nouveau numeroEditeur.",
			En: "The request was withdrawn. A new request bears a new numeroEditeur.",
		}, "neutre", false,
	},
}

// Transition is one step that Par may take.
type Transition struct {
	De, A Etat
	Par   Acteur
	Motif bool // it needs a reason
}

// Transitions lists all steps there are. A state that none leads out of is final.
var Transitions = []Transition{
	{De: Incomplete, A: Complete, Par: Programme},
	{De: Complete, A: Incomplete, Par: Programme | Agence}, // a document turns out not to do
	{De: Complete, A: Instruction, Par: Agence},
	{De: Instruction, A: AModifier, Par: Agence, Motif: true},
	{De: Instruction, A: Validee, Par: Agence},
	{De: AModifier, A: Instruction, Par: Programme | Fournisseur | Agence},
	{De: Validee, A: Instruction, Par: Agence, Motif: true}, // reopened before the decision
	{De: Validee, A: Payee, Par: Agence},

	{De: Incomplete, A: Refusee, Par: Agence, Motif: true},
	{De: Complete, A: Refusee, Par: Agence, Motif: true},
	{De: Instruction, A: Refusee, Par: Agence, Motif: true},
	{De: AModifier, A: Refusee, Par: Agence, Motif: true},

	{De: Incomplete, A: Retiree, Par: Fournisseur, Motif: true},
	{De: Complete, A: Retiree, Par: Fournisseur, Motif: true},
	{De: Instruction, A: Retiree, Par: Fournisseur, Motif: true},
	{De: AModifier, A: Retiree, Par: Fournisseur, Motif: true},
	{De: Validee, A: Retiree, Par: Fournisseur, Motif: true},
}

// Decrire returns what people read of a state; false for a word that is none.
func Decrire(e Etat) (Description, bool) {
	i := slices.IndexFunc(Tous, func(d Description) bool { return d.Etat == e })
	if i < 0 {
		return Description{}, false
	}
	return Tous[i], true
}

// Nom is what a state is called.
func (e Etat) Nom() modele.Texte {
	d, _ := Decrire(e)
	return d.Nom
}

// Ouverte tells whether documents of a demande in that state may still come, or be replaced.
func (e Etat) Ouverte() bool {
	d, _ := Decrire(e)
	return d.Ouverte
}

// Pas finds the step from a state to another one, when that actor may take it.
func Pas(de, a Etat, par Acteur) (Transition, bool) {
	for _, t := range Transitions {
		if t.De == de && t.A == a && t.Par&par != 0 {
			return t, true
		}
	}
	return Transition{}, false
}

// Final tells whether nothing leads out of a state.
func (e Etat) Final() bool {
	return !slices.ContainsFunc(Transitions, func(t Transition) bool { return t.De == e })
}
