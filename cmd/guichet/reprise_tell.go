package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"guichet/diag"
	"guichet/modele"
	"guichet/reprise"
)

// tell writes the account.
func (r *retry) tell(a *account) error {
	if r.format == "json" {
		return r.emit(r.output, func(w io.Writer) error { return r.tellJSON(w, a) })
	}
	var b bytes.Buffer
	for _, f := range a.files {
		r.tellFile(&b, f)
	}
	r.tellAsides(&b, a)
	r.tellMissing(&b, a)
	for _, f := range a.retries {
		r.tellRetry(&b, f)
	}
	if err := r.emitBytes(r.output, b.Bytes()); err != nil {
		return err
	}
	r.tellNext(a)
	return nil
}

func (r *retry) tellFile(b *bytes.Buffer, f *returned) {
	counts := map[reprise.Etat]int{}
	for _, l := range f.lines {
		counts[l.state()]++
	}
	fmt.Fprintf(b, "%s%s%s", shown(f.source.shown), r.t(" : ", ": "), diag.NounDemande.Count(len(f.lines), r.langue))
	for _, e := range []reprise.Etat{reprise.Acceptee, reprise.Rejetee, reprise.SansReponse, reprise.Ambigue} {
		if counts[e] > 0 {
			fmt.Fprintf(b, ", %s", answers[e].Count(counts[e], r.langue))
		}
	}
	if f.known {
		b.WriteString(r.t(" (déjà lu, rien de nouveau)", " (read before, nothing new)"))
	}
	b.WriteString("\n")
	if n := len(f.missing); n > 0 {
		fmt.Fprintf(b, "  ! %s\n", r.t(fmt.Sprintf("il en manque %d sur les %d déposées", n, f.expected()), fmt.Sprintf("%d of the %d deposited are missing", n, f.expected())))
	}
	for _, m := range slices.Concat(f.retour.Remarques, f.doubts, f.remarks) {
		fmt.Fprintf(b, "  ! %s\n", shown(m.In(r.langue)))
	}
	if r.watch && f.known && !f.busy() {
		return // told when it came
	}
	for _, l := range f.lines {
		r.tellLine(b, l)
	}
	for _, s := range f.missing {
		r.tellAbsent(b, f, s)
	}
}

// busy tells whether something becomes of the file in this run.
func (f *returned) busy() bool {
	return slices.ContainsFunc(f.lines, func(l *line) bool { return l.number != "" })
}

var answers = map[reprise.Etat]diag.Noun{
	reprise.Acceptee:    {One: modele.Texte{Fr: "acceptée", En: "accepted"}, Several: modele.Texte{Fr: "acceptées", En: "accepted"}},
	reprise.Rejetee:     {One: modele.Texte{Fr: "rejetée", En: "rejected"}, Several: modele.Texte{Fr: "rejetées", En: "rejected"}},
	reprise.SansReponse: {One: modele.Texte{Fr: "sans réponse", En: "without answer"}, Several: modele.Texte{Fr: "sans réponse", En: "without answer"}},
	reprise.Ambigue:     {One: modele.Texte{Fr: "à vérifier", En: "to look into"}, Several: modele.Texte{Fr: "à vérifier", En: "to look into"}},
}

// tellLine tells a demande that was not plainly accepted: the portal's words first, then ours.
func (r *retry) tellLine(b *bytes.Buffer, l *line) {
	d := l.demande
	if d.Etat == reprise.Acceptee && len(d.Remarques)+len(l.doubts)+len(l.differs) == 0 && !l.surprises() {
		return
	}
	fmt.Fprintf(b, "\n  %s %s (%s %d)", r.t("demande", "request"), r.named(d.NumeroEditeur, l.ours), r.t("ligne", "line"), d.Ligne)
	if d.Code != "" || d.Libelle != "" {
		fmt.Fprintf(b, "%s%s %s", r.t(" : ", ": "), shown(d.Code), shown(d.Libelle))
	}
	b.WriteString("\n")
	for _, m := range slices.Concat(d.Remarques, l.doubts) {
		fmt.Fprintf(b, "    ! %s\n", shown(m.In(r.langue)))
	}
	r.tellDifferences(b, l)
	r.tellChange(b, l)
	if l.state() == reprise.SansReponse {
		fmt.Fprintf(b, "    → %s\n", r.t("le portail n'a pas encore répondu : attendez, puis téléchargez le retour à nouveau", "the portal has not answered yet: wait, then download the returned file again"))
	}
	if l.state() != reprise.Rejetee {
		return
	}
	r.tellRules(b, l)
	r.tellFate(b, l)
}

func (r *retry) tellRules(b *bytes.Buffer, l *line) {
	if len(l.rules) == 0 {
		fmt.Fprintf(b, "    %s\n", r.t("nos règles n'y trouvent rien : le motif est celui du portail", "our rules find nothing in it: the reason is the portal's"))
	}
	for _, d := range l.rules {
		fmt.Fprintf(b, "    %s  %s (%s %d)\n", d.Code, shown(d.Message), r.t("ligne", "line"), d.Ligne)
		fmt.Fprintf(b, "      = %s%s%s\n", r.t("aide", "help"), r.t(" : ", ": "), shown(d.Aide))
	}
}

