package portail_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"guichet/internal/corpus"
)

// unFichier is one field of a form, or one file of it when it has a name.
type unFichier struct {
	champ, nom string
	octets     []byte
}

// remplir sends the form of a deposit, in this order.
func (v *visiteur) remplir(fichiers ...unFichier) (string, string) {
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
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.site.URL+"/deposer", &b)
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

// Archives come in the form of the deposit: what came with the file is kept and listed, what came before it or with a
// simulation is told, and none of it undoes the deposit.
func TestArchivesInTheForm(t *testing.T) {
	t.Parallel()
	base := t.TempDir() + "/portail.db"
	_, site := guichet(t, base)
	peupler(t, base)
	v := entrer(t, site, "depot@exemple.invalid")
	octets := corpus.Fichier(corpus.Forme{Demandes: 2, OGs: 1, ESMS: 1, Indente: true})
	fichier := unFichier{"fichier", "JSON-ANS0000001-20261124-001.json", octets}
	champs := []unFichier{{"type", "", []byte("avance")}, {"numeroAns", "", []byte("ANS0000001")}}
	zip := unFichier{"archives", "lot.zip", lesPieces(t, octets)}
	veut(t, v.lire("/deposer"), `name="archives"`, "multiple")

	_, texte := v.remplir(append(champs, unFichier{"simulation", "", []byte("oui")}, fichier, zip)...)
	veut(t, texte, "Simulation de dépôt", "lot.zip : une simulation ne garde rien")
	veut(t, v.lire("/depots"), "Aucun dépôt")

	_, texte = v.remplir(append(champs, zip)...)
	veut(t, texte, "Choisissez le fichier JSON", "lot.zip : arrivée avant le fichier JSON")

	ou, texte := v.remplir(append(champs, unFichier{"archives", "avant.zip", []byte("PK")}, fichier, zip, unFichier{"archives", "abimee.zip", []byte("PK")})...)
	veut(t, texte, "Archives reçues avec le dépôt : 2.", "avant.zip : arrivée avant le fichier JSON", "lot.zip", "abimee.zip", "dont acceptées : 2")
	if !strings.HasPrefix(ou, "/depots/DEP-") {
		t.Errorf("one is at %s", ou)
	}
	if i, j := strings.Index(texte, "Les archives</h2>"), strings.Index(texte, "avant.zip</"); i < 0 || j > i {
		t.Error("what was not kept is listed")
	}
	_, texte = v.remplir(append(champs, fichier, zip)...)
	veut(t, texte, "déjà été déposé", "Archives reçues avec le dépôt : 1.")
}
