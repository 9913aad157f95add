package demo

import (
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/piece"
)

// What the example sends is a document that the counter accepts, whatever its text.
func TestPDF(t *testing.T) {
	t.Parallel()
	for _, lignes := range [][]string{{"Titre"}, {"Preuve (HT)", `un \ et des « accents »`, "漢字"}, {"", ")"}} {
		if g, faute := piece.Examiner(pdf(lignes...), piece.Accepter); g != piece.PDF || faute != nil {
			t.Errorf("%q: %v, %v", lignes, g, faute)
		}
	}
}

// While a past day is played, each moment follows the one before, and mail is read; afterwards the clock is that of
// the counter, and no mail is kept.
func TestScene(t *testing.T) {
	t.Parallel()
	aujourdhui := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	s := NouvelleScene(func() time.Time { return aujourdhui })
	lettre := compte.Courriel{A: "a@exemple.invalid", Texte: "Bonjour,\nhttp://guichet.exemple.invalid/ouverture/SECRET\nÀ bientôt"}
	s.Recevoir(lettre)
	s.aller(aujourdhui.AddDate(0, 0, -7))
	un, deux := s.Maintenant(), s.Maintenant()
	if !deux.After(un) || un.After(aujourdhui) || s.lien(lettre.A) != "" {
		t.Errorf("%v, %v, %q", un, deux, s.lien(lettre.A))
	}
	if s.Recevoir(lettre); s.lien(lettre.A) != "SECRET" {
		t.Errorf("link %q", s.lien(lettre.A))
	}
	if s.revenir(); s.Maintenant() != aujourdhui || s.lien(lettre.A) != "" {
		t.Errorf("%v, %q", s.Maintenant(), s.lien(lettre.A))
	}
}
