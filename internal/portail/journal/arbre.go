package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"guichet/internal/portail/db"
)

// hauteur is that of a tile: 256 hashes of one level are a row.
const hauteur = 8

// arbre reads the hashes of the tree, those that are not written yet included.
type arbre struct {
	ctx    context.Context
	base   db.Lecteur
	neuves map[int64]tlog.Hash
	tuiles map[place][]byte
}

// place is that of a tile.
type place struct{ niveau, numero int64 }

// maxTuiles bounds the tiles that are kept.
const maxTuiles = 64

func lireArbre(ctx context.Context, base db.Lecteur) *arbre {
	return &arbre{ctx, base, map[int64]tlog.Hash{}, map[place][]byte{}}
}

// tuile reads a tile, as wide as it is; nil for none.
func (a *arbre) tuile(p place) (octets []byte, err error) {
	octets, lue := a.tuiles[p]
	if lue {
		return octets, nil
	}
	err = a.base.QueryRowContext(a.ctx, `SELECT empreintes FROM journal_arbre WHERE niveau = $1 AND numero = $2`, p.niveau, p.numero).Scan(&octets)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read the tree of the journal: %w", err)
	}
	if len(a.tuiles) >= maxTuiles {
		clear(a.tuiles)
	}
	a.tuiles[p] = octets
	return octets, nil
}

// errArbre says that a hash that has to be there is not.
var errArbre = errors.New("the tree of the journal lacks a hash")

// ReadHashes reads hashes for tlog.
func (a *arbre) ReadHashes(indices []int64) ([]tlog.Hash, error) {
	lues := make([]tlog.Hash, len(indices))
	for i, n := range indices {
		h, ok := a.neuves[n]
		if !ok {
			var err error
			if h, err = a.empreinte(n); err != nil {
				return nil, err
			}
		}
		lues[i] = h
	}
	return lues, nil
}

func (a *arbre) empreinte(n int64) (tlog.Hash, error) {
	t := tlog.TileForIndex(hauteur, n)
	octets, err := a.tuile(place{int64(t.L), t.N})
	if err != nil {
		return tlog.Hash{}, err
	}
	if len(octets)/tlog.HashSize < t.W {
		return tlog.Hash{}, errArbre
	}
	t.W = len(octets) / tlog.HashSize
	return tlog.HashFromTile(t, octets, n)
}

// grandir adds a leaf to a tree of so many.
func (a *arbre) grandir(taille int64, h tlog.Hash) error {
	neuves, err := tlog.StoredHashesForRecordHash(taille, h, a)
	if err != nil {
		return fmt.Errorf("add to the tree of the journal: %w", err)
	}
	debut := tlog.StoredHashIndex(0, taille)
	for i, n := range neuves {
		a.neuves[debut+int64(i)] = n
	}
	return nil
}

// ecrire writes the tiles that a tree has more, or wider, than when it had so many leaves.
func (a *arbre) ecrire(tx *sql.Tx, avant, apres int64) error {
	for _, t := range tlog.NewTiles(hauteur, avant, apres) {
		octets, err := tlog.ReadTileData(t, a)
		if err != nil {
			return fmt.Errorf("cut the tree of the journal into tiles: %w", err)
		}
		if err := db.Poser(a.ctx, tx, `INSERT INTO journal_arbre (niveau, numero, empreintes) VALUES ($1, $2, $3)
			ON CONFLICT (niveau, numero) DO UPDATE SET empreintes = excluded.empreintes`, t.L, t.N, octets); err != nil {
			return fmt.Errorf("write the tree of the journal: %w", err)
		}
	}
	return nil
}
