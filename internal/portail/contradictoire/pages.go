package contradictoire

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages) })

// Titre names the list of procedures.
var Titre = modele.Texte{Fr: "Procédures contradictoires", En: "Hearings of suppliers"}

const adresseListe = "/contradictoires"

var filListe = web.Lien{Nom: Titre, Adresse: adresseListe}

// maxEnvoi is what an answer with its document may weigh: the document is judged by its own bound, with words.
const maxEnvoi = 8 << 20

// Routes lists the pages of procedures. All people of the agency may read them; a supplier reads those that it is heard in.
func (s *Service) Routes() []web.Route {
	page := "/contradictoires/{procedure}"
	return []web.Route{
		{Motif: "GET /contradictoires", Acces: web.Connecte, Pour: true, Servir: s.montrerListe},
		{Motif: "GET " + page, Acces: web.Connecte, Pour: true, Servir: s.montrer},
		{Motif: "POST " + page + "/reponse", Acces: web.Connecte, Pour: true, Page: page, Servir: s.repondrePage, Corps: maxEnvoi},
		{Motif: "POST " + page + "/proposition", Acces: web.Instructeur, Page: page, Servir: s.agir(s.faitProposition, modele.Texte{Fr: "C'est proposé ; une autre personne décide.", En: "It is proposed; somebody else decides."})},
		{Motif: "POST " + page + "/cloture", Acces: web.Instructeur, Page: page, Servir: s.agir(s.faitCloture, modele.Texte{Fr: "La contestation est close ; chaque demande reprend son cours.", En: "The contestation is closed; each request goes on."})},
		{Motif: "POST " + page + "/decision", Acces: web.Valideur, Page: page, Servir: s.agir(s.faitDecision, modele.Texte{Fr: "C'est décidé ; les fournisseurs le sauront une fois le délai de reprise passé.", En: "It is decided; suppliers are told once the time to take it back has passed."})},
		{Motif: "POST " + page + "/renvoi", Acces: web.Valideur, Page: page, Servir: s.agir(s.faitRenvoi, renvoyee)},
		{Motif: "POST " + page + "/reprise", Acces: web.Valideur, Page: page, Servir: s.agir(s.faitReprise, modele.Texte{Fr: "La décision est reprise ; les fournisseurs n'en ont rien su.", En: "The decision is taken back; suppliers were told nothing."})},
		{Motif: "GET /travail/{numero}/contestation", Acces: web.Instructeur, Servir: s.montrerContestation},
		{Motif: "POST /travail/{numero}/contestation", Acces: web.Instructeur, Servir: s.ouvrirContestation},
		{Motif: "GET /travail/{numero}/retrait", Acces: web.Instructeur, Servir: s.montrerRetrait},
		{Motif: "POST /travail/{numero}/retrait", Acces: web.Instructeur, Servir: s.ouvrirRetrait},
	}
}

// renvoyee and maintien tell what became of a proposal that was not followed: a contestation's, and a withdrawal.
var (
	renvoyee = modele.Texte{Fr: "La proposition est renvoyée.", En: "The proposal is sent back."}
	maintien = modele.Texte{Fr: "L'attribution est maintenue ; son fournisseur le sait.", En: "The award is kept; its supplier is told."}
)

func qui(r *http.Request) compte.Identite {
	i, _ := compte.De(r.Context())
	return i
}

// moi is the person of the agency who makes a request.
func moi(r *http.Request) instruction.Agent {
	i := qui(r)
	return instruction.Agent{Compte: i.Compte, Nom: i.Nom, Roles: i.Fonctions()}
}

func introuvable(err error) error {
	if errors.Is(err, ErrInconnue) || errors.Is(err, instruction.ErrInconnu) {
		return fmt.Errorf("%w: %w", web.Introuvable, err)
	}
	return err
}

// quiLit is who reads procedures, once it is known for whom.
func quiLit(r *http.Request) (compte.Identite, error) {
	i := qui(r)
	if i.Role == "" || (i.Fournisseur == compte.Agence) != i.DeAgence() {
		return i, web.Introuvable
	}
	return i, nil
}

// pageListe is what lister.html shows.
type pageListe struct {
	web.Page
	Procedures []*Procedure
	Agent      bool
	Toutes     bool // closed ones, too
	Suite      web.Suite
	i          compte.Identite
	s          *Service
}

// parPage is how many procedures a page lists.
const parPage = 50

func (s *Service) montrerListe(w http.ResponseWriter, r *http.Request) error {
	i, err := quiLit(r)
	if err != nil {
		return err
	}
	v := r.URL.Query()
	p := &pageListe{Page: web.NouvellePage(r, Titre), Agent: i.DeAgence(), i: i, s: s, Toutes: !i.DeAgence() || v.Get("file") == "toutes"}
	avant, _ := strconv.ParseInt(v.Get("avant"), 10, 64) // what is no number is the beginning
	p.Procedures, err = s.Lister(r.Context(), s.Base.Lire(), Filtre{Fournisseur: i.Fournisseur, Ouvertes: !p.Toutes, Avant: max(avant, 0), Limite: parPage + 1})
	if err != nil {
		return err
	}
	if len(p.Procedures) > parPage {
		p.Procedures = p.Procedures[:parPage]
		p.Suite = p.Page.Suite("", adresseListe+"?file="+v.Get("file")+"&avant="+strconv.FormatInt(p.Procedures[parPage-1].ID, 10), "")
	}
	return gabarits().Montrer(w, r, "lister.html", p)
}

