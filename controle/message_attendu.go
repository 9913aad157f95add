package controle

import (
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/referentiel"
)

func (r *Rapport) trouve(a *anomalie, l modele.Langue) string {
	switch {
	case a.erreur != nil:
		return r.trouveIci(a.erreur, l)
	case duNom(a.numero):
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
	case regleNom, alerteNom, alerteNomPasse:
		return r.NomPropose()
	case alertePlafond:
		max, _ := r.plafond(a, l)
		return referentiel.Euros(max)
	case regleNature:
		return r.natureAttendue(a).In(l)
	case regleNomPiece, reglePieceNumero, reglePieceType, infoPrefixe:
		return r.nomPropose(a)
	}
	t := a.champ.Type
	if r.item(a) {
		t = t.Element()
	}
	if (a.numero == regleType || a.numero == regleEntete) && textuel(t.Genre) && r.doc.Nodes[a.noeud].Kind != jsondoc.String {
		return modele.Texte{Fr: "un texte entre guillemets, ", En: "a text between quotes, "}.In(l) + modele.Format(t, l)
	}
	return modele.Format(t, l)
}

// textuel tells whether the values of a kind are texts.
func textuel(g modele.Genre) bool {
	switch g {
	case modele.Montant, modele.Rang, modele.Booleen, modele.Nul:
		return false
	}
	return !g.Conteneur()
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
