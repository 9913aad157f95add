package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"guichet/internal/carnet"
)

// write sets the files aside and writes what is left of them, in one lot for each day and folder: what stays keeps both. It returns how
// many of the files are done, and the demandes that those taken back sent again.
func (o *cancelling) write(ctx context.Context, ledger *carnet.Carnet, files []rest) (done int, given []string, err error) {
	slices.SortStableFunc(files, func(a, b rest) int { return o.compare(a, b) })
	for done < len(files) {
		next := done + 1
		for next < len(files) && o.compare(files[done], files[next]) == 0 {
			next++
		}
		again, err := o.writeLot(ctx, ledger, files[done:next])
		if err != nil {
			return done, given, err
		}
		done, given = next, append(given, again...)
	}
	return done, given, nil
}

// compare puts files together that one lot can hold what is left of.
func (o *cancelling) compare(a, b rest) int {
	return cmp.Or(cmp.Compare(o.day(a), o.day(b)), cmp.Compare(a.file.Dossier, b.file.Dossier), cmp.Compare(a.file.NumeroAns, b.file.NumeroAns))
}

// day is the one that the name of what is left of a file has: its own, unless another is asked for.
func (o *cancelling) day(f rest) string {
	return cmp.Or(strings.ReplaceAll(o.date, "-", ""), f.file.Jour)
}

func (o *cancelling) writeLot(ctx context.Context, ledger *carnet.Carnet, files []rest) (given []string, err error) {
	rests := 0
	for _, f := range files {
		rests += min(f.kept(), 1)
	}
	of := files[0].file
	if err := os.MkdirAll(of.Dossier, 0o777); err != nil {
		return nil, err
	}
	lot, err := ledger.Commencer(ctx, carnet.Intention{NumeroAns: of.NumeroAns, Jour: o.day(files[0]), Dossier: of.Dossier, Fichiers: rests})
	if err != nil {
		return nil, err
	}
	if given, err = o.fill(ctx, lot, files); err != nil {
		return nil, errors.Join(err, lot.Abandonner(ctx))
	}
	return given, nil
}

func (o *cancelling) fill(ctx context.Context, lot *carnet.Lot, files []rest) (given []string, err error) {
	ranks := lot.Rangs
	for i := range files {
		f := &files[i]
		again, err := lot.Ecarter(ctx, f.file.Nom, slices.Sorted(maps.Keys(f.out)))
		if err != nil {
			return nil, err
		}
		given = append(given, again...)
		if f.kept() == 0 {
			continue
		}
		if err := f.write(ctx, lot, ranks[0]); err != nil {
			return nil, fmt.Errorf("copy %s: %w", f.file.Nom, err)
		}
		ranks = ranks[1:]
	}
	return given, lot.Decider(ctx)
}
