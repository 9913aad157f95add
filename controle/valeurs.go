package controle

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// scalaire checks whether a plain value may be there, then its format. It tells whether there is a value
// that other rules can rely on.
func (w *parcours) scalaire(s site) bool {
	c := s.champ
	kind := w.doc.Nodes[s.noeud].Kind
	switch {
	case kind.Container():
		return w.refuser(s, regleNature)
	case kind == jsondoc.Null:
		if c.obligatoire.genre != jamais {
			w.nulle(s)
		}
		return false
	case c.nul.genre == toujours:
		return w.refuser(s, regleASP)
	case c.nul.genre != jamais && w.evaluer(&c.nul, s.objet.niveau) == vrai:
		return w.refuser(s, regleDoitEtreNul)
	}
	switch c.genre {
	case modele.Booleen:
		return kind == jsondoc.True || kind == jsondoc.False || w.refuser(s, regleType)
	case modele.Montant:
		return w.montant(s)
	case modele.Rang:
		return w.rang(s)
	}
	return w.texte(s)
}

// nulle checks that a tag may be null.
func (w *parcours) nulle(s site) {
	switch c := s.champ; {
	case c.obligatoire.genre == toujours:
		w.signaler(regleVide, s)
	case w.evaluer(&c.obligatoire, s.objet.niveau) == vrai:
		w.signaler(regleCondition, s)
	}
}

// refuser reports an anomaly that makes the value unusable.
func (w *parcours) refuser(s site, n numero) bool {
	w.signaler(n, s)
	return false
}

// texte checks a text: its type, its length, then what its kind asks for.
func (w *parcours) texte(s site) bool {
	node := &w.doc.Nodes[s.noeud]
	if node.Kind != jsondoc.String {
		return w.refuser(s, regleType)
	}
	t, c := w.doc.Source[node.Start+1:node.End-1], s.champ
	n := len(t)
	if node.Flags != 0 {
		if node.Flags&jsondoc.NoText != 0 {
			return w.refuser(s, reglePasUnTexte)
		}
		t = w.doc.Text(s.noeud)
		n = utf8.RuneCount(t)
	}
	switch {
	case n == 0:
		return w.refuser(s, regleTexteVide)
	case c.exact > 0 && n != c.exact:
		w.signalerAvec(regleExacte, s, 0, int32(n))
		return false
	case c.moins > 0 && n >= c.moins:
		w.signalerAvec(regleLongue, s, 0, int32(n))
		return false
	}
	switch c.genre {
	case modele.Chaine, modele.TableauValeurs:
		if c.cleNumero == modele.CleFINESS {
			return w.finess(s, t)
		}
		return w.chaine(s, t)
	case modele.Date:
		return w.date(s, t)
	case modele.Courriel:
		return w.courriel(s, t)
	case modele.Telephone:
		return w.telephone(s, t)
	case modele.Choix:
		return w.choix(s, t)
	case modele.ChoixMultiple:
		return w.choixMultiple(s, t)
	case modele.Code:
		return w.code(s, t)
	}
	return w.nomPiece(s)
}

func (w *parcours) chaine(s site, t []byte) bool {
	c := s.champ
	switch {
	case c.alphabet != modele.Libre && valeur.HorsAlphabet(t, c.alphabet) >= 0:
		return w.refuser(s, regleAlphabet)
	case c.capitales && valeur.Minuscule(t) >= 0:
		return w.refuser(s, regleMajuscules)
	case c.cleNumero == modele.CleSIRET && !valeur.CleSIRET(t):
		w.signaler(alerteSIRET, s)
	case c.alphabet == modele.Libre && (t[0] <= ' ' || w.doc.Nodes[s.noeud].Flags != 0 || bytes.IndexByte(t, del) >= 0) && valeur.Illisible(t):
		w.signaler(alerteTexte, s)
	case c.alphabet == modele.Libre && len(t) == len("null") && strings.EqualFold(string(t), "null"):
		w.signaler(alerteNull, s)
	case c.alphabet == modele.Libre:
		w.remplissage(s, t)
	}
	return true
}

// remplissage puts a text in doubt that only fills its place in. That a value is not known says something, and so does that there
// was none, but of a person or a structure.
func (w *parcours) remplissage(s site, t []byte) {
	switch valeur.Remplir(bytes.TrimSpace(t)) {
	case valeur.Plein, valeur.Inconnu:
	case valeur.Rien, valeur.RienOuNom:
		if s.champ.capitales {
			w.signaler(alerteVaine, s)
		}
	default:
		w.signaler(alerteVaine, s)
	}
}

// del is the one control character that JSON lets stand in a text without an escape.
const del = 0x7f

