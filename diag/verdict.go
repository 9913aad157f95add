package diag

import (
	"fmt"
	"strings"

	"guichet/modele"
)

// verdicts from the worst to the best, each as said of one file and of several.
var verdicts = []struct {
	verdict Verdict
	noun    Noun
}{
	{Illisible, Noun{modele.Texte{Fr: "illisible", En: "unreadable"}, modele.Texte{Fr: "illisibles", En: "unreadable"}}},
	{Rejete, Noun{modele.Texte{Fr: "rejeté", En: "rejected"}, modele.Texte{Fr: "rejetés", En: "rejected"}}},
	{Refuse, Noun{modele.Texte{Fr: "refusé", En: "refused"}, modele.Texte{Fr: "refusés", En: "refused"}}},
	{Partiel, Noun{modele.Texte{Fr: "accepté en partie", En: "partly accepted"}, modele.Texte{Fr: "acceptés en partie", En: "partly accepted"}}},
	{Accepte, Noun{modele.Texte{Fr: "accepté", En: "accepted"}, modele.Texte{Fr: "acceptés", En: "accepted"}}},
}

// In is the verdict in one word or two.
func (v Verdict) In(l modele.Langue) string {
	for _, x := range verdicts {
		if x.verdict == v {
			return x.noun.One.In(l)
		}
	}
	return string(v)
}

// Phrase says what the portal will do with the file.
func (f *Fichier) Phrase(l modele.Langue) string {
	acceptees, refusees := f.traitees()
	switch f.Verdict {
	case Illisible:
		return modele.Texte{
			Fr: "Le fichier ne se lit pas comme du JSON : le portail le rejettera en entier.",
			En: "The file cannot be read as JSON: the portal will reject all of it.",
		}.In(l)
	case Rejete:
		return modele.Texte{
			Fr: "Le portail rejettera le fichier entier dès le premier contrôle : aucune demande ne sera enregistrée.",
			En: "The portal will reject the whole file at the first control: no request will be stored.",
		}.In(l)
	case Partiel:
		return fmt.Sprintf(modele.Texte{
			Fr: "Le portail acceptera %s et en refusera %s.",
			En: "The portal will accept %s and refuse %s.",
		}.In(l), NounDemande.Count(acceptees, l), Number(refusees, l))
	case Refuse:
		return fmt.Sprintf(modele.Texte{Fr: "Le portail refusera %s.", En: "The portal will refuse %s."}.In(l), theDemandes(refusees, l))
	}
	return fmt.Sprintf(modele.Texte{Fr: "Le portail acceptera %s.", En: "The portal will accept %s."}.In(l), theDemandes(acceptees, l))
}

// theDemandes names all demandes of a file.
func theDemandes(n int, l modele.Langue) string {
	if n == 1 {
		return modele.Texte{Fr: "la demande", En: "the request"}.In(l)
	}
	return modele.Texte{Fr: "les ", En: "all "}.In(l) + NounDemande.Count(n, l)
}

// Issue is what becomes of the demande, in one word or two.
func (d *Demande) Issue(l modele.Langue) string {
	switch {
	case d.CodeTraitement == nil:
		return nounEcartee.One.In(l)
	case *d.CodeTraitement == Accepted:
		return nounAcceptee.One.In(l)
	}
	return nounRefusee.One.In(l)
}

// Titre says the outcome of the run in one line: "3 fichiers : 1 rejeté, 2 acceptés".
func (r *Rapport) Titre(l modele.Langue) string {
	n := map[Verdict]int{}
	for _, f := range r.Fichiers {
		n[f.Verdict]++
	}
	var parts []string
	for _, x := range verdicts {
		switch {
		case n[x.verdict] == 0:
		case len(r.Fichiers) == 1:
			parts = append(parts, x.noun.One.In(l))
		default:
			parts = append(parts, x.noun.Count(n[x.verdict], l))
		}
	}
	return titled(NounFichier.Count(len(r.Fichiers), l), parts, l)
}

// Bilan sums up the demandes: "5 demandes : 1 acceptée, 2 refusées, 2 non examinées".
func (r *Rapport) Bilan(l modele.Langue) string {
	t := r.Total
	var parts []string
	for _, x := range []struct {
		n    int
		noun Noun
	}{
		{t.DemandesAcceptees, nounAcceptee}, {t.DemandesRejetees, nounRefusee},
		{t.Demandes - t.DemandesAcceptees - t.DemandesRejetees, nounEcartee},
	} {
		if x.n > 0 {
			parts = append(parts, x.noun.Count(x.n, l))
		}
	}
	return titled(NounDemande.Count(t.Demandes, l), parts, l)
}

func titled(title string, parts []string, l modele.Langue) string {
	if len(parts) == 0 {
		return title
	}
	return title + colon(l) + strings.Join(parts, ", ")
}

// colon announces what follows, with the space that French puts before it.
func colon(l modele.Langue) string { return modele.Texte{Fr: " : ", En: ": "}.In(l) }

// Nom names the demande by its line and its number: "Demande 3, numeroEditeur 00003".
func (d *Demande) Nom(l modele.Langue) string {
	nom := fmt.Sprintf("Demande %d, ", d.NumLigne)
	if d.NumeroEditeur == nil || *d.NumeroEditeur == "" {
		return nom + modele.Texte{Fr: "sans numeroEditeur", En: "without numeroEditeur"}.In(l)
	}
	return nom + "numeroEditeur " + Neutralize(*d.NumeroEditeur)
}

// Masque says how many anomalies a selection took out.
func (r *Rapport) Masque(l modele.Langue) string {
	word := modele.Texte{Fr: " masquées par --select/--ignore", En: " hidden by --select/--ignore"}
	if r.Masquees < 2 {
		word.Fr = " masquée par --select/--ignore"
	}
	return NounAnomalie.Count(r.Masquees, l) + word.In(l)
}
