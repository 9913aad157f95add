package main

import (
	"context"
	"slices"
	"strings"

	"guichet/appariement"
	"guichet/internal/carnet"
	"guichet/modele"
	"guichet/reprise"
)

// retryFile is one file of the retry: of what is ready, or a draft of what is left to mend.
type retryFile struct {
	name     string // in the output folder
	rank     int
	draft    bool
	lines    []*line
	fichier  *reprise.Fichier
	found    *appariement.Resultat // its documents; nil when none are to be packed
	archives []string              // names of those written with it
}

// owner is who deposits a file: a file has one.
type owner struct {
	numeroAns, siret string
	draft            bool
}

// prepare makes the retry files, and writes them unless the run only shows. What keeps them from being written
// is in the account.
func (r *retry) prepare(ctx context.Context, book *carnet.Carnet, a *account) error {
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
			o := f.owner(l.fate == toMend)
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

// owner is who deposited the file: the returned one only says it where nothing else does.
func (f *returned) owner(draft bool) owner {
	if f.base != nil {
		return owner{f.base.NumeroAns, f.base.SIRET, draft}
	}
	return owner{f.retour.NumeroAns, f.retour.SIRET, draft}
}

// release takes back the numbers of lines that were not written.
func release(lines []*line) {
	for _, l := range lines {
		l.number = ""
	}
}

// prepareGroup makes, and writes, the files of one owner.
func (r *retry) prepareGroup(ctx context.Context, book *carnet.Carnet, a *account, o owner, lines []*line) error {
	chunks := slices.Collect(slices.Chunk(lines, mostDemandes(r.modele)))
	batch, err := r.reserve(ctx, book, o, lines, len(chunks))
	if err != nil {
		return err
	}
	defer batch.release(context.WithoutCancel(ctx))
	var files []*retryFile
	before := len(a.missing)
	for i, chunk := range chunks {
		f, err := r.remake(batch, o, i, chunk)
		if err == nil {
			err = r.findDocuments(ctx, book, a, f)
		}
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	switch {
	case len(a.missing) > before:
		release(lines)
		return nil
	case !r.dryRun:
		if err := r.writeAll(ctx, batch, files); err != nil {
			return err
		}
	}
	a.retries = append(a.retries, files...)
	return nil
}

// remake makes one file under the name that the norm gives it.
func (r *retry) remake(b *batch, o owner, i int, lines []*line) (*retryFile, error) {
	f := &retryFile{rank: b.ranks[i], draft: o.draft, lines: lines}
	var all []reprise.Reprise
	for _, l := range lines {
		l.number = b.number()
		all = append(all, l.again(l.number))
	}
	options := r.options
	options.Nom = carnet.NomFichier(o.numeroAns, r.day(), f.rank)
	if f.name = options.Nom; o.draft { // nobody deposits it by mistake
		f.name = r.t("brouillon-", "draft-") + f.name
	}
	var err error
	f.fichier, err = reprise.Refaire(all, options, r.langue)
	return f, err
}

// numbers are the new numbers of a file by the old ones.
func (f *retryFile) numbers() map[string]string {
	numbers := map[string]string{}
	for _, l := range f.lines {
		numbers[l.demande.NumeroEditeur] = l.number
	}
	return numbers
}

// formerName tells of a document under the number that the person knows.
func (r *retry) formerName(message string, l *line) string {
	return strings.ReplaceAll(message, "-"+l.number+".", "-"+l.demande.NumeroEditeur+".")
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
