package pieces

import (
	"embed"
	"errors"
	"net/http"
	"strconv"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var pages = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages, "communs.html") })

// MaxEnvoi bounds what one form may bring: ten archives.
var MaxEnvoi = 10 * MaxArchive

// enveloppe is what a form weighs beside its files, in bytes.
const enveloppe = 64 << 10

// Routes are the ways in.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /depots/{depot}/pieces", Acces: web.Lecteur, Servir: s.montrer},
		{Motif: "POST /depots/{depot}/pieces", Acces: web.Deposant, Servir: s.envoyer, Corps: MaxEnvoi + enveloppe, Trop: dixArchives},
		{Motif: "POST /depots/{depot}/pieces/ecartees", Acces: web.Deposant, Page: "/depots/{depot}/pieces", Servir: s.donner},
		{Motif: "GET /depots/{depot}/pieces/examen", Acces: web.Lecteur, Servir: s.attendre},
		{Motif: "PUT /depots/{depot}/pieces/{nom}", Acces: web.Deposant, Servir: s.poser, Corps: MaxArchive, Trop: uneArchive},
		{Motif: "GET /depots/{depot}/pieces/{rang}/{type}", Acces: web.Lecteur, Servir: s.voir},
		{Motif: "POST /depots/{depot}/pieces/{rang}/{type}", Acces: web.Deposant, Servir: s.envoyerUne, Corps: maxUne, Trop: uneSeule},
		{Motif: "GET /depots/{depot}/pieces/{rang}/{type}/fichier", Acces: web.Lecteur, Servir: s.fichier},
		{Motif: "GET /incompletes", Acces: web.Lecteur, Servir: s.listerIncompletes},
	}
}

// maxUne bounds the form of a single document; whether it is too large for one is found by its examination.
const maxUne = 32 << 20

var (
	uneSeule = modele.Texte{
		Fr: "Ce document pèse bien plus de 3 Mo, la taille acceptée. Rien n'en est gardé. Réduisez-le, puis recommencez.",
		En: "This document weighs far more than 3 MB, the size that is accepted. Nothing of it is kept. Make it smaller, then try again.",
	}
	dixArchives = modele.Texte{
		Fr: "L'envoi dépasse dix archives de 200 Mo. Envoyez-les en plusieurs fois.",
		En: "What was sent is over ten archives of 200 MB. Send them in several goes.",
	}
	uneArchive = modele.Texte{
		Fr: "Ce fichier pèse plus de 200 Mo, la taille acceptée. Rien n'en est gardé. Répartissez les documents en plusieurs archives.",
		En: "This file weighs more than 200 MB, the size that is accepted. Nothing of it is kept. Share the documents out among several archives.",
	}
)

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

func (s *Service) fil(depot int64) []web.Lien {
	id := s.ImpID(depot)
	return []web.Lien{{Nom: modele.Texte{Fr: "Dépôts", En: "Deposits"}, Adresse: "/depots"}, {Nom: modele.Texte{Fr: "Dépôt " + id, En: "Deposit " + id}, Adresse: s.AdresseDepot(depot)}}
}

func entier(texte string) int {
	n, err := strconv.Atoi(texte)
	if err != nil || n < 0 {
		return -1
	}
	return n
}
