package contradictoire

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// acte is something that a person of the agency asks for on the page of a procedure.
type acte struct {
	r  *http.Request
	p  *pageProcedure // its form
	lu Lu
}

// agir does an act on the procedure in the address. What is refused is told on its page, with what was typed.
func (s *Service) agir(faire func(acte) error, dit modele.Texte) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, err := s.page(r)
		if err != nil {
			return err
		}
		if err := p.Lire(r); err != nil {
			return err
		}
		err = faire(acte{r, p, p.lu()})
		if refusee(err) || !p.Valide() {
			p, err = s.relue(r, p, err)
		}
		if err != nil {
			return err
		}
		if !p.Valide() {
			p.relire()
			return gabarits().Montrer(w, r, "montrer.html", p)
		}
		fait := dit
		if dit == renvoyee && p.P.Genre == Retrait {
			fait = maintien
		}
		return web.AllerDire(w, r, adresse(p.P.ID), modele.Texte{Fr: p.P.Reference() + " : " + fait.Fr, En: p.P.Reference() + ": " + fait.En})
	}
}

// lu is what the form was made of.
func (p *pageProcedure) lu() Lu {
	version, err := strconv.ParseInt(p.Valeur("version"), 10, 64)
	if err != nil {
		version = -1 // no form of ours
	}
	l := Lu{ID: p.P.ID, Version: version, Lettres: map[int64]string{}}
	for _, v := range p.Parties {
		if id := v.Partie.Decision; id > 0 {
			l.Lettres[id] = p.Valeur("sceau-" + strconv.FormatInt(id, 10))
		}
	}
	return l
}

func (s *Service) faitProposition(a acte) error {
	var choix []Choix
	for _, v := range a.p.Parties {
		if !v.Fin.IsZero() {
			continue
		}
		n := v.NumeroASP
		c := Choix{
			Cle: v.Cle, Issue: Issue(a.p.Choisi("issue-"+n, a.p.Issues(v), modele.Texte{Fr: "ce que devient la demande " + n, En: "what becomes of request " + n})),
			Texte: a.p.AuPlus("texte-"+n, decision.MaxTexte, modele.Texte{Fr: "les précisions", En: "the details"}),
		}
		a.p.EnLettre("texte-" + n)
		switch c.Issue {
		case Issue(decision.Attribution):
			c.Montant = a.p.Centimes("montant-" + n)
		case Issue(decision.Rejet), Issue(decision.Retrait):
			c.Motifs = a.p.Valeurs("motif-" + n)
		}
		choix = append(choix, c)
	}
	if !a.p.Valide() {
		return nil
	}
	return s.Proposer(a.r.Context(), moi(a.r), a.lu, choix)
}

func (s *Service) faitDecision(a acte) error {
	return s.Decider(a.r.Context(), moi(a.r), a.lu)
}

// motive asks for the reason in a field, and does something with it.
func (a acte) motive(champ string, faire func(motif string) error) error {
	motif := a.p.Requis(champ, MaxTexte, modele.Texte{Fr: "le motif", En: "the reason"})
	if !a.p.Valide() {
		return nil
	}
	return faire(motif)
}

func (s *Service) faitRenvoi(a acte) error {
	return a.motive("renvoi", func(motif string) error { return s.Renvoyer(a.r.Context(), moi(a.r), a.lu, motif) })
}

func (s *Service) faitReprise(a acte) error {
	return a.motive("reprise", func(motif string) error { return s.Reprendre(a.r.Context(), moi(a.r), a.lu, motif) })
}

func (s *Service) faitCloture(a acte) error {
	return a.motive("cloture", func(motif string) error { return s.Clore(a.r.Context(), moi(a.r), a.lu, motif) })
}

// repondrePage takes the answer of a supplier, with its document.
func (s *Service) repondrePage(w http.ResponseWriter, r *http.Request) error {
	p, err := s.page(r)
	if err != nil {
		return err
	}
	x := p.P.Sienne(p.i.Fournisseur)
	if x == nil || !p.i.Correspond() { // the agency does not answer, nor who only reads
		return web.Introuvable
	}
	err = s.Ecrire(r, &p.Formulaire, Message{
		Auteur: p.i, Fil: x.Fil, Demande: x.Cle, Sujet: "Observations " + p.P.Reference(),
		Avec: func(ctx context.Context, tx *sql.Tx, fil int64, deja bool) error {
			return s.Repondre(ctx, tx, p.P.ID, p.i, Observations{Fil: fil, Entiere: p.Valeur("reste") == "entiere", Deja: deja})
		},
	})
	var refus *decision.Refus
	if errors.As(err, &refus) {
		p.Refuser("", refus.Texte.Fr, refus.Texte.En)
		err = nil
	}
	if err != nil {
		return introuvable(err)
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "montrer.html", p)
	}
	return web.AllerDire(w, r, adresse(p.P.ID), modele.Texte{Fr: "Vos observations sont envoyées.", En: "Your observations are sent."})
}