func (r *retry) tellFate(b *bytes.Buffer, l *line) {
	switch {
	case l.fate == before && l.other.Numero != "":
		fmt.Fprintf(b, "    → %s\n", r.t("déjà reprise sous le numéro "+l.other.Numero, "taken up before under number "+l.other.Numero))
		return
	case l.fate == before:
		fmt.Fprintf(b, "    → %s\n", r.t("déjà reprise", "taken up before"))
		return
	case l.fate == accepted:
		fmt.Fprintf(b, "    → %s\n", r.t("elle est acceptée par ailleurs : elle n'est pas reprise", "it is accepted elsewhere: it is not taken up"))
		return
	case l.fate == unproved:
		fmt.Fprintf(b, "    → %s\n", r.t("pas reprise, rien ne dit ce qui a été déposé : remettez "+shown(l.ours.Fichier)+" dans le dossier des dépôts, ou ajoutez --hors-carnet",
			"not taken up, nothing says what was deposited: put "+shown(l.ours.Fichier)+" back in the folder of deposits, or add --hors-carnet"))
		return
	case l.number != "" && !r.dryRun:
		fmt.Fprintf(b, "    → %s %s%s\n", r.t("reprise sous le numéro", "taken up under number"), l.number, r.asSent(l))
	case l.fate == toMend:
		fmt.Fprintf(b, "    → %s\n", r.t("à corriger : laissée de côté, --brouillon l'écrit à part", "to mend: left aside, --brouillon writes it apart"))
	default:
		fmt.Fprintf(b, "    → %s%s\n", r.t("peut être reprise", "can be taken up"), r.asSent(l))
	}
	for _, c := range l.repairs {
		if c.Balise != "numLigne" {
			fmt.Fprintf(b, "      %s  %s\n", c.Code, shown(c.In(r.langue)))
		}
	}
	for _, d := range l.left {
		fmt.Fprintf(b, "      %s %s  %s\n", r.t("reste", "left"), d.Code, shown(d.Message))
	}
}

// asSent says that the retry has what was deposited, where something else came back.
func (r *retry) asSent(l *line) string {
	if l.basis == nil || len(l.differs) == 0 {
		return ""
	}
	return r.t(", avec les valeurs déposées", ", with the values that were deposited")
}

func (r *retry) tellMissing(b *bytes.Buffer, a *account) {
	if len(a.missing) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", r.t("La reprise n'est pas écrite, des pièces font défaut :", "The retry is not written, documents are wanting:"))
	for _, d := range a.missing {
		fmt.Fprintf(b, "  %s  %s\n", d.Code, shown(d.Message))
	}
	fmt.Fprintf(b, "  → %s\n", r.t("indiquez leur dossier avec --pieces, ou --sans-pieces pour écrire le JSON seul", "name their folder with --pieces, or --sans-pieces to write the JSON alone"))
}

// tellRetry tells what was written, and for drafts where to mend them.
func (r *retry) tellRetry(b *bytes.Buffer, f *retryFile) {
	if r.dryRun {
		return
	}
	fmt.Fprintf(b, "\n%s%s%s\n", shown(r.relative(r.written(f.name))), r.t(" : ", ": "), diag.NounDemande.Count(len(f.lines), r.langue))
	for _, z := range f.archives {
		fmt.Fprintf(b, "%s\n", shown(r.relative(r.written(z))))
	}
	if !f.draft {
		return
	}
	for _, d := range f.fichier.Controle.Demandes {
		for _, x := range d.Anomalies {
			if x.Gravite >= modele.Erreur {
				fmt.Fprintf(b, "  %s %d, %s %d  %s  %s\n", r.t("ligne", "line"), x.Ligne, r.t("colonne", "column"), x.Colonne, x.Code, shown(x.Message))
			}
		}
	}
}

// tellNext names the command to go on with.
func (r *retry) tellNext(a *account) {
	if r.dryRun || len(a.retries) == 0 {
		return
	}
	first := a.retries[0]
	if first.draft {
		r.hint("guichet check --watch "+quoted(r.relative(r.written(first.name))), "corrigez, puis renommez sans « brouillon- »", `mend, then rename without "draft-"`)
		return
	}
	r.hint("guichet check "+quoted(r.relative(r.written(first.name))), "contrôler la reprise avant de la déposer", "check the retry before its deposit")
}

// written is the place of a file that the run writes.
func (r *retry) written(name string) string { return filepath.Join(r.desk.Sortie.Texte, name) }

// relative is a path as the person would type it.
func (r *retry) relative(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return filepath.ToSlash(path)
	}
	if short, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(short) {
		return filepath.ToSlash(short)
	}
	return filepath.ToSlash(path)
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
