package suivi_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/suivi"
)

// The documents that came with messages on a demande are listed with it, the newest first, whoever sent them; those of another demande, or on none,
// are not.
func TestDocumentsOfMessages(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, "a.json", 0, 2)
		moi := compte.Identite{Compte: 7, Fournisseur: f, Role: compte.Deposant}
		ici := suivi.Cle{Depot: d, Rang: 1}
		for i, e := range []suivi.Ecrit{
			{Auteur: moi, Demande: ici, Sujet: "Un", Nom: "premier.png", Octets: png}, {Auteur: agent, Fil: 1, Nom: "second.png", Octets: png}, {Auteur: moi, Fil: 1},
			{Auteur: moi, Demande: ici, Sujet: "Deux", Nom: "troisième.png", Octets: png}, {Auteur: moi, Demande: suivi.Cle{Depot: d}, Sujet: "Trois", Nom: "autre.png", Octets: png},
			{Auteur: moi, Sujet: "Quatre", Nom: "sans.png", Octets: png},
		} {
			m.horloge = m.horloge.Add(time.Minute)
			e.Texte = "Texte"
			if _, err := m.Ecrire(t.Context(), e); err != nil {
				t.Fatal(i, err)
			}
		}
		toutes, err := m.Jointes(t.Context(), ici)
		var dites []string
		for _, j := range toutes {
			dites = append(dites, fmt.Sprint(j.Adresse(), " ", j.Nom, " ", j.Agence))
		}
		const veut = "/messages/2/pieces/1 troisième.png false, /messages/1/pieces/2 second.png true, /messages/1/pieces/1 premier.png false"
		if got := strings.Join(dites, ", "); err != nil || got != veut {
			t.Errorf("%s, %v; want %s", got, err, veut)
		}
	})
}

// What is read beside a demande is what it says now: declared where nothing was corrected, corrected where something was. Who is outside reads
// no address, no telephone and no card of a person.
func TestDemandeAsItIs(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.instruite(t, f)
	n := etatessai.NumeroASP(d, 0)
	lire := func(veut string, corrigees int) {
		t.Helper()
		octets, err := m.Octets(t.Context(), suivi.Cle{Depot: d})
		toutes, errToutes := m.Corrigees(t.Context(), d)
		if err != nil || errToutes != nil || !strings.Contains(string(octets), veut) || len(toutes) != corrigees || corrigees > 0 && string(toutes[0]) != string(octets) {
			t.Errorf("%s, %v, %v, %v", octets, toutes, err, errToutes)
		}
	}
	lire(`"montantSegurHT": 4866.67`, 0)
	m.demander(t, f, d, leMontant)
	attendre(t, navigateurDe(t, m.site(t, f), "moi").poster("/demandes/"+n+"/reponse", "reponse", "Voici", "valeur.commande.montantSegurHT", "4500"), 200, "/demandes/"+n)
	lire(`"montantSegurHT": 4500.00`, 1)
	dehors, err := m.Dehors(t.Context(), suivi.Cle{Depot: d})
	dit := fmt.Sprintf("%+v", dehors)
	if err != nil || !strings.Contains(strings.ReplaceAll(dit, "\u00a0", " "), "4 500,00") || !strings.Contains(dit, "DURANDAL") {
		t.Errorf("%s, %v", dit, err)
	}
	if trop := regexp.MustCompile(`exemple\.invalid|\+33|3700123456`).FindString(dit); trop != "" {
		t.Errorf("%q is told outside", trop)
	}
}
