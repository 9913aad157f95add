package portail

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	compteessai "guichet/internal/portail/compte/essai"
	"guichet/internal/portail/reglages"
)

// A counter that has just been opened has no account, no password and no secret that others could know.
// ASVS 6.3.2, 13.2.3
func TestNobodyIsThereAtFirst(t *testing.T) {
	t.Parallel()
	m := mondeSurHTTPS(t)
	for table, want := range map[string]int{"compte": 0, "role": 0, "session": 0, "fournisseur": 0} {
		var n int
		if err := m.base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d rows, %v", table, n, err)
		}
	}
	for _, nom := range []string{"admin", "root", "guichet", "administrateur", "test", "demo"} {
		for _, mot := range []string{nom, "", "guichet", "password", "changeme"} {
			r := m.site.Client(t).Demander("POST", "/connexion", url.Values{"courriel": {nom + "@exemple.invalid"}, "motdepasse": {mot}})
			if r.Etat != http.StatusUnprocessableEntity && r.Etat != http.StatusTooManyRequests {
				t.Errorf("%s, %s: %d", nom, mot, r.Etat)
			}
		}
	}
	for _, s := range reglages.Tous() {
		if s.Secret && s.Nom != "db" && s.Defaut != "" {
			t.Errorf("the secret %s is %q for everybody", s.Nom, s.Defaut)
		}
	}
}

// A form changes what it shows, whatever else is sent with it: no role, no state, no other's name or company.
// ASVS 15.3.3
func TestFieldsThatNoFormHas(t *testing.T) {
	t.Parallel()
	m := mondeSurHTTPS(t)
	a, chef, _, lecteur := m.fournir(t, "A", 1)
	b, _, _, _ := m.fournir(t, "B", 2)
	tout := func(v url.Values) url.Values {
		for champ, valeur := range map[string]string{
			"compte": fmt.Sprint(chef.Compte), "compte_id": fmt.Sprint(chef.Compte), "id": fmt.Sprint(chef.Compte), "fournisseur": fmt.Sprint(b), "fournisseur_id": fmt.Sprint(b), "etat": "ferme", "totp_actif": "1",
			"accepte": "1", "agence": "1", "role_id": "1", "mot_de_passe": "x", "adresse": "autre@exemple.invalid", "administrateur": "1", "lu": "1", "auteur": fmt.Sprint(chef.Compte), "mandataire": fmt.Sprint(b),
		} {
			v.Set(champ, valeur)
		}
		return v
	}
	photo := func() string {
		var s string
		err := m.base.Lire().QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM compte) || ' ' || (SELECT count(*) FROM role) || ' ' || (SELECT group_concat(c.id || c.courriel || c.etat || c.totp_actif || c.mot_de_passe) FROM compte c) || (SELECT group_concat(r.compte_id || r.role || r.fournisseur_id || r.accepte) FROM role r)`).Scan(&s)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	l, c := m.entrer(t, lecteur), m.entrer(t, chef)
	avant := photo()
	if r := l.Demander("POST", "/compte", tout(url.Values{"nom": {"Nouveau Nom"}, "langue": {"fr"}, "role": {"proprietaire"}, "courriel": {"autre@exemple.invalid"}})); r.Etat != http.StatusSeeOther {
		t.Errorf("the profile: %d", r.Etat)
	}
	if apres := photo(); apres != avant {
		t.Errorf("a profile changed\n%s\n%s", avant, apres)
	}
	if r := l.Ouvrir("/compte"); !strings.Contains(r.Corps, "Nouveau Nom") {
		t.Error("the name was not taken")
	}
	if r := c.Demander("POST", "/personnes?role=proprietaire&courriel=x@exemple.invalid", tout(url.Values{"nom": {"Bo"}, "courriel": {"bo@exemple.invalid"}, "role": {"lecteur", "proprietaire"}})); r.Etat != http.StatusSeeOther {
		t.Errorf("the invitation: %d", r.Etat)
	}
	var n int
	err := m.base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM role r JOIN compte c ON c.id = r.compte_id WHERE c.courriel = 'bo@exemple.invalid' AND r.role = 'lecteur' AND r.fournisseur_id = $1 AND r.accepte = 0 AND c.etat <> 'ferme' AND c.totp_actif = 0`, a).Scan(&n)
	if err != nil || n != 1 {
		t.Errorf("%d invitations as they were filled in, %v", n, err)
	}
	if err := m.base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM role WHERE fournisseur_id = $1`, b).Scan(&n); err != nil || n != 3 {
		t.Errorf("%d roles at the other company, %v", n, err)
	}
}

// What is typed is kept as it was typed, and written for who reads it: a page, a file of JSON, a table.
// ASVS 1.1.2
func TestWrittenForWhoReadsIt(t *testing.T) {
	t.Parallel()
	m := mondeSurHTTPS(t)
	_, _, deposant, _ := m.fournir(t, "A", 1)
	c := m.entrer(t, deposant)
	const sujet, nom = `Été & <i>"hiver"</i>`, `été & <i>"hiver"</i>;=1.json`
	c.Soumettre(c.Ouvrir("/messages/nouveau"), map[string]string{"sujet": sujet, "texte": sujet})
	var garde int
	if err := m.base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM fil WHERE sujet = $1`, sujet).Scan(&garde); err != nil || garde != 1 {
		t.Errorf("kept otherwise than typed: %d, %v", garde, err)
	}
	if page := c.Ouvrir("/messages").Corps; strings.Contains(page, "<i>") || !strings.Contains(page, "Été &amp; &lt;i&gt;") || strings.Contains(page, "&amp;amp;") {
		t.Errorf("the page:\n%s", page)
	}
	m.executer(t, `UPDATE depot SET nom = $1`, nom)
	if x := c.Ouvrir("/export/demandes/json").Corps; !contientTexte(t, []byte(x), nom) {
		t.Errorf("JSON: %.500s", x)
	}
	l := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.Ouvrir("/export/demandes/csv").Corps, "\ufeff")))
	l.Comma = ';'
	lignes, err := l.ReadAll()
	if err != nil || !strings.Contains(fmt.Sprint(lignes), nom) {
		t.Errorf("CSV: %v, %v", lignes, err)
	}
}

