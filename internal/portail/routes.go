package portail

import (
	"slices"

	"guichet/internal/portail/bilan"
	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/registres"
	"guichet/internal/portail/traces"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// routes lists all ways in.
func (p *Portail) routes() []web.Route {
	return slices.Concat(
		[]web.Route{
			{Motif: "GET /{$}", Acces: web.Public, Servir: p.accueil},
			{Motif: "GET /healthz", Acces: web.Public, Servir: p.sante},
			{Motif: "GET /metrics", Acces: web.Public, Servir: p.mesures},
			{Motif: "GET /travaux", Acces: web.Controle, Servir: p.montrerTravaux},
			{Motif: "POST /travaux/{travail}", Acces: web.Administrateur, Page: "/travaux", Servir: p.reprendreTravail},
		},
		p.comptes.Routes(),
		p.enrole.Routes(),
		p.depots.Routes(),
		p.recues.Routes(),
		p.suivis.Routes(),
		p.charges.Routes(),
		p.examens.Routes(),
		p.decisions.Routes(),
		p.lots.Routes(),
		p.bilan.Routes(),
		p.livres.Routes(),
		p.lettres.Routes(),
		p.courriers.Routes(),
		p.avis.Routes(),
		p.entendus.Routes(),
		p.traces.Routes(),
	)
}

// menu lists the pages that a person sees at the head of each page, by role: those of every day, and those about the company or
// the agency.
func menu(i compte.Identite) (tous, chez []web.Lien) {
	tous = []web.Lien{{Nom: modele.Texte{Fr: "Accueil", En: "Home"}, Adresse: "/accueil"}}
	if i.Peut(web.Deposant) {
		tous = append(tous, web.Lien{Nom: modele.Texte{Fr: "Déposer", En: "Deposit"}, Adresse: "/deposer"})
	}
	if i.Peut(web.Lecteur) {
		tous = append(tous, web.Lien{Nom: modele.Texte{Fr: "Dépôts", En: "Deposits"}, Adresse: "/depots"})
		chez = append(chez, web.Lien{Nom: modele.Texte{Fr: "Mon entreprise", En: "My company"}, Adresse: "/entreprise"}, web.Lien{Nom: lettre.Titre, Adresse: "/lettres"}, web.Lien{Nom: contradictoire.Titre, Adresse: "/contradictoires"},
			web.Lien{Nom: modele.Texte{Fr: "Demandes incomplètes", En: "Incomplete requests"}, Adresse: "/incompletes"})
	}
	if i.Peut(web.Controle) {
		tous = append(tous, web.Lien{Nom: modele.Texte{Fr: "Enrôlements", En: "Enrolments"}, Adresse: "/enrolements"})
		chez = append(chez, web.Lien{Nom: lettre.TitreModeles, Adresse: "/modeles"}, web.Lien{Nom: decision.TitreMotifs, Adresse: "/motifs"}, web.Lien{Nom: registres.Titre, Adresse: "/referentiels"}, web.Lien{Nom: titreTravaux, Adresse: "/travaux"}, web.Lien{Nom: traces.Titre, Adresse: "/journal"})
	}
	if i.Peut(web.Comptes) {
		chez = append(chez, web.Lien{Nom: comptabilite.Titre, Adresse: "/comptes"})
	}
	if i.Peut(web.Agent) {
		tous = append(tous, web.Lien{Nom: instruction.Titre, Adresse: "/travail"})
		chez = append(chez, web.Lien{Nom: bilan.Titre, Adresse: "/chiffres"}, web.Lien{Nom: modele.Texte{Fr: "Décisions", En: "Decisions"}, Adresse: "/decisions"})
		chez = append(chez, web.Lien{Nom: lettre.Titre, Adresse: "/lettres"}, web.Lien{Nom: contradictoire.Titre, Adresse: "/contradictoires"})
	}
	return append(tous, web.Lien{Nom: modele.Texte{Fr: "Demandes", En: "Requests"}, Adresse: "/demandes"},
		web.Lien{Nom: modele.Texte{Fr: "Messages", En: "Messages"}, Adresse: "/messages"}), chez
}
