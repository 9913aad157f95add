package pieces_test

import (
	"net/url"
	"strconv"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db/essai"
	webessai "guichet/internal/portail/web/essai"
)

// Each route of the documents tells that it failed, whichever step of it fails, and leaves nothing then; a route without its line here fails
// the test.
func TestPagesTellFailures(t *testing.T) {
	t.Parallel()
	f := nouveauFragile(t)
	toutes := completes(t)
	f.envoyer(t, "un.zip", zipper(t, toutes[0], entree{"inconnu.pdf", pdf("?")}))
	f.envoyer(t, "deux.zip", zipper(t, toutes[0], entree{toutes[1].nom, []byte("x")}))
	lot := f.envoyer(t, "lot.zip", zipper(t, entree{"bon A0003.png", pngDe(t)}))
	site := f.pages(f.fournisseur, compte.Deposant)
	g := &webessai.Gestes{T: t, Routes: f.Routes()}
	for _, chemin := range []string{f.chemin(), f.chemin() + "?de=1", f.chemin() + "/examen", f.chemin() + "/0/BON_COMMANDE", f.chemin() + "/0/BON_COMMANDE/fichier", "/incompletes", "/incompletes?apres=1"} {
		g.Lire(site, chemin)
	}
	g.Joindre(site, f.chemin(), nil, webessai.Fichier{Champ: "archives", Nom: "trois.zip", Contenu: zipper(t, toutes[2])})
	g.Joindre(site, f.chemin(), nil, webessai.Fichier{Champ: "document-1-PREUVE_HT", Nom: "preuve.jpg", Contenu: jpg(t)})
	g.Joindre(site, f.chemin()+"/1/BON_COMMANDE", nil, webessai.Fichier{Champ: "document", Nom: "bon.pdf", Contenu: pdf("2")})
	g.Poser(site, f.chemin()+"/quatre.zip", zipper(t, toutes[4]))
	g.Poster(site, f.chemin()+"/ecartees", url.Values{"archive": {strconv.FormatInt(lot.ID, 10)}, "ordre": {"1"}, "place": {"2/BON_COMMANDE"}})
	g.Pannes(nil, func(g webessai.Geste, faire func() error) {
		f.panne.Chaque(t, f.base, essai.Acte{Nom: g.Motif, Faire: faire, Malgre: malgre, Aussi: f.stable(t)})
		f.taches = nil
	})
}
