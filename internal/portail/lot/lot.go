// Package lot does one thing to many demandes: it has them proposed for an award or a refusal by who examines, or decided by who
// decides. A lot is prepared, so that what will become of each demande is seen before anything is done; confirmed; then done in small
// transactions that can be stopped, and that a counter which died goes on with.
package lot

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Genre is what a lot does to each of its demandes.
type Genre string

// What can be done in a lot.
const (
	Attribuer Genre = "attribuer" // propose the award of all that is asked for
	Refuser   Genre = "refuser"   // propose a refusal, for the same reasons
	Decider   Genre = "decider"   // decide as it is proposed
)

// Nom is what people read.
func (g Genre) Nom() modele.Texte {
	return map[Genre]modele.Texte{
		Attribuer: {Fr: "Proposer l'attribution", En: "Propose the award"},
		Refuser:   {Fr: "Proposer le refus", En: "Propose the refusal"},
		Decider:   {Fr: "Décider comme proposé", En: "Decide as proposed"},
	}[g]
}

// Role is which of the agency's people may.
func (g Genre) Role() etat.Role {
	if g == Decider {
		return etat.Valideur
	}
	return etat.Instructeur
}

// Permis tells whether an agent may.
func (g Genre) Permis(a instruction.Agent) bool { return g.Nom().Fr != "" && g.Role()&a.Roles != 0 }

// Pour lists what an agent may have done to the demandes of a list.
func Pour(a instruction.Agent, f instruction.File, l modele.Langue) (choix []web.Choix) {
	for _, g := range []Genre{Attribuer, Refuser, Decider} {
		if decide := g == Decider; g.Permis(a) && (f == instruction.Toutes || decide == (f == instruction.AValider)) {
			choix = append(choix, web.Choix{Valeur: string(g), Libelle: g.Nom().In(l)})
		}
	}
	return choix
}

// Etat is how far a lot has come, as the database keeps it.
type Etat string

// The states of a lot.
const (
	Preparation Etat = "preparation" // its demandes are being looked at
	AConfirmer  Etat = "a_confirmer"
	EnCours     Etat = "en_cours"
	Arrete      Etat = "arrete"
	Fini        Etat = "fini"
)

// Nom is what people read.
func (e Etat) Nom() modele.Texte {
	return map[Etat]modele.Texte{
		Preparation: {Fr: "En préparation", En: "Being prepared"},
		AConfirmer:  {Fr: "À confirmer", En: "To be confirmed"},
		EnCours:     {Fr: "En cours", En: "Under way"},
		Arrete:      {Fr: "Arrêté", En: "Stopped"},
		Fini:        {Fr: "Fini", En: "Done"},
	}[e]
}

// Lot is one.
type Lot struct {
	ID      int64
	Genre   Genre
	Etat    Etat
	Compte  int64
	Qui     string
	Requete string   // the list that its demandes are found in
	Motifs  []string // of refusals, codes of the catalogue
	Texte   string
	Reste   bool // points of the sheet without an answer are answered yes

	Cree, Confirme, Fini time.Time

	Total    int64 // demandes in it
	Ecartees int64 // set aside when it was prepared
	Montant  int64 // of those that were not, cents
	Faites   int64
	Laissees int64 // could not be done when their turn came
	Suite    bool  // the list had more than one lot takes
	Cause    modele.Texte

	place   string
	lettres string // of what its letters were made when it was prepared, "" where it sends none
}

// Retenues are the demandes that the lot does something to.
func (l *Lot) Retenues() int64 { return l.Total - l.Ecartees }

// Restent are those whose turn has not come.
func (l *Lot) Restent() int64 { return l.Retenues() - l.Faites - l.Laissees }

// Issue is what became of a demande of a lot, as the database keeps it.
type Issue string

// What may become of one.
const (
	Attend  Issue = ""
	Ecartee Issue = "ecartee" // when the lot was prepared
	Faite   Issue = "faite"
	Laissee Issue = "laissee" // it had changed when its turn came
)

// Ligne is a demande of a lot.
type Ligne struct {
	etat.Cle
	Ordre     int64
	NumeroASP string
	Version   int64
	Decision  int64
	Montant   int64         // cents
	Sens      decision.Sens // of the proposal that is decided, "" in other lots
	Motifs    []string      // of that proposal, references of the catalogue
	Points    []string      // of the sheet, that are answered yes
	Issue     Issue
	Cause     modele.Texte
}

// Max is how many demandes a lot takes.
const Max = 10_000

// Config is what lots need of the rest of the program.
type Config struct {
	Base       *db.Base
	Log        *slog.Logger
	Maintenant func() time.Time
	Examens    *instruction.Service
	Decisions  *decision.Service
	// Agent finds a person of the agency as it is now, with no role when the account is closed.
	Agent func(ctx context.Context, q db.Lecteur, compte int64) (instruction.Agent, error)
	// Pause is how long it is waited before it is looked for lots that another process has begun; 20 s for 0.
	Pause time.Duration
}

// Service has lots done. It is safe for concurrent use.
type Service struct {
	Config
	reveil chan struct{} // there is something to do
}

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	c.Pause = cmp.Or(c.Pause, 20*time.Second)
	return &Service{c, make(chan struct{}, 1)}
}

// ErrInconnu says that there is no such lot.
var ErrInconnu = errors.New("no such lot")

