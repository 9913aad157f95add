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
	AModifier   Etat = "a_modifier"  // the agency asks for something else
	AValider    Etat = "a_valider"   // an agent proposes an award or a refusal
	Decidee     Etat = "decidee"     // it is decided, and the supplier is not told yet: that may still be taken back
	Validee     Etat = "validee"     // the award is notified
	Payee       Etat = "payee"       // "Décidée et payée"
	Refusee     Etat = "refusee"     // the refusal is notified

	RetraitEnvisage    Etat = "retrait_envisage"    // the agency thinks of taking an award back, and hears its supplier first
	RetraitDecide      Etat = "retrait_decide"      // that is decided, and the supplier is not told yet
	RetraitPropose     Etat = "retrait_propose"     // of a contested award: its supplier was heard on the contestation, and is told of nothing that is not decided
	RetraitTranche     Etat = "retrait_tranche"     // likewise: that is decided, and its supplier is not told yet
	AttributionRetiree Etat = "attribution_retiree" // that is notified

	Retiree Etat = "retiree" // the supplier gave it up
)

// Description is what people read of a state. Ton is the colour beside its name.
type Description struct {
	Etat  Etat
	Nom   modele.Texte
	Suite modele.Texte // what comes next, and who must act
	Ton   string       // info, ok, alerte, rejet, neutre

	Ouverte bool // its documents may come, or be replaced
	Montre  Etat // the state that the supplier sees in its place; "" for itself
}

// enInstruction is what a supplier reads as long as the agency has not told it of a decision.
var enInstruction = modele.Texte{
	Fr: "Un agent examine la demande ; vous n'avez rien à faire.",
	En: "An agent examines the request; there is nothing for you to do.",
}

// entendu is what a supplier reads as long as the agency has not told it what becomes of its award.
var entendu = modele.Texte{
	Fr: "L'agence envisage de retirer l'attribution : lisez sa lettre, et présentez vos observations avant la date qu'elle donne.",
	En: "The agency thinks of withdrawing the award: read its letter, and make your observations before the day that it gives.",
}

// attribuee is what a supplier reads of an award that stands.
var attribuee = modele.Texte{
	Fr: "L'aide est attribuée. Le paiement de l'avance suit.",
	En: "The aid is awarded. The payment of the advance follows.",
}

