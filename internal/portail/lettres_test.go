package portail

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"

	"guichet/internal/navigateur"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web/essai"
	"guichet/modele"
)

// bureau is an example that people work on.
type bureau struct {
	*Portail
	site    *essai.Site
	comptes []demo.Compte
}

func nouveauBureau(t *testing.T, base string) *bureau {
	t.Helper()
	site := httptest.NewUnstartedServer(nil)
	b := &bureau{site: &essai.Site{URL: "http://" + site.Listener.Addr().String()}}
	b.Portail, b.comptes = demonstration(t, base, b.site.URL)
	site.Config.Handler = b.Handler()
	site.Start()
	t.Cleanup(site.Close)
	return b
}

// entrer signs somebody of the example in.
func (b *bureau) entrer(t *testing.T, debut string) *essai.Client {
	t.Helper()
	c := b.site.Client(t)
	qui := compteDe(b.comptes, debut)
	c.Ouvrir("/connexion?lang=fr")
	c.Demander("POST", "/connexion", url.Values{"courriel": {qui.Courriel}, "motdepasse": {qui.MotDePasse}})
	return c
}

// poster sends a form of a page, with its hidden fields, to where a button leads.
func poster(t *testing.T, c *essai.Client, page, action string, champs url.Values) essai.Reponse {
	t.Helper()
	r := c.Ouvrir(page)
	for _, x := range formulairesDe(t, r.Corps) {
		if strings.HasPrefix(x.action, action) {
			for nom, v := range x.lus {
				if _, ok := champs[nom]; !ok {
					champs[nom] = v
				}
			}
			return c.Demander("POST", x.action, champs)
		}
	}
	t.Fatalf("%s has no form for %s:\n%.3000s", page, action, r.Texte())
	return r
}

var (
	uneEmpreinte = regexp.MustCompile(`SHA-256[^<]*(?:</dt><dd>)?<code>([0-9a-f]{64})`)
	unArticle    = regexp.MustCompile(`(?s)<article class="lettre"[^>]*>(.*?)</article>`)
)

// lues are the letter and the digest that a page shows, the first of them.
func lues(t *testing.T, r essai.Reponse) (corps, empreinte string) {
	t.Helper()
	a, e := unArticle.FindStringSubmatch(r.Corps), uneEmpreinte.FindStringSubmatch(r.Corps)
	if a == nil || e == nil {
		t.Fatalf("%s shows no letter: %d\n%.3000s", r.Chemin, r.Etat, r.Texte())
	}
	return a[1], e[1]
}

func sha(octets string) string {
	h := sha256.Sum256([]byte(octets))
	return hex.EncodeToString(h[:])
}

