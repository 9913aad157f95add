package compte_test

import (
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/web"

	dbessai "guichet/internal/portail/db/essai"
)

// Nobody takes a name that passes for the agency's, however it is written; people and companies keep theirs.
func TestNobodyPassesForTheAgency(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	m.Agence = web.Agence{Nom: "Service des Paiements Agricoles", Service: "Service des Financements"}
	for _, nom := range []string{
		"L'agence", "l’Agence", "AGENCE (Marie)", "Agènce", "Аgence", "4gence", "agence", "ａｇｅｎｃｅ", "ᴀgence", "L Agence", "Lagence", "Guichet", "Administrateur du guichet",
		"Service des paiements agricoles", "service-des-paiements-agricoles", "Marie, Serv1ce des Paiements Agricoles", "𝐚gence", "Ana Αgence",
	} {
		if err := m.ChangerProfil(t.Context(), m.Lecteur.Compte, compte.Profil{Nom: nom}); champ(err) != "nom" {
			t.Errorf("%q: %v", nom, err)
		}
		err := m.Inviter(t.Context(), m.Proprietaire.Compte, compte.Invitation{Fournisseur: m.Fournisseur, Role: compte.Lecteur, Courriel: "x@exemple.invalid", Nom: nom})
		if champ(err) != "nom" {
			t.Errorf("invited as %q: %v", nom, err)
		}
		m.Horloge.Avancer(3600e9)
	}
	for _, nom := range []string{"Camille Exemple", "Élise D'Agen", "Łukasz Żółć", "Иван Иванов", "Ελένη", "Jean-Agencis Müller", "O'Neil", "Ana 2", "李 明"} {
		if err := m.ChangerProfil(t.Context(), m.Lecteur.Compte, compte.Profil{Nom: nom}); err != nil {
			t.Errorf("%q: %v", nom, err)
		}
	}
	for _, nom := range []string{"Agence", "L'AGENCE", "SERVICE DES PAIEMENTS AGRICOLES SAS", "Sеrvice", "Service Financements", "SERVICE  FINANCEMENTS", "Serv1ce-F1nancements", "service de financements", "SPA", "s.p.a", "ASP", "A.S.P.", "Asp"} {
		if err := m.NomLibre("raisonSociale", nom); champ(err) != "raisonSociale" {
			t.Errorf("a company %q: %v", nom, err)
		}
	}
	for _, nom := range []string{"ÉDITEUR D'EXEMPLE", "Agence Numérique du Centre", "3DS Santé", "ASPIRE", "ASP Informatique", "Services Financiers", "Paiements Agricoles", "SPA Logiciels", "Des", "L'Et", "Guichet Unique Logiciels"} {
		if err := m.NomLibre("raisonSociale", nom); err != nil {
			t.Errorf("a company %q: %v", nom, err)
		}
	}
}

// Letters that look like others pass in no name, to the ends of their alphabets; those beside them do.
func TestAlphabetsThatDeceive(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	for _, a := range [][2]rune{{0x250, 0x2af}, {0x1d00, 0x1dbf}, {0x1d400, 0x1d7ff}, {0x2100, 0x218f}, {0xff01, 0xff5e}} {
		for _, r := range a {
			if err := m.NomLibre("nom", string(r)); champ(err) != "nom" {
				t.Errorf("%U: %v", r, err)
			}
		}
		for _, r := range []rune{a[0] - 1, a[1] + 1} {
			if err := m.NomLibre("nom", string(r)); err != nil {
				t.Errorf("%U: %v", r, err)
			}
		}
	}
}
