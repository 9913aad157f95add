package controle

import (
	"fmt"
	"time"

	"guichet/diag"
	"guichet/modele"
	"guichet/referentiel"
)

// What could not be checked, or not in all of a file.
var (
	plafondSansBareme = modele.Texte{
		Fr: "plafond du montant : aucun barème chargé (guichet referentiel load bareme FICHIER, ou --bareme FICHIER)",
		En: "ceiling of the amount: no barème loaded (guichet referentiel load bareme FILE, or --bareme FILE)",
	}
	plafondNonCouvert = modele.Texte{
		Fr: "plafond du montant : le barème n'a pas de tranche pour certaines commandes",
		En: "ceiling of the amount: the barème has no tranche for some orders",
	}
	sansFiness = modele.Texte{
		Fr: "FINESS ouverts et rattachés à leur OG : registre non chargé (guichet referentiel load finess FICHIER)",
		En: "FINESS open and belonging to their OG: register not loaded (guichet referentiel load finess FILE)",
	}
	sansReferences = modele.Texte{
		Fr: "profils du logiciel : référencements non chargés (guichet referentiel load references FICHIER)",
		En: "profiles of the software: référencements not loaded (guichet referentiel load references FILE)",
	}
	ansNonReference = modele.Texte{
		Fr: "profils du logiciel : %s n'est pas dans les référencements chargés",
		En: "profiles of the software: %s is not in the référencements that are loaded",
	}
	sansEligibles = modele.Texte{
		Fr: "ESMS éligibles : liste non chargée (guichet referentiel load eligibles FICHIER)",
		En: "eligible ESMS: list not loaded (guichet referentiel load eligibles FILE)",
	}
	sansCarnet = modele.Texte{
		Fr: "numéros déjà utilisés et ESMS déjà demandés dans d'autres dépôts : aucun carnet",
		En: "numbers already used and ESMS already claimed in other deposits: no ledger",
	}
)

// nonVerifies lists what could not be checked for want of a register, one line each, then what else could not.
func (r *Rapport) nonVerifies(l modele.Langue) (lignes []string) {
	if r.Verdict == diag.Illisible {
		return nil
	}
	registres, o := r.options.Referentiels, &r.options
	for _, x := range []struct {
		manque bool
		texte  modele.Texte
	}{
		{registres.Bareme == nil, plafondSansBareme}, {registres.Finess == nil, sansFiness},
		{registres.Eligibles == nil, sansEligibles}, {registres.References == nil, sansReferences},
		{o.NumeroUtilise == nil || o.ESMSDemande == nil, sansCarnet},
	} {
		if x.manque {
			lignes = append(lignes, x.texte.In(l))
		}
	}
	for _, t := range r.nonVerifie {
		lignes = append(lignes, t.In(l))
	}
	return lignes
}

// nonVerifie notes, once, what could not be checked for want of data.
func (w *parcours) nonVerifie(t modele.Texte) {
	for _, n := range w.r.nonVerifie {
		if n == t {
			return
		}
	}
	w.r.nonVerifie = append(w.r.nonVerifie, t)
}

// registres says which registers the check used, and of which day they are.
func (r *Rapport) registres(l modele.Langue) (liste []diag.Registre) {
	for _, m := range r.options.Referentiels.Metas() {
		d := diag.Registre{Nom: string(m.Registre), Fichier: m.Fichier, Lignes: m.Lignes, SHA256: m.SHA256}
		d.Phrase = m.Registre.In(l) + auJour(m, l)
		if m.Fichier != "" {
			d.Phrase += fmt.Sprintf(" (%s)", m.Fichier)
		}
		if !m.Valide.IsZero() {
			d.Valide = m.Valide.Format(time.DateOnly)
		}
		liste = append(liste, d)
	}
	return liste
}

// auJour says of which day a register is, "" when that is not known.
func auJour(m referentiel.Meta, l modele.Langue) string {
	if m.Valide.IsZero() {
		return ""
	}
	return modele.Texte{Fr: " du ", En: " of "}.In(l) + m.Valide.Format("02/01/2006")
}
