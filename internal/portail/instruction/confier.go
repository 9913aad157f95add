package instruction

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Confier hands a demande over to another person who examines. What it waits for goes with it.
func (s *Service) Confier(ctx context.Context, a Agent, c etat.Cle, a2 int64) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := s.Tenir(ctx, tx, a, c); err != nil {
			return err
		}
		if _, err := s.instructeur(ctx, tx, a2); err != nil {
			return err
		}
		if err := s.poserAgent(ctx, tx, c, a2); err != nil {
			return err
		}
		return s.consigner(ctx, tx, a.Compte, c, "confiee", map[string]string{"a": strconv.FormatInt(a2, 10)})
	})
}

// instructeur finds a person who examines.
func (s *Service) instructeur(ctx context.Context, q db.Lecteur, compte int64) (Agent, error) {
	agents, err := s.Agents(ctx, q, etat.Instructeur)
	if err != nil {
		return Agent{}, err
	}
	i := slices.IndexFunc(agents, func(a Agent) bool { return a.Compte == compte })
	if i < 0 {
		return Agent{}, refuser("Cette personne n'instruit pas, ou plus : choisissez-en une autre.", "This person does not examine, or no longer: choose another one.")
	}
	return agents[i], nil
}

// Laisse is a demande that could not be handed over, and why.
type Laisse struct {
	NumeroASP string
	Pourquoi  modele.Texte
}

// maxConfies is how much is handed over in one go.
const maxConfies = 10_000

// ToutConfier has somebody (par) hand over all that a person holds, and tells what could not be. Who asks is that person, or an administrator.
// The demandes that the other person has proposed or decided something of stay: who decides is not who examined.
func (s *Service) ToutConfier(ctx context.Context, par, de, a int64) (n int, laisses []Laisse, err error) {
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n, laisses = 0, nil
		autre, err := s.instructeur(ctx, tx, a)
		if err != nil {
			return err
		}
		if a == de {
			return refuser("Choisissez une autre personne que celle qui confie.", "Choose another person than the one who hands over.")
		}
		tenus, err := db.Lignes(ctx, tx, func(l db.Ligne, d *Dossier) error { return s.scruter(l, d) },
			`SELECT `+colonnes+depuis+` WHERE x.agent_id = $1 AND x.etat IN ('complete', 'instruction', 'a_modifier', 'a_valider') ORDER BY x.echeance, x.depot_id, x.rang LIMIT $2`, de, maxConfies)
		if err != nil {
			return fmt.Errorf("list what a person holds: %w", err)
		}
		var confiees []Dossier
		for _, d := range tenus {
			if d.Etat == etat.AValider && autre.Roles&etat.Valideur != 0 {
				laisses = append(laisses, Laisse{d.NumeroASP, modele.Texte{
					Fr: ecrit.Nom(autre.Nom) + " peut avoir à la valider : elle reste où elle est jusqu'à la décision.",
					En: ecrit.Nom(autre.Nom) + " may have to decide on it: it stays where it is until the decision.",
				}})
				continue
			}
			if err := s.poserAgent(ctx, tx, d.Cle, a); err != nil {
				return err
			}
			confiees = append(confiees, d)
			n++
		}
		return s.consignerConfiees(ctx, tx, par, de, a, confiees)
	})
	if err != nil {
		return 0, nil, err
	}
	return n, laisses, nil
}

// Suivante takes the first demande of a list that nobody holds; ErrVide when there is none left.
func (s *Service) Suivante(ctx context.Context, a Agent, f Filtre) (etat.Cle, error) {
	f.File = APrendre
	for range maxEssais {
		p, err := s.Lister(ctx, f, nil, maxCandidats)
		if err != nil {
			return etat.Cle{}, err
		}
		if len(p.Dossiers) == 0 {
			return etat.Cle{}, ErrVide
		}
		c, pris, err := s.prendreUne(ctx, a, p.Dossiers)
		if pris || err != nil {
			return c, err
		}
	}
	return etat.Cle{}, ErrVide
}

// How often the head of the queue is looked at again when others took all of it, and how much of it is looked at.
const (
	maxEssais    = 5
	maxCandidats = 50
)

// ErrVide says that nothing waits to be examined.
var ErrVide = errors.New("nothing waits to be examined")

func (s *Service) prendreUne(ctx context.Context, a Agent, candidats []Dossier) (c etat.Cle, pris bool, err error) {
	for _, d := range candidats {
		err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			pris, err = s.prendre(ctx, tx, a, d.Cle, 0)
			return err
		})
		if pris || err != nil {
			return d.Cle, pris, err
		}
	}
	return c, false, nil
}
