package suivi_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/referentiel"
)

// etablissements is a FINESS register in which one OG has so many ESMS.
func etablissements(t *testing.T, og string, numeros ...string) *referentiel.Finess {
	t.Helper()
	texte := "finess;etalab;98;2026-11-01\n"
	for _, n := range numeros {
		texte += "structureet;" + n + ";" + og + ";RÉSIDENCE D'EXEMPLE;;;;;;;;;001;99;;99001 EXEMPLE;;;500;;4401;;00000000100008;;;;;;;;;\n"
	}
	f, err := referentiel.LireFiness(strings.NewReader(texte), referentiel.Origine{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The ceiling of a demande is that of its ESMS: of those that may be funded, in the tranche of its OG as far as the register
// knows all that it orders for. What is over it is told, what reaches it is not.
func TestCeiling(t *testing.T) {
	t.Parallel()
	const un, deux, trois = "995000007", "995000015", "995000023" // the example orders for the first two
	une, deuxTranches := "B;1;;2920.00\n", "A;1;2;1000.00\nB;3;;3000.00\n"
	for nom, x := range map[string]struct {
		bareme    string
		eligibles []string
		og        []string // its ESMS in the register
		montant   int64
		veut      string
	}{
		"no barème":                             {veut: "non vérifié"},
		"no tranche fits":                       {bareme: "A;1;1;2920.00\n", veut: "non vérifié"},
		"reached":                               {bareme: une, montant: 486667, veut: "4 866,67 € = 2 × 2 920,00 € / 1,2</dd>"},
		"over":                                  {bareme: une, montant: 486668, veut: `4 866,67 € = 2 × 2 920,00 € / 1,2 <span class="g alerte">dépassé</span>`},
		"one may be funded":                     {bareme: une, eligibles: []string{deux, trois}, montant: 1, veut: "2 433,33 € = 1 × 2 920,00 € / 1,2</dd>"},
		"an OG that is not known":               {bareme: deuxTranches, montant: 1, veut: "5 000,00 € = 2 × 3 000,00 € / 1,2</dd>"},
		"an OG of two":                          {bareme: deuxTranches, og: []string{un, deux}, montant: 1, veut: "1 666,67 € = 2 × 1 000,00 € / 1,2</dd>"},
		"an OG of three":                        {bareme: deuxTranches, og: []string{un, deux, trois}, montant: 1, veut: "5 000,00 € = 2 × 3 000,00 € / 1,2</dd>"},
		"an OG of one: the register is too old": {bareme: deuxTranches, og: []string{un}, montant: 1, veut: "5 000,00 € = 2 × 3 000,00 € / 1,2</dd>"},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveau(t, dbessai.SQLite(t))
			f := m.fournisseur(t, "00000000100008")
			d := m.exemple(t, f)
			m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, `UPDATE demande SET montant = $1 WHERE depot_id = $2`, x.montant, d)
				return err
			})
			j := jeu(t, x.bareme, x.eligibles)
			if x.og != nil {
				j.Finess = etablissements(t, "990000010", x.og...)
			}
			m.Referentiels = func(context.Context) referentiel.Jeu { return j }
			p := navigateurDe(t, m.site(t, f), "moi").lire("/demandes/" + etatessai.NumeroASP(d, 0))
			if corps := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(p.corps); !strings.Contains(corps, x.veut) {
				_, dit, _ := strings.Cut(corps, "<dt>Plafond")
				t.Errorf("no %q in\n%.300s", x.veut, dit)
			}
		})
	}
}

// jeu is a barème and a list of those that may be funded, where they are given.
func jeu(t *testing.T, tranches string, numeros []string) (j referentiel.Jeu) {
	t.Helper()
	var err error
	if tranches != "" {
		j.Bareme, err = referentiel.LireBareme(strings.NewReader("tranche;esms_min;esms_max;montant_ttc\n"+tranches), referentiel.Origine{})
	}
	if err == nil && numeros != nil {
		j.Eligibles, err = referentiel.LireEligibles(strings.NewReader(strings.Join(numeros, "\n")), referentiel.Origine{Fichier: "eligibles-20261101.csv"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return j
}
