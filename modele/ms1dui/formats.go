package ms1dui

import "guichet/modele"

// Formats that §3.2 states alike for several tags, in every edition so far.
var (
	finess    = modele.Type{Genre: modele.Chaine, Exact: 9, Alphabet: modele.Alphanumerique, Cle: modele.CleFINESS}
	booleen   = modele.Type{Genre: modele.Booleen}
	courriel  = modele.Type{Genre: modele.Courriel, Moins: 150, Doutes: stricts}
	telephone = modele.Type{Genre: modele.Telephone, Moins: 50, Doutes: stricts}
	nom       = modele.Type{Genre: modele.Chaine, Moins: 50, Majuscules: true, Doutes: stricts}
	nul       = modele.Type{Genre: modele.Nul}
)

// The norm of document names (§3.3). The printed example shows "Val" where the document's own link
// shows "va1", for "vague 1": the first is tolerated.
func normePieces() modele.NormePieces {
	return modele.NormePieces{
		Prefixe:   "MS1-DUI-Va1",
		Tolerees:  []string{"MS1-DUI-Val"},
		Codes:     map[string]string{"BON_COMMANDE": "BDC", "PREUVE_HT": "HT"},
		Formats:   map[string]string{"PDF": "pdf", "PNG": "png", "JPG": "jpg"},
		Longueur:  5,
		MaxOctets: 3 << 20,
	}
}

// The rules over several values of a demande (§3.1, §3.2), in the order of the second control.
func coherence() []modele.Coherence {
	og := []string{"beneficiaires", "etablissementsClients", "FINESSJuridique"}
	esms := []string{"beneficiaires", "etablissementsClients", "FINESSGeos"}
	scenario := []string{"scenarioInstallation", "FINESSGeo"}
	return []modele.Coherence{
		modele.Compte{
			Regle: "C301", Tableau: "piecesJustificatives", Balise: "typeFichier", Valeur: "BON_COMMANDE",
			Bloc: "commande", Si: modele.Toujours, Sinon: modele.Jamais, Source: "§3.1 et §3.2, Pièces justificatives",
		},
		modele.Compte{
			Regle: "C302", EnTrop: "A516", Tableau: "piecesJustificatives", Balise: "typeFichier", Valeur: "PREUVE_HT",
			Bloc: "commande", Si: modele.Is{Balise: "regimeTVA", Valeur: `"HT"`},
			Sinon: modele.Is{Balise: "regimeTVA", Valeur: `"TTC"`}, Source: "§3.2, Pièces justificatives",
		},
		modele.MemesValeurs{
			Absente: "C303", EnTrop: "C304", EnDouble: "C305",
			A: scenario, B: esms, Source: "§3.2, Scénario d'installation",
		},
		modele.SansDoublon{Regle: "A517", Chemin: og, Source: "§3.2, Bénéficiaires"},
		modele.PiecesNommees{
			Numero: "numeroEditeur", Tableau: "piecesJustificatives", Nom: "nomFichier", Type: "typeFichier", Format: "formatFichier",
			RegleNumero: "C307", RegleType: "C308", Source: "§3.3",
		},
		modele.UniqueDansFichier{Regle: "C401", Chemin: []string{"numeroEditeur"}, Source: "§3.2, Entête demande"},
		modele.Eligible{Regle: "C403", Chemin: esms, Source: "§3.2, Bénéficiaires"},
		modele.ProfilsReferences{
			Regle: "C404", Tableau: "scenarioInstallation", Profils: profils(), Source: "§3.2, Scénario d'installation",
		},
		modele.UniqueDansFichier{Regle: "A507", Chemin: esms, Source: "§3.1"},
		modele.Inscrit{Regle: "A509", Chemin: og, Autres: esms, Juridique: true, Source: "§3.2, Bénéficiaires"},
		modele.Inscrit{Regle: "A509", Chemin: esms, Autres: og, Source: "§3.2, Bénéficiaires"},
		modele.Inscrit{Regle: "A509", Chemin: scenario, Autres: og, Source: "§3.2, Scénario d'installation"},
		modele.Rattache{Regle: "A510", ESMS: esms, Juridique: "FINESSJuridique", Source: "§3.2, Bénéficiaires"},
		modele.Plafond{
			Regle: "A506", Montant: []string{"commande", "montantSegurHT"},
			Regime: []string{"commande", "regimeTVA"}, Hors: "HT",
			OG: []string{"beneficiaires", "etablissementsClients"}, ESMS: "FINESSGeos", Juridique: "FINESSJuridique", Source: "§3.1",
		},
		modele.JamaisUtilise{Regle: "C402", Chemin: []string{"numeroEditeur"}, Source: "§3.2, Entête demande"},
		modele.JamaisDemande{Regle: "A511", Chemin: esms, Source: "§3.1"},
	}
}

// The profiles that values need (§3.2, Scénario d'installation). The source prints « DOM » twice, for
// « Spécifique – Domicile » and for « Spécifique – SAAD »: the list of values shows that the second is « SAAD ».
func profils() []modele.Profil {
	return []modele.Profil{
		{Balise: "isMaitreId", Valeur: "true", Libelle: "DUI – Référentiel d'identité"},
		{Balise: "isMaitreId", Valeur: "false", Libelle: "DUI – Esclave d'identité"},
		{Balise: "IsStockageId", Valeur: "true", Libelle: "DUI – Stockage des copies de titre d'identité"},
		{Balise: "profilMetier", Valeur: `"PA"`, Libelle: "Spécifique – PA"},
		{Balise: "profilMetier", Valeur: `"PH"`, Libelle: "Spécifique – PH"},
		{Balise: "profilMetier", Valeur: `"DOM"`, Libelle: "Spécifique – Domicile"},
		{Balise: "profilMetier", Valeur: `"SAAD"`, Libelle: "Spécifique – SAAD"},
		{
			Balise: "IsRefSoins", Valeur: "true",
			Libelle: "solutions déployées aux professionnels organismes ou établissements dispensant des actes ou prestations " +
				"remboursables par l'assurance maladie en application des articles L. 131-31 et L. 161-33 du CSS",
		},
		{
			Balise: "IsRefSoins", Valeur: "false",
			Libelle: "solutions déployées aux professionnels organismes ou établissements qui ne dispensent pas d'actes ou prestations " +
				"remboursables par l'assurance maladie et aux solutions destinées aux services autonomie à domicile",
		},
	}
}

// The programme was created by the order of 2 February 2022 (Journal officiel of 12 February 2022):
// no order form can be older.
const debut = "2022-02-12"

// Obligations that several tags share.
var (
	siMandataire = modele.Obligation{
		Obligatoire: modele.Is{Balise: "isMandataire", Valeur: "true"},
		Nul:         modele.Is{Balise: "isMandataire", Valeur: "false"},
	}
	siCertificat = modele.Obligation{
		Obligatoire: modele.Is{Balise: "demandeCertificatServeur", Valeur: "true"},
		Nul:         modele.Is{Balise: "demandeCertificatServeur", Valeur: "false"},
	}
)
