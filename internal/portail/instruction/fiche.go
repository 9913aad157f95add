package instruction

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
)

// MaxRemarque is how long a remark on a point may be, in characters.
const MaxRemarque = 500

// Fiche reads the control sheet of a demande that announces these kinds of documents.
func (s *Service) Fiche(ctx context.Context, q db.Lecteur, c etat.Cle, types []string) ([]Repondu, error) {
	points := pointsDe(types)
	type ligne struct {
		code string
		Repondu
	}
	lues, err := db.Lignes(ctx, q, func(l db.Ligne, x *ligne) error {
		var instant int64
		err := l.Scan(&x.code, &x.Reponse, &x.Remarque, &x.Qui, &instant)
		x.Instant = db.Temps(instant)
		return err
	}, `SELECT p.code, p.reponse, p.remarque, COALESCE(c.nom, ''), p.instant FROM point p LEFT JOIN compte c ON c.id = p.compte_id WHERE p.depot_id = $1 AND p.rang = $2`, c.Depot, c.Rang)
	if err != nil {
		return nil, fmt.Errorf("read the control sheet: %w", err)
	}
	for i := range points {
		for _, x := range lues {
			if x.code == points[i].Code {
				x.Point = points[i].Point
				points[i] = x.Repondu
			}
		}
	}
	return points, nil
}

// Remplir keeps answers of the sheet, in the transaction of who holds the demande. An answer that is "" takes an earlier one away.
func (s *Service) Remplir(ctx context.Context, tx *sql.Tx, a Agent, c etat.Cle, reponses []Repondu) error {
	dites, err := s.dites(ctx, tx, c)
	if err != nil {
		return err
	}
	var dit []Repondu
	non := 0
	for _, r := range reponses {
		if r.Reponse == Non {
			non++
		}
		if err := r.verifier(); err != nil {
			return err
		}
		if dite := dites[r.Code]; dite.Reponse == r.Reponse && (dite.Remarque == r.Remarque || r.Reponse == "") {
			continue
		}
		dit = append(dit, r)
	}
	if len(dit) == 0 {
		return nil
	}
	if err := s.repondre(ctx, tx, a, c, dit); err != nil {
		return fmt.Errorf("keep the answers of a sheet: %w", err)
	}
	if err := s.consigner(ctx, tx, a.Compte, c, "fiche", map[string]string{"points": strconv.Itoa(len(reponses)), "non": strconv.Itoa(non)}); err != nil {
		return err
	}
	return s.Toucher(ctx, tx, c)
}

// dites are the answers that a sheet has, by the codes of their points.
func (s *Service) dites(ctx context.Context, tx *sql.Tx, c etat.Cle) (map[string]Repondu, error) {
	lues, err := db.Lignes(ctx, tx, func(l db.Ligne, r *Repondu) error { return l.Scan(&r.Code, &r.Reponse, &r.Remarque) },
		`SELECT code, reponse, remarque FROM point WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang)
	if err != nil {
		return nil, fmt.Errorf("read the answers of a sheet: %w", err)
	}
	dites := map[string]Repondu{}
	for _, r := range lues {
		dites[r.Code] = r
	}
	return dites, nil
}

// verifier refuses what is no answer of the sheet.
func (r Repondu) verifier() error {
	_, connu := PointDe(r.Code)
	switch {
	case !connu:
		return refuser("Ce point n'est pas dans la fiche de contrôle.", "This point is not on the control sheet.")
	case utf8.RuneCountInString(r.Remarque) > MaxRemarque:
		return refuser("Une remarque a plus de 500 caractères : raccourcissez-la.", "A remark has more than 500 characters: shorten it.")
	case !slices.Contains([]Reponse{"", Oui, Non, SansObjet}, r.Reponse):
		return refuser("Répondez par oui, non ou sans objet.", "Answer by yes, no or not applicable.")
	}
	return nil
}

// repondre keeps answers.
func (s *Service) repondre(ctx context.Context, tx *sql.Tx, a Agent, c etat.Cle, dit []Repondu) error {
	i := db.Insertion{
		Table:    "point",
		Communes: []db.Colonne{{Nom: "depot_id", Type: "bigint"}, {Nom: "rang", Type: "bigint"}, {Nom: "compte_id", Type: "bigint"}, {Nom: "instant", Type: "bigint"}},
		Colonnes: []db.Colonne{{Nom: "code", Type: "text"}, {Nom: "reponse", Type: "text"}, {Nom: "remarque", Type: "text"}},
		Fin:      "ON CONFLICT (depot_id, rang, code) DO UPDATE SET reponse = excluded.reponse, remarque = excluded.remarque, compte_id = excluded.compte_id, instant = excluded.instant",
	}
	i.Preparer(s.Base.Dialecte)
	var codes, reponses, remarques db.Textes
	for _, r := range dit {
		if r.Reponse == "" {
			if err := db.Poser(ctx, tx, `DELETE FROM point WHERE depot_id = $1 AND rang = $2 AND code = $3`, c.Depot, c.Rang, r.Code); err != nil {
				return err
			}
			continue
		}
		codes, reponses, remarques = append(codes, r.Code), append(reponses, string(r.Reponse)), append(remarques, r.Remarque)
	}
	return i.Executer(ctx, tx, []any{c.Depot, c.Rang, a.Compte, s.instant()}, codes, reponses, remarques)
}

// accorde is the amount of the form, in cents. One that cannot be granted is refused at its field, where the sheet is only kept, too.
func (p *pageFeuille) accorde(propose bool) int64 {
	if !propose && (!p.Donne("montant") || p.Valeur("montant") == p.Valeur("lu-montant")) {
		return p.aAccorder() // which somebody else may have changed meanwhile
	}
	if propose && p.Valeur("montant") == "" {
		p.Refuser("montant", "Écrivez le montant accordé, en euros, par exemple 1 234,56.", "Write the amount granted, in euros, for example 1234.56.")
	}
	n := p.Centimes("montant")
	if !p.Valide() || !propose && n == 0 {
		return 0
	}
	if err := decision.Accordable(n, p.D.Montant, p.Vue.Plafond); err != nil {
		p.Refuser("montant", err.Texte.Fr, err.Texte.En)
	}
	return n
}

// envisager keeps the amount that who examines means to grant, in the transaction that keeps the sheet.
func (s *Service) envisager(ctx context.Context, tx *sql.Tx, a acte, montant int64) error {
	if montant == a.p.aAccorder() {
		return nil
	}
	err := db.Poser(ctx, tx, `UPDATE dossier SET envisage = $1 WHERE depot_id = $2 AND rang = $3`, montant, a.d.Depot, a.d.Rang)
	if err != nil {
		return fmt.Errorf("keep the amount to grant: %w", err)
	}
	return s.Toucher(ctx, tx, a.d.Cle)
}

// Toucher notes that a demande is not what somebody has read before.
func (s *Service) Toucher(ctx context.Context, tx *sql.Tx, c etat.Cle) error {
	err := db.Poser(ctx, tx, `UPDATE dossier SET version = version + 1 WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang)
	if err != nil {
		return fmt.Errorf("note a change: %w", err)
	}
	return nil
}

