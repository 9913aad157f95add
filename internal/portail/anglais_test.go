package portail

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"guichet/internal/portail/demo"
)

var (
	unMot = regexp.MustCompile(`[\p{L}\d][\p{L}\d'’-]*`)

	// dits en français: what people and official lists say on the pages of the example, in French whatever the language.
	donneesDeLExemple = regexp.MustCompile(`Inès Exemple|ÉDITEUR D'EXEMPLE|COOPÉRATIVE D'EXEMPLE|(?:DOSSIER|SUIVI) D'EXEMPLE|\d+ rue de l'Exemple|Délai de paiement|Bon de commande à signer|Établissement déjà demandé|Le nombre d'ESMS vous paraît-il plausible pour cet OG \?|Oui : c'est le nombre du contrat\.|BON_COMMANDE|PREUVE_HT` +
		`|(?:DUI|Spécifique) – .*|solutions déployées .*|Français|français`)
)

// nomsDuDomaine are the nouns that texts in English keep, as docs/glossaire.md has them.
var nomsDuDomaine = []string{"barème", "référencement", "référencements", "ségur", "numérique", "médico-social"}

// francais are words without an accent that no text in English has: small ones, and nouns of the counter.
var francais = strings.Fields(`le la les un une des du de au aux et ou est sont pas pour par avec sans sur dans chez vous votre vos ce cette ces qui que
	aucun aucune tous toutes non oui fournisseur fournisseurs dossier dossiers fichier fichiers montant montants motif motifs justificatives
	avance avances bon commande commandes preuve preuves adresse courriel nom nombre retour suivi envoi jour jours taux avis informations traitement infos`)

// glosesEn are words of the source that a text explains in English.
var glosesEn = regexp.MustCompile(`E \(éditeur, publisher\)`)

// No page in English has a French word that is no noun of the domain: over all pages that somebody sees in the example.
func TestEnglishPagesAreEnglish(t *testing.T) {
	t.Parallel()
	site, p, comptes := exposer(t)
	vues := 0
	for _, qui := range slices.Concat([]demo.Compte{{}}, comptes) {
		l := nouveauLecteur(t, p, site.URL, "en")
		debuts := []string{"/", "/connexion"}
		if qui.Courriel != "" {
			l.entrer(qui)
			debuts = []string{"/accueil", "/agir-pour"}
		}
		l.parcourir(func(adresse string, page *html.Node) {
			vues++
			for _, m := range motsFrancais(page) {
				t.Errorf("%s %s: %s", qui.Courriel, adresse, m)
			}
		}, debuts...)
	}
	if vues < 100 {
		t.Errorf("%d pages were read", vues)
	}
}

// motsFrancais lists the French words of a page in English, each with its line.
func motsFrancais(page *html.Node) (trouves []string) {
	var b strings.Builder
	paroles(page, &b)
	for ligne := range strings.SplitSeq(b.String(), "\n") {
		for _, de := range []*regexp.Regexp{anglaisCite, glosesEn, donneesDeLExemple} {
			ligne = de.ReplaceAllString(ligne, "¤")
		}
		for _, mot := range unMot.FindAllString(ligne, -1) {
			bas := strings.ToLower(mot)
			if slices.Contains(nomsDuDomaine, bas) {
				continue
			}
			if strings.ContainsAny(bas, "àâçéèêëîïôœùûü") || slices.Contains(francais, bas) {
				trouves = append(trouves, mot+" in "+strings.TrimSpace(ligne))
			}
		}
	}
	return trouves
}
