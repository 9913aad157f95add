// Package essai gives tests a real clamd of their own, with two harmless signatures and no others. It is imported by
// tests alone.
package essai

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Signature is text in which the daemon finds Trouve, wherever it stands.
func Signature() string { return "FICTIF-SIGNATURE-" + "D-ESSAI-DU-GUICHET" }

// Trouve is the name that the daemon gives to Signature: it marks signatures that are not its own.
const Trouve = "Guichet.Essai.UNOFFICIAL"

// Eicar is the text that every antivirus knows as a test. It stands nowhere in one piece, lest this very source be
// taken for it.
func Eicar() string {
	return `X5O!P%@AP[4\PZX54(P^)7CC)7}` + `$EICAR-STANDARD-` + `ANTIVIRUS-TEST-FILE!` + `$H+H*`
}

// TrouveEicar is the name that the daemon gives to a document that is Eicar.
const TrouveEicar = "Guichet.Eicar.UNOFFICIAL"

// MaxOctets is the size that this daemon takes.
const MaxOctets = 4 << 20

// Clamd is a daemon that a test may stop and start.
type Clamd struct {
	Adresse string // as antivirus.Clamd wants it
	prise   string
	reglage string
	cmd     *exec.Cmd
}

// Nouveau starts a daemon that ends with the test. Without one on this machine (`make check` puts one into the cache)
// the test is skipped.
func Nouveau(t testing.TB) *Clamd {
	t.Helper()
	if testing.Short() {
		t.Skip("a clamd: not in -short")
	}
	if programme() == "" {
		t.Skip("there is no clamd (`make check` unpacks it)")
	}
	dossier, err := os.MkdirTemp("", "clamd") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dossier) })
	c := &Clamd{prise: filepath.Join(dossier, "s"), reglage: filepath.Join(dossier, "clamd.conf")}
	c.Adresse = "unix:" + c.prise
	somme := md5.Sum([]byte(Eicar()))
	reglage := fmt.Sprintf("LocalSocket %s\nDatabaseDirectory %s\nTemporaryDirectory %s\nForeground yes\nStreamMaxLength %d\n", c.prise, dossier, dossier, MaxOctets)
	if os.Getuid() == 0 {
		reglage += "User root\n"
	}
	for nom, texte := range map[string]string{
		"clamd.conf": reglage,
		"essai.ndb":  "Guichet.Essai:0:*:" + hex.EncodeToString([]byte(Signature())) + "\n",
		"essai.hdb":  fmt.Sprintf("%x:%d:Guichet.Eicar\n", somme, len(Eicar())),
	} {
		if err := os.WriteFile(filepath.Join(dossier, nom), []byte(texte), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c.Demarrer(t)
	t.Cleanup(c.Arreter)
	return c
}

// programme finds the daemon: first the one of the cache, which no profile of the system keeps to its own folders.
func programme() string {
	cache := os.Getenv("GUICHET_CACHE")
	if moi, err := os.UserCacheDir(); cache == "" && err == nil {
		cache = filepath.Join(moi, "guichet")
	}
	for _, p := range []string{filepath.Join(cache, "clamav/usr/sbin/clamd"), "clamd", "/usr/sbin/clamd"} {
		if p, err := exec.LookPath(p); err == nil {
			return p
		}
	}
	return ""
}

// Demarrer starts the daemon, and waits until it answers.
func (c *Clamd) Demarrer(t testing.TB) {
	t.Helper()
	var dit bytes.Buffer
	c.cmd = exec.Command(programme(), "-c", c.reglage)
	c.cmd.Stdout, c.cmd.Stderr = &dit, &dit
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 600 {
		if conn, err := net.Dial("unix", c.prise); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	c.Arreter()
	t.Fatalf("clamd does not answer:\n%s", dit.String())
}

// Arreter kills the daemon.
func (c *Clamd) Arreter() {
	_ = c.cmd.Process.Kill() // it may have ended
	_ = c.cmd.Wait()
}
