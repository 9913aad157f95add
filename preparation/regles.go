package preparation

import (
	"slices"

	"guichet/modele"
)

// regle is the place of a rule in the list.
type regle int8

// aucuneRegle is no rule.
const aucuneRegle regle = 0

// The rules, in the order of their codes: about rows, about cells, about columns.
const (
	regleReference regle = iota + 1
	regleIdentite
	regleContradiction
	regleESMSDouble
	regleCellule
	regleTable
	regleExtension
	regleStricte
	regleValeur
	regleColonne
	regleMapping
	regleVide
	regleIgnoree
	regleNumero
	regleRang
	regleErreur
	regleAbregee
	regleMasquee
	regleOrdre
	regleInstant
	regleESMSAilleurs
	reglePartage
	regleMontre
	regleSansValeur
	regleCaractere
	regleEncodage
	regleTropDeCellules
	regleTitreDouble
	regleSansTitre
	regleCourte
	regleAComplete
	regleDatee
	regleTitresRepetes
	regleColonneMasquee
	regleJumelles
	regleReferenceDatee
	regleAnnee
	regleCondition
	regleTotal
	regleReferenceVaine
	regleSansNumero
	nombreRegles
)

// Regles returns the rules on the sheets that demandes are prepared from, by code.
func Regles() []modele.Regle { return slices.Clone(regles[regleReference:]) }

