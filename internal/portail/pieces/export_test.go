package pieces

import "guichet/internal/portail/web"

// Pages are the templates, and UnePageDeChaque the struct of each.
var Pages = pages()

func UnePageDeChaque() map[string]web.UnePage {
	return map[string]web.UnePage{"montrer.html": &pagePieces{}, "voir.html": &pageVoir{}, "lister.html": &pageIncompletes{}}
}
