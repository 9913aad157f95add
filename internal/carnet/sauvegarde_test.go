package carnet

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A copy made while a lot is open is whole, and never takes the place of a file without being asked to.
func TestSauver(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, Nom)
	c := ouvert(t, chemin)
	preparer(t, c, dossier, 3)
	l, err := c.Commencer(t.Context(), intention(dossier, 2, 1))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ecrire(l, l.Rangs[0], l.Numeros)
	if err := errors.Join(err, l.Ajouter(t.Context(), f)); err != nil {
		t.Fatal(err)
	}
	lecteur, err := Consulter(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lecteur.Close() }()
	copie := filepath.Join(t.TempDir(), "copie.db")
	s, err := lecteur.Sauver(t.Context(), copie, false)
	if want := (Sauvegarde{3, "A0003"}); s != want || err != nil {
		t.Fatalf("%+v, %v", s, err)
	}
	if diff := cmp.Diff(contenu(t, chemin), contenu(t, copie)); diff != "" {
		t.Error(diff)
	}
	var cible *ErreurCible
	for _, ou := range []string{copie, chemin} {
		if _, err := lecteur.Sauver(t.Context(), ou, ou == chemin); !errors.As(err, &cible) {
			t.Errorf("over %s: %v", ou, err)
		}
	}
	if err := l.Decider(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err := lecteur.Sauver(t.Context(), copie, true); s.Numeros != 5 || err != nil {
		t.Errorf("%+v, %v", s, err)
	}
	if restes, _ := filepath.Glob(filepath.Join(filepath.Dir(copie), ".*")); len(restes) > 0 {
		t.Errorf("left: %v", restes)
	}
}

// A backup takes the place of a sound ledger, of a damaged one with its journals, and of none.
func TestRestaurer(t *testing.T) {
	t.Parallel()
	for _, cas := range []string{"sain", "abîmé", "absent"} {
		dossier, chemin, _ := deuxLots(t)
		copie := filepath.Join(t.TempDir(), "copie.db")
		lecteur, err := Consulter(t.Context(), chemin)
		if err != nil {
			t.Fatal(err)
		}
		_, err = lecteur.Sauver(t.Context(), copie, false)
		if err := errors.Join(err, lecteur.Close()); err != nil {
			t.Fatal(err)
		}
		want := contenu(t, chemin)
		switch cas {
		case "abîmé":
			err = errors.Join(os.WriteFile(chemin, []byte("SQLite format 3\x00 et plus rien"), 0o666), os.WriteFile(chemin+"-wal", []byte("journal"), 0o666))
		case "absent":
			err = os.Remove(chemin)
		}
		if err != nil {
			t.Fatal(err)
		}
		r, err := Restaurer(t.Context(), chemin, copie, horloge)
		if err != nil || r.Ancien != nil || r.Numeros != 2 || (r.Ecarte == "") != (cas == "absent") {
			t.Fatalf("%s: %+v, %v", cas, r, err)
		}
		if diff := cmp.Diff(want, contenu(t, seul(t, chemin))); diff != "" {
			t.Error(cas, diff)
		}
		c := ouvert(t, chemin)
		if got := preparer(t, c, dossier, 1); got[0] != "A0003" {
			t.Errorf("%s: number %v", cas, got)
		}
	}
}

