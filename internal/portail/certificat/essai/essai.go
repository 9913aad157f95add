// Package essai makes certificates for tests.
package essai

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"testing"
	"time"

	"guichet/internal/portail/certificat"
)

// Ecrire writes a pair for this machine, which vouches for itself, with a number of its own.
func Ecrire(t testing.TB, f certificat.Fichiers, numero int64) {
	t.Helper()
	cle, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	modele := &x509.Certificate{
		SerialNumber: big.NewInt(numero), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	certificat, err := x509.CreateCertificate(rand.Reader, modele, modele, cle.Public(), cle)
	if err != nil {
		t.Fatal(err)
	}
	octets, err := x509.MarshalPKCS8PrivateKey(cle)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		os.WriteFile(f.Certificat, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificat}), 0o600),
		os.WriteFile(f.Cle, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: octets}), 0o600),
	)
	if err != nil {
		t.Fatal(err)
	}
}
