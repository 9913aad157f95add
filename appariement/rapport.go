package appariement

import (
	"cmp"
	"slices"
	"strings"

	"guichet/diag"
	"guichet/modele"
)

// Completer adds what was found to the report of the same file: to the demande that names the document,
// else to the file.
func (r *Resultat) Completer(f *diag.Fichier, l modele.Langue) {
	r.Chaque(l, func(p *Piece, d diag.Diagnostic) {
		switch {
		case p == nil:
			f.Structure = append(f.Structure, d)
		case p.Demande < len(f.Demandes):
			f.Demandes[p.Demande].Anomalies = append(f.Demandes[p.Demande].Anomalies, d)
		}
	})
	f.Omises[modele.Erreur] += r.omises
	for _, t := range r.nonVerifie {
		f.NonVerifie = append(f.NonVerifie, t.In(l))
	}
}

// Chaque gives each anomaly with the document that it is about, nil for one that the file does not name.
func (r *Resultat) Chaque(l modele.Langue, f func(p *Piece, d diag.Diagnostic)) {
	for i := range r.anomalies {
		var p *Piece
		if n := r.anomalies[i].piece; n >= 0 {
			p = &r.attendues.Pieces[n]
		}
		f(p, r.diagnostic(&r.anomalies[i], l))
	}
}

// Valide tells whether all documents are there, and fit to be deposited.
func (r *Resultat) Valide() bool {
	return !slices.ContainsFunc(r.anomalies, func(a anomalie) bool { return regles[a.numero].Gravite >= modele.Erreur })
}

func (r *Resultat) diagnostic(a *anomalie, l modele.Langue) diag.Diagnostic {
	regle := &regles[a.numero]
	mots := r.mots(a, l)
	d := diag.Diagnostic{
		Code: regle.Code, Gravite: regle.Gravite, Source: regle.Source, Ligne: 1, Colonne: 1,
		Message: mots.Replace(regle.Message.In(l)), Aide: mots.Replace(cmp.Or(a.faire, regle.Aide).In(l)),
	}
	if a.piece < 0 {
		d.Valeur = &a.document
		return d
	}
	r.situer(&r.attendues.Pieces[a.piece], &d)
	return d
}

// mots gives the names in braces of a rule's texts their meaning.
func (r *Resultat) mots(a *anomalie, l modele.Langue) *strings.Replacer {
	attendu, format := "", ""
	if a.piece >= 0 {
		attendu, format = r.attendues.Pieces[a.piece].Nom, r.attendues.Pieces[a.piece].Format
	}
	poids, plus := pese(a.nombre, r.limites.max(a.numero), l)
	return strings.NewReplacer(
		"{balise}", baliseNom, "{trouve}", a.document, "{attendu}", attendu, "{format}", format,
		"{detail}", a.detail.In(l), "{nombre}", diag.Number(int(a.nombre), l), "{max}", diag.Number(int(r.limites.max(a.numero)), l),
		"{poids}", poids, "{plus}", plus,
	)
}

// pese writes what something weighs and the bound that it is over: by the byte where that alone tells them apart.
func pese(n, borne int64, l modele.Langue) (poids, plus string) {
	if rond := borne >> 20 * 1_000_000; borne%1_000_000 > 0 && rond > 0 {
		borne = rond // a bound of 3 << 20 is called 3 Mo
	}
	if poids, plus = diag.Size(n, l), diag.Size(borne, l); poids != plus {
		return poids, plus
	}
	octets := modele.Texte{Fr: "\u00a0octets", En: " bytes"}.In(l)
	return diag.Number(int(n), l) + octets, diag.Number(int(borne), l) + octets
}

// max returns the limit that a rule speaks of.
func (l *Limites) max(n numero) int64 {
	switch n {
	case regleLourd:
		return l.Documents.MaxOctets
	case regleTropGrand:
		return l.Documents.MaxPixels
	case archiveLourde:
		return l.Archives.MaxOctets
	case archiveEntrees:
		return int64(l.Archives.MaxEntrees)
	}
	return l.Archives.MaxTotal
}

// maxValeur is how much of a value a diagnostic keeps, in bytes.
const maxValeur = 200

// portee is how much of a line an extract shows on each side of a place, in bytes.
const portee = 60

// situer gives the place of the nomFichier that a diagnostic is about.
func (r *Resultat) situer(p *Piece, d *diag.Diagnostic) {
	doc := r.attendues.doc
	node := doc.Nodes[p.noeud]
	place := doc.Position(int(node.Start))
	d.Balise, d.Pointeur, d.Ligne, d.Colonne = baliseNom, p.pointeur, place.Line, place.Column
	d.Longueur = doc.Characters(int(node.Start), int(node.End))
	valeur := string(doc.Raw(p.noeud))
	if len(valeur) > maxValeur {
		valeur = strings.ToValidUTF8(valeur[:maxValeur], "") + "…"
	}
	d.Valeur = &valeur
	extrait := doc.Excerpt(int(node.Start), portee)
	d.Extrait = diag.Extrait{Texte: extrait.Text, Debut: extrait.Column, Suite: extrait.More}
}

// Constat is one thing that was found, for those that make no report of it.
type Constat struct {
	Code     string
	Piece    int    // index in Attendues.Pieces, -1 for none
	Document string // where it was found
	Message  modele.Texte
	Aide     modele.Texte
}

// Constats lists all that was found.
func (r *Resultat) Constats() []Constat {
	constats := make([]Constat, len(r.anomalies))
	for i := range r.anomalies {
		a := &r.anomalies[i]
		fr, en := r.mots(a, modele.Francais), r.mots(a, modele.Anglais)
		regle := &regles[a.numero]
		constats[i] = Constat{
			Code: regle.Code, Piece: a.piece, Document: a.document,
			Message: modele.Texte{Fr: fr.Replace(regle.Message.Fr), En: en.Replace(regle.Message.En)},
			Aide:    modele.Texte{Fr: fr.Replace(regle.Aide.Fr), En: en.Replace(regle.Aide.En)},
		}
	}
	return constats
}
