package portail

import (
	"context"
	"database/sql"
	"maps"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web/essai"
)

// deuxFois sends a form of a page twice, as it was read once: both are told that it is done.
func deuxFois(t *testing.T, c *essai.Client, page, acte string, champs url.Values) (lu url.Values) {
	t.Helper()
	vers := strings.TrimSuffix(page+"/"+acte, "/")
	lu = formulaireDe(t, c, page, vers)
	for nom, v := range champs {
		lu[nom] = v
	}
	for range 2 {
		c.Demander("POST", vers, lu).Attendre(t, 303)
	}
	return lu
}

// A form of the sheet that was sent twice is answered twice as once; another one that was read before is told what was done, by whom and when,
// on a page that shows how things stand now.
func TestAFormOfTheSheetSentTwice(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines, victor := b.entrer(t, "instruction@"), b.entrer(t, "decision@")
	feuille := "/travail/" + b.tenue(t)
	refus := formulaireDe(t, ines, feuille, feuille+"/refus")
	refus.Set("motif", "SIGNATURE.0")
	proposee := deuxFois(t, ines, feuille, "fiche", repondues(instruction.Oui, "faire", "proposer"))
	ines.Ouvrir("/travail").Attendre(t, 200, "L'attribution est proposée")
	proposee.Set("r-BC_DATE", "non")
	ines.Demander("POST", feuille+"/fiche", proposee).Attendre(t, 422, "Rien n'est fait")
	renvoi := formulaireDe(t, victor, feuille, feuille+"/renvoi")
	renvoi.Set("renvoi", "Relire la page 2")
	deuxFois(t, victor, feuille, "decision", nil)
	victor.Demander("POST", feuille+"/renvoi", renvoi).Attendre(t, 422, "a changé depuis que vous l'avez lue", "par Victor Exemple le", "Reprendre la décision")
	deuxFois(t, victor, feuille, "reprise", url.Values{"reprise": {"Le montant est faux"}})
	deuxFois(t, victor, feuille, "renvoi", url.Values{"renvoi": {"Relire la page 3"}})
	ines.Demander("POST", feuille+"/refus", refus).Attendre(t, 422, "Rien n'est fait")
	deuxFois(t, ines, feuille, "refus", url.Values{"motif": {"SIGNATURE.0"}})
}

// On a procedure, what came to any of its demandes since it was read is told, and nothing is done; what was typed stays. A form that was sent
// twice is answered twice as once.
func TestNothingIsDecidedOfAProcedureOnWhatWasNotRead(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	a, c := b.conteste(t)
	ines, victor := b.entrer(t, "instruction@"), b.entrer(t, "decision@")
	noter := func(numero, mots string) {
		t.Helper()
		poster(t, ines, "/travail/"+numero, "/travail/"+numero+"/note", url.Values{"note": {mots}}).Attendre(t, 303)
	}
	deuxFois(t, ines, "/travail/"+a+"/contestation", "", url.Values{"autre": {c}, "texte": {"Joignez le bon de commande signé."}})
	page := b.derniereProcedure(t)
	if err := b.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE contradictoire_partie SET repondu = 1`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	proposition := url.Values{"issue-" + a: {"attribution"}, "issue-" + c: {"refus"}, "motif-" + c: {"DEJA.0"}, "texte-" + c: {"Déjà financé."}}
	lue, close := formulaireDe(t, ines, page, page+"/proposition"), formulaireDe(t, ines, page, page+"/cloture")
	maps.Copy(lue, proposition)
	close.Set("cloture", "Ils se sont entendus.")
	noter(c, "Un mot avant de proposer")
	ines.Demander("POST", page+"/proposition", lue).Attendre(t, 422, "a changé depuis que vous l'avez lue", c+" : ", "une note de Inès Exemple", "Déjà financé.")
	ines.Demander("POST", page+"/cloture", close).Attendre(t, 422, c+" : ", "une note de Inès Exemple", "Ils se sont entendus.")
	fautive := formulaireDe(t, ines, page, page+"/proposition")
	maps.Copy(fautive, url.Values{"issue-" + a: {"attribution"}, "montant-" + a: {"99 999 999,00"}, "issue-" + c: {"refus"}})
	ines.Demander("POST", page+"/proposition", fautive).Attendre(t, 422, a+" : Le montant accordé dépasse", c+" : Choisissez le motif du refus")
	deuxFois(t, ines, page, "proposition", proposition)

	lue = formulaireDe(t, victor, page, page+"/decision")
	renvoi := formulaireDe(t, victor, page, page+"/renvoi")
	renvoi.Set("renvoi", "Relire.")
	noter(a, "Un mot avant de décider")
	victor.Demander("POST", page+"/decision", lue).Attendre(t, 422, a+" : ", "une note de Inès Exemple")
	victor.Demander("POST", page+"/renvoi", renvoi).Attendre(t, 422, a+" : ", "une note de Inès Exemple", "Relire.")
	ines.Ouvrir(page).Attendre(t, 200, "Proposé : Attribution")
	deuxFois(t, victor, page, "decision", nil)
	ines.Ouvrir(page).Attendre(t, 200, "Décidé : Attribution")
	victor.Demander("POST", page+"/renvoi", renvoi).Attendre(t, 422, "« Décidée, à notifier » par Victor Exemple le", "décidée, à notifier")
	deuxFois(t, victor, page, "reprise", url.Values{"reprise": {"Le montant est faux"}})
	deuxFois(t, victor, page, "renvoi", url.Values{"renvoi": {"Relire la page 3"}})
	deuxFois(t, ines, page, "proposition", proposition)
	deuxFois(t, victor, page, "decision", nil)
	b.passerLeRepit(t)
	deuxFois(t, ines, "/travail/"+a+"/retrait", "", url.Values{"motif": {"CONDITIONS.0"}, "texte": {"Le logiciel n'est pas installé."}})
}

// derniereProcedure is the page of the procedure that was opened last.
func (b *bureau) derniereProcedure(t *testing.T) (page string) {
	t.Helper()
	if err := b.base.Lire().QueryRow(`SELECT '/contradictoires/' || CAST(MAX(id) AS TEXT) FROM contradictoire`).Scan(&page); err != nil {
		t.Fatal(err)
	}
	return page
}
