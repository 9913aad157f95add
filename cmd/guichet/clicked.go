package main

import (
	"bufio"
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// runClicked is run for who may have clicked on the program in Explorer, or dropped a file on it: its window would be
// gone with the last word, so it waits to be read. A JSON file that is dropped is checked.
func runClicked(ctx context.Context, e env, clicked bool) int {
	if !clicked {
		return run(ctx, e)
	}
	p := &program{env: e, langue: preferred(e)}
	s := success
	switch {
	case len(e.args) == 0:
		p.howToBegin()
	case len(e.args) == 1 && strings.EqualFold(filepath.Ext(e.args[0]), ".json"):
		e.args = []string{"check", "--", e.args[0]}
		s = status(run(ctx, e))
	default:
		s = status(run(ctx, e))
	}
	_, _ = fmt.Fprint(e.stderr, p.t("\nAppuyez sur Entrée pour fermer cette fenêtre. ", "\nPress Enter to close this window. "))
	_, _ = bufio.NewReader(e.stdin).ReadString('\n')
	return int(s)
}

// howToBegin is for who has never typed a command.
func (p *program) howToBegin() {
	_, _ = fmt.Fprintln(p.stdout, p.t(`Guichet contrôle et prépare les demandes du Ségur numérique avant leur dépôt. Il se commande au clavier.

Pour contrôler un fichier JSON tout de suite : faites-le glisser, dans l'Explorateur, sur guichet.exe.

Pour le reste :
  1. dans l'Explorateur, ouvrez le dossier qui contient guichet.exe et votre tableau ;
  2. cliquez dans la barre d'adresse, tapez  cmd  puis Entrée : une fenêtre s'ouvre dans ce dossier ;
  3. tapez une de ces lignes, puis Entrée :

     guichet init                       demande votre numéro et votre SIRET, et donne un tableau à remplir dans Excel
     guichet prepare commandes.xlsx     fait de ce tableau les fichiers à déposer
     guichet check MON-FICHIER.json     contrôle un fichier
     guichet --help                     dit tout ce que Guichet sait faire

Le guide est dans guide-fournisseur.md, à côté de guichet.exe.`, `Guichet checks and prepares the requests of the Ségur numérique before their deposit. It takes typed commands.

To check a JSON file at once: drag it, in Explorer, onto guichet.exe.

For all else:
  1. in Explorer, open the folder that has guichet.exe and your table;
  2. click in the address bar, type  cmd  then Enter: a window opens in that folder;
  3. type one of these lines, then Enter:

     guichet init                       asks for your number and your SIRET, and gives a table to fill in with Excel
     guichet prepare commandes.xlsx     makes the files to deposit of that table
     guichet check MY-FILE.json         checks a file
     guichet --help                     tells all that Guichet can do

The guide (in French) is guide-fournisseur.md, beside guichet.exe.`))
}
