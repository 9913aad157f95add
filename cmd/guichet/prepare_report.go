package main

import (
	"fmt"
	"io"
	"path/filepath"

	"guichet/diag"
	"guichet/internal/carnet"
	"guichet/modele"
	"guichet/preparation"
)

// maxTold is how many lines of one kind the text report has; the rest is counted.
const maxTold = 100

var (
	nounCommande   = diag.Noun{One: modele.Texte{Fr: "commande", En: "order"}, Several: modele.Texte{Fr: "commandes", En: "orders"}}
	nounReparation = diag.Noun{One: modele.Texte{Fr: "réparation", En: "repair"}, Several: modele.Texte{Fr: "réparations", En: "repairs"}}
)

// tell writes the report, and says what was made and what comes next.
func (o *preparing) tell(r *outcome) error {
	if err := o.report(r); err != nil {
		return err
	}
	switch {
	case r.blocking:
		o.say("rien n'est écrit", "nothing is written")
	case r.orders.number == 0 && o.again && len(r.changes.orders) == 0:
		o.say("rien n'a changé, rien n'est refait ; pour refaire quand même un fichier : guichet annuler FICHIER.json, puis guichet prepare",
			"nothing has changed, nothing is made anew; to make a file anew all the same: guichet annuler FILE.json, then guichet prepare")
	case r.orders.number == 0:
		o.say("rien de nouveau à préparer", "nothing new to prepare")
	case o.dryRun:
		o.say("rien n'est écrit (--dry-run)", "nothing is written (--dry-run)")
	case len(r.files) > 0 && o.noLedger:
		o.say("sans carnet, rien n'est retenu : ces numéros ne doivent plus servir", "without a ledger nothing is remembered: these numbers must not be used again")
	case len(r.files) > 0:
		(&job{program: o.program}).hint("guichet suivi", "l'état de chaque demande", "the state of each request")
	}
	return nil
}

// report writes the report in its format.
func (o *preparing) report(r *outcome) error {
	write := o.text
	switch o.format {
	case "json":
		write = o.json
	case "html":
		write = o.html
	case "xlsx":
		return o.writeCopies(r)
	}
	if err := o.emit(o.output, func(w io.Writer) error { return write(w, r) }); err != nil || o.output == "" || o.output == standardOutput {
		return err
	}
	o.say("compte rendu : %s", "report: %s", shown(shortPath(o.output)))
	return nil
}

// text writes the report for a person.
func (o *preparing) text(w io.Writer, r *outcome) error {
	t := &told{w: w, l: o.langue}
	t.line("%s", nounCommande.Count(r.lot.Nombre(), o.langue))
	for _, place := range r.lot.Ignorees {
		t.line(o.t("%s : non lue, elle n'a pas de colonne de référence", "%s: not read, it has no column of references"), shown(place.In(o.langue)))
	}
	o.tellHidden(t, r)
	o.tellAside(t, r.orders)
	o.tellChanges(t, r)
	if n := len(r.lot.Reparations) + r.lot.ReparationsOmises; n > 0 {
		t.line("\n%s", nounReparation.Count(n, o.langue))
		for _, repair := range r.lot.Reparations[:min(len(r.lot.Reparations), maxTold)] {
			t.line("  %s", shown(repair.In(o.langue)))
		}
		t.more(n)
	}
	o.faultsOf(t, r.faults, r.omitted)
	if r.blocking {
		return t.err
	}
	if len(r.files) > 0 {
		t.line("")
	}
	o.tellRedone(t, r)
	for _, f := range r.files[:min(len(r.files), maxTold)] {
		o.tellFile(t, f)
	}
	t.more(len(r.files))
	return t.err
}

// told writes lines until one fails.
type told struct {
	w   io.Writer
	l   modele.Langue
	err error
}

func (t *told) line(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format+"\n", args...)
	}
}

// more says how many of n are not told.
func (t *told) more(n int) {
	if n > maxTold {
		t.line(modele.Texte{Fr: "  … et %s autres (--format json les donne toutes)", En: "  … and %s others (--format json gives them all)"}.In(t.l), diag.Number(n-maxTold, t.l))
	}
}

func (o *preparing) tellAside(t *told, c *orders) {
	if c == nil || len(c.aside) == 0 {
		return
	}
	t.line(o.t("laissées de côté, déjà préparées : %s", "left aside, prepared already: %s"), nounCommande.Count(len(c.aside), o.langue))
	for _, m := range c.aside[:min(len(c.aside), maxTold)] {
		t.line("  %s", shown(o.mention(m)))
	}
	t.more(len(c.aside))
}

// tellFaults writes faults, each with what to do.
func (o *preparing) tellFaults(w io.Writer, faults []preparation.Faute) {
	o.faultsOf(&told{w: w, l: o.langue}, faults, 0)
}

func (o *preparing) faultsOf(t *told, faults []preparation.Faute, omitted int) {
	for _, f := range faults[:min(len(faults), maxTold)] {
		t.line("\n%s[%s]"+o.t(" : ", ": ")+"%s", diag.WordGravite(f.Gravite, o.langue), f.Code, shown(f.In(o.langue)))
		if aide := f.Aide.In(o.langue); aide != "" {
			t.line("  = %s%s", o.t("aide : ", "help: "), shown(aide))
		}
	}
	t.more(len(faults) + omitted)
}

func (o *preparing) tellFile(t *told, f madeFile) {
	name := filepath.ToSlash(near(filepath.Join(o.projet.Sortie.Texte, f.name)))
	line := fmt.Sprintf("%s%s%s", shown(name), o.t(" : ", ": "), diag.NounDemande.Count(f.demandes, o.langue))
	switch {
	case o.dryRun: // the numbers are given later
	case f.demandes == 1:
		line += ", " + f.first
	default:
		line += fmt.Sprintf(o.t(", %s à %s", ", %s to %s"), f.first, f.last)
	}
	if len(f.archives) > 0 {
		line += fmt.Sprintf(o.t(" ; %s dans %s", "; %s in %s"), packedPiece.Count(f.documents, o.langue), f.archives[0])
	}
	t.line("%s", line)
}

// aside of the JSON report.
type preparedAside struct {
	Reference     string      `json:"reference"`
	NumeroEditeur string      `json:"numeroEditeur"`
	Etat          carnet.Etat `json:"etat"`
	Fichier       string      `json:"fichier"`
}
