package page

import (
	"fmt"
	"strings"

	"guichet/diag"
)

func (b *builder) anomalies(f *diag.Fichier, d *diag.Demande, list []diag.Diagnostic) []anomalie {
	var out []anomalie
	for i := range list {
		if len(b.anchors) >= maxAnomalies {
			b.hidden += len(list) - i
			break
		}
		anchor := fmt.Sprintf("a%d", len(b.anchors)+1)
		b.anchors[&list[i]] = anchor
		out = append(out, b.anomaly(diag.Occurrence{Fichier: f, Demande: d, Diagnostic: &list[i]}, anchor))
	}
	return out
}

func (b *builder) anomaly(o diag.Occurrence, anchor string) anomalie {
	a := anomalie{
		Ancre: anchor, Gravite: diag.WordGravite(o.Gravite, b.Langue), Classe: o.Gravite.String(), Code: diag.Neutralize(o.Code),
		Message: diag.Neutralize(o.Message), Source: diag.Neutralize(o.Source), Aide: diag.Neutralize(o.Aide), Doute: diag.Neutralize(o.Doute), Premiere: o.Premiere,
	}
	if o.Placed() {
		a.Extraits = append(a.Extraits, b.extract(diag.Lieu{Ligne: o.Ligne, Colonne: o.Colonne, Longueur: o.Longueur, Extrait: o.Extrait}))
	}
	if o.Autre != nil {
		a.Extraits = append(a.Extraits, b.extract(*o.Autre))
	}
	return a
}

// extract drops the indentation: the page wraps long lines instead of scrolling them.
func (b *builder) extract(l diag.Lieu) extrait {
	avant, marque, apres := l.Extrait.Split(l.Colonne, l.Longueur)
	avant = strings.TrimLeft(avant, " \t")
	if l.Extrait.Debut > 1 {
		avant = "…" + avant
	}
	if l.Extrait.Suite {
		apres += "…"
	}
	return extrait{
		Ligne: l.Ligne, Place: fmt.Sprintf(b.text("ligne %d, colonne %d", "line %d, column %d"), l.Ligne, l.Colonne),
		Note: diag.Neutralize(l.Note), Avant: spaced(avant), Marque: spaced(marque), Apres: spaced(apres),
	}
}

func spaced(s string) string { return diag.Neutralize(strings.ReplaceAll(s, "\t", " ")) }

func (b *builder) groups() ([]groupe, string) {
	all := b.rapport.Group(b.Options)
	var out []groupe
	for i := range all[:min(len(all), maxGroupes)] {
		out = append(out, b.group(&all[i]))
	}
	return out, b.over(len(all)-maxGroupes, diag.NounGroupe)
}

func (b *builder) group(g *diag.Groupe) groupe {
	v := groupe{
		Ampleur: g.Ampleur(b.Langue), Portail: g.ParPortail(b.Langue), Gravite: diag.WordGravite(g.Gravite, b.Langue),
		Classe: g.Gravite.String(), Code: diag.Neutralize(g.Code), Resume: g.Resume(),
	}
	for _, o := range g.Places {
		v.Places = append(v.Places, place{Nom: b.placeName(o), Ancre: b.anchors[o.Diagnostic]})
	}
	if rest := g.Nombre - len(g.Places); rest > 0 {
		v.Reste = fmt.Sprintf(b.text("et %s de plus", "and %s more"), diag.Number(rest, b.Langue))
	}
	return v
}

// placeName says where an anomaly is, as short as it can be told from others.
func (b *builder) placeName(o diag.Occurrence) string {
	var parts []string
	if len(b.rapport.Fichiers) > 1 {
		parts = append(parts, diag.Neutralize(base(o.Fichier.Fichier)))
	}
	if o.Demande != nil {
		parts = append(parts, fmt.Sprintf("demande %d", o.Demande.NumLigne))
	}
	if o.Placed() {
		parts = append(parts, fmt.Sprintf(b.text("ligne %d", "line %d"), o.Ligne))
	}
	if len(parts) == 0 {
		return b.text("nom du fichier", "name of the file")
	}
	return strings.Join(parts, ", ")
}
