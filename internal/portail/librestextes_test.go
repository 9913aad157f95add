package portail

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
)

// What a letter would show raw is refused at the field that it was typed in, with its place, and kept there: each text that goes into one.
func TestFreeTextsOfLetters(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	f, _, _, _ := m.fournir(t, "A", 1)
	m.instruire(t, f)
	admin, ines := m.entrer(t, m.agent(t, compte.Administrateur)), m.entrer(t, m.agent(t, compte.Instructeur))
	var id int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM depot`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	n := depot.NumeroASP(id, 0)
	feuille := "/travail/" + n
	ines.Demander("POST", feuille+"/prise", nil)
	const nu = "Vu,\n**gras** <b>x</b> \u202e {{agence}}"
	for _, x := range []struct {
		page, action, champ string
		autres              url.Values
	}{
		{feuille, feuille + "/refus", "texte", url.Values{"motif": {"PLAFOND.0"}}},
		{feuille, feuille + "/modification", "modification", url.Values{}},
		{feuille + "/avis", feuille + "/avis", "question", url.Values{}},
	} {
		x.autres.Set(x.champ, nu)
		r := poster(t, ines, x.page, x.action, x.autres)
		if r.Etat != http.StatusUnprocessableEntity || !strings.Contains(r.Corps, `id="`+x.champ+`-faute"`) || !strings.Contains(r.Corps, "Ligne 2, colonne 1") ||
			!strings.Contains(r.Corps, "Ligne 2, colonne 10") || !strings.Contains(r.Corps, "U+202E") || !strings.Contains(r.Corps, "{{agence}}") || !strings.Contains(r.Corps, "**gras**") {
			t.Errorf("%s: %d\n%.3000s", x.action, r.Etat, r.Texte())
		}
	}
	for chemin, champs := range map[string]url.Values{
		"/lots/nouveau/propositions":      {"quoi": {"refuser"}, "demande": {n}, "motif": {"PLAFOND.0"}, "texte": {nu}},
		"/travail/" + n + "/contestation": {"texte": {nu}, "autre": {n}},
	} {
		ines.Demander("POST", chemin, champs).Attendre(t, http.StatusUnprocessableEntity, "Ligne 2, colonne 1 : « ** »", "{{agence}}")
	}
	admin.Demander("POST", "/motifs/PLAFOND", url.Values{"nom_fr": {"Plafond"}, "nom_en": {"Ceiling"}, "texte_fr": {nu}, "texte_en": {"Over it."}, "article": {"art. 1"}, "actif": {"oui"}, "version": {"0"}}).
		Attendre(t, http.StatusUnprocessableEntity, "Ligne 2, colonne 1 : « ** »")
	if r := poster(t, ines, feuille, feuille+"/modification", url.Values{"modification": {"Le bon n'est pas signé :\n- page 2\n- page 3 < 4"}}); r.Etat != http.StatusSeeOther {
		t.Errorf("plain text: %d\n%.2000s", r.Etat, r.Texte())
	}
}

// A document that cannot do is refused on its row of the demande's page.
func TestDocumentRefusedOnItsRow(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	_, _, deposant, _ := m.fournir(t, "A", 1)
	d := m.entrer(t, deposant)
	var id int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM depot`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	n := depot.NumeroASP(id, 0)
	for nom, octets := range map[string][]byte{"vide.pdf": nil, "faux.pdf": []byte("rien d'un PDF"), "image.pdf": []byte("\x89PNG\r\n\x1a\n0000"), "gros.pdf": corpus.PDF(4 << 20)} {
		var corps bytes.Buffer
		envoi := multipart.NewWriter(&corps)
		w, err := envoi.CreateFormFile("document-BON_COMMANDE", nom)
		if err == nil {
			_, err = w.Write(octets)
		}
		if err != nil || envoi.Close() != nil {
			t.Fatal(err)
		}
		q := httptest.NewRequest("POST", m.site.URL+"/depots/"+depot.ImpID(id)+"/pieces/0/BON_COMMANDE", &corps)
		q.RequestURI = ""
		q.Header.Set("Content-Type", envoi.FormDataContentType())
		r := d.Envoyer(q)
		if r.Etat != http.StatusUnprocessableEntity || !strings.Contains(r.Corps, `id="document-BON_COMMANDE-faute"`) || !strings.Contains(r.Corps, "<details open>") || !strings.Contains(r.Corps, "Demande "+n) {
			t.Errorf("%s: %d\n%.3000s", nom, r.Etat, r.Texte())
		}
	}
}
