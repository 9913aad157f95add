package export_test

import (
	"strings"
	"testing"

	"guichet/controle"
	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

func explain(mot string, l modele.Langue) (string, bool) {
	b, ok := export.Expliquer(ms1dui.Courante(), controle.Regles(), mot, l)
	return string(b), ok
}

func TestExpliquer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mot  string
		l    modele.Langue
		want []string
	}{
		{"f115", modele.Francais, []string{
			"F115, erreur : le montant n'est pas supérieur à zéro\n",
			"le second contrôle refuse la demande\n", "<balise>", "§3.2, bloc de la balise", "montantSegurHT\n",
			"\nFaux :\n    \"montantSegurHT\": 0.00\n", "\nJuste :\n    \"montantSegurHT\": 2433.33\n",
		}},
		{"S103", modele.Anglais, []string{"S103, rejection: a tag is not of the model\n", "Tags", "the file\n", "\nWrong:\n    \"siret\""}},
		{"operateurmessagerie", modele.Francais, []string{
			"operateurMessagerie : code de l'opérateur", "lignesImport[].scenarioInstallation[].operateurMessagerie\n",
			"facultatif, ou null\n", "\"MAI_15\"\n", "§4 et §3.2, Scénario d'installation\n", "  F117  erreur", "  I703  info",
			"\n355 codes de la liste des opérateurs de messagerie (§4) :\n", "\n  CH _28 ", "\nLecture douteuse : le document imprime une espace",
		}},
		{"nomMandataire", modele.Anglais, []string{
			"mandatory if isMandataire = true; null if isMandataire = false\n", "  C201  error", "  C202  error", "  F108  error",
		}},
		{"isStockageId", modele.Francais, []string{"IsStockageId : ", "Toléré", "isStockageId\n", "  I702  info"}},
		{"f111", modele.Francais, []string{"F111 ne sert plus", "A515, alerte : le téléphone"}},
		{"certificatServeur", modele.Anglais, []string{"null if demandeCertificatServeur = false\n", "\nDoubtful reading: no row of the document"}},
		{"SIRET", modele.Francais, []string{"  S201  rejet", "  S304  rejet", "  A501  alerte"}},
	} {
		got, ok := explain(c.mot, c.l)
		if !ok {
			t.Errorf("%s is not explained", c.mot)
		}
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("the explanation of %s lacks %q:\n%.1500s", c.mot, want, got)
			}
		}
	}
}

// A header tag never brings the codes of a demande.
func TestExpliquerHeader(t *testing.T) {
	t.Parallel()
	got, _ := explain("numeroAns", modele.Francais)
	if strings.Contains(got, "  F1") || strings.Contains(got, "  C2") {
		t.Errorf("numeroAns brings codes of demandes:\n%s", got)
	}
}

func TestExpliquerUnknown(t *testing.T) {
	t.Parallel()
	for _, mot := range []string{"", "Z999", "siretz"} {
		if got, ok := explain(mot, modele.Francais); ok || got != "" {
			t.Errorf("%q is explained: %s", mot, got)
		}
	}
}

// All that Sujets names is explained, in both languages.
func TestSujetsAreExplained(t *testing.T) {
	t.Parallel()
	for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
		sujets := export.Sujets(ms1dui.Courante(), controle.Regles(), l)
		if len(sujets) < len(controle.Regles())+40 {
			t.Errorf("only %d subjects", len(sujets))
		}
		for _, s := range sujets {
			if got, ok := explain(s.Code, l); !ok || !strings.Contains(got, s.Libelle) {
				t.Errorf("%s is not explained: %s", s.Code, got)
			}
		}
	}
}

// Each rule comes with a wrong and a right example.
func TestEachRuleHasExamples(t *testing.T) {
	t.Parallel()
	for _, r := range controle.Regles() {
		for l, titles := range map[modele.Langue][2]string{
			modele.Francais: {"\nFaux :\n    ", "\nJuste :\n    "}, modele.Anglais: {"\nWrong:\n    ", "\nRight:\n    "},
		} {
			got, _ := explain(r.Code, l)
			if !strings.Contains(got, titles[0]) || !strings.Contains(got, titles[1]) {
				t.Errorf("the explanation of %s lacks an example:\n%s", r.Code, got)
			}
		}
	}
}
