package journal_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/journal"
	journalessai "guichet/internal/portail/journal/essai"
)

func prouver(t *testing.T, b *db.Base, objet string) (octets string, err error) {
	t.Helper()
	preuves, err := journal.Prouver(t.Context(), b.Lire(), journalessai.Cle().Verifieurs(), objet, 10)
	if err != nil {
		return "", err
	}
	if len(preuves) != 1 {
		t.Fatalf("%d proofs", len(preuves))
	}
	texte, err := json.MarshalIndent(preuves[0], "", "  ")
	return string(texte), err
}

func eprouver(texte string, cle journal.Cle) error {
	var p journal.Preuve
	if err := json.Unmarshal([]byte(texte), &p); err != nil {
		return err
	}
	_, err := p.Verifier(cle.Verifieurs())
	return err
}

// A proof convinces who has the public key alone, once it was written and read; whatever is changed in it, it convinces nobody.
func TestProofs(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		altere(t, b)
		ajouter(t, b, ligne(1, "attend"))
		if _, err := prouver(t, b, "attend"); !errors.Is(err, journal.ErrSansPlace) {
			t.Errorf("an entry that waits: %v", err)
		}
		if _, err := prouver(t, b, "rien"); !errors.Is(err, journal.ErrSansEntree) {
			t.Errorf("no entry: %v", err)
		}
		for _, objet := range []string{"0 0", "0 255", "0 256", "1 1", "1 269"} {
			texte, err := prouver(t, b, objet)
			if err != nil || eprouver(texte, journalessai.Cle()) != nil {
				t.Fatalf("%s: %v, %v\n%s", objet, err, eprouver(texte, journalessai.Cle()), texte)
			}
			for _, c := range [][2]string{
				{`"objet": "` + objet, `"objet": "faux`}, {`"demandes":`, `"demandez":`}, {`"acteur": 7`, `"acteur": 8`}, {`"numero": `, `"numero": 1`}, {`"chaine": `, `"chaine": 1`},
				{`"action": "depot`, `"action": "depos`}, {`"instant": 1`, `"instant": 2`}, {"\\n540\\n", "\\n541\\n"}, {`"chemin": [`, `"chemin": ["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",`}, {`"guichet-preuve/1"`, `"guichet-preuve/2"`},
			} {
				faux := strings.Replace(texte, c[0], c[1], 1)
				if err := eprouver(faux, journalessai.Cle()); faux == texte || err == nil {
					t.Errorf("%s with %s for %s convinces", objet, c[1], c[0])
				}
			}
			prive, publique, err := journal.NouvelleCle("essai")
			if err != nil {
				t.Fatal(err)
			}
			autre, err := journal.DeTextes(prive, publique)
			if err != nil || eprouver(texte, autre) == nil {
				t.Errorf("signed by another key, it convinces: %v", err)
			}
		}
	})
}
