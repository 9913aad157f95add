package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"guichet/modele"
)

// corps is a body that must go on: a large file may take its time, but nobody holds a connection open with a byte
// now and then.
type corps struct {
	io.ReadCloser
	controle *http.ResponseController
	progres  time.Duration // for each pas bytes
	trop     *Refus        // the answer when there is more than the route takes
	reste    int64         // bytes until the deadline moves on
}

func nouveauCorps(w *reponse, b io.ReadCloser, progres time.Duration, trop *Refus) *corps {
	c := &corps{ReadCloser: b, controle: w.controle, progres: progres, trop: trop}
	c.fixer()
	return c
}

// fixer sets until when the next bytes must be there; where there is no connection there is no deadline.
func (c *corps) fixer() {
	c.reste = pas
	_ = c.controle.SetReadDeadline(time.Now().Add(c.progres))
}

func (c *corps) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.reste -= int64(n)
	var trop *http.MaxBytesError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, tropLent(err)
	case errors.As(err, &trop):
		return n, c.trop
	case err != nil: // all is read: nothing hurries what follows
		_ = c.controle.SetReadDeadline(time.Time{})
	case c.reste <= 0:
		c.fixer()
	}
	return n, err
}

// tropLent is the answer to a body that came too slowly: to who sends it, one that stopped.
func tropLent(cause error) *Refus {
	r := Interrompu(cause)
	r.Etat, r.Titre = http.StatusRequestTimeout, modele.Texte{Fr: "Envoi trop lent", En: "Too slow"}
	return r
}
