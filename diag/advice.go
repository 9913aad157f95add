package diag

import (
	"slices"

	"guichet/modele"
)

// Conseils says what to do next, in the order to do it.
func (r *Rapport) Conseils(l modele.Langue) []string {
	var texts []modele.Texte
	c := r.Comptes()
	if r.Masquees > 0 && c[modele.Rejet]+c[modele.Erreur] == 0 && r.Total.Rejetes+r.Total.DemandesRejetees > 0 {
		return []string{modele.Texte{
			Fr: "Ce que le portail refusera est masqué par --select/--ignore : contrôlez sans ces options avant de déposer.",
			En: "What the portal will refuse is hidden by --select/--ignore: check without these options before the deposit.",
		}.In(l)}
	}
	if r.Total.Rejetes > 0 {
		texts = append(texts, modele.Texte{
			Fr: "Corrigez d'abord les rejets : tant qu'il en reste un, le portail n'examine aucune demande du fichier.",
			En: "Correct the rejections first: while one is left, the portal examines no request of the file.",
		})
	}
	if c[modele.Erreur]+r.Total.DemandesRejetees > 0 {
		texts = append(texts, modele.Texte{
			Fr: "Corrigez les erreurs, puis contrôlez à nouveau avant de déposer.",
			En: "Correct the errors, then check again before the deposit.",
		})
	}
	if len(texts) == 0 && len(r.Fichiers) > 0 && c[modele.Alerte] == 0 {
		texts = append(texts, modele.Texte{
			Fr: "Rien n'empêche le dépôt.",
			En: "Nothing stands in the way of the deposit.",
		})
	}
	if r.Total.DemandesRejetees > 0 {
		texts = append(texts, modele.Texte{
			Fr: "Si le fichier est déjà déposé : une demande refusée se soumet à nouveau dans un autre fichier, avec un nouveau numeroEditeur.",
			En: "If the file is already deposited: a refused request is sent again in another file, with a new numeroEditeur.",
		})
	}
	if c[modele.Alerte] > 0 {
		texts = append(texts, modele.Texte{
			Fr: "Traitez les alertes avant de déposer : aucun contrôle ne les signale, mais elles coûteront probablement la demande.",
			En: "Deal with the warnings before the deposit: no control reports them, but they will probably cost the request.",
		})
	}
	return translate(texts, l)
}

func translate(texts []modele.Texte, l modele.Langue) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.In(l)
	}
	return out
}

// NonVerifie lists what could not be checked in any of the files, each once.
func (r *Rapport) NonVerifie() []string {
	var lines []string
	for _, f := range r.Fichiers {
		for _, line := range f.NonVerifie {
			if !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// Registres lists the registers that the check of any of the files used, each once.
func (r *Rapport) Registres() []string {
	var lines []string
	for _, f := range r.Fichiers {
		for _, registre := range f.Registres {
			if !slices.Contains(lines, registre.Phrase) {
				lines = append(lines, registre.Phrase)
			}
		}
	}
	return lines
}