// Retoucher lets an agent change the letter of a demande, in the transaction that does: who holds it, or has proposed what is to be
// decided.
func (s *Service) Retoucher(ctx context.Context, tx *sql.Tx, a Agent, c etat.Cle) error {
	if err := s.Toucher(ctx, tx, c); err != nil { // locks it
		return err
	}
	d, err := s.Dossier(ctx, tx, c)
	if err != nil {
		return err
	}
	if d.Etat == etat.Instruction {
		_, err = s.Tenir(ctx, tx, a, c)
		return err
	}
	toutes, err := s.Decisions.De(ctx, tx, c)
	if err != nil {
		return err
	}
	if n := len(toutes); n == 0 || toutes[n-1].Etat != decision.Proposee || toutes[n-1].ProposePar != a.Compte {
		return refuser("Seule la personne qui tient la demande, ou qui a proposé la décision, change sa lettre. Rien n'est changé.", "Only who holds the request, or has proposed the decision, changes its letter. Nothing is changed.")
	}
	return nil
}

// Note is what somebody of the agency wrote for the others.
type Note struct {
	Instant time.Time
	Qui     string
	Texte   string
}

// The bounds of notes: how long one may be, in characters, and how many a demande may have.
const (
	MaxNote  = 2000
	MaxNotes = 200
)

// Notes lists the private notes on a demande, the oldest first.
func (s *Service) Notes(ctx context.Context, c etat.Cle) ([]Note, error) {
	notes, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, n *Note) error {
		var instant int64
		err := l.Scan(&instant, &n.Qui, &n.Texte)
		n.Instant = db.Temps(instant)
		return err
	}, `SELECT n.instant, COALESCE(c.nom, ''), n.texte FROM note n LEFT JOIN compte c ON c.id = n.compte_id WHERE n.depot_id = $1 AND n.rang = $2 ORDER BY n.ordre`, c.Depot, c.Rang)
	if err != nil {
		return nil, fmt.Errorf("read the notes: %w", err)
	}
	return notes, nil
}

// Noter adds a private note to a demande. Whoever examines or decides may, whoever holds it.
func (s *Service) Noter(ctx context.Context, a Agent, c etat.Cle, texte string) error {
	texte = strings.TrimSpace(texte)
	switch n := utf8.RuneCountInString(texte); {
	case n == 0:
		return refuser("Écrivez la note.", "Write the note.")
	case n > MaxNote:
		return refuser("La note a plus de 2 000 caractères : raccourcissez-la.", "The note has more than 2,000 characters: shorten it.")
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var n int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM note WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang).Scan(&n)
		if err == nil && n >= MaxNotes {
			return refuser("Cette demande a déjà 200 notes.", "This request has 200 notes already.")
		}
		if err == nil && n > 0 { // one that is sent twice is one note
			var auteur int64
			var derniere string
			err = tx.QueryRowContext(ctx, `SELECT compte_id, texte FROM note WHERE depot_id = $1 AND rang = $2 AND ordre = $3`, c.Depot, c.Rang, n).Scan(&auteur, &derniere)
			if err == nil && auteur == a.Compte && derniere == texte {
				return nil
			}
		}
		if err == nil {
			err = db.Poser(ctx, tx, `INSERT INTO note (depot_id, rang, ordre, instant, compte_id, texte)
				SELECT $1, $2, COALESCE(MAX(ordre), 0) + 1, $3, $4, $5 FROM note WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang, s.instant(), a.Compte, texte)
		}
		if err != nil {
			return fmt.Errorf("write a note: %w", err)
		}
		if err := s.consigner(ctx, tx, a.Compte, c, "note", nil); err != nil {
			return err
		}
		return s.Toucher(ctx, tx, c)
	})
}
