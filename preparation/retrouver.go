package preparation

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"guichet/controle"
	"guichet/diag"
	"guichet/modele"
)

// retrouver tells the anomalies of a file, each at the cell that its value came from.
func (f *fabrique) retrouver(p *Fichier, r *controle.Rapport) (fautes []Faute) {
	fr, en := r.Fichier(modele.Francais), r.Fichier(modele.Anglais)
	for i := range fr.Structure {
		fautes = append(fautes, f.faute(p, &fr.Structure[i], &en.Structure[i]))
	}
	for i := range fr.Demandes {
		anomalies := fr.Demandes[i].Anomalies
		for j := range anomalies {
			if anomalies[j].Autre == nil && !f.decoule(p, i, &anomalies[j], anomalies) { // what is there twice, the rows tell
				fautes = append(fautes, f.faute(p, &anomalies[j], &en.Demandes[i].Anomalies[j]))
			}
		}
	}
	return f.uneParCellule(fautes)
}

// dite is what was told of a place.
type dite struct {
	lieu Lieu
	code string // "" for an error
}

// uneParCellule leaves one error for each cell, none where the rows have one there already. Remarks are left where
// there is no error, each once; and what is told of a constant is told once for all files.
func (f *fabrique) uneParCellule(fautes []Faute) []Faute {
	dites := maps.Clone(f.dites)
	for i := range f.lot.Fautes {
		if f.lot.Fautes[i].Bloquante() {
			dites[dite{lieu: f.lot.Fautes[i].Lieu}] = true
		}
	}
	garder := func(x *Faute) bool {
		erreur, remarque := dite{lieu: x.Lieu}, dite{x.Lieu, x.Code}
		if x.Lieu.Colonne == "" && !x.constante {
			erreur.code = x.Code // rows and files may have several
		}
		deja := dites[erreur] || dites[remarque]
		dites[erreur] = dites[erreur] || x.Bloquante()
		dites[remarque] = true
		if x.constante {
			f.dites[erreur], f.dites[remarque] = dites[erreur], true
		}
		return !deja
	}
	gardees := map[int]bool{}
	for _, bloquantes := range []bool{true, false} {
		for i := range fautes {
			if fautes[i].Bloquante() == bloquantes && garder(&fautes[i]) {
				gardees[i] = true
			}
		}
	}
	reste := fautes[:0]
	for i := range fautes {
		if gardees[i] {
			reste = append(reste, fautes[i])
		}
	}
	return reste
}

// decoule tells whether an anomaly follows from another fault: the name of a document is made from the number of
// its demande and the extension of its own file.
func (f *fabrique) decoule(p *Fichier, i int, d *diag.Diagnostic, anomalies []diag.Diagnostic) bool {
	r := &f.lot.plan.pieces.regle
	if d.Balise != r.Nom && d.Balise != r.Format || i >= len(p.Demandes) {
		return false
	}
	if d.Balise == r.Nom && slices.ContainsFunc(anomalies, func(a diag.Diagnostic) bool { return a.Balise == r.Numero }) {
		return true
	}
	return slices.ContainsFunc(p.Demandes[i].Documents(), func(d Document) bool { return d.Nom == "" })
}

// faute puts an anomaly in the words of the table, at its cell.
func (f *fabrique) faute(p *Fichier, fr, en *diag.Diagnostic) Faute {
	lieu, c, constante := f.lieu(p, fr)
	faute := Faute{
		Lieu: lieu, constante: constante, Code: fr.Code, Gravite: fr.Gravite,
		Message: parler(modele.Texte{Fr: fr.Message, En: en.Message}), Aide: parler(modele.Texte{Fr: fr.Aide, En: en.Aide}),
	}
	if c != nil && fr.Balise != c.Nom { // a list that the column fills as well, or a tag of its document
		faute.Message.Fr = c.Nom + strings.TrimPrefix(faute.Message.Fr, fr.Balise)
		faute.Message.En = c.Nom + strings.TrimPrefix(faute.Message.En, fr.Balise)
	}
	switch {
	case c == nil:
		return faute
	case c.manquent(fr):
		return manquante(faute, c, f.neant(lieu))
	case c.Champ == nil || fr.Valeur == nil || !strings.HasPrefix(*fr.Valeur, `"`):
		return faute
	}
	switch c.ty.Genre {
	case modele.Booleen:
		return illisible(faute, *fr.Valeur, c.attendu(), modele.Texte{Fr: "oui ou non", En: "yes or no"})
	case modele.Montant:
		return illisible(faute, *fr.Valeur, c.attendu(), modele.Texte{Fr: "le montant seul, par exemple " + c.Champ.Exemple, En: "the amount alone, such as " + c.Champ.Exemple})
	}
	return faute
}

// neant returns what a cell has that was read as nothing, "" for an empty one.
func (f *fabrique) neant(lieu Lieu) string {
	if f.neants == nil {
		f.neants = map[Lieu]string{}
		for i := range f.lot.Reparations {
			if r := &f.lot.Reparations[i]; r.Motif == motifs[motifNeant] {
				f.neants[r.Lieu] = strings.TrimSpace(r.Avant)
			}
		}
	}
	return f.neants[lieu]
}

func illisible(f Faute, litteral string, attendu, exemple modele.Texte) Faute {
	r := &regles[regleValeur]
	trouve := abreger(nu([]byte(litteral)))
	f.Code = r.Code
	f.Message = modele.Texte{Fr: texte(r.Message, trouve, attendu.Fr).Fr, En: texte(r.Message, trouve, attendu.En).En}
	f.Aide = modele.Texte{Fr: texte(r.Aide, exemple.Fr).Fr, En: texte(r.Aide, exemple.En).En}
	return f
}

