package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/db"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/reglages"
	"guichet/internal/portail/web"
)

// comptesCommand builds the commands about the accounts of the counter.
func (p *program) comptesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "comptes",
		Short: p.t("Vérifie les comptes du guichet", "Verify the accounts of the counter"),
		Long: p.t(`Les comptes disent, au centime, ce qui est demandé, accordé, refusé, retiré, dû et payé : une écriture équilibrée pour chaque acte,
dont les lignes ne changent jamais.`,
			`The accounts tell, to the cent, what is asked, granted, refused, withdrawn, due and paid: a balanced entry for each act, whose lines
never change.`),
		Example: p.examples("guichet comptes verify --donnees portail", "les comptes sont-ils justes ?", "are the accounts right?"),
		Args:    p.noCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SuggestionsMinimumDistance = 2
	c.AddCommand(p.comptesVerify())
	return c
}

func (p *program) comptesVerify() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify [options]",
		Short: p.t("Relit tous les comptes et nomme le premier écart", "Read all accounts again and name the first difference"),
		Long: p.t(`Relit toutes les écritures à un même instant : chacune est équilibrée, les lignes de chaque demande font ce que dit son état, les
soldes et les compteurs sont les sommes. Le guichet peut rester ouvert.

Statut de sortie :
  0    les comptes sont justes
  1    il y a un écart
  2    mauvais usage, ou il n'y a pas de guichet ici`,
			`Reads all entries again at one moment: each is balanced, the lines of each request are what its state says, balances and counters
are the sums. The counter may stay open.

Exit status:
  0    the accounts are right
  1    there is a difference
  2    misuse, or there is no counter here`),
		Example: p.examples("guichet comptes verify --donnees portail", "le guichet de ce dossier", "the counter of this folder"),
		Args:    p.noArgs,
	}
	return p.withSettings(c, func(ctx context.Context, r reglages.Reglages, _ []string) error {
		return p.withCounter(ctx, r, func(b *db.Base) error { return p.verifyAccounts(ctx, b) })
	})
}

func (p *program) verifyAccounts(ctx context.Context, b *db.Base) error {
	v, err := (&comptabilite.Service{Base: b}).Verifier(ctx)
	var difference *comptabilite.Ecart
	switch {
	case errors.As(err, &difference):
		return errors.Join(p.emitBytes("", []byte(p.accountsDifference(difference))), findings)
	case err != nil:
		return p.errorf("les comptes ne se lisent pas : %s", "the accounts cannot be read: %s", p.cause(err))
	}
	return p.emitBytes("", []byte(fmt.Sprintf(p.t("Comptes justes : %d écritures, %d demandes\n", "Accounts right: %d entries, %d requests\n"), v.Ecritures, v.Demandes)+p.balances(v.Soldes)))
}

// balances are the places where there is something, ledger by ledger.
func (p *program) balances(s comptabilite.Soldes) string {
	var lines strings.Builder
	for i, amount := range s {
		if place := comptabilite.Postes[i]; place.Poste.Contrepartie() {
			fmt.Fprintf(&lines, "\n%-32s %s\n", place.Nom.In(p.langue), web.Montant(-amount).In(p.langue))
		} else if amount != 0 {
			fmt.Fprintf(&lines, "  %-30s %s\n", place.Nom.In(p.langue), web.Montant(amount).In(p.langue))
		}
	}
	return lines.String()
}

// accountsDifference says what was found, and what was expected.
func (p *program) accountsDifference(e *comptabilite.Ecart) string {
	var lines strings.Builder
	fmt.Fprintf(&lines, p.t("Premier écart : %s\n", "First difference: %s\n"), e.Quoi.In(p.langue))
	line := func(fr, en, what string) { fmt.Fprintf(&lines, "  %-13s %s\n", p.t(fr, en), what) }
	if e.Fournisseur != 0 {
		line("fournisseur", "supplier", fmt.Sprint(e.Fournisseur))
	}
	if e.Demande != nil {
		line("demande", "request", depot.NumeroASP(e.Demande.Depot, e.Demande.Rang))
	}
	if e.Ecriture != 0 {
		line("écriture", "entry", fmt.Sprint(e.Ecriture))
	}
	if e.Poste != "" {
		line("poste", "place", shown(e.Poste))
	}
	if !e.SansMontant {
		found, expected := web.Montant(e.Trouve).In(p.langue), web.Montant(e.Attendu).In(p.langue)
		if e.Nombre {
			found, expected = fmt.Sprint(e.Trouve), fmt.Sprint(e.Attendu)
		}
		line("trouvé", "found", found)
		line("attendu", "expected", expected)
	}
	return lines.String()
}
