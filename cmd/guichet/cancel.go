package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"guichet/internal/carnet"
	"guichet/modele"
)

// cancelling is a run of guichet annuler.
type cancelling struct {
	*program
	ledgerFile, date    string
	numbers, references []string
	batch, dryRun       bool
}

// cancel builds the command that takes demandes back before they are deposited.
func (p *program) cancel() *cobra.Command {
	o := &cancelling{program: p}
	c := &cobra.Command{
		Use:     "annuler [options] NUMERO|REFERENCE|NOM.json…",
		Short:   p.t("Reprend des demandes préparées, tant qu'elles ne sont pas déposées", "Take prepared demandes back, as long as they are not deposited"),
		Long:    p.cancelLong(),
		Example: p.cancelExamples(),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args)+len(o.numbers)+len(o.references) == 0 {
				return usageError{c.CommandPath(), p.errorf("indiquez un numeroEditeur, une référence de commande ou un fichier JSON", "name a numeroEditeur, the reference of an order, or a JSON file")}
			}
			path, err := p.ledgerPath(o.ledgerFile)
			if err != nil {
				return err
			}
			if _, err := os.Stat(path); err != nil {
				return p.errorf("carnet %s : %s", "ledger %s: %s", shown(path), p.cause(err))
			}
			return p.writeLedger(c.Context(), o.ledgerFile, func(ledger *carnet.Carnet) error { return o.run(c.Context(), ledger, args) })
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringSliceVar(&o.numbers, "numero", nil, p.t("numeroEditeur à reprendre", "numeroEditeur to take back"))
	f.StringSliceVar(&o.references, "reference", nil, p.t("référence d'une commande à reprendre", "reference of an order to take back"))
	f.BoolVar(&o.batch, "lot", false, p.t("reprend tout ce que le même guichet prepare a écrit", "take back all that the same guichet prepare wrote"))
	f.BoolVar(&o.dryRun, "dry-run", false, p.t("montre ce qui serait fait, sans rien changer", "show what would be done, change nothing"))
	p.ledgerFlag(c, &o.ledgerFile)
	f.Var(&option{&o.date, p.t("AAAA-MM-JJ", "YYYY-MM-DD"), p.isDate}, "date", p.t("le jour que porte un fichier récrit (aujourd'hui)", "the day that a file made anew carries (today)"))
	return c
}

func (p *program) cancelExamples() string {
	return p.examples(
		"guichet annuler 00012", "une demande, par son numéro", "a demande, by its number",
		"guichet annuler CMD-2023-014", "une demande, par la référence de sa commande", "a demande, by the reference of its order",
		"guichet annuler JSON-ANS0000001-20231002-001.json", "toutes les demandes de ce fichier", "all demandes of this deposit",
		"guichet annuler --lot --dry-run 00012", "voir ce que reprendre tout le lot ferait", "see what taking the whole batch back would do",
	)
}

func (p *program) cancelLong() string {
	return p.t(`Les demandes passent à l'état « annulée » : leurs numéros restent utilisés, leurs ESMS sont libres, leurs commandes
peuvent être préparées à nouveau. Leurs fichiers vont dans le sous-dossier ecartes du dossier des dépôts : ils ne sont
plus à déposer. Un fichier se dépose entier : les demandes qui y étaient aussi, et qui restent, vont dans un nouveau
fichier, sous les mêmes numéros. Une demande dont le fichier est déposé n'est plus à reprendre ici.

Statut de sortie :
  0    demandes annulées
  1    une demande ne peut être reprise : rien n'est changé
  2    mauvais usage, ou une demande que le carnet ne connaît pas`,
		`The demandes are cancelled: their numbers stay used, their ESMS are free, their orders can be prepared again. What
was written of them goes to the folder ecartes, in that of the deposits: it is not to be deposited any more. A
deposit is made as a whole: those demandes that were in it and stay go to a new one, under the same numbers. A demande
that was deposited is not taken back here.

Exit status:
  0    demandes cancelled
  1    a demande cannot be taken back: nothing is changed
  2    misuse, or a demande that the ledger does not know`)
}

