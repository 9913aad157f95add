package accuse_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/controle"
	"guichet/internal/portail/accuse"
	"guichet/internal/portail/accuse/essai"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

func exemple() *accuse.Accuse {
	return &accuse.Accuse{
		Numero: "DEP-000000042-23", Recu: time.Date(2026, 12, 31, 22, 59, 58, 0, time.UTC), Type: "avance",
		Fichier: "JSON-ANS0000001-20261231-001.json", Taille: 350_000, SHA256: strings.Repeat("0123456789abcdef", 4),
		Logiciel: "ANS0000001", Nom: "ÉDITEUR D'EXEMPLE", SIRET: "00000000100008", Mandataire: "MANDATAIRE D'EXEMPLE",
		Nombre: 3, Acceptees: 2,
		Demandes: []accuse.Demande{
			{Ligne: 1, NumeroEditeur: "00001", NumeroASP: "ASP-000000042-001-17", Pieces: []string{"MS1-DUI-Va1-BDC-00001.pdf", "MS1-DUI-Va1-HT-00001.pdf"}},
			{Ligne: 2, NumeroEditeur: "00002", NumeroASP: "ASP-000000042-002-14"},
			{Ligne: 3, NumeroEditeur: "00003", Code: "F110", Libelle: "Le montant est « trop » grand"},
		},
		Mentions: accuse.Mentions{
			Agence: web.Agence{
				Nom: "Agence d'essai", Service: "Pôle de l'œuvre", Adresse: "1 rue de l'Exemple, 99999 EXEMPLE", Courriel: "agence@exemple.invalid", Telephone: "+33 1 99 00 00 00",
			},
			Delais: accuse.Delais{Silence: accuse.Refus, Decision: 2, Pieces: 30, Recours: 2, Tribunal: "le tribunal administratif d'Exemple"},
		},
	}
}

// Each word of the receipt stands in the PDF and in the text of the mail, in both languages, whatever the outcome.
func TestSameFactsEverywhere(t *testing.T) {
	t.Parallel()
	rejete := exemple()
	rejete.Rejet, rejete.Nombre, rejete.Acceptees, rejete.Demandes = &accuse.Rejet{Code: "F002", Libelle: "JSON illisible"}, 0, 0, nil
	accepte := exemple()
	accepte.Delais.Silence = accuse.Acceptance
	for nom, a := range map[string]*accuse.Accuse{"partiel": exemple(), "rejete": rejete, "acceptation": accepte} {
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			octets, err := a.PDF(l)
			if err != nil {
				t.Fatal(err)
			}
			parties := append(a.Rubriques(l), a.Details(l)...)
			pdf, texte := essai.LirePDF(t, octets), essai.SansBlancs(a.Texte(l)+accuse.Ecrire(a.Details(l), 0, l))
			for _, r := range parties {
				mots := append([]string{r.Titre}, r.Phrases...)
				for _, f := range r.Faits {
					mots = append(mots, f.Nom, f.Valeur)
				}
				for _, m := range mots {
					if !strings.Contains(pdf, essai.SansBlancs(m)) {
						t.Errorf("%s: the PDF does not say %q", nom, m)
					}
					if !strings.Contains(texte, essai.SansBlancs(m)) && !strings.Contains(texte, essai.SansBlancs(strings.ToUpper(m))) {
						t.Errorf("%s: the text does not say %q", nom, m)
					}
				}
			}
			if dossier := os.Getenv("GUICHET_ECRANS"); dossier != "" {
				_ = os.WriteFile(filepath.Join(dossier, "accuse-"+nom+"-"+modele.Texte{Fr: "fr", En: "en"}.In(l)+".pdf"), octets, 0o600)
			}
		}
	}
}

// CRPA, art. R.112-11-1: when it came, who is in charge and how to reach them, what silence comes to and when, the
// remedies.
func TestWhatTheLawAsksFor(t *testing.T) {
	t.Parallel()
	veut := func(a *accuse.Accuse, morceaux ...string) {
		t.Helper()
		for _, m := range morceaux {
			if !strings.Contains(strings.ReplaceAll(a.Texte(modele.Francais), ecrit.Insecable, " "), m) {
				t.Errorf("no %q in\n%s", m, a.Texte(modele.Francais))
			}
		}
	}
	a := exemple()
	veut(a, "DEP-000000042-23", "31/12/2026 à 23:59:58", a.SHA256, "Pôle de l'œuvre", "1 rue de l'Exemple", "agence@exemple.invalid", "+33 1 99 00 00 00",
		"décision implicite de rejet", "28/02/2027, et sous réserve qu'elle soit complète, elle est réputée rejetée", "au plus tard le : 30/01/2027",
		"dans un délai de 2 mois", "recours gracieux", "devant le tribunal administratif d'Exemple", "R. 112-11-1")
	a.Delais.Silence, a.Delais.Decision = accuse.Acceptance, 3
	veut(a, "décision implicite d'acceptation", "31/03/2027, et sous réserve qu'elle soit complète, elle est réputée acceptée", "art. L. 232-3")
	a.Rejet, a.Nombre, a.Acceptees = &accuse.Rejet{Code: "F002", Libelle: "JSON illisible"}, 0, 0
	veut(a, "F002 : JSON illisible", "seule la trace", "aucun délai de décision ne court", "recours gracieux")
}

