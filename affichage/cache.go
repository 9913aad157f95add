package affichage

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// EstHeure tells whether it shows a number as a time alone.
func (f *Format) EstHeure() bool {
	return f != nil && len(f.sections) > 0 && f.sections[0].genre == heure
}

var heureEcrite = regexp.MustCompile(`\d ?[:hH] ?\d\d|\d ?[hH]\b`)

// MontreHeure tells whether a time shows, beside a day or alone.
func (f *Format) MontreHeure() bool {
	switch {
	case f == nil || len(f.sections) == 0:
		return f != nil && heureEcrite.MatchString(f.tel)
	case f.EstHeure():
		return true
	}
	return slices.ContainsFunc(f.sections[0].jetons, func(j jeton) bool { return j.genre == temps && j.texte[0] == 'h' })
}

// TexteSeul tells whether all that shows for a number is a text of the format, or nothing: the number itself does not show.
func (f *Format) TexteSeul(nombre string) bool {
	if f == nil {
		return false
	}
	if f.estTel {
		return !strings.ContainsAny(f.tel, "0123456789")
	}
	v, err := strconv.ParseFloat(nombre, 64)
	if err != nil {
		return false
	}
	s, _ := f.choisir(v)
	return s != nil && s.genre == texte && !s.opaque
}

// CacheTextes tells whether a text does not show: the fourth section, that of texts, has no place for it.
func (f *Format) CacheTextes() bool {
	return f != nil && len(f.sections) == 4 && !slices.ContainsFunc(f.sections[3].jetons, func(j jeton) bool { return j.genre == tout })
}
