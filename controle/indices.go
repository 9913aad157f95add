package controle

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"guichet/jsondoc"
	"guichet/modele"
)

// The hints below replace the help of a rule where the value itself tells what to write. They cover what
// suppliers' scripts and spreadsheets really do to values.

var (
	ecrivez         = modele.Texte{Fr: "écrivez %s", En: "write %s"}
	guillemets      = modele.Texte{Fr: "retirez les guillemets : écrivez %s", En: "take away the quotes: write %s"}
	motNull         = modele.Texte{Fr: `retirez les guillemets : "null" est un texte de quatre lettres, null est l'absence de valeur`, En: `take away the quotes: "null" is a text of four letters, null is the absence of a value`}
	mettez          = modele.Texte{Fr: "mettez des guillemets : écrivez %s ; un nombre perd ses zéros de tête", En: "put quotes: write %s; a number loses its leading zeros"}
	vouliez         = modele.Texte{Fr: "vouliez-vous dire %s ?", En: "did you mean %s?"}
	renommez        = modele.Texte{Fr: "renommez %s, ligne %d, en %s", En: "rename %s, line %d, to %s"}
	ailleurs        = modele.Texte{Fr: "supprimez-la ou déplacez-la : %s est une balise de %s", En: "delete it or move it: %s is a tag of %s"}
	renseigneParASP = modele.Texte{Fr: "écrivez null, sans guillemets : l'ASP renseigne cette balise, et il faut la remettre à null avant un nouveau dépôt", En: "write null, without quotes: the ASP fills this tag in, and it must be null again before another deposit"}
	codeDe          = modele.Texte{Fr: "c'est le libellé d'un opérateur : écrivez son code, %s", En: "this is the label of an operator: write its code, %s"}
	plusProches     = modele.Texte{Fr: "codes les plus proches : %s ; sans opérateur, écrivez null", En: "nearest codes: %s; with no operator, write null"}
	zeroPerdu       = modele.Texte{Fr: "un zéro de tête a sans doute été perdu dans un tableur : écrivez %s", En: "a spreadsheet probably lost a leading zero: write %s"}
	notationTabl    = modele.Texte{Fr: "un tableur a changé le numéro en nombre et perdu des chiffres : reprenez-le à la source, colonne au format texte", En: "a spreadsheet made a number of it and lost digits: take it from the source again, column as text"}
	dateSerie       = modele.Texte{Fr: "c'est un numéro de jour de tableur : écrivez %s", En: "this is a spreadsheet's day number: write %s"}
	blancDeTrop     = modele.Texte{Fr: "retirez les blancs autour du texte : écrivez %s", En: "take away the blanks around the text: write %s"}
)

// indice returns the hint for an anomaly, "" for none.
func (r *Rapport) indice(a *anomalie, l modele.Langue) string {
	if a.numero == regleInconnue {
		return r.indiceBalise(a, l)
	}
	if a.numero == regleManquante {
		return r.indiceManquante(a, l)
	}
	if a.champ == nil || a.noeud == a.porteur || livre()[a.numero].Gravite < modele.Erreur {
		return ""
	}
	if a.champ.Obligation.Renseigne {
		return renseigneParASP.In(l)
	}
	switch r.doc.Nodes[a.noeud].Kind {
	case jsondoc.String:
		return indiceTexte(a, string(r.doc.Text(a.noeud)), l)
	case jsondoc.Number:
		return indiceNombre(a, string(r.doc.Raw(a.noeud)), l)
	}
	return ""
}

// indiceBalise proposes the tag that an unknown one was meant to be, or says whose tag it is.
func (r *Rapport) indiceBalise(a *anomalie, l modele.Langue) string {
	nom := r.doc.Name(a.noeud)
	balises := make([]string, len(a.objet.champs))
	for i := range a.objet.champs {
		balises[i] = a.objet.champs[i].Balise
	}
	if p := proche(nom, balises); p != "" {
		return fmt.Sprintf(vouliez.In(l), p)
	}
	if o, balise := r.plan.racine.tenant(nom); o != nil {
		autre := anomalie{site: site{objet: o}}
		return fmt.Sprintf(ailleurs.In(l), balise, r.nomObjet(&autre, l))
	}
	return ""
}

