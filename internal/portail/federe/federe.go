// Package federe speaks OpenID Connect with the identity provider of the agency: it sends a browser there, and reads who comes back.
// It keeps nothing but what the provider publishes; who has which account is the caller's.
package federe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Config is what the agency says of its identity provider.
type Config struct {
	Emetteur string   // its address, which its tokens name; "" for no provider
	Client   string   // how it knows the counter
	Secret   string   // by which the counter shows itself to it
	Libelle  string   // what people call it; "" for the agency's account
	Forts    []string // "acr=…" and "amr=…": what a token says when the provider asked for two factors
}

// Cause is why nobody comes in; it is what traces say.
type Cause string

// The causes.
const (
	Absent   Cause = "absent"   // the provider does not answer
	Abandon  Cause = "abandon"  // the person, or the provider, has stopped
	Etat     Cause = "etat"     // not what this browser was sent for, or once more
	Emetteur Cause = "emetteur" // the answer is another provider's
	Code     Cause = "code"     // the provider does not take its code back
	Jeton    Cause = "jeton"    // the token is not signed, is for others, or is too old
	Nonce    Cause = "nonce"    // the token is of another sign-in
	Courriel Cause = "courriel" // the address is not verified
	Inconnu  Cause = "inconnu"  // no account of the agency has the address
	Autre    Cause = "autre"    // the account is somebody else's at the provider
	Ancien   Cause = "ancien"   // the person was not asked again, or the token does not say when
)

// Refus says that nobody comes in.
type Refus struct {
	Cause Cause
	err   error
}

// Refuser makes one.
func Refuser(c Cause, err error) error { return &Refus{c, err} }

// Error tells it to developers.
func (r *Refus) Error() string { return fmt.Sprintf("identity provider: %s: %v", r.Cause, r.err) }

// Unwrap is what went wrong.
func (r *Refus) Unwrap() error { return r.err }

const (
	delai     = 10 * time.Second // for one answer of the provider
	maxCorps  = 1 << 20          // bytes of one
	patience  = 5 * time.Second  // before a provider that did not answer is asked again
	renouveau = time.Hour        // after which what it publishes is read again
)

// algorithmes sign with a key that the provider alone has: neither none, nor the secret that we share.
var algorithmes = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA}

// Relation is the counter as the provider knows it.
type Relation struct {
	Config
	retour     string // where browsers come back
	maintenant func() time.Time
	client     *http.Client

	mu    sync.Mutex
	lu    *publie
	quand time.Time // it was read, or could not be
	err   error
}

// publie is what the provider publishes.
type publie struct {
	fournisseur *oidc.Provider
	oauth       oauth2.Config
	nomme       bool // its answers say whose they are (RFC 9207)
}

// Nouvelle makes one. Nothing is asked of the provider before somebody signs in.
func Nouvelle(c Config, retour string, maintenant func() time.Time) *Relation {
	return &Relation{Config: c, retour: retour, maintenant: maintenant, client: &http.Client{
		Timeout: delai, Transport: borne{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errors.New("the provider answers elsewhere than where it says")
		},
	}}
}

// borne bounds what is read of an answer.
type borne struct{ http.RoundTripper }

func (b borne) RoundTrip(r *http.Request) (*http.Response, error) {
	reponse, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		reponse.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(reponse.Body, maxCorps), reponse.Body}
	}
	return reponse, err
}

// lire reads what the provider publishes, once an hour; what was read stays while it does not answer.
func (a *Relation) lire() (*publie, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	age := a.maintenant().Sub(a.quand)
	if a.lu != nil && age < renouveau {
		return a.lu, nil
	}
	if a.err != nil && age < patience {
		return a.lu, a.err
	}
	lu, err := a.decouvrir()
	if a.quand = a.maintenant(); err == nil {
		a.lu = lu
	}
	if a.err = nil; a.lu == nil {
		a.err = Refuser(Absent, err)
	}
	return a.lu, a.err
}

func (a *Relation) decouvrir() (*publie, error) {
	ctx := oidc.ClientContext(context.Background(), a.client) // its keys are read by later requests, too
	f, err := oidc.NewProvider(ctx, a.Config.Emetteur)
	if err != nil {
		return nil, err
	}
	var dit struct {
		Nomme    bool     `json:"authorization_response_iss_parameter_supported"`
		Methodes []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := f.Claims(&dit); err != nil {
		return nil, err
	}
	ou := f.Endpoint()
	ou.AuthStyle = oauth2.AuthStyleInHeader
	if len(dit.Methodes) > 0 && !slices.Contains(dit.Methodes, "client_secret_basic") {
		ou.AuthStyle = oauth2.AuthStyleInParams
	}
	for _, adresse := range []string{ou.AuthURL, ou.TokenURL} {
		if strings.HasPrefix(a.Config.Emetteur, "https://") && !strings.HasPrefix(adresse, "https://") {
			return nil, fmt.Errorf("the provider is at https://, and %q is not", adresse)
		}
	}
	return &publie{f, oauth2.Config{ClientID: a.Client, ClientSecret: a.Secret, Endpoint: ou, RedirectURL: a.retour, Scopes: []string{oidc.ScopeOpenID, "email"}}, dit.Nomme}, nil
}

// Depart is what a browser is sent away with, and must bring back.
type Depart struct {
	Etat, Nonce, Verificateur string
	Depuis                    int64 // seconds: the person must be asked after that; 0 where whoever is signed in there may come back
}

// Confirmer is where to send a browser for its person to be asked once more who that is.
func (a *Relation) Confirmer() (adresse string, d Depart, err error) {
	adresse, d, err = a.Partir(oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	d.Depuis = a.maintenant().Unix()
	return adresse, d, err
}

// Partir is where to send a browser.
func (a *Relation) Partir(plus ...oauth2.AuthCodeOption) (adresse string, d Depart, err error) {
	lu, err := a.lire()
	if err != nil {
		return "", d, err
	}
	d = Depart{Etat: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verificateur: oauth2.GenerateVerifier()} // 256 bits each
	plus = append(plus, oidc.Nonce(d.Nonce), oauth2.S256ChallengeOption(d.Verificateur))
	if acr := a.valeurs("acr="); len(acr) > 0 {
		plus = append(plus, oauth2.SetAuthURLParam("acr_values", strings.Join(acr, " ")))
	}
	return lu.oauth.AuthCodeURL(d.Etat, plus...), d, nil
}

// valeurs are those of Forts of one kind.
func (a *Relation) valeurs(genre string) (v []string) {
	for _, f := range a.Forts {
		if x, ok := strings.CutPrefix(f, genre); ok {
			v = append(v, x)
		}
	}
	return v
}

// Verifier tells whether a value of the settings can be one of Forts.
func Verifier(fort string) bool {
	genre, valeur, _ := strings.Cut(fort, "=")
	return (genre == "acr" || genre == "amr") && valeur != "" && !strings.ContainsAny(valeur, " \t\r\n")
}

// EstEmetteur tells whether an address can be a provider's: HTTPS, or on this machine.
func EstEmetteur(adresse string) bool {
	u, err := url.Parse(adresse)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname())
}
