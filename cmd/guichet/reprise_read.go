package main

import (
	"context"
	"fmt"
	"slices"

	"guichet/comparaison"
	"guichet/controle"
	"guichet/diag"
	"guichet/internal/carnet"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ajustement"
	"guichet/reprise"
)

// account is what a run tells: the files that it read, and those that it wrote or would write.
type account struct {
	files   []*returned
	refused []failure // files of which nothing is believed
	asides  []aside
	retries []*retryFile
	missing []diag.Diagnostic // documents that keep the retry from being written
}

// returned is one file that came back.
type returned struct {
	source  source
	octets  []byte
	retour  *reprise.Retour
	table   *modele.Modele                      // that it is written with, perhaps of adjustments of before
	now     map[*reprise.Retour]*reprise.Retour // retour and base with the tags of now, where they have others
	lines   []*line
	known   bool // the ledger had learnt all of it before, and still has it
	depot   carnet.Depot
	sent    deposited
	base    *reprise.Retour // the answers on what was deposited; nil when that is not known
	siret   string          // of the deposit, where it is known
	missing []carnet.Suivie // demandes of the deposit that did not come back
	// rewritten tells that numbers came back equal, and written otherwise: some program has saved the file anew.
	rewritten bool
	answered  map[string]bool // those that another file of the run answers, by number
	remarks   []modele.Texte
	doubts    []modele.Texte // remarks that somebody must look into
}

// line is one demande of a returned file, and what becomes of it.
type line struct {
	of      *returned
	demande *reprise.Demande
	basis   *reprise.Demande // the same as it was deposited; nil when that is not known
	ours    *carnet.Suivie   // what the ledger has of it
	other   carnet.Soeur     // what stands for its order besides it; of a rejected one
	change  carnet.Changement
	rivals  []string              // the files of the run that answer it, where they say different things
	news    bool                  // it was read before, and the ledger has another answer since
	asked   bool                  // the answer wins over a final one, as it was asked for
	differs []comparaison.Ecart   // what came back other than it was deposited
	doubts  []modele.Texte        // why nothing of it is believed
	rules   []diag.Diagnostic     // what our own rules say of it
	repairs []controle.Correction // the safe ones
	left    []diag.Diagnostic     // errors that no repair takes away
	fate    fate
	number  string // the new numeroEditeur
}

func (f *returned) remark(fr, en string, args ...any) {
	f.remarks = append(f.remarks, said(fr, en, args...))
}
func (f *returned) doubt(fr, en string, args ...any) {
	f.doubts = append(f.doubts, said(fr, en, args...))
}
func (l *line) doubt(fr, en string, args ...any) { l.doubts = append(l.doubts, said(fr, en, args...)) }

func said(fr, en string, args ...any) modele.Texte {
	return modele.Texte{Fr: fmt.Sprintf(fr, args...), En: fmt.Sprintf(en, args...)}
}

// state is what is believed of the answer.
func (l *line) state() reprise.Etat {
	if len(l.doubts)+len(l.rivals) > 0 {
		return reprise.Ambigue
	}
	return l.demande.Etat
}

// fate is what becomes of a demande.
type fate string

// The fates of rejected demandes; all others have none.
const (
	kept     fate = ""
	retried  fate = "reprise"     // it is in the retry file
	before   fate = "dejaReprise" // an earlier run has taken it up, or another file of this one
	accepted fate = "acceptee"    // the ledger, or another returned file, has accepted it
	toMend   fate = "aCorriger"   // an error is left
	unproved fate = "nonVerifiee" // nobody can tell what was deposited
)

// clean tells whether all that was deposited is accepted, and nothing is left to look into.
func (a *account) clean() bool {
	if len(a.asides) > 0 {
		return false
	}
	for _, f := range a.files {
		if f.retour.Coupe || len(f.doubts) > 0 || len(f.unanswered()) > 0 || !f.allAccepted() {
			return false
		}
	}
	return true
}

func (f *returned) allAccepted() bool {
	return !slices.ContainsFunc(f.lines, func(l *line) bool {
		return l.state() != reprise.Acceptee || len(l.demande.Remarques)+len(l.differs) > 0 || l.surprises()
	})
}

// readAllReturned reads the files one after another.
func (r *retry) readAllReturned(ctx context.Context, found *expansion) (*account, []failure) {
	a := &account{}
	for _, s := range found.sources {
		f, err := r.readReturned(ctx, s)
		if err != nil {
			a.refused = append(a.refused, failure{s.shown, r.explained(err)})
			continue
		}
		a.files = append(a.files, f)
	}
	return a, append(found.failures, r.unfinished(found)...)
}

func (r *retry) readReturned(ctx context.Context, s source) (*returned, error) {
	if err := r.noDocument(s.path); err != nil {
		return nil, err
	}
	octets, err := r.read(ctx, s)
	if err != nil {
		return nil, err
	}
	return r.parse(s, octets)
}

func (r *retry) parse(s source, octets []byte) (*returned, error) {
	retour, err := reprise.Lire(r.modele, octets, jsondoc.Limits{MaxBytes: r.maxBytes()})
	if err != nil {
		return nil, err
	}
	f := &returned{source: s, octets: octets, retour: retour, table: r.modele}
	if f.table = ajustement.Table(r.modele, r.desk.Source(), retour.Octets()); f.table != r.modele {
		if f.retour, err = reprise.Lire(f.table, octets, jsondoc.Limits{MaxBytes: r.maxBytes()}); err != nil {
			return nil, err
		}
		retour = f.retour
		f.remark("écrit avec d'autres noms ou places de balises que le tableau d'à présent (ajustements) : ce qui est repris l'est avec ceux d'à présent",
			"written with other names or places of tags than the table has now (adjustments): what is taken up again has those of now")
	}
	rules := retour.Explications(r.options, r.langue)
	for i := range retour.Demandes {
		f.lines = append(f.lines, &line{of: f, demande: &retour.Demandes[i], rules: rules[i]})
	}
	return f, nil
}

// order names the order of a line, by its number where nobody knows the reference: it is sent again once.
func (l *line) order() string {
	if l.ours != nil && l.ours.Reference != "" {
		return "=" + l.ours.Reference
	}
	return l.of.retour.NumeroAns + "/" + l.demande.NumeroEditeur
}

// sort tells which rejected demandes can be sent again as they are once repaired.
func (r *retry) sort(a *account) {
	seen := map[string]bool{}
	for _, f := range a.files {
		for _, l := range f.lines {
			if l.state() != reprise.Rejetee || l.fate != kept {
				continue
			}
			if l.unverified() && !r.outside {
				l.fate = unproved
				continue
			}
			key := l.order()
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
	f, err := reprise.Refaire([]reprise.Reprise{l.again(trialNumber(r.modele.Pieces.Longueur))}, r.options, r.langue)
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
