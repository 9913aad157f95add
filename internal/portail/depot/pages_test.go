package depot_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	webessai "guichet/internal/portail/web/essai"
)

// maxPage is how heavy a page may be, in bytes.
const maxPage = 300 << 10

// controlerPage sends the form to have a file controlled, and returns the page that comes.
func controlerPage(t *testing.T, c *webessai.Client, nom string, octets []byte) webessai.Reponse {
	t.Helper()
	return c.Agir(c.Ouvrir("/deposer"), "/controler", nil, webessai.Fichier{Champ: "fichier", Nom: nom, Contenu: octets})
}

const nomFichier = "JSON-ANS0000001-20261124-001.json"

// A file is controlled, then deposited from what was found, without being sent again. What it costs is said before.
func TestControlThenDeposit(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1).avecMentions(t, mentions("+33 1 99 00 00 00"))
	c := g.siteDe(t, g.fournisseurs[0], compte.Deposant).Client(t)
	page := controlerPage(t, c, nomFichier, fichierDe(0, 4, "AA", 0)).Attendre(t, http.StatusOK, "Contrôle de "+nomFichier,
		"4 demandes : 4 seraient acceptées", "Rien n'est enregistré", "jusqu'au 24/11/2026 12:00", "Déposer utilise les numeroEditeur du fichier, même ceux des demandes refusées")
	if strings.Contains(page.Corps, "NumeroASP") || strings.Contains(page.Corps, "/demandes/") {
		t.Error("a control gives numbers")
	}
	c.Ouvrir("/depots").Attendre(t, http.StatusOK, "Aucun dépôt")
	depose := c.Agir(page, page.Chemin+"/deposer", nil).Attendre(t, http.StatusOK, "4 demandes : 4 acceptées", "Accusé de réception")
	if !strings.HasPrefix(depose.Chemin, "/depots/DEP-") {
		t.Errorf("at %s", depose.Chemin)
	}
	if r := c.Ouvrir(page.Chemin); r.Chemin != depose.Chemin {
		t.Errorf("the control leads to %s, want %s", r.Chemin, depose.Chemin)
	}
	c.Agir(page, page.Chemin+"/deposer", nil).Attendre(t, http.StatusOK, "déjà été déposé")
	c.Ouvrir("/controles/"+strings.Repeat("A", 26)).Attendre(t, http.StatusNotFound, "Un contrôle reste une heure", "Choisissez le fichier à nouveau")
	sans := controlerPage(t, c, nomFichier, []byte("{]")).Attendre(t, http.StatusOK, "illisible", "rejetterait le fichier entier")
	if strings.Contains(sans.Corps, `/deposer" `) && strings.Contains(sans.Corps, "Déposer ce fichier") {
		t.Error("a file that is rejected whole is offered to deposit")
	}
	lecteur := g.siteDe(t, g.fournisseurs[0], compte.Lecteur).Client(t)
	if r := lecteur.Ouvrir(sans.Chemin).Attendre(t, http.StatusOK, "illisible"); strings.Contains(r.Corps, `method="post" action="/controles/`) {
		t.Error("a reader is offered to deposit")
	}
}

// Whatever a file holds, its pages stay light, and say of everything how much there is.
func TestLightPages(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	c := g.siteDe(t, g.fournisseurs[0], compte.Deposant).Client(t)
	alertes := bytes.ReplaceAll(fichierDe(0, 200, "AA", 0), []byte(`@`), []byte(`@@`))
	for nom, x := range map[string]struct {
		octets []byte
		dit    []string
	}{
		"200 demandes, like errors":  {alertes, []string{"fois, dans 200 demandes", "endroits", "1 à 100 sur 200"}},
		"20,000 errors":              {[]byte(strings.Replace(string(fichierDe(0, 1, "BB", 0)), `"lignesImport"`, strings.Repeat(`"y\u0026<z": 2, `, 20_000)+`"lignesImport"`, 1)), []string{"fois"}},
		"20,000 tags of other names": {etrangeres(20_000), []string{"Règles qui ne sont pas montrées ici"}},
		"a million wrong demandes":   {[]byte(`{"siret":1,"lignesImport":[` + strings.Repeat(`{"a":1},`, 1_000_000) + `{}]}`), []string{"fois"}},
	} {
		if testing.Short() && len(x.octets) > 5<<20 {
			continue
		}
		r := controlerPage(t, c, nomFichier, x.octets).Attendre(t, http.StatusOK, x.dit...)
		if n := len(r.Corps); n > maxPage {
			t.Errorf("%s: the page has %d bytes", nom, n)
		}
		for _, lien := range regexp.MustCompile(`href="(/controles/[^"]*/regles/[^"]*)"`).FindAllStringSubmatch(r.Corps, 3) {
			p := c.Ouvrir(strings.ReplaceAll(lien[1], "&amp;", "&")).Attendre(t, http.StatusOK)
			if n := len(p.Corps); n > maxPage {
				t.Errorf("%s: %s has %d bytes", nom, lien[1], n)
			}
		}
	}
}

