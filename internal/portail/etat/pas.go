package etat

import (
	"slices"
	"strings"

	"guichet/modele"
)

// Acteur is who changes a state.
type Acteur uint8

// Those who do. The program acts on what arrives, documents, and on time that passes.
const (
	Programme Acteur = 1 << iota
	Fournisseur
	Agence
)

// Role is what a person of the agency does there.
type Role uint8

// The roles that steps ask for. Who decides does not pay (decree 2012-1246, art. 9).
const (
	Instructeur Role = 1 << iota
	Valideur
	Comptable
)

// Acte is what people call a step, whatever the state that it begins in.
type Acte string

// The acts.
const (
	Completer  Acte = "completer"  // all documents are there
	Manquer    Acte = "manquer"    // a document turns out not to do
	Prendre    Acte = "prendre"    // an agent begins to examine
	Demander   Acte = "demander"   // ask the supplier for a correction
	Repondre   Acte = "repondre"   // the supplier answers
	Rappeler   Acte = "rappeler"   // the agency takes what it asked for back
	Echoir     Acte = "echoir"     // the time to answer has passed
	Proposer   Acte = "proposer"   // an award, or a refusal
	Renvoyer   Acte = "renvoyer"   // the proposal goes back to who examines
	Decider    Acte = "decider"    // as it was proposed
	Reprendre  Acte = "reprendre"  // the decision is taken back before anybody is told
	Attribuer  Acte = "attribuer"  // the award is notified
	Refuser    Acte = "refuser"    // the refusal is notified
	Rouvrir    Acte = "rouvrir"    // a refusal is looked at again
	Payer      Acte = "payer"      // the advance is paid
	Envisager  Acte = "envisager"  // to take an award back: its supplier is heard
	Maintenir  Acte = "maintenir"  // the award
	Revoquer   Acte = "revoquer"   // decide that it is taken back
	Oter       Acte = "oter"       // that is notified
	Abandonner Acte = "abandonner" // the supplier gives it up
)

// Noms are what people read for the acts.
var Noms = map[Acte]modele.Texte{
	Completer:  {Fr: "Pièces au complet", En: "Documents complete"},
	Manquer:    {Fr: "Pièce à refaire", En: "Document to be made again"},
	Prendre:    {Fr: "Prendre en instruction", En: "Begin to examine"},
	Demander:   {Fr: "Demander une modification", En: "Ask for a change"},
	Repondre:   {Fr: "Répondre", En: "Answer"},
	Rappeler:   {Fr: "Reprendre la demande de modification", En: "Take the request for a change back"},
	Echoir:     {Fr: "Délai de réponse passé", En: "Time to answer over"},
	Proposer:   {Fr: "Proposer une décision", En: "Propose a decision"},
	Renvoyer:   {Fr: "Renvoyer à l'instruction", En: "Send back to be examined"},
	Decider:    {Fr: "Décider", En: "Decide"},
	Reprendre:  {Fr: "Reprendre la décision avant notification", En: "Take the decision back before it is notified"},
	Attribuer:  {Fr: "Notifier l'attribution", En: "Notify the award"},
	Refuser:    {Fr: "Notifier le refus", En: "Notify the refusal"},
	Rouvrir:    {Fr: "Rouvrir après un refus", En: "Open again after a refusal"},
	Payer:      {Fr: "Payer l'avance", En: "Pay the advance"},
	Envisager:  {Fr: "Envisager le retrait de l'attribution", En: "Consider withdrawing the award"},
	Maintenir:  {Fr: "Maintenir l'attribution", En: "Keep the award"},
	Revoquer:   {Fr: "Décider le retrait de l'attribution", En: "Decide to withdraw the award"},
	Oter:       {Fr: "Notifier le retrait de l'attribution", En: "Notify the withdrawal of the award"},
	Abandonner: {Fr: "Retirer", En: "Withdraw"},
}

// Transition is one step that Par may take.
type Transition struct {
	Acte    Acte
	De, A   Etat
	Par     Acteur
	Role    Role // which people of the agency may, when it is the agency's; 0 for a step that none of them takes by hand
	Sauf    Acte // not who last took that step on the demande: four eyes
	Motif   bool // it needs a reason
	Reponse bool // the supplier is to answer by a day
}

