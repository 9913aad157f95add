package comptabilite

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Ecart is a difference between the accounts and what they are of.
type Ecart struct {
	Quoi            modele.Texte
	Fournisseur     int64
	Demande         *etat.Cle // nil for what is no single demande's
	Ecriture        int64     // 0 likewise
	Poste           string    // place, or state that is counted
	Trouve, Attendu int64     // cents, or how many
	Nombre          bool      // Trouve and Attendu are how many
	SansMontant     bool      // they say nothing
}

// Error tells it to developers.
func (e *Ecart) Error() string {
	return fmt.Sprintf("accounts: %s: supplier %d, demande %v, entry %d, %s: found %d, expected %d", e.Quoi.En, e.Fournisseur, e.Demande, e.Ecriture, e.Poste, e.Trouve, e.Attendu)
}

// What a difference is of.
var (
	desequilibre   = modele.Texte{Fr: "une écriture n'est pas équilibrée", En: "an entry is not balanced"}
	sansLigne      = modele.Texte{Fr: "une écriture n'a pas de ligne", En: "an entry has no line"}
	sansEcriture   = modele.Texte{Fr: "une ligne n'est d'aucune écriture", En: "a line is of no entry"}
	partsAutres    = modele.Texte{Fr: "les parts d'une ligne ne font pas son montant", En: "the parts of a line are not its amount"}
	illisible      = modele.Texte{Fr: "une ligne ne se lit pas", En: "a line cannot be read"}
	autreDepot     = modele.Texte{Fr: "une écriture n'est pas du dépôt qu'elle dit (logiciel, année)", En: "an entry is not of the deposit that it names (software, year)"}
	demandeAutre   = modele.Texte{Fr: "les lignes d'une demande ne font pas ce que dit son état", En: "the lines of a request are not what its state says"}
	arreteAutre    = modele.Texte{Fr: "un solde arrêté n'est pas la somme de ses lignes", En: "a kept balance is not the sum of its lines"}
	soldeAutre     = modele.Texte{Fr: "un solde n'est pas la somme des demandes", En: "a balance is not the sum of the requests"}
	compteurAutre  = modele.Texte{Fr: "un compteur n'est pas ce que font les demandes", En: "a counter is not what the requests come to"}
	avancesAutres  = modele.Texte{Fr: "les avances payées ne sont pas celles des demandes payées", En: "the advances paid are not those of the requests that are paid"}
	nombreEcriture = modele.Texte{Fr: "des écritures ne sont d'aucun fournisseur", En: "entries are of no supplier"}
)

// Verifie is what was found right.
type Verifie struct {
	Ecritures, Demandes int64
	Soldes              Soldes
}

// Verifier reads all of the accounts at one moment, beside the demandes: each entry is balanced, the lines of each demande are what its
// state says, balances and counters are the sums. It returns what it found, or the first *Ecart.
func (s *Service) Verifier(ctx context.Context) (v Verifie, err error) {
	err = s.Base.Instantane(ctx, func(ctx context.Context, l db.Lecteur) error {
		r := relecture{Service: s, l: l, arretes: map[cleSolde]int64{}, Verifie: &v}
		return r.tout(ctx)
	})
	return v, err
}

// relecture is one verification.
type relecture struct {
	*Service
	*Verifie
	l       db.Lecteur
	jusque  int64
	arretes map[cleSolde]int64 // sums of the lines up to the closing
}

type cleSolde struct {
	fournisseur int64
	numeroAns   string
	annee       int
	poste       Poste
}

func (r *relecture) tout(ctx context.Context) error {
	if err := r.l.QueryRowContext(ctx, `SELECT jusque FROM arrete WHERE id = 1`).Scan(&r.jusque); err != nil {
		return fmt.Errorf("read the closing of the accounts: %w", err)
	}
	fournisseurs, err := db.Lignes(ctx, r.l, func(l db.Ligne, f *int64) error { return l.Scan(f) },
		`SELECT id FROM fournisseur UNION SELECT fournisseur_id FROM ecriture UNION SELECT fournisseur_id FROM demande_etat ORDER BY 1`)
	if err != nil {
		return fmt.Errorf("list the suppliers: %w", err)
	}
	for _, f := range fournisseurs {
		if err := r.fournisseur(ctx, f); err != nil {
			return err
		}
	}
	for _, verifier := range []func(context.Context) error{r.orphelines, r.arrete, r.solde} {
		if err := verifier(ctx); err != nil {
			return err
		}
	}
	return nil
}

// orphelines looks for lines whose entry is gone.
func (r *relecture) orphelines(ctx context.Context) error {
	var ecriture, n int64
	err := r.l.QueryRowContext(ctx, `SELECT COALESCE(MIN(l.ecriture_id), 0), COUNT(*) FROM ecriture_ligne l WHERE NOT EXISTS (SELECT 1 FROM ecriture e WHERE e.id = l.ecriture_id)`).Scan(&ecriture, &n)
	switch {
	case err != nil:
		return fmt.Errorf("look for lines without an entry: %w", err)
	case n > 0:
		return &Ecart{Quoi: sansEcriture, Ecriture: ecriture, Trouve: n, Nombre: true}
	}
	return nil
}

// arrete compares the kept balances with the lines that they are of.
func (r *relecture) arrete(ctx context.Context) error {
	type kept struct {
		cleSolde
		poste   string
		montant int64
	}
	gardes, err := db.Lignes(ctx, r.l, func(l db.Ligne, k *kept) error {
		return l.Scan(&k.fournisseur, &k.numeroAns, &k.annee, &k.poste, &k.montant)
	}, `SELECT fournisseur_id, numero_ans, annee, poste, montant FROM arrete_montant ORDER BY fournisseur_id, numero_ans, annee, poste`)
	if err != nil {
		return fmt.Errorf("read the kept balances: %w", err)
	}
	for _, k := range gardes {
		poste, ok := Lire(k.poste)
		k.cleSolde.poste = poste
		if attendu := r.arretes[k.cleSolde]; !ok || attendu != k.montant {
			return &Ecart{Quoi: arreteAutre, Fournisseur: k.fournisseur, Poste: k.poste, Trouve: k.montant, Attendu: attendu}
		}
		delete(r.arretes, k.cleSolde)
	}
	for _, c := range slices.SortedFunc(maps.Keys(r.arretes), func(a, b cleSolde) int {
		return cmp.Or(cmp.Compare(a.fournisseur, b.fournisseur), cmp.Compare(a.poste, b.poste))
	}) {
		if attendu := r.arretes[c]; attendu != 0 {
			return &Ecart{Quoi: arreteAutre, Fournisseur: c.fournisseur, Poste: Postes[c.poste].Code, Attendu: attendu}
		}
	}
	return nil
}

// solde compares the balance that pages show with the demandes.
func (r *relecture) solde(ctx context.Context) error {
	total, err := r.Solder(ctx, r.l, Filtre{})
	if err != nil {
		return err
	}
	for p, attendu := range r.Soldes {
		if total[p] != attendu {
			return &Ecart{Quoi: soldeAutre, Poste: Postes[p].Code, Trouve: total[p], Attendu: attendu}
		}
	}
	var n int64
	if err := r.l.QueryRowContext(ctx, `SELECT COUNT(*) FROM ecriture`).Scan(&n); err != nil {
		return fmt.Errorf("count the entries: %w", err)
	}
	if n != r.Ecritures {
		return &Ecart{Quoi: nombreEcriture, Trouve: n, Attendu: r.Ecritures, Nombre: true}
	}
	return nil
}
