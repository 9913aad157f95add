package depot

import (
	"io"
	"net/http"
	"strings"

	"guichet/controle"
	"guichet/diag"
	"guichet/diag/format"
	"guichet/internal/classeur"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// formatRapport is one form of the whole report.
type formatRapport struct {
	code, fin, genre string
	titre            modele.Texte
	ecrire           func(io.Writer, *diag.Rapport, diag.Options) error
}

func formats() []formatRapport {
	comme := func(f format.Format) func(io.Writer, *diag.Rapport, diag.Options) error {
		return func(w io.Writer, r *diag.Rapport, o diag.Options) error { return format.Write(w, f, r, o) }
	}
	return []formatRapport{
		{"xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", modele.Texte{Fr: "Excel (XLSX)", En: "Excel (XLSX)"}, ecrireClasseur},
		{"csv", ".csv", "text/csv; charset=utf-8", modele.Texte{Fr: "CSV", En: "CSV"}, comme(format.CSV)},
		{"json", ".json", genreJSON, modele.Texte{Fr: "JSON", En: "JSON"}, comme(format.JSON)},
		{"sarif", ".sarif", "application/sarif+json", modele.Texte{Fr: "SARIF", En: "SARIF"}, comme(format.SARIF)},
	}
}

// rapport is the whole report of a file, in the form that the address names.
func (s *Service) rapport(r *http.Request, d *Depot) (document, error) {
	for _, f := range formats() {
		if f.code == r.PathValue("format") {
			return s.ecrireRapport(r, d, f)
		}
	}
	return document{}, web.Introuvable
}

func (s *Service) ecrireRapport(r *http.Request, d *Depot, f formatRapport) (doc document, err error) {
	l := web.Langue(r.Context())
	nom := modele.Texte{Fr: "-rapport", En: "-report"}.In(l)
	doc = document{nom: strings.TrimSuffix(d.Nom, ".json") + nom + f.fin, genre: f.genre}
	err = s.lire(r.Context(), d, l, func(relu *relu) error {
		doc.corps, err = tamponner(func(w io.Writer) error {
			tout := &diag.Rapport{Fichiers: []diag.Fichier{relu.raconter(l)}}
			tout.Summarize()
			return f.ecrire(w, tout, diag.Options{Langue: l, Regles: controle.Regles(), Maintenant: s.maintenant()})
		})
		return err
	})
	return doc, err
}

// ecrireClasseur writes the report as a workbook, one row for each anomaly, in the words of a person.
func ecrireClasseur(w io.Writer, r *diag.Rapport, o diag.Options) error {
	t := classeur.Tableau{Nom: modele.Texte{Fr: "Rapport", En: "Report"}.In(o.Langue)}
	for _, titre := range []modele.Texte{
		{Fr: "Demande", En: "Request"}, {Fr: "numeroEditeur", En: "numeroEditeur"}, {Fr: "Gravité", En: "Severity"}, {Fr: "Code", En: "Code"},
		{Fr: "Balise", En: "Tag"}, {Fr: "Ligne", En: "Line"}, {Fr: "Colonne", En: "Column"}, {Fr: "Valeur", En: "Value"},
		{Fr: "Message", En: "Message"}, {Fr: "À faire", En: "What to do"}, {Fr: "Source", En: "Source"},
	} {
		t.Entete = append(t.Entete, titre.In(o.Langue))
	}
	for occ := range r.All() {
		t.Lignes = append(t.Lignes, cellules(occ, o.Langue))
	}
	return classeur.EcrireXLSX(w, t)
}

func cellules(o diag.Occurrence, l modele.Langue) []any {
	c := []any{nil, nil, diag.WordGravite(o.Gravite, l), o.Code, diag.Neutralize(o.Balise), nil, nil, nil, o.Message, o.Aide, o.Source}
	if d := o.Demande; d != nil {
		c[0] = d.NumLigne
		if d.NumeroEditeur != nil {
			c[1] = diag.Neutralize(*d.NumeroEditeur)
		}
	}
	if o.Placed() {
		c[5], c[6] = o.Ligne, o.Colonne
	}
	if o.Valeur != nil {
		c[7] = diag.Neutralize(*o.Valeur)
	}
	return c
}
