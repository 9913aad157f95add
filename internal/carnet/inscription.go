package carnet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// inscription writes the files of a lot and their demandes. Ids are given here, since nobody else writes.
type inscription struct {
	lot          *Lot
	tx           *sql.Tx
	reserves     map[string]bool // numbers of the lot, known to be free
	fichiers     int64           // last id
	demandes     int64           // last id
	demande      *insertion
	beneficiaire *insertion
	instant      int64
}

func (l *Lot) inscription(ctx context.Context) (*inscription, error) {
	i := &inscription{lot: l, tx: l.tx, instant: l.carnet.instant(), reserves: make(map[string]bool, len(l.Numeros))}
	for _, n := range l.Numeros {
		i.reserves[n] = true
	}
	err := l.tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM fichier").Scan(&i.fichiers)
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
	i.demande = &insertion{tx: i.tx, colonnes: 13,
		debut: "INSERT INTO demande (id, numero, fichier, num_ligne, reference, ogs, montant, regime, pieces, etat, source, feuille, empreinte) VALUES "}
	i.beneficiaire = &insertion{tx: i.tx, colonnes: 3, debut: "INSERT OR IGNORE INTO beneficiaire (finess, demande, genre) VALUES "}
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
	if err := i.disponibles(ctx, f.Demandes); err != nil {
		return err
	}
	if err := i.toutes(ctx, f); err != nil {
		return fmt.Errorf("record the demandes of %s: %w", f.Nom, err)
	}
	if err := i.deplacements(ctx, f.Deplacees); err != nil {
		return err
	}
	return i.remplacements(ctx, f.Demandes)
}

// disponibles refuses numbers that were given before. Those of the lot are free, but serve only once.
func (i *inscription) disponibles(ctx context.Context, demandes []Demande) error {
	var autres []string
	vus := make(map[string]bool, len(demandes))
	for _, d := range demandes {
		cle := strings.ToUpper(d.Numero)
		if vus[cle] {
			return &ErreurNumero{d.Numero, dejaPris}
		}
		vus[cle] = true
		if i.reserves[d.Numero] {
			delete(i.reserves, d.Numero)
		} else {
			autres = append(autres, d.Numero)
		}
	}
	if len(autres) == 0 {
		return nil
	}
	pris, err := numerosUtilises(ctx, i.tx, autres)
	if err != nil {
		return err
	}
	for _, n := range autres {
		if _, oui := pris[n]; oui {
			return &ErreurNumero{n, dejaPris}
		}
	}
	return nil
}

// toutes inserts the demandes of a file, and whom they are for.
func (i *inscription) toutes(ctx context.Context, f *pret) error {
	premiere := i.demandes + 1
	for k := range f.Demandes {
		d := &f.Demandes[k]
		i.demandes++
		source, err := i.source(d)
		if err != nil {
			return err
		}
		err = i.demande.ligne(ctx, i.demandes, d.Numero, i.fichiers, d.NumLigne, d.Reference, f.lignes[k][0], d.Montant, d.Regime, f.lignes[k][1], string(Preparee), source, d.Feuille, d.Empreinte)
		if err != nil {
			return err
		}
	}
	for _, b := range f.beneficiaires {
		if err := i.beneficiaire.ligne(ctx, b.finess, premiere+int64(b.demande), b.genre); err != nil {
			return err
		}
	}
	return errors.Join(i.demande.vider(ctx), i.beneficiaire.vider(ctx))
}

// source is the table of a demande as the ledger keeps it.
func (i *inscription) source(d *Demande) (string, error) {
	if d.Source == "" {
		return "", nil
	}
	return i.lot.carnet.relatif(d.Source)
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
	if _, err := i.tx.ExecContext(ctx, `UPDATE demande SET (reference, source, feuille, empreinte) =
		(SELECT reference, source, feuille, empreinte FROM demande WHERE id = ?) WHERE numero = ?`, ancienne, d.Numero); err != nil {
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
	return nil
}

// insertion inserts several rows with one statement: SQLite spends more on a statement than on a row.
type insertion struct {
	tx       *sql.Tx
	debut    string
	colonnes int
	plein    *sql.Stmt
	valeurs  []any
}

const lignesParInsertion = 50

func (n *insertion) ligne(ctx context.Context, valeurs ...any) error {
	n.valeurs = append(n.valeurs, valeurs...)
	if len(n.valeurs) < n.colonnes*lignesParInsertion {
		return nil
	}
	if n.plein == nil {
		var err error
		// The statement outlives the call: it closes with its transaction.
		if n.plein, err = n.tx.PrepareContext(context.WithoutCancel(ctx), n.texte(lignesParInsertion)); err != nil {
			return err
		}
	}
	_, err := n.plein.ExecContext(ctx, n.valeurs...)
	n.valeurs = n.valeurs[:0]
	return err
}

func (n *insertion) vider(ctx context.Context) error {
	if len(n.valeurs) == 0 {
		return nil
	}
	_, err := n.tx.ExecContext(ctx, n.texte(len(n.valeurs)/n.colonnes), n.valeurs...)
	n.valeurs = n.valeurs[:0]
	return err
}

func (n *insertion) texte(lignes int) string {
	une := ",(?" + strings.Repeat(",?", n.colonnes-1) + ")"
	return n.debut + strings.Repeat(une, lignes)[1:]
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
