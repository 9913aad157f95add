package decision

import (
	"guichet/modele"
)

// Motif is a reason for a refusal, or for the withdrawal of an award: what the supplier reads, and what it rests on.
type Motif struct {
	Code    string
	Retrait bool         // of a withdrawal
	Nom     modele.Texte // short, for who chooses
	Texte   modele.Texte // what the supplier reads: reasons in law and in fact (CRPA, art. L211-5)
	Article string       // what it rests on
	Version int          // 0 as it is shipped
	Inactif bool         // nobody may choose it any longer
}

// SansReponse is the reason that the counter proposes where nothing came in time.
const SansReponse = "SANS_REPONSE"

// livres are the catalogue as it is shipped, in the order of how often they were seen.
var livres = []Motif{
	{
		Code: "PLAFOND", Nom: modele.Texte{Fr: "Plafond dépassé", En: "Over the ceiling"},
		Texte:   modele.Texte{Fr: "Le montant demandé dépasse le plafond du barème pour le nombre d'ESMS de la commande.", En: "The amount asked for is over the ceiling of the barème for the number of ESMS of the order."},
		Article: "§3.1 du dossier de spécifications",
	},
	{
		Code: "MENTION", Nom: modele.Texte{Fr: "Mention ou montant absents du bon de commande", En: "Sentence or amount missing on the order form"},
		Texte:   modele.Texte{Fr: "Le bon de commande ne porte pas le montant, ou pas la mention « Montant pris en charge par l'Etat au titre du Ségur de la santé ».", En: "The order form does not have the amount, or not the sentence « Montant pris en charge par l'Etat au titre du Ségur de la santé »."},
		Article: "§1.2, étape 6, du dossier de spécifications",
	},
	{
		Code: "DEJA", Nom: modele.Texte{Fr: "ESMS déjà financé", En: "ESMS already funded"},
		Texte:   modele.Texte{Fr: "Un ESMS de la commande a déjà été financé au titre du même programme.", En: "An ESMS of the order has already been funded under the same programme."},
		Article: "arrêté du 2 février 2022, NOR SSAD2202411A",
	},
	{
		Code: "SCENARIO", Nom: modele.Texte{Fr: "Scénario contredit par le bon de commande", En: "Scenario that the order form contradicts"},
		Texte:   modele.Texte{Fr: "Le scénario d'installation déclaré contredit le bon de commande.", En: "The installation scenario that was declared contradicts the order form."},
		Article: "§3.2 du dossier de spécifications",
	},
	{
		Code: "SIGNATURE", Nom: modele.Texte{Fr: "Bon de commande non daté ou non signé", En: "Order form not dated or not signed"},
		Texte:   modele.Texte{Fr: "Le bon de commande n'est pas daté, ou n'est pas signé par le client.", En: "The order form is not dated, or not signed by the client."},
		Article: "§1.2, étape 6, du dossier de spécifications",
	},
	{
		Code: "PREUVE", Nom: modele.Texte{Fr: "Preuve du hors taxe non valable", En: "Proof of no VAT not valid"},
		Texte:   modele.Texte{Fr: "La preuve de non-assujettissement à la TVA n'est pas valable.", En: "The proof of non-liability to VAT is not valid."},
		Article: "§3.2 du dossier de spécifications",
	},
	{
		Code: SansReponse, Nom: modele.Texte{Fr: "Pièces ou réponse non reçues dans le délai", En: "Documents or answer not received in time"},
		Texte:   modele.Texte{Fr: "Les pièces ou la réponse demandées ne sont pas arrivées dans le délai fixé.", En: "The documents or the answer that were asked for did not arrive by the day set."},
		Article: "CRPA, art. L114-5",
	},
	{
		Code: "CONDITIONS", Retrait: true, Nom: modele.Texte{Fr: "Conditions de l'aide non respectées", En: "Conditions of the aid not kept"},
		Texte:   modele.Texte{Fr: "Les conditions mises à l'octroi de l'aide n'ont pas été respectées.", En: "The conditions under which the aid was granted were not kept."},
		Article: "CRPA, art. L242-2, 2°",
	},
	{
		Code: Illegale, Retrait: true, Nom: modele.Texte{Fr: "Attribution illégale, dans les quatre mois", En: "Illegal award, within four months"},
		Texte:   modele.Texte{Fr: "L'attribution ne remplissait pas les conditions que les textes lui donnent ; elle est illégale.", En: "The award did not meet the conditions that the law gives it; it is illegal."},
		Article: "CRPA, art. L242-1",
	},
	{
		Code: "FRAUDE", Retrait: true, Nom: modele.Texte{Fr: "Attribution obtenue par fraude", En: "Award obtained by fraud"},
		Texte:   modele.Texte{Fr: "L'attribution a été obtenue par fraude : elle peut être retirée à tout moment.", En: "The award was obtained by fraud: it can be withdrawn at any time."},
		Article: "CRPA, art. L241-2",
	},
}
