package controle

import "guichet/modele"

// Conditions and rules over several values of a demande, second control (§3.1, §3.2, §3.3).
var reglesCoherence = map[numero]modele.Regle{
	regleCondition: {
		Code: "C201", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "une valeur est null alors qu'une condition la rend obligatoire", En: "a value is null although a condition makes it mandatory"},
		Message: modele.Texte{
			Fr: "{balise} est null, mais obligatoire si {detail} ; attendu : {attendu}",
			En: "{balise} is null, but mandatory if {detail}; expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "renseignez la balise : {libelle}",
			En: "fill in the tag: {libelle}",
		},
		Faux: `"isMandataire": true, "nomMandataire": null`, Juste: `"isMandataire": false, "nomMandataire": null`,
	},
	regleDoitEtreNul: {
		Code: "C202", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "une valeur est donnée alors qu'une condition demande null", En: "a value is given although a condition asks for null"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, null attendu si {detail}",
			En: "{balise}: {trouve} found, null expected if {detail}",
		},
		Aide: modele.Texte{
			Fr: "remplacez la valeur par null, ou corrigez la balise dont elle dépend",
			En: "replace the value by null, or mend the tag that it depends on",
		},
		Faux: `"isMandataire": false, "nomMandataire": "EXEMPLE"`, Juste: `"isMandataire": false, "nomMandataire": null`,
	},
	regleBonCommande: {
		Code: "C301", Gravite: modele.Erreur, Source: "§3.1 et §3.2, Pièces justificatives",
		Titre: modele.Texte{Fr: "il faut exactement un bon de commande", En: "exactly one order form is needed"},
		Message: modele.Texte{
			Fr: "{balise} : {pieces} BON_COMMANDE, exactement 1 attendue",
			En: "{balise}: {pieces} BON_COMMANDE, exactly 1 expected",
		},
		Aide: modele.Texte{
			Fr: "réunissez les bons de commande en un seul fichier, à la suite, et gardez un seul élément BON_COMMANDE",
			En: "put the order forms into one file, one after the other, and keep one item BON_COMMANDE",
		},
		Faux: `"typeFichier": "PREUVE_HT"`, Juste: `"typeFichier": "BON_COMMANDE"`,
	},
	reglePreuveHT: {
		Code: "C302", Gravite: modele.Erreur, Source: "§3.2, Pièces justificatives",
		Titre: modele.Texte{Fr: "sous le régime HT, il faut exactement une preuve", En: "under the HT regime, exactly one proof is needed"},
		Message: modele.Texte{
			Fr: "{balise} : {pieces} PREUVE_HT, {detail}",
			En: "{balise}: {pieces} PREUVE_HT, {detail}",
		},
		Aide: modele.Texte{
			Fr: "joignez une seule attestation de non-assujettissement à la TVA, sous le type PREUVE_HT ; si le fournisseur facture la TVA, écrivez TTC dans regimeTVA",
			En: "add one attestation of non-liability to VAT, under the type PREUVE_HT; if the supplier charges VAT, write TTC in regimeTVA",
		},
		Faux: `"regimeTVA": "HT"`, Juste: `"regimeTVA": "TTC"`,
	},
	regleSansScenario: {
		Code: "C303", Gravite: modele.Erreur, Source: "§3.2, Scénario d'installation",
		Titre: modele.Texte{Fr: "un ESMS n'a pas de scénario d'installation", En: "an ESMS has no installation scenario"},
		Message: modele.Texte{
			Fr: "{balise} : aucun scénario pour {trouve}",
			En: "{balise}: no scenario for {trouve}",
		},
		Aide: modele.Texte{
			Fr: "ajoutez dans scenarioInstallation une entrée pour cet ESMS, ou retirez-le de FINESSGeos",
			En: "add an entry for this ESMS to scenarioInstallation, or take it out of FINESSGeos",
		},
		Faux: `"FINESSGeos": ["010000016", "010000024"] ≠ "FINESSGeo": "010000016"`, Juste: `"FINESSGeos": ["010000016"] = "FINESSGeo": "010000016"`,
	},
	regleScenarioEnTrop: {
		Code: "C304", Gravite: modele.Erreur, Source: "§3.2, Scénario d'installation",
		Titre: modele.Texte{Fr: "un scénario porte sur un ESMS qui n'est pas de la commande", En: "a scenario is about an ESMS that is not of the order"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} n'est dans aucun FINESSGeos de la demande",
			En: "{balise}: {trouve} is in no FINESSGeos of the request",
		},
		Aide: modele.Texte{
			Fr: "corrigez le numéro, ou ajoutez l'ESMS aux FINESSGeos de son OG",
			En: "mend the number, or add the ESMS to the FINESSGeos of its OG",
		},
		Faux: `"FINESSGeos": ["010000016"] ≠ "FINESSGeo": "010000024"`, Juste: `"FINESSGeos": ["010000016"] = "FINESSGeo": "010000016"`,
	},
	regleScenarioDouble: {
		Code: "C305", Gravite: modele.Erreur, Source: "§3.2, Scénario d'installation",
		Titre: modele.Texte{Fr: "un ESMS a deux scénarios d'installation", En: "an ESMS has two installation scenarios"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} a déjà un scénario ligne {detail}",
			En: "{balise}: {trouve} already has a scenario at line {detail}",
		},
		Aide: modele.Texte{
			Fr: "gardez un seul scénario pour chaque ESMS",
			En: "keep one scenario for each ESMS",
		},
		Faux: `"scenarioInstallation": [ { "FINESSGeo": "010000016", … }, { "FINESSGeo": "010000016", … } ]`, Juste: `"scenarioInstallation": [ { "FINESSGeo": "010000016", … } ]`,
	},
	reglePieceNumero: {
		Code: "C307", Gravite: modele.Erreur, Source: "§3.3",
		Titre: modele.Texte{Fr: "le nom de la pièce porte un autre numeroEditeur", En: "the document's name has another numeroEditeur"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} porte le numéro {detail}, celui de la demande est {autre}",
			En: "{balise}: {trouve} has the number {detail}, that of the request is {autre}",
		},
		Aide: modele.Texte{
			Fr: "nommez la pièce {attendu}",
			En: "name the document {attendu}",
		},
		Faux: `"nomFichier": "MS1-DUI-Va1-BDC-00002.pdf"`, Juste: `"nomFichier": "MS1-DUI-Va1-BDC-00001.pdf"`,
	},
	reglePieceType: {
		Code: "C308", Gravite: modele.Erreur, Source: "§3.3",
		Titre: modele.Texte{Fr: "le nom de la pièce porte le code d'un autre type", En: "the document's name has the code of another type"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} porte le code {detail}, son typeFichier est {autre}",
			En: "{balise}: {trouve} has the code {detail}, its typeFichier is {autre}",
		},
		Aide: modele.Texte{
			Fr: "nommez la pièce {attendu}",
			En: "name the document {attendu}",
		},
		Faux: `"nomFichier": "MS1-DUI-Va1-HT-00001.pdf"`, Juste: `"nomFichier": "MS1-DUI-Va1-BDC-00001.pdf"`,
	},
	regleNumeroDouble: {
		Code: "C401", Gravite: modele.Erreur, Source: "§3.2, Entête demande",
		Titre: modele.Texte{Fr: "un numeroEditeur sert à deux demandes du fichier", En: "a numeroEditeur is used for two requests of the file"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} est déjà celui de la demande ligne {detail}",
			En: "{balise}: {trouve} is already that of the request at line {detail}",
		},
		Aide: modele.Texte{
			Fr: "donnez à cette demande un numéro qui n'a jamais servi, et renommez ses pièces",
			En: "give this request a number that was never used, and rename its documents",
		},
		Faux: `"lignesImport": [ { "numeroEditeur": "00001", … }, { "numeroEditeur": "00001", … } ]`, Juste: `"lignesImport": [ { "numeroEditeur": "00001", … }, { "numeroEditeur": "00002", … } ]`,
	},
}
