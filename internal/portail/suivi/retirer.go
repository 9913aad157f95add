package suivi

import (
	"context"
	"database/sql"
	"errors"
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageRetrait is what retirer.html shows.
type pageRetrait struct {
	web.Page
	Demande *Demande
	Motif   string
	abandon
}

// abandon is what a supplier that withdraws a demande gives up; its Reference is "" for nothing.
type abandon struct {
	Reference string
	Accorde   int64
}

// pageDeRetrait begins a page about a withdrawal; a demande that is decided leads back to its page.
func (s *Service) pageDeRetrait(r *http.Request) (p *pageRetrait, i compte.Identite, err error) {
	if i, err = ecrivain(r); err != nil {
		return nil, i, err
	}
	d, err := s.demandeDe(r, i, r.PathValue("numero"))
	if err != nil {
		return nil, i, err
	}
	titre := modele.Texte{Fr: "Retirer la demande " + d.NumeroASP, En: "Withdraw request " + d.NumeroASP}
	p = &pageRetrait{Page: web.NouvellePage(r, titre, filListe, web.Lien{Nom: titreDemande(d), Adresse: adresseDemande(d.NumeroASP)}), Demande: d}
	if r.Method == http.MethodPost {
		if err := p.Lire(r); err != nil {
			return nil, i, err
		}
		p.Motif = p.Requis("motif", MaxMotif, modele.Texte{Fr: "le motif", En: "the reason"})
	}
	if _, ok := etat.Pas(d.Etat, etat.Retiree, etat.Fournisseur); !ok {
		return p, i, plusRetirable(d.Etat)
	}
	if s.Attribuee != nil {
		p.Reference, p.Accorde, err = s.Attribuee(r.Context(), d.Cle)
	}
	return p, i, err
}

// retraitPerdu shows the demande as it is now to who withdrew what cannot be withdrawn any longer: the reason stays, as a message that is ready
// to go.
func (s *Service) retraitPerdu(w http.ResponseWriter, r *http.Request, i compte.Identite, motif string, refus *web.Refus) error {
	p, err := s.pageDeDemande(r, i)
	if err != nil {
		return err
	}
	p.Refuser("", refus.Texte.Fr+" Ce que vous aviez tapé est ci-dessous : vous pouvez l'envoyer comme message.", refus.Texte.En+" What you had typed stands below: you can send it as a message.")
	p.Perdue = &perdue{
		Titre: p.T("Votre retrait n'est pas fait", "Your withdrawal is not done"), Sujet: p.T("Retrait de la demande", "Withdrawal of the request"), Texte: motif,
	}
	return gabarits().MontrerEtat(w, r, refus.Etat, "montrer.html", p)
}

func plusRetirable(e etat.Etat) *web.Refus {
	nom := e.Nom()
	return &web.Refus{
		Etat:  http.StatusConflict,
		Titre: modele.Texte{Fr: "Retrait impossible", En: "Withdrawal not possible"},
		Texte: modele.Texte{
			Fr: "La demande est dans l'état « " + nom.Fr + " » : elle ne peut plus être retirée. Rien n'a changé. Écrivez à l'agence si c'est une erreur.",
			En: "The request is in the state “" + nom.En + "”: it can no longer be withdrawn. Nothing has changed. Write to the agency if this is a mistake.",
		},
	}
}

func (s *Service) preparerRetrait(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.pageDeRetrait(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "retirer.html", p)
}

// acteRetrait says what is withdrawn, and why. A reason that cannot be taken is told beside its field.
func (s *Service) acteRetrait(r *http.Request) (*web.Acte, error) {
	p, _, err := s.pageDeRetrait(r)
	if refus, ok := errors.AsType[*web.Refus](err); ok && refus.Etat == http.StatusConflict {
		return nil, nil // what was typed is not lost: see retirer
	}
	if err != nil || !p.Valide() {
		return nil, err
	}
	d := p.Demande
	suites := []modele.Texte{
		{Fr: "La demande " + d.Numero + ", de " + web.Montant(d.Montant).Fr + " hors taxe, ne sera pas instruite. C'est définitif : son numeroEditeur ne resservira pas.", En: "The request " + d.Numero + ", of " + web.Montant(d.Montant).En + " before tax, will not be examined. This is final: its numeroEditeur cannot be used again."},
	}
	if p.Reference != "" {
		suites = []modele.Texte{
			{Fr: "Vous renoncez à l'attribution n° " + p.Reference + ", de " + web.Montant(p.Accorde).Fr + " hors taxe : ce montant ne sera pas versé.", En: "You give up the award no. " + p.Reference + ", of " + web.Montant(p.Accorde).En + " before tax: that amount will not be paid."},
			{Fr: "C'est définitif : la demande " + d.Numero + " ne sera pas reprise, et son numeroEditeur ne resservira pas. La lettre de l'attribution reste lisible, marquée « abandonnée par le fournisseur ».", En: "This is final: the request " + d.Numero + " is not taken up again, and its numeroEditeur cannot be used again. The letter of the award stays readable, marked “given up by the supplier”."},
		}
	}
	return &web.Acte{
		Titre:  modele.Texte{Fr: "Retirer la demande " + d.NumeroASP + " ?", En: "Withdraw request " + d.NumeroASP + "?"},
		Suites: append(suites, modele.Texte{Fr: "L'agence lira ce motif : « " + p.Motif + " »", En: "The agency will read this reason: “" + p.Motif + "”"}),
		Faire:  modele.Texte{Fr: "Retirer définitivement", En: "Withdraw for good"},
	}, nil
}

func (s *Service) retirer(w http.ResponseWriter, r *http.Request) error {
	p, i, err := s.pageDeRetrait(r)
	refuse, ferme := errors.AsType[*web.Refus](err)
	switch {
	case ferme && p != nil:
		return s.retraitPerdu(w, r, i, p.Valeur("motif"), refuse)
	case err != nil:
		return err
	case !p.Valide():
		return gabarits().Montrer(w, r, "retirer.html", p)
	}
	err = s.Base.Ecrire(r.Context(), func(ctx context.Context, tx *sql.Tx) error {
		return s.Changer(ctx, tx, Changement{
			Fournisseur: p.Demande.Fournisseur, Depot: p.Demande.Depot, Rangs: []int{p.Demande.Rang},
			A: etat.Retiree, Par: etat.Fournisseur, Compte: i.Compte, Motif: p.Motif,
		})
	})
	var refus *Refus
	if errors.As(err, &refus) {
		return s.retraitPerdu(w, r, i, p.Motif, plusRetirable(refus.De.Montre()))
	}
	if err != nil {
		return err
	}
	n := p.Demande.NumeroASP
	fait := modele.Texte{Fr: "La demande " + n + " est retirée.", En: "Request " + n + " is withdrawn."}
	if p.Reference != "" {
		fait = modele.Texte{Fr: "La demande " + n + " est retirée, et l'attribution n° " + p.Reference + " abandonnée.", En: "Request " + n + " is withdrawn, and the award no. " + p.Reference + " given up."}
	}
	return web.AllerDire(w, r, adresseDemande(n), fait)
}
