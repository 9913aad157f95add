package portail

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
)

// demonstration opens a counter on which the example is loaded: on a copy of one that is, where no database is named.
func demonstration(t *testing.T, base, adresse string) (*Portail, []demo.Compte) {
	t.Helper()
	c := sceneDe(t, base, adresse)
	if base == "" {
		exemple.charger(t)
		copier(t, exemple.dossier, c.Donnees)
	}
	p, err := Ouvrir(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Fermer(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if base == "" {
		return p, exemple.comptes
	}
	comptes, err := montrer(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return p, comptes
}

// montrer loads the example.
func montrer(ctx context.Context, p *Portail) (comptes []demo.Compte, err error) {
	err = p.Demontrer(ctx, func(c []demo.Compte) error { comptes = c; return nil })
	return comptes, err
}

// exemple is the folder of a counter on SQLite on which the example is loaded, once for all tests; TestMain removes it.
var exemple chargee

type chargee struct {
	une     sync.Once
	dossier string
	comptes []demo.Compte
	err     error
}

func (m *chargee) charger(t *testing.T) {
	t.Helper()
	m.une.Do(func() {
		if m.dossier, m.err = os.MkdirTemp("", "guichet-exemple-"); m.err != nil {
			return
		}
		ctx := context.Background() // of all tests
		p, err := Ouvrir(ctx, scene("", m.dossier, "http://127.0.0.1:1", slog.New(slog.DiscardHandler)))
		if err == nil {
			m.comptes, err = montrer(ctx, p)
			err = errors.Join(err, p.Fermer(ctx))
		}
		m.err = err
	})
	if m.err != nil {
		t.Fatal(m.err)
	}
}

// RetirerExemple removes it, once all tests are done.
func RetirerExemple() error { return os.RemoveAll(exemple.dossier) }

// copier copies what is in a folder, readable by whom it is readable there.
func copier(t *testing.T, de, vers string) {
	t.Helper()
	err := filepath.WalkDir(de, func(chemin string, x fs.DirEntry, err error) error {
		if err != nil || chemin == de {
			return err
		}
		cible := filepath.Join(vers, strings.TrimPrefix(chemin, de))
		if x.IsDir() {
			return os.Mkdir(cible, 0o700)
		}
		i, err := x.Info()
		if err != nil {
			return err
		}
		octets, err := os.ReadFile(chemin)
		if err != nil {
			return err
		}
		return os.WriteFile(cible, octets, i.Mode().Perm())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// exposer serves the example of a demonstration, with its accounts.
func exposer(t *testing.T) (*httptest.Server, *Portail, []demo.Compte) {
	t.Helper()
	site := httptest.NewUnstartedServer(nil)
	p, comptes := demonstration(t, "", "http://"+site.Listener.Addr().String())
	site.Config.Handler = p.Handler()
	site.Start()
	t.Cleanup(site.Close)
	return site, p, comptes
}

// compteDe is the account of the example whose address begins so.
func compteDe(comptes []demo.Compte, debut string) demo.Compte {
	return comptes[slices.IndexFunc(comptes, func(c demo.Compte) bool { return strings.HasPrefix(c.Courriel, debut) })]
}

// sceneDe is the configuration of a demonstration for one test.
func sceneDe(t *testing.T, base, adresse string) Config {
	t.Helper()
	return scene(base, t.TempDir(), adresse, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})))
}

func scene(base, donnees, adresse string, log *slog.Logger) Config {
	return Config{
		Agence:  web.Agence{Nom: "Agence d'essai", Service: "Financements", Adresse: "1 rue de l'Exemple, 99999 EXEMPLE"},
		Donnees: donnees, Base: base, Adresse: adresse, Scene: demo.NouvelleScene(func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }),
		Expediteur: courriel.Expediteur{Nom: "Guichet", Adresse: "guichet@exemple.invalid"},
		Log:        log,
	}
}

// A database that holds anything is refused before it is touched; an example that did not load to its end is
// loaded again.
func TestDemonstrationOverSomething(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return t.TempDir() + "/portail.db" },
		"postgres": essai.AdressePostgres,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			t.Run("real", func(t *testing.T) { refuseReal(t, base(t)) })
			t.Run("interrupted", func(t *testing.T) {
				adresse := base(t)
				p, err := Ouvrir(t.Context(), sceneDe(t, adresse, "http://127.0.0.1:1"))
				if err != nil {
					t.Fatal(err)
				}
				coupe := errors.New("cut")
				if err := p.Demontrer(t.Context(), func([]demo.Compte) error { return coupe }); !errors.Is(err, coupe) {
					t.Fatal(err)
				}
				if err := p.Fermer(t.Context()); err != nil {
					t.Fatal(err)
				}
				if _, comptes := demonstration(t, adresse, "http://127.0.0.1:1"); len(comptes) != 10 {
					t.Errorf("%d accounts", len(comptes))
				}
			})
		})
	}
}

func refuseReal(t *testing.T, adresse string) {
	b, err := db.Ouvrir(t.Context(), adresse)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Fermer() }()
	if _, err := b.Pool().ExecContext(t.Context(), `CREATE TABLE ancien (id bigint)`); err != nil {
		t.Fatal(err)
	}
	p, err := Ouvrir(t.Context(), sceneDe(t, adresse, "http://127.0.0.1:1"))
	if !errors.Is(err, demo.ErrOccupe) {
		t.Errorf("opened: %v", err)
		_ = p.Fermer(t.Context())
	}
	if tables, err := b.Tables(t.Context()); err != nil || len(tables) != 1 {
		t.Errorf("tables %v, %v", tables, err)
	}
}

