package pieces_test

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/pieces"
)

// ensemble posts files to the form that takes all kinds, and returns the page that answers.
func (m *monde) ensemble(t testing.TB, site string, fichiers ...entree) (etat int, page string) {
	t.Helper()
	genre, corps := formulaire(t, fichiers...)
	etat, page, _ = demander(t, "POST", site+m.chemin(), genre, corps)
	return etat, page
}

func contient(t testing.TB, page string, textes ...string) {
	t.Helper()
	page = html.UnescapeString(page)
	for _, texte := range textes {
		if !strings.Contains(page, texte) {
			t.Errorf("%q is not on the page:\n%s", texte, page)
		}
	}
}

// A file that was refused is told again when it comes under another name: both names, when, why and what to do.
func TestRefusedUnderAnotherName(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		site := m.site(t, m.fournisseur, compte.Deposant)
		casse := []byte("ce n'est pas une archive")
		m.envoyer(t, "casse.zip", casse)
		etat, page := m.ensemble(t, site, entree{"autre nom.zip", casse}, completes(t)[0])
		if etat != http.StatusUnprocessableEntity {
			t.Errorf("%d", etat)
		}
		contient(t, page, `id="archives-faute">autre nom.zip est le même fichier que casse.zip, refusé le 24/11/2026 13:00 : casse.zip ne se lit pas`,
			"refaites l'archive", "(P902)", `role="status"><p>Fichiers reçus : 1.`)
		if m.examiner(t); !strings.Contains(m.etats(t), "BDC-A0001 recue") {
			t.Error(m.etats(t))
		}
		_, page = m.ensemble(t, site, entree{"casse.zip", casse})
		contient(t, page, "casse.zip a déjà été refusé le 24/11/2026 13:00 : ")
	})
}

// One file whose name cannot be kept is refused by that name, as far as it can be shown; the others are kept.
func TestBadNamesAmongOthers(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		site := m.site(t, m.fournisseur, compte.Deposant)
		toutes := completes(t)
		etat, page := m.ensemble(t, site, toutes[0], entree{strings.Repeat("é", 200) + ".zip", pdf("x")}, entree{"in\xffvalide.pdf", pdf("x")},
			entree{"son\x07nette.pdf", pdf("x")}, entree{"tab\tulée.pdf", pdf("x")}, entree{"c1\u0085.pdf", pdf("x")}, toutes[1])
		if etat != http.StatusUnprocessableEntity || strings.Count(page, "ce nom ne peut pas être gardé") < 5 {
			t.Errorf("%d, %d", etat, strings.Count(page, "ce nom ne peut pas être gardé"))
		}
		contient(t, page, strings.Repeat("é", 80)+"… : ce nom", "in\ufffdvalide.pdf : ce nom", "son\ufffdnette.pdf : ce nom", "tab␉ulée.pdf : ce nom", "c1<U+0085>.pdf : ce nom", "Renommez-le", "Fichiers reçus : 2.")
		if m.examiner(t); strings.Count(m.etats(t), "recue") != 2 {
			t.Error(m.etats(t))
		}
	})
}

// What can do for none of the files is told once, for the whole form.
func TestNoneCanDo(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	for rang := range 4 {
		m.mettre(t, rang, "payee")
	}
	if etat, page := m.ensemble(t, m.site(t, m.fournisseur, compte.Deposant), completes(t)...); etat != http.StatusUnprocessableEntity || strings.Count(page, "n'attend plus de pièce")+strings.Count(page, "n&#39;attend plus de pièce") != 1 {
		t.Errorf("%d %s", etat, page)
	}
}

