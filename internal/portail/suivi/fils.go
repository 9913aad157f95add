package suivi

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
)

// Place is where a list of threads goes on: after the thread that is so old.
type Place struct {
	Dernier time.Time
	ID      int64
}

const maxFils = 50

// maxFilsLus is how many threads are looked at to find those that a text is in.
const maxFilsLus = 2000

// FiltreFils says which threads to list.
type FiltreFils struct {
	NonLus bool   // those alone that have a message which the person's side has not seen
	Texte  string // in the subject, the number of the demande, or the supplier's name
}

// Fils lists the threads of a supplier, or all for the agency, the newest first. suite is where the next part begins, nil at
// the end.
func (s *Service) Fils(ctx context.Context, i compte.Identite, filtre FiltreFils, place *Place) (fils []Fil, suite *Place, err error) {
	var c db.Conditions
	c.Si("1 = 1")
	if !estAgence(i) {
		c.Si("f.fournisseur_id = " + c.Arg(i.Fournisseur))
	}
	if filtre.NonLus {
		c.Si("f." + cote(estAgence(i)) + " > 0")
	}
	if place != nil {
		c.Si(fmt.Sprintf("(f.dernier, f.id) < (%s, %s)", c.Arg(db.Instant(place.Dernier)), c.Arg(place.ID)))
	}
	max := maxFils + 1
	if filtre.Texte != "" {
		max = maxFilsLus
	}
	lus, err := s.lireFils(ctx, i, c.Tout()+` ORDER BY f.dernier DESC, f.id DESC LIMIT `+c.Arg(max), c.Args...)
	for n, f := range lus {
		if len(fils) == maxFils || n == maxFilsLus-1 {
			suite = &Place{lus[n-1].Dernier, lus[n-1].ID}
			break
		}
		if s.repond(f, filtre.Texte) {
			fils = append(fils, f)
		}
	}
	return fils, suite, err
}

// repond tells whether a text is in what people know a thread by.
func (s *Service) repond(f Fil, texte string) bool {
	if texte == "" || strings.Contains(ecrit.Plier(f.Sujet+"\n"+f.RaisonSociale), ecrit.Plier(texte)) {
		return true
	}
	return f.Demande.Depot > 0 && strings.Contains(sansTiret(s.NumeroASP(f.Demande.Depot, f.Demande.Rang)), sansTiret(ecrit.Numero(texte)))
}

func sansTiret(numero string) string { return strings.ReplaceAll(numero, "-", "") }

// FilsDe lists the threads about a demande, the newest first.
func (s *Service) FilsDe(ctx context.Context, i compte.Identite, d *Demande) ([]Fil, error) {
	return s.lireFils(ctx, i, `f.depot_id > 0 AND f.depot_id = $1 AND f.rang = $2 ORDER BY f.dernier DESC, f.id DESC LIMIT 50`, d.Depot, d.Rang)
}

func (s *Service) lireFils(ctx context.Context, i compte.Identite, condition string, args ...any) ([]Fil, error) {
	fils, err := db.Lignes(ctx, s.Base.Lire(), scruterFil, `SELECT f.id, f.fournisseur_id, x.raison_sociale, f.depot_id, f.rang, f.sujet, f.dernier, f.messages, f.`+
		cote(estAgence(i))+` FROM fil f JOIN fournisseur x ON x.id = f.fournisseur_id WHERE `+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("list the messages: %w", err)
	}
	return fils, nil
}

func scruterFil(ligne db.Ligne, f *Fil) error {
	var dernier int64
	err := ligne.Scan(&f.ID, &f.Fournisseur, &f.RaisonSociale, &f.Demande.Depot, &f.Demande.Rang, &f.Sujet, &dernier, &f.Messages, &f.NonLus)
	f.Dernier = db.Temps(dernier)
	return err
}

// maxLus is how many messages of a thread are shown: the newest.
const maxLus = 200

// Fil returns a thread and its newest messages, the oldest of them first. ErrInconnue when the person may not see
// it, or there is none.
func (s *Service) Fil(ctx context.Context, i compte.Identite, id int64) (*Fil, []Message, error) {
	fils, err := s.lireFils(ctx, i, `f.id = $1 AND (CAST($2 AS BIGINT) = 0 OR f.fournisseur_id = $2)`, id, i.Fournisseur)
	if err != nil {
		return nil, nil, err
	}
	if len(fils) == 0 {
		return nil, nil, ErrInconnue
	}
	f := &fils[0]
	messages, err := db.Lignes(ctx, s.Base.Lire(), scruterMessage, `SELECT m.ordre, m.instant, COALESCE(c.nom, ''), m.agence, m.texte,
		m.piece_nom, m.piece_format, m.piece_sha256, m.piece_taille FROM message m LEFT JOIN compte c ON c.id = m.compte_id
		WHERE m.fil_id = $1 AND m.ordre > $2 ORDER BY m.ordre`, id, f.Messages-maxLus)
	if err != nil {
		return nil, nil, fmt.Errorf("read the messages: %w", err)
	}
	return f, messages, nil
}

func scruterMessage(ligne db.Ligne, m *Message) error {
	var instant, agence int64
	var j Jointe
	err := ligne.Scan(&m.Ordre, &instant, &m.Qui, &agence, &m.Texte, &j.Nom, &j.Format, &j.SHA256, &j.Taille)
	m.Instant, m.Agence = db.Temps(instant), agence == 1
	if j.SHA256 != "" {
		m.Piece = &j
	}
	return err
}

// Lu notes that a side has seen the first messages of a thread, as many as that.
func (s *Service) Lu(ctx context.Context, i compte.Identite, f *Fil) error {
	if f.NonLus == 0 {
		return nil
	}
	c := cote(estAgence(i))
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		// What came meanwhile has not been seen.
		err := db.Poser(ctx, tx, `UPDATE fil SET `+c+` = CASE WHEN messages > $1 THEN messages - $1 ELSE 0 END WHERE id = $2 AND `+c+` > 0`, f.Messages, f.ID)
		return err
	})
}

// NonLus counts the threads with a message that the person's side has not seen.
func (s *Service) NonLus(ctx context.Context, i compte.Identite) (n int64, err error) {
	c := cote(estAgence(i))
	condition, args := c+` > 0`, []any{}
	if !estAgence(i) {
		condition, args = condition+` AND fournisseur_id = $1`, append(args, i.Fournisseur)
	}
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT count(*) FROM fil WHERE `+condition, args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the messages: %w", err)
	}
	return n, nil
}

// Piece returns the document of a message that the person may see.
func (s *Service) Piece(ctx context.Context, i compte.Identite, fil int64, ordre int) (*Jointe, error) {
	var j Jointe
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT m.piece_nom, m.piece_format, m.piece_sha256, m.piece_taille FROM message m JOIN fil f ON f.id = m.fil_id
		WHERE m.fil_id = $1 AND m.ordre = $2 AND m.piece_sha256 <> '' AND (CAST($3 AS BIGINT) = 0 OR f.fournisseur_id = $3)`, fil, ordre, i.Fournisseur).
		Scan(&j.Nom, &j.Format, &j.SHA256, &j.Taille)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrInconnue
	case err != nil:
		return nil, fmt.Errorf("read a document: %w", err)
	}
	return &j, nil
}

// Reference tells whether a message refers to a kept file: a sweep asks.
func (s *Service) Reference(ctx context.Context, sha string) (oui bool, err error) {
	var n int
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM message WHERE piece_sha256 = $1 AND piece_sha256 <> '' LIMIT 1) x`, sha).Scan(&n)
	return n > 0, err
}

func nombre(n int64) string { return strconv.FormatInt(n, 10) }