// indiceManquante names the unknown tag of the same object that a missing one was probably written as.
func (r *Rapport) indiceManquante(a *anomalie, l modele.Langue) string {
	inconnu := r.plan.vocabulary.Unknown()
	for e := a.porteur + 1; e < r.doc.Nodes[a.porteur].Next; e = r.doc.Nodes[e].Next {
		if r.doc.Nodes[e].Key != inconnu {
			continue
		}
		nom := r.doc.Name(e)
		if proche(nom, []string{a.champ.Balise}) != "" {
			return fmt.Sprintf(renommez.In(l), abreger(nom, maxTrouve), r.doc.Position(int(r.doc.Nodes[e].Start)).Line, a.champ.Balise)
		}
	}
	return ""
}

// tenant returns the object of the table that has a tag, or one much like it.
func (o *objet) tenant(nom string) (*objet, string) {
	for i := range o.champs {
		if plat(o.champs[i].Balise) == plat(nom) {
			return o, o.champs[i].Balise
		}
		if interne := o.champs[i].objet; interne != nil {
			if t, balise := interne.tenant(nom); t != nil {
				return t, balise
			}
		}
	}
	return nil, ""
}

// mots are texts that scripts write in place of the JSON words.
var mots = map[string]string{
	"null": "null", "none": "null", "nil": "null", "n/a": "null",
	"true": "true", "false": "false", "vrai": "true", "faux": "false", "oui": "true", "non": "false",
}

// indiceTexte reads a text as the value that it was meant to be.
func indiceTexte(a *anomalie, t string, l modele.Langue) string {
	ty := &a.champ.Type
	mot := mots[strings.ToLower(t)]
	switch {
	case mot == "null" && a.champ.nul.genre != jamais, mot == "null" && ty.Genre == modele.Code:
		return motNull.In(l)
	case ty.Genre == modele.Booleen && mot != "" && mot != "null":
		return fmt.Sprintf(guillemets.In(l), mot)
	case ty.Genre == modele.Montant:
		return siTrouve(guillemets, montantPropose(t), l)
	case ty.Genre == modele.Rang && a.numero == regleType:
		return siTrouve(guillemets, strings.TrimLeft(entierDe(t), "0"), l)
	case a.numero == regleDoitEtreNul || a.numero == regleASP:
		return ""
	}
	if h := indiceFormat(a, strings.TrimSpace(t), l); h != "" {
		return h
	}
	if s := strings.TrimSpace(t); s != t && s != "" {
		return fmt.Sprintf(blancDeTrop.In(l), strconv.Quote(s))
	}
	return ""
}

// indiceFormat proposes the value of a text by the kind of its tag.
func indiceFormat(a *anomalie, t string, l modele.Langue) string {
	switch a.champ.Type.Genre {
	case modele.Date:
		if propose, serie := dateProposee(t); serie {
			return fmt.Sprintf(dateSerie.In(l), strconv.Quote(propose))
		} else if propose != t {
			return siTrouve(ecrivez, guillemetsDe(propose), l)
		}
	case modele.Telephone:
		return siTrouve(ecrivez, guillemetsDe(telephonePropose(t)), l)
	case modele.Choix, modele.ChoixMultiple:
		return siTrouve(ecrivez, guillemetsDe(choixPropose(a.champ.Type, t)), l)
	case modele.Code:
		return indiceCode(a.champ, t, l)
	case modele.Chaine, modele.TableauValeurs:
		if a.numero == regleExacte && len(t) > a.champ.Type.Exact {
			return a.champ.Aide.In(l)
		}
		return indiceNumero(a.champ.Type, t, l)
	}
	return ""
}

func siTrouve(t modele.Texte, propose string, l modele.Langue) string {
	if propose == "" {
		return ""
	}
	return fmt.Sprintf(t.In(l), propose)
}

func guillemetsDe(t string) string {
	if t == "" {
		return ""
	}
	return strconv.Quote(t)
}

// indiceNombre reads a number as the text or amount that it was meant to be.
func indiceNombre(a *anomalie, t string, l modele.Langue) string {
	switch genre := a.champ.Type.Genre; {
	case genre == modele.Montant:
		return siTrouve(ecrivez, montantPropose(t), l)
	case genre == modele.Booleen && (t == "0" || t == "1"):
		return fmt.Sprintf(ecrivez.In(l), strconv.FormatBool(t == "1"))
	case genre == modele.Date:
		if propose, serie := dateProposee(t); serie {
			return fmt.Sprintf(dateSerie.In(l), strconv.Quote(propose))
		}
	case genre == modele.Chaine || genre == modele.TableauValeurs:
		if strings.ContainsAny(t, "eE.") {
			return notationTabl.In(l)
		}
		if n := a.champ.Type.Exact - len(t); n >= 0 && n <= 4 {
			return fmt.Sprintf(mettez.In(l), strconv.Quote(strings.Repeat("0", n)+t))
		}
	}
	return ""
}

