package web

import (
	"slices"
	"strings"
)

// Champ is one field of a form, for the template "champ".
type Champ struct {
	Genre, Nom, Libelle      string
	Aide, Valeur, Faute      string
	Type, Auto, Mode, Accept string // attributes of <input>
	Lignes                   int    // of a long text
	Plusieurs                bool   // several files
	Borne                    int    // characters of a text; 0 for a short one
	Max, MaxZip              int64  // bytes of each file, and of each .zip: told before it is sent; 0 for no bound
	Choix                    []Choix
	facultatif               string
}

// Choix is one of several: an option, a radio button, a check box.
type Choix struct {
	Valeur, Libelle, Aide string
	Choisi                bool
}

// types is the <input> of each kind of field; the others are made of other elements.
var types = map[string]string{
	"texte": "text", "courriel": "email", "telephone": "tel", "secret": "password", "code": "text", "nombre": "text",
	"date": "text", "montant": "text", "fichier": "file", "recherche": "search",
}

var modes = map[string]string{"code": "numeric", "nombre": "numeric", "montant": "decimal", "date": "numeric"}

// Reglage is one more thing to say of a field.
type Reglage func(*Champ)

// Champ makes a field: {{template "champ" .Champ "courriel" "adresse" (.T "Adresse" "Address") (.Aide "…")}}.
// genre is texte, courriel, telephone, secret, code, nombre, date, montant, fichier, recherche, long, liste
// (select), choix (radio), cases (check boxes). What was typed is shown again, but for secrets and files. What is sent with no check box is a
// form without its name.
func (p *Page) Champ(genre, nom, libelle string, reglages ...Reglage) Champ {
	c := Champ{Genre: genre, Nom: nom, Libelle: libelle, Type: types[genre], Mode: modes[genre], Lignes: 5}
	if genre == "date" {
		c.Aide = p.T("Jour, mois, année. Par exemple : 31/01/2026", "Day, month, year. For example: 31/01/2026")
	}
	if genre == "montant" {
		c.Aide = p.T("En euros. Par exemple : 1 234,56", "In euros. For example: 1234.56")
	}
	for _, r := range reglages {
		r(&c)
	}
	if v, ok := p.valeurs[nom]; (ok || genre == "cases" && p.valeurs != nil) && genre != "secret" && genre != "fichier" {
		c.Valeur = p.Formulaire.Valeur(nom)
		c.Choix = slices.Clone(c.Choix)
		for i := range c.Choix {
			c.Choix[i].Choisi = slices.Contains(v, c.Choix[i].Valeur)
		}
	}
	p.ecrit.noter(genre, nom)
	if t, ok := p.faute(nom); ok {
		c.Faute = p.Tx(t)
	}
	c.Libelle += c.facultatif
	return c
}

// Aide tells what is expected, before it is sent.
func (p *Page) Aide(texte string) Reglage { return func(c *Champ) { c.Aide = texte } }

// Rempli fills a field in, until something has been typed.
func (p *Page) Rempli(v string) Reglage { return func(c *Champ) { c.Valeur = v } }

// Auto names what the browser may fill in (attribute autocomplete).
func (p *Page) Auto(nom string) Reglage { return func(c *Champ) { c.Auto = nom } }

// Choix gives the choices of a field.
func (p *Page) Choix(choix []Choix) Reglage { return func(c *Champ) { c.Choix = choix } }

// Accepte names the files that a field takes (".json,.zip").
func (p *Page) Accepte(genres string) Reglage { return func(c *Champ) { c.Accept = genres } }

// Plusieurs lets a field take several files.
func (p *Page) Plusieurs() Reglage { return func(c *Champ) { c.Plusieurs = true } }

// Max bounds each file of a field, and each .zip archive, in bytes: the page's script says so before it is sent. Who
// takes the file says so in any case.
func (p *Page) Max(octets, zip int64) Reglage {
	return func(c *Champ) { c.Max, c.MaxZip = octets, zip }
}

// Borne bounds a text, in characters: the page's script says so before it is sent. Who takes the text says so in any case.
func (p *Page) Borne(n int) Reglage { return func(c *Champ) { c.Borne = n } }

// Coupe is where a browser stops what is typed, without a word: far above the bound, so that what is a little too long can be told,
// and what is very much too long does not go over what a form may have.
func (c Champ) Coupe() int { return 10 * c.Borne }

// Lignes is the height of a long text.
func (p *Page) Lignes(n int) Reglage { return func(c *Champ) { c.Lignes = n } }

// Facultatif says beside the label that a field may stay empty.
func (p *Page) Facultatif() Reglage {
	return func(c *Champ) { c.facultatif = p.T(" (facultatif)", " (optional)") }
}

// DecritPar lists the elements that say more of the field.
func (c Champ) DecritPar() string {
	var ids []string
	if c.Faute != "" {
		ids = append(ids, c.Nom+"-faute")
	}
	if c.Aide != "" {
		ids = append(ids, c.Nom+"-aide")
	}
	return strings.Join(ids, " ")
}

// sansBlanc writes a value as an id may be.
var sansBlanc = strings.NewReplacer(" ", "_", blanc, "_", "\u202f", "_", "\t", "_", "\n", "_")

// ID is the id of a choice: the first has that of the field, where the summary of faults leads to.
func (c Champ) ID(i int) string {
	if i == 0 {
		return c.Nom
	}
	return c.Nom + "-" + sansBlanc.Replace(c.Choix[i].Valeur)
}
