package main

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"guichet/bench/mesure"
)

// maxPage is the goal for a page.
const maxPage = 100 * time.Millisecond

// page is one that is asked for.
type page struct{ name, path string }

// queue are the lists of the agency with each filter and order.
var queue = []page{
	{"to be taken", "?file=prendre"}, {"mine", "?file=miennes"}, {"answers received", "?file=reponses"}, {"no answer", "?file=muettes"},
	{"deadline near", "?file=echeances"}, {"to be decided", "?file=valider"}, {"put aside", "?file=attente"}, {"open", "?file=ouvertes"}, {"all", "?file=toutes"},
	{"a supplier", "?file=toutes&fournisseur=2"}, {"a software", "?file=prendre&logiciel=ANS0000002"}, {"an OG", "?file=toutes&og=991000035"}, {"an OG that nobody has", "?file=toutes&og=990000999"},
	{"a state that is rare", "?file=toutes&etat=refusee"}, {"amount, at least, of few", "?file=prendre&min=8990"}, {"amount, of none", "?file=prendre&min=99999"},
	{"age, of few", "?file=prendre&age=59"}, {"deposited on days", "?file=toutes&recu_du=01/01/2020&recu_au=02/01/2020"}, {"deadline on days", "?file=ouvertes&limite_du=01/01/2026&limite_au=31/12/2030"},
	{"with an alert", "?file=prendre&alerte=avec"}, {"without an alert", "?file=prendre&alerte=sans"}, {"a rule", "?file=prendre&alerte=A511"}, {"a rule that is rare", "?file=toutes&alerte=A510"},
	{"latest deadline first", "?file=ouvertes&tri=-echeance"}, {"largest first", "?file=ouvertes&tri=-montant"},
	{"a software, largest first", "?file=toutes&logiciel=ANS0000002&tri=-montant"}, {"an OG, largest first", "?file=toutes&og=991000035&tri=-montant"}, {"an OG that nobody has, largest first", "?file=prendre&og=990000999&tri=-montant"},
	{"a supplier, smallest first", "?file=toutes&fournisseur=2&tri=montant"}, {"a rule, largest first", "?file=toutes&alerte=A511&tri=-montant"}, {"all, largest first", "?file=toutes&tri=-montant"}, {"put aside, largest first", "?file=attente&tri=-montant"},
	{"several filters", "?file=prendre&logiciel=ANS0000001&alerte=sans&min=2000&max=3000&tri=montant"},
}

// measured is how long the answers to one page took, sorted.
type measured struct {
	name      string
	times     []time.Duration
	processor time.Duration // of the counter, for all of them
}

func (m *measured) add(a answer) {
	m.times, m.processor = append(m.times, a.took), m.processor+a.processor
}

func (m *measured) text() string {
	return fmt.Sprintf("%s (%s)", ms(mesure.Median(m.times)), ms(m.times[len(m.times)-1]))
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

var aSheet = regexp.MustCompile(`/travail/(ASP-[0-9-]+)`)

// pages asks for each page of the queue, and for sheets from all of it.
func (c *counter) pages(s settings) (all []measured, err error) {
	var sheets []string
	for _, p := range queue {
		m := measured{name: p.name, processor: -mesure.Processeur(c.cmd.Process.Pid)}
		for range s.times {
			a, err := c.ines.get("/travail" + p.path)
			if err != nil {
				return nil, err
			}
			m.times = append(m.times, a.took)
			for _, x := range aSheet.FindAllStringSubmatch(a.body, -1) {
				sheets = append(sheets, "/travail/"+x[1])
			}
		}
		slices.Sort(m.times)
		m.processor += mesure.Processeur(c.cmd.Process.Pid)
		all = append(all, m)
	}
	slices.Sort(sheets)
	sheets = slices.Compact(sheets)
	for _, p := range []struct {
		name  string
		times int
		paths []string
	}{{"the sheet of a demande", 2 * s.times, sheets}, {"home of the agency", s.times, []string{"/accueil"}}, {"decisions", s.times, []string{"/decisions"}}, {"figures of the agency (no goal)", 3, []string{"/chiffres"}}} {
		m := measured{name: p.name, processor: -mesure.Processeur(c.cmd.Process.Pid)}
		for i := range p.times {
			a, err := c.ines.get(p.paths[i*len(p.paths)/p.times])
			if err != nil {
				return nil, err
			}
			m.times = append(m.times, a.took)
		}
		slices.Sort(m.times)
		m.processor += mesure.Processeur(c.cmd.Process.Pid)
		all = append(all, m)
	}
	return all, nil
}

func writePages(out io.Writer, before, after []measured) {
	t := mesure.Table{{"page", "with some hundreds", "filled", "÷ it", "processor of the counter", "goal, below 100 ms"}}
	for i, a := range after {
		b := before[i]
		median := mesure.Median(a.times)
		t.Add(a.name, b.text(), a.text(), fmt.Sprintf("%.2f", float64(median)/float64(mesure.Median(b.times))), ms(a.processor/time.Duration(len(a.times))), goalOf(a.name, median))
	}
	t.Write(out)
}

func goalOf(name string, median time.Duration) string {
	if strings.Contains(name, "no goal") {
		return "–"
	}
	return mesure.Met(median < maxPage)
}
