package enrolement

import (
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// ecrire makes a mail to who asked.
func (e Enrolement) ecrire(sujet modele.Texte, paragraphes ...modele.Texte) compte.Courriel {
	return ecrire(e.Dossier.Courriel, e.Dossier.Contact, e.Langue, modele.Texte{Fr: sujet.Fr + " – " + e.Reference, En: sujet.En + " – " + e.Reference}, paragraphes...)
}

func ecrire(a, nom string, l modele.Langue, sujet modele.Texte, paragraphes ...modele.Texte) compte.Courriel {
	textes := make([]string, 0, len(paragraphes)+1)
	for _, p := range append(paragraphes, toujours) {
		textes = append(textes, p.In(l))
	}
	return compte.Courriel{A: a, Nom: nom, Langue: l, Sujet: sujet.In(l), Texte: strings.Join(textes, "\n\n") + "\n"}
}

// recu says the same whatever is enrolled already: a stranger learns nothing.
func (e Enrolement) recu(lien string) compte.Courriel {
	return e.ecrire(modele.Texte{Fr: "Demande d'enrôlement reçue", En: "Enrolment request received"},
		modele.Texte{Fr: "Votre demande est arrivée sous la référence " + e.Reference + ". L'agence l'examine, puis vous écrit à cette adresse.",
			En: "Your request has arrived under the reference " + e.Reference + ". The agency looks at it, then writes to you at this address."},
		modele.Texte{Fr: "Pour voir où elle en est, ouvrez ce lien ; ne le transmettez pas :\n" + lien, En: "To see where it stands, open this link; do not pass it on:\n" + lien})
}

func (e Enrolement) refusee(motif, lien string) compte.Courriel {
	return e.ecrire(modele.Texte{Fr: "Demande à corriger", En: "Request to correct"},
		modele.Texte{Fr: "L'agence n'a pas accepté votre demande " + e.Reference + ". Son motif :", En: "The agency did not accept your request " + e.Reference + ". Its reason:"},
		modele.Texte{Fr: ecrit.Citer(motif), En: ecrit.Citer(motif)},
		modele.Texte{Fr: "Corrigez-la et renvoyez-la par ce lien ; ce que vous aviez saisi y est :\n" + lien, En: "Correct it and send it again by this link; what you had typed is there:\n" + lien})
}

// acceptee tells of a change; to who is enrolled the invitation tells it (accord).
func (e Enrolement) acceptee(adresse string) compte.Courriel {
	return e.ecrire(modele.Texte{Fr: "Demande acceptée", En: "Request accepted"}, e.accord(),
		modele.Texte{Fr: "Le changement est fait ; il se voit sur votre page :\n" + adresse + "/entreprise", En: "The change is made; your page shows it:\n" + adresse + "/entreprise"})
}

func (e Enrolement) accord() modele.Texte {
	return modele.Texte{Fr: "L'agence a accepté votre demande " + e.Reference + ".", En: "The agency accepted your request " + e.Reference + "."}
}

// toujours ends the mails that nobody can refuse.
var toujours = modele.Texte{
	Fr: "Ce message vous concerne directement : ceux de cette sorte partent toujours.",
	En: "This message concerns you directly: those of its kind are always sent.",
}