// A backup that is none changes nothing; an older one gives no number that was given since.
func TestRestaurerRefuse(t *testing.T) {
	t.Parallel()
	_, chemin, apresUn := deuxLots(t)
	want := contenu(t, chemin)
	mauvaise := filepath.Join(t.TempDir(), "mauvaise.db")
	for nom, octets := range map[string][]byte{"texte": []byte("numero;etat\n"), "vide": nil, "coupée": apresUn[:len(apresUn)-5000]} {
		if err := os.WriteFile(mauvaise, octets, 0o666); err != nil {
			t.Fatal(err)
		}
		var abime *ErreurAbime
		if _, err := Restaurer(t.Context(), chemin, mauvaise, horloge); !errors.As(err, &abime) {
			t.Errorf("%s: %v", nom, err)
		}
	}
	if diff := cmp.Diff(want, contenu(t, chemin)); diff != "" {
		t.Error(diff)
	}
	if err := os.WriteFile(mauvaise, apresUn, 0o666); err != nil {
		t.Fatal(err)
	}
	r, err := Restaurer(t.Context(), chemin, mauvaise, horloge)
	if err != nil || r.Ancien == nil || r.Ancien.Numeros != 1 || r.Ancien.Attendus != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	refuse[*ErreurAncien](t, chemin)
	if got := contenu(t, r.Ecarte); len(got) != 2 {
		t.Errorf("set aside: %d demandes", len(got))
	}
}

// What is found again completes an older ledger: numbers count on from there, a rejected demande is replaced by the
// one later that asks for its ESMS.
func TestReconstruire(t *testing.T) {
	t.Parallel()
	dossier, chemin, apresUn := deuxLots(t)
	if err := os.WriteFile(chemin, apresUn, 0o666); err != nil {
		t.Fatal(err)
	}
	c, err := Completer(t.Context(), chemin, horloge)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	f := Retrouve{Nom: NomFichier(unNumeroAns, unJour, 2), Dossier: dossier, NumeroAns: unNumeroAns, Jour: unJour, Rang: 2, Demandes: []Demande{demande("A0002", 1)}}
	for _, want := range []Reconstruction{{Fichiers: 1, Demandes: 1, DejaConnues: 1}, {DejaConnues: 2}} {
		premier := f
		premier.Nom, premier.Rang, premier.Demandes = NomFichier(unNumeroAns, unJour, 1), 1, []Demande{demande("A0001", 1)}
		got, err := c.Reconstruire(t.Context(), []Retrouve{premier, f})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatal(diff, err)
		}
	}
	if _, err := c.Enregistrer(t.Context(), Retour{Nom: "r.json", SHA256: "1", Lignes: []Ligne{{Numero: "A0001", Etat: Rejetee, Code: "E1"}}}); err != nil {
		t.Fatal(err)
	}
	var r Reconstruction
	if err := c.Rapprocher(t.Context(), &r); err != nil || r.Manquent != 0 || len(r.Deduites) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	got := contenu(t, chemin)
	if len(got) != 2 || got[0].RemplaceePar != "A0002" || got[1].Fichier != f.Nom {
		t.Errorf("%+v", got)
	}
	c2 := ouvert(t, chemin)
	if got := preparer(t, c2, dossier, 1); got[0] != "A0003" {
		t.Errorf("number %v", got)
	}
}

// What was set aside is known again, and not counted; a demande that went to another file with its number is there.
func TestReconstruireEcartes(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, Nom)
	c, err := Completer(t.Context(), chemin, horloge)
	if err != nil {
		t.Fatal(err)
	}
	un := Retrouve{Nom: NomFichier(unNumeroAns, unJour, 1), Dossier: dossier, NumeroAns: unNumeroAns, Jour: unJour, Rang: 1, Ecarte: true,
		Demandes: []Demande{demande("A0001", 1), demande("A0002", 2)}}
	deux := un
	deux.Nom, deux.Rang, deux.Ecarte, deux.Demandes = NomFichier(unNumeroAns, unJour, 2), 2, false, []Demande{demande("A0002", 1)}
	got, err := c.Reconstruire(t.Context(), []Retrouve{deux, un})
	if diff := cmp.Diff(Reconstruction{Fichiers: 2, Demandes: 2}, got); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	attendus, err := c.ADeposer(t.Context())
	if err != nil || len(attendus) != 1 || attendus[0].Nom != deux.Nom {
		t.Errorf("to be deposited: %+v, %v", attendus, err)
	}
	if err := errors.Join(c.Rapprocher(t.Context(), &got), c.Close()); err != nil {
		t.Fatal(err)
	}
	etats := map[string]Etat{}
	for _, s := range contenu(t, chemin) {
		etats[s.Numero] = s.Etat
	}
	if diff := cmp.Diff(map[string]Etat{"A0001": Annulee, "A0002": Preparee}, etats); diff != "" {
		t.Error(diff)
	}
}

