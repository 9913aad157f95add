package pieces

import (
	"path"
	"slices"
	"strings"

	"guichet/appariement"
)

// offre is a document that was set aside, with the places that it may be meant for.
type offre struct {
	Archive int64
	Ordre   int
	Nom     string
	Places  []lignePiece
	envoyee
}

// The bounds of what is offered: documents on a page, places for each.
const (
	maxOffres = 20
	maxPlaces = 3
)

// horsPlace are the rules by which a document was set aside for want of a place, not for what it is.
var horsPlace = []string{"P802", "P803", "P804"}

// horsPlace tells whether a document was set aside for want of a place.
func (e Ecart) horsPlace() bool { return slices.Contains(horsPlace, e.Code) }

// offrir finds, for what was set aside, the places that its name may mean among those that lack a document. The
// only one that is lacking is offered to what bears a name that tells of no demande.
func offrir(recues []Archive, lignes []lignePiece) (offres []offre) {
	c := chercher(lignes)
	if len(c.libres) == 0 {
		return nil
	}
	vues := map[envoyee]bool{} // the same bytes are offered once
	for e := range donnees(recues) {
		vues[e] = true
	}
	for i := len(recues) - 1; i >= 0; i-- {
		a := &recues[i]
		for _, e := range a.Ecarts {
			u := a.envoyee(e)
			if len(offres) == maxOffres || vues[u] || !e.horsPlace() {
				continue
			}
			vues[u] = true
			if places := c.choisir(e.Nom); len(places) > 0 {
				offres = append(offres, offre{a.ID, e.Ordre, a.Court(e.Nom), places, u})
			}
		}
	}
	return offres
}

// choix are the places that lack a document, as names are compared with them: prepared for the first name.
type choix struct {
	lignes, libres []lignePiece
	lieux          *appariement.Lieux // of libres
	tous           *appariement.Lieux // of lignes; nil unless a single one is lacking
}

func chercher(lignes []lignePiece) *choix {
	c := &choix{lignes: lignes}
	for _, l := range lignes {
		if l.Envoyable && l.Etat != Recue && !l.EnExamen {
			c.libres = append(c.libres, l)
		}
	}
	return c
}

func (c *choix) preparer() {
	if c.lieux != nil {
		return
	}
	c.lieux = appariement.NouveauxLieux(attendus(c.libres))
	if len(c.libres) == 1 {
		c.tous = appariement.NouveauxLieux(attendus(c.lignes))
	}
}

// attendus are the documents of some lines.
func attendus(lignes []lignePiece) []appariement.Piece {
	pieces := make([]appariement.Piece, len(lignes))
	for i, l := range lignes {
		pieces[i] = appariement.Piece{Numero: l.Numero, Nom: l.Attendu}
	}
	return pieces
}

func (c *choix) choisir(nom string) (places []lignePiece) {
	c.preparer()
	convient := func(i int) bool {
		return slices.Contains(extensions[c.libres[i].Format], strings.ToLower(path.Ext(nom)))
	}
	trouves := c.lieux.Proches(nom, maxPlaces, convient)
	if len(trouves) == 0 && c.tous != nil && convient(0) && !c.tous.Designe(nom) {
		trouves = []int{0}
	}
	for _, i := range trouves {
		places = append(places, c.libres[i])
	}
	return places
}

// extensions are those of each format.
var extensions = map[string][]string{"PDF": {".pdf"}, "PNG": {".png"}, "JPG": {".jpg", ".jpeg"}}

// envoyee names a document that came: the bytes of what was sent, and which document of it.
type envoyee struct{ sha256, entree string }

// donnees are the documents that were given a place already, with the last one.
func donnees(recues []Archive) map[envoyee]Place {
	prises := map[envoyee]Place{}
	for _, a := range recues {
		if a.Place != SansPlace {
			prises[envoyee{a.SHA256, a.Entree}] = a.Place
		}
	}
	return prises
}

func (a *Archive) envoyee(e Ecart) envoyee { return envoyee{a.SHA256, a.entree(e)} }

// entree is a document that was set aside, as its archive names it: "" when the archive is that document.
func (a *Archive) entree(e Ecart) string {
	if e.Nom == a.Nom {
		return ""
	}
	return a.Court(e.Nom)
}

// sort is what has become of a document that was set aside, or what may.
type sort struct {
	Envoye    string // what it was sent as afterwards, "" for nothing
	Offert    bool   // the page asks what it is
	Envoyable bool   // it may be sent again for a line of this page
}

// Sort tells what has become of a document that was set aside of an archive.
func (p *pagePieces) Sort(a *Archive, e Ecart) (s sort) {
	u := a.envoyee(e)
	if ou, ok := p.donnees[u]; ok {
		s.Envoye = p.quoi(ou)
	}
	s.Offert = slices.ContainsFunc(p.Offres, func(o offre) bool { return o.envoyee == u })
	s.Envoyable = e.horsPlace() && p.Deposant && p.Ouvertes > 0
	return s
}
