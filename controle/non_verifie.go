package controle

import (
	"fmt"
	"time"

	"guichet/diag"
	"guichet/modele"
	"guichet/referentiel"
)

// lacune is what could not be checked, or not in all of a file, with what to do: for who checks a file at home,
// and for whom the counter answers.
type lacune struct{ bureau, guichet modele.Texte }

var (
	plafondSansBareme = lacune{modele.Texte{
		Fr: "plafond du montant : aucun barème chargé (guichet referentiel load bareme FICHIER, ou --bareme FICHIER)",
		En: "ceiling of the amount: no barème loaded (guichet referentiel load bareme FILE, or --bareme FILE)",
	}, modele.Texte{
		Fr: "plafond du montant : ce guichet n'a pas de barème ; comparez vous-même le montant au barème du programme",
		En: "ceiling of the amount: this counter has no barème; compare the amount with the programme's barème yourself",
	}}
	plafondNonCouvert = lacune{modele.Texte{
		Fr: "plafond du montant : le barème n'a pas de tranche pour certaines commandes",
		En: "ceiling of the amount: the barème has no tranche for some orders",
	}, modele.Texte{
		Fr: "plafond du montant : le barème de ce guichet n'a pas de tranche pour certaines commandes ; vérifiez leur montant vous-même",
		En: "ceiling of the amount: this counter's barème has no tranche for some orders; check their amounts yourself",
	}}
	sansFiness = lacune{modele.Texte{
		Fr: "FINESS ouverts et rattachés à leur OG : registre non chargé (guichet referentiel load finess FICHIER)",
		En: "FINESS open and belonging to their OG: register not loaded (guichet referentiel load finess FILE)",
	}, modele.Texte{
		Fr: "FINESS ouverts et rattachés à leur OG : ce guichet n'a pas le registre FINESS ; vérifiez les numéros auprès de vos clients",
		En: "FINESS open and belonging to their OG: this counter has no FINESS register; check the numbers with your clients",
	}}
	sansReferences = lacune{modele.Texte{
		Fr: "profils du logiciel : référencements non chargés (guichet referentiel load references FICHIER)",
		En: "profiles of the software: référencements not loaded (guichet referentiel load references FILE)",
	}, modele.Texte{
		Fr: "profils du logiciel : ce guichet ne les connaît pas ; vérifiez le scénario d'installation avec votre certificat de référencement",
		En: "profiles of the software: this counter does not know them; check the installation scenario with your référencement certificate",
	}}
	ansNonReference = lacune{modele.Texte{
		Fr: "profils du logiciel : %s n'est pas dans les référencements chargés",
		En: "profiles of the software: %s is not in the référencements that are loaded",
	}, modele.Texte{
		Fr: "profils du logiciel : ce guichet ne connaît pas ceux de %s ; vérifiez le scénario d'installation avec votre certificat de référencement",
		En: "profiles of the software: this counter does not know those of %s; check the installation scenario with your référencement certificate",
	}}
	sansEligibles = lacune{modele.Texte{
		Fr: "ESMS éligibles : liste non chargée (guichet referentiel load eligibles FICHIER)",
		En: "eligible ESMS: list not loaded (guichet referentiel load eligibles FILE)",
	}, modele.Texte{
		Fr: "ESMS éligibles : ce guichet n'a pas leur liste ; vérifiez vous-même que les ESMS sont éligibles",
		En: "eligible ESMS: this counter does not have their list; check yourself that the ESMS are eligible",
	}}
	sansCarnet = lacune{modele.Texte{
		Fr: "numéros déjà utilisés et ESMS déjà demandés dans d'autres dépôts : aucun carnet",
		En: "numbers already used and ESMS already claimed in other deposits: no ledger",
	}, modele.Texte{
		Fr: "ESMS déjà demandés dans d'autres dépôts : le fichier en nomme trop ; répartissez ses demandes dans plusieurs fichiers",
		En: "ESMS already claimed in other deposits: the file names too many; divide its requests between several files",
	}}
)

// selon returns the words for who reads the report.
func (o *Options) selon(l lacune) modele.Texte {
	if o.Guichet {
		return l.guichet
	}
	return l.bureau
}

// nonVerifies lists what could not be checked for want of a register, one line each, then what else could not.
func (r *Rapport) nonVerifies(l modele.Langue) (lignes []string) {
	if r.Verdict == diag.Illisible {
		return nil
	}
	registres, o := r.options.Referentiels, &r.options
	for _, x := range []struct {
		manque bool
		quoi   lacune
	}{
		{registres.Bareme == nil, plafondSansBareme}, {registres.Finess == nil, sansFiness},
		{registres.Eligibles == nil, sansEligibles}, {registres.References == nil && o.Logiciel == nil, sansReferences},
		{o.NumeroUtilise == nil || o.ESMSDemande == nil, sansCarnet},
	} {
		if x.manque {
			lignes = append(lignes, o.selon(x.quoi).In(l))
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
	if o := &r.options; o.Logiciel != nil {
		for _, ref := range o.Logiciel.Liste() {
			if o.references([]byte(ref.NumeroAns)) == o.Logiciel {
				liste = append(liste, diag.Registre{Nom: declares, Lignes: len(ref.Profils), Phrase: phraser(profilsDeclares, ref.NumeroAns).In(l)})
			}
		}
	}
	return liste
}

// declares names, among the registers, what a depositor declared of its own software.
const declares = "logiciel"

var profilsDeclares = modele.Texte{Fr: "profils de %s, de son enrôlement", En: "profiles of %s, from its enrolment"}

// auJour says of which day a register is, "" when that is not known.
func auJour(m referentiel.Meta, l modele.Langue) string {
	if m.Valide.IsZero() {
		return ""
	}
	return modele.Texte{Fr: m.Valide.Format(" du 02/01/2006"), En: m.Valide.Format(" of 2 Jan 2006")}.In(l)
}
