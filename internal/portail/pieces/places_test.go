package pieces_test

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
	webessai "guichet/internal/portail/web/essai"
)

type surLigne struct {
	champ string
	entree
}

// lignes is what the form of the lines posts.
func lignes(t testing.TB, fichiers ...surLigne) (genre string, corps *bytes.Buffer) {
	t.Helper()
	corps = &bytes.Buffer{}
	f := multipart.NewWriter(corps)
	err := errors.Join(f.WriteField("forme", "document-0-BON_COMMANDE"), f.WriteField("de", "0"))
	for _, e := range fichiers {
		w, faute := f.CreateFormFile(e.champ, e.nom)
		if faute == nil {
			_, faute = w.Write(e.octets)
		}
		err = errors.Join(err, faute)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return f.FormDataContentType(), corps
}

// Documents go to the places of their lines under any name; what cannot do there is told at its field, with what to do,
// and nothing of it is kept. The others come all the same.
func TestLines(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		site := m.site(t, m.fournisseur, compte.Deposant)
		genre, corps := lignes(t,
			surLigne{"document-0-BON_COMMANDE", entree{"lettre.docx", zipper(t, entree{"[Content_Types].xml", []byte("<x/>")})}},
			surLigne{"document-1-BON_COMMANDE", entree{"scan du 12.pdf", pdf("2")}},
			surLigne{"document-1-PREUVE_HT", entree{"scan.pdf", pdf("3")}},
			surLigne{"document-2-BON_COMMANDE", entree{"tout.zip", zipper(t, completes(t)...)}},
			surLigne{"document-3-BON_COMMANDE", entree{"gros.pdf", append(pdf("4"), make([]byte, 3<<20)...)}},
		)
		etat, page, _ := demander(t, "POST", site+m.chemin(), genre, corps)
		if etat != http.StatusUnprocessableEntity {
			t.Fatalf("%d", etat)
		}
		for champ, texte := range map[string]string{
			"document-0-BON_COMMANDE": "lettre.docx est un document bureautique (Word, Excel, LibreOffice…) ; un PDF est attendu ici", "document-1-PREUVE_HT": "scan.pdf est un PDF ; le fichier JSON annonce un JPG",
			"document-2-BON_COMMANDE": "tout.zip est une archive", "document-3-BON_COMMANDE": "gros.pdf pèse 3,1 Mo, 3 Mo au plus",
		} {
			if !strings.Contains(page, `id="`+champ+`-faute">`+texte) {
				t.Errorf("%s: no %q", champ, texte)
			}
		}
		if !strings.Contains(page, `class="fait" role="status"><p>Fichiers reçus : 1.`) || strings.Count(page, "Examen en cours") != 2 {
			t.Errorf("what came is not told:\n%s", page)
		}
		m.examiner(t)
		if e := m.etats(t); strings.Count(e, "recue") != 1 || !strings.Contains(e, "BDC-A0002 recue") {
			t.Error(e)
		}
		if a, err := m.Archives(t.Context(), m.fournisseur, m.depot); err != nil || len(a) != 1 || a[0].Nom != "scan du 12.pdf" || a[0].Place != (pieces.Place{Rang: 1, Type: "BON_COMMANDE"}) {
			t.Errorf("%+v, %v", a, err)
		}
		genre, corps = lignes(t)
		if etat, page, _ := demander(t, "POST", site+m.chemin(), genre, corps); etat != http.StatusUnprocessableEntity || !strings.Contains(page, `id="document-0-BON_COMMANDE-faute">Choisissez un fichier sur une ligne`) {
			t.Errorf("nothing chosen: %d", etat)
		}
		m.mettre(t, 0, "payee")
		genre, corps = lignes(t, surLigne{"document-0-BON_COMMANDE", entree{"a.pdf", pdf("1")}}, surLigne{"document-9-BON_COMMANDE", entree{"a.pdf", pdf("1")}})
		if etat, _, _ := demander(t, "POST", site+m.chemin(), genre, corps); etat != http.StatusNotFound {
			t.Errorf("a line that there is none of: %d", etat)
		}
	})
}

// The same bytes for two places are two documents; for the same place they change nothing.
func TestSameBytesTwoPlaces(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		toutes, err := m.Pieces(t.Context(), m.fournisseur, m.depot, -1)
		if err != nil {
			t.Fatal(err)
		}
		for _, veut := range []struct {
			piece int
			deja  bool
		}{{0, false}, {1, false}, {0, true}} {
			a, err := m.Recevoir(t.Context(), pieces.Envoi{Fournisseur: m.fournisseur, Compte: 1, Depot: m.depot, Nom: "scan.pdf", Corps: bytes.NewReader(pdf("x")), Place: &toutes[veut.piece]})
			if err != nil || a.DejaRecue != veut.deja {
				t.Errorf("%d: %+v, %v", veut.piece, a, err)
			}
			m.examiner(t)
		}
		if e := m.etats(t); !strings.HasPrefix(e, "BDC-A0001 recue, BDC-A0002 recue, HT-A0002 manquante") {
			t.Error(e)
		}
	})
}

