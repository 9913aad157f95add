// Package cleacces speaks WebAuthn: what a browser is asked so that a passkey answers, and whether the answer is right. It keeps
// nothing; challenges and keys are the caller's.
package cleacces

import (
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Site is whom passkeys are made for: a key answers there alone, so that another site gets nothing of it.
type Site struct {
	Origine string // the address at which browsers let keys answer
	w       *webauthn.WebAuthn
}

// Pour is the site of an address; false where browsers let no key answer: they want a name, over HTTPS or on the machine itself.
// A site at 127.0.0.1 has its keys at the name of that, localhost.
func Pour(adresse string) (Site, bool) {
	u, err := url.Parse(adresse)
	if err != nil || u.Hostname() == "" {
		return Site{}, false
	}
	nom := strings.ToLower(u.Hostname())
	if ip, err := netip.ParseAddr(nom); err == nil {
		if !ip.IsLoopback() || u.Scheme != "http" {
			return Site{}, false
		}
		nom = "localhost"
	}
	if u.Scheme != "https" && nom != "localhost" && !strings.HasSuffix(nom, ".localhost") {
		return Site{}, false
	}
	hote := nom
	if port := u.Port(); port != "" {
		hote = net.JoinHostPort(nom, port)
	}
	return nouveau(nom, u.Scheme+"://"+hote)
}

func nouveau(nom, origine string) (Site, bool) {
	w, err := webauthn.New(&webauthn.Config{
		RPID: nom, RPDisplayName: "Guichet", RPOrigins: []string{origine}, AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementPreferred, UserVerification: protocol.VerificationPreferred},
	})
	return Site{origine, w}, err == nil
}

// Ailleurs is where a person who asks at a host finds keys at work, "" for where that person is: only a site of this machine has
// two names.
func (s Site) Ailleurs(hote string) string {
	if nom, _, err := net.SplitHostPort(hote); err == nil {
		hote = nom
	}
	if _, err := netip.ParseAddr(strings.Trim(hote, "[]")); err == nil {
		return s.Origine
	}
	return ""
}
