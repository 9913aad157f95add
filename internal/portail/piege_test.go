package portail

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/web/essai"
)

// carnet is a log that may be read while others write to it.
type carnet struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (c *carnet) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.b.Write(b)
}

func (c *carnet) lire() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.b.String()
}

// Whatever names, subjects, messages and files hold, each page shows it as text, tables have no formula, headers and
// log lines are whole.
// ASVS 1.2.1, 1.2.3, 1.3.10, 16.4.1.
func TestNaughtyStrings(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			pieger(t, nouveauMonde(t, base(t)))
		})
	}
}

func pieger(t *testing.T, m *monde) {
	_, chef, deposant, _ := m.fournir(t, "A", 1)
	visiteurs := map[string]*essai.Client{"owner": m.entrer(t, chef), "depositor": m.entrer(t, deposant)}
	m.quelques()
	admin := m.gens.AjouterPersonne(t, compte.Agence, compte.Administrateur)
	admin.Secret = m.gens.DonnerFacteur(t, admin.Compte)
	visiteurs["administrator"] = m.entrer(t, admin)
	for i, s := range essai.Pieges() {
		m.ecrirePiege(t, visiteurs["depositor"], s)
		for qui, c := range visiteurs {
			if qui != "owner" && i%4 != 0 {
				continue // they see the same templates
			}
			for _, route := range m.routes() {
				methode, chemin, _ := strings.Cut(route.Motif, " ")
				if l, ok := m.lignes[route.Motif]; ok {
					chemin = l.Chemins["A"]
				}
				if methode == http.MethodGet && chemin != "" && !strings.Contains(chemin, "{") {
					sain(t, qui+", "+chemin, s, c.Demander("GET", chemin, nil))
				}
			}
		}
		m.tableaux(t, visiteurs["owner"], s)
	}
	for ligne := range strings.Lines(m.log.lire()) {
		if !json.Valid([]byte(ligne)) {
			t.Errorf("a line of the log is no line: %q", ligne)
		}
	}
}

// ecrirePiege writes a string wherever people can, and where older data may have it.
func (m *monde) ecrirePiege(t *testing.T, c *essai.Client, s string) {
	t.Helper()
	page := c.Ouvrir("/messages/nouveau")
	if r := c.Soumettre(page, essai.Saisie{"sujet": s, "texte": s}); r.Etat >= 500 {
		t.Errorf("a message %q: %d", s, r.Etat)
	}
	if r := c.Agir(c.Ouvrir("/deposer"), "/deposer", essai.Saisie{"numeroAns": "ANS0000001"}, essai.Fichier{Champ: "fichier", Nom: s, Contenu: []byte("{}")}); r.Etat >= 500 {
		t.Errorf("a file named %q: %d", s, r.Etat)
	}
	if r := c.Agir(c.Ouvrir("/deposer"), "/deposer", essai.Saisie{"numeroAns": s}, essai.Fichier{Champ: "fichier", Nom: "a.json", Contenu: []byte("{}")}); r.Etat >= 500 {
		t.Errorf("a deposit for the software %q: %d", s, r.Etat)
	}
	sain(t, "the report on a file", s, m.controlerPiege(t, c, s))
	m.executer(t, `UPDATE fournisseur SET raison_sociale = $1, contact = $1, adresse = $1, motif = $1`, s)
	m.executer(t, `UPDATE enrolement SET motif = $1`, s)
	m.executer(t, `UPDATE depot SET nom = $1`, s)
	m.executer(t, `UPDATE archive SET nom = $1, motif_fr = $1, code = 'X'`, s)
	m.executer(t, `UPDATE piece SET nom = $1`, s)
	m.executer(t, `UPDATE logiciel SET nom = $1, version = $1`, s)
	m.executer(t, `UPDATE compte SET nom = $1`, s)
	m.executer(t, `UPDATE message SET piece_nom = $1 WHERE piece_nom <> ''`, s)
}

// controlerPiege has a file controlled whose tags all hold a string.
func (m *monde) controlerPiege(t *testing.T, c *essai.Client, s string) essai.Reponse {
	t.Helper()
	texte, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	f := regexp.MustCompile(`"(numeroEditeur|nomResponsableOG|emailResponsableOG|ancienneVersion|nomFichier|profilMetier)": "[^"]*"`).ReplaceAllFunc(
		corpus.Fichier(corpus.Forme{Demandes: 1, OGs: 1, ESMS: 1, Indente: true}),
		func(balise []byte) []byte {
			return append(balise[:bytes.IndexByte(balise, ':')+2:bytes.IndexByte(balise, ':')+2], texte...)
		},
	)
	return c.Agir(c.Ouvrir("/deposer"), "/controler", essai.Saisie{"numeroAns": "ANS0000001"}, essai.Fichier{Champ: "fichier", Nom: "JSON-ANS0000001-20261124-001.json", Contenu: f})
}

func sain(t *testing.T, ou, s string, r essai.Reponse) {
	t.Helper()
	if r.Etat >= 500 {
		t.Errorf("%s, with %.60q: %d", ou, s, r.Etat)
	}
	for nom := range r.Entetes {
		if strings.EqualFold(nom, "Bcc") {
			t.Errorf("%s, with %.60q: a header was split", ou, s)
		}
	}
	if !strings.HasPrefix(r.Entetes.Get("Content-Type"), "text/html") {
		return
	}
	for _, x := range []string{"<script>alert", "<img src=x", "href=\"javascript:", "%!s(", "%!d(", "(MISSING)"} {
		if strings.Contains(r.Corps, x) {
			t.Errorf("%s, with %.60q: %s stands in the page", ou, s, x)
		}
	}
}

// tableaux wants exports without formulas.
func (m *monde) tableaux(t *testing.T, c *essai.Client, s string) {
	t.Helper()
	l := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.Ouvrir("/export/demandes/csv").Corps, "\ufeff")))
	l.Comma = ';'
	lignes, err := l.ReadAll()
	if err != nil || len(lignes) != 3 {
		t.Errorf("CSV with %.60q: %d lines, %v", s, len(lignes), err)
	}
	for _, ligne := range lignes {
		for _, cellule := range ligne {
			if cellule != "" && strings.Contains("=+-@\t\r", cellule[:1]) {
				t.Errorf("CSV with %.60q: the cell %q is a formula", s, cellule)
			}
		}
	}
	if x := c.Ouvrir("/export/demandes/json").Corps; !json.Valid([]byte(x)) {
		t.Errorf("JSON with %.60q: %.200s", s, x)
	}
	octets := c.Ouvrir("/export/demandes/xlsx").Corps
	z, err := zip.NewReader(strings.NewReader(octets), int64(len(octets)))
	if err != nil {
		t.Errorf("XLSX with %.60q: %v", s, err)
		return
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		x, err := io.ReadAll(r)
		if _ = r.Close(); err != nil || bytes.Contains(x, []byte("<f>")) || bytes.Contains(x, []byte("<script>alert")) {
			t.Errorf("XLSX with %.60q: %s holds a formula or raw text, %v", s, f.Name, err)
		}
	}
}
