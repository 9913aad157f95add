// Package avis is where who examines a demande asks others what they think of it: colleagues, and addresses outside, which read what is
// chosen for them by a link. An opinion decides nothing, and leads the demande to no other state.
package avis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Config is what opinions need of the rest of the program.
type Config struct {
	Base       *db.Base
	Maintenant func() time.Time
	Adresse    string // of the site, without a slash at its end
	Agence     web.Agence
	Delai      int // days to answer, where who asks does not say; 10 for 0
	Examens    *instruction.Service

	// Membres lists the people of the agency who may be asked.
	Membres func(ctx context.Context, q db.Lecteur) ([]compte.Membre, error)
	// Connu tells whether somebody at the counter has an address.
	Connu func(ctx context.Context, q db.Lecteur, courriel string) (bool, error)
	// Envoyer takes charge of a mail, in the transaction of what it tells.
	Envoyer func(ctx context.Context, tx *sql.Tx, c compte.Courriel) error
	// Donnees is what a demande says; nil where its file cannot be read.
	Donnees func(ctx context.Context, c etat.Cle) ([]web.Feuillet, error)
	// Pieces lists the documents that a demande announces, Ouvrir opens one of them.
	Pieces func(ctx context.Context, d *instruction.Dossier) ([]instruction.Piece, error)
	Ouvrir func(ctx context.Context, d *instruction.Dossier, typ string) (*instruction.Piece, io.ReadSeekCloser, error)
	// Freiner refuses a request of a network that has made too many without an account.
	Freiner func(r *http.Request) error
}

// Service has opinions asked for and given. It is safe for concurrent use.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	if c.Delai == 0 {
		c.Delai = 10
	}
	return &Service{c}
}

// Etat is what became of an opinion.
type Etat string

// The states.
const (
	Attendu Etat = "attendu"
	Rendu   Etat = "rendu"
	Decline Etat = "decline" // who was asked cannot
	Retire  Etat = "retire"  // it was taken back
	Echu    Etat = "echu"    // the time has passed
	Clos    Etat = "clos"    // the demande has left the examination before
)

// Sens is what an opinion comes to.
type Sens string

// What opinions come to.
const (
	Favorable   Sens = "favorable"
	Defavorable Sens = "defavorable"
	Sans        Sens = "sans" // none
)

// lesSens lists them with their words.
var lesSens = []struct {
	Sens Sens
	Nom  modele.Texte
	Ton  string
}{
	{Favorable, modele.Texte{Fr: "Favorable", En: "In favour"}, "ok"},
	{Defavorable, modele.Texte{Fr: "Défavorable", En: "Against"}, "rejet"},
	{Sans, modele.Texte{Fr: "Sans avis", En: "No opinion"}, "neutre"},
}

// etats are the words of states, but for that of an opinion that was given.
var etats = map[Etat]struct {
	Nom modele.Texte
	Ton string
}{
	Attendu: {modele.Texte{Fr: "attendu", En: "waited for"}, "info"},
	Decline: {modele.Texte{Fr: "ne peut pas le donner", En: "cannot give one"}, "neutre"},
	Retire:  {modele.Texte{Fr: "demande reprise", En: "taken back"}, "neutre"},
	Echu:    {modele.Texte{Fr: "pas rendu à temps", En: "not given in time"}, "alerte"},
	Clos:    {modele.Texte{Fr: "pas rendu avant la décision", En: "not given before the decision"}, "alerte"},
}

// Avis is an opinion that was asked for.
type Avis struct {
	ID int64
	etat.Cle
	NumeroASP   string
	Fournisseur int64
	Etat        Etat
	Par         int64 // who asked
	NomPar      string
	Demande     time.Time
	Question    string
	Limite      time.Time // the last day
	Compte      int64     // the colleague; 0 for somebody outside
	Nom         string    // of the colleague
	Courriel    string    // outside
	Langue      modele.Langue
	Pieces      []string // kinds of documents that may be seen outside
	Ouvertures  int
	Sens        Sens
	Texte       string
	Rendu       time.Time
}

// Qui names who is asked.
func (a *Avis) Qui() string {
	if a.Compte == 0 {
		return a.Courriel
	}
	return a.Nom
}

