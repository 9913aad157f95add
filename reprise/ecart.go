package reprise

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"guichet/comparaison"
	"guichet/jsondoc"
	"guichet/modele"
)

// Ecarts lists what came back other than it was deposited, beyond the tags that the portal fills in (§1.2): values, also
// equal numbers that are written otherwise ([comparaison.Ecart.Notation]), and tags that came or went. Layout, order, escapes in a text and the
// two names that the table has for one tag make no difference; demandes that only one of the files has are not listed.
func (r *Retour) Ecarts(depose []byte) ([]comparaison.Ecart, error) {
	depose, rendu := (&Retour{}).enUTF8(depose), r.doc.Source
	if r.Coupe { // what is whole of it
		rendu = r.Depose()
	}
	tous, err := comparaison.Comparer(r.modele, depose, rendu, r.limites)
	if err != nil {
		return nil, fmt.Errorf("compare the returned file with the deposited one: %w", err)
	}
	return r.sansRenommees(slices.DeleteFunc(tous, func(e comparaison.Ecart) bool { return e.Balise == "" || duPortail(e) })), nil
}

func duPortail(e comparaison.Ecart) bool {
	if e.Demande == "" {
		return e.Balise == baliseImpID
	}
	return slices.Contains([]string{baliseNumeroASP, baliseCode, baliseLibelle}, e.Balise)
}

// sansRenommees leaves out a tag that came back under the other name that the table has for it, with its value.
func (r *Retour) sansRenommees(ecarts []comparaison.Ecart) []comparaison.Ecart {
	autres := map[string]string{}
	noms(r.modele.EnTete, autres)
	type place struct{ demande, chemin, valeur string }
	cle := func(e comparaison.Ecart, v comparaison.Valeur) place {
		debut, nom := "", e.Balise
		if i := strings.LastIndexByte(nom, '.'); i >= 0 {
			debut, nom = nom[:i+1], nom[i+1:]
		}
		return place{e.Demande, debut + cmp.Or(autres[nom], nom), v.Litteral}
	}
	parties, venues := map[place]bool{}, map[place]bool{}
	for _, e := range ecarts {
		parties[cle(e, e.Avant)] = parties[cle(e, e.Avant)] || e.Apres.Ligne == 0
		venues[cle(e, e.Apres)] = venues[cle(e, e.Apres)] || e.Avant.Ligne == 0
	}
	return slices.DeleteFunc(ecarts, func(e comparaison.Ecart) bool {
		return e.Apres.Ligne == 0 && venues[cle(e, e.Avant)] || e.Avant.Ligne == 0 && parties[cle(e, e.Apres)]
	})
}

// noms gathers the tolerated names of tags, with the ones of the table.
func noms(champs []modele.Champ, autres map[string]string) {
	for _, c := range champs {
		for _, nom := range c.Tolerees {
			autres[nom] = c.Balise
		}
		noms(c.Champs, autres)
	}
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
