package pieces

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"guichet/modele"
	"guichet/piece"
)

// tete is how much of a document tells what it is, in bytes.
const tete = 1024

// convenable looks at the first bytes of a document that is sent for a place: what cannot do there is refused before
// anything is kept, while who sends it is there to choose another. All else is for its examination.
func convenable(e Envoi) (io.Reader, error) {
	b := bufio.NewReaderSize(e.Corps, tete)
	debut, err := b.Peek(tete)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("receive a document: %w", err)
	}
	genre := piece.Reconnaitre(debut).String()
	nom := court(e.Nom)
	switch {
	case len(debut) == 0:
		return nil, Refuse{modele.Texte{Fr: nom + " est vide. Ouvrez-le pour vérifier, puis choisissez le bon fichier.", En: nom + " is empty. Open it to check, then choose the right file."}}
	case genre == e.Place.Format:
		return b, nil
	case strings.HasPrefix(string(debut), "PK\x03\x04") && strings.HasSuffix(strings.ToLower(e.Nom), ".zip"):
		return nil, Refuse{modele.Texte{
			Fr: nom + " est une archive, et cette ligne attend un seul document. Envoyez les archives par « Archives .zip ou documents », ou choisissez le document.",
			En: nom + " is an archive, and this line expects a single document. Send archives by “Archives (.zip) or documents”, or choose the document.",
		}}
	case genre == "":
		return nil, Refuse{modele.Texte{
			Fr: fmt.Sprintf("%s n'est ni un PDF, ni un PNG, ni un JPG ; un %s est attendu ici. Enregistrez-le au format %[2]s, puis choisissez-le.", nom, e.Place.Format),
			En: fmt.Sprintf("%s is neither PDF, nor PNG, nor JPG; a %s is expected here. Save it as %[2]s, then choose it.", nom, e.Place.Format),
		}}
	}
	return nil, Refuse{modele.Texte{
		Fr: fmt.Sprintf("%s est un %s ; le fichier JSON annonce un %s. Convertissez-le en %[3]s, puis choisissez-le.", nom, genre, e.Place.Format),
		En: fmt.Sprintf("%s is a %s; the JSON file tells of a %s. Convert it to %[3]s, then choose it.", nom, genre, e.Place.Format),
	}}
}

// lourd refuses a document of too many bytes.
func lourd(nom string) Refuse {
	return Refuse{modele.Texte{
		Fr: court(nom) + " pèse plus de 3 Mo, la taille acceptée : rien n'en est gardé. Réduisez-le (numérisez en gris, à 150 points par pouce), puis choisissez-le.",
		En: court(nom) + " weighs more than 3 MB, the size that is accepted: nothing of it is kept. Make it smaller (scan in grey, at 150 dots per inch), then choose it.",
	}}
}
