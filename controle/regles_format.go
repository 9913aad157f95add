package controle

import "guichet/modele"

// Format of the values of a demande, second control (§1.2, §3.2).
var reglesFormat = map[numero]modele.Regle{
	regleType: {
		Code: "F101", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "la valeur n'est pas du type attendu", En: "the value is not of the expected type"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : {attendu}",
			En: "{balise}: {trouve} found, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "écrivez la valeur dans le type attendu : un texte entre guillemets, un nombre ou un booléen sans guillemets",
			En: "write the value in the expected type: a text between quotes, a number or a boolean without",
		},
		Faux: `"isMandataire": "false"`, Juste: `"isMandataire": false`,
	},
	regleVide: {
		Code: "F102", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "une valeur obligatoire est null", En: "a mandatory value is null"},
		Message: modele.Texte{
			Fr: "{balise} est null : la valeur est obligatoire, attendu : {attendu}",
			En: "{balise} is null: the value is mandatory, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "renseignez la balise : {libelle}",
			En: "fill in the tag: {libelle}",
		},
		Faux: `"dateCommande": null`, Juste: `"dateCommande": "15/09/2023"`,
	},
	regleASP: {
		Code: "F103", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "une balise que l'ASP renseigne n'est pas null", En: "a tag that the ASP fills in is not null"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, null attendu : cette balise est renseignée par l'ASP",
			En: "{balise}: {trouve} found, null expected: the ASP fills this tag in",
		},
		Aide: modele.Texte{
			Fr: "laissez null ; avant de renvoyer une demande rejetée, remettez cette balise à null",
			En: "leave null; before sending a rejected request again, put this tag back to null",
		},
		Faux: `"numeroASP": "000123"`, Juste: `"numeroASP": null`,
	},
	regleExacte: {
		Code: "F104", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le texte n'a pas la longueur exacte", En: "the text is not of the exact length"},
		Message: modele.Texte{
			Fr: "{balise} : {caracteres} dans {trouve}, attendu : {attendu}",
			En: "{balise}: {caracteres} in {trouve}, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "vérifiez le numéro : un caractère manque ou est de trop, ou un tableur a retiré des zéros de tête",
			En: "check the number: a character is missing or too many, or a spreadsheet took away leading zeros",
		},
		Faux: `"numeroEditeur": "1"`, Juste: `"numeroEditeur": "00001"`,
	},
	regleLongue: {
		Code: "F105", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le texte est trop long", En: "the text is too long"},
		Message: modele.Texte{
			Fr: "{balise} : {caracteres} dans {trouve}, attendu : {attendu}",
			En: "{balise}: {caracteres} in {trouve}, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "abrégez le texte",
			En: "shorten the text",
		},
		Faux: `"nomAdminTechnique": "EXEMPLE DE NOM BEAUCOUP TROP LONG"`, Juste: `"nomAdminTechnique": "EXEMPLE"`,
	},
	regleTexteVide: {
		Code: "F106", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le texte est vide", En: "the text is empty"},
		Message: modele.Texte{
			Fr: "{balise} est un texte vide, attendu : {attendu}",
			En: "{balise} is an empty text, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "renseignez la balise : {libelle}",
			En: "fill in the tag: {libelle}",
		},
		Faux: `"ancienneVersion": ""`, Juste: `"ancienneVersion": "V3.2"`,
	},
	regleAlphabet: {
		Code: "F107", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le texte a un caractère qui n'est ni lettre sans accent ni chiffre", En: "the text has a character that is neither plain letter nor digit"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} contient {detail}, attendu : {attendu}",
			En: "{balise}: {trouve} has {detail}, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "n'utilisez que A à Z, a à z et 0 à 9, sans espace, point ni tiret",
			En: "use only A to Z, a to z and 0 to 9: no blank, point or hyphen",
		},
		Faux: `"numeroEditeur": "00-01"`, Juste: `"numeroEditeur": "00001"`,
	},
	regleMajuscules: {
		Code: "F108", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le texte n'est pas en majuscules", En: "the text is not in upper case"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} n'est pas en majuscules",
			En: "{balise}: {trouve} is not in upper case",
		},
		Aide: modele.Texte{
			Fr: "écrivez {detail}",
			En: "write {detail}",
		},
		Faux: `"nomResponsableOG": "Durandal"`, Juste: `"nomResponsableOG": "DURANDAL"`,
	},
	regleCourriel: {
		Code: "F109", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "l'adresse électronique n'a pas la forme attendue", En: "the e-mail is not of the expected form"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : {attendu}",
			En: "{balise}: {trouve} found, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "il faut un @ après le premier caractère, et un point : nom@exemple.invalid",
			En: "an @ after the first character, and a point: name@exemple.invalid",
		},
		Faux: `"emailResponsableOG": "direction.exemple.invalid"`, Juste: `"emailResponsableOG": "direction@exemple.invalid"`,
	},
	regleIndicatif: {
		Code: "F110", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le téléphone n'a pas d'indicatif international, ou rien d'autre", En: "the telephone has no international prefix, or nothing else"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} ne commence pas par un indicatif international suivi d'un numéro (+33 …)",
			En: "{balise}: {trouve} does not start with an international prefix followed by a number (+33 …)",
		},
		Aide: modele.Texte{
			Fr: "écrivez le numéro avec l'indicatif de son pays, par exemple +33 1 99 00 45 67",
			En: "write the number with its country's prefix, for instance +33 1 99 00 45 67",
		},
		Faux: `"telephoneResponsableOG": "01 99 00 45 67"`, Juste: `"telephoneResponsableOG": "+33 1 99 00 45 67"`,
	},
	regleDate: {
		Code: "F112", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "la date n'est pas écrite JJ/MM/AAAA", En: "the date is not written DD/MM/YYYY"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : {attendu}",
			En: "{balise}: {trouve} found, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "écrivez le jour, le mois puis l'année, par exemple 15/09/2023",
			En: "write the day, the month, then the year, for instance 15/09/2023",
		},
		Faux: `"dateCommande": "2023-09-15"`, Juste: `"dateCommande": "15/09/2023"`,
	},
	regleDateExiste: {
		Code: "F113", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "la date n'existe pas", En: "the date does not exist"},
		Message: modele.Texte{
			Fr: "{balise} : le {trouve} n'existe pas",
			En: "{balise}: {trouve} does not exist",
		},
		Aide: modele.Texte{
			Fr: "vérifiez le jour et le mois : l'ordre est jour, mois, année",
			En: "check the day and the month: the order is day, month, year",
		},
		Faux: `"dateCommande": "31/09/2023"`, Juste: `"dateCommande": "30/09/2023"`,
	},
	regleDecimales: {
		Code: "F114", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le montant n'a pas exactement deux décimales", En: "the amount does not have exactly two decimals"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : {attendu}",
			En: "{balise}: {trouve} found, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "écrivez deux décimales après un point, même pour un montant entier : 2920.00",
			En: "write two decimals after a point, even for a whole amount: 2920.00",
		},
		Faux: `"montantSegurHT": 2433.3`, Juste: `"montantSegurHT": 2433.33`,
	},
	reglePositif: {
		Code: "F115", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le montant n'est pas supérieur à zéro", En: "the amount is not above zero"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : {attendu}",
			En: "{balise}: {trouve} found, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "indiquez le montant hors taxe du bon de commande, en euros",
			En: "give the order form's amount without tax, in euros",
		},
		Faux: `"montantSegurHT": 0.00`, Juste: `"montantSegurHT": 2433.33`,
	},
	regleMontantBorne: {
		Code: "F125", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le montant atteint 100 millions d'euros", En: "the amount reaches 100 million euros"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : un montant inférieur à 100000000.00",
			En: "{balise}: {trouve} found, expected: an amount below 100000000.00",
		},
		Aide: modele.Texte{
			Fr: "cherchez des chiffres en trop ou une virgule perdue : une demande porte le montant hors taxe d'un bon de commande, en euros",
			En: "look for figures too many or a lost decimal point: a request has the amount without tax of one order form, in euros",
		},
		Faux: `"montantSegurHT": 243333000000.00`, Juste: `"montantSegurHT": 2433.33`,
	},
	regleChoix: {
		Code: "F116", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "la valeur n'est pas de la liste", En: "the value is not in the list"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : {attendu}",
			En: "{balise}: {trouve} found, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "écrivez une valeur de la liste, à la lettre",
			En: "write a value of the list, to the letter",
		},
		Faux: `"regimeTVA": "ttc"`, Juste: `"regimeTVA": "TTC"`,
	},
	regleCode: {
		Code: "F117", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le code n'est pas de la nomenclature", En: "the code is not in the list of codes"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} n'est pas un code de la {detail}",
			En: "{balise}: {trouve} is not a code of the {detail}",
		},
		Aide: modele.Texte{
			Fr: "prenez le code dans la liste du §4 (guichet explain {balise}), ou écrivez null",
			En: "take the code from the list of §4 (guichet explain {balise}), or write null",
		},
		Faux: `"operateurMessagerie": "MAILIZ"`, Juste: `"operateurMessagerie": "MAI_15"`,
	},
	regleChoixDouble: {
		Code: "F118", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "une valeur est citée deux fois", En: "a value is listed twice"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} cite {detail} deux fois",
			En: "{balise}: {trouve} lists {detail} twice",
		},
		Aide: modele.Texte{
			Fr: "citez chaque valeur une seule fois",
			En: "list each value once",
		},
		Faux: `"profilMetier": "PA, PA"`, Juste: `"profilMetier": "PA, PH"`,
	},
	regleRang: {
		Code: "F119", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "numLigne n'est pas le rang de la demande", En: "numLigne is not the rank of the request"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, {nombre} attendu : les demandes sont numérotées 1, 2, 3 … dans l'ordre du fichier",
			En: "{balise}: {trouve} found, {nombre} expected: requests are numbered 1, 2, 3 … in file order",
		},
		Aide: modele.Texte{
			Fr: "écrivez {nombre}, et vérifiez les demandes suivantes",
			En: "write {nombre}, and check the requests after it",
		},
		Faux: `"numLigne": 7`, Juste: `"numLigne": 1`,
	},
	regleTableauVide: {
		Code: "F120", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "un tableau est vide", En: "an array is empty"},
		Message: modele.Texte{
			Fr: "{balise} est vide : au moins {nombre} élément attendu",
			En: "{balise} is empty: at least {nombre} item expected",
		},
		Aide: modele.Texte{
			Fr: "ajoutez un élément : {libelle}",
			En: "add an item: {libelle}",
		},
		Faux: `"FINESSGeos": []`, Juste: `"FINESSGeos": ["010000016"]`,
	},
	regleNomPiece: {
		Code: "F121", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le nom de la pièce ne suit pas la nomenclature", En: "the document's name is off the norm"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} ne suit pas la nomenclature : {detail}",
			En: "{balise}: {trouve} is off the norm: {detail}",
		},
		Aide: modele.Texte{
			Fr: "nommez la pièce {attendu}",
			En: "name the document {attendu}",
		},
		Faux: `"nomFichier": "bon-de-commande.pdf"`, Juste: `"nomFichier": "MS1-DUI-Va1-BDC-00001.pdf"`,
	},
	regleExtension: {
		Code: "F122", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le format n'est pas celui de l'extension du fichier", En: "the format is not that of the file's extension"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, mais {autre} se termine par .{detail}",
			En: "{balise}: {trouve} found, but {autre} ends in .{detail}",
		},
		Aide: modele.Texte{
			Fr: "mettez d'accord le format et l'extension du nom",
			En: "make the format and the name's extension agree",
		},
		Faux: `"formatFichier": "PNG"`, Juste: `"formatFichier": "PDF"`,
	},
	regleItemDouble: {
		Code: "F123", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "une valeur figure deux fois dans la demande", En: "a value stands twice in the request"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} figure déjà ligne {detail}",
			En: "{balise}: {trouve} already stands at line {detail}",
		},
		Aide: modele.Texte{
			Fr: "ne citez chaque ESMS qu'une fois dans la demande",
			En: "name each ESMS once in the request",
		},
		Faux: `"FINESSGeos": ["010000016", "010000016"]`, Juste: `"FINESSGeos": ["010000016"]`,
	},
	reglePasUnTexte: {
		Code: "F124", Gravite: modele.Erreur, Source: "",
		Titre: modele.Texte{Fr: "le texte contient ce qui n'est pas un caractère", En: "the text has what is no character"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} contient {detail}, qui n'est pas un caractère",
			En: "{balise}: {trouve} has {detail}, which is no character",
		},
		Aide: modele.Texte{
			Fr: "l'export a coupé ou abîmé le texte : reprenez la valeur à la source, {libelle}",
			En: "the export has cut or damaged the text: take the value from the source again, {libelle}",
		},
		Faux: `"nomResponsableOG": "DURANDAL\u0000"`, Juste: `"nomResponsableOG": "DURANDAL"`,
	},
}
