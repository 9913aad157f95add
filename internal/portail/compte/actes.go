package compte

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// What cannot be taken back is read before it is done (web.Route.Acte): to whom it happens, and what follows.

// dit is one text in both languages, with the same names in it: %s stands for each in turn.
func dit(fr, en string, noms ...string) modele.Texte {
	for _, nom := range noms {
		fr, en = strings.Replace(fr, "%s", nom, 1), strings.Replace(en, "%s", nom, 1)
	}
	return modele.Texte{Fr: fr, En: en}
}

// acteRetrait is about a person who is taken off the list.
func (s *Service) acteRetrait(r *http.Request) (*web.Acte, error) {
	i, _ := De(r.Context())
	p, err := s.pagePersonne(r)
	if err != nil {
		return nil, err
	}
	if dernier, err := s.dernierChef(r.Context(), p.Membre.Compte, i.Fournisseur); err != nil || dernier {
		return nil, err // it will be refused, and nobody is to confirm that
	}
	if p.Soi {
		return &web.Acte{
			Titre:  dit("Quitter la liste ?", "Leave the list?"),
			Suites: []modele.Texte{dit("Vous ne pourrez plus agir ici dès votre prochaine page. Ce que vous avez déposé reste. Pour revenir, il faudra qu'une autre personne vous invite.", "You can no longer act here from your next page on. What you deposited stays. To come back, another person has to invite you.")},
			Faire:  dit("Quitter la liste", "Leave the list"),
		}, nil
	}
	if p.Membre.Invite {
		return &web.Acte{
			Titre:  dit("Reprendre l'invitation de %s ?", "Take back the invitation of %s?", p.Membre.Nom),
			Suites: []modele.Texte{dit("%s (%s) ne pourra plus l'accepter. Vous pourrez inviter à nouveau.", "%s (%s) can no longer accept it. You can invite again.", p.Membre.Nom, p.Membre.Courriel)},
			Faire:  dit("Reprendre l'invitation", "Take the invitation back"),
		}, nil
	}
	suites := []modele.Texte{dit("%s (%s) ne pourra plus agir ici dès sa prochaine page. Ce qui a été déposé reste. Revenir demande une nouvelle invitation.", "%s (%s) can no longer act here from the next page on. What was deposited stays. Coming back takes a new invitation.", p.Membre.Nom, p.Membre.Courriel)}
	tenues, err := s.suiteTenues(r.Context(), i.Fournisseur, p.Membre.Compte)
	return &web.Acte{
		Titre:  dit("Retirer %s de la liste ?", "Take %s off the list?", p.Membre.Nom),
		Suites: append(suites, tenues...),
		Faire:  dit("Retirer de la liste", "Take off the list"),
	}, err
}

// suiteTenues says what becomes of the demandes that a person of the agency holds; nothing where there is none.
func (s *Service) suiteTenues(ctx context.Context, fournisseur, compte int64) ([]modele.Texte, error) {
	if fournisseur != Agence || s.Tient == nil {
		return nil, nil
	}
	n, err := s.Tient(ctx, compte)
	if err != nil || n == 0 {
		return nil, err
	}
	t := ecrit.Compter(n, modele.Texte{Fr: "demande", En: "request"}, modele.Texte{Fr: "demandes", En: "requests"})
	return []modele.Texte{{
		Fr: "Cette personne tient " + t.Fr + ", qui restent à son nom. Confiez-les à quelqu'un d'autre, avant ou après, dans « Confier mes demandes » (/absence).",
		En: "This person holds " + t.En + ", which stay in that name. Hand them over to somebody else, before or after, in “Hand my requests over” (/absence).",
	}}, nil
}

// dernierChef tells whether a person is the last one who decides who else acts there: neither leaves nor gives that up.
func (s *Service) dernierChef(ctx context.Context, compte, fournisseur int64) (bool, error) {
	p, err := lirePersonne(ctx, s.Base.Lire(), compte)
	if err != nil {
		return false, err
	}
	err = garderChef(ctx, s.Base.Lire(), fournisseur, p)
	if _, refus := errors.AsType[*Faute](err); refus {
		return true, nil
	}
	return false, err
}

// acteRole is about people who give up their own role: nobody gives it back to themselves.
func (s *Service) acteRole(r *http.Request) (*web.Acte, error) {
	i, _ := De(r.Context())
	p, err := s.pagePersonne(r)
	voulu := rolesChoisis(r)
	if err != nil || !p.Soi || voulu == p.Membre.Role || verifierRole(i.Fournisseur, voulu) != nil {
		return nil, err
	}
	if dernier, err := s.dernierChef(r.Context(), i.Compte, i.Fournisseur); err != nil || dernier && !voulu.Comprend(chef(i.Fournisseur)) {
		return nil, err
	}
	nom := struct{ Nom, Peut modele.Texte }{voulu.Nom(), voulu.peut()}
	return &web.Acte{
		Titre: dit("Changer votre propre rôle ?", "Change your own role?"),
		Suites: []modele.Texte{{
			Fr: "Vous serez « " + nom.Nom.Fr + " » : ce rôle " + nom.Peut.Fr + ". Vous ne pourrez pas revenir en arrière vous-même : une autre personne devra vous rendre votre rôle.",
			En: "You will be “" + nom.Nom.En + "”: this role " + nom.Peut.En + ". You cannot go back by yourself: another person has to give you your role again.",
		}},
		Faire: dit("Changer mon rôle", "Change my role"),
	}, nil
}

