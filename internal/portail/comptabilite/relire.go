package comptabilite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"slices"

	"guichet/internal/portail/compteur"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// parPartie is how many deposits are read at once.
const parPartie = 100

// fournisseur verifies what is a supplier's, some deposits at a time.
func (r *relecture) fournisseur(ctx context.Context, f int64) error {
	compteurs := map[etat.Etat]compteur.Total{}
	for depuis := int64(math.MinInt64); ; {
		depots, err := r.depots(ctx, f, depuis)
		if err != nil {
			return err
		}
		p := partie{relecture: r, fournisseur: f, depuis: depuis, jusque: math.MaxInt64, depots: depots, compteurs: compteurs}
		if len(depots) == parPartie {
			p.jusque = slices.Max(slices.Collect(maps.Keys(depots)))
		}
		if err := p.relire(ctx); err != nil {
			return err
		}
		if depuis = p.jusque; depuis == math.MaxInt64 {
			return r.compteurs(ctx, f, compteurs)
		}
	}
}

// depotLu is what entries repeat of a deposit.
type depotLu struct {
	id        int64
	numeroAns string
	annee     int
}

func (r *relecture) depots(ctx context.Context, f, depuis int64) (map[int64]depotLu, error) {
	tous, err := db.Lignes(ctx, r.l, func(l db.Ligne, d *depotLu) error {
		var recu int64
		err := l.Scan(&d.id, &d.numeroAns, &recu)
		d.annee = Annee(db.Temps(recu))
		return err
	}, `SELECT id, numero_ans, recu FROM depot WHERE fournisseur_id = $1 AND id > $2 ORDER BY id LIMIT $3`, f, depuis, parPartie)
	if err != nil {
		return nil, fmt.Errorf("list deposits: %w", err)
	}
	depots := make(map[int64]depotLu, len(tous))
	for _, d := range tous {
		depots[d.id] = d
	}
	return depots, nil
}

// partie is some deposits of a supplier.
type partie struct {
	*relecture
	fournisseur    int64
	depuis, jusque int64 // after the one, up to the other
	depots         map[int64]depotLu
	compteurs      map[etat.Etat]compteur.Total
	lignes         map[etat.Cle]Soldes
}

func (p *partie) relire(ctx context.Context) error {
	lues, err := p.lire(ctx)
	if err != nil {
		return err
	}
	p.lignes = map[etat.Cle]Soldes{}
	for len(lues) > 0 {
		n := 1
		for n < len(lues) && lues[n].ecriture == lues[0].ecriture {
			n++
		}
		if err := p.ecriture(lues[:n]); err != nil {
			return err
		}
		lues = lues[n:]
	}
	return p.demandes(ctx)
}

// lue is a line as it is read, with its entry.
type lue struct {
	ecriture int64
	depotLu
	poste, parts sql.NullString
	montant      sql.NullInt64
}

func (p *partie) lire(ctx context.Context) ([]lue, error) {
	lues, err := db.Lignes(ctx, p.l, func(l db.Ligne, x *lue) error {
		return l.Scan(&x.ecriture, &x.id, &x.numeroAns, &x.annee, &x.poste, &x.montant, &x.parts)
	}, `SELECT e.id, e.depot_id, e.numero_ans, e.annee, l.poste, l.montant, l.parts FROM ecriture e LEFT JOIN ecriture_ligne l ON l.ecriture_id = e.id
		WHERE e.fournisseur_id = $1 AND e.depot_id > $2 AND e.depot_id <= $3 ORDER BY e.depot_id, e.id, l.poste`, p.fournisseur, p.depuis, p.jusque)
	if err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	return lues, nil
}

// ecriture verifies one entry, and adds its lines to those of the demandes.
func (p *partie) ecriture(lues []lue) error {
	p.Ecritures++
	ici := lues[0]
	ecart := &Ecart{Fournisseur: p.fournisseur, Ecriture: ici.ecriture}
	switch {
	case !ici.poste.Valid:
		ecart.Quoi, ecart.SansMontant = sansLigne, true
		return ecart
	case p.depots[ici.id] != ici.depotLu:
		ecart.Quoi, ecart.SansMontant = autreDepot, true
		return ecart
	}
	var total Soldes
	for _, l := range lues {
		ecart.Demande, ecart.Poste = &etat.Cle{Depot: l.id}, l.poste.String
		poste, ok := Lire(l.poste.String)
		if !ok {
			ecart.Quoi, ecart.SansMontant = illisible, true
			return ecart
		}
		parts := int64(0)
		err := lireParts(l.parts.String, func(rang int, montant int64) {
			c := etat.Cle{Depot: l.id, Rang: rang}
			s := p.lignes[c]
			s[poste] += montant
			p.lignes[c], parts, ecart.Demande = s, parts+montant, &c
		})
		switch {
		case err != nil:
			ecart.Quoi, ecart.SansMontant = illisible, true
			return ecart
		case parts != l.montant.Int64:
			ecart.Quoi, ecart.Trouve, ecart.Attendu = partsAutres, l.montant.Int64, parts
			return ecart
		}
		total[poste] += parts
		if l.ecriture <= p.relecture.jusque {
			p.arretes[cleSolde{p.fournisseur, l.numeroAns, l.annee, poste}] += parts
		}
	}
	if !total.Equilibres() {
		ecart.Quoi, ecart.SansMontant = desequilibre, true
		return ecart
	}
	return nil
}

// demandes compares the lines of each demande with what it says.
func (p *partie) demandes(ctx context.Context) error {
	type demande struct {
		etat.Cle
		Demande
	}
	toutes, err := db.Lignes(ctx, p.l, func(l db.Ligne, d *demande) error {
		return l.Scan(&d.Depot, &d.Rang, &d.Etat, &d.Montant, &d.Accorde)
	}, `SELECT depot_id, rang, etat, montant, accorde FROM demande WHERE fournisseur_id = $1 AND depot_id > $2 AND depot_id <= $3 ORDER BY depot_id, rang`, p.fournisseur, p.depuis, p.jusque)
	if err != nil {
		return fmt.Errorf("read demandes: %w", err)
	}
	for _, d := range toutes {
		if err := p.comparer(d.Cle, d.Demande.Soldes()); err != nil {
			return err
		}
		delete(p.lignes, d.Cle)
		p.Demandes++
		p.compteurs[d.Etat] = p.compteurs[d.Etat].Plus(compteur.De(d.Etat, d.Montant, d.Accorde))
	}
	for _, c := range slices.SortedFunc(maps.Keys(p.lignes), func(a, b etat.Cle) int {
		return cmp.Or(cmp.Compare(a.Depot, b.Depot), cmp.Compare(a.Rang, b.Rang))
	}) { // what is left is of demandes that there are not
		if err := p.comparer(c, Soldes{}); err != nil {
			return err
		}
	}
	return nil
}

// comparer finds the first place where the lines of a demande are not what it says.
func (p *partie) comparer(c etat.Cle, attendus Soldes) error {
	trouves := p.lignes[c]
	for poste, attendu := range attendus {
		if trouves[poste] != attendu {
			return &Ecart{Quoi: demandeAutre, Fournisseur: p.fournisseur, Demande: &c, Poste: Postes[poste].Code, Trouve: trouves[poste], Attendu: attendu}
		}
	}
	p.Soldes = p.Soldes.Plus(attendus)
	return nil
}
