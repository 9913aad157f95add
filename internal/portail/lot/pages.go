package lot

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages) })

// Titre names the lots.
var Titre = modele.Texte{Fr: "Lots", En: "Batches"}

const (
	adresseLots    = "/lots"
	adresseNouveau = "/lots/nouveau"
)

var (
	filTravail = web.Lien{Nom: instruction.Titre, Adresse: "/travail"}
	filLots    = web.Lien{Nom: Titre, Adresse: adresseLots}
)

// Routes lists the pages of lots. All people of the agency may read them.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET " + adresseLots, Acces: web.Agent, Servir: s.montrerLots},
		{Motif: "GET " + adresseNouveau, Acces: web.Agent, Servir: s.montrerNouveau},
		{Motif: "POST /lots/nouveau/propositions", Acces: web.Instructeur, Page: adresseNouveau, Servir: s.preparerLot},
		{Motif: "POST /lots/nouveau/decisions", Acces: web.Valideur, Page: adresseNouveau, Servir: s.preparerLot},
		{Motif: "GET /lots/{lot}", Acces: web.Agent, Servir: s.montrerLot},
		{Motif: "GET /lots/{lot}/attente", Acces: web.Agent, Servir: s.attendre},
		{Motif: "GET /export/lots/{lot}/{format}", Acces: web.Agent, Servir: s.exporter},
		{Motif: "POST /lots/{lot}/confirmer", Acces: web.Agent, Page: "/lots/{lot}", Servir: s.agir(s.Confirmer, modele.Texte{Fr: "Le lot est confirmé.", En: "The batch is confirmed."})},
		{Motif: "POST /lots/{lot}/arreter", Acces: web.Agent, Page: "/lots/{lot}", Servir: s.agir(s.Arreter, modele.Texte{Fr: "Le lot est arrêté. Ce qui est fait reste fait.", En: "The batch is stopped. What is done stays done."})},
	}
}

// moi is the person of the agency who makes a request.
func moi(r *http.Request) instruction.Agent {
	i, _ := compte.De(r.Context())
	return instruction.Agent{Compte: i.Compte, Nom: i.Nom, Roles: i.Fonctions()}
}

// lotDe is the lot that an address names.
func (s *Service) lotDe(r *http.Request) (*Lot, error) {
	id, err := strconv.ParseInt(r.PathValue("lot"), 10, 64)
	if err != nil {
		return nil, web.Introuvable
	}
	l, err := s.Lot(r.Context(), s.Base.Lire(), id)
	if errors.Is(err, ErrInconnu) {
		return nil, fmt.Errorf("%w: %w", web.Introuvable, err)
	}
	return l, err
}

func adresseLot(id int64) string { return adresseLots + "/" + strconv.FormatInt(id, 10) }

// attendre says, to the page of a lot, how many of its demandes are waited for; 0 once there is something new to read.
func (s *Service) attendre(w http.ResponseWriter, r *http.Request) error {
	l, err := s.lotDe(r)
	if err != nil {
		return err
	}
	n := int64(0)
	switch l.Etat {
	case Preparation:
		n = 1
	case EnCours:
		n = max(l.Restent(), 1)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = io.WriteString(w, strconv.FormatInt(n, 10))
	return err
}
