package web

import (
	"html/template"
	"strconv"
)

// Etiquette is a word of state: its Ton (ok, info, alerte, erreur, rejet, neutre) is a colour beside the word,
// never instead of it.
type Etiquette struct{ Ton, Texte string }

// Etiquette makes the argument of the template "etiquette".
func (p *Page) Etiquette(ton, texte string) Etiquette { return Etiquette{ton, texte} }

// Suite leads through a long list; an address is "" where there is no further page.
type Suite struct {
	Avant, Apres string
	Texte        string // "51 à 100 sur 1 234"
	Precedent    string
	Suivant      string
	Nom          string
	// The keys that lead there.
	CleAvant, CleApres template.HTMLAttr
}

// Suite makes the argument of the template "suite".
func (p *Page) Suite(avant, apres, texte string) Suite {
	return Suite{
		Avant: avant, Apres: apres, Texte: texte, Nom: p.T("Suite de la liste", "More of the list"),
		Precedent: p.T("Page précédente", "Previous page"), Suivant: p.T("Page suivante", "Next page"),
		CleAvant: p.Touche("["), CleApres: p.Touche("]"),
	}
}

// Barre is one bar of a chart, and the row beside it.
type Barre struct {
	Nom    string
	Valeur int64
	Texte  string // the value, as it is read
	Lien   string // to what is counted; "" for none
}

// Graphique is a chart within its table, for the template "graphique".
type Graphique struct {
	Titre, Colonne, Mesure string // what it shows; the head of the names; the head of the values
	Barres                 []Barre
}

// Part is the length of a bar, in hundredths of the longest.
func (g Graphique) Part(b Barre) string {
	plus := int64(0)
	for _, autre := range g.Barres {
		plus = max(plus, autre.Valeur)
	}
	if plus == 0 || b.Valeur < 0 {
		return "0%"
	}
	return strconv.FormatFloat(100*float64(b.Valeur)/float64(plus), 'f', 1, 64) + "%"
}