// The same receipt is the same bytes.
func TestReproducible(t *testing.T) {
	t.Parallel()
	un, err := exemple().PDF(modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	deux, err := exemple().PDF(modele.Francais)
	if err != nil || !bytes.Equal(un, deux) {
		t.Errorf("two PDFs of one receipt differ (%v)", err)
	}
	for _, m := range []string{"/Lang (fr)", "/Title", "D:20261231225958"} {
		if !bytes.Contains(un, []byte(m)) {
			t.Errorf("no %s in the PDF", m)
		}
	}
}

// What a stranger chose breaks neither the PDF nor the lines of the mail, and nothing of it is dropped unseen.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct{ texte, pdf string }{
		"bidi":   {"a\u202egpj.exe", "a<U+202E>gpj.exe"},
		"nul":    {"a\x00b\x1b[31m", "a<U+0000>b<U+001B>[31m"},
		"pdf":    {`x) Tj ET endstream (\`, `x) Tj ET endstream (\`},
		"lines":  {"a\r\n\nRECOURS\nBcc: x", "a<U+000D><U+000A><U+000A>RECOURS<U+000A>Bcc: x"},
		"emoji":  {"👍", "<U+1F44D>"},
		"utf-8":  {"\xff", "<U+FFFD>"},
		"pages":  {strings.Repeat("9", 2000), strings.Repeat("9", 2000)},
		"blanks": {strings.Repeat(" ", 3000) + "fin", "fin"},
	} {
		a := exemple()
		a.Fichier, a.Nom, a.Mandataire = c.texte, c.texte, c.texte
		a.Demandes[2].NumeroEditeur, a.Demandes[2].Libelle = c.texte, c.texte
		octets, err := a.PDF(modele.Francais)
		if err != nil {
			t.Errorf("%s: %v", nom, err)
			continue
		}
		if lu := essai.LirePDF(t, octets); strings.Count(lu, essai.SansBlancs(c.pdf)) < 4 {
			t.Errorf("%s: the PDF shows %.300q, want %.100q in it four times", nom, lu, c.pdf)
		}
		if got, want := strings.Count(a.Texte(modele.Francais), "\n"), strings.Count(exemple().Texte(modele.Francais), "\n"); got != want {
			t.Errorf("%s: %d lines in the text, want %d", nom, got, want)
		}
	}
}

func BenchmarkPDF(b *testing.B) {
	a := exemple()
	for len(a.Demandes) < 200 {
		a.Demandes = append(a.Demandes, a.Demandes[0])
	}
	for b.Loop() {
		if _, err := a.PDF(modele.Francais); err != nil {
			b.Fatal(err)
		}
	}
}

// Who reads English is told what the rule says, beside the French words that the returned file has.
func TestRefusalInEnglish(t *testing.T) {
	t.Parallel()
	regle, ok := controle.Regle("F110")
	if !ok {
		t.Fatal("no rule F110")
	}
	want := "F110: " + regle.Titre.En + " (in the returned file: “Le montant est « trop » grand”)"
	if texte := exemple().Texte(modele.Anglais) + accuse.Ecrire(exemple().Details(modele.Anglais), 0, modele.Anglais); !strings.Contains(texte, want) {
		t.Errorf("no %q in\n%s", want, texte)
	}
	if texte := accuse.Ecrire(exemple().Details(modele.Francais), 0, modele.Francais); !strings.Contains(texte, "F110\u00a0: Le montant est «\u00a0trop\u00a0» grand\n") {
		t.Errorf("in French:\n%s", texte)
	}
}

// A file's name does not move what stands beside it in a mail, nor hide anything.
func TestNamesInMails(t *testing.T) {
	t.Parallel()
	for nom, veut := range map[string]string{
		"a\u202egnp.json": "Fichier : a<U+202E>gnp.json\n", "קובץ.json": "Fichier : \u2068קובץ.json\u2069\n", "a\nSHA-256 : 0": "Fichier : a␊SHA-256 : 0\n",
	} {
		if a := accuse.Ecrire([]accuse.Rubrique{{Titre: "x", Faits: []accuse.Fait{{Nom: "Fichier", Valeur: nom}}}}, 0, modele.Francais); !strings.HasSuffix(a, veut) {
			t.Errorf("%q", a)
		}
	}
}
