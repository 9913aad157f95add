package depot

import (
	"context"
	"errors"
	"fmt"
	"io"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

const champArchives = "archives"

// Archives takes the archives that come in the form of a deposit: another room has them.
type Archives struct {
	MaxOctets int64 // that one form may bring
	// Prendre keeps one archive as it streams in. An error of its reader comes back as it is; a Refuse says why the
	// archive is not taken. One that is kept, or listed as refused, is no error.
	Prendre func(ctx context.Context, d *Depot, qui compte.Identite, nom string, corps io.Reader) error
	// Lister tells what came with a deposit.
	Lister func(ctx context.Context, d *Depot) ([]Jointe, error)
}

// Jointe is an archive that came with a deposit, and what became of it.
type Jointe struct {
	Nom, Ton   string // Ton is that of a web.Etiquette
	Mot, Texte modele.Texte
}

// maxDites is how many archives that were not taken are told one by one.
const maxDites = 3

// joindre hands an archive over. Nothing that is wrong with it undoes the deposit.
func (c *reception) joindre(f web.Fichier) error {
	nom := court(f.Nom)
	switch {
	case c.archives == nil:
		return nil
	case c.depot == nil && !c.vu:
		c.refuser(nom, modele.Texte{Fr: "arrivée avant le fichier JSON, elle n'est pas gardée.", En: "it came before the JSON file and is not kept."})
		return nil
	case c.depot == nil:
		c.refuser(nom, modele.Texte{Fr: "sans dépôt, elle n'est pas gardée. Choisissez-la à nouveau.", En: "without a deposit it is not kept. Choose it again."})
		return nil
	case c.depot.Controle():
		c.refuser(nom, modele.Texte{Fr: "un contrôle ne garde pas les archives ; envoyez-la après le dépôt.", En: "a check keeps no archives; send it after the deposit."})
		return nil
	}
	i, _ := compte.De(c.r.Context())
	err := c.archives.Prendre(c.r.Context(), c.depot, i, f.Nom, f.Corps)
	var refus Refuse
	if errors.As(err, &refus) {
		c.refuser(nom, refus.Texte)
		return nil
	}
	if err == nil {
		c.prises++
	}
	return err
}

func (c *reception) refuser(nom string, pourquoi modele.Texte) {
	if c.refusees++; c.refusees <= maxDites {
		c.nonPrises = joindreTextes(c.nonPrises, modele.Texte{Fr: nom + " : " + pourquoi.Fr, En: nom + ": " + pourquoi.En})
	}
}

// recues says how many were received.
func (c *reception) recues() modele.Texte {
	return ecrit.Compter(int64(c.prises), modele.Texte{Fr: "archive reçue", En: "archive received"}, modele.Texte{Fr: "archives reçues", En: "archives received"})
}

// bilan counts the archives that are kept, and says why others are not.
func (c *reception) bilan() (t modele.Texte) {
	if c.prises > 0 {
		t = c.recues()
		t = modele.Texte{Fr: t.Fr + " avec le dépôt.", En: t.En + " with the deposit."}
	}
	if n := c.refusees - maxDites; n > 0 {
		c.nonPrises = joindreTextes(c.nonPrises, modele.Texte{Fr: "Et " + ecrit.Autres(n).Fr + ".", En: "And " + ecrit.Autres(n).En + "."})
	}
	return joindreTextes(t, c.nonPrises)
}

// coupe says what is kept of a form that broke off, whoever's fault that is.
func (c *reception) coupe(err error) error {
	if c.depot == nil || c.depot.Controle() {
		return err
	}
	return web.RefusDe(c.r, err).Suivi(modele.Texte{
		Fr: fmt.Sprintf("Le fichier JSON, lui, est déposé sous la référence %s ; %s avec lui. Envoyez les autres depuis la page de ce dépôt.", c.depot.ImpID(), c.recues().Fr),
		En: fmt.Sprintf("The JSON file itself is deposited under the reference %s; %s with it. Send the others from the page of that deposit.", c.depot.ImpID(), c.recues().En),
	})
}

// court is a name that fits in a sentence.
func court(nom string) string {
	if r := []rune(nom); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return nom
}

func joindreTextes(t, suite modele.Texte) modele.Texte {
	if t == (modele.Texte{}) || suite == (modele.Texte{}) {
		return modele.Texte{Fr: t.Fr + suite.Fr, En: t.En + suite.En}
	}
	return modele.Texte{Fr: t.Fr + " " + suite.Fr, En: t.En + " " + suite.En}
}

// jointes lists what came with a deposit.
func (s *Service) jointes(ctx context.Context, d *Depot) ([]Jointe, error) {
	if s.archives == nil || d.Controle() {
		return nil, nil
	}
	return s.archives.Lister(ctx, d)
}

// maxCorps bounds the form of a deposit.
func (s *Service) maxCorps() int64 {
	n := int64(MaxOctets + enveloppe)
	if s.archives != nil {
		n += s.archives.MaxOctets
	}
	return n
}

// trop says what the form of a deposit may bring.
func (s *Service) trop() modele.Texte {
	if s.archives == nil {
		return tropLourd.Texte
	}
	max := web.Taille(s.archives.MaxOctets)
	return modele.Texte{
		Fr: "L'envoi dépasse un fichier JSON de 20 Mo et " + max.Fr + " d'archives. Déposez d'abord le fichier JSON seul, puis envoyez les archives depuis la page du dépôt, en plusieurs fois.",
		En: "What was sent is over one JSON file of 20 MB and " + max.En + " of archives. Deposit the JSON file alone first, then send the archives from the page of the deposit, in several goes.",
	}
}
