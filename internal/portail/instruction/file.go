package instruction

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// File is one of the lists that agents work from.
type File string

// The lists.
const (
	APrendre  File = "prendre"   // nobody holds it, and it waits to be examined
	Miennes   File = "miennes"   // the agent's own
	Reponses  File = "reponses"  // the supplier has answered
	Muettes   File = "muettes"   // the supplier has not answered in time
	Echeances File = "echeances" // less than 15 days are left to decide
	AValider  File = "valider"   // a decision is proposed
	EnAttente File = "attente"   // put aside until a day
	Ouvertes  File = "ouvertes"  // not decided yet
	Toutes    File = "toutes"
)

// JoursEcheance is how many days before its end a delay is shown as near.
const JoursEcheance = 15

// ouvertes are the states in which the agency has something to do; it is also the condition of the indexes on them.
const ouvertes = `x.etat IN ('complete', 'instruction', 'a_modifier', 'a_valider')`

// definition says what a list holds.
type definition struct {
	file File
	nom  modele.Texte
	si   func(c *db.Conditions, maintenant time.Time, agent int64)
}

// files lists the lists, in the order of the page.
var files = []definition{
	{APrendre, modele.Texte{Fr: "À prendre", En: "To be taken"}, func(c *db.Conditions, t time.Time, _ int64) {
		c.Si(ouvertes)
		c.Si("x.contradictoire_id = 0") // it is decided where its suppliers are heard
		c.Si("x.etat IN ('complete', 'instruction') AND x.bail <= " + c.Arg(db.Instant(t)) + " AND x.attente <= " + c.Arg(db.Instant(t)))
	}},
	{Miennes, modele.Texte{Fr: "Les miennes", En: "Mine"}, func(c *db.Conditions, _ time.Time, agent int64) {
		c.Si("x.agent_id > 0 AND x.agent_id = " + c.Arg(agent) + " AND " + ouvertes)
	}},
	{Reponses, modele.Texte{Fr: "Réponses reçues", En: "Answers received"}, func(c *db.Conditions, _ time.Time, _ int64) { c.Si("x.repondu > 0") }},
	{Muettes, modele.Texte{Fr: "Sans réponse", En: "No answer"}, func(c *db.Conditions, _ time.Time, _ int64) { c.Si("x.sans_reponse > 0") }},
	{Echeances, modele.Texte{Fr: "Échéance proche", En: "Deadline near"}, func(c *db.Conditions, t time.Time, _ int64) {
		c.Si(ouvertes + " AND x.echeance <= " + c.Arg(db.Instant(t.AddDate(0, 0, JoursEcheance))))
		c.Si("(x.reponse < " + c.Arg(db.Instant(minuit(t.In(web.Paris())))) + " OR x.echeance < " + c.Arg(db.Instant(minuit(t.In(web.Paris())))) + ")") // not Suspendu
	}},
	{AValider, modele.Texte{Fr: "À valider", En: "To be decided"}, func(c *db.Conditions, _ time.Time, _ int64) { c.Si("x.etat = 'a_valider'") }},
	{EnAttente, modele.Texte{Fr: "En attente", En: "Put aside"}, func(c *db.Conditions, t time.Time, _ int64) {
		c.Si("x.attente > 0 AND x.attente > " + c.Arg(db.Instant(t)))
	}},
	{Ouvertes, modele.Texte{Fr: "En cours", En: "Open"}, func(c *db.Conditions, _ time.Time, _ int64) { c.Si(ouvertes) }},
	{Toutes, modele.Texte{Fr: "Toutes", En: "All"}, func(*db.Conditions, time.Time, int64) {}},
}

// Nom is what people read of a list.
func (f File) Nom() modele.Texte {
	for _, d := range files {
		if d.file == f {
			return d.nom
		}
	}
	return modele.Texte{}
}

// Tri is what a list is sorted by.
type Tri string

// The orders. The first one is that of a list which does not say.
const (
	ParEcheance  Tri = "echeance"
	ParMontant   Tri = "montant"
	ParEcheanceD Tri = "-echeance"
	ParMontantD  Tri = "-montant"
)

// colonne is the column of an order, with its direction and the comparison with what follows.
func (t Tri) colonne() (nom, sens, apres string) {
	switch t {
	case ParMontant:
		return "x.montant", "ASC", ">"
	case ParMontantD:
		return "x.montant", "DESC", "<"
	case ParEcheanceD:
		return "x.echeance", "DESC", "<"
	}
	return "x.echeance", "ASC", ">"
}

// inverse is the same order, read from its end.
func (t Tri) inverse() Tri {
	return map[Tri]Tri{ParEcheance: ParEcheanceD, ParEcheanceD: ParEcheance, ParMontant: ParMontantD, ParMontantD: ParMontant}[cmp.Or(t, ParEcheance)]
}

