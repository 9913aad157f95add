package enrolement

import (
	"slices"
	"strings"

	"guichet/modele"
)

// Changement is one thing that a request says otherwise than before; "" stands for nothing.
type Changement struct {
	Nom          modele.Texte
	Avant, Apres modele.Texte
}

// Changements compares what was looked at with what is there now, field by field, software by software, document by document.
// Accounts are written by iban.
func Changements(avant, apres Vu, iban func(string) string) (liste []Changement) {
	noter := func(nom, a, b modele.Texte) { liste = append(liste, Changement{nom, a, b}) }
	for _, c := range champsDossier {
		if a, b := c.valeur(avant.Dossier), c.valeur(apres.Dossier); a != b {
			if c.compte {
				a.Fr, b.Fr = iban(a.Fr), iban(b.Fr)
				a.En, b.En = a.Fr, b.Fr
			}
			noter(c.nom, a, b)
		}
	}
	for _, numero := range numeros(avant.Dossier, apres.Dossier) {
		if a, b := leLogiciel(avant.Dossier, numero), leLogiciel(apres.Dossier, numero); a != b {
			noter(modele.Texte{Fr: "Logiciel " + numero, En: "Software " + numero}, pareil(a), pareil(b))
		}
	}
	for _, g := range genresPieces {
		a, b := laPiece(avant.Pieces, g.Code), laPiece(apres.Pieces, g.Code)
		if a.SHA256 != b.SHA256 {
			noter(modele.Texte{Fr: "Document : " + g.Nom.Fr, En: "Document: " + g.Nom.En}, pareil(a.Nom), pareil(b.Nom))
		}
	}
	return liste
}

// champDossier is one field of a Dossier, as a person reads it.
type champDossier struct {
	nom    modele.Texte
	compte bool // shown as an account
	valeur func(Dossier) modele.Texte
}

func champTexte(fr, en string, f func(Dossier) string) champDossier {
	return champDossier{nom: modele.Texte{Fr: fr, En: en}, valeur: func(d Dossier) modele.Texte { return pareil(f(d)) }}
}

func champOui(fr, en string, f func(Dossier) bool) champDossier {
	return champDossier{nom: modele.Texte{Fr: fr, En: en}, valeur: func(d Dossier) modele.Texte {
		if f(d) {
			return modele.Texte{Fr: "oui", En: "yes"}
		}
		return modele.Texte{Fr: "non", En: "no"}
	}}
}

// champsDossier are the fields of a Dossier but for its software.
var champsDossier = []champDossier{
	champTexte("SIRET", "SIRET", func(d Dossier) string { return d.SIRET }),
	champTexte("Raison sociale", "Registered name", func(d Dossier) string { return d.RaisonSociale }),
	champTexte("Adresse postale", "Postal address", func(d Dossier) string { return d.Adresse }),
	champOui("Non assujettie à la TVA", "Not liable to VAT", func(d Dossier) bool { return d.HorsTVA }),
	champTexte("Interlocuteur", "Contact", func(d Dossier) string { return d.Contact }),
	champTexte("Adresse électronique", "E-mail address", func(d Dossier) string { return d.Courriel }),
	champTexte("Téléphone", "Telephone", func(d Dossier) string { return d.Telephone }),
	champOui("Déposant mandaté", "Contact by mandate", func(d Dossier) bool { return d.Mandate }),
	champTexte("Titulaire du compte", "Account holder", func(d Dossier) string { return d.Titulaire }),
	{nom: modele.Texte{Fr: "IBAN", En: "IBAN"}, compte: true, valeur: func(d Dossier) modele.Texte { return pareil(d.IBAN) }},
	champTexte("BIC", "BIC", func(d Dossier) string { return d.BIC }),
}

// numeros lists the software of two dossiers, each once.
func numeros(dossiers ...Dossier) (liste []string) {
	for _, d := range dossiers {
		for _, l := range d.Logiciels {
			liste = append(liste, l.NumeroAns)
		}
	}
	slices.Sort(liste)
	return slices.Compact(liste)
}

func leLogiciel(d Dossier, numero string) string {
	for _, l := range d.Logiciels {
		if l.NumeroAns == numero {
			return l.Nom + " " + l.Version + " (" + strings.Join(l.Profils, ", ") + ")"
		}
	}
	return ""
}

func laPiece(pieces []Piece, genre string) Piece {
	for _, p := range pieces {
		if p.Genre == genre {
			return p
		}
	}
	return Piece{}
}

// Grouper writes an IBAN whole, in groups of four as on paper.
func Grouper(iban string) string {
	var b strings.Builder
	for i, c := range iban {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}
