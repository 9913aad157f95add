package instruction

import (
	"slices"
	"strings"
	"time"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Point is a question of the control sheet. Piece is the kind of document that it is asked of: the sheet of a demande has the points of
// the documents that it announces. A decisive one is "yes" before an award: what it asks is there, whatever the demande.
type Point struct {
	Code     string
	Piece    string // typeFichier
	Question modele.Texte
	Source   string
	Motif    string   // code of the reason that a "no" suggests of the catalogue; "" for none
	Cite     string   // words that the source wants, in its own spelling; "" for none
	Balises  []string // tags that a "no" suggests to open for correction
	Decisif  bool
}

// Points are those of an advance (§1.2, step 6, and what the agency's public answers name as reasons to refuse).
var Points = []Point{
	{"BC_MONTANT", "BON_COMMANDE", modele.Texte{Fr: "Le bon de commande porte un montant, différent de zéro et égal à celui de la demande ?", En: "Does the order form have an amount, not zero and equal to that of the request?"}, "§1.2", "MENTION", "", []string{"montantSegurHT"}, true},
	{"BC_MENTION", "BON_COMMANDE", modele.Texte{Fr: "Cette mention y figure, mot pour mot ?", En: "Does it have this sentence, word for word?"}, "§1.2", "MENTION", "Montant pris en charge par l'Etat au titre du Ségur de la santé", nil, true},
	{"BC_TVA", "BON_COMMANDE", modele.Texte{Fr: "Les lignes de TVA sont cohérentes avec le régime déclaré ?", En: "Are the VAT lines consistent with the declared scheme?"}, "§3.2", "PREUVE", "", []string{"regimeTVA", "montantSegurHT"}, false},
	{"BC_SCENARIO", "BON_COMMANDE", modele.Texte{Fr: "Le scénario d'installation déclaré est cohérent avec le bon de commande ?", En: "Is the declared installation scenario consistent with the order form?"}, "§3.2", "SCENARIO", "", []string{"isMaitreId", "IsStockageId", "operateurMessagerie", "profilMetier", "IsRefSoins"}, false},
	{"BC_DATE", "BON_COMMANDE", modele.Texte{Fr: "Il est daté, de la date déclarée ?", En: "Is it dated, with the declared date?"}, "§3.2", "SIGNATURE", "", []string{"dateCommande"}, true},
	{"BC_SIGNATURE", "BON_COMMANDE", modele.Texte{Fr: "Il est signé par le client ?", En: "Is it signed by the client?"}, "§1.2", "SIGNATURE", "", nil, true},
	{"BC_CLIENT", "BON_COMMANDE", modele.Texte{Fr: "Le nom du client est celui de l'OG déclaré ?", En: "Is the client's name that of the declared OG?"}, "§3.2", "SCENARIO", "", []string{"FINESSJuridique", "nomResponsableOG"}, true},
	{"HT_VALABLE", "PREUVE_HT", modele.Texte{Fr: "La preuve du hors taxe est valable ?", En: "Is the proof of no VAT valid?"}, "§3.2", "PREUVE", "", []string{"regimeTVA"}, true},
}

// PointDe finds a point by its code.
func PointDe(code string) (Point, bool) {
	i := slices.IndexFunc(Points, func(p Point) bool { return p.Code == code })
	if i < 0 {
		return Point{}, false
	}
	return Points[i], true
}

// Reponse is the answer to a point, as the database keeps it; "" for none yet.
type Reponse string

// The answers.
const (
	Oui       Reponse = "oui"
	Non       Reponse = "non"
	SansObjet Reponse = "sans_objet"
)

// Repondu is a point of a demande's sheet, with its answer.
type Repondu struct {
	Point
	Reponse  Reponse
	Remarque string
	Qui      string
	Instant  time.Time // when it was given
}

// pointsDe are the points of a demande that announces these kinds of documents.
func pointsDe(types []string) (points []Repondu) {
	for _, p := range Points {
		if slices.Contains(types, p.Piece) {
			points = append(points, Repondu{Point: p})
		}
	}
	return points
}

// Accordable says why an award cannot be proposed with the answers of a sheet; zero when it can. Each point has an answer, none is "no", and
// what an award rests on was found: "not applicable" is no answer to a decisive point, and a sheet without one has looked at nothing.
func Accordable(points []Repondu) modele.Texte {
	var decisifs int
	var fr, en []string
	for _, p := range points {
		if !p.Decisif {
			continue
		}
		decisifs++
		if p.Reponse == SansObjet {
			fr, en = append(fr, "« "+p.Question.Fr+" »"), append(en, "“"+p.Question.En+"”")
		}
	}
	switch {
	case decisifs == 0:
		return modele.Texte{Fr: "sa fiche n'a aucun point à vérifier : le fichier n'annonce pas de pièce, ou n'est pas lisible", En: "its sheet has no point to be checked: the file announces no document, or cannot be read"}
	case slices.ContainsFunc(points, func(p Repondu) bool { return p.Reponse == Non }):
		return modele.Texte{Fr: "sa fiche dit non à un point au moins", En: "its sheet says no to a point at least"}
	case len(fr) > 0:
		return modele.Texte{
			Fr: "une attribution veut « oui », et pas « sans objet », à " + strings.Join(fr, ", "),
			En: "an award wants “yes”, not “not applicable”, to " + strings.Join(en, ", "),
		}
	}
	if n := restent(points); n > 0 {
		t := ecrit.Compter(int64(n), modele.Texte{Fr: "point", En: "point"}, modele.Texte{Fr: "points", En: "points"})
		return modele.Texte{Fr: "sa fiche a " + t.Fr + " sans réponse", En: "its sheet has " + t.En + " without an answer"}
	}
	return modele.Texte{}
}

// restent counts the points without an answer.
func restent(points []Repondu) (n int) {
	for _, p := range points {
		if p.Reponse == "" {
			n++
		}
	}
	return n
}

// MotifsDe are the reasons that the "no" answers of a sheet suggest, each once.
func MotifsDe(points []Repondu) (codes []string) {
	for _, p := range points {
		if p.Reponse == Non && p.Motif != "" && !slices.Contains(codes, p.Motif) {
			codes = append(codes, p.Motif)
		}
	}
	return codes
}

// BalisesDe are the tags that the "no" answers of a sheet suggest to open for correction, each once.
func BalisesDe(points []Repondu) (balises []string) {
	for _, p := range points {
		if p.Reponse != Non {
			continue
		}
		for _, b := range p.Balises {
			if !slices.Contains(balises, b) {
				balises = append(balises, b)
			}
		}
	}
	return balises
}

// Constats are what was found, in words a letter can quote: the question of each "no", and its remark.
func Constats(points []Repondu, l modele.Langue) (lignes []string) {
	for _, p := range points {
		if p.Reponse != Non {
			continue
		}
		ligne := p.Question.In(l)
		if p.Cite != "" {
			ligne += " (« " + p.Cite + " »)"
		}
		ligne += modele.Texte{Fr: " Non.", En: " No."}.In(l)
		if p.Remarque != "" {
			ligne += " " + p.Remarque
		}
		lignes = append(lignes, ligne)
	}
	return lignes
}
