package instruction

import (
	"context"
	"database/sql"
	"errors"
	"net/http"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// acte is something that a person asks for on the sheet of a demande.
type acte struct {
	ctx context.Context
	moi Agent
	d   *Dossier
	p   *pageFeuille // its form
}

// agir does an act on the demande in the address; reste says that one goes on working on it. What is refused is told on the sheet, with
// what was typed.
func (s *Service) agir(nom string, faire func(acte) error, reste bool, dit modele.Texte) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, err := s.feuille(r)
		if err != nil {
			return err
		}
		if err := p.Lire(r); err != nil {
			return err
		}
		err = faire(acte{r.Context(), moi(r), p.D, p})
		var refus *Refus
		if errors.Is(err, errChange) || errors.As(err, &refus) {
			if p, err = s.relue(r, p, nom, err); err != nil {
				return err
			}
		}
		if !p.Valide() || err == nil && p.Apercu != nil {
			p.relire()
			p.retenir()
			return gabarits().Montrer(w, r, "feuille.html", p)
		}
		if err != nil {
			return err
		}
		fait := dit
		if p.proposee {
			fait = modele.Texte{Fr: "L'attribution est proposée ; une autre personne décide.", En: "The award is proposed; somebody else decides."}
		}
		return web.AllerDire(w, r, p.suite(reste), modele.Texte{Fr: p.D.NumeroASP + " : " + fait.Fr, En: p.D.NumeroASP + ": " + fait.En})
	}
}

// suite is the page that follows an act: the same as long as one works on the demande, else the list that one came from. Nothing is
// read for it: an act that is done is not told as one that failed.
func (p *pageFeuille) suite(reste bool) string {
	if reste && p.Valeur("faire") != "proposer" {
		return adresseDossier(p.D.NumeroASP) + avec(p.Requete)
	}
	return adresseTravail + avec(p.Requete)
}

func (s *Service) faitPrise(a acte) error { return s.Prendre(a.ctx, a.moi, a.d.Cle) }

func (s *Service) faitRendue(a acte) error { return s.Rendre(a.ctx, a.moi, a.d.Cle) }

func (s *Service) faitConfiee(a acte) error {
	return s.Confier(a.ctx, a.moi, a.d.Cle, entier(a.p.Valeur("a")))
}

func (s *Service) faitAttente(a acte) error {
	jusqua := a.p.Date("jusqua")
	motif := a.p.Requis("attente", MaxMotifAttente, modele.Texte{Fr: "le motif de l'attente", En: "why it waits"})
	switch {
	case a.p.Valeur("jusqua") == "":
		a.p.Refuser("jusqua", "Donnez le jour jusqu'auquel la demande attend, par exemple 15/01/2027.", "Give the day until which the request waits, for example 15/01/2027.")
	case !jusqua.IsZero() && !s.attendable(jusqua):
		a.p.Refuser("jusqua", jourAttente.Fr, jourAttente.En)
	}
	if !a.p.Valide() {
		return nil
	}
	return s.Attendre(a.ctx, a.moi, a.d.Cle, jusqua, motif)
}

func (s *Service) faitAttenteFinie(a acte) error { return s.FinirAttente(a.ctx, a.moi, a.d.Cle) }

// faitFiche keeps the answers of the sheet; "Yes to the rest" answers what has none, and the award is proposed with them when that is asked.
func (s *Service) faitFiche(a acte) error {
	saisies, quoi := a.p.reponses(), a.p.Valeur("faire")
	prop := a.proposition(decision.Attribution)
	prop.Montant = a.p.accorde(quoi == "proposer")
	if !a.p.Valide() {
		return nil
	}
	a.p.proposee = quoi == "proposer"
	faire := func(ctx context.Context, tx *sql.Tx) error {
		actuelles, err := s.Fiche(ctx, tx, a.d.Cle, a.p.types())
		if err != nil {
			return err
		}
		reponses := a.p.fusionner(saisies, actuelles)
		if !a.p.Valide() {
			return errConflit
		}
		if quoi == "oui" {
			direOui(reponses)
		}
		if err := errors.Join(s.Remplir(ctx, tx, a.moi, a.d.Cle, reponses), s.envisager(ctx, tx, a, prop.Montant)); err != nil || quoi != "proposer" {
			return err
		}
		if t := Accordable(reponses); t.Fr != "" {
			return refuser("L'attribution ne peut pas être proposée : "+t.Fr+". Répondez, demandez une modification, ou proposez un refus.",
				"The award cannot be proposed: "+t.En+". Answer, ask for a change, or propose a refusal.")
		}
		return s.Decisions.Proposer(ctx, tx, prop)
	}
	if quoi == "proposer" {
		return s.relu(a, faire)
	}
	return s.tenant(a, faire)
}

func direOui(reponses []Repondu) {
	for i := range reponses {
		if reponses[i].Reponse == "" {
			reponses[i].Reponse = Oui
		}
	}
}

// proposition begins what is proposed of the demande.
func (a acte) proposition(sens decision.Sens) decision.Proposition {
	return decision.Proposition{Fournisseur: a.d.Fournisseur, Cle: a.d.Cle, Sens: sens, Demande: a.d.Montant, Plafond: a.p.Vue.Plafond, Compte: a.moi.Compte, Roles: a.moi.Roles}
}

// rejet is the refusal that the form proposes.
func (a acte) rejet() decision.Proposition {
	prop := a.proposition(decision.Rejet)
	prop.Motifs, prop.Texte = a.p.Valeurs("motif"), a.p.AuPlus("texte", decision.MaxTexte, modele.Texte{Fr: "les précisions", En: "the details"})
	a.p.EnLettre("texte")
	return prop
}

