package page

import (
	"html/template"

	"guichet/diag"
)

// What a page holds at most: a browser must still open it, and a mail still carry it.
const (
	maxFichiers  = 500
	maxDemandes  = 5000
	maxAnomalies = 2000
	maxGroupes   = 200
)

// The page as the template shows it. All strings are neutralised already.
type (
	view struct {
		Langue, Politique               string
		Style                           template.CSS
		Titre, Classe, Outil            string
		Phrase                          string // what the portal will do, where there is one file
		Bilan, Comptes                  string
		Masque                          string
		Conseils, NonVerifie, Registres []string
		Groupes                         []groupe
		GroupesTus                      string // groups over the limit, counted
		Fichiers                        []fichier
		FichiersTus                     string
		AnomaliesTues                   string
	}
	groupe struct {
		Ampleur, Portail, Gravite, Classe, Code, Resume string
		Places                                          []place
		Reste                                           string
	}
	place struct{ Nom, Ancre string }

	fichier struct {
		Ancre, Nom, Verdict, Classe, Phrase, Comptes, Edition string
		Structure                                             []anomalie
		Demandes                                              []demande // those with anomalies
		Liste                                                 []ligne   // all of them
		ListeTue, ListeTitre                                  string
		ListeOuverte                                          bool
		Omises                                                string
	}
	demande struct {
		Ancre, Nom, Issue string
		Anomalies         []anomalie
	}
	ligne struct {
		NumLigne                                       int
		NumeroEditeur, Issue, Code, Libelle, Anomalies string
		Ancre                                          string
	}
	anomalie struct {
		Ancre, Gravite, Classe, Code, Message, Place, Source, Aide, Doute string
		Premiere                                                          bool
		Extraits                                                          []extrait
	}
	extrait struct {
		Ligne                int
		Place, Note          string
		Avant, Marque, Apres string
	}
)

func newView(r *diag.Rapport, o diag.Options) view {
	b := builder{rapport: r, Options: o, anchors: map[*diag.Diagnostic]string{}}
	v := view{
		Langue: b.text("fr", "en"), Politique: policy(), Style: template.CSS(style),
		Titre: r.Titre(o.Langue), Classe: "ok", Outil: diag.Neutralize(o.Outil),
		Bilan: r.Bilan(o.Langue), Comptes: r.Comptes().In(o.Langue),
		Conseils: r.Conseils(o.Langue), NonVerifie: neutralized(r.NonVerifie()),
		Registres: neutralized(r.Registres()),
	}
	if len(r.Fichiers) == 1 {
		v.Titre, v.Phrase = b.single(&r.Fichiers[0]), r.Fichiers[0].Phrase(o.Langue)
	}
	if !r.Valid {
		v.Classe = "erreur"
	}
	if r.Masquees > 0 {
		v.Masque = r.Masque(o.Langue)
	}
	v.Fichiers, v.FichiersTus = b.files()
	v.Groupes, v.GroupesTus = b.groups() // after the files: it links to their anomalies
	v.AnomaliesTues = b.over(b.hidden, diag.NounAnomalie)
	return v
}

func neutralized(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = diag.Neutralize(line)
	}
	return out
}
