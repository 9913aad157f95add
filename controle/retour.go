package controle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"guichet/jsondoc"
)

// Attribution gives the references that the portal writes in a returned file.
type Attribution struct {
	ImpID string
	// NumeroASP returns the number of the accepted demande of index i in the file.
	NumeroASP func(i int) string
}

// ErrSansRetour says that the first control rejected the file: the portal returns none.
var ErrSansRetour = errors.New("the first control rejects the file: there is no returned file")

// Retour writes the returned file (§1.2, step 5): the given bytes, in which only the values of impId,
// numeroASP, codeTraitement and libelleTraitement are replaced. A rejected demande keeps its numeroASP.
func (r *Rapport) Retour(a Attribution) ([]byte, error) {
	if !r.traitee() {
		return nil, ErrSansRetour
	}
	return r.RetourDe(a, r.Traitement)
}

// RetourDe writes the returned file with answers that were given earlier, whatever the rules say now. The file
// must have the tags that are replaced.
func (r *Rapport) RetourDe(a Attribution, traitement func(i int) (code, libelle string)) ([]byte, error) {
	if len(r.doc.Nodes) == 0 {
		return nil, ErrSansRetour
	}
	var p parution
	p.remplacer(r, 0, baliseImpID, a.ImpID)
	for i := range r.demandes {
		code, libelle := traitement(i)
		n := r.demandes[i].noeud
		if code == CodeAccepte {
			p.remplacer(r, n, baliseNumeroASP, a.NumeroASP(i))
		}
		p.remplacer(r, n, baliseCode, code)
		p.remplacer(r, n, baliseLibelle, libelle)
	}
	return p.ecrire(r.doc.Source)
}

// parution is the list of the values to replace.
type parution struct {
	pieces []piece
	err    error
}

type piece struct {
	node     jsondoc.Node
	litteral []byte
}

func (p *parution) remplacer(r *Rapport, objet uint32, balise, valeur string) {
	v := enfant(r.doc, objet, r.plan.vocabulary.Key(balise))
	if v == 0 {
		p.err = fmt.Errorf("write the returned file: %s is missing", balise)
		return
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(valeur); err != nil {
		p.err = fmt.Errorf("write the returned file: %s: %w", balise, err)
		return
	}
	p.pieces = append(p.pieces, piece{node: r.doc.Nodes[v], litteral: bytes.TrimSpace(b.Bytes())})
}

// ecrire puts the pieces in their places; keys may stand in any order in the file.
func (p *parution) ecrire(source []byte) ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	slices.SortFunc(p.pieces, func(a, b piece) int { return cmp.Compare(a.node.Start, b.node.Start) })
	var b bytes.Buffer
	b.Grow(len(source) + 64*len(p.pieces))
	fait := 0
	for _, piece := range p.pieces {
		b.Write(source[fait:piece.node.Start])
		b.Write(piece.litteral)
		fait = int(piece.node.End)
	}
	b.Write(source[fait:])
	return b.Bytes(), nil
}
