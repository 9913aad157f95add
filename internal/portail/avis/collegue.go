package avis

import (
	"net/http"
	"strconv"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageListe is what liste.html shows: what somebody is asked, and was.
type pageListe struct {
	web.Page
	Attendus, Passes []Avis
}

func (s *Service) montrerListe(w http.ResponseWriter, r *http.Request) error {
	p := &pageListe{Page: web.NouvellePage(r, Titre)}
	var err error
	if p.Attendus, err = s.Attendus(r.Context(), qui(r).Compte); err != nil {
		return err
	}
	if p.Passes, err = s.Passes(r.Context(), qui(r).Compte); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "liste.html", p)
}

// EtatDe is the word of what became of an opinion.
func (p *pageListe) EtatDe(a Avis) web.Etiquette {
	ton, mot := a.Mot()
	return p.Etiquette(ton, p.Tx(mot))
}

// EnLignes is a text as it was typed, line by line.
func (*pageListe) EnLignes(texte string) []string { return ecrit.Lignes(texte) }

// pageRendre is what rendre.html shows: what a colleague is asked, and the answer.
type pageRendre struct {
	web.Page
	A     *Avis
	Passe bool // it is waited for no longer
	Tiens bool // who is asked holds the demande now
}

// pageRendre is that of the opinion in the address, for who is asked alone.
func (s *Service) pageRendre(r *http.Request) (*pageRendre, error) {
	id, err := strconv.ParseInt(r.PathValue("avis"), 10, 64)
	if err != nil {
		return nil, web.Introuvable
	}
	a, err := s.lire(r.Context(), s.Base.Lire(), id)
	if err != nil {
		return nil, introuvable(err)
	}
	if a.Compte != qui(r).Compte {
		return nil, web.Introuvable
	}
	d, err := s.Examens.Dossier(r.Context(), s.Base.Lire(), a.Cle)
	if err != nil {
		return nil, introuvable(err)
	}
	titre := modele.Texte{Fr: "Avis sur la demande " + a.NumeroASP, En: "Opinion on request " + a.NumeroASP}
	return &pageRendre{Page: web.NouvellePage(r, titre, filAvis), A: a, Passe: a.Etat != Attendu || a.fini(s.Maintenant()), Tiens: d.Agent == a.Compte}, nil
}

func (s *Service) montrerRendre(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageRendre(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "rendre.html", p)
}

// donner takes the answer of a colleague.
func (s *Service) donner(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageRendre(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	reponse := champsReponse(&p.Page)
	if p.Valide() {
		if err := s.Rendre(r.Context(), moi(r), p.A.ID, reponse); !refuse(&p.Page, err) && err != nil {
			return introuvable(err)
		}
	}
	if !p.Valide() {
		retenirReponse(&p.Page)
		return gabarits().Montrer(w, r, "rendre.html", p)
	}
	dit := modele.Texte{Fr: p.A.NumeroASP + " : votre avis est enregistré.", En: p.A.NumeroASP + ": your opinion is kept."}
	if reponse.Decline {
		dit = modele.Texte{Fr: p.A.NumeroASP + " : la personne qui vous l'a demandé le saura.", En: p.A.NumeroASP + ": who asked you will be told."}
	}
	return web.AllerDire(w, r, adresseAvis, dit)
}

// ChoixSens are what an opinion may come to.
func (p *pageRendre) ChoixSens() []web.Choix { return choixSens(&p.Page) }

// EtatDe is the word of what became of the opinion.
func (p *pageRendre) EtatDe() web.Etiquette {
	ton, mot := p.A.Mot()
	return p.Etiquette(ton, p.Tx(mot))
}

// EnLignes is a text as it was typed, line by line.
func (*pageRendre) EnLignes(texte string) []string { return ecrit.Lignes(texte) }
