package journal

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// releve is a verification under way: entries come in the order of their places.
type releve struct {
	*Bilan
	base     *sql.DB
	arbre    *arbre
	ancres   []ancre // those that are not reached yet
	sure     int64   // up to which number an anchor has been found to hold
	lues     int64   // places that were seen
	decalage int64   // by how much entries stand elsewhere
	sommets  []sommet
	niveaux  [][]tlog.Hash    // the tile that grows at each level above the first
	fins     map[int64]fin    // ends of chains, as the log has them
	effacees map[string]int64 // numbers of entries without their details, by their ids, until an entry says that they were erased
}

// sommet is the hash of a whole part of the tree.
type sommet struct {
	feuilles int64
	tlog.Hash
}

// relire reads all entries that have a place in the tree.
func (r *releve) relire(ctx context.Context) error {
	err := lire(ctx, r.base, r.entree, colonnes+`WHERE indice >= 0 AND indice < $1 ORDER BY indice`, r.Taille)
	if err != nil {
		return err
	}
	if manque := r.Taille - r.lues; manque > 0 {
		genre := Tronquee
		if r.lues == 0 {
			genre = Vide
		}
		r.constater(Constat{Genre: genre, De: r.lues + 1, A: r.Taille})
		if err := r.sauter(r.Taille); err != nil {
			return err
		}
	}
	for _, numero := range r.effacees {
		r.constater(Constat{Genre: Effacee, De: numero, A: numero})
	}
	return r.conclure()
}

// conclure holds the whole tree to the head.
func (r *releve) conclure() error {
	if r.Taille > 0 && r.Tete.Taille == r.Taille && r.racine() != r.Tete.Racine {
		r.constater(Constat{Genre: Reecrite, De: r.sure + 1, A: r.Taille})
	}
	for i, n := range r.niveaux {
		if len(n) > 0 {
			if err := r.comparer(i, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// entree takes the next entry.
func (r *releve) entree(e *Ecrite) error {
	if place := e.Numero - 1; place > r.lues {
		r.constater(Constat{Genre: Supprimee, De: r.lues + 1, A: place})
		if err := r.sauter(place); err != nil {
			return err
		}
	}
	contenu := tlog.RecordHash(e.feuille())
	gardee, ok, err := r.gardee(r.lues)
	if err != nil {
		return err
	}
	switch {
	case !ok:
		r.constater(Constat{Genre: Hachage, De: e.Numero, A: e.Numero})
		gardee = contenu
	case contenu != gardee:
		if err := r.autre(e, contenu, gardee); err != nil {
			return err
		}
	case !bytes.Equal(e.Empreinte, gardee[:]):
		r.constater(Constat{Genre: Modifiee, De: e.Numero, A: e.Numero})
	}
	if err := r.retenir(e); err != nil {
		return err
	}
	return r.pousser(gardee)
}

// retenir keeps what entries say about the journal itself.
func (r *releve) retenir(e *Ecrite) error {
	switch {
	case e.Effacee:
		r.Effacees++
		r.effacees[strconv.FormatInt(e.Entree, 10)] = e.Numero
	case e.Action == effacement:
		delete(r.effacees, e.Objet)
	case e.Action == scellee:
		if _, ok := r.fins[e.Chaine]; ok {
			return nil
		}
		var d map[string]string
		f := fin{chaine: e.Chaine}
		if json.Unmarshal([]byte(e.details), &d) == nil {
			f.rang, _ = strconv.ParseInt(e.Objet, 10, 64)
			f.empreinte, _ = hex.DecodeString(d["empreinte"])
		}
		r.fins[e.Chaine] = f
	}
	return nil
}

// sauter goes on to a place: what the tree has stands for the entries that are missing.
func (r *releve) sauter(place int64) error {
	for r.lues < place {
		h, _, err := r.gardee(r.lues)
		if err == nil {
			err = r.pousser(h)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// gardee is the hash that the tree has for a place.
func (r *releve) gardee(n int64) (h tlog.Hash, ok bool, err error) {
	octets, err := r.arbre.tuile(place{0, n >> hauteur})
	debut := int(n%(1<<hauteur)) * tlog.HashSize
	if err != nil || len(octets) < debut+tlog.HashSize {
		return h, false, err
	}
	return tlog.Hash(octets[debut:]), true, nil
}
