package portail_test

import (
	"bytes"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/internal/portail"
)

// unFichier is one field of a form, or one file of it when it has a name.
type unFichier struct {
	champ, nom string
	octets     []byte
}

// remplir sends the form of a deposit, in this order.
func (v *visiteur) remplir(fichiers ...unFichier) (string, string) {
	return v.remplirPour("/deposer", fichiers...)
}

// remplirPour is remplir, with the button that leads to an address.
func (v *visiteur) remplirPour(adresse string, fichiers ...unFichier) (string, string) {
	v.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, f := range fichiers {
		w, err := m.CreateFormField(f.champ)
		if f.nom != "" {
			w, err = m.CreateFormFile(f.champ, f.nom)
		}
		if err == nil {
			_, err = w.Write(f.octets)
		}
		if err != nil {
			v.t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		v.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.site.URL+adresse, &b)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	a, err := v.http.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer a.Body.Close()
	texte, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode != http.StatusOK && a.StatusCode != http.StatusUnprocessableEntity {
		v.t.Fatalf("%d, %v\n%.2000s", a.StatusCode, err, texte)
	}
	return a.Request.URL.Path, string(texte)
}

// deposant is signed in at a counter of his own.
func deposant(t *testing.T) *visiteur {
	t.Helper()
	base := t.TempDir() + "/portail.db"
	_, site := guichet(t, base)
	peupler(t, base)
	return entrer(t, site, "depot@exemple.invalid")
}

// A deposit is for one of the supplier's own software: the form says so at that field, and offers them again.
func TestSoftwareOfTheForm(t *testing.T) {
	t.Parallel()
	v := deposant(t)
	fichier := unFichier{"fichier", "JSON-ANS0000001-20261124-001.json", corpus.Fichier(corpus.Forme{Demandes: 1, OGs: 1, ESMS: 1, Indente: true})}
	for numero, faute := range map[string]string{
		"":                   "Choisissez un de vos logiciels",
		"ANS0000002":         "parmi ceux de ce fournisseur", // another supplier's
		"ANS\x000000001\xff": "parmi ceux de ce fournisseur",
	} {
		_, texte := v.remplir(unFichier{"type", "", []byte("avance")}, unFichier{"numeroAns", "", []byte(numero)}, fichier)
		veut(t, texte, faute, `href="#numeroAns"`, `value="ANS0000001"`)
	}
	veut(t, v.lire("/depots"), "Aucun dépôt")
}

// The form asks for the file first: its software may come after it, and nothing of the file stays that was not taken.
func TestFileComesFirst(t *testing.T) {
	t.Parallel()
	base := t.TempDir() + "/portail.db"
	donnees := t.TempDir()
	_, site := guichet(t, base, func(c *portail.Config) { c.Donnees = donnees })
	peupler(t, base)
	v := entrer(t, site, "depot@exemple.invalid")
	page := v.lire("/deposer")
	if f, l := strings.Index(page, `type="file"`), strings.Index(page, "numeroAns</"); f < 0 || l >= 0 && l < f {
		t.Errorf("the file does not come first:\n%s", page)
	}
	octets := corpus.Fichier(corpus.Forme{Demandes: 1, OGs: 1, ESMS: 1, Indente: true})
	fichier := unFichier{"fichier", "JSON-ANS0000001-20261124-001.json", octets}
	avance, logiciel := unFichier{"type", "", []byte("avance")}, unFichier{"numeroAns", "", []byte("ANS0000001")}
	_, texte := v.remplir(avance, fichier, unFichier{"numeroAns", "", []byte("ANS0000002")})
	veut(t, texte, "parmi ceux de ce fournisseur")
	_, texte = v.remplir(avance, fichier)
	veut(t, texte, "Choisissez un de vos logiciels")
	_, texte = v.remplir(avance, unFichier{"fichier", "a.json", []byte("PK\x03\x04")}, logiciel)
	veut(t, texte, "une archive ZIP")
	veut(t, v.lire("/depots"), "Aucun dépôt")
	if ou, texte := v.remplir(avance, fichier, logiciel); !strings.HasPrefix(ou, "/depots/DEP-") {
		t.Errorf("%s\n%s", ou, texte)
	}
	if ou, texte := v.remplirPour("/controler", avance, unFichier{"fichier", "JSON-ANS0000001-20261124-002.json", append(octets, ' ')}, logiciel); !strings.HasPrefix(ou, "/controles/") {
		t.Errorf("%s\n%s", ou, texte)
	}
	var restes []string
	err := filepath.WalkDir(filepath.Join(donnees, "controles"), func(nom string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && filepath.Ext(nom) == "" {
			restes = append(restes, nom)
		}
		return err
	})
	if err != nil || len(restes) != 1 {
		t.Errorf("only the file that was checked waits: %q, %v", restes, err)
	}
}
