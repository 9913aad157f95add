package preparation

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

// Changement is a value of an order that is no longer what a file says of it.
type Changement struct {
	Lieu         Lieu // the cell that gives it now, or the first row of the order
	Avant, Apres modele.Texte
	Motif        modele.Texte // what became of an ESMS, an OG or a document; empty for a value
}

// In tells the change: `commandes.csv, ligne 2, colonne E (montantSegurHT) : 2433.33 → 2920.00`.
func (c Changement) In(l modele.Langue) string {
	quoi := c.Motif.In(l)
	if quoi == "" {
		vide := montrer("").In(l)
		quoi = cmp.Or(c.Avant.In(l), vide) + " → " + cmp.Or(c.Apres.In(l), vide)
	}
	return c.Lieu.In(l) + modele.Texte{Fr: " : ", En: ": "}.In(l) + quoi
}

// Comparer tells how the order differs from a demande of a file, which is one element of lignesImport. Its number,
// its rank and what the portal fills in do not count.
func (d *Demande) Comparer(ancienne []byte) ([]Changement, error) {
	lecture := json.NewDecoder(bytes.NewReader(ancienne))
	lecture.UseNumber()
	var avant map[string]any
	if err := lecture.Decode(&avant); err != nil {
		return nil, fmt.Errorf("read the former demande: %w", err)
	}
	c := &comparaison{lot: d.lot, demande: d.indice()}
	c.niveau(Commande, avant, 0, c.demande)
	c.organismes(avant)
	c.etablissements(avant)
	c.documents(d, avant)
	return c.trouves, nil
}

// comparaison is an order held against a former one.
type comparaison struct {
	lot     *Lot
	demande int32
	trouves []Changement
}

func (c *comparaison) dire(lieu Lieu, fr, en string, args ...any) {
	c.trouves = append(c.trouves, Changement{Lieu: lieu, Motif: modele.Texte{Fr: fmt.Sprintf(fr, args...), En: fmt.Sprintf(en, args...)}})
}

// niveau compares the columns of a level for one item; prefixe is how much of their paths leads to the object.
func (c *comparaison) niveau(n Niveau, objet map[string]any, prefixe int, item int32) {
	p := c.lot.plan
	for i := p.debut[n]; i < p.debut[n+1]; i++ {
		col := p.colonnes[i]
		if col.Champ == nil || i == p.numero || n > Commande && i == p.identite[n] {
			continue
		}
		avant, apres := enMots(chercher(objet, col.Chemin[prefixe:])), enMots(lue(c.lot.litteral(i, item)))
		if !pareils(col.ty.Genre, avant, apres) {
			c.trouves = append(c.trouves, Changement{Lieu: c.lot.cellule(i, item), Avant: enTexte(col.ty.Genre, avant), Apres: enTexte(col.ty.Genre, apres)})
		}
	}
}

// organismes compares the OGs, which their FINESS numbers tell apart.
func (c *comparaison) organismes(avant map[string]any) {
	p := c.lot.plan
	identite := p.identite[OG]
	chemin := p.colonnes[identite].Chemin
	anciens := parNumero(avant, chemin)
	for o := c.lot.demandes.a(c.demande).premier; o != aucun; o = c.lot.ogs.a(o).suivant {
		numero := nu(c.lot.litteral(identite, o))
		ancien, connu := anciens[numero]
		if !connu {
			c.dire(c.lot.cellule(identite, o), "OG %s ajouté", "OG %s added", numero)
			continue
		}
		delete(anciens, numero)
		c.niveau(OG, ancien, len(chemin)-1, o)
	}
	c.partis(anciens, identite, "OG %s retiré", "OG %s taken out")
}

// etablissements compares the ESMS, and the OG that each stands under.
func (c *comparaison) etablissements(avant map[string]any) {
	p := c.lot.plan
	identite := p.identite[ESMS]
	chemin := p.colonnes[identite].Chemin
	anciens, sous := parNumero(avant, chemin), c.rattachements(avant)
	for o := c.lot.demandes.a(c.demande).premier; o != aucun; o = c.lot.ogs.a(o).suivant {
		og := nu(c.lot.litteral(p.identite[OG], o))
		for e := c.lot.ogs.a(o).premier; e != aucun; e = c.lot.esms.a(e).suivant {
			numero := nu(c.lot.litteral(identite, e))
			ancien, connu := anciens[numero]
			if !connu {
				c.dire(c.lot.cellule(identite, e), "ESMS %s ajouté", "ESMS %s added", numero)
				continue
			}
			delete(anciens, numero)
			if avant := sous[numero]; avant != og {
				c.dire(c.lot.cellule(identite, e), "ESMS %s, OG %s → %s", "ESMS %s, OG %s → %s", numero, avant, og)
			}
			c.niveau(ESMS, ancien, len(chemin)-1, e)
		}
	}
	c.partis(anciens, identite, "ESMS %s retiré", "ESMS %s taken out")
}

