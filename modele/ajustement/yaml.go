package ajustement

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"guichet/modele"
	"guichet/valeur"
)

// Faute is what is wrong at a place of a file of adjustments.
type Faute struct {
	Ligne, Colonne int // from 1
	Message        modele.Texte
}

// In tells the place and the fault.
func (f Faute) In(l modele.Langue) string {
	return fmt.Sprintf(modele.Texte{Fr: "ligne %d, colonne %d : %s", En: "line %d, column %d: %s"}.In(l), f.Ligne, f.Colonne, f.Message.In(l))
}

// maxOctets bounds a file of adjustments.
const maxOctets = 1 << 20

// Lire reads a file of adjustments:
//
//	modele: MS1-DUI
//	edition: "2023-10-02"
//	balises:
//	  telAdminTechnique: {nom: telephoneAdminTechnique}
//	  numeroCarteCPX: {dans: etablissementsClients}
//	  IsRefSoins: {nul: oui}
//	  certificatServeur: {retirer: oui}
//	ordre:
//	  commande: [regimeTVA, dateCommande, montantSegurHT]
//
// The adjustments are tried on the table: each fault has its line and column.
func Lire(m *modele.Modele, octets []byte) (*Ajustements, []Faute) {
	l := &lecteur{m: m, a: &Ajustements{Modele: m.Nom, Edition: m.Edition}, noeuds: map[string]ast.Node{}}
	for nom := range planter(m).parNom {
		l.noms = append(l.noms, nom)
	}
	slices.Sort(l.noms)
	if len(octets) > maxOctets {
		l.refuser(nil, "le fichier dépasse 1 Mo", "the file is over 1 MB")
		return l.a, l.fautes
	}
	arbre, err := parser.ParseBytes(valeur.EnUTF8(octets), 0)
	var faute yaml.Error
	switch {
	case errors.As(err, &faute):
		l.fautes = append(l.fautes, Faute{faute.GetToken().Position.Line, faute.GetToken().Position.Column, modele.Texte{
			Fr: "ce n'est pas du YAML lisible (" + faute.GetMessage() + ")", En: "not readable as YAML (" + faute.GetMessage() + ")",
		}})
	case err != nil:
		l.refuser(nil, "ce n'est pas du YAML lisible", "not readable as YAML")
	case len(arbre.Docs) == 1 && arbre.Docs[0].Body != nil:
		l.racine(arbre.Docs[0].Body)
	}
	if len(l.fautes) == 0 {
		l.essayer()
	}
	return l.a, l.fautes
}

// coupable is where the change stands that cannot be: that of the tag, else the first one with which it fails.
func (l *lecteur) coupable(e *Erreur) ast.Node {
	if n := l.noeuds[e.Balise]; n != nil {
		return n
	}
	for i, b := range l.a.Balises {
		essai := Ajustements{Balises: l.a.Balises[:i+1]}
		if _, err := essai.Appliquer(l.m); err != nil {
			return l.noeuds[b.Balise]
		}
	}
	return nil
}

type lecteur struct {
	m      *modele.Modele
	a      *Ajustements
	noms   []string
	noeuds map[string]ast.Node // where each tag is changed
	fautes []Faute
}

func (l *lecteur) refuser(n ast.Node, fr, en string, mots ...any) {
	f := Faute{1, 1, modele.Texte{Fr: fmt.Sprintf(fr, mots...), En: fmt.Sprintf(en, mots...)}}
	if n != nil && n.GetToken() != nil {
		f.Ligne, f.Colonne = n.GetToken().Position.Line, n.GetToken().Position.Column
	}
	l.fautes = append(l.fautes, f)
}

// essayer applies what was read; what cannot be is told where it stands.
func (l *lecteur) essayer() {
	_, err := l.a.Appliquer(l.m)
	var e *Erreur
	if errors.As(err, &e) {
		l.refuser(l.coupable(e), "%s", "%s", "")
		l.fautes[len(l.fautes)-1].Message = modele.Texte{Fr: e.In(modele.Francais), En: e.In(modele.Anglais)}
	}
}

// entrees goes through the lines of a group.
func (l *lecteur) entrees(n ast.Node, f func(cle string, k, v ast.Node)) {
	carte, ok := n.(ast.MapNode)
	if !ok {
		if _, vide := n.(*ast.NullNode); !vide {
			l.refuser(n, "des lignes « clé: valeur » sont attendues", `lines "key: value" are expected`)
		}
		return
	}
	for it := carte.MapRange(); it.Next(); {
		f(it.Key().GetToken().Value, it.Key(), it.Value())
	}
}

