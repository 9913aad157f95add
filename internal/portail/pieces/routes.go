package pieces

import (
	"embed"
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var pages = web.Gabarits(fichiersPages, "communs.html")

// maxEnvoi bounds what one form may bring: ten archives.
var maxEnvoi = 10 * MaxArchive

// Routes are the ways in.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /depots/{depot}/pieces", Acces: web.Lecteur, Servir: s.montrer},
		{Motif: "POST /depots/{depot}/pieces", Acces: web.Deposant, Servir: s.envoyer, Corps: sansBorne},
		{Motif: "PUT /depots/{depot}/pieces/{nom}", Acces: web.Deposant, Servir: s.poser, Corps: sansBorne},
		{Motif: "GET /depots/{depot}/pieces/{rang}/{type}", Acces: web.Lecteur, Servir: s.voir},
		{Motif: "GET /depots/{depot}/pieces/{rang}/{type}/fichier", Acces: web.Lecteur, Servir: s.fichier},
		{Motif: "GET /incompletes", Acces: web.Lecteur, Servir: s.listerIncompletes},
	}
}

// sansBorne leaves it to the handlers to refuse a body that announces too much, in words of their own.
const sansBorne = 1 << 40

// AdressePieces is the page of a deposit's documents.
func (s *Service) AdressePieces(depot int64) string { return "/depots/" + s.ImpID(depot) + "/pieces" }

// AdressePiece is the page of one document.
func (s *Service) AdressePiece(depot int64, p Piece) string {
	return s.AdressePieces(depot) + "/" + strconv.Itoa(p.Rang) + "/" + p.Type
}

// qui returns for whom a request is made, and the deposit that its address names.
func (s *Service) qui(r *http.Request) (i compte.Identite, depot int64, err error) {
	i, ok := compte.De(r.Context())
	depot, connu := s.LireImpID(r.PathValue("depot"))
	if !ok || !connu {
		return i, 0, web.Introuvable
	}
	return i, depot, nil
}

func reponse(err error) error {
	var refus Refuse
	switch {
	case errors.Is(err, ErrInconnu):
		return web.Introuvable
	case errors.As(err, &refus):
		return &web.Refus{Etat: http.StatusUnprocessableEntity, Titre: modele.Texte{Fr: "Pièces refusées", En: "Documents refused"}, Texte: refus.Texte}
	}
	return err
}

// trop refuses a body before it is read.
func trop(fr, en string) error {
	return &web.Refus{
		Etat:  http.StatusRequestEntityTooLarge,
		Titre: modele.Texte{Fr: "Envoi trop volumineux", En: "Too large"},
		Texte: modele.Texte{Fr: fr, En: en},
	}
}

func (s *Service) fil(depot int64) []web.Lien {
	id := s.ImpID(depot)
	return []web.Lien{{Nom: modele.Texte{Fr: "Dépôt " + id, En: "Deposit " + id}, Adresse: s.AdresseDepot(depot)}}
}

func entier(texte string) int {
	n, err := strconv.Atoi(texte)
	if err != nil || n < 0 {
		return -1
	}
	return n
}
