package web

import "guichet/internal/portail/ecrit"

// Tape is what was typed into a field of a form that was refused.
type Tape struct{ Champ, Nom, Texte string }

// Lignes are its text, line by line.
func (t Tape) Lignes() []string { return ecrit.Lignes(t.Texte) }

// Retenir has what was typed into a field shown again where the page that is shown has this field no longer: somebody has meanwhile done
// what takes its form away. nom is the field's label.
func (p *Page) Retenir(champ, nom string) { p.RetenirTexte(champ, nom, p.Valeur(champ)) }

// RetenirTexte does so for what is not typed as it is read: a choice.
func (p *Page) RetenirTexte(champ, nom, texte string) {
	if texte == "" {
		return
	}
	if p.ecrit.noms == nil {
		p.ecrit.noms = map[string]bool{}
	}
	p.retenus = append(p.retenus, Tape{champ, nom, texte})
}

// perdre finds what was typed into fields that a page, once it is written, turns out not to have; nothing leads to those fields any more,
// nor to the page in another language, where that text would be lost.
func (p *Page) perdre() bool {
	for _, t := range p.retenus {
		if !p.ecrit.noms[t.Champ] {
			p.Perdus = append(p.Perdus, t)
		}
	}
	if len(p.Perdus) == 0 {
		return false
	}
	for i := range p.Fautes {
		if !p.ecrit.noms[p.Fautes[i].Champ] {
			p.Fautes[i].Champ = ""
		}
	}
	p.Fige, p.retenus, p.ecrit = true, nil, formulaires{}
	return true
}
