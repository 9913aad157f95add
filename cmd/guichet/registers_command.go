package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"guichet/referentiel"
)

// registersCommand builds the commands about registers.
func (p *program) registersCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "referentiel",
		Short: p.t("Charge et montre les registres qui servent au contrôle", "Load and show the registers that serve the check"),
		Long: p.t(`Quatre registres, facultatifs et locaux, permettent à guichet check d'en dire plus :

  finess      l'extraction nationale des établissements ouverts (etalab-cs1100502-stock-AAAAMMJJ-HHMM.csv)
  references  les référencements des logiciels (numeroAns;SIRET;logiciel;version;profils)
  eligibles   les ESMS que le programme finance, un FINESS géographique par ligne
  bareme      les tranches qui donnent le plafond (tranche;esms_min;esms_max;montant_ttc)

Ils sont gardés dans referentiels/, à côté de guichet.yaml (dans ce dossier ou un dossier parent), sinon ici.`,
			`Four registers, optional and local, let guichet check say more:

  finess      the national extract of the establishments that are open (etalab-cs1100502-stock-YYYYMMDD-HHMM.csv)
  references  the référencements of software (numeroAns;SIRET;logiciel;version;profils)
  eligibles   the ESMS that the programme funds, one FINESS number a line
  bareme      the tranches that give the ceiling (tranche;esms_min;esms_max;montant_ttc)

They are kept in referentiels/, beside guichet.yaml (here or in a parent), else here.`),
		Example: p.examples(
			"guichet referentiel load finess etalab-cs1100502-stock-*.csv", "charger le plus récent", "load the newest",
			"guichet referentiel list", "voir ce qui est chargé, et de quand", "see what is loaded, and of when",
		),
		Args: p.noCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SuggestionsMinimumDistance = 2
	c.AddCommand(p.loadRegister(), p.listRegisters(), p.removeRegister())
	return c
}

// folderFlag adds --dossier. The function that it returns gives the folder, once the flags are read.
func (p *program) folderFlag(c *cobra.Command) func() (string, error) {
	var folder string
	c.Flags().Var(&option{&folder, p.t("DOSSIER", "FOLDER"), nil}, "dossier", p.t("dossier des registres (par défaut celui du projet)", "folder of the registers (that of the project by default)"))
	_ = c.MarkFlagDirname("dossier") // the flag exists: it was added just before
	return func() (string, error) {
		if folder != "" {
			return folder, nil
		}
		return p.projectRegisters()
	}
}

func registerNames() []string {
	var names []string
	for _, n := range referentiel.Noms() {
		names = append(names, string(n))
	}
	return names
}

// register returns the register that an argument names.
func (p *program) register(c *cobra.Command, name string) (referentiel.Nom, error) {
	if err := p.oneOf(registerNames()...)(name); err != nil {
		return "", usageError{c.CommandPath(), p.errorf("registre « %s » : %w", `register "%s": %w`, shown(name), err)}
	}
	return referentiel.Nom(name), nil
}

// removeRegister builds the command that takes registers away.
func (p *program) removeRegister() *cobra.Command {
	c := &cobra.Command{
		Use:   "remove [options] finess|references|eligibles|bareme…",
		Short: p.t("Retire des registres chargés", "Take loaded registers away"),
		Example: p.examples(
			"guichet referentiel remove eligibles", "ne plus contrôler l'éligibilité", "check eligibility no more",
		),
		ValidArgs: registerNames(),
	}
	folder := p.folderFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usageError{c.CommandPath(), p.errorf("indiquez un registre : %s", "name a register: %s", p.or(registerNames()))}
		}
		var names []referentiel.Nom
		for _, a := range args {
			n, err := p.register(c, a)
			if err != nil {
				return err
			}
			names = append(names, n)
		}
		for _, n := range names {
			at, err := folder()
			if err != nil {
				return err
			}
			path := filepath.Join(at, n.Fichier())
			if err := os.Remove(path); err != nil {
				return p.errorf("%s : %s", "%s: %s", shown(filepath.ToSlash(path)), p.cause(err))
			}
			p.say("registre %s retiré : %s", "register %s taken away: %s", n, shown(filepath.ToSlash(path)))
		}
		return nil
	}
	return c
}
