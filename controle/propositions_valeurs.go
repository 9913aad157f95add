package controle

import (
	"fmt"
	"strconv"
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

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
	return ecrire(phrase, valeur.Litteral(t), sure)
}

// proposerPourTexte reads a text as the value that it was meant to be.
func proposerPourTexte(a *anomalie, t string) proposition {
	genre, mot := a.champ.Type.Genre, valeur.Mot(t)
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
		return ecrire(guillemets, valeur.Montant(t), true)
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
		if date := valeur.Jour(t); date != "" {
			return ecrireTexte(dateSerie, date, false)
		}
		date, certaine := valeur.Date(t)
		return ecrireTexte(ecrivez, date, certaine)
	case modele.Telephone:
		numero, certain := valeur.Telephone(t)
		return ecrireTexte(ecrivez, numero, certain)
	case modele.Choix, modele.ChoixMultiple:
		return ecrireTexte(ecrivez, valeur.Choix(ty, t), a.numero == regleChoix)
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
		if capitales := valeur.Majuscules(t); valeur.Minuscule([]byte(capitales)) < 0 {
			return ecrireTexte(ecrivez, capitales, valeur.Mot(t) == "")
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
		return ecrire(ecrivez, valeur.Montant(t), true)
	case ty.Genre == modele.Booleen && (t == "0" || t == "1"):
		return ecrire(ecrivez, strconv.FormatBool(t == "1"), false)
	case ty.Genre == modele.Date:
		return ecrireTexte(dateSerie, valeur.Jour(t), false)
	case ty.Genre == modele.Telephone && len(t) == 9:
		numero, _ := valeur.Telephone("0" + t)
		return ecrireTexte(ecrivez, numero, false)
	case ty.Genre != modele.Chaine && ty.Genre != modele.TableauValeurs:
	case strings.ContainsAny(t, "eE"), ty.Alphabet != modele.Libre && strings.Contains(t, "."):
		return proposition{phrase: notationTabl}
	case ty.Alphabet == modele.Libre:
		return ecrireTexte(entreGuillemets, t, false)
	default:
		return ecrireTexte(mettez, valeur.Zeros(ty, t), len(t) == ty.Exact)
	}
	return proposition{}
}

// proposerBon says what to do without an order form; with several, the rule says it.
func proposerBon(a *anomalie) proposition {
	if a.nombre == 0 {
		return proposition{phrase: ajoutBon}
	}
	return proposition{}
}

// raccourcis say how to make a value shorter, by the kind of its tag; %d is the most characters.
var raccourcis = map[modele.Genre]modele.Texte{
	modele.Courriel:  {Fr: "donnez une adresse de %d caractères au plus", En: "give an address of at most %d characters"},
	modele.Telephone: {Fr: "n'écrivez que le numéro, %d caractères au plus", En: "write the number only, at most %d characters"},
	modele.Chaine:    {Fr: "abrégez le texte : %d caractères au plus", En: "shorten the text: at most %d characters"},
}

func (r *Rapport) proposerCourt(a *anomalie) proposition {
	t, connu := raccourcis[a.champ.genre]
	switch {
	case a.champ.genre == modele.NomPiece:
		return proposition{phrase: phraser(nommez, r.nomPropose(a))}
	case !connu:
		return proposition{}
	}
	return proposition{phrase: phraser(t, a.champ.moins-1)}
}

// typeAttendu says how to write a value of another type than its own.
func typeAttendu(g modele.Genre) modele.Texte {
	switch g {
	case modele.Booleen:
		return modele.Texte{Fr: "écrivez true ou false, sans guillemets", En: "write true or false, without quotes"}
	case modele.Montant, modele.Rang:
		return modele.Texte{Fr: "écrivez un nombre, sans guillemets", En: "write a number, without quotes"}
	}
	return modele.Texte{Fr: "écrivez un texte, entre guillemets", En: "write a text, between quotes"}
}

// proposerCrochets says how to write the only value of an array of texts.
func (r *Rapport) proposerCrochets(a *anomalie) proposition {
	if a.champ == nil || a.champ.genre != modele.TableauValeurs || r.doc.Nodes[a.noeud].Kind != jsondoc.String {
		return proposition{}
	}
	return proposition{phrase: phraser(crochets, r.litteral(a.noeud, maxTrouve))}
}

// proposerNumero proposes the zeros that a spreadsheet took away. A check key can agree by chance, one time
// in ten: that is no certainty.
func proposerNumero(ty modele.Type, t string) proposition {
	if ty.Alphabet != modele.Libre && valeur.Scientifique(t) {
		return proposition{phrase: notationTabl}
	}
	propose := valeur.Zeros(ty, t)
	if propose == t || !valeur.Cle(ty.Cle, propose) {
		return proposition{}
	}
	return ecrireTexte(zeroPerdu, propose, false)
}

// maxRecherches bounds how many values of a file are compared with a whole list of codes.
const maxRecherches = 200

// proposerCode finds the code of a label, or the nearest codes, until too many values were looked for.
func proposerCode(c *champ, t string) proposition {
	if len(t) > valeur.MaxCompare {
		return proposition{}
	}
	plat := valeur.Plat(t)
	if code := c.codes.DeLibelle(plat); code != "" {
		return ecrireTexte(codeDe, code, true)
	}
	if code := c.codes.DeGraphie(plat); code != "" {
		return ecrireTexte(ecrivez, code, true)
	}
	if c.recherches++; plat == "" || c.recherches > maxRecherches {
		return proposition{}
	}
	var proches []string
	for _, e := range c.codes.PlusProches(plat) {
		proches = append(proches, e.Code+" ("+e.Libelle+")")
	}
	if len(proches) == 0 {
		return proposition{}
	}
	return proposition{phrase: phraser(plusProches, strings.Join(proches, ", "))}
}
