package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"guichet/internal/carnet"
	"guichet/internal/projet"
	"guichet/modele"
	"guichet/preparation"
)

// changed is an order that was prepared before, and of which the table now says something else.
type changed struct {
	order  preparation.Demande
	was    carnet.Connue
	values []preparation.Changement
	lost   error // why its former values cannot be told
	redone bool
}

// changes is how the table and the ledger differ.
type changes struct {
	orders    []changed
	gone      []carnet.Connue  // prepared from this table, which no longer has them
	edited    []carnet.Attendu // files that are not as they were made
	away      []carnet.Attendu // files that are no longer there
	waiting   []carnet.Attendu // files that are to be deposited
	redo      []rest           // files that --refaire sets aside
	otherTags []string         // files that wait, written with other names or places of tags than the table has now
	unscanned int              // documents of prepared orders that are no longer there
}

// faulty tells whether something is to be done about it.
func (c *changes) faulty() bool {
	for _, o := range c.orders {
		if !o.redone {
			return true
		}
	}
	return len(c.gone) > 0 || len(c.edited) > 0
}

// compare holds the orders that are left aside against what was written of them.
func (o *preparing) compare(ctx context.Context, s *sheets, lot *preparation.Lot, ledger *carnet.Carnet, c *orders) (*changes, error) {
	waiting, err := ledger.ADeposer(ctx)
	if err != nil {
		return nil, err
	}
	found := &changes{waiting: waiting}
	o.verify(found, waiting)
	for d := range lot.Demandes() {
		was, left := c.known[d.Reference()]
		if !left || was.Etat == carnet.Rejetee {
			continue
		}
		scans := o.rescanned(found, d, was)
		if was.Empreinte == d.Empreinte() && len(scans) == 0 {
			continue
		}
		found.orders = append(found.orders, changed{order: d, was: was, values: scans})
	}
	if err := o.recall(ctx, ledger, found); err != nil {
		return nil, err
	}
	if found.gone, err = o.vanished(ctx, s, lot, ledger); err != nil {
		return nil, err
	}
	if o.again {
		found.retake(waiting, c, o.projet.NumeroAns.Texte)
	}
	return found, nil
}

// waits tells whether a file is still to be deposited.
func (c *changes) waits(name string) bool {
	return slices.ContainsFunc(c.waiting, func(f carnet.Attendu) bool { return f.Nom == name })
}

// verify looks at the files that wait to be deposited. A draft is there to be edited.
func (o *preparing) verify(found *changes, waiting []carnet.Attendu) {
	for _, f := range waiting {
		if !strings.HasPrefix(f.Nom, "JSON-") {
			continue
		}
		switch err := f.Verifier(); {
		case errors.Is(err, carnet.ErrDisparu):
			found.away = append(found.away, f)
		case err != nil:
			found.edited = append(found.edited, f)
		}
	}
}

// rescanned tells which documents of an order have other bytes now. A file that has size and time as before is not
// read again.
func (o *preparing) rescanned(found *changes, d preparation.Demande, was carnet.Connue) (all []preparation.Changement) {
	if o.noPieces {
		return nil
	}
	for _, doc := range d.Documents() {
		for _, p := range was.Pieces {
			if p.Type != doc.Type || p.SHA256 == "" {
				continue
			}
			now, err := o.findDocument(doc)
			if err != nil { // found by a likeness of its name, perhaps
				now, err = plainFile(p.Chemin)
			}
			if err != nil {
				found.unscanned++
			} else if o.otherBytes(now, p) {
				all = append(all, preparation.Changement{Lieu: doc.Lieu, Motif: modele.Texte{
					Fr: doc.Chemin + " n'a plus le même contenu", En: doc.Chemin + " has another content",
				}})
			}
		}
	}
	return all
}

func (o *preparing) otherBytes(now found, was carnet.Piece) bool {
	if now.size == was.Taille && now.changed == was.Change && was.Change != 0 {
		return false
	}
	sum, err := sumOfFile(now.path)
	return err == nil && sum != was.SHA256
}

// recall reads the former values where they were written, and drops the orders of which none differs.
func (o *preparing) recall(ctx context.Context, ledger *carnet.Carnet, found *changes) error {
	var names []string
	for _, c := range found.orders {
		names = append(names, c.was.Fichier)
	}
	files, err := ledger.Fichiers(ctx, names)
	if err != nil {
		return err
	}
	read := map[string]formerFile{}
	kept := found.orders[:0]
	for _, c := range found.orders {
		name := c.was.Fichier
		if _, known := read[name]; !known {
			read[name] = o.readFormer(files[name])
			if read[name].otherTags && found.waits(name) {
				found.otherTags = append(found.otherTags, name)
			}
		}
		same, err := read[name].compare(&c)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if !same {
			kept = append(kept, c)
		}
	}
	found.orders = kept
	return nil
}

