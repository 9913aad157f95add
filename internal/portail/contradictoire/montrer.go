package contradictoire

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageProcedure is what montrer.html shows.
type pageProcedure struct {
	web.Page
	P         *Procedure
	Parties   []vue // those that who looks may know of
	Agent     bool
	i         compte.Identite
	s         *Service
	catalogue *decision.Catalogue
}

// vue is a demande of a procedure, as its page shows it.
type vue struct {
	Partie
	D            *instruction.Dossier // for the agency
	Courrier     *courrier.Courrier
	Lettre       template.HTML
	Empreinte    string
	Observations []Observation
	Decision     *decision.Decision  // that is proposed, or taken; nil for none
	Projet       *instruction.Lettre // of that, for the agency
}

// procedureDe is the procedure that an address names, if who asks may read it.
func (s *Service) procedureDe(r *http.Request) (*Procedure, compte.Identite, error) {
	i, err := quiLit(r)
	if err != nil {
		return nil, i, err
	}
	id, err := strconv.ParseInt(r.PathValue("procedure"), 10, 64)
	if err != nil {
		return nil, i, web.Introuvable
	}
	p, err := s.Procedure(r.Context(), s.Base.Lire(), id)
	if err == nil && !i.DeAgence() && p.Sienne(i.Fournisseur) == nil {
		err = ErrInconnue
	}
	return p, i, introuvable(err)
}

func (s *Service) page(r *http.Request) (*pageProcedure, error) {
	x, i, err := s.procedureDe(r)
	if err != nil {
		return nil, err
	}
	nom := x.Genre.Nom()
	p := &pageProcedure{Page: web.NouvellePage(r, modele.Texte{Fr: nom.Fr + " " + x.Reference(), En: nom.En + " " + x.Reference()}, filListe), P: x, Agent: i.DeAgence(), i: i, s: s}
	p.Separes = true
	if p.catalogue, err = s.Decisions.Catalogue(r.Context(), s.Base.Lire()); err != nil {
		return nil, err
	}
	for _, y := range x.Parties {
		if !p.Agent && y.Fournisseur != i.Fournisseur {
			continue
		}
		v, err := s.vue(r.Context(), p, y)
		if err != nil {
			return nil, err
		}
		p.Parties = append(p.Parties, v)
	}
	return p, nil
}

// vue reads what a page shows of a demande.
func (s *Service) vue(ctx context.Context, p *pageProcedure, x Partie) (v vue, err error) {
	v.Partie = x
	if v.Courrier, err = s.Courriers.Un(ctx, s.Base.Lire(), courrier.Filtre{Procedure: p.P.ID, Cle: &x.Cle}); err != nil {
		return v, fmt.Errorf("read a letter: %w", err)
	}
	lue, err := s.Courriers.Fige(ctx, s.Base.Lire(), v.Courrier.ID, courriel.Langue(p.Langue))
	if err != nil {
		return v, err
	}
	if err := s.Courriers.Lire(ctx, v.Courrier, p.i); err != nil {
		return v, err
	}
	v.Lettre, v.Empreinte = lue.Corps(), lue.Empreinte
	if x.Fil > 0 {
		if v.Observations, err = s.Messages(ctx, p.i, x.Fil); err != nil {
			return v, err
		}
	}
	if err := s.vueDecision(ctx, p, &v); err != nil || !p.Agent {
		return v, err
	}
	v.D, err = s.Examens.Trouver(ctx, s.Base.Lire(), x.Cle)
	return v, err
}

// vueDecision reads the decision on a demande: a supplier is told of it once it is notified.
func (s *Service) vueDecision(ctx context.Context, p *pageProcedure, v *vue) error {
	if v.Partie.Decision == 0 {
		return nil
	}
	toutes, err := s.Decisions.De(ctx, s.Base.Lire(), v.Cle)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(toutes, func(d decision.Decision) bool { return d.ID == v.Partie.Decision })
	if i < 0 || !p.Agent && toutes[i].Etat != decision.Notifiee {
		return nil
	}
	v.Decision = &toutes[i]
	if !p.Agent || v.Decision.Etat != decision.Proposee && v.Decision.Etat != decision.Decidee || s.Lettre == nil {
		return nil
	}
	auteur := int64(0)
	if p.Decide() {
		auteur = p.i.Compte
	}
	v.Projet, err = s.Lettre(ctx, v.Decision, auteur)
	return err
}

func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	p, err := s.page(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "montrer.html", p)
}

// Mot is the word of the state of the procedure.
func (p *pageProcedure) Mot() web.Etiquette { return p.s.mot(&p.Page, p.P, p.i) }

// Enjeu is what a supplier is heard on.
func (p *pageProcedure) Enjeu(v vue) string { return p.Tx(p.P.enjeu(&v.Partie)) }

// Motifs are reasons, as the supplier reads them.
func (p *pageProcedure) Motifs(references []string) (textes []string) {
	for _, t := range p.catalogue.Dites(references) {
		textes = append(textes, p.Tx(t))
	}
	return textes
}

// EtatDe is the word of the state of a demande.
func (p *pageProcedure) EtatDe(e etat.Etat) web.Etiquette {
	d, _ := etat.Decrire(e)
	return p.Etiquette(d.Ton, p.Tx(d.Nom))
}

