package web

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

// However a body is cut, the same bytes of it are heads, and no byte of anything else is touched.
func TestHeadsAreFoundHoweverABodyIsCut(t *testing.T) {
	t.Parallel()
	alea := rand.New(rand.NewPCG(7, 0))
	for range 20_000 {
		corps := make([]byte, 1+alea.IntN(60))
		for i := range corps {
			corps[i] = "-X\n\r\x01a--X"[alea.IntN(9)]
		}
		entier := lire(t, corps, func(r io.Reader) io.Reader { return r })
		if parUn := lire(t, corps, iotest.OneByteReader); !bytes.Equal(parUn, entier) {
			t.Fatalf("%q: %q whole, %q byte by byte", corps, entier, parUn)
		}
		if parDeux := lire(t, corps, iotest.HalfReader); !bytes.Equal(parDeux, entier) {
			t.Fatalf("%q: %q whole, %q by halves", corps, entier, parDeux)
		}
		if veut := lisibles(corps); !bytes.Equal(entier, veut) {
			t.Fatalf("%q: %q, want %q", corps, entier, veut)
		}
	}
}

func lire(t *testing.T, corps []byte, coupe func(io.Reader) io.Reader) []byte {
	t.Helper()
	lu, err := io.ReadAll(lisible("multipart/form-data; boundary=X", io.NopCloser(coupe(bytes.NewReader(bytes.Clone(corps))))))
	if err != nil {
		t.Fatal(err)
	}
	return lu
}

// lisibles is what a body becomes, line by line: after a line that is a limit come those of a head, up to a blank one.
func lisibles(corps []byte) (tout []byte) {
	tete := false
	for ligne := range bytes.Lines(corps) {
		nue := bytes.TrimRight(ligne, "\r\n")
		switch apres, limite := bytes.CutPrefix(ligne, []byte("--X")); {
		case !tete && limite:
			tete = len(apres) > 0 && bytes.IndexByte([]byte("\r\n \t"), apres[0]) >= 0
			if tete {
				ligne = append([]byte("--X"), purger(apres)...)
			}
		case tete && len(nue) == 0:
			tete = false
		case tete:
			ligne = purger(ligne)
		}
		tout = append(tout, ligne...)
	}
	return tout
}

func purger(b []byte) []byte { return bytes.ReplaceAll(b, []byte{1}, []byte{illisibleEnUTF8}) }
