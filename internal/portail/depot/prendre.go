package depot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"guichet/controle"
	"guichet/modele"
)

// enMemoire is the size up to which a file is held in memory while it comes in and is controlled, in bytes.
const enMemoire = 1 << 20

// memoires are the buffers that files come into.
var memoires = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// prendre receives a file, and controls it: one to deposit is kept then, one to simulate is reported on.
func (s *Service) prendre(ctx context.Context, d *Depot, e Envoi, sv *savoir) (*controlee, error) {
	octets := memoires.Get().(*bytes.Buffer)
	defer memoires.Put(octets)
	octets.Reset()
	octets.Grow(int(min(e.Taille, enMemoire)) + bytes.MinRead)
	if _, err := octets.ReadFrom(io.LimitReader(e.Corps, enMemoire)); err != nil {
		return nil, err
	}
	if quoi, faire, oui := controle.AutreChose(octets.Bytes()); oui {
		return nil, pasDuJSON(quoi, faire)
	}
	lourd, tout := octets.Len() == enMemoire, io.MultiReader(octets, e.Corps)
	switch {
	case e.Simulation && lourd:
		return nil, s.simulerLourd(ctx, d, tout, sv, e.Langue)
	case e.Simulation:
		return nil, s.simuler(ctx, d, octets.Bytes(), sv, e.Langue)
	case lourd:
		return s.garderLourd(ctx, d, tout, sv)
	}
	return s.garder(ctx, d, octets.Bytes(), sv)
}

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
	err = s.avecOctets(ctx, octets, func(p *place) error {
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
	err = s.avecGarde(ctx, d.SHA256, func(p *place) error {
		c = controler(p, sv.options(d))
		return nil
	})
	return c, err
}

// simuler controls a file that is in memory, and that nobody keeps.
func (s *Service) simuler(ctx context.Context, d *Depot, octets []byte, sv *savoir, l modele.Langue) error {
	sha := sha256.Sum256(octets)
	d.Taille, d.SHA256 = int64(len(octets)), hex.EncodeToString(sha[:])
	return s.avecOctets(ctx, octets, func(p *place) error { return s.repondre(ctx, d, p, sv, l) })
}

// simulerLourd has a large file wait for a place in a file without a name, so that slow senders hold no memory.
func (s *Service) simulerLourd(ctx context.Context, d *Depot, corps io.Reader, sv *savoir, l modele.Langue) (err error) {
	f, err := os.CreateTemp("", "guichet-simulation-")
	if err != nil {
		return fmt.Errorf("simulate a deposit: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := os.Remove(f.Name()); err != nil {
		return fmt.Errorf("simulate a deposit: %w", err)
	}
	h := sha256.New()
	d.Taille, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(corps, MaxOctets+1))
	switch {
	case err != nil:
		return err
	case d.Taille > MaxOctets:
		return tropLourd
	}
	d.SHA256 = hex.EncodeToString(h.Sum(nil))
	return s.avecPlace(ctx, f, d.Taille, func(p *place) error { return s.repondre(ctx, d, p, sv, l) })
}

// repondre answers a simulation, with what deposits have used and claimed, and reports while it has the place.
func (s *Service) repondre(ctx context.Context, d *Depot, p *place, sv *savoir, l modele.Langue) error {
	r, err := s.controlerComplet(ctx, d, p.c, p.octets, sv, l)
	if err != nil {
		return err
	}
	d.recevoir(juger(r))
	d.Incompletes = 0
	f := r.Fichier(l)
	f.NonVerifie = append(f.NonVerifie, sv.perdusEn(l)...)
	d.simule = &f
	return nil
}
