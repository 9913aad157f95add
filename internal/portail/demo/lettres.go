package demo

import (
	"guichet/internal/portail/compte"
	"guichet/modele"
)

// dits are what the fictitious agency says in its letters.
var dits = map[string]modele.Texte{
	"tribunal":     {Fr: "le tribunal administratif d'Exemple, 2 place de l'Exemple, 99999 EXEMPLE", En: "the administrative court of Exemple, 2 place de l'Exemple, 99999 EXEMPLE"},
	"superieur":    {Fr: "la direction générale de l'agence d'essai, 1 rue de l'Exemple, 99999 EXEMPLE", En: "the head office of the trial agency, 1 rue de l'Exemple, 99999 EXEMPLE"},
	"texte":        {Fr: "Appel à financement fictif, version 2.0 du 1er septembre 2026.", En: "Fictitious call for funding, version 2.0 of 1 September 2026."},
	"limite":       {Fr: "30 septembre 2027 à 12 h, heure de Paris.", En: "30 September 2027 at 12 noon, Paris time."},
	"piecesSolde":  {Fr: "- la facture acquittée ;\n- l'attestation de service fait, signée par l'ESMS.", En: "- the paid invoice;\n- the certificate of completion, signed by the ESMS."},
	"seuils":       {Fr: "Exemple : 50 % des usagers de chaque ESMS ont un dossier actif dans le logiciel.", En: "Example: 50% of the users of each ESMS have an active file in the software."},
	"controles":    {Fr: "Exemple : des contrôles sur pièces et sur place peuvent avoir lieu pendant dix ans ; gardez les justificatifs.", En: "Example: controls of documents and on the spot may take place for ten years; keep the evidence."},
	"recouvrement": {Fr: "Exemple : ce qui a été versé sans être dû est reversé dans les deux mois d'un titre de recettes.", En: "Example: what was paid without being due is paid back within two months of a recovery order."},
}

// reglerLettres has the agency say what its letters need.
func (p *recit) reglerLettres() {
	if p.err != nil {
		return
	}
	p.rater("say what letters need", p.Lettres.Regler(p.ctx, p.agent.Compte, dits))
	p.rater("say as what somebody decides", p.Lettres.Qualifier(p.ctx, p.agent.Compte, p.decide.Compte, modele.Texte{Fr: "responsable du pôle d'exemple", En: "head of the example unit"}))
}

// accorder has a supplier agree to be notified by electronic means.
func (p *recit) accorder(i compte.Identite) {
	if p.err == nil {
		p.rater("agree to electronic notification", p.Lettres.Accorder(p.ctx, i, true))
	}
}
