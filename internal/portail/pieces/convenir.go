package pieces

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"guichet/appariement"
	"guichet/internal/portail/web"
	"guichet/modele"
	"guichet/piece"
)

// tete is how much of a document tells what it is, in bytes.
const tete = 1024

// regarde is a file on its way, of which the first bytes are looked at, and all are counted.
type regarde struct {
	*bufio.Reader
	lus int64
}

func (r *regarde) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	r.lus += int64(n)
	return n, err
}

// peser reads to the end what is not kept, and tells what it weighs.
func (r *regarde) peser() modele.Texte {
	if _, err := io.Copy(io.Discard, struct{ io.Reader }{r}); err != nil {
		poids := web.Taille(r.lus)
		return modele.Texte{Fr: "plus de " + poids.Fr, En: "more than " + poids.En}
	}
	return web.Taille(r.lus)
}

// convenir refuses what cannot do before anything is kept, while who sends it is there to choose another, and tells how many
// bytes it may have. All else is for its examination.
func (r *regarde) convenir(e Envoi) (max int64, err error) {
	debut, err := r.Peek(tete)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return 0, fmt.Errorf("receive a file: %w", err)
	case e.Place != nil:
		return piece.Accepter.MaxOctets, convenable(e, debut)
	case appariement.GenreDe(debut) != piece.Autre:
		return piece.Accepter.MaxOctets, nonArchive(e.Nom, appariement.GenreDe(debut))
	case len(debut) == 0 && !enZIP(e.Nom, debut):
		return 0, Refuse{modele.Texte{Fr: "ce fichier est vide. Ouvrez-le pour vérifier, puis envoyez le bon.", En: "this file is empty. Open it to check, then send the right one."}}
	}
	return MaxArchive, autreChose(debut)
}

// convenable tells whether a document that begins so can do at the place of e.
func convenable(e Envoi, debut []byte) error {
	genre := appariement.GenreDe(debut).String()
	nom := court(e.Nom)
	n, autre := appariement.NatureDe(debut)
	switch {
	case len(debut) == 0:
		return Refuse{modele.Texte{Fr: nom + " est vide. Ouvrez-le pour vérifier, puis choisissez le bon fichier.", En: nom + " is empty. Open it to check, then choose the right file."}}
	case genre == e.Place.Format:
		return nil
	case strings.HasPrefix(string(debut), "PK\x03\x04") && strings.HasSuffix(strings.ToLower(e.Nom), ".zip"):
		return Refuse{modele.Texte{
			Fr: nom + " est une archive, et cette ligne attend un seul document. Envoyez les archives par « Archives .zip ou documents », ou choisissez le document.",
			En: nom + " is an archive, and this line expects a single document. Send archives by “Archives (.zip) or documents”, or choose the document.",
		}}
	case autre:
		return Refuse{modele.Texte{
			Fr: fmt.Sprintf("%s est %s ; un %s est attendu ici : %s.", nom, n.Nom.Fr, e.Place.Format, n.Faire.Fr),
			En: fmt.Sprintf("%s is %s; a %s is expected here: %s.", nom, n.Nom.En, e.Place.Format, n.Faire.En),
		}}
	case genre == "":
		return Refuse{modele.Texte{
			Fr: fmt.Sprintf("%s n'est ni un PDF, ni un PNG, ni un JPG ; un %s est attendu ici. Enregistrez-le au format %[2]s, puis choisissez-le.", nom, e.Place.Format),
			En: fmt.Sprintf("%s is neither PDF, nor PNG, nor JPG; a %s is expected here. Save it as %[2]s, then choose it.", nom, e.Place.Format),
		}}
	}
	return Refuse{modele.Texte{
		Fr: fmt.Sprintf("%s est un %s ; le fichier JSON annonce un %s. Convertissez-le en %[3]s, puis choisissez-le.", nom, genre, e.Place.Format),
		En: fmt.Sprintf("%s is a %s; the JSON file tells of a %s. Convert it to %[3]s, then choose it.", nom, genre, e.Place.Format),
	}}
}

// lourd refuses a document of too many bytes. Its name goes before where the form has many.
func lourd(e Envoi, poids modele.Texte) Refuse {
	t := modele.Texte{
		Fr: "pèse " + poids.Fr + ", 3 Mo au plus : rien n'en est gardé. Réduisez-le (numérisez en gris, à 150 points par pouce), puis choisissez-le.",
		En: "weighs " + poids.En + ", at most 3 MB: nothing of it is kept. Make it smaller (scan in grey, at 150 dots per inch), then choose it.",
	}
	if e.Place == nil {
		return Refuse{modele.Texte{Fr: "ce document " + t.Fr, En: "this document " + t.En}}
	}
	return Refuse{avecNom(court(e.Nom), t)}
}
