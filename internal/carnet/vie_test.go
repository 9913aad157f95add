package carnet

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// vie is what a desk remembers of itself, beside its ledger.
type vie struct {
	bureau
	t        *rapid.T
	racine   string
	etats    map[string]Etat   // what the ledger is to say
	asp      map[string]string // numeroASP of those that are accepted, whatever backup was put back since
	donnes   map[string]bool   // numbers, whatever backup was put back since
	rejetees map[string]bool   // by an answer, whatever backup was put back since
	retours  []Retour          // the files of retours/
	copie    map[string]Etat   // the states in the backup; nil for none
	ancien   bool              // a backup was put back that does not know all: no number is given
}

func (v *vie) exiger(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

// refuse tells whether a command was refused, as it has to be on a ledger that is older than its folder.
func (v *vie) refuse(err error) bool {
	v.t.Helper()
	var ancien *ErreurAncien
	if errors.As(err, &ancien) != v.ancien {
		v.t.Fatalf("older than its folder: %t; %v", v.ancien, err)
	}
	if !v.ancien {
		v.exiger(err)
	}
	return v.ancien
}

// donner notes numbers, none of which was given before.
func (v *vie) donner(numeros []string) {
	for _, n := range numeros {
		if v.donnes[n] {
			v.t.Fatalf("%s is given twice", n)
		}
		v.donnes[n], v.etats[n] = true, Preparee
	}
}

// dans are the numbers in these states.
func (v *vie) dans(etats ...Etat) (numeros []string) {
	for _, n := range slices.Sorted(maps.Keys(v.etats)) {
		if slices.Contains(etats, v.etats[n]) {
			numeros = append(numeros, n)
		}
	}
	return numeros
}

func (v *vie) preparer(ctx context.Context) {
	numeros, err := v.bureau.preparer(ctx, rapid.IntRange(1, 2).Draw(v.t, "files"), rapid.IntRange(1, 3).Draw(v.t, "demandes"))
	if !v.refuse(err) {
		v.donner(numeros)
	}
}

// reprendre sends rejected demandes again.
func (v *vie) reprendre(ctx context.Context) {
	rejetees := v.dans(Rejetee)
	if len(rejetees) == 0 {
		return
	}
	numeros, err := v.bureau.preparer(ctx, 1, len(rejetees), rejetees...)
	if v.refuse(err) {
		return
	}
	v.donner(numeros)
	for _, n := range rejetees {
		v.etats[n] = Remplacee
	}
}

// fichiers are the JSON files of the deposits, with their numbers.
func (v *vie) fichiers() map[string][]string {
	ecrits, err := v.enDepot()
	v.exiger(err)
	fichiers := map[string][]string{}
	for _, n := range slices.Sorted(maps.Keys(ecrits)) {
		fichiers[ecrits[n]] = append(fichiers[ecrits[n]], n)
	}
	return fichiers
}

// unFichier draws one; "" when there is none.
func (v *vie) unFichier() (nom string, numeros []string) {
	tous := v.fichiers()
	if len(tous) == 0 {
		return "", nil
	}
	nom = rapid.SampledFrom(slices.Sorted(maps.Keys(tous))).Draw(v.t, "file")
	return nom, tous[nom]
}

func (v *vie) deposer(ctx context.Context) {
	nom, numeros := v.unFichier()
	if nom == "" {
		return
	}
	err := v.sur(ctx, func(c *Carnet) error {
		_, err := c.Deposer(ctx, nom)
		return err
	})
	if v.refuse(err) {
		return
	}
	for _, n := range numeros {
		if v.etats[n] == Preparee {
			v.etats[n] = Deposee
		}
	}
}

// defaire takes a file apart, one that may have been deposited: then nothing changes.
func (v *vie) defaire(ctx context.Context, refaire bool) {
	nom, numeros := v.unFichier()
	if nom == "" {
		return
	}
	parties := map[int][]string{}
	for _, n := range numeros {
		quoi := rapid.IntRange(0, 1).Draw(v.t, "part")
		if quoi == 1 && refaire {
			quoi = 2
		}
		parties[quoi] = append(parties[quoi], n)
	}
	liens := v.liens(ctx)
	nouveaux, err := v.bureau.defaire(ctx, nom, parties[1], parties[2])
	var inconnu *ErreurInconnu
	switch {
	case slices.ContainsFunc(numeros, func(n string) bool { return v.etats[n] != Preparee }) && !v.ancien:
		if !errors.As(err, &inconnu) {
			v.t.Fatalf("a file that was deposited is taken apart: %v", err)
		}
		return
	case v.refuse(err):
		return
	}
	v.donner(nouveaux)
	for _, n := range parties[1] {
		v.etats[n] = Annulee
		v.restituer(liens, n)
	}
	for _, n := range parties[2] {
		v.etats[n] = Remplacee
	}
}

// liens are the demandes that others send again, by these.
func (v *vie) liens(ctx context.Context) map[string]string {
	suivies, err := v.suivies(ctx)
	if !absent(err) {
		v.exiger(err)
	}
	liens := map[string]string{}
	for _, s := range suivies {
		if s.RemplaceePar != "" {
			liens[s.RemplaceePar] = s.Numero
		}
	}
	return liens
}

// restituer has what a cancelled demande sent again, itself or through those that were made anew, be rejected as before,
// unless one before it was accepted after all.
func (v *vie) restituer(liens map[string]string, n string) {
	rejetee := liens[n]
	for rejetee != "" && !v.rejetees[rejetee] {
		rejetee = liens[rejetee]
	}
	if rejetee == "" || v.etats[rejetee] != Remplacee {
		return
	}
	for avant := liens[rejetee]; avant != ""; avant = liens[avant] {
		if v.etats[avant] == Acceptee {
			return
		}
	}
	v.etats[rejetee] = Rejetee
}

// repondre reads a returned file: ours, cut short, with lines of others, or of others alone.
func (v *vie) repondre(ctx context.Context) {
	_, numeros := v.unFichier()
	if len(numeros) == 0 {
		return
	}
	sorte := rapid.SampledFrom([]string{"ours", "ours", "cut", "foreign", "mixed"}).Draw(v.t, "return")
	r := Retour{Nom: fmt.Sprintf("retour-%d.json", len(v.retours)), SHA256: fmt.Sprint(len(v.retours)), ImpID: "IMP"}
	if sorte == "foreign" || sorte == "mixed" {
		r.Lignes = append(r.Lignes, Ligne{Numero: "Z9999", Etat: Acceptee, NumeroASP: "autre", Code: "0000"}, Ligne{Etat: Rejetee, Texte: "sans numéro"})
	}
	for i, n := range numeros {
		l := Ligne{Numero: n, Etat: SansReponse}
		if sorte != "cut" || i < len(numeros)/2 {
			l.Etat = rapid.SampledFrom([]Etat{Acceptee, Acceptee, Rejetee, SansReponse}).Draw(v.t, "answer")
		}
		if l.Etat == Acceptee {
			l.NumeroASP, l.Code = "ASP-"+n, "0000"
		}
		if sorte != "foreign" {
			r.Lignes = append(r.Lignes, l)
		}
	}
	err := v.sur(ctx, func(c *Carnet) error {
		_, err := c.Enregistrer(ctx, r)
		return err
	})
	if v.refuse(err) {
		return
	}
	v.retours = append(v.retours, r)
	v.entendre(r)
}

// entendre is what a returned file makes of the states: news go forwards only.
func (v *vie) entendre(r Retour) {
	rangs := []Etat{Preparee, Deposee, SansReponse, Rejetee, Remplacee, Acceptee}
	for _, l := range r.Lignes {
		if avant, connu := v.etats[l.Numero]; connu && slices.Index(rangs, l.Etat) > max(0, slices.Index(rangs, avant)) {
			v.etats[l.Numero] = l.Etat
			if l.Etat == Rejetee {
				v.rejetees[l.Numero] = true
			}
			if l.Etat == Acceptee {
				v.asp[l.Numero] = l.NumeroASP
			}
		}
	}
}

func (v *vie) sauver(ctx context.Context) {
	if _, err := os.Stat(v.chemin()); err != nil {
		return
	}
	v.exiger(v.bureau.sauver(ctx))
	v.copie = maps.Clone(v.etats)
}

func (v *vie) restaurer(ctx context.Context) {
	if v.copie == nil {
		return
	}
	r, err := v.bureau.restaurer(ctx)
	v.exiger(err)
	v.etats = maps.Clone(v.copie)
	v.ancien = r.Ancien != nil
	for n := range v.asp {
		if v.etats[n] != Acceptee && r.Oublis == 0 {
			v.t.Fatalf("%s is no longer accepted, and nobody is told", n)
		}
	}
	if r.Oublis > 0 && !v.ancien {
		v.relire(ctx)
	}
	for n := range v.donnes {
		if v.etats[n] == "" && !v.ancien {
			v.t.Fatalf("a backup that does not know %s is taken for the latest", n)
		}
	}
}

// relire reads the returned files again, as a person does who is told that a backup lacks answers.
func (v *vie) relire(ctx context.Context) {
	v.exiger(v.sur(ctx, func(c *Carnet) (err error) {
		for _, r := range v.retours {
			_, echec := c.Enregistrer(ctx, r)
			err = errors.Join(err, echec)
		}
		return err
	}))
	for _, r := range v.retours {
		v.entendre(r)
	}
}

// reconstruire makes up for what the ledger lacks. The states are then those of the ledger, which [vie.verifier] holds
// against what is known whatever happened.
func (v *vie) reconstruire(ctx context.Context) {
	if len(v.donnes) == 0 {
		return
	}
	r, err := v.bureau.reconstruire(ctx, v.retours...)
	v.exiger(err)
	if r.Manquent > 0 {
		v.t.Fatalf("%d numbers lacking, and all files are there", r.Manquent)
	}
	v.ancien = false
	suivies, err := v.suivies(ctx)
	v.exiger(err)
	v.etats = map[string]Etat{}
	for _, s := range suivies {
		v.etats[s.Numero] = s.Etat
	}
}

// adopter moves the folder, which asks for the user's word; or has the word said for nothing.
func (v *vie) adopter(ctx context.Context) {
	if _, err := os.Stat(v.chemin()); err != nil || v.ancien {
		return
	}
	if rapid.Bool().Draw(v.t, "move") {
		ailleurs := filepath.Join(v.racine, fmt.Sprintf("%s-%d", filepath.Base(v.dossier), len(v.donnes)))
		v.exiger(os.Rename(v.dossier, ailleurs))
		v.dossier = ailleurs
	}
	v.exiger(Adopter(ctx, v.chemin(), false, horloge))
}

// verifier holds the ledger against what is known.
func (v *vie) verifier(ctx context.Context) {
	suivies, err := v.suivies(ctx)
	if absent(err) {
		err = nil
	}
	v.exiger(err)
	etats := map[string]Etat{}
	for _, s := range suivies {
		etats[s.Numero] = s.Etat
		if asp := v.asp[s.Numero]; asp != "" && !v.ancien && (s.Etat != Acceptee || s.NumeroASP != asp) {
			v.t.Fatalf("%s was accepted as %s, and is %s %s", s.Numero, asp, s.Etat, s.NumeroASP)
		}
	}
	if diff := cmp.Diff(v.etats, etats); diff != "" {
		v.t.Fatal(diff)
	}
	if v.ancien {
		return
	}
	v.exiger(v.concorde(ctx, slices.Collect(maps.Keys(v.donnes))))
	if len(etats) > 0 {
		v.totaux(ctx)
	}
}

// totaux holds what guichet suivi adds up against what is known.
func (v *vie) totaux(ctx context.Context) {
	c, err := Consulter(ctx, v.chemin())
	v.exiger(err)
	totaux, err := c.Totaux(ctx, Filtre{})
	v.exiger(errors.Join(err, c.Close()))
	attendus := map[Etat]Total{}
	for _, e := range v.etats {
		attendus[e] = Total{e, attendus[e].Demandes + 1, attendus[e].Montant + demande("", 0).Montant}
	}
	trouves := map[Etat]Total{}
	for _, t := range totaux {
		trouves[t.Etat] = t
	}
	if diff := cmp.Diff(attendus, trouves); diff != "" {
		v.t.Fatal(diff)
	}
}

// Whatever is prepared, deposited, answered, sent again, taken back, saved, put back, made again and moved: no number
// is given twice, a final answer stays, the files are where the ledger has them, and its totals are right.
func TestVies(t *testing.T) {
	t.Parallel()
	ctx, racine := t.Context(), t.TempDir()
	vies, echec := 0, false
	rapid.Check(t, func(t *rapid.T) {
		if vies++; vies > 20 && !echec && *soak <= 10*time.Second {
			return // each waits for the disk a hundred times
		}
		defer func() { echec = echec || t.Failed() }()
		dossier, err := os.MkdirTemp(racine, "")
		if err != nil {
			t.Fatal(err)
		}
		v := &vie{bureau: bureau{dossier: dossier}, t: t, racine: racine, etats: map[string]Etat{}, asp: map[string]string{}, donnes: map[string]bool{}, rejetees: map[string]bool{}}
		v.exiger(os.Mkdir(v.depots(), 0o777))
		gestes := map[string]func(context.Context){
			"adopter": v.adopter, "annuler": func(ctx context.Context) { v.defaire(ctx, false) }, "deposer": v.deposer, "preparer": v.preparer,
			"reconstruire": v.reconstruire, "refaire": func(ctx context.Context) { v.defaire(ctx, true) }, "repondre": v.repondre,
			"reprendre": v.reprendre, "restaurer": v.restaurer, "sauver": v.sauver,
		}
		v.preparer(ctx)
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			gestes[rapid.SampledFrom(slices.Sorted(maps.Keys(gestes))).Draw(t, "step")](ctx)
			v.verifier(ctx)
		}
	})
}