// gabarits of messages are filled in with fmt, in the order of their verbs.
var regles = [nombreRegles]modele.Regle{
	regleReference: {
		Code: "T001", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une ligne n'a pas de référence de commande", En: "a row has no order reference"},
		Message: modele.Texte{Fr: "la ligne n'a pas de référence de commande", En: "the row has no order reference"},
		Aide:    modele.Texte{Fr: "écrivez la même référence sur toutes les lignes d'une commande", En: "write the same reference on all rows of an order"},
		Faux:    "cellule vide", Juste: "CMD-2023-014",
	},
	regleIdentite: {
		Code: "T002", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une ligne ne dit pas de quel établissement elle parle", En: "a row does not say which establishment it is about"},
		Message: modele.Texte{Fr: "%s est vide : la ligne ne peut être rattachée", En: "%s is empty: the row belongs to nothing"},
		Aide:    modele.Texte{Fr: "une ligne décrit un ESMS : donnez son numéro et celui de son OG", En: "a row describes one ESMS: give its number and that of its OG"},
		Faux:    "cellule vide", Juste: "990000010",
	},
	regleContradiction: {
		Code: "T003", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "deux lignes de la même commande se contredisent", En: "two rows of the same order contradict each other"},
		Message: modele.Texte{Fr: "%s vaut ici %s, et %s en %s", En: "%s is %s here, and %s at %s"},
		Aide:    modele.Texte{Fr: "les lignes d'une même commande (d'un même OG) ont la même valeur dans cette colonne", En: "rows of one order (of one OG) have the same value in this column"},
		Faux:    "CMD-1 ; 2920.00 puis CMD-1 ; 5840.00", Juste: "CMD-1 ; 5840.00 puis CMD-1 ; 5840.00",
	},
	regleESMSDouble: {
		Code: "T004", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "un ESMS est deux fois dans une commande", En: "an ESMS stands twice in one order"},
		Message: modele.Texte{Fr: "l'ESMS %s est déjà dans cette commande, ligne %d de %s", En: "the ESMS %s is in this order already, row %d of %s"},
		Aide:    modele.Texte{Fr: "gardez une seule des deux lignes, ou corrigez le numéro", En: "keep one of the two rows, or correct the number"},
		Faux:    "CMD-1 ; 990000010 deux fois", Juste: "CMD-1 ; 990000010 une fois",
	},
	regleCellule: {
		Code: "T005", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une cellule ne se lit pas", En: "a cell cannot be read"},
		Message: modele.Texte{Fr: "la cellule a plus de %d octets, ou des octets qui ne sont pas de l'UTF-8", En: "the cell has over %d bytes, or bytes that are not UTF-8"},
		Aide:    modele.Texte{Fr: "vérifiez le contenu de la cellule et l'encodage du fichier", En: "look at what the cell holds and at the encoding of the file"},
		Faux:    "un document collé dans une cellule", Juste: "V3.2",
	},
	regleTable: {
		Code: "T006", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une valeur n'est pas dans la table de correspondance", En: "a value is not in the lookup table"},
		Message: modele.Texte{Fr: "« %s » n'est pas dans la table %s", En: "\"%s\" is not in the table %s"},
		Aide:    modele.Texte{Fr: "ajoutez-la à la table, ou corrigez la cellule", En: "add it to the table, or correct the cell"},
		Faux:    "Opérateur inconnu", Juste: "une valeur de la première colonne de la table",
	},
	regleExtension: {
		Code: "T007", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "un document n'a pas l'extension d'un format accepté", En: "a document has not the extension of an accepted format"},
		Message: modele.Texte{Fr: "« %s » n'a pas une des extensions acceptées : %s", En: "\"%s\" has none of the accepted extensions: %s"},
		Aide:    modele.Texte{Fr: "convertissez le document, puis donnez le chemin du nouveau fichier", En: "convert the document, then give the path of the new file"},
		Faux:    "bon-14.docx", Juste: "bon-14.pdf",
	},
	regleStricte: {
		Code: "T008", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une valeur devrait être réparée, et le mode strict l'interdit", En: "a value needs a repair, which strict mode forbids"},
		Message: modele.Texte{Fr: "« %s » devrait être écrit %s : %s", En: "\"%s\" should be written %s: %s"},
		Aide:    modele.Texte{Fr: "corrigez la valeur là où elle est écrite, ou préparez sans le mode strict", En: "correct the value where it is written, or prepare without strict mode"},
		Faux:    "01 99 00 45 67", Juste: "+33 1 99 00 45 67",
	},
	regleValeur: {
		Code: "T009", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une cellule ne dit pas une valeur du type de sa balise", En: "a cell does not tell a value of its tag's type"},
		Message: modele.Texte{Fr: "« %s » ne se lit pas comme %s", En: "\"%s\" does not read as %s"},
		Aide:    modele.Texte{Fr: "écrivez %s", En: "write %s"},
		Faux:    "à voir", Juste: "oui",
	},
	regleColonne: {
		Code: "T010", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "aucune feuille n'a une colonne attendue", En: "no sheet has an expected column"},
		Message: modele.Texte{Fr: "aucune feuille n'a de colonne « %s »%s", En: "no sheet has a column \"%s\"%s"},
		Aide:    modele.Texte{Fr: "partez du modèle de feuille, ou décrivez vos colonnes dans un fichier de correspondance", En: "start from the template, or describe your columns in a mapping file"},
		Faux:    "N° commande", Juste: ColonneReference,
	},
	regleMapping: {
		Code: "T011", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "le fichier de correspondance ne se comprend pas", En: "the mapping file cannot be understood"},
		Message: modele.Texte{Fr: "%s", En: "%s"},
		Aide:    modele.Texte{Fr: "formes admises : {colonne: …}, {colonne: …, table: …}, {constante: …}", En: "accepted forms: {colonne: …}, {colonne: …, table: …}, {constante: …}"},
		Faux:    "dateComande: {colonne: Date}", Juste: "dateCommande: {colonne: Date}",
	},
	regleVide: {
		Code: "T012", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "il n'y a aucune commande à préparer", En: "there is no order to prepare"},
		Message: modele.Texte{Fr: "aucune ligne sous les titres de colonnes", En: "no row under the headings"},
		Aide:    modele.Texte{Fr: "remplissez une ligne par ESMS", En: "fill in one row for each ESMS"},
		Faux:    "une feuille de titres seuls", Juste: "une ligne par ESMS",
	},
	regleIgnoree: {
		Code: "T013", Gravite: modele.Alerte,
		Titre:   modele.Texte{Fr: "une colonne n'est pas reconnue", En: "a column is not known"},
		Message: modele.Texte{Fr: "la colonne « %s » n'est pas reconnue : elle est ignorée%s", En: "the column \"%s\" is not known: it is left aside%s"},
		Aide:    modele.Texte{Fr: "renommez-la, ou supprimez-la si elle n'est pas pour le guichet", En: "rename it, or delete it if it is not for the counter"},
		Faux:    "telephoneResponsable", Juste: "telephoneResponsableOG",
	},
	regleNumero: {
		Code: "T014", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "deux commandes ont le même numéro", En: "two orders have the same number"},
		Message: modele.Texte{Fr: "le numéro %s est déjà celui d'une autre commande : %s", En: "the number %s is another order's already: %s"},
		Aide:    modele.Texte{Fr: "donnez à chaque commande un numéro qui n'a jamais servi, ou laissez la cellule vide", En: "give each order a number that was never used, or leave the cell empty"},
		Faux:    "A0001 sur deux commandes", Juste: "A0001 puis A0002",
	},
	regleRang: {
		Code: "T015", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "il y a plus de fichiers que de rangs dans une journée", En: "there are more files than ranks in a day"},
		Message: modele.Texte{Fr: "le rang %d dépasse %d : la nomenclature n'a que trois chiffres (§2.1)", En: "rank %d is over %d: the naming norm has three digits only (§2.1)"},
		Aide:    modele.Texte{Fr: "préparez le reste un autre jour", En: "prepare the rest on another day"},
		Faux:    "JSON-ANS0000001-20231002-1000.json", Juste: "JSON-ANS0000001-20231002-999.json",
	},
	regleErreur: {
		Code: "T016", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une formule de la feuille a échoué", En: "a formula of the sheet failed"},
		Message: modele.Texte{Fr: "%s est l'erreur d'une formule, pas une valeur", En: "%s is the error of a formula, not a value"},
		Aide:    modele.Texte{Fr: "corrigez la formule, ou remplacez-la par la valeur", En: "correct the formula, or put the value in its place"},
		Faux:    "#REF!", Juste: "V3.2",
	},
	regleAbregee: {
		Code: "T017", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "un numéro a été abrégé par un tableur", En: "a spreadsheet has shortened a number"},
		Message: modele.Texte{Fr: "« %s » est un numéro abrégé par un tableur : des chiffres sont perdus", En: "\"%s\" is a number that a spreadsheet shortened: figures are lost"},
		Aide:    modele.Texte{Fr: "reprenez le numéro entier à la source, dans une colonne au format Texte", En: "take the whole number from its source, in a column of the format Text"},
		Faux:    "2,02309E+11", Juste: "202309000014",
	},
	regleMasquee: {
		Code: "T018", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une cellule montre autre chose que sa valeur", En: "a cell shows something else than its value"},
		Message: modele.Texte{Fr: "« %s » est une formule, ou une colonne trop étroite : la valeur n'est pas dans le fichier", En: "\"%s\" is a formula, or a column that was too narrow: the value is not in the file"},
		Aide:    modele.Texte{Fr: "élargissez la colonne, affichez les valeurs et non les formules, puis exportez à nouveau", En: "widen the column, show values and not formulas, then export again"},
		Faux:    "########", Juste: "V3.2",
	},
	regleOrdre: {
		Code: "T019", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une date ne dit pas de façon certaine quel est le jour et quel est le mois", En: "a date does not tell for certain which is the day and which the month"},
		Message: modele.Texte{Fr: "« %s » se lit %s%s", En: "\"%s\" reads as %s%s"},
		Aide:    modele.Texte{Fr: "écrivez dans toute la colonne le jour, le mois, puis l'année avec quatre chiffres : ici %s", En: "write in the whole column the day, the month, then the year with four figures: here %s"},
		Faux:    "09/12/2023 à côté de 12/25/2023", Juste: "09/12/2023 à côté de 25/12/2023",
	},
	regleESMSAilleurs: {
		Code: "T021", Gravite: modele.Alerte,
		Titre:   modele.Texte{Fr: "un ESMS est dans deux commandes", En: "an ESMS is in two orders"},
		Message: modele.Texte{Fr: "l'ESMS %s est déjà dans la commande %s : %s", En: "the ESMS %s is in the order %s already: %s"},
		Aide:    modele.Texte{Fr: "un ESMS n'est financé qu'une fois : retirez-le de l'une des commandes ; cette remarque n'empêche pas la préparation", En: "an ESMS is paid for once: take it out of one of the orders; this remark does not keep anything from being prepared"},
		Faux:    "CMD-1 ; 990000010 puis CMD-2 ; 990000010", Juste: "CMD-1 ; 990000010",
	},
	regleInstant: {
		Code: "T020", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une heure universelle tombe sur deux jours", En: "a time with its zone falls on two days"},
		Message: modele.Texte{Fr: "« %s » est le %s là où l'heure est prise, et le %s à Paris", En: "\"%s\" is %s where the time is taken, and %s in Paris"},
		Aide:    modele.Texte{Fr: "écrivez la date du bon de commande, sans heure : %s ou %s", En: "write the date of the order form, without a time: %s or %s"},
		Faux:    "2023-09-11T22:00:00Z", Juste: "12/09/2023",
	},
	reglePartage: {
		Code: "T041", Gravite: modele.Alerte,
		Titre:   modele.Texte{Fr: "le même document sert deux fois", En: "the same document serves twice"},
		Message: modele.Texte{Fr: "%s est aussi le document %s de la commande %s", En: "%s is also the document %s of the order %s"},
		Aide:    modele.Texte{Fr: "vérifiez que c'est bien le document de cette commande ; cette remarque n'empêche pas la préparation", En: "see that this is the document of this order; this remark does not keep anything from being prepared"},
		Faux:    "bon-14.pdf pour deux commandes", Juste: "bon-14.pdf, puis bon-15.pdf",
	},
	regleMontre: {
		Code: "T030", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une cellule contient autre chose que ce qu'elle montre", En: "a cell holds something else than it shows"},
		Message: modele.Texte{Fr: "la cellule contient « %s » et montre %s", En: "the cell holds \"%s\" and shows %s"},
		Aide:    modele.Texte{Fr: "mettez la cellule au format Texte, et écrivez la valeur comme elle doit être lue", En: "give the cell the format Text, and write the value as it is to be read"},
		Faux:    "45170 montré comme une date (mmm-aa)", Juste: "V9.23",
	},
	regleSansValeur: {
		Code: "T031", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une formule n'a pas été calculée", En: "a formula was not calculated"},
		Message: modele.Texte{Fr: "la cellule a une formule, et le fichier n'en a pas le résultat", En: "the cell has a formula, and the file has not its result"},
		Aide:    modele.Texte{Fr: "ouvrez le classeur dans un tableur, enregistrez-le, puis recommencez", En: "open the workbook in a spreadsheet program, save it, then begin again"},
		Faux:    "=RECHERCHEV(…), jamais calculée", Juste: "V3.2",
	},
	regleCaractere: {
		Code: "T032", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "des caractères ont été perdus, ou se lisent de plusieurs façons", En: "characters were lost, or read in several ways"},
		Message: modele.Texte{Fr: "« %s » a des caractères perdus dans un changement d'encodage", En: "\"%s\" has characters that a change of encoding lost"},
		Aide:    modele.Texte{Fr: "si c'est un fichier CSV, enregistrez-le à nouveau au format « CSV UTF-8 » ; sinon, reprenez le texte à la source", En: "if it is a CSV file, save it again in the format \"CSV UTF-8\"; else take the text from its source"},
		Faux:    "DUPR\uFFFD", Juste: "DUPRÉ",
	},
	regleEncodage: {
		Code: "T033", Gravite: modele.Info,
		Titre:   modele.Texte{Fr: "l'encodage d'un fichier de texte a été reconnu à ses lettres", En: "the encoding of a text file was recognised by its letters"},
		Message: modele.Texte{Fr: "ce fichier est lu en %s, reconnu à ses lettres accentuées", En: "this file is read as %s, recognised by its accented letters"},
		Aide:    modele.Texte{Fr: "regardez un nom accentué de ce qui est préparé ; enregistré au format « CSV UTF-8 », le fichier n'a plus à être reconnu", En: "look at a name with accents in what is prepared; saved in the format \"CSV UTF-8\", the file needs not be recognised"},
		Faux:    "un export d'un ancien Mac", Juste: "le même, enregistré au format CSV UTF-8",
	},
	regleTropDeCellules: {
		Code: "T034", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une ligne d'un fichier de texte a plus de cellules que de titres", En: "a row of a text file has more cells than there are headings"},
		Message: modele.Texte{Fr: "la ligne a %d cellules pour %d titres : « %s » n'est sous aucun titre", En: "the row has %d cells for %d headings: \"%s\" stands under no heading"},
		Aide:    modele.Texte{Fr: "une valeur de la ligne contient sans doute un séparateur, qui décale ce qui suit : mettez-la entre guillemets, ou exportez à nouveau", En: "a value of the row probably has a separator in it, which moves what follows: put it between quotes, or export again"},
		Faux:    "CMD-1;V3;2;…", Juste: "CMD-1;\"V3;2\";…",
	},
	regleTitreDouble: {
		Code: "T035", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "deux colonnes ont le même titre", En: "two columns have the same heading"},
		Message: modele.Texte{Fr: "le titre « %s » fait double emploi avec la colonne %s (« %s ») : rien ne dit laquelle lire", En: "the heading \"%s\" says the same as column %s (\"%s\"): nothing tells which one to read"},
		Aide:    modele.Texte{Fr: "supprimez celle des deux colonnes qui n'est pas pour le guichet, ou renommez-la", En: "delete the one of the two columns that is not for the counter, or rename it"},
		Faux:    "emailResponsableOG deux fois", Juste: "emailResponsableOG une fois",
	},
	regleSansTitre: {
		Code: "T036", Gravite: modele.Alerte,
		Titre:   modele.Texte{Fr: "une colonne sans titre n'est pas vide", En: "a column without a heading is not empty"},
		Message: modele.Texte{Fr: "la colonne n'a pas de titre : ce qu'elle contient est ignoré (cellules remplies : %d, la première ligne %d)", En: "the column has no heading: what it holds is left aside (cells filled in: %d, the first in row %d)"},
		Aide:    modele.Texte{Fr: "donnez-lui un titre si elle est pour le guichet, sinon rien n'est à faire", En: "give it a heading if it is for the counter, else nothing is to be done"},
		Faux:    "une valeur à droite de la dernière colonne", Juste: "la même valeur, sous son titre",
	},
	regleCourte: {
		Code: "T037", Gravite: modele.Alerte,
		Titre:   modele.Texte{Fr: "une ligne d'un fichier de texte a moins de cellules que de titres", En: "a row of a text file has fewer cells than there are headings"},
		Message: modele.Texte{Fr: "la ligne s'arrête à la colonne %s, et les titres à la colonne %s : ce qui manque est lu comme vide", En: "the row ends at column %s, and the headings at column %s: what is missing is read as empty"},
		Aide:    modele.Texte{Fr: "si une valeur manque ou si la ligne est coupée en deux, exportez à nouveau ; sinon rien n'est à faire", En: "if a value is missing or the row is cut in two, export again; else nothing is to be done"},
		Faux:    "CMD-1;15/09/2023", Juste: "CMD-1;15/09/2023;TTC;2433.33;…",
	},
	regleAComplete: {
		Code: "T038", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une cellule est encore à compléter", En: "a cell is still to be filled in"},
		Message: modele.Texte{Fr: "« %s » tient la place d'une valeur qui manque encore", En: "\"%s\" stands for a value that is still missing"},
		Aide:    modele.Texte{Fr: "écrivez la valeur", En: "write the value"},
		Faux:    "à compléter", Juste: "DURAND",
	},
	regleDatee: {
		Code: "T039", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "un tableur a fait une date d'un numéro", En: "a spreadsheet has made a date of a number"},
		Message: modele.Texte{Fr: "« %s » est sans doute une date qu'un tableur a faite d'un numéro, comme « mars-01 » de 3.1", En: "\"%s\" is probably a date that a spreadsheet made of a number, as \"mars-01\" of 3.1"},
		Aide:    modele.Texte{Fr: "mettez la colonne au format Texte, écrivez à nouveau le numéro, puis exportez", En: "give the column the format Text, write the number again, then export"},
		Faux:    "mars-01", Juste: "3.1",
	},
	regleTitresRepetes: {
		Code: "T040", Gravite: modele.Alerte,
		Titre:   modele.Texte{Fr: "une ligne répète les titres des colonnes", En: "a row repeats the headings"},
		Message: modele.Texte{Fr: "la ligne répète les titres : elle est laissée de côté", En: "the row repeats the headings: it is left aside"},
		Aide:    modele.Texte{Fr: "vérifiez que ce qui suit a les mêmes colonnes, puis supprimez la ligne", En: "see that what follows has the same columns, then delete the row"},
		Faux:    "referenceCommande;dateCommande;… entre deux commandes", Juste: "CMD-2;15/09/2023;…",
	},
	regleColonneMasquee: {
		Code: "T042", Gravite: modele.Info,
		Titre:   modele.Texte{Fr: "une colonne masquée est lue", En: "a hidden column is read"},
		Message: modele.Texte{Fr: "colonnes masquées et lues comme les autres : %s", En: "hidden columns, read as the others are: %s"},
		Aide:    modele.Texte{Fr: "affichez-les pour vérifier ce qu'elles contiennent, ou supprimez celles qui ne sont pas pour le guichet", En: "show them to see what they hold, or delete those that are not for the counter"},
		Faux:    "montantSegurHT dans une colonne masquée", Juste: "la même colonne, affichée",
	},
	regleJumelles: {
		Code: "T043", Gravite: modele.Alerte,
		Titre:   modele.Texte{Fr: "deux références se lisent presque pareil", En: "two references look nearly the same"},
		Message: modele.Texte{Fr: "« %s » fait une autre commande que « %s », qui se lit pareil à la casse, aux accents, aux espaces, aux zéros, aux tirets ou aux décimales masquées près", En: "\"%s\" makes another order than \"%s\", which looks the same but for capitals, accents, blanks, zeros, dashes or hidden decimals"},
		Aide:    modele.Texte{Fr: "si c'est la même commande, écrivez la même référence aux deux endroits ; sinon rien n'est à faire", En: "if it is the same order, write the same reference in both places; else nothing is to be done"},
		Faux:    "CMD-1, puis cmd-1", Juste: "CMD-1 sur toutes les lignes de la commande",
	},
	regleReferenceDatee: {
		Code: "T046", Gravite: modele.Alerte,
		Titre:   modele.Texte{Fr: "une référence a l'air d'une date qu'un tableur a faite", En: "a reference looks like a date that a spreadsheet has made"},
		Message: modele.Texte{Fr: "« %s » est peut-être une date qu'un tableur a faite d'une référence, comme « oct-23 » de 10-23", En: "\"%s\" may be a date that a spreadsheet made of a reference, as \"oct-23\" of 10-23"},
		Aide:    modele.Texte{Fr: "comparez au bon de commande ; si elle est autre, mettez la colonne au format Texte et écrivez-la à nouveau ; sinon rien n'est à faire", En: "compare with the order form; if it is another, give the column the format Text and write it again; else nothing is to be done"},
		Faux:    "oct-23", Juste: "10-23",
	},
	regleAnnee: {
		Code: "T044", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "l'année d'une date n'est pas de ce siècle", En: "the year of a date is not of this century"},
		Message: modele.Texte{Fr: "« %s » : cette année ne peut être celle d'une commande ; un logiciel ou une faute de frappe l'a sans doute faite", En: "\"%s\": this year cannot be that of an order; a program or a slip of the hand has probably made it"},
		Aide:    modele.Texte{Fr: "écrivez la date du bon de commande, l'année avec ses quatre chiffres, par exemple 15/09/2023", En: "write the date of the order form, the year with its four figures, for instance 15/09/2023"},
		Faux:    "15/09/0023", Juste: "15/09/2023",
	},
	regleCondition: {
		Code: "T045", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une cellule remplie contredit une autre cellule de la ligne", En: "a cell that is filled in contradicts another one of the row"},
		Message: modele.Texte{Fr: "%s vaut %s, mais est sans objet si %s, ce que dit la cellule %s", En: "%s is %s, but has no purpose if %s, which is what the cell says at %s"},
		Aide:    modele.Texte{Fr: "l'une des deux cellules est fausse : videz celle-ci, ou corrigez l'autre", En: "one of the two cells is wrong: empty this one, or correct the other"},
		Faux:    "isMandataire : non ; nomMandataire : GROUPEMENT", Juste: "isMandataire : oui ; nomMandataire : GROUPEMENT",
	},
	regleReferenceVaine: {
		Code: "T048", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une référence ne distingue pas sa commande des autres", En: "a reference does not tell its order apart from the others"},
		Message: modele.Texte{Fr: "« %s » n'est pas une référence : les commandes qui l'ont n'en feraient qu'une", En: "\"%s\" is no reference: the orders that have it would become one"},
		Aide:    modele.Texte{Fr: "donnez à chaque commande une référence à elle, la même sur toutes ses lignes", En: "give each order a reference of its own, the same on all its rows"},
		Faux:    "-", Juste: "CMD-2023-014",
	},
	regleTotal: {
		Code: "T047", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "une ligne a l'air d'un total, et non d'une commande", En: "a row looks like a total, not like an order"},
		Message: modele.Texte{Fr: "« %s » : la ligne a l'air d'un total, et non d'une commande", En: "\"%s\": the row looks like a total, not like an order"},
		Aide:    modele.Texte{Fr: "retirez cette ligne du tableau, ou mettez les totaux sur une autre feuille : aucune ligne n'est laissée de côté d'elle-même ; si c'est une commande, donnez sa référence, son OG et son ESMS", En: "take this row out of the table, or put totals on another sheet: no row is left aside of itself; if it is an order, give its reference, its OG and its ESMS"},
		Faux:    "Total général ; ; ; 7300,00", Juste: "CMD-2 ; 990000001 ; 990000010 ; 2920,00",
	},
	regleSansNumero: {
		Code: "T050", Gravite: modele.Erreur,
		Titre:   modele.Texte{Fr: "sans carnet, une commande n'a pas de numéro", En: "without a ledger, an order has no number"},
		Message: modele.Texte{Fr: "la commande %s n'a pas de numeroEditeur", En: "the order %s has no numeroEditeur"},
		Aide:    modele.Texte{Fr: "sans carnet, aucun numéro n'est donné : remplissez la colonne numeroEditeur, ou retirez --sans-carnet", En: "without a ledger no number is given: fill the column numeroEditeur in, or leave --sans-carnet out"},
		Faux:    "cellule vide", Juste: "A0001",
	},
}

// faute makes a fault of a rule.
func (r regle) faute(lieu Lieu, mots ...any) Faute {
	return Faute{
		Lieu: lieu, Code: regles[r].Code, Gravite: regles[r].Gravite,
		Message: texte(regles[r].Message, mots...), Aide: regles[r].Aide,
	}
}

// suggerer ends a message with the name that was probably meant, "" when none is near.
func suggerer(proche string) modele.Texte {
	if proche == "" {
		return modele.Texte{}
	}
	return texte(modele.Texte{Fr: " ; la plus proche : « %s »", En: "; nearest: \"%s\""}, proche)
}

// fauteProche is a fault whose message ends with a suggestion.
func (r regle) fauteProche(lieu Lieu, nom, proche string) Faute {
	f, s := r.faute(lieu), suggerer(proche)
	f.Message.Fr, f.Message.En = texte(regles[r].Message, nom, s.Fr).Fr, texte(regles[r].Message, nom, s.En).En
	return f
}
