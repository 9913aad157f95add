package correction

import (
	"bytes"
	"fmt"
)

// contexte is how many unchanged lines a difference shows around a changed one.
const contexte = 3

// Difference writes what a repair changes as a unified diff, which patch and git apply understand. Repairs
// stay within their lines: both files have as many.
func Difference(nom string, avant, apres []byte) []byte {
	a, b := lignes(avant), lignes(apres)
	if len(a) != len(b) || bytes.Equal(avant, apres) {
		return nil
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", nom, nom)
	for i := 0; i < len(a); i++ {
		if !bytes.Equal(a[i], b[i]) {
			fin := finDuGroupe(a, b, i)
			groupe(&out, a, b, max(0, i-contexte), min(len(a), fin+contexte))
			i = fin
		}
	}
	return out.Bytes()
}

// lignes cuts a text after each line break.
func lignes(texte []byte) [][]byte {
	l := bytes.SplitAfter(texte, []byte{'\n'})
	if len(l[len(l)-1]) == 0 {
		l = l[:len(l)-1]
	}
	return l
}

// finDuGroupe returns the line after the last changed one that shares its context with the change at i.
func finDuGroupe(a, b [][]byte, i int) int {
	fin := i // which is changed
	for j := i; j < len(a) && j < fin+2*contexte; j++ {
		if !bytes.Equal(a[j], b[j]) {
			fin = j + 1
		}
	}
	return fin
}

func groupe(out *bytes.Buffer, a, b [][]byte, debut, fin int) {
	fmt.Fprintf(out, "@@ -%d,%d +%d,%d @@\n", debut+1, fin-debut, debut+1, fin-debut)
	for i := debut; i < fin; {
		if bytes.Equal(a[i], b[i]) {
			ligne(out, ' ', a[i])
			i++
			continue
		}
		j := i
		for ; j < fin && !bytes.Equal(a[j], b[j]); j++ {
			ligne(out, '-', a[j])
		}
		for ; i < j; i++ {
			ligne(out, '+', b[i])
		}
	}
}

func ligne(out *bytes.Buffer, signe byte, l []byte) {
	out.WriteByte(signe)
	out.Write(l)
	if !bytes.HasSuffix(l, []byte{'\n'}) {
		out.WriteString("\n\\ No newline at end of file\n")
	}
}