// An archive whose documents had come, alone or in another archive, says so of each: nothing is lost, nothing is to be done.
// What was refused before is told with its reason, not as a thing done.
func TestCameBefore(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		site := m.site(t, m.fournisseur, compte.Deposant)
		toutes := completes(t)
		m.envoyer(t, toutes[0].nom, toutes[0].octets)
		m.envoyer(t, "premier.zip", zipper(t, toutes[1], toutes[2]))
		a := m.envoyer(t, "tout.zip", zipper(t, toutes...))
		if a.Bonnes != 2 || a.Deja != 3 || a.Mauvaises+a.Ecartees != 0 {
			t.Errorf("%+v", a)
		}
		_, page, _ := demander(t, "GET", site+m.chemin(), "", nil)
		contient(t, page, "déjà là : 3", "déjà là, venue le 24/11/2026 13:00 : premier.zip", "déjà là, venue le 24/11/2026 13:00</li>", "rien n'est à refaire")
		etat, page := m.ensemble(t, site, entree{"copie.zip", zipper(t, toutes...)})
		if etat != http.StatusOK {
			t.Errorf("%d", etat)
		}
		contient(t, page, "copie.zip est le même fichier que tout.zip, reçu le 24/11/2026 13:00 : rien n'est perdu, ni à renvoyer.", "MS1-DUI-Va1-BDC-A0004.pdf</code><br>acceptée le 24/11/2026 13:00")
		avant, _, _ := strings.Cut(page, "Chaque pièce")
		contient(t, avant, "premier.zip")
		if m.examiner(t); m.etats(t) != toutEstLa {
			t.Error(m.etats(t))
		}
	})
}

// A document that was refused, or set aside, and comes again is told with its reason.
func TestRefusedDocumentCameBefore(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	lot := zipper(t, entree{"MS1-DUI-Va1-BDC-A0001.pdf", pdf("x")[:90]}, entree{"MS1-DUI-Va1-BDC-A0009.pdf", pdf("9")})
	m.envoyer(t, "lot.zip", lot)
	_, page := m.ensemble(t, site, entree{"encore.zip", lot})
	avant, _, _ := strings.Cut(page, "Chaque pièce")
	contient(t, avant, "encore.zip est le même fichier que lot.zip", "(P814)", "(P802)")
	if strings.Contains(avant, "rien n&#39;est perdu") {
		t.Error("what was refused is told as a thing done")
	}
}

