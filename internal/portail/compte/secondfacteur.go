package compte

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageFacteur is what secondfacteur.html shows: how to set the second factor up.
type pageFacteur struct {
	web.Page
	Cle string // the key in groups of four, for typing
	Du  bool   // nothing else can be done before
}

func (s *Service) pageFacteur(r *http.Request) (*pageFacteur, error) {
	i, _ := De(r.Context())
	cle, err := s.PreparerFacteur(r.Context(), i.Compte, i.session)
	if err != nil {
		return nil, err
	}
	titre := modele.Texte{Fr: "Mettre en place le second facteur", En: "Set up the second factor"}
	return &pageFacteur{web.NouvellePage(r, titre, filCompte), grouper(cle.Secret()), i.FacteurDu}, nil
}

// grouper writes a key as people type it.
func grouper(cle string) string {
	var b strings.Builder
	for n, r := range cle {
		if n > 0 && n%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (s *Service) montrerFacteur(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageFacteur(r)
	var f *Faute
	if errors.As(err, &f) {
		return web.Aller(w, r, "/compte") // it is in place
	}
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "secondfacteur.html", p)
}

func (s *Service) montrerImage(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	var image bytes.Buffer
	switch err := s.Image(r.Context(), i.Compte, i.session, &image); {
	case errors.As(err, new(*Faute)):
		return web.Introuvable // there is no key to show
	case err != nil:
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write(image.Bytes())
	return err
}

// activerFacteur leads to the recovery codes.
func (s *Service) activerFacteur(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	codes, err := s.ActiverFacteur(r.Context(), i.Compte, i.session, r.PostFormValue("code"))
	if err != nil {
		p, errPage := s.pageFacteur(r)
		var f *Faute
		if errors.As(errPage, &f) {
			return web.Aller(w, r, "/compte")
		}
		if errPage != nil {
			return errPage
		}
		return s.refuser(w, r, "secondfacteur.html", p, err)
	}
	if codes == nil { // they came with the passkey
		return web.AllerDire(w, r, "/compte", modele.Texte{Fr: "L'application d'authentification est en place.", En: "The authenticator application is in place."})
	}
	return s.tendreSecours(w, r, codes)
}

// pageRetrait is what retrait.html shows: the second factor is taken away, or new recovery codes are made.
type pageRetrait struct {
	web.Page
	cleProposee
	Requis bool
}

// ChampCle is the field that a passkey answers in.
func (*pageRetrait) ChampCle() string { return champCle }

func (s *Service) pageRetrait(r *http.Request) (*pageRetrait, error) {
	i, _ := De(r.Context())
	titre := modele.Texte{Fr: "Retirer le second facteur", En: "Take the second factor away"}
	requis := s.exigeFacteur(i.Role)
	cle, err := s.offrirCle(r, i.Compte)
	switch {
	case cle.Cles:
		titre = modele.Texte{Fr: "Retirer l'application d'authentification", En: "Take the authenticator application away"}
	case requis:
		titre = modele.Texte{Fr: "Changer de second facteur", En: "Change the second factor"}
	}
	return &pageRetrait{web.NouvellePage(r, titre, filCompte), cle, requis}, err
}

func (s *Service) montrerRetrait(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageRetrait(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "retrait.html", p)
}

func (s *Service) retirerFacteur(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if err := s.retirerPar(r, i); err != nil {
		p, errPage := s.pageRetrait(r)
		if errPage != nil {
			return errPage
		}
		return s.refuser(w, r, "retrait.html", p, err)
	}
	if s.exigeFacteur(i.Role) {
		return web.Aller(w, r, "/compte/second-facteur")
	}
	return web.AllerDire(w, r, "/compte", modele.Texte{Fr: "L'application d'authentification est retirée.", En: "The authenticator application is taken away."})
}

// retirerPar takes the authenticator away for what the form brings: the answer of a passkey, or a code.
func (s *Service) retirerPar(r *http.Request, i Identite) error {
	if reponse := r.PostFormValue(champCle); reponse != "" {
		return s.RetirerFacteurParCle(r.Context(), i.Compte, r.PostFormValue("actuel"), i.session, reponse, provenance(r))
	}
	return s.RetirerFacteur(r.Context(), i.Compte, r.PostFormValue("actuel"), r.PostFormValue("code"))
}

// pageRenouveler is what renouveler.html shows.
type pageRenouveler struct{ web.Page }

func (s *Service) pageRenouveler(r *http.Request) *pageRenouveler {
	return &pageRenouveler{web.NouvellePage(r, modele.Texte{Fr: "Obtenir de nouveaux codes de secours", En: "Get new recovery codes"}, filCompte)}
}

func (s *Service) montrerRenouveler(w http.ResponseWriter, r *http.Request) error {
	return gabarits().Montrer(w, r, "renouveler.html", s.pageRenouveler(r))
}

func (s *Service) renouvelerSecours(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	codes, err := s.RenouvelerSecours(r.Context(), i.Compte)
	if err != nil {
		return s.refuser(w, r, "renouveler.html", s.pageRenouveler(r), err)
	}
	return s.tendreSecours(w, r, codes)
}
