package classeur

import "guichet/affichage"

// style is how cells show their numbers.
type style struct {
	format *affichage.Format
	jour   bool // as a date
	cache  bool // it hides texts
}

// lireStyles reads the styles of cells, in their order.
func (p *paquet) lireStyles(partie string) ([]style, error) {
	var x struct {
		NumFmts []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Xfs []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := p.lire(partie, &x); err != nil {
		return nil, err
	}
	formats := make(map[int]*affichage.Format, len(x.NumFmts))
	for _, f := range x.NumFmts {
		formats[f.ID] = affichage.Lire(f.Code)
	}
	styles := make([]style, len(x.Xfs))
	for i, xf := range x.Xfs {
		f := formats[xf.ID]
		if f == nil {
			f = affichage.Predefini(xf.ID)
			formats[xf.ID] = f
		}
		f.Depuis1904 = p.depuis4
		styles[i] = style{f, f.EstJour(), f.CacheTextes()}
	}
	return styles, nil
}
