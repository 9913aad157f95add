package preparation_test

import (
	"bufio"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// exports are the headings of salespeople's tables, and the tag that each gives.
func exports(t *testing.T) (liste [][][2]string) {
	t.Helper()
	f, err := os.Open("testdata/entetes.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	liste = [][][2]string{nil}
	for s := bufio.NewScanner(f); s.Scan(); {
		titre, balise, ok := strings.Cut(s.Text(), ";")
		switch {
		case strings.HasPrefix(s.Text(), "#"):
		case !ok:
			liste = append(liste, nil)
		default:
			liste[len(liste)-1] = append(liste[len(liste)-1], [2]string{titre, balise})
		}
	}
	return liste
}

// devines tells which tag each heading gives, and which tags are doubtful.
func devines(titres []string) (parTitre map[string]string, douteuses []string) {
	p := preparation.Deviner(ms1dui.Courante(), titres)
	parTitre = map[string]string{}
	for balise, o := range p.Mapping.Balises {
		parTitre[o.Colonne] = balise
	}
	for _, c := range p.Mapping.Commande {
		parTitre[c] = preparation.ColonneReference
	}
	return parTitre, p.Douteuses
}

// manques are the headings of the exports that nothing is made of: whose they are cannot be told, or in words unknown.
var manques = []string{"Mail", "Téléphone", "Ligne directe responsable"}

// Of two hundred headings as salespeople write them each is right, but for the few that are left out: none is wrong,
// silently or not, and what is said of one person is never given to another.
func TestEntetesDesCommerciaux(t *testing.T) {
	t.Parallel()
	total := 0
	for _, export := range exports(t) {
		var titres []string
		for _, e := range export {
			titres = append(titres, e[0])
		}
		parTitre, douteuses := devines(titres)
		for _, e := range export {
			total++
			switch got, want := parTitre[e[0]], e[1]; {
			case got == want:
			case got != "" && !slices.Contains(douteuses, got):
				t.Errorf("%q silently gives %s, want %q", e[0], got, want)
			case got != "" || !slices.Contains(manques, e[0]):
				t.Errorf("%q gives %q, want %q", e[0], got, want)
			}
		}
	}
	if total < 200 {
		t.Errorf("only %d headings", total)
	}
}

// Headings one by one: no other column helps, and none is silently wrong.
func TestEntetesSeuls(t *testing.T) {
	t.Parallel()
	total, justes := 0, 0
	for _, export := range exports(t) {
		for _, e := range export {
			parTitre, douteuses := devines([]string{e[0]})
			total++
			if got := parTitre[e[0]]; got == e[1] {
				justes++
			} else if got != "" && !slices.Contains(douteuses, got) {
				t.Errorf("%q alone silently gives %s, want %q", e[0], got, e[1])
			}
		}
	}
	if justes*10 < total*9 {
		t.Errorf("%d right of %d", justes, total)
	}
}

// What belongs to a person who is none of the three is left out, whatever stands beside it.
func TestEntetesDUnAutre(t *testing.T) {
	t.Parallel()
	for _, titre := range []string{
		"Mail commercial", "Email du comptable", "Tél. secrétariat", "Mail facturation", "E-mail support", "Courriel DPO", "Mail chef de projet", "Mail assistante de direction",
		"Responsable commercial", "Directeur commercial", "Directrice des soins", "Mail médecin", "Responsable qualité", "Mail responsable facturation", "Contact comptabilité", "Tél. contact facturation",
		"Email utilisateur", "Adresse", "Prénom", "Adresse MSS", "Mail MSSanté", "Adresse postale du responsable", "Fonction du responsable",
	} {
		for _, autres := range [][]string{nil, {"Directeur"}, {"Responsable", "Mail responsable", "Tél. responsable"}} {
			parTitre, _ := devines(append([]string{titre}, autres...))
			if got := parTitre[titre]; got != "" {
				t.Errorf("%q beside %q gives %s", titre, autres, got)
			}
		}
	}
	// with another person in the table, whose mail it is cannot be told
	if parTitre, _ := devines([]string{"Directeur", "Admin technique", "Mail"}); parTitre["Mail"] != "" {
		t.Errorf("Mail gives %s", parTitre["Mail"])
	}
	if parTitre, _ := devines([]string{"Directeur", "Mail", "E-mail"}); len(parTitre) != 1 {
		t.Errorf("two mails: %v", slices.Collect(maps.Keys(parTitre)))
	}
}

// What is sure is written without a doubt, what is not with one.
func TestEntetesSurs(t *testing.T) {
	t.Parallel()
	for titre, want := range map[string]string{
		"N° de commande": "referenceCommande", "Réf. BC": "referenceCommande", "Order ID": "referenceCommande", "N° de bon": "referenceCommande", "N° affaire": "referenceCommande?", "Référence": "referenceCommande?",
		"N° éditeur": "numeroEditeur?", "Date BC": "dateCommande", "Date du bon": "dateCommande", "Date signature": "dateCommande?", "Signé le": "dateCommande?", "Régime TVA": "regimeTVA", "Assujetti TVA": "regimeTVA?", "TVA": "regimeTVA?", "HT / TTC": "regimeTVA?",
		"Montant Ségur HT": "montantSegurHT", "Montant hors taxes": "montantSegurHT?", "Montant hors taxe Ségur": "montantSegurHT", "Montant": "montantSegurHT?", "Amount excl. VAT": "montantSegurHT?", "Montant TTC": "", "Montant TVA": "",
		"Bon signé": "BON_COMMANDE", "Scan BC": "BON_COMMANDE", "Bon": "BON_COMMANDE?", "Pièce jointe": "BON_COMMANDE?", "Justificatif HT": "PREUVE_HT", "Exonération": "PREUVE_HT?", "Attestation": "PREUVE_HT?",
		"Mandataire ?": "isMandataire?", "Mandat": "isMandataire?", "Nom mandataire": "nomMandataire", "Groupement": "nomMandataire?", "Mail mandataire": "emailMandataire", "Tél. mandataire": "telephoneMandataire",
		"FINESS EJ": "FINESSJuridique", "N° FINESS juridique": "FINESSJuridique", "EJ": "FINESSJuridique?", "N° EJ": "FINESSJuridique?", "FINESS ET": "FINESSGeo", "finess et": "FINESSGeo", "FINESS": "FINESSGeo?", "ET": "FINESSGeo?", "N° ET": "FINESSGeo?",
		"Certificat serveur": "demandeCertificatServeur", "Certificat": "demandeCertificatServeur?", "Contrat ANS": "contractualisationOG", "Contractualisation": "contractualisationOG?", "Statut admin technique": "statutAdminTechnique",
		"Carte CPS": "numeroCarteCPX", "N° carte": "numeroCarteCPX?", "Usage certificat": "utiliteCertificat", "DMP": "utiliteCertificat?", "Nom admin technique": "nomAdminTechnique", "Référent informatique": "nomAdminTechnique?",
		"Email admin technique": "emailAdminTechnique", "Mail DSI": "emailAdminTechnique?", "Téléphone admin technique": "telAdminTechnique", "Tél. DSI": "telAdminTechnique?",
		"Directeur": "nomResponsableOG?", "Nom et prénom du directeur": "nomResponsableOG?", "Prénom du directeur": "", "Mail directeur": "emailResponsableOG?", "Mail OG": "emailResponsableOG?", "Tél. directeur": "telephoneResponsableOG?", "Tél. OG": "telephoneResponsableOG?",
		"Version actuelle": "ancienneVersion", "Version": "ancienneVersion?", "Logiciel actuel": "ancienneVersion?", "Nouvelle version": "", "Maître INS": "isMaitreId", "Stockage identité": "IsStockageId", "Copie identité": "IsStockageId?",
		"Opérateur MSSanté": "operateurMessagerie", "MSS": "operateurMessagerie?", "Opérateur": "operateurMessagerie?", "Profil métier": "profilMetier", "Profil": "profilMetier?", "Référentiel soins": "IsRefSoins", "Soins": "IsRefSoins?",
		"Master identity": "isMaitreId", "Identity storage": "IsStockageId", "Request number": "numeroEditeur?", "Supplier no.": "numeroEditeur?", "Quote no": "referenceCommande?",
		"Convention ANS": "contractualisationOG", "Care reference": "IsRefSoins", "Card number": "numeroCarteCPX?", "CPE": "numeroCarteCPX", "Purpose of the certificate": "utiliteCertificat", "Technical admin status": "statutAdminTechnique",
		"Target version": "", "New software": "", "Invoice date": "", "Delivery of the order": "", "Invoice amount": "", "Delivery note of the order form": "", "Loi de finances": "", "PJ": "BON_COMMANDE?", "Montant HT validé": "montantSegurHT?", "Montant HT validé lundi": "", "—": "", "": "",
		"Versions": "ancienneVersion?", "Mandats": "isMandataire?", "Attestations": "PREUVE_HT?", "Adresse e-mail du directeur": "emailResponsableOG?", "Montant net": "montantSegurHT?", "Hors taxes": "",
		"Organisme gestionnaire (FINESS)": "FINESSJuridique", "Numéro FINESS de l'entité": "FINESSJuridique", "BON_COMMANDE signé": "BON_COMMANDE", "dateBonCommande": "dateCommande", "DateBC": "dateCommande", "BDC": "BON_COMMANDE?", "N° BDC": "referenceCommande",
		"Mail": "", "Téléphone": "", "Adresse": "", "Raison sociale": "", "N°": "", "Structure": "", "Établissement": "", "Statut commande": "", "Date facture": "", "Nom et adresse": "",
	} {
		parTitre, douteuses := devines([]string{titre})
		got := parTitre[titre]
		if slices.Contains(douteuses, got) {
			got += "?"
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", titre, got, want)
		}
	}
	// two headings for one tag: the one with the tag's own words, and it is to be looked at
	if parTitre, douteuses := devines([]string{"Date BC", "Date commande"}); parTitre["Date commande"] != "dateCommande" || !slices.Contains(douteuses, "dateCommande") {
		t.Errorf("%v, doubtful %v", parTitre, douteuses)
	}
}
