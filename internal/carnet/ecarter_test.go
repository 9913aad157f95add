package carnet

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// reprises makes a file of demandes that send others again, with an archive beside it.
func reprises(t *testing.T, c *Carnet, dossier string, anciennes ...string) (numeros []string, nom string) {
	t.Helper()
	l, err := c.Commencer(t.Context(), intention(dossier, len(anciennes), 1))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ecrire(l, l.Rangs[0], l.Numeros)
	for i := range anciennes {
		f.Demandes[i].Remplace = anciennes[i]
	}
	zip := Fichier{Nom: strings.TrimSuffix(f.Nom, ".json") + "-01.zip", SHA256: "00"}
	err = errors.Join(err, os.WriteFile(filepath.Join(l.Dossier, zip.Nom), nil, 0o666))
	if err := errors.Join(err, l.Ajouter(t.Context(), f), l.Ajouter(t.Context(), zip), l.Decider(t.Context())); err != nil {
		t.Fatal(err)
	}
	return l.Numeros, f.Nom
}

func repondre(t *testing.T, c *Carnet, somme string, lignes ...Ligne) {
	t.Helper()
	if _, err := c.Enregistrer(t.Context(), Retour{Nom: somme, SHA256: somme, ImpID: "IMP", Lignes: lignes}); err != nil {
		t.Fatal(err)
	}
}

func etats(t *testing.T, c *Carnet) map[string]string {
	t.Helper()
	tous := map[string]string{}
	for s, err := range c.Demandes(t.Context(), Filtre{}) {
		if err != nil {
			t.Fatal(err)
		}
		tous[s.Numero] = string(s.Etat) + " " + s.RemplaceePar
	}
	return tous
}

// The retry of a demande that is accepted after all is set aside with its archive; what was beside it in the file is
// rejected as before, and its numbers stay used.
func TestEcarter(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	preparer(t, c, dossier, 2)
	repondre(t, c, "01", Ligne{Numero: "A0001", Etat: Rejetee, Code: "E1"}, Ligne{Numero: "A0002", Etat: Rejetee, Code: "E1"})
	nouveaux, nom := reprises(t, c, dossier, "A0001", "A0002")
	if d, err := c.Doubles(t.Context()); len(d) > 0 || err != nil {
		t.Errorf("%v %v", d, err)
	}
	repondre(t, c, "02", Ligne{Numero: "A0001", Etat: Acceptee, NumeroASP: "ASP"})
	doubles, err := c.Doubles(t.Context())
	if diff := cmp.Diff([]Double{{"A0001", nouveaux[0]}}, doubles); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	e, err := c.Ecarter(t.Context(), doubles[0].Preparee)
	if diff := cmp.Diff(Ecartement{nom, filepath.Join(dossier, DossierEcartes), nouveaux, []string{"A0002"}}, e); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	want := map[string]string{"A0001": "acceptée A0003", "A0002": "rejetée ", "A0003": "annulée ", "A0004": "annulée "}
	if diff := cmp.Diff(want, etats(t, c)); diff != "" {
		t.Error(diff)
	}
	if got := noms(t, filepath.Join(dossier, DossierEcartes)); !slices.Equal(got, []string{strings.TrimSuffix(nom, ".json") + "-01.zip", nom}) {
		t.Errorf("set aside: %v", got)
	}
	if d, err := c.Doubles(t.Context()); len(d) > 0 || err != nil {
		t.Errorf("%v %v", d, err)
	}
	if h, err := c.Histoire(t.Context(), "A0002"); err != nil || h[len(h)-1].Genre != GenreEcart || h[len(h)-1].Texte != nom {
		t.Errorf("%+v %v", h, err)
	}
	m, err := c.DemandesDesESMS(t.Context(), []string{"990000028"})
	if err != nil || len(m["990000028"]) != 4 || m["990000028"][3].Claims() || !m["990000028"][0].Claims() {
		t.Errorf("%+v %v", m, err)
	}
	if again, _ := reprises(t, c, dossier, "A0002"); !slices.Equal(again, []string{"A0005"}) {
		t.Errorf("numbers %v", again)
	}
}

