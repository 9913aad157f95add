package pieces

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"guichet/appariement"
	"guichet/internal/portail/db"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

// leDepot is what is needed of a deposit.
type leDepot struct {
	id, fournisseur        int64
	nom, sha256, edition   string
	verdict                string
	recu                   int64
	acceptees, incompletes int
}

// lecteur is a transaction, or the pool to read with.
type lecteur interface {
	QueryContext(ctx context.Context, texte string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, texte string, args ...any) *sql.Row
}

// depot reads a deposit of a supplier; ErrInconnu when there is none, or it is another's.
func depot(ctx context.Context, l lecteur, fournisseur, id int64, verrou string) (d leDepot, err error) {
	err = l.QueryRowContext(ctx, `SELECT id, fournisseur_id, nom, sha256, edition, verdict, recu, acceptees, incompletes
		FROM depot WHERE id = $1 AND fournisseur_id = $2 `+verrou, id, fournisseur).
		Scan(&d.id, &d.fournisseur, &d.nom, &d.sha256, &d.edition, &d.verdict, &d.recu, &d.acceptees, &d.incompletes)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return d, ErrInconnu
	case err != nil:
		return d, fmt.Errorf("read the deposit: %w", err)
	}
	return d, nil
}

// demande is a row of the table, without what nobody here asks.
type demande struct {
	rang       int
	numero     string
	etat       string
	debut, fin int64
	maj        int64 // last change of etat
}

// demandes reads the accepted demandes of a deposit, in the order of its file.
func demandes(ctx context.Context, l lecteur, d *leDepot, verrou string) (toutes []demande, err error) {
	lignes, err := l.QueryContext(ctx, `SELECT rang, numero, etat, debut, fin, maj FROM demande
		WHERE fournisseur_id = $1 AND depot_id = $2 ORDER BY rang `+verrou, d.fournisseur, d.id)
	if err != nil {
		return nil, fmt.Errorf("read the demandes: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var u demande
		if err := lignes.Scan(&u.rang, &u.numero, &u.etat, &u.debut, &u.fin, &u.maj); err != nil {
			return nil, fmt.Errorf("read the demandes: %w", err)
		}
		toutes = append(toutes, u)
	}
	return toutes, lignes.Err()
}

// attendues are the documents that demandes of a deposit expect, by the file that was deposited.
type attendues struct {
	octets []byte // a file of these demandes alone
	pieces []appariement.Piece
}

// attendues reads the demandes where they stand in the deposited file: those that were refused are left out.
func (s *Service) attendues(d *leDepot, choisies []demande) (a attendues, err error) {
	m := ms1dui.Edition(d.edition)
	if m == nil {
		return a, fmt.Errorf("this program does not know the edition %q", d.edition)
	}
	if a.octets, err = s.extraire(d, choisies, nil); err != nil {
		return a, fmt.Errorf("read the deposited file: %w", err)
	}
	lues, err := appariement.Lire(m, a.octets, jsondoc.Limits{MaxBytes: len(a.octets), MaxValues: 2 << 20})
	if err != nil {
		return a, fmt.Errorf("read the deposited file: %w", err)
	}
	a.pieces = lues.Pieces
	return a, nil
}

// extraire makes a file of demandes: with the bytes of those that were corrected, by rank.
func (s *Service) extraire(d *leDepot, choisies []demande, corrigees map[int][]byte) (octets []byte, err error) {
	f, err := s.Fichiers.Lire(d.sha256)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var b bytes.Buffer
	fmt.Fprintf(&b, "{%q:[", ms1dui.Edition(d.edition).Lignes)
	for i, u := range choisies {
		if i > 0 {
			b.WriteByte(',')
		}
		if c := corrigees[u.rang]; c != nil {
			b.Write(c)
			continue
		}
		if _, err := io.Copy(&b, io.NewSectionReader(f, u.debut, u.fin-u.debut)); err != nil {
			return nil, err
		}
	}
	b.WriteString("]}")
	return b.Bytes(), nil
}

// cle names a document of a deposit.
type cle struct {
	rang int
	typ  string
}

// courante is the last document that came for a place.
type courante struct {
	ordre   int
	archive int64 // in which it came
	Piece
}

// courantes reads the last document of each place of a deposit, or of one of its demandes (rang < 0 for all).
func courantes(ctx context.Context, l lecteur, depot int64, rang int) (toutes map[cle]courante, err error) {
	lignes, err := l.QueryContext(ctx, `SELECT rang, type, ordre, etat, code, motif_fr, motif_en, nom, format, sha256, taille, recu, archive_id
		FROM piece WHERE depot_id = $1 AND ($2 < 0 OR rang = $2) AND etat <> 'remplacee'`, depot, rang)
	if err != nil {
		return nil, fmt.Errorf("read the documents: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	toutes = map[cle]courante{}
	for lignes.Next() {
		var c courante
		var recu int64
		if err := lignes.Scan(&c.Rang, &c.Type, &c.ordre, &c.Etat, &c.Code, &c.Motif.Fr, &c.Motif.En, &c.Nom, &c.Format, &c.SHA256, &c.Taille, &recu, &c.archive); err != nil {
			return nil, fmt.Errorf("read the documents: %w", err)
		}
		c.Recu = db.Temps(recu)
		toutes[cle{c.Rang, c.Type}] = c
	}
	return toutes, lignes.Err()
}
