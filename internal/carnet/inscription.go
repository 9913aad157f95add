package carnet

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// inscription writes the files of a lot and their demandes. Ids are given here, since nobody else writes.
type inscription struct {
	carnet   *Carnet
	lot      *Lot // nil for demandes of files that are recorded otherwise
	tx       *sql.Tx
	instant  int64
	fichiers int64 // last id
	demandes int64 // last id
	demande  *insertion
	tableaux map[[2]string]int64 // ids, by source and sheet as demandes have them
	ailleurs bool                // numbers are known that were used elsewhere
}

func (l *Lot) inscription(ctx context.Context) (*inscription, error) {
	i := &inscription{carnet: l.carnet, lot: l, tx: l.tx, instant: l.carnet.instant()}
	err := l.tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0), EXISTS (SELECT 1 FROM ailleurs) FROM fichier").Scan(&i.fichiers, &i.ailleurs)
	if err != nil {
		return nil, fmt.Errorf("read the last file: %w", err)
	}
	return i, i.preparer(ctx)
}

// preparer makes ready to insert demandes after the last one.
func (i *inscription) preparer(ctx context.Context) error {
	if err := i.tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM demande").Scan(&i.demandes); err != nil {
		return fmt.Errorf("read the last demande: %w", err)
	}
	i.tableaux = map[[2]string]int64{}
	i.demande = inserer(i.tx, "INSERT INTO demande (id, numero, fichier, num_ligne, reference, ogs, montant, regime, pieces, etat, tableau, empreinte) VALUES ",
		"(?,?,?,?,?,?,?,?,?,'"+string(Preparee)+"',?,?)")
	return nil
}

func (i *inscription) fichier(ctx context.Context, f *pret) error {
	i.fichiers++
	intention := i.lot.intention
	rang := sql.Null[int]{V: f.Rang, Valid: f.Rang > 0}
	_, err := i.tx.ExecContext(ctx, "INSERT INTO fichier (id, lot, nom, sha256, numero_ans, jour, rang, instant) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		i.fichiers, i.lot.id, f.Nom, f.SHA256, intention.NumeroAns, intention.Jour, rang, i.instant)
	if err != nil {
		return fmt.Errorf("record file %s: %w", f.Nom, err)
	}
	if err := i.etrangers(ctx, f.Demandes); err != nil {
		return err
	}
	if err := i.toutes(ctx, f); err != nil {
		return fmt.Errorf("record the demandes of %s: %w", f.Nom, cmp.Or(i.double(ctx, f, err), err))
	}
	if err := i.deplacements(ctx, f.Deplacees); err != nil {
		return err
	}
	return i.remplacements(ctx, f.Demandes)
}

// etrangers refuses numbers that were used without the ledger. Those that it gave are refused by its index.
func (i *inscription) etrangers(ctx context.Context, demandes []Demande) error {
	if !i.ailleurs {
		return nil
	}
	return i.refuser(ctx, demandes, "SELECT q.value FROM json_each(?) q JOIN ailleurs a ON a.numero = q.value LIMIT 1")
}

// double tells which number the index has refused: one of another file, or one that the file has twice.
func (i *inscription) double(ctx context.Context, f *pret, err error) error {
	if !estCode(err, codeUnique) {
		return nil
	}
	vus := make(map[string]bool, len(f.Demandes))
	for _, d := range f.Demandes {
		cle := strings.ToUpper(d.Numero)
		if vus[cle] {
			return &ErreurNumero{d.Numero, dejaPris}
		}
		vus[cle] = true
	}
	return i.refuser(ctx, f.Demandes, "SELECT q.value FROM json_each(?) q JOIN demande d ON d.numero = q.value AND d.fichier <> ? LIMIT 1", i.fichiers)
}

// refuser refuses the first number of a file that a question finds.
func (i *inscription) refuser(ctx context.Context, demandes []Demande, question string, valeurs ...any) error {
	numeros := make([]string, len(demandes))
	for k, d := range demandes {
		numeros[k] = d.Numero
	}
	var pris string
	err := i.tx.QueryRowContext(ctx, question, append([]any{enJSON(numeros)}, valeurs...)...).Scan(&pris)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("look for used numbers: %w", err)
	}
	return &ErreurNumero{pris, dejaPris}
}

// toutes inserts the demandes of a file.
func (i *inscription) toutes(ctx context.Context, f *pret) error {
	for k := range f.Demandes {
		d := &f.Demandes[k]
		i.demandes++
		tableau, err := i.tableau(ctx, d)
		if err != nil {
			return err
		}
		err = i.demande.ligne(ctx, i.demandes, d.Numero, i.fichiers, d.NumLigne, d.Reference, f.lignes[k][0], d.Montant, d.Regime, f.lignes[k][1], tableau, d.Empreinte)
		if err != nil {
			return err
		}
	}
	return i.demande.vider(ctx)
}

