package controle

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
)

func (r *Rapport) nombre(a *anomalie) int32 {
	switch a.numero {
	case regleProfondeur:
		return int32(r.limites.MaxDepth)
	case regleTrop:
		return int32(a.champ.Type.Max)
	case regleAucune, regleTableauVide:
		return int32(a.champ.Type.Min)
	}
	return a.nombre
}

// detail returns what is particular to one rule.
func (r *Rapport) detail(a *anomalie, l modele.Langue) string {
	if dire := details[a.numero]; dire != nil {
		return dire(r, a, l)
	}
	if dejaVu(a.numero) {
		debut, _ := r.place(a.numero, a.autre)
		p := r.doc.Position(debut)
		return chiffres(int64(p.Line)) + modele.Texte{Fr: ", colonne ", En: ", column "}.In(l) + chiffres(int64(p.Column))
	}
	return ""
}

// nomObjet names the object that an anomaly is in.
func (r *Rapport) nomObjet(a *anomalie, l modele.Langue) string {
	if a.objet.champ == nil {
		return modele.Texte{Fr: "l'objet du fichier", En: "the file's object"}.In(l)
	}
	if a.objet == r.plan.demande() {
		return modele.Texte{Fr: "la demande", En: "the request"}.In(l)
	}
	return a.objet.champ.Balise
}

func (r *Rapport) caractereFautif(a *anomalie, l modele.Langue) string {
	t, i := r.doc.Text(a.noeud), 0
	switch a.numero {
	case regleAlphabet:
		i = valeur.HorsAlphabet(t, a.champ.Type.Alphabet)
	case alerteLettre:
		i = valeur.HorsAlphabet(t, modele.Chiffres)
	case alerteSigne:
		i = valeur.HorsTelephone(t)
	}
	c, _ := utf8.DecodeRune(t[i:])
	return nommerCaractere(c, l)
}

// illisible says why nobody can read a text.
func (r *Rapport) illisible(a *anomalie, l modele.Langue) string {
	t := r.doc.Text(a.noeud)
	i := valeur.Invisible(t)
	if i < 0 {
		return modele.Texte{Fr: "ne contient que des espaces", En: "has nothing but blanks"}.In(l)
	}
	c, _ := utf8.DecodeRune(t[i:])
	return modele.Texte{Fr: "contient ", En: "has "}.In(l) + nommerCaractere(c, l)
}

// texteVoisin returns the text of a tag of the demande that an anomaly is in, through its blocks.
func (r *Rapport) texteVoisin(a *anomalie, chemin ...string) string {
	n := r.demandes[a.rangs[0]].noeud
	for _, balise := range chemin[:len(chemin)-1] {
		if n = enfant(r.doc, n, r.plan.vocabulary.Key(balise)); n == 0 {
			return ""
		}
	}
	t, _ := r.texteDe(n, chemin[len(chemin)-1])
	return t
}

// preuveAttendue says how many documents a rule asks for, and why: by the conditions of its own Compte.
func (r *Rapport) preuveAttendue(a *anomalie, l modele.Langue) string {
	for _, c := range r.plan.coherence {
		compte, ok := c.Coherence.(modele.Compte)
		if !ok || c.regle != a.numero && c.regle2 != a.numero {
			continue
		}
		if si, ok := compte.Si.(modele.Is); ok && strconv.Quote(r.texteVoisin(a, compte.Bloc, si.Balise)) == si.Valeur {
			return modele.Texte{Fr: "exactement 1 attendue si ", En: "exactly 1 expected if "}.In(l) + modele.Phrase(si, l)
		}
		return modele.Texte{Fr: "aucune attendue si ", En: "none expected if "}.In(l) + modele.Phrase(compte.Sinon, l)
	}
	return ""
}

// pieces returns the rule of the table about the names of documents.
func (p *plan) pieces() (nommees modele.PiecesNommees) {
	for _, c := range p.coherence {
		if n, ok := c.Coherence.(modele.PiecesNommees); ok {
			return n
		}
	}
	return nommees
}

// nomPropose returns the name that a document should have, from the tags beside it.
func (r *Rapport) nomPropose(a *anomalie) string {
	n, pieces := &r.plan.norme, r.plan.pieces()
	numero := r.texteVoisin(a, baliseNumero)
	if len(numero) != n.Longueur || valeur.HorsAlphabet([]byte(numero), modele.Alphanumerique) >= 0 {
		numero = "<" + baliseNumero + ">"
	}
	ecrit, _ := n.lire(r.doc.Text(a.noeud))
	typ, _ := r.texteDe(a.porteur, pieces.Type)
	code, connu := n.Codes[typ]
	if !connu {
		code = strings.Join(n.codes, "|")
	}
	format, _ := r.texteDe(a.porteur, pieces.Format)
	extension, connu := n.Formats[format]
	if !connu {
		extension = strings.Join(n.formats, "|")
	}
	if len(ecrit.format) > 0 && indice(n.formats, ecrit.format) >= 0 {
		extension = string(ecrit.format)
	}
	return n.Prefixe + "-" + code + "-" + numero + "." + extension
}
