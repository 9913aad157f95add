package carnet

import "context"

// Soeur is the demande that stands for an order in place of another one of it.
type Soeur struct {
	Numero string
	Etat   Etat
}

// soeur is the later demande of the same order as d that counts, the last one: an order that was taken back, and
// prepared anew, is linked to what it became by its reference alone.
const soeur = `SELECT s.numero FROM demande s WHERE s.reference = d.reference AND d.reference <> '' AND s.id > d.id
	AND s.etat NOT IN ('remplacée', 'annulée') ORDER BY s.id DESC LIMIT 1`

// Soeurs returns, by number in capitals, what stands for the order of each of these demandes besides itself: one that
// has a final answer, else one that waits for it.
func (c *Carnet) Soeurs(ctx context.Context, numeros []string) (map[string]Soeur, error) {
	return table(ctx, c.db, func(scan func(...any) error) (cle string, s Soeur, err error) {
		return cle, s, scan(&cle, &s.Numero, &s.Etat)
	}, func(avant, s Soeur) Soeur {
		if (Reponse{Etat: avant.Etat}).Finale() && avant.Numero != "" {
			return avant
		}
		return s
	}, `SELECT upper(d.numero), s.numero, s.etat FROM json_each(?) q JOIN demande d ON d.numero = q.value AND d.reference <> ''
		JOIN demande s ON s.reference = d.reference AND s.id <> d.id WHERE s.etat NOT IN ('remplacée', 'annulée', 'rejetée') ORDER BY s.id`, enJSON(numeros))
}

// relier ties a demande that was taken back, and is answered all the same, to the one that took its order up: what
// holds for a retry holds for that one.
func (e enregistrement) relier(ctx context.Context, d connue, j *jugement) error {
	if d.Etat != Annulee || j.apres.Etat == Annulee {
		return nil
	}
	suivantes, err := lire(ctx, e.tx, unTexte, "SELECT ("+soeur+") FROM demande d WHERE d.id = ? AND EXISTS ("+soeur+")", d.id)
	if err != nil || len(suivantes) == 0 {
		return err
	}
	if _, err := e.tx.ExecContext(ctx, "UPDATE demande SET remplacee_par = ? WHERE id = ?", suivantes[0], d.id); err != nil {
		return err
	}
	if j.apres.Etat == Rejetee {
		j.apres.Etat = Remplacee
	}
	return nil
}
