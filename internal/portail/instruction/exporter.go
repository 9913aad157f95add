package instruction

import (
	"context"
	"net/http"

	"guichet/internal/classeur"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// maxExport bounds the rows of an export, which is made in memory.
const maxExport = 20_000

// exporter gives a list with its filters, all its parts, as a table.
func (s *Service) exporter(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageFile(r)
	if err != nil {
		return err
	}
	f, ok := classeur.FormatDe(r.PathValue("format"))
	if !ok {
		return web.Introuvable
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "travail.html", p)
	}
	t, err := s.tableau(r.Context(), p, maxExport)
	if err != nil {
		return err
	}
	web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "travail." + f.Code})
	web.Telechargement(w.Header(), f.Genre, "travail."+f.Code)
	return f.Ecrire(w, t)
}

// tableau reads a list part by part, up to max rows: a slow reader holds no transaction.
func (s *Service) tableau(ctx context.Context, p *pageFile, max int) (classeur.Tableau, error) {
	t := classeur.Tableau{Nom: p.Tx(Titre)}
	for _, x := range []modele.Texte{
		{Fr: "numeroASP", En: "numeroASP"}, {Fr: "numeroEditeur", En: "numeroEditeur"}, {Fr: "Fournisseur", En: "Supplier"}, {Fr: "Logiciel", En: "Software"}, {Fr: "État", En: "State"},
		{Fr: "Montant HT", En: "Amount before tax"}, {Fr: "FINESS juridique de l'OG", En: "Legal FINESS of the OG"}, {Fr: "ESMS", En: "ESMS"}, {Fr: "Alertes", En: "Alerts"}, {Fr: "Déposée le", En: "Deposited on"},
		{Fr: "Décision au plus tard le", En: "Decision no later than"}, {Fr: "Tenue par", En: "Held by"}, {Fr: "Avis rendus", En: "Opinions given"}, {Fr: "Avis demandés", En: "Opinions asked for"},
	} {
		t.Entete = append(t.Entete, p.Tx(x))
	}
	var place *Place
	for len(t.Lignes) < max {
		partie, err := s.Lister(ctx, p.champs, place, min(500, max-len(t.Lignes)))
		if err != nil {
			return t, err
		}
		for i := range partie.Dossiers {
			d := &partie.Dossiers[i]
			t.Lignes = append(t.Lignes, []any{
				d.NumeroASP, ecrit.Visible(d.Numero), ecrit.Visible(d.RaisonSociale), d.NumeroAns, p.Tx(d.Etat.Nom()), classeur.Centimes(d.Montant), d.OG, d.ESMS, p.Alertes(d),
				d.Recu.In(web.Paris()), p.limite(d), p.Tenue(d), d.Avis.Rendus, d.Avis.Demandes,
			})
		}
		if place = partie.Apres; place == nil {
			return t, nil
		}
	}
	t.Couper(p.Langue)
	return t, nil
}

// limite is the cell of the deadline: a day, or that the time stands still.
func (p *pageFile) limite(d *Dossier) any {
	if d.Arrete(p.s.Maintenant()) {
		return p.T("suspendu", "suspended")
	}
	return d.Echeance.In(web.Paris())
}

// Exports are where the list is had as a table.
func (p *pageFile) Exports() (liens []web.Lien) {
	for _, f := range classeur.Formats() {
		liens = append(liens, web.Lien{Nom: f.Nom, Adresse: "/export/travail/" + f.Code + avec(p.Requete)})
	}
	return liens
}
