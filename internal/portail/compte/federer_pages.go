package compte

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/federe"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// What a browser was sent away with waits in a cookie of its own, sealed: nothing is kept of who does not come back.
const (
	cookieDepart = "guichet-depart"
	sceauDepart  = "compte.depart"
	dureeDepart  = 10 * time.Minute
)

// depart is what the cookie says.
type depart struct {
	federe.Depart
	Suite   string
	Session string // that is to be sure of its person; "" for who signs in
	Fin     int64  // microseconds
}

// CheminRetour is where the provider sends browsers back to.
const CheminRetour = "/connexion/agence/retour"

// partirFederer sends a browser to the provider.
func (s *Service) partirFederer(w http.ResponseWriter, r *http.Request) error {
	if s.Federation == nil {
		return web.Aller(w, r, "/connexion")
	}
	adresse, d, err := s.Federation.Partir()
	if err != nil {
		return s.refuserFederation(w, r, err)
	}
	return s.partir(w, r, adresse, depart{Depart: d, Suite: suite(r.URL.Query().Get("suite"))})
}

func (s *Service) partir(w http.ResponseWriter, r *http.Request, adresse string, d depart) error {
	d.Fin = s.Maintenant().Add(dureeDepart).UnixMicro()
	texte, err := json.Marshal(d)
	if err != nil {
		return err
	}
	web.PoserCookie(r.Context(), w, cookieDepart, s.Coffre.Sceller(sceauDepart, string(texte)), dureeDepart)
	return web.Aller(w, r, adresse)
}

// lireDepart reads what this browser was sent away with, lately.
func (s *Service) lireDepart(r *http.Request) (d depart, ok bool) {
	scelle := web.LireCookie(r, cookieDepart)
	if !strings.HasPrefix(scelle, coffre.Entete) {
		return d, false
	}
	clair, err := s.Coffre.Ouvrir(sceauDepart, scelle)
	if err != nil || json.Unmarshal([]byte(clair), &d) != nil {
		return d, false
	}
	return d, s.Maintenant().UnixMicro() < d.Fin
}

// revenirFederer takes who comes back from the provider in.
func (s *Service) revenirFederer(w http.ResponseWriter, r *http.Request) error {
	if s.Federation == nil {
		return web.Aller(w, r, "/connexion")
	}
	web.PoserCookie(r.Context(), w, cookieDepart, "", -1)
	d, ok := s.lireDepart(r)
	if !ok {
		return s.refuserFederation(w, r, federe.Refuser(federe.Etat, errors.New("this browser was sent nowhere lately")))
	}
	if d.Session != "" {
		return s.revenirConfirmer(w, r, d)
	}
	x, err := s.arriver(r, d)
	if err != nil {
		return s.refuserFederation(w, r, err)
	}
	e, err := s.Federer(r.Context(), x)
	if err != nil {
		return s.refuserFederation(w, r, err)
	}
	return s.accueillir(w, r, e, d.Suite)
}

// arriver reads who comes back from a departure, once.
func (s *Service) arriver(r *http.Request, d depart) (x federe.Personne, err error) {
	ctx := r.Context()
	if err := s.essayerPour(ctx, 0, freinFedere.partout(provenance(r))...); err != nil {
		return x, err
	}
	if err := s.revenuUneFois(ctx, d.Etat); err != nil {
		return x, err
	}
	return s.Federation.Arriver(ctx, d.Depart, r.URL.Query())
}

// refuserFederation tells why nobody comes in, at the page where one signs in otherwise.
func (s *Service) refuserFederation(w http.ResponseWriter, r *http.Request, err error) error {
	var refus *federe.Refus
	var trop *TropEssais
	switch {
	case errors.As(err, &refus):
		web.Tracer(r.Context(), web.Trace{Genre: "federation.refusee", Objet: string(refus.Cause)})
		return web.AllerAvertir(w, r, "/connexion", s.parLui(raison(refus.Cause)))
	case errors.As(err, &trop):
		return web.AllerAvertir(w, r, "/connexion", s.patience(trop).Texte)
	}
	return err
}

