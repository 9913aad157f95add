package reprise

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"guichet/jsondoc"
)

// ErrSimule says that guichet itself, or a counter that only simulates, gave these answers: they are nobody's.
var ErrSimule = errors.New("a simulated returned file")

// simulation starts the references of simulated answers: SIMULATION-20231002-…, SIMULE-000001.
const simulation = "SIMUL"

// simule tells whether one reference of the file is a simulated one, also in a line that is cut short or a tag
// that is there twice: who edits such a file by hand forgets some.
func (r *Retour) simule() bool {
	cles := []jsondoc.Key{r.doc.Vocabulary().Key(baliseImpID), r.doc.Vocabulary().Key(baliseNumeroASP)}
	for n, node := range r.doc.Nodes {
		if node.Kind == jsondoc.String && slices.Contains(cles, node.Key) &&
			strings.HasPrefix(strings.ToUpper(strings.TrimSpace(string(r.doc.Text(uint32(n))))), simulation) {
			return true
		}
	}
	return false
}

// ErreurDouble says that the file's own object has a tag twice: nobody knows which one counts.
type ErreurDouble struct{ Balise string }

// Error says it in English, for logs.
func (e *ErreurDouble) Error() string { return fmt.Sprintf("tag %s stands twice", e.Balise) }

// double returns the first of the tags that an object has more than once, "" for none.
func (r *Retour) double(n uint32, balises ...string) string {
	for _, balise := range balises {
		cle, fois := r.doc.Vocabulary().Key(balise), 0
		for v := range r.enfants(n) {
			if r.doc.Nodes[v].Key == cle {
				fois++
			}
		}
		if fois > 1 {
			return balise
		}
	}
	return ""
}

// doublons doubts the lines that have the same numeroEditeur, or the same numeroASP: one of them is not what the
// portal answered.
func (r *Retour) doublons() {
	numeros, asp := map[string][]*Demande{}, map[string][]*Demande{}
	for i := range r.Demandes {
		d := &r.Demandes[i]
		if d.NumeroEditeur != "" { // two numbers that differ by case are one
			numeros[strings.ToUpper(d.NumeroEditeur)] = append(numeros[strings.ToUpper(d.NumeroEditeur)], d)
		}
		if d.NumeroASP != "" {
			asp[d.NumeroASP] = append(asp[d.NumeroASP], d)
		}
	}
	for i := range r.Demandes {
		d := &r.Demandes[i]
		if meme := numeros[strings.ToUpper(d.NumeroEditeur)]; len(meme) > 1 {
			d.Etat = Ambigue
			d.remarquer("ce numeroEditeur est sur %d lignes du fichier, rien n'en est conclu : téléchargez le retour à nouveau ; s'il revient ainsi, demandez au portail",
				"this numeroEditeur stands on %d lines of the file, nothing is concluded from them: download the returned file again; if it comes back so, ask the portal", len(meme))
		}
		if meme := asp[d.NumeroASP]; len(meme) > 1 {
			d.Etat = Ambigue
			d.remarquer("le numeroASP %s est donné à %d demandes du fichier, rien n'en est conclu : téléchargez le retour à nouveau ; s'il revient ainsi, demandez au portail",
				"numeroASP %s is given to %d requests of the file, nothing is concluded from them: download the returned file again; if it comes back so, ask the portal", d.NumeroASP, len(meme))
		}
	}
}
