package reglages

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/certificat"
	"guichet/internal/portail/federe"
	"guichet/internal/portail/relais"
	"guichet/modele"
)

var (
	genreAdresse = modele.Texte{Fr: "HOTE:PORT", En: "HOST:PORT"}
	genreURL     = modele.Texte{Fr: "URL", En: "URL"}
	genreFichier = modele.Texte{Fr: "FICHIER", En: "FILE"}
	genreDossier = modele.Texte{Fr: "DOSSIER", En: "FOLDER"}
	genreTexte   = modele.Texte{Fr: "TEXTE", En: "TEXT"}
	genreNombre  = modele.Texte{Fr: "N", En: "N"}
)

// Tous lists the settings, in the order of the help.
func Tous() []Reglage {
	return []Reglage{
		{Nom: "adresse", Defaut: "127.0.0.1:8080", Genre: genreAdresse, Valeur: estAdresse,
			Aide: modele.Texte{Fr: "où écouter ; le port 0 en prend un libre", En: "where to listen; port 0 takes a free one"}},
		{Nom: "url", Genre: genreURL, Valeur: estURL,
			Aide: modele.Texte{Fr: "adresse publique du guichet, derrière un serveur mandataire", En: "public address of the counter, behind a proxy"}},
		{Nom: "tls-certificat", Genre: genreFichier, Aide: modele.Texte{
			Fr: "certificat du guichet avec sa chaîne (PEM), relu quand il change : le guichet parle alors HTTPS lui-même",
			En: "certificate of the counter with its chain (PEM), read again when it changes: the counter then speaks HTTPS itself"}},
		{Nom: "tls-cle", Genre: genreFichier, Aide: modele.Texte{Fr: "fichier de la clé privée de ce certificat (PEM)", En: "file of the private key of that certificate (PEM)"}},
		{Nom: "acme", Genre: modele.Texte{Fr: "letsencrypt|URL", En: "letsencrypt|URL"}, Valeur: estAnnuaire, Aide: modele.Texte{
			Fr: "obtenir et renouveler le certificat du nom de --url auprès de Let's Encrypt, ou d'une autorité ACME : l'adresse de son annuaire",
			En: "get and renew the certificate of the name of --url from Let's Encrypt, or an ACME authority: the address of its directory"}},
		{Nom: "acme-racine", Genre: genreFichier, Aide: modele.Texte{
			Fr: "certificat (PEM) qui signe le HTTPS de cette autorité ; sans lui, ceux que le système connaît",
			En: "certificate (PEM) that signs the HTTPS of that authority; without it, those that the system knows"}},
		{Nom: "acme-courriel", Genre: genreTexte, Valeur: estCourriel,
			Aide: modele.Texte{Fr: "courriel auquel elle écrit si le certificat a un problème", En: "e-mail that it writes to if something is wrong with the certificate"}},
		{Nom: "relais", Genre: modele.Texte{Fr: "RESEAUX", En: "NETWORKS"}, Valeur: sontReseaux, Aide: modele.Texte{
			Fr: "réseaux des serveurs mandataires de confiance, entre virgules : qui demande est celui qu'ils disent",
			En: "networks of the proxies that are trusted, between commas: who asks is the one that they name"}},
		{Nom: "relais-entete", Defaut: relais.XForwardedFor, Genre: modele.Texte{Fr: "x-forwarded-for|forwarded|proxy", En: "x-forwarded-for|forwarded|proxy"}, Valeur: estEntete,
			Aide: modele.Texte{Fr: "comment ils le disent : un en-tête, ou le protocole PROXY", En: "how they name it: a header, or the PROXY protocol"}},
		{Nom: "donnees", Defaut: "portail", Genre: genreDossier,
			Aide: modele.Texte{Fr: "dossier des fichiers reçus, et de la base SQLite", En: "folder of the received files, and of the SQLite database"}},
		{Nom: "db", Genre: genreURL,
			Aide: modele.Texte{Fr: "base PostgreSQL (postgres://…), ou chemin d'un fichier SQLite", En: "PostgreSQL database (postgres://…), or path of an SQLite file"}, Secret: true},
		{Nom: "cle", Genre: genreTexte, Secret: true, Aide: modele.Texte{
			Fr: "clé de l'installation, 32 octets en base64 ; sans elle, celle du fichier cle de donnees, créé au premier démarrage",
			En: "key of the installation, 32 bytes in base64; without it, that of the file cle in donnees, made at the first start"}},
		{Nom: "referentiels", Genre: genreDossier, Selon: func(r Reglages) string { return filepath.Join(r.Texte("donnees"), "referentiels") },
			Aide: modele.Texte{
				Fr: "dossier des registres que charge guichet referentiel load --dossier (par défaut referentiels dans donnees)",
				En: "folder of the registers that guichet referentiel load --dossier loads (referentiels in donnees by default)"}},
		{Nom: "agence-nom", Defaut: "Agence d'essai", Fictif: true, Genre: genreTexte,
			Aide: modele.Texte{Fr: "nom de l'agence, au pied des pages et sur les accusés", En: "name of the agency, at the foot of pages and on receipts"}},
		{Nom: "agence-courriel", Defaut: "agence@exemple.invalid", Genre: genreTexte, Valeur: estCourriel,
			Aide: modele.Texte{Fr: "courriel de l'agence", En: "e-mail of the agency"}},
		{Nom: "agence-telephone", Defaut: "+33 1 99 00 00 00", Genre: genreTexte,
			Aide: modele.Texte{Fr: "téléphone de l'agence", En: "telephone of the agency"}},
		{Nom: "agence-service", Defaut: "Financements", Genre: genreTexte,
			Aide: modele.Texte{Fr: "service chargé des demandes, sur les accusés", En: "department in charge of the requests, on receipts"}},
		{Nom: "agence-adresse", Defaut: "1 rue de l'Exemple, 99999 EXEMPLE", Fictif: true, Genre: genreTexte,
			Aide: modele.Texte{Fr: "son adresse postale", En: "its postal address"}},
		{Nom: "agence-silence", Defaut: string(accuse.Usuels.Silence), Genre: modele.Texte{Fr: "rejet|acceptation", En: "rejet|acceptation"}, Valeur: estSilence,
			Aide: modele.Texte{Fr: "ce que vaut le silence de l'agence sur une demande", En: "what the agency's silence on a request comes to"}},
		{Nom: "agence-delai-decision", Defaut: strconv.Itoa(accuse.Usuels.Decision), Genre: genreNombre, Valeur: estMois,
			Aide: modele.Texte{Fr: "mois après lesquels ce silence vaut décision", En: "months after which that silence is a decision"}},
		{Nom: "agence-delai-pieces", Defaut: strconv.Itoa(accuse.Usuels.Pieces), Genre: genreNombre, Valeur: estJours,
			Aide: modele.Texte{Fr: "jours pour envoyer les pièces", En: "days to send the documents"}},
		{Nom: "agence-delai-reponse", Defaut: strconv.Itoa(accuse.Usuels.Reponse), Genre: genreNombre, Valeur: estJours,
			Aide: modele.Texte{Fr: "jours pour répondre à une demande de modification", En: "days to answer when the agency asks for a change"}},
		{Nom: "agence-delai-observations", Defaut: "15", Genre: genreNombre, Valeur: estJours, Aide: modele.Texte{
			Fr: "jours pour présenter des observations avant le retrait d'une attribution", En: "days to make observations before an award is withdrawn"}},
		{Nom: "agence-rappels", Defaut: "10,3", Genre: modele.Texte{Fr: "N,N…|aucun", En: "N,N…|aucun"}, Valeur: sontRappels, Aide: modele.Texte{
			Fr: "combien de jours avant la fin de ce délai le fournisseur reçoit un rappel", En: "how many days before that time ends the supplier is reminded"}},
		{Nom: "agence-sans-reponse", Defaut: "reprise", Genre: modele.Texte{Fr: "reprise|refus", En: "reprise|refus"}, Valeur: estSansReponse, Aide: modele.Texte{
			Fr: "ce qui suit ce délai sans réponse : l'examen reprend, ou un refus est aussi proposé à un valideur",
			En: "what follows that time without an answer: the examination goes on, or a refusal is proposed to a decider as well"}},
		{Nom: "agence-delai-avis", Defaut: "10", Genre: genreNombre, Valeur: estDelaiAvis,
			Aide: modele.Texte{Fr: "jours pour donner un avis, quand qui le demande ne dit rien d'autre", En: "days to give an opinion, where who asks says nothing else"}},
		{Nom: "agence-delai-recours", Defaut: strconv.Itoa(accuse.Usuels.Recours), Genre: genreNombre, Valeur: estMois,
			Aide: modele.Texte{Fr: "mois pour contester une décision", En: "months to contest a decision"}},
		{Nom: "agence-tribunal", Genre: genreTexte,
			Aide: modele.Texte{Fr: "devant qui la contester ; sans lui, le tribunal administratif compétent", En: "who hears the appeal; without it, the competent administrative court"}},
		{Nom: "agence-mentions", Genre: genreFichier, Aide: modele.Texte{
			Fr: "texte de la page « Mentions légales » : des paragraphes, et des titres en # ; sans lui, le nom et l'adresse de l'agence",
			En: "text of the page “Legal notice”: paragraphs, and headings by #; without it, the agency's name and address"}},
		{Nom: "agence-donnees", Genre: genreFichier, Aide: modele.Texte{
			Fr: "texte de la page « Données personnelles » ; sans lui, ce que le guichet garde", En: "text of the page “Personal data”; without it, what the counter keeps"}},
		{Nom: "agence-accessibilite", Genre: genreFichier, Aide: modele.Texte{
			Fr: "déclaration d'accessibilité de l'agence ; sans elle, ce que le guichet vérifie", En: "the agency's accessibility statement; without it, what the counter checks"}},
		{Nom: "courriel-de", Defaut: "guichet@exemple.invalid", Genre: genreTexte, Valeur: estCourriel,
			Aide: modele.Texte{Fr: "adresse d'où partent les courriels", En: "address that mails come from"}},
		{Nom: "courriels-ensemble", Defaut: "5", Genre: genreNombre, Valeur: estEnsemble, Aide: modele.Texte{
			Fr: "minutes pendant lesquelles des courriels nombreux à une même personne (plus de trois) attendent d'être dits en un seul ; 0 : chacun part aussitôt",
			En: "minutes within which many mails to one person (more than three) wait to be told in one; 0: each goes out at once"}},
		{Nom: "smtp-hote", Genre: genreTexte,
			Aide: modele.Texte{Fr: "serveur de courriel ; sans lui, les messages restent dans le dossier courriels", En: "mail server; without one, messages stay in the folder courriels"}},
		{Nom: "smtp-port", Defaut: "587", Genre: genreNombre, Valeur: estPort,
			Aide: modele.Texte{Fr: "son port", En: "its port"}},
		{Nom: "smtp-compte", Genre: genreTexte, Aide: modele.Texte{Fr: "compte sur ce serveur", En: "account on that server"}},
		{Nom: "smtp-mot-de-passe", Genre: genreTexte, Secret: true, Aide: modele.Texte{Fr: "son mot de passe", En: "its password"}},
		{Nom: "smtp-chiffrement", Defaut: "starttls", Genre: modele.Texte{Fr: "starttls|direct|aucun", En: "starttls|direct|aucun"}, Valeur: estChiffrement,
			Aide: modele.Texte{Fr: "chiffrement du courriel", En: "encryption of mail"}},
		{Nom: "clamd", Genre: genreTexte, Valeur: estClamd, Aide: modele.Texte{
			Fr: "antivirus clamd, unix:/chemin ou tcp:hote:port ; sans lui, les pièces ne sont pas analysées",
			En: "antivirus clamd, unix:/path or tcp:host:port; without it, documents are not scanned"}},
		{Nom: "reserve", Defaut: "256", Genre: genreNombre, Valeur: estReserve, Aide: modele.Texte{
			Fr: "place à laisser sur le disque, en Mo ; en dessous, dépôts et pièces sont refusés",
			En: "room to leave on the disk, in MB; below it deposits and documents are refused"}},
		{Nom: "second-facteur", Defaut: "facultatif", Genre: modele.Texte{Fr: "facultatif|exige", En: "facultatif|exige"}, Valeur: estFacteur, Aide: modele.Texte{
			Fr: "second facteur des fournisseurs ; celui des administrateurs est toujours exigé",
			En: "second factor of suppliers; that of administrators is always required"}},
		{Nom: "oidc-emetteur", Genre: genreTexte, Valeur: estEmetteur, Aide: modele.Texte{
			Fr: "fournisseur d'identité de l'agence (OpenID Connect), par lequel ses personnes se connectent ; sans lui, le mot de passe seul",
			En: "identity provider of the agency (OpenID Connect), through which its people sign in; without it, the password alone"}},
		{Nom: "oidc-client", Genre: genreTexte, Aide: modele.Texte{Fr: "nom du guichet chez ce fournisseur (client_id)", En: "name of the counter at that provider (client_id)"}},
		{Nom: "oidc-secret", Genre: genreTexte, Secret: true, Aide: modele.Texte{Fr: "son secret (client_secret)", En: "its secret (client_secret)"}},
		{Nom: "oidc-libelle", Genre: genreTexte, Aide: modele.Texte{
			Fr: "comment les personnes l'appellent : le bouton dit « Se connecter par … » ; sans lui, « le compte de l'agence »",
			En: "what people call it: the button says “Sign in through …”; without it, “the agency's account”"}},
		{Nom: "oidc-facteur", Genre: modele.Texte{Fr: "acr=X,amr=Y…", En: "acr=X,amr=Y…"}, Valeur: sontForts, Aide: modele.Texte{
			Fr: "ce que dit ce fournisseur quand il a demandé deux facteurs, par exemple amr=mfa ; sinon le guichet demande le sien",
			En: "what that provider says when it has asked for two factors, such as amr=mfa; otherwise the counter asks for its own"}},
		{Nom: "seconde-personne", Defaut: "facultatif", Genre: modele.Texte{Fr: "facultatif|exige", En: "facultatif|exige"}, Valeur: estFacteur, Aide: modele.Texte{
			Fr: "exige : deux administrateurs acceptent un enrôlement ou un changement de compte bancaire",
			En: "exige: two administrators accept an enrolment or another bank account"}},
		{Nom: "traces-jours", Defaut: "180", Genre: genreNombre, Valeur: estDuree, Aide: modele.Texte{
			Fr: "jours pendant lesquels les traces de sécurité sont gardées",
			En: "days that security traces are kept"}},
		{Nom: "ancres", Genre: genreDossier, Selon: func(r Reglages) string { return filepath.Join(r.Texte("donnees"), "ancres") }, Aide: modele.Texte{
			Fr: "dossier où les têtes signées du journal sont gardées : donnez-en un ailleurs (par défaut ancres dans donnees)",
			En: "folder where signed heads of the journal are kept: give one elsewhere (ancres in donnees by default)"}},
		{Nom: "ancres-heures", Defaut: "24", Genre: genreNombre, Valeur: estHeures, Aide: modele.Texte{
			Fr: "heures entre deux de ces têtes",
			En: "hours between two of these heads"}},
		{Nom: "ancres-courriels", Genre: genreTexte, Valeur: sontCourriels, Aide: modele.Texte{
			Fr: "adresses, entre virgules, qui les reçoivent aussi",
			En: "addresses, between commas, that get them as well"}},
		{Nom: "mesures-jeton", Genre: genreTexte, Secret: true,
			Aide: modele.Texte{Fr: "jeton qui ouvre /metrics ailleurs que sur cette machine", En: "token that opens /metrics elsewhere than on this machine"}},
	}
}

