package lettre

import (
	"cmp"
	"strings"
	"time"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Faits are what the letter of a demande is filled with.
type Faits struct {
	NumeroASP, NumeroEditeur string
	Fournisseur, SIRET       string
	Recu                     time.Time
	Demande, Accorde         int64 // cents
	retouche                 bool  // somebody has written its text
	ESMS                     int
	Motifs                   []modele.Texte // reasons, each with its article
	Retiree                  modele.Texte   // the award that is taken back, or may be: its number and its day
	Entendu                  modele.Texte   // how the supplier was heard
	Limite                   time.Time      // by when it makes its observations
	Contestes                []string       // ESMS that another supplier asks for, too
	AModifier                modele.Texte   // what it is asked to change
	Terme, Suspension        modele.Texte   // what follows without an answer, what becomes of the time for the decision
	Texte                    string         // what is added in one's own words
	Reference                string         // of the decision; "" until it is decided
	Date                     time.Time
	Auteur                   string       // who decides; "" until it is known
	Qualite                  modele.Texte // as what
	Agence                   web.Agence
	Recours                  int // months
	Reglages                 map[string]modele.Texte
	Edition                  int64 // of Reglages
}

// Champ is a named field of a model: {{numeroASP}}.
type Champ struct {
	Nom    string
	Quoi   modele.Texte // what it is filled with
	Attend modele.Texte // stands in its place while nothing is decided; "" where something must be
	Ou     modele.Texte // where it is given, for who has left it empty
	Vide   bool         // it may stay empty
	Seul   bool         // it is made of paragraphs: it stands alone on its line
	Sien   bool         // the agency writes it, with Markdown
	valeur func(f *Faits) modele.Texte
}

func pareil(t string) modele.Texte { return modele.Texte{Fr: t, En: t} }

var (
	ouPersonne = modele.Texte{Fr: "« Modèles de lettres », « Ce que disent les lettres », la qualité de qui décide", En: "“Models of letters”, “What letters say”, as what the person decides"}
	ouInstalle = func(nom string) modele.Texte {
		return modele.Texte{Fr: "le réglage " + nom + " de l'installation", En: "the setting " + nom + " of the installation"}
	}
	apres = func(fr, en string) modele.Texte { return modele.Texte{Fr: "[" + fr + "]", En: "[" + en + "]"} }
)

// Champs lists the fields, in the order in which they are shown.
var Champs = append([]Champ{
	{Nom: "numeroASP", Quoi: modele.Texte{Fr: "numéro de la demande", En: "number of the request"}, valeur: func(f *Faits) modele.Texte { return pareil(f.NumeroASP) }},
	{Nom: "numeroEditeur", Quoi: modele.Texte{Fr: "son numéro chez le fournisseur", En: "its number at the supplier's"}, valeur: func(f *Faits) modele.Texte { return pareil(f.NumeroEditeur) }},
	{Nom: "fournisseur", Quoi: modele.Texte{Fr: "raison sociale du fournisseur", En: "name of the supplier"}, valeur: func(f *Faits) modele.Texte { return pareil(f.Fournisseur) }},
	{Nom: "siret", Quoi: modele.Texte{Fr: "son SIRET", En: "its SIRET"}, valeur: func(f *Faits) modele.Texte { return pareil(f.SIRET) }},
	{Nom: "dateDepot", Quoi: modele.Texte{Fr: "jour du dépôt", En: "day of the deposit"}, valeur: func(f *Faits) modele.Texte { return web.Date(f.Recu) }},
	{Nom: "montantDemande", Quoi: modele.Texte{Fr: "montant demandé", En: "amount asked for"}, valeur: func(f *Faits) modele.Texte { return web.Montant(f.Demande) }},
	{Nom: "montantAccorde", Quoi: modele.Texte{Fr: "montant accordé", En: "amount granted"}, valeur: func(f *Faits) modele.Texte { return web.Montant(f.Accorde) }},
	{Nom: "avance", Quoi: modele.Texte{Fr: "avance, part du montant accordé", En: "advance, part of the amount granted"}, valeur: func(f *Faits) modele.Texte { return web.Montant(etat.Avance(f.Accorde)) }},
	{Nom: "nombreESMS", Quoi: modele.Texte{Fr: "nombre d'ESMS", En: "number of ESMS"}, valeur: func(f *Faits) modele.Texte { return ecrit.Compter(int64(f.ESMS), pareil("ESMS"), pareil("ESMS")) }},
	{Nom: "motifs", Seul: true, Quoi: modele.Texte{Fr: "motifs, chacun avec son article", En: "reasons, each with its article"}, Attend: apres("motifs choisis à la proposition", "reasons chosen with the proposal"), valeur: (*Faits).motifs},
	{Nom: "precisions", Seul: true, Vide: true, Quoi: modele.Texte{Fr: "précisions de l'instructeur ; peut rester vide", En: "what the examiner adds; may stay empty"}, valeur: func(f *Faits) modele.Texte { return modele.Texte{Fr: f.Texte} }},
	{Nom: "attributionRetiree", Quoi: modele.Texte{Fr: "numéro et jour de l'attribution en cause", En: "number and day of the award in question"}, Attend: apres("numéro et jour de l'attribution", "number and day of the award"), valeur: func(f *Faits) modele.Texte { return f.Retiree }},
	{Nom: "contradictoire", Quoi: modele.Texte{Fr: "comment le fournisseur a été entendu", En: "how the supplier was heard"}, Attend: apres("comment vous avez été entendu", "how you were heard"), valeur: func(f *Faits) modele.Texte { return f.Entendu }},
	{Nom: "limiteObservations", Quoi: modele.Texte{Fr: "dernier jour pour présenter des observations", En: "last day to make observations"}, Attend: apres("dernier jour pour répondre", "last day to answer"), valeur: (*Faits).limite},
	{Nom: "esmsContestes", Seul: true, Quoi: modele.Texte{Fr: "ESMS qu'un autre fournisseur demande aussi", En: "ESMS that another supplier asks for, too"}, Attend: apres("ESMS en cause", "ESMS in question"), valeur: (*Faits).contestes},
	{Nom: "enjeu", Quoi: modele.Texte{Fr: "ce que la demande risque : un refus, ou le retrait de son attribution", En: "what the request risks: a refusal, or the withdrawal of its award"}, valeur: (*Faits).enjeu},
	{Nom: "aModifier", Seul: true, Quoi: modele.Texte{Fr: "ce qui manque ou doit être changé", En: "what is missing or to be changed"}, Attend: apres("ce que vous demandez", "what you ask for"), valeur: func(f *Faits) modele.Texte { return f.AModifier }},
	{Nom: "limiteReponse", Quoi: modele.Texte{Fr: "dernier jour pour répondre à l'agence", En: "last day to answer the agency"}, Attend: apres("dernier jour pour répondre", "last day to answer"), valeur: (*Faits).limite},
	{Nom: "terme", Quoi: modele.Texte{Fr: "ce qui suit sans réponse", En: "what follows without an answer"}, Attend: apres("ce qui suit sans réponse", "what follows without an answer"), valeur: func(f *Faits) modele.Texte { return f.Terme }},
	{Nom: "suspension", Quoi: modele.Texte{Fr: "ce que devient le délai de la décision", En: "what becomes of the time for the decision"}, Attend: apres("ce que devient le délai de la décision", "what becomes of the time for the decision"), valeur: func(f *Faits) modele.Texte { return f.Suspension }},
	{Nom: "numeroDecision", Quoi: modele.Texte{Fr: "numéro de la décision", En: "number of the decision"}, Attend: apres("numéro donné à la décision", "number given by the decision"), valeur: func(f *Faits) modele.Texte { return pareil(f.Reference) }},
	{Nom: "dateDecision", Quoi: modele.Texte{Fr: "jour de la décision", En: "day of the decision"}, Attend: apres("jour de la décision", "day of the decision"), valeur: (*Faits).date},
	{Nom: "auteurNom", Quoi: modele.Texte{Fr: "nom de qui décide", En: "name of who decides"}, Attend: apres("nom de qui décide", "name of who decides"), valeur: func(f *Faits) modele.Texte { return pareil(ecrit.Nom(f.Auteur)) }},
	{Nom: "auteurQualite", Quoi: modele.Texte{Fr: "sa qualité", En: "as what"}, Attend: apres("qualité de qui décide", "as what the person decides"), Ou: ouPersonne, valeur: func(f *Faits) modele.Texte { return f.Qualite }},
	{Nom: "agence", Quoi: modele.Texte{Fr: "nom de l'agence", En: "name of the agency"}, Ou: ouInstalle("agence-nom"), valeur: func(f *Faits) modele.Texte { return pareil(f.Agence.Nom) }},
	{Nom: "service", Quoi: modele.Texte{Fr: "service de l'agence", En: "department of the agency"}, Ou: ouInstalle("agence-service"), valeur: func(f *Faits) modele.Texte { return pareil(f.Agence.Service) }},
	{Nom: "adresseAgence", Quoi: modele.Texte{Fr: "adresse postale de l'agence", En: "postal address of the agency"}, Ou: ouInstalle("agence-adresse"), valeur: func(f *Faits) modele.Texte { return pareil(f.Agence.Adresse) }},
	{Nom: "delaiRecours", Quoi: modele.Texte{Fr: "délai de recours", En: "time limit for remedies"}, valeur: (*Faits).recours},
}, champsReglages()...)

// champsReglages are the fields of what the agency alone can say.
func champsReglages() (champs []Champ) {
	for _, r := range Reglages {
		champs = append(champs, Champ{
			Nom: r.Nom, Quoi: r.Quoi, Seul: r.Long, Sien: true,
			Ou:     modele.Texte{Fr: "« Modèles de lettres », « Ce que disent les lettres », « " + r.Titre.Fr + " »", En: "“Models of letters”, “What letters say”, “" + r.Titre.En + "”"},
			valeur: func(f *Faits) modele.Texte { return f.Reglages[r.Nom] },
		})
	}
	return champs
}

// champDe finds a field by its name.
func champDe(nom string) (*Champ, bool) {
	for i := range Champs {
		if Champs[i].Nom == nom {
			return &Champs[i], true
		}
	}
	return nil, false
}

func nomsChamps() (noms []string) {
	for _, c := range Champs {
		noms = append(noms, c.Nom)
	}
	return noms
}

// motifs are the reasons, one to a line.
func (f *Faits) motifs() (t modele.Texte) {
	for i, m := range f.Motifs {
		saut := ""
		if i > 0 {
			saut = "\n"
		}
		t.Fr += saut + m.Fr
		t.En += saut + m.En
	}
	return t
}

// contestes are the ESMS in question, one to a line.
func (f *Faits) contestes() modele.Texte { return pareil(strings.Join(f.Contestes, "\n")) }

// enjeu is what the decision to come may be.
func (f *Faits) enjeu() modele.Texte {
	if f.Retiree.Fr == "" {
		return modele.Texte{Fr: "la demande peut être refusée", En: "the request may be refused"}
	}
	return modele.Texte{Fr: "l'attribution n° " + f.Retiree.Fr + " peut être retirée", En: "the award no. " + f.Retiree.En + " may be withdrawn"}
}

func (f *Faits) limite() modele.Texte {
	if f.Limite.IsZero() {
		return modele.Texte{}
	}
	return web.Date(f.Limite)
}

func (f *Faits) date() modele.Texte {
	if f.Date.IsZero() {
		return modele.Texte{}
	}
	return web.Date(f.Date)
}

func (f *Faits) recours() modele.Texte {
	return ecrit.Compter(int64(f.Recours), modele.Texte{Fr: "mois", En: "month"}, modele.Texte{Fr: "mois", En: "months"})
}

// dit is what a field is filled with, and whether it is what it should be: a letter with a field that lacks its value cannot be sent.
func (c *Champ) dit(f *Faits, l modele.Langue) (texte string, ok bool) {
	v := c.valeur(f)
	if v.En == "" && l == modele.Anglais {
		v.En = v.Fr // the agency writes in French
	}
	if v.In(l) != "" || c.Vide {
		return ecrit.Phrase(v, l), true
	}
	return cmp.Or(c.Attend.In(l), modele.Texte{Fr: "[à remplir : ", En: "[to be filled in: "}.In(l)+c.Quoi.In(l)+"]"), false
}
