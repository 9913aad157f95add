package referentiel_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/modele"
	"guichet/referentiel"
)

// ranger writes the stored form of registers to a new folder.
func ranger(t testing.TB, registres ...referentiel.Registre) (dossier string) {
	t.Helper()
	dossier = t.TempDir()
	for _, r := range registres {
		var b bytes.Buffer
		if err := r.Ecrire(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dossier, r.Meta().Registre.Fichier()), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dossier
}

func relire(t testing.TB, registres ...referentiel.Registre) referentiel.Jeu {
	t.Helper()
	j, err := referentiel.Ouvrir(ranger(t, registres...))
	if err != nil {
		t.Fatal(err)
	}
	return j
}

var origine = referentiel.Origine{Fichier: `nom ; "étrange".csv`, Modifie: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), Charge: time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC)}

// quatre are the four registers.
func quatre(t testing.TB) (liste []referentiel.Registre) {
	t.Helper()
	for n, texte := range map[referentiel.Nom]string{
		referentiel.NomFiness:     etablissement("990000042", "990000018", "RÉSIDENCE", 32) + etablissement("990000026", "990000018", "FOYER", 32),
		referentiel.NomReferences: "numeroAns;SIRET;logiciel;version;profils\nANS0000001;00000000100008;\"A; \"\"B\"\"\";V4;Spécifique – PA|DUI – Esclave d'identité\nANS0000002;;;;\n",
		referentiel.NomEligibles:  "990000042\n2A0000002\n990000026\n",
		referentiel.NomBareme:     "tranche;esms_min;esms_max;montant_ttc\nA;1;3;3500.00\nB;4;;2920.50\n",
	} {
		r, err := referentiel.Lire(n, strings.NewReader(texte), origine)
		if err != nil {
			t.Fatal(err)
		}
		liste = append(liste, r)
	}
	return liste
}

// What is stored comes back as it was, with where it came from.
func TestStockage(t *testing.T) {
	t.Parallel()
	registres := quatre(t)
	j := relire(t, registres...)
	metas := j.Metas()
	if len(metas) != 4 {
		t.Fatalf("%d registers come back", len(metas))
	}
	for _, r := range registres {
		if !slices.Contains(metas, r.Meta()) {
			t.Errorf("%+v does not come back: %+v", r.Meta(), metas)
		}
	}
	if e, ok := j.Finess.Etablissement("990000026"); !ok || e.Nom != "FOYER" {
		t.Errorf("%+v", e)
	}
	if ref, _ := j.References.Reference("ANS0000001"); ref.Logiciel != `A; "B"` || len(ref.Profils) != 2 {
		t.Errorf("%+v", ref)
	}
	if !j.Eligibles.Contient([]byte("2A0000002")) || j.Eligibles.Contient([]byte("2B0000002")) {
		t.Error("the eligible ESMS are others")
	}
	if n := len(j.Bareme.Tranches); n != 2 || j.Bareme.Tranches[1] != (referentiel.Tranche{Code: "B", Min: 4, Montant: 292_050}) {
		t.Errorf("%+v", j.Bareme.Tranches)
	}
	if j := relire(t); j != (referentiel.Jeu{}) {
		t.Errorf("an empty folder holds %+v", j)
	}
	if j, err := referentiel.Ouvrir(filepath.Join(t.TempDir(), "absent")); err != nil || j != (referentiel.Jeu{}) {
		t.Errorf("%+v, %v", j, err)
	}
}

// A stored form is refused after any change of one byte, and after any cut, with what to do; the others are
// opened all the same.
func TestStockageAbime(t *testing.T) {
	t.Parallel()
	registres := quatre(t)
	rapid.Check(t, func(rt *rapid.T) {
		dossier := ranger(t, registres...)
		n := rapid.SampledFrom(referentiel.Noms()).Draw(rt, "registre")
		chemin := filepath.Join(dossier, n.Fichier())
		octets, err := os.ReadFile(chemin)
		if err != nil {
			rt.Fatal(err)
		}
		contenu := bytes.IndexByte(octets, '\n') + 1
		place := rapid.IntRange(contenu, len(octets)-1).Draw(rt, "octet")
		if rapid.Bool().Draw(rt, "coupé") {
			octets = octets[:place]
		} else {
			octets[place] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
		}
		if err := os.WriteFile(chemin, octets, 0o600); err != nil {
			rt.Fatal(err)
		}
		j, err := referentiel.Ouvrir(dossier)
		var faute *referentiel.ErreurStockage
		if !errors.As(err, &faute) || faute.Registre != n || len(j.Metas()) != 3 {
			rt.Fatalf("%v, %d registers", err, len(j.Metas()))
		}
		if dit := faute.In(modele.Francais); !strings.Contains(dit, "abîmé ; rechargez-le : guichet referentiel load "+string(n)+" FICHIER") {
			rt.Fatal(dit)
		}
	})
}

func TestStockageAncien(t *testing.T) {
	t.Parallel()
	for premiere, dit := range map[string]string{
		"guichet-referentiel;0;bareme":                     "stored by another version of the program; load it again: guichet referentiel load bareme FILE",
		"guichet-referentiel;1;finess;;;;1;;00000000":      "damaged",
		"guichet-referentiel;1;bareme;a.csv;;;0;;00000000": "damaged",
		"tranche;esms_min;esms_max;montant_ttc":            "damaged",
		strings.Repeat("x", 10_000):                        "damaged",
	} {
		dossier := t.TempDir()
		if err := os.WriteFile(filepath.Join(dossier, "bareme.csv"), []byte(premiere+"\nB;4;4;2920.00\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if j, err := referentiel.Ouvrir(dossier); j.Bareme != nil || err == nil || !strings.Contains(err.Error(), dit) {
			t.Errorf("%.40s: %v does not say %q", premiere, err, dit)
		}
	}
}

// FuzzOuvrir holds the reading of stored forms to what is true of any bytes: no panic, neither when they are
// opened nor when they are looked up.
func FuzzOuvrir(f *testing.F) {
	for _, r := range quatre(f) {
		var b bytes.Buffer
		if err := r.Ecrire(&b); err != nil {
			f.Fatal(err)
		}
		f.Add(string(r.Meta().Registre), b.Bytes())
	}
	f.Fuzz(func(t *testing.T, nom string, octets []byte) {
		n := referentiel.Nom(nom)
		if !slices.Contains(referentiel.Noms(), n) {
			return
		}
		dossier := t.TempDir()
		if err := os.WriteFile(filepath.Join(dossier, n.Fichier()), octets, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := referentiel.Ouvrir(dossier)
		if (err == nil) != (len(j.Metas()) == 1) {
			t.Fatalf("%d registers, %v", len(j.Metas()), err)
		}
		if j.Finess != nil {
			j.Finess.Etablissement("990000042")
			j.Finess.ESMS([]byte("990000018"))
			j.Finess.ProchesET("990000043")
		}
	})
}
