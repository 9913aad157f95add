package controle

import (
	"slices"
	"unicode/utf8"

	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// CodeAccepte and LibelleAccepte are what the portal gives an accepted demande.
const CodeAccepte = diag.Accepted

// LibelleAccepte is the libelleTraitement of an accepted demande.
const LibelleAccepte = "Demande acceptée"

// maxLibelle is the longest libelleTraitement, in characters.
const maxLibelle = 200

// Fichier tells the whole report in one language.
func (r *Rapport) Fichier(l modele.Langue) diag.Fichier {
	propositions := r.propositions()
	redacteur := redacteur{r, l, propositions, r.offertes(propositions, l)}
	f := diag.Fichier{
		Fichier: r.options.Nom, Modele: r.plan.modele.Nom, Edition: r.plan.modele.Edition, Verdict: r.Verdict,
		Structure: redacteur.diagnostics(r.structure, r.premierRejet()),
		Demandes:  make([]diag.Demande, len(r.demandes)),
		Omises:    r.omises, NonVerifie: r.nonVerifies(l), Registres: r.registres(l),
	}
	for i := range r.demandes {
		f.Demandes[i] = redacteur.demande(i)
	}
	return f
}

// redacteur tells a report in one language.
type redacteur struct {
	*Rapport
	langue       modele.Langue
	propositions map[*anomalie]proposition
	offertes     map[*anomalie]*diag.Correction
}

func (r redacteur) demande(i int) diag.Demande {
	d := &r.demandes[i]
	premiere := -1
	if r.traitee() && d.premiere >= 0 {
		premiere = int(d.premiere - d.debut)
	}
	dto := diag.Demande{
		NumLigne:  r.NumLigne(i),
		Anomalies: r.diagnostics(r.anomalies[d.debut:d.fin], premiere),
	}
	if numero, ok := r.texteDe(d.noeud, baliseNumero); ok {
		dto.NumeroEditeur = &numero
	}
	if r.traitee() {
		code, libelle := r.Traitement(i)
		dto.CodeTraitement, dto.LibelleTraitement = &code, &libelle
	}
	return dto
}

// traitee tells whether the second control took place.
func (r *Rapport) traitee() bool { return r.Verdict != diag.Rejete && r.Verdict != diag.Illisible }

// NumLigne returns the rank that a demande gives itself, else its rank in the file.
func (r *Rapport) NumLigne(i int) int {
	if v := enfant(r.doc, r.demandes[i].noeud, r.plan.vocabulary.Key(baliseLigne)); v != 0 && r.doc.Nodes[v].Kind == jsondoc.Number {
		if n, ok := valeur.Entier(r.doc.Raw(v)); ok {
			return int(n)
		}
	}
	return i + 1
}

// Anomalies returns how many anomalies were found, remarks included.
func (r *Rapport) Anomalies() int {
	n := len(r.structure) + len(r.anomalies)
	for _, omises := range r.omises {
		n += omises
	}
	return n
}

// Demandes returns how many demandes were read.
func (r *Rapport) Demandes() int { return len(r.demandes) }

// Traitement returns the codeTraitement of demande i (four characters, "0000" when it is accepted) and its
// libelleTraitement (at most 200 characters, in French as the portal's). It has a meaning only where the
// first control passed.
func (r *Rapport) Traitement(i int) (code, libelle string) {
	p := r.demandes[i].premiere
	if p < 0 {
		return CodeAccepte, LibelleAccepte
	}
	a := &r.anomalies[p]
	return livre()[a.numero].Code, abreger(diag.Neutralize(r.message(a, modele.Francais)), maxLibelle)
}

func (r redacteur) diagnostics(liste []anomalie, premiere int) []diag.Diagnostic {
	dto := make([]diag.Diagnostic, len(liste))
	for i := range liste {
		dto[i] = r.diagnostic(&liste[i])
		dto[i].Premiere = i == premiere
	}
	return dto
}

func (r redacteur) diagnostic(a *anomalie) diag.Diagnostic {
	l, regle := r.langue, &livre()[a.numero]
	d := diag.Diagnostic{
		Code: regle.Code, Gravite: regle.Gravite, Balise: r.balise(a), Pointeur: r.pointeur(a),
		Message: diag.Neutralize(r.message(a, l)), Aide: diag.Neutralize(r.aide(a, r.propositions[a], l)), Source: source(regle, a),
		Doute: doute(regle, a, l), Correction: r.offertes[a],
	}
	r.situer(a, &d)
	if a.autre != 0 && dejaVu(a.numero) {
		d.Autre = r.autreLieu(a.numero, a.autre, l)
	}
	return d
}

// doute says why another reading of the source would find no anomaly there, "" where it allows none.
func doute(regle *modele.Regle, a *anomalie, l modele.Langue) string {
	if a.champ == nil {
		return ""
	}
	for _, d := range modele.Doutes(a.champ.Champ) {
		if slices.Contains(d.Regles, regle.Code) {
			return d.Raison.In(l)
		}
	}
	return ""
}

func source(regle *modele.Regle, a *anomalie) string {
	switch {
	case regle.Source != "":
		return regle.Source
	case a.champ != nil:
		return a.champ.Source
	}
	return "§3.2"
}

// balise names the tag of an anomaly: that of the table, or the unknown one of the file.
func (r *Rapport) balise(a *anomalie) string {
	switch {
	case a.champ != nil:
		return a.champ.Balise
	case a.numero == regleInconnue:
		return abreger(r.doc.Name(a.noeud), maxTrouve)
	}
	return ""
}

// situer gives the place of an anomaly: that of its value, of the name of the tag where that is what is wrong, of
// the object that lacks the tag, or of the byte where reading stopped. An anomaly of the file's name, or of a file
// with nothing to show, has no place; it stands at 1:1.
func (r *Rapport) situer(a *anomalie, d *diag.Diagnostic) {
	d.Ligne, d.Colonne = 1, 1
	switch {
	case a.erreur != nil && (a.erreur.Fault == jsondoc.Empty || autreNature(r.doc.Source) != inconnue):
	case a.erreur != nil:
		d.Longueur = 1
		r.lieu(a.erreur.Offset, &d.Ligne, &d.Colonne, &d.Extrait)
	case duNom(a.numero):
		nom := r.options.Nom
		d.Valeur = &nom
	case a.numero == infoBOM:
	default:
		debut, longueur := r.place(a.numero, a.noeud)
		r.lieu(debut, &d.Ligne, &d.Colonne, &d.Extrait)
		d.Longueur = longueur
		if a.numero != regleManquante {
			valeur := r.litteral(a.noeud, maxLibelle)
			d.Valeur = &valeur
		}
	}
}

// surLaBalise tells whether it is the name of the tag that is wrong, not its value.
func surLaBalise(n numero) bool { return n == regleInconnue || n == regleDouble || n == infoBalise }

// duNom tells whether a rule is about the name of the file.
func duNom(n numero) bool { return n == regleNom || n == alerteNom || n == alerteNomPasse }

// place returns the offset and the length, in characters, of what is wrong at a node.
func (r *Rapport) place(n numero, noeud uint32) (debut, longueur int) {
	if surLaBalise(n) {
		debut, fin := r.doc.NameRange(noeud)
		return debut, r.doc.Characters(debut, fin)
	}
	return int(r.doc.Nodes[noeud].Start), r.longueur(r.doc.Nodes[noeud])
}

func (r *Rapport) longueur(n jsondoc.Node) int {
	if n.Kind.Container() {
		return 1
	}
	return r.doc.Characters(int(n.Start), int(n.End))
}

// dejaVu tells whether the other node of an anomaly is an earlier place that a reader wants to see.
func dejaVu(n numero) bool {
	switch n {
	case regleDouble, regleItemDouble, regleScenarioDouble, alerteOGDouble, regleNumeroDouble, alerteESMSDouble:
		return true
	}
	return false
}

func (r *Rapport) autreLieu(n numero, noeud uint32, l modele.Langue) *diag.Lieu {
	debut, longueur := r.place(n, noeud)
	lieu := &diag.Lieu{Longueur: longueur, Note: modele.Texte{Fr: "première occurrence", En: "first occurrence"}.In(l)}
	r.lieu(debut, &lieu.Ligne, &lieu.Colonne, &lieu.Extrait)
	return lieu
}

// portee is how much of a line an extract shows on each side of a place, in bytes.
const portee = 60

func (r *Rapport) lieu(offset int, ligne, colonne *int, e *diag.Extrait) {
	p, extrait := r.doc.Position(offset), r.doc.Excerpt(offset, portee)
	*ligne, *colonne = p.Line, p.Column
	e.Texte, e.Debut, e.Suite = extrait.Text, extrait.Column, extrait.More
}

// litteral returns the raw literal of a node, shortened; a container is only hinted at.
func (r *Rapport) litteral(n uint32, max int) string {
	switch r.doc.Nodes[n].Kind {
	case jsondoc.Object:
		return "{…}"
	case jsondoc.Array:
		return "[…]"
	}
	return abreger(string(r.doc.Raw(n)), max)
}

// abreger cuts a text to max characters, the last one an ellipsis where it was cut.
func abreger(s string, max int) string {
	if len(s) <= max || utf8.RuneCountInString(s) <= max {
		return s
	}
	runes := 0
	for i := range s {
		if runes++; runes == max {
			return s[:i] + "…"
		}
	}
	return s
}
