package portail

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"

	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// reserveUsuelle is the room that uploads leave on the disk, in bytes, where Config.Reserve is zero: enough for signing
// in, reading and deciding to go on for weeks.
const reserveUsuelle = 256_000_000

// disque is the room that is left where the counter keeps what it receives.
type disque struct {
	dossiers []string
	reserve  uint64
	libre    func(dossier string) (uint64, error)
}

func (c *Config) disque() *disque {
	d := &disque{dossiers: []string{c.Donnees}, reserve: uint64(c.Reserve), libre: c.Libre}
	if c.Base != "" && !db.Distante(c.Base) {
		d.dossiers = append(d.dossiers, filepath.Dir(c.Base))
	}
	if d.reserve == 0 {
		d.reserve = reserveUsuelle
	}
	if d.libre == nil {
		d.libre = octetsLibres
	}
	return d
}

// reste is the room left, in bytes, on the fuller of its disks.
func (d *disque) reste() (octets uint64, err error) {
	for i, dossier := range d.dossiers {
		n, err := d.libre(dossier)
		if err != nil {
			return 0, fmt.Errorf("read the room left in %s: %w", dossier, err)
		}
		if i == 0 || n < octets {
			octets = n
		}
	}
	return octets, nil
}

// assez tells whether uploads leave the reserve alone. Where the system does not say how much is left, they go on: a disk
// that is full is told when it is.
func (d *disque) assez() bool {
	octets, err := d.reste()
	return err != nil || octets >= d.reserve
}

// expliquer finds the page for an error that is no fault of the program: a full disk, a database that is away.
func expliquer(err error) *web.Refus {
	switch {
	case db.Pleine(err):
		return web.SansPlace(err)
	case db.Absente(err):
		return web.Absent(err)
	}
	return nil
}

var descLibre = prometheus.NewDesc("guichet_disque_libre_octets", "Room left where the counter keeps what it receives.", nil, nil)

func (c *chiffres) disque(_ context.Context, m chan<- prometheus.Metric) error {
	octets, err := c.Portail.disque.reste()
	if err == nil {
		m <- jauge(descLibre, int64(octets))
	}
	return err
}

// presquePlein is what an administrator is told of the disk, where there is something to tell.
func (d *disque) presquePlein() (t modele.Texte, oui bool) {
	octets, err := d.reste()
	if err != nil || octets >= d.reserve {
		return modele.Texte{}, false
	}
	reste, reserve := web.Taille(int64(octets)), web.Taille(int64(d.reserve))
	return modele.Texte{
		Fr: "Le disque du guichet est presque plein : il reste " + reste.Fr + ", sous la réserve de " + reserve.Fr + ". Dépôts et pièces sont refusés jusqu'à ce qu'il y ait de la place.",
		En: "The counter's disk is almost full: " + reste.En + " are left, below the reserve of " + reserve.En + ". Deposits and documents are refused until there is room.",
	}, true
}

// plein answers a supervisor while uploads are refused. The counter still reads, signs in and decides: to start it again
// would mend nothing.
func (d *disque) plein() error {
	t, oui := d.presquePlein()
	if !oui {
		return nil
	}
	return &web.Refus{Etat: http.StatusInsufficientStorage, Titre: modele.Texte{Fr: "Le guichet manque de place", En: "The counter is short of room"}, Texte: t}
}
