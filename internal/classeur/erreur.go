package classeur

import (
	"errors"
	"fmt"
	"io"

	"guichet/modele"
)

// Erreur says what is wrong with a file, and where.
type Erreur struct {
	Fichier string
	Feuille string // "" where it is the file, or the file has no sheets
	Ligne   int    // 0 where it is no row
	Faute   modele.Texte
	Err     error // what the system or a reader of the format said, if anything
}

// Error tells the fault and its cause in English, for logs.
func (e *Erreur) Error() string {
	if e.Err == nil {
		return e.In(modele.Anglais)
	}
	return e.In(modele.Anglais) + " (" + e.Err.Error() + ")"
}

// Unwrap returns the cause.
func (e *Erreur) Unwrap() error { return e.Err }

// In tells the fault in a language: `commandes.xlsx, feuille Commandes, ligne 14 : …`.
func (e *Erreur) In(l modele.Langue) string {
	s := e.Fichier
	if e.Feuille != "" {
		s += modele.Texte{Fr: ", feuille ", En: ", sheet "}.In(l) + e.Feuille
	}
	if e.Ligne > 0 {
		s += fmt.Sprintf(modele.Texte{Fr: ", ligne %d", En: ", row %d"}.In(l), e.Ligne)
	}
	return s + modele.Texte{Fr: " : ", En: ": "}.In(l) + e.Faute.In(l)
}

// The faults of whole files; each says what to do.
var (
	ancienFormat   = modele.Texte{Fr: "classeur de l'ancien format d'Excel (.xls) : ouvrez-le dans Excel ou LibreOffice, puis Fichier > Enregistrer sous, au format .xlsx", En: "a workbook of Excel's old format (.xls): open it in Excel or LibreOffice, then File > Save as, and save it as .xlsx"}
	chiffre        = modele.Texte{Fr: "classeur protégé par un mot de passe : retirez-le, puis enregistrez au format .xlsx", En: "a workbook protected by a password: take it off, then save as .xlsx"}
	openDocument   = modele.Texte{Fr: "c'est un classeur OpenDocument : renommez-le en .ods", En: "it is an OpenDocument workbook: rename it to .ods"}
	binaire        = modele.Texte{Fr: "classeur binaire (.xlsb) : ouvrez-le et enregistrez au format .xlsx", En: "a binary workbook (.xlsb): open it and save it as .xlsx"}
	classeurNomCSV = modele.Texte{Fr: "c'est un classeur, et non du texte : renommez-le en .xlsx", En: "it is a workbook, not text: rename it to .xlsx"}
	pasUnClasseur  = modele.Texte{Fr: "ce n'est pas un classeur ; si c'est du texte séparé par des points-virgules ou des virgules, renommez-le en .csv, sinon ouvrez-le et enregistrez au format .xlsx", En: "it is no workbook; if it is text separated by semicolons or commas, rename it to .csv, else open it and save it as .xlsx"}
	pasDuTexte     = modele.Texte{Fr: "ce n'est pas du texte : ouvrez-le dans un tableur et enregistrez au format .xlsx", En: "it is no text: open it in a spreadsheet program and save it as .xlsx"}
	extension      = modele.Texte{Fr: "ni .xlsx, ni .ods, ni .csv, ni .txt : enregistrez au format .xlsx", En: "neither .xlsx nor .ods nor .csv nor .txt: save it as .xlsx"}
	altere         = modele.Texte{Fr: "le classeur est abîmé : ouvrez-le et enregistrez-le de nouveau au format .xlsx", En: "the workbook is damaged: open it and save it again as .xlsx"}
	rien           = modele.Texte{Fr: "le fichier est vide : exportez ou enregistrez le tableau à nouveau", En: "the file is empty: export or save the table again"}
	duJSON         = modele.Texte{Fr: "c'est du JSON, et non un tableau (.xlsx, .ods, .csv) : indiquez le tableau ; un fichier de demandes se contrôle avec guichet check et se répare avec guichet fix", En: "it is JSON, not a table (.xlsx, .ods, .csv): name the table; a file of requests is checked with guichet check and repaired with guichet fix"}
	archiveSimple  = modele.Texte{Fr: "c'est une archive ZIP, et non un classeur : décompressez-la, et indiquez le tableau", En: "it is a ZIP archive, not a workbook: unpack it, and name the table"}
	documentTexte  = modele.Texte{Fr: "c'est un document de traitement de texte, et non un classeur : copiez son tableau dans un tableur et enregistrez-le au format .xlsx", En: "it is a word processor's document, not a workbook: copy its table to a spreadsheet program and save it as .xlsx"}
	lecture        = modele.Texte{Fr: "lecture impossible", En: "cannot be read"}
	vide           = modele.Texte{Fr: "le classeur n'a pas de feuille visible : affichez la feuille à lire", En: "the workbook has no visible sheet: show the sheet to be read"}
)

// The bounds of what is read: those of Excel, but for columns.
const (
	maxLignes   = 1 << 20
	maxColonnes = 2000
	maxCellule  = 32_767   // characters
	maxRangee   = 16 << 20 // bytes of one row in the file
)

var (
	tropDeLignes    = modele.Texte{Fr: "plus de 1 048 576 lignes : répartissez-les en plusieurs fichiers", En: "more than 1,048,576 rows: split them into several files"}
	tropDeColonnes  = modele.Texte{Fr: "plus de 2 000 colonnes : supprimez celles qui ne servent pas", En: "more than 2,000 columns: delete those that are of no use"}
	guillemetOuvert = modele.Texte{Fr: "un guillemet (\") s'ouvre dans cette ligne et n'est pas refermé : les lignes qui suivent sont prises pour la même cellule. Refermez-le, ou enlevez-le, puis recommencez", En: "a quote (\") opens in this row and is not closed: the rows that follow are taken for the same cell. Close it, or take it out, then begin again"}
	tropLongue      = modele.Texte{Fr: "une cellule de plus de 32 767 caractères : un guillemet ouvert n'est peut-être pas refermé", En: "a cell of more than 32,767 characters: a quote may have been opened and not closed"}
)

// errRangee ends the reading of a row that would fill the memory.
var errRangee = errors.New("row too long")

// borne refuses rows longer than maxRangee: whoever reads from it keeps a row whole in memory. The reader of
// rows moves debut on.
type borne struct {
	r         io.Reader
	lu, debut int64
}

func (b *borne) Read(p []byte) (int, error) {
	if b.lu-b.debut > maxRangee {
		return 0, errRangee
	}
	n, err := b.r.Read(p)
	b.lu += int64(n)
	return n, err
}
