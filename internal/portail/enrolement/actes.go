package enrolement

import (
	"net/http"
	"slices"
	"strconv"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// What cannot be taken back is read before it is done (web.Route.Acte).

// acteDecision is about a request that is accepted for good or refused. An opinion can be taken back; a choice that is none, a
// refusal without a reason and a request that changed are refused by the decision itself.
func (s *Service) acteDecision(r *http.Request) (*web.Acte, error) {
	p, err := s.pageExamen(r)
	if err != nil {
		return nil, err
	}
	d := Decision{Accepte: r.PostForm.Get("decision") == "accepter", Motif: r.PostForm.Get("motif")}
	switch {
	case p.E.Etat != Demande, r.PostForm.Get("envoi") != p.Envoi, p.ADeux && p.Mien:
		return nil, nil
	case d.Accepte && p.ADeux && p.E.Avis == 0:
		return nil, nil
	case d.Accepte:
		return p.acteAcceptation(), nil
	case r.PostForm.Get("decision") != "refuser" || d.verifier() != nil:
		return nil, nil
	}
	suite := modele.Texte{
		Fr: "Le fournisseur reçoit aussitôt un courriel avec ce motif, et un lien pour corriger : « " + d.Motif + " »",
		En: "The supplier gets a mail at once with this reason, and a link to correct: “" + d.Motif + "”",
	}
	return &web.Acte{
		Titre:  p.question("Refuser", "Refuse"),
		Suites: []modele.Texte{suite, {Fr: "Un courriel parti ne se reprend pas : une autre décision demande que la demande soit renvoyée.", En: "A mail that has left cannot be taken back: another decision takes a request that is sent again."}},
		Faire:  modele.Texte{Fr: "Refuser", En: "Refuse"},
	}, nil
}

func (p *pageExamen) question(fr, en string) modele.Texte {
	quoi := p.E.Reference + ", " + p.E.Dossier.RaisonSociale
	return modele.Texte{Fr: fr + " la demande " + quoi + " ?", En: en + " the request " + quoi + "?"}
}

func (p *pageExamen) acteAcceptation() *web.Acte {
	suite := map[Genre]modele.Texte{
		Enroler:  {Fr: "Le fournisseur est enrôlé avec ses logiciels, et " + p.E.Dossier.Courriel + " reçoit le lien qui ouvre le compte du propriétaire.", En: "The supplier is enrolled with its software, and " + p.E.Dossier.Courriel + " gets the link that opens the owner's account."},
		Ajout:    {Fr: "Le logiciel est ajouté à ceux du fournisseur, qui peut déposer pour lui aussitôt.", En: "The software is added to the supplier's, who can deposit for it at once."},
		Virement: {Fr: "Les versements iront au compte " + p.IBAN(p.E.Dossier.IBAN) + " (" + p.E.Dossier.Titulaire + "), à la place de l'ancien.", En: "Payments will go to the account " + p.IBAN(p.E.Dossier.IBAN) + " (" + p.E.Dossier.Titulaire + "), instead of the former one."},
	}
	return &web.Acte{
		Titre:  p.question("Accepter", "Accept"),
		Suites: []modele.Texte{suite[p.E.Genre], {Fr: "C'est fait aussitôt et ne se défait pas d'ici ; le fournisseur en est prévenu.", En: "It is done at once and cannot be undone from here; the supplier is told."}},
		Faire:  modele.Texte{Fr: "Accepter", En: "Accept"},
	}
}

// acteSuspension is about a supplier that may deposit no longer.
func (s *Service) acteSuspension(r *http.Request) (*web.Acte, error) {
	id, _ := strconv.ParseInt(r.PathValue("fournisseur"), 10, 64) // there is no supplier 0
	p, err := s.pageFournisseur(r, id)
	d := Decision{Motif: r.PostForm.Get("motif")}
	if err != nil || p.F.Suspendu || r.PostForm.Get("action") == "reactiver" || d.verifier() != nil {
		return nil, err
	}
	nom := p.F.Dossier.RaisonSociale
	return &web.Acte{
		Titre: modele.Texte{Fr: "Suspendre " + nom + " ?", En: "Suspend " + nom + "?"},
		Suites: []modele.Texte{
			{Fr: "Ses personnes et ses mandataires ne peuvent plus déposer ni envoyer de pièces ; un envoi en cours est refusé. Ils suivent toujours leurs demandes.", En: "Its people, and those with its mandate, can no longer deposit or send documents; what is being sent is refused. They can still follow the requests."},
			{Fr: "Un courriel part aussitôt, avec ce motif : « " + d.Motif + " »", En: "A mail leaves at once, with this reason: “" + d.Motif + "”"},
		},
		Faire: modele.Texte{Fr: "Suspendre", En: "Suspend"},
	}, nil
}

// acteLogiciel is about a software that is taken out of a draft.
func (s *Service) acteLogiciel(r *http.Request) (*web.Acte, error) {
	e, err := s.Lire(r.Context(), s.secret(r))
	if err != nil || !e.Modifiable() {
		return nil, nil // there is no draft: the act itself leads to where there may be one
	}
	numero := r.PostForm.Get("numeroAns")
	i := slices.IndexFunc(e.Dossier.Logiciels, func(l Logiciel) bool { return l.NumeroAns == numero })
	if i < 0 {
		return nil, nil
	}
	l := e.Dossier.Logiciels[i]
	quoi := l.Nom + " " + l.Version + " (" + l.NumeroAns + ")"
	return &web.Acte{
		Titre:  modele.Texte{Fr: "Retirer " + quoi + " ?", En: "Take " + quoi + " away?"},
		Suites: []modele.Texte{{Fr: "Le logiciel et ses profils sont effacés du brouillon. Pour l'y remettre, il faudra les saisir à nouveau.", En: "The software and its profiles are erased from the draft. To put it back, they will have to be typed again."}},
		Faire:  modele.Texte{Fr: "Retirer ce logiciel", En: "Take this software away"},
	}, nil
}
