package ms1dui

import "guichet/modele"

// What only the template that the portal gives can settle: the source prints it badly, or says it twice, or not
// at all. The table keeps to one reading, and says where another is possible.
var (
	douteTelAdmin = modele.Doute{
		Raison: modele.Texte{
			Fr: "la balise est mal imprimée dans le document : telAdminTechnique tient sur sa ligne, telephoneAdminTechnique non",
			En: "the tag is badly printed in the document: telAdminTechnique fits on its line, telephoneAdminTechnique does not",
		},
		Regles: []string{"S102", "S103", "I702"},
	}
	douteCertificat = modele.Doute{
		Raison: modele.Texte{
			Fr: "aucune ligne du document ne déclare certificatServeur, qui n'est imprimé que comme nom de bloc : lu comme un objet dans chaque OG",
			En: "no row of the document declares certificatServeur, which is only printed as the name of a block: read as an object in each OG",
		},
		Regles: []string{"S102", "S103", "S104", "I705"},
	}
	douteCapitale = modele.Doute{
		Raison: modele.Texte{
			Fr: "le document imprime un I majuscule ; les balises voisines n'en ont pas",
			En: "the document prints a capital I; the tags beside it have none",
		},
		Regles: []string{"S102", "S103", "I702"},
	}
	douteBlanc = modele.Doute{
		Raison: modele.Texte{
			Fr: "le document imprime une espace dans une partie des codes (CH _28, mais CH_29) : avec ou sans elle, le code est accepté",
			En: "the document prints a blank in some of the codes (CH _28, but CH_29): with or without it, the code is accepted",
		},
		Regles: []string{"F117", "I703"},
	}
	douteProfils = modele.Doute{
		Raison: modele.Texte{
			Fr: "le document admet plusieurs profils sans dire comment les séparer : lus comme pour utiliteCertificat, par une virgule et une espace",
			En: "the document allows several profiles and does not say how to join them: read as for utiliteCertificat, by a comma and a blank",
		},
		Regles: []string{"F101", "F116", "F118", "S104"},
	}
	douteRefSoins = modele.Doute{
		Raison: modele.Texte{
			Fr: "le document écrit « Si IsMaitreId = false ALORS null », et pourtant « Obligatoire » sur la même ligne : null est ce qu'il imprime",
			En: "the document writes “Si IsMaitreId = false ALORS null”, and yet “Obligatoire” on the same row: null is what it prints",
		},
		Regles: []string{"F102", "C201", "C202"},
	}
)

// stricts is the doubt about each length written VARCHAR(<n).
var stricts = []modele.Doute{{
	Raison: modele.Texte{
		Fr: "le document écrit VARCHAR(<n) : lu à la lettre, n caractères sont un de trop",
		En: "the document writes VARCHAR(<n): read to the letter, n characters are one too many",
	},
	Regles: []string{"F105"},
}}
