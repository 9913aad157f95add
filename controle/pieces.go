package controle

import (
	"slices"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// norme is a modele.NormePieces made ready to read names.
type norme struct {
	modele.NormePieces
	prefixes []string // the canonical one first, each with its hyphen
	codes    []string
	formats  []string
}

func compilerNorme(n modele.NormePieces) norme {
	c := norme{NormePieces: n}
	for _, p := range append([]string{n.Prefixe}, n.Tolerees...) {
		c.prefixes = append(c.prefixes, p+"-")
	}
	for _, code := range n.Codes {
		c.codes = append(c.codes, code)
	}
	for _, f := range n.Formats {
		c.formats = append(c.formats, f)
	}
	slices.Sort(c.codes)
	slices.Sort(c.formats)
	return c
}

// nomPiece is a document's name, taken apart: Prefixe-code-numero.format.
type nomPiece struct {
	tolere               bool // a tolerated prefix
	code, numero, format []byte
}

// Parts of a document's name, for messages: the one that is off the norm.
const (
	partiePrefixe = iota
	partieCode
	partieNumero
	partieFormat
	partieAucune
)

// lire takes a name apart and tells which part is off the norm.
func (n *norme) lire(t []byte) (nom nomPiece, fautive int32) {
	i := 0
	for i < len(n.prefixes) && (len(t) < len(n.prefixes[i]) || string(t[:len(n.prefixes[i])]) != n.prefixes[i]) {
		i++
	}
	if i == len(n.prefixes) {
		return nom, partiePrefixe
	}
	nom.tolere = i > 0
	var ok bool
	if nom.code, t, ok = couper(t[len(n.prefixes[i]):], '-'); !ok || indice(n.codes, nom.code) < 0 {
		return nom, partieCode
	}
	nom.numero, nom.format, _ = couper(t, '.')
	switch {
	case len(nom.numero) != n.Longueur || valeur.HorsAlphabet(nom.numero, modele.Alphanumerique) >= 0:
		return nom, partieNumero
	case indice(n.formats, nom.format) < 0:
		return nom, partieFormat
	}
	return nom, partieAucune
}

// couper cuts a text around the first byte c, as bytes.Cut does, without the cost of a search.
func couper(t []byte, c byte) (avant, apres []byte, ok bool) {
	for i, b := range t {
		if b == c {
			return t[:i], t[i+1:], true
		}
	}
	return t, nil, false
}

// nomLu is the last document's name that was taken apart: three rules in a row need it.
type nomLu struct {
	noeud   uint32
	nom     nomPiece
	fautive int32
}

// lireNomPiece takes apart the name at node v.
func (w *parcours) lireNomPiece(v uint32) (nomPiece, int32) {
	if w.nomLu.noeud != v {
		nom, fautive := w.plan.norme.lire(w.doc.Text(v))
		w.nomLu = nomLu{noeud: v, nom: nom, fautive: fautive}
	}
	return w.nomLu.nom, w.nomLu.fautive
}

func (w *parcours) nomPiece(s site) bool {
	nom, fautive := w.lireNomPiece(s.noeud)
	if fautive != partieAucune {
		w.signalerAvec(regleNomPiece, s, 0, fautive)
		return false
	}
	if nom.tolere {
		w.signaler(infoPrefixe, s)
	}
	return true
}

// extension checks that a format is that of the name beside it.
func (w *parcours) extension(s site, t []byte) bool {
	v := w.cadres[s.objet.niveau][s.champ.extension-1]
	if v == 0 || w.doc.Nodes[v].Kind != jsondoc.String {
		return true
	}
	nom, fautive := w.lireNomPiece(v)
	if fautive == partieAucune && string(nom.format) != w.plan.norme.Formats[string(t)] {
		w.signalerAvec(regleExtension, s, v, 0)
		return false
	}
	return true
}
