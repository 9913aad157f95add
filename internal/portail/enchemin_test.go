package portail

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	compteessai "guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
)

// fichiersEnvoyes are the fields by which routes take a file, where it is not called "fichier".
var fichiersEnvoyes = map[string]string{
	"POST /depots/{depot}/pieces": "archives", "POST /messages/nouveau": "piece", "POST /messages/{fil}": "piece", "POST /contradictoires/{procedure}/reponse": "piece",
	"POST /entreprise/logiciel": "fichier-certificat", "POST /entreprise/banque": "fichier-rib", "POST /depots/{depot}/pieces/{rang}/{type}": "document-0-BON_COMMANDE",
}

// enChemin is a request whose last bytes wait until something has happened.
type enChemin struct {
	io.Reader
	fin     io.Reader
	arriver func()
}

func (e *enChemin) Read(b []byte) (int, error) {
	n, err := e.Reader.Read(b)
	if err == io.EOF && e.arriver != nil {
		e.arriver()
		e.Reader, e.arriver = e.fin, nil
		return e.Reader.Read(b)
	}
	return n, err
}

// envoyer sends a file by a route, while something happens, and returns what is answered.
func envoyer(t *testing.T, m *monde, c *essai.Client, motif, chemin string, arriver func()) (int, string) {
	t.Helper()
	methode, _, _ := strings.Cut(motif, " ")
	octets, genre := corpus.PDF(40_000), "application/zip"
	if methode == http.MethodPut { // an archive, by its name
		octets = append([]byte("PK\x03\x04"), bytes.Repeat([]byte("x"), 40_000)...)
	}
	if methode == http.MethodPost {
		var b bytes.Buffer
		f := multipart.NewWriter(&b)
		for _, champ := range [][2]string{{"type", "avance"}, {"numeroAns", "ANS0000001"}, {"sujet", "Sujet"}, {"texte", "Texte"}, {"nom", "AUTRE"}} {
			_ = f.WriteField(champ[0], champ[1]) // into memory
		}
		champ := fichiersEnvoyes[motif]
		if champ == "" {
			champ = "fichier"
		}
		w, _ := f.CreateFormFile(champ, "un.pdf")
		_, _ = w.Write(octets)
		_ = f.Close()
		octets, genre = b.Bytes(), f.FormDataContentType()
	}
	moitie := len(octets) / 2
	r, err := http.NewRequestWithContext(t.Context(), methode, m.site.URL+chemin, &enChemin{bytes.NewReader(octets[:moitie]), bytes.NewReader(octets[moitie:]), arriver})
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = int64(len(octets))
	r.Header.Set("Content-Type", genre)
	r.Header.Set("Expect", "100-continue") // the first byte goes when the route, and so who asks, is known
	for _, k := range c.Cookies() {
		r.AddCookie(k)
	}
	transport := http.Transport{ExpectContinueTimeout: time.Minute, DisableKeepAlives: true}
	a, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	texte, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, string(texte)
}

