package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"guichet/diag"
	"guichet/internal/classeur"
	"guichet/internal/gabarit"
	"guichet/internal/projet"
	"guichet/modele"
	"guichet/preparation"
)

// sheets are the sources of one run.
type sheets struct {
	books []*classeur.Classeur
	list  []preparation.Feuille
}

func (s *sheets) close() {
	for _, b := range s.books {
		_ = b.Close() // only read from
	}
}

// openSheets opens the sources. One is named as it was given.
func (o *preparing) openSheets(sources []string) (*sheets, error) {
	s := &sheets{}
	for _, source := range sources {
		b, err := classeur.Ouvrir(source, o.hidden())
		if err != nil {
			s.close()
			return nil, o.errorf("%s", "%s", o.fault(err))
		}
		s.books = append(s.books, b)
		for _, f := range b.Feuilles {
			if o.sheet == "" || f.Nom == "" || strings.EqualFold(f.Nom, o.sheet) {
				s.list = append(s.list, f)
			}
		}
	}
	if len(s.list) == 0 {
		defer s.close()
		return nil, o.errorf("aucune feuille ne s'appelle %s", "no sheet is called %s", shown(o.sheet))
	}
	return s, nil
}

// hidden says what is done with what a spreadsheet hides.
func (o *preparing) hidden() classeur.Options {
	return classeur.Options{
		SansLignesMasquees: o.projet.LignesMasquees.Texte == projet.Laisser,
		FeuillesMasquees:   o.projet.FeuillesMasquees.Texte == projet.Lire,
	}
}

// read reads the orders of the sheets.
func (o *preparing) read(ctx context.Context, s *sheets) (*preparation.Lot, error) {
	options := preparation.Options{Strict: o.strict, Defauts: map[string]string{}}
	for tag, v := range o.projet.Defauts {
		options.Defauts[tag] = v.Texte
	}
	if path := o.projet.Mapping.Texte; path != "" {
		var err error
		if options.Mapping, options.Tables, err = o.readMapping(path); err != nil {
			return nil, err
		}
	}
	if o.sheet != "" {
		options.Mapping.Feuille = o.sheet
	}
	if options.Mapping.Feuille == "" {
		s.list = slices.DeleteFunc(s.list, func(f preparation.Feuille) bool { return gabarit.Annexe(f.Nom) })
	}
	lot, err := preparation.Lire(ctx, o.modele, s.list, options)
	if err != nil {
		return nil, errors.Join(ctx.Err(), o.errorf("%s", "%s", o.fault(err)))
	}
	return lot, nil
}

// readMapping reads a mapping file and the tables that it names, which stand beside it.
func (o *preparing) readMapping(path string) (m preparation.Mapping, tables map[string]map[string]string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return m, nil, o.errorf("%s : %s (%s)", "%s: %s (%s)", shown(filepath.ToSlash(path)), o.cause(err), o.projet.Mapping.Origine.In(o.langue))
	}
	if err := o.otherKind(near(path), path, wantedMapping); err != nil {
		return m, nil, err
	}
	m, faults := preparation.LireMapping(o.modele, filepath.ToSlash(filepath.Base(path)), text)
	if len(faults) > 0 {
		o.tellFaults(o.stdout, faults)
		return m, nil, o.errorf("la correspondance est à corriger", "the mapping is to be mended")
	}
	tables = map[string]map[string]string{}
	for tag, origin := range m.Balises {
		if origin.Table == "" || tables[origin.Table] != nil {
			continue
		}
		at := origin.Table
		if !filepath.IsAbs(at) {
			at = filepath.Join(filepath.Dir(path), at)
		}
		if tables[origin.Table], err = o.readTable(at); err != nil {
			return m, nil, o.errorf("table de %s : %s", "table of %s: %s", tag, o.fault(err))
		}
	}
	return m, tables, nil
}

// readTable reads the first two columns of a sheet: what is written, and what stands for it. Two rows that say otherwise of the
// same words are refused: nobody knows which is right.
func (o *preparing) readTable(path string) (table map[string]string, err error) {
	b, err := classeur.Ouvrir(path, classeur.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	table = map[string]string{}
	rows := map[string]int{}
	return table, b.Feuilles[0].Rangees(func(row int, cells []preparation.Cellule) error {
		if len(cells) < 2 {
			return nil
		}
		key, value := strings.TrimSpace(shownIn(cells[0])), shownIn(cells[1])
		if before, twice := table[key]; twice && key != "" && before != value {
			return o.errorf("%s : « %s » vaut « %s » ligne %d et « %s » ligne %d ; gardez la ligne qui est juste",
				"%s: \"%s\" is \"%s\" in row %d and \"%s\" in row %d; keep the row that is right", near(path), key, before, rows[key], value, row)
		}
		table[key], rows[key] = value, row
		return nil
	})
}

// shownIn returns what a cell shows, or what it holds where that is not certain.
func shownIn(c preparation.Cellule) string {
	if t, certain := c.Montre(); certain {
		return t
	}
	return c.Texte
}

// errEnough ends the reading of a sheet.
var (
	nounTrouvee = diag.Noun{One: modele.Texte{Fr: "balise trouvée", En: "tag found"}, Several: modele.Texte{Fr: "balises trouvées", En: "tags found"}}
	nounColonne = diag.Noun{One: modele.Texte{Fr: "colonne", En: "column"}, Several: modele.Texte{Fr: "colonnes", En: "columns"}}
)

var errEnough = errors.New("enough")

// headingRows is how far down a sheet its headings are looked for.
const headingRows = 20

// proposeMapping writes the mapping that the headings of the first sheet suggest: the row that tells most.
func (o *preparing) proposeMapping(sources []string) error {
	s, err := o.openSheets(sources)
	if err != nil {
		return err
	}
	defer s.close()
	if orders := slices.DeleteFunc(slices.Clone(s.list), func(f preparation.Feuille) bool { return gabarit.Annexe(f.Nom) }); len(orders) > 0 {
		s.list = orders
	}
	var best preparation.Proposition
	columns := 0
	err = s.list[0].Rangees(func(line int, cells []preparation.Cellule) error {
		headings := make([]string, len(cells))
		for i, c := range cells {
			headings[i] = c.Texte
		}
		if p := preparation.Deviner(o.modele, headings); len(p.Mapping.Balises) > len(best.Mapping.Balises) || columns == 0 {
			best, columns = p, len(headings)
		}
		if line >= headingRows {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return o.errorf("%s", "%s", o.fault(err))
	}
	best.Mapping.Feuille = s.list[0].Nom
	if err := o.emitBytes(o.output, best.YAML(o.langue)); err != nil {
		return err
	}
	o.say("%s parmi %s, %d à vérifier", "%s among %s, %d to be looked at", nounTrouvee.Count(len(best.Mapping.Balises), o.langue), nounColonne.Count(columns, o.langue), len(best.Douteuses))
	for _, name := range best.Douteuses {
		heading := best.Mapping.Balises[name].Colonne
		if name == preparation.ColonneReference {
			heading = strings.Join(best.Mapping.Commande, " / ")
		}
		_, _ = fmt.Fprintf(o.stderr, o.t("  à vérifier : %s, lue dans la colonne « %s »\n", "  to be looked at: %s, read from the column \"%s\"\n"), name, shown(heading))
	}
	return nil
}

// beside returns the folders where a document named in a sheet may be: that of the documents, then that of the
// sheet.
func beside(desk *projet.Projet, sheet string) []string {
	return slices.Compact([]string{desk.Pieces.Texte, filepath.Dir(sheet)})
}
