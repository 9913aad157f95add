package preparation

import (
	"strings"
	"testing"
)

// What nobody sees is taken away, and told; what somebody wrote stays.
func TestEpurer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		texte, want string
		motif       motif
	}{
		{"", "", sansMotif}, {"A", "A", sansMotif}, {"A B", "A B", sansMotif}, {"!", "!", sansMotif}, {"ÉLOI", "ÉLOI", sansMotif}, {"MÜLLER", "MÜLLER", sansMotif},
		{" A", "A", motifBlancs}, {"A ", "A", motifBlancs}, {"\tA\r\n", "A", motifBlancs}, {" ", "", motifBlancs}, {"A\u00a0B", "A B", motifBlancs}, {"ÉLOI\u00a0", "ÉLOI", motifBlancs},
		{"\u202fA", "A", motifBlancs}, {"A\u3000", "A", motifBlancs}, {"abcdefg\u00a0", "abcdefg", motifBlancs}, {"abcdefgh\u00a0i", "abcdefgh i", motifBlancs}, {"abcdefghijklmno\u200bp", "abcdefghijklmnop", motifBlancs},
		{"\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u2066\u2069A", "A", motifBlancs}, {"É\u200b", "É", motifBlancs},
		{`="A"`, "A", motifTexteForce}, {` ="A" `, "A", motifTexteForce}, {`=" A "`, "A", motifTexteForce}, {`="A""B"`, `A"B`, motifTexteForce}, {`=""`, "", motifTexteForce},
		{`="`, `="`, sansMotif}, {`="A`, `="A`, sansMotif}, {"=A2", "=A2", sansMotif}, {`="A" & B2`, `="A" & B2`, sansMotif},
		{"'1", "1", motifTexteForce}, {"'+33", "+33", motifTexteForce}, {"'1 ", "1", motifTexteForce}, {"'A", "'A", sansMotif}, {"'", "'", sansMotif}, {"''", "''", sansMotif},
		{"'AB", "AB", motifTexteForce}, {"'a@b.fr", "a@b.fr", motifTexteForce}, {"'été", "été", motifTexteForce}, {"'t Hooft", "'t Hooft", sansMotif}, {"'S-GRAVENHAGE", "'S-GRAVENHAGE", sansMotif}, {"'DUPRE'", "'DUPRE'", sansMotif}, {"'-A", "'-A", sansMotif},
		{"'9", "9", motifTexteForce},
	} {
		got, m := epurer([]byte(c.texte))
		if string(got) != c.want || m != c.motif {
			t.Errorf("%q: %q, reason %d, want %q, %d", c.texte, got, m, c.want, c.motif)
		}
	}
}

// Blanks are found wherever they stand among letters, whatever the length before them.
func TestEpurerPartout(t *testing.T) {
	t.Parallel()
	for avant := range 20 {
		for apres := range 20 {
			a, b := strings.Repeat("a", avant)+"x", "y"+strings.Repeat("b", apres)
			if got, m := epurer([]byte(a + "\u00a0" + b)); string(got) != a+" "+b || m != motifBlancs {
				t.Errorf("%d letters before, %d behind: %q", avant, apres, got)
			}
			if got, m := epurer([]byte(a + "é" + b)); string(got) != a+"é"+b || m != sansMotif {
				t.Errorf("%d letters before, %d behind: %q, reason %d", avant, apres, got, m)
			}
		}
	}
}
