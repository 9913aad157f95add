package enrolement

import (
	"guichet/internal/portail/web"
	"guichet/piece"
)

// maxCorps is the body of a form with one document.
var maxCorps = piece.Accepter.MaxOctets + 64<<10

// Routes lists the pages of enrolment.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /enrolement", Acces: web.Public, Servir: s.montrerAccueil},
		{Motif: "POST /enrolement", Acces: web.Public, Servir: s.commencer},
		{Motif: "GET /enrolement/lien/{lien}", Acces: web.Public, Servir: s.reprendre},
		{Motif: "POST /enrolement/lien/{lien}", Acces: web.Public, Servir: s.reprendre},
		{Motif: "GET /enrolement/entreprise", Acces: web.Public, Servir: s.montrerEntreprise},
		{Motif: "POST /enrolement/entreprise", Acces: web.Public, Servir: s.noterEntreprise},
		{Motif: "GET /enrolement/contact", Acces: web.Public, Servir: s.montrerContact},
		{Motif: "POST /enrolement/contact", Acces: web.Public, Servir: s.noterContact},
		{Motif: "GET /enrolement/logiciels", Acces: web.Public, Servir: s.montrerLogiciels},
		{Motif: "POST /enrolement/logiciels", Acces: web.Public, Servir: s.ajouterLogiciel},
		{Motif: "POST /enrolement/logiciels/retrait", Acces: web.Public, Page: "/enrolement/logiciels", Acte: s.acteLogiciel, Servir: s.retirerLogiciel},
		{Motif: "GET /enrolement/banque", Acces: web.Public, Servir: s.montrerBanque},
		{Motif: "POST /enrolement/banque", Acces: web.Public, Servir: s.noterBanque},
		{Motif: "GET /enrolement/pieces", Acces: web.Public, Servir: s.montrerPieces},
		{Motif: "POST /enrolement/pieces/{genre}", Acces: web.Public, Page: "/enrolement/pieces", Servir: s.joindre, Corps: maxCorps},
		{Motif: "GET /enrolement/verification", Acces: web.Public, Servir: s.montrerVerification},
		{Motif: "POST /enrolement/verification", Acces: web.Public, Servir: s.envoyer},
		{Motif: "GET /enrolement/abandon", Acces: web.Public, Servir: s.montrerAbandon},
		{Motif: "POST /enrolement/abandon", Acces: web.Public, Servir: s.abandonner},
		{Motif: "POST /enrolement/depart", Acces: web.Public, Page: "/enrolement", Servir: s.quitter},
		{Motif: "GET /enrolement/suivi", Acces: web.Public, Servir: s.montrerSuivi},

		{Motif: "GET /enrolements", Acces: web.Controle, Servir: s.montrerListe},
		{Motif: "GET /enrolements/{enrolement}", Acces: web.Controle, Servir: s.montrerExamen},
		{Motif: "POST /enrolements/{enrolement}", Acces: web.Administrateur, Acte: s.acteDecision, Servir: s.decider},
		{Motif: "POST /enrolements/{enrolement}/iban", Acces: web.Administrateur, Page: "/enrolements/{enrolement}", Servir: s.afficherIBAN},
		{Motif: "GET /enrolements/{enrolement}/pieces/{piece}", Acces: web.Controle, Servir: s.servirPiece},
		{Motif: "GET /fournisseurs/{fournisseur}", Acces: web.Controle, Servir: s.montrerFournisseur},
		{Motif: "POST /fournisseurs/{fournisseur}", Acces: web.Administrateur, Acte: s.acteSuspension, Servir: s.changerFournisseur},

		{Motif: "GET /entreprise", Acces: web.Lecteur, Servir: s.montrerMonEntreprise},
		{Motif: "GET /entreprise/logiciel", Acces: web.Proprietaire, Servir: s.montrerNouveau(Ajout)},
		{Motif: "POST /entreprise/logiciel", Acces: web.Proprietaire, Servir: s.demanderNouveau(Ajout), Corps: maxCorps},
		{Motif: "GET /entreprise/banque", Acces: web.Proprietaire, Confirme: true, Servir: s.montrerNouveau(Virement)},
		{Motif: "POST /entreprise/banque", Acces: web.Proprietaire, Confirme: true, Servir: s.demanderNouveau(Virement), Corps: maxCorps},
	}
}
