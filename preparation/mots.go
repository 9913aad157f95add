package preparation

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"guichet/valeur"
)

// mots takes a heading apart (dateCommande, BON_COMMANDE, « Date du BC ») into plain words, each once and written
// one way.
func mots(titre string) (liste []string) {
	titre = messagerieSante.ReplaceAllString(ouiOuNon.ReplaceAllString(titre, " ouinon "), "mss")
	for _, p := range decouper(titre) {
		liste = append(liste, canoniques(p)...)
	}
	if slices.Contains(liste, "et") { // the abbreviation of the establishment, or the conjunction
		et := ""
		if slices.Contains(liste, "finess") || slices.Contains(decouper(titre), "ET") {
			et = "ets"
		}
		liste[slices.Index(liste, "et")] = et
	}
	slices.Sort(liste)
	liste = slices.DeleteFunc(slices.Compact(liste), func(m string) bool { return m == "" })
	return resumer(liste)
}

// ouiOuNon is how headings say that yes or no is expected.
var ouiOuNon = regexp.MustCompile(`(?i)\b(o/n|y/n|oui ?/ ?non|yes ?/ ?no|oui ou non)\b|\?`)

// messagerieSante is a name whose capitals begin no word.
var messagerieSante = regexp.MustCompile(`(?i)ms ?sant[ée]`)

// resumer leaves one word where several say one thing.
func resumer(liste []string) []string {
	sans := func(noms ...string) {
		liste = slices.DeleteFunc(liste, func(m string) bool { return slices.Contains(noms, m) })
	}
	a := func(m string) bool { return slices.Contains(liste, m) }
	if a("email") {
		sans("adresse")
	}
	if a("hors") { // hors taxes
		sans("hors", "tva")
		liste = append(liste, "ht")
	}
	if a("nom") && a("prenom") {
		sans("prenom")
		liste = append(liste, "entier")
	}
	return liste
}

// decouper parts a heading at what is no letter or digit, and where a capital begins a word.
func decouper(nom string) (parts []string) {
	debut, runes := 0, []rune(nom)
	for i, c := range runes {
		lettre := unicode.IsLetter(c) || unicode.IsDigit(c) || c == '°' || c == 'º' || unicode.Is(unicode.Mn, c)
		bosse := i > debut && unicode.IsUpper(c) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1]))
		if !lettre || bosse {
			parts = append(parts, string(runes[debut:i]))
			debut = i
			if !lettre {
				debut = i + 1
			}
		}
	}
	return append(parts, string(runes[debut:]))
}

// canoniques returns what a word of a heading stands for.
func canoniques(mot string) []string {
	m := valeur.SansAccents(strings.ToLower(mot))
	if s, ok := synonymes[m]; ok {
		return strings.Split(s, " ")
	}
	if len(m) > 3 {
		m = strings.TrimSuffix(m, "s")
	}
	if s, ok := synonymes[m]; ok {
		return strings.Split(s, " ")
	}
	return []string{m}
}

// synonymes are the words of salespeople and business software by what they stand for; nothing for those that say
// nothing. What stands for itself alone is not listed, unless its s is no plural.
var synonymes = func() map[string]string {
	s := map[string]string{"bdc": "bon commande", "et": "et"}
	for canonique, mots := range map[string]string{
		"":                   "de du des la le les l d en a au aux is est e par pour sur ou un une the of for on and our notre votre client clients customer eur euro euros complet complete obligatoire requis required",
		"numero":             "n no nr num numero number",
		"reference":          "ref reference",
		"commande":           "commande cmd cde bc order po purchase",
		"bon":                "bon form",
		"affaire":            "affaire dossier opportunite opportunity deal devis quote",
		"date":               "date dt",
		"signe":              "signe signee signature signed",
		"fichier":            "fichier scan scanne scannee pdf document doc chemin path file lien link copie numerise",
		"piece":              "piece pieces jointe pj attachment",
		"preuve":             "preuve justificatif proof",
		"montant":            "montant mt mnt prix total amount price tarif cout somme forfait",
		"ht":                 "ht net",
		"hors":               "hors excl excluding",
		"ttc":                "ttc incl",
		"tva":                "tva vat tax taxe taxes",
		"regime":             "regime scheme",
		"assujetti":          "assujetti assujettissement assujettie",
		"exoneration":        "exoneration exonere exoneree exemption",
		"finess":             "finess",
		"juridique":          "juridique og organisme gestionnaire entite association group groupe legal legale entity siege",
		"geo":                "geo geographique esms etablissement etab site structure facility",
		"responsable":        "responsable resp directeur directrice dir direction dirigeant representant signataire gerant president director manager head dg contact referent",
		"technique":          "technique tech technical informatique dsi rssi it si",
		"admin":              "admin administrateur administrator adm",
		"mandataire":         "mandataire groupement gcs gcsms proxy agent",
		"tiers":              "commercial commerciale vendeur ingenieur comptable comptabilite compta facturation support dpo formateur installateur charge chef projet consultant adv account sales billing owner secretaire secretariat assistant assistante rh acheteur medecin qualite utilisateur user",
		"nom":                "nom name",
		"prenom":             "prenom firstname",
		"email":              "mail email courriel mel",
		"adresse":            "adresse address electronique",
		"telephone":          "tel telephone tph phone portable mobile gsm fixe",
		"editeur":            "editeur fournisseur supplier publisher vendor provider prestataire",
		"operateur":          "operateur operator",
		"messagerie":         "messagerie mss mssante messaging",
		"logiciel":           "logiciel software solution dui",
		"ancienne":           "ancienne ancien actuel actuelle previous current old former precedente precedent origine initiale existante avant installee",
		"nouvelle":           "nouvelle nouveau new cible target future",
		"maitre":             "maitre master",
		"id":                 "id identite identity identifiant identito",
		"stockage":           "stockage stocke stockee storage conservation",
		"profil":             "profil profile",
		"metier":             "metier profession job",
		"certificat":         "certificat certificate cert certif",
		"serveur":            "serveur server ssl",
		"contractualisation": "contractualisation contractualise",
		"contrat":            "contrat contract convention",
		"statut":             "statut status",
		"cpx":                "cpx cps cpe",
		"carte":              "carte card",
		"usage":              "usage utilite utilisation use purpose finalite",
		"soins":              "soin soins care",
		"demande":            "demande request",
		"facture":            "facture invoice",
		"livraison":          "livraison delivery",
	} {
		for _, m := range strings.Fields(mots) {
			s[m] = canonique
		}
	}
	return s
}()
