package lettre_test

import (
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	compteessai "guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/web"
	"guichet/modele"
)

var midi = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func simple(b *db.Base) *lettre.Service {
	return lettre.Nouveau(lettre.Config{Base: b, Maintenant: func() time.Time { return midi }, Agence: web.Agence{Nom: "Agence d'essai"}, Recours: 2})
}

// Each saving is a version that stays, with who saved it and when; what is wrong is none, and what is the same neither. The models that
// the program ships come once, and never over one of the agency's own.
func TestVersions(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		s := simple(b)
		p := compteessai.Vide(b).AjouterPersonne(t, compte.Agence, compte.Administrateur)
		for range 2 {
			if err := s.Livrer(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		livre := lettre.Livre("refus", "fr")
		for i, texte := range []string{livre + "\nUn mot de plus.", livre + "\nUn mot de plus.", livre} {
			if fautes, depuis, err := s.Enregistrer(t.Context(), p.Compte, "refus", "fr", texte, int64(min(i, 1)+1)); err != nil || len(fautes) > 0 || depuis != nil {
				t.Fatal(fautes, depuis, err)
			}
		}
		if _, depuis, err := s.Enregistrer(t.Context(), p.Compte, "refus", "fr", livre+"\nAutre chose.", 2); err != nil || depuis == nil || depuis.Numero != 3 {
			t.Errorf("over a version that was not read: %+v, %v", depuis, err)
		}
		if fautes, _, err := s.Enregistrer(t.Context(), p.Compte, "refus", "fr", "Rien.", 3); err != nil || len(fautes) < 5 {
			t.Errorf("%d faults, %v", len(fautes), err)
		}
		if err := s.Livrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		toutes, err := s.Versions(t.Context(), b.Lire(), "refus", "fr")
		if err != nil || len(toutes) != 3 || toutes[0].Numero != 3 || toutes[0].Texte != livre || toutes[0].Compte != p.Compte || toutes[2].Compte != 0 || !toutes[0].Instant.Equal(midi) {
			t.Errorf("%+v, %v", toutes, err)
		}
		v, err := s.ModeleVersion(t.Context(), b.Lire(), "refus", "fr", 2)
		if err != nil || !strings.HasSuffix(v.Texte, "Un mot de plus.") {
			t.Errorf("%+v, %v", v, err)
		}
		if _, err := s.ModeleVersion(t.Context(), b.Lire(), "refus", "fr", 4); err != lettre.ErrInconnue {
			t.Error(err)
		}
	})
}

// What the agency says is kept, each time as a version; HTML in it is refused.
func TestWhatLettersSay(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		s := simple(b)
		for _, limite := range []string{"31 décembre 2027 à 12 h", "30 juin 2027 à 23 h 59"} {
			if err := s.Regler(t.Context(), 1, map[string]modele.Texte{"limite": {Fr: limite}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Regler(t.Context(), 1, map[string]modele.Texte{"limite": {Fr: "<b>demain</b>"}}); err == nil || !strings.Contains(err.Error(), "no HTML") {
			t.Error(err)
		}
		var n int
		var fr string
		err := b.Lire().QueryRow(`SELECT COUNT(*), MAX(fr) FROM lettre_reglage WHERE nom = 'limite'`).Scan(&n, &fr)
		if err != nil || n != 2 || !strings.HasPrefix(fr, "31") {
			t.Errorf("%d, %q, %v", n, fr, err)
		}
	})
}
