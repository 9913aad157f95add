// Package essai is an identity provider that does as a test says: it also lies. It is imported by tests alone.
package essai

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Annuaire is the provider. Its fields are what it does next.
type Annuaire struct {
	*httptest.Server
	Client, Secret string
	Maintenant     func() time.Time

	Revendications map[string]any      // of the token, beside those that it takes
	Infos          map[string]any      // what it says of a person when asked; nil for nothing
	Signer         func([]byte) string // nil for its own signature
	Publie         map[string]any      // instead of what it publishes
	Reponse        url.Values          // instead of what its answers say; "" takes a value away

	t     testing.TB
	cle   *ecdsa.PrivateKey
	mu    sync.Mutex
	codes map[string]url.Values // what was asked for with each
}

// Nouveau starts one that tells the truth about a person.
func Nouveau(t testing.TB, maintenant func() time.Time, sujet, courriel string) *Annuaire {
	t.Helper()
	cle, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a := &Annuaire{Client: "guichet", Secret: rand.Text(), Maintenant: maintenant, t: t, cle: cle, codes: map[string]url.Values{}}
	a.Revendications = map[string]any{"sub": sujet, "email": courriel, "email_verified": true}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", a.publier)
	mux.HandleFunc("GET /cles", a.cles)
	mux.HandleFunc("GET /autoriser", a.autoriser)
	mux.HandleFunc("POST /jeton", a.jeton)
	mux.HandleFunc("GET /infos", func(w http.ResponseWriter, _ *http.Request) { ecrire(w, a.Infos) })
	a.Server = httptest.NewServer(mux)
	t.Cleanup(a.Server.Close)
	return a
}

func ecrire(w http.ResponseWriter, x any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(x)
}

func (a *Annuaire) publier(w http.ResponseWriter, _ *http.Request) {
	x := map[string]any{
		"issuer": a.URL, "authorization_endpoint": a.URL + "/autoriser", "token_endpoint": a.URL + "/jeton", "jwks_uri": a.URL + "/cles",
		"userinfo_endpoint": a.URL + "/infos", "id_token_signing_alg_values_supported": []string{"ES256", "HS256", "none"},
		"authorization_response_iss_parameter_supported": true,
	}
	for nom, v := range a.Publie {
		x[nom] = v
	}
	ecrire(w, x)
}

func (a *Annuaire) cles(w http.ResponseWriter, _ *http.Request) {
	ecrire(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: a.cle.Public(), KeyID: "une", Algorithm: "ES256", Use: "sig"}}})
}

// autoriser lets everybody through, and checks what the counter must send.
func (a *Annuaire) autoriser(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || len(q.Get("state")) < 22 || len(q.Get("nonce")) < 22 || q.Get("client_id") != a.Client || q.Get("client_secret") != "" {
		a.t.Errorf("asked for %v", q)
	}
	code := rand.Text()
	a.mu.Lock()
	a.codes[code] = q
	a.mu.Unlock()
	retour := url.Values{"code": {code}, "state": {q.Get("state")}, "iss": {a.URL}}
	for nom, v := range a.Reponse {
		if retour[nom] = v; v[0] == "" {
			delete(retour, nom)
		}
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+retour.Encode(), http.StatusFound)
}

// jeton takes a code back once, from the counter, with what the departure was sealed with.
func (a *Annuaire) jeton(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	q, ok := a.codes[r.PostFormValue("code")]
	delete(a.codes, r.PostFormValue("code"))
	a.mu.Unlock()
	client, secret, _ := r.BasicAuth()
	h := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !ok || client != a.Client || secret != a.Secret || base64.RawURLEncoding.EncodeToString(h[:]) != q.Get("code_challenge") || r.PostFormValue("redirect_uri") != q.Get("redirect_uri") {
		w.WriteHeader(http.StatusBadRequest)
		ecrire(w, map[string]string{"error": "invalid_grant"})
		return
	}
	x := map[string]any{"iss": a.URL, "aud": a.Client, "iat": a.Maintenant().Unix(), "exp": a.Maintenant().Add(time.Hour).Unix(), "nonce": q.Get("nonce")}
	if q.Get("prompt") == "login" && q.Get("max_age") == "0" {
		x["auth_time"] = a.Maintenant().Unix()
	}
	for nom, v := range a.Revendications {
		if x[nom] = v; v == nil {
			delete(x, nom)
		}
	}
	octets, err := json.Marshal(x)
	if err != nil {
		a.t.Error(err)
	}
	signer := a.Signer
	if signer == nil {
		signer = func(octets []byte) string { return a.Signe(octets, jose.ES256, a.cle) }
	}
	ecrire(w, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 60, "id_token": signer(octets)})
}

// Signe signs claims with a key of the caller's.
func (a *Annuaire) Signe(octets []byte, par jose.SignatureAlgorithm, cle any) string {
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: par, Key: cle}, (&jose.SignerOptions{}).WithHeader("kid", "une"))
	if err != nil {
		a.t.Error(err)
		return ""
	}
	signe, err := s.Sign(octets)
	if err != nil {
		a.t.Error(err)
		return ""
	}
	texte, err := signe.CompactSerialize()
	if err != nil {
		a.t.Error(err)
	}
	return texte
}

// JetonFin is a logout token for the counter, with these claims instead of its own; nil takes one away.
func (a *Annuaire) JetonFin(revendications map[string]any) string {
	x := map[string]any{
		"iss": a.URL, "aud": a.Client, "iat": a.Maintenant().Unix(), "exp": a.Maintenant().Add(2 * time.Minute).Unix(), "jti": rand.Text(),
		"events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}},
	}
	for nom, v := range revendications {
		if x[nom] = v; v == nil {
			delete(x, nom)
		}
	}
	octets, err := json.Marshal(x)
	if err != nil {
		a.t.Error(err)
	}
	if a.Signer != nil {
		return a.Signer(octets)
	}
	return a.Signe(octets, jose.ES256, a.cle)
}
