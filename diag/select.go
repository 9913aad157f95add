package diag

import (
	"slices"
	"strings"

	"guichet/modele"
)

// Accepted is the codeTraitement of an accepted demande.
const Accepted = "0000"

// Select keeps the anomalies whose code starts with one of the selected prefixes (none selected: all)
// and with none of the ignored ones, and counts the others in Masquees. Verdicts stay: the portal
// ignores nothing.
func (r *Rapport) Select(selected, ignored []string) {
	masked := func(d Diagnostic) bool {
		kept := len(selected) == 0 || hasPrefix(d.Code, selected)
		return !kept || hasPrefix(d.Code, ignored)
	}
	take := func(list []Diagnostic) []Diagnostic {
		rest := slices.DeleteFunc(list, masked)
		r.Masquees += len(list) - len(rest)
		return rest
	}
	for i := range r.Fichiers {
		f := &r.Fichiers[i]
		f.Structure = take(f.Structure)
		for j := range f.Demandes {
			f.Demandes[j].Anomalies = take(f.Demandes[j].Anomalies)
		}
	}
}

func hasPrefix(code string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(code, p) })
}

// Summarize fills Version, Total and Valid from the files.
func (r *Rapport) Summarize() {
	r.Version = Version
	c := r.Comptes()
	r.Total = Total{
		Fichiers: len(r.Fichiers),
		Erreurs:  c[modele.Erreur], Alertes: c[modele.Alerte], Infos: c[modele.Info],
	}
	r.Valid = c[modele.Rejet]+c[modele.Erreur] == 0
	for i := range r.Fichiers {
		r.Total.add(&r.Fichiers[i])
		r.Valid = r.Valid && r.Fichiers[i].Verdict != Illisible
	}
}

func (t *Total) add(f *Fichier) {
	if f.Verdict == Rejete || f.Verdict == Illisible {
		t.Rejetes++
	}
	acceptees, refusees := f.traitees()
	t.Demandes += len(f.Demandes)
	t.DemandesAcceptees += acceptees
	t.DemandesRejetees += refusees
}

// traitees counts the demandes that the second control accepts and refuses. In a file that the first
// control rejects it comes to neither.
func (f *Fichier) traitees() (acceptees, refusees int) {
	for _, d := range f.Demandes {
		switch {
		case d.CodeTraitement == nil:
		case *d.CodeTraitement == Accepted:
			acceptees++
		default:
			refusees++
		}
	}
	return acceptees, refusees
}
