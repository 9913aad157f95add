package depot

import (
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDepots is what depots.html lists, newest first.
type pageDepots struct {
	web.Page
	Depots  []*Depot
	Peut    bool // make a deposit
	Apres   string
	Filtree bool // not all are looked for
}

var titreDepots = modele.Texte{Fr: "Dépôts", En: "Deposits"}

// parPage is how many deposits a page lists.
const parPage = 50

// lister shows the deposits of a supplier.
func (s *Service) lister(w http.ResponseWriter, r *http.Request) error {
	i, _ := compte.De(r.Context())
	avant := int64(0)
	if texte := r.URL.Query().Get("avant"); texte != "" {
		id, ok := LireImpID(texte)
		if !ok {
			return web.Introuvable
		}
		avant = id
	}
	p := &pageDepots{Page: web.NouvellePage(r, titreDepots), Peut: i.Peut(web.Deposant)}
	texte := p.Recherche(r)
	p.Filtree = texte != ""
	depots, err := s.Chercher(r.Context(), i.Fournisseur, texte, avant, parPage+1)
	if err != nil {
		return err
	}
	p.Depots = depots
	if len(depots) > parPage {
		p.Depots = depots[:parPage]
		p.Apres = "/depots?" + web.Cherche(texte, "avant", depots[parPage-1].ImpID())
	}
	return gabarits().Montrer(w, r, "depots.html", p)
}

// Verdict is the word of a deposit's outcome.
func (p *pageDepots) Verdict(d *Depot) web.Etiquette { return etiquette(&p.Page, d.Verdict) }
