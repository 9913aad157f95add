package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ledger is what is known of earlier deposits.
type ledger struct{ used map[string]bool }

func (r *retry) openLedger(context.Context) (*ledger, error) {
	return &ledger{used: map[string]bool{}}, nil
}

func (b *ledger) close() {}

// learn records what the portal answered.
func (r *retry) learn(_ context.Context, b *ledger, a *account) error {
	for _, f := range a.files {
		for _, l := range f.lines {
			b.used[l.demande.NumeroEditeur] = true
		}
	}
	return nil
}

// batch are the numbers and ranks of the files in the making.
type batch struct {
	numbers []string
	ranks   []int
	decided bool
}

// number takes the next number.
func (b *batch) number() string {
	n := b.numbers[0]
	b.numbers = b.numbers[1:]
	return n
}

func (b *batch) release(context.Context) {}

func (b *batch) decide(context.Context, []*retryFile) error { return nil }

func (r *retry) reserve(_ context.Context, book *ledger, o owner, lines []*line, files int) (*batch, error) {
	b := &batch{}
	for n := 1; len(b.numbers) < len(lines); n++ {
		number := strings.ToUpper(fmt.Sprintf("%0*s", r.modele.Pieces.Longueur, strconv.FormatInt(int64(n), 36)))
		if !book.used[number] {
			book.used[number] = true
			b.numbers = append(b.numbers, number)
		}
	}
	for rank := 1; len(b.ranks) < files; rank++ {
		name := fmt.Sprintf("JSON-%s-%s-%03d.json", o.numeroAns, r.options.Aujourdhui.Format("20060102"), rank)
		if _, err := os.Lstat(filepath.Join(r.desk.Sortie.Texte, name)); err != nil {
			b.ranks = append(b.ranks, rank)
		}
	}
	return b, nil
}