// Mot is the word of an opinion's state, with its tone.
func (a *Avis) Mot() (ton string, mot modele.Texte) {
	if a.Etat != Rendu {
		return etats[a.Etat].Ton, etats[a.Etat].Nom
	}
	for _, s := range lesSens {
		if s.Sens == a.Sens {
			return s.Ton, s.Nom
		}
	}
	return "neutre", modele.Texte{}
}

// Manque tells whether it was asked for, was not given back, and is not there.
func (a *Avis) Manque() bool { return a.Etat == Attendu || a.Etat == Echu || a.Etat == Clos }

// ErrInconnu says that there is no such opinion for who asks, or that its link leads nowhere any more.
var ErrInconnu = errors.New("no such opinion")

func refuser(fr, en string) error { return decision.Refuser(fr, en) }

const colonnes = `SELECT a.id, a.fournisseur_id, a.depot_id, a.rang, a.etat, a.demande_par, COALESCE(p.nom, ''), a.demande, a.question, a.limite, a.compte_id, COALESCE(c.nom, ''), a.courriel, a.langue, a.pieces, a.ouvertures, a.sens, a.texte, a.rendu
	FROM avis a LEFT JOIN compte c ON c.id = a.compte_id LEFT JOIN compte p ON p.id = a.demande_par `

func (s *Service) scruter(l db.Ligne, a *Avis) error {
	var demande, limite, rendu int64
	var langue, pieces string
	err := l.Scan(&a.ID, &a.Fournisseur, &a.Depot, &a.Rang, &a.Etat, &a.Par, &a.NomPar, &demande, &a.Question, &limite, &a.Compte, &a.Nom, &a.Courriel, &langue, &pieces, &a.Ouvertures, &a.Sens, &a.Texte, &rendu)
	a.Demande, a.Limite, a.Rendu = db.Temps(demande), db.Temps(limite), db.Temps(rendu)
	a.Pieces, a.NumeroASP = strings.Fields(pieces), s.Examens.NumeroASP(a.Depot, a.Rang)
	if langue == "en" {
		a.Langue = modele.Anglais
	}
	return err
}

// De lists the opinions that were asked for on a demande, the oldest first.
func (s *Service) De(ctx context.Context, q db.Lecteur, c etat.Cle) ([]Avis, error) {
	tous, err := db.Lignes(ctx, q, s.scruter, colonnes+`WHERE a.depot_id = $1 AND a.rang = $2 ORDER BY a.id`, c.Depot, c.Rang)
	if err != nil {
		return nil, fmt.Errorf("read the opinions on a demande: %w", err)
	}
	return tous, nil
}

// lire reads one; ErrInconnu when there is none.
func (s *Service) lire(ctx context.Context, q db.Lecteur, id int64) (*Avis, error) {
	a := &Avis{}
	err := s.scruter(q.QueryRowContext(ctx, colonnes+`WHERE a.id = $1`, id), a)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrInconnu
	case err != nil:
		return nil, fmt.Errorf("read an opinion: %w", err)
	}
	return a, nil
}

// Opinions are those on a demande, for its sheet.
func (s *Service) Opinions(ctx context.Context, c etat.Cle) (opinions []instruction.Opinion, err error) {
	tous, err := s.De(ctx, s.Base.Lire(), c)
	for i := range tous {
		a := &tous[i]
		o := instruction.Opinion{Qui: a.Qui(), Par: a.Par, Question: a.Question, Texte: a.Texte, Demande: a.Demande, Rendu: a.Rendu, Limite: a.Limite, Manque: a.Manque(), Attendu: a.Etat == Attendu}
		o.Ton, o.Mot = a.Mot()
		opinions = append(opinions, o)
	}
	return opinions, err
}

// compter are the opinions as the queue counts them.
func compter(tous []Avis) (n instruction.Avis) {
	for i := range tous {
		switch a := &tous[i]; {
		case a.Manque():
			n.Demandes++
		case a.Etat == Rendu:
			n.Demandes++
			n.Rendus++
			if a.Sens == Defavorable {
				n.Contre++
			}
		}
	}
	return n
}

// attendus tells whether one of them is waited for.
func attendus(tous []Avis) bool {
	return slices.ContainsFunc(tous, func(a Avis) bool { return a.Etat == Attendu })
}

func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }
