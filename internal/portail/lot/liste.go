package lot

import (
	"net/http"
	"strconv"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
)

// pageLots is what lots.html shows.
type pageLots struct {
	web.Page
	Lots  []Lot
	Suite web.Suite
}

func (s *Service) montrerLots(w http.ResponseWriter, r *http.Request) error {
	avant, _ := strconv.ParseInt(r.URL.Query().Get("avant"), 10, 64)
	p := &pageLots{Page: web.NouvellePage(r, Titre, filTravail)}
	var err error
	if p.Lots, err = s.Lots(r.Context(), max(avant, 0), parPage+1); err != nil {
		return err
	}
	if len(p.Lots) > parPage {
		p.Lots = p.Lots[:parPage]
		p.Suite = p.Page.Suite("", adresseLots+"?avant="+strconv.FormatInt(p.Lots[parPage-1].ID, 10), "")
	}
	return gabarits().Montrer(w, r, "lots.html", p)
}

// Etat is the word of the state of a lot; Qui names who has prepared it.
func (p *pageLots) Etat(l Lot) web.Etiquette { return (&pageLot{Page: p.Page, L: &l}).Etat() }

func (p *pageLots) Qui(l Lot) string { return ecrit.Nom(l.Qui) }