// reponses are those of the form.
func (p *pageFeuille) reponses() (reponses []Repondu) {
	for _, x := range p.Points {
		reponses = append(reponses, Repondu{
			Point: x.Point, Reponse: Reponse(p.Valeur("r-" + x.Code)), Remarque: p.AuPlus("n-"+x.Code, MaxRemarque, modele.Texte{Fr: "la remarque", En: "the remark"}),
		})
	}
	return reponses
}

func (s *Service) faitNote(a acte) error {
	note := a.p.Requis("note", MaxNote, modele.Texte{Fr: "la note", En: "the note"})
	if !a.p.Valide() {
		return nil
	}
	if a.moi.Roles == 0 {
		return refuser("Votre rôle lit tout sans rien changer : il n'écrit pas de note.", "Your role reads all and changes nothing: it writes no note.")
	}
	return s.Noter(a.ctx, a.moi, a.d.Cle, note)
}

// tenant does something in one transaction of who holds the demande.
func (s *Service) tenant(a acte, faire func(ctx context.Context, tx *sql.Tx) error) error {
	return s.Base.Ecrire(a.ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := s.Tenir(ctx, tx, a.moi, a.d.Cle); err != nil {
			return err
		}
		return faire(ctx, tx)
	})
}

// relu does something in one transaction of who holds the demande; it is refused when the demande has changed since it was read.
func (s *Service) relu(a acte, faire func(ctx context.Context, tx *sql.Tx) error) error {
	return s.Base.Ecrire(a.ctx, func(ctx context.Context, tx *sql.Tx) error {
		d, err := s.Tenir(ctx, tx, a.moi, a.d.Cle)
		if err != nil {
			return err
		}
		if d.Version != entier(a.p.Valeur("version")) {
			return errChange
		}
		return faire(ctx, tx)
	})
}

func (s *Service) faitRappel(a acte) error {
	return s.tenant(a, func(ctx context.Context, tx *sql.Tx) error {
		return s.mener(ctx, tx, a, etat.Rappeler, etat.Instruction, "")
	})
}

// mener leads the demande to a state; a step that is no longer possible is told.
func (s *Service) mener(ctx context.Context, tx *sql.Tx, a acte, quoi etat.Acte, vers etat.Etat, motif string) error {
	err := s.Changer(ctx, tx, etat.Changement{Fournisseur: a.d.Fournisseur, Depot: a.d.Depot, Rangs: []int{a.d.Rang}, A: vers, Par: etat.Agence, Acte: quoi, Compte: a.moi.Compte, Roles: a.moi.Roles, Motif: motif})
	if err != nil {
		if dit := s.Decisions.Inexact(err); dit != nil {
			return dit
		}
	}
	return err
}

// faitRefus proposes a refusal.
func (s *Service) faitRefus(a acte) error {
	prop := a.rejet()
	if !a.p.Valide() {
		return nil
	}
	return s.relu(a, func(ctx context.Context, tx *sql.Tx) error { return s.Decisions.Proposer(ctx, tx, prop) })
}

// decidant does something in one transaction with the decision that was read; it is refused when the demande has changed since.
func (s *Service) decidant(a acte, faire func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error) error {
	return s.Base.Ecrire(a.ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.inchangee(ctx, tx, a); err != nil {
			return err
		}
		return faire(ctx, tx, decision.Lu{Cle: a.d.Cle, Decision: entier(a.p.Valeur("decision")), Compte: a.moi.Compte, Roles: a.moi.Roles, Lettre: a.p.Valeur("sceau")})
	})
}

// inchangee refuses an act on a demande that has changed since it was read.
func (s *Service) inchangee(ctx context.Context, tx *sql.Tx, a acte) error {
	d, err := s.verrouille(ctx, tx, a.d.Cle)
	if err == nil && d.Version != entier(a.p.Valeur("version")) {
		return errChange
	}
	return err
}

func (s *Service) faitDecision(a acte) error {
	return s.decidant(a, func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error {
		_, err := s.Decisions.Decider(ctx, tx, lu)
		return err
	})
}

// motive does something for the reason of a field, which it needs.
func (a acte) motive(champ string, quoi modele.Texte, faire func(motif string) error) error {
	motif := a.p.Requis(champ, decision.MaxTexte, quoi)
	if !a.p.Valide() {
		return nil
	}
	return faire(motif)
}

func (s *Service) faitRenvoi(a acte) error {
	return a.motive("renvoi", modele.Texte{Fr: "le motif du renvoi", En: "why it is sent back"}, func(motif string) error {
		return s.decidant(a, func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error {
			return s.Decisions.Renvoyer(ctx, tx, lu, motif)
		})
	})
}

func (s *Service) faitReprise(a acte) error {
	return a.motive("reprise", modele.Texte{Fr: "le motif de la reprise", En: "why it is taken back"}, func(motif string) error {
		return s.decidant(a, func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error {
			return s.Decisions.Reprendre(ctx, tx, lu, motif)
		})
	})
}

func (s *Service) faitReouverture(a acte) error {
	return a.motive("reouverture", modele.Texte{Fr: "le motif de la réouverture", En: "why it is opened again"}, func(motif string) error {
		return s.Base.Ecrire(a.ctx, func(ctx context.Context, tx *sql.Tx) error {
			if err := s.inchangee(ctx, tx, a); err != nil {
				return err
			}
			return s.mener(ctx, tx, a, etat.Rouvrir, etat.Instruction, motif)
		})
	})
}
