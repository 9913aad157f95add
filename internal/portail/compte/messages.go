package compte

import (
	"strings"
	"time"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// ecrire makes a mail to a person, of paragraphs.
func (p personne) ecrire(sujet modele.Texte, paragraphes ...modele.Texte) Courriel {
	var b strings.Builder
	for _, t := range append(paragraphes, toujours) {
		if t := t.In(p.langue); t != "" {
			b.WriteString(t + "\n\n")
		}
	}
	return Courriel{A: p.courriel, Nom: p.nom, Langue: p.langue, Sujet: sujet.In(p.langue), Texte: strings.TrimSuffix(b.String(), "\n")}
}

// pasMoi says what to do when it was somebody else.
func pasMoi(adresse string) modele.Texte {
	return modele.Texte{Fr: "Si ce n'est pas vous, demandez aussitôt un nouveau mot de passe :\n" + adresse + "/mot-de-passe-oublie",
		En: "If it was not you, ask for a new password at once:\n" + adresse + "/mot-de-passe-oublie"}
}

func (p personne) invitation(avant modele.Texte, pour, lien string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Ouvrez votre compte au guichet", En: "Open your account at the counter"}, avant,
		modele.Texte{Fr: "Un compte vous attend au guichet, pour agir au nom de « " + pour + " ».",
			En: "An account awaits you at the counter, to act for “" + pour + "”."},
		modele.Texte{Fr: "Ouvrez-le ou déclinez par ce lien, valable une seule fois et pendant 7 jours :\n" + lien,
			En: "Open it or decline by this link, which works once and for 7 days:\n" + lien},
		modele.Texte{Fr: "Si vous n'attendiez pas ce message, ignorez-le : sans vous, le compte reste fermé.",
			En: "If you did not expect this message, ignore it: without you the account stays closed."})
}

// rolePropose is the invitation of who has an account.
func (p personne) rolePropose(avant modele.Texte, pour, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Vous êtes invité à agir au guichet", En: "You are invited to act at the counter"}, avant,
		modele.Texte{Fr: "Vous êtes invité à agir au guichet au nom de « " + pour + " », avec le compte que vous y avez déjà.",
			En: "You are invited to act at the counter for “" + pour + "”, with the account that you have there already."},
		modele.Texte{Fr: "Connectez-vous comme d'habitude, puis acceptez ou déclinez, dans les 7 jours :\n" + adresse + "/invitations",
			En: "Sign in as usual, then accept or decline, within 7 days:\n" + adresse + "/invitations"},
		modele.Texte{Fr: "Tant que vous n'acceptez pas, rien ne change et qui vous invite ne sait rien de votre compte. Si vous n'attendiez pas ce message, ignorez-le.",
			En: "Until you accept, nothing changes and who invites you knows nothing of your account. If you did not expect this message, ignore it."})
}

// declinee tells those who decide who acts that an invitation was declined.
func (p personne) declinee(qui, pour, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Une invitation est déclinée", En: "An invitation is declined"},
		modele.Texte{Fr: qui + " décline l'invitation à agir au nom de « " + pour + " » : l'invitation n'est plus dans la liste.",
			En: qui + " declines the invitation to act for “" + pour + "”: the invitation is no longer in the list."},
		modele.Texte{Fr: "Les personnes qui agissent, et comment en inviter :\n" + adresse + "/personnes", En: "The people who act, and how to invite them:\n" + adresse + "/personnes"})
}

// dejaFerme is told instead of an invitation to who has a closed account.
func (p personne) dejaFerme(avant modele.Texte, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Votre compte au guichet est fermé", En: "Your account at the counter is closed"}, avant,
		modele.Texte{Fr: "Votre compte au guichet a été fermé par l'agence : écrivez-lui pour qu'elle le rouvre. Pour la joindre :\n" + adresse + "/mentions-legales",
			En: "The agency has closed your account at the counter: write to it to have it opened again. How to reach it:\n" + adresse + "/mentions-legales"})
}

func (p personne) motDePasseOublie(lien string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Choisissez un nouveau mot de passe", En: "Choose a new password"},
		modele.Texte{Fr: "Quelqu'un, sans doute vous, a demandé un nouveau mot de passe pour ce compte du guichet.",
			En: "Someone, probably you, asked for a new password for this account at the counter."},
		modele.Texte{Fr: "Choisissez-le par ce lien, valable une seule fois et pendant une heure :\n" + lien,
			En: "Choose it by this link, which works once and for one hour:\n" + lien},
		modele.Texte{Fr: "Si ce n'est pas vous, ignorez ce message : rien n'a changé.",
			En: "If it was not you, ignore this message: nothing has changed."})
}

