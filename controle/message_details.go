package controle

import (
	"guichet/modele"
	"guichet/valeur"
)

// details are what rules have to say in the place of {detail}.
var details = map[numero]func(*Rapport, *anomalie, modele.Langue) string{
	// the file
	regleJSON: func(r *Rapport, a *anomalie, l modele.Langue) string { return r.attenduIci(a.erreur, l) },
	regleTaille: func(r *Rapport, a *anomalie, l modele.Langue) string {
		return limiteDepassee(a.erreur, r.limites).In(l)
	},
	regleNom: func(_ *Rapport, a *anomalie, l modele.Langue) string { return partiesNom[a.nombre].In(l) },
	regleNomAns: func(r *Rapport, _ *anomalie, _ modele.Langue) string {
		f, _ := lireNom(r.options.Nom)
		return f.ans
	},
	alerteNomPasse: func(r *Rapport, _ *anomalie, _ modele.Langue) string {
		f, _ := lireNom(r.options.Nom)
		return f.date[6:8] + "/" + f.date[4:6] + "/" + f.date[0:4]
	},
	regleAnsDeclare:    func(r *Rapport, _ *anomalie, _ modele.Langue) string { return r.options.NumeroAns },
	regleSIRETDeposant: func(r *Rapport, _ *anomalie, _ modele.Langue) string { return r.options.SIRET },

	// objects and their tags
	regleManquante: (*Rapport).nomObjet,
	regleInconnue:  (*Rapport).nomObjet,
	regleTrop:      func(_ *Rapport, a *anomalie, _ modele.Langue) string { return chiffres(int64(a.nombre)) },

	// values
	regleAlphabet:   (*Rapport).caractereFautif,
	alerteSigne:     (*Rapport).caractereFautif,
	alerteLettre:    (*Rapport).caractereFautif,
	alerteTexte:     (*Rapport).illisible,
	reglePasUnTexte: func(r *Rapport, a *anomalie, _ modele.Langue) string { return r.doc.Broken(a.noeud) },
	regleMajuscules: func(r *Rapport, a *anomalie, _ modele.Langue) string {
		return valeur.Litteral(valeur.Majuscules(abreger(string(r.doc.Text(a.noeud)), maxTrouve)))
	},
	regleCode: func(_ *Rapport, a *anomalie, l modele.Langue) string { return a.champ.Type.Nomenclature.Nom.In(l) },
	infoCode: func(r *Rapport, a *anomalie, _ modele.Langue) string {
		return a.champ.codes.Tolere(r.doc.Text(a.noeud))
	},
	regleChoixDouble: func(_ *Rapport, a *anomalie, _ modele.Langue) string { return a.champ.Type.Valeurs[a.nombre] },
	regleCondition: func(_ *Rapport, a *anomalie, l modele.Langue) string {
		return modele.Phrase(a.champ.Obligation.Obligatoire, l)
	},
	regleDoitEtreNul: func(_ *Rapport, a *anomalie, l modele.Langue) string { return modele.Phrase(a.champ.Obligation.Nul, l) },
	alerteFutur: func(r *Rapport, _ *anomalie, _ modele.Langue) string {
		return r.options.Aujourdhui.Format("02/01/2006")
	},
	alerteAvant: func(r *Rapport, _ *anomalie, _ modele.Langue) string {
		d := r.plan.modele.Debut
		return d[8:10] + "/" + d[5:7] + "/" + d[0:4]
	},
	alertePlafond: func(r *Rapport, a *anomalie, l modele.Langue) string {
		_, calcul := r.plafond(a, l)
		return calcul
	},

	// documents
	regleNomPiece: (*Rapport).partieFautive,
	reglePreuveHT: (*Rapport).preuveAttendue,
	alertePreuve:  (*Rapport).preuveAttendue,
	regleExtension: func(r *Rapport, a *anomalie, _ modele.Langue) string {
		nom, _ := r.plan.norme.lire(r.doc.Text(a.autre))
		return string(nom.format)
	},
	reglePieceNumero: func(r *Rapport, a *anomalie, _ modele.Langue) string {
		nom, _ := r.plan.norme.lire(r.doc.Text(a.noeud))
		return string(nom.numero)
	},
	reglePieceType: func(r *Rapport, a *anomalie, _ modele.Langue) string {
		nom, _ := r.plan.norme.lire(r.doc.Text(a.noeud))
		return string(nom.code)
	},

	// registers
	regleNumeroUtilise: (*Rapport).detailRegistre,
	regleNonEligible:   (*Rapport).detailRegistre,
	regleProfil:        (*Rapport).detailRegistre,
	alerteNonInscrit:   (*Rapport).detailRegistre,
	alerteNonRattache:  (*Rapport).detailRegistre,
	alerteDejaDemande:  (*Rapport).detailRegistre,
}
