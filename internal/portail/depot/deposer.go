package depot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/fichier"
	"guichet/modele"
)

var tropLourd = Refuse{modele.Texte{
	Fr: "Le fichier dépasse 20 Mo, la taille acceptée. Répartissez ses demandes dans plusieurs fichiers.",
	En: "The file exceeds 20 Mo, the size that is accepted. Divide its demandes between several files.",
}}

// Deposer controls a file and, unless it is a simulation, stores it. When it returns a Depot, that Depot is
// durable. A Refuse says why nothing was taken.
func (s *Service) Deposer(ctx context.Context, e Envoi) (*Depot, error) {
	if err := e.verifier(); err != nil {
		return nil, err
	}
	d := &Depot{
		Fournisseur: e.Fournisseur, Compte: e.Compte, Mandataire: e.Mandataire, Type: e.Type, NumeroAns: e.NumeroAns,
		Edition: s.modele.Edition, Nom: e.Nom, Recu: s.maintenant(), Mentions: s.mentions,
	}
	sv, err := s.admettre(ctx, d)
	if err != nil {
		return nil, err
	}
	s.enCours.Add(1)
	defer s.enCours.Add(-1)
	c, err := s.prendre(ctx, d, e, sv)
	switch {
	case errors.Is(err, fichier.ErrTropLourd):
		return nil, tropLourd
	case err != nil:
		return nil, fmt.Errorf("receive a file: %w", err)
	case e.Simulation:
		return d, nil
	}
	if err := s.deposer(ctx, d, c, sv); err != nil {
		return nil, fmt.Errorf("deposit a file: %w", err)
	}
	return d, nil
}

// Presse tells whether more people wait for the answer to their file than there are processors: what nobody waits for
// had better come later.
func (s *Service) Presse() bool { return s.enCours.Load() > int64(runtime.GOMAXPROCS(0)) }

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

// maxNom is the longest name of a file, in bytes.
const maxNom = 255

func (e *Envoi) verifier() error {
	switch {
	case e.Taille > MaxOctets:
		return tropLourd
	case e.Type == Solde:
		return Refuse{modele.Texte{
			Fr: "Les demandes de solde ne se déposent pas encore ici. Choisissez « avance ».",
			En: "Balance requests cannot be deposited here yet. Choose “avance”.",
		}}
	case e.Type != Avance:
		return Refuse{modele.Texte{
			Fr: "Choisissez le type du dépôt : « avance ».",
			En: "Choose the type of the deposit: “avance”.",
		}}
	case e.Nom == "" || len(e.Nom) > maxNom || !utf8.ValidString(e.Nom) || strings.ContainsRune(e.Nom, 0):
		return Refuse{modele.Texte{
			Fr: "Le fichier n'a pas de nom utilisable. Nommez-le JSON-numeroAns-AAAAMMJJ-nnn.json.",
			En: "The file has no usable name. Call it JSON-numeroAns-AAAAMMJJ-nnn.json.",
		}}
	}
	return nil
}

// controlee is what the database needs of a control.
type controlee struct {
	verdict diag.Verdict
	reponse Reponse
	nombre  int               // demandes
	apercus []controle.Apercu // by rank
	esms    []byte            // what accepted demandes claim: rank and cle of each, as varints
}

func (d *Depot) recevoir(c *controlee) {
	d.Verdict, d.Reponse, d.Demandes = c.verdict, c.reponse, c.nombre
	d.Acceptees = 0
	if d.Traitee() {
		d.Acceptees = d.Demandes - len(c.reponse.Refus)
	}
	d.Incompletes = d.Acceptees
}

func controler(p *place, o controle.Options) *controlee { return retenir(p.c.Controler(p.octets, o)) }

// retenir keeps of a report what outlives its place.
func retenir(r *controle.Rapport) *controlee {
	c := juger(r)
	c.apercus = make([]controle.Apercu, c.nombre)
	refus := c.reponse.Refus
	for i := range c.apercus {
		c.apercus[i] = r.Apercu(i)
		if len(refus) > 0 && refus[0].Rang == i {
			refus = refus[1:]
			continue
		}
		r.ESMS(i, func(finess []byte) { c.reclamer(i, finess) })
	}
	return c
}

// juger keeps of a report what its sender is answered.
func juger(r *controle.Rapport) *controlee {
	c := &controlee{verdict: r.Verdict}
	if r.Verdict == diag.Rejete || r.Verdict == diag.Illisible {
		c.reponse.Fichier = premier(r.Fichier(modele.Francais))
		return c
	}
	c.nombre, c.reponse.Accepte = r.Demandes(), controle.LibelleAccepte
	for i := range c.nombre {
		if code, libelle := r.Traitement(i); code != controle.CodeAccepte {
			c.reponse.Refus = append(c.reponse.Refus, Refus{Rang: i, Code: code, Libelle: libelle})
		}
	}
	return c
}

// premier finds the anomaly for which the first control rejects a file.
func premier(f diag.Fichier) *Refus {
	for o := range f.All() {
		if o.Premiere {
			return &Refus{Code: o.Code, Libelle: o.Message}
		}
	}
	return nil
}

// deposer stores a controlled file.
func (s *Service) deposer(ctx context.Context, d *Depot, c *controlee, sv *savoir) error {
	var stocke Depot
	err := s.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		stocke = *d // a transaction may run again
		stocke.recevoir(c)
		return s.enregistrer(ctx, tx, &stocke, c, sv)
	})
	*d = stocke
	if d.DejaDepose {
		return err
	}
	s.filtre.noter(d, c) // after an error too: the commit may have come through
	s.arrivees.Add(1)
	s.attendent.Add(1)
	return err
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
