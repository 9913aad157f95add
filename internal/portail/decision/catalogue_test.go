package decision_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

func nouveau(b *db.Base) *decision.Service {
	return decision.Nouveau(decision.Config{
		Base: b, Maintenant: func() time.Time { return time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) },
		Changer: func(context.Context, *sql.Tx, etat.Changement) error { return nil },
	})
}

func catalogue(t testing.TB, s *decision.Service) *decision.Catalogue {
	t.Helper()
	c, err := s.Catalogue(context.Background(), s.Base.Lire())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func motifDe(code, texte string) decision.Motif {
	return decision.Motif{Code: code, Nom: modele.Texte{Fr: "Nom", En: "Name"}, Texte: modele.Texte{Fr: texte, En: texte}, Article: "CRPA, art. L1"}
}

// proposer proposes refusals for reasons, and returns what the decision keeps.
func proposer(t testing.TB, s *decision.Service, rang int, motifs ...string) ([]string, error) {
	t.Helper()
	c := etat.Cle{Depot: 1, Rang: rang}
	err := s.Base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		return s.Proposer(ctx, tx, decision.Proposition{Cle: c, Sens: decision.Rejet, Motifs: motifs, Compte: 1})
	})
	if err != nil {
		return nil, err
	}
	toutes, err := s.De(context.Background(), s.Base.Lire(), c)
	if err != nil || len(toutes) != 1 {
		t.Fatal(toutes, err)
	}
	return toutes[0].Motifs, nil
}

// Whatever is made of the catalogue, no version goes, each decision reads as when it was proposed, and nothing but what may be chosen now can be.
func TestVersionsOfReasons(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		s := nouveau(b)
		textes, rang := map[string]string{}, 0 // by reference
		for _, m := range catalogue(t, s).Motifs() {
			textes[m.Reference()] = m.Dite().Fr
		}
		livres := len(textes)
		rapid.Check(t, func(r *rapid.T) {
			m := motifDe(rapid.SampledFrom([]string{"PLAFOND", "DEJA", "AUTRE", decision.SansReponse}).Draw(r, "code"), rapid.StringMatching(`[a-z]{1,20}`).Draw(r, "texte"))
			m.Inactif = rapid.Bool().Draw(r, "retiré")
			actuel, ok := catalogue(t, s).Actuel(m.Code)
			m.Version = actuel.Version + rapid.IntRange(-1, 0).Draw(r, "version")
			err := s.Reviser(context.Background(), 1, m, !ok)
			if permis := m.Version == actuel.Version && !(m.Inactif && m.Code == decision.SansReponse); permis != (err == nil) {
				r.Fatalf("%+v over %+v: %v", m, actuel, err)
			}
			if err == nil {
				m.Version++
				textes[m.Reference()] = m.Dite().Fr
			}
			c := catalogue(t, s)
			choisi := rapid.SampledFrom(slices.Sorted(func(voir func(string) bool) {
				for x := range textes {
					if !voir(x) {
						return
					}
				}
			})).Draw(r, "choisi")
			possible := slices.ContainsFunc(c.Actifs(decision.Rejet), func(x decision.Motif) bool { return choisi == x.Reference() || choisi == x.Code })
			rang++
			if garde, err := proposer(t, s, rang, choisi); possible != (err == nil) || err == nil && c.Dites(garde)[0].Fr != textes[garde[0]] {
				r.Fatalf("%s: %v, %v", choisi, garde, err)
			}
			for reference, texte := range textes {
				if lu, ok := c.De(reference); !ok || lu.Dite().Fr != texte {
					r.Fatalf("%s reads %q, not %q", reference, lu.Dite().Fr, texte)
				}
			}
		})
		if len(textes) == livres {
			t.Error("nothing was changed")
		}
	})
}

// What is no reason is refused.
func TestReasonsRefused(t *testing.T) {
	t.Parallel()
	s := nouveau(dbessai.SQLite(t))
	for nom, x := range map[string]struct {
		m       decision.Motif
		nouveau bool
	}{
		"code of another": {motifDe("PLAFOND", "x"), true}, "small letters": {motifDe("plafond", "x"), true}, "a dot": {motifDe("A.1", "x"), true}, "no code": {motifDe("", "x"), true},
	} {
		var refus *decision.Refus
		if err := s.Reviser(t.Context(), 1, x.m, x.nouveau); !errors.As(err, &refus) {
			t.Errorf("%s: %v", nom, err)
		}
	}
	if err := s.Reviser(t.Context(), 1, motifDe("INCONNU", "x"), false); !errors.Is(err, decision.ErrInconnue) {
		t.Error(err)
	}
}

// Whatever step fails, a reason is stored wholly or not at all, and no page is shown as whole.
func TestReasonsTellFailures(t *testing.T) {
	t.Parallel()
	b, panne := dbessai.Fragile(t)
	s := nouveau(b)
	h := web.Routeur(s.Routes(), &web.Site{
		Maintenant: s.Maintenant, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Proteger: (&compte.Service{}).Proteger,
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), compte.Identite{Compte: 1, Nom: "Ana", Role: compte.Administrateur})))
			})
		},
	})
	essai := func(methode, chemin string, champs url.Values) {
		t.Helper()
		panne.Chaque(t, b, dbessai.Acte{Nom: methode + " " + chemin, Faire: func() error {
			r := httptest.NewRequestWithContext(t.Context(), methode, chemin, strings.NewReader(champs.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return webessai.Echec(h, r)
		}})
	}
	champs := url.Values{"code": {"AUTRE"}, "nom_fr": {"Nom"}, "nom_en": {"Name"}, "texte_fr": {"Texte"}, "texte_en": {"Text"}, "article": {"CRPA"}, "version": {"0"}, "actif": {"oui"}}
	essai("POST", "/motifs", champs)
	essai("POST", "/motifs/PLAFOND", champs)
	essai("GET", "/motifs", nil)
	essai("GET", "/motifs/AUTRE", nil)
	if c := catalogue(t, s); len(c.Revisions("PLAFOND")) != 2 || len(c.Revisions("AUTRE")) != 1 {
		t.Errorf("%+v", c)
	}
}
