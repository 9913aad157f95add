package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"guichet/internal/carnet"
)

// aside is a retry that must not be deposited: what it sends again is accepted. Or a file that has the demandes of a
// former one, which was deposited.
type aside struct {
	carnet.Double
	former, moved string
	done          carnet.Ecartement
	reason        string // why it could not be set aside; "" when it was, or would be
}

// setAside takes the retries away of demandes that are accepted after all.
func (r *retry) setAside(ctx context.Context, book *carnet.Carnet, a *account) error {
	if book == nil {
		return nil
	}
	doubles, err := book.Doubles(ctx)
	if err != nil {
		return r.ledgerFault(err)
	}
	cancelled := map[string]bool{}
	for _, d := range doubles {
		if cancelled[d.Preparee] {
			continue
		}
		x := aside{Double: d}
		if !r.dryRun {
			var impossible *carnet.ErreurEcart
			switch x.done, err = book.Ecarter(ctx, d.Preparee); {
			case errors.As(err, &impossible):
				x.reason = impossible.Texte().In(r.langue)
			case err != nil:
				return errors.Join(ctx.Err(), r.ledgerFault(err))
			}
		}
		for _, n := range x.done.Annulees {
			cancelled[n] = true
		}
		a.asides = append(a.asides, x)
	}
	return nil
}

// tellAsides tells which files are not to be deposited any more.
func (r *retry) tellAsides(b *bytes.Buffer, a *account) {
	for _, x := range a.asides {
		fmt.Fprintf(b, "\n! %s\n", shown(r.warning(x)))
		switch {
		case x.reason != "":
			fmt.Fprintf(b, "  → %s\n", shown(x.reason))
		case x.done.Fichier != "":
			fmt.Fprintf(b, "  → %s\n", r.t(shown(x.done.Fichier)+" est mis de côté, avec ses archives, dans "+shown(r.relative(x.done.Dossier)), shown(x.done.Fichier)+" is set aside, with its archives, in "+shown(r.relative(x.done.Dossier))))
		}
		if len(x.done.Rendues) > 0 {
			given := strings.Join(x.done.Rendues, ", ")
			fmt.Fprintf(b, "  → %s\n", r.t("il reprenait aussi "+given+" : relisez leur retour, guichet retour les reprend dans un autre fichier", "it also sent "+given+" again: read their returned file, guichet retour takes them up in another file"))
		}
	}
}

// warning says what must not be deposited, and why.
func (r *retry) warning(x aside) string {
	if x.moved != "" {
		return r.t(fmt.Sprintf("NE DÉPOSEZ PAS %s : ses demandes (%s) ont été déposées dans %s, l'ancien fichier, auquel ce retour répond", x.moved, x.Preparee, x.former),
			fmt.Sprintf("DO NOT DEPOSIT %s: its requests (%s) were deposited in %s, the former one, which this returned file answers", x.moved, x.Preparee, x.former))
	}
	return r.t(fmt.Sprintf("NE DÉPOSEZ PAS la demande %s : elle reprend la demande %s, qui est acceptée", x.Preparee, x.Acceptee),
		fmt.Sprintf("DO NOT DEPOSIT request %s: it sends request %s again, which is accepted", x.Preparee, x.Acceptee))
}

type asideJSON struct {
	Acceptee    string   `json:"acceptee"`
	Reprise     string   `json:"reprise"`
	Fichier     string   `json:"fichier"`
	Dossier     string   `json:"dossier"`
	Annulees    []string `json:"annulees"`
	Rendues     []string `json:"rendues"`
	Empechement string   `json:"empechement"`
}

func (r *retry) asidesJSON(a *account) []asideJSON {
	all := []asideJSON{}
	for _, x := range a.asides {
		folder := ""
		if x.done.Dossier != "" {
			folder = r.relative(x.done.Dossier)
		}
		all = append(all, asideJSON{x.Acceptee, x.Preparee, x.done.Fichier, folder,
			slices.Concat([]string{}, x.done.Annulees), slices.Concat([]string{}, x.done.Rendues), x.reason})
	}
	return all
}
