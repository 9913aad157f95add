package referentiel

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"guichet/modele"
)

// The stored form of a register is one line that says what it is, then its content: for FINESS the two tables
// as they are looked up, for the others the CSV file that the reader takes.
//
//	guichet-referentiel;1;finess;etalab-cs1100502-stock-20240110-0338.csv;2024-01-10;2024-02-01;100000;<SHA-256>;<CRC-32 of the content>
const (
	signature = "guichet-referentiel"
	format    = "1"
	parties   = 9
)

// maxEntete bounds the first line, in bytes.
const maxEntete = 4096

var sommeCRC = crc32.MakeTable(crc32.Castagnoli)

// ErreurStockage says why the stored form of a register cannot be used.
type ErreurStockage struct {
	Registre Nom
	Chemin   string
	Raison   modele.Texte
}

// Error tells the fault in English.
func (e *ErreurStockage) Error() string { return e.In(modele.Anglais) }

// In tells the fault in a language, and what to do.
func (e *ErreurStockage) In(l modele.Langue) string {
	return fmt.Sprintf(modele.Texte{
		Fr: "%s : %s ; rechargez-le : guichet referentiel load %s FICHIER",
		En: "%s: %s; load it again: guichet referentiel load %s FILE",
	}.In(l), filepath.ToSlash(e.Chemin), e.Raison.In(l), e.Registre)
}

var (
	abime  = modele.Texte{Fr: "le registre enregistré est abîmé", En: "the stored register is damaged"}
	ancien = modele.Texte{Fr: "le registre a été enregistré par une autre version du programme", En: "the register was stored by another version of the program"}
)

// Ouvrir reads the registers that a folder holds. Those that cannot be used are nil in the Jeu, and each is an
// *ErreurStockage, joined; a folder that does not exist holds none.
func Ouvrir(dossier string) (Jeu, error) {
	var j Jeu
	var fautes []error
	for _, n := range Noms() {
		chemin := filepath.Join(dossier, n.Fichier())
		octets, err := os.ReadFile(chemin)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var r Registre
		if err == nil {
			r, err = Relire(n, chemin, octets)
		}
		if err != nil {
			fautes = append(fautes, fmt.Errorf("open the register %s: %w", n, err))
			continue
		}
		j.Placer(r)
	}
	return j, errors.Join(fautes...)
}

// Placer puts a register in its place, instead of the one that was there.
func (j *Jeu) Placer(r Registre) {
	switch r := r.(type) {
	case *Finess:
		j.Finess = r
	case *References:
		j.References = r
	case *Eligibles:
		j.Eligibles = r
	case *Bareme:
		j.Bareme = r
	}
}

// Prendre puts the register n of another Jeu in its place.
func (j *Jeu) Prendre(n Nom, autre Jeu) {
	switch n {
	case NomFiness:
		j.Finess = autre.Finess
	case NomReferences:
		j.References = autre.References
	case NomEligibles:
		j.Eligibles = autre.Eligibles
	case NomBareme:
		j.Bareme = autre.Bareme
	}
}

// Relire reads the stored form of a register, which it keeps: do not change the bytes. One that cannot be used is an
// *ErreurStockage that names chemin.
func Relire(n Nom, chemin string, octets []byte) (Registre, error) {
	m, contenu, raison := lireForme(n, octets)
	if raison != nil {
		return nil, &ErreurStockage{n, chemin, *raison}
	}
	r, err := relire(m, contenu)
	if err != nil {
		return nil, &ErreurStockage{n, chemin, abime}
	}
	return r, nil
}

func relire(m Meta, contenu []byte) (Registre, error) {
	switch m.Registre {
	case NomFiness:
		return registre(relireFiness(m, contenu))
	case NomReferences:
		r, err := LireReferences(bytes.NewReader(contenu), Origine{})
		if err != nil {
			return nil, err
		}
		r.meta = m
		return r, nil
	case NomEligibles:
		return registre(relireEligibles(m, contenu))
	}
	b, err := LireBareme(bytes.NewReader(contenu), Origine{})
	if err != nil {
		return nil, err
	}
	b.meta = m
	return b, nil
}

var errTaille = errors.New("the content has another size")

func relireFiness(m Meta, contenu []byte) (*Finess, error) {
	milieu := m.Lignes * pasFiche
	if len(contenu) != milieu+m.Lignes*pasIndex {
		return nil, errTaille
	}
	return &Finess{m, table{contenu[:milieu:milieu], pasFiche}, table{contenu[milieu:], pasIndex}}, nil
}

func relireEligibles(m Meta, contenu []byte) (*Eligibles, error) {
	numeros, ok := bytes.CutPrefix(contenu, []byte(colonneEligibles+"\n"))
	if !ok || len(numeros) != m.Lignes*pasEligible {
		return nil, errTaille
	}
	return &Eligibles{m, table{numeros, pasEligible}}, nil
}

// lireForme reads the first line of a stored form and returns what it says, and the content after it.
func lireForme(n Nom, octets []byte) (m Meta, contenu []byte, raison *modele.Texte) {
	fin := bytes.IndexByte(octets[:min(len(octets), maxEntete)], '\n')
	if fin < 0 {
		return m, nil, &abime
	}
	c := csv.NewReader(bytes.NewReader(octets[:fin]))
	c.Comma = ';'
	p, err := c.Read()
	switch {
	case err != nil || p[0] != signature || len(p) < 3 || p[2] != string(n):
		return m, nil, &abime
	case p[1] != format:
		return m, nil, &ancien
	case len(p) != parties:
		return m, nil, &abime
	}
	contenu = octets[fin+1:]
	m = Meta{Registre: n, Fichier: p[3], Valide: dateDe(p[4]), Charge: dateDe(p[5]), SHA256: p[7]}
	if m.Lignes, err = strconv.Atoi(p[6]); err != nil || m.Lignes < 1 || m.Lignes > maxFiches || p[8] != somme(contenu) {
		return m, nil, &abime
	}
	return m, contenu, nil
}

func somme(contenu []byte) string { return fmt.Sprintf("%08x", crc32.Checksum(contenu, sommeCRC)) }

// entete is the first line of a stored form.
func entete(m Meta, contenu []byte) string {
	var b strings.Builder
	c := csv.NewWriter(&b)
	c.Comma = ';'
	nom := strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' {
			return ' '
		}
		return c
	}, m.Fichier)
	// A Builder does not fail: nothing to look at.
	_ = c.Write([]string{
		signature, format, string(m.Registre), nom, date(m.Valide), date(m.Charge), strconv.Itoa(m.Lignes), m.SHA256, somme(contenu),
	})
	c.Flush()
	return b.String()
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// ecrire writes a stored form whose content is a CSV file.
func ecrire(w io.Writer, m Meta, lignes func(*csv.Writer) error) error {
	var contenu bytes.Buffer
	c := csv.NewWriter(&contenu)
	c.Comma = ';'
	if err := lignes(c); err != nil {
		return fmt.Errorf("write the register %s: %w", m.Registre, err)
	}
	c.Flush()
	return ecrireForme(w, m, contenu.Bytes())
}

func ecrireForme(w io.Writer, m Meta, contenu []byte) error {
	_, err := io.WriteString(w, entete(m, contenu))
	if err == nil {
		_, err = w.Write(contenu)
	}
	if err != nil {
		return fmt.Errorf("write the register %s: %w", m.Registre, err)
	}
	return nil
}

// Ecrire writes the stored form.
func (f *Finess) Ecrire(w io.Writer) error {
	return ecrireForme(w, f.meta, append(bytes.Clone(f.fiches.octets), f.index.octets...))
}
