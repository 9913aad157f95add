package instruction

import (
	"embed"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages, "communs.html") })

// Titre names the queue.
var Titre = modele.Texte{Fr: "Travail", En: "Work"}

var filTravail = web.Lien{Nom: Titre, Adresse: adresseTravail}

const adresseTravail = "/travail"

// Routes lists the pages of those who examine and decide. All people of the agency may read them.
func (s *Service) Routes() []web.Route {
	acte := func(nom string, acces web.Acces, faire func(acte) error, dit modele.Texte) web.Route {
		reste := slices.Contains([]string{"prise", "fiche", "note", "rappel", "attente-finie"}, nom)
		return web.Route{Motif: "POST /travail/{numero}/" + nom, Acces: acces, Page: "/travail/{numero}", Servir: s.agir(nom, faire, reste, dit)}
	}
	return []web.Route{
		{Motif: "GET /travail", Acces: web.Agent, Servir: s.montrerFile},
		{Motif: "GET /travail/touches", Acces: web.Agent, Servir: s.montrerTouches},
		{Motif: "POST /suivante", Acces: web.Instructeur, Page: adresseTravail, Servir: s.prendreSuivante},
		{Motif: "POST /filtres", Acces: web.Agent, Page: adresseTravail, Servir: s.garderFiltre},
		{Motif: "GET /export/travail/{format}", Acces: web.Agent, Servir: s.exporter},
		{Motif: "GET " + adresseIncompletes, Acces: web.Agent, Servir: s.montrerIncompletes},
		{Motif: "GET /travail/{numero}", Acces: web.Agent, Servir: s.montrerFeuille},
		{Motif: "GET /travail/{numero}/pieces/{type}/fichier", Acces: web.Agent, Servir: s.servirPiece},
		acte("prise", web.Instructeur, s.faitPrise, modele.Texte{Fr: "Vous tenez cette demande.", En: "You hold this request."}),
		acte("rendue", web.Instructeur, s.faitRendue, modele.Texte{Fr: "La demande est rendue à la file.", En: "The request is back in the queue."}),
		acte("confiee", web.Instructeur, s.faitConfiee, modele.Texte{Fr: "La demande est confiée.", En: "The request is handed over."}),
		acte("attente", web.Instructeur, s.faitAttente, modele.Texte{Fr: "La demande attend ; elle reviendra d'elle-même.", En: "The request waits; it will come back by itself."}),
		acte("attente-finie", web.Instructeur, s.faitAttenteFinie, modele.Texte{Fr: "La demande n'attend plus.", En: "The request waits no longer."}),
		acte("fiche", web.Instructeur, s.faitFiche, modele.Texte{Fr: "La fiche est enregistrée.", En: "The sheet is saved."}),
		acte("note", web.Agent, s.faitNote, modele.Texte{Fr: "La note est enregistrée.", En: "The note is saved."}),
		acte("modification", web.Instructeur, s.faitModification, modele.Texte{Fr: "La modification est demandée au fournisseur.", En: "The change is asked of the supplier."}),
		acte("rappel", web.Instructeur, s.faitRappel, modele.Texte{Fr: "La demande de modification est reprise.", En: "What was asked for is taken back."}),
		acte("refus", web.Instructeur, s.faitRefus, modele.Texte{Fr: "Le refus est proposé.", En: "The refusal is proposed."}),
		acte("refus-sans-pieces", web.Instructeur, s.faitRefusSansPieces, modele.Texte{Fr: "Le refus est proposé.", En: "The refusal is proposed."}),
		acte("renvoi", web.Valideur, s.faitRenvoi, modele.Texte{Fr: "La proposition est renvoyée à l'instruction.", En: "The proposal is sent back."}),
		acte("decision", web.Valideur, s.faitDecision, modele.Texte{Fr: "C'est décidé ; le fournisseur le saura une fois le délai de reprise passé.", En: "It is decided; the supplier is told once the time to take it back has passed."}),
		acte("reprise", web.Valideur, s.faitReprise, modele.Texte{Fr: "La décision est reprise ; le fournisseur n'en a rien su.", En: "The decision is taken back; the supplier was told nothing."}),
		acte("reouverture", web.Valideur, s.faitReouverture, modele.Texte{Fr: "La demande est rouverte.", En: "The request is open again."}),
		{Motif: "GET /absence", Acces: web.Agent, Servir: s.montrerAbsence},
		{Motif: "POST /absence", Acces: web.Agent, Page: "/absence", Servir: s.confierTout},
	}
}

// moi is the person of the agency who makes a request.
func moi(r *http.Request) Agent {
	i, _ := compte.De(r.Context())
	return Agent{Compte: i.Compte, Nom: i.Nom, Roles: i.Fonctions()}
}

// cleDe is the demande that an address names.
func (s *Service) cleDe(r *http.Request) (etat.Cle, error) {
	depot, rang, ok := s.LireNumeroASP(r.PathValue("numero"))
	if !ok {
		return etat.Cle{}, web.Introuvable
	}
	return etat.Cle{Depot: depot, Rang: rang}, nil
}

func introuvable(err error) error {
	if errors.Is(err, ErrInconnu) {
		return fmt.Errorf("%w: %w", web.Introuvable, err)
	}
	return err
}

func adresseDossier(numero string) string { return adresseTravail + "/" + numero }

func entier(t string) int64 {
	n, _ := strconv.ParseInt(t, 10, 64) // what is no number finds nothing
	return n
}
