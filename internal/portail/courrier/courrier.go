// Package courrier keeps the letters that decide nothing, as they went out, and what became of them: those that ask a supplier for a change,
// and those that hear it before a decision.
package courrier

import (
	"errors"
	"strconv"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/lettre"
	"guichet/modele"
)

// Config is what these letters need of the rest of the program.
type Config struct {
	Base       *db.Base
	Fichiers   *fichier.Magasin
	Maintenant func() time.Time
	Adresse    string // of the site, without a slash at its end
	Delais     accuse.Delais
	Lettres    *lettre.Service
	NumeroASP  func(depot int64, rang int) string
	// LireNumeroASP reads what people look for.
	LireNumeroASP func(string) (depot int64, rang int, ok bool)
	// Terme is what follows when nobody answers a request for a change.
	Terme modele.Texte
}

// Service keeps letters. It is safe for concurrent use.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service { return &Service{c} }

func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }

// ErrInconnu says that there is no such letter.
var ErrInconnu = errors.New("no such letter")

// Courrier is a letter that was sent.
type Courrier struct {
	ID int64
	lettre.Genre
	etat.Cle
	Fournisseur   int64
	NumeroASP     string
	RaisonSociale string
	Procedure     int64 // that it opens, 0 for none
	Instant       time.Time
	Limite        time.Time // the last day to answer
	Postale       bool      // its supplier had not agreed to electronic notification
	Postee        time.Time // the day on which it went by post; zero for not
	PosteePar     string
	Lue           time.Time // first reading; zero for none
	LuePar        string
}

// Titre is what it is called.
func (c *Courrier) Titre() modele.Texte {
	nom := c.Nom()
	return modele.Texte{Fr: nom.Fr + ", " + c.NumeroASP, En: nom.En + ", " + c.NumeroASP}
}

// Page is where it is read.
func (c *Courrier) Page() string { return adresse + "/" + strconv.FormatInt(c.ID, 10) }

// fichier is the name of a copy that is kept elsewhere, without its ending.
func (c *Courrier) fichier(langue string) string {
	return string(c.Genre) + "-" + c.NumeroASP + "-" + strconv.FormatInt(c.ID, 10) + "-" + langue
}

// objet names it in the journal.
func (c *Courrier) objet() string { return "courrier " + strconv.FormatInt(c.ID, 10) }
