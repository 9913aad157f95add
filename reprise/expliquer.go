package reprise

import (
	"bytes"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
)

// Depose returns the file as it was deposited, as far as it can be told: the portal's tags are null again. Of a
// file that is cut short it has the demandes that are whole.
func (r *Retour) Depose() []byte {
	e := &editeur{r: r}
	e.entete()
	for i := range r.Demandes {
		if n := r.Demandes[i].noeud; n != 0 {
			e.vider(n)
		}
	}
	fin, queue := r.fin()
	var b bytes.Buffer
	e.rendre(&b, 0, fin)
	b.WriteString(queue)
	return b.Bytes()
}

// fin returns where the file ends, as far as it is whole, and what closes it there.
func (r *Retour) fin() (fin int, queue string) {
	ouvert := func(n uint32) bool { return r.doc.Nodes[n].Flags&jsondoc.Truncated != 0 }
	switch {
	case !r.Coupe:
		return len(r.doc.Source), ""
	case !ouvert(0):
		return int(r.doc.Nodes[0].End), ""
	case !ouvert(r.lignes):
		return int(r.doc.Nodes[r.lignes].End), "}\n"
	}
	fin = int(r.doc.Nodes[r.lignes].Start) + 1
	for n := range r.enfants(r.lignes) {
		if ouvert(n) {
			break
		}
		fin = int(r.doc.Nodes[n].End)
	}
	return fin, "\n]}\n"
}

// Explications tells for each demande, by its rank in the file, what our own rules object to, the one that the
// portal reports first marked: nothing where the portal knows more than we do (a register, an earlier
// deposit). Places are those of Depose.
func (r *Retour) Explications(o controle.Options, l modele.Langue) [][]diag.Diagnostic {
	f := controle.Preparer(r.modele, r.limites).Controler(r.Depose(), o).Fichier(l)
	regles := make([][]diag.Diagnostic, len(r.Demandes))
	for i, d := range r.Demandes {
		if d.noeud == 0 || d.objet >= len(f.Demandes) {
			continue
		}
		for _, a := range f.Demandes[d.objet].Anomalies {
			if a.Gravite >= modele.Erreur {
				regles[i] = append(regles[i], a)
			}
		}
	}
	return regles
}
