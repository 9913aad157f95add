package portail

import (
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/suivi"
)

// tenue is the number of a demande of the example that Inès holds, and is examining.
func (b *bureau) tenue(t *testing.T) string {
	t.Helper()
	var c etatCle
	err := b.base.Lire().QueryRowContext(t.Context(), `SELECT x.depot_id, x.rang FROM dossier x JOIN compte c ON c.id = x.agent_id
		WHERE x.etat = 'instruction' AND c.courriel LIKE 'instruction@%' AND x.attente = 0 ORDER BY x.depot_id, x.rang LIMIT 1`).Scan(&c.depot, &c.rang)
	if err != nil {
		t.Fatal(err)
	}
	return depot.NumeroASP(c.depot, c.rang)
}

// repondues are the fields of a sheet whose points all have an answer, with what else is given.
func repondues(r instruction.Reponse, champs ...string) url.Values {
	v := url.Values{}
	for _, p := range instruction.Points {
		v.Set("r-"+p.Code, string(r))
	}
	for i := 0; i+1 < len(champs); i += 2 {
		v.Set(champs[i], champs[i+1])
	}
	return v
}

// Whatever comes to a demande between reading it and proposing, or deciding, is told, and nothing is done: a message of its supplier above all.
func TestNothingIsDecidedOnWhatWasNotRead(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines, victor := b.entrer(t, "instruction@"), b.entrer(t, "decision@")
	ecrire := func(numero, sujet string) {
		t.Helper()
		id, rang, _ := depot.LireNumeroASP(numero)
		c := etat.Cle{Depot: id, Rang: rang}
		d, err := b.suivis.Demande(t.Context(), 0, c)
		if err == nil {
			_, err = b.suivis.Ecrire(t.Context(), suivi.Ecrit{Auteur: compte.Identite{Fournisseur: d.Fournisseur}, Demande: c, Sujet: sujet, Texte: "Nous retirons un établissement."})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	numero := b.tenue(t)
	feuille := "/travail/" + numero
	lues := map[string]url.Values{}
	for acte, champs := range map[string]url.Values{
		"fiche":        repondues(instruction.Oui, "faire", "proposer"),
		"refus":        {"motif": {"SIGNATURE"}},
		"modification": {"modification": {"Signer le bon"}},
	} {
		lues[acte] = formulaireDe(t, ines, feuille, feuille+"/"+acte)
		for nom, v := range champs {
			lues[acte][nom] = v
		}
	}
	ecrire(numero, "Un mot avant de proposer")
	for acte, champs := range lues {
		ines.Demander("POST", feuille+"/"+acte, champs).Attendre(t, 422, "a changé depuis que vous l'avez lue", "un message, « Un mot avant de proposer »")
	}
	poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.Oui, "faire", "proposer")).Attendre(t, 303)

	lu := formulaireDe(t, victor, feuille, feuille+"/decision")
	ecrire(numero, "Un mot avant de décider")
	victor.Demander("POST", feuille+"/decision", lu).Attendre(t, 422, "un message, « Un mot avant de décider »")
	poster(t, victor, feuille, feuille+"/decision", url.Values{}).Attendre(t, 303)
}

