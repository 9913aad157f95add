package instruction

import (
	"strings"

	"guichet/modele"
)

// libres are the fields of the sheet's acts that are typed into, as their forms name them.
var libres = []struct {
	champ string
	nom   modele.Texte
}{
	{"modification", modele.Texte{Fr: "Ce que le fournisseur doit changer", En: "What the supplier is to change"}},
	{"texte", modele.Texte{Fr: "Précisions, en fait", En: "In fact, more precisely"}},
	{"jusqua", modele.Texte{Fr: "Jusqu'au", En: "Until"}},
	{"attente", modele.Texte{Fr: "Parce que", En: "Because"}},
	{"renvoi", modele.Texte{Fr: "Pourquoi ?", En: "Why?"}},
	{"reprise", modele.Texte{Fr: "Reprendre la décision : pourquoi ?", En: "Take the decision back: why?"}},
	{"reouverture", modele.Texte{Fr: "Pourquoi ? Le fournisseur le lira.", En: "Why? The supplier will read it."}},
	{"note", modele.Texte{Fr: "Ajouter une note", En: "Add a note"}},
}

// retenir keeps what was typed into an act that is refused, for the page may have its form no longer: the demande was given back, taken by
// somebody else, or has gone on to another state.
func (p *pageFeuille) retenir() {
	for _, x := range libres {
		p.Retenir(x.champ, p.Tx(x.nom))
	}
	p.RetenirTexte("motif", p.T("Motifs", "Reasons"), p.motifsCoches())
	for _, x := range p.Points {
		dite := Repondu{Reponse: Reponse(p.Valeur("r-" + x.Code))}
		if dite.Reponse != "" && dite.Reponse != x.Reponse {
			p.RetenirTexte("r-"+x.Code, p.Tx(x.Question), p.Tx(motsReponses[dite.Reponse]))
		}
		if p.Valeur("n-"+x.Code) != x.Remarque {
			p.Retenir("n-"+x.Code, p.T("Remarque : ", "Remark: ")+p.Tx(x.Question))
		}
	}
	if p.Valeur("montant") != p.Propose() {
		p.Retenir("montant", p.T("Montant accordé, hors taxe", "Amount granted, before tax"))
	}
}

// motifsCoches are the reasons that were ticked, line by line.
func (p *pageFeuille) motifsCoches() string {
	if len(p.Valeurs("motif")) == 0 {
		return "" // what the sheet suggests was not ticked
	}
	var noms []string
	for _, m := range p.ChoixMotifs() {
		if m.Choisi {
			noms = append(noms, m.Libelle)
		}
	}
	return strings.Join(noms, "\n")
}
