package portail

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/lettre"
	webessai "guichet/internal/portail/web/essai"
)

// What is shown before a change is asked for is what is kept, what its supplier reads and downloads, and what goes by mail: the same bytes,
// with the SHA-256 that the pages show. It stays readable once the request is taken back. A letter that is no longer what was shown is not sent.
// Both databases.
func TestChangeLetterByteForByte(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			b := nouveauBureau(t, base(t))
			ines, denis := b.entrer(t, "instruction@"), b.entrer(t, "deposant@editeur")
			n := b.tenue(t)
			feuille := "/travail/" + n
			vue := poster(t, ines, feuille, feuille+"/modification", url.Values{"modification": {"Joindre le bon de commande signé"}, "faire": {"apercu"}})
			vue.Attendre(t, 200, "La lettre qui partirait", "Joindre le bon de commande signé", "L114-5")
			corps, empreinte := lues(t, vue)
			champs := url.Values{}
			for _, x := range formulairesDe(t, vue.Corps) {
				if strings.HasPrefix(x.action, feuille+"/modification") {
					champs = x.lus
				}
			}
			champs.Set("modification", "Joindre le bon de commande signé")
			champs.Del("faire")
			v, err := b.lettres.Modele(t.Context(), b.base.Lire(), lettre.Modification, "fr")
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := b.lettres.Enregistrer(t.Context(), 1, lettre.Modification, "fr", v.Texte+"\nAutre chose.", v.Numero); err != nil {
				t.Fatal(err)
			}
			ines.Demander("POST", feuille+"/modification", champs).Attendre(t, 422, "La lettre n'est plus celle que vous avez vue")
			if _, _, err := b.lettres.Enregistrer(t.Context(), 1, lettre.Modification, "fr", v.Texte, v.Numero+1); err != nil {
				t.Fatal(err)
			}
			avant := b.courrielsEcrits(t)
			ines.Demander("POST", feuille+"/modification", champs).Attendre(t, 303)
			var id string
			if err := b.base.Lire().QueryRow(`SELECT CAST(MAX(id) AS TEXT) FROM courrier`).Scan(&id); err != nil {
				t.Fatal(err)
			}
			if apres := b.courrielsEcrits(t); apres != avant+b.lecteurs(t) {
				t.Errorf("%d mails carry the letter, want %d", apres-avant, b.lecteurs(t))
			}
			if page := denis.Ouvrir("/demandes/" + n); !strings.Contains(page.Corps, `href="/courriers/`+id+`"`) {
				t.Errorf("the page of the demande does not lead to its letter:\n%.2000s", page.Texte())
			}
			lu, shaLu := lues(t, denis.Ouvrir("/courriers/"+id))
			html, pdf := denis.Ouvrir("/courriers/"+id+"/html?texte=fr"), denis.Ouvrir("/courriers/"+id+"/pdf?texte=fr")
			r, err := b.rediger(t.Context(), "courrier:"+id, 0)
			if err != nil || lu != corps || shaLu != empreinte || sha(html.Corps) != empreinte || string(r.Octets) != pdf.Corps || !strings.HasPrefix(pdf.Corps, "%PDF-") {
				t.Errorf("shown %s\n%s\nread %s\n%s\ndownloaded %s, mailed %v, %v", empreinte, corps, shaLu, lu, sha(html.Corps), string(r.Octets) == pdf.Corps, err)
			}
			poster(t, ines, feuille, feuille+"/rappel", url.Values{}).Attendre(t, 303)
			denis.Ouvrir("/courriers/"+id).Attendre(t, 200, "Joindre le bon de commande signé")
			ines.Ouvrir("/courriers/"+id).Attendre(t, 200, "Première lecture", "Denis Exemple", "du modèle")
			if page := ines.Ouvrir(feuille); !strings.Contains(page.Corps, `href="/courriers/`+id+`"`) {
				t.Errorf("the sheet does not lead to the letter:\n%.2000s", page.Texte())
			}
			basile := b.entrer(t, "proprietaire@distributeur") // who acts for the other supplier, too
			pour := regexp.MustCompile(`name="pour" value="([^"]*)"[^>]*>\s*<label[^>]*>DISTRIBUTEUR`).FindStringSubmatch(basile.Ouvrir("/agir-pour").Corps)
			basile.Soumettre(basile.Ouvrir("/agir-pour"), webessai.Saisie{"pour": pour[1]})
			autre := basile.Ouvrir("/courriers/" + id)
			autre.Attendre(t, 200, "La page demandée est celle de ÉDITEUR D'EXEMPLE", "Au nom de qui")
			if strings.Contains(autre.Corps, "bon de commande signé") {
				t.Errorf("who acts for another supplier reads the letter: %s", autre.Texte())
			}
		})
	}
}

// courrielsEcrits counts the mails that carry something, sent or not.
func (b *bureau) courrielsEcrits(t *testing.T) (n int) {
	t.Helper()
	if err := b.base.Lire().QueryRow(`SELECT COUNT(*) FROM river_job WHERE kind = 'courriel' AND queue = 'patiente'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// lecteurs counts the people of the first supplier: each gets its letters.
func (b *bureau) lecteurs(t *testing.T) (n int) {
	t.Helper()
	if err := b.base.Lire().QueryRow(`SELECT COUNT(*) FROM role r JOIN compte c ON c.id = r.compte_id WHERE r.fournisseur_id = 1 AND r.accepte = 1 AND c.etat = 'actif'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
