package instruction

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// fait is something that became of a demande.
type fait struct {
	instant time.Time
	texte   modele.Texte
}

// maxFaits is how many a refusal tells.
const maxFaits = 5

// faits are what became of the demande since who asks has read it, as the page has it now.
func (p *pageFeuille) faits(depuis time.Time) (faits []fait) {
	noter := func(t time.Time, fr, en string) {
		if !t.IsZero() && !t.Before(depuis) {
			faits = append(faits, fait{t, modele.Texte{Fr: fr, En: en}})
		}
	}
	for _, n := range p.Notes {
		noter(n.Instant, "une note de "+ecrit.Nom(n.Qui), "a note by "+ecrit.Nom(n.Qui))
	}
	for _, x := range p.Points {
		noter(x.Instant, "une réponse de la fiche, de "+ecrit.Nom(x.Qui), "an answer on the sheet, by "+ecrit.Nom(x.Qui))
	}
	for _, d := range p.Decisions {
		noter(d.Propose, "une proposition de "+p.Qui(d.ProposePar), "a proposal by "+p.Qui(d.ProposePar))
	}
	for _, m := range p.Vue.Ecrits {
		noter(m.Instant, "un message, « "+m.Sujet+" »", "a message, “"+m.Sujet+"”")
	}
	for _, c := range p.Vue.Corrections {
		noter(c.Instant, "une valeur corrigée, "+c.Nom.Fr, "a corrected value, "+c.Nom.En)
	}
	for _, x := range slices.Concat(p.Vue.Pieces, p.Vue.Jointes) {
		noter(x.Recu, "un document, "+x.Nature.Fr, "a document, "+x.Nature.En)
	}
	for _, e := range p.Vue.Histoire {
		if e.A == "" {
			noter(e.Instant, "un "+e.Dit.Fr, "an "+e.Dit.En)
			continue
		}
		nom, qui := e.A.Nom(), e.par()
		noter(e.Instant, "son état, « "+nom.Fr+" »"+qui.Fr, "its state, “"+nom.En+"”"+qui.En)
	}
	slices.SortStableFunc(faits, func(a, b fait) int {
		return cmp.Or(a.instant.Compare(b.instant), strings.Compare(a.texte.Fr, b.texte.Fr))
	})
	return slices.CompactFunc(faits, func(a, b fait) bool { return a.texte == b.texte })
}

// par says who took a step, and when.
func (e *Pas) par() modele.Texte {
	quand := web.Heure(e.Instant)
	if e.Qui == "" {
		return modele.Texte{Fr: " le " + quand.Fr, En: " on " + quand.En}
	}
	return modele.Texte{Fr: " par " + e.Qui + " le " + quand.Fr, En: " by " + e.Qui + " on " + quand.En}
}

// dires are the last of them, in words; "" for none.
func (p *pageFeuille) dires(depuis time.Time) modele.Texte {
	faits := p.faits(depuis)
	var fr, en []string
	for _, f := range faits[max(0, len(faits)-maxFaits):] {
		fr, en = append(fr, f.texte.Fr), append(en, f.texte.En)
	}
	return modele.Texte{Fr: strings.Join(fr, ", "), En: strings.Join(en, ", ")}
}

// Changee says what became of a demande since somebody has read it; "" for nothing that can be named.
func (s *Service) Changee(ctx context.Context, d *Dossier, depuis time.Time) (modele.Texte, error) {
	p := &pageFeuille{D: d, s: s}
	if err := s.connaitre(ctx, p); err != nil {
		return modele.Texte{}, err
	}
	return p.dires(depuis), nil
}

// change says what became of the demande since it was read.
func (p *pageFeuille) change() modele.Texte {
	quoi := p.dires(p.lueLe())
	if quoi.Fr == "" {
		quoi = modele.Texte{Fr: "son état, sa fiche ou sa lettre", En: "its state, its sheet or its letter"}
	}
	return modele.Texte{
		Fr: "La demande a changé depuis que vous l'avez lue (" + quoi.Fr + ") : relisez-la, puis recommencez. Rien n'est fait.",
		En: "The request has changed since you read it (" + quoi.En + "): read it again, then try again. Nothing is done.",
	}
}