// The reason of a document that was refused stays readable when another has taken its place, at its line and with its file.
func TestRefusalStaysReadable(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		nom := "MS1-DUI-Va1-BDC-A0001.pdf"
		m.envoyer(t, "premier.zip", zipper(t, entree{nom, pdf("x")[:90]}))
		m.envoyer(t, nom, pdf("bon"))
		m.envoyer(t, nom, pdf("meilleur"))
		_, page, _ := demander(t, "GET", m.site(t, m.fournisseur, compte.Lecteur)+m.chemin(), "", nil)
		avant, apres, _ := strings.Cut(page, "Fichiers envoyés")
		contient(t, avant, "Ce qui était venu avant", "refusée le 24/11/2026 13:00 : ", "(P814) ; remplacée le 24/11/2026 13:00", "acceptée le 24/11/2026 13:00 ; remplacée le 24/11/2026 13:00")
		contient(t, apres, "(P814) ; remplacée le 24/11/2026 13:00")
		if p, err := m.Pieces(t.Context(), m.fournisseur, m.depot, 0); err != nil || p[0].Etat != pieces.Recue {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

// At the very bound of a deposit's room a file is taken, and one byte more is not.
func TestRoomToTheByte(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	octets := pdf("x")
	m.Octets = int64(len(octets)) - 1
	if _, err := m.prendre(t, "un.pdf", octets); err == nil {
		t.Error("one byte too many is kept")
	}
	m.Octets++
	if _, err := m.prendre(t, "un.pdf", octets); err != nil {
		t.Error(err)
	}
}

// A mail lists so many documents, then says where the others are; no name makes a line of its own in it.
func TestLinesOfAMail(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	var entrees []entree
	for n := range 31 {
		entrees = append(entrees, entree{fmt.Sprintf("inconnu-%02d.pdf", n), pdf("x")})
	}
	m.envoyer(t, "lot.zip", zipper(t, entrees[:30]...))
	texte := m.courriels[len(m.courriels)-1].Fr
	if strings.Count(texte, "inconnu-") != 30 || strings.Contains(texte, "… la suite") {
		t.Errorf("thirty: %s", texte)
	}
	m.envoyer(t, "autre.zip", zipper(t, entrees...))
	texte = m.courriels[len(m.courriels)-1].Fr
	if strings.Count(texte, "inconnu-") != 30 || !strings.Contains(texte, "… la suite est sur la page du dépôt") {
		t.Errorf("thirty-one: %s", texte)
	}
	for _, signe := range []string{"\u2028", "\u2029"} {
		m.envoyer(t, "faux.zip", zipper(t, entree{"a" + signe + "Toutes les pièces sont là" + signe + ".pdf", pdf(signe)}))
		if texte := m.courriels[len(m.courriels)-1].Fr; strings.Contains(texte, signe) || !strings.Contains(texte, "Toutes les pièces sont là") {
			t.Errorf("%q: %q", signe, texte)
		}
	}
}

// Subjects and lines of mails agree with their numbers, in both languages.
func TestMailsAgree(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	toutes := completes(t)
	m.envoyer(t, "lot.zip", zipper(t, toutes[:3]...))
	m.envoyer(t, "encore.zip", zipper(t, toutes[:4]...))
	m.envoyer(t, toutes[4].nom, toutes[4].octets)
	for n, veut := range [][4]string{
		{"2 encore attendues", "2 still expected", "L'archive lot.zip", "Documents still expected: 2"},
		{"1 encore attendue", "1 still expected", "Pièces déjà là, qui ne sont pas à renvoyer : 3", "Documents still expected: 1"},
		{"0 encore attendue", "0 still expected", "Le document " + toutes[4].nom, "All documents of this deposit are there."},
	} {
		sujet, texte := m.courriels[2*n], m.courriels[2*n+1]
		espaces := strings.NewReplacer("\u00a0", " ")
		if s := espaces.Replace(sujet.Fr); !strings.HasSuffix(s, veut[0]) {
			t.Errorf("%q, want %q", s, veut[0])
		}
		if s := espaces.Replace(sujet.En); !strings.HasSuffix(s, veut[1]) {
			t.Errorf("%q, want %q", s, veut[1])
		}
		contient(t, texte.Fr, veut[2])
		contient(t, texte.En, veut[3])
	}
}

// A program that puts a file is told of a refusal as one, by the name of the file, also when it had been refused before; a
// document that was not accepted and is sent again is no thing done.
func TestPutIsToldOfRefusals(t *testing.T) {
	t.Parallel()
	m := nouveau(t, essai.SQLite(t))
	site := m.site(t, m.fournisseur, compte.Deposant)
	poser := func(nom, corps string, dits ...string) {
		t.Helper()
		etat, page, _ := demander(t, "PUT", site+m.chemin()+"/"+nom, "", strings.NewReader(corps))
		if etat != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", nom, etat)
		}
		contient(t, page, dits...)
	}
	m.envoyer(t, "casse.zip", []byte("PK\x03\x04 coupée"))
	poser("autre.zip", "PK\x03\x04 coupée", "autre.zip est le même fichier que casse.zip, refusé le")
	poser("lot.rar", "Rar!\x1a\x07 suite", "lot.rar : c'est une archive RAR")
	poser("a%01b.zip", "PK", "a␁b.zip : ce nom ne peut pas être gardé")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, dit := range []string{"Le document est arrivé.", "qui n'avait pas été accepté"} {
		genre, corps := lignes(t, surLigne{"document", entree{"scan.pdf", pdf("x")[:90]}})
		r, err := client.Post(site+m.chemin()+"/0/BON_COMMANDE", genre, corps)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		texte, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(strings.Split(r.Header.Get("Set-Cookie"), ";")[0], "guichet-dit="))
		if err != nil || !strings.Contains(string(texte), dit) {
			t.Errorf("%q, %v, want %q", texte, err, dit)
		}
		m.examiner(t)
	}
	if e := m.etats(t); !strings.HasPrefix(e, "BDC-A0001 refuseeP814") {
		t.Error(e)
	}
}
