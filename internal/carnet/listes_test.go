package carnet

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Lists are written as the encoder of the language writes them, whatever is in them, and read as they were written.
func TestListsAsJSON(t *testing.T) {
	t.Parallel()
	texte := rapid.OneOf(rapid.StringMatching(`[0-9A-Z./-]{0,12}`), rapid.String(), rapid.SampledFrom([]string{"a\"b", `c\d`, "é", "<&>", "\u2028", "\xff", "\x00"}))
	rapid.Check(t, func(t *rapid.T) {
		ogs := rapid.SliceOf(rapid.Custom(func(t *rapid.T) OG {
			og := OG{FINESS: texte.Draw(t, "finess")}
			if rapid.Bool().Draw(t, "with") {
				og.ESMS = rapid.SliceOf(texte).Draw(t, "esms")
			}
			return og
		})).Draw(t, "ogs")
		pieces := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Piece {
			return Piece{
				Type: texte.Draw(t, "type"), Nom: texte.Draw(t, "nom"), Chemin: texte.Draw(t, "chemin"), SHA256: texte.Draw(t, "sha256"),
				Taille: rapid.Int64().Draw(t, "taille"), Change: rapid.Int64().Draw(t, "change"),
			}
		})).Draw(t, "pieces")
		var esms []string
		for _, og := range ogs {
			for _, e := range og.ESMS {
				esms = append(esms, strings.ToValidUTF8(e, "\ufffd"))
			}
		}
		if lus, err := lireESMS(enJSON(ogs)); err != nil || fmt.Sprintf("%q", lus) != fmt.Sprintf("%q", esms) {
			t.Errorf("%q of %s, not %q: %v", lus, enJSON(ogs), esms, err)
		}
		if lu, voulu := string(listerOGs(nil, ogs)), enJSON(append([]OG{}, ogs...)); lu != voulu {
			t.Errorf("%s, not %s", lu, voulu)
		}
		if lu, voulu := string(listerPieces(nil, pieces)), enJSON(append([]Piece{}, pieces...)); lu != voulu {
			t.Errorf("%s, not %s", lu, voulu)
		}
	})
}
