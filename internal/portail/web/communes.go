package web

import (
	"embed"
	"io/fs"
	"net/http"
	"sync"

	"guichet/modele"
)

//go:embed pages/*.html
var fichiersPages embed.FS

var gabaritsCommuns = sync.OnceValue(func() Jeu {
	pages, err := fs.Sub(fichiersPages, "pages")
	if err != nil {
		panic(err)
	}
	return Gabarits(pages)
})

// communes are the pages of the site itself.
func communes() []Route {
	return []Route{{Motif: "GET /accessibilite", Acces: Public, Servir: montrerAccessibilite}}
}

var titreAccessibilite = modele.Texte{Fr: "Accessibilité", En: "Accessibility"}

func montrerAccessibilite(w http.ResponseWriter, r *http.Request) error {
	p := NouvellePage(r, titreAccessibilite)
	return gabaritsCommuns().Montrer(w, r, "accessibilite.html", &p)
}

// pageRefus is what erreur.html shows.
type pageRefus struct {
	Page
	Texte    modele.Texte
	Renvoyer *aRenvoyer // what was typed, to be sent again; nil for nothing
}

func montrerRefus(w http.ResponseWriter, r *http.Request, refus *Refus) error {
	p := &pageRefus{NouvellePage(r, refus.Titre), refus.Texte, requeteDe(r.Context()).aRenvoyer(r, refus.Etat)}
	if p.Fige = p.Renvoyer != nil; refus.Etat == http.StatusNotFound {
		p.chemin = r.URL // what is not there has no other page
	}
	return gabaritsCommuns().MontrerEtat(w, r, refus.Etat, "erreur.html", p)
}
