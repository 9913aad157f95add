package asvs

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// etat is why no test shows a requirement.
type etat string

const (
	sansObjet  etat = "sans objet" // there is nothing here that it could be about
	conception etat = "conception" // it holds, by the way things are made or by a document
	manque     etat = "manque"     // it does not hold, or not wholly
)

// chapitre is one chapter of the standard.
type chapitre struct {
	titre     string // "V6 Authentification"
	exigences []exigence
}

// exigence is one requirement.
type exigence struct {
	id     string // "6.2.1"
	niveau string // "1" or "2"
	texte  string // what it asks, in our own words
	etat   etat   // "" where tests show it
	raison string

	epreuves []epreuve
}

var (
	formeChapitre = regexp.MustCompile(`^V(\d+) \S`)
	formeExigence = regexp.MustCompile(`^((\d+)\.\d+\.\d+) L([12]) (\S.*)$`)
	formeRaison   = regexp.MustCompile(`^  (sans objet|conception|manque) : (\S.*)$`)
)

// lire reads the list: chapters, requirements, and below a requirement that no test shows, why.
//
//	V6 Authentification
//	6.2.1 L1 mot de passe de huit caractères au moins
//	6.6.1 L2 codes par téléphone encadrés
//	  sans objet : aucun code ne part par téléphone
func lire(texte string) (chapitres []chapitre, err error) {
	vues := map[string]bool{}
	n := 0
	for ligne := range strings.Lines(texte) {
		n++
		ligne = strings.TrimRight(ligne, "\r\n")
		if ligne == "" || strings.HasPrefix(ligne, "#") {
			continue
		}
		if formeChapitre.MatchString(ligne) {
			chapitres = append(chapitres, chapitre{titre: ligne})
			continue
		}
		if len(chapitres) == 0 {
			return nil, fmt.Errorf("exigences.txt:%d: %q stands before the first chapter", n, ligne)
		}
		if err := chapitres[len(chapitres)-1].ajouter(ligne, vues); err != nil {
			return nil, fmt.Errorf("exigences.txt:%d: %w", n, err)
		}
	}
	return chapitres, nil
}

// ajouter takes a line into the chapter.
func (c *chapitre) ajouter(ligne string, vues map[string]bool) error {
	if m := formeExigence.FindStringSubmatch(ligne); m != nil {
		if vues[m[1]] {
			return fmt.Errorf("%s is there twice", m[1])
		}
		if vues[m[1]] = true; !strings.HasPrefix(c.titre, "V"+m[2]+" ") {
			return fmt.Errorf("%s is no requirement of %s", m[1], c.titre)
		}
		c.exigences = append(c.exigences, exigence{id: m[1], niveau: m[3], texte: m[4]})
		return nil
	}
	m := formeRaison.FindStringSubmatch(ligne)
	if m == nil {
		return fmt.Errorf("%q is no chapter, no requirement and no reason", ligne)
	}
	if len(c.exigences) == 0 {
		return errors.New("a reason stands before the first requirement")
	}
	e := &c.exigences[len(c.exigences)-1]
	if e.etat != "" {
		return fmt.Errorf("%s has two reasons", e.id)
	}
	e.etat, e.raison = etat(m[1]), m[2]
	return nil
}
