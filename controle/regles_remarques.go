package controle

import "guichet/modele"

// Remarks beyond the controls: probably refused later (A), or tolerated (I).
var reglesRemarques = map[numero]modele.Regle{
	alerteSIRET: {
		Code: "A501", Gravite: modele.Alerte, Source: "§3.2, Entête fichier JSON",
		Titre: modele.Texte{Fr: "la clé du SIRET est fausse", En: "the key of the SIRET is wrong"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} ne passe pas la clé de contrôle d'un SIRET",
			En: "{balise}: {trouve} fails the check key of a SIRET",
		},
		Aide: modele.Texte{
			Fr: "vérifiez le numéro : un chiffre est sans doute faux ou interverti",
			En: "check the number: a digit is probably wrong or swapped",
		},
		Faux: `"SIRET": "00000000100009"`, Juste: `"SIRET": "00000000100008"`,
	},
	alerteFINESS: {
		Code: "A502", Gravite: modele.Alerte, Source: "",
		Titre: modele.Texte{Fr: "la clé du FINESS est fausse", En: "the key of the FINESS is wrong"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} ne passe pas la clé de contrôle d'un FINESS",
			En: "{balise}: {trouve} fails the check key of a FINESS",
		},
		Aide: modele.Texte{
			Fr: "vérifiez le numéro : un chiffre est sans doute faux, interverti, ou un zéro de tête a été perdu",
			En: "check the number: a digit is probably wrong or swapped, or a leading zero was lost",
		},
		Faux: `"FINESSJuridique": "010000009"`, Juste: `"FINESSJuridique": "010000008"`,
	},
	alerteFutur: {
		Code: "A503", Gravite: modele.Alerte, Source: "§3.2, Infos commande",
		Titre: modele.Texte{Fr: "la commande est datée dans le futur", En: "the order is dated in the future"},
		Message: modele.Texte{
			Fr: "{balise} : le {trouve} est après le {detail}",
			En: "{balise}: {trouve} is after {detail}",
		},
		Aide: modele.Texte{
			Fr: "vérifiez la date inscrite sur le bon de commande",
			En: "check the date on the order form",
		},
		Faux: `"dateCommande": "15/09/2099"`, Juste: `"dateCommande": "15/09/2023"`,
	},
	alerteAvant: {
		Code: "A504", Gravite: modele.Alerte, Source: "§3.2, Infos commande",
		Titre: modele.Texte{Fr: "la commande est datée d'avant le programme", En: "the order is dated before the programme"},
		Message: modele.Texte{
			Fr: "{balise} : le {trouve} est avant le début du programme, le {detail}",
			En: "{balise}: {trouve} is before the programme began, on {detail}",
		},
		Aide: modele.Texte{
			Fr: "vérifiez la date inscrite sur le bon de commande",
			En: "check the date on the order form",
		},
		Faux: `"dateCommande": "15/09/2021"`, Juste: `"dateCommande": "15/09/2023"`,
	},
	alerteTelephone: {
		Code: "A505", Gravite: modele.Alerte, Source: "",
		Titre: modele.Texte{Fr: "le numéro de téléphone n'est pas plausible pour son pays", En: "the telephone number is not plausible for its country"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} n'est pas un numéro plausible pour son indicatif",
			En: "{balise}: {trouve} is not a plausible number for its prefix",
		},
		Aide: modele.Texte{
			Fr: "vérifiez le numéro : un chiffre manque ou est de trop",
			En: "check the number: a digit is missing or too many",
		},
		Faux: `"telephoneResponsableOG": "+33 1 99 00 45"`, Juste: `"telephoneResponsableOG": "+33 1 99 00 45 67"`,
	},
	alertePlafond: {
		Code: "A506", Gravite: modele.Alerte, Source: "§3.1",
		Titre: modele.Texte{Fr: "le montant dépasse le plafond du barème", En: "the amount is above the ceiling"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} € HT, plafond {attendu} € HT : {detail}",
			En: "{balise}: {trouve} € without tax, ceiling {attendu} €: {detail}",
		},
		Aide: modele.Texte{
			Fr: "ramenez le montant au plafond, ou vérifiez le nombre d'ESMS et la tranche de l'OG",
			En: "bring the amount down to the ceiling, or check the number of ESMS and the OG's tranche",
		},
		Faux: `"montantSegurHT": 4866.68`, Juste: `"montantSegurHT": 4866.67`,
	},
	alerteESMSDouble: {
		Code: "A507", Gravite: modele.Alerte, Source: "§3.1",
		Titre: modele.Texte{Fr: "un ESMS est demandé deux fois dans le fichier", En: "an ESMS is claimed twice in the file"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} est déjà demandé ligne {detail}, dans une autre demande",
			En: "{balise}: {trouve} is already claimed at line {detail}, in another demande",
		},
		Aide: modele.Texte{
			Fr: "un ESMS n'est financé qu'une fois : retirez-le de l'une des demandes",
			En: "an ESMS is funded once: take it out of one of the demandes",
		},
		Faux: `"lignesImport": [ { … "FINESSGeos": ["010000016"] … }, { … "FINESSGeos": ["010000016"] … } ]`, Juste: `"lignesImport": [ { … "FINESSGeos": ["010000016"] … }, { … "FINESSGeos": ["010000024"] … } ]`,
	},
	alerteNull: {
		Code: "A508", Gravite: modele.Alerte, Source: "",
		Titre: modele.Texte{Fr: "le texte « null » est entre guillemets", En: "the text “null” is between quotes"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} est un texte de quatre lettres, pas null",
			En: "{balise}: {trouve} is a text of four letters, not null",
		},
		Aide: modele.Texte{
			Fr: "si la valeur est inconnue, écrivez-la en clair (par exemple INCONNUE) ; si la balise doit être null, retirez les guillemets",
			En: "if the value is unknown, say so in words (INCONNUE for instance); if the tag must be null, take away the quotes",
		},
		Faux: `"ancienneVersion": "null"`, Juste: `"ancienneVersion": "V3.2"`,
	},
	alerteNom: {
		Code: "A601", Gravite: modele.Alerte, Source: "§3.3",
		Titre: modele.Texte{Fr: "le nom du fichier n'est pas celui d'un dépôt", En: "the file's name is not that of a deposit"},
		Message: modele.Texte{
			Fr: "le nom « {trouve} » sera refusé au dépôt",
			En: "the name “{trouve}” will be refused at deposit",
		},
		Aide: modele.Texte{
			Fr: "renommez le fichier {attendu} avant de le déposer (le numéro final est le rang du dépôt du jour)",
			En: "rename the file {attendu} before depositing it (the last number is the rank of the day's deposit)",
		},
		Faux: `brouillon.json`, Juste: `JSON-ANS0000001-20231002-001.json`,
	},
	infoBOM: {
		Code: "I701", Gravite: modele.Info, Source: "§1.2, 1er contrôle",
		Titre: modele.Texte{Fr: "le fichier commence par une marque d'ordre des octets", En: "the file starts with a byte order mark"},
		Message: modele.Texte{
			Fr: "le fichier commence par une marque d'ordre des octets (BOM)",
			En: "the file starts with a byte order mark (BOM)",
		},
		Aide: modele.Texte{
			Fr: "elle est tolérée ; enregistrez en « UTF-8 sans BOM » pour ne plus la voir",
			En: "it is tolerated; save as “UTF-8 without BOM” to be rid of it",
		},
		Faux: `EF BB BF { "impId": null, … }`, Juste: `{ "impId": null, … }`,
	},
	infoBalise: {
		Code: "I702", Gravite: modele.Info, Source: "",
		Titre: modele.Texte{Fr: "une balise a une graphie tolérée", En: "a tag has a tolerated spelling"},
		Message: modele.Texte{
			Fr: "{trouve} est une graphie tolérée de {balise}",
			En: "{trouve} is a tolerated spelling of {balise}",
		},
		Aide: modele.Texte{
			Fr: "écrivez {balise}, comme dans le document source",
			En: "write {balise}, as in the source document",
		},
		Faux: `"isStockageId": true`, Juste: `"IsStockageId": true`,
	},
	infoCode: {
		Code: "I703", Gravite: modele.Info, Source: "",
		Titre: modele.Texte{Fr: "un code a une graphie tolérée", En: "a code has a tolerated spelling"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} est une graphie tolérée de {detail}",
			En: "{balise}: {trouve} is a tolerated spelling of {detail}",
		},
		Aide: modele.Texte{
			Fr: "écrivez {detail}",
			En: "write {detail}",
		},
		Faux: `"operateurMessagerie": "CH _28"`, Juste: `"operateurMessagerie": "CH_28"`,
	},
	infoPrefixe: {
		Code: "I704", Gravite: modele.Info, Source: "§3.3",
		Titre: modele.Texte{Fr: "le nom de la pièce a un préfixe toléré", En: "the document's name has a tolerated prefix"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} a un préfixe toléré",
			En: "{balise}: {trouve} has a tolerated prefix",
		},
		Aide: modele.Texte{
			Fr: "nommez la pièce {attendu}",
			En: "name the document {attendu}",
		},
		Faux: `"nomFichier": "MS1-DUI-Val-BDC-00001.pdf"`, Juste: `"nomFichier": "MS1-DUI-Va1-BDC-00001.pdf"`,
	},
}
