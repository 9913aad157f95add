package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/carnet"
)

// bringBack finds what was deposited in a file whose demandes had moved to others since: these must not be deposited.
func (r *retry) bringBack(ctx context.Context, book *carnet.Carnet, a *account) error {
	done := map[string]bool{}
	for _, f := range a.files {
		moved := f.moved()
		for _, name := range slices.Sorted(maps.Keys(moved)) {
			if done[name] {
				continue
			}
			done[name] = true
			x := aside{Double: carnet.Double{Preparee: strings.Join(moved[name], ", ")}, former: f.depot.Fichier.Nom, moved: name}
			if !r.dryRun {
				var impossible *carnet.ErreurEcart
				var err error
				switch x.done, err = book.Rapatrier(ctx, x.former, name, f.ranks()); {
				case errors.As(err, &impossible):
					x.reason = impossible.Texte().In(r.langue)
				case err != nil:
					return errors.Join(ctx.Err(), r.ledgerFault(err))
				}
			}
			a.asides = append(a.asides, x)
		}
	}
	return nil
}

// moved lists the demandes of the deposited file that are in others now, by these.
func (f *returned) moved() map[string][]string {
	all := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(f.depot.Parties)) {
		if s, ours := f.depot.Demandes[key]; ours {
			all[s.Fichier] = append(all[s.Fichier], s.Numero)
		}
	}
	return all
}

// ranks are those of the demandes in the returned file, by number.
func (f *returned) ranks() map[string]int {
	all := map[string]int{}
	for _, l := range f.lines {
		if l.ours != nil {
			all[l.ours.Numero], _ = strconv.Atoi(l.demande.NumLigne) // 0: it has none
		}
	}
	return all
}
