package decision

import (
	"embed"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages) })

// TitreMotifs names the page of the catalogue.
var TitreMotifs = modele.Texte{Fr: "Motifs de refus et de retrait", En: "Reasons for refusals and withdrawals"}

var filMotifs = web.Lien{Nom: TitreMotifs, Adresse: "/motifs"}

// Routes lists the pages of the catalogue of reasons.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /motifs", Acces: web.Controle, Servir: s.montrerMotifs},
		{Motif: "POST /motifs", Acces: web.Administrateur, Page: "/motifs", Servir: s.ajouterMotif},
		{Motif: "GET /motifs/{code}", Acces: web.Controle, Servir: s.montrerMotif},
		{Motif: "POST /motifs/{code}", Acces: web.Administrateur, Servir: s.changerMotif},
	}
}

// pageMotifs is what motifs.html shows: the catalogue, and the form that adds to it.
type pageMotifs struct {
	web.Page
	Motifs []Motif
}

// pageMotif is what motif.html shows: a reason with its versions, and the form that makes another one.
type pageMotif struct {
	web.Page
	M         Motif
	Revisions []Revision
}

func (s *Service) pageMotifs(r *http.Request) (*pageMotifs, error) {
	c, err := s.Catalogue(r.Context(), s.Base.Lire())
	if err != nil {
		return nil, err
	}
	return &pageMotifs{web.NouvellePage(r, TitreMotifs), c.Motifs()}, nil
}

func (s *Service) montrerMotifs(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageMotifs(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "motifs.html", p)
}

func (s *Service) pageMotif(r *http.Request) (*pageMotif, error) {
	c, err := s.Catalogue(r.Context(), s.Base.Lire())
	if err != nil {
		return nil, err
	}
	m, ok := c.Actuel(r.PathValue("code"))
	if !ok {
		return nil, web.Introuvable
	}
	titre := modele.Texte{Fr: "Motif " + m.Code, En: "Reason " + m.Code}
	return &pageMotif{web.NouvellePage(r, titre, filMotifs), m, c.Revisions(m.Code)}, nil
}

func (s *Service) montrerMotif(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageMotif(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "motif.html", p)
}

// lireMotif reads a reason from a form.
func lireMotif(p *web.Page, m Motif) Motif {
	for _, x := range []struct {
		champ string
		a     *string
		max   int
		quoi  modele.Texte
	}{
		{"nom_fr", &m.Nom.Fr, MaxNom, modele.Texte{Fr: "le nom en français", En: "the name in French"}},
		{"nom_en", &m.Nom.En, MaxNom, modele.Texte{Fr: "le nom en anglais", En: "the name in English"}},
		{"texte_fr", &m.Texte.Fr, MaxDit, modele.Texte{Fr: "le texte en français", En: "the text in French"}},
		{"texte_en", &m.Texte.En, MaxDit, modele.Texte{Fr: "le texte en anglais", En: "the text in English"}},
		{"article", &m.Article, MaxArticle, modele.Texte{Fr: "l'article sur lequel il se fonde", En: "the article that it rests on"}},
	} {
		*x.a = p.Requis(x.champ, x.max, x.quoi)
		p.EnLettre(x.champ)
	}
	return m
}

func (s *Service) ajouterMotif(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageMotifs(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	m := lireMotif(&p.Page, Motif{Code: p.Requis("code", MaxCode, modele.Texte{Fr: "le code", En: "the code"}), Retrait: p.Valeur("pour") == string(Retrait)})
	return s.reviserPage(w, r, &p.Page, m, true, func() error { return gabarits().Montrer(w, r, "motifs.html", p) })
}

func (s *Service) changerMotif(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageMotif(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	m := lireMotif(&p.Page, Motif{Code: p.M.Code, Retrait: p.M.Retrait, Inactif: p.Valeur("actif") == ""})
	if _, err := fmt.Sscanf(p.Valeur("version"), "%d", &m.Version); err != nil {
		m.Version = -1 // no form of ours: no version is that
	}
	return s.reviserPage(w, r, &p.Page, m, false, func() error { return gabarits().Montrer(w, r, "motif.html", p) })
}

// reviserPage makes a new version of a reason, or shows the form again with what is wrong.
func (s *Service) reviserPage(w http.ResponseWriter, r *http.Request, p *web.Page, m Motif, nouveau bool, montrer func() error) error {
	if !p.Valide() {
		return montrer()
	}
	i, _ := compte.De(r.Context())
	err := s.Reviser(r.Context(), i.Compte, m, nouveau)
	var refus *Refus
	if errors.As(err, &refus) {
		p.Refuser("", refus.Texte.Fr, refus.Texte.En)
		return montrer()
	}
	if err != nil {
		return err
	}
	return web.AllerDire(w, r, filMotifs.Adresse, modele.Texte{
		Fr: "Le motif " + m.Code + " est enregistré. Les décisions déjà prises ou proposées gardent leur texte.", En: "Reason " + m.Code + " is stored. Decisions already made or proposed keep their text.",
	})
}

// Pour are the decisions that a reason may be of.
func (p *pageMotifs) Pour() []web.Choix {
	return []web.Choix{{Valeur: string(Rejet), Libelle: p.T("Un refus", "A refusal"), Choisi: true}, {Valeur: string(Retrait), Libelle: p.T("Le retrait d'une attribution notifiée", "The withdrawal of an award that was notified")}}
}

// ChoixActif is the box that says whether the reason may be chosen.
func (p *pageMotif) ChoixActif() []web.Choix {
	return []web.Choix{{Valeur: "oui", Libelle: p.T("Ce motif peut être choisi", "This reason may be chosen"), Choisi: !p.M.Inactif}}
}

// Actif is the word of whether a reason may be chosen.
func (p *pageMotifs) Actif(m Motif) web.Etiquette { return actif(&p.Page, m) }

// Actif is the word of whether a version may be, or could be, chosen.
func (p *pageMotif) Actif(r Revision) web.Etiquette { return actif(&p.Page, r.Motif) }

func actif(p *web.Page, m Motif) web.Etiquette {
	if m.Inactif {
		return p.Etiquette("neutre", p.T("retiré", "withdrawn"))
	}
	return p.Etiquette("ok", p.T("actif", "active"))
}
