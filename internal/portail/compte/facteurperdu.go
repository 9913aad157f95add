package compte

import (
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// pagePerdu is what facteurperdu.html shows: somebody else's second factor is taken away.
type pagePerdu struct {
	web.Page
	Membre Membre
	Action string // where the form goes
}

var titrePerdu = modele.Texte{Fr: "Second facteur perdu", En: "Lost second factor"}

// chez tells among whose people a page looks: those of the supplier that its address names, to the agency, or one's
// own.
func (s *Service) chez(r *http.Request) (fournisseur int64, fil []web.Lien, err error) {
	i, _ := De(r.Context())
	texte := r.PathValue("fournisseur")
	if texte == "" {
		return i.Fournisseur, []web.Lien{filPersonnes}, nil
	}
	fournisseur, err = strconv.ParseInt(texte, 10, 64)
	if err != nil || fournisseur <= Agence {
		return 0, nil, introuvable(ErrMembre)
	}
	nom, err := nomDe(r.Context(), s.Base.Lire(), fournisseur, i.Langue)
	if err != nil {
		return 0, nil, introuvable(err)
	}
	adresse := "/fournisseurs/" + nombre(fournisseur)
	return fournisseur, []web.Lien{{Nom: modele.Texte{Fr: nom, En: nom}, Adresse: adresse}, {Nom: titrePersonnes, Adresse: adresse + "/personnes"}}, nil
}

// pageGens is the page of the people of a supplier, to the agency.
func (s *Service) pageGens(r *http.Request) (p *pagePersonnes, fournisseur int64, err error) {
	fournisseur, fil, err := s.chez(r)
	if err != nil {
		return nil, 0, err
	}
	p = &pagePersonnes{Page: web.NouvellePage(r, titrePersonnes, fil[0]), Racine: fil[1].Adresse}
	p.Membres, err = s.lignesMembres(r, fournisseur)
	return p, fournisseur, err
}

func (s *Service) montrerGens(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.pageGens(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "gens.html", p)
}

func (s *Service) pagePerdu(r *http.Request) (p *pagePerdu, fournisseur int64, liste string, err error) {
	fournisseur, fil, err := s.chez(r)
	if err != nil {
		return nil, 0, "", err
	}
	m, err := s.membreDe(r, fournisseur)
	if err != nil {
		return nil, 0, "", err
	}
	liste = fil[len(fil)-1].Adresse
	p = &pagePerdu{web.NouvellePage(r, titrePerdu, fil...), m, liste + "/" + nombre(m.Compte) + "/second-facteur"}
	return p, fournisseur, liste, nil
}

func (s *Service) montrerPerdu(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.pagePerdu(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "facteurperdu.html", p)
}

func (s *Service) leverPour(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	p, fournisseur, liste, err := s.pagePerdu(r)
	if err != nil {
		return err
	}
	err = s.LeverFacteur(r.Context(), Levee{
		Par: i, MotDePasse: r.PostFormValue("actuel"), Fournisseur: fournisseur, Compte: p.Membre.Compte, Motif: r.PostFormValue("motif"),
	})
	switch {
	case errors.Is(err, ErrMembre):
		return introuvable(err)
	case err != nil:
		return s.refuser(w, r, "facteurperdu.html", p, err)
	}
	return web.AllerDire(w, r, liste, modele.Texte{
		Fr: "Le second facteur est retiré et les sessions sont terminées. Un courriel en prévient la personne.",
		En: "The second factor is taken away and the sessions have ended. A mail tells the person.",
	})
}
