package federe

import (
	"context"
	"errors"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// Fin is what the provider says has ended there: one session of a person, or all of them.
type Fin struct {
	Emetteur string
	Sujet    string // "" where it names a session alone
	Session  string // "" for all of the person's
	Jeton    string // the name of what said so
}

// DureeFin is how old what the provider says may be: it is sent at once. No longer need it be known what was said before.
const DureeFin = 10 * time.Minute

// evenement is what a logout token must say (OpenID Connect Back-Channel Logout 1.0, 2.4).
const evenement = "http://schemas.openid.net/event/backchannel-logout"

// Finir reads a logout token (2.6). go-oidc checks who signed it, iss, aud, exp, that there are jti, sub or sid, the event, and no nonce;
// neither iat, nor what the event is. Whether jti was seen before is the caller's.
func (a *Relation) Finir(ctx context.Context, brut string) (Fin, error) {
	lu, err := a.lire()
	if err != nil {
		return Fin{}, err
	}
	verifie := lu.fournisseur.Verifier(&oidc.Config{ClientID: a.Client, SupportedSigningAlgs: algorithmes, Now: a.maintenant})
	jeton, err := verifie.VerifyLogout(oidc.ClientContext(ctx, a.client), brut)
	if err != nil {
		return Fin{}, Refuser(Jeton, err)
	}
	var x struct {
		Evenements map[string]map[string]any `json:"events"`
	}
	if err := jeton.Claims(&x); err != nil {
		return Fin{}, Refuser(Jeton, err)
	}
	if x.Evenements[evenement] == nil {
		return Fin{}, Refuser(Jeton, errors.New("the event is no object"))
	}
	if age := a.maintenant().Sub(jeton.IssuedAt); jeton.IssuedAt.IsZero() || age > DureeFin || age < -derive {
		return Fin{}, Refuser(Ancien, errors.New("the token was not made just now"))
	}
	return Fin{jeton.Issuer, jeton.Subject, jeton.SessionID, jeton.TokenID}, nil
}
