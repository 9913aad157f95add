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
