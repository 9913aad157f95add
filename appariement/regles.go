package appariement

import (
	"slices"

	"guichet/archive"
	"guichet/modele"
	"guichet/piece"
)

// numero is the place of a rule in the list.
type numero uint8

// The rules, in the order of their codes: documents, then archives.
const (
	regleManque numero = iota
	regleEnTrop
	regleDouble
	regleNom
	regleLigne
	reglePresque
	regleAmbigu
	regleLourd
	regleInconnu
	regleFormat
	regleTronque
	regleAbime
	regleChiffre
	regleTropGrand
	archiveLourde
	archiveIllisible
	archiveEntrees
	archiveChiffree
	archiveChemin
	archiveSpeciale
	archiveDoublon
	archiveTaille
	archiveRecouvrement
	archiveTotal
	archiveAlteree
	nombreRegles
)

// Rules that those know too who look for the documents of a table: one that is named and not there, several files
// that may be it.
const (
	CodeManque = "P801"
	CodeAmbigu = "P807"
)

// Regles returns the rules on documents and archives, by code. Nearly all are of weight Erreur: the portal takes the
// JSON file, but the demande stays incomplete and is not instructed.
func Regles() []modele.Regle { return slices.Clone(regles[:]) }

var regles = func() (all [nombreRegles]modele.Regle) {
	for n := range all {
		all[n] = reglesDocuments[numero(n)]
		if all[n].Code == "" {
			all[n] = reglesArchives[numero(n)]
		}
	}
	return all
}()

// reglesPiece and reglesArchive give the rule of each fault that the two packages find.
var (
	reglesPiece = [...]numero{
		piece.TropLourd: regleLourd, piece.Vide: regleTronque, piece.Inconnu: regleInconnu, piece.Tronque: regleTronque,
		piece.Abime: regleAbime, piece.Chiffre: regleChiffre, piece.TropGrand: regleTropGrand,
	}
	reglesArchive = [...]numero{
		archive.TropLourde: archiveLourde, archive.Illisible: archiveIllisible, archive.TropEntrees: archiveEntrees,
		archive.Chiffree: archiveChiffree, archive.CheminDangereux: archiveChemin, archive.Speciale: archiveSpeciale,
		archive.Doublon: archiveDoublon, archive.TailleFausse: archiveTaille, archive.Recouvrement: archiveRecouvrement,
		archive.TropGrande: archiveTotal, archive.Alteree: archiveAlteree,
	}
)
