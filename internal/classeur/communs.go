package classeur

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The bounds of the texts that sheets share.
const (
	maxTextes       = 10_000_000
	maxOctetsTextes = 512 << 20
)

// lireTextes reads the texts that sheets share.
func (p *paquet) lireTextes(partie string) (liste []string, err error) {
	z, err := p.ouvrir(partie)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	j := nouveauxJetons(z)
	octets := 0
	for {
		genre, err := j.suivant()
		if errors.Is(err, io.EOF) {
			return liste, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", partie, err)
		}
		if genre != ouverture || string(j.nom) != "si" {
			continue
		}
		texte, err := j.texteRiche(nil, "si")
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", partie, err)
		}
		j.debut = j.ici()
		if octets += len(texte); len(liste) == maxTextes || octets > maxOctetsTextes || !utf8.Valid(texte) || utf8.RuneCount(texte) > maxCellule {
			return nil, fmt.Errorf("read %s: too many texts, or one of more than %d characters", partie, maxCellule)
		}
		liste = append(liste, deplier(string(texte)))
	}
}

// texteRiche appends the text of an element, whatever the fonts of its parts, without what only sounds it out.
func (j *jetons) texteRiche(texte []byte, element string) ([]byte, error) {
	dans := false
	for {
		genre, err := j.suivant()
		if err != nil {
			return texte, fini(err)
		}
		switch {
		case genre == contenu && dans:
			if texte, err = decoder(texte, j.texte); err != nil {
				return texte, err
			}
		case genre == contenu:
		case genre == fermeture && string(j.nom) == element:
			return texte, nil
		case genre == ouverture && (string(j.nom) == "rPh" || string(j.nom) == "Choice"):
			if err := j.sauter(); err != nil {
				return texte, err
			}
		default:
			dans = genre == ouverture && string(j.nom) == "t"
		}
	}
}
