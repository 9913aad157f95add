package main

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"guichet/internal/carnet"
	"guichet/modele"
)

func texte(fr, en string) modele.Texte { return modele.Texte{Fr: fr, En: en} }

// noArguments refuses arguments.
func (p *program) noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError{c.CommandPath(), p.errorf("« %s » est de trop", `"%s" is too much`, shown(args[0]))}
}

// ledgerAdopt builds the command by which a person vouches for a ledger.
func (p *program) ledgerAdopt() *cobra.Command {
	var named string
	var shared, insisted bool
	c := &cobra.Command{
		Use:   "adopter [options]",
		Short: p.t("Dit que ce carnet, copié ou déplacé, est désormais celui de ce dossier", "Say that this ledger, copied or moved, is the one of this place from now on"),
		Long: p.t(`Deux carnets qui servent donnent deux fois les mêmes numéros : un carnet copié ou déplacé est donc refusé, jusqu'à
cette commande. À dire si l'autre ne sert plus et que celui-ci est le plus récent. Dans le doute, changez aussi
numeros.prefixe dans guichet.yaml : les numéros seront nouveaux de toute façon.

Un carnet sur un dossier partagé ou un disque du réseau n'est que lu, car les verrous n'y sont pas sûrs. --reseau y fait
écrire quand même, désormais : à dire si un seul poste à la fois y écrit.

Statut de sortie :
  0    carnet adopté
  2    mauvais usage, ou carnet illisible`,
			`Two ledgers in use give the same numbers twice: one that was copied or moved is therefore refused, until this is
said. Say it if the other one is no longer used and this one is the latest. If in doubt, change numeros.prefixe in
guichet.yaml too: numbers will be new in any case.

A ledger that other machines share, or on a network disk, is only read, since locks are not safe there. --reseau has it
written all the same, from now on: say it if only one machine writes there at a time.

Exit status:
  0    ledger adopted
  2    misuse, or a ledger that could not be read`),
		Example: p.examples("guichet carnet adopter", "ce carnet a été déplacé, l'autre ne sert plus", "this ledger was moved, the other one is no longer used"),
		Args:    p.noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			path, err := p.ledgerPath(named)
			if err != nil {
				return err
			}
			p.tellSynchronised(path)
			var older *carnet.ErreurAncien
			if err := carnet.EnRetard(c.Context(), path); errors.As(err, &older) && !insisted {
				return p.errorf("%s ; s'il doit servir quand même, changez numeros.prefixe dans guichet.yaml, puis guichet carnet adopter --force",
					"%s; if it has to be used all the same, change numeros.prefixe in guichet.yaml, then guichet carnet adopter --force", p.fault(err))
			}
			if err := carnet.Adopter(c.Context(), path, shared, p.now); err != nil {
				return p.errorf("%s", "%s", p.fault(err))
			}
			p.say("%s est le carnet de ce dossier", "%s is the ledger of this folder", shown(path))
			return nil
		},
	}
	c.Flags().SortFlags = false
	p.ledgerFlag(c, &named)
	c.Flags().BoolVar(&insisted, "force", false, p.t("adopte aussi un carnet plus ancien que ce qui a été fait ici", "adopt a ledger that is older than what was done here too"))
	c.Flags().BoolVar(&shared, "reseau", false, p.t("écrit ce carnet aussi sur un dossier partagé ou un disque du réseau", "write this ledger in a shared place or on a network disk too"))
	return c
}

// ledgerNew builds the command that begins an empty ledger.
func (p *program) ledgerNew() *cobra.Command {
	var named string
	c := &cobra.Command{
		Use:   "nouveau [options]",
		Short: p.t("Recommence avec un carnet vide", "Begin again with an empty ledger"),
		Long: p.t(`Le carnet présent est gardé à côté, sous un autre nom. Les numéros repartent du premier, même si des fichiers déjà
présents les portent : à ne faire que si rien n'a été déposé, ou avec un autre numeros.prefixe dans guichet.yaml.

Statut de sortie :
  0    carnet vide
  2    mauvais usage, ou un dossier où l'on ne peut écrire`,
			`The present ledger is kept beside it, under another name. Numbers start from the first one, even where what is there
already carries them: only if nothing was deposited, or with another numeros.prefixe in guichet.yaml.

Exit status:
  0    empty ledger
  2    misuse, or a place that cannot be written to`),
		Example: p.examples("guichet carnet nouveau", "recommencer à neuf, après des essais", "begin anew, after trials"),
		Args:    p.noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			desk, err := p.project(map[string]string{"carnet": named})
			if err != nil {
				return err
			}
			p.tellSynchronised(desk.Carnet.Texte)
			aside, others, err := carnet.Recommencer(c.Context(), desk.Carnet.Texte, desk.Sortie.Texte, desk.NumeroAns.Texte, p.now)
			if err != nil {
				return p.errorf("%s", "%s", p.fault(err))
			}
			p.say("%s est vide : les numéros repartent du premier", "%s is empty: numbers start from the first one", shown(near(desk.Carnet.Texte)))
			p.tellAside(aside)
			slices.Sort(others)
			for _, name := range others {
				p.say("%s a des numéros qui seront donnés à nouveau : ne le déposez pas", "%s has numbers that will be given again: do not deposit it", shown(name))
			}
			return nil
		},
	}
	c.Flags().SortFlags = false
	p.ledgerFlag(c, &named)
	return c
}
