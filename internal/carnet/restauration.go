package carnet

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"guichet/internal/durable"
	"guichet/internal/provisoire"
)

// Restauration says what a ledger became.
type Restauration struct {
	Sauvegarde
	Ecarte string        // where the former file is now; "" when there was none
	Oublis int           // lines of the history that the backup lacks: deposits, answers
	Ancien *ErreurAncien // the backup does not know all numbers that were given here; nil when it does
}

// Restaurer puts a backup in the place of the ledger. The former file is set aside with what lies beside it, so that
// nothing of it is played into the new one. A backup that is no ledger or is damaged changes nothing.
func Restaurer(ctx context.Context, chemin, sauvegarde string, maintenant func() time.Time) (Restauration, error) {
	return restaurer(ctx, &Carnet{maintenant: maintenant}, chemin, sauvegarde)
}

func restaurer(ctx context.Context, c *Carnet, chemin, sauvegarde string) (r Restauration, err error) {
	source, err := os.Stat(sauvegarde)
	if err != nil {
		return r, fmt.Errorf("read the backup: %w", err)
	}
	if memeFichier(source, chemin) {
		return r, &ErreurCible{Chemin: sauvegarde, Raison: cibleCarnet}
	}
	if r.Sauvegarde, err = examiner(ctx, sauvegarde); err != nil {
		return r, err
	}
	if c.chemin, err = filepath.Abs(chemin); err != nil {
		return r, fmt.Errorf("place the ledger: %w", err)
	}
	defer c.expliquer(&err, faireEcrire)
	if err := c.verrouiller(ctx); err != nil {
		_ = c.Close()
		return r, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := c.parente(ctx, sauvegarde); err != nil {
		return r, err
	}
	neuf := c.provisoire()
	defer func() { _ = os.Remove(neuf) }()
	if _, err := copier(ctx, sauvegarde, neuf); err != nil {
		return r, err
	}
	c.passe("copié")
	if err := c.annoncer(neuf); err != nil {
		return r, err
	}
	if r.Ecarte, err = c.mettreDeCote(ctx); err != nil {
		return r, err
	}
	c.passe("écarté")
	if err := os.Rename(neuf, c.chemin); err != nil {
		return r, fmt.Errorf("put the backup in its place: %w", err)
	}
	if err := durable.Dossier(filepath.Dir(c.chemin)); err != nil {
		return r, err
	}
	c.passe("restauré")
	r.Oublis, r.Ancien, err = c.accueillir(ctx)
	return r, err
}

// provisoire is where a ledger in the making stands: only who holds the lock writes there.
func (c *Carnet) provisoire() string {
	return filepath.Join(filepath.Dir(c.chemin), "."+filepath.Base(c.chemin)+provisoire.Fin)
}

// balayer takes away what a kill left in the folder of the ledger.
func (c *Carnet) balayer(context.Context) error {
	_ = os.Remove(c.provisoire()) // the next one takes it
	provisoire.RetirerDe(c.cheminTemoin())
	provisoire.Retirer(filepath.Dir(c.chemin))
	return nil
}

// mettreDeCote keeps the present ledger under another name and takes away what lies beside it. Where it is sound,
// it stays in its place too: there is a ledger at every instant.
func (c *Carnet) mettreDeCote(ctx context.Context) (ecarte string, err error) {
	if _, err := os.Lstat(c.chemin); absent(err) {
		return "", nil
	}
	c.apaiser(ctx)
	ecarte = c.libre(c.chemin + "-remplace-" + c.maintenant().UTC().Format("20060102-150405"))
	if err := os.Link(c.chemin, ecarte); err != nil { // FAT has no links
		if err := copierOctets(c.chemin, ecarte); err != nil {
			return "", fmt.Errorf("set the ledger aside: %w", err)
		}
	}
	for _, fin := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Rename(c.chemin+fin, ecarte+fin); err != nil && !absent(err) {
			return "", fmt.Errorf("set what is beside the ledger aside: %w", err)
		}
	}
	return ecarte, nil
}

