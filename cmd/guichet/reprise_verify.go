package main

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"guichet/internal/carnet"
	"guichet/reprise"
)

// verify compares a returned file with what the ledger has of its deposit. The error says why nothing of it is
// believed.
func (r *retry) verify(ctx context.Context, book *carnet.Carnet, f *returned) error {
	if book != nil {
		var err error
		if f.depot, err = book.Depot(ctx, f.numbers(), f.accepted(), f.sum()); err != nil {
			return r.ledgerFault(err)
		}
	}
	r.findDeposited(f)
	if err := r.foreign(f); err != nil {
		return err
	}
	if err := r.compare(f); err != nil {
		return err
	}
	if err := r.rename(f); err != nil {
		return err
	}
	if f.rewritten {
		f.remark("des nombres égaux sont écrits autrement qu'ils ont été déposés (par exemple 100.0 pour 100.00) : aucune valeur n'a changé",
			"equal numbers are written otherwise than they were deposited (100.0 for 100.00, say): no value has changed")
	}
	r.tellOrigin(f)
	for _, l := range f.lines {
		r.judge(l)
	}
	f.missing = f.notReturned()
	return nil
}

func (f *returned) numbers() (all []string) {
	for _, l := range f.lines {
		all = append(all, l.demande.NumeroEditeur)
	}
	return all
}

func (f *returned) accepted() (all []string) {
	for _, l := range f.lines {
		if l.demande.NumeroASP != "" {
			all = append(all, l.demande.NumeroASP)
		}
	}
	return all
}

// foreign says why a file is not one that this desk has deposited.
func (r *retry) foreign(f *returned) error {
	ours, back := f.depot.Fichier, f.retour
	desk := r.desk.NumeroAns.Texte
	switch {
	case back.NumeroAns == "" && (ours.Nom != "" || desk != ""):
		return r.errorf("rien ne dit que ce retour est à vous : il n'a pas de numeroAns ; rien n'en est retenu, téléchargez-le à nouveau",
			"nothing says that this returned file is yours: it has no numeroAns; nothing of it is kept, download it again")
	case ours.Nom != "" && ours.NumeroAns != back.NumeroAns:
		return r.errorf("ce retour n'est pas à vous : il est de numeroAns « %s », le carnet a donné ces numéros au numeroAns %s, dans %s ; rien n'en est retenu",
			`this returned file is not yours: it is of numeroAns "%s", the ledger gave these numbers to numeroAns %s, in %s; nothing of it is kept`, shown(back.NumeroAns), ours.NumeroAns, ours.Nom)
	case ours.Nom == "" && desk != "" && desk != back.NumeroAns:
		return r.errorf("ce retour n'est pas à vous : il est de numeroAns « %s », guichet.yaml dit %s ; rien n'en est retenu",
			`this returned file is not yours: it is of numeroAns "%s", guichet.yaml says %s; nothing of it is kept`, shown(back.NumeroAns), desk)
	case r.otherSIRET(f) != "" && strings.TrimSpace(back.SIRET) == "":
		return r.errorf("rien ne dit que ce retour est à vous : il n'a pas de SIRET (absent, null ou vide), le vôtre est %s ; rien n'en est retenu, téléchargez-le à nouveau",
			"nothing says that this returned file is yours: it has no SIRET (missing, null or empty), yours is %s; nothing of it is kept, download it again", r.otherSIRET(f))
	case r.otherSIRET(f) != "":
		return r.errorf("ce retour n'est pas à vous : il est du SIRET « %s », le vôtre est %s ; rien n'en est retenu",
			`this returned file is not yours: it is of SIRET "%s", yours is %s; nothing of it is kept`, shown(back.SIRET), r.otherSIRET(f))
	case ours.Nom == "" && f.depot.Donne && !f.knownElsewhere() && !r.outside:
		return r.errorf("le carnet ne connaît ni ce fichier, ni aucun de ses numéros : rien n'en est retenu ; s'il a été déposé sans ce carnet, ajoutez --hors-carnet",
			"the ledger knows neither this file nor any of its numbers: nothing of it is kept; if it was deposited without this ledger, add --hors-carnet")
	}
	return nil
}

// otherSIRET returns the SIRET of the deposit where the returned file has another one.
func (r *retry) otherSIRET(f *returned) string {
	ours := f.siret
	if ours == "" && r.desk.NumeroAns.Texte == f.retour.NumeroAns {
		ours = strings.ReplaceAll(r.desk.SIRET.Texte, " ", "")
	}
	if ours == f.retour.SIRET {
		return ""
	}
	return ours
}

// knownElsewhere tells whether the ledger has learnt of a number from outside.
func (f *returned) knownElsewhere() bool { return len(f.depot.Ailleurs) > 0 }

// normName finds the name of the norm in one that a browser or a person has changed.
var normName = regexp.MustCompile(`(?i)JSON-[0-9A-Z]{10}-[0-9]{8}-[0-9]{3}`)