// What is previewed once it is decided is what is kept, what its supplier reads and downloads, and what goes by mail: the same bytes, with
// the SHA-256 that the pages show. The first reading is kept, and the agency sees it. Both databases.
func TestLetterByteForByte(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(t testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			b := nouveauBureau(t, base(t))
			victor := b.entrer(t, "decision@")
			numero := b.aValider(t)
			feuille := "/travail/" + numero
			projet, _ := lues(t, victor.Ouvrir(feuille))
			if !strings.Contains(projet, "Victor Exemple") || !strings.Contains(projet, "[numéro donné à la décision]") {
				t.Errorf("the project:\n%s", projet)
			}
			poster(t, victor, feuille, feuille+"/decision", url.Values{}).Attendre(t, 303)
			apercu, empreinte := lues(t, victor.Ouvrir(feuille))
			b.passerLeRepit(t)
			d, err := b.derniere(t)
			if err != nil {
				t.Fatal(err)
			}
			figees, err := b.lettres.Figees(t.Context(), b.base.Lire(), d.ID)
			if err != nil || len(figees) != 2 || figees[0].Langue != "fr" {
				t.Fatalf("%+v, %v", figees, err)
			}
			denis := b.entrer(t, "deposant@editeur")
			lu, shaLu := lues(t, denis.Ouvrir("/lettres/"+d.Reference()))
			page := denis.Ouvrir("/lettres/" + d.Reference() + "/html?texte=fr")
			for quoi, e := range map[string]string{"kept": figees[0].Empreinte, "kept bytes": sha(string(figees[0].HTML)), "read": shaLu, "downloaded": sha(page.Corps)} {
				if e != empreinte {
					t.Errorf("%s: %s, previewed %s", quoi, e, empreinte)
				}
			}
			if lu != apercu || strings.Contains(lu, "[") || !strings.Contains(lu, d.Reference()) {
				t.Errorf("previewed:\n%s\nread:\n%s", apercu, lu)
			}
			pdf := denis.Ouvrir("/lettres/" + d.Reference() + "/pdf?texte=fr")
			if sha(pdf.Corps) != figees[0].PDF || !strings.HasPrefix(pdf.Corps, "%PDF-") || !strings.Contains(pdf.Entetes.Get("Content-Disposition"), "attachment") {
				t.Errorf("PDF: %s, kept %s, %v", sha(pdf.Corps), figees[0].PDF, pdf.Entetes)
			}
			r, err := b.rediger(t.Context(), surLettre+d.Reference(), 0)
			if err != nil || sha(string(r.Octets)) != figees[0].PDF || !strings.Contains(r.Texte, "/lettres/"+d.Reference()) {
				t.Errorf("mail: %s, %v\n%s", sha(string(r.Octets)), err, r.Texte)
			}
			b.entrer(t, "instruction@").Ouvrir("/lettres/"+d.Reference()).Attendre(t, 200, "Première lecture 24/11/2026", "Denis Exemple", "par voie électronique")
		})
	}
}

// aValider is the number of a demande of the example of which an award is proposed.
func (b *bureau) aValider(t *testing.T) (numero string) {
	t.Helper()
	var c etatCle
	err := b.base.Lire().QueryRowContext(t.Context(), `SELECT depot_id, rang FROM decision WHERE etat = 'proposee' AND sens = 'attribution' ORDER BY id LIMIT 1`).Scan(&c.depot, &c.rang)
	if err != nil {
		t.Fatal(err)
	}
	return depot.NumeroASP(c.depot, c.rang)
}

type etatCle struct {
	depot int64
	rang  int
}

// passerLeRepit has all that is decided notified.
func (b *bureau) passerLeRepit(t *testing.T) {
	t.Helper()
	err := b.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE decision SET notifier = 1 WHERE etat = 'decidee'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := b.decisions.Notifier(t.Context()); err != nil || n == 0 {
		t.Fatalf("%d told, %v", n, err)
	}
}

// derniere is the decision that was taken last.
func (b *bureau) derniere(t *testing.T) (decision.Decision, error) {
	t.Helper()
	var c etatCle
	err := b.base.Lire().QueryRowContext(t.Context(), `SELECT depot_id, rang FROM decision WHERE etat = 'notifiee' ORDER BY annee DESC, numero DESC LIMIT 1`).Scan(&c.depot, &c.rang)
	if err != nil {
		return decision.Decision{}, err
	}
	toutes, err := b.decisions.De(t.Context(), b.base.Lire(), etat.Cle{Depot: c.depot, Rang: c.rang})
	return toutes[len(toutes)-1], err
}