// apaiser has SQLite take in what a kill left beside the ledger, where it still can.
func (c *Carnet) apaiser(ctx context.Context) {
	if c.journalEtranger() {
		return
	}
	db, err := c.connecter(c.chemin, url.Values{"mode": {"rw"}}, "busy_timeout(10000)")
	if err != nil {
		return
	}
	_, _ = db.ExecContext(ctx, "PRAGMA journal_mode = delete; SELECT count(*) FROM sqlite_master")
	_ = db.Close()
}

// libre returns a name that no file has.
func (c *Carnet) libre(nom string) string {
	for i, essai := 2, nom; ; i++ {
		if _, err := os.Lstat(essai); absent(err) {
			return essai
		}
		essai = fmt.Sprintf("%s-%d", nom, i)
	}
}

// accueillir makes the ledger that was just put in its place the one of this folder, unless it is older than what
// was done here: then the temoin stays, and no number is given before the ledger knows them all.
func (c *Carnet) accueillir(ctx context.Context) (oublis int, _ *ErreurAncien, _ error) {
	c.temoin = c.lireTemoin()
	for _, pas := range []func(context.Context) error{c.brancher, c.identifier} {
		if err := pas(ctx); err != nil {
			return 0, nil, err
		}
	}
	connues, err := c.nouvelles(ctx)
	if err != nil {
		return 0, nil, err
	}
	if c.temoin != nil {
		oublis = max(0, c.temoin.Nouvelles-connues)
	}
	err = c.reconnaitre(ctx)
	var ancien *ErreurAncien
	var copie *ErreurCopie
	switch {
	case errors.As(err, &ancien):
		c.temoin.Octets = nil
		return oublis, ancien, c.ecrireTemoin()
	case err != nil && !errors.As(err, &copie):
		return 0, nil, err
	}
	return oublis, nil, c.signer(ctx)
}

// Recommencer begins an empty ledger, because the user asks for it; the former one is set aside. Files of the output
// folder are those of another ledger from now on: their numbers will be given again.
func Recommencer(ctx context.Context, chemin, sortie, numeroAns string, maintenant func() time.Time) (ecarte string, etrangers []string, err error) {
	c := &Carnet{maintenant: maintenant, confiance: true}
	if c.chemin, err = filepath.Abs(chemin); err != nil {
		return "", nil, fmt.Errorf("place the ledger: %w", err)
	}
	defer c.expliquer(&err, faireEcrire)
	if err := c.verrouiller(ctx); err != nil {
		_ = c.Close()
		return "", nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if ecarte, err = c.mettreDeCote(ctx); err != nil {
		return "", nil, err
	}
	for _, nom := range []string{c.chemin, c.cheminTemoin()} {
		if err := os.Remove(nom); err != nil && !absent(err) {
			return ecarte, nil, fmt.Errorf("begin a new ledger: %w", err)
		}
	}
	for _, pas := range []func(context.Context) error{c.brancher, c.identifier, c.migrer, c.occuper} {
		if err := pas(ctx); err != nil {
			return ecarte, nil, err
		}
	}
	etrangers, err = c.renier(ctx, sortie, numeroAns)
	return ecarte, etrangers, err
}

// renier records the files of the output folder, and the returned ones, as none of this ledger's.
func (c *Carnet) renier(ctx context.Context, sortie, numeroAns string) (noms []string, err error) {
	inconnus, err := c.ignores(ctx, sortie, numeroAns)
	if err != nil && !absent(err) {
		return nil, err
	}
	retournes, err := c.retournes(ctx, numeroAns)
	for _, f := range append(inconnus, retournes...) {
		nom := filepath.Base(f.chemin)
		noms = append(noms, nom)
		if _, err := c.db.ExecContext(ctx, "INSERT OR IGNORE INTO etranger (nom, instant) VALUES (?, ?)", nom, c.instant()); err != nil {
			return nil, fmt.Errorf("record a file of another ledger: %w", err)
		}
	}
	return noms, err
}