var boutons = regexp.MustCompile(`(?s)name="archive" value="(\d+)"><input type="hidden" name="ordre" value="(\d+)">\s*<button class="secondaire" name="place" value="([^"]+)"`)

// What was set aside for its name is offered for the place that it is likely to be meant for: one word, and it is
// examined there, out of its archive or by itself. Then it is offered no more. Nobody else can say it.
func TestSetAsideIsOffered(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		site := m.site(t, m.fournisseur, compte.Deposant)
		m.envoyer(t, "lot.zip", zipper(t, entree{"bons/bon A0001 signé.pdf", pdf("1")}, entree{"lisez-moi.txt", []byte("A0003")}, completes(t)[3]))
		m.envoyer(t, "ms1-dui-va1-bdc-a0004.PDF", pdf("4"))
		_, page, _ := demander(t, "GET", site+m.chemin(), "", nil)
		offres := boutons.FindAllStringSubmatch(page, -1)
		if len(offres) != 2 || offres[0][3] != "3/BON_COMMANDE" || offres[1][3] != "0/BON_COMMANDE" || strings.Contains(page, "<code>lisez-moi.txt</code></p>") {
			t.Fatalf("%q in\n%s", offres, page)
		}
		if !strings.Contains(page, "Oui, c&#39;est le bon de commande de A0001") {
			t.Errorf("the question is not asked:\n%s", page)
		}
		etranger := m.site(t, m.ajouterFournisseur(t, "00000000200006"), compte.Deposant)
		for _, o := range offres {
			dire := "archive=" + o[1] + "&ordre=" + o[2] + "&place=" + o[3]
			if etat, _, _ := demander(t, "POST", etranger+m.chemin()+"/ecartees", "application/x-www-form-urlencoded", strings.NewReader(dire)); etat != http.StatusNotFound {
				t.Errorf("another supplier: %d", etat)
			}
			for _, faux := range []string{"archive=999&ordre=1&place=" + o[3], "archive=" + o[1] + "&ordre=77&place=" + o[3], "archive=" + o[1] + "&ordre=" + o[2] + "&place=0/RIB", "archive=x", ""} {
				if etat, _, _ := demander(t, "POST", site+m.chemin()+"/ecartees", "application/x-www-form-urlencoded", strings.NewReader(faux)); etat != http.StatusNotFound {
					t.Errorf("%q: %d", faux, etat)
				}
			}
			if etat, page, _ := demander(t, "POST", site+m.chemin()+"/ecartees", "application/x-www-form-urlencoded", strings.NewReader(dire)); etat != http.StatusOK || !strings.Contains(page, "Un examen est en cours") {
				t.Errorf("%s: %d %s", dire, etat, page)
			}
		}
		m.examiner(t)
		if e := m.etats(t); !strings.HasPrefix(e, "BDC-A0001 recue, BDC-A0002 manquante, HT-A0002 manquante, BDC-A0003 recue, BDC-A0004 recue") {
			t.Error(e)
		}
		p, f, err := m.Ouvrir(t.Context(), m.fournisseur, m.depot, 0, "BON_COMMANDE")
		if err != nil || lireTout(t, f) != string(pdf("1")) || p.Nom != premiere {
			t.Errorf("%+v, %v", p, err)
		}
		if _, page, _ := demander(t, "GET", site+m.chemin(), "", nil); boutons.MatchString(page) {
			t.Errorf("offered again:\n%s", page)
		}
	})
}

// The only document that is lacking is offered for what bears no name that says anything, never for what bears the number of
// another demande; a reader is offered nothing.
func TestLastPlaceIsOffered(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	m.envoyer(t, "lot.zip", zipper(t, append(completes(t)[1:], entree{"scan.pdf", pdf("1")}, entree{"photo.png", pngDe(t)})...))
	_, page, _ := demander(t, "GET", m.site(t, m.fournisseur, compte.Deposant)+m.chemin(), "", nil)
	if o := boutons.FindAllStringSubmatch(page, -1); len(o) != 1 || o[0][3] != "0/BON_COMMANDE" || !strings.Contains(page, "<code>scan.pdf</code>") {
		t.Errorf("%q", o)
	}
	m.envoyer(t, "deux.zip", zipper(t, entree{"bon A0002.pdf", pdf("autre")}, entree{"MS1-DUI-Va1-BDC-A0077.pdf", pdf("tout autre")}))
	_, page, _ = demander(t, "GET", m.site(t, m.fournisseur, compte.Deposant)+m.chemin(), "", nil)
	if o := boutons.FindAllStringSubmatch(page, -1); len(o) != 1 || strings.Contains(page, "<p><code>bon A0002.pdf</code>") {
		t.Errorf("what bears the number of another demande is offered for the last place: %q", o)
	}
	if _, page, _ := demander(t, "GET", m.site(t, m.fournisseur, compte.Lecteur)+m.chemin(), "", nil); boutons.MatchString(page) || strings.Contains(page, `type="file"`) {
		t.Error("a reader is offered to send")
	}
}

