package referentiel

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
)

// The columns of a line of the extract, from 0: structureet, nofinesset, nofinessej, rs, rslongue, complrs,
// compldistrib, numvoie, typvoie, voie, compvoie, lieuditbp, commune, departement, libdepartement,
// ligneacheminement, telephone, telecopie, categetab, libcategetab, categagretab, libcategagretab, siret,
// codeape, codemft, libmft, codesph, libsph, dateouv, dateautor, datemaj, numuai. A column may be missing at
// the end, or come after these.
const (
	colonneET, colonneEJ, colonneNom         = 1, 2, 3
	colonneFamille, colonneSIRET             = 20, 22
	minColonnes, maxColonnes                 = 31, 34
	ligneEtablissement, lignePosition, enTet = "structureet", "geolocalisation", "finess"
)

var attenduFiness = modele.Texte{
	Fr: "une ligne finess;etalab;…;date, puis des lignes structureet;nofinesset;nofinessej;… (fichier etalab-cs1100502-stock-AAAAMMJJ-HHMM.csv)",
	En: "a line finess;etalab;…;date, then lines structureet;nofinesset;nofinessej;… (file etalab-cs1100502-stock-AAAAMMJJ-HHMM.csv)",
}

// LireFiness reads the national extract etalab-cs1100502-stock-AAAAMMJJ-HHMM.csv, line by line: UTF-8 or
// Latin-1, 31 to 34 columns, lines of geolocalisation left out. Of an établissement that stands twice, the
// last line counts.
func LireFiness(r io.Reader, o Origine) (*Finess, error) {
	somme := sha256.New()
	l := lecture{lignes: enLignes(io.TeeReader(r, somme))}
	for {
		texte, err := l.lignes.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return nil, &Erreur{l.numero + 1, "", string(texte[:maxExtrait]), attenduFiness}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read the FINESS extract: %w", err)
		}
		l.numero++
		l.ligne(bytes.TrimRight(texte, "\r\n"))
		switch {
		case len(l.fiches) > maxFiches:
			return nil, &Erreur{l.numero, "", strconv.Itoa(len(l.fiches)), modele.Texte{Fr: "999 999 établissements au plus", En: "999,999 établissements at most"}}
		case err == nil:
			continue
		case len(l.fiches) == 0 && l.fautes.Nombre == 0:
			return nil, &Erreur{1, "", l.premiere, attenduFiness}
		case l.fautes.Nombre > 0:
			return nil, l.fautes.erreur()
		}
		f := ranger(l.fiches)
		f.meta = o.meta(NomFiness, l.date, f.fiches.taille(), hex.EncodeToString(somme.Sum(nil)))
		return f, nil
	}
}

// enLignes reads lines of what may be in UTF-16 or UTF-32, as spreadsheets save texts too.
func enLignes(r io.Reader) *bufio.Reader {
	lignes := bufio.NewReaderSize(r, 1<<16)
	debut, _ := lignes.Peek(4 << 10) // what is wrong with reading shows at the first line
	if forme := valeur.FormeDe(debut); forme.Multiple() {
		return bufio.NewReaderSize(forme.Encodage().NewDecoder().Reader(lignes), 1<<16)
	}
	return lignes
}

// lecture is a reading of the extract that goes on.
type lecture struct {
	lignes   *bufio.Reader
	numero   int
	premiere string // the first line, for a file that is something else
	date     time.Time
	champs   [maxColonnes + 1][]byte
	fiches   [][pasFiche]byte
	fautes   fautes
}

func (l *lecture) ligne(texte []byte) {
	if l.numero == 1 {
		texte = bytes.TrimPrefix(texte, []byte("\ufeff"))
		l.premiere = extrait(string(valeur.EnUTF8(texte)))
	}
	n := l.decouper(texte)
	switch premier := string(l.champs[0]); {
	case premier == ligneEtablissement && string(l.champs[min(n, 2)-1]) != "nofinesset":
		l.fautes.ajouter(l.etablissement(n))
	case premier == enTet && l.numero == 1:
		l.date = dateDe(string(l.champs[n-1]))
	case premier == ligneEtablissement, premier == lignePosition, len(bytes.TrimSpace(texte)) == 0:
	default:
		l.fautes.ajouter(&Erreur{l.numero, "", string(valeur.EnUTF8(texte)), attenduFiness})
	}
}

// decouper cuts a line into its columns and returns how many there are, at most one more than there may be.
func (l *lecture) decouper(texte []byte) (n int) {
	for ; n < len(l.champs); n++ {
		fin := bytes.IndexByte(texte, ';')
		if len(texte) > 0 && texte[0] == '"' {
			if g := bytes.Index(texte, []byte(`";`)); g > 0 {
				fin = g + 1
			} else if texte[len(texte)-1] == '"' {
				fin = -1
			}
		}
		if fin < 0 {
			l.champs[n] = sansGuillemets(texte)
			return n + 1
		}
		l.champs[n], texte = sansGuillemets(texte[:fin]), texte[fin+1:]
	}
	return n
}

