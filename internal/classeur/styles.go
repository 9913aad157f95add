package classeur

import "strings"

// styles tells, for each style of cells, whether it shows a number as a date.
func (p *paquet) styles(partie string) ([]bool, error) {
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
	propres := make(map[int]bool, len(x.NumFmts))
	for _, f := range x.NumFmts {
		propres[f.ID] = formatDeJour(f.Code)
	}
	jours := make([]bool, len(x.Xfs))
	for i, xf := range x.Xfs {
		jour, propre := propres[xf.ID]
		jours[i] = jour || !propre && jourPredefini(xf.ID)
	}
	return jours, nil
}

// jourPredefini knows the formats that have numbers only (ISO/IEC 29500-1, 18.8.30): dates, with a time or
// not, in the languages of Europe and Asia.
func jourPredefini(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

// formatDeJour tells whether a format shows a day: it has a year or a day, or a month that cannot be
// minutes. Only its first section counts, that of positive numbers. Some programs store the letters of
// their own language (jj/mm/aaaa).
func formatDeJour(code string) bool {
	nu := strings.ToLower(sansTexte(code))
	if nu == "general" || nu == "standard" {
		return false
	}
	return strings.ContainsAny(nu, "ydj") || strings.Contains(nu, "m") && !strings.ContainsAny(nu, "hs")
}

// sansTexte takes out of the first section of a format what it shows as it stands: quoted texts, escaped
// characters, padding, and the colours, currencies and conditions between brackets.
func sansTexte(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"':
			i += saut(code[i+1:], '"')
		case '[':
			n := saut(code[i+1:], ']')
			if strings.HasPrefix(strings.ToLower(code[i+1:]), "h") {
				b.WriteByte('h') // elapsed hours
			}
			i += n
		case ';':
			return b.String()
		default:
			b.WriteByte(code[i])
		}
	}
	return b.String()
}

// saut returns how many bytes lead up to the end of what was opened, the closing one included.
func saut(reste string, fin byte) int {
	if i := strings.IndexByte(reste, fin); i >= 0 {
		return i + 1
	}
	return len(reste)
}