// A supplier that has not agreed to electronic notification gets its letters by post: the agency lists them, and keeps the day of posting.
// Each choice is kept, with who made it and the version of the words; letters that were sent before stay as they were.
func TestNotificationByPost(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	chef := b.entrer(t, "proprietaire@editeur")
	chef.Ouvrir("/notification").Attendre(t, 200, "Vos décisions vous sont notifiées par voie électronique.", "version du texte 1")
	poster(t, chef, "/notification", "/notification", url.Values{"choix": {"peut-être"}}).Attendre(t, 422)
	poster(t, chef, "/notification", "/notification", url.Values{"choix": {"non"}}).Attendre(t, 303)
	b.entrer(t, "lecteur@editeur").Ouvrir("/notification").Attendre(t, 200, "Un propriétaire de l'entreprise choisit")
	numero := b.aValider(t)
	poster(t, b.entrer(t, "decision@"), "/travail/"+numero, "/travail/"+numero+"/decision", url.Values{}).Attendre(t, 303)
	b.passerLeRepit(t)
	d, err := b.derniere(t)
	if err != nil {
		t.Fatal(err)
	}
	page := "/lettres/" + d.Reference()
	r, err := b.rediger(t.Context(), surLettre+d.Reference(), 0)
	if err != nil || !strings.Contains(r.Texte, "aussi par la poste") {
		t.Errorf("mail: %v\n%s", err, r.Texte)
	}
	ines := b.entrer(t, "instruction@")
	ines.Ouvrir("/accueil").Attendre(t, 200, "envoyer par la poste")
	ines.Ouvrir("/lettres?file=poste").Attendre(t, 200, d.Reference())
	poster(t, ines, page, page, url.Values{"jour": {"01/01/2020"}}).Attendre(t, 422, "pas avant la notification")
	poster(t, ines, page, page, url.Values{"jour": {""}}).Attendre(t, 422)
	poster(t, ines, page, page, url.Values{"jour": {"24/11/2026"}}).Attendre(t, 303)
	if r := ines.Ouvrir("/lettres?file=poste"); strings.Contains(r.Corps, page) {
		t.Errorf("%s, which was posted, is still to be posted: %s", d.Reference(), r.Corps)
	}
	chef.Ouvrir(page).Attendre(t, 200, "par la poste ; ceci est une copie", "24/11/2026")
	chef.Ouvrir("/lettres").Attendre(t, 200, "postée le 24/11/2026", "Vos décisions vous sont notifiées par la poste")
	if r := b.entrer(t, "controle@").Ouvrir(page).Attendre(t, 200, "Inès Exemple"); strings.Contains(r.Corps, `name="jour"`) {
		t.Error("who reads alone notes when a letter was posted")
	}
	var n int
	if err := b.base.Lire().QueryRow(`SELECT COUNT(*) FROM accord`).Scan(&n); err != nil || n != 2 {
		t.Errorf("%d choices are kept, %v", n, err)
	}
}

// A later decision replaces an earlier one: both stay readable, and found by their numbers, by the agency and by the supplier.
func TestLaterDecisionReplaces(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	var c etatCle
	var avant decision.Decision
	err := b.base.Lire().QueryRow(`SELECT depot_id, rang, annee, numero FROM decision d WHERE etat = 'notifiee' AND sens = 'refus' AND fournisseur_id = 1 ORDER BY id LIMIT 1`).Scan(&c.depot, &c.rang, &avant.Annee, &avant.Numero)
	if err != nil {
		t.Fatal(err)
	}
	numero := depot.NumeroASP(c.depot, c.rang)
	feuille := "/travail/" + numero
	victor, ines := b.entrer(t, "decision@"), b.entrer(t, "instruction@")
	poster(t, victor, feuille, feuille+"/reouverture", url.Values{"reouverture": {"Le financement d'avant était celui d'un autre logiciel."}}).Attendre(t, 303)
	poster(t, ines, feuille, feuille+"/refus", url.Values{"motif": {"SIGNATURE"}, "texte": {"Page 2."}}).Attendre(t, 303)
	poster(t, victor, feuille, feuille+"/decision", url.Values{}).Attendre(t, 303)
	b.passerLeRepit(t)
	apres, err := b.derniere(t)
	if err != nil || apres.Reference() == avant.Reference() {
		t.Fatalf("%+v, %v", apres, err)
	}
	denis := b.entrer(t, "deposant@editeur")
	for _, qui := range []*essai.Client{denis, ines} {
		qui.Ouvrir("/lettres/"+avant.Reference()).Attendre(t, 200, "Cette décision est remplacée par "+apres.Reference())
		qui.Ouvrir("/lettres/"+apres.Reference()).Attendre(t, 200, "Page 2.", "daté, ou n'est pas signé")
		r := qui.Ouvrir("/lettres?q="+avant.Reference()).Attendre(t, 200, avant.Reference(), "remplacée par")
		if strings.Contains(r.Corps, `href="/lettres/`+apres.Reference()) {
			t.Error("a search finds another number")
		}
		qui.Ouvrir("/lettres?q="+numero).Attendre(t, 200, avant.Reference(), apres.Reference())
		qui.Ouvrir("/lettres?q=2026-999999").Attendre(t, 200, "Aucune lettre")
		qui.Ouvrir("/lettres?q=n'importe").Attendre(t, 200, "Aucune lettre")
	}
	denis.Ouvrir("/demandes/"+numero).Attendre(t, 200, "Décision de refus "+apres.Reference(), "remplacée par "+apres.Reference())
}