// tellOrigin remarks what does not fit between the file, its name, and the deposit.
func (r *retry) tellOrigin(f *returned) {
	ours := f.depot.Fichier
	if f.retour.ImpID == "" { // a file in which the portal has filled in nothing is none
		f.doubt("impId est vide, et des demandes ont une réponse : le portail remplit les deux ; téléchargez le retour à nouveau, s'il revient ainsi, demandez au portail",
			"impId is empty, and requests have an answer: the portal fills in both; download the returned file again, if it comes back so, ask the portal")
	}
	if ours.Nom == "" {
		if r.desk.Carnet.Texte != "" {
			f.remark("le carnet ne connaît pas ce dépôt : ni le nombre de demandes, ni leurs valeurs ne sont vérifiés",
				"the ledger does not know this deposit: neither the number of requests nor their values are verified")
		}
		return
	}
	named := normName.FindString(filepath.Base(f.source.path))
	if named != "" && !strings.EqualFold(named+".json", afterDraft(ours.Nom)) {
		f.doubt("le fichier porte le nom %s, ses demandes sont celles de %s", "the file is named %s, its requests are those of %s", named+".json", ours.Nom)
	}
	if ours.ImpID != "" && f.retour.ImpID != "" && ours.ImpID != f.retour.ImpID {
		f.doubt("impId %s, et le carnet connaît ce dépôt sous %s : a-t-il été fait deux fois ?", "impId %s, and the ledger knows this deposit as %s: was it made twice?", f.retour.ImpID, ours.ImpID)
	}
}

// afterDraft is the name under which a draft is deposited.
func afterDraft(name string) string {
	for _, draft := range []string{"brouillon-", "draft-"} {
		name = strings.TrimPrefix(name, draft)
	}
	return name
}

// notReturned lists the demandes of the deposit that the returned file does not have.
func (f *returned) notReturned() (missing []carnet.Suivie) {
	if f.depot.Fichier.Nom == "" {
		return nil
	}
	there := map[string]bool{}
	for _, n := range f.numbers() {
		there[strings.ToUpper(n)] = true
	}
	for number, s := range f.depot.Demandes {
		if f.has(&s) && !there[number] {
			missing = append(missing, s)
		}
	}
	slices.SortFunc(missing, func(a, b carnet.Suivie) int { return a.NumLigne - b.NumLigne })
	return missing
}

// has tells whether a demande was in the file that was deposited, wherever it is now.
func (f *returned) has(s *carnet.Suivie) bool {
	return s.Fichier == f.depot.Fichier.Nom || f.depot.Parties[strings.ToUpper(s.Numero)]
}

// judge tells whether the answer on a line is that of the demande that it names.
func (r *retry) judge(l *line) {
	d, depot := l.demande, l.of.depot
	s, ours := depot.Demandes[strings.ToUpper(d.NumeroEditeur)]
	if ours {
		l.ours = &s
	}
	switch {
	case d.NumeroEditeur == "" || depot.Fichier.Nom == "" && !depot.Donne:
	case !ours && !depot.Ailleurs[strings.ToUpper(d.NumeroEditeur)] && !r.outside:
		l.doubt("le carnet ne connaît pas ce numéro : rien n'en est retenu ; déposé sans ce carnet, ajoutez --hors-carnet",
			"the ledger does not know this number: nothing of it is kept; if deposited without this ledger, add --hors-carnet")
	case ours && d.NumeroEditeur != s.Numero:
		l.doubt("déposée sous le numéro %s, revenue sous « %s » : rien n'en est retenu, téléchargez le retour à nouveau", `deposited under number %s, came back as "%s": nothing of it is kept, download the returned file again`, s.Numero, d.NumeroEditeur)
	case ours && !l.of.has(&s):
		l.doubt("elle a été préparée dans %s, non avec les autres : rien n'en est retenu", "it was prepared in %s, not with the others: nothing of it is kept", s.Fichier)
	case ours && !same(d, &s):
		l.doubt("ce n'est pas la demande préparée sous ce numéro (rang, établissements, noms des pièces) : rien n'en est retenu",
			"this is not the request that was prepared under this number (rank, establishments, names of documents): nothing of it is kept")
	}
	if other := depot.ASP[d.NumeroASP]; other != "" && !strings.EqualFold(other, d.NumeroEditeur) {
		l.doubt("le numeroASP %s est, dans le carnet, celui de la demande %s : rien n'en est retenu", "numeroASP %s is, in the ledger, that of request %s: nothing of it is kept", d.NumeroASP, other)
	}
}

// same tells whether a returned demande is the one of the ledger: two of three marks must agree, since one may
// come back changed.
func same(d *reprise.Demande, s *carnet.Suivie) bool {
	marks := 0
	for _, agrees := range []bool{d.NumLigne == decimal(s.NumLigne), slices.Equal(d.FINESS, establishments(s)), d.Nommees} {
		if agrees {
			marks++
		}
	}
	return marks >= 2
}

func establishments(s *carnet.Suivie) (all []string) {
	for _, og := range s.OGs {
		all = append(append(all, og.FINESS), og.ESMS...)
	}
	slices.Sort(all)
	return all
}
