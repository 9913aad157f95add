package carnet

import (
	"os"
	"time"
)

// octets are those of the ledger when the last run that wrote it ended. SQLite's own check reads pages and indexes, not
// values: an amount that something overwrote is seen by them alone.
type octets struct {
	Somme   string    `json:"somme"`
	Taille  int64     `json:"taille"`
	Modifie time.Time `json:"modifie"`
	// Change says that a run found other bytes than the one before it had left: it stays, until the user vouches.
	Change bool `json:"change,omitempty"`
}

// relever reads the bytes of the ledger, nil where that cannot be.
func (c *Carnet) relever() *octets {
	info, err := os.Stat(c.chemin)
	if err != nil {
		return nil
	}
	somme, err := sommeDe(c.chemin)
	if err != nil {
		return nil
	}
	return &octets{Somme: somme, Taille: info.Size(), Modifie: info.ModTime()}
}

// change tells whether the bytes are not those that were left. A file that nobody touched is not read, unless relire.
func (o *octets) change(chemin string, relire bool) bool {
	info, err := os.Stat(chemin)
	switch {
	case o == nil || err != nil:
		return false
	case o.Change:
		return true
	case !relire && info.Size() == o.Taille && info.ModTime().Equal(o.Modifie):
		return false
	}
	somme, err := sommeDe(chemin)
	return err == nil && somme != o.Somme
}
