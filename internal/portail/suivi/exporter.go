package suivi

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"

	"guichet/diag"
	"guichet/internal/classeur"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// format is one way to export a list. max bounds its rows: a workbook is made in memory.
type format struct {
	code, genre string
	nom         modele.Texte
	max         int
	ecrire      func(w io.Writer, l modele.Langue, suivante func() (*Demande, error)) error
}

var formats = []format{
	{"csv", "text/csv; charset=utf-8", modele.Texte{Fr: "CSV", En: "CSV"}, 1_000_000, ecrireCSV},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", modele.Texte{Fr: "Excel (XLSX)", En: "Excel (XLSX)"}, 50_000, ecrireXLSX},
	{"json", "application/json", modele.Texte{Fr: "JSON", En: "JSON"}, 1_000_000, ecrireJSON},
}

func (s *Service) exporter(w http.ResponseWriter, r *http.Request) error {
	i, err := qui(r)
	if err != nil {
		return err
	}
	p := &pageListe{Page: web.NouvellePage(r, titreListe), Agent: estAgence(i)}
	p.Garder(r.URL.Query())
	f := p.filtre(i)
	for _, x := range formats {
		if x.code != r.PathValue("format") || !p.Valide() {
			continue
		}
		suivante := s.parcourir(r.Context(), f, x.max)
		premiere, err := suivante() // before anything is written: an error can still be a page
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "demandes." + x.code})
		rendue := false
		web.Telechargement(w.Header(), x.genre, "demandes."+x.code)
		return x.ecrire(w, p.Langue, func() (*Demande, error) {
			if !rendue {
				rendue = true
				return premiere, err
			}
			return suivante()
		})
	}
	return web.Introuvable
}

// errCoupe says that a list has more demandes than are asked for.
var errCoupe = errors.New("the list goes on")

// parcourir gives the demandes of a list one by one, then io.EOF; errCoupe after max of a longer list. It reads part by part: a slow
// reader holds no transaction.
func (s *Service) parcourir(ctx context.Context, f Filtre, max int) func() (*Demande, error) {
	var partie []Demande
	var place *Cle
	fin, n := false, 0
	return func() (*Demande, error) {
		for len(partie) == 0 {
			if fin {
				return nil, io.EOF
			}
			p, err := s.Lister(ctx, f, place, false, maxPage)
			if err != nil {
				return nil, err
			}
			partie, place, fin = p.Demandes, p.Apres, p.Apres == nil
		}
		if n == max {
			return nil, errCoupe
		}
		n++
		d := &partie[0]
		partie = partie[1:]
		return d, nil
	}
}

// colonnes are the heads of the tables, in the order of cellules.
func colonnes(l modele.Langue) (noms []string) {
	for _, t := range []modele.Texte{
		{Fr: "numeroASP", En: "numeroASP"}, {Fr: "numeroEditeur", En: "numeroEditeur"}, {Fr: "État", En: "State"},
		{Fr: "Montant HT", En: "Amount before tax"}, {Fr: "Avance", En: "Advance"}, {Fr: "FINESS juridique de l'OG", En: "Legal FINESS of the OG"},
		{Fr: "ESMS", En: "ESMS"}, {Fr: "Déposée le", En: "Deposited on"}, {Fr: "Dernier changement", En: "Last change"}, {Fr: "Fichier", En: "File"},
		{Fr: "Accordé", En: "Granted"},
	} {
		noms = append(noms, t.In(l))
	}
	return noms
}

func cellules(d *Demande, l modele.Langue) []any {
	return []any{
		d.NumeroASP, d.Numero, d.Etat.Nom().In(l), classeur.Centimes(d.Montant), classeur.Centimes(d.avance()), d.OG,
		d.ESMS, d.Recu.In(paris()), d.Maj.In(paris()), diag.Neutralize(d.Fichier), classeur.Centimes(d.Accorde),
	}
}

