package main

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"guichet/comparaison"
	"guichet/internal/carnet"
	"guichet/modele"
)

// expected is how many demandes the deposit had.
func (f *returned) expected() (n int) {
	for _, s := range f.depot.Demandes {
		if f.has(&s) {
			n++
		}
	}
	return n
}

// named is a demande by its number and the person's own reference of the order.
func (r *retry) named(number string, s *carnet.Suivie) string {
	if s == nil || s.Reference == "" {
		return shown(orDash(number))
	}
	return shown(number + ", " + s.Reference)
}

// tellAbsent tells a demande that did not come back.
func (r *retry) tellAbsent(b *bytes.Buffer, f *returned, s carnet.Suivie) {
	fmt.Fprintf(b, "\n  %s %s\n", r.t("demande", "request"), r.named(s.Numero, &s))
	switch {
	case f.answered[s.Numero]:
		fmt.Fprintf(b, "    ! %s\n", r.t("absente de ce retour ; un autre y répond", "missing in this returned file; another one answers it"))
		return
	case s.Etat.Attend():
		fmt.Fprintf(b, "    ! %s\n", r.t("absente de ce retour : elle reste sans réponse, téléchargez le retour à nouveau", "missing in this returned file: it stays without an answer, download the file again"))
		return
	}
	fmt.Fprintf(b, "    ! %s\n", r.t("absente de ce retour ; le carnet la connaît "+r.state(s.Etat), "missing in this returned file; the ledger knows it as "+r.state(s.Etat)))
}

// tellDifferences tells what came back other than it was deposited.
func (r *retry) tellDifferences(b *bytes.Buffer, l *line) {
	for _, d := range l.differs {
		fmt.Fprintf(b, "    ! %s\n", shown(difference(d).In(r.langue)))
	}
}

// difference says what was deposited and what came back.
func difference(d comparaison.Ecart) modele.Texte {
	before, after := d.Avant.Litteral, d.Apres.Litteral
	return modele.Texte{
		Fr: fmt.Sprintf("%s : déposé %s, revenu %s", d.Balise, cmp.Or(before, "(absente)"), cmp.Or(after, "(absente)")),
		En: fmt.Sprintf("%s: deposited %s, came back as %s", d.Balise, cmp.Or(before, "(missing)"), cmp.Or(after, "(missing)")),
	}
}

// tellChange tells what the answer does to a final one, before and after.
func (r *retry) tellChange(b *bytes.Buffer, l *line) {
	before, after := r.answer(l.change.Avant), r.answer(carnet.Reponse{Etat: l.record().Etat, NumeroASP: l.demande.NumeroASP, Code: l.demande.Code})
	if len(l.rivals) > 0 {
		names := shown(strings.Join(l.rivals, ", "))
		fmt.Fprintf(b, "    ! %s\n", r.t("à vérifier : des retours se contredisent sur elle : "+names, "to look into: returned files contradict each other on it: "+names))
	}
	switch {
	case l.contradicts() && l.asked:
		fmt.Fprintf(b, "    ! %s\n", r.t("carnet : "+before+" → "+after+", comme demandé", "ledger: "+before+" → "+after+", as asked"))
	case l.contradicts():
		fmt.Fprintf(b, "    ! %s\n", r.t("le carnet dit "+before+", ce retour dit "+after+" : le carnet garde sa réponse ; si le portail a changé d'avis, --contredire croit ce retour",
			"the ledger says "+before+", this returned file says "+after+": the ledger keeps its answer; if the portal has changed its mind, --contredire believes this file"))
	case l.late():
		r.tellLate(b, l)
	}
}

// answer is one answer in a few words.
func (r *retry) answer(a carnet.Reponse) string {
	text := r.state(a.Etat)
	if a.NumeroASP != "" {
		text += " (numeroASP " + a.NumeroASP + ")"
	} else if a.Code != "" {
		text += " (" + a.Code + ")"
	}
	return shown(text)
}

// tellLate tells that a demande which was sent again, or taken back, was deposited all the same.
func (r *retry) tellLate(b *bytes.Buffer, l *line) {
	again, accepted := l.ours.RemplaceePar, l.change.Apres.Etat == carnet.Acceptee
	fr, en := "acceptée après avoir été reprise", "accepted after it was taken up"
	if l.change.Avant.Etat == carnet.Annulee {
		fr, en = "annulée avant ce retour, et le portail y répond : son fichier a été déposé", "cancelled before this returned file, and the portal answers it: its file was deposited"
		if again != "" {
			fr, en = fr+" ; sa commande a été reprise", en+"; its order was taken up"
		}
	}
	switch {
	case again == "":
	case accepted:
		fr, en = fr+" sous le numéro "+again+" : déposée, celle-ci serait payée deux fois", en+" under number "+again+": deposited, that one would be paid twice"
	default:
		fr, en = fr+" sous le numéro "+again, en+" under number "+again
	}
	fmt.Fprintf(b, "    ! %s\n", shown(r.t(fr, en)))
}
