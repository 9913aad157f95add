package depot

import (
	"net/http"
	"regexp"

	"guichet/controle"
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
	Filtree bool         // not all are looked for
	Motif   string       // code of the rule for which something was refused in each; "" for all deposits
	Regle   modele.Texte // its title
	Fois    int64        // how often
	Dans    int64        // deposits
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
	if err := s.pourMotif(r, i.Fournisseur, p); err != nil {
		return err
	}
	depots, err := s.Chercher(r.Context(), i.Fournisseur, texte, p.Motif, avant, parPage+1)
	if err != nil {
		return err
	}
	p.Depots = depots
	if len(depots) > parPage {
		p.Depots = depots[:parPage]
		p.Apres = "/depots?" + web.Cherche(texte, "avant", depots[parPage-1].ImpID())
		if p.Motif != "" {
			p.Apres += "&motif=" + p.Motif
		}
	}
	return gabarits().Montrer(w, r, "depots.html", p)
}

// Verdict is the word of a deposit's outcome.
func (p *pageDepots) Verdict(d *Depot) web.Etiquette { return etiquette(&p.Page, d.Verdict) }

var unCode = regexp.MustCompile(`^[A-Z]\d{3}$`)

// pourMotif reads for which rule something was refused in the deposits that are asked for.
func (s *Service) pourMotif(r *http.Request, fournisseur int64, p *pageDepots) (err error) {
	code := r.URL.Query().Get("motif")
	if code == "" {
		return nil
	}
	if !unCode.MatchString(code) {
		return web.Introuvable
	}
	regle, _ := controle.Regle(code)
	p.Motif, p.Regle, p.Filtree = code, regle.Titre, true
	p.Fois, p.Dans, err = s.Refus(r.Context(), fournisseur, code)
	return err
}

// FoisDans counts how often the rule was the reason of a refusal in one of the deposits.
func (p *pageDepots) FoisDans(d *Depot) (n int) {
	if d.Reponse.Fichier != nil && d.Reponse.Fichier.Code == p.Motif {
		n++
	}
	for _, r := range d.Reponse.Refus {
		if r.Code == p.Motif {
			n++
		}
	}
	return n
}
