// Package comparaison tells two files of demandes apart by demande and tag, not by line: the order of tags,
// of demandes and of what they hold makes no difference, nor does the layout.
package comparaison

import (
	"fmt"

	"guichet/jsondoc"
	"guichet/modele"
)

// Ecart is one tag that two files have different values for, or one demande that only one of them has.
type Ecart struct {
	Demande string // how the demande is named, "" for the header
	Balise  string // commande.montantSegurHT, scenarioInstallation[010000016].profilMetier; "" for a whole demande
	Avant   Valeur // in the first file
	Apres   Valeur // in the second one
}

// Valeur is a value and where it stands.
type Valeur struct {
	Litteral string // raw; "" where the file does not have the tag
	Ligne    int    // from 1; 0 where the file does not have the tag
}

// Comparer lists what differs from file a to file b: in the order of a, then what only b has. Bytes that
// are not JSON are an error, which wraps a *jsondoc.Error.
func Comparer(m *modele.Modele, a, b []byte, l jsondoc.Limits) ([]Ecart, error) {
	avant, err := lire(m, a, l)
	if err != nil {
		return nil, fmt.Errorf("read the first file: %w", err)
	}
	apres, err := lire(m, b, l)
	if err != nil {
		return nil, fmt.Errorf("read the second file: %w", err)
	}
	var ecarts []Ecart
	for _, demande := range avant.ordre {
		ecarts = append(ecarts, comparer(demande, avant.demandes[demande], apres.demandes[demande])...)
	}
	for _, demande := range apres.ordre {
		if avant.demandes[demande] == nil {
			ecarts = append(ecarts, comparer(demande, nil, apres.demandes[demande])...)
		}
	}
	return ecarts, nil
}

// comparer lists what differs in one demande; a demande that one file lacks is one difference.
func comparer(nom string, a, b *demande) (ecarts []Ecart) {
	switch {
	case a == nil:
		return []Ecart{{Demande: nom, Apres: Valeur{Litteral: "{…}", Ligne: b.ligne}}}
	case b == nil:
		return []Ecart{{Demande: nom, Avant: Valeur{Litteral: "{…}", Ligne: a.ligne}}}
	}
	for _, balise := range a.ordre {
		if va, vb := a.valeurs[balise], b.valeurs[balise]; va.texte != vb.texte || vb.Ligne == 0 {
			ecarts = append(ecarts, Ecart{Demande: nom, Balise: balise, Avant: va.Valeur, Apres: vb.Valeur})
		}
	}
	for _, balise := range b.ordre {
		if _, la := a.valeurs[balise]; !la {
			ecarts = append(ecarts, Ecart{Demande: nom, Balise: balise, Apres: b.valeurs[balise].Valeur})
		}
	}
	return ecarts
}