func (p personne) motDePasseChange(adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Votre mot de passe a changé", En: "Your password has changed"},
		modele.Texte{Fr: "Le mot de passe de votre compte au guichet vient de changer. Les autres sessions sont terminées.",
			En: "The password of your account at the counter has just changed. The other sessions have ended."},
		pasMoi(adresse))
}

func (p personne) secondFacteurChange(actif bool, adresse string) Courriel {
	quoi := modele.Texte{Fr: "Le second facteur de votre compte au guichet vient d'être retiré.", En: "The second factor of your account at the counter has just been taken away."}
	if actif {
		quoi = modele.Texte{Fr: "Un second facteur protège désormais votre compte au guichet.", En: "A second factor now protects your account at the counter."}
	}
	return p.ecrire(modele.Texte{Fr: "Votre second facteur a changé", En: "Your second factor has changed"}, quoi,
		pasMoi(adresse))
}

func (p personne) nouveauNavigateur(quel string, quand time.Time, adresse string) Courriel {
	fr, en := " depuis un navigateur qui n'était pas connu", " from a browser that was not known"
	if quel != "" {
		fr, en = fr+" ("+quel+")", en+" ("+quel+")"
	}
	le := web.Heure(quand)
	return p.ecrire(modele.Texte{Fr: "Connexion depuis un nouveau navigateur", En: "Sign-in from a new browser"},
		modele.Texte{Fr: "Quelqu'un, sans doute vous, s'est connecté à votre compte du guichet le " + le.Fr + fr + ". Si c'est vous, il n'y a rien à faire.",
			En: "Someone, probably you, signed in to your account at the counter on " + le.En + en + ". If it was you, there is nothing to do."},
		modele.Texte{Fr: "Sinon, terminez cette session depuis « Mon compte » :\n" + adresse + "/compte", En: "Otherwise end that session from “My account”:\n" + adresse + "/compte"},
		pasMoi(adresse))
}

// nomExploitant is who runs the program, for a mail.
var nomExploitant = modele.Texte{Fr: "l'exploitant du guichet", En: "the operator of the counter"}

func (p personne) facteurLeve(par, motif, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Votre second facteur est retiré", En: "Your second factor is taken away"},
		modele.Texte{Fr: "Le second facteur de votre compte au guichet vient d'être retiré par " + par + ", qui donne ce motif :\n" + motif,
			En: "The second factor of your account at the counter has just been taken away by " + par + ", who gives this reason:\n" + motif},
		modele.Texte{Fr: "Vos sessions sont terminées et vos codes de secours ne servent plus. Connectez-vous avec votre mot de passe, puis mettez un nouveau second facteur en place :\n" + adresse + "/compte/second-facteur",
			En: "Your sessions have ended and your recovery codes no longer work. Sign in with your password, then set up a new second factor:\n" + adresse + "/compte/second-facteur"},
		modele.Texte{Fr: "Si vous ne l'avez pas demandé, prévenez l'agence, et demandez aussitôt un nouveau mot de passe :\n" + adresse + "/mot-de-passe-oublie",
			En: "If you did not ask for it, tell the agency, and ask for a new password at once:\n" + adresse + "/mot-de-passe-oublie"})
}

// mesure tells what the agency did about an account.
func (p personne) mesure(fait modele.Texte, motif, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "L'agence a agi sur votre compte", En: "The agency has acted on your account"}, fait,
		modele.Texte{Fr: "Son motif :\n" + motif, En: "Its reason:\n" + motif},
		modele.Texte{Fr: "Votre compte :\n" + adresse + "/compte", En: "Your account:\n" + adresse + "/compte"})
}

func (p personne) secoursPris(restants int, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Un code de secours a servi", En: "A recovery code was used"},
		modele.Texte{Fr: "Un code de secours de votre compte au guichet vient de servir. Codes restants : " + ecrit.Nombre(int64(restants)).Fr + ".",
			En: "A recovery code of your account at the counter has just been used. Codes left: " + ecrit.Nombre(int64(restants)).En + "."},
		pasMoi(adresse))
}

