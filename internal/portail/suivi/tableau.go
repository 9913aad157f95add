package suivi

import (
	"context"
	"fmt"
	"time"

	"guichet/controle"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Chiffres are the figures of a supplier, or of all of them.
type Chiffres struct {
	Etats    []ParEtat    // in the order of a demande's life, all of them
	Semaines []ParSemaine // the last ones, the oldest first, those without a deposit included
	Rejets   []ParRejet   // the most frequent ones first

	// Cents. Demande and Accorde are amounts: what is asked, without what was refused or withdrawn, and what was granted of it.
	// Avance and Paye are advances: of what was approved, and those that were paid.
	Demande, Accorde, Avance, Paye int64
}

// ParEtat counts the demandes of a state, and their amounts in cents.
type ParEtat struct {
	etat.Description
	Nombre, Montant, Accorde, Avance int64
}

// ParSemaine counts what was deposited in a week.
type ParSemaine struct {
	Lundi                       time.Time
	Depots, Acceptees, Rejetees int64
}

// ParRejet counts how often a code was given.
type ParRejet struct {
	Code   string
	Titre  modele.Texte
	Nombre int64
}

const (
	nbSemaines = 12
	maxRejets  = 10
)

// Chiffrer reads the figures of a supplier, or of all of them for the agency (0). Counters that are kept while
// demandes change make it: it costs the same whatever the number of demandes.
func (s *Service) Chiffrer(ctx context.Context, fournisseur int64) (*Chiffres, error) {
	c := &Chiffres{}
	for _, lire := range []func(context.Context, *Chiffres, int64) error{s.etats, s.paye, s.semaines, s.rejets} {
		if err := lire(ctx, c, fournisseur); err != nil {
			return nil, fmt.Errorf("read the figures: %w", err)
		}
	}
	return c, nil
}

func (s *Service) etats(ctx context.Context, c *Chiffres, fournisseur int64) (err error) {
	c.Etats, err = s.Etats(ctx, fournisseur)
	for _, p := range c.Etats {
		c.ajouter(p)
	}
	return err
}

// Etats count the demandes of each state: as a supplier sees them, or as the agency (0) does, whose queue counts the same but for those that lack
// documents, which are in none.
func (s *Service) Etats(ctx context.Context, fournisseur int64) ([]ParEtat, error) {
	lire := func(requete string, args ...any) ([]ParEtat, error) {
		lus, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, p *ParEtat) error {
			return l.Scan(&p.Etat, &p.Nombre, &p.Montant, &p.Accorde, &p.Avance)
		}, requete, args...)
		if err != nil {
			return nil, fmt.Errorf("count the demandes by state: %w", err)
		}
		return lus, nil
	}
	lus, err := lire(`SELECT etat, CAST(SUM(nombre) AS BIGINT), CAST(SUM(montant) AS BIGINT), CAST(SUM(accorde) AS BIGINT), CAST(SUM(avance) AS BIGINT) FROM demande_etat WHERE CAST($1 AS BIGINT) = 0 OR fournisseur_id = $1 GROUP BY etat`, fournisseur)
	if err != nil {
		return nil, err
	}
	parEtat := map[etat.Etat]ParEtat{}
	for _, p := range lus {
		parEtat[p.Etat] = p
	}
	if fournisseur != 0 {
		return parmi(etat.Montres(), parEtat), nil
	}
	etapes, err := lire(`SELECT etape, COUNT(*), CAST(SUM(montant) AS BIGINT), 0, 0 FROM demande WHERE etape <> '' GROUP BY etape`)
	for _, p := range etapes {
		montree := parEtat[p.Etat.Montre()]
		montree.Nombre, montree.Montant = montree.Nombre-p.Nombre, montree.Montant-p.Montant
		parEtat[p.Etat.Montre()], parEtat[p.Etat] = montree, p
	}
	return parmi(etat.Tous, parEtat), err
}

// parmi lists what was counted in the order of a demande's life.
func parmi(etats []etat.Description, comptes map[etat.Etat]ParEtat) (tous []ParEtat) {
	for _, d := range etats {
		p := comptes[d.Etat]
		p.Description = d
		tous = append(tous, p)
	}
	return tous
}

// ajouter counts a state among what is asked and granted. What was refused or withdrawn is asked no longer; an award is one until it is
// taken back, and its supplier is told.
func (c *Chiffres) ajouter(p ParEtat) {
	if !p.Etat.Abandonnee() {
		c.Demande += p.Montant
	}
	if p.Etat.Accordee() {
		c.Accorde += p.Accorde
		c.Avance += p.Avance
	}
}

func (s *Service) paye(ctx context.Context, c *Chiffres, fournisseur int64) error {
	return s.Base.Lire().QueryRowContext(ctx, `SELECT CAST(COALESCE(SUM(montant), 0) AS BIGINT) FROM avance_payee
		WHERE CAST($1 AS BIGINT) = 0 OR fournisseur_id = $1`, fournisseur).Scan(&c.Paye)
}

func (s *Service) semaines(ctx context.Context, c *Chiffres, fournisseur int64) error {
	premier := lundi(s.Maintenant()).AddDate(0, 0, -7*(nbSemaines-1))
	for i := range nbSemaines {
		c.Semaines = append(c.Semaines, ParSemaine{Lundi: premier.AddDate(0, 0, 7*i)})
	}
	type ligne struct {
		semaine int64
		ParSemaine
	}
	lues, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, p *ligne) error {
		return l.Scan(&p.semaine, &p.Depots, &p.Acceptees, &p.Rejetees)
	}, `SELECT semaine, CAST(SUM(depots) AS BIGINT), CAST(SUM(acceptees) AS BIGINT), CAST(SUM(rejetees) AS BIGINT) FROM depot_semaine
		WHERE semaine >= $1 AND (CAST($2 AS BIGINT) = 0 OR fournisseur_id = $2) GROUP BY semaine`, semaine(premier), fournisseur)
	for _, l := range lues {
		for i := range c.Semaines {
			if semaine(c.Semaines[i].Lundi) == l.semaine {
				l.Lundi = c.Semaines[i].Lundi
				c.Semaines[i] = l.ParSemaine
			}
		}
	}
	return err
}

func (s *Service) rejets(ctx context.Context, c *Chiffres, fournisseur int64) (err error) {
	c.Rejets, err = db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, p *ParRejet) error {
		err := l.Scan(&p.Code, &p.Nombre)
		if r, ok := controle.Regle(p.Code); ok {
			p.Titre = r.Titre
		}
		return err
	}, `SELECT code, CAST(SUM(nombre) AS BIGINT) AS n FROM rejet_code WHERE CAST($1 AS BIGINT) = 0 OR fournisseur_id = $1 GROUP BY code ORDER BY n DESC, code LIMIT $2`,
		fournisseur, maxRejets)
	return err
}
