package accuse

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Titre is what the receipt is called.
func (a *Accuse) Titre() modele.Texte {
	return modele.Texte{Fr: "Accusé de réception " + a.Numero, En: "Receipt " + a.Numero}
}

// Rubriques are the receipt: all that the law asks for, in a language.
func (a *Accuse) Rubriques(l modele.Langue) []Rubrique {
	e := &ecrivain{Accuse: a, langue: l}
	return []Rubrique{e.reception(), e.resultat(), e.suite(), e.recours(), e.service()}
}

// ecrivain writes a receipt in a language.
type ecrivain struct {
	*Accuse
	langue modele.Langue
}

func (e *ecrivain) t(fr, en string) string {
	return ecrit.Phrase(modele.Texte{Fr: fr, En: en}, e.langue)
}

func (e *ecrivain) f(fr, en string, args ...any) string { return fmt.Sprintf(e.t(fr, en), args...) }

// faits keeps those that have a value, and makes visible what a stranger hid in it.
func faits(tous ...Fait) (gardes []Fait) {
	for _, f := range tous {
		if f.Valeur != "" {
			gardes = append(gardes, Fait{diag.Neutralize(f.Nom), diag.Neutralize(f.Valeur)})
		}
	}
	return gardes
}

func (e *ecrivain) reception() Rubrique {
	genre := e.t("demandes d'avance", "advance requests")
	if e.Type != "avance" {
		genre = e.t("demandes de solde", "balance requests")
	}
	return Rubrique{Titre: e.t("Réception", "Reception"), Faits: faits(
		Fait{e.t("Numéro du dépôt", "Number of the deposit"), e.Numero},
		Fait{e.t("Reçu le", "Received"), web.Seconde(e.Recu).In(e.langue)},
		Fait{e.t("Nature", "Nature"), genre},
		Fait{e.t("Fichier", "File"), e.Fichier + " (" + web.Taille(e.Taille).In(e.langue) + ")"},
		Fait{e.t("Empreinte SHA-256", "SHA-256 digest"), e.SHA256},
		Fait{e.t("Fournisseur", "Supplier"), e.Nom + " (SIRET " + e.SIRET + ")"},
		Fait{e.t("Déposé, par mandat, par", "Deposited, under a mandate, by"), e.Mandataire},
		Fait{e.t("Logiciel (numeroAns)", "Software (numeroAns)"), e.Logiciel},
	)}
}

func (e *ecrivain) resultat() Rubrique {
	r := Rubrique{Titre: e.t("Résultat du contrôle", "Outcome of the control")}
	if e.Rejet != nil {
		r.Faits = faits(Fait{e.t("Fichier rejeté", "File rejected"), e.motiver(e.Rejet.Code, e.Rejet.Libelle)})
		r.Phrases = []string{e.t(
			"Le fichier est rejeté en entier : aucune demande n'est enregistrée, aucun numéro n'est utilisé, et seule la trace de cet envoi est gardée. Corrigez le fichier, puis déposez-le à nouveau.",
			"The whole file is rejected: no request is registered, no number is used, and only the trace of this sending is kept. Mend the file, then deposit it again.")}
		return r
	}
	r.Faits = faits(
		Fait{e.t("Demandes du fichier", "Requests in the file"), strconv.Itoa(e.Nombre)},
		Fait{e.t("Demandes acceptées au dépôt", "Requests accepted at deposit"), strconv.Itoa(e.Acceptees)},
		Fait{e.t("Demandes refusées au dépôt", "Requests refused at deposit"), strconv.Itoa(e.Refusees())},
	)
	if e.Refusees() > 0 {
		r.Phrases = []string{e.t(
			"Les demandes refusées ne sont pas enregistrées. Corrigez-les, puis déposez-les dans un autre fichier, avec un nouveau numeroEditeur.",
			"Refused requests are not registered. Mend them, then deposit them in another file, with a new numeroEditeur.")}
	}
	return r
}

// suite is what follows: what is missing, and what silence comes to.
func (e *ecrivain) suite() Rubrique {
	r := Rubrique{Titre: e.t("La suite", "What follows")}
	if e.Acceptees == 0 {
		r.Phrases = []string{e.t("Aucune demande n'étant enregistrée, aucun délai de décision ne court.", "As no request is registered, no time limit for a decision runs.")}
		return r
	}
	limite, jour := web.Date(e.LimitePieces()).In(e.langue), web.Date(e.Delais.Echeance(e.Recu)).In(e.langue)
	r.Faits = faits(
		Fait{e.t("Pièces à envoyer au plus tard le", "Documents to be sent no later than"), limite},
		Fait{e.t("Décision implicite le", "Implicit decision on"), jour},
	)
	r.Phrases = []string{e.t(
		"Une demande acceptée au dépôt reste incomplète tant que toutes ses pièces ne sont pas reçues : envoyez-les depuis la page du dépôt.",
		"A request that was accepted at deposit stays incomplete until all its documents have come: send them from the page of the deposit.")}
	if e.Delais.Silence == Acceptance {
		r.Phrases = append(r.Phrases, e.f(
			"Chaque demande peut donner lieu à une décision implicite d'acceptation : à défaut de décision expresse le %s, et sous réserve qu'elle soit complète, elle est réputée acceptée. Tant que des pièces manquent, ce délai ne court qu'à compter de leur réception (CRPA, art. L. 114-5). Une attestation vous en est alors délivrée sur demande (art. L. 232-3).",
			"Each request may give rise to an implicit decision of acceptance: failing an express decision on %s, and provided that it is complete, it is deemed accepted. While documents are missing, this time runs only from their reception (CRPA, art. L. 114-5). A certificate of it is then issued on request (art. L. 232-3).", jour))
		return r
	}
	r.Phrases = append(r.Phrases, e.f(
		"Chaque demande peut donner lieu à une décision implicite de rejet : à défaut de décision expresse le %s, et sous réserve qu'elle soit complète, elle est réputée rejetée. Ce délai est suspendu pendant celui qui est imparti pour produire les pièces manquantes (CRPA, art. L. 114-5).",
		"Each request may give rise to an implicit decision of refusal: failing an express decision on %s, and provided that it is complete, it is deemed refused. This time is suspended during that given to produce the missing documents (CRPA, art. L. 114-5).", jour))
	return r
}

