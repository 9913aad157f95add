package appariement

import "guichet/modele"

// Archives: hostile until proven otherwise. One of these faults is enough for an archive not to be opened.
var reglesArchives = map[numero]modele.Regle{
	archiveLourde: {
		Code: "P901", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive pèse plus de 200 Mo", En: "an archive weighs more than 200 MB"},
		Message: modele.Texte{
			Fr: "{trouve} pèse {poids}, {plus} au plus",
			En: "{trouve} weighs {poids}, at most {plus}",
		},
		Aide: modele.Texte{
			Fr: "répartissez les documents en plusieurs archives : guichet pack le fait",
			En: "share the documents out among several archives: guichet pack does so",
		},
		Faux: "une archive de 260 Mo", Juste: "une archive de 199 Mo et une de 61 Mo",
	},
	archiveIllisible: {
		Code: "P902", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive ne se lit pas comme un .zip", En: "an archive cannot be read as .zip"},
		Message: modele.Texte{
			Fr: "{trouve} ne se lit pas comme un .zip : fichier coupé, d'un autre format, ou en plusieurs volumes",
			En: "{trouve} cannot be read as .zip: cut short, of another format, or in several volumes",
		},
		Aide: modele.Texte{
			Fr: "refaites l'archive avec guichet pack",
			En: "make the archive again with guichet pack",
		},
		Faux: "une archive .7z ou .rar renommée en .zip", Juste: "une archive .zip en un seul fichier",
	},
	archiveEntrees: {
		Code: "P903", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive a trop d'entrées", En: "an archive has too many entries"},
		Message: modele.Texte{
			Fr: "{trouve} a {nombre} entrées, {max} au plus",
			En: "{trouve} has {nombre} entries, at most {max}",
		},
		Aide: modele.Texte{
			Fr: "n'archivez que les pièces : un fichier JSON en nomme quelques centaines",
			En: "archive the documents only: a JSON file names some hundreds of them",
		},
		Faux: "une archive de 60 000 fichiers", Juste: "une archive des 400 pièces du fichier JSON",
	},
	archiveChiffree: {
		Code: "P904", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive est protégée par un mot de passe", En: "an archive is protected by a password"},
		Message: modele.Texte{
			Fr: "{trouve} est protégé par un mot de passe",
			En: "{trouve} is protected by a password",
		},
		Aide: modele.Texte{
			Fr: "refaites l'archive sans mot de passe",
			En: "make the archive again without a password",
		},
		Faux: "une archive .zip chiffrée", Juste: "la même archive, sans mot de passe",
	},
	archiveChemin: {
		Code: "P905", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive a une entrée dont le chemin sort de son dossier", En: "an archive has an entry whose path leads out of its folder"},
		Message: modele.Texte{
			Fr: "{trouve} : ce chemin sort du dossier, ou n'est pas un nom sur tous les systèmes",
			En: "{trouve}: this path leads out of the folder, or is no name on some systems",
		},
		Aide: modele.Texte{
			Fr: "refaites l'archive avec guichet pack, sans dossier ni caractère \\ : * ? dans les noms",
			En: "make the archive again with guichet pack, without folders and without \\ : * ? in names",
		},
		Faux: "../MS1-DUI-Va1-BDC-00001.pdf", Juste: "MS1-DUI-Va1-BDC-00001.pdf",
	},
	archiveSpeciale: {
		Code: "P906", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive a une entrée qui n'est pas un fichier", En: "an archive has an entry that is no file"},
		Message: modele.Texte{
			Fr: "{trouve} est un lien ou un fichier spécial",
			En: "{trouve} is a link or a special file",
		},
		Aide: modele.Texte{
			Fr: "remplacez le lien par le document lui-même",
			En: "replace the link by the document itself",
		},
		Faux: "un lien symbolique vers bon.pdf", Juste: "une copie de bon.pdf",
	},
	archiveDoublon: {
		Code: "P907", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive a deux entrées du même nom", En: "an archive has two entries of one name"},
		Message: modele.Texte{
			Fr: "{trouve} figure deux fois dans l'archive, aux majuscules près",
			En: "{trouve} stands twice in the archive, upper and lower case aside",
		},
		Aide: modele.Texte{
			Fr: "refaites l'archive avec un seul de ces documents",
			En: "make the archive again with one of these documents only",
		},
		Faux: "deux entrées MS1-DUI-Va1-BDC-00001.pdf", Juste: "une entrée MS1-DUI-Va1-BDC-00001.pdf",
	},
	archiveTaille: {
		Code: "P908", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive déclare une taille que ses octets démentent", En: "an archive declares a size that its bytes contradict"},
		Message: modele.Texte{
			Fr: "{trouve} n'a pas la taille que l'archive déclare, {nombre} octets",
			En: "{trouve} has not the size that the archive declares, {nombre} bytes",
		},
		Aide: modele.Texte{
			Fr: "refaites l'archive avec guichet pack",
			En: "make the archive again with guichet pack",
		},
		Faux: "une entrée de 100 octets déclarée à 4 Go", Juste: "une entrée dont la taille déclarée est celle de ses octets",
	},
	archiveRecouvrement: {
		Code: "P909", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "deux entrées d'une archive se recouvrent", En: "two entries of an archive overlap"},
		Message: modele.Texte{
			Fr: "{trouve} partage ses octets avec une autre entrée, comme dans une archive piégée",
			En: "{trouve} shares its bytes with another entry, as in a booby-trapped archive",
		},
		Aide: modele.Texte{
			Fr: "refaites l'archive avec guichet pack",
			En: "make the archive again with guichet pack",
		},
		Faux: "cent entrées qui désignent les mêmes octets", Juste: "des entrées à la suite les unes des autres",
	},
	archiveTotal: {
		Code: "P910", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une archive devient trop grande une fois ouverte", En: "an archive becomes too large once it is opened"},
		Message: modele.Texte{
			Fr: "{trouve} donne {poids} une fois ouverte, {plus} au plus",
			En: "{trouve} gives {poids} once it is opened, at most {plus}",
		},
		Aide: modele.Texte{
			Fr: "n'archivez que les pièces, de 3 Mo au plus chacune",
			En: "archive the documents only, at most 3 MB each",
		},
		Faux: "une archive de 4 Mo qui en donne 4 000", Juste: "une archive de 200 Mo qui en donne 210",
	},
	archiveAlteree: {
		Code: "P911", Gravite: modele.Erreur, Source: "§2.1",
		Titre: modele.Texte{Fr: "une entrée d'archive est altérée", En: "an entry of an archive is altered"},
		Message: modele.Texte{
			Fr: "{trouve} ne se lit pas jusqu'au bout : ses octets n'ont pas la somme de contrôle de l'archive",
			En: "{trouve} cannot be read to its end: its bytes do not have the checksum of the archive",
		},
		Aide: modele.Texte{
			Fr: "copiez à nouveau l'archive, ou refaites-la avec guichet pack",
			En: "copy the archive again, or make it again with guichet pack",
		},
		Faux: "une archive abîmée pendant un transfert", Juste: "la même archive, transférée en entier",
	},
}
