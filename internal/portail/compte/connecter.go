package compte

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageConnexion is what connecter.html shows.
type pageConnexion struct {
	web.Page
	Suite    string       // where to go afterwards
	Saisie   string       // what was typed before, sealed; "" for nothing
	Pourquoi modele.Texte // why to sign in; empty when the person came to do so
	Avance   bool         // the code of the second factor may be given with the password
	Libelle  modele.Texte // the identity provider of the agency; empty for none
}

func (s *Service) pageConnexion(r *http.Request, suite string) *pageConnexion {
	return &pageConnexion{Page: web.NouvellePage(r, titreConnexion), Suite: suite, Libelle: s.libelle()}
}

var (
	titreConnexion = modele.Texte{Fr: "Se connecter", En: "Sign in"}
	filConnexion   = web.Lien{Nom: titreConnexion, Adresse: "/connexion"}
)

func (s *Service) montrerConnexion(w http.ResponseWriter, r *http.Request) error {
	suite := suite(r.URL.Query().Get("suite"))
	if _, ok := De(r.Context()); ok {
		return web.Aller(w, r, ou(suite, "/"))
	}
	return gabarits().Montrer(w, r, "connecter.html", s.pageConnexion(r, suite))
}

func (s *Service) connecter(w http.ResponseWriter, r *http.Request) error {
	p := s.pageConnexion(r, suite(r.PostFormValue("suite")))
	p.Saisie = r.PostFormValue("saisie")
	p.Fige = p.Saisie != ""
	if l := r.PostFormValue("lang"); l != "" {
		return p.enLangue(w, r, langue(l))
	}
	if r.PostFormValue("reprendre") != "" {
		return s.reprendre(w, r, p)
	}
	e, err := s.Connecter(r.Context(), r.PostFormValue("courriel"), r.PostFormValue("motdepasse"), s.visite(r))
	if err != nil {
		var trop *TropEssais
		p.Avance = errors.As(err, &trop) && trop.sur == surCompte || r.PostFormValue("codeAvance") != ""
		return s.refuser(w, r, "connecter.html", p, err)
	}
	if _, ok := s.ouvrirGardee(p.Saisie, e.Compte); ok {
		s.sessions.Put(r.Context(), cleGardee, p.Saisie)
	}
	return s.accueillir(w, r, e, p.Suite)
}

// reprendre goes on with what was typed, once its person has signed in beside this page.
func (s *Service) reprendre(w http.ResponseWriter, r *http.Request, p *pageConnexion) error {
	i, _ := De(r.Context())
	if _, ok := s.ouvrirGardee(p.Saisie, i.Compte); !ok {
		return s.refuser(w, r, "connecter.html", p, faute("", "Vous n'êtes pas encore connecté dans ce navigateur, ou l'êtes avec un autre compte : ce qui était saisi attend toujours.",
			"You have not signed in with this browser yet, or have with another account: what was typed still waits."))
	}
	s.sessions.Put(r.Context(), cleGardee, p.Saisie)
	suite, err := s.retrouver(r.Context(), i.Compte, p.Suite)
	if err != nil {
		return err
	}
	return s.continuer(w, r, i.Compte, suite)
}

// enLangue shows the page again in another language, which its address could not lead to without losing what was typed.
func (p *pageConnexion) enLangue(w http.ResponseWriter, r *http.Request, l modele.Langue) error {
	web.GarderLangue(w, r, l)
	p.Langue = l
	if err := p.Lire(r); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "connecter.html", p)
}

// demanderConnexion asks who sent a form to sign in: the session has ended, or is another person's. What was typed comes
// back afterwards.
func (s *Service) demanderConnexion(w http.ResponseWriter, r *http.Request, route web.Route, a agit) (err error) {
	p := s.pageConnexion(r, "")
	p.Pourquoi = sessionFinie
	if _, connecte := De(r.Context()); connecte {
		p.Pourquoi = autreCompte
	}
	p.Fige = true
	if p.Saisie, err = s.sceller(lireGardee(r, route, a)); err != nil {
		return err
	}
	return gabarits().MontrerEtat(w, r, http.StatusForbidden, "connecter.html", p)
}

var (
	sessionFinie = modele.Texte{
		Fr: "Votre session est terminée : rien n'a été envoyé. Reconnectez-vous ; ce que vous aviez saisi vous attend, hors mots de passe et fichiers.",
		En: "Your session has ended: nothing was sent. Sign in again; what you had typed awaits you, except passwords and files.",
	}
	autreCompte = modele.Texte{
		Fr: "Cette page était celle d'un autre compte que celui qui est connecté maintenant : rien n'a été envoyé. Connectez-vous avec son compte pour la reprendre ; ce qui était saisi attend. Sinon, revenez à l'accueil.",
		En: "This page was that of another account than the one that is signed in now: nothing was sent. Sign in with its account to go on; what was typed waits. Otherwise go back to the home page.",
	}
)