// A backup that is put back knows a file as prepared that was taken apart since: made up for from the folder, it has
// each demande where it is, and what was taken back does not count.
func TestReconstruireDefait(t *testing.T) {
	t.Parallel()
	b := bureau{dossier: t.TempDir()}
	if err := os.Mkdir(b.depots(), 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := b.preparer(t.Context(), 1, 3)
	if err := errors.Join(err, b.sauver(t.Context())); err != nil {
		t.Fatal(err)
	}
	if _, err := b.defaire(t.Context(), NomFichier(unNumeroAns, unJour, 1), []string{"A0001"}, []string{"A0002"}); err != nil {
		t.Fatal(err)
	}
	if r, err := b.restaurer(t.Context()); err != nil || r.Ancien == nil {
		t.Fatalf("%+v, %v", r, err)
	}
	got, err := b.reconstruire(t.Context())
	if diff := cmp.Diff(Reconstruction{Fichiers: 2, Demandes: 1, DejaConnues: 3, Deplacees: 1}, got); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	if err := b.entier(t.Context(), nil); err != nil {
		t.Error(err)
	}
	suivies, err := b.suivies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	etats := map[string]string{}
	for _, s := range suivies {
		etats[s.Numero] = string(s.Etat) + " " + s.Fichier[len(s.Fichier)-8:]
	}
	want := map[string]string{"A0001": "annulée 001.json", "A0002": "annulée 001.json", "A0003": "préparée 003.json", "A0004": "préparée 002.json"}
	if diff := cmp.Diff(want, etats); diff != "" {
		t.Error(diff)
	}
}

// A rebuild that finds no new file still leaves the folder another one than the backup knew: put back once more, the
// backup is older than it, and what was taken back does not pass for prepared.
func TestReconstruireRepris(t *testing.T) {
	t.Parallel()
	b := bureau{dossier: t.TempDir()}
	if err := os.Mkdir(b.depots(), 0o777); err != nil {
		t.Fatal(err)
	}
	numeros, err := b.preparer(t.Context(), 1, 2)
	if err := errors.Join(err, b.sauver(t.Context())); err != nil {
		t.Fatal(err)
	}
	if _, err := b.defaire(t.Context(), NomFichier(unNumeroAns, unJour, 1), numeros, nil); err != nil {
		t.Fatal(err)
	}
	for fois := range 3 {
		if r, err := b.restaurer(t.Context()); err != nil || r.Ancien == nil {
			t.Fatalf("put back %d times: %+v, %v", fois+1, r, err)
		}
		if _, err := b.reconstruire(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := b.entier(t.Context(), numeros); err != nil {
			t.Error(err)
		}
	}
	if err := b.sauver(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.reconstruire(t.Context()); err != nil { // which teaches nothing
		t.Fatal(err)
	}
	if r, err := b.restaurer(t.Context()); err != nil || r.Ancien != nil {
		t.Errorf("%+v, %v", r, err)
	}
}

// Files are compared with what was written.
func TestVerifier(t *testing.T) {
	t.Parallel()
	dossier, chemin, _ := deuxLots(t)
	err := errors.Join(os.Remove(filepath.Join(dossier, NomFichier(unNumeroAns, unJour, 1))),
		os.WriteFile(filepath.Join(dossier, NomFichier(unNumeroAns, unJour, 2)), []byte("autre"), 0o666))
	if err != nil {
		t.Fatal(err)
	}
	c, err := Consulter(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	got, err := c.Verifier(t.Context())
	want := Verification{Sauvegarde: Sauvegarde{2, "A0002"}, Fichiers: 2, Absents: 1, Changes: []string{NomFichier(unNumeroAns, unJour, 2)}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
