package depot

import (
	"bytes"
	"errors"
	"fmt"

	"guichet/internal/portail/brouillon"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
)

// The form asks for the file first, then for its software: the file arrives before what it is controlled with is known.

// poser has the file wait among the supplier's drafts, which are bounded. What is not JSON does not.
func (c *reception) poser(f web.Fichier) error {
	octets := memoires.Get().(*bytes.Buffer)
	defer memoires.Put(octets)
	if err := entamer(Envoi{Corps: f.Corps, Taille: max(c.r.ContentLength, 0)}, octets); err != nil {
		return c.noter(err)
	}
	i, _ := compte.De(c.r.Context())
	b, err := c.brouillons.Garder(i.Fournisseur, octets.Bytes(), f.Corps, declaration{})
	switch {
	case errors.Is(err, brouillon.ErrTropLourd):
		return c.noter(tropLourd)
	case err != nil:
		return fmt.Errorf("receive a file: %w", err)
	}
	c.pose, c.nom = b.Jeton, f.Nom
	return nil
}

// reprendre takes the file that waits, once the fields have come.
func (c *reception) reprendre() (err error) {
	if c.pose == "" {
		return nil
	}
	defer c.oublier()
	i, _ := compte.De(c.r.Context())
	_, f, err := c.brouillons.Lire(i.Fournisseur, c.pose)
	if err != nil {
		return fmt.Errorf("take the file that waits: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return c.envoyer(web.Fichier{Champ: "fichier", Nom: c.nom, Corps: f})
}

// oublier leaves nothing of a file that waits no longer.
func (c *reception) oublier() {
	if c.pose != "" {
		i, _ := compte.De(c.r.Context())
		c.brouillons.Retirer(i.Fournisseur, c.pose)
		c.pose = ""
	}
}
