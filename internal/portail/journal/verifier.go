package journal

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"guichet/internal/portail/db"
)

// Bilan is what a verification found.
type Bilan struct {
	Taille    int64 // entries in the tree
	Attente   int64 // entries that have no place yet
	Effacees  int64 // entries whose details were erased
	Anciennes int64 // rows of the chains of earlier versions
	Ancres    int   // anchors that today's journal continues
	Tete      Tete  // what the head says
	Constats  []Constat
	Autres    int // findings that are not listed
}

// Intact tells whether nothing was found.
func (b *Bilan) Intact() bool { return len(b.Constats) == 0 }

// maxConstats bounds the findings that are listed.
const maxConstats = 20

// constater adds a finding. One that goes on where the last one ended is the same.
func (b *Bilan) constater(c Constat) {
	if n := len(b.Constats); n > 0 {
		d := &b.Constats[n-1]
		if d.Genre == c.Genre && d.Scellee == c.Scellee && d.Ancre == c.Ancre && d.A+1 == c.De && (c.Place == d.Place || c.Place-d.Place == c.De-d.De) {
			d.A = c.A
			return
		}
	}
	if len(b.Constats) == maxConstats {
		b.Autres++
		return
	}
	b.Constats = append(b.Constats, c)
}

// Ancre is a head that was kept elsewhere.
type Ancre struct {
	Nom    string // the file that it was read from
	Signee string
}

// Verifier reads the whole journal again: each entry against the tree, the tree against the signed head, all of it against anchors, and
// the chains of earlier versions against what the log says of them. Entries may be added meanwhile.
func Verifier(ctx context.Context, base *sql.DB, cles note.Verifiers, ancres ...Ancre) (*Bilan, error) {
	b := &Bilan{}
	var err error
	if b.Attente, err = Attente(ctx, base); err != nil {
		return nil, err
	}
	r := releve{Bilan: b, base: base, arbre: lireArbre(ctx, base), fins: map[int64]fin{}, effacees: map[string]int64{}}
	if err := r.lireTete(ctx, cles); err != nil {
		return nil, err
	}
	r.ancrer(ancres, cles)
	if err := r.relire(ctx); err != nil {
		return nil, err
	}
	return b, r.relireChaines(ctx)
}

// Attente counts the entries that have no place in the tree yet.
func Attente(ctx context.Context, base *sql.DB) (n int64, err error) {
	if err := base.QueryRowContext(ctx, `SELECT COUNT(*) FROM journal WHERE indice IS NULL`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the entries without a place: %w", err)
	}
	return n, nil
}

// lireTete reads the head, and what has a place beyond it.
func (r *releve) lireTete(ctx context.Context, cles note.Verifiers) error {
	var dernier, taille int64
	var signee string
	// First the entries: the head that is read later is at least as far.
	if err := r.base.QueryRowContext(ctx, `SELECT COALESCE(MAX(indice) + 1, 0) FROM journal WHERE indice IS NOT NULL`).Scan(&dernier); err != nil {
		return fmt.Errorf("find the end of the journal: %w", err)
	}
	err := r.base.QueryRowContext(ctx, `SELECT taille, note FROM journal_tete WHERE numero = 1`).Scan(&taille, &signee)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		r.constater(Constat{Genre: Vide})
		return nil
	case err != nil:
		return fmt.Errorf("read the head of the journal: %w", err)
	}
	if r.Taille = taille; signee != "" || taille > 0 {
		if r.Tete, err = LireTete(signee, cles); err != nil || r.Tete.Taille != taille {
			r.constater(Constat{Genre: TeteFausse})
		}
	}
	if dernier > taille {
		r.constater(Constat{Genre: Inseree, De: taille + 1, A: dernier})
	}
	return nil
}

// ancrer reads the anchors, the shortest first. One that no known key signed proves nothing, and says so.
func (r *releve) ancrer(ancres []Ancre, cles note.Verifiers) {
	for _, a := range ancres {
		t, err := LireTete(a.Signee, cles)
		switch {
		case err != nil:
			r.constater(Constat{Genre: AncreFausse, Ancre: a.Nom})
		case t.Taille > r.Taille && r.Taille == 0:
			r.constater(Constat{Genre: Vide, Ancre: a.Nom})
		case t.Taille > r.Taille:
			r.constater(Constat{Genre: Ancienne, Ancre: a.Nom, De: r.Taille + 1, A: t.Taille})
		default:
			r.ancres = append(r.ancres, ancre{t, a.Nom})
		}
	}
	slices.SortStableFunc(r.ancres, func(a, b ancre) int { return cmp.Compare(a.Taille, b.Taille) })
}

type ancre struct {
	Tete
	nom string
}

// relireChaines reads the chains of earlier versions again: those that the log says there are, and those that there are.
func (r *releve) relireChaines(ctx context.Context) error {
	presentes, err := db.Lignes(ctx, r.base, func(l db.Ligne, c *int64) error { return l.Scan(c) },
		`SELECT chaine FROM journal_chaine_fin UNION SELECT DISTINCT chaine FROM journal_chaine ORDER BY 1`)
	if err != nil {
		return fmt.Errorf("list the chains of the journal: %w", err)
	}
	for _, c := range presentes {
		if _, ok := r.fins[c]; !ok {
			r.constater(Constat{Genre: Inseree, Scellee: true, Chaine: c})
		}
	}
	for _, f := range r.fins {
		n, err := relireChaine(ctx, r.base, f)
		var broken *rupture
		switch {
		case errors.As(err, &broken):
			r.constater(Constat{Genre: broken.genre, Scellee: true, Chaine: f.chaine, De: broken.rang, A: broken.rang})
		case err != nil:
			return err
		}
		r.Anciennes += n
	}
	return nil
}