// Whoever loses, while a file is on its way, the session, the role or the right to send it, is refused at its end, on each
// route that takes a file; and nothing of it is kept.
func TestLostOnTheWay(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveauMonde(t, base(t))
			f, chef, _, _ := m.fournir(t, "A", 1)
			m.fournir(t, "B", 2)
			m.instruire(t, f)
			m.entendre(t)
			garde := func() string {
				var n [5]int
				err := m.base.Lire().QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM depot), (SELECT count(*) FROM archive), (SELECT count(*) FROM message), (SELECT count(*) FROM enrolement), (SELECT count(*) FROM piece_enrolement)`).
					Scan(&n[0], &n[1], &n[2], &n[3], &n[4])
				if err != nil {
					t.Fatal(err)
				}
				return fmt.Sprint(n)
			}
			for _, route := range m.routes() {
				if route.Corps == 0 || route.Acces == web.Public {
					continue
				}
				for perte, perdre := range pertes(t, m, f, chef) {
					if (perte == "suspended" || perte == "lowered") && route.Acces <= web.Lecteur {
						continue // who is suspended still reads, and writes to the agency
					}
					c := m.entrer(t, chef)
					c.Demander("POST", "/agir-pour", map[string][]string{"pour": {fmt.Sprintf("%d-0", f)}})
					chemin := m.lignes[route.Motif].Chemins["A"]
					if chemin == "" {
						_, chemin, _ = strings.Cut(route.Motif, " ")
					}
					avant := garde()
					etat, texte := envoyer(t, m, c, route.Motif, chemin, perdre)
					refus := etat == http.StatusForbidden && strings.Contains(texte, "Pendant que ce fichier arrivait")
					if !refus && !(perte == "suspended" && strings.Contains(texte, "est suspendu")) { // a deposit asks before it reads
						t.Errorf("%s, %s: %d\n%.60s", route.Motif, perte, etat, texte)
					}
					if refus {
						ditEnChemin(t, route.Motif+", "+perte, perte, texte)
					}
					if apres := garde(); apres != avant {
						t.Errorf("%s, %s: %s rows, want %s", route.Motif, perte, apres, avant)
					}
					m.executer(t, `UPDATE fournisseur SET etat = 'actif' WHERE id = $1`, f)
					m.executer(t, `DELETE FROM role WHERE compte_id = $1`, chef.Compte)
					m.executer(t, `INSERT INTO role (compte_id, fournisseur_id, role, accepte) VALUES ($1, $2, 'proprietaire', 1)`, chef.Compte, f)
				}
			}
		})
	}
}

// ditEnChemin looks at the page that refuses: it says what was lost and what to do, and shows the person as by now.
func ditEnChemin(t *testing.T, quoi, perte, texte string) {
	t.Helper()
	texte = essai.Espacer(strings.ReplaceAll(texte, "&#39;", "'"))
	for _, x := range map[string][]string{
		"signed out": {"Session terminée", "Connectez-vous de nouveau", "Se connecter"}, "no role": {"Accès retiré", "vous inviter à nouveau", "Se déconnecter"},
		"lowered": {"Rôle changé", "(Lecteur)"}, "suspended": {"Fournisseur suspendu", "(Lecteur)"}, "mandate": {"Mandat terminé", "L'entreprise qui l'avait donné", "Se déconnecter"},
	}[perte] {
		if !strings.Contains(texte, essai.Espacer(x)) {
			t.Errorf("%s: no %q in:\n%s", quoi, x, texte)
		}
	}
	if perdu := map[string]string{"signed out": "Se déconnecter", "no role": "(Propriétaire)", "lowered": "(Propriétaire)", "suspended": "(Propriétaire)", "mandate": "ÉDITEUR A"}[perte]; perdu != "" && strings.Contains(texte, perdu) {
		t.Errorf("%s: still %q in:\n%s", quoi, perdu, texte)
	}
}

// Who sends by mandate is told when that ends, and by whom another is given, and no longer acts for who had given it.
func TestMandateLostOnTheWay(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	f, _, _, _ := m.fournir(t, "A", 1)
	cabinet := m.gens.AjouterFournisseur(t, "00000000300004", "CABINET")
	chef := m.gens.AjouterPersonne(t, cabinet, compte.Proprietaire)
	m.executer(t, `INSERT INTO mandat (mandant_id, mandataire_id, etat, debut) VALUES ($1, $2, 'actif', 1)`, f, cabinet)
	for perte, requete := range map[string]string{
		"mandate": `UPDATE mandat SET etat = 'revoque' WHERE mandataire_id = $1`, "no role": `DELETE FROM role WHERE fournisseur_id = $1`, "suspended at the holder's": `UPDATE fournisseur SET etat = 'suspendu' WHERE id = $1`,
	} {
		m.executer(t, `UPDATE mandat SET etat = 'actif' WHERE mandataire_id = $1`, cabinet)
		m.executer(t, `UPDATE fournisseur SET etat = 'actif' WHERE id = $1`, cabinet)
		m.executer(t, `INSERT INTO role (compte_id, fournisseur_id, role) VALUES ($1, $2, 'proprietaire') ON CONFLICT DO NOTHING`, chef.Compte, cabinet)
		c := m.entrer(t, chef)
		c.Demander("POST", "/agir-pour", map[string][]string{"pour": {fmt.Sprintf("%d-%d", f, cabinet)}})
		etat, texte := envoyer(t, m, c, "POST /deposer", "/deposer", func() { m.executer(t, requete, cabinet) })
		if etat == http.StatusUnprocessableEntity && strings.Contains(texte, "par lequel vous agissez pour ce fournisseur n&#39;est plus valide") {
			continue // a deposit asks before it reads, and had not when that was lost
		}
		if etat != http.StatusForbidden {
			t.Errorf("%s: %d\n%s", perte, etat, texte)
		}
		ditEnChemin(t, perte, perte, texte)
		if strings.HasPrefix(perte, "suspended") && !strings.Contains(texte, "Fournisseur suspendu") {
			t.Error(texte)
		}
	}
}

// pertes are the ways to lose what a file needs.
func pertes(t *testing.T, m *monde, f int64, p compteessai.Personne) map[string]func() {
	return map[string]func(){
		"signed out": func() { m.executer(t, `DELETE FROM session WHERE compte_id = $1`, p.Compte) },
		"lowered":    func() { m.executer(t, `UPDATE role SET role = 'lecteur' WHERE compte_id = $1`, p.Compte) },
		"no role":    func() { m.executer(t, `DELETE FROM role WHERE compte_id = $1`, p.Compte) },
		"suspended":  func() { m.executer(t, `UPDATE fournisseur SET etat = 'suspendu' WHERE id = $1`, f) },
	}
}
