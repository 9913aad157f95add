package preparation_test

import (
	"context"
	"fmt"
	"time"

	"guichet/controle"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// A supplier's own sheet, read through a mapping file, becomes a checked file.
func Example() {
	ctx, m, l := context.Background(), ms1dui.Courante(), modele.Francais
	jour := time.Date(2023, 10, 2, 0, 0, 0, 0, time.UTC)

	mapping, fautes := preparation.LireMapping(m, "ventes.yaml", []byte(correspondance))
	for _, f := range fautes {
		fmt.Println(f.In(l))
	}
	lot, err := preparation.Lire(ctx, m, []preparation.Feuille{feuille("crm.xlsx", "Ventes", ventes...)}, preparation.Options{
		Mapping: mapping,
		Tables:  map[string]map[string]string{"operateurs.csv": {"Notre messagerie": "MAI_15"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range lot.Fautes {
		fmt.Println(f.In(l))
	}
	for _, r := range lot.Reparations[:2] {
		fmt.Println(r.In(l))
	}

	numero := 0
	for f, err := range lot.Fichiers(ctx, preparation.Envoi{
		EnTete: map[string]string{"numeroAns": "ANS0000001", "SIRET": "00000000100008"},
		Jour:   jour, Rang: 1,
		Numero:   func(preparation.Demande) (string, error) { numero++; return fmt.Sprintf("B%04d", numero), nil },
		Controle: controle.Options{Aujourdhui: jour},
	}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(f.Nom, len(f.Demandes), "demandes,", len(f.Fautes), "fautes")
		for _, d := range f.Demandes {
			fmt.Println(d.Reference(), d.NumeroEditeur, d.Montant(), d.ESMS(), d.Documents()[0].Chemin, "→", d.Documents()[0].Nom)
		}
	}
	// Output:
	// crm.xlsx, feuille Ventes, ligne 2, colonne F (nomResponsableOG) : « durandal » → « DURANDAL », mis en majuscules
	// crm.xlsx, feuille Ventes, ligne 2, colonne H (telephoneResponsableOG) : « 01 99 00 10 01 » → « +33 1 99 00 10 01 », indicatif international
	// JSON-ANS0000001-20231002-001.json 2 demandes, 0 fautes
	// Nord / 1 B0001 292000 [995000007] 1.PDF → MS1-DUI-Va1-BDC-B0001.pdf
	// Sud / 1 B0002 292000 [995000015] 2.jpeg → MS1-DUI-Va1-BDC-B0002.jpg
}