func refuser(fr, en string) error { return decision.Refuser(fr, en) }

const colonnes = `SELECT l.id, l.genre, l.etat, l.compte_id, COALESCE(c.nom, ''), l.requete, l.place, l.motifs, l.texte, l.reste, l.cree, l.confirme, l.fini,
	l.total, l.ecartees, l.montant, l.faites, l.laissees, l.suite, l.cause_fr, l.cause_en, l.lettres FROM lot l LEFT JOIN compte c ON c.id = l.compte_id `

func scruter(x db.Ligne, l *Lot) error {
	var motifs string
	var reste, suite int64
	var instants [3]int64
	err := x.Scan(&l.ID, &l.Genre, &l.Etat, &l.Compte, &l.Qui, &l.Requete, &l.place, &motifs, &l.Texte, &reste, &instants[0], &instants[1], &instants[2],
		&l.Total, &l.Ecartees, &l.Montant, &l.Faites, &l.Laissees, &suite, &l.Cause.Fr, &l.Cause.En, &l.lettres)
	l.Motifs, l.Reste, l.Suite = strings.Fields(motifs), reste > 0, suite > 0
	for i, t := range []*time.Time{&l.Cree, &l.Confirme, &l.Fini} {
		*t = db.Temps(instants[i])
	}
	return err
}

// Lot reads one; ErrInconnu when there is none.
func (s *Service) Lot(ctx context.Context, q db.Lecteur, id int64) (*Lot, error) {
	l := &Lot{}
	err := scruter(q.QueryRowContext(ctx, colonnes+`WHERE l.id = $1`, id), l)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrInconnu
	case err != nil:
		return nil, fmt.Errorf("read a lot: %w", err)
	}
	return l, nil
}

// Lots lists n lots before one, the newest first; 0 for the beginning.
func (s *Service) Lots(ctx context.Context, avant int64, n int) ([]Lot, error) {
	lots, err := db.Lignes(ctx, s.Base.Lire(), scruter, colonnes+`WHERE $1 = 0 OR l.id < $1 ORDER BY l.id DESC LIMIT $2`, avant, n)
	if err != nil {
		return nil, fmt.Errorf("list the lots: %w", err)
	}
	return lots, nil
}

// Lignes lists n demandes of a lot after one, those with an issue or all of them (any).
func (s *Service) Lignes(ctx context.Context, q db.Lecteur, id int64, seule *Issue, apres int64, n int) ([]Ligne, error) {
	c := db.Conditions{}
	c.Si("x.lot_id = " + c.Arg(id))
	c.Si("x.ordre > " + c.Arg(apres))
	if seule != nil {
		c.Si("x.issue = " + c.Arg(string(*seule)))
	}
	lignes, err := db.Lignes(ctx, q, s.scruterLigne, `SELECT x.ordre, x.depot_id, x.rang, x.version, x.decision_id, x.montant, x.points, x.issue, x.cause_fr, x.cause_en, COALESCE(d.sens, ''), COALESCE(d.motifs, '')
		FROM lot_ligne x LEFT JOIN decision d ON d.id = x.decision_id WHERE `+c.Tout()+` ORDER BY x.ordre LIMIT `+c.Arg(n), c.Args...)
	if err != nil {
		return nil, fmt.Errorf("list the demandes of a lot: %w", err)
	}
	return lignes, nil
}

// Somme is what demandes of a lot come to.
type Somme struct {
	Attributions, Refus int64
	Montant             int64 // of the awards, cents
}

// Sommes adds up the demandes that a lot keeps, and those that are done.
func (s *Service) Sommes(ctx context.Context, l *Lot) (retenues, faites Somme, err error) {
	type ligne struct {
		issue    Issue
		sens     decision.Sens
		n, somme int64
	}
	lignes, err := db.Lignes(ctx, s.Base.Lire(), func(x db.Ligne, l *ligne) error { return x.Scan(&l.issue, &l.sens, &l.n, &l.somme) },
		`SELECT x.issue, COALESCE(d.sens, ''), COUNT(*), CAST(SUM(x.montant) AS BIGINT) FROM lot_ligne x LEFT JOIN decision d ON d.id = x.decision_id WHERE x.lot_id = $1 AND x.issue <> 'ecartee' GROUP BY 1, 2`, l.ID)
	if err != nil {
		return retenues, faites, fmt.Errorf("add up a lot: %w", err)
	}
	for _, x := range lignes {
		refus := l.Genre == Refuser || x.sens == decision.Rejet
		retenues.ajouter(refus, x.n, x.somme)
		if x.issue == Faite {
			faites.ajouter(refus, x.n, x.somme)
		}
	}
	return retenues, faites, nil
}

func (s *Somme) ajouter(refus bool, n, montant int64) {
	if refus {
		s.Refus += n
		return
	}
	s.Attributions, s.Montant = s.Attributions+n, s.Montant+montant
}

func (s *Service) scruterLigne(x db.Ligne, l *Ligne) error {
	var points, motifs string
	err := x.Scan(&l.Ordre, &l.Depot, &l.Rang, &l.Version, &l.Decision, &l.Montant, &points, &l.Issue, &l.Cause.Fr, &l.Cause.En, &l.Sens, &motifs)
	l.Points, l.Motifs, l.NumeroASP = strings.Fields(points), strings.Fields(motifs), s.Examens.NumeroASP(l.Depot, l.Rang)
	return err
}

func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }
