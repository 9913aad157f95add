package main

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
)

// result is what the check of one file gives.
type result struct {
	fichier diag.Fichier
	hidden  int   // anomalies that --select and --ignore took out
	err     error // the file could not be read
	retour  retour
}

// checkAll checks the files on all cores. Results stand in the order of the files; a file's bytes are let
// go as soon as its report is made.
func (j *job) checkAll(ctx context.Context, found *expansion) []result {
	results := make([]result, len(found.sources))
	retours := j.newRetours(found)
	bar := j.progress(len(results))
	defer bar.end()
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(results)) {
		workers.Go(func() {
			c := controle.Preparer(j.modele, jsondoc.Limits{MaxBytes: j.maxBytes()})
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(results) {
					return
				}
				results[i] = j.checkOne(ctx, c, found.sources[i], retours)
				results[i].lighten(mostKept / len(results))
				bar.step()
			}
		})
	}
	workers.Wait()
	return results
}

func (j *job) checkOne(ctx context.Context, c *controle.Controleur, s source, retours *retours) result {
	bytes, err := j.read(ctx, s)
	if err != nil {
		return result{err: err}
	}
	o := j.options
	o.Nom, o.NomConnu = j.nameOf(s), j.nom != ""
	o = j.knowing(ctx, o)
	report := c.Controler(bytes, o)
	r := result{fichier: report.Fichier(j.langue)}
	if err := j.compare(ctx, &r.fichier, bytes); err != nil {
		return result{err: err}
	}
	r.fichier.Fichier = s.shown
	if s.path == standardInput && j.nom != "" {
		r.fichier.Fichier = j.nom
	}
	alone := diag.Rapport{Fichiers: []diag.Fichier{r.fichier}}
	alone.Select(j.selected, j.ignored)
	r.fichier, r.hidden = alone.Fichiers[0], alone.Masquees
	if retours != nil && ctx.Err() == nil {
		r.retour = retours.write(s, o, bytes, report)
	}
	return r
}

// Bounds on the anomalies that a run keeps in full: the others are only counted.
const (
	mostKept  = 500_000 // of all files
	leastKept = 50      // of one file
)

// lighten drops the anomalies of a file beyond its share, but never those that the portal reports.
func (r *result) lighten(share int) {
	share = max(share, leastKept)
	take := func(all []diag.Diagnostic) []diag.Diagnostic {
		kept := all[:0]
		for _, d := range all {
			if share > 0 || d.Premiere {
				kept = append(kept, d)
				share--
			} else {
				r.fichier.Omises[d.Gravite]++
			}
		}
		clear(all[len(kept):])
		return kept
	}
	r.fichier.Structure = take(r.fichier.Structure)
	for i := range r.fichier.Demandes {
		r.fichier.Demandes[i].Anomalies = take(r.fichier.Demandes[i].Anomalies)
	}
}

// collect makes the report of all files that could be read, and lists the others.
func (j *job) collect(found *expansion, results []result) (*diag.Rapport, []failure) {
	report, failures := &diag.Rapport{}, found.failures
	for i, r := range results {
		if r.err != nil {
			failures = append(failures, failure{found.sources[i].shown, r.err})
			continue
		}
		report.Fichiers = append(report.Fichiers, r.fichier)
		report.Masquees += r.hidden
	}
	report.Summarize()
	j.tellDropped(report)
	return report, failures
}

// tellDropped says that the lists of the report are not complete: not all formats can.
func (j *job) tellDropped(report *diag.Rapport) {
	var dropped diag.Comptes
	for _, f := range report.Fichiers {
		for _, g := range modele.Gravites {
			dropped[g] += f.Omises[g]
		}
	}
	if n := dropped.Somme(); n > 0 {
		j.say("trop d'anomalies pour les lister toutes : %s comptées sans détail", "too many anomalies to list them all: %s counted without detail",
			diag.NounAnomalie.Count(n, j.langue))
	}
}
