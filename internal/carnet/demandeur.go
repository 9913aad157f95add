package carnet

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

// DemandesDesESMS returns the demandes that claimed these ESMS (FINESSGeo), the oldest first.
func (c *Carnet) DemandesDesESMS(ctx context.Context, finess []string) (map[string][]Mention, error) {
	voulus := make(map[string]bool, len(finess))
	for _, esms := range finess {
		voulus[esms] = true
	}
	if len(voulus) == 0 {
		return nil, nil
	}
	d := demandeurs{}
	if _, err := c.demandeurs(ctx, 0, func(esms string, id int64) {
		if voulus[esms] {
			d.ajouter(esms, id)
		}
	}); err != nil {
		return nil, err
	}
	return c.mentions(ctx, d)
}

// DemandesParESMS answers like DemandesDesESMS, for who asks ESMS by ESMS, from several goroutines too: the ledger is
// walked through at the first question, and then only what is new. OGs and ids of demandes never change.
func (c *Carnet) DemandesParESMS() func(ctx context.Context, finess string) ([]Mention, error) {
	var mu sync.Mutex
	tous, dernier := demandeurs{}, int64(0)
	return func(ctx context.Context, finess string) (_ []Mention, err error) {
		mu.Lock()
		dernier, err = c.demandeurs(ctx, dernier, tous.ajouter)
		ids := tous[finess]
		mu.Unlock()
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		m, err := c.mentions(ctx, demandeurs{finess: ids})
		return m[finess], err
	}
}

// demandeurs are the ids of the demandes that claimed an ESMS, the oldest first.
type demandeurs map[string][]int64

// ajouter adds a demande, once.
func (d demandeurs) ajouter(esms string, id int64) {
	if ids := d[esms]; len(ids) == 0 || ids[len(ids)-1] != id {
		d[esms] = append(ids, id)
	}
}

// demandeurs walks through the demandes after one of them, and returns the last one. There is no index of ESMS: it was a
// third of what a lot cost to write.
func (c *Carnet) demandeurs(ctx context.Context, dernier int64, rend func(esms string, id int64)) (int64, error) {
	lues := parcourir(ctx, c.db, func(scan func(...any) error) (ogs string, err error) {
		return ogs, scan(&dernier, &ogs)
	}, "SELECT id, ogs FROM demande WHERE id > ? ORDER BY id", dernier)
	for ogs, err := range lues {
		if err != nil {
			return dernier, err
		}
		esms, err := lireESMS(ogs)
		if err != nil {
			return dernier, err
		}
		for _, e := range esms {
			rend(e, dernier)
		}
	}
	return dernier, nil
}

func (c *Carnet) mentions(ctx context.Context, d demandeurs) (map[string][]Mention, error) {
	paires := [][2]any{} // a FINESS and an id
	for esms, ids := range d {
		for _, id := range ids {
			paires = append(paires, [2]any{esms, id})
		}
	}
	return table(ctx, c.db, mention, ensemble, `SELECT q.value ->> 0, d.numero, d.reference, f.nom, d.etat, d.remplacee_par FROM json_each(?) q
		JOIN demande d ON d.id = q.value ->> 1 JOIN fichier f ON f.id = d.fichier ORDER BY d.id`, enJSON(paires))
}

func mention(scan func(...any) error) (cle string, m []Mention, err error) {
	m = make([]Mention, 1)
	return cle, m, scan(&cle, &m[0].Numero, &m[0].Reference, &m[0].Fichier, &m[0].Etat, &m[0].RemplaceePar)
}

func ensemble(a, b []Mention) []Mention { return append(a, b...) }

// lireESMS reads the ESMS in a list of OGs, several times faster than a list is read: they are the texts in it that no
// colon precedes, as it does the FINESS of an OG, nor follows, as it does a key.
func lireESMS(ogs string) (tous []string, err error) {
	if strings.Contains(ogs, `\`) {
		var liste []OG
		if err := json.Unmarshal([]byte(ogs), &liste); err != nil {
			return nil, fmt.Errorf("read the OGs of a demande: %w", err)
		}
		for _, og := range liste {
			tous = append(tous, og.ESMS...)
		}
		return tous, nil
	}
	morceaux := strings.Split(ogs, `"`)
	for i := 1; i+1 < len(morceaux); i += 2 {
		if morceaux[i-1] != ":" && !strings.HasPrefix(morceaux[i+1], ":") {
			tous = append(tous, morceaux[i])
		}
	}
	return tous, nil
}
