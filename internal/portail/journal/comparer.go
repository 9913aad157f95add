package journal

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// autre says what an entry is whose content is not what the tree has for its place.
func (r *releve) autre(e *Ecrite, contenu, gardee tlog.Hash) error {
	if bytes.Equal(e.Empreinte, gardee[:]) {
		r.constater(Constat{Genre: Modifiee, De: e.Numero, A: e.Numero})
		return nil
	}
	if len(r.Constats) == maxConstats { // to look for each costs
		r.Autres++
		return nil
	}
	ecrite, err := r.chercher(contenu)
	if err != nil {
		return err
	}
	if ecrite >= 0 {
		r.decalage = ecrite - r.lues
		r.constater(Constat{Genre: Deplacee, De: e.Numero, A: e.Numero, Place: ecrite + 1})
		return nil
	}
	genre := Modifiee
	if ailleurs, err := r.ailleurs(gardee); err != nil {
		return err
	} else if ailleurs {
		genre = Inseree // in the place of one that is still there
	}
	r.constater(Constat{Genre: genre, De: e.Numero, A: e.Numero})
	return nil
}

// chercher returns the place at which the tree has a hash, first where the last one that was moved would have it next; -1 for none.
func (r *releve) chercher(h tlog.Hash) (int64, error) {
	if n := r.lues + r.decalage; r.decalage != 0 && n >= 0 {
		if g, ok, err := r.gardee(n); err != nil || ok && g == h {
			return n, err
		}
	}
	for tuile := int64(0); tuile<<hauteur < r.Taille; tuile++ {
		octets, err := r.arbre.tuile(place{0, tuile})
		if err != nil {
			return 0, err
		}
		for i := 0; i+tlog.HashSize <= len(octets); i += tlog.HashSize {
			if bytes.Equal(octets[i:i+tlog.HashSize], h[:]) {
				return tuile<<hauteur + int64(i/tlog.HashSize), nil
			}
		}
	}
	return -1, nil
}

// ailleurs tells whether an entry with a hash stands anywhere.
func (r *releve) ailleurs(h tlog.Hash) (oui bool, err error) {
	err = r.base.QueryRowContext(r.arbre.ctx, `SELECT 1 FROM journal WHERE empreinte = $1 LIMIT 1`, h[:]).Scan(&oui)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("look for an entry: %w", err)
	}
	return err == nil, nil
}

// pousser adds the next leaf to the tree that is computed again.
func (r *releve) pousser(h tlog.Hash) error {
	if err := r.remplir(0, h); err != nil {
		return err
	}
	r.sommets = append(r.sommets, sommet{1, h})
	for n := len(r.sommets); n > 1 && r.sommets[n-1].feuilles == r.sommets[n-2].feuilles; n = len(r.sommets) {
		a, b := r.sommets[n-2], r.sommets[n-1]
		r.sommets = append(r.sommets[:n-2], sommet{a.feuilles + b.feuilles, tlog.NodeHash(a.Hash, b.Hash)})
	}
	r.lues++
	for len(r.ancres) > 0 && r.ancres[0].Taille == r.lues {
		r.atteindre(r.ancres[0])
		r.ancres = r.ancres[1:]
	}
	return nil
}

// atteindre holds the tree, as far as it has come, to an anchor.
func (r *releve) atteindre(a ancre) {
	if r.racine() != a.Racine {
		r.constater(Constat{Genre: Reecrite, Ancre: a.nom, De: r.sure + 1, A: a.Taille})
		return
	}
	r.Ancres++
	r.sure = a.Taille
}

// racine is the root of the leaves that were pushed.
func (r *releve) racine() (h tlog.Hash) {
	for i := range r.sommets {
		s := r.sommets[len(r.sommets)-1-i]
		if h = tlog.NodeHash(s.Hash, h); i == 0 {
			h = s.Hash
		}
	}
	return h
}

// remplir adds a hash to the tile that grows at a level, above which each whole tile is one hash.
func (r *releve) remplir(niveau int, h tlog.Hash) error {
	if len(r.niveaux) == niveau {
		r.niveaux = append(r.niveaux, make([]tlog.Hash, 0, 1<<hauteur))
	}
	r.niveaux[niveau] = append(r.niveaux[niveau], h)
	t := r.niveaux[niveau]
	if len(t) < 1<<hauteur {
		return nil
	}
	if err := r.comparer(niveau, t); err != nil {
		return err
	}
	r.niveaux[niveau] = t[:0]
	return r.remplir(niveau+1, sommer(t))
}

// sommer is the hash of a whole tile.
func sommer(t []tlog.Hash) tlog.Hash {
	t = append([]tlog.Hash(nil), t...)
	for n := len(t); n > 1; n /= 2 {
		for i := range n / 2 {
			t[i] = tlog.NodeHash(t[2*i], t[2*i+1])
		}
	}
	return t[0]
}

// comparer holds the tile of a level above the first to the one that is kept.
func (r *releve) comparer(niveau int, t []tlog.Hash) error {
	if niveau == 0 { // entries were held to it one by one
		return nil
	}
	// The hash i of this tile is that of 256^niveau entries.
	chacun := int64(1) << (hauteur * niveau)
	numero := r.lues / chacun >> hauteur
	octets, err := r.arbre.tuile(place{int64(niveau), numero})
	if err != nil {
		return err
	}
	for i, h := range t {
		de := (numero<<hauteur + int64(i)) * chacun
		if fin := (i + 1) * tlog.HashSize; len(octets) < fin || !bytes.Equal(octets[fin-tlog.HashSize:fin], h[:]) {
			r.constater(Constat{Genre: Hachage, De: de + 1, A: de + chacun})
		}
	}
	return nil
}
