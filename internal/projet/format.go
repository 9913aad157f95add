package projet

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"guichet/controle"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// place is a tag of the table and the way to it.
type place struct {
	champ  *modele.Champ
	chemin []string // from the file's own object: lignesImport, commande, regimeTVA
	listes []bool   // which steps go through an array
}

// saisis are the tags that a supplier fills in, by name.
func saisis(m *modele.Modele) map[string]*place {
	champs := map[string]*place{}
	descendre(champs, m.EnTete, place{})
	return champs
}

func descendre(champs map[string]*place, liste []modele.Champ, au place) {
	for i := range liste {
		c := &liste[i]
		p := place{c, append(slices.Clone(au.chemin), c.Balise), append(slices.Clone(au.listes), c.Type.Genre == modele.TableauObjets)}
		switch {
		case len(c.Champs) > 0:
			descendre(champs, c.Champs, p)
		case c.Type.Genre.Conteneur() || c.Type.Genre == modele.Nul || c.Type.Genre == modele.Rang:
		default:
			champs[c.Balise] = &p
		}
	}
}

func tries(champs map[string]*place) []string { return slices.Sorted(maps.Keys(champs)) }

// controler checks all values with the formats of the model.
func (l *lecteur) controler() {
	p := l.projet
	if e := &p.Edition; e.Texte != "" && ms1dui.Edition(e.Texte) == nil {
		l.signaler(e.Origine, "edition : « %s » trouvé, attendu : %s", `edition: "%s" found, expected: %s`, e.Texte, editions())
	}
	l.ajuster()
	p.SIRET.Texte = strings.ReplaceAll(p.SIRET.Texte, " ", "")
	champs := saisis(p.Modele())
	l.valeur(champs["numeroAns"], p.NumeroAns)
	if !l.zerosPerdus(p.SIRET) {
		l.valeur(champs["SIRET"], p.SIRET)
	}
	for _, t := range l.balises {
		if champs[t.Value] == nil {
			delete(p.Defauts, t.Value)
			l.inconnue(t, tries(champs))
		} else {
			l.valeur(champs[t.Value], p.Defauts[t.Value])
		}
	}
	l.masquees("lignesMasquees", p.LignesMasquees)
	l.masquees("feuillesMasquees", p.FeuillesMasquees)
	l.prefixe(p.Modele().Pieces.Longueur)
}

func editions() string {
	var noms []string
	for _, m := range ms1dui.Editions() {
		noms = append(noms, m.Edition)
	}
	return strings.Join(noms, ", ")
}

// zerosPerdus reports a SIRET that a spreadsheet or a program took for a number.
func (l *lecteur) zerosPerdus(v Valeur) bool {
	if v.Texte == "" || len(v.Texte) >= 14 || strings.Trim(v.Texte, "0123456789") != "" {
		return false
	}
	l.signaler(v.Origine, "SIRET : %s n'a que %d chiffres, 14 attendus ; s'il a perdu ses zéros de tête, écrivez-le entre guillemets : SIRET: \"%s\"",
		"SIRET: %s has only %d digits, 14 expected; if it lost its leading zeros, write it between quotes: SIRET: \"%s\"", v.Texte, len(v.Texte), zeros(v.Texte))
	return true
}

func zeros(chiffres string) string { return strings.Repeat("0", 14-len(chiffres)) + chiffres }

func (l *lecteur) valeur(p *place, v Valeur) {
	if v.Texte == "" || juste(l.projet.Modele(), p, v.Texte) {
		return
	}
	message := modele.Texte{Fr: "%s : « %s » trouvé, attendu : %s", En: `%s: "%s" found, expected: %s`}
	l.erreurs = append(l.erreurs, Erreur{v.Origine, modele.Texte{
		Fr: fmt.Sprintf(message.Fr, p.champ.Balise, v.Texte, attendu(p.champ.Type, modele.Francais)),
		En: fmt.Sprintf(message.En, p.champ.Balise, v.Texte, attendu(p.champ.Type, modele.Anglais)),
	}})
}

func attendu(t modele.Type, l modele.Langue) string {
	if t.Genre == modele.Booleen {
		return modele.Texte{Fr: "oui ou non", En: "oui or non"}.In(l)
	}
	return modele.Format(t, l)
}

// masquees checks what is to be done with what a spreadsheet hides.
func (l *lecteur) masquees(cle string, v Valeur) {
	if v.Texte != Lire && v.Texte != Laisser {
		l.signaler(v.Origine, "%s : « %s » trouvé, attendu : lire ou laisser", `%s: "%s" found, expected: lire or laisser`, cle, v.Texte)
	}
}

// prefixe checks that numbers of the right length can start so.
func (l *lecteur) prefixe(longueur int) {
	v := l.projet.Prefixe
	autre := func(c rune) bool { return (c < '0' || c > '9') && (c < 'A' || c > 'Z') }
	if len(v.Texte) >= longueur || strings.ContainsFunc(v.Texte, autre) {
		l.signaler(v.Origine, "numeros.prefixe : « %s » trouvé, attendu : %d chiffres ou lettres majuscules au plus", `numeros.prefixe: "%s" found, expected: at most %d digits or capital letters`, v.Texte, longueur-1)
	}
}

// juste tells whether a value may stand at a tag: the checker itself looks at it, in a file that has nothing
// else.
func juste(m *modele.Modele, p *place, texte string) bool {
	octets := litteral(p.champ.Type.Genre, texte)
	for i := len(p.chemin) - 1; i >= 0; i-- {
		if p.listes[i] {
			octets = "[" + octets + "]"
		}
		octets = fmt.Sprintf("{%q:%s}", p.chemin[i], octets)
	}
	f := controle.Controler(m, []byte(octets), controle.Options{}).Fichier(modele.Francais)
	for _, d := range f.Demandes {
		f.Structure = append(f.Structure, d.Anomalies...)
	}
	for _, d := range f.Structure {
		if d.Balise == p.champ.Balise && d.Valeur != nil && d.Gravite >= modele.Erreur {
			return false
		}
	}
	return len(f.Structure) > 0 // what cannot be read has nothing to say of tags
}

// litteral writes a value as the file would have it.
func litteral(g modele.Genre, texte string) string {
	switch {
	case g == modele.Montant:
		if json.Valid([]byte(texte)) {
			return texte
		}
	case g == modele.Booleen && (texte == "oui" || texte == "true"):
		return "true"
	case g == modele.Booleen && (texte == "non" || texte == "false"):
		return "false"
	}
	b, _ := json.Marshal(texte) // texts always can
	return string(b)
}
