package portail

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
)

// Who acts for a suspended supplier is told so on every page, reads, and writes to the agency; what it may do no longer says why.
func TestSuspended(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	visiteurs := m.visiteurs(t)
	v := visiteurs[slices.IndexFunc(visiteurs, func(v essai.Visiteur) bool { return v.Suspendu != nil })].Client
	lues := 0
	for _, route := range m.routes() {
		methode, chemin, _ := strings.Cut(route.Motif, " ")
		if methode != http.MethodGet || strings.Contains(chemin, "{") || route.Acces == web.Administrateur {
			continue
		}
		r := v.Demander(methode, chemin, nil)
		if r.Etat == http.StatusForbidden && !strings.Contains(r.Texte(), "« Messages » mène à l'agence") {
			t.Errorf("%s: %.300s", chemin, r.Texte())
		}
		if r.Etat != http.StatusOK || !strings.Contains(r.Entetes.Get("Content-Type"), "html") || strings.HasPrefix(chemin, "/enrolement") {
			continue
		}
		if lues++; !strings.Contains(r.Texte(), "a suspendu") {
			t.Errorf("%s does not say that the supplier is suspended: %.400s", chemin, r.Texte())
		}
	}
	if lues < 8 {
		t.Errorf("%d pages were read", lues)
	}
	v.Ouvrir("/accueil").Attendre(t, http.StatusOK, "rien ne se dépose, ne se remplace ni ne se rend", "Écrivez à l'agence")
	r := v.Soumettre(v.Ouvrir("/messages/nouveau"), essai.Saisie{"sujet": "Suspension", "texte": "Pourquoi sommes-nous suspendus ?"})
	r.Attendre(t, http.StatusOK, "Pourquoi sommes-nous suspendus", "Répondre")
	v.Ouvrir("/notification").Attendre(t, http.StatusOK, "ce choix ne se change pas tant que cela dure")
	v.Ouvrir("/incompletes").Attendre(t, http.StatusOK, "aucune pièce ne s'envoie")
	v.Demander("POST", "/deposer", url.Values{}).Attendre(t, http.StatusForbidden, "Fournisseur suspendu")
}

// A supplier that is suspended is heard like any other, and the agency's sheet and queue say that it is suspended.
func TestSuspendedIsHeard(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	f, _, deposant, lecteur := m.fournir(t, "A", 1)
	m.instruire(t, f)
	m.entendre(t)
	m.executer(t, `UPDATE fournisseur SET etat = 'suspendu' WHERE id = $1`, f)
	m.agent(t, compte.Administrateur)
	d, ines := m.entrer(t, deposant), m.entrer(t, m.agent(t, compte.Instructeur))
	page := m.lignes["GET /contradictoires/{procedure}"].Chemins["A"]
	r := d.Ouvrir(page).Attendre(t, http.StatusOK, "L'agence a suspendu ce fournisseur. Vous présentez quand même vos observations ici")
	d.Soumettre(r, essai.Saisie{"texte": "Nos observations.", "reste": "entiere"}).Attendre(t, http.StatusOK, "Nos observations.", "Votre réponse est complète")
	if l := m.entrer(t, lecteur).Ouvrir(page); strings.Contains(l.Corps, page+"/reponse") {
		t.Error("who only reads may answer")
	}
	n := strings.TrimPrefix(m.lignes["GET /travail/{numero}/lettre"].Chemins["agence"], "/travail/")
	n = strings.TrimSuffix(n, "/lettre")
	ines.Ouvrir("/travail/"+n).Attendre(t, http.StatusOK, "Ce fournisseur est suspendu")
	ines.Ouvrir("/travail?file=toutes").Attendre(t, http.StatusOK, "suspendu")
	m.executer(t, `UPDATE demande SET etat = 'incomplete' WHERE fournisseur_id = $1`, f)
	m.executer(t, `UPDATE depot SET incompletes = demandes WHERE fournisseur_id = $1`, f)
	ines.Ouvrir("/sans-pieces").Attendre(t, http.StatusOK, "suspendu")
}