func estAdresse(t string) *modele.Texte {
	if _, port, err := net.SplitHostPort(t); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err == nil {
			return nil
		}
	}
	return &modele.Texte{Fr: "un hôte et un port, par exemple 127.0.0.1:8080", En: "a host and a port, such as 127.0.0.1:8080"}
}

func estURL(t string) *modele.Texte {
	u, err := url.Parse(t)
	if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.Path == "" && u.RawQuery == "" && u.User == nil {
		return nil
	}
	return &modele.Texte{Fr: "une adresse sans chemin, par exemple https://guichet.exemple.invalid", En: "an address without path, such as https://guichet.exemple.invalid"}
}

func estAnnuaire(t string) *modele.Texte {
	if u, err := url.Parse(t); t == certificat.LetsEncrypt || err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil {
		return nil
	}
	return &modele.Texte{Fr: "letsencrypt, ou l'adresse https:// de l'annuaire d'une autorité ACME", En: "letsencrypt, or the https:// address of the directory of an ACME authority"}
}

func sontReseaux(t string) *modele.Texte {
	if _, err := relais.Reseaux(t); err == nil {
		return nil
	}
	return &modele.Texte{Fr: "des réseaux ou des adresses entre virgules, par exemple 10.0.0.0/8,192.0.2.1", En: "networks or addresses between commas, such as 10.0.0.0/8,192.0.2.1"}
}

