package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"guichet/internal/carnet"
	"guichet/internal/classeur"
)

// suiviChoices is what the flags of guichet suivi say.
type suiviChoices struct {
	ledger, format, output string
	states                 []string
	since, until           string
	filtre                 carnet.Filtre
}

// suivi builds the command that shows the ledger.
func (p *program) suivi() *cobra.Command {
	o := &suiviChoices{format: "text"}
	c := &cobra.Command{
		Use:     "suivi [options] " + p.t("[TEXTE]", "[TEXT]"),
		Short:   p.t("Montre les demandes du carnet et ce qu'elles sont devenues", "Show the requests of the ledger and what became of them"),
		Long:    p.suiviLong(),
		Example: p.suiviExamples(),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{c.CommandPath(), p.errorf("un seul texte à chercher : entourez-le de guillemets", "one text to look for: put it in quotes")}
			}
			o.filtre.Texte = strings.Join(args, "")
			return p.runSuivi(c.Context(), o)
		},
	}
	p.suiviFlags(c, o)
	return c
}

func (p *program) suiviLong() string {
	return p.t(`Le carnet (guichet.db, à côté de guichet.yaml) garde chaque numeroEditeur donné, le fichier et la commande pour
lesquels il l'a été, et ce que les retours en ont dit. TEXTE se cherche partout : référence, pièce, libellé…
Au terminal, les totaux de chaque état suivent, en nombre et en euros. Avec --numero, l'histoire de la demande.
La lecture reste possible pendant qu'une autre commande écrit dans le carnet.

Statut de sortie :
  0    carnet montré, même vide
  2    mauvais usage, ou carnet illisible`,
		`The ledger (guichet.db, beside guichet.yaml) keeps each numeroEditeur given, the order and the JSON it was given
in, and what the returned JSON said. TEXT is looked for everywhere: reference, document, wording…
At a terminal, the totals of each state come after, in number and in euros. With --numero, the history too.
Reading goes on while another run writes the ledger.

Exit status:
  0    ledger shown, even when empty
  2    misuse, or a ledger that could not be read`)
}

func (p *program) suiviExamples() string {
	return p.examples(
		"guichet suivi", "tout le carnet, et les totaux", "the whole ledger, and the totals",
		"guichet suivi --etat rejetée", "ce que le portail a rejeté", "what the portal rejected",
		"guichet suivi --numero A0001", "une demande et son histoire", "one request and its history",
		"guichet suivi --format xlsx --output suivi.xlsx", "un tableau pour Excel", "a table for Excel",
	)
}

func (p *program) suiviFlags(c *cobra.Command, o *suiviChoices) {
	f := c.Flags()
	f.SortFlags = false
	formats := []string{"text", "csv", "xlsx", "json"}
	day := p.t("AAAA-MM-JJ", "YYYY-MM-DD")
	text := func(target *string, name, kind, fr, en string, check func(string) error) {
		f.Var(&option{target, kind, check}, name, p.t(fr, en))
	}
	text(&o.format, "format", "text|csv|xlsx|json", "forme de ce qui est écrit", "form of what is written", p.oneOf(formats...))
	p.offer(c, "format", formats...)
	text(&o.output, "output", p.t("FICHIER", "FILE"), "écrit dans ce fichier au lieu de la sortie standard", "write to this file instead of standard output", nil)
	f.StringSliceVar(&o.states, "etat", nil, p.t("états à montrer : préparée, déposée, sans réponse, acceptée, rejetée, remplacée, annulée ou un mot du portail", "states to show: prepared, deposited, no answer, accepted, rejected, replaced, cancelled or a word of the portal"))
	text(&o.since, "depuis", day, "préparées ce jour ou après", "prepared that day or later", p.isDate)
	text(&o.until, "jusqua", day, "préparées ce jour ou avant", "prepared that day or earlier", p.isDate)
	text(&o.filtre.Numero, "numero", "NUMERO", "numeroEditeur", "numeroEditeur", nil)
	text(&o.filtre.Reference, "reference", "REFERENCE", "référence de la commande", "reference of the order", nil)
	text(&o.filtre.FINESS, "finess", "FINESS", "FINESS d'un OG ou d'un ESMS", "FINESS of an OG or of an ESMS", nil)
	text(&o.filtre.Fichier, "fichier", "NOM.json", "nom du JSON", "name of the JSON", nil)
	p.ledgerFlag(c, &o.ledger)
}

