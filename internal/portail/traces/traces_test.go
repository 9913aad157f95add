package traces_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/traces"
	"guichet/internal/portail/web"
)

func nouveau(m *essai.Monde) *traces.Service {
	return traces.Nouveau(traces.Config{Base: m.Base, Log: slog.New(slog.DiscardHandler), Maintenant: m.Horloge.Maintenant, Duree: 48 * time.Hour})
}

// What strangers repeat is noted once a minute; what matters each time is noted each time; all of it goes after its time.
// ASVS 16.2.1.
func TestTraces(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Vide(b)
		s := nouveau(m)
		for range 3 {
			s.Noter(t.Context(), web.Trace{Genre: "connexion.refusee", Compte: 7, Adresse: "192.0.2.17:80", Reference: "r"})
			s.Noter(t.Context(), web.Trace{Genre: "connexion.refusee", Compte: 7, Adresse: "198.51.100.17:80"})
			s.Noter(t.Context(), web.Trace{Genre: "piece.ouverte", Objet: "ENR-1 identite", Adresse: "[2001:db8:1:2::3]:80"})
		}
		m.Horloge.Avancer(time.Minute)
		s.Noter(t.Context(), web.Trace{Genre: "connexion.refusee", Compte: 7, Adresse: "192.0.2.99:80"})
		toutes, err := s.Lister(t.Context(), traces.Filtre{Max: 100})
		if err != nil || len(toutes) != 6 || toutes[0].Reseau != "192.0.2.0/24" || toutes[1].Reseau != "2001:db8:1::/48" || toutes[5].Reference != "r" {
			t.Errorf("%+v, %v", toutes, err)
		}
		if l, err := s.Lister(t.Context(), traces.Filtre{Max: 100, Genre: "piece.ouverte"}); err != nil || len(l) != 3 {
			t.Errorf("%+v, %v", l, err)
		}
		if l, err := s.Lister(t.Context(), traces.Filtre{Max: 100, Compte: 7, Avant: toutes[0].ID}); err != nil || len(l) != 2 {
			t.Errorf("%+v, %v", l, err)
		}
		m.Horloge.Avancer(47*time.Hour + 59*time.Minute + 30*time.Second)
		if err := s.Balayer(t.Context()); err != nil {
			t.Fatal(err)
		}
		if l, err := s.Lister(t.Context(), traces.Filtre{Max: 100}); err != nil || len(l) != 1 {
			t.Errorf("%d are left, %v", len(l), err)
		}
	})
}

// Each trace leaves the program at once, as a line of its log that is gathered elsewhere: as often as it is kept, with no whole
// address, on one line whatever it is about, and though the database is away.
// ASVS 16.4.3.
func TestTracesLeaveTheProgram(t *testing.T) {
	t.Parallel()
	m := essai.Vide(dbessai.SQLite(t))
	var sortie strings.Builder
	s := traces.Nouveau(traces.Config{Base: m.Base, Log: slog.New(slog.NewJSONHandler(&sortie, nil)), Maintenant: m.Horloge.Maintenant, Duree: time.Hour})
	for range 2 {
		s.Noter(t.Context(), web.Trace{Genre: "connexion.refusee", Compte: 7, Objet: "un\nobjet", Adresse: "192.0.2.17:80", Reference: "r1"})
	}
	if err := m.Base.Fermer(); err != nil {
		t.Fatal(err)
	}
	s.Noter(t.Context(), web.Trace{Genre: "export", Adresse: "[2001:db8:1:2::3]:80", Reference: "r2"})
	var lues []string
	for ligne := range strings.Lines(sortie.String()) {
		var x struct{ Msg, Genre, Objet, Reseau, Reference string }
		if err := json.Unmarshal([]byte(ligne), &x); err != nil {
			t.Fatalf("%s: %v", ligne, err)
		}
		lues = append(lues, strings.Join([]string{x.Msg, x.Genre, x.Objet, x.Reseau, x.Reference}, " "))
	}
	want := []string{"trace connexion.refusee un\nobjet 192.0.2.0/24 r1", "trace export  2001:db8:1::/48 r2", "trace en échec export   "}
	if !slices.Equal(lues, want) {
		t.Errorf("%q, want %q", lues, want)
	}
	if strings.Contains(sortie.String(), "192.0.2.17") {
		t.Error("a whole address is in the log")
	}
}

