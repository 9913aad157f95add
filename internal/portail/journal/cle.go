package journal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// FichierCle is the name of the file of the key, beside that of the installation.
const FichierCle = "journal.cle"

// Cle signs heads. Publique is the key that verifies them, as golang.org/x/mod/sumdb/note writes it.
type Cle struct {
	note.Signer
	Publique string
}

var errCle = errors.New("this is no key of a journal")

// LireCle reads the key of a file: its private half, and its public one. An error that is fs.ErrNotExist says that there is none.
func LireCle(nom string) (c Cle, err error) {
	octets, err := os.ReadFile(nom)
	if err != nil {
		return c, fmt.Errorf("read the key of the journal: %w", err)
	}
	lignes := strings.Fields(string(octets))
	if len(lignes) != 2 {
		return c, fmt.Errorf("read the key of the journal in %s: %w", nom, errCle)
	}
	if c, err = deTextes(lignes[0], lignes[1]); err != nil {
		return c, fmt.Errorf("read the key of the journal in %s: %w", nom, err)
	}
	return c, nil
}

// deTextes makes a key of its two halves. Its error is without what was found: that is the key.
func deTextes(prive, publique string) (c Cle, err error) {
	signataire, err := note.NewSigner(prive)
	v, e := note.NewVerifier(publique)
	if errors.Join(err, e) != nil || v.KeyHash() != signataire.KeyHash() {
		return c, errCle
	}
	return Cle{signataire, publique}, nil
}

// CreerCle writes a new key for the log of a name to a file that only its owner reads. Of many programs that make it at once, all get
// the key of the one that won.
func CreerCle(nom, journal string) (c Cle, err error) {
	prive, publique, err := NouvelleCle(journal)
	if err != nil {
		return c, err
	}
	f, err := os.CreateTemp(filepath.Dir(nom), ".journal-") // 0600, and whole before it has its name
	if err != nil {
		return c, fmt.Errorf("make the key of the journal: %w", err)
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = fmt.Fprintf(f, "%s\n%s\n", prive, publique)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return c, fmt.Errorf("make the key of the journal: %w", err)
	}
	if err := os.Link(f.Name(), nom); err != nil && !errors.Is(err, fs.ErrExist) {
		return c, fmt.Errorf("make the key of the journal: %w", err)
	}
	return LireCle(nom)
}

// NouvelleCle draws a key for the log of a name.
func NouvelleCle(journal string) (prive, publique string, err error) {
	prive, publique, err = note.GenerateKey(rand.Reader, journal)
	if err != nil {
		return "", "", fmt.Errorf("draw a key for the journal: %w", err)
	}
	return prive, publique, nil
}

// Verifieurs are what opens heads that this key signed, and those of other public keys.
func (c Cle) Verifieurs(autres ...string) note.Verifiers {
	var liste []note.Verifier
	toutes := append([]string{c.Publique}, autres...)
	slices.Sort(toutes)
	for _, publique := range slices.Compact(toutes) { // one that is there twice would be ambiguous
		if v, err := note.NewVerifier(publique); err == nil {
			liste = append(liste, v)
		}
	}
	return note.VerifierList(liste...)
}
