package main

import (
	"context"
	"errors"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/reprise"
)

// account is what a run tells: the files that it read, and those that it wrote or would write.
type account struct {
	files   []*returned
	retries []*retryFile
	missing []diag.Diagnostic // documents that keep the retry from being written
}

// returned is one file that came back.
type returned struct {
	source source
	octets []byte
	retour *reprise.Retour
	lines  []*line
	known  bool // the ledger had learnt all of it before
}

// line is one demande of a returned file, and what becomes of it.
type line struct {
	of      *returned
	demande *reprise.Demande
	rules   []diag.Diagnostic     // what our own rules say of it
	repairs []controle.Correction // the safe ones
	left    []diag.Diagnostic     // errors that no repair takes away
	fate    fate
	number  string // the new numeroEditeur
}

// fate is what becomes of a demande.
type fate string

// The fates of rejected demandes; all others have none.
const (
	kept     fate = ""
	retried  fate = "reprise"     // it is in the retry file
	before   fate = "dejaReprise" // an earlier run has taken it up, or another file of this one
	accepted fate = "acceptee"    // another returned file has accepted it
	toMend   fate = "aCorriger"   // an error is left
)

func (a *account) allAccepted() bool {
	for _, f := range a.files {
		for _, l := range f.lines {
			if l.demande.Etat != reprise.Acceptee {
				return false
			}
		}
	}
	return true
}

// readAllReturned reads the files one after another.
func (r *retry) readAllReturned(ctx context.Context, found *expansion) (*account, []failure) {
	a, failures := &account{}, found.failures
	for _, s := range found.sources {
		octets, err := r.read(ctx, s)
		if err == nil {
			var f *returned
			if f, err = r.parse(s, octets); err == nil {
				a.files = append(a.files, f)
			}
		}
		if err != nil {
			failures = append(failures, failure{s.shown, r.explained(err)})
		}
	}
	return a, failures
}

func (r *retry) parse(s source, octets []byte) (*returned, error) {
	retour, err := reprise.Lire(r.modele, octets, jsondoc.Limits{MaxBytes: r.maxBytes()})
	if err != nil {
		return nil, err
	}
	f := &returned{source: s, octets: octets, retour: retour}
	rules := retour.Explications(r.options, r.langue)
	for i := range retour.Demandes {
		f.lines = append(f.lines, &line{of: f, demande: &retour.Demandes[i], rules: rules[i]})
	}
	return f, nil
}

// explained says in the language of the run why a file is no returned one.
func (r *retry) explained(err error) error {
	var unreadable *reprise.Illisible
	switch {
	case errors.Is(err, reprise.ErrPasRetour):
		return r.errorf("ce n'est pas un fichier retourné, impId et les codes de traitement sont tous vides ; est-ce le fichier déposé ?",
			"this is no returned file, impId and the codes are all empty; is it the file that was deposited?")
	case errors.Is(err, reprise.ErrSansDemandes):
		return r.errorf("ce n'est pas un fichier retourné, il n'a pas de demandes", "this is no returned file, it has no demandes")
	case errors.As(err, &unreadable):
		return r.errorf("illisible, la lecture s'arrête ligne %d, colonne %d", "not readable, reading stops at line %d, column %d", unreadable.Ligne, unreadable.Colonne)
	}
	return err
}

// sort tells which rejected demandes can be sent again as they are once repaired.
func (r *retry) sort(a *account) {
	seen := map[string]bool{}
	for _, f := range a.files {
		for _, l := range f.lines {
			if l.demande.Etat != reprise.Rejetee || l.fate != kept {
				continue
			}
			key := f.retour.NumeroAns + "/" + l.demande.NumeroEditeur
			if seen[key] {
				l.fate = before
				continue
			}
			seen[key] = true
			r.try(l)
		}
	}
}

// try makes a file of one demande alone, to see what the safe repairs leave.
func (r *retry) try(l *line) {
	f, err := reprise.Refaire([]reprise.Reprise{{Retour: l.of.retour, Demande: l.demande, Numero: trialNumber(r.modele.Pieces.Longueur)}}, r.options, r.langue)
	if err != nil { // its state has been looked at
		return
	}
	l.repairs, l.fate = f.Faites, retried
	if f.Valide() {
		return
	}
	l.fate = toMend
	for _, d := range append(f.Controle.Structure, f.Controle.Demandes[0].Anomalies...) {
		if d.Gravite >= modele.Erreur {
			l.left = append(l.left, d)
		}
	}
}
