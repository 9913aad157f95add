package appariement_test

import (
	"slices"
	"testing"

	"guichet/appariement"
)

// A name that somebody chose leads to the documents that it may be, best first, and to none that it cannot be.
func TestPlacesOfAName(t *testing.T) {
	t.Parallel()
	l := appariement.NouveauxLieux([]appariement.Piece{
		{Numero: "A0001", Nom: "MS1-DUI-Va1-BDC-A0001.pdf"}, {Numero: "A0002", Nom: "MS1-DUI-Va1-BDC-A0002.pdf"},
		{Numero: "A0002", Nom: "MS1-DUI-Va1-HT-A0002.jpg"}, {Numero: "ÉTÉAB", Nom: "MS1-DUI-Va1-BDC-ÉTÉAB.pdf"},
	})
	for nom, veut := range map[string][]int{
		"ms1-dui-va1-bdc-a0001.PDF":         {0},
		"lot/MS1-DUI-Va1-BDC-A0001 .pdf":    {0},
		"MS1_DUI_Va1_BDC_A0001.pdf":         {0},
		"MS1-DUI-BDC-A0001.pdf":             {0},
		"bon de commande A0001 (2).pdf":     {0},
		"BDC A0002.pdf":                     {1, 2},
		"A0002 preuve HT.jpeg":              {2, 1},
		"bon E\u0301TE\u0301AB signé.pdf":   {3},
		"MS1-DUI-Va1-BDC-A0009.pdf":         nil, // like all of them: another number
		"MS1-DUI-Va1-BDC-A00011.pdf":        nil,
		"scan.pdf":                          nil,
		"":                                  nil,
		"MS1-DUI-Va1-HT-A0002.JPEG":         {2, 1},
		`C:\Bons\MS1-DUI-Va1-bdc-A0001.pdf`: {0},
	} {
		if got := l.Proches(nom, 3, func(int) bool { return true }); !slices.Equal(got, veut) {
			t.Errorf("%s: %v, want %v", nom, got, veut)
		}
	}
	if got := l.Proches("A0002.pdf", 1, func(i int) bool { return i != 1 }); !slices.Equal(got, []int{2}) {
		t.Errorf("one that is free: %v", got)
	}
}

// A name that says of which demande a file is, even of one that is not there, is told from one that says nothing.
func TestNameThatTells(t *testing.T) {
	t.Parallel()
	lettres := appariement.NouveauxLieux([]appariement.Piece{{Numero: "A0001", Nom: "MS1-DUI-Va1-BDC-A0001.pdf"}, {Numero: "A0002", Nom: "MS1-DUI-Va1-HT-A0002.jpg"}})
	chiffres := appariement.NouveauxLieux([]appariement.Piece{{Numero: "00001", Nom: "MS1-DUI-Va1-BDC-00001.pdf"}, {Numero: "00002", Nom: "MS1-DUI-Va1-BDC-00002.pdf"}})
	for _, c := range []struct {
		lieux *appariement.Lieux
		nom   string
		veut  bool
	}{
		{lettres, "bon A0002.pdf", true}, {lettres, "bon a0002 signé.pdf", true}, {lettres, "BDC A0009.pdf", true}, {lettres, "MS1-DUI-Va1-BDC-A0009.pdf", true},
		{lettres, "scan.pdf", false}, {lettres, "scan du 12.pdf", false}, {lettres, "IMG_20231002_0001.jpg", false}, {lettres, "A.pdf", false}, {lettres, "", false},
		{chiffres, "bon 00002.pdf", true}, {chiffres, "bon n°2.pdf", true}, {chiffres, "ms1-dui-va1-bdc-00077.pdf", true}, {chiffres, "scan du 12.pdf", false},
		{appariement.NouveauxLieux(nil), "A0001.pdf", false},
	} {
		if got := c.lieux.Designe(c.nom); got != c.veut {
			t.Errorf("%s: %t", c.nom, got)
		}
	}
}
