package essai

import (
	"fmt"

	"guichet/diag"
	"guichet/modele"
)

func rejete() diag.Fichier {
	double := at(diag.Diagnostic{
		Code: "S003", Gravite: modele.Rejet, Balise: "typeAction", Pointeur: "/lignesImport/0/typeAction",
		Message: "typeAction est donnée deux fois dans le même objet", Aide: "garder une seule des deux",
		Source: "§1.2", Premiere: true,
	}, 112, "\t\t\"typeAction\": \"C\",", `"C"`)
	double.Autre = &diag.Lieu{
		Ligne: 9, Colonne: 24, Longueur: 3, Note: "première occurrence",
		Extrait: diag.Extrait{Texte: "\t\t\"numLigne\": 1, \"typeAction\": \"X\",", Debut: 1},
	}
	double.Autre.Colonne, double.Autre.Longueur = span(double.Autre.Extrait.Texte, `"X"`)
	inconnue := at(diag.Diagnostic{
		Code: "S004", Gravite: modele.Rejet, Balise: Formule, Pointeur: "/lignesImport/1/=HYPERLINK",
		Message: "balise inconnue : " + Formule, Aide: "vouliez-vous dire « commande » ?", Source: "§3.2",
	}, 140, `    "=HYPERLINK(\"x\";\"y\")": null,`, `"=HYPERLINK(\"x\";\"y\")"`)
	return diag.Fichier{
		Fichier: "exemples/JSON-ANS0000001-20231016-001.json", Modele: "MS1-DUI", Edition: "2023-10-02", Verdict: diag.Rejete,
		Structure: []diag.Diagnostic{double, inconnue},
		Demandes: []diag.Demande{
			demande(1, "00001", "", ""),
			demande(2, "", "", "", telephone(151, "OG", "0199000000")),
		},
		NonVerifie: []string{"FINESS : registre non chargé"}, Registres: registres(),
	}
}

// registres are those that the check of a file used.
func registres() []diag.Registre {
	return []diag.Registre{{
		Nom: "eligibles", Fichier: "eligibles" + Escape + ".csv", Valide: "2023-09-01", Lignes: 3, SHA256: "00",
		Phrase: "ESMS éligibles du 01/09/2023 (eligibles" + Escape + ".csv)",
	}}
}

func telephone(ligne int, acteur, numero string) diag.Diagnostic {
	return at(diag.Diagnostic{
		Code: "F012", Gravite: modele.Erreur, Balise: "telephoneResponsable" + acteur,
		Pointeur: fmt.Sprintf("/lignesImport/%d/beneficiaires/etablissementsClients/0/telephoneResponsable%s", ligne/50, acteur),
		Message:  "telephoneResponsable" + acteur + " vaut « " + numero + " » ; attendu : indicatif international puis numéro",
		Aide:     "écrire par exemple « +33 1 99 00 00 00 »", Source: "§3.2, Bénéficiaires",
	}, ligne, `        "telephoneResponsable`+acteur+`": "`+numero+`",`, `"`+numero+`"`)
}

func partiel() diag.Fichier {
	montant := at(diag.Diagnostic{
		Code: "F020", Gravite: modele.Erreur, Balise: "montantSegurHT", Pointeur: "/lignesImport/2/commande/montantSegurHT",
		Message: "montantSegurHT vaut « 2920.0 » ; attendu : deux décimales exactement", Aide: "écrire 2920.00",
		Source: "§3.2, Infos commande", Premiere: true,
	}, 1, `"commentaire":"東京 café","montantSegurHT":2920.0},"beneficiaires"`, "2920.0")
	montant.Extrait.Debut, montant.Extrait.Suite = 4001, true
	montant.Colonne += 4000
	nom := at(diag.Diagnostic{
		Code: "A001", Gravite: modele.Alerte, Balise: "nomResponsableOG", Pointeur: "/lignesImport/3/beneficiaires/etablissementsClients/0/nomResponsableOG",
		Message: "nomResponsableOG vaut « " + Escape + Bidi + Script + Latin1 + " »", Aide: "écrire le nom seul, par exemple « DURANDAL »", Source: "§3.2",
	}, 203, `        "nomResponsableOG": "`+Escape+Bidi+Script+Latin1+`",`, `"`+Escape+Bidi+Script+Latin1+`"`)
	premier, second := telephone(58, "OG", "0199000001"), telephone(108, "OG", "0199000002")
	premier.Premiere, second.Premiere = true, false
	nomDuFichier := diag.Diagnostic{
		Code: "A001", Gravite: modele.Alerte, Message: "le nom du fichier ne suit pas la norme",
		Aide: "le nommer JSON-ANS0000001-20231016-002.json", Source: "§2.1",
	}
	return diag.Fichier{
		Fichier: "envoi du 16, été/brouillon.json", Modele: "MS1-DUI", Edition: "2023-10-02", Verdict: diag.Partiel,
		Structure: []diag.Diagnostic{nomDuFichier},
		Demandes: []diag.Demande{
			demande(1, "00001", diag.Accepted, "Demande acceptée"),
			demande(2, "00002", "F012", "telephoneResponsableOG sans indicatif", premier, second, graphie(61)),
			demande(3, "00003", "F020", "montantSegurHT sans deux décimales", montant),
			demande(4, "-0004", diag.Accepted, "Demande acceptée", nom),
		},
		NonVerifie: []string{"FINESS : registre non chargé", "barème : non chargé"}, Registres: registres(),
		Omises: [4]int{modele.Alerte: 1200},
	}
}

func graphie(ligne int) diag.Diagnostic {
	return at(diag.Diagnostic{
		Code: "I001", Gravite: modele.Info, Balise: "IsStockageId", Pointeur: "/lignesImport/1/scenarioInstallation/0/isStockageId",
		Message: "graphie tolérée « isStockageId »", Aide: "écrire « IsStockageId »", Source: "§3.2",
	}, ligne, `        "isStockageId": true,`, `true`)
}

func accepte() diag.Fichier {
	return diag.Fichier{
		Fichier: "exemples/JSON-ANS0000001-20231016-003.json", Modele: "MS1-DUI", Edition: "2023-10-02", Verdict: diag.Accepte,
		Demandes: []diag.Demande{demande(1, "00011", diag.Accepted, "Demande acceptée")},
	}
}

func illisible() diag.Fichier {
	return diag.Fichier{
		Fichier: "mauvais\x1b[31m\u202enosj" + Script + ".json", Verdict: diag.Illisible,
		Structure: []diag.Diagnostic{at(diag.Diagnostic{
			Code: "S090", Gravite: modele.Rejet, Message: "le fichier n'est pas du JSON : « \x00\u009b » au lieu de « { »",
			Aide: "ouvrir le fichier dans un éditeur de texte", Source: "§1.2", Premiere: true,
		}, 1, "\x00\u009bPK\x03\x04", "\x00")},
	}
}