func (l *lecteur) racine(n ast.Node) {
	l.entrees(n, func(cle string, k, v ast.Node) {
		switch cle {
		case "modele":
			l.accord(v, l.m.Nom)
		case "edition":
			l.accord(v, l.m.Edition)
		case "source":
			l.a.Source = mot(v)
		case "balises":
			l.entrees(v, l.balise)
		case "ordre":
			l.entrees(v, l.ordre)
		default:
			l.inconnue(k, cle, []string{"modele", "edition", "source", "balises", "ordre"})
		}
	})
}

func mot(n ast.Node) string {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value
	}
	return n.GetToken().Value
}

func (l *lecteur) accord(n ast.Node, attendu string) {
	if m := mot(n); m != attendu {
		l.refuser(n, "« %s » trouvé, attendu : « %s » ; refaites la comparaison avec cette édition", `"%s" found, expected: "%s"; make the comparison again with this edition`, m, attendu)
	}
}

func (l *lecteur) inconnue(n ast.Node, nom string, connus []string) {
	if p := valeur.Proche(nom, connus); p != "" {
		l.refuser(n, "« %s » n'est pas connu : vouliez-vous dire « %s » ?", `"%s" is not known: did you mean "%s"?`, nom, p)
		return
	}
	l.refuser(n, "« %s » n'est pas connu, attendu : %s", `"%s" is not known, expected: %s`, nom, strings.Join(connus[:min(len(connus), 5)], ", "))
}

func (l *lecteur) connue(n ast.Node, nom string) bool {
	if slices.Contains(l.noms, nom) {
		return true
	}
	l.inconnue(n, nom, l.noms)
	return false
}

// balise reads the change of one tag.
func (l *lecteur) balise(nom string, k, v ast.Node) {
	if !l.connue(k, nom) {
		return
	}
	b := Balise{Balise: nom}
	l.noeuds[nom] = k
	l.entrees(v, func(cle string, k, v ast.Node) {
		switch cle {
		case "nom":
			if b.Nom = mot(v); !nomPossible(b.Nom) {
				l.refuser(v, "« %s » ne peut être le nom d'une balise", `"%s" cannot be the name of a tag`, b.Nom)
			}
		case "dans":
			if b.Dans = mot(v); l.connue(v, b.Dans) {
				l.noeuds[b.Dans] = v
			}
		case "nul":
			b.Nul = l.oui(v)
		case "retirer":
			b.Retirer = l.oui(v)
		default:
			l.inconnue(k, cle, []string{"nom", "dans", "nul", "retirer"})
		}
	})
	l.noeuds[nom] = k
	if b != (Balise{Balise: nom}) {
		l.a.Balises = append(l.a.Balises, b)
	}
	// What takes an object away comes after what empties it.
	slices.SortStableFunc(l.a.Balises, func(x, y Balise) int { return rang(x) - rang(y) })
}

func rang(b Balise) int {
	if b.Retirer {
		return 1
	}
	return 0
}

func nomPossible(nom string) bool {
	return nom != "" && len(nom) <= 100 && !strings.ContainsFunc(nom, func(r rune) bool { return r <= ' ' || strings.ContainsRune("\"\\{}[]:,", r) })
}

func (l *lecteur) oui(n ast.Node) bool {
	switch mot(n) {
	case "oui", "true":
		return true
	case "non", "false":
		return false
	}
	l.refuser(n, "oui ou non attendu", "oui or non expected")
	return false
}

// ordre reads the order of one object; « fichier » is the file itself.
func (l *lecteur) ordre(nom string, k, v ast.Node) {
	o := Ordre{Dans: nom}
	if nom == fichier {
		o.Dans = ""
	} else if !l.connue(k, nom) {
		return
	}
	suite, ok := v.(*ast.SequenceNode)
	if !ok {
		l.refuser(v, "une liste de balises est attendue : [a, b]", "a list of tags is expected: [a, b]")
		return
	}
	for _, e := range suite.Values {
		if l.connue(e, mot(e)) {
			o.Balises = append(o.Balises, mot(e))
			if l.noeuds[mot(e)] == nil {
				l.noeuds[mot(e)] = e
			}
		}
	}
	l.a.Ordres = append(l.a.Ordres, o)
}

func oui(v bool) string {
	if v {
		return "oui"
	}
	return ""
}
