package classeur

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"guichet/affichage"
	"guichet/modele"
	"guichet/preparation"
)

// fusion is cells that show as one. Only the first has the value; the others show it.
type fusion struct {
	ligne, derniere          int
	colonne, derniereColonne int
	cellule                  preparation.Cellule
}

// fusions are those of a sheet, by their first row.
type fusions struct{ attendues, actives []fusion }

// appliquer gives the cells of a row what those above show over them. A value that stands under another cell is not seen by
// anybody: where it differs, it is given as such.
func (f *fusions) appliquer(ligne int, cellules []preparation.Cellule) []preparation.Cellule {
	for len(f.attendues) > 0 && f.attendues[0].ligne <= ligne {
		a := f.attendues[0]
		if a.ligne == ligne && a.colonne < len(cellules) {
			a.cellule = cellules[a.colonne]
		}
		f.actives, f.attendues = append(f.actives, a), f.attendues[1:]
	}
	f.actives = slices.DeleteFunc(f.actives, func(a fusion) bool { return a.derniere < ligne })
	for i := range f.actives {
		cellules = f.actives[i].couvrir(ligne, cellules)
	}
	return cellules
}

// couvrir does so for the cells of a row that one fusion covers. Those of its first column show what is above them; those at
// their right are left empty, as they are.
func (a *fusion) couvrir(ligne int, cellules []preparation.Cellule) []preparation.Cellule {
	if ligne > a.ligne {
		for len(cellules) <= a.colonne && !nulle(a.cellule) {
			cellules = append(cellules, preparation.Cellule{})
		}
		if a.colonne < len(cellules) {
			cellules[a.colonne] = a.recouvrir(cellules[a.colonne])
		}
	}
	for i := a.colonne + 1; i <= a.derniereColonne && i < len(cellules); i++ {
		if c := &cellules[i]; !nulle(*c) {
			*c = a.recouvrir(*c)
		}
	}
	return cellules
}

// recouvrir returns what is to be read of a cell that is covered: what shows, unless that hides another value.
func (a *fusion) recouvrir(c preparation.Cellule) preparation.Cellule {
	if nulle(c) || c.Genre == preparation.SansValeur || c.Texte == a.cellule.Texte {
		return a.cellule
	}
	montre, _ := a.cellule.Montre()
	if montre == "" {
		montre = a.cellule.Texte
	}
	return preparation.Cellule{Texte: c.Texte, Genre: preparation.Recouverte, Format: affichage.Tel(montre)}
}

func nulle(c preparation.Cellule) bool {
	return strings.TrimSpace(c.Texte) == "" && c.Genre != preparation.SansValeur
}

// The bounds of merged cells: they stand behind the rows, so that a sheet has to be unpacked twice. Those that people
// merge are small.
const (
	maxFusionnee = 64 << 20 // bytes of the sheet
	maxFusions   = 10_000   // over several rows
	maxEtroites  = 100_000  // of a single one
)

var tropFusionnee = modele.Texte{
	Fr: "des cellules sont fusionnées dans une très grande feuille : défusionnez-les, et recopiez leur valeur sur chaque ligne",
	En: "cells are merged in a very large sheet: unmerge them, and copy their value to each row",
}

// fusionsDe looks for the merged cells of a sheet that is not too large.
func (p *paquet) fusionsDe(partie string) (liste []fusion, err error) {
	if e := p.parties[cle(partie)]; e == nil || e.Taille > maxFusionnee {
		return nil, nil
	}
	z, err := p.ouvrir(partie)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	b := bufio.NewReaderSize(z, 64<<10)
	for mot := []byte("<mergeCell"); ; {
		debut, err := b.Peek(64 << 10)
		if i := chercherMot(debut, mot); i >= 0 {
			_, _ = b.Discard(i)
			return lireFusions(b)
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return nil, err
		}
		_, _ = b.Discard(len(debut) - 2*len(mot))
	}
}

// chercherMot finds a tag, with or without a prefix.
func chercherMot(b, mot []byte) int {
	if i := bytes.Index(b, mot); i >= 0 {
		return i
	}
	if i := bytes.Index(b, append([]byte(":"), mot[1:]...)); i >= 0 {
		return bytes.LastIndexByte(b[:i], '<')
	}
	return -1
}

func lireFusions(r io.Reader) (liste []fusion, err error) {
	hautes := 0
	for j := nouveauxJetons(r); ; {
		genre, err := j.suivant()
		if errors.Is(err, io.EOF) || err == nil && genre == fermeture && string(j.nom) == "mergeCells" {
			slices.SortStableFunc(liste, func(a, b fusion) int { return cmp.Compare(a.ligne, b.ligne) })
			return liste, nil
		}
		if err != nil {
			return nil, err
		}
		if j.debut = j.ici(); genre != ouverture || string(j.nom) != "mergeCell" {
			continue
		}
		if f, ok := lireFusion(j.attributs.valeur("ref")); ok {
			if f.derniere > f.ligne {
				hautes++
			}
			if liste = append(liste, f); hautes > maxFusions || len(liste)-hautes > maxEtroites {
				return nil, errFaute{tropFusionnee}
			}
		}
	}
}

// lireFusion reads a reference (A2:B4), false for none of several cells.
func lireFusion(ref string) (f fusion, ok bool) {
	de, a, ok := bytes.Cut([]byte(strings.ReplaceAll(ref, "$", "")), []byte(":"))
	if !ok {
		return f, false
	}
	f.colonne, f.ligne, f.derniereColonne, f.derniere = rangColonne(de), ligneDe(de), rangColonne(a), ligneDe(a)
	return f, f.colonne >= 0 && f.colonne < maxColonnes && f.ligne > 0 && f.derniere <= maxLignes && (f.derniere > f.ligne || f.derniere == f.ligne && f.derniereColonne > f.colonne)
}

// ligneDe reads the row of a reference, 0 for none.
func ligneDe(ref []byte) int {
	n, err := strconv.Atoi(string(bytes.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")))
	if err != nil {
		return 0
	}
	return n
}