// Tous lists the states in the order of a demande's life.
var Tous = []Description{
	{
		Etat: Incomplete, Nom: modele.Texte{Fr: "Incomplète", En: "Incomplete"}, Ton: "alerte", Ouverte: true,
		Suite: modele.Texte{
			Fr: "Des pièces justificatives manquent : envoyez-les. La demande n'est pas instruite avant.",
			En: "Supporting documents are missing: send them. The request is not examined before.",
		},
	},
	{
		Etat: Complete, Nom: modele.Texte{Fr: "Complète", En: "Complete"}, Ton: "info", Ouverte: true,
		Suite: modele.Texte{
			Fr: "Toutes les pièces sont là. L'agence va instruire la demande ; vous n'avez rien à faire.",
			En: "All documents are there. The agency is going to examine the request; there is nothing for you to do.",
		},
	},
	{Etat: Instruction, Nom: modele.Texte{Fr: "En instruction", En: "Being examined"}, Ton: "info", Suite: enInstruction},
	{
		Etat: AModifier, Nom: modele.Texte{Fr: "À modifier", En: "To be changed"}, Ton: "alerte", Ouverte: true,
		Suite: modele.Texte{
			Fr: "L'agence attend une réponse de votre part : remplacez les pièces en cause, puis rendez la demande à l'instruction depuis sa page.",
			En: "The agency waits for an answer from you: replace the documents in question, then give the request back from its page.",
		},
	},
	{Etat: AValider, Nom: modele.Texte{Fr: "À valider", En: "To be decided"}, Ton: "info", Suite: enInstruction, Montre: Instruction},
	{Etat: Decidee, Nom: modele.Texte{Fr: "Décidée, à notifier", En: "Decided, to be notified"}, Ton: "info", Suite: enInstruction, Montre: Instruction},
	{Etat: Validee, Nom: modele.Texte{Fr: "Validée", En: "Approved"}, Ton: "ok", Suite: attribuee},
	{
		Etat: Payee, Nom: modele.Texte{Fr: "Décidée et payée", En: "Decided and paid"}, Ton: "ok",
		Suite: modele.Texte{
			Fr: "L'avance est payée. La demande de solde pourra suivre, une fois la prestation livrée.",
			En: "The advance is paid. The balance request may follow, once the service is delivered.",
		},
	},
	{
		Etat: Refusee, Nom: modele.Texte{Fr: "Refusée", En: "Refused"}, Ton: "rejet",
		Suite: modele.Texte{
			Fr: "La demande est refusée, pour le motif que donne l'historique. Une nouvelle demande porte un nouveau numeroEditeur.",
			En: "The request is refused, for the reason that the history gives. A new request bears a new numeroEditeur.",
		},
	},
	{Etat: RetraitEnvisage, Nom: modele.Texte{Fr: "Retrait envisagé", En: "Withdrawal considered"}, Ton: "alerte", Suite: entendu},
	{Etat: RetraitDecide, Nom: modele.Texte{Fr: "Retrait décidé, à notifier", En: "Withdrawal decided, to be notified"}, Ton: "alerte", Suite: entendu, Montre: RetraitEnvisage},
	{Etat: RetraitPropose, Nom: modele.Texte{Fr: "Retrait proposé après contestation", En: "Withdrawal proposed after a contestation"}, Ton: "alerte", Suite: attribuee, Montre: Validee},
	{Etat: RetraitTranche, Nom: modele.Texte{Fr: "Retrait décidé après contestation, à notifier", En: "Withdrawal decided after a contestation, to be notified"}, Ton: "alerte", Suite: attribuee, Montre: Validee},
	{
		Etat: AttributionRetiree, Nom: modele.Texte{Fr: "Attribution retirée", En: "Award withdrawn"}, Ton: "rejet",
		Suite: modele.Texte{
			Fr: "L'attribution est retirée, pour les motifs que donne la lettre. Une nouvelle demande porte un nouveau numeroEditeur.",
			En: "The award is withdrawn, for the reasons that the letter gives. A new request bears a new numeroEditeur.",
		},
	},
	{
		Etat: Retiree, Nom: modele.Texte{Fr: "Retirée", En: "Withdrawn"}, Ton: "neutre",
		Suite: modele.Texte{
			Fr: "La demande a été retirée. Une nouvelle demande porte un nouveau numeroEditeur.",
			En: "The request was withdrawn. A new request bears a new numeroEditeur.",
		},
	},
}

// Abandonnee tells whether what a demande asks for in that state is asked no longer: it claims nothing.
func (e Etat) Abandonnee() bool { return slices.Contains(Abandonnees, e) }

// Accordee tells whether an award holds of a demande in that state, and its supplier knows of it: until it is told that it is taken back.
func (e Etat) Accordee() bool {
	return slices.Contains([]Etat{Validee, RetraitEnvisage, Payee}, e.Montre())
}

// Abandonnees lists those states.
var Abandonnees = []Etat{Refusee, AttributionRetiree, Retiree}

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

// Montre is the state that a supplier sees for this one: what the agency has not told yet is still being examined.
func (e Etat) Montre() Etat {
	for i := range Tous { // no copy of a description: a deposit asks for each of its demandes
		if d := &Tous[i]; d.Etat == e && d.Montre != "" {
			return d.Montre
		}
	}
	return e
}

// Montres lists the states that a supplier sees, in the order of a demande's life.
func Montres() (montres []Description) {
	for _, d := range Tous {
		if d.Montre == "" {
			montres = append(montres, d)
		}
	}
	return montres
}

// Sous lists the states that a supplier sees as this one.
func (e Etat) Sous() (tous []Etat) {
	for _, d := range Tous {
		if d.Etat.Montre() == e {
			tous = append(tous, d.Etat)
		}
	}
	return tous
}