func sansGuillemets(t []byte) []byte {
	if n := len(t); n > 1 && t[0] == '"' && t[n-1] == '"' {
		return t[1 : n-1]
	}
	return t
}

// dateDe reads the date of the extract's first line.
func dateDe(t string) time.Time {
	for _, forme := range []string{time.DateOnly, "02/01/2006"} {
		if d, err := time.Parse(forme, t); err == nil {
			return d
		}
	}
	return time.Time{}
}

// etablissement keeps a line of n columns.
func (l *lecture) etablissement(n int) *Erreur {
	if n < minColonnes || n > maxColonnes {
		trouve := strconv.Itoa(n)
		if n > maxColonnes {
			trouve = "> " + strconv.Itoa(maxColonnes)
		}
		return &Erreur{l.numero, "structureet", trouve, modele.Texte{Fr: "32 colonnes séparées par des points-virgules", En: "32 columns joined by semicolons"}}
	}
	for _, c := range []struct {
		colonne int
		nom     string
	}{{colonneET, "nofinesset"}, {colonneEJ, "nofinessej"}} {
		if !estNumero(l.champs[c.colonne]) {
			return &Erreur{l.numero, c.nom, string(valeur.EnUTF8(l.champs[c.colonne])), modele.Texte{Fr: "9 chiffres ou lettres", En: "9 digits or letters"}}
		}
	}
	l.fiches = append(l.fiches, [pasFiche]byte{})
	f := &l.fiches[len(l.fiches)-1]
	for i := range f {
		f[i] = ' '
	}
	copy(f[:], l.champs[colonneEJ])
	copy(f[debutET:], l.champs[colonneET])
	if siret := l.champs[colonneSIRET]; len(siret) == tailleSIRET {
		copy(f[debutSIRET:], siret)
	}
	if famille := l.champs[colonneFamille]; len(famille) > 0 && famille[0]-'0' <= 9 {
		f[debutFamille] = famille[0]
	}
	copy(f[debutNom:finNom], tenir(l.champs[colonneNom], finNom-debutNom))
	f[finNom] = '\n'
	return nil
}

// tenir returns as much of a name as fits, in UTF-8 and on one line.
func tenir(nom []byte, octets int) []byte {
	nom = valeur.EnUTF8(nom)
	if bytes.ContainsFunc(nom, unicode.IsControl) {
		nom = bytes.Map(func(c rune) rune {
			if unicode.IsControl(c) {
				return ' '
			}
			return c
		}, nom)
	}
	if len(nom) <= octets {
		return nom
	}
	for !utf8.RuneStart(nom[octets]) {
		octets--
	}
	return nom[:octets]
}

// ordre is where an établissement goes.
type ordre struct {
	ej, et [2]uint64
	rang   int
}

// ranger sorts the lines, keeps the last of each établissement, and makes the index.
func ranger(fiches [][pasFiche]byte) *Finess {
	places := make([]ordre, len(fiches))
	for i := range fiches {
		places[i] = ordre{clef(fiches[i][:]), clef(fiches[i][debutET:]), i}
	}
	slices.SortFunc(places, func(a, b ordre) int {
		return cmp.Or(slices.Compare(a.et[:], b.et[:]), cmp.Compare(b.rang, a.rang))
	})
	places = slices.CompactFunc(places, func(a, b ordre) bool { return a.et == b.et })
	slices.SortFunc(places, func(a, b ordre) int {
		return cmp.Or(slices.Compare(a.ej[:], b.ej[:]), slices.Compare(a.et[:], b.et[:]))
	})
	parEJ, parET := make([]byte, 0, len(places)*pasFiche), make([]byte, 0, len(places)*pasIndex)
	for i := range places {
		parEJ = append(parEJ, fiches[places[i].rang][:]...)
		places[i].rang = i
	}
	slices.SortFunc(places, func(a, b ordre) int { return slices.Compare(a.et[:], b.et[:]) })
	for _, p := range places {
		parET = append(parET, parEJ[p.rang*pasFiche:][debutET:debutSIRET]...)
		parET = append(rang(parET, p.rang), '\n')
	}
	return &Finess{fiches: table{parEJ, pasFiche}, index: table{parET, pasIndex}}
}

// clef is a number in a form that compares fast.
func clef(numero []byte) [2]uint64 {
	return [2]uint64{binary.BigEndian.Uint64(numero), uint64(numero[tailleNumero-1])}
}