// chaque calls f for each demande until there is none, and counts them; coupe where the list goes on.
func chaque(suivante func() (*Demande, error), f func(*Demande) error) (n int, coupe bool, err error) {
	for ; ; n++ {
		d, err := suivante()
		if errors.Is(err, io.EOF) || errors.Is(err, errCoupe) {
			return n, errors.Is(err, errCoupe), nil
		}
		if err == nil {
			err = f(d)
		}
		if err != nil {
			return n, false, err
		}
	}
}

// ecrireCSV writes as a French Excel opens it: semicolons, a byte order mark, a decimal comma; no text is taken
// for a formula.
func ecrireCSV(w io.Writer, l modele.Langue, suivante func() (*Demande, error)) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = ';', true
	if err := c.Write(colonnes(l)); err != nil {
		return err
	}
	n, coupe, err := chaque(suivante, func(d *Demande) error {
		return c.Write([]string{
			d.NumeroASP, diag.CSVCell(d.Numero), d.Etat.Nom().In(l), virgule(d.Montant), virgule(d.avance()), diag.CSVCell(d.OG),
			strconv.Itoa(d.ESMS), d.Recu.In(paris()).Format("02/01/2006"), d.Maj.In(paris()).Format("02/01/2006"), diag.CSVCell(d.Fichier), virgule(d.Accorde),
		})
	})
	if coupe {
		err = c.Write([]string{classeur.Coupe(n).In(l)})
	}
	c.Flush()
	return errors.Join(err, c.Error())
}

func virgule(centimes int64) string {
	s := []byte(classeur.Centimes(centimes).String())
	s[len(s)-3] = ','
	return string(s)
}

func ecrireXLSX(w io.Writer, l modele.Langue, suivante func() (*Demande, error)) error {
	t := classeur.Tableau{Nom: titreListe.In(l), Entete: colonnes(l)}
	_, coupe, err := chaque(suivante, func(d *Demande) error {
		t.Lignes = append(t.Lignes, cellules(d, l))
		return nil
	})
	if err != nil {
		return err
	}
	if coupe {
		t.Couper(l)
	}
	return classeur.EcrireXLSX(w, t)
}

// demandeJSON is a demande in an export. Amounts are cents.
type demandeJSON struct {
	NumeroASP     string    `json:"numeroASP"`
	NumeroEditeur string    `json:"numeroEditeur"`
	Etat          etat.Etat `json:"etat"`
	Montant       int64     `json:"montantCentimes"`
	Avance        int64     `json:"avanceCentimes"`
	OG            string    `json:"FINESSJuridique"`
	ESMS          int       `json:"nombreESMS"`
	Deposee       string    `json:"deposee"` // RFC 3339
	Changee       string    `json:"dernierChangement"`
	Fichier       string    `json:"fichier"`
	Accorde       int64     `json:"accordeCentimes"` // 0 as long as nothing is
}

const formatVersion = "1.1"

func ecrireJSON(w io.Writer, _ modele.Langue, suivante func() (*Demande, error)) error {
	if _, err := io.WriteString(w, `{"format_version":"`+formatVersion+`","demandes":[`); err != nil {
		return err
	}
	entre := "\n"
	_, coupe, err := chaque(suivante, func(d *Demande) error {
		octets, err := json.Marshal(demandeJSON{
			d.NumeroASP, d.Numero, d.Etat, d.Montant, d.avance(), d.OG, d.ESMS,
			d.Recu.Format("2006-01-02T15:04:05Z"), d.Maj.Format("2006-01-02T15:04:05Z"), d.Fichier, d.Accorde,
		})
		if err != nil {
			return err
		}
		_, err = w.Write(append([]byte(entre), octets...))
		entre = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	fin := "\n]}\n"
	if coupe {
		fin = "\n],\"suite\":true}\n" // the list goes on
	}
	_, err = io.WriteString(w, fin)
	return err
}
