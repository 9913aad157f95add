// Package comptabilite keeps the accounts by double entry: what is asked, granted, refused, given up, owed and paid, to the cent. An entry
// is immutable; what there is of each is the sum of the lines: those up to the last closing, which are summed by the closing alone, and those
// after it.
package comptabilite

import (
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Poste is where money stands in the accounts. (A compte is a person's, here.)
type Poste uint8

// The places. Those of each ledger sum to zero, whatever happens.
const (
	Demandes           Poste = iota // what is asked, as it is owed an answer: negative
	EnInstance                      // its supplier has been told nothing yet
	Accorde                         // by an award that holds
	NonAccorde                      // what is asked beyond an award
	Refuse                          // by a decision that was notified
	Retire                          // given up by the supplier
	AttributionRetiree              // asked, granted once, and taken back

	Octroi     // what is granted, as it is owed: negative
	AvanceDue  // 30 % of what is granted, as long as it is not ordered
	SoldeDu    // the rest
	Ordonne    // in a payment order that the bank has not answered
	Paye       // as the bank says
	ARecouvrer // paid, and to be given back
	Recouvre   // given back, or set off
	nPostes
)

// Livre is one of the two ledgers.
type Livre uint8

// The ledgers.
const (
	DeLaDemande Livre = iota // what becomes of what is asked
	DeLOctroi                // what becomes of what is granted
)

// Description is what people read of a place, and its word in the database.
type Description struct {
	Poste Poste
	Code  string
	Livre Livre
	Nom   modele.Texte
}

// Postes lists them all, in their order.
var Postes = [nPostes]Description{
	{Demandes, "demandes", DeLaDemande, modele.Texte{Fr: "Demandé", En: "Asked"}},
	{EnInstance, "en_instance", DeLaDemande, modele.Texte{Fr: "En instance", En: "Pending"}},
	{Accorde, "accorde", DeLaDemande, modele.Texte{Fr: "Accordé", En: "Granted"}},
	{NonAccorde, "non_accorde", DeLaDemande, modele.Texte{Fr: "Demandé au-delà de l'accordé", En: "Asked beyond what is granted"}},
	{Refuse, "refuse", DeLaDemande, modele.Texte{Fr: "Refusé", En: "Refused"}},
	{Retire, "retire", DeLaDemande, modele.Texte{Fr: "Retiré par le fournisseur", En: "Withdrawn by the supplier"}},
	{AttributionRetiree, "attribution_retiree", DeLaDemande, modele.Texte{Fr: "Attribution retirée", En: "Award withdrawn"}},
	{Octroi, "octroi", DeLOctroi, modele.Texte{Fr: "Aide accordée", En: "Aid granted"}},
	{AvanceDue, "avance_due", DeLOctroi, modele.Texte{Fr: "Avance à payer", En: "Advance due"}},
	{SoldeDu, "solde_du", DeLOctroi, modele.Texte{Fr: "Solde à venir", En: "Balance to come"}},
	{Ordonne, "ordonne", DeLOctroi, modele.Texte{Fr: "Ordonné à la banque", En: "Ordered at the bank"}},
	{Paye, "paye", DeLOctroi, modele.Texte{Fr: "Payé", En: "Paid"}},
	{ARecouvrer, "a_recouvrer", DeLOctroi, modele.Texte{Fr: "À recouvrer", En: "To be recovered"}},
	{Recouvre, "recouvre", DeLOctroi, modele.Texte{Fr: "Recouvré", En: "Recovered"}},
}

// Lire finds a place by its word.
func Lire(code string) (Poste, bool) {
	for _, d := range Postes {
		if d.Code == code {
			return d.Poste, true
		}
	}
	return 0, false
}

// Demande is what there is to account for of a demande. The zero value is that of one that there is not.
type Demande struct {
	Etat             etat.Etat
	Montant, Accorde int64 // asked, granted, in cents
}

// Soldes are amounts by place, in cents.
type Soldes [nPostes]int64

// Soldes says where the money of a demande stands: what its supplier was told of it counts, nothing that the agency has only decided.
func (d Demande) Soldes() (s Soldes) {
	switch e := d.Etat.Montre(); {
	case d.Etat == "":
		return s
	case d.Etat.Accordee():
		s[Accorde], s[NonAccorde] = d.Accorde, d.Montant-d.Accorde
		avance := etat.Avance(d.Accorde)
		s[Octroi], s[SoldeDu] = -d.Accorde, d.Accorde-avance
		if e == etat.Payee {
			s[Paye] = avance
		} else {
			s[AvanceDue] = avance
		}
	case e == etat.Refusee:
		s[Refuse] = d.Montant
	case e == etat.Retiree:
		s[Retire] = d.Montant
	case e == etat.AttributionRetiree:
		s[AttributionRetiree] = d.Montant
	default:
		s[EnInstance] = d.Montant
	}
	s[Demandes] = -d.Montant
	return s
}

// Moins is the difference.
func (s Soldes) Moins(autres Soldes) Soldes {
	for p := range s {
		s[p] -= autres[p]
	}
	return s
}

// Plus is the sum.
func (s Soldes) Plus(autres Soldes) Soldes {
	for p := range s {
		s[p] += autres[p]
	}
	return s
}

// Equilibres tells whether each ledger sums to zero.
func (s Soldes) Equilibres() bool {
	var livres [2]int64
	for p, montant := range s {
		livres[Postes[p].Livre] += montant
	}
	return livres == [2]int64{}
}

// Contrepartie tells whether a place is what the others of its ledger are of, with the other sign.
func (p Poste) Contrepartie() bool { return p == Demandes || p == Octroi }
