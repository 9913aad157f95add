package portail

import (
	"embed"
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var pages = web.Gabarits(fichiersPages)

// pageAccueil is what accueil.html shows to who has not signed in.
type pageAccueil struct {
	web.Page
	Connecte bool
}

var titreAccueil = modele.Texte{Fr: "Demandes de financement Ségur numérique", En: "Ségur numérique funding requests"}

// accueil is the first page.
func (p *Portail) accueil(w http.ResponseWriter, r *http.Request) error {
	_, connecte := compte.De(r.Context())
	page := &pageAccueil{web.NouvellePage(r, titreAccueil), connecte}
	return pages.Montrer(w, r, "accueil.html", page)
}