// An agent changes the text of one letter: what the law wants stays, the change is shown beside the model, and who decides on what was
// read before reads it again. Settings that change meanwhile do likewise.
func TestTextOfOneLetter(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	numero := b.aValider(t)
	feuille := "/travail/" + numero
	lettre := feuille + "/lettre"
	victor, ines := b.entrer(t, "decision@"), b.entrer(t, "instruction@")
	if r := victor.Ouvrir(lettre); strings.Contains(r.Corps, "<textarea") {
		t.Error("who decides writes the letter")
	}
	avant := formulaireDe(t, victor, feuille, feuille+"/decision")
	texte := formulaireDe(t, ines, lettre, lettre).Get("texte-fr")
	poster(t, ines, lettre, lettre, url.Values{"texte-fr": {strings.ReplaceAll(texte, "{{seuils}}", "")}}).Attendre(t, 422, "Il manque les seuils d'usage (CRPA, art. L242-2) : {{seuils}}.")
	poster(t, ines, lettre, lettre, url.Values{"texte-fr": {texte + "\n\nUn mot de plus pour {{numeroASP}}."}}).Attendre(t, 303)
	victor.Ouvrir(lettre).Attendre(t, 200, "ajouté : Un mot de plus pour {{numeroASP}}.", "Texte retouché pour cette lettre : Inès Exemple")
	victor.Demander("POST", feuille+"/decision", avant).Attendre(t, 422, "a changé depuis que vous l'avez lue")
	lu := formulaireDe(t, victor, feuille, feuille+"/decision")
	if err := b.lettres.Regler(t.Context(), 1, map[string]modele.Texte{"limite": {Fr: "31 décembre 2027 à 18 h"}}); err != nil {
		t.Fatal(err)
	}
	victor.Demander("POST", feuille+"/decision", lu).Attendre(t, 422, "La lettre a changé depuis que vous l'avez lue")
	if err := b.lettres.Regler(t.Context(), 1, map[string]modele.Texte{"limite": {}}); err != nil {
		t.Fatal(err)
	}
	victor.Ouvrir(feuille).Attendre(t, 200, "La lettre ne peut pas partir : il y manque le jour limite, avec son heure (à remplir : « Modèles de lettres »")
	poster(t, victor, feuille, feuille+"/decision", url.Values{}).Attendre(t, 422, "La lettre ne peut pas partir")
	if err := b.lettres.Regler(t.Context(), 1, map[string]modele.Texte{"limite": {Fr: "31 décembre 2027 à 18 h"}}); err != nil {
		t.Fatal(err)
	}
	tard := formulaireDe(t, ines, lettre, lettre)
	tard.Set("texte-fr", "Un texte qui vient trop tard")
	poster(t, victor, feuille, feuille+"/decision", url.Values{}).Attendre(t, 303)
	ines.Demander("POST", lettre, tard).Attendre(t, 422, "Ce que vous aviez tapé", "Texte en français", "Un texte qui vient trop tard")
	victor.Ouvrir(lettre).Attendre(t, 200, "Un mot de plus pour "+numero, "31 décembre 2027 à 18 h", "La lettre est figée")
}

