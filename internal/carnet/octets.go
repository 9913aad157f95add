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
	Suivant string    `json:"suivant,omitempty"` // sum of the file that was about to take its place
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

// annoncer notes the file that is about to be put in the ledger's place: after a kill, either is what guichet left.
func (c *Carnet) annoncer(neuf string) (err error) {
	c.temoin = c.lireTemoin()
	if c.temoin == nil || c.temoin.Octets == nil {
		return nil
	}
	if c.temoin.Octets.Suivant, err = sommeDe(neuf); err != nil {
		return err
	}
	return c.ecrireTemoin()
}

// etranger tells whether the ledger has other bytes than the last run left. It is read: time and size stay where a
// disk fails. A run that has begun meanwhile may write it by right.
func (c *Carnet) etranger(t *temoin) bool {
	if t == nil || t.Ecrit != nil || t.Octets == nil {
		return false
	}
	if t.Octets.Change {
		return true
	}
	somme, err := sommeDe(c.chemin)
	if err != nil || somme == t.Octets.Somme || somme == t.Octets.Suivant {
		return false
	}
	encore := c.lireTemoin()
	return encore != nil && encore.Ecrit == nil && encore.Octets != nil && encore.Octets.Somme == t.Octets.Somme
}
