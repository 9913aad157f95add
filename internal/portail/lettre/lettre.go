// Package lettre makes the letters of decisions: the models that the agency edits, what the law wants in each, the letter of one
// demande, frozen when it is decided, and what became of it.
package lettre

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Genre is a kind of letter.
type Genre string

// The letters that decide nothing: two hear a supplier before a decision, on an ESMS that another one asks for, too, and on an award that may be
// taken back; one asks for what a demande lacks.
const (
	Contestation    Genre = "contestation"
	RetraitEnvisage Genre = "retrait_envisage"
	Modification    Genre = "modification"
)

// Genres are the kinds, with what they are called. A decision of a Sens has the letter of the same name.
var Genres = []struct {
	Genre Genre
	Nom   modele.Texte
}{
	{Genre(decision.Attribution), modele.Texte{Fr: "Décision d'attribution", En: "Award decision"}},
	{Genre(decision.Rejet), modele.Texte{Fr: "Décision de refus", En: "Refusal decision"}},
	{Genre(decision.Retrait), modele.Texte{Fr: "Décision de retrait", En: "Withdrawal decision"}},
	{RetraitEnvisage, modele.Texte{Fr: "Retrait envisagé", En: "Withdrawal considered"}},
	{Contestation, modele.Texte{Fr: "ESMS demandés deux fois", En: "ESMS asked for twice"}},
	{Modification, modele.Texte{Fr: "Demande de modification", En: "Request for a change"}},
}

// decide tells whether it is the letter of a decision.
func (g Genre) decide() bool { return g != Contestation && g != RetraitEnvisage && g != Modification }

// Nom is what a kind is called.
func (g Genre) Nom() modele.Texte {
	for _, x := range Genres {
		if x.Genre == g {
			return x.Nom
		}
	}
	return modele.Texte{Fr: string(g), En: string(g)}
}

// langues are those that each letter is written in, by their word in the database. The French one decides.
var langues = []struct {
	Mot    string
	Langue modele.Langue
	Nom    modele.Texte
}{
	{"fr", modele.Francais, modele.Texte{Fr: "français", En: "French"}},
	{"en", modele.Anglais, modele.Texte{Fr: "anglais", En: "English"}},
}

// Config is what letters need of the rest of the program.
type Config struct {
	Base       *db.Base
	Fichiers   *fichier.Magasin
	Maintenant func() time.Time
	Adresse    string // of the site, without a slash at its end
	Agence     web.Agence
	Recours    int    // months to contest a decision
	Tribunal   string // who hears an appeal, where the agency has not said it for letters; may be ""

	NumeroASP     func(depot int64, rang int) string
	LireNumeroASP func(string) (depot int64, rang int, ok bool)

	// Destinataires are the people of a supplier to whom its letters are sent.
	Destinataires func(ctx context.Context, tx *sql.Tx, fournisseur int64, g compte.GenreCourriel) ([]compte.Destinataire, error)
	// Annoncer takes charge of the mails that tell of the letters of these numbers, one mail for each person.
	Annoncer func(ctx context.Context, tx *sql.Tx, gens []compte.Destinataire, references []string) error
	// Vive is the decision on a demande that is proposed, or decided and not notified; nil for none.
	Vive func(ctx context.Context, c etat.Cle) (*decision.Decision, error)
	// Toucher refuses who may not change the letter of a demande, and has who has read it read again.
	Toucher func(ctx context.Context, tx *sql.Tx, i compte.Identite, c etat.Cle) error
	// Entendu says how a supplier was heard before the withdrawal of an award.
	Entendu func(ctx context.Context, q db.Lecteur, c etat.Cle) (modele.Texte, error)
	// Valideurs lists the people who may decide.
	Valideurs func(ctx context.Context, q db.Lecteur) ([]compte.Membre, error)
}

// Service makes letters. It is safe for concurrent use.
type Service struct {
	Config
	analyses     sync.Map  // what is wrong with versions of models, which never change: cleVersion → []Faute
	gabarits     sync.Map  // their texts, ready to be filled in: cleVersion → gabarit
	compresseurs sync.Pool // *flate.Writer: a new one costs more than all else of a letter
}

// Nouveau makes the service.
func Nouveau(c Config) *Service { return &Service{Config: c} }

func (s *Service) instant() int64 { return db.Instant(s.Maintenant()) }
