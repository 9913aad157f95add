// Package coffre seals the few secrets that the counter must be able to read again, under the key of the
// installation: who copies the database alone does not have them.
package coffre

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// tailleCle is the length of a key, in bytes: AES-256.
const tailleCle = 32

// Entete begins what is sealed. Neither a key of an authenticator nor an IBAN can: they have no full stop.
const Entete = "c1."

// ErrAutreCle says that something was sealed under another key, for something else, or has been changed.
var ErrAutreCle = errors.New("sealed under another key, or changed")

// errCle says that a text is no key.
var errCle = fmt.Errorf("a key is %d bytes in base64", tailleCle)

// Coffre seals under one key. It may be used by many at once.
type Coffre struct{ chiffre cipher.AEAD }

// NouvelleCle draws a key, in base64.
func NouvelleCle() string {
	cle := make([]byte, tailleCle)
	_, _ = rand.Read(cle) // never fails
	return base64.StdEncoding.EncodeToString(cle)
}

// DeCle makes the safe of a key: 32 bytes in base64, blanks around them ignored.
func DeCle(texte string) (*Coffre, error) {
	cle, err := base64.StdEncoding.DecodeString(strings.TrimSpace(texte))
	if err != nil || len(cle) != tailleCle {
		return nil, errCle // without what was found: it may be most of a key
	}
	bloc, err := aes.NewCipher(cle)
	if err != nil {
		return nil, fmt.Errorf("use the key: %w", err)
	}
	chiffre, err := cipher.NewGCMWithRandomNonce(bloc)
	if err != nil {
		return nil, fmt.Errorf("use the key: %w", err)
	}
	return &Coffre{chiffre}, nil
}

// Sceller seals a text for its owner, such as "compte 12": moved to another's row, it does not open.
func (c *Coffre) Sceller(a, clair string) string {
	return Entete + base64.RawURLEncoding.EncodeToString(c.chiffre.Seal(nil, nil, []byte(clair), []byte(a)))
}

// Ouvrir reads what Sceller wrote for the same owner; ErrAutreCle when that cannot be. A text that is not sealed is
// returned as it stands: it was written before there was a key.
func (c *Coffre) Ouvrir(a, texte string) (string, error) {
	corps, scelle := strings.CutPrefix(texte, Entete)
	if !scelle {
		return texte, nil
	}
	octets, err := base64.RawURLEncoding.DecodeString(corps)
	if err != nil {
		return "", ErrAutreCle
	}
	clair, err := c.chiffre.Open(nil, nil, octets, []byte(a))
	if err != nil {
		return "", ErrAutreCle
	}
	return string(clair), nil
}
