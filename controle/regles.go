package controle

import (
	"slices"
	"strings"
	"sync"

	"guichet/modele"
)

// numero is the place of a rule in the rule book.
type numero uint8

// The rules, in the order of their codes.
const (
	regleUTF8 numero = iota
	regleJSON
	regleProfondeur
	regleSuite
	regleTaille
	regleDouble
	regleManquante
	regleInconnue
	regleNature
	regleAucune
	regleTrop
	regleEntete
	regleNom
	regleNomAns
	regleAnsDeclare
	regleSIRETDeposant
	regleType
	regleVide
	regleASP
	regleExacte
	regleLongue
	regleTexteVide
	regleAlphabet
	regleMajuscules
	regleCourriel
	regleIndicatif
	regleDate
	regleDateExiste
	regleDecimales
	reglePositif
	regleMontantBorne
	regleChoix
	regleCode
	regleChoixDouble
	regleRang
	regleTableauVide
	regleNomPiece
	regleExtension
	regleItemDouble
	reglePasUnTexte
	regleCondition
	regleDoitEtreNul
	regleBonCommande
	reglePreuveHT
	regleSansScenario
	regleScenarioEnTrop
	regleScenarioDouble
	reglePieceNumero
	reglePieceType
	regleNumeroDouble
	regleNumeroUtilise
	regleNonEligible
	regleProfil
	alerteSIRET
	alerteFINESS
	alerteFutur
	alerteAvant
	alerteTelephone
	alertePlafond
	alerteESMSDouble
	alerteNull
	alerteNonInscrit
	alerteNonRattache
	alerteDejaDemande
	alerteLettre
	alerteTexte
	alerteCourriel
	alerteSigne
	alertePreuve
	alerteOGDouble
	alerteVaine
	alerteNom
	alerteNomPasse
	infoBOM
	infoBalise
	infoCode
	infoPrefixe
	infoNul
	nombreRegles
)

// livre is the rule book, by numero.
var livre = sync.OnceValue(func() []modele.Regle {
	regles := make([]modele.Regle, nombreRegles)
	for _, famille := range []map[numero]modele.Regle{reglesStructure, reglesFormat, reglesCoherence, reglesRegistres, reglesRemarques} {
		for n, r := range famille {
			regles[n] = r
		}
	}
	return regles
})

// Regles returns the rule book: all rules of the two controls and the remarks beyond them, by code.
func Regles() []modele.Regle { return slices.Clone(livre()) }

// Regle returns the rule of a code, in any case of letters.
func Regle(code string) (modele.Regle, bool) {
	for _, r := range livre() {
		if strings.EqualFold(r.Code, code) {
			return r, true
		}
	}
	return modele.Regle{}, false
}

// Remplacee returns the rule that took the place of a retired code, in any case of letters.
func Remplacee(code string) (modele.Regle, bool) {
	for _, r := range livre() {
		if slices.ContainsFunc(r.Anciens, func(ancien string) bool { return strings.EqualFold(ancien, code) }) {
			return r, true
		}
	}
	return modele.Regle{}, false
}

// regle returns the numero of a code that a Modele names.
func regle(code string) numero {
	for n, r := range livre() {
		if r.Code == code {
			return numero(n)
		}
	}
	panic("controle: no rule " + code)
}
