package suivi_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"guichet/controle"
	"guichet/internal/portail/comptabilite"
	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/suivi"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// recontroler controls a demande alone, as the room of deposits does.
func (m *monde) recontroler(_ context.Context, _, _ int64, demande []byte, l modele.Langue) (*suivi.Recontrole, error) {
	fichier := fmt.Sprintf(`{"impId":null,"numeroAns":"ANS0000001","SIRET":"00000000100008","lignesImport":[%s]}`, demande)
	r := controle.Controler(ms1dui.Edition("2023-10-02"), []byte(fichier), controle.Options{Aujourdhui: m.horloge})
	f := r.Fichier(l)
	x := &suivi.Recontrole{}
	for o := range f.All() {
		if o.Gravite >= modele.Erreur {
			x.Anomalies = append(x.Anomalies, *o.Diagnostic)
		}
	}
	if r.Demandes() == 1 {
		a := r.Apercu(0)
		x.Montant, x.OG = a.Montant, a.OG
		r.ESMS(0, func(finess []byte) { x.ESMS = append(x.ESMS, string(finess)) })
	}
	return x, nil
}

func (m *monde) reclamer(_ context.Context, _ *sql.Tx, c suivi.Cle, avant, apres []string) error {
	if m.reclames == nil {
		m.reclames = map[suivi.Cle][]string{}
	}
	if lues := m.reclames[c]; lues != nil && !slices.Equal(lues, avant) {
		return fmt.Errorf("%v are claimed, not %v", lues, avant)
	}
	m.reclames[c] = apres
	return nil
}

// demander has the agency ask for something, with these tags open.
func (m *monde) demander(t testing.TB, f, d int64, pointeurs ...string) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		if err := m.Ouvrir(ctx, tx, suivi.Cle{Depot: d}, pointeurs); err != nil {
			return err
		}
		return m.Changer(ctx, tx, suivi.Changement{Fournisseur: f, Depot: d, Rangs: []int{0}, A: etat.AModifier, Par: etat.Agence, Compte: 7, Motif: "Corriger."})
	})
}

// instruite is the example, being examined.
func (m *monde) instruite(t testing.TB, f int64) (d int64) {
	t.Helper()
	d = m.exemple(t, f)
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE demande SET montant = 486667 WHERE depot_id = $1`, d)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE demande_etat SET montant = montant + $1, avance = $2 WHERE fournisseur_id = $3`, 486667-montant, suivi.Avance(486667), f)
		}
		return errors.Join(err, comptabilite.Passer(ctx, tx, m.base.Dialecte, comptabilite.Ecriture{
			Acte: "essai", Depot: d, Fournisseur: f, NumeroAns: "ANS0000001", Recu: m.horloge,
			Pas: []comptabilite.Pas{{De: comptabilite.Demande{Etat: etat.Incomplete, Montant: montant}, A: comptabilite.Demande{Etat: etat.Incomplete, Montant: 486667}}},
		}))
	})
	m.changer(t, f, d, etat.Complete, etat.Programme, "", 0)
	m.changer(t, f, d, etat.Instruction, etat.Agence, "", 0)
	return d
}

