package avis

import (
	"embed"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages, "communs.html") })

// Titre names the list of the opinions that somebody is asked for.
var Titre = modele.Texte{Fr: "Avis qui me sont demandés", En: "Opinions I am asked for"}

const (
	adresseAvis   = "/avis"
	adresseDehors = "/donner-avis"
)

var (
	filTravail = web.Lien{Nom: instruction.Titre, Adresse: "/travail"}
	filAvis    = web.Lien{Nom: Titre, Adresse: adresseAvis}
)

// Routes lists the pages of opinions: of who asks, of who is asked here, and outside.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /travail/{numero}/avis", Acces: web.Agent, Servir: s.montrerDemande},
		{Motif: "POST /travail/{numero}/avis", Acces: web.Instructeur, Servir: s.poserQuestion},
		{Motif: "POST /travail/{numero}/avis/{avis}/retrait", Acces: web.Agent, Page: "/travail/{numero}/avis", Servir: s.retirer},
		{Motif: "GET " + adresseAvis, Acces: web.Agent, Servir: s.montrerListe},
		{Motif: "GET " + adresseAvis + "/{avis}", Acces: web.Agent, Servir: s.montrerRendre},
		{Motif: "POST " + adresseAvis + "/{avis}", Acces: web.Agent, Servir: s.donner},
		{Motif: "GET " + adresseDehors + "/{lien}", Acces: web.Public, Servir: s.montrerDehors},
		{Motif: "POST " + adresseDehors + "/{lien}", Acces: web.Public, Servir: s.donnerDehors},
		{Motif: "GET " + adresseDehors + "/{lien}/pieces/{type}", Acces: web.Public, Servir: s.servirDehors},
	}
}

func qui(r *http.Request) compte.Identite {
	i, _ := compte.De(r.Context())
	return i
}

// moi is the person of the agency who makes a request.
func moi(r *http.Request) instruction.Agent {
	i := qui(r)
	return instruction.Agent{Compte: i.Compte, Nom: i.Nom, Roles: i.Fonctions()}
}

func introuvable(err error) error {
	if errors.Is(err, ErrInconnu) || errors.Is(err, instruction.ErrInconnu) {
		return fmt.Errorf("%w: %w", web.Introuvable, err)
	}
	return err
}

// refuse tells a refusal on the page of its form; false for another error.
func refuse(p *web.Page, err error) bool {
	var refus *instruction.Refus
	if !errors.As(err, &refus) {
		return false
	}
	p.Refuser("", refus.Texte.Fr, refus.Texte.En)
	return true
}

// champsReponse reads the answer of a form.
func champsReponse(p *web.Page) Reponse {
	return Reponse{Decline: p.Valeur("faire") == "decliner", Sens: Sens(p.Valeur("sens")), Texte: p.AuPlus("texte", MaxTexte, modele.Texte{Fr: "le texte", En: "the text"})}
}

// choixSens are what an opinion may come to.
func choixSens(p *web.Page) (choix []web.Choix) {
	for _, x := range lesSens {
		choix = append(choix, web.Choix{Valeur: string(x.Sens), Libelle: p.Tx(x.Nom)})
	}
	return choix
}