// Filtre says which demandes of a list are looked for. Its zero fields ask for nothing.
type Filtre struct {
	File        File
	Agent       int64 // who looks: the "mine" of Miennes
	Tenue       int64 // held by this person
	Fournisseur int64
	Logiciel    string // numeroAns
	OG          string // FINESSJuridique
	Etat        etat.Etat
	Min, Max    int64  // amount, cents
	Age         int    // days since the deposit, at least
	Recue       Jours  // when it was deposited
	Limite      Jours  // when the agency's silence is a decision
	Alerte      string // AvecAlerte, SansAlerte, or the code of a rule
	Avis        string // AvecAvis, AvisAttendus, AvisRendus
	Tri         Tri
}

// Jours are the days from one to another, both among them, in the time of Paris; zero for no bound.
type Jours struct{ Du, Au time.Time }

// Si bounds a column by days.
func (j Jours) Si(c *db.Conditions, colonne string) {
	if !j.Du.IsZero() {
		c.Si(colonne + " >= " + c.Arg(db.Instant(minuit(j.Du))))
	}
	if !j.Au.IsZero() {
		c.Si(colonne + " < " + c.Arg(db.Instant(minuit(j.Au.AddDate(0, 0, 1)))))
	}
}

// minuit is when a day begins in Paris.
func minuit(jour time.Time) time.Time {
	a, m, j := jour.Date()
	return time.Date(a, m, j, 0, 0, 0, 0, web.Paris())
}

// What Filtre.Alerte asks for, but a rule. Both speak of open demandes whose remarks have been looked for.
const (
	AvecAlerte = "avec"
	SansAlerte = "sans"
)

// regle is the rule that a filter asks for; "" for none.
func (f Filtre) regle() string {
	if f.Alerte == AvecAlerte || f.Alerte == SansAlerte {
		return ""
	}
	return f.Alerte
}

// Place is where a part of a list begins.
type Place struct {
	Valeur int64 // of the column that the list is sorted by
	etat.Cle
}

// Part is a part of a list.
type Part struct {
	Dossiers []Dossier
	Apres    *Place // where the next part begins; nil at the end
	// Partielle says that the search went no further, though there is room for more: it goes on with the next part.
	Partielle bool
}

// maxParcours is how many rows are looked at to find those of one part.
const maxParcours = 10_000

// Lister returns the n demandes after a place, nil for the beginning.
func (s *Service) Lister(ctx context.Context, f Filtre, place *Place, n int) (*Part, error) {
	p, err := s.lister(ctx, f, place, n)
	if err != nil {
		return nil, fmt.Errorf("list the demandes to examine: %w", err)
	}
	return p, nil
}

func (s *Service) lister(ctx context.Context, f Filtre, place *Place, n int) (*Part, error) {
	c := s.parcours(f, place)
	reste, vus := db.Conditions{Args: c.Args}, n+1
	s.autres(&reste, f)
	essayees := len(reste.Args) > len(c.Args) || f.Alerte == SansAlerte
	if essayees {
		vus = maxParcours
	}
	parcours := c.texte(f.Tri) + reste.Arg(vus)
	dossiers, err := db.Lignes(ctx, s.Base.Lire(), s.scruter, `SELECT `+colonnes+` FROM (SELECT x.* FROM (`+parcours+`) x WHERE `+reste.Tout()+` `+f.Tri.ordre()+` LIMIT `+reste.Arg(n+1)+`) x
		JOIN demande d ON d.fournisseur_id = x.fournisseur_id AND d.depot_id = x.depot_id AND d.rang = x.rang JOIN fournisseur f ON f.id = x.fournisseur_id LEFT JOIN compte c ON c.id = x.agent_id `+f.Tri.ordre(), reste.Args...)
	if err != nil {
		return nil, err
	}
	p := &Part{Dossiers: dossiers}
	switch {
	case len(dossiers) > n:
		p.Dossiers = dossiers[:n]
		p.Apres = f.Tri.place(&dossiers[n-1])
	case essayees: // the rows that were walked may not be all
		p.Apres, err = s.borne(ctx, f.Tri, c)
		p.Partielle = p.Apres != nil
	}
	return p, err
}

// parcours is the walk over a list: the conditions that an index answers, from a place on.
type parcours struct {
	db.Conditions
	de  string // the tables
	par string // the one whose index it goes along: "x", or "a" for a rule
}

func (s *Service) parcours(f Filtre, place *Place) *parcours {
	c := &parcours{de: "dossier x", par: "x"}
	if f.regle() != "" { // the rows of a rule come first: CROSS JOIN keeps that order
		c.de, c.par = "dossier_alerte a CROSS JOIN dossier x", "a"
		c.Si("x.depot_id = a.depot_id AND x.rang = a.rang AND a.code = " + c.Arg(f.regle()))
	}
	s.indexes(&c.Conditions, f)
	if place != nil {
		colonne, _, apres := f.Tri.colonne()
		c.Si(fmt.Sprintf("(%s, %s.depot_id, %[2]s.rang) %s (%s, %s, %s)", strings.Replace(colonne, "x", c.par, 1), c.par, apres, c.Arg(place.Valeur), c.Arg(place.Depot), c.Arg(place.Rang)))
	}
	return c
}

