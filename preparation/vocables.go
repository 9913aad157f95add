package preparation

import (
	"slices"
	"strings"
)

// vocable is one way in which salespeople name a column: a word of each group, and none of those that make it
// something else. The words are those of synonymes.
type vocable struct {
	colonne string
	groupes []string // each a list of words, one of which is needed
	sans    string   // words that it must not have
	sur     bool     // nothing else is named so
}

// personnes are the words for persons. What is said of one is never proposed for another.
const personnes = "responsable technique admin mandataire mandat tiers"

// neutres say nothing of which column it is; of a person, neither does whose it is, beside its own word.
const neutres, neutresPersonnes = "ouinon segur ms1", "nom geo ets juridique ej responsable"

// vocables name the columns; of those that fit, the one that is worth most counts.
var vocables = []vocable{
	{"referenceCommande", []string{"numero reference id", "commande bon"}, "date montant finess juridique geo fichier signe piece ligne tva livraison mandataire soins editeur", true},
	{"referenceCommande", []string{"numero reference id", "affaire"}, "date montant nom responsable", false},
	{"referenceCommande", []string{"commande affaire"}, "date montant fichier signe piece statut etat bon certificat serveur total type tva ligne mandataire livraison tiers adresse", false},
	{"referenceCommande", []string{"reference"}, "date montant soins editeur facture finess", false},
	{"numeroEditeur", []string{"numero", "editeur demande"}, "messagerie date montant finess siret affaire commande tva telephone", false},

	{"dateCommande", []string{"date", "commande bon"}, "livraison facture creation fin prevue", true},
	{"dateCommande", []string{"date", "signe achat"}, "livraison facture creation fin prevue certificat convention contrat", false},
	{"dateCommande", []string{"signe"}, "fichier piece commande bon contrat montant ouinon " + personnes, false},
	{"regimeTVA", []string{"tva fiscal", "regime"}, "taux montant numero", true},
	{"regimeTVA", []string{"tva", "assujetti type statut"}, "taux montant numero piece date", false},
	{"regimeTVA", []string{"tva"}, "taux montant numero piece intracommunautaire date code ht preuve attestation", false},
	{"regimeTVA", []string{"ht", "ttc"}, "montant piece", false},
	{"montantSegurHT", []string{"montant", "segur", "ht"}, "ttc tva unitaire remise", true},
	{"montantSegurHT", []string{"montant", "segur ht"}, "ttc tva unitaire remise mensuel abonnement maintenance", false},
	{"montantSegurHT", []string{"montant", "commande", "ht"}, "ttc tva unitaire remise mensuel abonnement maintenance facture", false},
	{"montantSegurHT", []string{"montant"}, "ttc tva unitaire remise mensuel abonnement maintenance facture", false},

	{"BON_COMMANDE", []string{"bon commande", "fichier piece signe"}, "date numero reference montant preuve tva ouinon", true},
	{"BON_COMMANDE", []string{"bon"}, "date numero reference montant preuve tva livraison reception ouinon", false},
	{"BON_COMMANDE", []string{"fichier piece"}, "date numero montant preuve tva version ht facture devis id reference", false},
	{"PREUVE_HT", []string{"preuve attestation", "ht tva assujetti exoneration franchise fiscal"}, "date montant", true},
	{"PREUVE_HT", []string{"exoneration franchise"}, "date montant taux", false},
	{"PREUVE_HT", []string{"preuve attestation"}, "date montant formation commande", false},

	{"isMandataire", []string{"mandataire mandat", "ouinon commande"}, "nom email telephone", false},
	{"isMandataire", []string{"mandat"}, "nom email telephone numero piece fichier date", false},
	{"nomMandataire", []string{"nom", "mandataire mandat"}, "email telephone prenom", true},
	{"nomMandataire", []string{"mandataire"}, "email telephone prenom numero siret finess adresse date piece", false},
	{"emailMandataire", []string{"email", "mandataire mandat"}, "telephone", true},
	{"telephoneMandataire", []string{"telephone", "mandataire mandat"}, "email", true},

	{"FINESSJuridique", []string{"finess", "juridique ej"}, "geo ets nom", true},
	{"FINESSJuridique", []string{"ej"}, "geo ets nom email telephone adresse siret responsable", false},
	{"FINESSJuridique", []string{"numero", "juridique ej"}, "geo nom siret tva telephone commande", false},
	{"FINESSGeo", []string{"finess", "geo ets"}, "juridique ej nom", true},
	{"FINESSGeo", []string{"finess"}, "juridique ej nom", false},
	{"FINESSGeo", []string{"ets"}, "juridique ej nom email telephone adresse siret responsable", false},
	{"FINESSGeo", []string{"numero", "geo ets"}, "juridique ej nom siret telephone commande", false},

	{"demandeCertificatServeur", []string{"certificat", "serveur"}, "date numero usage", true},
	{"demandeCertificatServeur", []string{"certificat"}, "date numero usage", false},
	{"contractualisationOG", []string{"contrat contractualisation", "ans"}, "date numero commande", true},
	{"contractualisationOG", []string{"contractualisation"}, "date numero", false},
	{"statutAdminTechnique", []string{"statut", "technique admin"}, "", true},
	{"numeroCarteCPX", []string{"cpx"}, "date", true},
	{"numeroCarteCPX", []string{"cpx", "carte numero"}, "date", true},
	{"numeroCarteCPX", []string{"numero", "carte"}, "date bancaire", false},
	{"utiliteCertificat", []string{"usage", "certificat"}, "date", true},
	{"utiliteCertificat", []string{"dmp"}, "date", false},
	{"nomAdminTechnique", []string{"nom", "technique", "admin"}, "email telephone", true},
	{"nomAdminTechnique", []string{"technique admin"}, "email telephone prenom statut date numero version mandataire", false},
	{"emailAdminTechnique", []string{"email", "technique", "admin"}, "telephone", true},
	{"emailAdminTechnique", []string{"email", "technique admin"}, "telephone mandataire", false},
	{"telAdminTechnique", []string{"telephone", "technique", "admin"}, "email", true},
	{"telAdminTechnique", []string{"telephone", "technique admin"}, "email mandataire", false},

	{"nomResponsableOG", []string{"responsable"}, "email telephone prenom technique admin numero mandataire mandat adresse date", false},
	{"emailResponsableOG", []string{"email", "juridique ej"}, "telephone technique admin mandataire mandat tiers", false},
	{"emailResponsableOG", []string{"email", "responsable"}, "telephone technique admin mandataire mandat", false},
	{"telephoneResponsableOG", []string{"telephone", "juridique ej"}, "email technique admin mandataire mandat tiers", false},
	{"telephoneResponsableOG", []string{"telephone", "responsable"}, "email technique admin mandataire mandat", false},

	{"ancienneVersion", []string{"version", "ancienne"}, "nouvelle date", true},
	{"ancienneVersion", []string{"logiciel", "ancienne"}, "nouvelle date editeur", false},
	{"ancienneVersion", []string{"version", "logiciel"}, "nouvelle date segur", false},
	{"ancienneVersion", []string{"version"}, "nouvelle date segur", false},
	{"isMaitreId", []string{"maitre", "id ins"}, "", true},
	{"IsStockageId", []string{"stockage", "id piece ins"}, "", true},
	{"IsStockageId", []string{"fichier stockage", "id"}, "", false},
	{"operateurMessagerie", []string{"operateur editeur", "messagerie"}, "email date numero", true},
	{"operateurMessagerie", []string{"messagerie"}, "email adresse date numero responsable", false},
	{"operateurMessagerie", []string{"operateur"}, "email adresse date numero telephone responsable", false},
	{"profilMetier", []string{"profil", "metier"}, "", true},
	{"profilMetier", []string{"profil metier"}, "tiers responsable technique", false},
	{"IsRefSoins", []string{"soins", "referentiel reference"}, "", true},
	{"IsRefSoins", []string{"soins"}, "date montant numero nom email telephone " + personnes, false},
}