// indiceNumero proposes the zeros that a spreadsheet took away.
func indiceNumero(ty modele.Type, t string, l modele.Langue) string {
	manquants := ty.Exact - len(t)
	switch {
	case ty.Alphabet == modele.Libre || t == "":
		return ""
	case notation.MatchString(t):
		return notationTabl.In(l)
	case manquants < 1 || manquants > 4 || entierDe(t) != t:
		return ""
	}
	propose := strings.Repeat("0", manquants) + t
	if ty.Cle == modele.CleFINESS && !cleFINESS([]byte(propose)) || ty.Cle == modele.CleSIRET && !cleSIRET([]byte(propose)) {
		return ""
	}
	return fmt.Sprintf(zeroPerdu.In(l), strconv.Quote(propose))
}

// notation is a number as spreadsheets show large ones: 2,601E+13.
var notation = regexp.MustCompile(`^\d+([.,]\d+)?[eE]\+?\d+$`)

func entierDe(t string) string {
	if _, ok := entier([]byte(t)); ok {
		return t
	}
	return ""
}

// montantPropose rewrites an amount with exactly two decimals: 2920, 2920.0, "2 920,00 €". A third
// decimal is not rounded away: that is the supplier's decision.
func montantPropose(t string) string {
	t = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "€", "", ",", ".").Replace(t)
	t, _, _ = strings.Cut(t, "EUR")
	entiers, decimales, _ := strings.Cut(t, ".")
	decimales = strings.TrimRight(decimales, "0")
	if entierDe(entiers) == "" || len(decimales) > 2 || decimales != "" && entierDe(decimales) == "" {
		return ""
	}
	propose := entiers + "." + (decimales + "00")[:2]
	if !positif([]byte(propose)) {
		return ""
	}
	return propose
}

// dateProposee rewrites the dates of spreadsheets and databases as JJ/MM/AAAA; serie is true for a day
// number, counted from 30/12/1899.
func dateProposee(t string) (propose string, serie bool) {
	if n, ok := entier([]byte(t)); ok && n >= 40_000 && n < 60_000 {
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format("02/01/2006"), true
	}
	for _, forme := range []string{"2006-01-02", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05", "2006/01/02", "02-01-2006", "02.01.2006", "2/1/2006", "20060102"} {
		if d, err := time.Parse(forme, t); err == nil {
			return d.Format("02/01/2006"), false
		}
	}
	return "", false
}

// telephonePropose gives a French national number its prefix: 01 99 00 45 67 → +33 1 99 00 45 67.
func telephonePropose(t string) string {
	t = strings.NewReplacer("(0)", "", "\u00a0", " ", "/", " ").Replace(t)
	switch {
	case strings.HasPrefix(t, "00"):
		t = "+" + t[2:]
	case strings.HasPrefix(t, "0"):
		t = "+33 " + t[1:]
	case strings.HasPrefix(t, "33"):
		t = "+" + t
	}
	t = strings.Join(strings.Fields(t), " ")
	if !strings.HasPrefix(t, "+") || horsTelephone([]byte(t)) >= 0 {
		return ""
	}
	if ok, _ := plausible([]byte(t)); !ok {
		return ""
	}
	return t
}

// choixPropose reads a choice written in another case, with other separators or around blanks.
func choixPropose(ty modele.Type, t string) string {
	if ty.Genre == modele.Choix {
		for _, v := range ty.Valeurs {
			if plat(v) == plat(t) {
				return v
			}
		}
		return ""
	}
	var choisis []string
	for _, part := range strings.FieldsFunc(t, func(c rune) bool { return strings.ContainsRune(",;/|+ ", c) }) {
		i := indice(ty.Valeurs, []byte(strings.ToUpper(part)))
		if i < 0 {
			return ""
		}
		choisis = append(choisis, ty.Valeurs[i])
	}
	return strings.Join(choisis, ", ")
}

// indiceCode finds the code of a label, or the nearest codes.
func indiceCode(c *champ, t string, l modele.Langue) string {
	var proches []string
	for _, e := range c.Type.Nomenclature.Codes {
		if plat(e.Libelle) == plat(t) {
			return fmt.Sprintf(codeDe.In(l), strconv.Quote(e.Code))
		}
	}
	for _, e := range plusProchesEntrees(t, c.Type.Nomenclature.Codes) {
		proches = append(proches, e.Code+" ("+e.Libelle+")")
	}
	return siTrouve(plusProches, strings.Join(proches, ", "), l)
}
