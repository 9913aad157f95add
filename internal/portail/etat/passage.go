package etat

import "time"

// Cle names a demande: its deposit and its index in the file, from 0.
type Cle struct {
	Depot int64
	Rang  int
}

// Changement leads demandes of one deposit to a state.
type Changement struct {
	Fournisseur int64
	Depot       int64
	Rangs       []int
	A           Etat
	Par         Acteur
	Compte      int64  // who does it, 0 for the program
	Motif       string // why, where the step needs a reason

	// Acte is what is meant, where more than one act leads to that state; Roles are those of who does it. "" for whatever act it is,
	// by whoever.
	Acte  Acte
	Roles Role

	Accorde int64 // what an award grants of each demande, in cents; 0 for all that it asks for, or what was granted before

	Dit bool // its supplier is told by another mail
}

// Passage is a step that a demande has just taken.
type Passage struct {
	Cle
	Transition
	Fournisseur int64
	Compte      int64 // who took it, 0 for the program
	Motif       string
	Instant     time.Time
	Limite      time.Time // by when the supplier is to answer; zero for a step that asks for nothing
	Echeance    time.Time // when the agency's silence is a decision from then on; zero for a step that does not change it
}
