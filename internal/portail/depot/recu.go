package depot

import (
	"net/http"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageAccuse is what accuse.html shows: the receipt alone, with its demandes one by one.
type pageAccuse struct {
	web.Page
	Depot   *Depot
	Parties []accuse.Rubrique
}

// montrerAccuse shows the receipt of a deposit.
func (s *Service) montrerAccuse(w http.ResponseWriter, r *http.Request) error {
	d, err := s.depotDe(r)
	if err != nil {
		return err
	}
	a, err := s.AccuseEntier(r.Context(), d)
	if err != nil {
		return err
	}
	du := web.Lien{Nom: modele.Texte{Fr: "Dépôt " + d.ImpID(), En: "Deposit " + d.ImpID()}, Adresse: "/depots/" + d.ImpID()}
	p := &pageAccuse{Page: web.NouvellePage(r, a.Titre(), filDepots, du), Depot: d}
	p.Parties = append(a.Rubriques(p.Langue), a.Details(p.Langue)...)
	return gabarits().Montrer(w, r, "accuse.html", p)
}

// accusePDF is the same as a PDF, in the language of the page.
func (s *Service) accusePDF(r *http.Request, d *Depot) (document, error) {
	return s.enPDF(r.Context(), d, web.Langue(r.Context()))
}
