package compte

import (
	"net/http"
	"strings"

	"guichet/internal/portail/web"
)

// Routes lists the pages of accounts.
func (s *Service) Routes() []web.Route {
	routes := []web.Route{
		{Motif: "GET /connexion", Acces: web.Public, Servir: s.montrerConnexion},
		{Motif: "POST /connexion", Acces: web.Public, Servir: s.connecter},
		{Motif: "GET /connexion/code", Acces: web.Public, Servir: s.montrerCode(false)},
		{Motif: "POST /connexion/code", Acces: web.Public, Servir: s.verifierCode(false)},
		{Motif: "GET /connexion/secours", Acces: web.Public, Servir: s.montrerCode(true)},
		{Motif: "POST /connexion/secours", Acces: web.Public, Servir: s.verifierCode(true)},
		{Motif: "GET /connexion/agence", Acces: web.Public, Servir: s.partirFederer},
		{Motif: "GET " + CheminRetour, Acces: web.Public, Servir: s.revenirFederer},
		{Motif: "POST " + CheminFin, Acces: web.Public, Servir: s.finirFederation},
		{Motif: "POST /deconnexion", Acces: web.Public, Servir: s.deconnecter},
		{Motif: "GET /mot-de-passe-oublie", Acces: web.Public, Servir: s.montrerOubli},
		{Motif: "POST /mot-de-passe-oublie", Acces: web.Public, Servir: s.oublier},
		{Motif: "GET /mot-de-passe-oublie/envoye", Acces: web.Public, Servir: s.montrerOubliEnvoye},
		{Motif: "GET /ouverture/{lien}", Acces: web.Public, Servir: s.montrerOuverture},
		{Motif: "POST /ouverture/{lien}", Acces: web.Public, Servir: s.ouvrir},

		{Motif: "POST /ouverture/{lien}/refus", Acces: web.Public, Page: "/ouverture/{lien}", Servir: s.declinerLien},

		{Motif: "GET /invitations", Acces: web.Connecte, Servir: s.montrerInvitations},
		{Motif: "POST /invitations/{fournisseur}/acceptation", Acces: web.Connecte, Soi: true, Page: "/invitations", Servir: s.repondre(s.Accepter, faitAccepte)},
		{Motif: "POST /invitations/{fournisseur}/refus", Acces: web.Connecte, Soi: true, Page: "/invitations", Servir: s.repondre(s.Decliner, faitDecline)},
		{Motif: "GET /compte", Acces: web.Connecte, Servir: s.montrerCompte},
		{Motif: "POST /compte", Acces: web.Connecte, Soi: true, Servir: s.changerProfil},
		{Motif: "POST /compte/session", Acces: web.Connecte, Soi: true, Page: "/compte", Confirme: true, Servir: s.terminerSession},
		{Motif: "POST /compte/sessions", Acces: web.Connecte, Soi: true, Page: "/compte", Confirme: true, Acte: s.acteAutres, Servir: s.terminerAutres},
		{Motif: "POST /compte/saisie", Acces: web.Connecte, Soi: true, Page: "/compte", Acte: s.acteEffacer, Servir: s.effacer},
		{Motif: "GET /compte/mot-de-passe", Acces: web.Connecte, Confirme: true, Servir: s.montrerMotDePasse},
		{Motif: "POST /compte/mot-de-passe", Acces: web.Connecte, Soi: true, Confirme: true, Servir: s.changerMotDePasse},
		{Motif: "GET /compte/adresse", Acces: web.Connecte, Confirme: true, Servir: s.montrerAdresse},
		{Motif: "POST /compte/adresse", Acces: web.Connecte, Soi: true, Confirme: true, Servir: s.demanderAdresse},
		{Motif: "POST /compte/adresse/abandon", Acces: web.Connecte, Soi: true, Page: "/compte/adresse", Confirme: true, Servir: s.abandonnerAdresse},
		{Motif: "GET /compte/adresse/confirmation/{lien}", Acces: web.Connecte, Confirme: true, Servir: s.montrerNouvelleAdresse},
		{Motif: "POST /compte/adresse/confirmation/{lien}", Acces: web.Connecte, Soi: true, Confirme: true, Servir: s.confirmerAdresse},
		{Motif: "GET /adresse/{lien}", Acces: web.Public, Servir: s.montrerArret},
		{Motif: "POST /adresse/{lien}", Acces: web.Public, Servir: s.arreterAdresse},
		{Motif: "GET /compte/second-facteur", Acces: web.Connecte, Confirme: true, Servir: s.montrerFacteur},
		{Motif: "POST /compte/second-facteur", Acces: web.Connecte, Soi: true, Confirme: true, Servir: s.activerFacteur},
		{Motif: "GET /compte/second-facteur/cle", Acces: web.Connecte, Confirme: true, Servir: s.montrerCle},
		{Motif: "POST /compte/second-facteur/cle", Acces: web.Connecte, Soi: true, Confirme: true, Servir: s.ajouterCle},
		{Motif: "POST /compte/second-facteur/cles/{cle}/retrait", Acces: web.Connecte, Soi: true, Page: "/compte", Confirme: true, Acte: s.acteRetraitCle, Servir: s.retirerCle},
		{Motif: "POST /compte/agence/retrait", Acces: web.Connecte, Soi: true, Page: "/compte", Confirme: true, Acte: s.acteDelier, Servir: s.delier},
		{Motif: "GET /compte/second-facteur/image", Acces: web.Connecte, Confirme: true, Servir: s.montrerImage},
		{Motif: "GET /compte/second-facteur/codes", Acces: web.Connecte, Confirme: true, Servir: s.montrerSecours},
		{Motif: "POST /compte/second-facteur/codes", Acces: web.Connecte, Soi: true, Confirme: true, Servir: s.oublierSecours},
		{Motif: "GET /compte/second-facteur/codes/fichier", Acces: web.Connecte, Confirme: true, Servir: s.donnerSecours},
		{Motif: "GET /compte/second-facteur/retrait", Acces: web.Connecte, Servir: s.montrerRetrait},
		{Motif: "POST /compte/second-facteur/retrait", Acces: web.Connecte, Soi: true, Servir: s.retirerFacteur},
		{Motif: "GET /compte/second-facteur/secours", Acces: web.Connecte, Confirme: true, Servir: s.montrerRenouveler},
		{Motif: "POST /compte/second-facteur/secours", Acces: web.Connecte, Soi: true, Confirme: true, Servir: s.renouvelerSecours},
		{Motif: "GET /confirmer", Acces: web.Connecte, Servir: s.montrerConfirmer},
		{Motif: "GET /confirmer/agence", Acces: web.Connecte, Servir: s.partirConfirmer},
		{Motif: "POST /confirmer", Acces: web.Connecte, Soi: true, Servir: s.confirmerPuis},
		{Motif: "GET /agir-pour", Acces: web.Connecte, Servir: s.montrerAgirPour},
		{Motif: "POST /agir-pour", Acces: web.Connecte, Soi: true, Servir: s.choisirPour},

		{Motif: "GET /personnes", Acces: web.Connecte, Pour: true, Servir: lecteurs(s.montrerPersonnes)},
		{Motif: "POST /personnes", Acces: web.Connecte, Pour: true, Confirme: true, Servir: chefs(s.inviter)},
		{Motif: "GET /personnes/{compte}", Acces: web.Connecte, Pour: true, Servir: lecteurs(s.montrerPersonne)},
		{Motif: "POST /personnes/{compte}/role", Acces: web.Connecte, Pour: true, Page: "/personnes/{compte}", Confirme: true, Acte: chefsActe(s.acteRole), Servir: chefs(s.surPersonne(faitRole, s.changerRole))},
		{Motif: "POST /personnes/{compte}/retrait", Acces: web.Connecte, Pour: true, Page: "/personnes/{compte}", Confirme: true, Acte: chefsActe(s.acteRetrait), Servir: chefs(s.surPersonne(faitRetrait, s.retirer))},
		{Motif: "POST /personnes/{compte}/relance", Acces: web.Connecte, Pour: true, Page: "/personnes/{compte}", Confirme: true, Servir: chefs(s.surPersonne(faitRelance, s.relancer))},
		{Motif: "GET /personnes/{compte}/second-facteur", Acces: web.Connecte, Pour: true, Confirme: true, Servir: chefs(s.montrerPerdu)},
		{Motif: "POST /personnes/{compte}/second-facteur", Acces: web.Connecte, Pour: true, Confirme: true, Servir: chefs(s.leverPour)},
		{Motif: "GET /fournisseurs/{fournisseur}/personnes", Acces: web.Controle, Servir: s.montrerGens},
		{Motif: "GET /fournisseurs/{fournisseur}/personnes/{compte}/second-facteur", Acces: web.Administrateur, Confirme: true, Servir: s.montrerPerdu},
		{Motif: "POST /fournisseurs/{fournisseur}/personnes/{compte}/second-facteur", Acces: web.Administrateur, Confirme: true, Servir: s.leverPour},
		{Motif: "GET /personnes/{compte}/gestion", Acces: web.Controle, Servir: s.montrerGerer},
		{Motif: "POST /personnes/{compte}/sessions", Acces: web.Administrateur, Page: "/personnes/{compte}/gestion", Confirme: true, Acte: s.acteSessionsDe(), Servir: s.mesurer(faitSessions, s.TerminerSessionsDe)},
		{Motif: "POST /personnes/{compte}/fermeture", Acces: web.Administrateur, Page: "/personnes/{compte}/gestion", Confirme: true, Acte: s.acteFermeture(), Servir: s.mesurer(faitFerme, s.FermerCompte)},
		{Motif: "POST /personnes/{compte}/reouverture", Acces: web.Administrateur, Page: "/personnes/{compte}/gestion", Confirme: true, Servir: s.mesurer(faitRouvert, s.RouvrirCompte)},
		{Motif: "GET /fournisseurs/{fournisseur}/personnes/{compte}/gestion", Acces: web.Controle, Servir: s.montrerGerer},
		{Motif: "POST /fournisseurs/{fournisseur}/personnes/{compte}/sessions", Acces: web.Administrateur, Page: "/fournisseurs/{fournisseur}/personnes/{compte}/gestion", Confirme: true, Acte: s.acteSessionsDe(), Servir: s.mesurer(faitSessions, s.TerminerSessionsDe)},
		{Motif: "POST /fournisseurs/{fournisseur}/personnes/{compte}/fermeture", Acces: web.Administrateur, Page: "/fournisseurs/{fournisseur}/personnes/{compte}/gestion", Confirme: true, Acte: s.acteFermeture(), Servir: s.mesurer(faitFerme, s.FermerCompte)},
		{Motif: "POST /fournisseurs/{fournisseur}/personnes/{compte}/reouverture", Acces: web.Administrateur, Page: "/fournisseurs/{fournisseur}/personnes/{compte}/gestion", Confirme: true, Servir: s.mesurer(faitRouvert, s.RouvrirCompte)},
		{Motif: "POST /fournisseurs/{fournisseur}/personnes/{compte}/proprietaire", Acces: web.Administrateur, Page: "/fournisseurs/{fournisseur}/personnes/{compte}/gestion", Confirme: true, Servir: s.mesurer(faitNomme, s.NommerProprietaire)},
		{Motif: "POST /fournisseurs/{fournisseur}/personnes", Acces: web.Administrateur, Confirme: true, Servir: s.inviterProprietaire},
		{Motif: "GET /mandats", Acces: web.Proprietaire, Servir: s.montrerMandats},
		{Motif: "POST /mandats", Acces: web.Proprietaire, Confirme: true, Servir: s.mandater},
		{Motif: "POST /mandats/{mandat}/revocation", Acces: web.Proprietaire, Page: "/mandats", Confirme: true, Acte: s.acteRevocation, Servir: s.revoquer},
	}
	for i, route := range routes {
		if strings.HasPrefix(route.Motif, "POST ") && route.Motif != "POST "+CheminFin { // no page is to be shown there
			routes[i].Servir = lu(route.Servir)
		}
	}
	return routes
}

// chefs keeps a page for those who decide who else acts, for a supplier or for the agency: to others it does
// not exist.
func chefs(suite web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := estChef(r); err != nil {
			return err
		}
		return suite(w, r)
	}
}

// lecteurs lets those see who else acts for a supplier, or for the agency, who decide on it, and who audits the agency.
func lecteurs(suite web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if i, _ := De(r.Context()); i.Peut(web.Controle) {
			return suite(w, r)
		}
		return chefs(suite)(w, r)
	}
}

// chefsActe is chefs for what such a page asks before it acts.
func chefsActe(acte func(*http.Request) (*web.Acte, error)) func(*http.Request) (*web.Acte, error) {
	return func(r *http.Request) (*web.Acte, error) {
		if err := estChef(r); err != nil {
			return nil, err
		}
		return acte(r)
	}
}

func estChef(r *http.Request) error {
	i, _ := De(r.Context())
	if i.Role.Comprend(chef(i.Fournisseur)) {
		return nil
	}
	web.Tracer(r.Context(), web.Trace{Genre: "acces.refuse", Objet: r.Pattern})
	return introuvable(ErrMembre)
}
