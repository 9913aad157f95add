package main

import (
	"maps"
	"slices"
	"strings"

	"guichet/internal/carnet"
	"guichet/reprise"
)

// key names the demande of a line among those of all files.
func (l *line) key() string { return l.of.key(l.demande.NumeroEditeur) }

func (f *returned) key(number string) string {
	return f.retour.NumeroAns + "/" + strings.ToUpper(number)
}

// weigh tells what each answer changes in the ledger. None is believed where another file of the run says otherwise,
// and one wins over a final answer only where that is asked for.
func (r *retry) weigh(a *account) {
	doubtShared(a)
	answers := map[string]map[string]string{} // by demande and answer: the first file that has it
	for _, f := range a.files {
		for _, l := range f.lines {
			if s := l.state(); s == reprise.Acceptee || s == reprise.Rejetee {
				if answers[l.key()] == nil {
					answers[l.key()] = map[string]string{}
				}
				if answer := s.String() + l.demande.NumeroASP; answers[l.key()][answer] == "" {
					answers[l.key()][answer] = f.source.shown
				}
			}
		}
	}
	for _, f := range a.files {
		for _, l := range f.lines {
			if len(answers[l.key()]) > 1 {
				l.rivals = slices.Sorted(maps.Values(answers[l.key()]))
			}
			if l.ours == nil || len(l.doubts) > 0 {
				continue
			}
			l.asked = r.contradict && len(answers[l.key()]) == 1
			l.change = l.ours.Juger(l.record())
			l.news = f.depot.Lu && len(answers[l.key()]) == 1 && l.change.Avant.Etat != l.change.Apres.Etat
		}
		f.known = f.depot.Lu && !slices.ContainsFunc(f.lines, func(l *line) bool { return l.news })
		f.answered = map[string]bool{}
		for _, s := range f.missing {
			f.answered[s.Numero] = len(answers[f.key(s.Numero)]) > 0
		}
	}
}

// doubtShared doubts the demandes of several files that were given the same numeroASP: it is one demande's. Within one file that was
// seen when it was read.
func doubtShared(a *account) {
	given := map[string]map[string]*line{} // by numeroASP, then by demande
	for _, f := range a.files {
		for _, l := range f.lines {
			asp := l.demande.NumeroASP
			if given[asp] == nil {
				given[asp] = map[string]*line{}
			}
			given[asp][l.key()] = l
		}
	}
	delete(given, "")
	for _, f := range a.files {
		for _, l := range f.lines {
			for _, o := range given[l.demande.NumeroASP] {
				if o.of != f && o.key() != l.key() {
					l.doubt("le numeroASP %s est aussi donné à la demande %s, dans %s : rien n'en est retenu, demandez au portail",
						"numeroASP %s is also given to request %s, in %s: nothing of it is kept, ask the portal", l.demande.NumeroASP, o.demande.NumeroEditeur, o.of.source.shown)
				}
			}
		}
	}
}

// surprises tells whether the ledger held another answer that mattered.
func (l *line) surprises() bool {
	return l.contradicts() || l.late() || len(l.rivals) > 0
}

// contradicts tells whether the answer contradicts a final one. Of a file that was read before, this was told then.
func (l *line) contradicts() bool { return l.change.Contraire && (!l.of.known || l.asked) }

// late tells whether the demande is accepted after it was sent again, or answered after it was taken back.
func (l *line) late() bool {
	before, after := l.change.Avant.Etat, l.change.Apres.Etat
	return before == carnet.Remplacee && after == carnet.Acceptee || before == carnet.Annulee && after != carnet.Annulee
}

// unanswered are the demandes that did not come back and of which no answer is known.
func (f *returned) unanswered() (all []carnet.Suivie) {
	for _, s := range f.missing {
		if s.Etat.Attend() && !f.answered[s.Numero] {
			all = append(all, s)
		}
	}
	return all
}
