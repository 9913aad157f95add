package diag

import (
	"strconv"
	"strings"

	"guichet/modele"
)

// Noun is a word that follows a number.
type Noun struct{ One, Several modele.Texte }

// The nouns of a report.
var (
	NounFichier  = Noun{modele.Texte{Fr: "fichier", En: "file"}, modele.Texte{Fr: "fichiers", En: "files"}}
	NounDemande  = Noun{modele.Texte{Fr: "demande", En: "request"}, modele.Texte{Fr: "demandes", En: "requests"}}
	NounAnomalie = Noun{modele.Texte{Fr: "anomalie", En: "anomaly"}, modele.Texte{Fr: "anomalies", En: "anomalies"}}
	NounGroupe   = Noun{modele.Texte{Fr: "groupe", En: "group"}, modele.Texte{Fr: "groupes", En: "groups"}}
	nounFois     = Noun{modele.Texte{Fr: "fois", En: "time"}, modele.Texte{Fr: "fois", En: "times"}}
	nounAcceptee = Noun{modele.Texte{Fr: "acceptée", En: "accepted"}, modele.Texte{Fr: "acceptées", En: "accepted"}}
	nounRefusee  = Noun{modele.Texte{Fr: "refusée", En: "refused"}, modele.Texte{Fr: "refusées", En: "refused"}}
	nounEcartee  = Noun{modele.Texte{Fr: "non examinée", En: "not examined"}, modele.Texte{Fr: "non examinées", En: "not examined"}}

	nounGravite = [...]Noun{
		modele.Info:   {modele.Texte{Fr: "info", En: "info"}, modele.Texte{Fr: "infos", En: "infos"}},
		modele.Alerte: {modele.Texte{Fr: "alerte", En: "warning"}, modele.Texte{Fr: "alertes", En: "warnings"}},
		modele.Erreur: {modele.Texte{Fr: "erreur", En: "error"}, modele.Texte{Fr: "erreurs", En: "errors"}},
		modele.Rejet:  {modele.Texte{Fr: "rejet", En: "rejection"}, modele.Texte{Fr: "rejets", En: "rejections"}},
	}
)

// Count writes a number and its noun: "1 demande", "1 200 demandes". French counts 0 as one.
func (n Noun) Count(k int, l modele.Langue) string {
	word := n.Several
	if k == 1 || k == 0 && l == modele.Francais {
		word = n.One
	}
	return Number(k, l) + " " + word.In(l)
}

// Number writes n with the thousands apart, as the language does.
func Number(n int, l modele.Langue) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + modele.Texte{Fr: "\u00a0", En: ","}.In(l) + digits[i:]
	}
	return digits
}

// WordGravite is the severity as a reader says it.
func WordGravite(g modele.Gravite, l modele.Langue) string { return nounGravite[g].One.In(l) }

// In writes the counts that are not zero, the heaviest first: "1 rejet, 5 erreurs".
func (c Comptes) In(l modele.Langue) string {
	var parts []string
	for _, g := range modele.Gravites {
		if c[g] > 0 {
			parts = append(parts, nounGravite[g].Count(c[g], l))
		}
	}
	if len(parts) == 0 {
		return modele.Texte{Fr: "aucune anomalie", En: "no anomaly"}.In(l)
	}
	return strings.Join(parts, ", ")
}

// Ampleur says how often a fault was made: "47 demandes", "47 demandes, 2 fichiers", "3 fois".
func (g *Groupe) Ampleur(l modele.Langue) string {
	var parts []string
	if g.Demandes > 0 {
		parts = append(parts, NounDemande.Count(g.Demandes, l))
	}
	if g.Nombre != g.Demandes {
		parts = append(parts, nounFois.Count(g.Nombre, l))
	}
	if g.Fichiers > 1 {
		parts = append(parts, NounFichier.Count(g.Fichiers, l))
	}
	return strings.Join(parts, ", ")
}

// ParPortail says how many of them the portal reports; empty for none.
func (g *Groupe) ParPortail(l modele.Langue) string {
	switch {
	case g.Premieres == 0:
		return ""
	case g.Nombre == 1:
		return modele.Texte{Fr: "le portail la signalera", En: "the portal will report it"}.In(l)
	}
	return modele.Texte{Fr: "le portail en signalera ", En: "the portal will report "}.In(l) + Number(g.Premieres, l)
}
