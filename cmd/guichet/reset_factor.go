package main

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"guichet/internal/portail"
	"guichet/internal/portail/reglages"
)

// resetFactor builds the command that takes a second factor away: the way back in of the last administrator.
func (p *program) resetFactor() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "reset-factor " + p.t("COURRIEL --motif TEXTE", "ADDRESS --motif TEXT") + " [options]",
		Short: p.t("Retire le second facteur d'un compte du guichet", "Take the second factor of an account of the counter away"),
		Long: p.t(`Pour qui a perdu son téléphone et ses codes de secours, quand personne ne peut plus le faire depuis le guichet : un
administrateur le fait pour tous, un propriétaire pour les personnes de son entreprise. Les sessions du compte se
terminent, un courriel prévient la personne, le journal garde le motif. Le mot de passe ne change pas.

Le guichet peut rester ouvert. Donnez les mêmes réglages qu'à guichet serve (--donnees, --db ou --config).

Statut de sortie :
  0    c'est fait
  2    mauvais usage, compte inconnu ou sans second facteur : rien n'est changé`,
			`For someone who has lost the telephone and the recovery codes, when nobody can do it from the counter any longer: an
administrator does it for everybody, an owner for the people of the company. The sessions of the account end, a mail
tells the person, the journal keeps the reason. The password does not change.

The counter may stay open. Give the same settings as to guichet serve (--donnees, --db or --config).

Exit status:
  0    done
  2    misuse, an account that is unknown or has no second factor: nothing is changed`),
		Example: p.examples(
			`guichet reset-factor camille@exemple.fr --motif "téléphone volé"`, "le compte de cette adresse", "the account of this address",
		),
		Args: p.oneAddress,
	}
	p.withSettings(c, func(ctx context.Context, r reglages.Reglages, args []string) error {
		return p.runResetFactor(ctx, r, args[0], reason)
	})
	c.Flags().Var(&option{&reason, p.t("TEXTE", "TEXT"), nil}, "motif", p.t("pourquoi, et comment la personne a été reconnue : elle le lira",
		"why, and how the person was recognised, who will read it"))
	return c
}

func (p *program) oneAddress(c *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return usageError{c.CommandPath(), p.errorf("donnez une adresse électronique, celle du compte", "give one e-mail address, that of the account")}
}

func (p *program) runResetFactor(ctx context.Context, r reglages.Reglages, address, reason string) error {
	config := p.counter(r)
	if config.Adresse == "" {
		config.Adresse = "http://" + r.Texte("adresse")
	}
	if _, err := os.Stat(config.AdresseBase()); err != nil && !strings.Contains(config.AdresseBase(), "://") {
		return p.errorf("il n'y a pas de guichet ici : %s ; donnez --donnees ou --db, comme à guichet serve",
			"there is no counter here: %s; give --donnees or --db, as to guichet serve", p.cause(err))
	}
	if err := portail.LeverFacteur(ctx, config, address, reason); err != nil {
		return p.errorf("rien n'est changé : %s", "nothing is changed: %s", p.fault(err))
	}
	p.say("le second facteur de %s est retiré, ses sessions sont terminées ; un courriel l'en prévient",
		"the second factor of %s is taken away, its sessions have ended; a mail tells the person", shown(address))
	return nil
}
