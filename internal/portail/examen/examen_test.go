package examen

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// What the process answers is read within bounds, and whatever is not an answer is a failed examination.
// ASVS 1.5.2.
func TestNonsense(t *testing.T) {
	t.Parallel()
	for nom, sortie := range map[string]string{
		"nothing":          "",
		"no JSON":          "panic: …\n",
		"no end":           `{"genre":"ecartee","piece":-1}` + "\n",
		"no such piece":    `{"genre":"mauvaise","piece":2}` + "\n",
		"negative":         `{"genre":"bonne","piece":0,"format":"PDF","taille":-1}` + "\n",
		"too large":        `{"genre":"bonne","piece":0,"format":"PDF","taille":99999999}` + "\n",
		"another format":   `{"genre":"bonne","piece":0,"format":"HTML","taille":3}` + "\nabc",
		"unknown kind":     `{"genre":"autre","piece":-1}` + "\n",
		"line too long":    `{"genre":"fin","nom":"` + strings.Repeat("x", maxLigne) + "\n",
		"too many lines":   strings.Repeat(`{"genre":"ecartee","piece":-1}`+"\n", maxReponses+10),
		"for nobody":       `{"genre":"mauvaise","piece":-1}` + "\n",
		"bytes without it": `{"genre":"fin","piece":-1,"taille":5}` + "\n",
	} {
		if err := lire(bufio.NewReaderSize(strings.NewReader(sortie), maxLigne), 2, func(Reponse, io.Reader) error { return nil }); !errors.Is(err, ErrEchec) {
			t.Errorf("%s: %v", nom, err)
		}
	}
}

// Bytes of a document that nobody reads do not become lines.
func TestUnreadDocument(t *testing.T) {
	t.Parallel()
	sortie := `{"genre":"bonne","piece":0,"format":"PDF","taille":4}` + "\n{}\n\n" + `{"genre":"fin","piece":-1}` + "\n"
	n := 0
	if err := lire(bufio.NewReaderSize(strings.NewReader(sortie), maxLigne), 1, func(Reponse, io.Reader) error { n++; return nil }); err != nil || n != 2 {
		t.Errorf("%d answers, %v", n, err)
	}
}

func FuzzLire(f *testing.F) {
	f.Add([]byte(`{"genre":"bonne","piece":0,"format":"PDF","taille":4}` + "\nabcd" + `{"genre":"fin","piece":-1}` + "\n"))
	f.Add([]byte(`{"genre":"fermee","piece":-1,"code":"P902","message":{"Fr":"x"}}` + "\n"))
	f.Fuzz(func(t *testing.T, sortie []byte) {
		err := lire(bufio.NewReaderSize(bytes.NewReader(sortie), maxLigne), 3, func(r Reponse, document io.Reader) error {
			octets, err := io.ReadAll(document)
			if int64(len(octets)) > r.Taille || r.Piece >= 3 {
				t.Errorf("%+v, %d bytes", r, len(octets))
			}
			return err
		})
		if err != nil && !errors.Is(err, ErrEchec) {
			t.Errorf("%v", err)
		}
	})
}