// formerFile is a file that was written before: its demandes by their numbers.
type formerFile struct {
	demandes  map[string]json.RawMessage
	otherTags bool // it was written with other names or places of tags
	err       error
}

// readFormer reads a file with the names that its tags have now, whatever adjustments it was written with.
func (o *preparing) readFormer(f carnet.Attendu) (former formerFile) {
	if former.err = f.Verifier(); former.err != nil && strings.HasPrefix(f.Nom, "JSON-") {
		return former
	}
	content, err := os.ReadFile(f.Chemin())
	if err != nil {
		return formerFile{err: err}
	}
	renamed, err := inTable(o.modele, o.projet.Source(), content)
	if err != nil {
		return formerFile{err: err}
	}
	lines, err := linesOf(renamed)
	former = formerFile{demandes: map[string]json.RawMessage{}, err: err, otherTags: !bytes.Equal(renamed, content)}
	for _, line := range lines {
		former.demandes[line.number] = line.text
	}
	return former
}

// compare tells whether an order is as the file has it. One that cannot be found again differs if its digest does.
func (f formerFile) compare(c *changed) (same bool, err error) {
	text, there := f.demandes[c.was.Numero]
	if !there {
		c.lost = f.err
		return c.was.Empreinte == "" && len(c.values) == 0, nil
	}
	values, err := c.order.Comparer(text)
	c.values = append(values, c.values...)
	return len(c.values) == 0, err
}

// vanished lists the demandes that were prepared from these tables and of which they have no order now.
func (o *preparing) vanished(ctx context.Context, s *sheets, lot *preparation.Lot, ledger *carnet.Carnet) (gone []carnet.Connue, err error) {
	here := map[string]bool{}
	for reference := range lot.References() {
		here[reference] = true
	}
	seen, unread := map[string]bool{}, o.unread(s, lot)
	for _, f := range s.list {
		sheet := ""
		if o.sheet != "" {
			sheet = f.Nom
		}
		if seen[f.Fichier] {
			continue
		}
		seen[f.Fichier] = true
		table, err := filepath.Abs(f.Fichier)
		if err != nil {
			return nil, err
		}
		known, err := ledger.DeLaTable(ctx, table, sheet)
		if err != nil {
			return nil, err
		}
		for _, d := range known {
			if !here[d.Reference] && !unread[sheetOf{f.Fichier, ""}] && !unread[sheetOf{f.Fichier, d.Feuille}] {
				gone = append(gone, d)
			}
		}
	}
	return gone, nil
}

// sheetOf is a sheet of a table, or with "" any of its sheets.
type sheetOf struct{ table, sheet string }

// unread lists the sheets of which something was left aside because it is hidden: what is not there may be there.
func (o *preparing) unread(s *sheets, lot *preparation.Lot) map[sheetOf]bool {
	unread := map[sheetOf]bool{}
	if o.projet.LignesMasquees.Texte == projet.Laisser {
		for _, m := range lot.Masquees {
			unread[sheetOf{m.Lieu.Fichier, m.Lieu.Feuille}] = true
		}
	}
	for _, h := range s.hidden() {
		for _, name := range h.names {
			unread[sheetOf{h.file, name}] = true
		}
	}
	return unread
}

// retake has the changed orders prepared again: the files that they are in are set aside, and what else these hold is
// written anew. Orders whose file was deposited stay as they are, and so do those of a file that cannot be read.
func (found *changes) retake(waiting []carnet.Attendu, c *orders, numeroAns string) {
	out := map[string]map[string]bool{} // by file: the numbers that leave it
	for _, d := range found.orders {
		if out[d.was.Fichier] == nil {
			out[d.was.Fichier] = map[string]bool{}
		}
		out[d.was.Fichier][d.was.Numero] = true
	}
	whole := map[string]bool{}
	for _, f := range waiting {
		if r := (rest{file: f, out: out[f.Nom]}); len(r.out) > 0 && f.NumeroAns == numeroAns && r.check() == nil {
			found.redo, whole[f.Nom] = append(found.redo, r), true
		}
	}
	for i := range found.orders {
		if d := &found.orders[i]; whole[d.was.Fichier] {
			d.redone = true
			c.retake(d.was.Mention)
		}
	}
}
