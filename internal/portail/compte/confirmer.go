package compte

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// A session that was left open, or stolen, is not enough for what matters most: routes that say so (web.Route.Confirme)
// ask for the password and the second factor again, unless both were given in the last ten minutes. Who has signed in at the identity
// provider may be asked there instead of for the password (federer_confirmer.go).

// dureeConfirmation is how long that holds.
const dureeConfirmation = 10 * time.Minute

// cleConfirme is when the person of a session was last sure: microseconds (int64).
const cleConfirme = "confirme"

// The fields of the confirmation, beside those of the form that it interrupts.
const (
	champMotDePasse  = "confirme-motdepasse"
	champCode        = "confirme-code"
	champConfirmeCle = "confirme-cle"
)

// pageConfirmer is what confirmer.html shows.
type pageConfirmer struct {
	web.Page
	Action string // where the form goes
	Suite  string
	Caches []champCache // what was typed in the form that is interrupted
	cleProposee
	Facteur  bool // a code, or a passkey, is asked for
	Renvoyer bool // a form with files is to be sent again
	moyens
	La     bool   // the provider has asked the person: the second factor alone is to come
	Retour string // where the way by the provider leads
}

// Ailleurs is the link to the provider.
func (p *pageConfirmer) Ailleurs() string { return "/confirmer/agence" + avecSuite(p.Retour) }

// champCache is one field that is sent again.
type champCache struct{ Nom, Valeur string }

var titreConfirmer = modele.Texte{Fr: "Confirmez que c'est vous", En: "Confirm that it is you"}

// frais tells whether the person of the session was sure lately.
func (s *Service) frais(ctx context.Context) bool {
	depuis := s.sessions.GetInt64(ctx, cleConfirme)
	return depuis > 0 && s.Maintenant().Sub(time.UnixMicro(depuis)) < dureeConfirmation
}

// confirmer lets only who is sure take a route. A form that is interrupted is sent again with the confirmation: nothing that
// was typed is lost.
func (s *Service) confirmer(route web.Route) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.frais(r.Context()) {
			return route.Servir(w, r)
		}
		switch {
		case r.Method == http.MethodGet:
			return web.Aller(w, r, "/confirmer"+retour(r))
		case strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/"):
			p, err := s.pageConfirmer(r, "/confirmer")
			if err != nil {
				return err
			}
			p.Renvoyer = true
			if err := s.attendre(r, route, p); err != nil {
				return err
			}
			p.Suite = p.Retour
			return gabarits().MontrerEtat(w, r, http.StatusForbidden, "confirmer.html", p)
		}
		var f web.Formulaire
		if err := f.Lire(r); err != nil {
			return err
		}
		var err error
		if r.PostForm.Has(champMotDePasse) || r.PostForm.Has(champCode) {
			if err = s.Confirmer(r.Context(), preuveDe(r)); err == nil {
				for _, champ := range []string{champMotDePasse, champCode, champConfirmeCle} {
					r.PostForm.Del(champ)
				}
				return route.Servir(w, r)
			}
		}
		p, errPage := s.pageConfirmer(r, r.URL.EscapedPath())
		if errPage != nil {
			return errPage
		}
		if err := p.Lire(r); err != nil {
			return err
		}
		p.Fige = true
		p.cacher(r.PostForm)
		if p.Libelle.Fr != "" {
			if err := s.attendre(r, route, p); err != nil {
				return err
			}
		}
		if err != nil {
			return s.refuser(w, r, "confirmer.html", p, err)
		}
		return gabarits().MontrerEtat(w, r, http.StatusForbidden, "confirmer.html", p)
	}
}

// attendre keeps what was typed in a form in the session, for its page to give back.
func (s *Service) attendre(r *http.Request, route web.Route, p *pageConfirmer) error {
	i, _ := De(r.Context())
	g := lireGardee(r, route, i.agit())
	p.Retour = g.Page
	return s.garder(r.Context(), g)
}

func (s *Service) pageConfirmer(r *http.Request, action string) (*pageConfirmer, error) {
	i, _ := De(r.Context())
	m, err := s.moyensDe(r.Context(), i)
	if err != nil {
		return nil, err
	}
	cle, err := s.offrirCle(r, i.Compte)
	return &pageConfirmer{Page: web.NouvellePage(r, titreConfirmer), Action: action, Facteur: i.facteur, cleProposee: cle, moyens: m, La: i.facteur && m.Libelle.Fr != "" && !s.confirmeLa(r.Context()).IsZero()}, err
}