func (p personne) roleRetire(pour, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Vous n'agissez plus pour un fournisseur", En: "You no longer act for a supplier"},
		modele.Texte{Fr: "Votre compte au guichet ne permet plus d'agir au nom de « " + pour + " ».",
			En: "Your account at the counter no longer lets you act for “" + pour + "”."},
		modele.Texte{Fr: "Pour qui vous pouvez encore agir :\n" + adresse + "/agir-pour", En: "For whom you can still act:\n" + adresse + "/agir-pour"})
}

func (p personne) roleChange(role, peut, pour, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Votre rôle a changé", En: "Your role has changed"},
		modele.Texte{Fr: "Au nom de « " + pour + " », votre rôle au guichet est désormais « " + role + " » : ce rôle " + peut + ".",
			En: "For “" + pour + "”, your role at the counter is now “" + role + "”: this role " + peut + "."},
		modele.Texte{Fr: "Pour qui vous pouvez agir :\n" + adresse + "/agir-pour", En: "For whom you can act:\n" + adresse + "/agir-pour"})
}

// mandatDonne tells an owner that the people may act for another supplier.
func (p personne) mandatDonne(mandant, mandataire, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Un mandat est donné à votre entreprise", En: "A mandate is given to your company"},
		modele.Texte{Fr: "« " + mandant + " » donne mandat à « " + mandataire + " » : les personnes de votre entreprise peuvent déposer et suivre en son nom, chacune selon son rôle.",
			En: "“" + mandant + "” gives a mandate to “" + mandataire + "”: the people of your company may deposit and follow in its name, each by the own role."},
		modele.Texte{Fr: "Pour agir en son nom, choisissez-le :\n" + adresse + "/agir-pour", En: "To act in its name, choose it:\n" + adresse + "/agir-pour"})
}

// mandatFini tells an owner that this is over.
func (p personne) mandatFini(mandant, mandataire, adresse string) Courriel {
	return p.ecrire(modele.Texte{Fr: "Un mandat de votre entreprise a pris fin", En: "A mandate of your company has ended"},
		modele.Texte{Fr: "« " + mandant + " » met fin au mandat de « " + mandataire + " » : votre entreprise ne dépose ni ne suit plus en son nom. Ce qui a été déposé reste.",
			En: "“" + mandant + "” ends the mandate of “" + mandataire + "”: your company no longer deposits nor follows in its name. What was deposited stays."},
		modele.Texte{Fr: "Les mandats de votre entreprise :\n" + adresse + "/mandats", En: "The mandates of your company:\n" + adresse + "/mandats"})
}

// toujours ends the mails that nobody can refuse.
var toujours = modele.Texte{
	Fr: "Ce message vous concerne directement : ceux de cette sorte partent toujours.",
	En: "This message concerns you directly: those of its kind are always sent.",
}

func (p personne) cleChange(neuve bool, nom, adresse string) Courriel {
	sujet := modele.Texte{Fr: "Une clé d'accès est retirée", En: "A passkey is removed"}
	quoi := dit("La clé d'accès « %s » vient d'être retirée de votre compte au guichet.", "The passkey “%s” has just been removed from your account at the counter.", nom)
	if neuve {
		sujet = modele.Texte{Fr: "Nouvelle clé d'accès", En: "New passkey"}
		quoi = dit("La clé d'accès « %s » vient d'être enregistrée pour votre compte au guichet : elle sert de second facteur.", "The passkey “%s” has just been registered for your account at the counter: it is a second factor.", nom)
	}
	return p.ecrire(sujet, quoi, pasMoi(adresse))
}

// federationChange tells that an account is tied to the identity provider, or no longer is.
func (p personne) federationChange(lie bool, par modele.Texte, adresse string) Courriel {
	quoi := modele.Texte{Fr: "Votre compte au guichet est délié de la connexion par " + par.Fr + ".", En: "Your account at the counter is untied from the sign-in through " + par.En + "."}
	if lie {
		quoi = modele.Texte{Fr: "On peut désormais se connecter à votre compte du guichet par " + par.Fr + ", où votre adresse électronique est vérifiée.", En: "One can now sign in to your account at the counter through " + par.En + ", where your e-mail address is verified."}
	}
	return p.ecrire(modele.Texte{Fr: "Connexion par le compte de l'agence", En: "Sign-in with the agency's account"}, quoi,
		modele.Texte{Fr: "Pour le délier, ou voir vos sessions :\n" + adresse + "/compte", En: "To untie it, or see your sessions:\n" + adresse + "/compte"}, pasMoi(adresse))
}
