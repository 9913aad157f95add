package portail

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
)

// The example asks for opinions and has them given, with and without script: who examines asks a colleague and somebody outside; the
// colleague answers from the home page, on a narrow screen, in the dark; outside answers behind a link, which is dead then; the sheet has
// both answers side by side, and names who is missing.
func TestOpinionsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			site, p, comptes := exposer(t)
			b := navigateur.Start(t)
			visite := func(nomVisite, debut string, v navigateur.View) *navigateur.Visite {
				x := b.Visiter(t, site.URL, "avis-"+nom+"-"+nomVisite, v, sans)
				if debut != "" {
					x.Aller("/connexion?lang=fr")
					entrer(t, x.Page, compteDe(comptes, debut))
				}
				return x
			}
			ines := visite("ines", "instruction@", navigateur.View{Width: 1600, Height: 900})
			victor := visite("victor", "decision@", navigateur.View{Width: 320, Height: 800, Dark: true})
			dehors := visite("dehors", "", navigateur.View{Width: 320, Height: 800})
			large := visite("large", "", navigateur.View{Width: 1600, Height: 900, Dark: true})

			var deVictor string
			if err := p.base.Lire().QueryRow(`SELECT CAST(id AS TEXT) FROM compte WHERE courriel LIKE 'decision@%'`).Scan(&deVictor); err != nil {
				t.Fatal(err)
			}
			ines.Aller("/travail")
			ines.Suivre(t, `form[action^="/suivante"] button`)
			feuille := ines.Lu(`location.pathname`)
			ines.Suivre(t, `a[href$="/avis"]`)
			ines.Voir("demander", "Avis sur la demande ASP-")
			ines.Suivre(t, `main form button[type="submit"]:not(.discret)`)
			ines.Voir("manque", "Avis sur la demande ASP-")
			if lu := ines.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "la question") {
				t.Errorf("an empty form: %.600s", lu)
			}
			ines.Suivre(t, `main form button[type="submit"]:not(.discret)`, chromedp.SetValue(`[name="question"]`, "Le client existe-t-il encore ?"), chromedp.SetValue(`[name="adresses"]`, "expert@ailleurs.exemple.invalid"),
				chromedp.Click(`input[name="collegue"][value="`+deVictor+`"]`), chromedp.Click(`input[name="piece"]`))
			ines.Voir("demandes", "Avis sur la demande ASP-")
			ines.Aller("/travail?file=attente&avis=attendus")
			ines.Voir("file", "Travail")
			if lu := ines.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "avis 0/2") || !strings.Contains(lu, "avis 1/3") {
				t.Errorf("the queue: %.900s", lu)
			}

			victor.Aller("/accueil")
			victor.Voir("accueil", "Accueil")
			victor.Suivre(t, `main a[href="/avis"]`)
			victor.Voir("liste", "Avis qui me sont demandés")
			victor.Suivre(t, `main tr:last-child a[href^="/avis/"]`)
			victor.Voir("repondre", "Avis sur la demande ASP-")
			victor.Suivre(t, `main form button[type="submit"]:not(.secondaire)`, chromedp.Click(`input[value="defavorable"]`), chromedp.SetValue(`[name="texte"]`, "Il a fermé en mars."))
			victor.Voir("repondu", "Avis qui me sont demandés")

			lien := p.lienConnu(t, "expert@ailleurs.exemple.invalid")
			dehors.Aller(lien + "?lang=fr")
			dehors.Voir("question", "Votre avis sur une demande de financement")
			large.Aller(lien + "?lang=en")
			large.Voir("large", "Your opinion on a funding request")
			dehors.Suivre(t, `main form button[type="submit"]:not(.secondaire)`)
			dehors.Voir("rien", "Votre avis sur une demande de financement")
			if lu := dehors.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "Choisissez ce que vous pensez") || strings.Contains(lu, "Victor") || strings.Contains(lu, "technique.2@") || strings.Contains(lu, "+33") || strings.Contains(lu, "numeroCarteCPX") || !strings.Contains(lu, "nomResponsableOG") {
				t.Errorf("an empty answer: %.600s", lu)
			}
			dehors.Suivre(t, `main form button[type="submit"]:not(.secondaire)`, chromedp.Click(`input[value="favorable"]`))
			dehors.Voir("merci", "Il n'y a rien à donner ici")
			if lu := dehors.Lu(`document.body.innerText`); !strings.Contains(lu, "Votre réponse est enregistrée") {
				t.Errorf("after the answer: %.600s", lu)
			}
			large.Aller(lien)
			large.Voir("mort", "There is nothing to give here")

			ines.Aller(feuille)
			ines.Voir("feuille", "Demande ASP-")
			if lu := ines.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "AVIS 2/2") && !strings.Contains(lu, "avis 2/2") || !strings.Contains(lu, "Il a fermé en mars.") || strings.Contains(lu, "et pas rendu") {
				t.Errorf("the sheet: %.900s", lu)
			}
			ines.Aller("/travail?file=miennes&avis=attendus")
			ines.Suivre(t, `main tbody a[href^="/travail/ASP"]`)
			ines.Voir("manquants", "Demande ASP-")
			if lu := ines.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "et pas rendu : Victor Exemple, expert@conseil.exemple.invalid") {
				t.Errorf("who is missing: %.900s", lu)
			}
			for _, x := range slices.Concat(ines.Errors(), victor.Errors(), dehors.Errors(), large.Errors()) {
				if !strings.Contains(x, "422") && !strings.Contains(x, "410") { // refused on purpose, and a dead link
					t.Error(x)
				}
			}
		})
	}
}

// lienConnu gives the opinion that an address is asked for a link whose secret the test knows: those that are mailed are known to nobody
// else.
func (p *Portail) lienConnu(t *testing.T, courriel string) string {
	t.Helper()
	const secret = "UNSECRETDEVINGTSIXLETTRES2"
	h := sha256.Sum256([]byte(secret))
	err := p.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO avis_lien (empreinte, avis_id) SELECT $1, id FROM avis WHERE courriel = $2`, hex.EncodeToString(h[:]), courriel)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return "/donner-avis/" + secret
}
