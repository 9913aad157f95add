package controle

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"guichet/jsondoc"
	"guichet/modele"
	"guichet/valeur"
)

// Tags that every corridor's file has and that the portal itself reads or writes (§1.2, §3.2).
const (
	baliseImpID     = "impId"
	baliseAns       = "numeroAns"
	baliseSIRET     = "SIRET"
	baliseLigne     = "numLigne"
	baliseNumeroASP = "numeroASP"
	baliseNumero    = "numeroEditeur"
	baliseCode      = "codeTraitement"
	baliseLibelle   = "libelleTraitement"
)

// nomFichier is a file's name taken apart (§3.3): JSON-numeroAns-AAAAMMJJ-nnn.json.
type nomFichier struct{ ans, date, rang string }

// Parts of a file's name, for messages.
const (
	nomParties = iota
	nomAns
	nomDate
	nomRang
	nomJuste
)

// lireNom takes a name apart and tells which part is off the norm.
func lireNom(nom string) (f nomFichier, fautive int32) {
	corps, json := strings.CutSuffix(nom, ".json")
	prefixe, corps, _ := strings.Cut(corps, "-")
	f.ans, corps, _ = strings.Cut(corps, "-")
	f.date, f.rang, _ = strings.Cut(corps, "-")
	if !json || prefixe != "JSON" || f.rang == "" || strings.Contains(f.rang, "-") {
		return f, nomParties
	}
	switch {
	case len(f.ans) != 10 || valeur.HorsAlphabet([]byte(f.ans), modele.Alphanumerique) >= 0:
		return f, nomAns
	case !dateCompacte(f.date):
		return f, nomDate
	case len(f.rang) != 3 || valeur.HorsAlphabet([]byte(f.rang), modele.Chiffres) >= 0 || f.rang == "000":
		return f, nomRang
	}
	return f, nomJuste
}

func dateCompacte(d string) bool {
	if len(d) != 8 {
		return false
	}
	_, _, existe := valeur.LireDate([]byte(d[6:8] + "/" + d[4:6] + "/" + d[0:4]))
	return existe
}

// nom checks the file's name, against the norm and against the header. A draft has a name of its own until it is
// deposited: of the names that are not known to be the deposit's, only those that claim to follow the norm can fail it.
func (w *parcours) nom() {
	if w.options.Nom == "" {
		return
	}
	f, fautive := lireNom(w.options.Nom)
	switch {
	case !w.options.NomConnu && !w.options.Guichet && !strings.HasPrefix(w.options.Nom, "JSON-"):
		w.signaler(alerteNom, site{})
	case fautive != nomJuste:
		w.signalerAvec(regleNom, site{}, 0, fautive)
	default:
		w.contredit(baliseAns, f.ans, regleNomAns)
		if w.options.passe(f.date) {
			w.signaler(alerteNomPasse, site{})
		}
	}
}

// passe tells whether a day written AAAAMMJJ is before the day of the check.
func (o *Options) passe(jour string) bool {
	n, _ := valeur.Entier([]byte(jour))
	return int(n) < jourDe(o.Aujourdhui)
}

// jourDe writes a day as the number AAAAMMJJ, 0 for none.
func jourDe(t time.Time) int {
	if t.IsZero() {
		return 0
	}
	a, m, j := t.Date()
	return a*10000 + int(m)*100 + j
}

// jourCompact is how a file's name writes a day.
const jourCompact = "20060102"

// entete compares the header with what was declared with the deposit.
func (w *parcours) entete() {
	w.contredit(baliseAns, w.options.NumeroAns, regleAnsDeclare)
	w.contredit(baliseSIRET, w.options.SIRET, regleSIRETDeposant)
}

// contredit reports a header tag whose text is not the one known from elsewhere. A tag at fault itself is
// reported already.
func (w *parcours) contredit(balise, connu string, n numero) {
	racine := w.plan.racine
	rang := racine.rang(balise)
	if connu == "" || rang < 0 || len(w.doc.Nodes) == 0 || w.doc.Nodes[0].Kind != jsondoc.Object {
		return
	}
	v := enfant(w.doc, 0, w.plan.vocabulary.Key(balise))
	if v == 0 || w.doc.Nodes[v].Kind != jsondoc.String {
		return
	}
	t, c := w.doc.Text(v), &racine.champs[rang]
	if len(t) != c.exact || valeur.HorsAlphabet(t, c.alphabet) >= 0 || bytes.Equal(t, []byte(connu)) {
		return
	}
	w.signaler(n, site{objet: racine, champ: &racine.champs[rang], noeud: v})
}

// NomPropose returns the name that a file should have: its numeroAns, the day and the rank of its own name
// where they can be read and are not over, else today's and 001.
func (r *Rapport) NomPropose() string {
	ans := "<numeroAns>"
	if t, ok := r.textEntete(baliseAns); ok && len(t) == 10 && valeur.HorsAlphabet([]byte(t), modele.Alphanumerique) < 0 {
		ans = t
	}
	date, rang := "AAAAMMJJ", "001"
	if !r.options.Aujourdhui.IsZero() {
		date = r.options.Aujourdhui.Format(jourCompact)
	}
	for _, p := range strings.FieldsFunc(strings.TrimPrefix(r.options.Nom, "JSON-"), func(c rune) bool { return c == '-' || c == '_' || c == '.' }) {
		if n, err := strconv.Atoi(p); err == nil && n > 0 && n < 1000 {
			rang = fmt.Sprintf("%03d", n)
		}
		if dateCompacte(p) && !r.options.passe(p) {
			date = p
		}
	}
	return "JSON-" + ans + "-" + date + "-" + rang + ".json"
}

// textEntete returns the text of a header tag.
func (r *Rapport) textEntete(balise string) (string, bool) {
	if len(r.doc.Nodes) == 0 || r.doc.Nodes[0].Kind != jsondoc.Object {
		return "", false
	}
	return r.texteDe(0, balise)
}

// texteDe returns the text of a tag of the object n.
func (r *Rapport) texteDe(n uint32, balise string) (string, bool) {
	v := enfant(r.doc, n, r.plan.vocabulary.Key(balise))
	if v == 0 || r.doc.Nodes[v].Kind != jsondoc.String {
		return "", false
	}
	return string(r.doc.Text(v)), true
}
