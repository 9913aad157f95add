package projet

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// cle is one value of the project: its name in the file, its other sources, and what it is when nobody gives it.
type cle struct {
	nom      string // with the group that it stands in: "numeros.prefixe"
	drapeau  string
	variable string
	defaut   string
	chemin   bool
	valeur   func(*Projet) *Valeur
}

// cles are the values of a project, in the order of the file.
var cles = []cle{
	{"numeroAns", "numero-ans", "GUICHET_NUMERO_ANS", "", false, func(p *Projet) *Valeur { return &p.NumeroAns }},
	{"SIRET", "siret", "GUICHET_SIRET", "", false, func(p *Projet) *Valeur { return &p.SIRET }},
	{"edition", "edition", "GUICHET_EDITION", "", false, func(p *Projet) *Valeur { return &p.Edition }},
	{"sortie", "sortie", "GUICHET_SORTIE", "depots", true, func(p *Projet) *Valeur { return &p.Sortie }},
	{"carnet", "carnet", "GUICHET_CARNET", "guichet.db", true, func(p *Projet) *Valeur { return &p.Carnet }},
	{"referentiels", "referentiels", "GUICHET_REFERENTIELS", "referentiels", true, func(p *Projet) *Valeur { return &p.Referentiels }},
	{"pieces", "pieces", "GUICHET_PIECES", "bons", true, func(p *Projet) *Valeur { return &p.Pieces }},
	{"mapping", "mapping", "GUICHET_MAPPING", "", true, func(p *Projet) *Valeur { return &p.Mapping }},
	{"ajustements", "ajustements", "GUICHET_AJUSTEMENTS", "", true, func(p *Projet) *Valeur { return &p.Ajustements }},
	{"numeros.prefixe", "prefixe", "GUICHET_PREFIXE", "", false, func(p *Projet) *Valeur { return &p.Prefixe }},
	{"lignesMasquees", "lignes-masquees", "GUICHET_LIGNES_MASQUEES", Lire, false, func(p *Projet) *Valeur { return &p.LignesMasquees }},
	{"feuillesMasquees", "feuilles-masquees", "GUICHET_FEUILLES_MASQUEES", Laisser, false, func(p *Projet) *Valeur { return &p.FeuillesMasquees }},
}

// groupeDefauts is the group of the values by tag.
const groupeDefauts = "defauts"

func cleNommee(nom string) *cle {
	for i := range cles {
		if cles[i].nom == nom {
			return &cles[i]
		}
	}
	return nil
}

// noms lists what may stand in a group of the file; "" is the file itself.
func noms(groupe string) []string {
	connus := map[string]bool{}
	for _, c := range cles {
		avant, apres, imbrique := strings.Cut(c.nom, ".")
		switch {
		case groupe == "":
			connus[avant] = true
		case imbrique && avant == groupe:
			connus[apres] = true
		}
	}
	if groupe == "" {
		connus[groupeDefauts] = true
	}
	return slices.Sorted(maps.Keys(connus))
}

// defauts sets what nobody needs to give.
func (l *lecteur) defauts() {
	for _, c := range cles {
		if c.defaut != "" {
			l.poser(&c, l.projet.Dossier, c.defaut, Origine{})
		}
	}
}

// dessus sets what the environment says, then the flags. Their paths start from where the person is, not from
// the project file.
func (l *lecteur) dessus(s Sources) {
	for _, c := range cles {
		if t := s.getenv(c.variable); t != "" {
			l.poser(&c, l.ici, t, Origine{Variable: c.variable})
		}
		if t := s.Drapeaux[c.drapeau]; t != "" {
			l.poser(&c, l.ici, t, Origine{Drapeau: c.drapeau})
		}
	}
}

func (l *lecteur) poser(c *cle, dossier, texte string, o Origine) {
	if c.chemin {
		if texte = filepath.FromSlash(texte); !filepath.IsAbs(texte) {
			texte = filepath.Join(dossier, texte)
		}
	}
	*c.valeur(l.projet) = Valeur{texte, o}
}
