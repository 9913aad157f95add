package portail

import (
	"embed"
	"net/http"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var pages = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages) })

// pageAccueil is what accueil.html shows to who has not signed in.
type pageAccueil struct{ web.Page }

var titreAccueil = modele.Texte{Fr: "Demandes de financement Ségur numérique", En: "Ségur numérique funding requests"}

// accueil is the first page; who has signed in is led to the own one.
func (p *Portail) accueil(w http.ResponseWriter, r *http.Request) error {
	if _, connecte := compte.De(r.Context()); connecte {
		return web.Aller(w, r, "/accueil")
	}
	page := &pageAccueil{web.NouvellePage(r, titreAccueil)}
	return pages().Montrer(w, r, "accueil.html", page)
}
