package depot_test

import (
	"slices"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/internal/corpus"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/modele"
	"guichet/referentiel"
)

const debutFiness = "finess;etalab;98;2026-11-01\nstructureet;"

func codesDe(alertes []diag.Diagnostic) (codes []string) {
	for _, a := range alertes {
		codes = append(codes, a.Code)
	}
	slices.Sort(codes)
	return codes
}

// demandeDe is a demande as it stands in its file.
func demandeDe(t *testing.T, b *db.Base, octets []byte, id int64, rang int) []byte {
	t.Helper()
	var debut, fin int
	if err := b.Lire().QueryRow(`SELECT debut, fin FROM demande WHERE depot_id = $1 AND rang = $2`, id, rang).Scan(&debut, &fin); err != nil {
		t.Fatal(err)
	}
	return octets[debut:fin]
}

// One demande is controlled again with the registers of its deposit's day and with those of now; what only the latter say is told of now
// alone, and no fault comes from its standing alone in its file.
func TestSeenAgain(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g, dossier := avecRegistres(t, b, 1)
		octets := fichierDe(0, 3, "AA", 0)
		d := g.deposer(t, envoi(g.fournisseurs[0], octets))
		actuelle := demandeDe(t, b, octets, d.ID, 1)
		c := etat.Cle{Depot: d.ID, Rang: 1}
		avant, sans, err := g.Revoir(t.Context(), c, actuelle, modele.Francais)
		if err != nil || len(avant.Alertes) != 0 || len(sans.Alertes) != 0 || !contient(sans.NonVerifies, "FINESS") || !slices.Equal(sans.ESMS, lesESMS(3)[2:4]) {
			t.Fatalf("without registers: %+v %+v, %v", avant, sans, err)
		}
		charger(t, dossier, referentiel.NomFiness, debutFiness+corpus.Finess(500_002)+";"+corpus.Finess(1)+
			";RÉSIDENCE D'EXEMPLE;;;;;;;;;001;99;;99001 EXEMPLE;;;500;;4401;;00000000100008;;;;;;;;;\n")
		charger(t, dossier, referentiel.NomEligibles, strings.Join(lesESMS(3)[:3], "\n"))
		alors, maintenant, err := g.Revoir(t.Context(), c, actuelle, modele.Francais)
		if err != nil {
			t.Fatal(err)
		}
		if codes := codesDe(maintenant.Alertes); len(alors.Alertes) != 0 || !slices.Contains(codes, "A509") || !slices.Contains(codes, "C403") || contient(maintenant.NonVerifies, "FINESS") {
			t.Errorf("now %v, then %v", codes, codesDe(alors.Alertes))
		}
		if len(alors.Registres) != 0 || !contient(maintenant.Registres, "FINESS") {
			t.Errorf("registers: then %v, now %v", alors.Registres, maintenant.Registres)
		}
		releve, err := g.Relever(t.Context(), c, actuelle)
		total := 0
		for _, n := range releve {
			total += n
		}
		if err != nil || releve["C403"] != 1 || total != len(maintenant.Alertes) {
			t.Errorf("%v, %v", releve, err)
		}
	})
}

// Who else claims an ESMS is found whether the claims are in their places or still wait for them, whatever became of the demandes.
func TestOtherClaims(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		un := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 3, "AA", 0)))
		if err := g.RangerESMS(t.Context()); err != nil {
			t.Fatal(err)
		}
		ecrire(t, b, `UPDATE demande SET etat = 'refusee', maj = $1 WHERE rang = 0`, db.Instant(instant))
		deux := g.deposer(t, envoi(g.fournisseurs[1], fichierDe(1, 2, "CC", 0)))
		for range 2 {
			tous, err := g.Reclamants(t.Context(), etat.Cle{Depot: deux.ID}, lesESMS(2), 50)
			want := []depot.Reclamant{
				{FINESS: lesESMS(1)[0], Cle: etat.Cle{Depot: un.ID}}, {FINESS: lesESMS(1)[1], Cle: etat.Cle{Depot: un.ID}},
				{FINESS: lesESMS(2)[2], Cle: etat.Cle{Depot: un.ID, Rang: 1}}, {FINESS: lesESMS(2)[2], Cle: etat.Cle{Depot: deux.ID, Rang: 1}},
				{FINESS: lesESMS(2)[3], Cle: etat.Cle{Depot: un.ID, Rang: 1}}, {FINESS: lesESMS(2)[3], Cle: etat.Cle{Depot: deux.ID, Rang: 1}},
			}
			if err != nil || !slices.Equal(tous, want) {
				t.Errorf("%+v, %v, want %+v", tous, err, want)
			}
			if err := g.RangerESMS(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if tous, err := g.Reclamants(t.Context(), etat.Cle{}, lesESMS(3), 2); err != nil || len(tous) != 2 {
			t.Errorf("bounded: %+v, %v", tous, err)
		}
		if tous, err := g.Reclamants(t.Context(), etat.Cle{}, []string{"0", "é"}, 2); err != nil || len(tous) != 0 {
			t.Errorf("no numbers: %+v, %v", tous, err)
		}
	})
}