// Siennes are the demandes of a procedure that who looks may know of.
func (p *pageListe) Siennes(x *Procedure) []Partie {
	if p.Agent {
		return x.Parties
	}
	return slices.DeleteFunc(slices.Clone(x.Parties), func(y Partie) bool { return y.Fournisseur != p.i.Fournisseur })
}

// Repondues says how many have answered, of how many.
func (p *pageListe) Repondues(x *Procedure) string {
	siennes, n := p.Siennes(x), 0
	for _, y := range siennes {
		if !y.Repondu.IsZero() {
			n++
		}
	}
	return strconv.Itoa(n) + " / " + strconv.Itoa(len(siennes))
}

// Mot is the word of the state of a procedure.
func (p *pageListe) Mot(x *Procedure) web.Etiquette { return p.s.mot(&p.Page, x, p.i) }

// mot is the word of the state of a procedure; a supplier is not told of what is proposed or decided, nor of what others have answered.
func (s *Service) mot(p *web.Page, x *Procedure, i compte.Identite) web.Etiquette {
	switch agent := i.DeAgence(); {
	case x.Etat == Close:
		return p.Etiquette("neutre", p.T("close", "closed"))
	case x.Etat == Ouverte && s.repondra(x, i):
		return p.Etiquette("alerte", p.T("observations attendues", "observations awaited"))
	case !agent:
		return p.Etiquette("info", p.T("observations à l'examen", "observations being considered"))
	case x.Etat == Ouverte && x.Genre == Contestation: // a withdrawal is proposed when it is opened
		return p.Etiquette("info", p.T("décision à proposer", "decision to propose"))
	case x.Etat == Ouverte || x.Etat == Proposee:
		return p.Etiquette("info", p.T("décision à prendre", "to be decided"))
	}
	return p.Etiquette("info", p.T("décidée, à notifier", "decided, to be notified"))
}

// repondra tells whether observations are still awaited: anybody's, for the agency; one's own, for a supplier.
func (s *Service) repondra(x *Procedure, i compte.Identite) bool {
	if i.DeAgence() {
		return s.attente(x).Fr != ""
	}
	sienne := x.Sienne(i.Fournisseur)
	return sienne == nil || sienne.Repondu.IsZero()
}

// AFaire is what procedures wait for: a supplier's answer, a proposal, or a decision.
func (s *Service) AFaire(ctx context.Context, i compte.Identite) (liens []web.Lien, err error) {
	if i.Role == "" || (i.Fournisseur == compte.Agence) != i.DeAgence() {
		return nil, nil
	}
	ouvertes, err := s.Lister(ctx, s.Base.Lire(), Filtre{Fournisseur: i.Fournisseur, Ouvertes: true, Limite: parPage})
	for _, p := range ouvertes {
		if t := s.attend(p, i); t.Fr != "" {
			liens = append(liens, web.Lien{Adresse: adresse(p.ID), Nom: t})
		}
	}
	return liens, err
}

// attend is what a procedure waits for of a person; "" for nothing.
func (s *Service) attend(p *Procedure, i compte.Identite) modele.Texte {
	ref, j := p.Reference(), web.Date(p.Limite)
	if x := p.Sienne(i.Fournisseur); !i.DeAgence() {
		if x == nil || p.Etat != Ouverte || !x.Repondu.IsZero() {
			return modele.Texte{}
		}
		nom := p.Genre.Nom()
		return modele.Texte{Fr: nom.Fr + " : vos observations sur la demande " + x.NumeroASP + ", au plus tard le " + j.Fr, En: nom.En + ": your observations on request " + x.NumeroASP + ", no later than " + j.En}
	}
	prete := s.attente(p).Fr == ""
	switch {
	case p.Genre == Contestation && p.Etat == Ouverte && prete && i.Peut(web.Instructeur):
		return modele.Texte{Fr: "Contestation " + ref + " : une décision à proposer", En: "Contestation " + ref + ": a decision to propose"}
	case (p.Etat == Proposee || p.Genre == Retrait && p.Etat == Ouverte && prete) && p.autre(instruction.Agent{Compte: i.Compte, Roles: i.Fonctions()}) == nil:
		return modele.Texte{Fr: "Procédure contradictoire " + ref + " : une décision à prendre", En: "Hearing " + ref + ": a decision to take"}
	}
	return modele.Texte{}
}

// Liens are the procedures of a demande, for its page; of those that are closed, too.
func (s *Service) Liens(ctx context.Context, c etat.Cle) (liens []web.Lien, err error) {
	toutes, err := s.Lister(ctx, s.Base.Lire(), Filtre{Cle: &c, Limite: parPage})
	for _, p := range toutes {
		nom, j := p.Genre.Nom(), web.Date(p.Limite)
		t := modele.Texte{Fr: nom.Fr + " " + p.Reference(), En: nom.En + " " + p.Reference()}
		x := p.Parties[slices.IndexFunc(p.Parties, func(x Partie) bool { return x.Cle == c })]
		if p.Etat == Ouverte && x.Repondu.IsZero() {
			t.Fr, t.En = t.Fr+" : vos observations au plus tard le "+j.Fr, t.En+": your observations no later than "+j.En
		}
		liens = append(liens, web.Lien{Adresse: adresse(p.ID), Nom: t})
	}
	return liens, err
}

// choixMotifs is the catalogue of reasons of decisions like that; those that were chosen stay so.
func choixMotifs(p *web.Page, c *decision.Catalogue, s decision.Sens, champ string) (choix []web.Choix) {
	choisis := p.Formulaire.Valeurs(champ)
	for _, m := range c.Actifs(s) {
		choix = append(choix, web.Choix{Valeur: m.Lue(), Libelle: p.Tx(m.Nom), Choisi: slices.Contains(choisis, m.Lue())})
	}
	return choix
}
