package bilan

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"guichet/internal/classeur"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Ligne is a row of a table of figures: each number leads to the list that it counts.
type Ligne struct {
	Nom    string
	Lien   string // of the name; "" for none
	Cases  []Case
	Valeur int64 // of the bar beside it
}

// Case is a number, with the list that it counts; Lien is "" for none.
type Case struct {
	Texte, Lien string
	valeur      any // as a table for programs has it
}

// Tableau is a table of figures.
type Tableau struct {
	Titre    string
	Colonnes []string
	Lignes   []Ligne
	Barres   bool
	max      int64
}

// Part is the length of the bar of a row, in hundredths of the longest.
func (t *Tableau) Part(l Ligne) string {
	return web.Graphique{Barres: []web.Barre{{Valeur: t.max}}}.Part(web.Barre{Valeur: l.Valeur})
}

// pageChiffres is what chiffres.html shows.
type pageChiffres struct {
	web.Page
	Chiffres  *Chiffres
	Tableaux  []Tableau
	Periode   instruction.Jours
	noms      map[int64]string // of people
	catalogue *decision.Catalogue
}

// The bounds of a period, in days: what is shown when nothing is asked for, and the longest one.
const (
	periodeUsuelle = 12 * 7
	periodeMax     = 366
)

func (s *Service) montrerChiffres(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageChiffres(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "chiffres.html", p)
}

