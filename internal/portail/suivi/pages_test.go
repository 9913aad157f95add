package suivi_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

// site serves the pages to whoever the cookie "role" says.
func (m *monde) site(t testing.TB, fournisseurs ...int64) string {
	t.Helper()
	gens := map[string]compte.Identite{
		"agent":    {Compte: 9, Nom: "Ana Exemple", Role: compte.Administrateur},
		"lecteur":  {Compte: 8, Nom: "Lou Exemple", Role: compte.Lecteur, Fournisseur: fournisseurs[0], NomFournisseur: "ÉDITEUR D'EXEMPLE"},
		"moi":      {Compte: 7, Nom: "Camille <b>Exemple</b>", Role: compte.Deposant, Fournisseur: fournisseurs[0], NomFournisseur: "ÉDITEUR D'EXEMPLE"},
		"suspendu": {Compte: 4, Nom: "Kim Exemple", Role: compte.Lecteur, Suspendu: true, Fournisseur: fournisseurs[0], NomFournisseur: "ÉDITEUR D'EXEMPLE"},
		"personne": {Compte: 6, Nom: "Sam Exemple"},
	}
	if len(fournisseurs) > 1 {
		gens["autre"] = compte.Identite{Compte: 5, Nom: "Bo Exemple", Role: compte.Proprietaire, Fournisseur: fournisseurs[1]}
	}
	site := &web.Site{
		Maintenant: func() time.Time { return m.horloge }, Log: slog.New(slog.NewTextHandler(journalDe{t}, &slog.HandlerOptions{Level: slog.LevelError})),
		Identifier: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if c, err := r.Cookie("role"); err == nil {
					if i, ok := gens[c.Value]; ok {
						r = r.WithContext(compte.Avec(r.Context(), i))
					}
				}
				h.ServeHTTP(w, r)
			})
		},
		Proteger: (&compte.Service{}).Proteger,
		Visiteur: compte.Visiteur(func(compte.Identite) (tous, chez []web.Lien) {
			return []web.Lien{{Nom: modele.Texte{Fr: "Demandes", En: "Requests"}, Adresse: "/demandes"}, {Nom: modele.Texte{Fr: "Messages", En: "Messages"}, Adresse: "/messages"}}, nil
		}),
	}
	s := httptest.NewServer(web.Routeur(append(m.Routes(), web.Route{Motif: "GET /agir-pour", Acces: web.Connecte, Servir: func(w http.ResponseWriter, _ *http.Request) error {
		_, err := io.WriteString(w, "agir pour")
		return err
	}}), site))
	t.Cleanup(s.Close)
	return s.URL
}

// client is a browser without script.
type client struct {
	*http.Client
	t      testing.TB
	racine string
}

func navigateurDe(t testing.TB, racine, role string) *client {
	t.Helper()
	pot, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(racine)
	pot.SetCookies(u, []*http.Cookie{{Name: "role", Value: role, Path: "/"}})
	return &client{&http.Client{Jar: pot}, t, racine}
}

// page is an answer.
type page struct {
	etat   int
	chemin string
	corps  string
	entete http.Header
}

func (c *client) lue(r *http.Response, err error) page {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Body.Close()
	corps, err := io.ReadAll(r.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return page{r.StatusCode, r.Request.URL.RequestURI(), strings.ReplaceAll(string(corps), "&#39;", "'"), r.Header}
}

func (c *client) lire(chemin string) page {
	c.t.Helper()
	return c.lue(c.Get(c.racine + chemin))
}

func (c *client) poster(chemin string, champs ...string) page {
	c.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(champs); i += 2 {
		v.Add(champs[i], champs[i+1])
	}
	return c.lue(c.PostForm(c.racine+chemin, v))
}

// joindre sends a form with a file.
func (c *client) joindre(chemin, nom string, octets []byte, champs ...string) page {
	c.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(champs); i += 2 {
		_ = m.WriteField(champs[i], champs[i+1])
	}
	if nom != "" {
		f, _ := m.CreateFormFile("piece", nom)
		_, _ = f.Write(octets)
	}
	_ = m.Close()
	return c.lue(c.Post(c.racine+chemin, m.FormDataContentType(), &b))
}

func attendre(t testing.TB, p page, etat int, chemin string, textes ...string) {
	t.Helper()
	if p.etat != etat || chemin != "" && p.chemin != chemin {
		t.Errorf("%d at %s, want %d at %s", p.etat, p.chemin, etat, chemin)
	}
	for _, x := range textes {
		if !strings.Contains(webessai.Espacer(p.corps), webessai.Espacer(x)) {
			t.Errorf("%s: no %q in:\n%.3000s", p.chemin, x, p.corps)
		}
	}
}

// exemple deposits the first file of the examples, with its bytes.
func (m *monde) exemple(t testing.TB, fournisseur int64) (depot int64) {
	t.Helper()
	octets, err := os.ReadFile("../../../exemples/JSON-ANS0000001-20231002-001.json")
	if err != nil {
		t.Fatal(err)
	}
	g, err := m.fichiers.Garder(t.Context(), bytes.NewReader(octets), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	depot = m.deposer(t, fournisseur, "JSON-ANS0000001-20261124-001.json", 0, 1)
	debut := bytes.Index(octets, []byte(`"lignesImport"`))
	debut += bytes.IndexByte(octets[debut:], '{')
	fin, profondeur := debut, 0
	for ; fin < len(octets); fin++ {
		switch octets[fin] {
		case '{':
			profondeur++
		case '}':
			profondeur--
		}
		if profondeur == 0 {
			break
		}
	}
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE depot SET sha256 = $1 WHERE id = $2`, g.SHA256, depot)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE demande SET debut = $1, fin = $2 WHERE depot_id = $3`, debut, fin+1, depot)
		}
		return err
	})
	return depot
}

