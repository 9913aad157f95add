package portail

import (
	"context"
	"database/sql"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// conteste has two demandes of the example, of two suppliers, claim one ESMS, with their control sheets filled in; it returns their numbers, and
// the ESMS.
func (b *bureau) conteste(t *testing.T) (a, c string) {
	t.Helper()
	var x, y etat.Cle
	err := b.base.Lire().QueryRow(`SELECT depot_id, rang FROM dossier WHERE fournisseur_id = 1 AND etat = 'complete' AND agent_id = 0 ORDER BY depot_id DESC, rang LIMIT 1`).Scan(&x.Depot, &x.Rang)
	if err == nil {
		err = b.base.Lire().QueryRow(`SELECT depot_id, rang FROM dossier WHERE fournisseur_id = 2 AND etat = 'complete' AND agent_id = 0 ORDER BY depot_id, rang LIMIT 1`).Scan(&y.Depot, &y.Rang)
	}
	if err == nil {
		err = b.depots.RangerESMS(t.Context())
	}
	if err == nil {
		err = b.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO esms (finess, place) SELECT finess, CAST($1 AS BIGINT) FROM esms WHERE place = $2`, y.Depot*65536+int64(y.Rang), x.Depot*65536+int64(x.Rang))
			for _, p := range instruction.Points {
				for _, k := range []etat.Cle{x, y} {
					if err == nil {
						_, err = tx.ExecContext(ctx, `INSERT INTO point (depot_id, rang, code, reponse, compte_id, instant) VALUES ($1, $2, $3, 'oui', 1, 1) ON CONFLICT DO NOTHING`, k.Depot, k.Rang, p.Code)
					}
				}
			}
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return depot.NumeroASP(x.Depot, x.Rang), depot.NumeroASP(y.Depot, y.Rang)
}

// Two suppliers of one ESMS are heard, and one decision is taken for both: neither reads anything of the other, on any page, and each gets its
// own letter; a demande on which they are heard is not decided on its sheet.
func TestContestationOnPages(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	a, c := b.conteste(t)
	ines, victor, denis, basile := b.entrer(t, "instruction@"), b.entrer(t, "decision@"), b.entrer(t, "deposant@editeur"), b.entrer(t, "proprietaire@distributeur")
	basile.Demander("POST", "/agir-pour", url.Values{"pour": {"2-0"}}).Attendre(t, 303)
	ouvrir := "/travail/" + a + "/contestation"
	autre, rang, _ := depot.LireNumeroASP(c)
	mettre := func(e string) {
		t.Helper()
		if err := b.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			for _, table := range []string{"demande", "dossier"} {
				if _, err := tx.ExecContext(ctx, `UPDATE `+table+` SET etat = $1 WHERE depot_id = $2 AND rang = $3`, e, autre, rang); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	mettre("a_modifier")
	if r := ines.Ouvrir("/travail/"+a).Attendre(t, 200, c); strings.Contains(r.Corps, ouvrir) {
		t.Error("a contestation is offered where nobody can be heard")
	}
	ines.Ouvrir(ouvrir).Attendre(t, 200, "Aucune demande complète, en instruction ou validée d'un autre fournisseur")
	ines.Ouvrir("/travail/"+c+"/contestation").Attendre(t, 200, "celle-ci ne l'est pas")
	mettre("complete")
	ines.Ouvrir("/travail/"+a).Attendre(t, 200, "Ouvrir une contestation")
	poster(t, ines, ouvrir, ouvrir, url.Values{"autre": {c}, "texte": {"Joignez le bon de commande signé."}}).Attendre(t, 303)
	id := ""
	if err := b.base.Lire().QueryRow(`SELECT CAST(MAX(id) AS TEXT) FROM contradictoire`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	page := "/contradictoires/" + id
	for _, x := range []struct {
		mots []string
		lu   string
	}{
		{[]string{"DISTRIBUTEUR D", c}, denis.Ouvrir(page).Attendre(t, 200, a, "Joignez le bon de commande signé.", "observations orales").Corps},
		{[]string{"ÉDITEUR D", a}, basile.Ouvrir(page).Attendre(t, 200, c, "Joignez le bon de commande signé.").Corps},
	} {
		_, contenu, _ := strings.Cut(x.lu, `<main`)
		for _, mots := range x.mots {
			if strings.Contains(contenu, mots) {
				t.Errorf("a supplier reads %q of the other one", mots)
			}
		}
	}
	b.entrer(t, "lecteur@editeur").Ouvrir(page).Attendre(t, 200)
	denis.Ouvrir("/accueil").Attendre(t, 200, "vos observations sur la demande "+a)
	denis.Ouvrir("/demandes/"+a).Attendre(t, 200, "vos observations au plus tard le")
	if r := ines.Ouvrir(page).Attendre(t, 200, "observations attendues", "Rien ne se décide avant la fin du"); strings.Contains(r.Texte(), "Rien n'est fait") {
		t.Error("a page that tells how things stand refuses what nobody asked for")
	}
	fiche := ines.Ouvrir("/travail/"+a).Attendre(t, 200, "Des fournisseurs sont entendus sur cette demande", "une seule décision vaudra pour toutes leurs demandes", "Enregistrer la fiche", "Rendre à la file")
	for _, x := range []string{"Proposer l'attribution", "/refus\"", "/modification\"", "/attente\"", "Montant accordé"} {
		if strings.Contains(fiche.Corps, x) {
			t.Errorf("the sheet offers %s while suppliers are heard", x)
		}
	}
	vieille := url.Values{"faire": {"proposer"}, "montant": {"100"}} // a page that was open before
	for _, x := range instruction.Points {
		vieille.Set("r-"+x.Code, "oui")
	}
	poster(t, ines, "/travail/"+a, "/travail/"+a+"/fiche", vieille).Attendre(t, 422, "procédure contradictoire PC-")
	if err := b.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE contradictoire_partie SET repondu = 1 WHERE contradictoire_id = $1`, id)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	ines.Ouvrir(page).Attendre(t, 200, "décision à proposer")
	denis.Ouvrir(page).Attendre(t, 200, "observations à l'examen")
	poster(t, ines, page, page+"/proposition", url.Values{"issue-" + a: {"attribution"}, "issue-" + c: {"attribution"}}).Attendre(t, 422, "serait financé deux fois")
	poster(t, ines, page, page+"/proposition", url.Values{"issue-" + a: {"attribution"}, "issue-" + c: {"refus"}, "motif-" + c: {"DEJA.0"}}).Attendre(t, 303)
	if r := victor.Ouvrir("/travail/"+a).Attendre(t, 200, "procédure contradictoire"); strings.Contains(r.Corps, "Décider ainsi") {
		t.Error("the sheet offers to decide of one demande alone")
	}
	ines.Demander("POST", page+"/decision", nil).Attendre(t, 404)
	poster(t, victor, page, page+"/decision", url.Values{}).Attendre(t, 303)
	b.passerLeRepit(t)
	denis.Ouvrir(page).Attendre(t, 200, "Décision : Attribution 2026-")
	basile.Ouvrir(page).Attendre(t, 200, "Décision : Refus 2026-")
}

// A contestation and a withdrawal in a browser, with and without script: an agent opens them, a supplier answers, another agent decides.
func TestHearingsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			b := nouveauBureau(t, "")
			chrome := navigateur.Start(t)
			visite := func(nomVisite, debut string, v navigateur.View) *navigateur.Visite {
				x := chrome.Visiter(t, b.site.URL, "entendre-"+nom+"-"+nomVisite, v, sans)
				x.Aller("/connexion?lang=fr")
				entrer(t, x.Page, compteDe(b.comptes, debut))
				return x
			}
			a, c := b.conteste(t)
			ines := visite("ines", "instruction@", navigateur.View{Width: 1280, Height: 900})
			ines.Aller("/travail/" + a)
			ines.Suivre(t, `main a[href$="/contestation"]`)
			ines.Voir("ouvrir", "Ouvrir une contestation d'ESMS")
			ines.Suivre(t, `main form button`)
			ines.Voir("ouverte", "Contestation d'ESMS PC-")
			page := ines.Lu(`location.pathname`)
			denis := visite("denis", "deposant@editeur", navigateur.View{Width: 320, Height: 800, Dark: true})
			denis.Aller("/demandes/" + a)
			denis.Suivre(t, `main a[href="`+page+`"]`)
			denis.Voir("lettre", "Contestation d'ESMS PC-")
			denis.Suivre(t, `main form[action*="/reponse"] button`)
			denis.Voir("vide", "Contestation d'ESMS PC-")
			denis.Suivre(t, `main form[action*="/reponse"] button`, chromedp.SetValue(`main [name="texte"]`, "L'établissement nous a commandé le logiciel le 3 novembre."), chromedp.Click(`main [value="entiere"]`))
			denis.Voir("repondue", "Contestation d'ESMS PC-")
			basile := visite("basile", "proprietaire@distributeur", navigateur.View{Width: 1280, Height: 900, Dark: true})
			basile.Suivre(t, `main form[action^="/agir-pour"] button`, chromedp.Click(`[name="pour"][value="2-0"]`))
			basile.Aller("/contradictoires")
			basile.Voir("liste", "Procédures contradictoires")
			basile.Suivre(t, `main tbody a`)
			basile.Suivre(t, `main form[action*="/reponse"] button`, chromedp.SetValue(`main [name="texte"]`, "Nous n'avons pas de commande."), chromedp.Click(`main [value="entiere"]`))
			ines.Aller(page)
			ines.Voir("reponses", "Contestation d'ESMS PC-")
			ines.Suivre(t, `main form[action*="/proposition"] button`, chromedp.Click(`[name="issue-`+a+`"][value="attribution"]`), chromedp.Click(`[name="issue-`+c+`"][value="refus"]`), chromedp.Click(`[name="motif-`+c+`"][value="DEJA.0"]`))
			ines.Voir("proposee", "Contestation d'ESMS PC-")
			victor := visite("victor", "decision@", navigateur.View{Width: 320, Height: 800})
			victor.Aller(page)
			victor.Voir("a-decider", "Contestation d'ESMS PC-")
			victor.Suivre(t, `main form[action*="/decision"] button`)
			victor.Voir("decidee", "Contestation d'ESMS PC-")
			b.passerLeRepit(t)
			denis.Aller(page)
			denis.Voir("close", "Contestation d'ESMS PC-")
			ines.Aller("/contradictoires")
			ines.Voir("liste", "Procédures contradictoires")
			ines.Aller("/travail/" + a + "/retrait")
			ines.Voir("retrait", "Envisager le retrait de l'attribution")
			ines.Suivre(t, `main form button`, chromedp.Click(`main [value="CONDITIONS.0"]`), chromedp.SetValue(`main [name="texte"]`, "Le logiciel n'est pas installé."))
			ines.Voir("retrait-ouvert", "Retrait envisagé PC-")
			denis.Aller(ines.Lu(`location.pathname`))
			denis.Voir("retrait", "Retrait envisagé PC-")
			for _, x := range slices.Concat(ines.Errors(), denis.Errors(), basile.Errors(), victor.Errors()) {
				if !strings.Contains(x, "422") { // what was refused, on purpose
					t.Error(x)
				}
			}
		})
	}
}