func (s *Service) pageChiffres(r *http.Request) (*pageChiffres, error) {
	p := &pageChiffres{Page: web.NouvellePage(r, Titre)}
	p.Garder(r.URL.Query())
	p.lirePeriode(jourDe(s.Maintenant()))
	var err error
	if p.Chiffres, err = s.Chiffrer(r.Context(), p.Periode); err != nil {
		return nil, err
	}
	if p.noms, err = s.agents(r.Context(), nil); err != nil {
		return nil, err
	}
	if p.catalogue, err = decision.LireCatalogue(r.Context(), s.Base.Lire()); err != nil {
		return nil, err
	}
	var ids []int64
	for _, f := range p.Chiffres.Fournisseurs {
		ids = append(ids, f.ID)
	}
	entreprises, err := s.Noms(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	p.Tableaux = []Tableau{
		p.etats(), p.echeances(), p.semaines(),
		p.motifs(p.T("Motifs de refus", "Reasons of refusals"), decision.Rejet, p.Chiffres.MotifsRefus), p.motifs(p.T("Motifs de retrait", "Reasons of withdrawals"), decision.Retrait, p.Chiffres.MotifsRetrait),
		p.parDe(p.T("Par fournisseur", "By supplier"), p.Chiffres.Fournisseurs, entreprises, true),
		p.parDe(p.T("Par personne", "By person"), p.Chiffres.Agents, p.noms, false),
	}
	return p, nil
}

// lirePeriode reads the period; the last twelve weeks where none is asked for.
func (p *pageChiffres) lirePeriode(jour time.Time) {
	p.Periode.Du, p.Periode.Au = p.Jours("du", "au")
	if p.Periode.Au.IsZero() {
		p.Periode.Au = jour
	}
	if p.Periode.Du.IsZero() {
		p.Periode.Du = lundi(p.Periode.Au.AddDate(0, 0, -periodeUsuelle+7))
	}
	switch {
	case p.Periode.Du.After(p.Periode.Au):
		if le := web.Date(p.Periode.Au); p.Valide() {
			p.Refuser("du", "Le premier jour est après le dernier, le "+le.Fr+" : choisissez-en un autre.", "The first day is after the last one, "+le.En+": choose another one.")
		}
	case p.Periode.Au.Sub(p.Periode.Du) > periodeMax*24*time.Hour:
		p.Refuser("du", "La période a plus de 366 jours : rapprochez les deux jours.", "The period has more than 366 days: bring the two days closer.")
	default:
		return
	}
	p.Periode.Du = p.Periode.Au
}

func (p *pageChiffres) nombre(n int64, lien string) Case {
	c := Case{Texte: p.Nombre(n), valeur: int(n)}
	if n > 0 {
		c.Lien = lien
	}
	return c
}

func (p *pageChiffres) euros(n int64) Case {
	return Case{Texte: p.Montant(n), valeur: classeur.Centimes(n)}
}

func (p *pageChiffres) jours(n int) Case {
	return Case{Texte: p.Compte(n, "jour", "jours", "day", "days"), valeur: n}
}

// fini finds the longest bar.
func (t Tableau) fini() Tableau {
	for _, l := range t.Lignes {
		t.max = max(t.max, l.Valeur)
	}
	return t
}

func (p *pageChiffres) etats() Tableau {
	t := Tableau{Titre: p.T("Demandes par état, aujourd'hui", "Requests by state, today"), Colonnes: []string{p.T("État", "State"), p.T("Demandes", "Requests"), p.T("Montant demandé HT", "Asked, before tax")}, Barres: true}
	for _, d := range etat.Tous {
		if d.Etat == etat.Incomplete {
			continue // is not in the agency's queue yet
		}
		c := p.Chiffres.Etats[d.Etat]
		t.Lignes = append(t.Lignes, Ligne{Nom: p.Tx(d.Nom), Valeur: c.Nombre, Cases: []Case{p.nombre(c.Nombre, "/travail?file=toutes&etat="+string(d.Etat)), p.euros(c.Montant)}})
	}
	return t.fini()
}

func (p *pageChiffres) echeances() Tableau {
	t := Tableau{
		Titre:    p.T("En cours, par date limite de décision, jusqu'à la fin du mois", "Open, by the last day to decide, until the end of the month"),
		Colonnes: []string{p.T("Décision au plus tard", "Decision no later than"), p.T("Demandes", "Requests"), p.T("Montant demandé HT", "Asked, before tax")}, Barres: true,
	}
	for _, e := range p.Chiffres.Echeances {
		nom := p.T("du ", "from ") + p.Jour(e.Du) + p.T(" au ", " to ") + p.Jour(e.Au)
		switch {
		case e.Du.IsZero():
			nom = p.T("dépassée", "passed")
		case e.Du.Equal(e.Au):
			nom = p.T("le ", "on ") + p.Jour(e.Au)
		}
		v := url.Values{"file": {string(instruction.Ouvertes)}, "limite_au": {ecrireJour(e.Au)}}
		if !e.Du.IsZero() {
			v.Set("limite_du", ecrireJour(e.Du))
		}
		t.Lignes = append(t.Lignes, Ligne{Nom: nom, Valeur: e.Nombre, Cases: []Case{p.nombre(e.Nombre, "/travail?"+v.Encode()), p.euros(e.Montant)}})
	}
	return t.fini()
}

// decisions is the list of the decisions of a period that have one more thing in common.
func decisions(j instruction.Jours, champs ...string) string {
	v := url.Values{"du": {ecrireJour(j.Du)}, "au": {ecrireJour(j.Au)}}
	for i := 0; i+1 < len(champs); i += 2 {
		v.Set(champs[i], champs[i+1])
	}
	return adresseDecisions + "?" + v.Encode()
}

// issues are the cases of what was decided.
func (p *pageChiffres) issues(i *Issues, j instruction.Jours, champs ...string) []Case {
	d := i.Delais()
	c := []Case{
		p.nombre(i.Attributions.Nombre, decisions(j, append(champs, "sens", string(decision.Attribution))...)), p.euros(i.Attributions.Montant),
		p.nombre(i.Refus.Nombre, decisions(j, append(champs, "sens", string(decision.Rejet))...)),
		p.nombre(i.Retraits.Nombre, decisions(j, append(champs, "sens", string(decision.Retrait))...)),
	}
	if len(i.delais) == 0 {
		return append(c, Case{}, Case{})
	}
	return append(c, p.jours(d.Mediane), p.jours(d.Dixieme))
}

func (p *pageChiffres) colonnesIssues(premiere string) []string {
	return []string{premiere, p.T("Attributions", "Awards"), p.T("Accordé HT", "Granted, before tax"), p.T("Refus", "Refusals"), p.T("Retraits", "Withdrawals"), p.T("Délai médian", "Median delay"), p.T("Délai, 9 sur 10", "Delay, 9 of 10")}
}

func (p *pageChiffres) semaines() Tableau {
	t := Tableau{Titre: p.T("Décisions par semaine", "Decisions by week"), Colonnes: p.colonnesIssues(p.T("Semaine du", "Week of")), Barres: true}
	for i := range p.Chiffres.Semaines {
		x := &p.Chiffres.Semaines[i]
		j := instruction.Jours{Du: plusTard(x.Lundi, p.Periode.Du), Au: plusTot(x.Lundi.AddDate(0, 0, 6), p.Periode.Au)}
		t.Lignes = append(t.Lignes, Ligne{Nom: p.Jour(x.Lundi), Valeur: x.Nombre(), Cases: p.issues(&x.Issues, j)})
	}
	t.Lignes = append(t.Lignes, Ligne{Nom: p.T("Toute la période", "The whole period"), Cases: p.issues(&p.Chiffres.Decidees, p.Periode)})
	return t.fini()
}

func plusTard(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func plusTot(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// motifs is a table of the reasons of the decisions that come to one thing.
func (p *pageChiffres) motifs(titre string, sens decision.Sens, motifs []Motif) Tableau {
	t := Tableau{Titre: titre, Colonnes: []string{p.T("Motif", "Reason"), p.T("Décisions", "Decisions")}, Barres: true}
	for _, m := range motifs {
		t.Lignes = append(t.Lignes, Ligne{Nom: p.Tx(nomMotif(p.catalogue, m.Code)), Valeur: m.Nombre, Cases: []Case{p.nombre(m.Nombre, decisions(p.Periode, "sens", string(sens), "motif", m.Code))}})
	}
	return t.fini()
}

// parDe is a table by supplier, or by person.
func (p *pageChiffres) parDe(titre string, tous []De, noms map[int64]string, fournisseurs bool) Tableau {
	t := Tableau{Titre: titre, Colonnes: p.colonnesIssues(p.T("Personne", "Person"))}
	t.Colonnes = append(t.Colonnes, p.T("Propositions décidées", "Proposals decided"), p.T("Tient", "Holds"))
	qui, file, parmi := "decide_par", instruction.Ouvertes, "tenue"
	if fournisseurs {
		t.Colonnes = append(p.colonnesIssues(p.T("Fournisseur", "Supplier")), p.T("En cours", "Open"))
		qui, parmi = "fournisseur", "fournisseur"
	}
	for i := range tous {
		d := &tous[i]
		id := strconv.FormatInt(d.ID, 10)
		l := Ligne{Nom: ecrit.Visible(noms[d.ID]), Cases: p.issues(&d.Issues, p.Periode, qui, id)}
		if l.Nom == "" {
			l.Nom = p.Tx(modele.Texte{Fr: "n'est plus à l'agence", En: "no longer at the agency"})
		}
		if !fournisseurs {
			l.Cases = append(l.Cases, p.nombre(d.Proposes, decisions(p.Periode, "propose_par", id)))
		}
		l.Cases = append(l.Cases, p.nombre(d.Ouvertes.Nombre, "/travail?"+url.Values{"file": {string(file)}, parmi: {id}}.Encode()))
		t.Lignes = append(t.Lignes, l)
	}
	return t
}

// Exports are where the figures are had as tables.
func (p *pageChiffres) Exports() []web.Lien {
	return exports("/export/chiffres/", url.Values{"du": {ecrireJour(p.Periode.Du)}, "au": {ecrireJour(p.Periode.Au)}})
}

// exporterChiffres gives all tables: a sheet for each in a workbook, one below the other in CSV.
func (s *Service) exporterChiffres(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageChiffres(r)
	if err != nil {
		return err
	}
	f, ok := classeur.FormatDe(r.PathValue("format"))
	if !ok {
		return web.Introuvable
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "chiffres.html", p)
	}
	web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "chiffres." + f.Code})
	web.Telechargement(w.Header(), f.Genre, "chiffres."+f.Code)
	return f.Ecrire(w, p.tableau())
}

// tableau is one table of all: what is counted, then its numbers.
func (p *pageChiffres) tableau() classeur.Tableau {
	t := classeur.Tableau{Nom: p.Tx(Titre), Entete: []string{p.T("Tableau", "Table"), p.T("Ligne", "Row"), p.T("Mesure", "Measure"), p.T("Valeur", "Value")}}
	for _, x := range p.Tableaux {
		for _, l := range x.Lignes {
			for i, c := range l.Cases {
				if c.valeur != nil {
					t.Lignes = append(t.Lignes, []any{x.Titre, l.Nom, x.Colonnes[i+1], c.valeur})
				}
			}
		}
	}
	return t
}

// JourURL is a day as the fields have it.
func (p *pageChiffres) JourURL(t time.Time) string { return ecrireJour(t) }