// contientTexte tells whether a text is one of the values of a document.
func contientTexte(t *testing.T, octets []byte, texte string) bool {
	t.Helper()
	var tout any
	if err := json.Unmarshal(octets, &tout); err != nil {
		t.Fatal(err)
	}
	var dans func(any) bool
	dans = func(v any) bool {
		switch v := v.(type) {
		case string:
			return v == texte
		case []any:
			for _, x := range v {
				if dans(x) {
					return true
				}
			}
		case map[string]any:
			for _, x := range v {
				if dans(x) {
					return true
				}
			}
		}
		return false
	}
	return dans(tout)
}

// Who signs in, with which factors, who tries and fails, who is held back, what another site sends and who asks for what is not
// theirs: each is noted, with its time in UTC.
// ASVS 16.2.2, 16.3.1, 16.3.2, 16.3.3
func TestWhatIsNoted(t *testing.T) {
	t.Parallel()
	m := mondeSurHTTPS(t)
	_, chef, _, lecteur := m.fournir(t, "A", 1)
	admin := m.gens.AjouterPersonne(t, compte.Agence, compte.Administrateur)
	admin.Secret = m.gens.DonnerFacteur(t, admin.Compte)
	a := m.entrer(t, admin)
	l := m.entrer(t, lecteur)
	l.Demander("GET", "/personnes", nil)
	faux := m.site.Client(t)
	for range 12 {
		faux.Demander("POST", "/connexion", url.Values{"courriel": {chef.Courriel}, "motdepasse": {"faux et archifaux"}})
	}
	code := m.site.Client(t)
	code.Demander("POST", "/connexion", url.Values{"courriel": {admin.Courriel}, "motdepasse": {compteessai.MotDePasse}})
	code.Demander("POST", "/connexion/code", url.Values{"code": {"000000"}})
	faux.Demander("GET", "/ouverture/rien", nil)
	r, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodPost, m.site.URL+"/deconnexion", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	l.Envoyer(r)
	traces := a.Ouvrir("/journal/securite/export").Corps
	for _, genre := range []string{"connexion.refusee", "essais.freines", "code.refuse", "acces.refuse", "origine.refusee", "lien.refuse"} {
		if !strings.Contains(traces, `"genre":"`+genre+`"`) {
			t.Errorf("no %s in\n%s", genre, traces)
		}
	}
	journal := a.Ouvrir("/journal/export?chaine=0").Corps
	if !strings.Contains(journal, `"action":"compte.connecte"`) || !strings.Contains(journal, `"second_facteur":"code"`) {
		t.Errorf("no sign-in with its factors in\n%s", journal)
	}
	for ligne := range strings.Lines(traces + journal) {
		var x struct{ Instant string }
		if err := json.Unmarshal([]byte(ligne), &x); err != nil || !strings.HasPrefix(x.Instant, "2026-11-24T1") || !strings.HasSuffix(x.Instant, "Z") {
			t.Errorf("%q, %v in %s", x.Instant, err, ligne)
		}
	}
	for _, secret := range []string{"archifaux", compteessai.MotDePasse, admin.Secret, "000000"} {
		if strings.Contains(traces+journal+m.log.lire(), secret) {
			t.Errorf("%s is in a log", secret)
		}
	}
}
