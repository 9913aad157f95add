package instruction_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/modele"
)

// The sheet has the points of the documents that the demande announces; what is answered is there again, and what it found can be quoted.
func TestSheet(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 1)
		c := etat.Cle{Depot: depot}
		types := []string{"BON_COMMANDE"}
		remplir := func(reponses ...instruction.Repondu) error {
			return m.tenir(m.ines, c, func(ctx context.Context, tx *sql.Tx, _ *instruction.Dossier) error {
				return m.Remplir(ctx, tx, m.ines, c, reponses)
			})
		}
		point := func(code string, r instruction.Reponse, remarque string) instruction.Repondu {
			return instruction.Repondu{Point: instruction.Point{Code: code}, Reponse: r, Remarque: remarque}
		}
		refuse(t, remplir(point("BC_DATE", instruction.Oui, "")), "prenez-la d'abord")
		if err := m.Prendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		avant := m.dossier(t, c).Version
		if err := remplir(point("BC_DATE", instruction.Oui, ""), point("BC_SIGNATURE", instruction.Non, "pas de signature en page 2")); err != nil {
			t.Fatal(err)
		}
		if v := m.dossier(t, c).Version; v != avant+1 {
			t.Errorf("version %d after %d", v, avant)
		}
		if err := remplir(point("BC_DATE", instruction.Oui, "")); err != nil || m.dossier(t, c).Version != avant+1 {
			t.Errorf("the same answer again changes the demande: %v", err)
		}
		points, err := m.Fiche(t.Context(), b.Lire(), c, types)
		if err != nil || len(points) != 7 || slices.ContainsFunc(points, func(p instruction.Repondu) bool { return p.Code == "HT_VALABLE" }) {
			t.Fatalf("%+v, %v", points, err)
		}
		if got := instruction.MotifsDe(points); !slices.Equal(got, []string{"SIGNATURE"}) {
			t.Errorf("reasons %q", got)
		}
		if got := instruction.Constats(points, modele.Francais); len(got) != 1 || got[0] != "Il est signé par le client ? Non. pas de signature en page 2" {
			t.Errorf("found %q", got)
		}
		if err := remplir(point("BC_DATE", "", "")); err != nil {
			t.Fatal(err)
		}
		if points, err = m.Fiche(t.Context(), b.Lire(), c, types); err != nil || points[4].Code != "BC_DATE" || points[4].Reponse != "" {
			t.Errorf("taken away: %+v, %v", points[4], err)
		}
		refuse(t, remplir(point("INCONNU", instruction.Oui, "")), "pas dans la fiche")
		refuse(t, remplir(point("BC_DATE", "peut-être", "")), "oui, non ou sans objet")
		refuse(t, remplir(point("BC_DATE", instruction.Non, strings.Repeat("é", 501))), "500 caractères")
	})
}

// Notes are kept in their order, with who wrote them, and bounded.
func TestNotes(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 1)
		c := etat.Cle{Depot: depot}
		refuse(t, m.Noter(t.Context(), m.ines, c, " \n"), "Écrivez")
		refuse(t, m.Noter(t.Context(), m.ines, c, strings.Repeat("é", instruction.MaxNote+1)), "2 000 caractères")
		for _, x := range []struct {
			a     instruction.Agent
			texte string
		}{{m.ines, "À revoir"}, {m.victor, "Vu"}} {
			if err := m.Noter(t.Context(), x.a, c, x.texte); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Noter(t.Context(), m.victor, c, "Vu"); err != nil { // sent twice
			t.Fatal(err)
		}
		notes, err := m.Notes(t.Context(), c)
		if err != nil || len(notes) != 2 || notes[0].Qui != "Inès" || notes[1].Texte != "Vu" || !notes[1].Instant.Equal(m.horloge) {
			t.Errorf("%+v, %v", notes, err)
		}
		for i := range instruction.MaxNotes - 2 {
			if err := m.Noter(t.Context(), m.ines, c, fmt.Sprint("x", i)); err != nil {
				t.Fatal(err)
			}
		}
		refuse(t, m.Noter(t.Context(), m.ines, c, "x"), "200 notes")
	})
}

// Each point asks something of a kind of document in both languages, once, and suggests a reason that the catalogue has.
func TestPoints(t *testing.T) {
	t.Parallel()
	vus := map[string]bool{}
	for _, p := range instruction.Points {
		if vus[p.Code] || p.Piece == "" || p.Question.Fr == "" || p.Question.En == "" || p.Source == "" {
			t.Errorf("%+v", p)
		}
		vus[p.Code] = true
	}
}

// Answers were given on what the supplier may have changed by answering: they are to be given again, and their remarks stay.
func TestAnswersAreReadAgain(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, c := m.tenue(t, m.ines)
		remplir := func(rs ...instruction.Repondu) {
			if err := m.tenir(m.ines, c, func(ctx context.Context, tx *sql.Tx, _ *instruction.Dossier) error {
				return m.Remplir(ctx, tx, m.ines, c, rs)
			}); err != nil {
				t.Fatal(err)
			}
		}
		remplir(instruction.Repondu{Point: instruction.Points[0], Reponse: instruction.Oui}, instruction.Repondu{Point: instruction.Points[1], Reponse: instruction.Non, Remarque: "page 2"})
		m.changer(t, etat.Changement{Fournisseur: f, Depot: c.Depot, Rangs: []int{0}, A: etat.AModifier, Par: etat.Agence, Compte: m.ines.Compte, Motif: "signer"})
		if err := m.fournisseur(f, c, etat.Instruction); err != nil {
			t.Fatal(err)
		}
		points, err := m.Fiche(t.Context(), b.Lire(), c, []string{"BON_COMMANDE"})
		if err != nil || points[0].Reponse != "" || points[1].Reponse != "" || points[1].Remarque != "page 2" {
			t.Errorf("%+v, %v", points, err)
		}
		remplir(instruction.Repondu{Point: instruction.Points[0], Reponse: instruction.Oui})
		if points, err = m.Fiche(t.Context(), b.Lire(), c, []string{"BON_COMMANDE"}); err != nil || points[0].Reponse != instruction.Oui {
			t.Errorf("answered again: %+v, %v", points[0], err)
		}
	})
}
