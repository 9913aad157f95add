package avis

import (
	"errors"
	"net/http"
	"slices"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDehors is what dehors.html shows to somebody outside who was asked: the question, what they may read, and the answer.
type pageDehors struct {
	web.Page
	A       *Avis
	D       *instruction.Dossier
	Groupes []web.Feuillet
	Pieces  []instruction.Piece
	lien    string
}

// pageMort is what mort.html shows where a link leads nowhere, or no longer.
type pageMort struct{ web.Page }

var titreMort = modele.Texte{Fr: "Il n'y a rien à donner ici", En: "There is nothing to give here"}

// secrete keeps the pages behind a link out of what others keep: no index, no copy.
func secrete(h http.Header) { h.Set("X-Robots-Tag", "noindex, nofollow, noarchive") }

// mort answers for all links that lead nowhere, in the same words. What was typed while the link still led somewhere is shown again.
func (s *Service) mort(w http.ResponseWriter, r *http.Request) error {
	web.Tracer(r.Context(), web.Trace{Genre: "lien.refuse"})
	p := &pageMort{web.NouvellePage(r, titreMort)}
	if r.Method == http.MethodPost {
		if err := p.Lire(r); err != nil {
			return err
		}
		retenirReponse(&p.Page)
	}
	return gabarits().MontrerEtat(w, r, http.StatusGone, "mort.html", p)
}

// retenirReponse has an opinion shown again where its form is there no longer.
func retenirReponse(p *web.Page) {
	p.Retenir("texte", p.T("Ce que vous voulez en dire", "What you want to say of it"))
}

// derriere serves what stands behind a link to those who have it.
func (s *Service) derriere(w http.ResponseWriter, r *http.Request, servir func() error) error {
	secrete(w.Header())
	if err := s.Freiner(r); err != nil {
		return err
	}
	err := servir()
	if errors.Is(err, ErrInconnu) || errors.Is(err, instruction.ErrInconnu) {
		return s.mort(w, r)
	}
	return err
}

func (s *Service) pageDehors(r *http.Request, a *Avis) (*pageDehors, error) {
	ctx := r.Context()
	p := &pageDehors{Page: web.NouvellePage(r, modele.Texte{Fr: "Votre avis sur une demande de financement", En: "Your opinion on a funding request"}), A: a, lien: r.PathValue("lien")}
	var err error
	if p.D, err = s.Examens.Dossier(ctx, s.Base.Lire(), a.Cle); err != nil {
		return nil, err
	}
	if p.Groupes, err = s.Donnees(ctx, a.Cle); err != nil {
		return nil, err
	}
	p.Pieces, err = s.visibles(r, a, p.D)
	return p, err
}

// visibles are the documents that were chosen for somebody outside, but those that others have taken the place of since: nobody has
// chosen these.
func (s *Service) visibles(r *http.Request, a *Avis, d *instruction.Dossier) (pieces []instruction.Piece, err error) {
	if len(a.Pieces) == 0 {
		return nil, nil
	}
	toutes, err := s.Config.Pieces(r.Context(), d)
	for _, x := range toutes {
		if x.Format != "" && slices.Contains(a.Pieces, x.Type) && !x.Recu.After(a.Demande) {
			pieces = append(pieces, x)
		}
	}
	return pieces, err
}

func (s *Service) montrerDehors(w http.ResponseWriter, r *http.Request) error {
	return s.derriere(w, r, func() error {
		a, err := s.parLien(r.Context(), s.Base.Lire(), r.PathValue("lien"))
		if err != nil {
			return err
		}
		p, err := s.pageDehors(r, a)
		if err != nil {
			return err
		}
		if err := s.noterOuverture(r.Context(), p.lien, ""); err != nil { // it is shown next, or not at all
			return err
		}
		return gabarits().Montrer(w, r, "dehors.html", p)
	})
}

// donnerDehors takes the answer of somebody outside; the link then leads nowhere.
func (s *Service) donnerDehors(w http.ResponseWriter, r *http.Request) error {
	return s.derriere(w, r, func() error {
		a, err := s.parLien(r.Context(), s.Base.Lire(), r.PathValue("lien"))
		if err != nil {
			return err
		}
		p, err := s.pageDehors(r, a)
		if err != nil {
			return err
		}
		if err := p.Lire(r); err != nil {
			return err
		}
		reponse := champsReponse(&p.Page)
		if p.Valide() {
			if err := s.RendreDehors(r.Context(), p.lien, reponse); !refuse(&p.Page, err) && err != nil {
				return err
			}
		}
		if !p.Valide() {
			return gabarits().Montrer(w, r, "dehors.html", p)
		}
		return web.AllerDire(w, r, adresseDehors+"/"+p.lien, modele.Texte{Fr: "Votre réponse est enregistrée. Merci.", En: "Your answer is kept. Thank you."})
	})
}

var genres = map[string]string{"PDF": "application/pdf", "PNG": "image/png", "JPG": "image/jpeg"}

// servirDehors gives a document that was chosen for somebody outside. It is sent whole: each answer is an opening.
func (s *Service) servirDehors(w http.ResponseWriter, r *http.Request) error {
	return s.derriere(w, r, func() error {
		a, err := s.parLien(r.Context(), s.Base.Lire(), r.PathValue("lien"))
		if err != nil {
			return err
		}
		d, err := s.Examens.Dossier(r.Context(), s.Base.Lire(), a.Cle)
		if err != nil {
			return err
		}
		pieces, err := s.visibles(r, a, d)
		if err != nil {
			return err
		}
		typ := r.PathValue("type")
		if !slices.ContainsFunc(pieces, func(x instruction.Piece) bool { return x.Type == typ }) {
			return ErrInconnu
		}
		x, f, err := s.Config.Ouvrir(r.Context(), d, typ)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := s.noterOuverture(r.Context(), r.PathValue("lien"), typ); err != nil {
			return err
		}
		web.FichierRecu(w.Header(), genres[x.Format], x.Nom)
		return web.Donner(w, f)
	})
}

// ChoixSens are what an opinion may come to.
func (p *pageDehors) ChoixSens() []web.Choix { return choixSens(&p.Page) }

// Vers is where the answer is posted.
func (p *pageDehors) Vers() string { return adresseDehors + "/" + p.lien }

// Fichier is where a document is read.
func (p *pageDehors) Fichier(x instruction.Piece) string { return p.Vers() + "/pieces/" + x.Type }

// EnLignes is a text as it was typed, line by line.
func (*pageDehors) EnLignes(texte string) []string { return ecrit.Lignes(texte) }
