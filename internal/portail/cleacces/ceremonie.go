package cleacces

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Cle is a key as it is kept.
type Cle struct {
	ID       string // by which a browser finds it
	Donnees  []byte // its public key, and what the authenticator said of itself
	Compteur uint32 // of signatures, as it was last seen; 0 for one that does not count
}

// Personne is whose keys they are.
type Personne struct {
	Compte        int64
	Courriel, Nom string
	Cles          []Cle
}

// Defi is what a browser is asked, and what is kept of it until it answers.
type Defi struct {
	Valeur  string // random: an answer says to which it is
	Options string // for the browser, JSON
	Attendu string // for Verifier or Enregistrer
}

// What an answer can be that is not right.
var (
	ErrRefusee = errors.New("the answer of the key is not right")
	ErrClonee  = errors.New("the key has counted fewer signatures than before: there may be two of it")
)

// maxReponse bounds an answer, in bytes.
const maxReponse = 32 << 10

// DefiDe reads to which challenge an answer is. Nothing is checked yet.
func DefiDe(reponse string) (string, error) {
	var r struct {
		Response struct {
			ClientDataJSON string `json:"clientDataJSON"`
		} `json:"response"`
	}
	var client struct {
		Challenge string `json:"challenge"`
	}
	if len(reponse) > maxReponse {
		return "", ErrRefusee
	}
	if err := json.Unmarshal([]byte(reponse), &r); err != nil {
		return "", ErrRefusee
	}
	octets, err := base64.RawURLEncoding.DecodeString(r.Response.ClientDataJSON)
	if err != nil || json.Unmarshal(octets, &client) != nil || client.Challenge == "" {
		return "", ErrRefusee
	}
	return client.Challenge, nil
}

// Demander asks for an answer of one of a person's keys.
func (s Site) Demander(p Personne) (Defi, error) {
	u, err := p.lire()
	if err != nil {
		return Defi{}, err
	}
	options, session, err := s.w.BeginLogin(u)
	if err != nil {
		return Defi{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return defi(options.Response, session)
}

// Proposer asks for a new key; those that the person has are left out.
func (s Site) Proposer(p Personne) (Defi, error) {
	u, err := p.lire()
	if err != nil {
		return Defi{}, err
	}
	var deja []protocol.CredentialDescriptor
	for _, c := range u.cles {
		deja = append(deja, c.Descriptor())
	}
	options, session, err := s.w.BeginRegistration(u, webauthn.WithExclusions(deja))
	if err != nil {
		return Defi{}, fmt.Errorf("ask for a new passkey: %w", err)
	}
	return defi(options.Response, session)
}

func defi(options any, session *webauthn.SessionData) (Defi, error) {
	pour, err := json.Marshal(options)
	if err != nil {
		return Defi{}, err
	}
	garde, err := json.Marshal(session)
	return Defi{session.Challenge, string(pour), string(garde)}, err
}

// Enregistrer reads the answer that makes a key; ErrRefusee when it is not right.
func (s Site) Enregistrer(p Personne, attendu, reponse string) (Cle, error) {
	u, session, err := p.reprendre(attendu)
	if err != nil {
		return Cle{}, err
	}
	lue, err := protocol.ParseCredentialCreationResponseBytes([]byte(reponse))
	if err != nil {
		return Cle{}, ErrRefusee
	}
	c, err := s.w.CreateCredential(u, session, lue)
	if err != nil {
		return Cle{}, ErrRefusee
	}
	return ecrire(*c)
}

// Verifier reads the answer of a key and returns that key as it is to be kept from now on. ErrRefusee when it is not right,
// ErrClonee, and the key, when its count has not gone up.
func (s Site) Verifier(p Personne, attendu, reponse string) (Cle, error) {
	u, session, err := p.reprendre(attendu)
	if err != nil {
		return Cle{}, err
	}
	lue, err := protocol.ParseCredentialRequestResponseBytes([]byte(reponse))
	if err != nil {
		return Cle{}, ErrRefusee
	}
	c, err := s.w.ValidateLogin(u, session, lue)
	if err != nil {
		return Cle{}, ErrRefusee
	}
	cle, err := ecrire(*c)
	if err == nil && c.Authenticator.CloneWarning {
		err = ErrClonee
	}
	return cle, err
}

// utilisateur is a person as the library reads one.
type utilisateur struct {
	Personne
	cles []webauthn.Credential
}

// WebAuthnID names the account to authenticators: always the same, and nothing of the person.
func (u utilisateur) WebAuthnID() []byte {
	h := sha256.Sum256([]byte("guichet compte " + strconv.FormatInt(u.Compte, 10)))
	return h[:]
}
func (u utilisateur) WebAuthnName() string                       { return u.Courriel }
func (u utilisateur) WebAuthnDisplayName() string                { return u.Nom }
func (u utilisateur) WebAuthnCredentials() []webauthn.Credential { return u.cles }

func (p Personne) lire() (u utilisateur, err error) {
	u.Personne = p
	for _, c := range p.Cles {
		var lue webauthn.Credential
		if err := json.Unmarshal(c.Donnees, &lue); err != nil {
			return u, fmt.Errorf("read a passkey: %w", err)
		}
		lue.Authenticator.SignCount, lue.Authenticator.CloneWarning = c.Compteur, false
		u.cles = append(u.cles, lue)
	}
	return u, nil
}

func (p Personne) reprendre(attendu string) (u utilisateur, session webauthn.SessionData, err error) {
	if err := json.Unmarshal([]byte(attendu), &session); err != nil {
		return u, session, fmt.Errorf("read a challenge: %w", err)
	}
	u, err = p.lire()
	return u, session, err
}

// ecrire keeps of a key what it takes to check its answers: not what its maker says of it, which nobody looks at.
func ecrire(c webauthn.Credential) (Cle, error) {
	c.Attestation = webauthn.CredentialAttestation{}
	octets, err := json.Marshal(c)
	if err != nil {
		return Cle{}, fmt.Errorf("keep a passkey: %w", err)
	}
	return Cle{base64.RawURLEncoding.EncodeToString(c.ID), octets, c.Authenticator.SignCount}, nil
}
