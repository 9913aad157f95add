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
	Suite string
	Fin   int64 // microseconds
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
	texte, err := json.Marshal(depart{d, suite(r.URL.Query().Get("suite")), s.Maintenant().Add(dureeDepart).UnixMicro()})
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
	e, suite, err := s.revenu(r)
	if err != nil {
		return s.refuserFederation(w, r, err)
	}
	return s.accueillir(w, r, e, suite)
}

func (s *Service) revenu(r *http.Request) (e Entree, suite string, err error) {
	ctx := r.Context()
	d, ok := s.lireDepart(r)
	if !ok {
		return e, "", federe.Refuser(federe.Etat, errors.New("this browser was sent nowhere lately"))
	}
	if err := s.essayerPour(ctx, 0, freinFedere.partout(provenance(r))...); err != nil {
		return e, "", err
	}
	if err := s.revenuUneFois(ctx, d.Etat); err != nil {
		return e, "", err
	}
	x, err := s.Federation.Arriver(ctx, d.Depart, r.URL.Query())
	if err != nil {
		return e, "", err
	}
	e, err = s.Federer(ctx, x)
	return e, d.Suite, err
}

// refuserFederation tells why nobody comes in, at the page where one signs in otherwise.
func (s *Service) refuserFederation(w http.ResponseWriter, r *http.Request, err error) error {
	var refus *federe.Refus
	var trop *TropEssais
	switch {
	case errors.As(err, &refus):
		web.Tracer(r.Context(), web.Trace{Genre: "federation.refusee", Objet: string(refus.Cause)})
		t := s.raison(refus.Cause)
		return web.AllerAvertir(w, r, "/connexion", dit(t.Fr, t.En, s.libelle()))
	case errors.As(err, &trop):
		return web.AllerAvertir(w, r, "/connexion", s.patience(trop).Texte)
	}
	return err
}

// raison is what a person reads; %s is the provider.
func (s *Service) raison(c federe.Cause) modele.Texte {
	switch c {
	case federe.Absent:
		return modele.Texte{Fr: "%s ne répond pas pour le moment. Réessayez dans un instant, ou connectez-vous avec votre mot de passe.", En: "%s does not answer at the moment. Try again in a while, or sign in with your password."}
	case federe.Abandon:
		return modele.Texte{Fr: "%s a interrompu la connexion, ou vous l'avez fait. Recommencez, ou connectez-vous avec votre mot de passe.", En: "%s has stopped the sign-in, or you have. Start again, or sign in with your password."}
	case federe.Courriel:
		return modele.Texte{Fr: "%s ne dit pas que votre adresse électronique est vérifiée : le guichet ne peut pas trouver votre compte. Faites-la vérifier là-bas, ou connectez-vous avec votre mot de passe.", En: "%s does not say that your e-mail address is verified: the counter cannot find your account. Have it verified there, or sign in with your password."}
	case federe.Inconnu:
		return modele.Texte{Fr: "%s vous a reconnu, mais aucun compte de l'agence n'a cette adresse électronique au guichet. Un administrateur du guichet doit d'abord vous inviter.", En: "%s has recognised you, but no account of the agency has this e-mail address at the counter. An administrator of the counter must invite you first."}
	case federe.Autre:
		return modele.Texte{Fr: "Ce compte du guichet est déjà lié à une autre personne de %s. Connectez-vous avec votre mot de passe, puis déliez-le depuis « Mon compte ».", En: "This account of the counter is tied to another person of %s already. Sign in with your password, then untie it from “My account”."}
	}
	return modele.Texte{Fr: "La réponse de %s n'a pas été acceptée : elle a plus de dix minutes, a déjà servi, ou ne vient pas de ce navigateur. Recommencez la connexion.", En: "The answer of %s was not accepted: it is over ten minutes old, was used already, or is not of this browser. Start the sign-in again."}
}

// acteDelier says what follows when an account is untied from the provider.
func (s *Service) acteDelier(r *http.Request) (*web.Acte, error) {
	i, _ := De(r.Context())
	f, err := s.FederationDe(r.Context(), i.Compte)
	if err != nil || f.Cree.IsZero() {
		return nil, err
	}
	return &web.Acte{
		Titre:  dit("Délier votre compte de %s ?", "Untie your account from %s?", s.libelle()),
		Suites: []modele.Texte{dit("Un courriel vous le confirme. Votre mot de passe et votre second facteur restent. La prochaine connexion par %s liera de nouveau le compte à qui a alors son adresse électronique.", "A mail confirms it. Your password and second factor stay. The next sign-in through %s ties the account again to who has its e-mail address then.", s.libelle())},
		Faire:  dit("Délier", "Untie"),
	}, nil
}

func (s *Service) delier(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if err := s.Delier(r.Context(), i.Compte); err != nil {
		return err
	}
	return web.AllerDire(w, r, "/compte", dit("Votre compte n'est plus lié à %s.", "Your account is no longer tied to %s.", s.libelle()))
}
