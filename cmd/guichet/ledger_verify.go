package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"guichet/diag"
	"guichet/internal/carnet"
)

// ledgerVerify builds the command that looks whether the ledger is sound.
func (p *program) ledgerVerify() *cobra.Command {
	var named string
	c := &cobra.Command{
		Use:   "verifier [options]",
		Short: p.t("Relit tout le carnet et les fichiers qu'il connaît", "Read the whole ledger and what it knows through"),
		Long: p.t(`Statut de sortie :
  0    tout est en ordre
  1    un fichier n'a plus les octets qui ont été écrits, ou guichet prepare refuserait ce carnet
  2    carnet abîmé ou illisible`,
			`Exit status:
  0    all is in order
  1    a JSON or archive has no longer the bytes that were written, or guichet prepare would refuse this ledger
  2    a ledger that is damaged or could not be read`),
		Example: p.examples("guichet carnet verifier", "le carnet est-il sain ?", "is the ledger sound?"),
		Args:    p.noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.readLedger(c.Context(), named, func(ledger *carnet.Carnet) error {
				return p.verifyLedger(c.Context(), named, ledger)
			})
		},
	}
	c.Flags().SortFlags = false
	p.ledgerFlag(c, &named)
	return c
}

// verifyLedger tells whether the ledger is sound, whether numbers can be given from it, and what became of its files.
func (p *program) verifyLedger(ctx context.Context, named string, ledger *carnet.Carnet) error {
	v, err := ledger.Verifier(ctx)
	if err != nil {
		return p.errorf("%s", "%s", p.fault(err))
	}
	desk, err := p.project(map[string]string{"carnet": named})
	if err != nil {
		return err
	}
	refused := carnet.Eprouver(ctx, desk.Carnet.Texte, carnet.Intention{NumeroAns: desk.NumeroAns.Texte, Dossier: desk.Sortie.Texte, Jour: p.now().Format("20060102")})
	var older *carnet.ErreurAncien // of other bytes by right
	if v.Etranger && !errors.As(refused, &older) {
		return p.errorf("le carnet n'a plus les octets que guichet y a écrits : abîmé, ou changé par un autre programme. Remettez une sauvegarde (guichet carnet restaurer FICHIER) ; si ce changement est le vôtre : guichet carnet adopter",
			"the ledger has no longer the bytes that guichet wrote: damaged, or changed by another program. Put a backup back (guichet carnet restaurer FILE); if the change is yours: guichet carnet adopter")
	}
	if refused == nil {
		p.say("carnet sain : %s", "sound ledger: %s", p.holds(v.Sauvegarde))
	} else {
		p.say("carnet lisible en entier : %s ; mais guichet prepare le refuse :", "the ledger can be read as a whole: %s; but guichet prepare refuses it:", p.holds(v.Sauvegarde))
		p.say("%s", "%s", p.fault(refused))
	}
	p.tellLedgerFiles(v)
	if refused != nil || len(v.Changes) > 0 {
		return findings
	}
	return nil
}

func (p *program) tellLedgerFiles(v carnet.Verification) {
	p.say("%s dans le carnet : %d en place, %s, %s", "%s in the ledger: %d in place, %s, %s",
		nounFile.Count(v.Fichiers, p.langue), v.EnPlace, nounElsewhere.Count(v.Absents, p.langue), nounModified.Count(len(v.Changes), p.langue))
	for _, name := range v.Changes {
		p.say("%s a changé depuis qu'il a été écrit : ce n'est plus ce que le carnet a retenu", "%s has changed since it was written: it is no longer what the ledger remembers", shown(name))
	}
}

var (
	nounElsewhere = diag.Noun{One: texte("ailleurs ou absent", "elsewhere or gone"), Several: texte("ailleurs ou absents", "elsewhere or gone")}
	nounModified  = diag.Noun{One: texte("modifié", "changed"), Several: texte("modifiés", "changed")}
)
