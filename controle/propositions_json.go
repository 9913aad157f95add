package controle

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"guichet/jsondoc"
	"guichet/modele"
)

// What usually stops the reading of files that programs and people write, and what to do about it.
var (
	virguleManque = modele.Texte{Fr: "il manque sans doute une virgule à la fin de la ligne %d", En: "a comma is probably missing at the end of line %d"}
	virguleTrop   = modele.Texte{Fr: "retirez la virgule qui précède, ligne %d : rien ne la suit", En: "take away the comma before it, line %d: nothing follows it"}
	pointDecimal  = modele.Texte{Fr: "un montant s'écrit avec un point : %s", En: "an amount is written with a point: %s"}
	enTexte       = modele.Texte{Fr: "%s est un texte : mettez des guillemets ; un tableur a pu changer le numéro en nombre, reprenez-le à la source", En: "%s is a text: put quotes; a spreadsheet may have made a number of it, take it from the source again"}
	droits        = modele.Texte{Fr: "JSON n'admet que les guillemets droits doubles : \"", En: "JSON only takes straight double quotes: \""}
	minusculesMot = modele.Texte{Fr: "écrivez true, false ou null en minuscules, ou mettez le texte entre guillemets", En: "write true, false or null in lower case, or put the text between quotes"}
	commentaire   = modele.Texte{Fr: "JSON n'a pas de commentaires : supprimez-le", En: "JSON has no comments: delete it"}
	rienDedans    = modele.Texte{Fr: "l'export ou la copie n'a rien écrit : recommencez-le", En: "the export or the copy has written nothing: do it again"}
	incomplet     = modele.Texte{Fr: "le fichier est incomplet : exportez-le ou copiez-le à nouveau, ou fermez les accolades et crochets ouverts", En: "the file is not whole: export or copy it again, or close the open braces and brackets"}
)

// proposerJSON says what probably stopped the reading of a file.
func (r *Rapport) proposerJSON(e *jsondoc.Error) proposition {
	source := r.doc.Source
	if n := autreNature(source); n != inconnue {
		return proposition{phrase: naturesFichier[n].aide}
	}
	switch e.Fault {
	case jsondoc.Empty:
		return proposition{phrase: rienDedans}
	case jsondoc.UnexpectedEnd:
		return proposition{phrase: incomplet}
	case jsondoc.BadLiteral:
		return proposition{phrase: minusculesMot}
	case jsondoc.Unexpected:
	default:
		return proposition{}
	}
	if p := r.virguleDecimale(e.Offset); p != (proposition{}) {
		return p
	}
	c, _ := utf8.DecodeRune(source[e.Offset:])
	avant := len(bytes.TrimRight(source[:e.Offset], " \t\r\n")) - 1
	ligne := r.doc.Position(max(avant, 0)).Line
	switch virgule := avant >= 0 && source[avant] == ','; {
	case c == '\'' || c == '“' || c == '”' || c == '«' || c == '‘' || c == '’':
		return proposition{phrase: droits}
	case c == '/' || c == '#':
		return proposition{phrase: commentaire}
	case virgule && (c == '}' || c == ']'):
		return proposition{phrase: phraser(virguleTrop, ligne)}
	case (e.Expected == jsondoc.CommaOrBrace || e.Expected == jsondoc.CommaOrBracket) && c != ':' && c != '}' && c != ']':
		return proposition{phrase: phraser(virguleManque, ligne)}
	}
	return proposition{}
}

// virguleDecimale tells what to write when reading stopped at the decimals of a number written with a comma:
// 4866,67 for an amount, 2,601E+13 for a number that a spreadsheet changed.
func (r *Rapport) virguleDecimale(at int) proposition {
	source := r.doc.Source
	if at < 2 || source[at-1] != ',' || !estChiffre(source[at]) || !estChiffre(source[at-2]) {
		return proposition{}
	}
	debut, fin := at-1, at
	for debut > 0 && estChiffre(source[debut-1]) && at-debut < maxTrouve {
		debut--
	}
	for fin < len(source) && estChiffre(source[fin]) && fin-at < maxTrouve {
		fin++
	}
	c := r.plan.racine.nomme(nomAvant(source[:debut]))
	switch {
	case c == nil:
		return proposition{}
	case c.genre == modele.Montant:
		return proposition{phrase: phraser(pointDecimal, fmt.Sprintf("%s.%s", source[debut:at-1], source[at:fin]))}
	}
	return proposition{phrase: phraser(enTexte, c.Balise)}
}

func estChiffre(b byte) bool { return b-'0' <= 9 }

// nomAvant returns the name of the member whose value comes after source.
func nomAvant(source []byte) string {
	source = bytes.TrimRight(source, " \t\r\n:")
	if len(source) == 0 || source[len(source)-1] != '"' {
		return ""
	}
	source = source[:len(source)-1]
	return string(source[bytes.LastIndexByte(source, '"')+1:])
}

// nomme returns the tag of that name in the object or beneath it.
func (o *objet) nomme(balise string) *champ {
	for i := range o.champs {
		if o.champs[i].Balise == balise {
			return &o.champs[i]
		}
		if interne := o.champs[i].objet; interne != nil {
			if c := interne.nomme(balise); c != nil {
				return c
			}
		}
	}
	return nil
}