func estEntete(t string) *modele.Texte {
	if t == relais.XForwardedFor || t == relais.Forwarded || t == relais.PROXY {
		return nil
	}
	return &modele.Texte{Fr: "x-forwarded-for, forwarded ou proxy", En: "x-forwarded-for, forwarded or proxy"}
}

func estCourriel(t string) *modele.Texte {
	if a, err := mail.ParseAddress(t); err == nil && a.Address == t {
		return nil
	}
	return &modele.Texte{Fr: "une adresse électronique", En: "an e-mail address"}
}

// maxCourriels is how many addresses one setting may name.
const maxCourriels = 10

func sontCourriels(t string) *modele.Texte {
	adresses := strings.Split(t, ",")
	if len(adresses) > maxCourriels || slices.ContainsFunc(adresses, func(a string) bool { return estCourriel(a) != nil }) {
		return &modele.Texte{Fr: "dix adresses électroniques au plus, entre virgules", En: "at most ten e-mail addresses, between commas"}
	}
	return nil
}

func estPort(t string) *modele.Texte {
	if n, err := strconv.ParseUint(t, 10, 16); err == nil && n > 0 {
		return nil
	}
	return &modele.Texte{Fr: "un port de 1 à 65535", En: "a port from 1 to 65535"}
}

func estSilence(t string) *modele.Texte {
	if s := accuse.Silence(t); s == accuse.Refus || s == accuse.Acceptance {
		return nil
	}
	return &modele.Texte{Fr: "rejet ou acceptation", En: "rejet or acceptation"}
}