// A supplier sees a demande, writes about it, is answered, and withdraws it.
func TestJourney(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.exemple(t, f)
		racine := m.site(t, f)
		moi, agent := navigateurDe(t, racine, "moi"), navigateurDe(t, racine, "agent")
		n := etatessai.NumeroASP(d, 0)
		attendre(t, moi.lire("/accueil"), 200, "/accueil", "1 demande incomplète", "Demandes par état", "Motifs de rejet")
		attendre(t, moi.lire("/demandes"), 200, "/demandes", n, "Incomplète", "4\u00a0866,65\u00a0€", "1 demande")
		attendre(t, moi.lire("/demandes/"+n), 200, "", "Infos commande", "dateCommande", "FINESSGeos", "Avance de 30", "1\u00a0460,00\u00a0€", "non vérifié", "<code>numeroASP</code></dt><dd><bdi>"+n, "<code>codeTraitement</code></dt><dd><bdi>0000", "Camille" /* in the head */)
		attendre(t, moi.lire("/messages/nouveau?demande="+n), 200, "", n)
		attendre(t, moi.joindre("/messages/nouveau", "x.pdf", []byte("<script>"), "demande", n, "sujet", "", "texte", strings.Repeat("é", 4001)), 422, "/messages/nouveau",
			"<title>Erreur", `href="#sujet"`, `href="#texte"`, `href="#piece"`, "ni PDF")
		attendre(t, moi.joindre("/messages/nouveau", `..\dossier\signé.png`, png, "demande", n, "sujet", "Pièce", "texte", "Bonjour,\n<script>alert(1)</script>"), 200, "/messages/1",
			"Le message est envoyé", "&lt;script&gt;", "signé.png", "/messages/1/pieces/1")
		attendre(t, agent.lire("/messages"), 200, "", "1 non lu", "ÉDITEUR")
		attendre(t, agent.lire("/messages/1"), 200, "", "Bonjour")
		attendre(t, agent.lire("/accueil"), 200, "", "Rien ne vous attend")
		attendre(t, agent.joindre("/messages/1", "", nil, "texte", "Merci"), 200, "/messages/1", "Merci")
		attendre(t, moi.lire("/accueil"), 200, "", "1 conversation avec un message non lu")
		attendre(t, moi.lire("/demandes/"+n), 200, "", "Pièce", "1 non lu")
		p := moi.lire("/messages/1/pieces/1")
		if p.entete.Get("Content-Type") != "image/png" || p.corps != string(png) {
			t.Errorf("the document: %v", p.entete)
		}
		attendre(t, moi.lire("/demandes/"+n+"/retrait"), 200, "", "Motif du retrait")
		attendre(t, moi.poster("/demandes/"+n+"/retrait", "motif", " "), 422, "", `href="#motif"`)
		attendre(t, moi.poster("/demandes/"+n+"/retrait", "motif", "Client parti"), 200, "", "Retirer la demande "+n+" ?", "« Client parti »", "Retirer définitivement", "Ne rien changer")
		attendre(t, moi.poster("/demandes/"+n+"/retrait", "motif", "Client parti", "acte", "renoncer"), 200, "", "<textarea", "Client parti", "Ne pas retirer")
		attendre(t, moi.poster("/demandes/"+n+"/retrait", "motif", "Client parti", "acte", "faire"), 200, "/demandes/"+n, "est retirée", "Retirée", "Client parti")
		attendre(t, moi.poster("/demandes/"+n+"/retrait", "motif", "Client parti", "acte", "faire"), 409, "", "ne peut plus être retirée", "Votre retrait n'est pas fait", "<textarea", "Client parti", "Envoyer comme message")
		attendre(t, moi.lire("/demandes?etat=retiree"), 200, "", n)
		attendre(t, moi.lire("/demandes?du=31/02/2026"), 422, "", `href="#du"`)
		attendre(t, moi.lire("/demandes?depot=x"), 422, "", "Le filtre « depot » demande « x »")
		attendre(t, moi.lire("/demandes?apres=x.y&avant=1"), 200, "", n)
		attendre(t, moi.lire("/demandes?lang=en"), 200, "/demandes", "Withdrawn", "€4,866.65")
		attendre(t, agent.lire("/demandes/"+n), 200, "", "Retirée")
	})
}

