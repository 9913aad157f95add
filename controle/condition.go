package controle

import (
	"guichet/jsondoc"
	"guichet/modele"
)

// verite is the value of a condition. A condition on a tag that is missing or at fault is inconnu: the
// fault is reported at that tag, and no second anomaly follows from it.
type verite uint8

const (
	faux verite = iota
	inconnu
	vrai
)

// condition is a modele.Condition whose tags are found.
type condition struct {
	genre    genreCondition
	monte    int // objects to go up from the one at hand
	rang     int // index of the tag there
	genreVal jsondoc.Kind
	texte    string
	parties  []condition
}

type genreCondition uint8

const (
	jamais genreCondition = iota
	toujours
	est
	toutes
	une
)

func (o *objet) condition(c modele.Condition) condition {
	if v, constante := modele.Constante(c); constante {
		if v {
			return condition{genre: toujours}
		}
		return condition{genre: jamais}
	}
	switch c := c.(type) {
	case modele.Is:
		return o.est(c)
	case modele.All:
		return condition{genre: toutes, parties: o.conditions(c)}
	case modele.Any:
		return condition{genre: une, parties: o.conditions(c)}
	}
	panic("controle: condition of an unknown kind")
}

func (o *objet) conditions(liste []modele.Condition) []condition {
	parties := make([]condition, len(liste))
	for i, c := range liste {
		parties[i] = o.condition(c)
	}
	return parties
}

func (o *objet) est(c modele.Is) condition {
	monte := 0
	for portee := o; portee != nil; portee, monte = portee.parent, monte+1 {
		if rang := portee.rang(c.Balise); rang >= 0 {
			cond := condition{genre: est, monte: monte, rang: rang}
			cond.genreVal, cond.texte = litteral(c.Valeur)
			return cond
		}
	}
	panic("controle: a condition names " + c.Balise + ", which no object around it has")
}

func litteral(json string) (jsondoc.Kind, string) {
	switch json {
	case "true":
		return jsondoc.True, ""
	case "false":
		return jsondoc.False, ""
	}
	return jsondoc.String, json[1 : len(json)-1]
}

// evaluer gives the value of a condition for the object at level niveau of the walk.
func (w *parcours) evaluer(c *condition, niveau int) verite {
	if c.genre == est {
		return w.egal(c, niveau-c.monte)
	}
	return w.composer(c, niveau)
}

func (w *parcours) composer(c *condition, niveau int) verite {
	switch c.genre {
	case toujours:
		return vrai
	case toutes:
		v := vrai
		for i := range c.parties {
			v = min(v, w.evaluer(&c.parties[i], niveau))
		}
		return v
	case une:
		v := faux
		for i := range c.parties {
			v = max(v, w.evaluer(&c.parties[i], niveau))
		}
		return v
	}
	return faux
}

func (w *parcours) egal(c *condition, niveau int) verite {
	n := w.cadres[niveau][c.rang]
	if n == 0 {
		return inconnu
	}
	kind := w.doc.Nodes[n].Kind
	switch {
	case kind == c.genreVal && (kind != jsondoc.String || string(w.doc.Text(n)) == c.texte):
		return vrai
	case kind == jsondoc.Null, kind == jsondoc.String && c.genreVal == jsondoc.String,
		kind <= jsondoc.True && c.genreVal <= jsondoc.True:
		return faux
	}
	return inconnu // a value of another type
}