// texte is the walk in an order, but for how many rows it is.
func (c *parcours) texte(t Tri) string {
	return "SELECT x.* FROM " + c.de + " WHERE " + c.Tout() + " " + strings.ReplaceAll(t.ordre(), "x.", c.par+".") + " LIMIT "
}

// ordre sorts a list.
func (t Tri) ordre() string {
	colonne, sens, _ := t.colonne()
	return fmt.Sprintf("ORDER BY %s %s, x.depot_id %[2]s, x.rang %[2]s", colonne, sens)
}

// Voisines are the demandes before and after one in a list, whether that is still in it or not; nil for none.
func (s *Service) Voisines(ctx context.Context, f Filtre, d *Dossier) (avant, apres *Dossier, err error) {
	for _, x := range []struct {
		tri Tri
		a   **Dossier
	}{{f.Tri.inverse(), &avant}, {cmp.Or(f.Tri, ParEcheance), &apres}} {
		f.Tri = x.tri
		p, err := s.Lister(ctx, f, x.tri.place(d), 1)
		if err != nil {
			return nil, nil, err
		}
		if len(p.Dossiers) > 0 {
			*x.a = &p.Dossiers[0]
		}
	}
	return avant, apres, nil
}

// place is where the part after a demande begins.
func (t Tri) place(d *Dossier) *Place {
	if c, _, _ := t.colonne(); c == "x.montant" {
		return &Place{d.Montant, d.Cle}
	}
	return &Place{db.Instant(d.Echeance), d.Cle}
}

// borne is the last row that one part looks at; nil when it looks at all.
func (s *Service) borne(ctx context.Context, t Tri, c *parcours) (*Place, error) {
	p := &Place{}
	colonne, _, _ := t.colonne()
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT `+colonne+`, x.depot_id, x.rang FROM (`+c.texte(t)+fmt.Sprintf("1 OFFSET %d) x", maxParcours-1), c.Args...).Scan(&p.Valeur, &p.Depot, &p.Rang)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return p, err
}

// indexes are the conditions that an index answers: rows are walked by them.
func (s *Service) indexes(c *db.Conditions, f Filtre) {
	for _, d := range files {
		if d.file == f.File {
			d.si(c, s.Maintenant(), f.Agent)
		}
	}
	if f.Tenue > 0 {
		c.Si("x.agent_id > 0 AND x.agent_id = " + c.Arg(f.Tenue))
	}
	if f.Fournisseur > 0 {
		c.Si("x.fournisseur_id = " + c.Arg(f.Fournisseur))
	}
	if f.Logiciel != "" {
		c.Si("x.numero_ans = " + c.Arg(f.Logiciel))
	}
	if f.OG != "" {
		c.Si("x.og = " + c.Arg(f.OG))
	}
	f.Limite.Si(c, "x.echeance")
	siAvis(c, f.Avis)
	if colonne, _, _ := f.Tri.colonne(); colonne == "x.montant" {
		f.bornerMontant(c)
	}
	if f.Alerte == AvecAlerte {
		c.Si(ouvertes + " AND x.alertes <> ''")
	}
}

// autres are the conditions that rows are tried by.
func (s *Service) autres(c *db.Conditions, f Filtre) {
	if f.Etat != "" {
		c.Si("x.etat = " + c.Arg(string(f.Etat)))
	}
	if colonne, _, _ := f.Tri.colonne(); colonne != "x.montant" {
		f.bornerMontant(c)
	}
	f.Recue.Si(c, "x.recu")
	if f.Alerte == SansAlerte {
		c.Si(ouvertes + " AND x.alertes = '' AND x.revu <> ''")
	}
	if f.Age > 0 {
		c.Si("x.recu <= " + c.Arg(db.Instant(s.Maintenant().AddDate(0, 0, -f.Age))))
	}
}

// bornerMontant keeps to the amounts that are looked for: where a list is sorted by them its walk begins and ends there.
func (f Filtre) bornerMontant(c *db.Conditions) {
	if f.Min > 0 {
		c.Si("x.montant >= " + c.Arg(f.Min))
	}
	if f.Max > 0 {
		c.Si("x.montant <= " + c.Arg(f.Max))
	}
}

// MaxCompte is how far a list is counted.
const MaxCompte = 1000

// Compter counts a list without its other filters, up to MaxCompte+1.
func (s *Service) Compter(ctx context.Context, f Filtre) (n int, err error) {
	var c db.Conditions
	s.indexes(&c, f)
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM dossier x WHERE `+c.Tout()+` LIMIT `+c.Arg(MaxCompte+1)+`) n`, c.Args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the demandes to examine: %w", err)
	}
	return n, nil
}