// tableau is the id of the table of a demande, nil for none.
func (i *inscription) tableau(ctx context.Context, d *Demande) (any, error) {
	if d.Source == "" {
		return nil, nil
	}
	cle := [2]string{d.Source, d.Feuille}
	if id, connu := i.tableaux[cle]; connu {
		return id, nil
	}
	source, err := i.carnet.relatif(d.Source)
	if err != nil {
		return nil, err
	}
	var id int64
	err = i.tx.QueryRowContext(ctx, "INSERT INTO tableau (source, feuille) VALUES (?, ?) ON CONFLICT DO UPDATE SET source = source RETURNING id", source, d.Feuille).Scan(&id)
	if err != nil {
		return nil, fmt.Errorf("record the table: %w", err)
	}
	i.tableaux[cle] = id
	return id, nil
}

// remplacements closes the demandes that these send again: rejected ones, and those of files that this lot sets aside. One that is unknown here was made without
// the ledger.
func (i *inscription) remplacements(ctx context.Context, demandes []Demande) error {
	for _, d := range demandes {
		if d.Remplace == "" {
			continue
		}
		var ancienne, ecartePar int64
		var etat Etat
		err := i.tx.QueryRowContext(ctx, "SELECT d.id, d.etat, coalesce(f.ecarte_par, 0) FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ?", d.Remplace).Scan(&ancienne, &etat, &ecartePar)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			if err := i.remplacerAilleurs(ctx, d); err != nil {
				return err
			}
			continue
		case err != nil:
			return fmt.Errorf("read demande %s: %w", d.Remplace, err)
		case etat != Rejetee && (etat != Preparee || ecartePar != i.lot.id):
			return &ErreurNumero{d.Remplace, pasRejetee}
		}
		if _, err := i.tx.ExecContext(ctx, "UPDATE demande SET etat = ?, remplacee_par = ? WHERE id = ?", Remplacee, d.Numero, ancienne); err != nil {
			return fmt.Errorf("replace demande %s: %w", d.Remplace, err)
		}
		if err := i.heriter(ctx, d, ancienne); err != nil {
			return err
		}
		if err := noterDemande(ctx, i.tx, i.instant, ancienne, GenreRemplacement, d.Numero); err != nil {
			return err
		}
	}
	return nil
}

// heriter gives a demande that is sent again the reference of the order, when it was made without the sheet, and what
// is known of the order in its table.
func (i *inscription) heriter(ctx context.Context, d Demande, ancienne int64) error {
	if d.Reference != "" {
		return nil
	}
	if _, err := i.tx.ExecContext(ctx, `UPDATE demande SET (reference, tableau, empreinte) =
		(SELECT reference, tableau, iif(?, '', empreinte) FROM demande WHERE id = ?) WHERE numero = ?`, d.Incertaine, ancienne, d.Numero); err != nil {
		return fmt.Errorf("name the order of demande %s: %w", d.Numero, err)
	}
	return nil
}

// remplacerAilleurs notes that a demande made without the ledger is sent again, so that it is not twice.
func (i *inscription) remplacerAilleurs(ctx context.Context, d Demande) error {
	r, err := i.tx.ExecContext(ctx, `INSERT INTO ailleurs (numero, origine, remplacee_par, instant) VALUES (?1, '', ?2, ?3)
		ON CONFLICT (numero) DO UPDATE SET remplacee_par = ?2 WHERE remplacee_par = ''`, d.Remplace, d.Numero, i.instant)
	if err != nil {
		return fmt.Errorf("replace demande %s: %w", d.Remplace, err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, &ErreurNumero{d.Remplace, pasRejetee})
	}
	i.ailleurs = true
	return nil
}

// executant is a database or a transaction of it.
type executant interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

func noterDemande(ctx context.Context, e executant, instant, demande int64, genre Genre, texte string) error {
	_, err := e.ExecContext(ctx, "INSERT INTO evenement (instant, demande, genre, texte) VALUES (?, ?, ?, ?)", instant, demande, genre, texte)
	if err != nil {
		return fmt.Errorf("write the history: %w", err)
	}
	return nil
}

// evenement writes what happened to a whole file.
func (c *Carnet) evenement(ctx context.Context, fichier int64, genre Genre) error {
	_, err := c.db.ExecContext(ctx, "INSERT INTO evenement (instant, fichier, genre, texte) VALUES (?, ?, ?, '')", c.instant(), fichier, genre)
	if err != nil {
		return fmt.Errorf("write the history: %w", err)
	}
	return nil
}