// accueillir begins the session and leads on: to the second factor, to the choice of for whom to act, or to
// where the person was going.
func (s *Service) accueillir(w http.ResponseWriter, r *http.Request, e Entree, suite string) error {
	if err := s.entrer(r.Context(), e); err != nil {
		return err
	}
	if e.SecondFacteur {
		return web.Aller(w, r, "/connexion/code"+avecSuite(suite))
	}
	v := s.visite(r)
	connu, err := s.connait(r.Context(), v, e.Compte)
	if err != nil {
		return err
	}
	if !e.Connu && !connu {
		if err := s.direNouveau(r, e.Compte); err != nil {
			return err
		}
	}
	s.reconnaitreNavigateur(r.Context(), w, v, e.Compte)
	suite, err = s.retrouver(r.Context(), e.Compte, suite)
	switch {
	case err != nil:
		return err
	case !s.sessions.Exists(r.Context(), clePour):
		return web.Aller(w, r, "/agir-pour"+avecSuite(suite))
	}
	return s.continuer(w, r, e.Compte, suite)
}

func avecSuite(suite string) string {
	if suite == "" {
		return ""
	}
	return "?" + url.Values{"suite": {suite}}.Encode()
}

// continuer leads to where a person was going, by way of the second factor when it is to be set up first.
func (s *Service) continuer(w http.ResponseWriter, r *http.Request, compte int64, suite string) error {
	ctx := r.Context()
	i, _, err := s.identifier(ctx, compte, s.sessions.GetInt64(ctx, clePour), s.sessions.GetInt64(ctx, clePar))
	if err != nil {
		return err
	}
	return ensuite(w, r, i, suite)
}

// ensuite goes on to where a person meant to go, by the second factor that the role asks for and is not there.
func ensuite(w http.ResponseWriter, r *http.Request, i Identite, suite string) error {
	if i.FacteurDu {
		suite = "/compte/second-facteur"
	}
	return web.Aller(w, r, ou(suite, "/"))
}

func (s *Service) deconnecter(w http.ResponseWriter, r *http.Request) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	if strings.HasPrefix(s.Adresse, "https://") { // elsewhere browsers do not take it; the cookies that stay open nothing
		w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	}
	return web.AllerDire(w, r, "/connexion", modele.Texte{Fr: "Vous êtes déconnecté.", En: "You have signed out."})
}

// pageCode is what code.html shows: the second step of signing in.
type pageCode struct {
	web.Page
	cleProposee
	Secours bool // a recovery code is asked for
	Suite   string
}

// champCle is the field that a passkey answers in, but for the confirmation.
const champCle = "reponse-cle"

// ChampCle is that field.
func (*pageCode) ChampCle() string { return champCle }

func (s *Service) pageCode(r *http.Request, compte int64, secours bool) (p *pageCode, err error) {
	p = &pageCode{Secours: secours, Suite: suite(r.FormValue("suite"))}
	titre := modele.Texte{Fr: "Saisir un code de secours", En: "Type a recovery code"}
	if !secours {
		if p.cleProposee, err = s.offrirCle(r, compte); err != nil {
			return nil, err
		}
		titre = modele.Texte{Fr: "Saisir le code de votre application", En: "Type the code of your application"}
		if p.Cles {
			titre = modele.Texte{Fr: "Montrer votre second facteur", En: "Show your second factor"}
		}
	}
	p.Page = web.NouvellePage(r, titre, filConnexion)
	return p, nil
}

func (s *Service) montrerCode(secours bool) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		compte := s.enAttente(r.Context())
		if compte == 0 {
			return web.Aller(w, r, "/connexion")
		}
		p, err := s.pageCode(r, compte, secours)
		if err != nil {
			return err
		}
		return gabarits().Montrer(w, r, "code.html", p)
	}
}

func (s *Service) verifierCode(secours bool) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		compte := s.enAttente(r.Context())
		if compte == 0 {
			return web.Aller(w, r, "/connexion")
		}
		if err := s.verifierSecond(r, compte); err != nil {
			p, errPage := s.pageCode(r, compte, secours)
			if errPage != nil {
				return errPage
			}
			return s.refuser(w, r, "code.html", p, err)
		}
		return s.accueillir(w, r, Entree{Compte: compte, Federe: s.federe(r.Context()), SessionLa: s.sessions.GetString(r.Context(), cleSessionLa)}, suite(r.PostFormValue("suite")))
	}
}

// verifierSecond checks the second factor that a form brings: the answer of a passkey, or a code.
func (s *Service) verifierSecond(r *http.Request, compte int64) error {
	if reponse := r.PostFormValue(champCle); reponse != "" {
		return s.VerifierCle(r.Context(), compte, cleDeSession(r.Context()), reponse, s.visite(r))
	}
	return s.VerifierCode(r.Context(), compte, r.PostFormValue("code"), s.visite(r))
}