// feuille is what the agency reads of the demande.
func (m *monde) feuille(t testing.TB, d int64) *suivi.Feuille {
	t.Helper()
	x, err := m.Feuille(context.Background(), compte.Identite{Compte: 9, Role: compte.Administrateur}, suivi.Cle{Depot: d})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func (m *monde) valeur(t testing.TB, d int64, pointeur string) string {
	t.Helper()
	for _, o := range m.feuille(t, d).Ouvrables {
		if o.Pointeur == pointeur {
			return o.Litteral
		}
	}
	t.Fatalf("no tag %s", pointeur)
	return ""
}

const (
	leMontant  = "/commande/montantSegurHT"
	laDate     = "/commande/dateCommande"
	lesESMS    = "/beneficiaires/etablissementsClients/0/FINESSGeos"
	leScenario = "/scenarioInstallation/1/FINESSGeo"
)

// What the agency opens is corrected on the page that answers, checked as at deposit; what was declared stays beside it. Nothing else can be
// changed, whatever a form says; what is found wrong is told at its field, and nothing is taken.
func TestCorrectedValues(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.instruite(t, f)
		n := etatessai.NumeroASP(d, 0)
		m.demander(t, f, d, leMontant, lesESMS, leScenario)
		racine := m.site(t, f)
		moi := navigateurDe(t, racine, "moi")
		attendre(t, moi.lire("/demandes/"+n), 200, "", `name="valeur.commande.montantSegurHT"`, `value="4866,67"`, "montant total hors taxe", "995000007, 995000015", "ouvre ces valeurs")
		p := moi.poster("/demandes/"+n+"/reponse", "reponse", "Voici", "valeur.commande.montantSegurHT", "4866,6x")
		attendre(t, p, 422, "", `href="#valeur.commande.montantSegurHT"`, "4866,6x")
		p = moi.poster("/demandes/"+n+"/reponse", "reponse", "Voici", "valeur.beneficiaires.etablissementsClients.0.FINESSGeos", "995000007, 99500001")
		attendre(t, p, 422, "", `href="#valeur.beneficiaires.etablissementsClients.0.FINESSGeos"`, "Règle F1", "à faire")
		if m.feuille(t, d).Corrections != nil || m.valeur(t, d, leMontant) != "4866.67" {
			t.Error("what was refused is kept")
		}
		p = moi.poster("/demandes/"+n+"/reponse", "reponse", "Voici", "valeur.commande.montantSegurHT", "4 500,00", "valeur.commande.dateCommande", "16/09/2023",
			"valeur.beneficiaires.etablissementsClients.0.FINESSGeos", "995000007, 995000023", "valeur.scenarioInstallation.1.FINESSGeo", "995000023", "valeur.numeroEditeur", "A0009")
		attendre(t, p, 200, "/demandes/"+n, "Valeurs corrigées", "4 866,67", "4 500,00", "corrigé", "déclaré")
		if m.valeur(t, d, laDate) != `"15/09/2023"` {
			t.Error("a tag that was not open was changed by a forged form")
		}
		x := m.feuille(t, d)
		if len(x.Corrections) != 3 || x.Demande.Montant != 450000 || x.Montants.Demande != 450000 || x.Demande.Numero != numeroEditeur(0) {
			t.Errorf("%+v", x)
		}
		if got := m.reclames[suivi.Cle{Depot: d}]; !slices.Equal(got, []string{"995000007", "995000023"}) {
			t.Errorf("claims %v", got)
		}
		var total, avance int64
		if err := b.Lire().QueryRow(`SELECT montant, avance FROM demande_etat WHERE fournisseur_id = $1 AND etat = 'instruction'`, f).Scan(&total, &avance); err != nil || total != 450000 || avance != 135000 {
			t.Errorf("counted %d, of which %d are advanced, %v", total, avance, err)
		}
		if v := comptabiliteessai.Verifier(t, b); v.Soldes[comptabilite.EnInstance] != 450000 || v.Soldes[comptabilite.Demandes] != -450000 {
			t.Errorf("accounts %+v", v)
		}
		attendre(t, moi.lire("/export/demandes/csv"), 200, "", "4500,00")
		agent := navigateurDe(t, racine, "agent")
		attendre(t, agent.lire("/demandes/"+n), 200, "", "Valeurs corrigées")
	})
}

