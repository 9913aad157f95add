package enrolement

import (
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

var titreLien = modele.Texte{Fr: "Quelle demande ouvrir ?", En: "Which request to open?"}

// pageLien is what lien.html shows: a link leads to another request than that of the browser.
type pageLien struct {
	page              // with the request of the link
	Mienne Enrolement // that of the browser
}

// reprendre takes the link of a mail: its secret goes to a cookie and leaves the address. Where the browser has another
// request under way it is asked first: a link that somebody else sent would have one go on in a stranger's request.
func (s *Service) reprendre(w http.ResponseWriter, r *http.Request) error {
	secret := r.PathValue("lien")
	e, err := s.Lire(r.Context(), secret)
	if err != nil {
		return noterFautes(nil, err)
	}
	mienne, _ := s.Lire(r.Context(), s.secret(r)) // one that cannot be read is not lost
	if r.Method == http.MethodGet && mienne.ID != 0 && mienne.ID != e.ID && mienne.Etat != Accepte {
		return gabarits().Montrer(w, r, "lien.html", &pageLien{page{web.NouvellePage(r, titreLien), e}, mienne})
	}
	s.poserSecret(w, r, secret)
	if e.Etat != Brouillon {
		return web.Aller(w, r, "/enrolement/suivi")
	}
	return web.AllerDire(w, r, "/enrolement", modele.Texte{Fr: "Vous reprenez le brouillon " + e.Reference + ".", En: "You go on with the draft " + e.Reference + "."})
}