// finess checks a number in one pass when it is made of digits, as all are but those of Corsica.
func (w *parcours) finess(s site, t []byte) bool {
	if juste, chiffres := valeur.Luhn(t); chiffres {
		// What the register says of a number is worth more than its key.
		if !juste && w.options.Referentiels.Finess == nil {
			w.signaler(alerteFINESS, s)
		}
		return true
	}
	if valeur.HorsAlphabet(t, s.champ.alphabet) >= 0 {
		return w.refuser(s, regleAlphabet)
	}
	if !valeur.Corse(t) && w.options.Referentiels.Finess == nil {
		w.signaler(alerteLettre, s)
	}
	return true
}

// courriel asks for what the source says, an @ after the first character and a point; what else makes an address
// that no mail can reach is a remark.
func (w *parcours) courriel(s site, t []byte) bool {
	switch {
	case valeur.Courriel(t):
		if valeur.CourrielVain(t) {
			w.signaler(alerteVaine, s)
		}
	case !valeur.CourrielAdmis(t):
		return w.refuser(s, regleCourriel)
	default:
		w.signaler(alerteCourriel, s)
	}
	return true
}

// maxMontant is 100 million euros, in cents: no order form comes near, and sums of amounts below it always fit.
const maxMontant = 100_000_000_00

// montant checks the literal itself: 2920.0 and 2920.00 are the same number, but not the same tag.
func (w *parcours) montant(s site) bool {
	if w.doc.Nodes[s.noeud].Kind != jsondoc.Number {
		return w.refuser(s, regleType)
	}
	montant, ok := valeur.Centimes(w.doc.Raw(s.noeud))
	switch {
	case !ok:
		return w.refuser(s, regleDecimales)
	case montant <= 0:
		return w.refuser(s, reglePositif)
	case montant >= maxMontant:
		return w.refuser(s, regleMontantBorne)
	}
	return true
}

func (w *parcours) rang(s site) bool {
	if w.doc.Nodes[s.noeud].Kind != jsondoc.Number {
		return w.refuser(s, regleType)
	}
	attendu := w.rangs[w.tableaux-1] + 1
	if n, ok := valeur.Entier(w.doc.Raw(s.noeud)); !ok || n != int64(attendu) {
		w.signalerAvec(regleRang, s, 0, attendu)
		return false
	}
	return true
}

func (w *parcours) date(s site, t []byte) bool {
	jour, ecrite, existe := valeur.LireDate(t)
	switch {
	case !ecrite:
		return w.refuser(s, regleDate)
	case !existe:
		return w.refuser(s, regleDateExiste)
	case w.aujourdhui > 0 && jour > w.aujourdhui:
		w.signaler(alerteFutur, s)
	case jour < w.plan.debut:
		w.signaler(alerteAvant, s)
	}
	return true
}

func (w *parcours) telephone(s site, t []byte) bool {
	if t[0] != '+' || len(t) == 1 || t[1]-'0' > 9 {
		return w.refuser(s, regleIndicatif)
	}
	ok, francais := valeur.Plausible(t)
	switch {
	case !ok && !valeur.SuitIndicatif(t):
		return w.refuser(s, regleIndicatif)
	case valeur.HorsTelephone(t) >= 0:
		w.signaler(alerteSigne, s)
	case !ok || !francais && w.options.Telephone != nil && !w.options.Telephone(t):
		w.signaler(alerteTelephone, s)
	}
	return true
}

func (w *parcours) choix(s site, t []byte) bool {
	if indice(s.champ.Type.Valeurs, t) < 0 {
		return w.refuser(s, regleChoix)
	}
	if s.champ.extension > 0 {
		return w.extension(s, t)
	}
	return true
}

func indice(valeurs []string, t []byte) int {
	for i, v := range valeurs {
		if v == string(t) {
			return i
		}
	}
	return -1
}

// choixMultiple checks values joined by ", ", in any order, none twice.
func (w *parcours) choixMultiple(s site, t []byte) bool {
	vus := uint64(0)
	for fini := false; !fini; {
		var valeur []byte
		valeur, t, fini = avantVirgule(t)
		i := indice(s.champ.Type.Valeurs, valeur)
		if i < 0 {
			return w.refuser(s, regleChoix)
		}
		if vus&(1<<i) != 0 {
			w.signalerAvec(regleChoixDouble, s, 0, int32(i))
			return false
		}
		vus |= 1 << i
	}
	return true
}

func avantVirgule(t []byte) (valeur, reste []byte, fini bool) {
	for i := 0; i+1 < len(t); i++ {
		if t[i] == ',' && t[i+1] == ' ' {
			return t[:i], t[i+2:], false
		}
	}
	return t, nil, true
}

func (w *parcours) code(s site, t []byte) bool {
	if s.champ == w.dernier.champ && string(t) == w.dernier.code {
		return true
	}
	if code, connu := s.champ.codes.Code(t); connu {
		w.dernier = dernierCode{s.champ, code}
		return true
	}
	if s.champ.codes.Tolere(t) == "" {
		return w.refuser(s, regleCode)
	}
	w.signaler(infoCode, s)
	return true
}
