package reprise

import (
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
)

// enUTF8 returns the bytes without their byte order mark, and what is not UTF-8 as the programs of Windows write
// it: a file that someone has opened and saved. The retry file is in UTF-8.
func (r *Retour) enUTF8(octets []byte) []byte {
	nom := valeur.FormeDe(octets).Nom()
	if nom == "" && !utf8.Valid(octets) {
		nom = "Windows-1252"
	}
	if nom != "" {
		r.Remarques = append(r.Remarques, modele.Texte{
			Fr: "fichier en " + nom + ", lu comme tel", En: "file in " + nom + ", read as such",
		})
	}
	return valeur.EnUTF8(octets)
}
