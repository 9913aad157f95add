package suivi

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/journal"
	"guichet/piece"
)

// The bounds of what is written, in characters.
const (
	MaxMessage = 4000
	MaxSujet   = 120
)

// Fil is a thread of messages between a supplier and the agency.
type Fil struct {
	ID            int64
	Fournisseur   int64
	RaisonSociale string
	Demande       Cle // Depot 0 for a thread about nothing in particular
	Sujet         string
	Dernier       time.Time
	Messages      int
	NonLus        int // by the side that asks
}

// Message is one message of a thread.
type Message struct {
	Ordre   int
	Instant time.Time
	Qui     string
	Agence  bool
	Texte   string
	Piece   *Jointe
}

// Jointe is a document that came with a message.
type Jointe struct {
	Nom    string
	Format string // PDF, PNG, JPG
	SHA256 string
	Taille int64
}

// Ecrit is a message to write.
type Ecrit struct {
	Auteur  compte.Identite
	Fil     int64 // 0 for a new thread
	Demande Cle   // of a new thread
	Sujet   string
	Texte   string
	Nom     string // of the document that goes with it, "" for none
	Octets  []byte
	// Avec does more in the transaction of the message, which may have been there already (may be nil).
	Avec func(ctx context.Context, tx *sql.Tx, fil int64, deja bool) error
}

// PieceRefusee says why a document cannot go with a message.
type PieceRefusee struct{ *piece.Faute }

// cote is the column that counts what one side has not seen.
func cote(agence bool) string {
	if agence {
		return "non_lus_agence"
	}
	return "non_lus_fournisseur"
}

func estAgence(i compte.Identite) bool { return i.DeAgence() }

// Ecrire adds a message to a thread, or opens one, and tells the other side. One that is sent twice is one. ErrInconnue for a thread or demande
// that the person may not see; PieceRefusee for a document that does not do. The caller holds the texts to their
// bounds.
func (s *Service) Ecrire(ctx context.Context, e Ecrit) (fil int64, err error) {
	if ecrit.Vide(e.Texte) || e.Fil == 0 && ecrit.Vide(e.Sujet) || utf8.RuneCountInString(e.Texte) > MaxMessage || utf8.RuneCountInString(e.Sujet) > MaxSujet {
		return 0, fmt.Errorf("write a message: the text is empty or over its bounds")
	}
	ctx, rendre := s.Fichiers.Tenir(ctx)
	defer rendre()
	j, err := s.joindre(ctx, e)
	if err != nil {
		return 0, err
	}
	faire := func(ctx context.Context, tx *sql.Tx) (err error) {
		var deja bool
		fil, deja, err = s.deposerMessage(ctx, tx, e, j)
		if err != nil || e.Avec == nil {
			return err
		}
		return e.Avec(ctx, tx, fil, deja)
	}
	if err = s.Base.Ecrire(ctx, faire); err != nil {
		return 0, fmt.Errorf("write a message: %w", err)
	}
	return fil, nil
}

// deposerMessage adds a message to its thread; deja says that it is there.
func (s *Service) deposerMessage(ctx context.Context, tx *sql.Tx, e Ecrit, j Jointe) (fil int64, deja bool, err error) {
	f, deja, err := s.filPour(ctx, tx, e, j)
	if err != nil || deja {
		return f.ID, deja, err
	}
	if err := s.borner(ctx, tx, f, e, j); err != nil {
		return 0, false, err
	}
	return f.ID, false, s.ajouter(ctx, tx, f, e, j)
}

// joindre keeps the document of a message.
func (s *Service) joindre(ctx context.Context, e Ecrit) (j Jointe, err error) {
	if e.Nom == "" {
		return j, nil
	}
	genre, faute := piece.Examiner(e.Octets, piece.Accepter)
	if faute != nil {
		return j, PieceRefusee{faute}
	}
	if err := s.Analyser.Document(ctx, e.Octets); err != nil {
		return j, err
	}
	g, err := s.Fichiers.Garder(ctx, bytes.NewReader(e.Octets), piece.Accepter.MaxOctets)
	return Jointe{Nom: genre.Nommer(e.Nom), Format: genre.String(), SHA256: g.SHA256, Taille: g.Taille}, err
}

