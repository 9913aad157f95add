package federe

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Personne is who the provider says has come.
type Personne struct {
	Emetteur, Sujet string    // together, always the same for one person
	Courriel        string    // that the provider has verified; "" where it says of none
	Fort            bool      // it has asked for two factors
	Session         string    // of the person there, as the provider names it; "" where it does not
	Quand           time.Time // the person was asked there; the zero time where it does not say
	acces           oauth2.TokenSource
}

// dit is what a token says.
type dit struct {
	Courriel string   `json:"email"`
	Verifie  any      `json:"email_verified"` // true, or "true" by some
	Partie   string   `json:"azp"`
	Acr      string   `json:"acr"`
	Amr      []string `json:"amr"`
	Session  string   `json:"sid"`
	Quand    any      `json:"auth_time"`
}

func egal(a, b string) bool { return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Arriver reads who comes back with an answer to a departure. *Refus when nobody does.
func (a *Relation) Arriver(ctx context.Context, d Depart, reponse url.Values) (Personne, error) {
	if !egal(reponse.Get("state"), d.Etat) {
		return Personne{}, Refuser(Etat, errors.New("the state is another"))
	}
	lu, err := a.lire()
	if err != nil {
		return Personne{}, err
	}
	if iss, ok := reponse["iss"]; ok && iss[0] != a.Config.Emetteur || !ok && lu.nomme {
		return Personne{}, Refuser(Emetteur, errors.New("the answer is another provider's"))
	}
	if e := reponse.Get("error"); e != "" {
		return Personne{}, Refuser(Abandon, errors.New(e))
	}
	ctx = oidc.ClientContext(ctx, a.client)
	jetons, err := lu.oauth.Exchange(ctx, reponse.Get("code"), oauth2.VerifierOption(d.Verificateur))
	var refuse *oauth2.RetrieveError
	switch {
	case errors.As(err, &refuse) && refuse.Response.StatusCode < 500:
		return Personne{}, Refuser(Code, err)
	case err != nil:
		return Personne{}, Refuser(Absent, err)
	}
	brut, _ := jetons.Extra("id_token").(string)
	return a.lireJeton(ctx, lu, d, brut, oauth2.StaticTokenSource(jetons))
}

// lireJeton checks the token: signed by the provider, for the counter, not run out, of this sign-in.
func (a *Relation) lireJeton(ctx context.Context, lu *publie, d Depart, brut string, acces oauth2.TokenSource) (Personne, error) {
	verifie := lu.fournisseur.Verifier(&oidc.Config{ClientID: a.Client, SupportedSigningAlgs: algorithmes, Now: a.maintenant})
	jeton, err := verifie.Verify(ctx, brut)
	if err != nil {
		return Personne{}, Refuser(Jeton, err)
	}
	var x dit
	if err := jeton.Claims(&x); err != nil {
		return Personne{}, Refuser(Jeton, err)
	}
	if x.Partie != "" && x.Partie != a.Client || len(jeton.Audience) > 1 && x.Partie == "" {
		return Personne{}, Refuser(Jeton, errors.New("the token was made for another"))
	}
	if !egal(jeton.Nonce, d.Nonce) {
		return Personne{}, Refuser(Nonce, errors.New("the token is of another sign-in"))
	}
	if jeton.Subject == "" {
		return Personne{}, Refuser(Jeton, errors.New("the token names nobody"))
	}
	quand, err := a.depuis(x, d)
	if err != nil {
		return Personne{}, err
	}
	p := Personne{Emetteur: jeton.Issuer, Sujet: jeton.Subject, Session: x.Session, Quand: quand, acces: acces, Fort: a.fort(x)}
	if x.Verifie == true || x.Verifie == "true" {
		p.Courriel = x.Courriel
	}
	return p, nil
}

// derive is how far the provider's clock may be from ours.
const derive = time.Minute

// depuis is when the person was asked at the provider. "If max_age is present, the returned ID Token MUST include an auth_time Claim
// Value" (OpenID Connect Core 1.0, 3.1.2.1): a provider that does not heed what it is asked lets one through without asking.
func (a *Relation) depuis(x dit, d Depart) (quand time.Time, err error) {
	if s, ok := x.Quand.(float64); ok {
		quand = time.Unix(int64(s), 0)
	}
	if d.Depuis == 0 {
		return quand, nil
	}
	if maintenant := a.maintenant(); quand.IsZero() || quand.Before(time.Unix(d.Depuis, 0).Add(-derive)) || quand.After(maintenant.Add(derive)) {
		return quand, Refuser(Ancien, errors.New("the person was not asked again"))
	}
	return quand, nil
}

// fort tells whether the provider has asked for two factors, as the settings say that it says.
func (a *Relation) fort(x dit) bool {
	return x.Acr != "" && slices.Contains(a.valeurs("acr="), x.Acr) || slices.ContainsFunc(x.Amr, func(m string) bool { return slices.Contains(a.valeurs("amr="), m) })
}

// Completer asks the provider for the address of somebody whose token has none.
func (a *Relation) Completer(ctx context.Context, p *Personne) error {
	if p.Courriel != "" || p.acces == nil {
		return nil
	}
	lu, err := a.lire()
	if err != nil {
		return err
	}
	if lu.fournisseur.UserInfoEndpoint() == "" {
		return nil
	}
	infos, err := lu.fournisseur.UserInfo(oidc.ClientContext(ctx, a.client), p.acces)
	if err != nil {
		return Refuser(Absent, err)
	}
	if infos.Subject != p.Sujet {
		return Refuser(Jeton, errors.New("the address is another person's"))
	}
	if infos.EmailVerified {
		p.Courriel = infos.Email
	}
	return nil
}
