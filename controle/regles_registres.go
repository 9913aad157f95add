package controle

import "guichet/modele"

// Rules that take stored data: errors of the second control (§3.2), and remarks (§3.1, §3.2).
var reglesRegistres = map[numero]modele.Regle{
	regleNumeroUtilise: {
		Code: "C402", Gravite: modele.Erreur, Source: "§3.2, Entête demande",
		Titre: modele.Texte{Fr: "un numeroEditeur a déjà servi dans un autre dépôt", En: "a numeroEditeur was used in another deposit already"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} a déjà servi ({detail})",
			En: "{balise}: {trouve} was used already ({detail})",
		},
		Aide: modele.Texte{
			Fr: "donnez à cette demande un numéro qui n'a jamais servi, même à une demande rejetée, et renommez ses pièces",
			En: "give this request a number that was never used, not even by a rejected request, and rename its documents",
		},
		Faux: `"numeroEditeur": "00003"`, Juste: `"numeroEditeur": "00001"`,
	},
	regleNonEligible: {
		Code: "C403", Gravite: modele.Erreur, Source: "§3.2, Bénéficiaires",
		Titre: modele.Texte{Fr: "un ESMS n'est pas dans la liste des ESMS éligibles", En: "an ESMS is not in the list of eligible ESMS"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} n'est pas dans la liste des ESMS éligibles{detail}",
			En: "{balise}: {trouve} is not in the list of eligible ESMS{detail}",
		},
		Aide: modele.Texte{
			Fr: "vérifiez le numéro ; si l'ESMS n'est pas éligible, retirez-le de la demande et de la commande",
			En: "check the number; if the ESMS is not eligible, take it out of the request and of the order",
		},
		Faux: `"FINESSGeos": ["010000032"]`, Juste: `"FINESSGeos": ["010000016"]`,
	},
	regleProfil: {
		Code: "C404", Gravite: modele.Erreur, Source: "§3.2, Scénario d'installation",
		Titre: modele.Texte{Fr: "le logiciel n'est pas référencé avec le profil qu'une valeur demande", En: "the software is not referenced with the profile that a value needs"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} demande le profil « {detail} », avec lequel le logiciel n'est pas référencé",
			En: "{balise}: {trouve} needs the profile “{detail}”, which the software is not referenced with",
		},
		Aide: modele.Texte{
			Fr: "corrigez la valeur, ou faites compléter le référencement du logiciel",
			En: "mend the value, or have the référencement of the software completed",
		},
		Faux: `"profilMetier": "PA, SAAD"`, Juste: `"profilMetier": "PA"`,
	},
	alerteNonInscrit: {
		Code: "A509", Gravite: modele.Alerte, Source: "",
		Titre: modele.Texte{Fr: "un FINESS n'est pas au registre : il n'existe pas, ou est fermé", En: "a FINESS is not in the register: it does not exist, or is closed"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} n'est pas au registre FINESS{detail} : numéro inconnu ou fermé",
			En: "{balise}: {trouve} is not in the FINESS register{detail}: number unknown or closed",
		},
		Aide: modele.Texte{
			Fr: "vérifiez le numéro auprès du client ; s'il a ouvert depuis la date du registre, un registre plus récent le connaîtra",
			En: "check the number with the client; if it opened after the date of the register, a newer register will know it",
		},
		Faux: `"FINESSJuridique": "010000080"`, Juste: `"FINESSJuridique": "010000008"`,
	},
	alerteNonRattache: {
		Code: "A510", Gravite: modele.Alerte, Source: "§3.2, Bénéficiaires",
		Titre: modele.Texte{Fr: "un ESMS n'est pas de cet OG", En: "an ESMS is not of this OG"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} appartient à l'OG {detail}, pas à {autre}",
			En: "{balise}: {trouve} belongs to the OG {detail}, not to {autre}",
		},
		Aide: modele.Texte{
			Fr: "corrigez le numéro de l'ESMS, ou placez-le sous l'OG {detail}",
			En: "mend the number of the ESMS, or put it under the OG {detail}",
		},
		Faux: `"FINESSGeos": ["020000014"]`, Juste: `"FINESSGeos": ["010000016"]`,
	},
	alerteDejaDemande: {
		Code: "A511", Gravite: modele.Alerte, Source: "§3.1",
		Titre: modele.Texte{Fr: "un ESMS est déjà demandé dans un autre dépôt", En: "an ESMS is claimed in another deposit already"},
		Message: modele.Texte{
			Fr: "{balise} : {trouve} est déjà demandé ({detail})",
			En: "{balise}: {trouve} is claimed already ({detail})",
		},
		Aide: modele.Texte{
			Fr: "un ESMS n'est financé qu'une fois : retirez-le, ou annulez l'autre demande",
			En: "an ESMS is funded once: take it out, or cancel the other request",
		},
		Faux: `"FINESSGeos": ["010000032"]`, Juste: `"FINESSGeos": ["010000016"]`,
	},
}
