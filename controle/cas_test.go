package controle_test

import "strings"

// Each case changes avant to apres in testdata/valide.json; attendu lists what is found, dit is part of the
// first message or help.
var casRegles = []struct{ nom, avant, apres, attendu, dit string }{
	{
		`balise donnée deux fois`, "\"typeAction\": \"C\",\n      \"numeroASP\": null,\n      \"numeroEditeur\": \"00001\"", "\"typeAction\": \"C\",\n      \"typeAction\": \"X\",\n      \"numeroASP\": null,\n      \"numeroEditeur\": \"00001\"",
		`S101 9:7`, `déjà ligne 8, colonne 7`,
	},
	{
		`balise double sous deux graphies`, `"IsStockageId": true,`, `"IsStockageId": true, "isStockageId": true,`,
		`S101 54:33`, `IsStockageId est donnée deux fois`,
	},
	{
		`balise manquante`, "\"statutAdminTechnique\": \"S\",\n", "\n",
		`S102 22:11`, `statutAdminTechnique manque dans etablissementsClients`,
	},
	{
		`balise manquante dans la demande`, "\"numeroEditeur\": \"0000B\",\n", "\n",
		`S102 72:5`, `numeroEditeur manque dans la demande`,
	},
	{
		`balise de l'entête manquante`, "  \"impId\": null,\n", ``,
		`S102 1:1`, `impId manque dans l'objet du fichier | ajoutez la balise ; sans valeur à donner, écrivez null`,
	},
	{
		`balise inconnue proche`, `"SIRET":`, `"siret":`,
		`S103 4:3`, `vouliez-vous dire SIRET ?`,
	},
	{
		`balise inconnue d'un autre bloc`, `"regimeTVA": "TTC",`, `"regimeTVA": "TTC", "isMandataire": false,`,
		`S103 13:29`, `isMandataire est une balise de beneficiaires`,
	},
	{
		`balise tout à fait inconnue`, `"regimeTVA": "TTC",`, `"regimeTVA": "TTC", "commentaire": {"a": 1},`,
		`S103 13:29`, `commentaire n'est pas une balise de commande`,
	},
	{
		`texte à la place d'un tableau`, `["020000014"]`, `"020000014"`,
		`S104 104:27`, `un texte trouvé, attendu : un tableau`,
	},
	{
		`null à la place de l'objet du certificat, sans certificat demandé`, "\"certificatServeur\": {\n              \"numeroCarteCPX\": null,\n              \"nomAdminTechnique\": null,\n              \"telAdminTechnique\": null,\n              \"emailAdminTechnique\": null,\n              \"utiliteCertificat\": null\n            }", `"certificatServeur": null`,
		`I705 94:34`, `un objet dont chaque balise est null est attendu`,
	},
	{
		`objet à la place d'une valeur`, `"regimeTVA": "TTC"`, `"regimeTVA": {"valeur": "TTC"}`,
		`S104 13:22`, `un objet trouvé, attendu : une valeur simple`,
	},
	{
		`élément qui n'est pas un objet`, "\"piecesJustificatives\": [\n        {\n          \"nomFichier\": \"MS1-DUI-Va1-BDC-00001.pdf\"", "\"piecesJustificatives\": [\n        \"x\", {\n          \"nomFichier\": \"MS1-DUI-Va1-BDC-00001.pdf\"",
		`S104 43:9`, `un texte trouvé, attendu : un objet`,
	},
	{
		`impId rempli`, `"impId": null`, `"impId": "7"`,
		`S201 2:12`, `null, rempli par l'ASP`,
	},
	{
		`numeroAns trop court`, `"numeroAns": "ANS0000001"`, `"numeroAns": "ANS001"`,
		`S201 3:16`, `exactement 10 caractères alphanumériques`,
	},
	{
		`numeroAns nombre`, `"numeroAns": "ANS0000001"`, `"numeroAns": 12345678`,
		`S201 3:16`, `écrivez "0012345678"`,
	},
	{
		`SIRET nombre`, `"SIRET": "00000000100008"`, `"SIRET": 2.601E+13`,
		`S201 4:12`, `a changé le numéro en nombre`,
	},
	{
		`SIRET en notation de tableur`, `"SIRET": "00000000100008"`, `"SIRET": "2,601E+13"`,
		`S201 4:12`, `a changé le numéro en nombre`,
	},
	{
		`SIRET sans ses zéros`, `"SIRET": "00000000100008"`, `"SIRET": "0000100008"`,
		`S201 4:12`, `écrivez "00000000100008"`,
	},
	{
		`SIRET avec une lettre`, `"SIRET": "00000000100008"`, `"SIRET": "0000000010000A"`,
		`S201 4:12`, `chiffres`,
	},
	{
		`texte dans un booléen`, `"isMandataire": false`, `"isMandataire": "false"`,
		`F101 17:25`, `retirez les guillemets : écrivez false`,
	},
	{
		`oui dans un booléen`, `"isMandataire": false`, `"isMandataire": "oui"`,
		`F101 17:25`, `écrivez true`,
	},
	{
		`texte dans un montant`, `4866.67`, `"4 866,67 €"`,
		`F101 14:27`, `écrivez 4866.67`,
	},
	{
		`nombre dans un texte`, `"numeroEditeur": "00001"`, `"numeroEditeur": 1`,
		`F101 10:24`, `écrivez "00001"`,
	},
	{
		`booléen dans un texte`, `"regimeTVA": "TTC"`, `"regimeTVA": true`,
		`F101 13:22`, `TTC`,
	},
	{
		`valeur obligatoire null`, `"dateCommande": "15/09/2023"`, `"dateCommande": null`,
		`F102 12:25`, `dateCommande est null`,
	},
	{
		`numeroASP rempli`, "\"numeroASP\": null,\n      \"numeroEditeur\": \"00001\"", "\"numeroASP\": \"null\",\n      \"numeroEditeur\": \"00001\"",
		`F103 9:20`, `écrivez null, sans guillemets`,
	},
	{
		`codeTraitement rempli`, "\"codeTraitement\": null,\n      \"libelleTraitement\": null\n    },", "\"codeTraitement\": \"0000\",\n      \"libelleTraitement\": null\n    },",
		`F103 69:25`, `renseignée par l'ASP`,
	},
	{
		`texte trop court`, `"3700123456"`, `"370012345"`,
		`F104 29:33`, `9 caractères dans "370012345"`,
	},
	{
		`FINESS sans son zéro`, `"FINESSJuridique": "010000008"`, `"FINESSJuridique": "10000008"`,
		`F104 23:32`, `écrivez "010000008"`,
	},
	{
		`texte à la limite`, `"nomAdminTechnique": "EXEMPLE"`, `"nomAdminTechnique": "ÉXEMPLE-DE-VINGT-CINQ-CAR"`,
		`F105 30:36`, `25 caractères dans "ÉXEMPLE`,
	},
	{
		`texte vide`, `"ancienneVersion": "V3.2"`, `"ancienneVersion": ""`,
		`F106 52:30`, `est un texte vide`,
	},
	{
		`caractère hors alphabet`, `"3700123456"`, `"370012345é"`,
		`F107 29:33`, `contient « é »`,
	},
	{
		`minuscules`, `"DURANDAL"`, `"Durandal"`,
		`F108 35:33`, `écrivez "DURANDAL"`,
	},
	{
		`minuscule accentuée`, `"ÉLOI D'EXEMPLE"`, `"éLOI D'EXEMPLE"`,
		`F108 84:26`, `écrivez "ÉLOI D'EXEMPLE"`,
	},
	{
		`courriel sans arobase`, `"direction@exemple.invalid"`, `"direction.exemple.invalid"`,
		`F109 36:35`, `un @ après le premier caractère`,
	},
	{
		`courriel qui commence par une arobase`, `"direction@exemple.invalid"`, `"@exemple.invalid"`,
		`F109 36:35`, `un @ après le premier caractère`,
	},
	{
		`courriel avec un blanc`, `"direction@exemple.invalid"`, `"direction@ exemple.invalid"`,
		`A514 36:35`, `sans espace`,
	},
	{
		`téléphone national`, `"+33 1 99 00 45 67"`, `"01 99 00 45 67"`,
		`F110 37:39`, `écrivez "+33 1 99 00 45 67"`,
	},
	{
		`téléphone préfixé 0033`, `"+33 1 99 00 45 67"`, `"0033199004567"`,
		`F110 37:39`, `écrivez "+33199004567"`,
	},
	{
		`téléphone avec parenthèses`, `"+33 1 99 00 45 67"`, `"+33 (0)1 99 00 45 67"`,
		`A515 37:39`, `écrivez "+33 1 99 00 45 67"`,
	},
	{
		`date ISO`, `"15/09/2023"`, `"2023-09-15"`,
		`F112 12:25`, `écrivez "15/09/2023"`,
	},
	{
		`date de tableur`, `"15/09/2023"`, `"45184"`,
		`F112 12:25`, `écrivez "15/09/2023"`,
	},
	{
		`date qui n'existe pas`, `"15/09/2023"`, `"31/09/2023"`,
		`F113 12:25`, `le 31/09/2023 n'existe pas`,
	},
	{
		`29 février d'une année commune`, `"15/09/2023"`, `"29/02/2023"`,
		`F113 12:25`, `n'existe pas`,
	},
	{
		`montant à une décimale`, `4866.67`, `4866.6`,
		`F114 14:27`, `écrivez 4866.60`,
	},
	{
		`montant entier`, `4866.67`, `4866`,
		`F114 14:27`, `écrivez 4866.00`,
	},
	{
		`montant à trois décimales`, `4866.67`, `4866.667`,
		`F114 14:27`, `deux décimales`,
	},
	{
		`montant de cent millions`, `4866.67`, `100000000.00`,
		`F125 14:27`, `un montant inférieur à 100000000.00`,
	},
	{
		`montant nul`, `4866.67`, `0.00`,
		`F115 14:27`, `nombre supérieur à 0`,
	},
	{
		`montant négatif`, `4866.67`, `-4866.67`,
		`F115 14:27`, `nombre supérieur à 0`,
	},
	{
		`choix en minuscules`, `"regimeTVA": "TTC"`, `"regimeTVA": "ttc"`,
		`F116 13:22`, `écrivez "TTC"`,
	},
	{
		`format en minuscules`, `"formatFichier": "PDF"`, `"formatFichier": "pdf"`,
		`F116 45:28`, `écrivez "PDF"`,
	},
	{
		`profils mal séparés`, `"profilMetier": "PA, PH"`, `"profilMetier": "PA,PH"`,
		`F116 56:27`, `écrivez "PA, PH"`,
	},
	{
		`profil cité deux fois`, `"profilMetier": "PA, PH"`, `"profilMetier": "PA, PA"`,
		`F118 56:27`, `cite PA deux fois`,
	},
	{
		`libellé d'opérateur`, `"MAI_15"`, `"Mailiz"`,
		`F117 55:34`, `écrivez son code, "MAI_15"`,
	},
	{
		`opérateur inconnu`, `"MAI_15"`, `"MAILLI"`,
		`F117 55:34`, `MAI_15 (MAILIZ)`,
	},
	{
		`opérateur "null"`, `"MAI_15"`, `"null"`,
		`F117 55:34`, `retirez les guillemets`,
	},
	{
		`rang faux`, `"numLigne": 2`, `"numLigne": 7`,
		`F119 73:19`, `écrivez 2`,
	},
	{
		`rang texte`, `"numLigne": 2`, `"numLigne": "2"`,
		`F101 73:19`, `écrivez 2`,
	},
	{
		`tableau vide`, `["020000014"]`, `[]`,
		`F120 104:27`, `au moins 1 élément attendu`,
	},
	{
		`nom de pièce libre`, `"MS1-DUI-Va1-BDC-00001.pdf"`, `"bon-de-commande.pdf"`,
		`F121 44:25`, `nommez la pièce MS1-DUI-Va1-BDC-00001.pdf`,
	},
	{
		`nom de pièce en capitales`, `"MS1-DUI-Va1-BDC-00001.pdf"`, `"MS1-DUI-Va1-BDC-00001.PDF"`,
		`F121 44:25`, `extension jpg, pdf ou png`,
	},
	{
		`format contraire à l'extension`, `"formatFichier": "PDF"`, `"formatFichier": "PNG"`,
		`F122 45:28`, `se termine par .pdf`,
	},
	{
		`ESMS cité deux fois`, `["010000016", "010000024"]`, `["010000016", "010000024", "010000016"]`,
		`F123 38:54`, `figure déjà ligne 38, colonne 28`,
	},
	{
		`condition mandataire`, `"nomMandataire": "ÉLOI D'EXEMPLE"`, `"nomMandataire": null`,
		`C201 84:26`, `obligatoire si isMandataire = true`,
	},
	{
		`condition contraire`, `"emailMandataire": null`, `"emailMandataire": "x@exemple.invalid"`,
		`C202 19:28`, `null attendu si isMandataire = false`,
	},
	{
		`texte "null" au lieu de null`, `"telephoneMandataire": null`, `"telephoneMandataire": "null"`,
		`C202 20:32`, `retirez les guillemets`,
	},
	{
		`carte CPX obligatoire`, `"numeroCarteCPX": "3700123456"`, `"numeroCarteCPX": null`,
		`C201 29:33`, `statutAdminTechnique = "S"`,
	},
	{
		`carte CPX interdite`, "\"numeroCarteCPX\": null,\n              \"nomAdminTechnique\": null", "\"numeroCarteCPX\": \"3700123456\",\n              \"nomAdminTechnique\": null",
		`C202 95:33`, `demandeCertificatServeur = false`,
	},
	{
		`éditeur obligatoire`, `"contractualisationEditeur": false`, `"contractualisationEditeur": null`,
		`C201 111:42`, `statutAdminTechnique = "E"`,
	},
	{
		`IsRefSoins interdit`, `"IsRefSoins": null`, `"IsRefSoins": true`,
		`C202 66:25`, `isMaitreId = false`,
	},
	{
		`IsRefSoins obligatoire`, `"IsRefSoins": false`, `"IsRefSoins": null`,
		`C201 57:25`, `isMaitreId = true`,
	},
	{
		`sans bon de commande`, "\"typeFichier\": \"BON_COMMANDE\"\n        }\n      ],", "\"typeFichier\": \"PREUVE_HT\"\n        }\n      ],",
		`C301 42:31, A516 46:26, C308 44:25`, `0 pièce BON_COMMANDE, exactement 1 attendue | ajoutez le bon de commande`,
	},
	{
		`deux bons de commande`, "\"nomFichier\": \"MS1-DUI-Va1-HT-0000B.jpg\",\n          \"formatFichier\": \"JPG\",\n          \"typeFichier\": \"PREUVE_HT\"", "\"nomFichier\": \"MS1-DUI-Va1-BDC-0000B.jpg\",\n          \"formatFichier\": \"JPG\",\n          \"typeFichier\": \"BON_COMMANDE\"",
		`C301 135:26, C302 126:31`, `2 pièces BON_COMMANDE`,
	},
	{
		`preuve HT de trop`, `"regimeTVA": "HT"`, `"regimeTVA": "TTC"`,
		`A516 135:26`, `1 pièce PREUVE_HT, aucune attendue si regimeTVA = "TTC"`,
	},
	{
		`preuve HT manquante`, `"regimeTVA": "TTC"`, `"regimeTVA": "HT"`,
		`C302 42:31`, `exactement 1 attendue`,
	},
	{
		`ESMS sans scénario`, `"010000024"]`, `"010000024", "010000032"]`,
		`C303 38:54`, `aucun scénario pour "010000032"`,
	},
	{
		`scénario en trop`, `["010000016", "010000024"]`, `["010000016"]`,
		`C304 60:24`, `n'est dans aucun FINESSGeos`,
	},
	{
		`scénario double`, `"FINESSGeo": "010000024"`, `"FINESSGeo": "010000016"`,
		`C305 60:24, C303 38:41`, `a déjà un scénario ligne 51, colonne 24`,
	},
	{
		`OG cité deux fois`, `"FINESSJuridique": "2A0000001"`, `"FINESSJuridique": "020000006"`,
		`A517 107:32`, `figure déjà ligne 89, colonne 32`,
	},
	{
		`numéro d'une autre demande`, `MS1-DUI-Va1-BDC-00001.pdf`, `MS1-DUI-Va1-BDC-00002.pdf`,
		`C307 44:25`, `celui de la demande est "00001"`,
	},
	{
		`code d'un autre type`, `MS1-DUI-Va1-HT-0000B.jpg`, `MS1-DUI-Va1-BDC-0000B.jpg`,
		`C308 133:25`, `nommez la pièce MS1-DUI-Va1-HT-0000B.jpg`,
	},
	{
		`clé du SIRET`, `"00000000100008"`, `"00000000100009"`,
		`A501 4:12`, `clé de contrôle`,
	},
	{
		`clé du FINESS`, `"010000008"`, `"010000009"`,
		`A502 23:32`, `clé de contrôle`,
	},
	{
		`commande future`, `"15/09/2023"`, `"03/10/2023"`,
		`A503 12:25`, `après le 02/10/2023`,
	},
	{
		`commande d'avant le programme`, `"15/09/2023"`, `"11/02/2022"`,
		`A504 12:25`, `le 12/02/2022`,
	},
	{
		`téléphone français trop court`, `"+33 1 99 00 45 67"`, `"+33 1 99 00 45"`,
		`A505 37:39`, `plausible`,
	},
	{
		`téléphone trop long`, `"+32 2 990 00 01"`, `"+32 2 990 00 01 123456789"`,
		`A505 115:36`, `plausible`,
	},
	{
		`texte null`, `"ancienneVersion": "V3.2"`, `"ancienneVersion": "null"`,
		`A508 52:30`, `quatre lettres`,
	},
	{
		`un mot qui tient la place d'un nom`, `"DURANDAL"`, `"IDEM"`,
		`A518 35:33`, `n'en dit sans doute aucune`,
	},
	{
		`un mot qui tient la place d'une version`, `"ancienneVersion": "V3.2"`, `"ancienneVersion": "idem"`,
		`A518 52:30`, `n'en dit sans doute aucune`,
	},
	{
		`graphie tolérée d'une balise`, `"IsStockageId": true`, `"isStockageId": true`,
		`I702 54:11`, `graphie tolérée de IsStockageId`,
	},
	{
		`graphie tolérée d'un code`, `"CH_28"`, `"CH 28"`,
		`I703 144:34`, `graphie tolérée de CH _28`,
	},
	{
		`préfixe toléré`, `MS1-DUI-Va1-BDC-00001.pdf`, `MS1-DUI-Val-BDC-00001.pdf`,
		`I704 44:25`, `nommez la pièce MS1-DUI-Va1-BDC-00001.pdf`,
	},
	{
		`balise obligatoire manquante`, "\"numLigne\": 2,\n", "\n",
		`S102 72:5`, `ajoutez la balise et sa valeur : rang de la demande`,
	},
	{
		`bloc mal nommé`, "\"beneficiaires\": {\n        \"isMandataire\": false", "\"beneficiaire\": {\n        \"isMandataire\": false",
		`S103 16:7, S102 6:5`, `vouliez-vous dire beneficiaires ?`,
	},
	{
		`scénario qui n'est pas un objet`, "\"scenarioInstallation\": [\n        {\n          \"FINESSGeo\": \"020000014\"", "\"scenarioInstallation\": [\n        null, {\n          \"FINESSGeo\": \"020000014\"",
		`S104 139:9`, `null trouvé, attendu : un objet`,
	},
	{
		`une balise mal nommée, deux manquantes`, "\"nomMandataire\": null,\n        \"emailMandataire\": null", "\"mailMandataire\": null",
		`S103 18:9, S102 16:24, S102 16:24`, `vouliez-vous dire emailMandataire ?`,
	},
	{
		`balise inconnue, proche d'une balise déjà là`, "\"FINESSGeo\": \"010000016\",", "\"FINESSGeo\": \"010000016\", \"FINESSGeos\": null,",
		`S103 51:37`, `FINESSGeos est une balise de etablissementsClients`,
	},
	{
		`"null" dans un nom`, `"DURANDAL"`, `"null"`,
		`F108 35:33`, `"null" entre guillemets est un texte, pas l'absence de valeur : donnez la valeur`,
	},
	{
		`"NULL" dans un nom`, `"DURANDAL"`, `"NULL"`,
		`A508 35:33`, `quatre lettres`,
	},
	{
		`nom en minuscules après un blanc`, `"DURANDAL"`, `" durandal"`,
		`F108 35:33`, `écrivez "DURANDAL"`,
	},
	{
		`eszett`, `"DURANDAL"`, `"STRAßE"`,
		`F108 35:33`, `écrivez "STRASSE"`,
	},
	{
		`null à la place de l'objet du certificat demandé`, "\"certificatServeur\": {\n              \"numeroCarteCPX\": \"3700123456\",\n              \"nomAdminTechnique\": \"EXEMPLE\",\n              \"telAdminTechnique\": \"+33 1 99 00 12 34\",\n              \"emailAdminTechnique\": \"technique@exemple.invalid\",\n              \"utiliteCertificat\": \"DMP, INS\"\n            }", `"certificatServeur": null`,
		`S104 28:34`, `null trouvé, attendu : un objet`,
	},
	{
		`autre graphie du téléphone de l'administrateur`, `"telAdminTechnique": "+33 1 99 00 12 34"`, `"telephoneAdminTechnique": "+33 1 99 00 12 34"`,
		`I702 31:15`, `telephoneAdminTechnique est une graphie tolérée de telAdminTechnique`,
	},
	{
		`IsMaitreId`, "\"ancienneVersion\": \"V3.2\",\n          \"isMaitreId\": true", "\"ancienneVersion\": \"V3.2\",\n          \"IsMaitreId\": true",
		`I702 53:11`, `IsMaitreId est une graphie tolérée de isMaitreId`,
	},
	{
		`FINESSGeos null`, `["020000014"]`, `[null]`,
		`F102 104:28`, `un élément de FINESSGeos est null : la valeur est obligatoire`,
	},
	{
		`FINESSGeos vide`, `["020000014"]`, `[""]`,
		`F106 104:28`, `un élément de FINESSGeos est un texte vide`,
	},
	{
		`lettre O dans un FINESS`, `"FINESSJuridique": "010000008"`, `"FINESSJuridique": "O10000008"`,
		`A512 23:32`, `contient « O » ; seuls les numéros de Corse ont une lettre`,
	},
	{
		`lettre minuscule dans un FINESS de Corse`, `"FINESSJuridique": "2A0000001"`, `"FINESSJuridique": "2a0000001"`,
		`A512 107:32`, `contient « a »`,
	},
	{
		`lettre en fin de FINESS de Corse`, `"FINESSJuridique": "2A0000001"`, `"FINESSJuridique": "2A000000I"`,
		`A512 107:32`, `une lettre O a pu être lue pour un zéro`,
	},
	{
		`nom fait d'espaces`, `"DURANDAL"`, `"   "`,
		`A513 35:33`, `ne contient que des espaces`,
	},
	{
		`version faite d'une espace insécable`, `"ancienneVersion": "V3.2"`, "\"ancienneVersion\": \"\u00a0\"",
		`A513 52:30`, `que des espaces`,
	},
	{
		`retour à la ligne dans un nom`, `"DURANDAL"`, `"DURAND\nDAL"`,
		`A513 35:33`, `le caractère U+000A`,
	},
	{
		`caractère DEL`, `"DURANDAL"`, "\"DURAND\x7fDAL\"",
		`A513 35:33`, `le caractère U+007F`,
	},
	{
		`sens d'écriture`, `"ancienneVersion": "V3.2"`, "\"ancienneVersion\": \"V3\u202e2.\"",
		`A513 52:30`, `"V3<U+202E>2." contient le caractère U+202E`,
	},
	{
		`lettre perdue`, `"ancienneVersion": "V3.2"`, "\"ancienneVersion\": \"\ufffd3\"",
		`A513 52:30`, `« � »`,
	},
	{
		`caractère nul`, `"DURANDAL"`, `"DU\u0000RAND"`,
		`F124 35:33`, `contient \u0000, qui n'est pas un caractère`,
	},
	{
		`moitié de caractère`, `"ancienneVersion": "V3.2"`, `"ancienneVersion": "V3 \ud83d."`,
		`F124 52:30`, `contient \ud83d`,
	},
	{
		`seconde moitié seule`, `"ancienneVersion": "V3.2"`, `"ancienneVersion": "\\u0000 \ud83d\ude00 \ude00"`,
		`F124 52:30`, `contient \ude00`,
	},
	{
		`moitié de caractère dans l'entête`, `"numeroAns": "ANS0000001"`, `"numeroAns": "ANS000000\u0000"`,
		`S201 3:16`, `exactement 10 caractères alphanumériques`,
	},
	{
		`courriel sans point après l'arobase`, `"direction@exemple.invalid"`, `"la.direction@exemple"`,
		`A514 36:35`, `n'est pas une adresse plausible`,
	},
	{
		`deux courriels`, `"direction@exemple.invalid"`, `"a@exemple.invalid;b@exemple.invalid"`,
		`A514 36:35`, `une seule adresse`,
	},
	{
		`courriel et espace`, `"direction@exemple.invalid"`, `"direction@exemple.invalid "`,
		`A514 36:35`, `retirez les espaces autour du texte : écrivez "direction@exemple.invalid"`,
	},
	{
		`courriel qui finit par un point`, `"direction@exemple.invalid"`, `"direction@exemple."`,
		`A514 36:35`, `plausible`,
	},
	{
		`courriel sans point du tout`, `"direction@exemple.invalid"`, `"direction@exemple"`,
		`F109 36:35`, `et un point`,
	},
	{
		`indicatif seul`, `"+33 1 99 00 45 67"`, `"+33"`,
		`F110 37:39`, `ne commence pas par un indicatif international suivi d'un numéro`,
	},
	{
		`signe plus seul`, `"+33 1 99 00 45 67"`, `"+ "`,
		`F110 37:39`, `écrivez le numéro avec l'indicatif de son pays`,
	},
	{
		`poste après le numéro`, `"+33 1 99 00 45 67"`, `"+33 1 99 00 45 67 poste 12"`,
		`A515 37:39`, `contient « p »`,
	},
	{
		`deux bons de commande TTC`, "\"typeFichier\": \"BON_COMMANDE\"\n        }\n      ],", "\"typeFichier\": \"BON_COMMANDE\"\n        }, {\"nomFichier\": \"MS1-DUI-Va1-BDC-00001.png\", \"formatFichier\": \"PNG\", \"typeFichier\": \"BON_COMMANDE\"}\n      ],",
		`C301 47:95`, `2 pièces BON_COMMANDE, exactement 1 attendue | réunissez les bons de commande`,
	},
	{
		`version en nombre`, `"ancienneVersion": "V3.2"`, `"ancienneVersion": 2.10`,
		`F101 52:30`, `mettez des guillemets : écrivez "2.10"`,
	},
	{
		`version en nombre de tableur`, `"ancienneVersion": "V3.2"`, `"ancienneVersion": 2E3`,
		`F101 52:30`, `a changé le numéro en nombre`,
	},
	{
		`nom de pièce sans le préfixe`, `"MS1-DUI-Va1-BDC-00001.pdf"`, `"x.pdf"`,
		`F121 44:25`, `il doit commencer par MS1-DUI-Va1-`,
	},
	{
		`courriel trop long`, `"direction@exemple.invalid"`, `"a@` + strings.Repeat("b", 145) + `.fr"`,
		`F105 36:35`, `150 caractères dans "a@bbb`,
	},
	{
		`SIRET et espace, un chiffre en moins`, `"SIRET": "00000000100008"`, `"SIRET": " 0000000010000"`,
		`S201 4:12`, `corrigez la valeur`,
	},
	{
		`balise suivie d'une espace`, `"SIRET":`, `"SIRET ":`,
		`S103 4:3`, `« SIRET␣ » n'est pas une balise de l'objet du fichier | vouliez-vous dire SIRET ?`,
	},
	{
		`balise et espace insécable`, `"SIRET":`, "\"\u00a0SIRET\":",
		`S103 4:3`, `« <U+00A0>SIRET »`,
	},
	{
		`format contraire au nom, en minuscules`, `"formatFichier": "PDF"`, `"formatFichier": "png"`,
		`F116 45:28`, `écrivez une valeur de la liste`,
	},
	{
		`code en minuscules`, `"MAI_15"`, `"mai_15"`,
		`F117 55:34`, `écrivez "MAI_15"`,
	},
	{
		`libellé tel que le document l'imprime`, `"MAI_15"`, `"CH PIERRE DEZAMAULDS"`,
		`F117 55:34`, `écrivez son code, "CH _211"`,
	},
	{
		`C.L_71 comme le document l'imprime`, `"MAI_15"`, `"CL 71"`,
		`I703 55:34`, `graphie tolérée de C.L_71`,
	},
}
