package controle

import (
	"fmt"
	"strconv"
	"strings"

	"guichet/modele"
)

// mots are texts that scripts write in place of the JSON words.
var mots = map[string]string{
	"null": "null", "none": "null", "nil": "null", "n/a": "null",
	"true": "true", "false": "false", "vrai": "true", "faux": "false", "oui": "true", "non": "false",
}

// ecrire proposes a literal, nothing when it is empty.
func ecrire(phrase modele.Texte, litteral string, sure bool) proposition {
	if litteral == "" {
		return proposition{}
	}
	return proposition{phrase: phrase, litteral: litteral, sure: sure}
}

// ecrireTexte proposes a text, nothing when it is empty.
func ecrireTexte(phrase modele.Texte, t string, sure bool) proposition {
	if t == "" {
		return proposition{}
	}
	return ecrire(phrase, litteralTexte(t), sure)
}

// proposerPourTexte reads a text as the value that it was meant to be.
func proposerPourTexte(a *anomalie, t string) proposition {
	genre, mot := a.champ.Type.Genre, mots[strings.ToLower(t)]
	switch {
	case mot == "null" && (a.numero == regleDoitEtreNul || genre == modele.Code):
		return proposition{phrase: motNull, litteral: "null", sure: true}
	case mot == "null":
		return proposition{phrase: modele.Texte{
			Fr: fmt.Sprintf(motNullValeur.Fr, a.champ.Libelle.Fr), En: fmt.Sprintf(motNullValeur.En, a.champ.Libelle.En),
		}}
	case genre == modele.Booleen && mot != "null":
		return ecrire(guillemets, mot, true)
	case genre == modele.Montant:
		return ecrire(guillemets, montantPropose(t), true)
	case a.numero == regleDoitEtreNul:
		return proposition{}
	}
	if p := proposerFormat(a, strings.TrimSpace(t)); p != (proposition{}) {
		return p
	}
	if s := strings.TrimSpace(t); s != t {
		return ecrireTexte(blancDeTrop, s, true)
	}
	return proposition{}
}

// proposerFormat proposes the value of a text by the kind of its tag.
func proposerFormat(a *anomalie, t string) proposition {
	switch ty := a.champ.Type; ty.Genre {
	case modele.Date:
		if date := jourDeTableur(t); date != "" {
			return ecrireTexte(dateSerie, date, false)
		}
		date, certaine := dateProposee(t)
		return ecrireTexte(ecrivez, date, certaine)
	case modele.Telephone:
		numero, certain := telephonePropose(t)
		return ecrireTexte(ecrivez, numero, certain)
	case modele.Choix, modele.ChoixMultiple:
		return ecrireTexte(ecrivez, choixPropose(ty, t), a.numero == regleChoix)
	case modele.Code:
		return proposerCode(a.champ, t)
	case modele.Chaine, modele.TableauValeurs:
		return proposerChaine(a, t)
	}
	return proposition{}
}

func proposerChaine(a *anomalie, t string) proposition {
	ty := a.champ.Type
	switch {
	case a.numero == regleMajuscules:
		if capitales := enMajuscules(t); minuscule([]byte(capitales)) < 0 {
			return ecrireTexte(ecrivez, capitales, mots[strings.ToLower(t)] == "")
		}
		return proposition{}
	case ty.Exact > 0 && len(t) > ty.Exact:
		return proposition{phrase: a.champ.Aide}
	}
	return proposerNumero(ty, t)
}

// proposerPourNombre reads a number as the text or amount that it was meant to be.
func proposerPourNombre(a *anomalie, t string) proposition {
	switch ty := a.champ.Type; {
	case ty.Genre == modele.Montant:
		return ecrire(ecrivez, montantPropose(t), true)
	case ty.Genre == modele.Booleen && (t == "0" || t == "1"):
		return ecrire(ecrivez, strconv.FormatBool(t == "1"), false)
	case ty.Genre == modele.Date:
		return ecrireTexte(dateSerie, jourDeTableur(t), false)
	case ty.Genre == modele.Telephone && len(t) == 9:
		numero, _ := telephonePropose("0" + t)
		return ecrireTexte(ecrivez, numero, false)
	case ty.Genre != modele.Chaine && ty.Genre != modele.TableauValeurs:
	case strings.ContainsAny(t, "eE."):
		return proposition{phrase: notationTabl}
	case entierDe(t) != "" && ty.Exact >= len(t) && ty.Exact-len(t) <= 4:
		return ecrireTexte(mettez, strings.Repeat("0", ty.Exact-len(t))+t, len(t) == ty.Exact)
	}
	return proposition{}
}

// proposerNumero proposes the zeros that a spreadsheet took away. A check key can agree by chance, one time
// in ten: that is no certainty.
func proposerNumero(ty modele.Type, t string) proposition {
	manquants := ty.Exact - len(t)
	switch {
	case ty.Alphabet == modele.Libre || t == "":
		return proposition{}
	case notation.MatchString(t):
		return proposition{phrase: notationTabl}
	case manquants < 1 || manquants > 4 || entierDe(t) != t:
		return proposition{}
	}
	propose := strings.Repeat("0", manquants) + t
	if ty.Cle == modele.CleFINESS && !cleFINESS([]byte(propose)) || ty.Cle == modele.CleSIRET && !cleSIRET([]byte(propose)) {
		return proposition{}
	}
	return ecrireTexte(zeroPerdu, propose, false)
}

// proposerCode finds the code of a label, or the nearest codes.
func proposerCode(c *champ, t string) proposition {
	if len(t) > maxCompare {
		return proposition{}
	}
	aPlat := plat(t)
	for i, e := range c.Type.Nomenclature.Codes {
		if c.plats[i].Libelle == aPlat {
			return ecrireTexte(codeDe, e.Code, true)
		}
	}
	var proches []string
	for _, e := range c.plusProches(aPlat) {
		proches = append(proches, e.Code+" ("+e.Libelle+")")
	}
	if len(proches) == 0 {
		return proposition{}
	}
	return proposition{phrase: phraser(plusProches, strings.Join(proches, ", "))}
}