// formulaireDe are the fields of a form as its page has them.
func formulaireDe(t *testing.T, c *essai.Client, page, action string) url.Values {
	t.Helper()
	for _, x := range formulairesDe(t, c.Ouvrir(page).Corps) {
		if strings.HasPrefix(x.action, action) {
			return x.lus
		}
	}
	t.Fatalf("%s has no form for %s", page, action)
	return nil
}

// Letters in a browser, with and without script: an administrator edits a model and sees it on a demande, who decides reads the letter,
// a supplier finds it, reads it, and chooses how it is notified.
func TestLettersInABrowser(t *testing.T) {
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
				x := chrome.Visiter(t, b.site.URL, "lettres-"+nom+"-"+nomVisite, v, sans)
				x.Aller("/connexion?lang=fr")
				entrer(t, x.Page, compteDe(b.comptes, debut))
				return x
			}
			numero := b.aValider(t)
			agathe := visite("agathe", "agence@", navigateur.View{Width: 1280, Height: 900})
			agathe.Aller("/modeles")
			agathe.Voir("modeles", "Modèles de lettres")
			agathe.Aller("/ce-que-disent-les-lettres")
			agathe.Voir("reglages", "Ce que disent les lettres")
			agathe.Aller("/modeles/attribution-fr")
			agathe.Suivre(t, `button[value="apercu"]`, chromedp.SetValue(`[name="numero"]`, numero))
			agathe.Voir("apercu", "Décision d'attribution, français")
			agathe.Suivre(t, `main button:not([name])`, chromedp.SetValue(`[name="texte"]`, "{{numeroASPE}}"))
			agathe.Voir("fautes", "Décision d'attribution, français")
			if lu := agathe.Lu(`document.querySelector(".resume").innerText`); !strings.Contains(lu, "Ligne 1, colonne 1") || !strings.Contains(lu, "CRPA, art. L212-1") {
				t.Errorf("what is wrong: %s", lu)
			}
			victor := visite("victor", "decision@", navigateur.View{Width: 320, Height: 800, Dark: true})
			victor.Aller("/travail/" + numero + "/lettre")
			victor.Voir("projet", "Lettre : décision d'attribution")
			victor.Aller("/travail/" + numero)
			victor.Suivre(t, `form[action*="/decision"] button`)
			victor.Aller("/travail/" + numero + "/lettre")
			victor.Voir("figee", "Lettre : décision d'attribution")
			b.passerLeRepit(t)
			chef := visite("chef", "proprietaire@editeur", navigateur.View{Width: 1280, Height: 900})
			chef.Aller("/demandes/" + numero)
			chef.Voir("demande", "Demande ASP-")
			chef.Suivre(t, `main a[href^="/lettres/"]`)
			chef.Voir("lettre", "Décision d'attribution 2026-")
			chef.Aller("/lettres")
			chef.Voir("lettres", "Lettres")
			chef.Aller("/notification")
			chef.Suivre(t, `main form button`, chromedp.Click(`[value="non"]`))
			chef.Voir("accord", "Notification des décisions")
			petit := visite("petit", "lecteur@editeur", navigateur.View{Width: 320, Height: 800})
			petit.Aller("/lettres")
			petit.Voir("lettres", "Lettres")
			petit.Suivre(t, `main tbody a`)
			petit.Voir("lettre", "Décision d")
			for _, x := range slices.Concat(agathe.Errors(), victor.Errors(), chef.Errors(), petit.Errors()) {
				if !strings.Contains(x, "422") { // what was refused, on purpose
					t.Error(x)
				}
			}
		})
	}
}
