// Package antivirus asks a clamd, the antivirus daemon of ClamAV, about documents, by its command INSTREAM.
package antivirus

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Clamd is where the daemon listens: "unix:/run/clamav/clamd.ctl" or "tcp:127.0.0.1:3310".
type Clamd struct {
	Adresse string
	Delai   time.Duration // for one document, one minute for 0
}

// EnClair tells whether documents go to the daemon over the network: it knows no encryption.
func (c Clamd) EnClair() bool {
	lieu, ok := strings.CutPrefix(c.Adresse, "tcp:")
	if !ok {
		return false
	}
	hote, _, err := net.SplitHostPort(lieu)
	ip := net.ParseIP(hote)
	return err == nil && hote != "localhost" && (ip == nil || !ip.IsLoopback())
}

// ErrAbsent says that the daemon gave no verdict: what was to be looked at must wait.
var ErrAbsent = errors.New("the antivirus gave no verdict")

// bloc is how much is sent at a time, in bytes.
const bloc = 64 << 10

// Analyser returns the name of what is found in a document, "" for nothing. An error is ErrAbsent.
func (c Clamd) Analyser(ctx context.Context, document io.Reader) (virus string, err error) {
	reseau, lieu, ok := strings.Cut(c.Adresse, ":")
	if !ok {
		return "", fmt.Errorf("%w: the address %q is neither unix:… nor tcp:…", ErrAbsent, c.Adresse)
	}
	delai := c.Delai
	if delai == 0 {
		delai = time.Minute
	}
	ctx, fini := context.WithTimeout(ctx, delai)
	defer fini()
	conn, err := (&net.Dialer{}).DialContext(ctx, reseau, lieu)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })()
	envoi := envoyer(conn, document) // an infected stream may be answered, and closed, before its end
	reponse, err := bufio.NewReader(io.LimitReader(conn, 4<<10)).ReadString(0)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrAbsent, errors.Join(envoi, err))
	}
	return verdict(strings.TrimSuffix(reponse, "\x00"), envoi)
}

// envoyer writes the document in pieces, each after its length; a length of 0 ends it.
func envoyer(w io.Writer, document io.Reader) error {
	if _, err := io.WriteString(w, "zINSTREAM\x00"); err != nil {
		return err
	}
	b := make([]byte, 4+bloc)
	for {
		n, err := io.ReadFull(document, b[4:])
		binary.BigEndian.PutUint32(b, uint32(n))
		if _, err := w.Write(b[:4+n]); err != nil {
			return err
		}
		switch {
		case n == 0 && errors.Is(err, io.EOF):
			return nil
		case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
			return err
		}
	}
}

// verdict reads "stream: OK" and "stream: NAME FOUND"; all else is none.
func verdict(reponse string, envoi error) (string, error) {
	quoi, _ := strings.CutPrefix(reponse, "stream: ")
	virus, trouve := strings.CutSuffix(quoi, " FOUND")
	switch {
	case trouve:
		return virus, nil
	case quoi == "OK" && envoi == nil:
		return "", nil
	}
	return "", fmt.Errorf("%w: %q, %w", ErrAbsent, reponse, errors.Join(envoi, errors.New("not understood")))
}
