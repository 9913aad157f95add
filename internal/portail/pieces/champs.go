package pieces

import (
	"guichet/internal/portail/web"
	"guichet/modele"
	"guichet/piece"
)

// MaxEnvoi bounds the files of the form that takes archives and documents alike.
func (p *pagePieces) MaxEnvoi() web.Reglage { return p.Max(piece.Accepter.MaxOctets, MaxArchive) }

// UnDocument is the field of a line.
func (p *pagePieces) UnDocument(l lignePiece) web.Champ {
	return p.Champ("fichier", l.Champ(), p.T("Fichier pour ", "File for ")+l.Quoi(p.Langue)+p.T(" ("+l.Format+", 3 Mo au plus)", " ("+l.Format+", at most 3 MB)"),
		p.Accepte(l.Extensions()), p.Max(piece.Accepter.MaxOctets, 0))
}

// Pour says what a document was sent as, "" for what finds its place by its name.
func (p *pagePieces) Pour(a Archive) string {
	if a.Place == SansPlace {
		return ""
	}
	return p.quoi(a.Place)
}

func (p *pagePieces) quoi(ou Place) string {
	for _, l := range p.toutes {
		if l.Rang == ou.Rang && l.Type == ou.Type {
			return l.Quoi(p.Langue)
		}
	}
	return ""
}

// Quoi says in words which document a line is, within a sentence.
func (l lignePiece) Quoi(langue modele.Langue) string {
	switch l.Type {
	case "BON_COMMANDE":
		return modele.Texte{Fr: "le bon de commande de ", En: "the order form of "}.In(langue) + l.Numero
	case "PREUVE_HT":
		return modele.Texte{Fr: "la preuve du régime HT de ", En: "the proof of the HT regime of "}.In(langue) + l.Numero
	}
	return l.Attendu
}

// EnFaute tells whether something is wrong with a field.
func (p *pagePieces) EnFaute(champ string) bool {
	for _, f := range p.Fautes {
		if f.Champ == champ {
			return true
		}
	}
	return false
}
