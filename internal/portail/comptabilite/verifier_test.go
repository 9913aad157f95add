package comptabilite_test

import (
	"errors"
	"testing"

	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// ouvrir lets who has the whole database do what the database refuses others.
func (m *monde) ouvrir(t *testing.T) {
	t.Helper()
	ordres := []string{`DROP TRIGGER ecriture_changee`, `DROP TRIGGER ecriture_otee`, `DROP TRIGGER ecriture_ligne_changee`, `DROP TRIGGER ecriture_ligne_otee`}
	if !m.base.Dialecte.Seul {
		ordres = []string{`DROP TRIGGER ecriture_immuable ON ecriture`, `DROP TRIGGER ecriture_ligne_immuable ON ecriture_ligne`}
	}
	for _, o := range ordres {
		m.executer(t, o)
	}
}

// Whatever is changed beside the accounts is found and named: the place, what is found there, what is expected.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	const lignesDu = ` WHERE ecriture_id = (SELECT MAX(id) FROM ecriture)` // those of the award
	for nom, c := range map[string]struct {
		ordres          []string
		quoi, poste     string
		trouve, attendu int64
		demande         bool
	}{
		"amount of a line":           {[]string{`UPDATE ecriture_ligne SET montant = montant + 1 ` + lignesDu + ` AND poste = 'accorde'`}, "the parts of a line are not its amount", "accorde", 50006, 50005, true},
		"amount and parts of a line": {[]string{`UPDATE ecriture_ligne SET montant = 50006, parts = '50006' ` + lignesDu + ` AND poste = 'accorde'`}, "an entry is not balanced", "", 0, 0, true},
		"two lines, balanced": {[]string{
			`UPDATE ecriture_ligne SET montant = 50006, parts = '50006' ` + lignesDu + ` AND poste = 'accorde'`, `UPDATE ecriture_ligne SET montant = 49995, parts = '49995' ` + lignesDu + ` AND poste = 'non_accorde'`,
		}, "the lines of a request are not what its state says", "accorde", 50006, 50005, true},
		"parts between demandes":     {[]string{`UPDATE ecriture_ligne SET parts = CASE WHEN montant > 0 THEN '100000 8' ELSE '-100000 -8' END WHERE ecriture_id = (SELECT MIN(id) FROM ecriture)`}, "the lines of a request are not what its state says", "demandes", -100000, -100001, true},
		"parts that are no numbers":  {[]string{`UPDATE ecriture_ligne SET parts = 'x' ` + lignesDu + ` AND poste = 'accorde'`}, "a line cannot be read", "accorde", 0, 0, true},
		"place that there is not":    {[]string{`UPDATE ecriture_ligne SET poste = 'ailleurs' ` + lignesDu + ` AND poste = 'accorde'`}, "a line cannot be read", "ailleurs", 0, 0, true},
		"line missing":               {[]string{`DELETE FROM ecriture_ligne ` + lignesDu + ` AND poste = 'accorde'`}, "an entry is not balanced", "", 0, 0, true},
		"all lines missing":          {[]string{`DELETE FROM ecriture_ligne ` + lignesDu}, "an entry has no line", "", 0, 0, false},
		"entry missing":              {[]string{`DELETE FROM ecriture WHERE id = (SELECT MAX(id) FROM ecriture)`}, "the lines of a request are not what its state says", "en_instance", 100001, 0, true},
		"first entry missing":        {[]string{`DELETE FROM ecriture WHERE id = (SELECT MIN(id) FROM ecriture)`}, "the lines of a request are not what its state says", "demandes", 0, -100001, true},
		"entry of another software":  {[]string{`UPDATE ecriture SET numero_ans = 'ANS0000002' WHERE id = (SELECT MAX(id) FROM ecriture)`}, "an entry is not of the deposit that it names (software, year)", "", 0, 0, false},
		"entry of another year":      {[]string{`UPDATE ecriture SET annee = 2025 WHERE id = (SELECT MAX(id) FROM ecriture)`}, "an entry is not of the deposit that it names (software, year)", "", 0, 0, false},
		"entry of another supplier":  {[]string{`UPDATE ecriture SET fournisseur_id = 99 WHERE id = (SELECT MAX(id) FROM ecriture)`}, "the lines of a request are not what its state says", "en_instance", 100001, 0, true},
		"entry twice":                {[]string{`INSERT INTO ecriture (instant, acte, compte_id, depot_id, fournisseur_id, numero_ans, annee) SELECT instant, acte, compte_id, depot_id, fournisseur_id, numero_ans, annee FROM ecriture WHERE id = (SELECT MAX(id) FROM ecriture)`, `INSERT INTO ecriture_ligne (ecriture_id, poste, montant, parts) SELECT (SELECT MAX(id) FROM ecriture), poste, montant, parts FROM ecriture_ligne WHERE ecriture_id = (SELECT MAX(id) FROM ecriture) - 1`}, "the lines of a request are not what its state says", "en_instance", -100001, 0, true},
		"line of no entry":           {[]string{`INSERT INTO ecriture_ligne (ecriture_id, poste, montant, parts) VALUES (999, 'accorde', 1, '1')`}, "a line is of no entry", "", 1, 0, false},
		"entry on no demande":        {[]string{`DELETE FROM demande WHERE rang = 1`}, "the lines of a request are not what its state says", "demandes", -7, 0, true},
		"state beside":               {[]string{`UPDATE demande SET etat = 'refusee' WHERE rang = 0`}, "the lines of a request are not what its state says", "accorde", 50005, 0, true},
		"amount beside":              {[]string{`UPDATE demande SET montant = 8 WHERE rang = 1`}, "the lines of a request are not what its state says", "demandes", -7, -8, true},
		"granted beside":             {[]string{`UPDATE demande SET accorde = 50004 WHERE rang = 0`}, "the lines of a request are not what its state says", "accorde", 50005, 50004, true},
		"counter, number":            {[]string{`UPDATE demande_etat SET nombre = 2 WHERE etat = 'validee'`}, "a counter is not what the requests come to", "validee", 2, 1, false},
		"counter, amount":            {[]string{`UPDATE demande_etat SET montant = montant - 1 WHERE etat = 'validee'`}, "a counter is not what the requests come to", "validee", 100000, 100001, false},
		"counter, granted":           {[]string{`UPDATE demande_etat SET accorde = 0 WHERE etat = 'validee'`}, "a counter is not what the requests come to", "validee", 0, 50005, false},
		"counter, advance":           {[]string{`UPDATE demande_etat SET avance = 1 WHERE etat = 'validee'`}, "a counter is not what the requests come to", "validee", 1, 15002, false},
		"counter of nothing":         {[]string{`INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) VALUES (99, 'validee', 1, 0)`}, "a counter is not what the requests come to", "validee", 1, 0, false},
		"counter of no state":        {[]string{`UPDATE demande_etat SET etat = 'ailleurs' WHERE etat = 'incomplete' AND nombre = 0`, `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) SELECT id, 'nulle part', 1, 0 FROM fournisseur`}, "a counter is not what the requests come to", "nulle part", 1, 0, false},
		"what was paid":              {[]string{`INSERT INTO avance_payee (fournisseur_id, montant) SELECT id, 5 FROM fournisseur`}, "the advances paid are not those of the requests that are paid", "paye", 5, 0, false},
		"kept balance":               {[]string{`UPDATE arrete_montant SET montant = montant + 1 WHERE poste = 'demandes'`}, "a kept balance is not the sum of its lines", "demandes", -100007, -100008, false},
		"kept balance missing":       {[]string{`DELETE FROM arrete_montant WHERE poste = 'demandes'`}, "a kept balance is not the sum of its lines", "demandes", 0, -100008, false},
		"kept balance of nothing":    {[]string{`INSERT INTO arrete_montant (fournisseur_id, numero_ans, annee, poste, montant) VALUES (99, 'x', 2026, 'refuse', 1)`}, "a kept balance is not the sum of its lines", "refuse", 1, 0, false},
		"closing moved":              {[]string{`UPDATE arrete SET jusque = 0`}, "a kept balance is not the sum of its lines", "demandes", -100008, 0, false},
		"award untold, state beside": {[]string{`UPDATE demande SET etat = 'instruction', etape = 'decidee' WHERE rang = 0`}, "the lines of a request are not what its state says", "en_instance", 0, 100001, true},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			dbessai.Bases(t, func(t *testing.T, b *db.Base) {
				m := nouveau(t, b)
				f := m.fournisseur(t, "00000000100008")
				d := m.deposer(t, f, 100001, 7)
				if _, err := m.Arreter(t.Context()); err != nil {
					t.Fatal(err)
				}
				m.mener(t, f, d, 50005, append(instruite[:2:2], decidee(etat.Validee)...)...)
				if _, err := m.Verifier(t.Context()); err != nil {
					t.Fatal(err)
				}
				m.ouvrir(t)
				for _, o := range c.ordres {
					m.executer(t, o)
				}
				_, err := m.Verifier(t.Context())
				var e *comptabilite.Ecart
				if !errors.As(err, &e) || e.Quoi.En != c.quoi || c.poste != "" && e.Poste != c.poste || e.Trouve != c.trouve || e.Attendu != c.attendu || (e.Demande != nil) != c.demande || c.demande && e.Demande.Depot != d {
					t.Errorf("%+v, %v", e, err)
				}
			})
		})
	}
}
