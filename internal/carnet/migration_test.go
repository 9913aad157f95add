package carnet

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// deVersion makes a ledger as the program of a former version has left it.
func deVersion(t *testing.T, chemin string, version int, lignes string) {
	t.Helper()
	db, err := sql.Open("sqlite", chemin)
	if err != nil {
		t.Fatal(err)
	}
	for _, nom := range versions()[:version] {
		texte, err := migrations.ReadFile("migrations/" + nom)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), string(texte)); err != nil {
			t.Fatal(err)
		}
	}
	pragmas := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", application, version)
	if _, err := db.ExecContext(t.Context(), pragmas+lignes); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// What version 3 knew of the tables is known as before, and a demande without a table stays without one.
func TestTablesOfAnOlderLedger(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, Nom)
	deVersion(t, chemin, 3, `
		INSERT INTO lot (id, dossier, temporaire, etat, instant) VALUES (1, 'depots', '.guichet-lot-A', 'fait', 1);
		INSERT INTO fichier (id, lot, nom, sha256, numero_ans, jour, rang, instant) VALUES (1, 1, 'JSON-ANS0000001-20231002-001.json', '', 'ANS0000001', '20231002', 1, 1);
		INSERT INTO demande (id, numero, fichier, num_ligne, reference, ogs, montant, regime, pieces, etat, source, feuille, empreinte) VALUES
			(1, 'A0001', 1, 1, 'C1', '[]', 1, 'TTC', '[]', 'préparée', 'commandes.xlsx', 'Nord', 'e1'),
			(2, 'A0002', 1, 2, 'C2', '[]', 1, 'TTC', '[]', 'préparée', 'commandes.xlsx', 'Sud', 'e2'),
			(3, 'A0003', 1, 3, 'C3', '[]', 1, 'TTC', '[]', 'préparée', '/ailleurs/b.csv', '', 'e3'),
			(4, 'A0004', 1, 4, 'C4', '[]', 1, 'TTC', '[]', 'préparée', '', '', '');`)
	c, err := (&Carnet{maintenant: horloge, confiance: true}).ouvrir(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	for _, cas := range []struct {
		source, feuille string
		voulus          []string
	}{
		{filepath.Join(dossier, "commandes.xlsx"), "", []string{"A0001 Nord e1", "A0002 Sud e2"}},
		{filepath.Join(dossier, "commandes.xlsx"), "Sud", []string{"A0002 Sud e2"}},
		{"/ailleurs/b.csv", "", []string{"A0003  e3"}},
		{filepath.Join(dossier, "c.csv"), "", nil},
	} {
		connues, err := c.DeLaTable(t.Context(), cas.source, cas.feuille)
		if err != nil {
			t.Fatal(err)
		}
		var trouves []string
		for _, d := range connues {
			trouves = append(trouves, fmt.Sprintf("%s %s %s", d.Numero, d.Feuille, d.Empreinte))
			if d.Source != cas.source {
				t.Errorf("%s: of the table %s, not of %s", d.Numero, d.Source, cas.source)
			}
		}
		if fmt.Sprint(trouves) != fmt.Sprint(cas.voulus) {
			t.Errorf("%s, %q: %v, not %v", cas.source, cas.feuille, trouves, cas.voulus)
		}
	}
	connues, err := c.Commandes(t.Context(), []string{"C1", "C4"})
	if err != nil || len(connues) != 2 || connues["C1"].Feuille != "Nord" || connues["C4"].Source != "" {
		t.Errorf("orders: %v, %v", connues, err)
	}
}

// Who claimed an ESMS, and what a FINESS finds, is told of a ledger of version 4 as before.
func TestClaimsOfAnOlderLedger(t *testing.T) {
	t.Parallel()
	chemin := filepath.Join(t.TempDir(), Nom)
	deVersion(t, chemin, 4, `
		INSERT INTO lot (id, dossier, temporaire, etat, instant) VALUES (1, 'depots', '.guichet-lot-A', 'fait', 1);
		INSERT INTO fichier (id, lot, nom, sha256, numero_ans, jour, rang, instant) VALUES (1, 1, 'JSON-ANS0000001-20231002-001.json', '', 'ANS0000001', '20231002', 1, 1);
		INSERT INTO demande (id, numero, fichier, num_ligne, reference, ogs, montant, regime, pieces, etat) VALUES
			(1, 'A0001', 1, 1, 'C1', '[{"finess":"990000028","esms":["990000036","990000044"]},{"finess":"990000051","esms":null}]', 1, 'TTC', '[]', 'préparée'),
			(2, 'A0002', 1, 2, 'C2', '[{"finess":"990000036","esms":["990000044","990000044"]}]', 1, 'TTC', '[]', 'préparée');
		INSERT INTO beneficiaire (finess, demande, genre) VALUES
			('990000028', 1, 'OG'), ('990000036', 1, 'ESMS'), ('990000044', 1, 'ESMS'), ('990000051', 1, 'OG'), ('990000036', 2, 'OG'), ('990000044', 2, 'ESMS');`)
	c, err := (&Carnet{maintenant: horloge, confiance: true}).ouvrir(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	mentions, err := c.DemandesDesESMS(t.Context(), []string{"990000028", "990000036", "990000044", "finess"})
	if err != nil {
		t.Fatal(err)
	}
	trouves := map[string]string{}
	for finess, tous := range mentions {
		for _, m := range tous {
			trouves[finess] += " " + m.Numero
		}
	}
	if diff := cmp.Diff(map[string]string{"990000036": " A0001", "990000044": " A0001 A0002"}, trouves); diff != "" {
		t.Error(diff)
	}
	for finess, voulus := range map[string]string{"990000028": " A0001", "990000036": " A0001 A0002", "990000051": " A0001", "finess": "", "99000003": ""} {
		numeros := ""
		for s, err := range c.Demandes(t.Context(), Filtre{FINESS: finess}) {
			if err != nil {
				t.Fatal(err)
			}
			numeros += " " + s.Numero
		}
		if numeros != voulus {
			t.Errorf("%s: demandes%s, not%s", finess, numeros, voulus)
		}
	}
}
