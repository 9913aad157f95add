package reprise

import (
	"bytes"

	"guichet/controle"
	"guichet/diag"
	"guichet/modele"
)

// Depose returns the file as it was deposited, as far as it can be told: the portal's tags are null again.
func (r *Retour) Depose() []byte {
	e := &editeur{r: r}
	e.entete()
	for i := range r.Demandes {
		if n := r.Demandes[i].noeud; n != 0 {
			e.vider(n)
		}
	}
	var b bytes.Buffer
	e.rendre(&b, 0, len(r.doc.Source))
	return b.Bytes()
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
