package demo

import (
	"errors"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/enrolement"
	"guichet/modele"
)

func logiciel(numero, nom, version string) []enrolement.Logiciel {
	return []enrolement.Logiciel{{NumeroAns: numero, Nom: nom, Version: version, Profils: enrolement.Profils()}}
}

const iban = "FR3630001009990000012345699"

var (
	editeur = enrolement.Dossier{
		SIRET: "00000000100008", RaisonSociale: "ÉDITEUR D'EXEMPLE", Adresse: "1 rue de l'Exemple, 99000 EXEMPLE",
		Contact: "Paula Exemple", Courriel: "proprietaire@editeur.exemple.invalid", Telephone: "+33 1 99 00 10 00",
		Logiciels: logiciel("ANS0000001", "DOSSIER D'EXEMPLE", "V3"), Titulaire: "ÉDITEUR D'EXEMPLE", IBAN: iban, BIC: "EXEMFRPP",
	}
	distributeur = enrolement.Dossier{
		SIRET: "00000000200006", RaisonSociale: "DISTRIBUTEUR D'EXEMPLE", Adresse: "2 rue de l'Exemple, 99000 EXEMPLE",
		Contact: "Basile Exemple", Courriel: "proprietaire@distributeur.exemple.invalid", Telephone: "+33 1 99 00 20 00", Mandate: true,
		Logiciels: logiciel("ANS0000002", "PARCOURS D'EXEMPLE", "2026.1"), Titulaire: "DISTRIBUTEUR D'EXEMPLE", IBAN: iban, BIC: "EXEMFRPP",
	}
	cooperative = enrolement.Dossier{
		SIRET: "00000000300004", RaisonSociale: "COOPÉRATIVE D'EXEMPLE", Adresse: "3 rue de l'Exemple, 99000 EXEMPLE", HorsTVA: true,
		Contact: "Corinne Exemple", Courriel: "contact@cooperative.exemple.invalid", Telephone: "+33 1 99 00 30 00",
		Logiciels: logiciel("ANS0000003", "AGENDA D'EXEMPLE", "V1"), Titulaire: "COOPÉRATIVE D'EXEMPLE", IBAN: iban, BIC: "EXEMFRPP",
	}
	jeunePousse = enrolement.Dossier{
		SIRET: "00000000400002", RaisonSociale: "JEUNE POUSSE D'EXEMPLE", Adresse: "4 rue de l'Exemple, 99000 EXEMPLE",
		Contact: "Jeanne Exemple", Courriel: "contact@jeunepousse.exemple.invalid", Telephone: "+33 1 99 00 40 00",
		Logiciels: logiciel("ANS0000004", "SUIVI D'EXEMPLE", "V1"), Titulaire: "JEUNE POUSSE D'EXEMPLE", IBAN: iban, BIC: "EXEMFRPP",
	}
)

// demander fills in a request of enrolment with its documents, and sends it to the agency.
func (p *recit) demander(d enrolement.Dossier, jours int) (e enrolement.Enrolement) {
	if p.err != nil {
		return e
	}
	p.le(jours, 14)
	s := p.Enrolement
	secret, err := s.Commencer(p.ctx, modele.Francais)
	if err == nil {
		err = s.Modifier(p.ctx, secret, remplir(d))
	}
	if err == nil {
		e, err = s.Lire(p.ctx, secret)
	}
	for _, genre := range e.Attendues() {
		err = errors.Join(err, s.Joindre(p.ctx, secret, genre.Code, enrolement.Fichier{
			Nom: genre.Code + ".pdf", Octets: pdf(genre.Nom.Fr, d.RaisonSociale, "SIRET "+d.SIRET, "Document fictif, pour une démonstration."),
		}))
	}
	if err == nil {
		_, err = s.EnvoyerDemande(p.ctx, secret, true)
	}
	if err == nil {
		e, err = s.Lire(p.ctx, secret)
	}
	p.rater("enrol "+d.RaisonSociale, err)
	return e
}

// remplir types what the pages of the request ask for, one after the other.
func remplir(d enrolement.Dossier) func(*enrolement.Dossier) error {
	return func(x *enrolement.Dossier) error {
		err := errors.Join(
			x.Entreprise(d.SIRET, d.RaisonSociale, d.Adresse, d.HorsTVA),
			x.Interlocuteur(d.Contact, d.Courriel, d.Telephone, d.Mandate),
			x.Banque(d.Titulaire, d.IBAN, d.BIC),
		)
		for _, l := range d.Logiciels {
			err = errors.Join(err, x.Ajouter(l))
		}
		return err
	}
}

// decider is the agency's answer to a request.
func (p *recit) decider(e enrolement.Enrolement, jours int, d enrolement.Decision) {
	if p.err == nil {
		p.le(jours, 16)
		d.Envoye = db.Instant(e.Envoye)
		p.rater("decide on "+e.Reference, p.Enrolement.Decider(p.ctx, p.agent.Compte, e.ID, d))
	}
}

// enroler has a supplier ask and the agency accept a day later; its owner opens the account.
func (p *recit) enroler(d enrolement.Dossier, jours int) compte.Identite {
	i := compte.Identite{Nom: d.Contact, Courriel: d.Courriel, Role: compte.Proprietaire, NomFournisseur: d.RaisonSociale}
	e := p.demander(d, jours)
	p.decider(e, jours-1, enrolement.Decision{Accepte: true})
	if p.err != nil {
		return i
	}
	e, err := p.Enrolement.Examiner(p.ctx, e.ID)
	if p.rater("read "+d.RaisonSociale, err) {
		return i
	}
	i.Fournisseur = e.Fournisseur
	return p.ouvrir(p.Scene.lien(d.Courriel), i)
}

// refuser has a supplier ask and the agency refuse.
func (p *recit) refuser(d enrolement.Dossier, jours int) {
	p.decider(p.demander(d, jours), jours-1, enrolement.Decision{
		Motif: "Le certificat de référencement est celui d'une version plus ancienne : joignez celui de la version V1.",
	})
}

// logicielDePlus has a supplier ask for one more software, which waits for the agency.
func (p *recit) logicielDePlus(i compte.Identite) {
	if p.err != nil {
		return
	}
	p.le(2, 10)
	_, err := p.Enrolement.DemanderLogiciel(p.ctx, i, enrolement.Logiciel{
		NumeroAns: "ANS0000005", Nom: "DOSSIER D'EXEMPLE DOMICILE", Version: "V1", Profils: enrolement.Profils()[:1],
	}, enrolement.Fichier{Nom: "certificat.pdf", Octets: pdf("Certificat de référencement", "DOSSIER D'EXEMPLE DOMICILE V1", "Document fictif, pour une démonstration.")})
	p.rater("ask for one more software", err)
}