func (e *ecrivain) recours() Rubrique {
	n, tribunal := e.Delais.Recours, cmp.Or(e.Delais.Tribunal, e.t("le tribunal administratif compétent", "the competent administrative court"))
	return Rubrique{Titre: e.t("Recours", "Remedies"), Phrases: []string{
		e.f("Le rejet d'une demande, exprès ou implicite, comme celui d'un fichier, peut être contesté dans un délai de %d mois :", "The refusal of a request, express or implicit, or of a file, may be contested within %d months:", n),
		e.t("– par un recours gracieux, ou hiérarchique, adressé au service ci-dessous, qui interrompt le délai du recours contentieux ;", "– by an administrative appeal to the department below, which interrupts the time for an appeal to the court;"),
		e.f("– par un recours contentieux devant %s.", "– by an appeal to the court: %s.", tribunal),
		e.t("Accusé de réception électronique délivré en application des articles L. 112-11 et R. 112-11-1 du code des relations entre le public et l'administration (CRPA).",
			"Electronic receipt issued under articles L. 112-11 and R. 112-11-1 of the code of relations between the public and the administration (CRPA). This is a translation: the French text decides."),
	}}
}

func (e *ecrivain) service() Rubrique {
	g := e.Agence
	return Rubrique{Titre: e.t("Service chargé du dossier", "Department in charge"), Faits: faits(
		Fait{e.t("Organisme", "Body"), g.Nom},
		Fait{e.t("Service", "Department"), g.Service},
		Fait{e.t("Adresse", "Address"), g.Adresse},
		Fait{e.t("Courriel", "E-mail"), g.Courriel},
		Fait{e.t("Téléphone", "Telephone"), g.Telephone},
	)}
}

// Details are the demandes one by one: those that expect documents, and those that were refused.
func (a *Accuse) Details(l modele.Langue) (parties []Rubrique) {
	e := &ecrivain{Accuse: a, langue: l}
	attendues := Rubrique{Titre: e.t("Demandes acceptées, et pièces que chacune attend", "Requests accepted, and the documents that each expects")}
	refusees := Rubrique{Titre: e.t("Demandes refusées", "Requests refused")}
	for i := range a.Demandes {
		d := &a.Demandes[i]
		if d.NumeroASP == "" {
			refusees.Faits = append(refusees.Faits, faits(Fait{e.nommer(d), e.motiver(d.Code, d.Libelle)})...)
			continue
		}
		attendues.Faits = append(attendues.Faits, faits(Fait{e.nommer(d), e.enumerer(d.Pieces)})...)
	}
	for _, r := range []Rubrique{refusees, attendues} {
		if len(r.Faits) > 0 {
			parties = append(parties, r)
		}
	}
	return parties
}

// motiver tells why something was refused. The returned file says it in French, whatever the language of who reads the
// receipt: in English the rule stands before those words.
func (e *ecrivain) motiver(code, libelle string) string {
	regle, connue := controle.Regle(code)
	if e.langue == modele.Francais {
		return code + e.t(" : ", ": ") + ecrit.Francais(libelle)
	}
	if !connue {
		return code + ": " + libelle
	}
	return fmt.Sprintf("%s: %s (in the returned file: “%s”)", code, regle.Titre.En, libelle)
}

// nommer tells which demande it is: by its row, and the numbers that it has.
func (e *ecrivain) nommer(d *Demande) string {
	nom := e.f("Ligne %d", "Row %d", d.Ligne)
	for _, numero := range []string{d.NumeroEditeur, d.NumeroASP} {
		if numero != "" {
			nom += ", " + abreger(numero)
		}
	}
	return nom
}

// maxNumero is how much is shown of a numeroEditeur that is none, in characters.
const maxNumero = 60

func abreger(texte string) string {
	n := 0
	for i := range texte {
		if n++; n > maxNumero {
			return texte[:i] + "…"
		}
	}
	return texte
}

func (e *ecrivain) enumerer(noms []string) string {
	if len(noms) == 0 {
		return e.t("aucune pièce", "no document")
	}
	return strings.Join(noms, ", ")
}