// lueLe is when who acts has read the demande.
func (p *pageFeuille) lueLe() time.Time { return db.Temps(entier(p.Valeur("lue"))) }

// Version and Lue are what the page was made of, and when: for who decides on it. A form that comes back from a lost session keeps its own.
func (p *pageFeuille) Version() int64 { return p.porte("version", p.D.Version) }

// Lue is when.
func (p *pageFeuille) Lue() int64 { return p.porte("lue", db.Instant(p.s.Maintenant())) }

func (p *pageFeuille) porte(champ string, n int64) int64 {
	if p.Donne(champ) {
		return entier(p.Valeur(champ))
	}
	return n
}

// relire has the forms of a page that is shown again carry what it shows now.
func (p *pageFeuille) relire() {
	p.Poser("version", strconv.FormatInt(p.D.Version, 10))
	p.Poser("lue", strconv.FormatInt(db.Instant(p.s.Maintenant()), 10))
	for _, x := range p.Points {
		p.Poser("lu-"+x.Code, x.dite())
	}
	p.Poser("lu-montant", p.Propose())
}

// errConflit ends a transaction whose conflicts are told at their fields.
var errConflit = errors.New("a point was answered by somebody else meanwhile")

// dite is an answer with its remark, as the form of the sheet carries what was read.
func (r *Repondu) dite() string { return string(r.Reponse) + ":" + r.Remarque }

// LuDe is what the form carries of a point.
func (p *pageFeuille) LuDe(x Repondu) string {
	if p.Donne("lu-" + x.Code) {
		return p.Valeur("lu-" + x.Code)
	}
	return x.dite()
}

// fusionner puts what was typed over what the sheet says now. A point that was not changed here keeps what others answered meanwhile; one that
// was changed on both sides is told at its field, with both, and the page shows what the sheet says now of the rest.
func (p *pageFeuille) fusionner(saisies, actuelles []Repondu) []Repondu {
	p.Points = actuelles
	reponses := slices.Clone(saisies)
	for i := range reponses {
		x := &reponses[i]
		n := slices.IndexFunc(actuelles, func(a Repondu) bool { return a.Code == x.Code })
		if n < 0 {
			continue
		}
		a, lu := actuelles[n], p.Valeur("lu-"+x.Code)
		switch {
		case x.dite() == lu:
			*x = a
			p.Poser("r-"+x.Code, string(a.Reponse))
			p.Poser("n-"+x.Code, a.Remarque)
		case a.dite() != lu && a.dite() != x.dite():
			p.Refuser("r-"+x.Code, "Depuis que vous l'avez lu, "+ecrit.Nom(a.Qui)+" a répondu "+a.enMots().Fr+" ; vous : "+x.enMots().Fr+". Gardez l'une des deux, puis recommencez.",
				"Since you read it, "+ecrit.Nom(a.Qui)+" has answered "+a.enMots().En+"; you: "+x.enMots().En+". Keep one of them, then try again.")
		}
	}
	return reponses
}

// enMots is an answer as people read it.
func (r *Repondu) enMots() modele.Texte {
	t := motsReponses[r.Reponse]
	if t.Fr == "" {
		return modele.Texte{Fr: "« sans réponse »", En: "“no answer”"}
	}
	t = modele.Texte{Fr: "« " + t.Fr + " »", En: "“" + t.En + "”"}
	if r.Remarque != "" {
		t.Fr, t.En = t.Fr+" (« "+r.Remarque+" »)", t.En+" (“"+r.Remarque+"”)"
	}
	return t
}

// motsReponses are the words of the answers.
var motsReponses = map[Reponse]modele.Texte{Oui: {Fr: "Oui", En: "Yes"}, Non: {Fr: "Non", En: "No"}, SansObjet: {Fr: "Sans objet", En: "Not applicable"}}