var png = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")

// What is another's looks like what is not there; a reader reads, and writes nothing.
// ASVS 8.2.2.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f, autre := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000200006")
	d := m.exemple(t, f)
	racine := m.site(t, f, autre)
	n := etatessai.NumeroASP(d, 0)
	moi := navigateurDe(t, racine, "moi")
	attendre(t, moi.joindre("/messages/nouveau", "a.png", png, "sujet", "x", "texte", "x"), 200, "/messages/1")
	lectures := []string{"/demandes/" + n, "/demandes/" + n + "/retrait", "/messages/1", "/messages/1/pieces/1", "/messages/nouveau?demande=" + n}
	for _, chemin := range lectures {
		attendre(t, moi.lire(chemin), 200, chemin)
		attendre(t, navigateurDe(t, racine, "autre").lire(chemin), 404, chemin)
		if p := navigateurDe(t, racine, "personne").lire(chemin); p.etat == 200 {
			attendre(t, p, 200, "", "agir pour")
		}
	}
	for _, chemin := range []string{"/demandes/x", "/demandes/" + etatessai.NumeroASP(99, 0), "/demandes/" + etatessai.NumeroASP(d, 7), "/messages/2", "/messages/x", "/messages/1/pieces/2", "/export/demandes/exe"} {
		attendre(t, moi.lire(chemin), 404, chemin)
	}
	for _, role := range []string{"autre", "lecteur"} {
		c := navigateurDe(t, racine, role)
		attendre(t, c.poster("/demandes/"+n+"/retrait", "motif", "x", "acte", "faire"), 404, "")
		attendre(t, c.joindre("/messages/1", "", nil, "texte", "x"), 404, "")
		attendre(t, c.joindre("/messages/nouveau", "", nil, "texte", "x", "sujet", "x", "demande", n), 404, "")
	}
	attendre(t, navigateurDe(t, racine, "agent").joindre("/messages/nouveau", "", nil, "texte", "x", "sujet", "x"), 404, "")
	attendre(t, navigateurDe(t, racine, "lecteur").lire("/demandes/"+n), 200, "")
	if strings.Contains(navigateurDe(t, racine, "autre").lire("/export/demandes/csv").corps, n) {
		t.Error("another's demande is exported")
	}
	if got := compter(t, m, f); got[etat.Incomplete] != 1 {
		t.Errorf("counters %v", got)
	}
}

// naughty are texts that have broken pages, mails, exports or terminals.
var naughty = []string{
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "\u202eedisrever\u2066", "a\x00b\x1b[31m", "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\tx",
	"{{.}}", "'; DROP TABLE message; --", "ÿ\xff\xfe", strings.Repeat("a", 3000), "Objet\r\nBcc: victime@exemple.invalid", "\u200b\ufeff", "𝕳𝖊𝖑𝖑𝖔 👩‍👩‍👧", "%00%0d%0a", "../../etc/passwd",
}