// ChampCle is the field that a passkey answers in.
func (*pageConfirmer) ChampCle() string { return champConfirmeCle }

// Preuve is what the person of a session shows again.
type Preuve struct {
	MotDePasse string
	Code, Cle  string // of the second factor: one of them
	Reseau     string // where it comes from
}

func preuveDe(r *http.Request) Preuve {
	return Preuve{r.PostFormValue(champMotDePasse), r.PostFormValue(champCode), r.PostFormValue(champConfirmeCle), provenance(r)}
}

// cacher carries the fields of a form over.
func (p *pageConfirmer) cacher(champs url.Values) {
	noms := make([]string, 0, len(champs))
	for nom := range champs {
		if !web.Secret(nom) {
			noms = append(noms, nom)
		}
	}
	slices.Sort(noms)
	for _, nom := range noms {
		for _, v := range champs[nom] {
			p.Caches = append(p.Caches, champCache{nom, v})
		}
	}
}

// reconnu is the session's person, whom the provider has just asked, or who gives the password; since when that is so.
func (s *Service) reconnu(ctx context.Context, compte int64, mot string) (p personne, quand time.Time, err error) {
	if quand = s.confirmeLa(ctx); mot == "" && !quand.IsZero() {
		p, err = lirePersonne(ctx, s.Base.Lire(), compte)
		if err == nil && !p.facteur() {
			err = faute("", "Votre second facteur a été retiré entre-temps : recommencez.", "Your second factor was taken away meanwhile: start again.")
		}
		return p, quand, err
	}
	p, err = s.verifier(ctx, compte, mot)
	return p, s.Maintenant(), err
}

// Confirmer checks the password of the session's person, and the second factor where there is one, both each time.
func (s *Service) Confirmer(ctx context.Context, x Preuve) error {
	i, _ := De(ctx)
	p, quand, err := s.reconnu(ctx, i.Compte, x.MotDePasse)
	if err != nil {
		return renommer(err, champMotDePasse)
	}
	switch {
	case !p.facteur():
	case x.Cle != "":
		err = s.essayerCle(ctx, i.Compte, i.session, x.Cle, x.Reseau, champCode, func(context.Context, *sql.Tx, personne) error { return nil })
	default:
		err = renommer(s.prendreCodeDe(ctx, p, x.Code), champCode)
	}
	if err != nil {
		return err
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return liberer(ctx, tx, freinVerification.pour(nombre(i.Compte)))
	})
	if err != nil {
		return err
	}
	return s.confirme(ctx, quand)
}

// prendreCodeDe takes a code of a person who is signed in, of either kind.
func (s *Service) prendreCodeDe(ctx context.Context, p personne, code string) error {
	frein := freinCodeConnu.pour(nombre(p.id) + " confirmation")
	if err := s.essayerPour(ctx, p.id, frein); err != nil {
		return err
	}
	err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.prendreCode(ctx, tx, p, code)
		return errors.Join(err, liberer(ctx, tx, frein))
	})
	var f *Faute
	if errors.As(err, &f) {
		web.Tracer(ctx, web.Trace{Genre: "code.refuse", Compte: p.id})
	}
	return err
}

// renommer tells a fault beside another field.
func renommer(err error, champ string) error {
	var f *Faute
	if errors.As(err, &f) && f.Champ != "" {
		return &Faute{champ, f.Texte}
	}
	return err
}

func (s *Service) montrerConfirmer(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageConfirmer(r, "/confirmer")
	if err != nil {
		return err
	}
	p.Suite = suite(r.URL.Query().Get("suite"))
	p.Retour = p.Suite
	return gabarits().Montrer(w, r, "confirmer.html", p)
}

func (s *Service) confirmerPuis(w http.ResponseWriter, r *http.Request) error {
	suite := suite(r.PostFormValue("suite"))
	if err := s.Confirmer(r.Context(), preuveDe(r)); err != nil {
		p, errPage := s.pageConfirmer(r, "/confirmer")
		if errPage != nil {
			return errPage
		}
		p.Suite, p.Retour = suite, suite
		return s.refuser(w, r, "confirmer.html", p, err)
	}
	return web.Aller(w, r, ou(suite, "/compte"))
}
