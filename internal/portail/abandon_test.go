package portail

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
)

// Who withdraws a demande with an award reads that the award is given up, and its amount; then its letter, the lists and the figures say so.
func TestAwardGivenUp(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	_, _, deposant, _ := m.fournir(t, "A", 1)
	m.agent(t, compte.Administrateur)
	d, agent := m.entrer(t, deposant), m.entrer(t, m.agent(t, compte.Valideur))
	var id int64
	if err := m.base.Lire().QueryRow(`SELECT MIN(id) FROM depot`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	m.executer(t, `UPDATE decision SET montant = 854692`)
	m.executer(t, `UPDATE demande SET etat = 'validee' WHERE depot_id = $1 AND rang = 1`, id)
	n, reference := depot.NumeroASP(id, 1), strings.TrimPrefix(m.lignes["GET /lettres/{lettre}"].Chemins["A"], "/lettres/")
	periode := "?du=24/11/2026&au=24/11/2026"
	agent.Ouvrir("/decisions").Attendre(t, 200, reference, "notifiée", "8 546,92 €")
	agent.Ouvrir("/chiffres"+periode).Attendre(t, 200, "8 546,92 €")
	d.Ouvrir("/demandes/"+n+"/retrait").Attendre(t, 200, "Cette demande a une attribution", reference, "8 546,92 €", "c'est y renoncer")
	d.Demander("POST", "/demandes/"+n+"/retrait", url.Values{"motif": {"Le client renonce"}}).Attendre(t, 200, "Vous renoncez à l'attribution n° "+reference+", de 8 546,92 € hors taxe")
	if r := d.Demander("POST", "/demandes/"+n+"/retrait", url.Values{"motif": {"Le client renonce"}, "acte": {"faire"}}); r.Etat != http.StatusSeeOther {
		t.Fatalf("%d\n%.2000s", r.Etat, r.Texte())
	}
	d.Ouvrir("/demandes/"+n).Attendre(t, 200, "Retirée", "abandonnée par le fournisseur le 24/11/2026")
	d.Ouvrir("/lettres/"+reference).Attendre(t, 200, "Attribution abandonnée par le fournisseur le 24/11/2026")
	d.Ouvrir("/lettres").Attendre(t, 200, "abandonnée par le fournisseur le 24/11/2026")
	agent.Ouvrir("/decisions").Attendre(t, 200, "abandonnée par le fournisseur le 24/11/2026 (8 546,92 €)")
	if r := agent.Demander("GET", "/export/decisions/csv", nil); !strings.Contains(r.Corps, "abandonnée par le fournisseur") || strings.Contains(r.Corps, ";8546,92;") {
		t.Errorf("%s", r.Corps)
	}
	if r := agent.Ouvrir("/chiffres" + periode); strings.Contains(r.Texte(), "8 546,92") {
		t.Errorf("what is given up is granted still:\n%s", r.Texte())
	}
}