// What is exported is one JSON object a line, all of it, also over many parts.
// ASVS 16.2.4.
func TestExport(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	s := nouveau(m)
	for i := range 1003 {
		s.Noter(t.Context(), web.Trace{Genre: "export", Objet: fmt.Sprint(i)})
	}
	var texte strings.Builder
	if err := traces.ExporterTraces(t.Context(), m.Base.Lire(), &texte); err != nil {
		t.Fatal(err)
	}
	vus := map[string]bool{}
	for ligne := range strings.Lines(texte.String()) {
		var x map[string]any
		if err := json.Unmarshal([]byte(ligne), &x); err != nil {
			t.Fatalf("%s: %v", ligne, err)
		}
		vus[fmt.Sprint(x["objet"])] = true
	}
	if len(vus) != 1003 {
		t.Errorf("%d of 1003", len(vus))
	}
}

// An administrator reads what was refused and opened, and who tried; nothing that was typed is there.
// ASVS 16.2.5, 16.3.2, 16.4.2.
func TestPages(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	s := nouveau(m)
	site := m.ServirTrace(t, s.Noter, s.Routes()...).URL
	c := m.Client(t, site)
	c.Poster(t, "/connexion", "courriel", m.Deposant.Courriel, "motdepasse", "unMotDePasseSecret")
	c.Poster(t, "/connexion", "courriel", "inconnu@exemple.invalid", "motdepasse", "unMotDePasseSecret")
	lecteur := m.Connecte(t, site, m.Lecteur)
	for _, chemin := range []string{"/personnes", "/journal", "/journal/securite", "/journal/export", "/journal/securite/export"} {
		if p := lecteur.Lire(t, chemin); p.Etat != http.StatusNotFound {
			t.Errorf("%s: %d", chemin, p.Etat)
		}
	}
	admin := m.Connecte(t, site, m.Administrateur)
	p := admin.Lire(t, "/journal/securite")
	for _, want := range []string{m.Deposant.Courriel, "connexion refusée", "page refusée", "GET /personnes", "127.0.0.0/24"} {
		if !strings.Contains(p.Corps, want) {
			t.Errorf("no %q in\n%s", want, p.Corps)
		}
	}
	if strings.Contains(p.Corps, "unMotDePasse") || strings.Contains(p.Corps, "inconnu@") {
		t.Error("what was typed is there")
	}
	if p := admin.Lire(t, "/journal/securite?genre=code.refuse&avant=x"); p.Etat != 200 || !strings.Contains(p.Corps, "Rien n&#39;est noté") {
		t.Errorf("%d %s", p.Etat, p.Corps)
	}
	if p := admin.Lire(t, fmt.Sprintf("/journal?chaine=%d", m.Fournisseur)); p.Etat != 200 || !strings.Contains(p.Corps, "personne invitée") || !strings.Contains(p.Corps, "compte ouvert") {
		t.Errorf("%d %s", p.Etat, p.Corps)
	}
	if p := admin.Lire(t, "/journal/export?chaine=0"); p.Etat != 200 || !strings.HasPrefix(p.Corps, `{"chaine":0,"entree":7,`) {
		t.Errorf("%d %s", p.Etat, p.Corps)
	}
	if p := admin.Lire(t, "/journal/securite/export"); p.Etat != 200 || !strings.Contains(p.Corps, `"genre":"export","compte":`) {
		t.Errorf("%d %s", p.Etat, p.Corps)
	}
}
