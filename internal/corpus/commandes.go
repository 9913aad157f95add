package corpus

import (
	"fmt"
	"math/rand/v2"
)

// TitresCommandes are the headings of a supplier's sheet of orders, one row for each ESMS.
func TitresCommandes() []string {
	return []string{
		"referenceCommande", "numeroEditeur", "dateCommande", "regimeTVA", "montantSegurHT", "isMandataire", "nomMandataire", "emailMandataire",
		"telephoneMandataire", "BON_COMMANDE", "PREUVE_HT", "FINESSJuridique", "demandeCertificatServeur", "contractualisationOG",
		"statutAdminTechnique", "contractualisationEditeur", "numeroCarteCPX", "nomAdminTechnique", "telAdminTechnique",
		"emailAdminTechnique", "utiliteCertificat", "nomResponsableOG", "emailResponsableOG", "telephoneResponsableOG", "FINESSGeo",
		"ancienneVersion", "isMaitreId", "IsStockageId", "operateurMessagerie", "profilMetier", "IsRefSoins",
	}
}

// Commandes goes through n orders of one ESMS each, plainly fictitious, the same for the same n. The row is good
// until the next one.
func Commandes(n int, f func(ligne []string) error) error {
	r := rand.New(rand.NewPCG(uint64(n), 2))
	ligne := make([]string, 0, len(TitresCommandes()))
	for i := range n {
		ligne = append(ligne[:0],
			fmt.Sprintf("CMD-%06d", i+1), fmt.Sprintf("%05s", base36(i+1)), fmt.Sprintf("%02d/%02d/2023", 1+r.IntN(28), 1+r.IntN(9)), "TTC",
			fmt.Sprintf("%d.%02d", 1000+r.IntN(8000), r.IntN(100)), "non", "", "", "", fmt.Sprintf("bon-%06d.pdf", i+1), "",
			Finess(i+1), "oui", "oui", "S", "", fmt.Sprintf("%010d", i), "EXEMPLE", "+33 1 99 00 12 34",
			fmt.Sprintf("technique.%d@exemple.invalid", i), "DMP, INS", "DURANDAL", fmt.Sprintf("direction.%d@exemple.invalid", i),
			fmt.Sprintf("+33 1 99 00 %02d %02d", r.IntN(100), r.IntN(100)), Finess(500_000+i), fmt.Sprintf("V3.%d", r.IntN(10)),
			"oui", "non", "MAI_15", "PA, PH", "non",
		)
		if err := f(ligne); err != nil {
			return err
		}
	}
	return nil
}