// Nothing that is typed anywhere runs, breaks a page, a mail or an export, or takes the counter down.
func TestNaughtyStrings(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		racine := m.site(t, f)
		moi, agent := navigateurDe(t, racine, "moi"), navigateurDe(t, racine, "agent")
		for i, x := range naughty {
			d := m.deposer(t, f, strings.ToValidUTF8(strings.ReplaceAll(x, "\x00", ""), "?"), 100*i, 1) // no database keeps the others
			n := etatessai.NumeroASP(d, 0)
			sur(t, moi.lire("/demandes?q="+url.QueryEscape(x)))
			sur(t, moi.lire("/demandes?etat="+url.QueryEscape(x)+"&du="+url.QueryEscape(x)+"&depot="+url.QueryEscape(x)+"&fournisseur="+url.QueryEscape(x)+"&apres="+url.QueryEscape(x)))
			sur(t, moi.lire("/demandes/"+url.PathEscape(x)))
			sur(t, moi.joindre("/messages/nouveau", "a"+x+".png", png, "sujet", x[:min(len(x), 100)], "texte", x, "demande", n))
			sur(t, moi.lire("/messages"))
			sur(t, moi.lire(fmt.Sprintf("/messages/%d", i+1)))
			sur(t, moi.lire(fmt.Sprintf("/messages/%d/pieces/1", i+1)))
			sur(t, agent.lire(fmt.Sprintf("/messages/%d", i+1)))
			sur(t, moi.poster("/demandes/"+n+"/retrait", "motif", x))
			sur(t, moi.poster("/demandes/"+n+"/retrait", "motif", x, "acte", "faire"))
			sur(t, moi.lire("/demandes/"+n))
		}
		for _, format := range []string{"csv", "xlsx", "json"} {
			p := moi.lire("/export/demandes/" + format)
			attendre(t, p, 200, "")
			if p.corps == "" || format == "csv" && regexp.MustCompile(`(?m)(^|;)"?[=+@-]`).MatchString(p.corps) {
				t.Errorf("%s: %.2000s", format, p.corps)
			}
		}
		for _, c := range m.courriels {
			if strings.ContainsAny(c.Sujet, "\r\n\x00\x1b\u202e") || strings.ContainsAny(c.Texte, "\x00\x1b\u202e") {
				t.Errorf("mail %q %q", c.Sujet, c.Texte)
			}
		}
		if len(m.courriels) < len(naughty) {
			t.Errorf("%d mails", len(m.courriels))
		}
	})
}

// sur holds that an answer is a page or a refusal, in which nothing of the naughty strings runs.
func sur(t testing.TB, p page) {
	t.Helper()
	if p.etat >= 500 || strings.Contains(p.corps, "<script>alert") || strings.Contains(p.corps, "<img src=x") {
		t.Errorf("%d at %s: %.1500s", p.etat, p.chemin, p.corps)
	}
}

// The exports say what the list says, and each can be read again.
func TestExports(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		for i := range 3 {
			m.deposer(t, f, "JSON.json", 1000*i, 150)
		}
		moi := navigateurDe(t, m.site(t, f), "moi")
		csv := moi.lire("/export/demandes/csv")
		if !strings.HasPrefix(csv.corps, "\ufeffnumeroASP;numeroEditeur;") || strings.Count(csv.corps, "\r\n") != 451 || !strings.Contains(csv.corps, ";4866,65;1460,00;") {
			t.Errorf("%.500s", csv.corps)
		}
		lignes := strings.Split(csv.corps, "\r\n")
		if !strings.HasPrefix(lignes[1], etatessai.NumeroASP(3, 149)+";"+numeroEditeur(2149)+";") || strings.Count(lignes[1], ";") != strings.Count(lignes[0], ";") {
			t.Errorf("%q under %q", lignes[1], lignes[0])
		}
		if n := strings.Count(moi.lire("/export/demandes/csv?depot=2").corps, "\r\n"); n != 151 {
			t.Errorf("filtered: %d lines", n)
		}
		json := moi.lire("/export/demandes/json")
		if !strings.HasPrefix(json.corps, `{"format_version":"1.1","demandes":[`) || strings.Count(json.corps, `"montantCentimes":486665`) != 450 {
			t.Errorf("%.500s", json.corps)
		}
		x := moi.lire("/export/demandes/xlsx")
		if !strings.Contains(x.entete.Get("Content-Disposition"), "demandes.xlsx") {
			t.Errorf("%v", x.entete)
		}
		classeur, err := excelize.OpenReader(strings.NewReader(x.corps))
		if err != nil {
			t.Fatal(err)
		}
		rangees, err := classeur.GetRows(classeur.GetSheetName(0))
		if err != nil || len(rangees) != 451 || rangees[1][0] != etatessai.NumeroASP(3, 149) || len(rangees[1]) != len(rangees[0]) {
			t.Errorf("%d rows, %v: %q", len(rangees), err, rangees[:min(2, len(rangees))])
		}
		attendre(t, moi.lire("/export/demandes/json?etat=payee"), 200, "", `"demandes":[`)
	})
}

// journalDe shows the errors of the counter among those of the test.
type journalDe struct{ t testing.TB }

func (j journalDe) Write(b []byte) (int, error) {
	j.t.Log(string(b))
	return len(b), nil
}
