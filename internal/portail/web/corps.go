package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"guichet/modele"
)

// A body has delai to begin and then goes on at debitMin bytes a second at least: a large file may take its
// time, but nobody holds a connection open with a byte now and then.
const (
	delai    = 30 * time.Second
	debitMin = 4 << 10
	pas      = 64 << 10 // how many bytes are read between two deadlines
)

// corps is a body that must keep a rate.
type corps struct {
	io.ReadCloser
	controle *http.ResponseController
	debut    time.Time
	lus      int64
	prochain int64
}

func nouveauCorps(w *reponse, b io.ReadCloser) *corps {
	c := &corps{ReadCloser: b, controle: w.controle, debut: time.Now(), prochain: pas}
	c.fixer()
	return c
}

// fixer sets until when the next bytes must be there; where there is no connection there is no deadline.
func (c *corps) fixer() {
	attendu := time.Duration(c.lus) * time.Second / debitMin
	_ = c.controle.SetReadDeadline(c.debut.Add(delai + attendu))
}

func (c *corps) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.lus += int64(n)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, &Refus{
			Etat: http.StatusRequestTimeout, Cause: err,
			Titre: modele.Texte{Fr: "Envoi trop lent", En: "Too slow"},
			Texte: modele.Texte{
				Fr: "L'envoi s'est arrêté en chemin. Rien n'a été gardé. Vérifiez la connexion, puis recommencez.",
				En: "The sending stopped on its way. Nothing was kept. Check the connection, then try again.",
			},
		}
	case err != nil: // all is read: nothing hurries what follows
		_ = c.controle.SetReadDeadline(time.Time{})
	case c.lus >= c.prochain:
		c.prochain = c.lus + pas
		c.fixer()
	}
	return n, err
}
