package registres

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	compteessai "guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
	"guichet/referentiel"
)

// The page's type and its template agree, in all branches.
func TestTemplates(t *testing.T) {
	t.Parallel()
	essai.Gabarits(t, gabarits(), map[string]web.UnePage{"referentiels.html": &pageRegistres{}})
}

func service(t *testing.T, b *db.Base, horloge func() time.Time) *Service {
	t.Helper()
	m, err := fichier.Ouvrir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dossier := filepath.Join(t.TempDir(), "des registres")
	return Ouvrir(t.Context(), Config{Dossier: dossier, Base: b, Fichiers: m, Maintenant: horloge, Log: slog.New(slog.DiscardHandler)})
}

// poser stores a list of eligible ESMS in the folder.
func poser(t *testing.T, s *Service, numeros ...string) {
	t.Helper()
	r, err := referentiel.LireEligibles(strings.NewReader(strings.Join(numeros, "\n")), referentiel.Origine{Fichier: "eligibles-20261101.csv"})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.Ecrire(&b); err != nil {
		t.Fatal(err)
	}
	placer(t, s, b.Bytes())
}

func placer(t *testing.T, s *Service, octets []byte) {
	t.Helper()
	chemin := s.chemin(referentiel.NomEligibles)
	if err := os.MkdirAll(s.Dossier, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(chemin+".neuf", octets, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(chemin+".neuf", chemin); err != nil {
		t.Fatal(err)
	}
}

// The administrator sees what is loaded, of when, what is wrong with a file, and the command that loads each; a supplier
// is told that there is no such page.
func TestPage(t *testing.T) {
	t.Parallel()
	b := dbessai.SQLite(t)
	m := compteessai.Nouveau(t, b)
	s := service(t, b, m.Horloge.Maintenant)
	site := m.Serveur(t, s.Routes()...)
	admin := m.Connecte(t, site.URL, m.Administrateur)
	vide := admin.Lire(t, "/referentiels")
	for _, want := range []string{"non chargé", "guichet referentiel load bareme FICHIER --dossier &#34;", "code C403", "Pour le charger"} {
		if !strings.Contains(vide.Corps, want) {
			t.Errorf("no %q in\n%s", want, vide.Corps)
		}
	}
	poser(t, s, "990000018", "990000026")
	plein := admin.Lire(t, "/referentiels")
	for _, want := range []string{"class=\"n\">2</td>", "01/11/2026", "eligibles-20261101.csv", "Pour le remplacer"} {
		if !strings.Contains(plein.Corps, want) {
			t.Errorf("no %q in\n%s", want, plein.Corps)
		}
	}
	placer(t, s, []byte("abîmé\n"))
	if casse := admin.Lire(t, "/referentiels"); !strings.Contains(casse.Corps, "le registre enregistré est abîmé") || !strings.Contains(casse.Corps, "eligibles-20261101.csv") {
		t.Errorf("damaged:\n%s", casse.Corps)
	}
	if autre := m.Connecte(t, site.URL, m.Proprietaire).Lire(t, "/referentiels"); autre.Etat != 404 {
		t.Errorf("a supplier gets %d", autre.Etat)
	}
}

// Each version is kept under its SHA-256 and found again, whatever is in use now; what is no longer kept is named.
func TestVersions(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		s := service(t, b, func() time.Time { return time.Unix(1_800_000_000, 0) })
		var versions []map[referentiel.Nom]string
		for _, numeros := range [][]string{{"990000018"}, {"990000018", "990000026"}} {
			poser(t, s, numeros...)
			j, v := s.Actuels(t.Context())
			if j.Eligibles == nil || j.Eligibles.Meta().Lignes != len(numeros) {
				t.Fatalf("in use: %+v", j.Metas())
			}
			versions = append(versions, v)
		}
		for i, v := range versions {
			j, perdus, err := s.De(v)
			if err != nil || len(perdus) > 0 || j.Eligibles == nil || j.Eligibles.Meta().Lignes != i+1 {
				t.Errorf("version %d: %+v, %v, %v", i, j.Metas(), perdus, err)
			}
			if oui, err := s.Reference(t.Context(), v[referentiel.NomEligibles]); !oui || err != nil {
				t.Errorf("version %d is swept: %v", i, err)
			}
		}
		perdue := map[referentiel.Nom]string{referentiel.NomFiness: strings.Repeat("0", 64)}
		if _, perdus, err := s.De(perdue); err != nil || len(perdus) != 1 {
			t.Errorf("lost: %v, %v", perdus, err)
		}
	})
}
