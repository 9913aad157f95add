package classeur

import (
	"bytes"
	"path/filepath"
	"strings"

	"guichet/archive"
	"guichet/controle"
	"guichet/modele"
	"guichet/valeur"
)

// verrous are how the names of the files begin that Office and LibreOffice put beside what somebody has open.
var verrous = []string{"~$", ".~lock."}

// etranger names what is given in place of a table and is none, by its name and its first bytes; nil for what may be one.
func etranger(chemin string, debut []byte, taille int64) *modele.Texte {
	nom := filepath.Base(chemin)
	for _, v := range verrous {
		if strings.HasPrefix(nom, v) {
			return verrou(strings.TrimSuffix(strings.TrimPrefix(nom, v), "#"))
		}
	}
	if valeur.FormeDe(debut).Multiple() {
		debut = valeur.EnUTF8(debut)
	}
	texte := bytes.TrimSpace(bytes.TrimPrefix(debut, []byte(bom)))
	if int64(len(debut)) >= taille && len(bytes.Trim(texte, "\x00\x1a \t\r\n")) == 0 {
		return &rien
	}
	if controle.EnJSON(texte) {
		return &duJSON
	}
	switch quoi, _, oui := controle.AutreChose(debut, controle.Tableau); {
	case bytes.HasPrefix(debut, magieZIP) || bytes.HasPrefix(debut, magieOLE):
		return nil // a workbook, perhaps of a format that is told apart
	case oui:
		return pasUnTableau(quoi)
	case bytes.HasPrefix(bytes.ToLower(texte), []byte("<table")):
		return pasUnTableau(modele.Texte{Fr: "un tableau en HTML", En: "a table in HTML"})
	}
	return nil
}

// opcTypes is the part that each document of today's Office has.
const opcTypes = "[Content_Types].xml"

// autreArchive tells what an archive is that is no workbook, by the names of its parts; nil for a workbook.
func autreArchive(parties map[string]*archive.Entree) *modele.Texte {
	dOffice := parties[strings.ToLower(opcTypes)] != nil || parties[odsContenu] != nil
	for nom := range parties {
		if strings.HasPrefix(nom, "word/") {
			return &documentTexte
		}
		dOffice = dOffice || strings.HasPrefix(nom, "xl/")
	}
	if !dOffice {
		return &archiveSimple
	}
	return nil
}

func verrou(classeur string) *modele.Texte {
	return &modele.Texte{
		Fr: "c'est le fichier de verrou qu'Office pose à côté d'un document ouvert, et non le document : fermez-le s'il est à vous, et indiquez " + classeur,
		En: "it is the lock file that Office puts beside an open document, not the document: close it if it is yours, and name " + classeur,
	}
}

// pasUnTableau says what a file is and what is done with it.
func pasUnTableau(quoi modele.Texte) *modele.Texte {
	return &modele.Texte{
		Fr: "c'est " + quoi.Fr + ", et non un tableau (.xlsx, .ods, .csv) : indiquez le tableau ; s'il est venu ainsi d'un site ou d'un logiciel, connectez-vous et exportez-le à nouveau, ou ouvrez-le dans un tableur et enregistrez-le au format .xlsx",
		En: "it is " + quoi.En + ", not a table (.xlsx, .ods, .csv): name the table; if it came so from a site or a program, sign in and export it again, or open it in a spreadsheet program and save it as .xlsx",
	}
}