// partis tells what the order no longer has, at its first row.
func (c *comparaison) partis(anciens map[string]map[string]any, colonne int, fr, en string) {
	for _, numero := range tries(anciens) {
		c.dire(c.lot.cellule(colonne, c.premier(c.lot.plan.colonnes[colonne].Niveau)), fr, en, numero)
	}
}

// premier returns the first item of a level in the order.
func (c *comparaison) premier(n Niveau) int32 {
	og := c.lot.demandes.a(c.demande).premier
	if n == ESMS {
		return c.lot.ogs.a(og).premier
	}
	return og
}

// rattachements returns the OG of each ESMS of the former demande.
func (c *comparaison) rattachements(avant map[string]any) map[string]string {
	p := c.lot.plan
	chemin := p.colonnes[p.identite[OG]].Chemin
	parent := p.parent(chemin)
	sous := map[string]string{}
	for numero, og := range parNumero(avant, chemin) {
		for _, champ := range parent.Champs {
			if champ.Type.Genre == modele.TableauValeurs {
				liste, _ := og[champ.Balise].([]any)
				for _, esms := range liste {
					sous[enMots(esms)] = numero
				}
			}
		}
	}
	return sous
}

// documents compares the kinds and the formats of the documents; their bytes are not in the file.
func (c *comparaison) documents(d *Demande, avant map[string]any) {
	p := c.lot.plan
	anciens := map[string]map[string]any{}
	liste, _ := avant[p.pieces.regle.Tableau].([]any)
	for _, v := range liste {
		if piece, ok := v.(map[string]any); ok {
			anciens[enMots(piece[p.pieces.regle.Type])] = piece
		}
	}
	for _, doc := range d.Documents() {
		ancien, connu := anciens[doc.Type]
		delete(anciens, doc.Type)
		format := p.pieces.formats[strings.ToLower(doc.Chemin[strings.LastIndexByte(doc.Chemin, '.')+1:])]
		switch avant := enMots(ancien[p.pieces.regle.Format]); {
		case !connu:
			c.dire(doc.Lieu, "pièce ajoutée : %s", "document added: %s", doc.Chemin)
		case avant != format:
			c.trouves = append(c.trouves, Changement{Lieu: doc.Lieu, Avant: enTexte(modele.Chaine, avant), Apres: enTexte(modele.Chaine, format)})
		}
	}
	for _, genre := range tries(anciens) {
		lieu := d.Lieu()
		if i := p.colonneDe(genre); i >= 0 {
			lieu = c.lot.cellule(i, c.demande)
		}
		c.dire(lieu, "pièce retirée", "document taken out")
	}
}

// chercher goes down a path of objects.
func chercher(objet map[string]any, chemin []string) any {
	for _, balise := range chemin[:len(chemin)-1] {
		objet, _ = objet[balise].(map[string]any) // nil holds nothing
	}
	return objet[chemin[len(chemin)-1]]
}

// parNumero returns the objects of the array that a path leads through, by the value at its end.
func parNumero(demande map[string]any, chemin []string) map[string]map[string]any {
	n := len(chemin) - 1
	liste, _ := chercher(demande, chemin[:n]).([]any)
	objets := make(map[string]map[string]any, len(liste))
	for _, v := range liste {
		if objet, ok := v.(map[string]any); ok {
			objets[enMots(objet[chemin[n]])] = objet
		}
	}
	return objets
}

// lue reads a literal of ours.
func lue(litteral []byte) (v any) {
	lecture := json.NewDecoder(bytes.NewReader(litteral))
	lecture.UseNumber()
	_ = lecture.Decode(&v) // an empty cell is null
	return v
}

// enTexte is a value in both languages.
func enTexte(g modele.Genre, mot string) modele.Texte {
	if g == modele.Booleen && mot == "oui" {
		return montrer("true")
	}
	if g == modele.Booleen && mot == "non" {
		return montrer("false")
	}
	return modele.Texte{Fr: mot, En: mot}
}

// enMots writes a value as a cell would have it, "" for null.
func enMots(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "oui"
		}
		return "non"
	case string:
		return v
	case json.Number:
		return v.String()
	}
	t, _ := json.Marshal(v) // it was decoded from JSON
	return string(t)
}

// pareils tells whether two values are the same one: 2920 and 2920.00 are.
func pareils(g modele.Genre, a, b string) bool {
	if a == b || g != modele.Montant {
		return a == b
	}
	x, ok := valeur.Centimes([]byte(a))
	y, aussi := valeur.Centimes([]byte(b))
	return ok && aussi && x == y
}

func tries(m map[string]map[string]any) []string {
	cles := make([]string, 0, len(m))
	for k := range m {
		cles = append(cles, k)
	}
	slices.Sort(cles)
	return cles
}