func (o *cancelling) run(ctx context.Context, ledger *carnet.Carnet, args []string) error {
	chosen, err := o.choose(ctx, ledger, args)
	if err != nil {
		return err
	}
	files, err := o.files(ctx, ledger, chosen)
	if err != nil {
		return err
	}
	if !o.dryRun {
		if err := o.write(ctx, ledger, files); err != nil {
			return o.errorf("%s", "%s", o.fault(err))
		}
	}
	t := &told{w: o.stdout, l: o.langue}
	for i := range files {
		for _, number := range slices.Sorted(maps.Keys(files[i].out)) {
			t.line(o.t("annulée : %s", "cancelled: %s"), number)
		}
		o.tellAsideFile(t, &files[i], o.dryRun)
	}
	if o.dryRun {
		o.say("rien n'est changé (--dry-run)", "nothing is changed (--dry-run)")
	}
	return t.err
}

// choose finds the demandes that the arguments name.
func (o *cancelling) choose(ctx context.Context, ledger *carnet.Carnet, args []string) (chosen []carnet.Suivie, err error) {
	ask := func(f carnet.Filtre) []carnet.Suivie {
		var found []carnet.Suivie
		for d, failed := range ledger.Demandes(ctx, f) {
			err = errors.Join(err, failed)
			found = append(found, d)
		}
		return found
	}
	take := func(name string, found []carnet.Suivie) error {
		if err == nil && len(found) == 0 {
			return o.errorf("%s : le carnet ne connaît ni demande, ni commande, ni fichier de ce nom ; guichet suivi les montre", "%s: the ledger knows no demande, order or file of this name; guichet suivi shows them", shown(name))
		}
		chosen = append(chosen, found...)
		return err
	}
	for _, a := range args {
		number, order := ask(carnet.Filtre{Numero: strings.ToUpper(a)}), current(ask(carnet.Filtre{Reference: a}))
		if len(number) > 0 && len(order) > 0 && number[0].Numero != order[len(order)-1].Numero {
			return nil, o.errorf("%s est le numéro d'une demande et la référence d'une autre : indiquez --numero %[1]s ou --reference %[1]s", "%s is the number of a demande and the reference of another one: say --numero %[1]s or --reference %[1]s", shown(a))
		}
		found := append(number, ask(carnet.Filtre{Fichier: filepath.Base(a)})...)
		if len(number) == 0 {
			found = append(found, order...)
		}
		if err := take(a, found); err != nil {
			return nil, err
		}
	}
	for _, n := range o.numbers {
		if err := take(n, ask(carnet.Filtre{Numero: strings.ToUpper(n)})); err != nil {
			return nil, err
		}
	}
	for _, r := range o.references {
		if err := take(r, current(ask(carnet.Filtre{Reference: r}))); err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

// current is the demande that stands for an order; those that were replaced or cancelled when none does.
func current(demandes []carnet.Suivie) []carnet.Suivie {
	for i := len(demandes) - 1; i >= 0; i-- {
		if demandes[i].Etat.Compte() {
			return demandes[i : i+1]
		}
	}
	return demandes[max(0, len(demandes)-1):]
}

// files gathers the demandes by their files, and refuses those that cannot be taken back, each with its reason.
func (o *cancelling) files(ctx context.Context, ledger *carnet.Carnet, chosen []carnet.Suivie) (files []rest, err error) {
	waiting, err := ledger.ADeposer(ctx)
	if err != nil {
		return nil, err
	}
	out, lots, refused := map[string]map[string]bool{}, map[int64]bool{}, map[string]bool{}
	for _, d := range chosen {
		at := slices.IndexFunc(waiting, func(f carnet.Attendu) bool { return slices.Contains(f.Numeros, d.Numero) })
		if at < 0 {
			if !refused[d.Numero] {
				o.say("%s : %s", "%s: %s", d.Numero, o.whyNot(d).In(o.langue))
			}
			refused[d.Numero] = true
			continue
		}
		f := waiting[at]
		if lots[f.Lot] = true; out[f.Nom] == nil {
			out[f.Nom] = map[string]bool{}
		}
		out[f.Nom][d.Numero] = true
	}
	if len(refused) > 0 {
		o.say("rien n'est changé", "nothing is changed")
		return nil, findings
	}
	for _, f := range waiting {
		if o.batch && lots[f.Lot] {
			out[f.Nom] = set(f.Numeros)
		}
		if len(out[f.Nom]) == 0 {
			continue
		}
		r := rest{file: f, out: out[f.Nom]}
		if err := r.check(); err != nil {
			o.say("%s : le fichier a été modifié, ou n'est plus là : le reste ne peut être récrit. Remettez-le, ou annulez-le entier : guichet annuler %[1]s",
				"%s: it has been changed, or is no longer there: what stays cannot be written anew. Bring it back, or cancel it as a whole: guichet annuler %[1]s", shown(f.Nom))
			return nil, findings
		}
		files = append(files, r)
	}
	return files, nil
}

// whyNot says why a demande cannot be taken back, and what can be done.
func (o *cancelling) whyNot(d carnet.Suivie) modele.Texte {
	state := modele.Texte{Fr: stateIn(d.Etat, modele.Francais), En: stateIn(d.Etat, modele.Anglais)}
	switch {
	case !d.Etat.Compte():
		return modele.Texte{Fr: "déjà " + state.Fr, En: state.En + " already"}
	case d.Etat == carnet.Rejetee:
		return modele.Texte{Fr: "rejetée par le portail, il n'y a rien à annuler : retirez ses lignes du tableau", En: "rejected by the portal, there is nothing to cancel: take its rows out of the table"}
	case d.Etat == carnet.Preparee:
		return modele.Texte{Fr: "son fichier est déposé, le portail a répondu pour d'autres demandes : attendez sa réponse", En: "its file is deposited, the portal has answered for other demandes: wait for its answer"}
	case d.Etat.Attend():
		return modele.Texte{Fr: "son fichier est déposé : attendez le retour, ou demandez à l'agence de la retirer", En: "its file is deposited: wait for the answer, or ask the agency to withdraw it"}
	}
	return modele.Texte{Fr: state.Fr + " : seule l'agence peut la retirer", En: state.En + ": only the agency can withdraw it"}
}

// write sets the files aside and writes what is left of them, in one lot.
func (o *cancelling) write(ctx context.Context, ledger *carnet.Carnet, files []rest) error {
	if len(files) == 0 {
		return nil
	}
	rests := 0
	for _, f := range files {
		rests += min(f.kept(), 1)
	}
	day := o.now()
	if o.date != "" {
		day, _ = time.Parse(time.DateOnly, o.date) // isDate has seen it
	}
	folder := files[0].file.Dossier
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	numeroAns := ansOf(files[0].file.Nom)
	if slices.ContainsFunc(files, func(f rest) bool { return ansOf(f.file.Nom) != numeroAns }) {
		return o.errorf("ces fichiers ont plusieurs numeroAns : annulez-les en plusieurs fois", "these files have several numeroAns: cancel them one after the other")
	}
	lot, err := ledger.Commencer(ctx, carnet.Intention{NumeroAns: numeroAns, Jour: day.Format("20060102"), Dossier: folder, Fichiers: rests})
	if err != nil {
		return err
	}
	if err := o.fill(ctx, lot, files); err != nil {
		return errors.Join(err, lot.Abandonner(ctx))
	}
	return nil
}

func (o *cancelling) fill(ctx context.Context, lot *carnet.Lot, files []rest) error {
	ranks := lot.Rangs
	for i := range files {
		f := &files[i]
		if err := lot.Ecarter(ctx, f.file.Nom, slices.Sorted(maps.Keys(f.out))); err != nil {
			return err
		}
		if f.kept() == 0 {
			continue
		}
		if err := f.write(ctx, lot, ranks[0]); err != nil {
			return fmt.Errorf("copy %s: %w", f.file.Nom, err)
		}
		ranks = ranks[1:]
	}
	return lot.Decider(ctx)
}

// ansOf is the numeroAns in the name of a file: JSON-ANS0000001-20231002-001.json.
func ansOf(name string) string {
	_, name, _ = strings.Cut(name, "JSON-")
	ans, _, _ := strings.Cut(name, "-")
	return ans
}

func set(values []string) map[string]bool {
	s := map[string]bool{}
	for _, v := range values {
		s[v] = true
	}
	return s
}