// acteMesure is about somebody whose sessions the agency ends, or whose account it closes. Without a reason it is refused anyway.
func (s *Service) acteMesure(titre, suite, faire modele.Texte) func(*http.Request) (*web.Acte, error) {
	return func(r *http.Request) (*web.Acte, error) {
		p, _, err := s.pageGerer(r)
		if err != nil {
			return nil, err
		}
		motif, _ := nettoyerMotif(r.PostFormValue("motif")) // the act itself says what is wrong, beside the field
		if motif == "" || p.Soi {
			return nil, nil
		}
		return &web.Acte{
			Titre: dit(titre.Fr, titre.En, p.Membre.Nom),
			Suites: []modele.Texte{
				dit(suite.Fr, suite.En, p.Membre.Nom, p.Membre.Courriel),
				dit("Un courriel l'en prévient, avec ce motif : « %s »", "A mail tells the person, with this reason: “%s”", motif),
			},
			Faire: faire,
		}, nil
	}
}

func (s *Service) acteSessionsDe() func(*http.Request) (*web.Acte, error) {
	return s.acteMesure(dit("Terminer toutes les sessions de %s ?", "End all sessions of %s?"),
		dit("%s (%s) sera déconnecté partout : ce qui est en cours de saisie ou d'envoi est interrompu.", "%s (%s) will be signed out everywhere: what is being typed or sent is interrupted."),
		dit("Terminer les sessions", "End the sessions"))
}

func (s *Service) acteFermeture() func(*http.Request) (*web.Acte, error) {
	return s.acteMesure(dit("Fermer le compte de %s ?", "Close the account of %s?"),
		dit("%s (%s) ne pourra plus se connecter, pour aucun fournisseur. Ses sessions se terminent et les liens déjà envoyés ne servent plus. Seule l'agence peut rouvrir le compte.", "%s (%s) can no longer sign in, for any supplier. The sessions end, and links that were sent no longer work. Only the agency can open the account again."),
		dit("Fermer le compte", "Close the account"))
}

// acteAutres is about the other sessions of a person.
func (s *Service) acteAutres(r *http.Request) (*web.Acte, error) {
	i, _ := De(r.Context())
	sessions, err := s.Sessions(r.Context(), i)
	if err != nil || len(sessions) < 2 {
		return nil, err
	}
	n := int64(len(sessions) - 1)
	fin := ecrit.Compter(n, dit("session de votre compte se termine dans un autre navigateur", "session of your account ends in another browser"),
		dit("sessions de votre compte se terminent dans d'autres navigateurs", "sessions of your account end in other browsers"))
	return &web.Acte{
		Titre: dit("Terminer toutes les autres sessions ?", "End all other sessions?"),
		Suites: []modele.Texte{{
			Fr: fin.Fr + " : ce qui y est en cours de saisie ou d'envoi est interrompu. Celle-ci continue.",
			En: fin.En + ": what is being typed or sent there is interrupted. This one goes on.",
		}},
		Faire: dit("Terminer les autres sessions", "End the other sessions"),
	}, nil
}

// acteEffacer is about what was typed into a form, and waits to be sent.
func (s *Service) acteEffacer(r *http.Request) (*web.Acte, error) {
	i, _ := De(r.Context())
	if _, ok := s.enSession(r.Context(), i.Compte); !ok {
		return nil, nil
	}
	return &web.Acte{
		Titre:  dit("Effacer ce qui était saisi ?", "Erase what was typed?"),
		Suites: []modele.Texte{dit("Ce que vous aviez saisi dans ce formulaire, et qui n'est pas encore envoyé, est effacé du guichet. Il faudra le saisir à nouveau.", "What you had typed into this form, and not sent yet, is erased from the counter. It will have to be typed again.")},
		Faire:  dit("Effacer", "Erase"),
	}, nil
}

// acteRevocation is about a mandate that ends.
func (s *Service) acteRevocation(r *http.Request) (*web.Acte, error) {
	i, _ := De(r.Context())
	donnes, _, err := s.Mandats(r.Context(), i.Fournisseur)
	if err != nil {
		return nil, err
	}
	for _, m := range donnes {
		if nombre(m.ID) == r.PathValue("mandat") && m.Actif {
			return &web.Acte{
				Titre:  dit("Révoquer le mandat de %s ?", "End the mandate of %s?", m.Mandataire),
				Suites: []modele.Texte{dit("Les personnes de %s (SIRET %s) ne pourront plus déposer ni suivre en votre nom dès leur prochaine page ; un envoi en cours est refusé. Ce qui a été déposé reste. Vous pourrez donner un nouveau mandat.", "The people of %s (SIRET %s) can no longer deposit or follow in your name from their next page on; what is being sent is refused. What was deposited stays. You can give a new mandate.", m.Mandataire, m.SIRET)},
				Faire:  dit("Révoquer le mandat", "End the mandate"),
			}, nil
		}
	}
	return nil, introuvable(ErrMandat)
}