// Two tabs on one sheet do not overwrite each other: what was not changed here keeps the other's answer, what both changed is told with both,
// and what was typed stays.
func TestTwoTabsOnOneSheet(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines := b.entrer(t, "instruction@")
	feuille := "/travail/" + b.tenue(t)
	poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.SansObjet)).Attendre(t, 303)
	un, deux := formulaireDe(t, ines, feuille, feuille+"/fiche"), formulaireDe(t, ines, feuille, feuille+"/fiche")
	un.Set("r-BC_DATE", "non")
	un.Set("n-BC_DATE", "pas de date")
	un.Set("r-BC_TVA", "oui")
	ines.Demander("POST", feuille+"/fiche", un).Attendre(t, 303)
	deux.Set("r-BC_DATE", "oui")
	deux.Set("r-BC_CLIENT", "oui")
	r := ines.Demander("POST", feuille+"/fiche", deux)
	r.Attendre(t, 422, "Inès Exemple a répondu « Non » (« pas de date ») ; vous : « Oui »")
	apres := formulaireDe(t, ines, feuille, feuille+"/fiche")
	if got := apres.Get("r-BC_DATE") + apres.Get("r-BC_TVA") + apres.Get("r-BC_CLIENT"); got != "nonouisans_objet" {
		t.Errorf("what the sheet says after the conflict: %s", got)
	}
	for _, x := range formulairesDe(t, r.Corps) {
		if !strings.HasPrefix(x.action, feuille+"/fiche") {
			continue
		}
		if got := x.lus.Get("r-BC_DATE") + x.lus.Get("r-BC_TVA") + x.lus.Get("r-BC_CLIENT"); got != "ouiouioui" {
			t.Errorf("what the page keeps: %s", got)
		}
		ines.Demander("POST", feuille+"/fiche", x.lus).Attendre(t, 303)
	}
	apres = formulaireDe(t, ines, feuille, feuille+"/fiche")
	if got := apres.Get("r-BC_DATE") + apres.Get("r-BC_TVA") + apres.Get("r-BC_CLIENT"); got != "ouiouioui" {
		t.Errorf("what the sheet says at last: %s", got)
	}
}

// An award rests on what was found: each decisive point says yes.
func TestAwardWantsItsPoints(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines := b.entrer(t, "instruction@")
	feuille := "/travail/" + b.tenue(t)
	poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.SansObjet, "faire", "proposer")).Attendre(t, 422, "une attribution veut « oui », et pas « sans objet », à « Le bon de commande porte un montant")
	poster(t, ines, feuille, feuille+"/fiche", repondues("", "faire", "proposer")).Attendre(t, 422, "points sans réponse")
	poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.Oui, "r-BC_DATE", "non", "faire", "proposer")).Attendre(t, 422, "dit non à un point")
	poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.Oui, "r-BC_TVA", "sans_objet", "faire", "proposer")).Attendre(t, 303)
}

// The amount to grant is kept with the sheet, from any of its buttons: what was typed is what is proposed, in a batch too, and one that
// cannot be granted is refused at its field. Another tab that was opened before does not take it back.
func TestAmountIsKeptWithTheSheet(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines := b.entrer(t, "instruction@")
	feuille := "/travail/" + b.tenue(t)
	champ := func() string { return formulaireDe(t, ines, feuille, feuille+"/fiche").Get("montant") }
	autre := formulaireDe(t, ines, feuille, feuille+"/fiche")
	for _, mal := range []string{"abc", "-5", "12 34,5", "999999,00"} {
		poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.Oui, "montant", mal, "faire", "oui")).Attendre(t, 422)
	}
	kept := "4,50"
	for _, faire := range []string{"oui", ""} {
		montant := map[string]string{"oui": "1000,00", "": kept}[faire]
		poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.Oui, "montant", montant, "faire", faire)).Attendre(t, 303)
		if got := champ(); got != montant {
			t.Errorf("kept by %q: %s, want %s", faire, got, montant)
		}
	}
	autre.Set("r-BC_DATE", "oui")
	ines.Demander("POST", feuille+"/fiche", autre).Attendre(t, 303)
	if got := champ(); got != kept {
		t.Errorf("another tab takes %s back: %s", kept, got)
	}
	envoi := formulaireDe(t, ines, feuille, feuille+"/fiche")
	envoi.Set("faire", "proposer")
	ines.Demander("POST", feuille+"/fiche", envoi).Attendre(t, 303)
	victor := b.entrer(t, "decision@")
	victor.Demander("GET", feuille, nil).Attendre(t, 200, kept)
}

// What was done is told of what was done alone, whoever did something else before.
func TestSheetsAreToldApart(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines := b.entrer(t, "instruction@")
	feuille := "/travail/" + b.tenue(t)
	poster(t, ines, feuille, feuille+"/fiche", repondues(instruction.Oui, "faire", "proposer")).Attendre(t, 303)
	autre := "/travail/" + b.tenue(t)
	poster(t, ines, autre, autre+"/fiche", repondues(instruction.Oui, "faire", "oui")).Attendre(t, 303)
	ines.Demander("GET", autre, nil).Attendre(t, 200, "La fiche est enregistrée")
}
