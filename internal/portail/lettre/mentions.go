package lettre

import (
	"slices"
	"strings"

	"guichet/internal/portail/decision"
	"guichet/modele"
)

// Mention is something that the law wants in a letter.
type Mention struct {
	Code    string
	Quoi    modele.Texte
	Article string
	Genres  []Genre  // of the letters that need it; nil for those of decisions
	Champs  []string // fields that must be read in it
	Mots    []string // of which one must be read in it, whatever the case; nil for none
}

var (
	attribution = []Genre{Genre(decision.Attribution)}
	rejet       = []Genre{Genre(decision.Rejet)}
	retrait     = []Genre{Genre(decision.Retrait)}
	motivees    = []Genre{Genre(decision.Rejet), Genre(decision.Retrait), RetraitEnvisage}
	entendre    = []Genre{RetraitEnvisage, Contestation}
	toutes      = []Genre{Genre(decision.Attribution), Genre(decision.Rejet), Genre(decision.Retrait), RetraitEnvisage, Contestation, Modification}
	modifier    = []Genre{Modification}
	conditions  = "CRPA, art. L242-2"
)

// Mentions are they. The conditions that an aid depends on are told with it at the latest: it can be taken back where they are not kept.
var Mentions = []Mention{
	{Code: "OBJET", Quoi: modele.Texte{Fr: "la demande en cause", En: "the request in question"}, Article: "CRPA, art. L211-5", Genres: toutes, Champs: []string{"numeroASP", "fournisseur"}},
	{Code: "DECISION", Quoi: modele.Texte{Fr: "le numéro et la date de la décision", En: "the number and the date of the decision"}, Article: "CJA, art. R421-1", Champs: []string{"numeroDecision", "dateDecision"}},
	{Code: "MOTIFS", Quoi: modele.Texte{Fr: "les motifs, en droit et en fait", En: "the reasons, in law and in fact"}, Article: "CRPA, art. L211-2, L211-5", Genres: motivees, Champs: []string{"motifs"}},
	{Code: "FAITS", Quoi: modele.Texte{Fr: "les précisions, en fait", En: "the reasons in fact, more precisely"}, Article: "CRPA, art. L211-5", Genres: motivees, Champs: []string{"precisions"}},
	{Code: "RETIREE", Quoi: modele.Texte{Fr: "l'attribution en cause, son numéro et son jour", En: "the award in question, its number and its day"}, Article: "CRPA, art. L211-5", Genres: []Genre{Genre(decision.Retrait), RetraitEnvisage}, Champs: []string{"attributionRetiree"}},
	{Code: "CONTRADICTOIRE", Quoi: modele.Texte{Fr: "comment le fournisseur a été entendu", En: "how the supplier was heard"}, Article: "CRPA, art. L121-1, L122-1", Genres: retrait, Champs: []string{"contradictoire"}},
	{Code: "ESMS", Quoi: modele.Texte{Fr: "les ESMS en cause, et ce que la demande risque", En: "the ESMS in question, and what the request risks"}, Article: "CRPA, art. L122-1", Genres: []Genre{Contestation}, Champs: []string{"esmsContestes", "enjeu"}},
	{Code: "OBSERVATIONS", Quoi: modele.Texte{Fr: "le droit de présenter des observations écrites, et jusqu'à quand", En: "the right to make written observations, and until when"}, Article: "CRPA, art. L122-1", Genres: entendre, Champs: []string{"limiteObservations"}, Mots: []string{"observations écrites", "written observations"}},
	{Code: "ORALES", Quoi: modele.Texte{Fr: "le droit d'être entendu à sa demande", En: "the right to be heard when it is asked for"}, Article: "CRPA, art. L122-1", Genres: entendre, Mots: []string{"observations orales", "oral observations"}},
	{Code: "CONSEIL", Quoi: modele.Texte{Fr: "le droit d'être assisté ou représenté", En: "the right to be assisted or represented"}, Article: "CRPA, art. L122-1", Genres: entendre, Mots: []string{"conseil", "counsel"}},
	{Code: "MANQUE", Quoi: modele.Texte{Fr: "ce qui manque ou doit être changé", En: "what is missing or to be changed"}, Article: "CRPA, art. L114-5", Genres: modifier, Champs: []string{"aModifier"}},
	{Code: "REPONSE", Quoi: modele.Texte{Fr: "jusqu'à quand le produire", En: "by when it is to be produced"}, Article: "CRPA, art. L114-5", Genres: modifier, Champs: []string{"limiteReponse"}},
	{Code: "SUSPENSION", Quoi: modele.Texte{Fr: "ce que devient le délai de la décision", En: "what becomes of the time for the decision"}, Article: "CRPA, art. L114-5", Genres: modifier, Champs: []string{"suspension"}},
	{Code: "SERVICE", Quoi: modele.Texte{Fr: "le service, et son adresse", En: "the department, and its address"}, Article: "CRPA, art. L111-2", Genres: append(modifier, entendre...), Champs: []string{"service", "adresseAgence"}},
	{Code: "AUTEUR", Quoi: modele.Texte{Fr: "le nom, la qualité et le service de l'auteur", En: "the name, the quality and the department of the author"}, Article: "CRPA, art. L212-1", Champs: []string{"auteurNom", "auteurQualite", "service"}},
	{Code: "SIGNATURE", Quoi: modele.Texte{Fr: "la dispense de signature d'un téléservice", En: "that an online service needs no signature"}, Article: "CRPA, art. L212-2", Mots: []string{"L212-2", "L. 212-2"}},
	{Code: "DELAI", Quoi: modele.Texte{Fr: "le délai de recours", En: "the time limit for remedies"}, Article: "CJA, art. R421-5", Champs: []string{"delaiRecours"}},
	{Code: "GRACIEUX", Quoi: modele.Texte{Fr: "le recours gracieux, et à qui il s'adresse", En: "the appeal to the department, and whom it goes to"}, Article: "CRPA, art. L411-2", Champs: []string{"adresseAgence"}, Mots: []string{"gracieux", "appeal to the department"}},
	{Code: "HIERARCHIQUE", Quoi: modele.Texte{Fr: "le recours hiérarchique, et à qui il s'adresse", En: "the hierarchical appeal, and whom it goes to"}, Article: "CRPA, art. L411-2", Champs: []string{"superieur"}, Mots: []string{"hiérarchique", "hierarchical appeal"}},
	{Code: "CONTENTIEUX", Quoi: modele.Texte{Fr: "le recours contentieux, et le tribunal", En: "the appeal to the court, and which court"}, Article: "CJA, art. R421-5", Champs: []string{"tribunal"}, Mots: []string{"contentieux", "appeal to the court"}},
	{Code: "MONTANT", Quoi: modele.Texte{Fr: "le montant accordé", En: "the amount granted"}, Article: conditions, Genres: attribution, Champs: []string{"montantAccorde"}},
	{Code: "DOCUMENT", Quoi: modele.Texte{Fr: "le document qui fixe les conditions, et sa version", En: "the document that lays down the conditions, and its version"}, Article: conditions, Genres: attribution, Champs: []string{"texte"}},
	{Code: "LIMITE", Quoi: modele.Texte{Fr: "la date limite du solde, avec son heure", En: "the deadline of the balance, with its hour"}, Article: conditions, Genres: attribution, Champs: []string{"limite"}},
	{Code: "PIECES", Quoi: modele.Texte{Fr: "les pièces du solde", En: "the documents of the balance"}, Article: conditions, Genres: attribution, Champs: []string{"piecesSolde"}},
	{Code: "SEUILS", Quoi: modele.Texte{Fr: "les seuils d'usage", En: "the usage thresholds"}, Article: conditions, Genres: attribution, Champs: []string{"seuils"}},
	{Code: "CONTROLES", Quoi: modele.Texte{Fr: "les contrôles", En: "the controls"}, Article: conditions, Genres: attribution, Champs: []string{"controles"}},
	{Code: "REVERSEMENT", Quoi: modele.Texte{Fr: "le reversement de ce qui n'était pas dû", En: "the recovery of what was not due"}, Article: conditions, Genres: attribution, Champs: []string{"recouvrement"}},
}

// Pour tells whether a kind of letter needs it.
func (m *Mention) Pour(g Genre) bool {
	if m.Genres == nil {
		return g.decide()
	}
	return slices.Contains(m.Genres, g)
}

// manque says what is missing of it in what people read of a letter, whose fields stand as marque writes them; "" for nothing.
func (m *Mention) manque(lu string) (absents []string, ok bool) {
	for _, c := range m.Champs {
		if !strings.Contains(lu, marque(c)) {
			absents = append(absents, "{{"+c+"}}")
		}
	}
	if m.Mots != nil && !slices.ContainsFunc(m.Mots, func(mot string) bool { return strings.Contains(strings.ToLower(lu), strings.ToLower(mot)) }) {
		absents = append(absents, "« "+m.Mots[0]+" »")
	}
	return absents, len(absents) == 0
}

// faute tells what is missing, and what asks for it.
func (m *Mention) faute(absents []string) Faute {
	liste := strings.Join(absents, ", ")
	return Faute{Texte: modele.Texte{
		Fr: "Il manque " + m.Quoi.Fr + " (" + m.Article + ") : " + liste + ".",
		En: "Missing: " + m.Quoi.En + " (" + m.Article + "): " + liste + ".",
	}}
}
