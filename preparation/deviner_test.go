package preparation_test

import (
	"slices"
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// Headings as business software has them.
func TestDeviner(t *testing.T) {
	t.Parallel()
	titres := []string{
		"N° de commande", "Date commande", "Montant HT", "N° FINESS géo", "FINESS EJ", "Tél. responsable", "Mail responsable OG",
		"Régime TVA", "profilMetier", "Commentaire", "Opérateur MSS", "finessgeo2",
	}
	p := preparation.Deviner(ms1dui.Courante(), titres)
	want := map[string]string{
		"dateCommande": "Date commande", "montantSegurHT": "Montant HT", "FINESSGeo": "N° FINESS géo", "FINESSJuridique": "FINESS EJ",
		"telephoneResponsableOG": "Tél. responsable", "emailResponsableOG": "Mail responsable OG", "regimeTVA": "Régime TVA",
		"profilMetier": "profilMetier", "operateurMessagerie": "Opérateur MSS",
	}
	for balise, titre := range want {
		if got := p.Mapping.Balises[balise].Colonne; got != titre {
			t.Errorf("%s: %q, want %q", balise, got, titre)
		}
	}
	if !slices.Equal(p.Mapping.Commande, []string{"N° de commande"}) {
		t.Errorf("commande: %q", p.Mapping.Commande)
	}
	for _, balise := range []string{"montantSegurHT", "telephoneResponsableOG"} {
		if !slices.Contains(p.Douteuses, balise) {
			t.Errorf("%s is not doubtful: %q", balise, p.Douteuses)
		}
	}
	if slices.Contains(p.Douteuses, "dateCommande") {
		t.Errorf("dateCommande is doubtful")
	}
	if !slices.Contains(p.Inutilisees, "Commentaire") || !slices.Contains(p.SansColonne, "ancienneVersion") {
		t.Errorf("left: %q, %q", p.Inutilisees, p.SansColonne)
	}
	relu, fautes := preparation.LireMapping(ms1dui.Courante(), "devine.yaml", p.YAML(modele.Francais))
	if len(fautes) > 0 {
		t.Fatalf("the proposition does not read: %v\n%s", fautes, p.YAML(modele.Francais))
	}
	for balise, o := range p.Mapping.Balises {
		if relu.Balises[balise].Colonne != o.Colonne {
			t.Errorf("%s: read again as %q", balise, relu.Balises[balise].Colonne)
		}
	}
}

// Of headings that fit a column the best is taken, wherever it stands; it stays to be looked at.
func TestDevinerMeilleure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ balise, bonne, autre string }{
		{"numeroCarteCPX", "N° carte CPX", "N° carte CPS"},
		{"montantSegurHT", "Montant commande HT", "Montant subvention HT"},
		{"ancienneVersion", "Version DUI", "Logiciel actuel"},
	} {
		for _, titres := range [][]string{{"N° commande", c.bonne, c.autre}, {"N° commande", c.autre, c.bonne}} {
			p := preparation.Deviner(ms1dui.Courante(), titres)
			if got := p.Mapping.Balises[c.balise].Colonne; got != c.bonne || !slices.Contains(p.Douteuses, c.balise) {
				t.Errorf("%q: %q, doubtful %q", titres, got, p.Douteuses)
			}
		}
	}
}