// The example has demandes in every state but those of contested awards on both databases, and journals whose chains hold. It is not loaded twice.
func TestDemonstration(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return t.TempDir() + "/portail.db" },
		"postgres": essai.AdressePostgres,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			adresse := base(t)
			p, comptes := demonstration(t, adresse, "http://127.0.0.1:1")
			if len(comptes) != 10 {
				t.Errorf("%d accounts", len(comptes))
			}
			if err := p.Demontrer(t.Context(), nil); !errors.Is(err, demo.ErrOccupe) {
				t.Errorf("loaded again: %v", err)
			}
			b, err := db.Ouvrir(t.Context(), adresse)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = b.Fermer() }()
			for _, e := range etat.Tous {
				if e.Etat == etat.RetraitPropose || e.Etat == etat.RetraitTranche {
					continue
				}
				var n int
				if err := b.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM demande WHERE CASE WHEN etape = '' THEN etat ELSE etape END = $1`, string(e.Etat)).Scan(&n); err != nil || n == 0 {
					t.Errorf("%d demandes are %s, %v", n, e.Etat, err)
				}
			}
			for chaine := range int64(3) {
				if n, err := journalessai.Verifier(t.Context(), b, chaine); n == 0 || err != nil {
					t.Errorf("journal %d: %d rows, %v", chaine, n, err)
				}
			}
		})
	}
}

// The example is one of work: whoever signs in reads what is to be done, and the agency reads what its registers say of each demande.
func TestDemonstrationHasWorkForEach(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	if _, err := b.examens.Revoir(t.Context()); err != nil {
		t.Fatal(err)
	}
	veut := map[compte.Role][]string{
		compte.Administrateur: {"demandes de fournisseurs à examiner"},
		compte.Instructeur:    {"demandes à prendre"},
		compte.Valideur:       {"demande à valider"},
		compte.Comptable:      {"Validée"}, // what is to be paid
		compte.Controleur:     {"Où en sont les demandes"},
		compte.Proprietaire:   {"conversation avec un message non lu"},
		compte.Deposant:       {"demandes incomplètes", "demandes à modifier"},
		compte.Lecteur:        {"demandes incomplètes"},
	}
	for _, c := range b.comptes {
		textes, ok := veut[c.Role]
		if !ok {
			t.Errorf("what waits for %s?", c.Role)
		}
		entre := b.entrer(t, c.Courriel)
		if page := entre.Ouvrir("/accueil"); strings.HasPrefix(page.Chemin, "/agir-pour") {
			pour := regexp.MustCompile(`name="pour" value="([^"]*)"`).FindStringSubmatch(page.Corps)
			entre.Soumettre(page, webessai.Saisie{"pour": pour[1]})
		}
		entre.Ouvrir("/accueil").Attendre(t, 200, append(textes, "À faire")...)
	}
	ines, depasse := b.entrer(t, "instruction@"), 0
	victor := b.entrer(t, "decision@")
	aDecider := 0
	for _, x := range regexp.MustCompile(`href="(/contradictoires/\d+)"`).FindAllStringSubmatch(ines.Ouvrir("/contradictoires").Corps, -1) {
		page := ines.Ouvrir(x[1]).Texte()
		switch {
		case strings.Contains(page, "Contestation d'ESMS"): // who examines may propose
			ines.Ouvrir(x[1]).Attendre(t, 200, "décision à proposer", "ÉDITEUR", "DISTRIBUTEUR", "Proposer")
			aDecider |= 1
		case strings.Contains(victor.Ouvrir(x[1]).Corps, x[1]+"/decision?"): // who decides may take an award back
			aDecider |= 2
		}
	}
	if aDecider != 3 {
		t.Errorf("a contested ESMS and a withdrawal to act on: %b", aDecider)
	}
	toutes, err := db.Lignes(t.Context(), b.base.Lire(), func(l db.Ligne, c *etat.Cle) error { return l.Scan(&c.Depot, &c.Rang) }, `SELECT depot_id, rang FROM dossier`)
	if err != nil || len(toutes) < 20 {
		t.Fatalf("%d, %v", len(toutes), err)
	}
	alertes := map[string]bool{}
	for _, c := range toutes {
		page := ines.Ouvrir("/travail/"+depot.NumeroASP(c.Depot, c.Rang)).Attendre(t, 200, "Plafond")
		if texte := page.Texte(); regexp.MustCompile(`Plafond non vérifié|pas de barème|pas le registre`).MatchString(texte) {
			t.Errorf("%s: something was not checked: %s", page.Chemin, texte)
		} else if strings.Contains(texte, "dépassé ESMS") {
			depasse++
			if strings.Contains(texte, "Attribution :") {
				t.Errorf("%s: more is granted than the ceiling", page.Chemin)
			}
		}
		for _, x := range regexp.MustCompile(`A5\d\d`).FindAllString(page.Texte(), -1) {
			alertes[x] = true
		}
	}
	if depasse == 0 || len(alertes) < 3 {
		t.Errorf("%d demandes over the ceiling, alerts %v", depasse, alertes)
	}
}
