package referentiel

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
	"unicode"

	"guichet/modele"
	"guichet/valeur"
)

// maxOctets bounds the files that are read at once: all registers but FINESS.
const maxOctets = 64 << 20

// ligne is a line of a CSV file.
type ligne struct {
	numero int // from 1
	champs []string
}

// lireCSV reads a whole file: with or without BOM, UTF-8 or Windows-1252, with semicolons, tabs or commas,
// whichever the first line has, in this order: commas also stand inside of values. Lines without text are
// left out; blanks around values as well.
func lireCSV(r io.Reader) (lignes []ligne, sha string, err error) {
	octets, err := io.ReadAll(io.LimitReader(r, maxOctets+1))
	if err != nil {
		return nil, "", fmt.Errorf("read the register: %w", err)
	}
	if len(octets) > maxOctets {
		return nil, "", &Erreur{1, "", "> 64 Mio", modele.Texte{Fr: "64 Mio au plus", En: "64 MiB at most"}}
	}
	somme := sha256.Sum256(octets)
	texte := valeur.EnUTF8(octets)
	c := csv.NewReader(bytes.NewReader(texte))
	c.Comma, c.FieldsPerRecord, c.LazyQuotes = separateur(texte), -1, true
	for {
		champs, err := c.Read()
		var syntaxe *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return lignes, hex.EncodeToString(somme[:]), nil
		case errors.As(err, &syntaxe):
			return nil, "", &Erreur{syntaxe.StartLine, "", `"`, modele.Texte{Fr: "des guillemets refermés", En: "closed quotes"}}
		}
		for i := range champs {
			champs[i] = strings.TrimSpace(champs[i])
		}
		if numero, _ := c.FieldPos(0); strings.Join(champs, "") != "" {
			lignes = append(lignes, ligne{numero, champs})
		}
	}
}

func separateur(texte []byte) rune {
	premiere, _, _ := bytes.Cut(texte, []byte("\n"))
	for _, s := range ";\t" {
		if bytes.ContainsRune(premiere, s) {
			return s
		}
	}
	return ','
}

// Cle reduces a text to its letters and digits, in lower case and without accents: two labels that differ in
// case, accents, dashes, apostrophes or blanks have the same.
func Cle(t string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return -1
		}
		return unicode.ToLower(c)
	}, sansAccent.Replace(t))
}

var sansAccent = strings.NewReplacer(
	"à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i", "ô", "o", "ö", "o",
	"ù", "u", "û", "u", "ü", "u", "ÿ", "y", "œ", "oe", "æ", "ae",
	"À", "a", "Â", "a", "Ä", "a", "Ç", "c", "É", "e", "È", "e", "Ê", "e", "Ë", "e", "Î", "i", "Ï", "i", "Ô", "o", "Ö", "o",
	"Ù", "u", "Û", "u", "Ü", "u", "Ÿ", "y", "Œ", "oe", "Æ", "ae",
)

var jourDuNom = regexp.MustCompile(`(?:^|\D)(20\d{2})-?(0[1-9]|1[0-2])-?([0-3]\d)(?:[-_T](\d{4}))?(?:\D|$)`)

// DateDuNom returns the instant that the name of a file tells: etalab-cs1100502-stock-20240110-0338.csv is of
// 10 January 2024, 3:38.
func DateDuNom(nom string) (time.Time, bool) {
	m := jourDuNom.FindStringSubmatch(nom)
	if m == nil {
		return time.Time{}, false
	}
	if t, err := time.Parse("200601021504", m[1]+m[2]+m[3]+m[4]); err == nil {
		return t, true
	}
	t, err := time.Parse("20060102", m[1]+m[2]+m[3])
	return t, err == nil
}

// meta describes a register read from a file; dit is the date that the file itself tells.
func (o Origine) meta(n Nom, dit time.Time, lignes int, sha string) Meta {
	valide := dit
	if valide.IsZero() {
		valide, _ = DateDuNom(o.Fichier)
	}
	if valide.IsZero() {
		valide = o.Modifie
	}
	return Meta{Registre: n, Fichier: o.Fichier, Valide: jour(valide), Charge: jour(o.Charge), Lignes: lignes, SHA256: sha}
}

// jour keeps the day of an instant, as its clock shows it.
func jour(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	a, m, j := t.Date()
	return time.Date(a, m, j, 0, 0, 0, 0, time.UTC)
}