// Through a retry of a retry, what is sent again for an accepted demande stays replaced.
func TestEcarterLaSuite(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	preparer(t, c, dossier, 1)
	repondre(t, c, "01", Ligne{Numero: "A0001", Etat: Rejetee, Code: "E1"})
	reprises(t, c, dossier, "A0001")
	repondre(t, c, "02", Ligne{Numero: "A0002", Etat: Rejetee, Code: "E1"})
	reprises(t, c, dossier, "A0002")
	repondre(t, c, "03", Ligne{Numero: "A0001", Etat: Acceptee, NumeroASP: "ASP"})
	doubles, err := c.Doubles(t.Context())
	if diff := cmp.Diff([]Double{{"A0001", "A0003"}}, doubles); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	if e, err := c.Ecarter(t.Context(), "A0003"); err != nil || len(e.Rendues) != 0 {
		t.Errorf("%+v %v", e, err)
	}
	want := map[string]string{"A0001": "acceptée A0002", "A0002": "remplacée A0003", "A0003": "annulée "}
	if diff := cmp.Diff(want, etats(t, c)); diff != "" {
		t.Error(diff)
	}
	repondre(t, c, "04", Ligne{Numero: "A0003", Etat: Rejetee, Code: "E9"}) // it was deposited all the same
	if got := etats(t, c)["A0003"]; got != "rejetée " {
		t.Error(got)
	}
}

