// Package instruction is where the agency's people examine demandes: the queue, who holds what and until when, the sheet that is
// filled in, notes, and what is proposed and decided.
package instruction

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"html/template"
	"io"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/delai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Agent is a person of the agency who acts.
type Agent struct {
	Compte int64
	Nom    string
	Roles  etat.Role
}

// Config is what the examination needs of the rest of the program.
type Config struct {
	Base       *db.Base
	Maintenant func() time.Time
	Delais     accuse.Delais
	// Bail is how long a demande is kept from others after the last act of who holds it; 30 minutes for 0.
	Bail      time.Duration
	Decisions *decision.Service
	// Rappels are how many days before the last day to answer a supplier is reminded.
	Rappels []int
	// RefusSansReponse has a refusal proposed where a supplier has not answered in time.
	RefusSansReponse bool

	NumeroASP     func(depot int64, rang int) string
	LireNumeroASP func(string) (depot int64, rang int, ok bool)
	// Changer leads demandes to a state, in the transaction of what it follows from.
	Changer func(ctx context.Context, tx *sql.Tx, c etat.Changement) error
	// OuvrirBalises opens tags of a demande for correction, in the transaction that asks for it.
	OuvrirBalises func(ctx context.Context, tx *sql.Tx, c etat.Cle, pointeurs []string) error
	// Rappeler reminds a supplier of what it is to answer.
	Rappeler func(ctx context.Context, tx *sql.Tx, r Relance) error
	// Lire reads what a demande says and what became of it.
	Lire func(ctx context.Context, d *Dossier) (*Vue, error)
	// Ouvrir opens a document of a demande: the one that counts, or an earlier one by its rank.
	Ouvrir func(ctx context.Context, d *Dossier, typ string, ordre int) (*Piece, io.ReadSeekCloser, error)
	// Lettre is the letter of a decision that is proposed, or decided, as auteur would sign it (0 for nobody); nil for none.
	Lettre func(ctx context.Context, d *decision.Decision, auteur int64) (*Lettre, error)
	// Modification is the letter of a request for a change that would be made now, for these reasons (may be nil).
	Modification func(ctx context.Context, q db.Lecteur, d *Dossier, motif string) (*Lettre, error)
	// Relever counts the remarks on a demande by rule, with the registers of now, which Registres names ("" for none); ErrIllisible for one
	// whose file cannot be read, whenever.
	Relever   func(ctx context.Context, c etat.Cle) (map[string]int, error)
	Registres func(ctx context.Context) string
	// Agents lists the people of the agency who have one of these roles.
	Agents func(ctx context.Context, q db.Lecteur, r etat.Role) ([]Agent, error)
	// Opinions lists the opinions that were asked for on a demande, the oldest first; nil for none.
	Opinions func(ctx context.Context, c etat.Cle) ([]Opinion, error)
	// EnLot lists what an agent may do to many demandes of a list at once.
	EnLot func(a Agent, f File, l modele.Langue) []web.Choix
}

// Service examines demandes. It is safe for concurrent use.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	c.Delais = cmp.Or(c.Delais, accuse.Usuels)
	c.Bail = cmp.Or(c.Bail, 30*time.Minute)
	return &Service{c}
}

// Vue is what the sheet of a demande shows beside the work itself.
type Vue struct {
	Groupes   []web.Feuillet
	Illisible bool         // the deposited file cannot be read
	Demande   int64        // cents
	Plafond   int64        // cents; 0 where it is not known
	Calcul    modele.Texte // of the ceiling
	Depasse   bool
	Histoire  []Pas
	Fils      []web.Lien // messages
	Courriers []web.Lien // letters that decided nothing
	Ecrits    []Ecrit    // the last message of each thread
	// Ouvrables are the tags that may be opened for correction, Corrections what the supplier has given other values to.
	Ouvrables   []Ouvrable
	Corrections []Correction
	Pieces      []Piece
	Anterieures []Piece // that others have taken the place of
	Jointes     []Piece // that came with messages
	Revue       Revue
}

// Lettre is the letter of a decision, as it goes out.
type Lettre struct {
	Corps     template.HTML
	Empreinte string       // SHA-256 of the page
	Sceau     string       // names it, for who decides; "" once it is frozen
	Pourquoi  modele.Texte // what keeps it from going out
}

// Pas is a step of the demande, as its history shows it.
type Pas struct {
	Instant time.Time
	Qui     string
	A       etat.Etat
	Dit     modele.Texte // what was done, for an act that leads to no state
	Motif   string
	Muet    bool // the supplier does not see it
}

// Ecrit is a message about the demande.
type Ecrit struct {
	Sujet   string
	Instant time.Time
}

// Ouvrable is a tag of the demande that may be opened for correction.
type Ouvrable struct {
	Pointeur, Balise string
	Nom, Valeur      modele.Texte
	Liees            []string // pointers of the tags that the controls hold it to: they are opened with it
}

// Correction is a value that the supplier has given in the place of another one.
type Correction struct {
	Balise            string
	Nom, Avant, Apres modele.Texte
	Qui               string
	Instant           time.Time
}

// Piece is a document that the demande announces.
type Piece struct {
	Type    string       // typeFichier
	Ordre   int          // of an earlier one; 0 for the one that counts
	Adresse string       // of its bytes, where it came with a message
	Nature  modele.Texte // of the kind, as people say it
	Nom     string       // as the file says
	Format  string       // PDF, PNG, JPG; "" while it has not come
	Etat    modele.Texte
	Ton     string
	Recu    time.Time
	// Indices are where its text says what the demande says; SansTexte that it has no text, which is no news of a scan.
	Indices   []Indice
	SansTexte bool
}

// Indice is a value of the demande, and the page of a document whose text has it; 0 for none. It is a hint, never a decision.
type Indice struct {
	Nom  modele.Texte
	Page int
}