func estSansReponse(t string) *modele.Texte {
	if t == "reprise" || t == "refus" {
		return nil
	}
	return &modele.Texte{Fr: "reprise ou refus", En: "reprise or refus"}
}

// maxRappels is how many reminders there may be.
const maxRappels = 5

func sontRappels(t string) *modele.Texte {
	jours := strings.Split(t, ",")
	if t != "aucun" && (len(jours) > maxRappels || slices.ContainsFunc(jours, func(j string) bool { return estJours(j) != nil })) {
		return &modele.Texte{Fr: "cinq nombres de jours au plus, de 1 à 365, par exemple 10,3, ou aucun", En: "at most five numbers of days from 1 to 365, such as 10,3, or aucun"}
	}
	return nil
}

func estClamd(t string) *modele.Texte {
	genre, ou, _ := strings.Cut(t, ":")
	_, port, err := net.SplitHostPort(ou)
	if genre == "unix" && filepath.IsAbs(ou) || genre == "tcp" && err == nil && estPort(port) == nil {
		return nil
	}
	return &modele.Texte{Fr: "unix:/chemin/de/la/prise ou tcp:hote:port, par exemple unix:/run/clamav/clamd.ctl", En: "unix:/path/of/the/socket or tcp:host:port, such as unix:/run/clamav/clamd.ctl"}
}