// The page says that an examination is under way and where to see how far it is; the number that its script asks for falls
// to none. A refusal is told as one, never as a thing done.
func TestFollowed(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		site := m.site(t, m.fournisseur, compte.Deposant)
		attente := func() string {
			_, n, _ := demander(t, "GET", site+m.chemin()+"/examen", "", nil)
			return strings.TrimSpace(n)
		}
		if n := attente(); n != "0" {
			t.Errorf("nothing sent: %s", n)
		}
		genre, corps := formulaire(t, completes(t)[0], entree{"lot.zip", []byte("PK")})
		if _, page, _ := demander(t, "POST", site+m.chemin(), genre, corps); attente() != "2" || !strings.Contains(page, `data-suivi="`+m.chemin()+`/examen"`) || !strings.Contains(page, `<a href="`+m.chemin()+`">Voir où il en est`) {
			t.Errorf("%s: %s", attente(), page)
		}
		m.examiner(t)
		if _, page, _ := demander(t, "GET", site+m.chemin(), "", nil); attente() != "0" || strings.Contains(page, "data-suivi") {
			t.Errorf("%s: %s", attente(), page)
		}
		if etat, _, _ := demander(t, "GET", m.site(t, m.ajouterFournisseur(t, "00000000200006"), compte.Deposant)+m.chemin()+"/examen", "", nil); etat != http.StatusNotFound {
			t.Errorf("another supplier: %d", etat)
		}
	})
}

// Several documents of one form are told in one mail, that of the last one; one that is refused is told at once.
func TestOneMailForOneForm(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	for i, e := range completes(t)[:3] {
		if i == 1 {
			e.octets = pngDe(t)
		}
		if _, err := m.recevoir(t, e.nom, e.octets); err != nil {
			t.Fatal(err)
		}
	}
	m.examiner(t)
	var sujets []string
	for i := 0; i < len(m.courriels); i += 2 {
		sujets = append(sujets, m.courriels[i].Fr)
	}
	if len(sujets) != 2 || !slices.ContainsFunc(sujets, func(s string) bool { return strings.HasSuffix(s, "3 encore attendues") }) {
		t.Errorf("%q", sujets)
	}
}

// A refusal is told in the tone of one: in the box of what has just come, and in the word of state of what was sent.
func TestToneOfARefusal(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	casse := entree{"lot.zip", []byte("PK\x03\x04 cut")}
	m.envoyer(t, casse.nom, casse.octets)
	poster := func(fichiers ...entree) string {
		t.Helper()
		genre, corps := formulaire(t, fichiers...)
		bocal, err := cookiejar.New(nil) // what is told is carried by a cookie
		if err != nil {
			t.Fatal(err)
		}
		r, err := (&http.Client{Jar: bocal}).Post(site+m.chemin(), genre, corps)
		if err != nil {
			t.Fatal(err)
		}
		return webessai.Espacer(lireTout(t, r.Body))
	}
	if page := poster(casse, completes(t)[0]); !strings.Contains(page, `class="fait" role="status"><p>Fichiers reçus : 1.</p>`) || !strings.Contains(page, `class="faute" id="archives-faute">lot.zip a déjà été refusé`) {
		t.Errorf("an archive that is refused again:\n%s", page)
	}
	if page := poster(completes(t)[1]); !strings.Contains(page, `class="fait" role="status"><p>Fichiers reçus : 1.`) {
		t.Errorf("what came:\n%s", page)
	}
	place := pieces.Place{Type: "BON_COMMANDE"}
	for _, c := range []struct {
		archive pieces.Archive
		ton     string
	}{
		{pieces.Archive{Etat: pieces.Examinee, Place: pieces.SansPlace, Bonnes: 2}, "ok"},
		{pieces.Archive{Etat: pieces.Examinee, Place: pieces.SansPlace, Bonnes: 2, Mauvaises: 1}, "alerte"},
		{pieces.Archive{Etat: pieces.Examinee, Place: pieces.SansPlace, Ecartees: 1}, "alerte"},
		{pieces.Archive{Etat: pieces.Examinee, Place: place, Mauvaises: 1}, "erreur"},
		{pieces.Archive{Etat: pieces.Examinee, Place: place, Ecartees: 1}, "alerte"},
		{pieces.Archive{Etat: pieces.Examinee, Place: place, Bonnes: 1}, "ok"},
		{pieces.Archive{Etat: pieces.Refusee, Place: place}, "erreur"},
		{pieces.Archive{Etat: pieces.Recue, Place: place}, "info"},
	} {
		if ton, mot := c.archive.Mot(); ton != c.ton {
			t.Errorf("%+v: %s (%s), want %s", c.archive, ton, mot.Fr, c.ton)
		}
	}
}