// Dossier is a demande as the agency works on it.
type Dossier struct {
	etat.Cle
	Fournisseur   int64
	RaisonSociale string
	Suspendu      bool // the supplier, by the agency
	NumeroAns     string
	Numero        string // numeroEditeur
	NumeroASP     string
	Etat          etat.Etat
	Montant       int64 // cents
	Envisage      int64 // what who examines it means to grant, cents; 0 for nothing else than what an award proposes by itself
	ESMS          int
	OG            string
	Recu          time.Time
	Echeance      time.Time // when the agency's silence is a decision; as long as the supplier may answer, when it is if nothing comes
	Maj           time.Time
	Repondu       time.Time // when the supplier answered what nobody has looked at yet; zero for no answer
	SansReponse   time.Time // when the time to answer has passed without one, until the next step; zero for not
	Reponse       time.Time // by when the supplier is to answer; zero for nothing that it is asked
	Agent         int64     // who holds it, 0 for nobody
	NomAgent      string
	Bail          time.Time // until when nobody else may take it
	Attente       time.Time // it is put aside until then
	AttenteMotif  string
	Alertes       []Comptee // the remarks on it, by rule, when they were last looked for
	Revue         bool      // they were
	Avis          Avis      // the opinions that were asked for
	Procedure     int64     // a supplier is heard on it, 0 for not: nothing is decided of it elsewhere
	Version       int64     // grows with what somebody who decides should have read
}

// Tenu tells whether somebody works on it at an instant.
func (d *Dossier) Tenu(t time.Time) bool { return d.Agent > 0 && d.Bail.After(t) }

// Attend tells whether it is put aside at an instant.
func (d *Dossier) Attend(t time.Time) bool { return d.Attente.After(t) }

// Arrete tells whether the time to decide stands still at an instant: the supplier is asked for something, and may still answer.
func (d *Dossier) Arrete(t time.Time) bool {
	return d.Etat == etat.AModifier && delai.Suspendu(t, d.Reponse, d.Echeance)
}

// Jours counts the days that are left to decide; it is negative once they have passed.
func (d *Dossier) Jours(t time.Time) int {
	return int(d.Echeance.Sub(t).Hours()+24*1000)/24 - 1000 // toward the earlier day, also below zero
}

// ErrInconnu says that there is no such demande to work on.
var ErrInconnu = errors.New("no such demande to examine")

// Refus says why an act is not done, to the person who asked for it.
type Refus = decision.Refus

func refuser(fr, en string) error { return decision.Refuser(fr, en) }

// colonnes are what a Dossier is read from.
const colonnes = `x.depot_id, x.rang, x.fournisseur_id, f.raison_sociale, CASE WHEN f.etat = 'suspendu' THEN 1 ELSE 0 END, x.numero_ans, d.numero, x.etat, x.montant, x.esms, x.og, x.recu, x.echeance, x.maj,
	x.repondu, x.sans_reponse, x.reponse, x.agent_id, COALESCE(c.nom, ''), x.bail, x.attente, x.attente_motif, x.version, x.contradictoire_id, x.envisage, x.alertes, x.revu, x.avis, x.avis_rendus, x.avis_contre`

// depuis joins what a Dossier is read from.
const depuis = ` FROM dossier x JOIN demande d ON d.fournisseur_id = x.fournisseur_id AND d.depot_id = x.depot_id AND d.rang = x.rang
	JOIN fournisseur f ON f.id = x.fournisseur_id LEFT JOIN compte c ON c.id = x.agent_id`

func (s *Service) scruter(l db.Ligne, d *Dossier) error {
	var instants [8]int64
	var alertes, revu string
	var suspendu int64
	err := l.Scan(&d.Depot, &d.Rang, &d.Fournisseur, &d.RaisonSociale, &suspendu, &d.NumeroAns, &d.Numero, &d.Etat, &d.Montant, &d.ESMS, &d.OG, &instants[0], &instants[1], &instants[2],
		&instants[3], &instants[4], &instants[5], &d.Agent, &d.NomAgent, &instants[6], &instants[7], &d.AttenteMotif, &d.Version, &d.Procedure, &d.Envisage, &alertes, &revu, &d.Avis.Demandes, &d.Avis.Rendus, &d.Avis.Contre)
	for i, t := range []*time.Time{&d.Recu, &d.Echeance, &d.Maj, &d.Repondu, &d.SansReponse, &d.Reponse, &d.Bail, &d.Attente} {
		*t = db.Temps(instants[i])
	}
	d.Suspendu = suspendu == 1
	d.Alertes, d.Revue = lireAlertes(alertes), revu != ""
	d.NumeroASP = s.NumeroASP(d.Depot, d.Rang)
	return err
}

// Dossier reads one; ErrInconnu when there is none.
func (s *Service) Dossier(ctx context.Context, q db.Lecteur, c etat.Cle) (*Dossier, error) {
	return s.lire(ctx, q, c, "")
}

// verrouille reads one, which nobody else changes until the transaction ends.
func (s *Service) verrouille(ctx context.Context, tx *sql.Tx, c etat.Cle) (*Dossier, error) {
	return s.lire(ctx, tx, c, s.Base.Dialecte.VerrouDe("x"))
}

func (s *Service) lire(ctx context.Context, q db.Lecteur, c etat.Cle, verrou string) (*Dossier, error) {
	d := &Dossier{}
	err := s.scruter(q.QueryRowContext(ctx, `SELECT `+colonnes+depuis+` WHERE x.depot_id = $1 AND x.rang = $2 `+verrou, c.Depot, c.Rang), d)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrInconnu
	case err != nil:
		return nil, fmt.Errorf("read a demande: %w", err)
	}
	return d, nil
}

func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }
