package appariement

import "guichet/modele"

// Documents: is each one there that the file names, and can an agent open it?
var reglesDocuments = map[numero]modele.Regle{
	regleManque: {
		Code: "P801", Gravite: modele.Erreur, Source: "§3.3",
		Titre: modele.Texte{Fr: "une pièce du fichier JSON n'est pas parmi les documents", En: "a document of the JSON file is not among the documents"},
		Message: modele.Texte{
			Fr: "{balise} : {attendu} n'est pas parmi les documents",
			En: "{balise}: {attendu} is not among the documents",
		},
		Aide: modele.Texte{
			Fr: "ajoutez ce document ; sans lui, la demande restera incomplète",
			En: "add this document; without it, the request will stay incomplete",
		},
		Faux: "dossier sans MS1-DUI-Va1-BDC-00001.pdf, que le fichier JSON nomme", Juste: "dossier avec MS1-DUI-Va1-BDC-00001.pdf",
	},
	regleEnTrop: {
		Code: "P802", Gravite: modele.Erreur, Source: "§3.3",
		Titre: modele.Texte{Fr: "un document n'est demandé par aucune demande", En: "a document is asked for by no request"},
		Message: modele.Texte{
			Fr: "{trouve} n'est la pièce d'aucune demande : {detail}",
			En: "{trouve} is the document of no request: {detail}",
		},
		Aide: modele.Texte{
			Fr: "retirez ce document, corrigez son nom, ou ajoutez-le à piecesJustificatives",
			En: "take this document out, correct its name, or add it to piecesJustificatives",
		},
		Faux: "MS1-DUI-Va1-HT-00001.pdf, pour une demande dont regimeTVA est \"TTC\"", Juste: "MS1-DUI-Va1-HT-00001.pdf, pour une demande dont regimeTVA est \"HT\"",
	},
	regleDouble: {
		Code: "P803", Gravite: modele.Erreur, Source: "§3.3",
		Titre: modele.Texte{Fr: "deux documents pour une même pièce", En: "two documents for one place"},
		Message: modele.Texte{
			Fr: "{trouve} et {detail} sont tous deux la pièce {attendu}",
			En: "{trouve} and {detail} are both the document {attendu}",
		},
		Aide: modele.Texte{
			Fr: "gardez un seul des deux",
			En: "keep only one of the two",
		},
		Faux: "signes/MS1-DUI-Va1-BDC-00001.pdf et MS1-DUI-Va1-BDC-00001.png", Juste: "MS1-DUI-Va1-BDC-00001.pdf",
	},
	regleNom: {
		Code: "P804", Gravite: modele.Erreur, Source: "§3.3",
		Titre: modele.Texte{Fr: "un document d'une archive n'a pas le nom que donne le fichier JSON", En: "a document of an archive has not the name that the JSON file gives"},
		Message: modele.Texte{
			Fr: "{trouve} : le nom attendu est {attendu}",
			En: "{trouve}: the expected name is {attendu}",
		},
		Aide: modele.Texte{
			Fr: "renommez le document dans l'archive, ou refaites les archives avec guichet pack",
			En: "rename the document in the archive, or make the archives again with guichet pack",
		},
		Faux: "MS1-DUI-Va1-BDC-00001.PDF", Juste: "MS1-DUI-Va1-BDC-00001.pdf",
	},
	regleLigne: {
		Code: "P805", Gravite: modele.Erreur, Source: "§3.3",
		Titre: modele.Texte{Fr: "une ligne de la correspondance ne désigne rien", En: "a line of the mapping names nothing"},
		Message: modele.Texte{
			Fr: "correspondance, ligne {nombre}, {trouve} : {detail}",
			En: "mapping, line {nombre}, {trouve}: {detail}",
		},
		Aide: modele.Texte{
			Fr: "corrigez la ligne fichier;numeroEditeur;typeFichier, ou retirez-la",
			En: "correct the line fichier;numeroEditeur;typeFichier, or take it out",
		},
		Faux: "bon.pdf;99999;BON_COMMANDE, sans demande 99999", Juste: "bon.pdf;00001;BON_COMMANDE",
	},
	reglePresque: {
		Code: "P806", Gravite: modele.Info, Source: "§3.3",
		Titre: modele.Texte{Fr: "un document a été trouvé sous un nom un peu différent", En: "a document was found under a slightly different name"},
		Message: modele.Texte{
			Fr: "correspondance, ligne {nombre} : {trouve} est pris pour {detail}",
			En: "mapping, line {nombre}: {trouve} is taken for {detail}",
		},
		Aide: modele.Texte{
			Fr: "vérifiez que c'est le bon document ; pour ne plus lire cette remarque, recopiez son nom exact",
			En: "see that it is the right document; copy its exact name to be rid of this remark",
		},
		Faux: "Bon 14.pdf;00001;BDC, où le dossier a bon 14.PDF", Juste: "bon 14.PDF;00001;BDC",
	},
	regleAmbigu: {
		Code: "P807", Gravite: modele.Erreur, Source: "§3.3",
		Titre: modele.Texte{Fr: "plusieurs fichiers peuvent être le même document", En: "several files may be the same document"},
		Message: modele.Texte{
			Fr: "correspondance, ligne {nombre} : {trouve} peut désigner {detail}",
			En: "mapping, line {nombre}: {trouve} may mean {detail}",
		},
		Aide: modele.Texte{
			Fr: "recopiez le nom exact du bon fichier, avec son dossier, ou retirez l'autre",
			En: "copy the exact name of the right file, with its folder, or take the other one away",
		},
		Faux: "bon 14.pdf;00001;BDC, où le dossier a Bon 14.pdf et BON 14.pdf", Juste: "Bon 14.pdf;00001;BDC",
	},
	regleLourd: {
		Code: "P811", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "un document pèse plus de 3 Mo", En: "a document weighs more than 3 MB"},
		Message: modele.Texte{
			Fr: "{trouve} pèse {poids}, {plus} au plus",
			En: "{trouve} weighs {poids}, at most {plus}",
		},
		Aide: modele.Texte{
			Fr: "réduisez le document : une numérisation à 150 points par pouce, en niveaux de gris, suffit à le lire",
			En: "make the document smaller: a scan of 150 dots per inch, in grey, is enough to read it",
		},
		Faux: "un bon de commande de 4,2 Mo", Juste: "un bon de commande de 350 ko",
	},
	regleInconnu: {
		Code: "P812", Gravite: modele.Erreur, Source: "§3.2, Pièces justificatives",
		Titre: modele.Texte{Fr: "un document n'est ni un PDF, ni un PNG, ni un JPG", En: "a document is neither PDF, PNG nor JPG"},
		Message: modele.Texte{
			Fr: "{trouve} est {detail} : ni un PDF, ni un PNG, ni un JPG, quel que soit son nom",
			En: "{trouve} is {detail}: neither PDF, PNG nor JPG, whatever its name says",
		},
		Aide: modele.Texte{
			Fr: "exportez le document en PDF : changer l'extension de son nom ne suffit pas",
			En: "export the document as PDF: another extension in its name is not enough",
		},
		Faux: "un fichier Word renommé en .pdf", Juste: "un fichier Word exporté en PDF",
	},
	regleFormat: {
		Code: "P813", Gravite: modele.Erreur, Source: "§3.2, Pièces justificatives",
		Titre: modele.Texte{Fr: "un document n'a pas le format que donne le fichier JSON", En: "a document has not the format that the JSON file gives"},
		Message: modele.Texte{
			Fr: "{trouve} est un {detail}, {format} attendu par formatFichier",
			En: "{trouve} is a {detail}, {format} expected by formatFichier",
		},
		Aide: modele.Texte{
			Fr: "convertissez le document en {format}, ou corrigez formatFichier et nomFichier",
			En: "convert the document to {format}, or correct formatFichier and nomFichier",
		},
		Faux: "une image PNG renommée en .pdf", Juste: "\"formatFichier\": \"PNG\", \"nomFichier\": \"MS1-DUI-Va1-BDC-00001.png\"",
	},
	regleTronque: {
		Code: "P814", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "un document est vide ou coupé", En: "a document is empty or cut short"},
		Message: modele.Texte{
			Fr: "{trouve} est vide ou coupé : sa fin manque",
			En: "{trouve} is empty or cut short: its end is missing",
		},
		Aide: modele.Texte{
			Fr: "copiez à nouveau le document depuis sa source et vérifiez qu'il s'ouvre",
			En: "copy the document again from where it came and see that it opens",
		},
		Faux: "un PDF sans %%EOF, dont le téléchargement s'est interrompu", Juste: "le même PDF, téléchargé en entier",
	},
	regleAbime: {
		Code: "P815", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "un document est abîmé", En: "a document is damaged"},
		Message: modele.Texte{
			Fr: "{trouve} est abîmé : sa structure de {detail} ne se lit pas",
			En: "{trouve} is damaged: its structure of {detail} cannot be read",
		},
		Aide: modele.Texte{
			Fr: "ouvrez le document et exportez-le à nouveau, ou numérisez-le à nouveau",
			En: "open the document and export it again, or scan it again",
		},
		Faux: "un PDF dont la table de références est ailleurs qu'annoncé", Juste: "le même PDF, exporté à nouveau",
	},
	regleChiffre: {
		Code: "P816", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "un PDF est protégé", En: "a PDF is protected"},
		Message: modele.Texte{
			Fr: "{trouve} est protégé par un mot de passe ou des droits",
			En: "{trouve} is protected by a password or by rights",
		},
		Aide: modele.Texte{
			Fr: "exportez le document sans protection : l'instruction doit pouvoir l'ouvrir",
			En: "export the document without protection: the instruction must be able to open it",
		},
		Faux: "un PDF dont l'ouverture ou l'impression demande un mot de passe", Juste: "le même PDF, imprimé en PDF sans protection",
	},
	regleTropGrand: {
		Code: "P817", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une image a trop de pixels", En: "a picture has too many pixels"},
		Message: modele.Texte{
			Fr: "{trouve} a {nombre} pixels, {max} au plus",
			En: "{trouve} has {nombre} pixels, at most {max}",
		},
		Aide: modele.Texte{
			Fr: "réduisez l'image : une page A4 à 300 points par pouce a 8,7 millions de pixels",
			En: "make the picture smaller: a page of A4 at 300 dots per inch has 8.7 million pixels",
		},
		Faux: "une image de 20 000 × 20 000 pixels", Juste: "une image de 2 480 × 3 508 pixels",
	},
}
