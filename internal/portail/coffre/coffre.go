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
	"unicode"
)

// tailleCle is the length of a key, in bytes: AES-256.
const tailleCle = 32

// Entete begins what is sealed. Neither a key of an authenticator nor an IBAN can: they have no full stop.
const Entete = "c1."

// ErrAutreCle says that something was sealed under another key, for something else, or has been changed.
var ErrAutreCle = errors.New("sealed under another key, or changed")

// errCle says that a text is no key.
var errCle = fmt.Errorf("a key is %d bytes in base64", tailleCle)

// Coffre seals under one key, and opens what earlier ones sealed. It may be used by many at once.
type Coffre struct {
	chiffre cipher.AEAD
	anciens []cipher.AEAD
}

// NouvelleCle draws a key, in base64.
func NouvelleCle() string {
	cle := make([]byte, tailleCle)
	_, _ = rand.Read(cle) // never fails
	return base64.StdEncoding.EncodeToString(cle)
}

// DeCle makes the safe of a key: 32 bytes in base64. Keys that it replaces may follow, the newest first, with blanks or commas between
// them: what they sealed still opens.
func DeCle(texte string) (*Coffre, error) {
	var chiffres []cipher.AEAD
	for _, cle := range strings.FieldsFunc(texte, func(r rune) bool { return unicode.IsSpace(r) || r == ',' }) {
		c, err := chiffreDe(cle)
		if err != nil {
			return nil, err
		}
		chiffres = append(chiffres, c)
	}
	if len(chiffres) == 0 {
		return nil, errCle
	}
	return &Coffre{chiffres[0], chiffres[1:]}, nil
}

func chiffreDe(texte string) (cipher.AEAD, error) {
	cle, err := base64.StdEncoding.DecodeString(texte)
	if err != nil || len(cle) != tailleCle {
		return nil, errCle // without what was found: it may be most of a key
	}
	bloc, err := aes.NewCipher(cle)
	if err != nil {
		return nil, fmt.Errorf("use the key: %w", err)
	}
	c, err := cipher.NewGCMWithRandomNonce(bloc)
	if err != nil {
		return nil, fmt.Errorf("use the key: %w", err)
	}
	return c, nil
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
	for _, chiffre := range append([]cipher.AEAD{c.chiffre}, c.anciens...) {
		if clair, err := chiffre.Open(nil, nil, octets, []byte(a)); err == nil {
			return string(clair), nil
		}
	}
	return "", ErrAutreCle
}

// Ajour tells whether a text is sealed, and under the key that seals now.
func (c *Coffre) Ajour(a, texte string) bool {
	_, err := (&Coffre{chiffre: c.chiffre}).Ouvrir(a, texte)
	return err == nil && strings.HasPrefix(texte, Entete)
}
