package compterendu

import (
	"bytes"
	"encoding/xml"
	"path"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// relation is a link from one part of a workbook to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// accueille tells whether the library puts notes on a sheet without harm. It names the parts of notes by counting
// them: where a workbook has other names for them, or pictures and buttons in their place, it would write over these.
func accueille(f *excelize.File, feuille string) bool {
	partie := partieDe(f, feuille)
	if partie == "" {
		return true // one that we made
	}
	dessin, notes := "", ""
	for _, r := range relations(f, partie) {
		switch path.Base(r.Type) {
		case "vmlDrawing":
			if dessin != "" {
				return false
			}
			dessin = r.Target
		case "comments":
			notes = r.Target
		}
	}
	if dessin == "" && notes == "" {
		return !chevauche(f)
	}
	m := dessinNumerote.FindStringSubmatch(dessin)
	return m != nil && notes == "../comments"+m[1]+".xml" && sansObjets(f, dessin)
}

var dessinNumerote = regexp.MustCompile(`^\.\./drawings/vmlDrawing([0-9]+)\.vml$`)

// chevauche tells whether the numbers that new notes would get are taken by something else: the library counts notes,
// not drawings.
func chevauche(f *excelize.File) bool {
	notes, dessins := 0, 0
	f.Pkg.Range(func(nom, _ any) bool {
		switch n := nom.(string); {
		case strings.HasPrefix(n, "xl/comments") && strings.HasSuffix(n, ".xml"):
			notes++
		case strings.HasSuffix(n, ".vml"):
			dessins++
		}
		return true
	})
	return notes != dessins
}

// sansObjets tells whether a drawing has notes only.
func sansObjets(f *excelize.File, dessin string) bool {
	octets := octetsDe(f, path.Join("xl/worksheets", dessin))
	return bytes.Count(octets, []byte(`ObjectType="`)) == bytes.Count(octets, []byte(`ObjectType="Note"`))
}

// partieDe is the part of a sheet in the package.
func partieDe(f *excelize.File, feuille string) string {
	var classeur struct {
		Feuilles []struct {
			Nom string `xml:"name,attr"`
			ID  string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if xml.Unmarshal(octetsDe(f, "xl/workbook.xml"), &classeur) != nil {
		return ""
	}
	for _, s := range classeur.Feuilles {
		for _, r := range relations(f, "xl/workbook.xml") {
			if s.Nom == feuille && r.ID == s.ID {
				if strings.HasPrefix(r.Target, "/") {
					return r.Target[1:]
				}
				return path.Join("xl", r.Target)
			}
		}
	}
	return ""
}

// relations are those of a part.
func relations(f *excelize.File, partie string) []relation {
	var x struct {
		Liste []relation `xml:"Relationship"`
	}
	dossier, nom := path.Split(partie)
	if xml.Unmarshal(octetsDe(f, dossier+"_rels/"+nom+".rels"), &x) != nil {
		return nil
	}
	return x.Liste
}

func octetsDe(f *excelize.File, partie string) []byte {
	if octets, ok := f.Pkg.Load(partie); ok {
		b, _ := octets.([]byte)
		return b
	}
	return nil
}
