package suivi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
)

// Conversations are found by a part of their subject, of the number of their demande, and for the agency of the supplier's
// name; suppliers by a part of their name or of their SIRET. What is not found is told, with what to do.
func TestSearchOfConversationsAndSuppliers(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.deposer(t, f, "a.json", 0, 1)
	racine := m.site(t, f)
	moi, agent := navigateurDe(t, racine, "moi"), navigateurDe(t, racine, "agent")
	moi.joindre("/messages/nouveau", "", nil, "sujet", "Règlement en retard", "texte", "x")
	moi.joindre("/messages/nouveau", "", nil, "demande", etatessai.NumeroASP(d, 0), "sujet", "Ma demande", "texte", "x")
	for texte, veut := range map[string]string{
		"reglement": "Règlement en retard", "RETARD": "Règlement en retard", "asp" + fmt.Sprint(d): "Ma demande", "ma  dem": "Ma demande", "absent": "",
	} {
		p := moi.lire("/messages?q=" + url.QueryEscape(texte))
		for _, sujet := range []string{"Règlement en retard", "Ma demande"} {
			if strings.Contains(p.corps, ">"+sujet+"<") != (sujet == veut) {
				t.Errorf("%q: %s", texte, p.corps)
			}
		}
		if veut == "" {
			attendre(t, p, http.StatusOK, "", "Aucune conversation ne correspond", "Tout afficher")
		}
	}
	attendre(t, agent.lire("/messages?q=editeur"), http.StatusOK, "", "Ma demande", "Règlement")
	for _, texte := range []string{"editeur", "D'EX", "1000 08", "00 0001"} {
		attendre(t, agent.lire("/demandes?q="+url.QueryEscape(texte)), http.StatusOK, "", "ÉDITEUR D'EXEMPLE")
	}
	attendre(t, agent.lire("/demandes?q=absent"), http.StatusOK, "", "Aucun fournisseur ne correspond")
	attendre(t, moi.lire("/messages?q="+strings.Repeat("x", 101)), http.StatusUnprocessableEntity, "", "100 caractères au plus")
}