// A form that was read before the agency opened something else, or before a colleague answered, takes nothing.
func TestCorrectedMeanwhile(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.instruite(t, f)
	n := etatessai.NumeroASP(d, 0)
	m.demander(t, f, d, leMontant)
	moi := navigateurDe(t, m.site(t, f), "moi")
	m.Recontroler = func(ctx context.Context, a, b int64, demande []byte, l modele.Langue) (*suivi.Recontrole, error) {
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			return m.Ouvrir(ctx, tx, suivi.Cle{Depot: d}, []string{laDate})
		})
		return m.recontroler(ctx, a, b, demande, l)
	}
	attendre(t, moi.poster("/demandes/"+n+"/reponse", "reponse", "Voici", "valeur.commande.montantSegurHT", "4000"), 422, "", "ont changé pendant que vous répondiez", ">Voici</textarea>")
	if m.valeur(t, d, leMontant) != "4866.67" || m.feuille(t, d).Demande.Etat != etat.AModifier {
		t.Error("something was taken")
	}
}

// Correcting back and forth loses no version: each begins with what the one before left, the last values are what the demande says, and
// nothing changes but what was open.
func TestVersionsOfValues(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.instruite(t, f)
		n := etatessai.NumeroASP(d, 0)
		moi := navigateurDe(t, m.site(t, f), "moi")
		valeurs := map[string]string{leMontant: "4866.67", laDate: `"15/09/2023"`}
		saisies := map[string][]string{leMontant: {"4866,67", "4500", "1,5"}, laDate: {"15/09/2023", "16/09/2023"}}
		versions, rendues := 0, 0
		rapid.Check(t, func(r *rapid.T) {
			if rendues++; rendues > 30 { // each turn costs a page
				return
			}
			ouvertes := rapid.SliceOfDistinct(rapid.SampledFrom([]string{leMontant, laDate}), rapid.ID[string]).Draw(r, "ouvertes")
			m.demander(t, f, d, ouvertes...)
			champs, change := []string{"reponse", "Voici"}, false
			for _, p := range []string{leMontant, laDate} {
				saisie := rapid.SampledFrom(saisies[p]).Draw(r, p)
				champs = append(champs, "valeur"+strings.ReplaceAll(p, "/", "."), saisie)
				litteral := map[string]string{"4866,67": "4866.67", "4500": "4500.00", "1,5": "1.50"}[saisie]
				if p == laDate {
					litteral = `"` + saisie + `"`
				}
				if slices.Contains(ouvertes, p) && valeurs[p] != litteral {
					valeurs[p], change = litteral, true
				}
			}
			if change {
				versions++
			}
			attendre(t, moi.poster("/demandes/"+n+"/reponse", champs...), 200, "/demandes/"+n, "Voici")
			for p, want := range valeurs {
				if got := m.valeur(t, d, p); got != want {
					r.Errorf("%s: %s, want %s", p, got, want)
				}
			}
		})
		m.verifierVersions(t, d, versions, valeurs)
	})
}

func (m *monde) verifierVersions(t *testing.T, d int64, versions int, valeurs map[string]string) {
	t.Helper()
	suite := map[string]string{leMontant: "4866.67", laDate: `"15/09/2023"`}
	type ligne struct {
		version                   int
		pointeur, avant, nouvelle string
	}
	lignes, err := db.Lignes(t.Context(), m.base.Lire(), func(l db.Ligne, x *ligne) error {
		return l.Scan(&x.version, &x.pointeur, &x.avant, &x.nouvelle)
	}, `SELECT version, pointeur, ancienne, nouvelle FROM correction WHERE depot_id = $1 ORDER BY version, pointeur`, d)
	if err != nil {
		t.Fatal(err)
	}
	derniere := 0
	for _, x := range lignes {
		if x.version != derniere && x.version != derniere+1 || suite[x.pointeur] != x.avant {
			t.Errorf("%+v after version %d, %s", x, derniere, suite[x.pointeur])
		}
		derniere, suite[x.pointeur] = x.version, x.nouvelle
	}
	if derniere != versions || suite[leMontant] != valeurs[leMontant] || suite[laDate] != valeurs[laDate] || versions == 0 {
		t.Errorf("%d versions, want %d; %v", derniere, versions, suite)
	}
}
