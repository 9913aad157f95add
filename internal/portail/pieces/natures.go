package pieces

import (
	"path"
	"strings"

	"guichet/appariement"
	"guichet/modele"
	"guichet/piece"
)

// autreChose refuses a file that is neither, while who sends it is there to choose another.
func autreChose(debut []byte) error {
	n, oui := appariement.NatureDe(debut)
	if !oui {
		return nil
	}
	return Refuse{modele.Texte{
		Fr: "c'est " + n.Nom.Fr + " : " + n.Faire.Fr + ". Rien n'en est gardé.",
		En: "this is " + n.Nom.En + ": " + n.Faire.En + ". Nothing of it is kept.",
	}}
}

// nonArchive refuses a document that is called an archive.
func nonArchive(nom string, g piece.Genre) error {
	if !strings.EqualFold(path.Ext(nom), ".zip") {
		return nil
	}
	ext := "." + strings.ToLower(g.String())
	return Refuse{modele.Texte{
		Fr: "c'est un " + g.String() + ", pas une archive .zip : donnez-lui un nom en " + ext + ", puis envoyez-le à nouveau. Rien n'en est gardé.",
		En: "this is a " + g.String() + ", no .zip archive: give it a name in " + ext + ", then send it again. Nothing of it is kept.",
	}}
}

// enZIP tells whether a file is meant as an archive: by its name, or by its first bytes.
func enZIP(nom string, debut []byte) bool {
	return strings.EqualFold(path.Ext(nom), ".zip") || appariement.EnZIP(debut)
}
