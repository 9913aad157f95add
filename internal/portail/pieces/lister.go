package pieces

import (
	"fmt"
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageIncompletes is what lister.html shows.
type pageIncompletes struct {
	web.Page
	Total    int
	Demandes []ligneIncomplete
	Suivante string // address of the next part, "" at the end
}

type ligneIncomplete struct {
	Incomplete
	NumeroASP string
	ImpID     string
	Adresse   string       // where its documents are sent
	Limite    modele.Texte // by when
	Lignes    []lignePiece
}

const parPage = 50

// listerIncompletes is the list of the demandes that still lack documents.
func (s *Service) listerIncompletes(w http.ResponseWriter, r *http.Request) error {
	i, ok := compte.De(r.Context())
	if !ok {
		return web.Introuvable
	}
	q := r.URL.Query()
	depart := Apres{Rang: max(entier(q.Get("rang")), 0)}
	depart.Depot, _ = s.LireImpID(q.Get("depot")) // an address that is none begins at the beginning
	p := &pageIncompletes{Page: web.NouvellePage(r, modele.Texte{Fr: "Demandes incomplètes", En: "Incomplete requests"})}
	liste, suite, err := s.ListerIncompletes(r.Context(), i.Fournisseur, depart, parPage)
	if err != nil {
		return err
	}
	if p.Total, err = s.Incompletes(r.Context(), i.Fournisseur); err != nil {
		return err
	}
	for _, u := range liste {
		l := ligneIncomplete{Incomplete: u, NumeroASP: s.NumeroASP(u.Depot, u.Rang), ImpID: s.ImpID(u.Depot), Adresse: s.AdressePieces(u.Depot)}
		if l.Limite, err = s.limite(r.Context(), u.Depot); err != nil {
			return err
		}
		for _, piece := range u.Pieces {
			l.Lignes = append(l.Lignes, s.ligne(u.Depot, piece))
		}
		p.Demandes = append(p.Demandes, l)
	}
	if suite != nil {
		p.Suivante = fmt.Sprintf("/incompletes?depot=%s&rang=%d", s.ImpID(suite.Depot), suite.Rang)
	}
	return pages().Montrer(w, r, "lister.html", p)
}
