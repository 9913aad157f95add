package preparation

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"guichet/modele"
	"guichet/valeur"
)

// maxMapping bounds a mapping file, in bytes.
const maxMapping = 1 << 20

// LireMapping reads a mapping file:
//
//	feuille: Commandes            # optional
//	commande: N° de commande      # or a list of headings
//	balises:
//	  dateCommande: {colonne: Date BC}
//	  regimeTVA: {constante: TTC}
//	  operateurMessagerie: {colonne: Opérateur, table: operateurs.csv}
//	  BON_COMMANDE: {colonne: Fichier}
//
// Each fault names its line and column. Tables are only named: who calls reads them.
func LireMapping(m *modele.Modele, nom string, octets []byte) (Mapping, []Faute) {
	l := &lecteurMapping{mapping: Mapping{Nom: nom, Balises: map[string]Origine{}}}
	for _, c := range Disposition(m)[1:] {
		l.balises = append(l.balises, c.Nom)
	}
	if len(octets) > maxMapping {
		l.refuser(nil, modele.Texte{Fr: "le fichier dépasse 1 Mo", En: "the file is over 1 MB"}, modele.Texte{})
		return l.mapping, l.fautes
	}
	fichier, err := parser.ParseBytes(valeur.EnUTF8(octets), 0)
	switch {
	case err != nil:
		l.syntaxe(err)
	case len(fichier.Docs) > 1:
		l.refuser(fichier.Docs[1].Body, modele.Texte{Fr: "un seul document est attendu : rien derrière « --- »", En: "one document is expected: nothing behind \"---\""}, modele.Texte{})
	case len(fichier.Docs) == 0 || fichier.Docs[0].Body == nil:
		l.refuser(nil, modele.Texte{Fr: "le fichier est vide", En: "the file is empty"}, modele.Texte{})
	default:
		l.racine(fichier.Docs[0].Body)
	}
	if len(l.fautes) == 0 && len(l.mapping.Commande) == 0 {
		l.fautes = l.mapping.sansCommande()
	}
	return l.mapping, l.fautes
}

// lecteurMapping reads a mapping and goes on after a fault.
type lecteurMapping struct {
	mapping Mapping
	balises []string
	fautes  []Faute
}

func (l *lecteurMapping) lieu(n ast.Node) Lieu {
	lieu := Lieu{Fichier: l.mapping.Nom}
	if n != nil && n.GetToken() != nil {
		lieu.Ligne, lieu.Colonne = n.GetToken().Position.Line, strconv.Itoa(n.GetToken().Position.Column)
	}
	return lieu
}

func (l *lecteurMapping) refuser(n ast.Node, message, aide modele.Texte) {
	f := regleMapping.faute(l.lieu(n))
	f.Message = message
	if aide != (modele.Texte{}) {
		f.Aide = aide
	}
	l.fautes = append(l.fautes, f)
}

func (l *lecteurMapping) syntaxe(err error) {
	var place interface {
		error
		GetToken() *token.Token
		GetMessage() string
	}
	f := regleMapping.faute(l.lieu(nil))
	message := err.Error()
	if errors.As(err, &place) && place.GetToken() != nil {
		message = place.GetMessage()
		f.Lieu.Ligne, f.Lieu.Colonne = place.GetToken().Position.Line, strconv.Itoa(place.GetToken().Position.Column)
	}
	f.Message = modele.Texte{Fr: "ce n'est pas du YAML", En: "this is no YAML: " + message} // the parser speaks English
	if strings.Contains(message, "already defined") {
		f.Message = modele.Texte{Fr: "cette clé est déjà donnée plus haut", En: "this key is given above already"}
	}
	f.Aide = modele.Texte{Fr: "vérifiez les retraits, les deux-points et les guillemets", En: "look at indents, colons and quotes"}
	l.fautes = append(l.fautes, f)
}

func (l *lecteurMapping) racine(n ast.Node) {
	for cle, v := range l.membres(n, []string{"feuille", "commande", "balises"}) {
		switch cle.nom {
		case "feuille":
			l.mapping.Feuille, _ = l.texte(v)
		case "commande":
			l.commande(v)
		case "balises":
			for balise, o := range l.membres(v, l.balises) {
				l.balise(balise, o)
			}
		}
	}
}

// cleYAML is a key and its place.
type cleYAML struct {
	nom   string
	noeud ast.Node
}

// membres goes through the members of an object whose keys are among connues; others are faults.
func (l *lecteurMapping) membres(n ast.Node, connues []string) func(func(cleYAML, ast.Node) bool) {
	return func(yield func(cleYAML, ast.Node) bool) {
		var membres []*ast.MappingValueNode
		switch n := n.(type) {
		case *ast.MappingNode:
			membres = n.Values
		case *ast.MappingValueNode:
			membres = []*ast.MappingValueNode{n}
		default:
			l.refuser(n, modele.Texte{Fr: "des couples « clé: valeur » sont attendus ici", En: "pairs \"key: value\" are expected here"}, modele.Texte{})
			return
		}
		for _, m := range membres {
			nom := m.Key.GetToken().Value
			if !slices.Contains(connues, nom) {
				l.refuser(m.Key, inconnue(nom, valeur.Proche(nom, connues)), toutes(connues))
				continue
			}
			if !yield(cleYAML{nom, m.Key}, m.Value) {
				return
			}
		}
	}
}

// texte reads a plain value as it is written: 00123 and no are texts here.
func (l *lecteurMapping) texte(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case ast.ScalarNode:
		if n.Type() != ast.NullType {
			return n.GetToken().Value, true
		}
	}
	l.refuser(n, modele.Texte{Fr: "un texte est attendu ici", En: "a text is expected here"}, modele.Texte{})
	return "", false
}

func (l *lecteurMapping) commande(n ast.Node) {
	liste, ok := n.(*ast.SequenceNode)
	if !ok {
		if t, ok := l.texte(n); ok {
			l.mapping.Commande = []string{t}
		}
		return
	}
	for _, v := range liste.Values {
		if t, ok := l.texte(v); ok {
			l.mapping.Commande = append(l.mapping.Commande, t)
		}
	}
}

func (l *lecteurMapping) balise(balise cleYAML, n ast.Node) {
	o, deja := Origine{Lieu: l.lieu(balise.noeud)}, len(l.fautes)
	for cle, v := range l.membres(n, []string{"colonne", "constante", "table"}) {
		t, ok := l.texte(v)
		switch {
		case !ok:
			return
		case cle.nom == "colonne":
			o.Colonne = t
		case cle.nom == "table":
			o.Table = t
		default:
			o.Constante = &t
		}
	}
	switch {
	case len(l.fautes) > deja: // one mistake is told once
	case o.Colonne == "" && o.Constante == nil:
		l.refuser(balise.noeud, texte(modele.Texte{Fr: "%s n'a ni colonne ni constante", En: "%s has neither \"colonne\" nor \"constante\""}, balise.nom), modele.Texte{})
	case o.Constante != nil && (o.Colonne != "" || o.Table != ""):
		l.refuser(balise.noeud, texte(modele.Texte{Fr: "%s a une constante : ni colonne ni table à côté", En: "%s has a \"constante\": neither \"colonne\" nor \"table\" beside it"}, balise.nom), modele.Texte{})
	default:
		l.mapping.Balises[balise.nom] = o
	}
}