// libelle is what people call the provider; there is none without a Fr.
func (s *Service) libelle() modele.Texte {
	switch {
	case s.Federation == nil:
		return modele.Texte{}
	case s.Federation.Libelle == "":
		return modele.Texte{Fr: "le compte de l'agence", En: "the agency's account"}
	}
	return modele.Texte{Fr: s.Federation.Libelle, En: s.Federation.Libelle}
}

// parLui names the provider in a text that has %s for it. French has it after « par »: it may begin with an article.
func (s *Service) parLui(t modele.Texte) modele.Texte {
	nom := s.libelle()
	return modele.Texte{Fr: strings.Replace(t.Fr, "%s", nom.Fr, 1), En: strings.Replace(t.En, "%s", nom.En, 1)}
}

// raison is what a person reads; %s is the provider.
func raison(c federe.Cause) modele.Texte {
	switch c {
	case federe.Absent:
		return modele.Texte{Fr: "La connexion par %s ne répond pas pour le moment. Réessayez dans un instant, ou connectez-vous avec votre mot de passe.", En: "The sign-in through %s does not answer at the moment. Try again in a while, or sign in with your password."}
	case federe.Abandon:
		return modele.Texte{Fr: "La connexion par %s a été interrompue, par vous ou là-bas. Recommencez, ou connectez-vous avec votre mot de passe.", En: "The sign-in through %s was stopped, by you or over there. Start again, or sign in with your password."}
	case federe.Courriel:
		return modele.Texte{Fr: "La connexion par %s ne donne pas d'adresse électronique vérifiée : le guichet ne peut pas trouver votre compte. Faites-la vérifier là-bas, ou connectez-vous avec votre mot de passe.", En: "The sign-in through %s gives no verified e-mail address: the counter cannot find your account. Have it verified there, or sign in with your password."}
	case federe.Inconnu:
		return modele.Texte{Fr: "Vous êtes reconnu par %s, mais aucun compte de l'agence n'a cette adresse électronique au guichet. Un administrateur du guichet doit d'abord vous inviter.", En: "You are recognised by %s, but no account of the agency has this e-mail address at the counter. An administrator of the counter must invite you first."}
	case federe.Autre:
		return modele.Texte{Fr: "Ce compte du guichet est déjà lié à une autre personne connue par %s. Connectez-vous avec votre mot de passe, puis déliez-le depuis « Mon compte ».", En: "This account of the counter is tied to another person known by %s already. Sign in with your password, then untie it from “My account”."}
	}
	return modele.Texte{Fr: "La réponse donnée par %s n'a pas été acceptée : elle a plus de dix minutes, a déjà servi, ou ne vient pas de ce navigateur. Recommencez la connexion.", En: "The answer given by %s was not accepted: it is over ten minutes old, was used already, or is not of this browser. Start the sign-in again."}
}

// acteDelier says what follows when an account is untied from the provider.
func (s *Service) acteDelier(r *http.Request) (*web.Acte, error) {
	i, _ := De(r.Context())
	f, err := s.FederationDe(r.Context(), i.Compte)
	if err != nil || f.Cree.IsZero() {
		return nil, err
	}
	return &web.Acte{
		Titre:  s.parLui(modele.Texte{Fr: "Délier votre compte de la connexion par %s ?", En: "Untie your account from the sign-in through %s?"}),
		Suites: []modele.Texte{s.parLui(modele.Texte{Fr: "Un courriel vous le confirme. Votre mot de passe et votre second facteur restent. La prochaine connexion par %s liera de nouveau le compte à qui y a alors son adresse électronique.", En: "A mail confirms it. Your password and second factor stay. The next sign-in through %s ties the account again to who has its e-mail address there then."})},
		Faire:  dit("Délier", "Untie"),
	}, nil
}

func (s *Service) delier(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if err := s.Delier(r.Context(), i.Compte); err != nil {
		return err
	}
	return web.AllerDire(w, r, "/compte", s.parLui(modele.Texte{Fr: "Votre compte est délié de la connexion par %s.", En: "Your account is untied from the sign-in through %s."}))
}
