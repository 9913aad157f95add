package classeur

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"guichet/affichage"
	"guichet/archive"
	"guichet/preparation"
)

// limites bound a workbook: 100,000 rows of 40 columns weigh about 20 MB, and 250 MB unpacked.
var limites = archive.Limites{MaxOctets: 500 << 20, MaxEntrees: 10_000, MaxTotal: 4 << 30, Parties: true}

// maxPartie bounds the parts that are read whole: the list of sheets, the styles.
const maxPartie = 32 << 20

// paquet is a workbook as its file packs it (ISO/IEC 29500, Office Open XML): parts in a .zip.
type paquet struct {
	chemin  string
	parties map[string]*archive.Entree
	parts   relations // of the workbook
	xlsx
	lus bool // what the sheets share has been read
}

// xlsx is what all sheets of a workbook need to be read.
type xlsx struct {
	textes    []string // the shared strings
	styles    []style
	depuis4   bool // dates count from 1904
	aCalculer bool // formulas are to be calculated when it is opened: their values say nothing
}

// ouvrirXLSX lists the sheets of a workbook. Its shared strings are read at the first row.
func (c *Classeur) ouvrirXLSX(chemin string, parties map[string]*archive.Entree) error {
	p := &paquet{chemin: chemin, parties: parties}
	if err := p.lister(c); err != nil {
		return &Erreur{Fichier: chemin, Faute: altere, Err: err}
	}
	return nil
}

// parties are the entries of an archive by their names: case does not tell them apart.
func parties(z *archive.Archive) map[string]*archive.Entree {
	m := make(map[string]*archive.Entree, len(z.Entrees))
	for i := range z.Entrees {
		m[cle(z.Entrees[i].Nom)] = &z.Entrees[i]
	}
	return m
}

// cle reduces the name of a part to what is compared: some programs write it from the root, with the separator of
// Windows, or with codes for its blanks.
func cle(partie string) string {
	partie = strings.TrimPrefix(strings.ReplaceAll(partie, `\`, "/"), "/")
	if nu, err := url.PathUnescape(partie); err == nil {
		partie = nu
	}
	return strings.ToLower(partie)
}

// relations maps the identifiers of a part's relations to the parts they lead to and their kinds, and kinds to parts.
type relations struct{ parID, parGenre, genres map[string]string }

func (p *paquet) relations(partie string) (relations, error) {
	var x struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	r := relations{map[string]string{}, map[string]string{}, map[string]string{}}
	dossier, nom := path.Split(partie)
	if err := p.lire(path.Join(dossier, "_rels", nom+".rels"), &x); err != nil {
		return r, err
	}
	for _, e := range x.Relationship {
		cible := strings.ReplaceAll(e.Target, `\`, "/")
		if !strings.HasPrefix(cible, "/") {
			cible = path.Join(dossier, cible)
		}
		cible = strings.TrimPrefix(cible, "/")
		genre := path.Base(e.Type)
		r.parID[e.ID], r.genres[e.ID], r.parGenre[genre] = cible, genre, cible
	}
	return r, nil
}

// livre is the part that lists the sheets.
type livre struct {
	Pr struct {
		Date1904 bool `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Calcul struct {
		Complet bool `xml:"fullCalcOnLoad,attr"`
	} `xml:"calcPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		State string `xml:"state,attr"`
		ID    string `xml:"id,attr"` // r:id
	} `xml:"sheets>sheet"`
}

// lister follows the package from its root to its sheets.
func (p *paquet) lister(c *Classeur) error {
	racine, err := p.relations("")
	if err != nil {
		return err
	}
	principal := racine.parGenre["officeDocument"]
	var x livre
	if err := p.lire(principal, &x); err != nil {
		return err
	}
	if p.parts, err = p.relations(principal); err != nil {
		return err
	}
	p.depuis4, p.aCalculer = x.Pr.Date1904, x.Calcul.Complet
	for _, s := range x.Sheets {
		partie := p.parts.parID[s.ID]
		switch {
		case partie != "" && p.parts.genres[s.ID] != "worksheet": // charts, dialogs, macros: no cells
		case p.parties[cle(partie)] == nil:
			return fmt.Errorf("sheet %q has no part", s.Name)
		default:
			m := &masquees{laisser: c.options.SansLignesMasquees}
			c.ajouter(preparation.Feuille{
				Fichier: p.chemin, Nom: s.Name, Rangees: p.rangees(s.Name, partie, m), Masquees: m.liste, ColonnesMasquees: m.listeColonnes,
			}, s.State == "hidden" || s.State == "veryHidden")
		}
	}
	return nil
}

// communs reads what the sheets share, once.
func (p *paquet) communs() (*xlsx, error) {
	if p.lus {
		return &p.xlsx, nil
	}
	var err error
	p.styles = []style{{format: affichage.Predefini(0)}}
	if partie := p.parts.parGenre["styles"]; partie != "" {
		if p.styles, err = p.lireStyles(partie); err != nil {
			return nil, err
		}
	}
	if partie := p.parts.parGenre["sharedStrings"]; partie != "" {
		if p.textes, err = p.lireTextes(partie); err != nil {
			return nil, err
		}
	}
	p.lus = true
	return &p.xlsx, nil
}

// lire reads a small part into a value.
func (p *paquet) lire(partie string, v any) error {
	r, err := p.ouvrir(partie)
	if err != nil {
		return err
	}
	err = xml.NewDecoder(io.LimitReader(r, maxPartie)).Decode(v)
	if err = errors.Join(err, r.Close()); err != nil {
		return fmt.Errorf("read %s: %w", partie, err)
	}
	return nil
}

func (p *paquet) ouvrir(partie string) (io.ReadCloser, error) {
	e := p.parties[cle(partie)]
	if e == nil {
		return nil, fmt.Errorf("no part %q", partie)
	}
	return e.Ouvrir()
}