// vaut returns what a heading of some words is worth for a vocable. One word more than needed may be said of a thing,
// but of a person it may make another one.
func (v *vocable) vaut(mots []string) float64 {
	for _, g := range v.groupes {
		if !slices.ContainsFunc(mots, func(m string) bool { return parmi(g, m) }) {
			return 0
		}
	}
	reste, sur := 0, v.sur
	for _, m := range mots {
		switch {
		case parmi(v.sans, m):
			return 0
		case m == "entier":
			sur = false // a first name stands in it as well
		case parmi(neutres, m), m == "numero" && strings.HasPrefix(v.colonne, "FINESS"), v.personne() && parmi(neutresPersonnes, m), slices.ContainsFunc(v.groupes, func(g string) bool { return parmi(g, m) }):
		default:
			reste++
		}
	}
	switch {
	case reste == 0 && sur:
		return certaine
	case reste == 0:
		return 0.7 + 0.05*float64(len(v.groupes))
	case reste == 1 && !v.personne():
		return minimum + 0.02*float64(len(v.groupes))
	}
	return 0
}

// personne tells whether the column says something of a person.
func (v *vocable) personne() bool {
	return strings.HasPrefix(v.colonne, "nom") || strings.HasPrefix(v.colonne, "email") || strings.HasPrefix(v.colonne, "telephone")
}

func parmi(liste, mot string) bool {
	for m := range strings.SplitSeq(liste, " ") {
		if m == mot {
			return true
		}
	}
	return false
}
