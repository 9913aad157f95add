package depot

import (
	"net/http"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDepot is what depot.html shows: what became of a file that was deposited.
type pageDepot struct {
	pageFichier
	Depose  bool // who looks may deposit
	Jointes []Jointe
	Accuse  []accuse.Rubrique
	Attente Attente
	Limite  string // the last day for documents
}

// pageDe begins a page of a deposit or of a control.
func (s *Service) pageDe(r *http.Request, d *Depot) pageFichier {
	p := pageFichier{Page: web.NouvellePage(r, titre(d), filDepots), Depot: d, adresse: d.adresse()}
	if d.Controle() {
		p.Fil = []web.Lien{{Nom: titreDeposer, Adresse: "/deposer"}}
	}
	return p
}

func titre(d *Depot) modele.Texte {
	if d.Controle() {
		return modele.Texte{Fr: "Contrôle de " + court(d.Nom), En: "Check of " + court(d.Nom)}
	}
	return modele.Texte{Fr: "Dépôt " + d.ImpID(), En: "Deposit " + d.ImpID()}
}

// adresse is where a deposit, or a control, is shown.
func (d *Depot) adresse() string {
	if d.Controle() {
		return "/controles/" + d.jeton
	}
	return "/depots/" + d.ImpID()
}

// montrer shows one deposit.
func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	d, err := s.depotDe(r)
	if err != nil {
		return err
	}
	i, _ := compte.De(r.Context())
	p := &pageDepot{pageFichier: s.pageDe(r, d), Depose: i.Peut(web.Deposant)}
	if p.Jointes, err = s.jointes(r.Context(), d); err != nil {
		return err
	}
	a, err := s.Accuse(r.Context(), d)
	if err != nil {
		return err
	}
	p.Accuse, p.Limite = a.Rubriques(p.Langue), web.Date(a.LimitePieces()).In(p.Langue)
	if s.attente != nil && d.Acceptees > 0 {
		if p.Attente, err = s.attente(r.Context(), d); err != nil {
			return err
		}
	}
	err = s.lire(r.Context(), d, p.Langue, func(rapport *relu) error { return p.lire(r, rapport) })
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "depot.html", p)
}

// Etat is the word of what became of an archive.
func (p *pageDepot) Etat(j Jointe) web.Etiquette { return p.Etiquette(j.Ton, p.Tx(j.Mot)) }
