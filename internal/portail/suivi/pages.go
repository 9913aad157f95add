package suivi

import (
	"embed"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages, "communs.html") })

// Routes lists the pages of the follow-up. Those that the agency sees too are open to whoever has signed in, and
// look at who it is.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /accueil", Acces: web.Connecte, Pour: true, Servir: s.accueillir},
		{Motif: "GET /demandes", Acces: web.Connecte, Pour: true, Servir: s.lister},
		{Motif: "GET /export/demandes/{format}", Acces: web.Connecte, Pour: true, Servir: s.exporter},
		{Motif: "GET /demandes/{numero}", Acces: web.Connecte, Pour: true, Servir: s.montrer},
		{Motif: "POST /demandes/{numero}/reponse", Acces: web.Deposant, Page: "/demandes/{numero}", Servir: s.rendre},
		{Motif: "GET /demandes/{numero}/retrait", Acces: web.Deposant, Servir: s.preparerRetrait},
		{Motif: "POST /demandes/{numero}/retrait", Acces: web.Deposant, Acte: s.acteRetrait, Servir: s.retirer},
		{Motif: "GET /messages", Acces: web.Connecte, Pour: true, Servir: s.listerFils},
		{Motif: "GET /messages/nouveau", Acces: web.Connecte, Pour: true, Servir: s.preparerMessage},
		{Motif: "POST /messages/nouveau", Acces: web.Connecte, Pour: true, Servir: s.ouvrirFil, Corps: maxEnvoi},
		{Motif: "GET /messages/{fil}", Acces: web.Connecte, Pour: true, Servir: s.montrerFil},
		{Motif: "POST /messages/{fil}", Acces: web.Connecte, Pour: true, Servir: s.repondre, Corps: maxEnvoi},
		{Motif: "GET /messages/{fil}/pieces/{ordre}", Acces: web.Connecte, Pour: true, Servir: s.montrerPiece},
	}
}

// qui is who makes a request, once it is known for whom: others are told that there is nothing.
func qui(r *http.Request) (compte.Identite, error) {
	i, ok := compte.De(r.Context())
	if !ok || i.Role == "" || (i.Fournisseur == compte.Agence) != i.DeAgence() {
		return i, web.Introuvable
	}
	return i, nil
}

// ecrivain is who writes a message: a reader does not.
func ecrivain(r *http.Request) (compte.Identite, error) {
	i, err := qui(r)
	if err == nil && !i.Correspond() {
		return i, web.Introuvable
	}
	return i, err
}

func peutEcrire(i compte.Identite) bool {
	return i.DeAgence() && i.Correspond() || i.Peut(web.Deposant)
}

// demandeDe finds the demande that an address names, if the person may see it.
func (s *Service) demandeDe(r *http.Request, i compte.Identite, numero string) (*Demande, error) {
	depot, rang, ok := s.LireNumeroASP(numero)
	if !ok {
		return nil, web.Introuvable
	}
	d, err := s.Demande(r.Context(), i.Fournisseur, Cle{Depot: depot, Rang: rang})
	return d, introuvable(err)
}

// introuvable has what a person may not see, and what is not there, answered alike.
func introuvable(err error) error {
	if errors.Is(err, ErrInconnue) {
		return fmt.Errorf("%w: %w", web.Introuvable, err)
	}
	return err
}

// EnLignes is a text as it was typed, line by line.
func (*pageFil) EnLignes(texte string) []string { return ecrit.Lignes(texte) }

// EnLignes is a text as it was typed, line by line.
func (*pageDemande) EnLignes(texte string) []string { return ecrit.Lignes(texte) }

// EnLignes is a text as it was typed, line by line.
func (*pageRetrait) EnLignes(texte string) []string { return ecrit.Lignes(texte) }
