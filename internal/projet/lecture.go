package projet

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"guichet/modele"
	"guichet/valeur"
)

// lecteur fills a Projet and gathers what is wrong.
type lecteur struct {
	projet  *Projet
	ici     string         // the folder that the person is in
	balises []*token.Token // of defauts: which ones there are depends on the edition
	erreurs Erreurs
}

func (l *lecteur) signaler(o Origine, fr, en string, args ...any) {
	l.erreurs = append(l.erreurs, Erreur{o, modele.Texte{Fr: fmt.Sprintf(fr, args...), En: fmt.Sprintf(en, args...)}})
}

// lieu is the place of a token in the project file.
func (l *lecteur) lieu(t *token.Token) Origine {
	o := Origine{Fichier: l.projet.Fichier}
	if t != nil && t.Position != nil {
		o.Ligne, o.Colonne = t.Position.Line, t.Position.Column
	}
	return o
}

// fichier reads the project file. Its values are read as they are written, whatever YAML would make of them: a
// SIRET without quotes stays a text.
func (l *lecteur) fichier(octets []byte) {
	arbre, err := parser.ParseBytes(valeur.EnUTF8(octets), 0)
	var faute yaml.Error
	switch {
	case errors.As(err, &faute) && strings.Contains(faute.GetMessage(), "already defined"):
		l.signaler(l.lieu(faute.GetToken()), "cette clé est déjà donnée plus haut", "this key is given above already")
		return
	case errors.As(err, &faute):
		l.signaler(l.lieu(faute.GetToken()), "ce n'est pas du YAML lisible : vérifiez les retraits, les deux-points et les guillemets", "not readable as YAML: look at indents, colons and quotes")
		return
	case err != nil:
		l.signaler(l.lieu(nil), "ce n'est pas du YAML lisible : vérifiez les retraits, les deux-points et les guillemets", "not readable as YAML: look at indents, colons and quotes")
		return
	case len(arbre.Docs) > 1:
		l.signaler(l.lieu(arbre.Docs[1].Start), "un seul document attendu : retirez la ligne « --- »", `a single document expected: take the line "---" away`)
	}
	if len(arbre.Docs) > 0 && arbre.Docs[0].Body != nil {
		l.groupe("", arbre.Docs[0].Body)
	}
}

// groupe reads the keys of the file itself, or of a group in it.
func (l *lecteur) groupe(nom string, n ast.Node) {
	entrees, ok := n.(ast.MapNode)
	if !ok {
		if _, vide := n.(*ast.NullNode); !vide {
			l.signaler(l.lieu(n.GetToken()), "des lignes « clé: valeur » sont attendues", `lines "key: value" are expected`)
		}
		return
	}
	for it := entrees.MapRange(); it.Next(); {
		l.entree(nom, it.Key().GetToken(), it.Value())
	}
}

func (l *lecteur) entree(groupe string, t *token.Token, n ast.Node) {
	complet := strings.TrimPrefix(groupe+"."+t.Value, ".")
	connues := noms(groupe)
	c := cleNommee(complet)
	switch {
	case groupe == groupeDefauts:
		l.defaut(t, n)
	case !slices.Contains(connues, t.Value):
		l.inconnue(t, connues)
	case c == nil:
		l.groupe(complet, n)
	default:
		if v, ok := l.texte(n); ok && v != "" {
			l.poser(c, l.projet.Dossier, v, l.lieu(n.GetToken()))
		}
	}
}

// inconnue reports a key that means nothing here.
func (l *lecteur) inconnue(t *token.Token, connues []string) {
	if proche := valeur.Proche(t.Value, connues); proche != "" {
		l.signaler(l.lieu(t), "clé inconnue « %s » : vouliez-vous dire « %s » ?", `unknown key "%s": did you mean "%s"?`, t.Value, proche)
		return
	}
	l.signaler(l.lieu(t), "clé inconnue « %s », attendu : %s", `unknown key "%s", expected: %s`, t.Value, strings.Join(connues, ", "))
}

// texte returns a plain value as it is written, "" for none.
func (l *lecteur) texte(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.NullNode:
		return "", true
	case *ast.StringNode:
		return strings.TrimSpace(v.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	l.signaler(l.lieu(n.GetToken()), "une valeur simple, sur une ligne, est attendue", "a plain value on one line is expected")
	return "", false
}

// defaut reads the value of one tag for empty cells.
func (l *lecteur) defaut(t *token.Token, n ast.Node) {
	l.balises = append(l.balises, t)
	if v, ok := l.texte(n); ok && v != "" {
		l.projet.Defauts[t.Value] = Valeur{v, l.lieu(n.GetToken())}
	}
}
