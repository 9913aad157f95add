package reprise

import (
	"bytes"
	"errors"
	"fmt"

	"guichet/controle"
	"guichet/correction"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
)

// Reprise is a rejected demande to send again under a new number.
type Reprise struct {
	Retour  *Retour
	Demande *Demande
	Numero  string // its new numeroEditeur
}

// Fichier is a retry file.
type Fichier struct {
	Octets    []byte
	Reprises  []Reprise             // in the order of the file
	Faites    []controle.Correction // the safe repairs that were made
	Proposees []controle.Correction // those left to a person
	Controle  diag.Fichier          // what is still to object to
}

// Valide tells whether the portal would accept all of it.
func (f *Fichier) Valide() bool { return f.Controle.Verdict == diag.Accepte }

// ErrNonRejetee says that a demande was not rejected: it must not be sent again.
var ErrNonRejetee = errors.New("the demande was not rejected")

// ErrMelange says that demandes of two headers (numeroAns, SIRET) cannot go in one file.
var ErrMelange = errors.New("demandes of two suppliers or software in one file")

// Refaire makes one retry file of demandes of one or several returned files, which have the same header. The
// layout is that of the first one; each demande keeps its bytes but for its number, its rank, the names of its
// documents and the portal's tags, which go back to null; then the safe repairs are made. The caller sees to
// it that there are at most as many demandes as the portal takes. Texts are in the language l.
func Refaire(reprises []Reprise, o controle.Options, l modele.Langue) (*Fichier, error) {
	if len(reprises) == 0 {
		return nil, ErrSansDemandes
	}
	premier := reprises[0].Retour
	for _, p := range reprises {
		switch {
		case p.Demande.Etat != Rejetee:
			return nil, fmt.Errorf("demande %s: %w", p.Demande.NumeroEditeur, ErrNonRejetee)
		case p.Retour.NumeroAns != premier.NumeroAns || p.Retour.SIRET != premier.SIRET:
			return nil, ErrMelange
		}
	}
	r := correction.Corriger(premier.modele, composer(reprises), o, premier.limites, false)
	rapport := controle.Preparer(premier.modele, premier.limites).Controler(r.Octets, o)
	return &Fichier{
		Octets: r.Octets, Reprises: reprises, Faites: r.Faites, Proposees: r.Proposees, Controle: rapport.Fichier(l),
	}, nil
}

// composer puts the demandes between the head and the foot of the first file, as far apart as its own stood.
func composer(reprises []Reprise) []byte {
	premier := reprises[0].Retour
	tete := &editeur{r: premier}
	tete.entete()
	tableau := premier.doc.Nodes[premier.lignes]
	debut, fin := int(premier.doc.Nodes[premier.lignes+1].Start), 0
	for n := range premier.enfants(premier.lignes) {
		fin = int(premier.doc.Nodes[n].End)
	}
	ecart := premier.doc.Source[tableau.Start+1 : debut]
	var b bytes.Buffer
	tete.rendre(&b, 0, debut)
	for i, p := range reprises {
		if i > 0 {
			b.WriteByte(',')
			b.Write(ecart)
		}
		p.rendre(&b, i+1)
	}
	if tableau.Flags&jsondoc.Truncated != 0 {
		b.WriteString("\n]}\n")
		return b.Bytes()
	}
	tete.rendre(&b, fin, len(premier.doc.Source))
	return b.Bytes()
}

// rendre writes the demande under its new number and rank.
func (p *Reprise) rendre(b *bytes.Buffer, ligne int) {
	n := p.Demande.noeud
	e := &editeur{r: p.Retour}
	e.vider(n)
	e.renumeroter(n, ligne, p.Numero)
	e.rendre(b, int(p.Retour.doc.Nodes[n].Start), int(p.Retour.doc.Nodes[n].End))
}
