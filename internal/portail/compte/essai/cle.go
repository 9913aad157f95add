package essai

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"testing"
)

// Porteclefs is an authenticator with one key: it answers what a page asks of a browser, as WebAuthn says.
type Porteclefs struct {
	Origine  string // the site that the browser is at
	Compteur uint32 // of signatures; the next answer has one more
	id       []byte
	cle      *ecdsa.PrivateKey
}

// NouvellesClefs makes an authenticator at the address of a site.
func NouvellesClefs(t testing.TB, origine string) *Porteclefs {
	t.Helper()
	cle, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &Porteclefs{Origine: origine, id: []byte(rand.Text()), cle: cle}
}

var options = regexp.MustCompile(`data-options="([^"]+)"`)

// Demande is what a page asks the browser of, "" when it asks nothing.
func Demande(page Page) string {
	if x := options.FindStringSubmatch(page.Corps); x != nil {
		return html.UnescapeString(x[1])
	}
	return ""
}

func b64(octets []byte) string { return base64.RawURLEncoding.EncodeToString(octets) }

// client is what the browser signs of the challenge; both end in its hash.
func (p *Porteclefs) client(t testing.TB, demande, genre string) (octets []byte) {
	t.Helper()
	var o struct {
		Challenge string `json:"challenge"`
	}
	if err := json.Unmarshal([]byte(demande), &o); err != nil {
		t.Fatalf("%v in %q", err, demande)
	}
	octets, err := json.Marshal(map[string]any{"type": genre, "challenge": o.Challenge, "origin": p.Origine, "crossOrigin": false})
	if err != nil {
		t.Fatal(err)
	}
	return octets
}

// authentifie is what the authenticator says: for whom, that somebody is there, and how often it has signed.
func (p *Porteclefs) authentifie(t testing.TB, drapeaux byte) []byte {
	t.Helper()
	u, err := url.Parse(p.Origine)
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.Sum256([]byte(u.Hostname()))
	p.Compteur++
	return binary.BigEndian.AppendUint32(append(h[:], drapeaux), p.Compteur)
}

// Creer answers a page that asks for a new key.
func (p *Porteclefs) Creer(t testing.TB, demande string) string {
	t.Helper()
	dit := append(p.authentifie(t, 0x45), make([]byte, 16)...) // present, verified, with a key
	dit = append(binary.BigEndian.AppendUint16(dit, uint16(len(p.id))), p.id...)
	point, err := p.cle.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	dit = append(dit, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20) // COSE: EC2, ES256, P-256, x
	dit = append(append(append(dit, point[1:33]...), 0x22, 0x58, 0x20), point[33:]...)
	objet := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(dit)))
	return p.repondre(t, map[string]string{"attestationObject": b64(append(objet, dit...)), "clientDataJSON": b64(p.client(t, demande, "webauthn.create"))})
}

// Lire answers a page that asks for a key.
func (p *Porteclefs) Lire(t testing.TB, demande string) string {
	t.Helper()
	client, dit := p.client(t, demande, "webauthn.get"), p.authentifie(t, 0x05)
	h := sha256.Sum256(client)
	signe := sha256.Sum256(append(dit[:len(dit):len(dit)], h[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, p.cle, signe[:])
	if err != nil {
		t.Fatal(err)
	}
	return p.repondre(t, map[string]string{"authenticatorData": b64(dit), "clientDataJSON": b64(client), "signature": b64(signature)})
}

func (p *Porteclefs) repondre(t testing.TB, reponse map[string]string) string {
	t.Helper()
	octets, err := json.Marshal(map[string]any{"id": b64(p.id), "rawId": b64(p.id), "type": "public-key", "response": reponse, "clientExtensionResults": map[string]any{}})
	if err != nil {
		t.Fatal(err)
	}
	return string(octets)
}

// SurNom has the site at the name of this machine, where browsers let passkeys answer: it is where a server of tests is reached.
func (m *Monde) SurNom(site string) (adresse string) {
	u, err := url.Parse(site)
	if err != nil {
		panic(err) // of a server that runs
	}
	adresse = "http://localhost:" + u.Port()
	m.Service.Adresse = adresse
	return adresse
}

// DonnerCle registers a passkey of somebody who has signed in.
func (m *Monde) DonnerCle(t testing.TB, c *Client, nom string) *Porteclefs {
	t.Helper()
	p := NouvellesClefs(t, c.racine)
	c.Poster(t, "/compte/second-facteur/cle", "nom", nom, "reponse-cle", p.Creer(t, Demande(c.Lire(t, "/compte/second-facteur/cle"))))
	return p
}