// Transitions lists all steps there are. A state that none leads out of is final.
var Transitions = []Transition{
	{Acte: Completer, De: Incomplete, A: Complete, Par: Programme},
	{Acte: Manquer, De: Complete, A: Incomplete, Par: Programme | Agence, Role: Instructeur},

	{Acte: Prendre, De: Complete, A: Instruction, Par: Agence, Role: Instructeur},
	{Acte: Demander, De: Instruction, A: AModifier, Par: Agence, Role: Instructeur, Motif: true, Reponse: true},
	{Acte: Repondre, De: AModifier, A: Instruction, Par: Fournisseur},
	{Acte: Rappeler, De: AModifier, A: Instruction, Par: Agence, Role: Instructeur},
	{Acte: Echoir, De: AModifier, A: Instruction, Par: Programme},

	{Acte: Proposer, De: Instruction, A: AValider, Par: Programme | Agence, Role: Instructeur}, // the counter: what had no answer in time
	{Acte: Proposer, De: Incomplete, A: AValider, Par: Agence, Role: Instructeur, Motif: true}, // documents that never came
	{Acte: Renvoyer, De: AValider, A: Instruction, Par: Agence, Role: Valideur, Motif: true},
	{Acte: Decider, De: AValider, A: Decidee, Par: Agence, Role: Valideur, Sauf: Proposer},
	{Acte: Reprendre, De: Decidee, A: AValider, Par: Agence, Role: Valideur, Motif: true},
	{Acte: Attribuer, De: Decidee, A: Validee, Par: Programme},
	{Acte: Refuser, De: Decidee, A: Refusee, Par: Programme},
	{Acte: Rouvrir, De: Refusee, A: Instruction, Par: Agence, Role: Valideur, Motif: true},
	{Acte: Payer, De: Validee, A: Payee, Par: Agence, Role: Comptable, Sauf: Decider},

	{Acte: Envisager, De: Validee, A: RetraitEnvisage, Par: Agence, Role: Instructeur, Motif: true},
	{Acte: Maintenir, De: RetraitEnvisage, A: Validee, Par: Agence, Role: Valideur, Sauf: Envisager, Motif: true},
	{Acte: Revoquer, De: RetraitEnvisage, A: RetraitDecide, Par: Agence, Role: Valideur, Sauf: Envisager},
	{Acte: Reprendre, De: RetraitDecide, A: RetraitEnvisage, Par: Agence, Role: Valideur, Motif: true},
	{Acte: Oter, De: RetraitDecide, A: AttributionRetiree, Par: Programme},

	{Acte: Envisager, De: Validee, A: RetraitPropose, Par: Agence, Role: Instructeur, Motif: true}, // of a contested award
	{Acte: Maintenir, De: RetraitPropose, A: Validee, Par: Agence, Role: Valideur, Sauf: Envisager, Motif: true},
	{Acte: Revoquer, De: RetraitPropose, A: RetraitTranche, Par: Agence, Role: Valideur, Sauf: Envisager},
	{Acte: Reprendre, De: RetraitTranche, A: RetraitPropose, Par: Agence, Role: Valideur, Motif: true},
	{Acte: Oter, De: RetraitTranche, A: AttributionRetiree, Par: Programme},

	{Acte: Rouvrir, De: AttributionRetiree, A: Instruction, Par: Agence, Role: Valideur, Motif: true},

	{Acte: Abandonner, De: Incomplete, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: Complete, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: Instruction, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: AModifier, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: AValider, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: Decidee, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: Validee, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: RetraitEnvisage, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: RetraitDecide, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: RetraitPropose, A: Retiree, Par: Fournisseur, Motif: true},
	{Acte: Abandonner, De: RetraitTranche, A: Retiree, Par: Fournisseur, Motif: true},
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

// Pour lists the steps of an act.
func Pour(a Acte) (pas []Transition) {
	for _, t := range Transitions {
		if t.Acte == a {
			pas = append(pas, t)
		}
	}
	return pas
}

// Muet tells whether a supplier does not see the step: both states are one to it.
func (t Transition) Muet() bool { return t.De.Montre() == t.A.Montre() }

// Final tells whether nothing leads out of a state.
func (e Etat) Final() bool {
	return !slices.ContainsFunc(Transitions, func(t Transition) bool { return t.De == e })
}

// Peut tells whether one of these roles may take the step; a step that is not the agency's asks for none.
func (t Transition) Peut(roles Role) bool { return t.Role == 0 || t.Role&roles != 0 }

// Qui names those who may take the step.
func (t Transition) Qui() modele.Texte {
	var fr, en []string
	for _, x := range []struct {
		oui bool
		nom modele.Texte
	}{
		{t.Par&Programme != 0, modele.Texte{Fr: "le guichet", En: "the counter"}},
		{t.Par&Fournisseur != 0, modele.Texte{Fr: "le fournisseur", En: "the supplier"}},
		{t.Role&Instructeur != 0, modele.Texte{Fr: "un instructeur", En: "an examiner"}},
		{t.Role&Valideur != 0, modele.Texte{Fr: "un valideur", En: "a decider"}},
		{t.Role&Comptable != 0, modele.Texte{Fr: "un comptable", En: "an accountant"}},
	} {
		if x.oui {
			fr, en = append(fr, x.nom.Fr), append(en, x.nom.En)
		}
	}
	return modele.Texte{Fr: strings.Join(fr, ", "), En: strings.Join(en, ", ")}
}
