package main

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"guichet/internal/carnet"
	"guichet/modele"
	"guichet/modele/ajustement"
)

// edited tells whether a file that is said to be deposited has other bytes than those that were made, and in which
// values; the ledger then holds to what was deposited.
func (p *program) edited(ctx context.Context, ledger *carnet.Carnet, m *modele.Modele, name string) (bool, error) {
	waiting, err := ledger.ADeposer(ctx)
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(waiting, func(a carnet.Attendu) bool { return a.Nom == filepath.Base(name) })
	if i < 0 {
		return false, nil
	}
	f := waiting[i]
	if _, err := os.Stat(name); err == nil {
		f.Dossier = filepath.Dir(name)
	}
	if !errors.Is(f.Verifier(), carnet.ErrModifie) || !strings.HasPrefix(f.Nom, "JSON-") { // a draft is there to be edited
		return false, nil
	}
	octets, err := os.ReadFile(f.Chemin())
	if err != nil {
		return false, err
	}
	known, err := ledger.Depot(ctx, f.Numeros, nil, "")
	if err != nil {
		return false, err
	}
	p.say("%s a été modifié depuis sa préparation : le carnet retient ce qui a été déposé ; guichet prepare, avec le tableau, dit chaque valeur qui n'est plus la sienne",
		"%s was changed after it was made: the ledger keeps what was deposited; guichet prepare, with the table, tells each value that is no longer its own", shown(f.Nom))
	p.tellEdited(known.Demandes, recordedOf(ajustement.Table(m, m, octets), octets))
	return true, ledger.DeposerAutrement(ctx, f.Nom, sumOf(octets))
}

// tellEdited tells what differs of the values that the ledger keeps.
func (p *program) tellEdited(made map[string]carnet.Suivie, now []recorded) {
	for _, r := range now {
		s, ours := made[strings.ToUpper(r.number)]
		if !ours {
			p.say("  demande %s : elle n'a pas été préparée dans ce fichier", "  request %s: it was not prepared in this one", shown(orDash(r.number)))
			continue
		}
		delete(made, strings.ToUpper(r.number))
		for _, v := range [][3]string{
			{"commande.montantSegurHT", amountOf(s.Montant), amountOf(r.amount)},
			{"commande.regimeTVA", s.Regime, r.regime},
			{"FINESS", strings.Join(establishments(&s), " "), strings.Join(establishments(&carnet.Suivie{Demande: carnet.Demande{OGs: r.ogs}}), " ")},
		} {
			if v[1] != v[2] {
				p.say("  demande %s, %s : préparé %s, déposé %s", "  request %s, %s: prepared %s, deposited %s", shown(s.Numero), v[0], shown(orDash(v[1])), shown(orDash(v[2])))
			}
		}
	}
	for _, number := range slices.Sorted(maps.Keys(made)) {
		p.say("  demande %s : elle n'y est plus", "  request %s: it is no longer there", shown(number))
	}
}
