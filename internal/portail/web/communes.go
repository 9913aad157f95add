package web

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"
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
	return Gabarits(pages, "communs.html")
})

// communes are the pages of the site itself.
func communes() []Route {
	return []Route{
		{Motif: "GET /accessibilite", Acces: Public, Servir: montrerAccessibilite},
		{Motif: "GET /mentions-legales", Acces: Public, Servir: montrerTexte(titreMentions, "mentions.html", func(s *Site) string { return s.Textes.Mentions })},
		{Motif: "GET /donnees-personnelles", Acces: Public, Servir: montrerTexte(titreDonnees, "donnees.html", func(s *Site) string { return s.Textes.Donnees })},
	}
}

// Textes are what the agency says on the pages of the foot; "" for what the counter says by itself.
type Textes struct{ Mentions, Donnees, Accessibilite string }

var (
	titreMentions = modele.Texte{Fr: "Mentions légales", En: "Legal notice"}
	titreDonnees  = modele.Texte{Fr: "Données personnelles", En: "Personal data"}
)

// pageTexte shows a text of the agency, or what stands in its place.
type pageTexte struct {
	Page
	Blocs []Bloc
}

// Bloc is a heading, or a paragraph by its lines.
type Bloc struct {
	Titre  string
	Lignes []string
}

// enBlocs reads a text: blank lines part paragraphs, and a line that begins with # is a heading.
func enBlocs(texte string) (blocs []Bloc) {
	for bloc := range strings.SplitSeq(strings.ReplaceAll(texte, "\r\n", "\n"), "\n\n") {
		var b Bloc
		for ligne := range strings.SplitSeq(strings.TrimSpace(bloc), "\n") {
			if t, titre := strings.CutPrefix(ligne, "#"); titre {
				blocs = append(blocs, Bloc{Titre: strings.TrimSpace(strings.TrimLeft(t, "#"))})
			} else if ligne = strings.TrimSpace(ligne); ligne != "" {
				b.Lignes = append(b.Lignes, ligne)
			}
		}
		if len(b.Lignes) > 0 {
			blocs = append(blocs, b)
		}
	}
	return blocs
}

func montrerTexte(titre modele.Texte, nom string, texte func(*Site) string) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p := &pageTexte{NouvellePage(r, titre), enBlocs(texte(requeteDe(r.Context()).site))}
		return gabaritsCommuns().Montrer(w, r, nom, p)
	}
}

var titreAccessibilite = modele.Texte{Fr: "Accessibilité", En: "Accessibility"}

func montrerAccessibilite(w http.ResponseWriter, r *http.Request) error {
	p := &pageTexte{NouvellePage(r, titreAccessibilite), enBlocs(requeteDe(r.Context()).site.Textes.Accessibilite)}
	return gabaritsCommuns().Montrer(w, r, "accessibilite.html", p)
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
		p.chemin, p.absente = r.URL, true // what is not there has no other page
	}
	return gabaritsCommuns().MontrerEtat(w, r, refus.Etat, "erreur.html", p)
}
