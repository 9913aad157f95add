package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"guichet/modele"
	"guichet/reprise"
)

// retryFile is one file of the retry: of what is ready, or a draft of what is left to mend.
type retryFile struct {
	path     string
	draft    bool
	lines    []*line
	fichier  *reprise.Fichier
	archives []string // written with it
}

// owner is who deposits a file: a file has one.
type owner struct {
	numeroAns, siret string
	draft            bool
}

// prepare makes the retry files, and writes them unless the run only shows. What keeps them from being written
// is in the account.
func (r *retry) prepare(ctx context.Context, book *ledger, a *account) error {
	groups, order := r.groups(a)
	for i, o := range order {
		if err := r.prepareGroup(ctx, book, a, o, groups[o]); err != nil {
			for _, later := range order[i:] {
				release(groups[later])
			}
			return err
		}
	}
	return nil
}

// groups gathers the lines that can go in one file.
func (r *retry) groups(a *account) (map[owner][]*line, []owner) {
	groups, order := map[owner][]*line{}, []owner(nil)
	for _, f := range a.files {
		for _, l := range f.lines {
			o := owner{f.retour.NumeroAns, f.retour.SIRET, l.fate == toMend}
			if l.fate != retried && !(o.draft && r.draft) {
				continue
			}
			if groups[o] == nil {
				order = append(order, o)
			}
			groups[o] = append(groups[o], l)
		}
	}
	return groups, order
}

// release takes back the numbers of lines that were not written.
func release(lines []*line) {
	for _, l := range lines {
		l.number = ""
	}
}

// prepareGroup makes, and writes, the files of one owner.
func (r *retry) prepareGroup(ctx context.Context, book *ledger, a *account, o owner, lines []*line) error {
	chunks := slices.Collect(slices.Chunk(lines, mostDemandes(r.modele)))
	batch, err := r.reserve(ctx, book, o, lines, len(chunks))
	if err != nil {
		return err
	}
	defer batch.release(context.WithoutCancel(ctx))
	var files []*retryFile
	for i, chunk := range chunks {
		f, err := r.remake(batch, o, i, chunk)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	packed, err := r.documentsOf(ctx, book, a, files)
	switch {
	case err != nil:
		return err
	case len(a.missing) > 0 && !r.without:
		release(lines)
		return nil
	case !r.dryRun:
		if err := r.writeAll(ctx, batch, files, packed); err != nil {
			return err
		}
	}
	a.retries = append(a.retries, files...)
	return nil
}

// remake makes one file under the name that the norm gives it.
func (r *retry) remake(b *batch, o owner, i int, lines []*line) (*retryFile, error) {
	f := &retryFile{draft: o.draft, lines: lines}
	var all []reprise.Reprise
	for _, l := range lines {
		l.number = b.number()
		all = append(all, reprise.Reprise{Retour: l.of.retour, Demande: l.demande, Numero: l.number})
	}
	options := r.options
	options.Nom = fmt.Sprintf("JSON-%s-%s-%03d.json", o.numeroAns, r.options.Aujourdhui.Format("20060102"), b.ranks[i])
	f.path = r.target(options.Nom, o.draft)
	var err error
	f.fichier, err = reprise.Refaire(all, options, r.langue)
	return f, err
}

// mostDemandes is how many demandes a file may have.
func mostDemandes(m *modele.Modele) int {
	for _, c := range m.EnTete {
		if c.Balise == m.Lignes && c.Type.Max > 0 {
			return c.Type.Max
		}
	}
	return 200
}

// trialNumber is a number of the right form, for a file that nobody will see.
func trialNumber(length int) string { return strings.Repeat("0", length) }
