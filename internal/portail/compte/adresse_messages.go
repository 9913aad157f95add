package compte

import "guichet/modele"

// aNouvelleAdresse is the mail by which an address is proved.
func (p personne) aNouvelleAdresse(courriel, lien string) Courriel {
	p.courriel = courriel
	return p.ecrire(modele.Texte{Fr: "Confirmez votre nouvelle adresse", En: "Confirm your new address"},
		modele.Texte{Fr: "Vous avez demandé que cette adresse soit celle de votre compte au guichet.", En: "You asked for this address to be that of your account at the counter."},
		modele.Texte{Fr: "Confirmez-le par ce lien, valable 24 heures, dans le navigateur où vous êtes connecté :\n" + lien,
			En: "Confirm it by this link, which works for 24 hours, in the browser in which you are signed in:\n" + lien},
		modele.Texte{Fr: "Si vous n'avez rien demandé, ignorez ce message : le lien n'ouvre rien à qui n'est pas connecté à ce compte.",
			En: "If you asked for nothing, ignore this message: the link opens nothing to who is not signed in to that account."})
}

// adressePrise tells whoever has an account that somebody asked for its address.
func (p personne) adressePrise(adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Votre adresse a déjà un compte", En: "Your address has an account already"},
		modele.Texte{Fr: "Quelqu'un, peut-être vous, a demandé cette adresse pour un autre compte du guichet. Elle est déjà celle d'un compte ou d'une invitation : rien n'a changé.",
			En: "Someone, maybe you, asked for this address for another account at the counter. It is that of an account or an invitation already: nothing has changed."},
		modele.Texte{Fr: "Pour vous connecter au compte qui a cette adresse :\n" + adresse + "/connexion", En: "To sign in to the account that has this address:\n" + adresse + "/connexion"})
}

func (p personne) adresseDemandee(nouvelle, lien string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Un changement d'adresse est demandé", En: "A change of address is asked for"},
		modele.Texte{Fr: "Quelqu'un, sans doute vous, a demandé que votre compte au guichet ait une autre adresse :\n" + nouvelle,
			En: "Someone, probably you, asked for your account at the counter to have another address:\n" + nouvelle},
		modele.Texte{Fr: "Si c'est vous, il n'y a rien à faire ici : le changement se confirme par le message envoyé à cette adresse.",
			En: "If it was you, there is nothing to do here: the change is confirmed by the message sent to that address."},
		siPasMoi(lien))
}

func (p personne) adresseChangee(nouvelle, lien string) Courriel {
	return p.ecrire(modele.Texte{Fr: "L'adresse de votre compte a changé", En: "The address of your account has changed"},
		modele.Texte{Fr: "L'adresse de votre compte au guichet est désormais :\n" + nouvelle, En: "The address of your account at the counter is now:\n" + nouvelle},
		modele.Texte{Fr: "Vous ne recevrez plus de message ici.", En: "You will get no more messages here."},
		siPasMoi(lien))
}

// siPasMoi gives the link that stops a change.
func siPasMoi(lien string) modele.Texte {
	return modele.Texte{Fr: "Si ce n'est pas vous, arrêtez-le par ce lien ; il marche encore trois jours après le changement :\n" + lien,
		En: "If it was not you, stop it by this link; it works for three days after the change:\n" + lien}
}

func (p personne) adresseEnPlace(adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Votre nouvelle adresse est en place", En: "Your new address is in place"},
		modele.Texte{Fr: "Connectez-vous désormais avec cette adresse. Vos autres sessions sont terminées.", En: "Sign in with this address from now on. Your other sessions have ended."},
		modele.Texte{Fr: "Vous connecter :\n" + adresse + "/connexion", En: "Sign in:\n" + adresse + "/connexion"})
}

func (p personne) adresseArretee(lien string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Le changement d'adresse est arrêté", En: "The change of address is stopped"},
		modele.Texte{Fr: "Votre compte au guichet garde cette adresse. Qui avait demandé le changement connaissait votre mot de passe : il ne sert plus, et les sessions sont terminées.",
			En: "Your account at the counter keeps this address. Whoever asked for the change knew your password: it no longer works, and the sessions have ended."},
		modele.Texte{Fr: "Choisissez-en un autre par ce lien, valable une seule fois et pendant une heure :\n" + lien,
			En: "Choose another one by this link, which works once and for one hour:\n" + lien},
		modele.Texte{Fr: "Vérifiez aussi votre second facteur ; au moindre doute, prévenez l'agence.", En: "Look at your second factor, too; when in doubt tell the agency."})
}
