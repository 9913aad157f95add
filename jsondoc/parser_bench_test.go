package jsondoc_test

import (
	"testing"

	"guichet/internal/corpus"
	"guichet/jsondoc"
)

var names = []string{"impId", "numeroAns", "SIRET", "lignesImport", "numLigne", "typeAction", "numeroASP",
	"numeroEditeur", "commande", "dateCommande", "regimeTVA", "montantSegurHT", "beneficiaires", "isMandataire",
	"nomMandataire", "emailMandataire", "telephoneMandataire", "etablissementsClients", "FINESSJuridique",
	"demandeCertificatServeur", "contractualisationOG", "statutAdminTechnique", "contractualisationEditeur",
	"certificatServeur", "numeroCarteCPX", "nomAdminTechnique", "telAdminTechnique", "emailAdminTechnique",
	"utiliteCertificat", "nomResponsableOG", "emailResponsableOG", "telephoneResponsableOG", "FINESSGeos",
	"piecesJustificatives", "nomFichier", "formatFichier", "typeFichier", "scenarioInstallation", "FINESSGeo",
	"ancienneVersion", "isMaitreId", "IsStockageId", "operateurMessagerie", "profilMetier", "IsRefSoins",
	"codeTraitement", "libelleTraitement"}

func BenchmarkParse(b *testing.B) {
	for name, forme := range map[string]corpus.Forme{
		"indented": {Demandes: 200, OGs: 1, ESMS: 2, Indente: true},
		"compact":  {Demandes: 200, OGs: 1, ESMS: 2},
		"large":    {Demandes: 200, OGs: 2, ESMS: 20, Indente: true},
	} {
		b.Run(name, func(b *testing.B) {
			src := corpus.Fichier(forme)
			p := jsondoc.NewParser(jsondoc.NewVocabulary(names), jsondoc.Limits{})
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Parse(src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