// filPour locks the thread that a message goes to, or opens it; deja says that the message is there.
func (s *Service) filPour(ctx context.Context, tx *sql.Tx, e Ecrit, j Jointe) (f *Fil, deja bool, err error) {
	if f, err = s.filDe(ctx, tx, e); err != nil {
		return &Fil{}, false, err
	}
	if f.ID > 0 {
		deja, err = s.ecritDeja(ctx, tx, f, e, j)
		return f, deja, err
	}
	if err = s.Base.Exclure(ctx, tx, fmt.Sprintf("fils %d", f.Fournisseur)); err != nil { // two that look at once would both find none
		return &Fil{}, false, err
	}
	if f.ID, err = s.jumeau(ctx, tx, f, e, j); err != nil || f.ID > 0 {
		return f, err == nil, err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO fil (fournisseur_id, depot_id, rang, sujet, dernier, messages, non_lus_fournisseur, non_lus_agence)
		VALUES ($1, $2, $3, $4, 0, 0, 0, 0) RETURNING id`, f.Fournisseur, f.Demande.Depot, f.Demande.Rang, f.Sujet).Scan(&f.ID)
	return f, false, err
}

// filDe locks the thread of a message, or says what a new one is about.
func (s *Service) filDe(ctx context.Context, tx *sql.Tx, e Ecrit) (*Fil, error) {
	f := &Fil{ID: e.Fil, Fournisseur: e.Auteur.Fournisseur, Demande: e.Demande, Sujet: e.Sujet}
	if e.Fil > 0 {
		err := tx.QueryRowContext(ctx, `SELECT fournisseur_id, depot_id, rang, sujet, messages FROM fil
			WHERE id = $1 AND (CAST($2 AS BIGINT) = 0 OR fournisseur_id = $2) `+s.Base.Dialecte.Verrou, e.Fil, e.Auteur.Fournisseur).
			Scan(&f.Fournisseur, &f.Demande.Depot, &f.Demande.Rang, &f.Sujet, &f.Messages)
		if errors.Is(err, sql.ErrNoRows) {
			err = ErrInconnue
		}
		return f, err
	}
	if e.Demande.Depot > 0 {
		err := tx.QueryRowContext(ctx, `SELECT fournisseur_id FROM depot WHERE id = $1 AND (CAST($2 AS BIGINT) = 0 OR fournisseur_id = $2)`,
			e.Demande.Depot, e.Auteur.Fournisseur).Scan(&f.Fournisseur)
		if errors.Is(err, sql.ErrNoRows) {
			err = ErrInconnue
		}
		if err != nil {
			return f, err
		}
	}
	if f.Fournisseur == 0 {
		return f, ErrInconnue // the agency writes to a supplier about a demande
	}
	return f, nil
}

func (s *Service) ajouter(ctx context.Context, tx *sql.Tx, f *Fil, e Ecrit, j Jointe) error {
	agence, maintenant := estAgence(e.Auteur), s.Maintenant()
	f.Messages++
	err := db.Poser(ctx, tx, `INSERT INTO message (fil_id, ordre, instant, compte_id, agence, texte, piece_nom, piece_format, piece_sha256, piece_taille)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		f.ID, f.Messages, db.Instant(maintenant), e.Auteur.Compte, db.Chiffre(agence), e.Texte, j.Nom, j.Format, j.SHA256, j.Taille)
	if err == nil {
		// Who answers has seen what came before.
		err = db.Poser(ctx, tx, `UPDATE fil SET messages = $1, dernier = $2, `+cote(agence)+` = 0, `+cote(!agence)+` = `+cote(!agence)+` + 1 WHERE id = $3`,
			f.Messages, db.Instant(maintenant), f.ID)
	}
	if err == nil && s.Toucher != nil && f.Demande.Depot > 0 {
		err = s.Toucher(ctx, tx, f.Demande)
	}
	if err != nil {
		return err
	}
	err = journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: f.Fournisseur, Instant: maintenant, Acteur: e.Auteur.Compte, Action: "message.ecrit", Objet: nombre(f.ID),
		Details: map[string]string{"ordre": nombre(int64(f.Messages))},
	})
	if err != nil {
		return err
	}
	gens, err := s.aPrevenir(ctx, tx, f, agence)
	for _, g := range gens {
		err = errors.Join(err, s.Envoyer(ctx, tx, s.courrielMessage(g, f, agence, e.Texte)))
	}
	return err
}

// aPrevenir are the people of the other side who are told of a message.
func (s *Service) aPrevenir(ctx context.Context, tx *sql.Tx, f *Fil, agence bool) ([]compte.Destinataire, error) {
	if agence {
		return s.Destinataires(ctx, tx, f.Fournisseur, compte.CourrielMessages)
	}
	return s.enCharge(ctx, tx, f.Demande)
}
