package instruction

import (
	"context"
	"io"
	"net/http"

	"guichet/internal/classeur"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// maxExport bounds the rows of an export, which is made in memory.
const maxExport = 20_000

// formatFile is one way to export a list.
type formatFile struct {
	code, genre string
	nom         modele.Texte
	ecrire      func(io.Writer, classeur.Tableau) error
}

var formats = []formatFile{
	{"csv", "text/csv; charset=utf-8", modele.Texte{Fr: "CSV", En: "CSV"}, classeur.EcrireCSV},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", modele.Texte{Fr: "Excel (XLSX)", En: "Excel (XLSX)"}, func(w io.Writer, t classeur.Tableau) error { return classeur.EcrireXLSX(w, t) }},
}

// exporter gives a list with its filters, all its parts, as a table.
func (s *Service) exporter(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageFile(r)
	if err != nil {
		return err
	}
	for _, f := range formats {
		if f.code != r.PathValue("format") {
			continue
		}
		t, err := s.tableau(r.Context(), p)
		if err != nil {
			return err
		}
		web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "travail." + f.code})
		web.Telechargement(w.Header(), f.genre, "travail."+f.code)
		return f.ecrire(w, t)
	}
	return web.Introuvable
}

// tableau reads a list part by part: a slow reader holds no transaction.
func (s *Service) tableau(ctx context.Context, p *pageFile) (classeur.Tableau, error) {
	t := classeur.Tableau{Nom: p.Tx(Titre)}
	for _, x := range []modele.Texte{
		{Fr: "numeroASP", En: "numeroASP"}, {Fr: "numeroEditeur", En: "numeroEditeur"}, {Fr: "Fournisseur", En: "Supplier"}, {Fr: "Logiciel", En: "Software"}, {Fr: "État", En: "State"},
		{Fr: "Montant HT", En: "Amount before tax"}, {Fr: "FINESS juridique de l'OG", En: "Legal FINESS of the OG"}, {Fr: "ESMS", En: "ESMS"}, {Fr: "Déposée le", En: "Deposited on"},
		{Fr: "Décision au plus tard le", En: "Decision no later than"}, {Fr: "Tenue par", En: "Held by"},
	} {
		t.Entete = append(t.Entete, p.Tx(x))
	}
	var place *Place
	for len(t.Lignes) < maxExport {
		partie, err := s.Lister(ctx, p.champs, place, 500)
		if err != nil {
			return t, err
		}
		for i := range partie.Dossiers {
			d := &partie.Dossiers[i]
			t.Lignes = append(t.Lignes, []any{
				d.NumeroASP, ecrit.Visible(d.Numero), ecrit.Visible(d.RaisonSociale), d.NumeroAns, p.Tx(d.Etat.Nom()), classeur.Centimes(d.Montant), d.OG, d.ESMS,
				d.Recu.In(web.Paris()), d.Echeance.In(web.Paris()), p.Tenue(d),
			})
		}
		if place = partie.Apres; place == nil {
			break
		}
	}
	return t, nil
}

// Exports are where the list is had as a table.
func (p *pageFile) Exports() (liens []web.Lien) {
	for _, f := range formats {
		liens = append(liens, web.Lien{Nom: f.nom, Adresse: "/export/travail/" + f.code + avec(p.Requete)})
	}
	return liens
}
