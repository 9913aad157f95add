package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"guichet/internal/carnet"
)

// write sets the files aside and writes what is left of them, in one lot. It returns the demandes that those taken
// back sent again.
func (o *cancelling) write(ctx context.Context, ledger *carnet.Carnet, files []rest) (given []string, err error) {
	if len(files) == 0 {
		return nil, nil
	}
	rests := 0
	for _, f := range files {
		rests += min(f.kept(), 1)
	}
	folder, numeroAns := files[0].file.Dossier, files[0].file.NumeroAns
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(files, func(f rest) bool { return f.file.NumeroAns != numeroAns }) {
		return nil, o.errorf("ces fichiers ont plusieurs numeroAns : annulez-les en plusieurs fois", "these files have several numeroAns: cancel them one after the other")
	}
	lot, err := ledger.Commencer(ctx, carnet.Intention{NumeroAns: numeroAns, Jour: o.day(files), Dossier: folder, Fichiers: rests})
	if err != nil {
		return nil, err
	}
	if given, err = o.fill(ctx, lot, files); err != nil {
		return nil, errors.Join(err, lot.Abandonner(ctx))
	}
	return given, nil
}

// day is that of the files to write: a day to come that was asked for before stays.
func (o *cancelling) day(files []rest) string {
	if o.date != "" {
		return strings.ReplaceAll(o.date, "-", "")
	}
	day := o.now().Format("20060102")
	for _, f := range files {
		day = max(day, f.file.Jour)
	}
	return day
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