// A file that was deposited, moved, or cannot be moved stays as it is; a move that was interrupted is ended.
func TestEcarterImpossible(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct {
		avant  func(c *Carnet, place string) error
		raison string
	}{
		"déposé": {func(c *Carnet, place string) error {
			_, err := c.Deposer(t.Context(), filepath.Base(place))
			return err
		}, "déjà déposé"},
		"répondu": {func(c *Carnet, _ string) error {
			_, err := c.Enregistrer(t.Context(), Retour{SHA256: "9", ImpID: "I", Lignes: []Ligne{{Numero: "A0002"}}})
			return err
		}, "déjà déposé"},
		"parti": {func(_ *Carnet, place string) error { return os.Remove(place) }, "plus dans le dossier"},
		"place prise": {func(_ *Carnet, place string) error {
			d := filepath.Join(filepath.Dir(place), DossierEcartes)
			return errors.Join(os.MkdirAll(d, 0o777), os.WriteFile(filepath.Join(d, filepath.Base(place)), nil, 0o666))
		}, ""},
		"écarté à la main": {func(_ *Carnet, place string) error {
			d := filepath.Join(filepath.Dir(place), DossierEcartes)
			return errors.Join(os.MkdirAll(d, 0o777), os.Rename(place, filepath.Join(d, filepath.Base(place))))
		}, ""},
		"sans archive": {func(_ *Carnet, place string) error { return os.Remove(strings.TrimSuffix(place, ".json") + "-01.zip") }, ""},
	} {
		t.Run(nom, func(t *testing.T) {
			dossier := t.TempDir()
			k := ouvert(t, filepath.Join(dossier, Nom))
			preparer(t, k, dossier, 1)
			repondre(t, k, "01", Ligne{Numero: "A0001", Etat: Rejetee, Code: "E1"})
			_, fichier := reprises(t, k, dossier, "A0001")
			if err := c.avant(k, filepath.Join(dossier, fichier)); err != nil {
				t.Fatal(err)
			}
			avant := etats(t, k)
			_, err := k.Ecarter(t.Context(), "A0002")
			var refus *ErreurEcart
			if errors.As(err, &refus) != (c.raison != "") || (err == nil) != (c.raison == "") {
				t.Fatal(err)
			}
			if err == nil {
				if got := etats(t, k)["A0002"]; got != "annulée " {
					t.Error(got)
				}
				return
			}
			if !strings.Contains(refus.Texte().Fr, c.raison) || refus.Error() == "" {
				t.Error(err)
			}
			if diff := cmp.Diff(avant, etats(t, k)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Killed at any step, setting a retry aside has happened or it has not, and the next run ends it: what it sent again
// beside the accepted one is rejected as before.
func TestReprisesEcarteesTue(t *testing.T) {
	t.Parallel()
	const (
		avant = "A0001 acceptée 001.json 1, A0002 remplacée 001.json 2, A0003 préparée 002.json 1, A0004 préparée 002.json 2, 001.json, 002-01.zip, 002.json"
		apres = "A0001 acceptée 001.json 1, A0002 rejetée 001.json 2, A0003 annulée 002.json 1, A0004 annulée 002.json 2, 001.json, ecartes/002-01.zip, ecartes/002.json"
	)
	vues := etapesTuees(t, func(c *Carnet, dossier string) {
		preparer(t, c, dossier, 2)
		repondre(t, c, "01", Ligne{Numero: "A0001", Etat: Rejetee, Code: "E1"}, Ligne{Numero: "A0002", Etat: Rejetee, Code: "E1"})
		reprises(t, c, dossier, "A0001", "A0002")
		repondre(t, c, "02", Ligne{Numero: "A0001", Etat: Acceptee, NumeroASP: "ASP"})
	}, func(c *Carnet, _ string) error {
		_, err := c.Ecarter(t.Context(), "A0003")
		return err
	})
	if vues[avant] < 2 || vues[apres] < 4 || len(vues) != 2 {
		t.Error(vues)
	}
}

// A retry that is taken back, through one that was set aside, gives back what was rejected; but not what sends an
// accepted demande again.
func TestAnnulerLaSuite(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct {
		retour []Ligne
		want   map[string]string
	}{
		"rejetée": {nil, map[string]string{"A0001": "remplacée A0002", "A0002": "rejetée ", "A0003": "annulée "}},
		"acceptée": {[]Ligne{{Numero: "A0001", Etat: Acceptee, NumeroASP: "ASP"}},
			map[string]string{"A0001": "acceptée A0002", "A0002": "remplacée A0003", "A0003": "annulée "}},
	} {
		t.Run(nom, func(t *testing.T) {
			dossier := t.TempDir()
			k := ouvert(t, filepath.Join(dossier, Nom))
			preparer(t, k, dossier, 1)
			repondre(t, k, "01", Ligne{Numero: "A0001", Etat: Rejetee, Code: "E1"})
			reprises(t, k, dossier, "A0001")
			repondre(t, k, "02", Ligne{Numero: "A0002", Etat: Rejetee, Code: "E1"})
			_, dernier := reprises(t, k, dossier, "A0002")
			repondre(t, k, "03", c.retour...)
			l, err := k.Commencer(t.Context(), intention(dossier, 0, 0))
			if err != nil {
				t.Fatal(err)
			}
			_, err = l.Ecarter(t.Context(), dernier, []string{"A0003"})
			if err := errors.Join(err, l.Decider(t.Context())); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, etats(t, k)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A file of a decided lot that cannot be moved to its place stays in the folder of the lot, until it can.
func TestFichierGarde(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin, place := filepath.Join(dossier, Nom), filepath.Join(dossier, NomFichier(unNumeroAns, unJour, 1))
	c, err := (&Carnet{maintenant: horloge, etape: func(nom string) {
		if nom == "décidé" {
			if err := os.Mkdir(place, 0o777); err != nil {
				panic(err)
			}
		}
	}}).ouvrir(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	l, err := c.Commencer(t.Context(), intention(dossier, 2, 2))
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range l.Numeros {
		f, err := ecrire(l, l.Rangs[i], []string{n})
		if err := errors.Join(err, l.Ajouter(t.Context(), f)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Decider(t.Context()); err == nil {
		t.Fatal("a folder stands where the file goes, and nobody is told")
	}
	if got := noms(t, l.Dossier); len(got) != 2 {
		t.Errorf("left in the folder of the lot: %v", got)
	}
	if _, err := Ouvrir(t.Context(), chemin, horloge); err == nil {
		t.Error("opening again tells nothing")
	}
	if err := errors.Join(c.Close(), os.Remove(place)); err != nil {
		t.Fatal(err)
	}
	ouvert(t, chemin)
	if got := noms(t, dossier); !slices.Equal(got, []string{NomFichier(unNumeroAns, unJour, 1), NomFichier(unNumeroAns, unJour, 2)}) {
		t.Errorf("files %v", got)
	}
}
