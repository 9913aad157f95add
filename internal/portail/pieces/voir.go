package pieces

import (
	"net/http"
	"strings"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageVoir is what voir.html shows.
type pageVoir struct {
	web.Page
	Piece   lignePiece
	Fichier string // address of the bytes
	Genre   string // their type
}

var genres = map[string]string{"PDF": "application/pdf", "PNG": "image/png", "JPG": "image/jpeg"}

// voir shows one document in its page.
func (s *Service) voir(w http.ResponseWriter, r *http.Request) error {
	i, depot, err := s.qui(r)
	if err != nil {
		return err
	}
	rang := entier(r.PathValue("rang"))
	if rang < 0 {
		return web.Introuvable
	}
	toutes, err := s.Pieces(r.Context(), i.Fournisseur, depot, rang)
	if err != nil {
		return reponse(err)
	}
	for _, u := range toutes {
		if u.Type != r.PathValue("type") || u.Etat != Recue {
			continue
		}
		p := &pageVoir{Page: web.NouvellePage(r, modele.Texte{Fr: u.Attendu, En: u.Attendu}, s.fil(depot)...), Piece: s.ligne(depot, u), Genre: genres[u.Format]}
		p.Fil = append(p.Fil, web.Lien{Nom: modele.Texte{Fr: "Pièces", En: "Documents"}, Adresse: s.AdressePieces(depot)})
		p.Cadre, p.Fichier = true, p.Piece.Adresse+"/fichier"
		return pages().Montrer(w, r, "voir.html", p)
	}
	return web.Introuvable
}

// fichier gives the bytes of a document: in its page's frame, or to keep (?garder=1).
func (s *Service) fichier(w http.ResponseWriter, r *http.Request) error {
	i, depot, err := s.qui(r)
	if err != nil {
		return err
	}
	rang := entier(r.PathValue("rang"))
	if rang < 0 {
		return web.Introuvable
	}
	p, f, err := s.Ouvrir(r.Context(), i.Fournisseur, depot, rang, r.PathValue("type"))
	if err != nil {
		return reponse(err)
	}
	defer f.Close()
	nom := p.Nom[strings.LastIndexByte(p.Nom, '/')+1:]
	web.FichierRecu(w.Header(), genres[p.Format], nom)
	if r.URL.Query().Get("garder") != "" {
		web.Telechargement(w.Header(), genres[p.Format], nom)
	}
	http.ServeContent(w, r, "", p.Recu, f)
	return nil
}
