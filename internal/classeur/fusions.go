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

	"guichet/modele"
	"guichet/preparation"
)

// fusion is cells of several rows that show as one. Only the first has the value; the others show it.
type fusion struct {
	ligne, derniere, colonne int
	cellule                  preparation.Cellule
}

// fusions are those of a sheet, by their first row.
type fusions struct{ attendues, actives []fusion }

// appliquer gives the cells of a row what those above show over them.
func (f *fusions) appliquer(ligne int, cellules []preparation.Cellule) []preparation.Cellule {
	f.actives = slices.DeleteFunc(f.actives, func(a fusion) bool { return a.derniere < ligne })
	for _, a := range f.actives {
		for len(cellules) <= a.colonne {
			cellules = append(cellules, preparation.Cellule{})
		}
		if c := &cellules[a.colonne]; c.Texte == "" && c.Genre != preparation.SansValeur {
			*c = a.cellule
		}
	}
	for len(f.attendues) > 0 && f.attendues[0].ligne <= ligne {
		if a := f.attendues[0]; a.ligne == ligne && a.colonne < len(cellules) {
			a.cellule = cellules[a.colonne]
			f.actives = append(f.actives, a)
		}
		f.attendues = f.attendues[1:]
	}
	return cellules
}

// The bounds of merged cells: they stand behind the rows, so that a sheet has to be unpacked twice. Those that people
// merge are small.
const (
	maxFusionnee = 64 << 20 // bytes of the sheet
	maxFusions   = 10_000
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
			if liste = append(liste, f); len(liste) > maxFusions {
				return nil, errFaute{tropFusionnee}
			}
		}
	}
}

// lireFusion reads a reference (A2:B4), false for one within a row.
func lireFusion(ref string) (f fusion, ok bool) {
	de, a, ok := bytes.Cut([]byte(strings.ReplaceAll(ref, "$", "")), []byte(":"))
	if !ok {
		return f, false
	}
	f.colonne, f.ligne, f.derniere = rangColonne(de), ligneDe(de), ligneDe(a)
	return f, f.colonne >= 0 && f.colonne < maxColonnes && f.ligne > 0 && f.derniere > f.ligne && f.derniere <= maxLignes
}

// ligneDe reads the row of a reference, 0 for none.
func ligneDe(ref []byte) int {
	n, err := strconv.Atoi(string(bytes.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")))
	if err != nil {
		return 0
	}
	return n
}