// etrangeres is a file with so many tags of different names.
func etrangeres(n int) []byte {
	b := []byte("{")
	for i := range n {
		b = append(b, `"balise`+strings.Repeat("é", 40)+base36(i/1296)+base36(i%1296)+`": "`+strings.Repeat("&", 100)+`", `...)
	}
	return append(b, `"x": 1}`...)
}

// All places of one rule can be read, page by page, and all demandes.
func TestPageByPage(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	c := g.siteDe(t, g.fournisseurs[0], compte.Deposant).Client(t)
	d := g.deposer(t, envoi(g.fournisseurs[0], bytes.ReplaceAll(fichierDe(0, 120, "AA", 0), []byte(`"DURANDAL"`), []byte(`"Durandal"`))))
	page := c.Ouvrir("/depots/"+d.ImpID()).Attendre(t, http.StatusOK, "1 à 100 sur 120", "fois, dans 120 demandes")
	numeros := map[string]bool{}
	for lien := "/depots/" + d.ImpID(); lien != ""; {
		r := c.Ouvrir(lien).Attendre(t, http.StatusOK)
		for _, n := range regexp.MustCompile(`<th [^>]*scope="row">(\w+)</th>`).FindAllStringSubmatch(r.Corps, -1) {
			numeros[n[1]] = true
		}
		lien = suivante(r.Corps)
	}
	if len(numeros) != 120 {
		t.Errorf("%d demandes are shown, want 120", len(numeros))
	}
	lieux := map[string]bool{}
	for lien := strings.ReplaceAll(regexp.MustCompile(`href="(/depots/[^"]*/regles/F[^"]*)"`).FindStringSubmatch(page.Corps)[1], "&amp;", "&"); lien != ""; {
		r := c.Ouvrir(lien).Attendre(t, http.StatusOK)
		for _, n := range regexp.MustCompile(`demande (\d+) \(`).FindAllStringSubmatch(r.Corps, -1) {
			lieux[n[1]] = true
		}
		lien = suivante(r.Corps)
	}
	if len(lieux) != 120 {
		t.Errorf("%d places are shown, want 120", len(lieux))
	}
	for _, chemin := range []string{"?rang=120", "?rang=-1", "?rang=x", "/regles/F999", "/regles/F110?rang=9999", "/rapport/pdf"} {
		c.Ouvrir("/depots/"+d.ImpID()+chemin).Attendre(t, http.StatusNotFound)
	}
}

// suivante is the address of the next page, "" on the last one.
func suivante(corps string) string {
	m := regexp.MustCompile(`href="([^"#]*)[^"]*" rel="next"`).FindStringSubmatch(corps)
	if m == nil {
		return ""
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

// The whole report is had in four forms; all say the same anomalies.
func TestReportForms(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1)
	c := g.siteDe(t, g.fournisseurs[0], compte.Lecteur).Client(t)
	d := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 40, "AA", 5)))
	adresse := "/depots/" + d.ImpID()
	page := c.Ouvrir(adresse).Attendre(t, http.StatusOK)
	var rapport struct {
		Total    struct{ Erreurs, Alertes, Infos int }
		Fichiers []struct{ Fichier string }
	}
	if err := json.Unmarshal([]byte(c.Ouvrir(adresse+"/rapport/json").Corps), &rapport); err != nil || len(rapport.Fichiers) != 1 || rapport.Fichiers[0].Fichier != d.Nom || rapport.Total.Erreurs != 8 {
		t.Errorf("JSON: %+v, %v", rapport, err)
	}
	tous := rapport.Total.Erreurs + rapport.Total.Alertes + rapport.Total.Infos
	lignes := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.Ouvrir(adresse+"/rapport/csv").Corps, "\ufeff")))
	lignes.Comma = ';'
	if toutes, err := lignes.ReadAll(); err != nil || len(toutes) != tous+1 {
		t.Errorf("CSV: %d lines, want %d; %v", len(toutes), tous+1, err)
	}
	var sarif struct {
		Runs []struct{ Results []any }
	}
	if err := json.Unmarshal([]byte(c.Ouvrir(adresse+"/rapport/sarif").Corps), &sarif); err != nil || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) != tous {
		t.Errorf("SARIF: %+v, %v", sarif, err)
	}
	r := c.Ouvrir(adresse + "/rapport/xlsx")
	if !strings.HasPrefix(r.Corps, "PK") || !strings.Contains(r.Entetes.Get("Content-Disposition"), "-rapport.xlsx") {
		t.Errorf("XLSX: %.20q, %v", r.Corps, r.Entetes)
	}
	for _, f := range []string{"xlsx", "csv", "json", "sarif"} {
		if !strings.Contains(page.Corps, adresse+"/rapport/"+f) {
			t.Errorf("the page has no link to %s", f)
		}
	}
}
