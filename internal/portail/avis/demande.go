package avis

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDemande is what demande.html shows: the opinions on a demande, and what asks for more.
type pageDemande struct {
	web.Page
	D         *instruction.Dossier
	Avis      []Avis
	Collegues []web.Choix
	Pieces    []web.Choix // that outside may see
	Chef      bool
	s         *Service
	moi       instruction.Agent
}

func (s *Service) pageDemande(r *http.Request) (*pageDemande, error) {
	depot, rang, ok := s.Examens.LireNumeroASP(r.PathValue("numero"))
	if !ok {
		return nil, web.Introuvable
	}
	ctx := r.Context()
	d, err := s.Examens.Dossier(ctx, s.Base.Lire(), etat.Cle{Depot: depot, Rang: rang})
	if err != nil {
		return nil, introuvable(err)
	}
	p := &pageDemande{D: d, s: s, moi: moi(r), Chef: qui(r).Peut(web.Administrateur)}
	p.Page = web.NouvellePage(r, modele.Texte{Fr: "Avis sur la demande " + d.NumeroASP, En: "Opinions on request " + d.NumeroASP}, filTravail,
		web.Lien{Nom: modele.Texte{Fr: "Demande " + d.NumeroASP, En: "Request " + d.NumeroASP}, Adresse: "/travail/" + d.NumeroASP})
	p.Separes = true
	if p.Avis, err = s.De(ctx, s.Base.Lire(), d.Cle); err != nil || !p.Consulte() {
		return p, err
	}
	return p, s.choix(r, p)
}

// choix are whom one may ask, and what outside may see.
func (s *Service) choix(r *http.Request, p *pageDemande) error {
	membres, err := s.Membres(r.Context(), s.Base.Lire())
	if err != nil {
		return err
	}
	for _, m := range membres {
		deja := slices.ContainsFunc(p.Avis, func(a Avis) bool { return a.Compte == m.Compte && a.Etat == Attendu })
		if m.Compte != p.moi.Compte && !deja {
			p.Collegues = append(p.Collegues, web.Choix{Valeur: strconv.FormatInt(m.Compte, 10), Libelle: ecrit.Nom(m.Nom)})
		}
	}
	pieces, err := s.Config.Pieces(r.Context(), p.D)
	for _, x := range pieces {
		if x.Format != "" {
			p.Pieces = append(p.Pieces, web.Choix{Valeur: x.Type, Libelle: p.Tx(x.Nature)})
		}
	}
	return err
}

func (s *Service) montrerDemande(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDemande(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "demande.html", p)
}

// poserQuestion asks for opinions.
func (s *Service) poserQuestion(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDemande(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	q := p.consultation()
	if p.Valide() {
		if err := s.Demander(r.Context(), p.moi, q); !refuse(&p.Page, err) && err != nil {
			return err
		}
	}
	if !p.Valide() {
		p.Retenir("question", p.T("La question", "The question"))
		p.Retenir("adresses", p.T("Des adresses extérieures", "Addresses outside"))
		return gabarits().Montrer(w, r, "demande.html", p)
	}
	return web.AllerDire(w, r, "/travail/"+p.D.NumeroASP+"/avis", modele.Texte{
		Fr: p.D.NumeroASP + " : l'avis est demandé. La demande est mise de côté et revient d'elle-même, au plus tard après le " + web.Date(q.Limite).Fr + ".",
		En: p.D.NumeroASP + ": the opinion is asked for. The request is put aside, and comes back by itself, at the latest after " + web.Date(q.Limite).En + ".",
	})
}

// consultation reads what the form asks.
func (p *pageDemande) consultation() Consultation {
	q := Consultation{Cle: p.D.Cle, Langue: p.Langue, Question: p.Requis("question", MaxQuestion, modele.Texte{Fr: "la question", En: "the question"})}
	p.EnLettre("question") // it goes out by mail, to people outside too
	for _, v := range p.Valeurs("collegue") {
		n, _ := strconv.ParseInt(v, 10, 64) // what is no number is nobody
		q.Collegues = append(q.Collegues, n)
	}
	q.Adresses = strings.Fields(strings.NewReplacer(",", " ", ";", " ").Replace(p.AuPlus("adresses", MaxAttendus*160, modele.Texte{Fr: "les adresses", En: "the addresses"})))
	for _, c := range p.Pieces {
		if slices.Contains(p.Valeurs("piece"), c.Valeur) {
			q.Pieces = append(q.Pieces, c.Valeur)
		}
	}
	jour := p.Date("limite")
	if jour.IsZero() && p.Valide() {
		p.Refuser("limite", "Donnez le dernier jour pour répondre, par exemple 15/01/2027.", "Give the last day to answer, for example 15/01/2027.")
	}
	q.Limite = jourDe(jour)
	return q
}

func (s *Service) retirer(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDemande(r)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(r.PathValue("avis"), 10, 64)
	if !slices.ContainsFunc(p.Avis, func(a Avis) bool { return a.ID == id }) {
		return web.Introuvable
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	if err := s.Retirer(r.Context(), p.moi, p.Chef, id); !refuse(&p.Page, err) && err != nil {
		return introuvable(err)
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "demande.html", p)
	}
	return web.AllerDire(w, r, "/travail/"+p.D.NumeroASP+"/avis", modele.Texte{Fr: "L'avis n'est plus demandé ; son lien ne mène plus à rien.", En: "The opinion is asked for no longer; its link leads nowhere any more."})
}

// Consulte tells whether who looks may ask for an opinion.
func (p *pageDemande) Consulte() bool {
	return p.D.Agent == p.moi.Compte && p.moi.Roles&etat.Instructeur != 0 && etat.Permis(etat.Consulter, p.D.Etat)
}

// Reprenable tells whether who looks may take back what was asked.
func (p *pageDemande) Reprenable(a Avis) bool {
	return a.Etat == Attendu && (p.Chef || a.Par == p.moi.Compte || p.D.Agent == p.moi.Compte)
}

// Defaut is the last day to answer, where nobody says otherwise.
func (p *pageDemande) Defaut() string {
	return p.s.Maintenant().In(web.Paris()).AddDate(0, 0, p.s.Delai).Format("02/01/2006")
}

// Comptees says how many there are, "avis 1/2".
func (p *pageDemande) Comptees() web.Etiquette { return p.Etiquette("info", p.Tx(p.D.Avis.Mot())) }

// EtatDe is the word of what became of an opinion.
func (p *pageDemande) EtatDe(a Avis) web.Etiquette {
	ton, mot := a.Mot()
	return p.Etiquette(ton, p.Tx(mot))
}

// EnLignes is a text as it was typed, line by line.
func (*pageDemande) EnLignes(texte string) []string { return ecrit.Lignes(texte) }
