package journal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tete is what a head says: the log of that name had so many entries, and the tree of them that root.
type Tete struct {
	Nom    string
	Taille int64
	Racine tlog.Hash
}

// ErrTete says that a text is no head of a journal.
var ErrTete = errors.New("this is no signed head of a journal")

// signer writes the head as a signed note, a checkpoint of c2sp.org/tlog-checkpoint.
func (t Tete) signer(cle note.Signer) (string, error) {
	texte := fmt.Sprintf("%s\n%d\n%s\n", t.Nom, t.Taille, base64.StdEncoding.EncodeToString(t.Racine[:]))
	signee, err := note.Sign(&note.Note{Text: texte}, cle)
	if err != nil {
		return "", fmt.Errorf("sign the head: %w", err)
	}
	return string(signee), nil
}

// LireTete reads a signed head; ErrTete for what is none, an error of note.Open for one that none of the keys signed.
func LireTete(signee string, cles note.Verifiers) (t Tete, err error) {
	n, err := note.Open([]byte(signee), cles)
	if err != nil {
		return t, fmt.Errorf("open a head: %w", err)
	}
	lignes := strings.Split(n.Text, "\n")
	if len(lignes) < 4 || lignes[0] != n.Sigs[0].Name {
		return t, ErrTete
	}
	t.Nom = lignes[0]
	var illisible error
	t.Taille, illisible = strconv.ParseInt(lignes[1], 10, 64)
	racine, err := tlog.ParseHash(lignes[2])
	if t.Racine = racine; errors.Join(illisible, err) != nil || t.Taille < 0 {
		return t, errors.Join(ErrTete, illisible, err)
	}
	return t, nil
}