func (p *program) runSuivi(ctx context.Context, o *suiviChoices) error {
	if o.format == "xlsx" && o.output == "" && p.isTerminal(p.stdout) {
		return usageError{"guichet suivi", p.errorf("--format xlsx demande --output", "--format xlsx needs --output")}
	}
	p.suiviFilter(o)
	path, err := p.ledgerPath(o.ledger)
	if err != nil {
		return err
	}
	c, err := carnet.Consulter(ctx, path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.ledger != "":
		return p.errorf("--carnet %s : %s", "--carnet %s: %s", shown(path), p.cause(fs.ErrNotExist))
	case errors.Is(err, fs.ErrNotExist):
		if err := carnet.Eprouver(ctx, path, carnet.Intention{}); err != nil { // there was one
			return p.errorf("%s", "%s", p.fault(err))
		}
		p.say("pas encore de carnet ici : guichet prepare le crée", "no ledger here yet: guichet prepare makes it")
		return nil
	case err != nil:
		return p.errorf("%s", "%s", p.cause(err))
	}
	defer func() { _ = c.Close() }() // only read
	if err := p.knownStates(ctx, c, o.filtre.Etats); err != nil {
		return err
	}
	v := suiviView{program: p, ctx: ctx, ledger: c, filtre: o.filtre}
	if err := p.emit(o.output, v.writer(o)); err != nil {
		return err
	}
	p.tellRefused(ctx, path)
	if v.none && o.filtre.Numero == "" {
		p.say("aucune demande à montrer : guichet prepare en ajoute au carnet", "no request to show: guichet prepare adds some to the ledger")
	} else if v.none {
		p.say("aucune demande %s dans le carnet", "no request %s in the ledger", shown(o.filtre.Numero))
	}
	return nil
}

// suiviFilter reads days as those of the person who asks.
func (p *program) suiviFilter(o *suiviChoices) {
	for _, s := range o.states {
		o.filtre.Etats = append(o.filtre.Etats, stateNamed(strings.ToLower(strings.TrimSpace(s))))
	}
	place := p.now().Location()
	// Both were checked when the flags were read.
	if o.since != "" {
		o.filtre.Depuis, _ = time.ParseInLocation(time.DateOnly, o.since, place)
	}
	if o.until != "" {
		last, _ := time.ParseInLocation(time.DateOnly, o.until, place)
		o.filtre.Jusqua = last.AddDate(0, 0, 1)
	}
}

// knownStates refuses a state that neither guichet nor the portal, in this ledger, has a word for.
func (p *program) knownStates(ctx context.Context, c *carnet.Carnet, asked []carnet.Etat) error {
	var known []string
	for e := range states {
		known = append(known, p.state(e))
	}
	slices.Sort(known)
	totals, err := c.Totaux(ctx, carnet.Filtre{})
	if err != nil {
		return p.errorf("%s", "%s", p.fault(c.Expliquer(err)))
	}
	for _, t := range totals {
		if word := p.state(t.Etat); !slices.Contains(known, word) {
			known = append(known, word)
		}
	}
	for _, e := range asked {
		if !slices.Contains(known, p.state(e)) {
			return usageError{"guichet suivi", p.errorf("--etat %s : état inconnu ; états connus : %s", "--etat %s: unknown state; known states: %s",
				shown(string(e)), shown(strings.Join(known, ", ")))}
		}
	}
	return nil
}

// suiviView is the ledger as one run shows it.
type suiviView struct {
	*program
	ctx    context.Context
	ledger *carnet.Carnet
	filtre carnet.Filtre
	none   bool // nothing to show
}

func (v *suiviView) writer(o *suiviChoices) func(io.Writer) error {
	switch {
	case o.format == "json":
		return v.json
	case o.format == "csv":
		return func(w io.Writer) error {
			t, err := v.table(func(c int64) any { return classeur.Centimes(c).String() })
			if err != nil {
				return err
			}
			return classeur.EcrireCSV(w, t)
		}
	case o.format == "xlsx":
		return func(w io.Writer) error {
			t, err := v.table(func(c int64) any { return classeur.Centimes(c) })
			if err != nil {
				return err
			}
			return classeur.EcrireXLSX(w, t)
		}
	case o.filtre.Numero != "":
		return v.detail
	}
	width := 0
	if o.output == "" {
		width = terminalWidth(v.stdout, v.isTerminal)
	}
	return func(w io.Writer) error { return v.text(w, width) }
}

// suiviColumns are the words of the JSON contract.
var suiviColumns = []string{"numeroEditeur", "reference", "etat", "montant", "regime", "fichier", "numLigne", "FINESSJuridique", "FINESSGeo",
	"numeroASP", "code", "libelle", "remplace", "remplaceePar", "preparee"}

func (v *suiviView) table(amount func(int64) any) (classeur.Tableau, error) {
	t := classeur.Tableau{Nom: "Suivi", Entete: suiviColumns}
	for s, err := range v.ledger.Demandes(v.ctx, v.filtre) {
		if err != nil {
			return t, fmt.Errorf("read the ledger: %w", err)
		}
		ogs, esms := finessOf(s)
		t.Lignes = append(t.Lignes, []any{s.Numero, s.Reference, string(s.Etat), amount(s.Montant), s.Regime, s.Fichier, s.NumLigne,
			strings.Join(ogs, " "), strings.Join(esms, " "), s.NumeroASP, s.Code, s.Libelle, s.Remplace, s.RemplaceePar, s.Preparee.In(v.now().Location())})
	}
	v.none = len(t.Lignes) == 0
	return t, nil
}

func finessOf(s carnet.Suivie) (ogs, esms []string) {
	for _, og := range s.OGs {
		ogs, esms = append(ogs, og.FINESS), append(esms, og.ESMS...)
	}
	return ogs, esms
}
