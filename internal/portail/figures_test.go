package portail

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web/essai"
	"guichet/modele"
)

// pas is a step in the life of a deposit's demandes: a document that comes, or a change of state.
type pas struct {
	piece bool
	bonne bool
	rang  int
	a     etat.Etat
}

var lesVies = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pas {
	return pas{
		piece: rapid.IntRange(0, 2).Draw(t, "piece") == 0, bonne: rapid.IntRange(0, 3).Draw(t, "bonne") > 0,
		rang: rapid.IntRange(0, 2).Draw(t, "rang"), a: rapid.SampledFrom(etat.Tous).Draw(t, "a").Etat,
	}
}), 1, 12)

// vies is a supplier whose deposits live.
type vies struct {
	*monde
	t           *testing.T
	c           *essai.Client
	fournisseur int64
	personne    compte.Identite
	sujet       string // of the last mail on documents
}

// What is expected, received and incomplete is the same wherever it is told: home, lists, export, page of the deposit,
// page of its documents, mail. Whatever documents came and steps were taken; on both databases.
func TestOneFigure(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveauMonde(t, base(t))
			v := &vies{monde: m, t: t, fournisseur: m.gens.AjouterFournisseur(t, "00000000100008", "ÉDITEUR")}
			p := m.gens.AjouterPersonne(t, v.fournisseur, compte.Proprietaire)
			m.executer(t, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ('ANS0000001', $1, 'LOGICIEL')`, v.fournisseur)
			v.c, v.personne = m.entrer(t, p), compte.Identite{Compte: p.Compte, Fournisseur: v.fournisseur}
			m.recues.Envoyer = func(_ context.Context, _ *sql.Tx, _ int64, sujet, _ modele.Texte, _ string) error {
				v.sujet = sujet.Fr
				return nil
			}
			for n := range 10 {
				d := v.deposer(n + 1)
				v.comparer(d, "")
				for i, x := range lesVies.Example(n) {
					sujet := v.vivre(d, x)
					if i%3 == 2 || sujet != "" {
						v.comparer(d, sujet)
					}
				}
				v.comparer(d, "")
			}
		})
	}
}

func (v *vies) deposer(n int) *depot.Depot {
	v.t.Helper()
	octets := corpus.Fichier(corpus.Forme{Demandes: 3, OGs: 1, ESMS: 1, Indente: true, Depuis: 100 * n})
	d, err := v.depots.Deposer(v.t.Context(), depot.Envoi{
		Fournisseur: v.fournisseur, Compte: v.personne.Compte, Type: depot.Avance, NumeroAns: "ANS0000001",
		Nom: fmt.Sprintf("JSON-ANS0000001-20261124-%03d.json", n), Corps: bytes.NewReader(octets),
	})
	if err != nil || d.Acceptees != 3 {
		v.t.Fatalf("%+v, %v", d, err)
	}
	return d
}

// vivre takes a step, if it may be taken; it gives back the subject of the mail that an examination has written.
func (v *vies) vivre(d *depot.Depot, x pas) string {
	v.t.Helper()
	if !x.piece {
		_ = v.base.Ecrire(v.t.Context(), func(ctx context.Context, tx *sql.Tx) error { // most are refused
			return v.suivis.Changer(ctx, tx, suivi.Changement{
				Fournisseur: v.fournisseur, Depot: d.ID, Rangs: []int{x.rang}, A: x.a, Par: etat.Fournisseur | etat.Agence, Motif: "x",
			})
		})
		return ""
	}
	toutes, err := v.recues.Pieces(v.t.Context(), v.fournisseur, d.ID, x.rang)
	if err != nil {
		v.t.Fatal(err)
	}
	octets := corpus.PDF(900)
	if !x.bonne {
		octets = octets[:90]
	}
	a, err := v.recues.Recevoir(v.t.Context(), pieces.Envoi{Fournisseur: v.fournisseur, Compte: v.personne.Compte, Depot: d.ID, Nom: toutes[0].Attendu, Corps: bytes.NewReader(octets)})
	if err != nil || a.DejaRecue {
		return "" // no demande is open, or nothing new
	}
	if err := v.recues.Examiner(v.t.Context(), pieces.Examen{Archive: a.ID}); err != nil {
		v.t.Fatal(err)
	}
	return v.sujet
}

var unNombre = regexp.MustCompile(`\d+`)

// apres is the number that follows a text on a page, 0 where the text is not there.
func apres(page, texte string) int {
	_, suite, _ := strings.Cut(page, texte)
	n, _ := strconv.Atoi(unNombre.FindString(suite))
	return n
}

// avant is the number before a text, likewise.
func avant(page string, textes ...string) int {
	for _, texte := range textes {
		if debut, _, ok := strings.Cut(page, texte); ok {
			tous := unNombre.FindAllString(debut, -1)
			n, _ := strconv.Atoi(tous[len(tous)-1])
			return n
		}
	}
	return 0
}

func (v *vies) comparer(d *depot.Depot, courriel string) {
	v.t.Helper()
	lire := func(chemin string) string { return v.c.Ouvrir(chemin).Attendre(v.t, 200).Texte() }
	var incompletes int
	err := v.base.Lire().QueryRow(`SELECT count(*) FROM demande WHERE fournisseur_id = $1 AND etat = 'incomplete'`, v.fournisseur).Scan(&incompletes)
	if err != nil {
		v.t.Fatal(err)
	}
	depots, err := v.depots.Depots(v.t.Context(), v.fournisseur, 0, 100)
	if err != nil {
		v.t.Fatal(err)
	}
	somme := 0
	for _, x := range depots {
		somme += x.Incompletes
	}
	for ou, n := range map[string]int{
		"home":     avant(lire("/accueil"), " demande incomplète", " demandes incomplètes"),
		"list":     avant(lire("/demandes?etat=incomplete"), " demandes Exporter", " demande numeroASP", " demandes numeroASP", " demande Aucune"),
		"export":   strings.Count(v.c.Ouvrir("/export/demandes/json?etat=incomplete").Corps, `"numeroASP"`),
		"to do":    apres(lire("/incompletes"), "Demandes incomplètes :"),
		"deposits": somme,
	} {
		if n != incompletes {
			v.t.Errorf("%s: %d incomplete, want %d", ou, n, incompletes)
		}
	}
	v.comparerPieces(d, courriel, lire)
}

// comparerPieces compares what the deposit still expects with what its demandes, read one by one, expect.
func (v *vies) comparerPieces(d *depot.Depot, courriel string, lire func(string) string) {
	v.t.Helper()
	toutes, err := v.recues.Pieces(v.t.Context(), v.fournisseur, d.ID, -1)
	if err != nil {
		v.t.Fatal(err)
	}
	attendues, demandes := 0, 0
	for _, p := range toutes {
		if p.Etat != pieces.Recue && slices.Contains([]string{"incomplete", "complete", "a_modifier"}, p.EtatDepot) {
			attendues++
		}
	}
	for rang := range 3 {
		demandes += strings.Count(lire("/demandes/"+d.NumeroASP(rang)), "Manquante") + strings.Count(lire("/demandes/"+d.NumeroASP(rang)), ".pdf (BON_COMMANDE) Refusée")
	}
	tous := map[string]int{
		"deposit":   apres(lire("/depots/"+d.ImpID()), "Pièces encore attendues :"),
		"documents": apres(lire("/depots/"+d.ImpID()+"/pieces"), "Pièces encore attendues :"),
	}
	if courriel != "" {
		tous["mail"] = avant(courriel, " encore attendue")
	}
	for ou, n := range tous {
		if n != attendues {
			v.t.Errorf("%s, %s: %d documents expected, want %d", d.ImpID(), ou, n, attendues)
		}
	}
	if demandes < attendues {
		v.t.Errorf("%s: the pages of its demandes expect %d documents, want %d", d.ImpID(), demandes, attendues)
	}
}
