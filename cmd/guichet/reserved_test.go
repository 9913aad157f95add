package main

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/corpus"
)

// reserved are the names that Windows does not give to a file, whatever their end, and those that it changes.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)|[. ]$|[<>:"|?*\x00-\x1f]`)

// Whatever orders, documents and numbers are called, the files that guichet makes have names that Windows takes, and
// their folder may be deeper than Windows' own 260 characters.
func TestReservedNames(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), strings.Repeat("un-dossier-profond/", 16), "bureau")
	if err := os.MkdirAll(filepath.Join(folder, "bons"), 0o777); err != nil {
		t.Fatal(err)
	}
	const head = "referenceCommande;dateCommande;regimeTVA;montantSegurHT;isMandataire;nomMandataire;emailMandataire;telephoneMandataire;FINESSJuridique;demandeCertificatServeur;nomResponsableOG;emailResponsableOG;telephoneResponsableOG;BON_COMMANDE;PREUVE_HT;FINESSGeo;ancienneVersion;isMaitreId;IsStockageId;operateurMessagerie;profilMetier;IsRefSoins\r\n"
	esms, table := []string{"010000016", "010000032", "010000057", "010000073"}, head
	for i, name := range []string{"CON", "NUL.", "aux.pdf", "COM1"} {
		document := strings.TrimRight(name, ".") + ".bon.pdf"
		table += name + ";12/09/2023;TTC;2433.33;non;;;;010000008;non;CON;direction@exemple.invalid;+33 1 99 00 10 01;" + document + ";;" + esms[i] + ";V3.2;oui;oui;MAI_15;PA, PH;non\r\n"
		if err := os.WriteFile(filepath.Join(folder, "bons", document), corpus.PDF(1000), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	settings := "numeroAns: ANS0000001\r\nSIRET: \"00000000100008\"\r\npieces: bons\r\nnumeros:\r\n  prefixe: CON\r\n"
	for name, text := range map[string]string{"guichet.yaml": settings, "c.csv": table} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	k := &keyboard{stdin: strings.NewReader("")}
	if got := k.run(t.Context(), "prepare", "--date", "2023-10-02", filepath.Join(folder, "c.csv")); got != 0 {
		t.Fatalf("exit status %d: %s\n%s", got, &k.stderr, &k.stdout)
	}
	made := 0
	err := filepath.WalkDir(filepath.Join(folder, "depots"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		names := []string{e.Name()}
		if filepath.Ext(path) == ".zip" {
			names = append(names, inArchive(t, path)...)
		}
		for _, name := range names {
			if made++; reserved.MatchString(name) {
				t.Errorf("Windows does not take %q", name)
			}
		}
		return nil
	})
	if err != nil || made < 6 {
		t.Errorf("%d files, %v", made, err)
	}
}

func inArchive(t *testing.T, path string) (names []string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }() // only read
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	return names
}
