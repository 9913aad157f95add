package pieces_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
)

// parcours is a person at the page of the documents, whose browser runs no script.
type parcours struct {
	*testing.T
	*navigateur.Page
	vues string
}

func (p *parcours) scripts(oui bool) {
	p.Helper()
	if _, err := chromedp.Call(p.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !oui}); err != nil {
		p.Fatal(err)
	}
}

// regarder looks at the page wide and narrow: it fits, and is accessible (what tells so is a script).
func (p *parcours) regarder(nom string) {
	p.Helper()
	p.scripts(true)
	defer p.scripts(false)
	for largeur, suite := range map[int64]string{1280: "-large", 360: "-telephone", 320: "-etroit"} {
		if err := chromedp.Do(p.Context, chromedp.EmulateViewport(largeur, 800)); err != nil {
			p.Fatal(err)
		}
		if n := p.Overflow(p.T); n > 0 {
			p.Errorf("%s, %d wide: %d px too wide", nom, largeur, n)
		}
		if fautes := p.Violations(p.T); len(fautes) > 0 {
			p.Errorf("%s, %d wide: %v", nom, largeur, fautes)
		}
		p.Screenshot(p.T, filepath.Join(p.vues, nom+suite+".png"))
	}
}

func (p *parcours) texte(element string) string {
	p.Helper()
	return navigateur.Evaluate[string](p.T, p.Page, `document.querySelector("`+element+`")?.innerText ?? ""`)
}

// dit makes sure of words of the page.
func (p *parcours) dit(element string, mots ...string) {
	p.Helper()
	texte := p.texte(element)
	for _, m := range mots {
		if !strings.Contains(strings.ReplaceAll(texte, "\u00a0", " "), m) {
			p.Errorf("%s does not say %q:\n%s", element, m, texte)
		}
	}
}

// Without script, a person says what a document that was set aside is, sends another by its line, is told of one that cannot
// do there, and sees by a link what the examination found.
func TestJourneyWithoutScript(t *testing.T) {
	t.Parallel()
	b := navigateur.Start(t)
	m := nouveau(t, essai.SQLite(t))
	m.envoyer(t, "lot.zip", zipper(t, entree{"bons/bon A0001 signé.pdf", pdf("1")}, entree{"bons/BDC A0002.pdf", pdf("2")}, entree{"lisez-moi.txt", []byte("A0003")}, completes(t)[3]))
	p := &parcours{t, b.Open(t, m.site(t, m.fournisseur, compte.Deposant)+m.chemin()+"?lang=fr", navigateur.View{SansScript: true}), dossierDesVues(t)}
	p.regarder("offres")
	p.dit("main", "Des documents reçus n'ont pas trouvé leur place", "bon A0001 signé.pdf", "Dites ce qu'il est", "choisissez-la sur sa ligne")
	if t := p.texte("main"); strings.Contains(t, "corrigez son nom") || strings.Contains(t, "renommez") {
		p.Errorf("what needs no other name is told to be renamed:\n%s", t)
	}

	p.Suivre(t, `button[value="0/BON_COMMANDE"]`)
	p.dit(".fait", "Le document est arrivé")
	p.dit(".suivi", "Un examen est en cours")
	p.regarder("offre-acceptee")
	m.examiner(t)
	p.Suivre(t, ".suivi a")
	p.dit("[data-bilan]", "Pièces encore attendues : 3")
	p.dit("main", "Envoyé ensuite comme le bon de commande de A0001")

	p.Suivre(t, "form:has(.lignes) > button", chromedp.SetUploadFiles("#document-3-BON_COMMANDE", []string{ecrireFichier(t, "photo.pdf", pngDe(t))}))
	p.dit(".resume", "photo.pdf est un PNG")
	p.regarder("ligne-fautive")
	p.Suivre(t, "form:has(.lignes) > button", chromedp.SetUploadFiles("#document-3-BON_COMMANDE", []string{ecrireFichier(t, "scan du 12.pdf", pdf("4"))}))
	p.dit(".fait", "Fichiers reçus : 1.")
	m.examiner(t)
	p.Suivre(t, ".suivi a")
	p.dit("[data-bilan]", "Pièces encore attendues : 2")
	p.regarder("apres")
	if e := m.etats(t); !strings.HasPrefix(e, "BDC-A0001 recue, BDC-A0002 manquante, HT-A0002 manquante, BDC-A0003 recue, BDC-A0004 recue") {
		t.Error(e)
	}
	for _, faute := range p.Errors() {
		if !strings.Contains(faute, "status of 422") { // the browser says so of the line that was refused
			t.Error(faute)
		}
	}
}
