package compterendu

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"guichet/internal/gabarit"
)

// marque begins what is ours in a note: the notes of a former run are known by it.
const marque = "— Guichet —"

const auteur = "Guichet"

// annoter puts a note on a cell, below the one that a person left there.
func (a *annotateur) annoter(feuille, cellule string, notes []note, presents map[string]excelize.Comment) error {
	ancienne, dejaLa := presents[cellule]
	if a.muettes[feuille] || a.ecrites == maxNotes || dejaLa && fil(ancienne) {
		return nil
	}
	a.ecrites++
	texte := marque + "\n" + a.dire(notes)
	par := auteur
	if dejaLa {
		par, texte = ancienne.Author, entier(ancienne)+"\n"+texte
		if err := a.f.DeleteComment(feuille, cellule); err != nil {
			return err
		}
	}
	return a.commenter(feuille, cellule, par, texte)
}

func (a *annotateur) commenter(feuille, cellule, par, texte string) error {
	lignes := uint(1)
	for l := range strings.Lines(texte) {
		lignes += 1 + uint(utf8.RuneCountInString(l)/48)
	}
	return a.f.AddComment(feuille, excelize.Comment{
		Cell: cellule, Author: par, Width: 320, Height: 16 * (lignes + 1), Paragraph: []excelize.RichTextRun{{Text: texte}},
	})
}

// fil tells whether a note only stands for a conversation, which newer programs keep elsewhere.
func fil(c excelize.Comment) bool { return strings.HasPrefix(c.Author, "tc=") }

// maxNote is how long what is said of one cell may be.
const maxNote = 2000

// dire is the text of the notes of one cell.
func (a *annotateur) dire(notes []note) string {
	var b strings.Builder
	for i, n := range notes {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(n.gravite)
		if n.code != "" {
			b.WriteString(" " + n.code)
		}
		b.WriteString(a.t(" : ", ": ") + net(n.trouve))
		if n.faire != "" {
			b.WriteString("\n" + a.t("À faire : ", "To do: ") + net(n.faire))
		}
	}
	if t := []rune(b.String()); len(t) > maxNote {
		return string(t[:maxNote-1]) + "…"
	}
	return b.String()
}

func entier(c excelize.Comment) string {
	texte := c.Text
	for _, r := range c.Paragraph {
		texte += r.Text
	}
	return texte
}

// commentaires are the notes of a sheet, by cell. A sheet that the library would not put notes on rightly is noted.
func (a *annotateur) commentaires(feuille string) (map[string]excelize.Comment, error) {
	list, err := a.f.GetComments(feuille)
	if err != nil {
		return nil, err
	}
	a.muettes[feuille] = !accueille(a.f, feuille)
	presents := map[string]excelize.Comment{}
	for _, c := range list {
		presents[c.Cell] = c
	}
	return presents, nil
}

// nettoyer takes away what a former run left: the list, our part of notes, the colours of cells that had one.
func (a *annotateur) nettoyer() error {
	if a.refait {
		return nil
	}
	for _, feuille := range a.f.GetSheetList() {
		if ours, err := a.estLaListe(feuille); err != nil {
			return err
		} else if ours {
			if err := a.f.DeleteSheet(feuille); err != nil {
				return err
			}
			continue
		}
		presents, err := a.commentaires(feuille)
		if err != nil {
			continue // no sheet of cells
		}
		for cellule, c := range presents {
			avant, _, ours := strings.Cut(entier(c), marque)
			if !ours || a.muettes[feuille] {
				continue
			}
			if err := a.f.DeleteComment(feuille, cellule); err != nil {
				return err
			}
			if avant = strings.TrimSpace(avant); avant != "" {
				if err := a.commenter(feuille, cellule, c.Author, avant); err != nil {
					return err
				}
			}
			if err := a.decolorer(feuille, cellule); err != nil {
				return err
			}
		}
	}
	return nil
}

// estLaListe knows the list of a former run by its name and its first heading, in any language.
func (a *annotateur) estLaListe(feuille string) (bool, error) {
	if feuille != gabarit.FeuilleCorriger.Fr && feuille != gabarit.FeuilleCorriger.En {
		return false, nil
	}
	titre, err := a.f.GetCellValue(feuille, "A1")
	return titre == entetes[0].Fr || titre == entetes[0].En, err
}

// decolorer takes our colour off a cell.
func (a *annotateur) decolorer(feuille, cellule string) error {
	s, err := a.f.GetCellStyle(feuille, cellule)
	if err != nil {
		return err
	}
	style, err := a.f.GetStyle(s)
	if err != nil || len(style.Fill.Color) != 1 {
		return err
	}
	for _, c := range couleurs {
		if strings.HasSuffix(strings.ToUpper(style.Fill.Color[0]), c) {
			nu, err := a.fond(s, 0)
			if err != nil {
				return err
			}
			return a.f.SetCellStyle(feuille, cellule, cellule, nu)
		}
	}
	return nil
}