// Repond tells whether who looks may answer: for a supplier that is suspended, too, which is heard like any other.
func (p *pageProcedure) Repond() bool {
	return p.P.Etat == Ouverte && p.i.Correspond() && p.P.Sienne(p.i.Fournisseur).Repondu.IsZero()
}

// Pourquoi says why nothing may be decided yet; "" once it may.
func (p *pageProcedure) Pourquoi() string {
	if p.P.Etat != Ouverte {
		return ""
	}
	return p.Tx(p.s.attente(p.P))
}

// Passe tells whether the time to answer is over.
func (p *pageProcedure) Passe() bool { return !p.s.Maintenant().Before(calendrier.Fin(p.P.Limite)) }

// Propose tells whether who looks may propose what becomes of the demandes; Clot whether they may end the contestation without that.
func (p *pageProcedure) Propose() bool { return p.Clot() && p.Pourquoi() == "" }

// Clot tells whether who looks may end the contestation without a decision.
func (p *pageProcedure) Clot() bool {
	return p.Agent && p.P.Genre == Contestation && p.P.Etat == Ouverte && p.i.Peut(web.Instructeur)
}

// Decide tells whether who looks may decide; Propre whether only the proposal being their own forbids it.
func (p *pageProcedure) Decide() bool {
	a := instruction.Agent{Compte: p.i.Compte, Roles: p.i.Fonctions()}
	return p.Agent && p.P.autre(a) == nil && p.Pourquoi() == "" && (p.P.Etat == Proposee || p.P.Genre == Retrait && p.P.Etat == Ouverte)
}

// Propre tells whether who looks has made the proposal that waits to be decided.
func (p *pageProcedure) Propre() bool {
	return p.Agent && (p.P.Etat == Proposee && p.P.ProposePar == p.i.Compte || p.P.Genre == Retrait && p.P.Etat == Ouverte && p.P.OuvertPar == p.i.Compte)
}

// Reprend tells whether who looks may take the decision back.
func (p *pageProcedure) Reprend() bool {
	return p.Agent && p.P.Etat == Decidee && p.i.Peut(web.Valideur)
}

// Issue is the word of what is proposed of a demande.
func (p *pageProcedure) Issue(i Issue) string {
	if i == Maintien {
		return p.T("Attribution maintenue", "Award kept")
	}
	return p.Tx(decision.Sens(i).Nom())
}

// Issues are what may be proposed of a demande.
func (p *pageProcedure) Issues(v vue) []web.Choix {
	nommer := func(i Issue) web.Choix { return web.Choix{Valeur: string(i), Libelle: p.Issue(i)} }
	if v.D.Etat == etat.Validee {
		return []web.Choix{nommer(Maintien), nommer(Issue(decision.Retrait))}
	}
	return []web.Choix{nommer(Issue(decision.Attribution)), nommer(Issue(decision.Rejet))}
}

// ChoixMotifs are the reasons of what speaks against a demande.
func (p *pageProcedure) ChoixMotifs(v vue) []web.Choix {
	s := decision.Rejet
	if v.D.Etat == etat.Validee {
		s = decision.Retrait
	}
	return choixMotifs(&p.Page, p.catalogue, s, "motif-"+v.NumeroASP)
}

// Demande is the amount that a demande asks for, as a field has it.
func (p *pageProcedure) Demande(v vue) string {
	n := v.D.Montant
	return strconv.FormatInt(n/100, 10) + p.T(",", ".") + fmt.Sprintf("%02d", n%100)
}

// Attribuee tells whether a demande has an award.
func (p *pageProcedure) Attribuee(v vue) bool { return v.D.Etat == etat.Validee }

// Cause is why it was closed without a decision.
func (p *pageProcedure) Cause() string { return p.Tx(causeDe(p.P.Cause)) }

// EnLignes is a text as it was typed, line by line.
func (*pageProcedure) EnLignes(texte string) []string { return ecrit.Lignes(texte) }

// ChoixReponse says whether more is to come.
func (p *pageProcedure) ChoixReponse() []web.Choix {
	return []web.Choix{
		{Valeur: "entiere", Libelle: p.T("Ma réponse est complète : l'agence peut décider dès que chacun a répondu", "My answer is whole: the agency may decide as soon as each has answered")},
		{Valeur: "partielle", Libelle: p.T("J'enverrai autre chose avant la date limite", "I shall send something else before the last day"), Choisi: true},
	}
}

// deLaPage is a demande with its page, for templates.
type deLaPage struct {
	P   *pageProcedure
	Vue vue
}

// Pour makes the argument of the templates of one demande.
func (p *pageProcedure) Pour(v vue) deLaPage { return deLaPage{p, v} }

// Decidee tells whether what becomes of the demande is decided.
func (x deLaPage) Decidee() bool {
	if d := x.Vue.Decision; d != nil {
		return d.Etat == decision.Decidee || d.Etat == decision.Notifiee
	}
	return x.P.P.Etat == Decidee || x.P.P.Etat == Close
}

// Fini tells whether the procedure is closed, EnCours whether it is not.
func (p *pageProcedure) Fini() bool { return p.P.Etat == Close }

// EnCours tells whether the procedure is not closed.
func (p *pageProcedure) EnCours() bool { return p.P.Etat != Close }
