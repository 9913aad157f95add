package carnet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
)

// Decider commits the lot and moves its files to their places. Once it has begun to move them, a kill or an
// error leaves the rest to the next opening. A lot that fails before can be given up.
func (l *Lot) Decider(ctx context.Context) (err error) {
	defer l.carnet.expliquer(&err, faireEcrire)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tx == nil {
		return errors.New("the lot is closed")
	}
	if err := l.rendre(); err != nil {
		return err
	}
	if err := l.oubliees(ctx); err != nil {
		return err
	}
	if err := l.synchros.finir(l.Dossier, filepath.Dir(l.Dossier)); err != nil {
		return err
	}
	l.carnet.passe("synchronisé")
	if _, err := l.tx.ExecContext(ctx, "UPDATE lot SET etat = 'decide' WHERE id = ?", l.id); err != nil {
		return fmt.Errorf("decide the lot: %w", err)
	}
	if err := l.tx.Commit(); err != nil {
		return fmt.Errorf("decide the lot: %w", err)
	}
	l.fermer()
	l.carnet.passe("décidé")
	ctx = context.WithoutCancel(ctx)
	if err := l.carnet.placer(ctx, l.id, l.Dossier); err != nil {
		return err
	}
	_ = l.carnet.signer(ctx) // an older one misses less; the next opening writes it
	return nil
}

// Abandonner takes the lot back: its numbers and ranks are free again. It does nothing to a lot that is decided.
func (l *Lot) Abandonner(ctx context.Context) (err error) {
	defer l.carnet.expliquer(&err, faireEcrire)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tx == nil {
		return nil
	}
	_, _ = l.synchros.attendre(), l.rendre()
	err = l.tx.Rollback()
	if errors.Is(err, sql.ErrTxDone) { // the commit failed: whether it did anything is in the file
		err = nil
	}
	l.fermer()
	l.carnet.passe("abandonné")
	ctx = context.WithoutCancel(ctx)
	return errors.Join(err, l.carnet.regler(ctx, l.id, l.Dossier))
}

// rendre waits for the files that are being recorded, once.
func (l *Lot) rendre() (err error) {
	if l.attente != nil {
		err, l.attente = l.attente.finir(), nil
	}
	return err
}

func (l *Lot) fermer() { l.tx, l.carnet.lot = nil, nil }
