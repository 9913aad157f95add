package comptabilite

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
)

// Ecriture is one entry: what an act did to demandes of one deposit.
type Ecriture struct {
	Instant     time.Time
	Acte        string // as in the journal: "depot.accepte", "demande.validee"
	Compte      int64  // who did it, 0 for the program
	Depot       int64
	Fournisseur int64
	NumeroAns   string    // the software
	Recu        time.Time // when it was deposited
	Pas         []Pas
}

// Pas is what was to be accounted for of a demande before the act, and what is after it.
type Pas struct {
	Rang  int
	De, A Demande
}

// Annee is the year that a deposit counts in: where the agency is.
func Annee(recu time.Time) int { return recu.In(web.Paris()).Year() }

// Passer writes an entry when the transaction ends: the difference of what each demande says, balanced by construction. What changes no
// amount makes no entry.
func Passer(ctx context.Context, tx *sql.Tx, d db.Dialecte, e Ecriture) error {
	lignes := e.lignes()
	if len(lignes) == 0 {
		return nil
	}
	return db.Differer(ctx, tx, aPasser{e, lignes}, func(ctx context.Context, tx *sql.Tx, tout []aPasser) error {
		return ecrire(ctx, tx, d, tout)
	})
}

type aPasser struct {
	Ecriture
	lignes []ligne
}

// ligne is one place of an entry: the amount, and the part of each demande in it.
type ligne struct {
	poste   Poste
	montant int64
	parts   Parts
}

// lignes are those of an entry, in the order of their places.
func (e *Ecriture) lignes() (lignes []ligne) {
	var par [nPostes]ligne
	for _, p := range e.Pas {
		for poste, montant := range p.A.Soldes().Moins(p.De.Soldes()) {
			if montant != 0 {
				par[poste].montant += montant
				par[poste].parts.ajouter(p.Rang, montant)
			}
		}
	}
	for poste, l := range par {
		if l.parts.texte != nil {
			l.poste = Poste(poste)
			lignes = append(lignes, l)
		}
	}
	return lignes
}

// deDialecte has the statements of each database, whose texts never change.
var deDialecte = sync.OnceValue(func() map[string]*db.Famille {
	toutes := map[string]*db.Famille{}
	for _, d := range db.Dialectes() {
		f := &db.Famille{
			Parents: db.Insertion{Table: "ecriture", Colonnes: []db.Colonne{
				{Nom: "instant", Type: "bigint"}, {Nom: "acte", Type: "text"}, {Nom: "compte_id", Type: "bigint"}, {Nom: "depot_id", Type: "bigint"},
				{Nom: "fournisseur_id", Type: "bigint"}, {Nom: "numero_ans", Type: "text"}, {Nom: "annee", Type: "bigint"},
			}},
			Enfants: db.Insertion{Table: "ecriture_ligne", Colonnes: []db.Colonne{
				{Nom: "ecriture_id", Type: "bigint"}, {Nom: "poste", Type: "text"}, {Nom: "montant", Type: "bigint"}, {Nom: "parts", Type: "text"},
			}},
		}
		f.Preparer(d)
		toutes[d.Nom] = f
	}
	return toutes
})

// porte is the name that entries are written under, and that who closes the accounts takes alone: no entry comes with an earlier number
// after that.
const porte = "comptabilite"

// ecrire writes the entries of a transaction.
func ecrire(ctx context.Context, tx *sql.Tx, d db.Dialecte, tout []aPasser) error {
	if err := d.Partager(ctx, tx, porte); err != nil {
		return err
	}
	var instants, comptes, depots, fournisseurs, annees, de, montants db.Entiers
	var actes, logiciels, postes, parts db.Textes
	for i, e := range tout {
		instants, actes, comptes = append(instants, db.Instant(e.Instant)), append(actes, e.Acte), append(comptes, e.Compte)
		depots, fournisseurs = append(depots, e.Depot), append(fournisseurs, e.Fournisseur)
		logiciels, annees = append(logiciels, e.NumeroAns), append(annees, int64(Annee(e.Recu)))
		for _, l := range e.lignes {
			de, postes = append(de, int64(i)), append(postes, Postes[l.poste].Code)
			montants, parts = append(montants, l.montant), append(parts, string(l.parts.texte))
		}
	}
	ecritures := []db.Valeurs{instants, actes, comptes, depots, fournisseurs, logiciels, annees}
	if err := deDialecte()[d.Nom].Executer(ctx, tx, ecritures, de, postes, montants, parts); err != nil {
		return fmt.Errorf("write the accounts: %w", err)
	}
	return nil
}
