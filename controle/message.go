package controle

import (
	"strconv"
	"strings"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/referentiel"
	"guichet/valeur"
)

func chiffres(n int64) string { return strconv.FormatInt(n, 10) }

// message writes the message of an anomaly.
func (r *Rapport) message(a *anomalie, l modele.Langue) string {
	return r.remplir(livre()[a.numero].Message.In(l), a, l)
}

// aide says what to do: the value to write where it can be told, else what the rule says.
func (r *Rapport) aide(a *anomalie, p proposition, l modele.Langue) string {
	if p := p.In(l); p != "" {
		return p
	}
	return r.remplir(livre()[a.numero].Aide.In(l), a, l)
}

// remplir replaces the names in braces of a template.
func (r *Rapport) remplir(gabarit string, a *anomalie, l modele.Langue) string {
	var b strings.Builder
	for {
		avant, apres, ouvre := strings.Cut(gabarit, "{")
		nom, reste, ferme := strings.Cut(apres, "}")
		if !ouvre || !ferme {
			b.WriteString(gabarit)
			return b.String()
		}
		b.WriteString(avant)
		b.WriteString(r.mot(nom, a, l))
		gabarit = reste
	}
}

// maxTrouve is how much of a value a message shows, in characters.
const maxTrouve = 60

// mot returns what a name in braces stands for.
func (r *Rapport) mot(nom string, a *anomalie, l modele.Langue) string {
	switch nom {
	case "balise":
		if b := r.balise(a); b != "" {
			return b
		}
		return modele.Texte{Fr: "le fichier", En: "the file"}.In(l)
	case "trouve":
		return r.trouve(a, l)
	case "attendu":
		return r.attendu(a, l)
	case "nombre":
		return chiffres(int64(r.nombre(a)))
	case "libelle":
		return a.champ.Libelle.In(l)
	case "autre":
		return r.litteral(a.autre, maxTrouve)
	case "detail":
		return r.detail(a, l)
	}
	return "{" + nom + "}"
}

func (r *Rapport) trouve(a *anomalie, l modele.Langue) string {
	switch {
	case a.erreur != nil:
		return r.trouveIci(a.erreur, l)
	case a.numero == regleNom || a.numero == alerteNom:
		return abreger(r.options.Nom, maxTrouve)
	case a.numero == infoBalise:
		return r.doc.Name(a.noeud)
	case a.numero == regleDateExiste || a.numero == alerteFutur || a.numero == alerteAvant:
		return string(r.doc.Text(a.noeud))
	case a.numero == regleNature:
		return natures[r.doc.Nodes[a.noeud].Kind].In(l)
	}
	return r.litteral(a.noeud, maxTrouve)
}

// natures names the kinds of JSON values.
var natures = map[jsondoc.Kind]modele.Texte{
	jsondoc.Null:   {Fr: "null", En: "null"},
	jsondoc.True:   {Fr: "un booléen", En: "a boolean"},
	jsondoc.False:  {Fr: "un booléen", En: "a boolean"},
	jsondoc.Number: {Fr: "un nombre", En: "a number"},
	jsondoc.String: {Fr: "un texte", En: "a text"},
	jsondoc.Array:  {Fr: "un tableau", En: "an array"},
	jsondoc.Object: {Fr: "un objet", En: "an object"},
}

func (r *Rapport) attendu(a *anomalie, l modele.Langue) string {
	switch a.numero {
	case regleNom, alerteNom:
		return r.NomPropose()
	case alertePlafond:
		max, _ := r.plafond(a, l)
		return referentiel.Euros(max)
	case regleNature:
		return r.natureAttendue(a).In(l)
	case regleNomPiece, reglePieceNumero, reglePieceType, infoPrefixe:
		return r.nomPropose(a)
	}
	if r.item(a) {
		return modele.Format(a.champ.Type.Element(), l)
	}
	return modele.Format(a.champ.Type, l)
}

// natureAttendue names the container or plain value that the table has at the place of an anomaly.
func (r *Rapport) natureAttendue(a *anomalie) modele.Texte {
	switch {
	case a.champ == nil, a.champ.Type.Genre == modele.Objet, r.item(a) && a.champ.Type.Genre == modele.TableauObjets:
		return natures[jsondoc.Object]
	case a.champ.Type.Genre.Conteneur() && !r.item(a):
		return natures[jsondoc.Array]
	}
	return modele.Texte{Fr: "une valeur simple", En: "a plain value"}
}

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
	switch a.numero {
	case regleJSON:
		return attenduIci(a.erreur, l)
	case regleTaille:
		return limiteDepassee(a.erreur, r.limites).In(l)
	case regleManquante, regleInconnue:
		return r.nomObjet(a, l)
	case regleTrop:
		return chiffres(int64(a.nombre))
	case regleNom:
		return partiesNom[a.nombre].In(l)
	case regleNomPiece:
		return r.partieFautive(a, l)
	case regleNomAns:
		f, _ := lireNom(r.options.Nom)
		return f.ans
	case regleAnsDeclare:
		return r.options.NumeroAns
	case regleSIRETDeposant:
		return r.options.SIRET
	case regleAlphabet, regleTelephone:
		return r.caractereFautif(a, l)
	case regleMajuscules:
		return valeur.Litteral(valeur.Majuscules(abreger(string(r.doc.Text(a.noeud)), maxTrouve)))
	case regleCode:
		return a.champ.Type.Nomenclature.Nom.In(l)
	case infoCode:
		return a.champ.codes.Tolere(r.doc.Text(a.noeud))
	case regleChoixDouble:
		return a.champ.Type.Valeurs[a.nombre]
	case regleExtension:
		nom, _ := r.plan.norme.lire(r.doc.Text(a.autre))
		return string(nom.format)
	case regleCondition:
		return modele.Phrase(a.champ.Obligation.Obligatoire, l)
	case regleDoitEtreNul:
		return modele.Phrase(a.champ.Obligation.Nul, l)
	case reglePreuveHT:
		return r.preuveAttendue(a, l)
	case reglePieceNumero:
		nom, _ := r.plan.norme.lire(r.doc.Text(a.noeud))
		return string(nom.numero)
	case reglePieceType:
		nom, _ := r.plan.norme.lire(r.doc.Text(a.noeud))
		return string(nom.code)
	case alerteFutur:
		return r.options.Aujourdhui.Format("02/01/2006")
	case alerteAvant:
		d := r.plan.modele.Debut
		return d[8:10] + "/" + d[5:7] + "/" + d[0:4]
	case alertePlafond:
		_, calcul := r.plafond(a, l)
		return calcul
	case regleNumeroUtilise, regleNonEligible, regleProfil, alerteNonInscrit, alerteNonRattache, alerteDejaDemande:
		return r.detailRegistre(a, l)
	}
	if dejaVu(a.numero) {
		p := r.doc.Position(int(r.doc.Nodes[a.autre].Start))
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
		return modele.Texte{Fr: "la demande", En: "the demande"}.In(l)
	}
	return a.objet.champ.Balise
}

func (r *Rapport) caractereFautif(a *anomalie, l modele.Langue) string {
	t := r.doc.Text(a.noeud)
	i := valeur.HorsTelephone(t)
	if a.numero == regleAlphabet {
		i = valeur.HorsAlphabet(t, a.champ.Type.Alphabet)
	}
	return nommerCaractere([]rune(string(t[i:]))[0], l)
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
		if !ok || c.regle != a.numero {
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
	if len(numero) != n.Longueur {
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
