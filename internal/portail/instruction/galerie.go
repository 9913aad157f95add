package instruction

import (
	"net/url"
	"strconv"
	"strings"

	"guichet/modele"
)

// Galerie is the documents that can be looked at, one after the other: those that the demande announces, then the earlier ones whose
// place they took, then those of its messages.
func (p *pageFeuille) Galerie() (montrables []*Piece) {
	for _, liste := range [][]Piece{p.Vue.Pieces, p.Vue.Anterieures, p.Vue.Jointes} {
		for i := range liste {
			if liste[i].Format != "" {
				montrables = append(montrables, &liste[i])
			}
		}
	}
	return montrables
}

// choisirPiece has one document in the page: the one of the address, else the first that has come; and another beside it, where the
// address asks for that.
func (p *pageFeuille) choisirPiece(q url.Values) {
	for _, x := range p.Galerie() {
		if p.Montree == nil || x.Cle() == q.Get("piece") {
			p.Montree = x
		}
		if x.Cle() == q.Get("avec") {
			p.Comparee = x
		}
	}
	if p.Comparee == p.Montree {
		p.Comparee = nil
	}
}

// Cle names a document among those of its demande.
func (x *Piece) Cle() string {
	switch {
	case x.Adresse != "":
		return x.Adresse
	case x.Ordre > 0:
		return x.Type + "." + strconv.Itoa(x.Ordre)
	}
	return x.Type
}

// lireCle reads the kind and the rank of a document; rank 0 is that of the one which counts.
func lireCle(cle string) (typ string, ordre int) {
	typ, rang, _ := strings.Cut(cle, ".")
	ordre, _ = strconv.Atoi(rang)
	return typ, ordre
}

// Fichier is the address of a document in the page.
func (p *pageFeuille) Fichier(x *Piece) string {
	if x.Adresse != "" {
		return x.Adresse
	}
	return adresseDossier(p.D.NumeroASP) + "/pieces/" + x.Cle() + "/fichier"
}

// Onglet is the sheet with another document.
func (p *pageFeuille) Onglet(x *Piece) string {
	q, _ := url.ParseQuery(p.Requete) // what it is made of was read before
	q.Set("piece", x.Cle())
	return adresseDossier(p.D.NumeroASP) + "?" + q.Encode() + "#pieces"
}

// Comparer is the sheet with a document and an earlier one of its place beside each other.
func (p *pageFeuille) Comparer(x *Piece) string {
	q, _ := url.ParseQuery(p.Requete)
	q.Set("piece", x.Type)
	q.Set("avec", x.Cle())
	return adresseDossier(p.D.NumeroASP) + "?" + q.Encode() + "#pieces"
}

// Precedentes are the earlier documents of the place of the one in the page.
func (p *pageFeuille) Precedentes() (avant []*Piece) {
	for i := range p.Vue.Anterieures {
		if x := &p.Vue.Anterieures[i]; p.Montree != nil && p.Montree.Adresse == "" && x.Type == p.Montree.Type {
			avant = append(avant, x)
		}
	}
	return avant
}

// EstSuivante tells whether a document is the next one after that in the page, round and round.
func (p *pageFeuille) EstSuivante(x *Piece) bool {
	tous := p.Galerie()
	for i, y := range tous {
		if y == p.Montree {
			return len(tous) > 1 && tous[(i+1)%len(tous)] == x
		}
	}
	return false
}

// Onglets are the documents that have a tab: earlier ones are led to from the one that took their place.
func (p *pageFeuille) Onglets() (onglets []*Piece) {
	for i := range p.Vue.Pieces {
		onglets = append(onglets, &p.Vue.Pieces[i])
	}
	for i := range p.Vue.Jointes {
		onglets = append(onglets, &p.Vue.Jointes[i])
	}
	return onglets
}

// vu is a document with the page that it stands in, for its template.
type vu struct {
	P     *pageFeuille
	Piece *Piece
}

// Vu makes the argument of the template "document".
func (p *pageFeuille) Vu(x *Piece) vu { return vu{p, x} }

// Titrer names a document by what it is, and by its day where there are several.
func (p *pageFeuille) Titrer(x *Piece) string {
	t := p.Tx(x.Nature)
	if x.Adresse != "" || x.Ordre > 0 {
		t += p.Tx(modele.Texte{Fr: " du ", En: " of "}) + p.Jour(x.Recu)
	}
	return t
}

// Trouve says on which page of a document something was found.
func (p *pageFeuille) Trouve(page int) string {
	return p.T("trouvé, page ", "found, page ") + strconv.Itoa(page)
}

// Image tells whether a document is shown as one.
func (x *Piece) Image() bool { return x.Format == "PNG" || x.Format == "JPG" }
