package carnet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
)

// Retour is a file that the portal returned.
type Retour struct {
	Nom    string // of the file
	SHA256 string // of the returned bytes, in hexadecimal: the same file is read once
	ImpID  string
	Lignes []Ligne
}

// Ligne is what a returned file says of a demande. Texts are kept as they are.
type Ligne struct {
	Numero    string // numeroEditeur; a line without one is counted as odd
	Etat      Etat   // what the caller makes of the code; "" when it does not know
	NumeroASP string
	Code      string
	Libelle   string
	Texte     string // the line itself, where it has no number
}

// Bilan counts what a returned file changed.
type Bilan struct {
	DejaLu         bool         // the same bytes were recorded before: nothing changed
	Etats          map[Etat]int // demandes that took a new state
	Inchangees     int
	Inconnues      []string // numbers that the ledger did not have: recorded as used
	Contradictions []string // numbers of which something later was known: their state stays
	Bizarres       int      // lines without a number
}

// Enregistrer records a returned file. It may be done again: the same bytes change nothing, and older news never
// undo later ones. No line keeps the others from being recorded.
func (c *Carnet) Enregistrer(ctx context.Context, r Retour) (Bilan, error) {
	if c.lot != nil {
		return Bilan{}, ErrLotOuvert
	}
	b := Bilan{Etats: map[Etat]int{}}
	err := c.transaction(ctx, func(tx *sql.Tx) error {
		e := enregistrement{tx: tx, retour: r, bilan: &b, instant: c.instant()}
		return e.tout(ctx)
	})
	if err != nil {
		return Bilan{}, fmt.Errorf("record the returned file %s: %w", r.Nom, err)
	}
	return b, nil
}

// enregistrement is a returned file being recorded.
type enregistrement struct {
	tx      *sql.Tx
	retour  Retour
	bilan   *Bilan
	instant int64
}

func (e enregistrement) tout(ctx context.Context) error {
	res, err := e.tx.ExecContext(ctx, "INSERT INTO retour (sha256, nom, imp_id, instant) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		e.retour.SHA256, e.retour.Nom, e.retour.ImpID, e.instant)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		e.bilan.DejaLu = true
		return err
	}
	for _, l := range e.retour.Lignes {
		if err := e.ligne(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// connue is what the ledger has of a demande.
type connue struct {
	id, fichier              int64
	etat                     Etat
	numeroASP, code, libelle string
	impID                    string
}

func (e enregistrement) ligne(ctx context.Context, l Ligne) error {
	if strings.TrimSpace(l.Numero) == "" {
		e.bilan.Bizarres++
		return e.garder(ctx, l)
	}
	var d connue
	err := e.tx.QueryRowContext(ctx, `SELECT d.id, d.fichier, d.etat, d.numero_asp, d.code, d.libelle, f.imp_id
		FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ?`, l.Numero).
		Scan(&d.id, &d.fichier, &d.etat, &d.numeroASP, &d.code, &d.libelle, &d.impID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return e.inconnue(ctx, l)
	case err != nil:
		return err
	}
	if e.retour.ImpID != "" && d.impID != e.retour.ImpID {
		if _, err := e.tx.ExecContext(ctx, "UPDATE fichier SET imp_id = ? WHERE id = ?", e.retour.ImpID, d.fichier); err != nil {
			return err
		}
	}
	return e.connue(ctx, l, d)
}

func (e enregistrement) connue(ctx context.Context, l Ligne, d connue) error {
	apres := d
	genre := GenreRetour
	switch {
	case l.Etat == "" || l.Etat == d.etat:
	case l.Etat.poids() >= d.etat.poids():
		apres.etat, genre = l.Etat, GenreEtat
	case d.etat == Remplacee && l.Etat == Rejetee, d.etat.poids() > Acceptee.poids() && l.Etat == Acceptee:
		// The same news, after what came of it.
	default:
		e.bilan.Contradictions = append(e.bilan.Contradictions, l.Numero)
		return noterDemande(ctx, e.tx, e.instant, d.id, GenreContradiction, dire(l))
	}
	if l.NumeroASP != "" {
		apres.numeroASP = l.NumeroASP
	}
	if l.Code != "" || l.Libelle != "" {
		apres.code, apres.libelle = l.Code, l.Libelle
	}
	if apres == d {
		e.bilan.Inchangees++
		return nil
	}
	return e.changer(ctx, apres, genre, l)
}

func (e enregistrement) changer(ctx context.Context, d connue, genre Genre, l Ligne) error {
	if genre == GenreEtat {
		e.bilan.Etats[d.etat]++
	} else {
		e.bilan.Inchangees++
	}
	_, err := e.tx.ExecContext(ctx, "UPDATE demande SET etat = ?, numero_asp = ?, code = ?, libelle = ? WHERE id = ?",
		d.etat, d.numeroASP, d.code, d.libelle, d.id)
	if err != nil {
		return err
	}
	return noterDemande(ctx, e.tx, e.instant, d.id, genre, dire(l))
}

// garder keeps a line that nobody can tie to a demande, as it came, after the name of its file.
func (e enregistrement) garder(ctx context.Context, l Ligne) error {
	_, err := e.tx.ExecContext(ctx, "INSERT INTO evenement (instant, genre, texte) VALUES (?, ?, ?)", e.instant, GenreLigne, e.retour.Nom+"\n"+l.Texte)
	if err != nil {
		return fmt.Errorf("keep an odd line: %w", err)
	}
	return nil
}

// dire writes a line as the history keeps it.
func dire(l Ligne) string {
	var mots []string
	for _, m := range []string{string(l.Etat), l.NumeroASP, l.Code, l.Libelle} {
		if m != "" {
			mots = append(mots, m)
		}
	}
	return strings.Join(mots, " · ")
}

func (e enregistrement) inconnue(ctx context.Context, l Ligne) error {
	nouveau, err := ailleurs(ctx, e.tx, l.Numero, e.retour.Nom, e.instant)
	if err != nil || !nouveau {
		return err
	}
	e.bilan.Inconnues = append(e.bilan.Inconnues, l.Numero)
	return e.garder(ctx, Ligne{Texte: l.Numero + " · " + dire(l)})
}

// ailleurs records a number as used without the ledger, and tells whether it was not known to be.
func ailleurs(ctx context.Context, tx *sql.Tx, numero, origine string, instant int64) (bool, error) {
	r, err := tx.ExecContext(ctx, "INSERT INTO ailleurs (numero, origine, instant) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM demande WHERE numero = ?1) ON CONFLICT DO NOTHING", numero, origine, instant)
	if err != nil {
		return false, fmt.Errorf("record number %s: %w", numero, err)
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Importer records numbers that were used before the ledger, and returns how many it did not know. The origin
// is told when one of them is asked for again.
func (c *Carnet) Importer(ctx context.Context, numeros iter.Seq[string], origine string) (nouveaux int, err error) {
	if c.lot != nil {
		return 0, ErrLotOuvert
	}
	err = c.transaction(ctx, func(tx *sql.Tx) error {
		for numero := range numeros {
			nouveau, err := ailleurs(ctx, tx, numero, origine, c.instant())
			if err != nil {
				return err
			}
			if nouveau {
				nouveaux++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("import numbers: %w", err)
	}
	return nouveaux, nil
}
