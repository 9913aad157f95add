package controle

import "guichet/modele"

// Structure, first control: any of these rejects the file (§1.2).
var reglesStructure = map[numero]modele.Regle{
	regleUTF8: {
		Code: "S001", Gravite: modele.Rejet, Source: "§1.2, 1er contrôle",
		Titre: modele.Texte{Fr: "le fichier n'est pas encodé en UTF-8", En: "the file is not encoded in UTF-8"},
		Message: modele.Texte{
			Fr: "le fichier n'est pas en UTF-8 : {trouve}",
			En: "the file is not UTF-8: {trouve}",
		},
		Aide: modele.Texte{
			Fr: "enregistrez le fichier en UTF-8 (« Enregistrer sous… » de votre éditeur, ou iconv -f WINDOWS-1252 -t UTF-8) : un export d'Excel ou de CRM est souvent en Windows-1252 ; la lecture s'arrête là",
			En: "save the file as UTF-8 (“Save as…” of your editor, or iconv -f WINDOWS-1252 -t UTF-8): what Excel or a CRM exports is often in Windows-1252; reading stops there",
		},
		Faux: `"nomResponsableOG": "LEF\xC9VRE"`, Juste: `"nomResponsableOG": "LEFÉVRE"`,
	},
	regleJSON: {
		Code: "S002", Gravite: modele.Rejet, Source: "§1.2, 1er contrôle",
		Titre: modele.Texte{Fr: "le fichier n'est pas du JSON", En: "the file is not JSON"},
		Message: modele.Texte{
			Fr: "{trouve}{detail}",
			En: "{trouve}{detail}",
		},
		Aide: modele.Texte{
			Fr: "corrigez à cet endroit : la lecture s'arrête là, ce qui suit n'a pas été contrôlé",
			En: "mend this place: reading stops here, what follows was not checked",
		},
		Faux: `"typeAction": "C",, "numeroASP": null`, Juste: `"typeAction": "C", "numeroASP": null`,
	},
	regleProfondeur: {
		Code: "S003", Gravite: modele.Rejet, Source: "§1.2, 1er contrôle",
		Titre: modele.Texte{Fr: "plus de 64 niveaux d'imbrication", En: "more than 64 levels of nesting"},
		Message: modele.Texte{
			Fr: "plus de {nombre} objets ou tableaux les uns dans les autres",
			En: "more than {nombre} objects or arrays inside each other",
		},
		Aide: modele.Texte{
			Fr: "le modèle n'en compte que sept : reprenez la structure du modèle (guichet template)",
			En: "the model has seven: follow its structure (guichet template)",
		},
		Faux: `[[[[[[[[ … 65`, Juste: `[[[[[[[[ … 7`,
	},
	regleSuite: {
		Code: "S004", Gravite: modele.Rejet, Source: "§1.2, 1er contrôle",
		Titre: modele.Texte{Fr: "du texte suit la fin du document", En: "something follows the end of the document"},
		Message: modele.Texte{
			Fr: "{trouve} après la fin du document",
			En: "{trouve} after the end of the document",
		},
		Aide: modele.Texte{
			Fr: "un fichier contient un seul objet JSON : supprimez ce qui suit, ou faites-en un autre fichier",
			En: "a file holds one JSON object: delete what follows, or make another file of it",
		},
		Faux: `{"impId": null, … } {"impId": null, … }`, Juste: `{"impId": null, … }`,
	},
	regleTaille: {
		Code: "S005", Gravite: modele.Rejet, Source: "§2.1",
		Titre: modele.Texte{Fr: "le fichier est trop grand pour être lu", En: "the file is too large to be read"},
		Message: modele.Texte{
			Fr: "le fichier dépasse {detail}",
			En: "the file is larger than {detail}",
		},
		Aide: modele.Texte{
			Fr: "un fichier de 200 demandes pèse environ 0,6 Mo : répartissez les demandes sur plusieurs fichiers",
			En: "a file of 200 requests weighs about 0.6 MB: spread the requests over several files",
		},
		Faux: `65 Mio`, Juste: `0,6 Mo`,
	},
	regleDouble: {
		Code: "S101", Gravite: modele.Rejet, Source: "§1.2, 1er contrôle et §3.2",
		Titre: modele.Texte{Fr: "une balise est donnée deux fois", En: "a tag is given twice"},
		Message: modele.Texte{
			Fr: "{balise} est donnée deux fois dans le même objet : déjà ligne {detail}",
			En: "{balise} is given twice in the same object: already at line {detail}",
		},
		Aide: modele.Texte{
			Fr: "gardez une seule des deux valeurs et supprimez l'autre",
			En: "keep one of the two values and delete the other",
		},
		Faux: `"typeAction": "C", "typeAction": "C"`, Juste: `"typeAction": "C"`,
	},
	regleManquante: {
		Code: "S102", Gravite: modele.Rejet, Source: "",
		Titre: modele.Texte{Fr: "une balise manque", En: "a tag is missing"},
		Message: modele.Texte{
			Fr: "{balise} manque dans {detail}",
			En: "{balise} is missing in {detail}",
		},
		Aide: modele.Texte{
			Fr: "ajoutez la balise et sa valeur : {libelle}",
			En: "add the tag and its value: {libelle}",
		},
		Faux: `"numLigne": 1, "numeroASP": null`, Juste: `"numLigne": 1, "typeAction": "C", "numeroASP": null`,
	},
	regleInconnue: {
		Code: "S103", Gravite: modele.Rejet, Source: "§1.2, 1er contrôle et §3.2",
		Titre: modele.Texte{Fr: "une balise n'est pas du modèle", En: "a tag is not of the model"},
		Message: modele.Texte{
			Fr: "{balise} n'est pas une balise de {detail}",
			En: "{balise} is not a tag of {detail}",
		},
		Aide: modele.Texte{
			Fr: "supprimez-la, ou corrigez son nom : les balises se comparent à la lettre, majuscules comprises",
			En: "delete it, or mend its name: tags compare to the letter, case included",
		},
		Faux: `"siret": "00000000100008"`, Juste: `"SIRET": "00000000100008"`,
	},
	regleNature: {
		Code: "S104", Gravite: modele.Rejet, Source: "",
		Titre: modele.Texte{Fr: "un objet, un tableau ou une valeur simple est à la place d'un autre", En: "an object, an array or a plain value stands in place of another"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : {attendu}",
			En: "{balise}: {trouve} found, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "reprenez la structure du modèle : guichet template",
			En: "follow the structure of the model: guichet template",
		},
		Faux: `"FINESSGeos": "010000016"`, Juste: `"FINESSGeos": ["010000016"]`,
	},
	regleAucune: {
		Code: "S105", Gravite: modele.Rejet, Source: "§2.1",
		Titre: modele.Texte{Fr: "le fichier ne contient aucune demande", En: "the file holds no request"},
		Message: modele.Texte{
			Fr: "{balise} est vide : au moins {nombre} demande attendue",
			En: "{balise} is empty: at least {nombre} request expected",
		},
		Aide: modele.Texte{
			Fr: "ajoutez une demande ; un export dont le nombre de lignes est un multiple de 200 produit parfois un dernier fichier vide : ne le déposez pas",
			En: "add a request; an export whose row count is a multiple of 200 sometimes makes an empty last file: do not deposit it",
		},
		Faux: `"lignesImport": []`, Juste: `"lignesImport": [{"numLigne": 1, … }]`,
	},
	regleTrop: {
		Code: "S106", Gravite: modele.Rejet, Source: "§2.1",
		Titre: modele.Texte{Fr: "le fichier contient plus de 200 demandes", En: "the file holds more than 200 requests"},
		Message: modele.Texte{
			Fr: "{balise} contient {detail} demandes, {nombre} au plus",
			En: "{balise} holds {detail} requests, {nombre} at most",
		},
		Aide: modele.Texte{
			Fr: "répartissez les demandes sur plusieurs fichiers de {nombre}, chacun numéroté depuis 1",
			En: "spread the requests over files of {nombre}, each numbered from 1",
		},
		Faux: `"lignesImport": [ 1, 2, … 201 ]`, Juste: `"lignesImport": [ 1, 2, … 200 ]`,
	},
	regleEntete: {
		Code: "S201", Gravite: modele.Rejet, Source: "",
		Titre: modele.Texte{Fr: "une valeur de l'entête n'a pas le format attendu", En: "a header value is not of the expected format"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, attendu : {attendu}",
			En: "{balise}: {trouve} found, expected: {attendu}",
		},
		Aide: modele.Texte{
			Fr: "corrigez la valeur : l'entête vaut pour tout le fichier, qui est rejeté sinon",
			En: "mend the value: the header is that of the whole file, which is rejected otherwise",
		},
		Faux: `"SIRET": 100008`, Juste: `"SIRET": "00000000100008"`,
	},
	regleNom: {
		Code: "S301", Gravite: modele.Rejet, Source: "§3.3",
		Titre: modele.Texte{Fr: "le nom du fichier ne suit pas la norme", En: "the file's name is off the norm"},
		Message: modele.Texte{
			Fr: "le nom « {trouve} » ne suit pas la norme : {detail}",
			En: "the name “{trouve}” is off the norm: {detail}",
		},
		Aide: modele.Texte{
			Fr: "renommez le fichier {attendu}",
			En: "rename the file {attendu}",
		},
		Faux: `JSON-ANS0000001-20231002-1.json`, Juste: `JSON-ANS0000001-20231002-001.json`,
	},
	regleNomAns: {
		Code: "S302", Gravite: modele.Rejet, Source: "§3.3",
		Titre: modele.Texte{Fr: "le nom du fichier porte un autre numeroAns que l'entête", En: "the file's name has another numeroAns than the header"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, mais le nom du fichier porte {detail}",
			En: "{balise}: {trouve} found, but the file's name has {detail}",
		},
		Aide: modele.Texte{
			Fr: "mettez le même numéro dans le nom et dans l'entête",
			En: "put the same number in the name and in the header",
		},
		Faux: `JSON-ANS0000002-20231002-001.json ≠ "numeroAns": "ANS0000001"`, Juste: `JSON-ANS0000001-20231002-001.json = "numeroAns": "ANS0000001"`,
	},
	regleAnsDeclare: {
		Code: "S303", Gravite: modele.Rejet, Source: "§1.2, étape 4",
		Titre: modele.Texte{Fr: "numeroAns n'est pas celui déclaré au dépôt", En: "numeroAns is not the one declared with the deposit"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, {detail} déclaré au dépôt",
			En: "{balise}: {trouve} found, {detail} declared with the deposit",
		},
		Aide: modele.Texte{
			Fr: "déclarez le numéro de l'entête, ou corrigez l'entête",
			En: "declare the header's number, or mend the header",
		},
		Faux: `"numeroAns": "ANS0000002" ≠ ANS0000001`, Juste: `"numeroAns": "ANS0000001" = ANS0000001`,
	},
	regleSIRETDeposant: {
		Code: "S304", Gravite: modele.Rejet, Source: "§1.2 et §3.2, Entête fichier JSON",
		Titre: modele.Texte{Fr: "SIRET n'est pas celui du déposant", En: "SIRET is not the depositor's"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} trouvé, {detail} est celui du déposant",
			En: "{balise}: {trouve} found, {detail} is the depositor's",
		},
		Aide: modele.Texte{
			Fr: "indiquez le SIRET donné à l'enrôlement",
			En: "give the SIRET of the enrolment",
		},
		Faux: `"SIRET": "00000000200006" ≠ 00000000100008`, Juste: `"SIRET": "00000000100008" = 00000000100008`,
	},
}
