package page

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"guichet/diag"
	"guichet/modele"
)

// builder turns a report into a view, within the limits of a page.
type builder struct {
	diag.Options
	rapport *diag.Rapport
	anchors map[*diag.Diagnostic]string // of the anomalies in full
	hidden  int                         // anomalies over the limit
	rows    int                         // demandes met
}

func (b *builder) text(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(b.Langue) }

// over counts what a limit left out; it is empty for nothing.
func (b *builder) over(n int, noun diag.Noun) string {
	if n <= 0 {
		return ""
	}
	return noun.Count(n, b.Langue)
}

// single is the title of a report on one file.
func (b *builder) single(f *diag.Fichier) string {
	verdict := f.Verdict.In(b.Langue)
	return strings.ToUpper(verdict[:1]) + verdict[1:] + b.text(" : ", ": ") + diag.Neutralize(base(f.Fichier))
}

func base(name string) string { return path.Base(filepath.ToSlash(name)) }

func (b *builder) files() ([]fichier, string) {
	var out []fichier
	for i := range b.rapport.Fichiers {
		f := &b.rapport.Fichiers[i]
		if i >= maxFichiers {
			b.skip(f)
			continue
		}
		out = append(out, b.file(f, fmt.Sprintf("f%d", i+1)))
	}
	return out, b.over(len(b.rapport.Fichiers)-maxFichiers, diag.NounFichier)
}

// skip counts the anomalies of a file that is not shown.
func (b *builder) skip(f *diag.Fichier) {
	for range f.All() {
		b.hidden++
	}
}

func (b *builder) file(f *diag.Fichier, anchor string) fichier {
	v := fichier{
		Ancre: anchor, Nom: diag.Neutralize(f.Fichier), Verdict: f.Verdict.In(b.Langue), Classe: verdictClass(f.Verdict),
		Phrase: f.Phrase(b.Langue), Comptes: f.Comptes().In(b.Langue), Edition: edition(f),
		ListeTitre: diag.NounDemande.Count(len(f.Demandes), b.Langue), ListeOuverte: len(f.Demandes) <= 10,
	}
	v.Structure = b.anomalies(f, nil, f.Structure)
	for i := range f.Demandes {
		b.demande(&v, f, i)
	}
	v.ListeTue = b.over(len(f.Demandes)-len(v.Liste), diag.NounDemande)
	if c := diag.Comptes(f.Omises); c.Somme() > 0 {
		v.Omises = c.In(b.Langue)
	}
	return v
}

func edition(f *diag.Fichier) string {
	return diag.Neutralize(strings.TrimSpace(f.Modele + " " + f.Edition))
}

// demande adds a demande to the list of its file, and to the details where it has anomalies.
func (b *builder) demande(v *fichier, f *diag.Fichier, i int) {
	d, anchor := &f.Demandes[i], fmt.Sprintf("%s-d%d", v.Ancre, i+1)
	anomalies := b.anomalies(f, d, d.Anomalies)
	if len(anomalies) > 0 {
		v.Demandes = append(v.Demandes, demande{Ancre: anchor, Nom: d.Nom(b.Langue), Issue: d.Issue(b.Langue), Anomalies: anomalies})
	} else {
		anchor = ""
	}
	if b.rows++; b.rows <= maxDemandes {
		v.Liste = append(v.Liste, b.row(d, anchor))
	}
}

func (b *builder) row(d *diag.Demande, anchor string) ligne {
	var c diag.Comptes
	for _, a := range d.Anomalies {
		c[a.Gravite]++
	}
	return ligne{
		NumLigne: d.NumLigne, NumeroEditeur: optional(d.NumeroEditeur), Issue: d.Issue(b.Langue),
		Code: optional(d.CodeTraitement), Libelle: optional(d.LibelleTraitement), Anomalies: c.In(b.Langue), Ancre: anchor,
	}
}

func optional(s *string) string {
	if s == nil {
		return ""
	}
	return diag.Neutralize(*s)
}

func verdictClass(v diag.Verdict) string {
	switch v {
	case diag.Accepte:
		return "ok"
	case diag.Partiel:
		return "alerte"
	}
	return "erreur"
}
