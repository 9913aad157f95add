package portail

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
	"guichet/referentiel"
)

// The sheet tells what the registers of now say beside those of the deposit's day, and who else asks for the same ESMS, whosever they
// are; the queue tells it by rule, and is narrowed to it. Suppliers see nothing of it.
func TestSheetAgainstRegisters(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	f, _, _, lecteur := m.fournir(t, "A", 1)
	m.instruire(t, f)
	autre, _, _, _ := m.fournir(t, "B", 2)
	m.agent(t, compte.Administrateur)
	numero := depot.NumeroASP(1, 0)
	c := m.entrer(t, m.agent(t, compte.Instructeur))
	if lu := c.Demander("GET", "/travail/"+numero, nil).Corps; strings.Contains(lu, "A509") || !strings.Contains(lu, "FINESS ouverts et rattachés") || strings.Count(lu, "ÉDITEUR B") != 1 {
		t.Errorf("without registers, with one who asks for the same (%d):\n%s", autre, lu)
	}
	r, err := referentiel.Lire(referentiel.NomFiness, strings.NewReader("finess;etalab;98;2026-11-24\nstructureet;"+corpus.Finess(400_000)+";"+corpus.Finess(1)+
		";RÉSIDENCE D'EXEMPLE;;;;;;;;;001;99;;99001 EXEMPLE;;;500;;4401;;00000000100008;;;;;;;;;\n"), referentiel.Origine{Fichier: "finess-20261124.csv"})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.Ecrire(&b); err != nil {
		t.Fatal(err)
	}
	dossier := m.DossierReferentiels()
	if err := os.MkdirAll(dossier, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dossier, referentiel.NomFiness.Fichier()), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := m.examens.Revoir(t.Context()); err != nil {
		t.Fatal(err)
	}
	lu := c.Demander("GET", "/travail/"+numero, nil).Corps
	if !strings.Contains(lu, "A509") || !strings.Contains(lu, "Déclaré\u00a0: <code>") || !strings.Contains(lu, "Au jour du dépôt\u00a0: rien à signaler") || strings.Contains(lu, "FINESS ouverts et rattachés") {
		t.Errorf("with a register that came later:\n%s", lu)
	}
	if lu := c.Demander("GET", "/travail?alerte=A509", nil).Corps; !strings.Contains(lu, numero) || !strings.Contains(lu, "A509 × 2") {
		t.Errorf("the queue by rule:\n%s", lu)
	}
	for _, sans := range []string{"/travail?alerte=A502", "/travail?alerte=sans"} {
		if lu := c.Demander("GET", sans, nil).Corps; strings.Contains(lu, numero) {
			t.Errorf("%s has it", sans)
		}
	}
	if lu := m.entrer(t, lecteur).Demander("GET", "/demandes/"+numero, nil).Corps; strings.Contains(lu, "ÉDITEUR B") || strings.Contains(lu, "A509") {
		t.Errorf("what its supplier reads:\n%s", lu)
	}
}
