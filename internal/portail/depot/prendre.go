package depot

import (
	"bytes"
	"context"
	"io"
	"sync"

	"guichet/controle"
	"guichet/internal/portail/fichier"
	"guichet/modele"
)

// enMemoire is the size up to which a file is held in memory while it comes in and is controlled, in bytes.
const enMemoire = 1 << 20

// memoires are the buffers that files come into.
var memoires = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// entamer takes what a file begins with into memory. What is not even meant to be JSON, and what holds nothing, is refused there: a
// file that is rejected for its structure is one, and is acknowledged.
func entamer(e Envoi, octets *bytes.Buffer) error {
	octets.Reset()
	octets.Grow(int(min(e.Taille, enMemoire)) + bytes.MinRead)
	if _, err := octets.ReadFrom(io.LimitReader(e.Corps, enMemoire)); err != nil {
		return err
	}
	if octets.Len() < enMemoire && fichier.Vide(octets.Bytes()) {
		return sansRien
	}
	if quoi, faire, oui := controle.AutreChose(octets.Bytes()); oui {
		return pasDuJSON(quoi, faire)
	}
	return nil
}

// prendre receives a file to deposit, keeps it and controls it.
func (s *Service) prendre(ctx context.Context, d *Depot, e Envoi, sv *savoir) (*controlee, error) {
	octets := memoires.Get().(*bytes.Buffer)
	defer memoires.Put(octets)
	if err := entamer(e, octets); err != nil {
		return nil, err
	}
	if octets.Len() == enMemoire {
		return s.garderLourd(ctx, d, io.MultiReader(octets, e.Corps), sv)
	}
	return s.garder(ctx, d, octets.Bytes(), sv)
}

var sansRien = Refuse{modele.Texte{
	Fr: "Ce fichier est vide, ou n'a que des blancs : rien n'est gardé. À faire : ouvrez-le pour vérifier, enregistrez-le à nouveau depuis votre logiciel, puis choisissez-le.",
	En: "This file is empty, or has blanks alone: nothing is kept. What to do: open it to check, save it again from your software, then choose it.",
}}

// pasDuJSON refuses what was chosen by mistake: nothing of it is kept.
func pasDuJSON(quoi, faire modele.Texte) Refuse {
	return Refuse{modele.Texte{
		Fr: "Ce fichier n'est pas du JSON, c'est " + quoi.Fr + " : rien n'est gardé. À faire : " + faire.Fr + ".",
		En: "This file is not JSON, it is " + quoi.En + ": nothing is kept. What to do: " + faire.En + ".",
	}}
}

// garder keeps and controls a file that is in memory.
func (s *Service) garder(ctx context.Context, d *Depot, octets []byte, sv *savoir) (c *controlee, err error) {
	d.SHA256, err = s.fichiers.GarderOctets(ctx, octets)
	if err != nil {
		return nil, err
	}
	d.Taille = int64(len(octets))
	err = s.avecOctets(ctx, d.Fournisseur, octets, func(p *place) error {
		c = controler(p, sv.options(d))
		return nil
	})
	return c, err
}

// garderLourd has a large file wait for a place on the disk, so that slow senders hold no memory.
func (s *Service) garderLourd(ctx context.Context, d *Depot, corps io.Reader, sv *savoir) (c *controlee, err error) {
	g, err := s.fichiers.Garder(ctx, corps, MaxOctets)
	if err != nil {
		return nil, err
	}
	d.SHA256, d.Taille = g.SHA256, g.Taille
	err = s.avecFichier(ctx, d, func(p *place) error {
		c = controler(p, sv.options(d))
		return nil
	})
	return c, err
}
