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
			En: "{balise}: €{trouve} without tax, ceiling €{attendu}: {detail}",
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
			En: "{balise}: {trouve} is already claimed at line {detail}, in another request",
		},
		Aide: modele.Texte{
			Fr: "un ESMS n'est financé qu'une fois : retirez-le de l'une des demandes",
			En: "an ESMS is funded once: take it out of one of the requests",
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
	alerteLettre: {
		Code: "A512", Gravite: modele.Alerte, Source: "",
		Titre: modele.Texte{Fr: "un FINESS a une autre lettre que celle de 2A ou 2B", En: "a FINESS has another letter than that of 2A or 2B"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} contient {detail} ; seuls les numéros de Corse ont une lettre, 2A ou 2B",
			En: "{balise}: {trouve} has {detail}; only the numbers of Corsica have a letter, 2A or 2B",
		},
		Aide: modele.Texte{
			Fr: "vérifiez le numéro : une lettre O a pu être lue pour un zéro, une lettre I pour un un",
			En: "check the number: a letter O may have been read for a zero, a letter I for a one",
		},
		Faux: `"FINESSJuridique": "O10000008"`, Juste: `"FINESSJuridique": "010000008"`,
	},
	alerteTexte: {
		Code: "A513", Gravite: modele.Alerte, Source: "",
		Titre: modele.Texte{Fr: "le texte ne peut pas être lu : que des espaces, ou un caractère invisible", En: "nobody can read the text: nothing but blanks, or a character that is not seen"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} {detail}",
			En: "{balise}: {trouve} {detail}",
		},
		Aide: modele.Texte{
			Fr: "écrivez un texte qui se lise : {libelle}",
			En: "write a text that can be read: {libelle}",
		},
		Faux: `"ancienneVersion": " "`, Juste: `"ancienneVersion": "V3.2"`,
	},
	alerteCourriel: {
		Code: "A514", Gravite: modele.Alerte, Source: "",
		Titre: modele.Texte{Fr: "aucun courriel n'arrivera sans doute à cette adresse", En: "no mail will probably reach this address"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} n'est pas une adresse plausible",
			En: "{balise}: {trouve} is not a plausible address",
		},
		Aide: modele.Texte{
			Fr: "donnez une seule adresse, sans espace, avec un point après le @ : nom@exemple.invalid",
			En: "give one address, without blanks, with a point after the @: name@exemple.invalid",
		},
		Faux: `"emailResponsableOG": "direction@exemple.invalid "`, Juste: `"emailResponsableOG": "direction@exemple.invalid"`,
	},
	alerteSigne: {
		Code: "A515", Gravite: modele.Alerte, Source: "", Anciens: []string{"F111"},
		Titre: modele.Texte{Fr: "le téléphone a autre chose que des chiffres après l'indicatif", En: "the telephone has more than digits after its prefix"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} contient {detail}",
			En: "{balise}: {trouve} has {detail}",
		},
		Aide: modele.Texte{
			Fr: "après l'indicatif, n'écrivez que des chiffres, des espaces, des points et des tirets",
			En: "after the prefix, write only digits, blanks, dots and hyphens",
		},
		Faux: `"telephoneResponsableOG": "+33 (0)1 99 00 45 67"`, Juste: `"telephoneResponsableOG": "+33 1 99 00 45 67"`,
	},
	alertePreuve: {
		Code: "A516", Gravite: modele.Alerte, Source: "§3.2, Pièces justificatives",
		Titre: modele.Texte{Fr: "une preuve du régime HT accompagne le régime TTC", En: "a proof of the HT regime goes with the TTC regime"},
		Message: modele.Texte{
			Fr: "{balise} : {pieces} PREUVE_HT, {detail}",
			En: "{balise}: {pieces} PREUVE_HT, {detail}",
		},
		Aide: modele.Texte{
			Fr: "retirez l'attestation, ou écrivez HT dans regimeTVA si le fournisseur ne facture pas la TVA",
			En: "take the attestation out, or write HT in regimeTVA if the supplier charges no VAT",
		},
		Faux: `"regimeTVA": "TTC"`, Juste: `"regimeTVA": "HT"`,
	},
	alerteOGDouble: {
		Code: "A517", Gravite: modele.Alerte, Anciens: []string{"C306"}, Source: "§3.2, Bénéficiaires",
		Titre: modele.Texte{Fr: "un OG figure deux fois dans la demande", En: "an OG stands twice in the request"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} figure déjà ligne {detail}",
			En: "{balise}: {trouve} already stands at line {detail}",
		},
		Aide: modele.Texte{
			Fr: "regroupez les ESMS de cet OG dans un seul élément de etablissementsClients",
			En: "gather the ESMS of this OG in one item of etablissementsClients",
		},
		Faux: `"etablissementsClients": [ { "FINESSJuridique": "010000008", … }, { "FINESSJuridique": "010000008", … } ]`, Juste: `"etablissementsClients": [ { "FINESSJuridique": "010000008", … } ]`,
	},
	alerteVaine: {
		Code: "A518", Gravite: modele.Alerte, Source: "",
		Titre: modele.Texte{Fr: "le texte tient la place d'une valeur et n'en dit aucune", En: "the text stands in the place of a value and tells none"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} tient la place d'une valeur et n'en dit sans doute aucune",
			En: "{balise}: {trouve} stands in the place of a value and probably tells none",
		},
		Aide: modele.Texte{
			Fr: "écrivez la valeur : {libelle} ; si c'est bien elle, rien n'est à faire",
			En: "write the value: {libelle}; if this is it, nothing is to be done",
		},
		Faux: `"nomResponsableOG": "IDEM"`, Juste: `"nomResponsableOG": "DURAND"`,
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
	alerteNomPasse: {
		Code: "A602", Gravite: modele.Alerte, Source: "§3.3",
		Titre: modele.Texte{Fr: "le nom du fichier porte un jour passé", En: "the file's name has a day that is over"},
		Message: modele.Texte{
			Fr: "le nom « {trouve} » porte le {detail} : la date attendue est celle du dépôt",
			En: "the name “{trouve}” has {detail}: the date expected is that of the deposit",
		},
		Aide: modele.Texte{
			Fr: "si le fichier est encore à déposer, renommez-le {attendu} (le numéro final est le rang du dépôt du jour)",
			En: "if the file is still to be deposited, rename it {attendu} (the last number is the rank of the day's deposit)",
		},
		Faux: `JSON-ANS0000001-20230901-001.json`, Juste: `JSON-ANS0000001-20231002-001.json`,
	},
	infoBOM: {
		Code: "I701", Gravite: modele.Info, Source: "§1.2, 1er contrôle",
		Titre: modele.Texte{Fr: "le fichier commence par une marque d'ordre des octets", En: "the file starts with a byte order mark"},
		Message: modele.Texte{
			Fr: "le fichier commence par une marque d'ordre des octets (BOM)",
			En: "the file starts with a byte order mark (BOM)",
		},
		Aide: modele.Texte{
			Fr: "enregistrez en « UTF-8 sans BOM » : le document source ne dit pas si le portail la lit",
			En: "save as “UTF-8 without BOM”: the source document does not say whether the portal reads it",
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
		Faux: `"operateurMessagerie": "CH 28"`, Juste: `"operateurMessagerie": "CH _28"`,
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
	infoNul: {
		Code: "I705", Gravite: modele.Info, Source: "",
		Titre: modele.Texte{Fr: "null est à la place d'un objet dont toutes les balises sont null", En: "null stands in place of an object whose tags are all null"},
		Message: modele.Texte{
			Fr: "{balise} est null, un objet dont chaque balise est null est attendu",
			En: "{balise} is null, an object whose tags are all null is expected",
		},
		Aide: modele.Texte{
			Fr: "écrivez l'objet, comme dans le modèle (guichet template) : le document source ne dit pas si null suffit",
			En: "write the object, as in the model (guichet template): the source document does not say whether null is enough",
		},
		Faux: `"certificatServeur": null`, Juste: `"certificatServeur": { "numeroCarteCPX": null, "nomAdminTechnique": null, "telAdminTechnique": null, "emailAdminTechnique": null, "utiliteCertificat": null }`,
	},
}
