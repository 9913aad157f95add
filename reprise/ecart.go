package reprise

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"guichet/comparaison"
	"guichet/jsondoc"
	"guichet/modele"
)

// Ecarts lists the values that came back other than they were deposited, beyond the tags that the portal fills
// in. Layout, order, the way a number is written (2920.0) and a tag that is null or missing make no difference;
// demandes that only one of the files has are not listed.
func (r *Retour) Ecarts(depose []byte) ([]comparaison.Ecart, error) {
	depose = (&Retour{}).enUTF8(depose)
	tous, err := comparaison.Comparer(r.modele, depose, r.Depose(), r.limites)
	if err != nil {
		return nil, fmt.Errorf("compare the returned file with the deposited one: %w", err)
	}
	return slices.DeleteFunc(tous, func(e comparaison.Ecart) bool {
		return e.Balise == "" || duPortail(e.Balise) || equivalents(e.Avant.Litteral, e.Apres.Litteral)
	}), nil
}

func duPortail(balise string) bool {
	return slices.Contains([]string{baliseImpID, baliseNumeroASP, baliseCode, baliseLibelle}, balise)
}

// equivalents tells whether two literals say the same to any program that reads JSON.
func equivalents(a, b string) bool {
	if a == b || absent(a) && absent(b) {
		return true
	}
	x, oui := nombre(a)
	y, aussi := nombre(b)
	return oui && aussi && x.Cmp(y) == 0
}

func absent(litteral string) bool { return litteral == "" || litteral == "null" }

// maxNombre bounds the literals that are compared as numbers: none of the table is longer.
const maxNombre = 40

func nombre(litteral string) (*big.Rat, bool) {
	if len(litteral) > maxNombre || strings.ContainsAny(litteral, `eE"/_xX`) {
		return nil, false
	}
	return new(big.Rat).SetString(litteral)
}

// Sur returns the answers of the returned file on the file that was deposited: its demandes keep the bytes that
// were sent, whatever came back. A demande that the returned file does not have is without an answer.
func (r *Retour) Sur(depose []byte) (*Retour, error) {
	base := &Retour{modele: r.modele, limites: r.limites}
	doc, err := jsondoc.NewParser(vocabulaire(r.modele), r.limites).Parse(base.enUTF8(depose))
	if err != nil {
		return nil, fmt.Errorf("read the deposited file: %w", err)
	}
	base.doc = doc
	base.entete()
	base.ImpID = r.ImpID
	reponses := map[string]*Demande{}
	for i := range r.Demandes {
		reponses[r.Demandes[i].NumeroEditeur] = &r.Demandes[i]
	}
	for i := range base.Demandes {
		d := &base.Demandes[i]
		d.Etat, d.Remarques = SansReponse, nil
		if rep := reponses[d.NumeroEditeur]; rep != nil && d.NumeroEditeur != "" {
			d.NumeroASP, d.Code, d.Libelle, d.Etat = rep.NumeroASP, rep.Code, rep.Libelle, rep.Etat
		}
	}
	return base, nil
}

// Dans returns the same answers on the same demandes, of which octets are the file with the tags of another table.
func (r *Retour) Dans(m *modele.Modele, octets []byte) (*Retour, error) {
	doc, err := jsondoc.NewParser(vocabulaire(m), r.limites).Parse(octets)
	if err != nil {
		return nil, fmt.Errorf("read the file with other tags: %w", err)
	}
	autre := &Retour{modele: m, limites: r.limites, doc: doc}
	autre.entete()
	autre.ImpID = r.ImpID
	if len(autre.Demandes) != len(r.Demandes) {
		return nil, fmt.Errorf("read the file with other tags: %d demandes, not %d", len(autre.Demandes), len(r.Demandes))
	}
	for i := range autre.Demandes {
		d, avant := &autre.Demandes[i], &r.Demandes[i]
		d.NumeroASP, d.Code, d.Libelle, d.Etat, d.Remarques = avant.NumeroASP, avant.Code, avant.Libelle, avant.Etat, avant.Remarques
	}
	return autre, nil
}

// Octets are those that were read, in UTF-8 whatever the file is in.
func (r *Retour) Octets() []byte { return r.doc.Source }

// Demande returns the line of a number, nil for none or several.
func (r *Retour) Demande(numero string) *Demande {
	var trouvee *Demande
	for i := range r.Demandes {
		if d := &r.Demandes[i]; d.NumeroEditeur == numero {
			if trouvee != nil {
				return nil
			}
			trouvee = d
		}
	}
	return trouvee
}
