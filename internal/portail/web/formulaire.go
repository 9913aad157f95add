package web

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Formulaire is what was typed, kept for when it must be shown again, and what is wrong with it. A Page has one.
type Formulaire struct {
	valeurs url.Values
	longs   []string // fields of which the beginning alone is kept
	Fautes  []Faute
}

// Faute is what is wrong with one field; Champ is "" for what concerns all of it.
type Faute struct {
	Champ string
	Texte modele.Texte
}

// Lire takes what a form has posted. What is no form is a Refus.
func (f *Formulaire) Lire(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return illisible(err)
	}
	f.valeurs = r.PostForm
	return nil
}

// Garder keeps values that came in another way: the fields of a form sent with files, or of a search. What was typed into another
// form of the page, and is shown again, stays.
func (f *Formulaire) Garder(v url.Values) {
	tout := maps.Clone(v)
	if tout == nil {
		tout = url.Values{}
	}
	maps.Copy(tout, f.valeurs)
	f.valeurs = tout
}

// Valeur is what was typed into a field, without blanks at its ends nor control characters.
func (f *Formulaire) Valeur(champ string) string { return nettoyer(f.valeurs.Get(champ)) }

// Poser puts a value in the place of what was typed, for a page that is shown again.
func (f *Formulaire) Poser(champ, valeur string) {
	f.valeurs = maps.Clone(f.valeurs) // it may be the request's own
	if f.valeurs == nil {
		f.valeurs = url.Values{}
	}
	f.valeurs.Set(champ, valeur)
}

// Donne tells whether a form had a field, whatever was typed.
func (f *Formulaire) Donne(champ string) bool {
	_, present := f.valeurs[champ]
	return present
}

// Brut is what was typed into a field, as it was: for passwords.
func (f *Formulaire) Brut(champ string) string { return f.valeurs.Get(champ) }

// Valeurs is what was chosen among check boxes.
func (f *Formulaire) Valeurs(champ string) (choisies []string) {
	for _, v := range f.valeurs[champ] {
		choisies = append(choisies, nettoyer(v))
	}
	return choisies
}

// nettoyer leaves line ends alone: a long text has them. What shows nothing is nothing.
func nettoyer(texte string) string {
	if ecrit.Vide(texte) {
		return ""
	}
	texte = strings.ToValidUTF8(texte, "\uFFFD")
	texte = strings.ReplaceAll(texte, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0 {
			return -1
		}
		return c
	}, texte))
}

// Refuser notes what is wrong with a field.
func (f *Formulaire) Refuser(champ, fr, en string) {
	f.Fautes = append(f.Fautes, Faute{champ, modele.Texte{Fr: fr, En: en}})
}

// Valide tells whether nothing is wrong so far.
func (f *Formulaire) Valide() bool { return len(f.Fautes) == 0 }

// Requis is the value of a field that must be filled in, in at most max characters; quoi names it in the
// message ("le nom", "the name").
func (f *Formulaire) Requis(champ string, max int, quoi modele.Texte) string {
	v := f.AuPlus(champ, max, quoi)
	if v == "" {
		f.Refuser(champ, "Indiquez "+quoi.Fr+".", "Give "+quoi.En+".")
	}
	return v
}

// AuPlus is the value of a field that may stay empty, in at most max characters.
func (f *Formulaire) AuPlus(champ string, max int, quoi modele.Texte) string {
	v := f.Valeur(champ)
	if n := utf8.RuneCountInString(v); n > max {
		t := ecrit.TropLong(quoi, max, n)
		f.Refuser(champ, t.Fr, t.En)
	}
	return v
}

// EnLettre refuses what a letter would show raw of a text that stands in it as it was typed.
func (f *Formulaire) EnLettre(champ string) {
	for _, s := range ecrit.TelsQuels(f.Valeur(champ)) {
		t := s.Dire()
		f.Refuser(champ, t.Fr, t.En)
	}
}

// faute is what is wrong with one field.
func (f *Formulaire) faute(champ string) (modele.Texte, bool) {
	for _, faute := range f.Fautes {
		if faute.Champ == champ {
			return faute.Texte, true
		}
	}
	return modele.Texte{}, false
}