func estReserve(t string) *modele.Texte { return estEntre(t, 1, 1_000_000) }

func estFacteur(t string) *modele.Texte {
	if t == "facultatif" || t == "exige" {
		return nil
	}
	return &modele.Texte{Fr: "facultatif ou exige", En: "facultatif or exige"}
}

func estHeures(t string) *modele.Texte { return estEntre(t, 1, 168) }

func estDuree(t string) *modele.Texte { return estEntre(t, 30, 366) }

func estMois(t string) *modele.Texte  { return estEntre(t, 1, 24) }
func estJours(t string) *modele.Texte { return estEntre(t, 1, 365) }

func estEnsemble(t string) *modele.Texte { return estEntre(t, 0, 60) }

func estDelaiAvis(t string) *modele.Texte { return estEntre(t, 1, 60) }

func estEntre(t string, min, max int) *modele.Texte {
	if n, err := strconv.Atoi(t); err == nil && n >= min && n <= max {
		return nil
	}
	return &modele.Texte{Fr: fmt.Sprintf("un nombre de %d à %d", min, max), En: fmt.Sprintf("a number from %d to %d", min, max)}
}

func estChiffrement(t string) *modele.Texte {
	if t == "starttls" || t == "direct" || t == "aucun" {
		return nil
	}
	return &modele.Texte{Fr: "starttls, direct ou aucun", En: "starttls, direct or aucun"}
}

func estEmetteur(t string) *modele.Texte {
	if federe.EstEmetteur(t) {
		return nil
	}
	return &modele.Texte{Fr: "l'adresse https:// de l'émetteur, telle que ses jetons la donnent, par exemple https://connexion.exemple.fr/realms/agence", En: "the https:// address of the issuer, as its tokens give it, such as https://login.example.org/realms/agency"}
}

func sontForts(t string) *modele.Texte {
	for f := range strings.SplitSeq(t, ",") {
		if !federe.Verifier(f) {
			return &modele.Texte{Fr: "des valeurs acr=… et amr=… entre virgules, par exemple amr=mfa", En: "values acr=… and amr=… between commas, such as amr=mfa"}
		}
	}
	return nil
}
