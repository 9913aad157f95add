package archive

import (
	"cmp"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The ways of packing that documents come in.
const (
	stocke   = 0
	degonfle = 8
)

// maxGain is the most that Deflate can gain: 258 bytes from two bits.
const maxGain = 1032

// maxTaille bounds sizes, so that they can be reckoned with.
const maxTaille = 1 << 48

// verifier checks each entry for itself, then the entries among themselves.
func verifier(r io.ReaderAt, fiches []fiche, debut int64, l Limites) *Faute {
	total := int64(0)
	noms := make(map[string]bool, len(fiches))
	for i := range fiches {
		e := &fiches[i]
		for _, f := range []*Faute{e.drapeau(), e.chemin(l.Parties), e.nature(), e.tailles()} {
			if f != nil {
				f.Entree = e.nom
				return f
			}
		}
		// Windows and macOS do not tell a from A.
		nom := strings.ToLower(strings.TrimSuffix(e.nomDePartie(l.Parties), "/"))
		if noms[nom] {
			return &Faute{Defaut: Doublon, Entree: e.nom}
		}
		noms[nom] = true
		if total += e.reel; total > l.MaxTotal {
			return &Faute{Defaut: TropGrande, Nombre: total}
		}
	}
	return places(r, fiches, debut)
}

// drapeau refuses passwords (bits 0, 6 and 13) and ways of packing that archive/zip does not know.
func (e *fiche) drapeau() *Faute {
	switch {
	case e.drapeaux&(1<<0|1<<6|1<<13) != 0:
		return &Faute{Defaut: Chiffree}
	case e.methode != stocke && e.methode != degonfle:
		return illisible("unknown compression")
	}
	return nil
}

// chemin refuses names that lead out of the folder, or that are no name on one of the systems.
func (e *fiche) chemin(parties bool) *Faute {
	nom := strings.TrimSuffix(e.nomDePartie(parties), "/")
	odd := func(c rune) bool { return unicode.IsControl(c) || strings.ContainsRune(`\:*?"<>|`, c) }
	switch {
	case !fs.ValidPath(nom) || nom == "." || len(e.nom) > 255:
	case utf8.ValidString(nom) && strings.IndexFunc(nom, odd) >= 0:
	case strings.ContainsAny(nom, "\\:\x00\n\r"):
	default:
		return nil
	}
	return &Faute{Defaut: CheminDangereux}
}

// nomDePartie is the name of an entry with the separators of the format.
func (e *fiche) nomDePartie(parties bool) string {
	if !parties {
		return e.nom
	}
	return strings.TrimPrefix(strings.ReplaceAll(e.nom, `\`, "/"), "/")
}

// nature refuses what is neither a file nor a folder: Unix (3) and macOS (19) keep the mode in the upper
// half of the attributes, and no mode at all is a file.
func (e *fiche) nature() *Faute {
	const mask, file, folder = 0o170000, 0o100000, 0o040000
	mode := e.attributs >> 16 & mask
	unix := e.createur == 3 || e.createur == 19
	if unix && mode != 0 && mode != file && mode != folder {
		return &Faute{Defaut: Speciale}
	}
	if e.dossier() && e.reel != 0 {
		return &Faute{Defaut: Speciale, Detail: "a folder with content"}
	}
	return nil
}

func (e *fiche) dossier() bool { return strings.HasSuffix(e.nom, "/") }

// tailles compares the two declared sizes with what the way of packing can do.
func (e *fiche) tailles() *Faute {
	switch {
	case uint64(e.comprime) > maxTaille || uint64(e.reel) > maxTaille || uint64(e.tete) > maxTaille:
		return illisible("sizes that nothing has")
	case e.methode == stocke && e.comprime != e.reel, e.reel > e.comprime*maxGain:
		return &Faute{Defaut: TailleFausse, Nombre: e.reel}
	}
	return nil
}

// places reads the head of each entry, and checks that it says what the directory says and that no two
// entries share a byte.
func places(r io.ReaderAt, fiches []fiche, debut int64) *Faute {
	ordre := make([]*fiche, len(fiches))
	for i := range fiches {
		ordre[i] = &fiches[i]
	}
	slices.SortFunc(ordre, func(a, b *fiche) int { return cmp.Compare(a.tete, b.tete) })
	libre := int64(0)
	for _, e := range ordre {
		if e.tete < libre {
			return &Faute{Defaut: Recouvrement, Entree: e.nom}
		}
		donnees, f := e.donnees(r, debut)
		if f != nil {
			f.Entree = e.nom
			return f
		}
		if libre = donnees + e.comprime; libre > debut {
			return &Faute{Defaut: Recouvrement, Entree: e.nom, Detail: "with the directory"}
		}
	}
	return nil
}

// donnees returns where the bytes of an entry start.
func (e *fiche) donnees(r io.ReaderAt, debut int64) (int64, *Faute) {
	if e.tete+longTete > debut {
		return 0, illisible("an entry past the end")
	}
	b := make([]byte, longTete+len(e.nom))
	if n, _ := r.ReadAt(b, e.tete); n < len(b) || u32(b, 0) != signatureTete {
		return 0, illisible("an entry without head")
	}
	if int(u16(b, 26)) != len(e.nom) || string(b[longTete:]) != e.nom {
		return 0, illisible("an entry with two names")
	}
	suite := make([]byte, u16(b, 28))
	place := e.tete + int64(len(b))
	if n, _ := r.ReadAt(suite, place); n < len(suite) {
		return 0, illisible("an entry past the end")
	}
	return place + int64(len(suite)), e.memesTailles(b, suite)
}

// memesTailles compares the head of an entry with the directory.
func (e *fiche) memesTailles(tete, suite []byte) *Faute {
	const later = 1 << 3 // the sizes come after the bytes
	reel, comprime := uint64(u32(tete, 22)), uint64(u32(tete, 18))
	switch {
	case u16(tete, 6)&1 != 0:
		return &Faute{Defaut: Chiffree}
	case u16(tete, 8) != e.methode:
		return illisible("an entry with two ways of packing")
	case u16(tete, 6)&later != 0:
		return nil
	case !grandes(suite, &reel, &comprime):
		return illisible("zip64")
	case int64(comprime) != e.comprime || int64(reel) != e.reel || u32(tete, 14) != e.crc:
		return &Faute{Defaut: TailleFausse, Nombre: int64(reel)}
	}
	return nil
}