// lieu finds the cell of an anomaly by its pointer, or the first row of its demande where it has none.
// constante tells whether it is a constant of the mapping.
func (f *fabrique) lieu(p *Fichier, d *diag.Diagnostic) (ou Lieu, de *colonne, constante bool) {
	chemin, rangs := lirePointeur(d.Pointeur)
	l := f.lot
	if len(rangs) == 0 || rangs[0] >= len(p.Demandes) {
		return Lieu{Fichier: p.Nom, Balise: d.Balise}, nil, false
	}
	demande := int32(p.Demandes[rangs[0]].Indice)
	c := f.colonne(d, chemin[1:], demande, rangs[1:])
	if c < 0 {
		lieu := l.nommer(l.demandes.a(demande).lieu)
		lieu.Balise = d.Balise
		return lieu, nil, false
	}
	item := l.porteur(c, demande, chemin[1:], rangs[1:])
	if item == aucun { // an OG whose only row repeats an ESMS of the demande
		return l.situer(l.ogs.a(l.og(demande, premier(rangs[1:]))).lieu, c), l.plan.colonnes[c], false
	}
	if s := l.source(c, item); s.constante != nil && (strings.HasPrefix(d.Code, regleDeValeur) || *l.ref(c, item) == refusee) {
		return s.ecrite, l.plan.colonnes[c], true // no row is wrong
	}
	return l.cellule(c, item), l.plan.colonnes[c], false
}

// regleDeValeur begins the codes of the rules that look at one value alone.
const regleDeValeur = "F"

// lirePointeur takes a pointer apart: its tags, and its indices.
func lirePointeur(pointeur string) (chemin []string, rangs []int) {
	for part := range strings.SplitSeq(strings.TrimPrefix(pointeur, "/"), "/") {
		if n, err := strconv.Atoi(part); err == nil {
			rangs = append(rangs, n)
		} else {
			chemin = append(chemin, part)
		}
	}
	return chemin, rangs
}

// colonne returns the index of the column that gave the value at a path of the demande, -1 for none.
func (f *fabrique) colonne(d *diag.Diagnostic, chemin []string, demande int32, rangs []int) int {
	p := f.lot.plan
	if len(chemin) == 0 {
		return -1
	}
	if chemin[0] == p.pieces.regle.Tableau {
		return p.piece(d, f.lot, demande, rangs)
	}
	if i := slices.IndexFunc(p.colonnes, func(c *colonne) bool { return slices.Equal(c.Chemin, chemin) }); i >= 0 {
		return i
	}
	if p.genre(chemin) == modele.TableauValeurs {
		return p.identite[ESMS]
	}
	return -1
}

// genre returns the kind of the tag at a path of the demande.
func (p *plan) genre(chemin []string) modele.Genre {
	c := p.lignes
	for _, balise := range chemin {
		i := slices.IndexFunc(c.Champs, func(c modele.Champ) bool { return c.Balise == balise })
		if i < 0 {
			return modele.Objet
		}
		c = &c.Champs[i]
	}
	return c.Type.Genre
}

// piece returns the column of the document that an anomaly is about: the one of its rule, or of its rank.
func (p *plan) piece(d *diag.Diagnostic, l *Lot, demande int32, rangs []int) int {
	for _, c := range p.pieces.colonnes {
		if absente := p.colonnes[c].absente; absente != nil && absente.Regle == d.Code {
			return c
		}
	}
	rang := 0
	for c := range l.pieces(demande) {
		if len(rangs) > 0 && rang == rangs[0] {
			return c
		}
		rang++
	}
	return -1
}

// og and etablissement return the item of a rank in a demande or OG; the last one for a rank that is too large.
func (l *Lot) og(demande int32, rang int) int32 {
	o := l.demandes.a(demande).premier
	for ; rang > 0 && l.ogs.a(o).suivant != aucun; rang-- {
		o = l.ogs.a(o).suivant
	}
	return o
}

func (l *Lot) etablissement(og int32, rang int) int32 {
	e := l.ogs.a(og).premier
	for ; rang > 0 && e != aucun && l.esms.a(e).suivant != aucun; rang-- {
		e = l.esms.a(e).suivant
	}
	return e
}

// porteur returns the item that column c has its value for, by the indices of a pointer; aucun for an OG that has no
// ESMS.
func (l *Lot) porteur(c int, demande int32, chemin []string, rangs []int) int32 {
	switch n := l.plan.colonnes[c].Niveau; {
	case n == Commande:
		return demande
	case n == OG:
		return l.og(demande, premier(rangs))
	case l.plan.genre(chemin) == modele.TableauValeurs:
		rang := 0
		if len(rangs) > 1 {
			rang = rangs[1]
		}
		return l.etablissement(l.og(demande, premier(rangs)), rang)
	}
	rang := premier(rangs)
	for o := l.demandes.a(demande).premier; o != aucun; o = l.ogs.a(o).suivant {
		for e := l.ogs.a(o).premier; e != aucun; e = l.esms.a(e).suivant {
			if rang == 0 {
				return e
			}
			rang--
		}
	}
	return l.etablissement(l.demandes.a(demande).premier, 0)
}

func premier(rangs []int) int {
	if len(rangs) == 0 {
		return 0
	}
	return rangs[0]
}
