package classeur

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"guichet/archive"
	"guichet/preparation"
)

// limites bound a workbook: 100,000 rows of 40 columns weigh about 20 MB, and 250 MB unpacked.
var limites = archive.Limites{MaxOctets: 500 << 20, MaxEntrees: 10_000, MaxTotal: 4 << 30}

// maxPartie bounds the parts that are read whole: the list of sheets, the styles.
const maxPartie = 32 << 20

// paquet is a workbook as its file packs it (ISO/IEC 29500, Office Open XML): parts in a .zip.
type paquet struct {
	chemin  string
	parties map[string]*archive.Entree
	commun  *xlsx // once it has been read
}

// xlsx is what all sheets of a workbook need to be read.
type xlsx struct {
	textes  []string // the shared strings
	styles  []style
	depuis4 bool // dates count from 1904
}

// ouvrirXLSX lists the sheets of a workbook. Its shared strings are read at the first row.
func (c *Classeur) ouvrirXLSX(chemin string, taille int64) error {
	z, err := archive.Ouvrir(c.fichier, taille, limites)
	if err != nil {
		return &Erreur{Fichier: chemin, Faute: altere, Err: err}
	}
	p := &paquet{chemin: chemin, parties: map[string]*archive.Entree{}}
	for i := range z.Entrees {
		p.parties[strings.ToLower(z.Entrees[i].Nom)] = &z.Entrees[i]
	}
	if err := p.lister(c); err != nil {
		return &Erreur{Fichier: chemin, Faute: altere, Err: err}
	}
	if len(c.Feuilles) == 0 {
		return &Erreur{Fichier: chemin, Faute: vide}
	}
	return nil
}

// relations maps the identifiers of a part's relations to the parts they lead to, and kinds to parts.
type relations struct{ parID, parGenre map[string]string }

func (p *paquet) relations(partie string) (relations, error) {
	var x struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	r := relations{map[string]string{}, map[string]string{}}
	dossier, nom := path.Split(partie)
	if err := p.lire(path.Join(dossier, "_rels", nom+".rels"), &x); err != nil {
		return r, err
	}
	for _, e := range x.Relationship {
		cible := e.Target
		if !strings.HasPrefix(cible, "/") {
			cible = path.Join(dossier, cible)
		}
		cible = strings.TrimPrefix(cible, "/")
		r.parID[e.ID], r.parGenre[path.Base(e.Type)] = cible, cible
	}
	return r, nil
}

// lister follows the package from its root to its sheets.
func (p *paquet) lister(c *Classeur) error {
	racine, err := p.relations("")
	if err != nil {
		return err
	}
	principal := racine.parGenre["officeDocument"]
	var x struct {
		Pr struct {
			Date1904 bool `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"` // r:id
		} `xml:"sheets>sheet"`
	}
	if err := p.lire(principal, &x); err != nil {
		return err
	}
	r, err := p.relations(principal)
	if err != nil {
		return err
	}
	for _, s := range x.Sheets {
		if s.State == "hidden" || s.State == "veryHidden" {
			c.Masquees = append(c.Masquees, s.Name)
			continue
		}
		if p.parties[strings.ToLower(r.parID[s.ID])] == nil {
			return fmt.Errorf("sheet %q has no part", s.Name)
		}
		c.Feuilles = append(c.Feuilles, preparation.Feuille{
			Fichier: p.chemin, Nom: s.Name, Rangees: p.rangees(s.Name, r.parID[s.ID], r, x.Pr.Date1904),
		})
	}
	return nil
}

// communs reads what the sheets share, once.
func (p *paquet) communs(r relations, depuis4 bool) (*xlsx, error) {
	if p.commun != nil {
		return p.commun, nil
	}
	x := &xlsx{depuis4: depuis4}
	var err error
	if partie := r.parGenre["styles"]; partie != "" {
		if x.styles, err = p.styles(partie); err != nil {
			return nil, err
		}
	}
	if partie := r.parGenre["sharedStrings"]; partie != "" {
		if x.textes, err = p.textes(partie); err != nil {
			return nil, err
		}
	}
	p.commun = x
	return x, nil
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
	e := p.parties[strings.ToLower(partie)]
	if e == nil {
		return nil, fmt.Errorf("no part %q", partie)
	}
	return e.Ouvrir()
}
