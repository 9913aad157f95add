package suivi_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/suivi"
	"guichet/modele"
)

// avecPieces gives each demande one document.
func (m *monde) avecPieces() {
	m.Pieces = func(_ context.Context, _ int64, _ suivi.Cle) ([]suivi.PieceJointe, error) {
		return []suivi.PieceJointe{{
			Nom: "MS1-DUI-Va1-BDC-A0001.pdf", Type: "BON_COMMANDE", Adresse: "/depots/1/pieces/0/BON_COMMANDE", Envoyer: "/depots/1/pieces/0/BON_COMMANDE",
			Ton: "ok", Etat: modele.Texte{Fr: "Reçue", En: "Received"},
		}}, nil
	}
}

// What the agency asks for stands at the head of the demande: the reason in full, who, when, by when, the documents to
// be replaced, and one form that gives it back.
func TestAnswer(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.avecPieces()
		f := m.fournisseur(t, "00000000100008")
		d := m.exemple(t, f)
		racine := m.site(t, f)
		moi, n := navigateurDe(t, racine, "moi"), etatessai.NumeroASP(d, 0)
		attendre(t, moi.poster("/demandes/"+n+"/reponse", "reponse", "Voici"), 422, "", "n'attend plus de réponse", "Incomplète", ">Voici</textarea>", `action="/messages/nouveau`)
		m.changer(t, f, d, etat.Complete, etat.Programme, "", 0)
		m.changer(t, f, d, etat.Instruction, etat.Agence, "", 0)
		m.courriels = nil
		m.changer(t, f, d, etat.AModifier, etat.Agence, "Le bon de commande\nn'est pas signé.", 0)
		if len(m.courriels) != 1 || !strings.Contains(m.courriels[0].Texte, "Réponse attendue au plus tard le 24/12/2026.") {
			t.Errorf("mail: %+v", m.courriels)
		}
		attendre(t, moi.lire("/demandes/"+n), 200, "", "L'agence vous demande", "Le bon de commande<br>n'est pas signé.", "24/11/2026 11:00",
			"au plus tard le 24/12/2026", "Remplacer ce document", `name="document-BON_COMMANDE"`, `name="reponse"`)
		lecteur := navigateurDe(t, racine, "lecteur")
		if p := lecteur.lire("/demandes/" + n); !strings.Contains(p.corps, "L'agence vous demande") || strings.Contains(p.corps, `name="reponse"`) {
			t.Errorf("a reader: %.2000s", p.corps)
		}
		attendre(t, lecteur.poster("/demandes/"+n+"/reponse", "reponse", "x"), 404, "")
		attendre(t, moi.poster("/demandes/"+n+"/reponse", "reponse", strings.Repeat("é", 1001)), 422, "", `href="#reponse"`, "éééé")
		m.courriels = nil
		attendre(t, moi.poster("/demandes/"+n+"/reponse", "reponse", "Le voici, signé."), 200, "/demandes/"+n, "rendue à l'instruction", "En instruction", "Le voici, signé.")
		if len(m.courriels) != 2 || m.courriels[1].A != "f0@exemple.invalid" || !strings.Contains(m.courriels[1].Texte, "> Le voici, signé.") {
			t.Errorf("a colleague is told, and the agency: %+v", m.courriels)
		}
		attendre(t, moi.poster("/demandes/"+n+"/reponse", "reponse", "Encore"), 422, "", "En instruction", ">Encore</textarea>")
		if p := moi.lire("/demandes/" + n); strings.Contains(p.corps, "L'agence vous demande") {
			t.Error("what was answered is still asked for")
		}
		if got := compter(t, m, f); got[etat.Instruction] != 1 || got[etat.AModifier] != 0 {
			t.Errorf("counters %v", got)
		}
	})
}

// A suspended supplier is not asked for what it cannot do: it is told why, and whom to write to.
func TestToBeChangedWhileSuspended(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.exemple(t, f)
	m.changer(t, f, d, etat.Complete, etat.Programme, "", 0)
	m.changer(t, f, d, etat.Instruction, etat.Agence, "", 0)
	m.changer(t, f, d, etat.AModifier, etat.Agence, "Le bon est flou.", 0)
	racine := m.site(t, f)
	chemin := "/demandes/" + etatessai.NumeroASP(d, 0)
	p := navigateurDe(t, racine, "suspendu").lire(chemin)
	attendre(t, p, http.StatusOK, chemin, "Le bon est flou.", "aucune pièce ne s'envoie et la demande ne se rend pas", "Écrivez à l'agence")
	if strings.Contains(p.corps, "emplacez les pièces") || strings.Contains(p.corps, "<h3>Répondez") || strings.Contains(p.corps, "Envoyer les pièces") {
		t.Errorf("it asks for what cannot be done:\n%s", p.corps)
	}
	attendre(t, navigateurDe(t, racine, "lecteur").lire(chemin), http.StatusOK, chemin, "remplacez les pièces")
}
