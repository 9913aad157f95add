package diag_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/modele"
)

// TestJSONContract holds the contract against a report written by hand, byte for byte.
func TestJSONContract(t *testing.T) {
	t.Parallel()
	numero, code, libelle, valeur := "00001", "F012", "telephone <sans> indicatif & faux", `"01"`
	r := &diag.Rapport{Masquees: 2, Fichiers: []diag.Fichier{
		{
			Fichier: "a.json", Modele: "MS1-DUI", Edition: "2023-10-02", Verdict: diag.Refuse, NonVerifie: []string{"x"},
			Demandes: []diag.Demande{
				{NumLigne: 1, NumeroEditeur: &numero, CodeTraitement: &code, LibelleTraitement: &libelle, Anomalies: []diag.Diagnostic{{
					Code: "F012", Gravite: modele.Erreur, Balise: "telephone", Pointeur: "/lignesImport/0/telephone", Ligne: 3, Colonne: 5,
					Longueur: 4, Valeur: &valeur, Message: "m\u202e", Aide: "a\U000e0041", Source: "§3.2", Premiere: true,
					Extrait: diag.Extrait{Texte: "x", Debut: 1}, Autre: &diag.Lieu{Ligne: 1},
					Correction: &diag.Correction{
						Debut: diag.Point{Ligne: 3, Colonne: 5, Octet: 40}, Fin: diag.Point{Ligne: 3, Colonne: 9, Octet: 44},
						Avant: `"01"`, Apres: `"02"`, Sure: true, Description: "d",
					},
				}}},
				{NumLigne: 2},
			},
		},
		{Fichier: "b.json", Verdict: diag.Illisible},
	}}
	r.Summarize()
	const want = `{
  "format_version": "1.2",
  "valid": false,
  "total": {
    "fichiers": 2,
    "rejetes": 1,
    "demandes": 2,
    "demandesAcceptees": 0,
    "demandesRejetees": 1,
    "erreurs": 1,
    "alertes": 0,
    "infos": 0
  },
  "fichiers": [
    {
      "fichier": "a.json",
      "modele": "MS1-DUI",
      "edition": "2023-10-02",
      "verdict": "refuse",
      "structure": [],
      "demandes": [
        {
          "numLigne": 1,
          "numeroEditeur": "00001",
          "codeTraitement": "F012",
          "libelleTraitement": "telephone <sans> indicatif & faux",
          "anomalies": [
            {
              "code": "F012",
              "gravite": "erreur",
              "balise": "telephone",
              "pointeur": "/lignesImport/0/telephone",
              "ligne": 3,
              "colonne": 5,
              "longueur": 4,
              "valeur": "\"01\"",
              "message": "m\u202e",
              "aide": "a\udb40\udc41",
              "source": "§3.2",
              "premiere": true,
              "correction": {
                "debut": {
                  "ligne": 3,
                  "colonne": 5,
                  "octet": 40
                },
                "fin": {
                  "ligne": 3,
                  "colonne": 9,
                  "octet": 44
                },
                "avant": "\"01\"",
                "apres": "\"02\"",
                "sure": true,
                "description": "d"
              }
            }
          ]
        },
        {
          "numLigne": 2,
          "numeroEditeur": null,
          "codeTraitement": null,
          "libelleTraitement": null,
          "anomalies": []
        }
      ]
    },
    {
      "fichier": "b.json",
      "modele": "",
      "edition": "",
      "verdict": "illisible",
      "structure": [],
      "demandes": []
    }
  ]
}
`
	var got bytes.Buffer
	if err := diag.WriteJSON(&got, r, diag.Options{}); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if r.Fichiers[0].Structure != nil || r.Fichiers[0].Demandes[1].Anomalies != nil {
		t.Error("writing changed the report")
	}
}

func TestJSONOfNothing(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	if err := diag.WriteJSON(&got, &diag.Rapport{}, diag.Options{}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(got.String(), "  \"fichiers\": []\n}\n") {
		t.Errorf("got %s", got.String())
	}
}

// TestJSONKeepsHostileStrings reads back what was escaped for the terminal's sake.
func TestJSONKeepsHostileStrings(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := diag.WriteJSON(&b, essai.Rapport(), diag.Options{}); err != nil {
		t.Fatal(err)
	}
	var r struct {
		Fichiers []struct {
			Demandes []struct{ Anomalies []struct{ Valeur string } }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	got := r.Fichiers[1].Demandes[3].Anomalies[0].Valeur
	if want := `"` + essai.Escape + essai.Bidi + essai.Script + "Fran\ufffdois" + `"`; got != want {
		t.Errorf("valeur = %q, want %q", got, want)
	}
	if text := strings.ReplaceAll(b.String(), "\n", ""); text != diag.Neutralize(text) {
		t.Error("control characters on the way to a terminal")
	}
}
