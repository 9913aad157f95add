package portail

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/portail/depot"
)

// What a list is narrowed by and does not exist is told, for suppliers and for the agency; nothing is shown as if it answered.
func TestFiltersThatNameNothing(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	for qui, adresses := range map[string][]string{
		"agence@": {
			"/enrolements?etat=zzz", "/enrolements?etat=brouillon", "/enrolements?genre=zzz", "/journal?chaine=zzz", "/journal/securite?genre=zzz",
			"/demandes?etat=zzz", "/demandes?fournisseur=zzz", "/demandes?fournisseur=1&depot=zzz", "/demandes?fournisseur=1&depot=-1", "/lettres?file=zzz", "/messages?etat=zzz",
		},
		"instruction@": {
			"/sans-pieces?fournisseur=zzz", "/sans-pieces?fournisseur=-1", "/travail?file=zzz", "/travail?tri=zzz", "/travail?alerte=zzz", "/travail?avis=zzz", "/travail?etat=zzz",
			"/travail?fournisseur=zzz", "/travail?tenue=zzz", "/decisions?sens=zzz", "/decisions?motif=zzz", "/decisions?fournisseur=zzz", "/decisions?decide_par=zzz", "/lettres?file=zzz", "/messages?etat=zzz",
		},
		"deposant@editeur": {"/demandes?etat=zzz", "/demandes?depot=zzz", "/messages?etat=zzz", "/lettres?file=zzz"},
	} {
		v := b.entrer(t, qui)
		for _, a := range adresses {
			champ, valeur, _ := strings.Cut(a[strings.LastIndexAny(a, "?&")+1:], "=")
			r := v.Ouvrir(a)
			r.Attendre(t, 422, "Le filtre « "+champ+" » demande « "+valeur+" », qui n'existe pas")
			if strings.Contains(r.Corps, "<tbody>") {
				t.Errorf("%s: rows are shown", a)
			}
		}
	}
	ines := b.entrer(t, "instruction@")
	poster(t, ines, "/travail", "/filtres", url.Values{"nom": {"Personne"}, "oublier": {"1"}}).Attendre(t, 422, "Vous ne gardez pas de filtre « Personne »")
}

// What is decided has no days left; a wait ends before its day when who holds the demande says so; days that are one are told as one.
func TestWordsOfTheQueue(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines := b.entrer(t, "instruction@")
	jours := regexp.MustCompile(`J[-+\x{2011}\x{2212}]\d`)
	for _, e := range []string{"validee", "payee", "refusee", "decidee"} {
		r := ines.Ouvrir("/travail?file=toutes&etat=" + e)
		if x := jours.FindString(r.Corps); x != "" {
			t.Errorf("%s: %s", e, x)
		}
		if m := regexp.MustCompile(`href="(/travail/ASP-[^"?]+)`).FindStringSubmatch(r.Corps); m != nil {
			if x := jours.FindString(ines.Ouvrir(m[1]).Corps); x != "" || strings.Contains(ines.Ouvrir(m[1]).Corps, "décision au plus tard") {
				t.Errorf("%s, %s: %s", e, m[1], x)
			}
		}
	}
	if x := regexp.MustCompile(`du (\d\d/\d\d/\d{4}) au (\d\d/\d\d/\d{4})`).FindAllStringSubmatch(ines.Ouvrir("/chiffres").Texte(), -1); x != nil {
		for _, m := range x {
			if m[1] == m[2] {
				t.Error(m[0])
			}
		}
	}
	var c etatCle
	if err := b.base.Lire().QueryRow(`SELECT x.depot_id, x.rang FROM dossier x JOIN compte c ON c.id = x.agent_id WHERE c.courriel LIKE 'instruction@%' AND x.etat = 'instruction' ORDER BY x.depot_id, x.rang LIMIT 1`).Scan(&c.depot, &c.rang); err != nil {
		t.Fatal(err)
	}
	feuille := "/travail/" + depot.NumeroASP(c.depot, c.rang)
	if !strings.Contains(ines.Ouvrir(feuille).Corps, "/attente-finie") {
		poster(t, ines, feuille, feuille+"/attente", url.Values{"jusqua": {"15/12/2026"}, "attente": {"Réponse du siège"}}).Attendre(t, 303)
	}
	poster(t, ines, feuille, feuille+"/attente-finie", url.Values{}).Attendre(t, 303)
	if r := ines.Ouvrir(feuille); strings.Contains(r.Corps, "En attente jusqu") {
		t.Error("it still waits")
	}
}

// The page of notification says what the company has chosen, and no other.
func TestNotificationSaysTheChoice(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	chef := b.entrer(t, "proprietaire@editeur")
	for choix, dit := range map[string][2]string{"non": {"notifiées par la poste", "la vôtre ne l'a pas accepté"}, "oui": {"par voie électronique", "Ce que votre entreprise a accepté"}} {
		poster(t, chef, "/notification", "/notification", url.Values{"choix": {choix}}).Attendre(t, 303)
		chef.Ouvrir("/notification").Attendre(t, 200, dit[0], dit[1])
		for autre := range map[string]bool{"la vôtre ne l'a pas accepté": choix == "oui", "Ce que votre entreprise a accepté": choix == "non"} {
			if (autre == "la vôtre ne l'a pas accepté") == (choix == "oui") && strings.Contains(chef.Ouvrir("/notification").Texte(), autre) {
				t.Errorf("%s: %s", choix, autre)
			}
		}
	}
}

// No page has an id with a blank, which no label finds.
func TestIdentifiersHaveNoBlank(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	chef := b.entrer(t, "proprietaire@editeur")
	fautif := regexp.MustCompile(`\sid="[^"]*\s[^"]*"`)
	for _, page := range []string{"/entreprise/logiciel", "/entreprise", "/notification", "/compte", "/personnes"} {
		r := chef.Ouvrir(page)
		if x := fautif.FindString(r.Corps); r.Etat != 200 || x != "" {
			t.Errorf("%s: %d, %s", page, r.Etat, x)
		}
	}
}

// What the sheet found is quoted in the language of the page, for the supplier to read; numbers are written as that language does.
func TestFindingsAreQuotedInTheLanguageOfThePage(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	ines := b.entrer(t, "instruction@")
	var c etatCle
	if err := b.base.Lire().QueryRow(`SELECT depot_id, rang FROM dossier WHERE etat = 'complete' AND agent_id = 0 ORDER BY depot_id, rang LIMIT 1`).Scan(&c.depot, &c.rang); err != nil {
		t.Fatal(err)
	}
	fiche := "/travail/" + depot.NumeroASP(c.depot, c.rang)
	poster(t, ines, fiche, fiche+"/prise", nil).Attendre(t, 303)
	poster(t, ines, fiche, fiche+"/fiche", url.Values{"r-BC_DATE": {"non"}}).Attendre(t, 303)
	ines.Ouvrir(fiche).Attendre(t, 200, "Il est daté, de la date déclarée ? Non.", "/ 1,2")
	r := ines.Ouvrir(fiche+"?lang=en").Attendre(t, 200, "Is it dated, with the declared date? No.", "/ 1.2")
	if strings.Contains(r.Corps, "/ 1,2") || strings.Contains(r.Corps, "Il est daté") {
		t.Error("French in an English page")
	}
}
