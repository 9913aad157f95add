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

// tenues are the states in which a demande is somebody's to go on with: what the agency has something to do with, and the awards that may be
// taken back.
const tenues = `x.etat IN ('complete', 'instruction', 'a_modifier', 'a_valider', 'retrait_envisage', 'retrait_propose')`

// reste says why a demande stays where it is when all is handed over to somebody; zero when it goes. Who may have to decide is not who examined.
func reste(d *Dossier, autre Agent) modele.Texte {
	if autre.Roles&etat.Valideur == 0 || !slices.Contains([]etat.Etat{etat.AValider, etat.RetraitEnvisage, etat.RetraitPropose}, d.Etat) {
		return modele.Texte{}
	}
	return modele.Texte{
		Fr: ecrit.Nom(autre.Nom) + " peut avoir à en décider : elle reste où elle est jusqu'à la décision.",
		En: ecrit.Nom(autre.Nom) + " may have to decide on it: it stays where it is until the decision.",
	}
}

// Porteur is a person who holds demandes.
type Porteur struct {
	Agent
	Tenues int64
}

// Porteurs are those who hold something, by name, whether they still examine or not.
func (s *Service) Porteurs(ctx context.Context) ([]Porteur, error) {
	tous, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, p *Porteur) error { return l.Scan(&p.Compte, &p.Nom, &p.Tenues) },
		`SELECT x.agent_id, COALESCE(c.nom, ''), COUNT(*) FROM dossier x LEFT JOIN compte c ON c.id = x.agent_id WHERE x.agent_id > 0 AND `+tenues+` GROUP BY x.agent_id, c.nom ORDER BY c.nom, x.agent_id`)
	if err != nil {
		return nil, fmt.Errorf("list who holds demandes: %w", err)
	}
	return tous, nil
}

// Tient counts the demandes that a person holds.
func (s *Service) Tient(ctx context.Context, compte int64) (n int64, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT COUNT(*) FROM dossier x WHERE x.agent_id > 0 AND x.agent_id = $1 AND `+tenues, compte).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count what a person holds: %w", err)
	}
	return n, nil
}

// restees are the demandes of a person that would stay when all is handed over to another one, with the reason of each.
func (s *Service) restees(ctx context.Context, q db.Lecteur, de int64, autre Agent) (laisses []Laisse, vont []Dossier, err error) {
	tenus, err := db.Lignes(ctx, q, func(l db.Ligne, d *Dossier) error { return s.scruter(l, d) },
		`SELECT `+colonnes+depuis+` WHERE x.agent_id > 0 AND x.agent_id = $1 AND `+tenues+` ORDER BY x.echeance, x.depot_id, x.rang LIMIT $2`, de, maxConfies)
	if err != nil {
		return nil, nil, fmt.Errorf("list what a person holds: %w", err)
	}
	for i := range tenus {
		if t := reste(&tenus[i], autre); t.Fr != "" {
			laisses = append(laisses, Laisse{tenus[i].NumeroASP, t})
		} else {
			vont = append(vont, tenus[i])
		}
	}
	return laisses, vont, nil
}

// maxConfies is how much is handed over in one go.
const maxConfies = 10_000

// ToutConfier has somebody (par) hand over all that a person holds, and tells what could not be. Who asks is that person, or an administrator.
// The demandes that the other person may have to decide on stay.
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
		var vont []Dossier
		if laisses, vont, err = s.restees(ctx, tx, de, autre); err != nil {
			return err
		}
		for _, d := range vont {
			if err := s.poserAgent(ctx, tx, d.Cle, a); err != nil {
				return err
			}
		}
		n = len(vont)
		return s.consignerConfiees(ctx, tx, par, de, a, vont)
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
