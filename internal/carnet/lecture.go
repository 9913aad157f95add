package carnet

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"
)

// Filtre selects demandes; its zero value takes all. Texts are exact, but for Texte, which may be any part
// of what the ledger says of a demande, ASCII letters in any case.
type Filtre struct {
	Etats                                     []Etat
	Depuis, Jusqua                            time.Time // of the preparation: from Depuis included to Jusqua excluded
	Numero, Reference, FINESS, Fichier, Texte string
	Limite, Decalage                          int // of a page; no limit when 0
}

// sql returns the condition and its values.
func (f Filtre) sql() (string, []any) {
	conditions, valeurs := []string{"true"}, []any{}
	si := func(vrai bool, condition string, v ...any) {
		if vrai {
			conditions, valeurs = append(conditions, condition), append(valeurs, v...)
		}
	}
	si(len(f.Etats) > 0, "d.etat IN (SELECT value FROM json_each(?))", enJSON(f.Etats))
	si(!f.Depuis.IsZero(), "f.instant >= ?", f.Depuis.UnixMicro())
	si(!f.Jusqua.IsZero(), "f.instant < ?", f.Jusqua.UnixMicro())
	si(f.Numero != "", "d.numero = ?", f.Numero)
	si(f.Reference != "", "d.reference = ?", f.Reference)
	// Whether it is there at all is known ten times sooner than where.
	si(f.FINESS != "", "instr(d.ogs, ?) AND EXISTS (SELECT 1 FROM json_tree(d.ogs) WHERE atom = ?)", enJSON(f.FINESS), f.FINESS)
	si(f.Fichier != "", "f.nom = ?", f.Fichier)
	const partout = `d.numero || char(10) || d.reference || char(10) || d.ogs || char(10) || d.pieces || char(10) || d.etat || char(10) ||
		d.numero_asp || char(10) || d.code || char(10) || d.libelle || char(10) || f.nom`
	si(f.Texte != "", partout+` LIKE ? ESCAPE '\'`, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(f.Texte)+"%")
	return strings.Join(conditions, " AND "), valeurs
}

const colonnesSuivies = `d.numero, d.num_ligne, d.reference, d.ogs, d.montant, d.regime, d.pieces, d.etat, d.remplacee_par,
	d.numero_asp, d.code, d.libelle, f.nom, f.imp_id, f.instant,
	coalesce((SELECT a.numero FROM demande a WHERE a.remplacee_par = d.numero AND a.remplacee_par <> '' LIMIT 1), '')`

func suivie(scan func(...any) error) (s Suivie, err error) {
	var ogs, pieces string
	var instant int64
	err = scan(&s.Numero, &s.NumLigne, &s.Reference, &ogs, &s.Montant, &s.Regime, &pieces, &s.Etat, &s.RemplaceePar,
		&s.NumeroASP, &s.Code, &s.Libelle, &s.Fichier, &s.ImpID, &instant, &s.Remplace)
	if err != nil {
		return s, err
	}
	return s, s.decoder(ogs, pieces, instant)
}

// Demandes walks along the demandes, in the order in which they were prepared. An error is the last thing that
// it gives. They are read by pages: who shows them slowly, page by page at a terminal, keeps no writer waiting.
func (c *Carnet) Demandes(ctx context.Context, f Filtre) iter.Seq2[Suivie, error] {
	return func(rend func(Suivie, error) bool) {
		dernier, reste, decalage := int64(0), f.Limite, f.Decalage
		for {
			page := parPage
			if f.Limite > 0 {
				page = min(page, reste)
			}
			suivies, err := c.page(ctx, f, &dernier, page, decalage)
			if err != nil {
				rend(Suivie{}, err)
				return
			}
			for _, s := range suivies {
				if !rend(s, nil) {
					return
				}
			}
			if reste -= len(suivies); len(suivies) < parPage || f.Limite > 0 && reste == 0 {
				return
			}
			decalage = 0
		}
	}
}

const parPage = 1_000

// page reads the demandes after the last one that was read.
func (c *Carnet) page(ctx context.Context, f Filtre, dernier *int64, limite, decalage int) ([]Suivie, error) {
	condition, valeurs := f.sql()
	return lire(ctx, c.db, func(scan func(...any) error) (Suivie, error) {
		return suivie(func(champs ...any) error { return scan(append(champs, dernier)...) })
	}, "SELECT "+colonnesSuivies+", d.id FROM demande d JOIN fichier f ON f.id = d.fichier WHERE "+condition+
		" AND d.id > ? ORDER BY d.id LIMIT ? OFFSET ?", append(valeurs, *dernier, limite, decalage)...)
}

// Total counts the demandes of a state and adds up their amounts.
type Total struct {
	Etat     Etat
	Demandes int
	Montant  int64 // cents
}

// Totaux returns the totals of the states that there are, the ledger's own states first.
func (c *Carnet) Totaux(ctx context.Context, f Filtre) ([]Total, error) {
	condition, valeurs := f.sql()
	return lire(ctx, c.db, func(scan func(...any) error) (t Total, err error) {
		return t, scan(&t.Etat, &t.Demandes, &t.Montant)
	}, `SELECT d.etat, count(*), sum(d.montant) FROM demande d JOIN fichier f ON f.id = d.fichier WHERE `+condition+`
		GROUP BY d.etat ORDER BY CASE d.etat WHEN 'préparée' THEN 0 WHEN 'déposée' THEN 1 WHEN 'sans réponse' THEN 2
		WHEN 'acceptée' THEN 3 WHEN 'rejetée' THEN 4 WHEN 'remplacée' THEN 7 WHEN 'annulée' THEN 8 ELSE 6 END, d.etat`, valeurs...)
}

// Histoire returns what happened to a demande, the oldest first.
func (c *Carnet) Histoire(ctx context.Context, numero string) ([]Evenement, error) {
	return lire(ctx, c.db, func(scan func(...any) error) (e Evenement, err error) {
		var instant int64
		err = scan(&instant, &e.Genre, &e.Fichier, &e.Texte)
		e.Instant = time.UnixMicro(instant).UTC()
		return e, err
	}, `WITH d AS (SELECT d.id, d.fichier, f.nom, f.instant FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ?)
		SELECT instant, 'prepare', nom, '' FROM (SELECT * FROM d)
		UNION ALL SELECT * FROM (SELECT e.instant, e.genre, d.nom, e.texte FROM evenement e JOIN d ON e.demande = d.id OR e.fichier = d.fichier ORDER BY e.id)`, numero)
}

// Vide tells whether no number was ever used.
func (c *Carnet) Vide(ctx context.Context) (vide bool, err error) {
	err = c.db.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM demande) AND NOT EXISTS (SELECT 1 FROM ailleurs)").Scan(&vide)
	if err != nil {
		return false, fmt.Errorf("read the ledger: %w", err)
	}
	return vide, nil
}

// SansReference tells whether there are demandes of which nobody knows the order.
func (c *Carnet) SansReference(ctx context.Context) (oui bool, err error) {
	err = c.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM demande WHERE reference = '')").Scan(&oui)
	if err != nil {
		return false, fmt.Errorf("read the ledger: %w", err)
	}
	return oui, nil
}
