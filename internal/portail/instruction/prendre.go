package instruction

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Prendre has an agent hold a demande that waits to be examined, so that nobody else does: until the agent has done nothing with it
// for as long as Bail. A *Refus says who holds it, or why it is not for the agent.
func (s *Service) Prendre(ctx context.Context, a Agent, c etat.Cle) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		pris, err := s.prendre(ctx, tx, a, c, a.Compte)
		if err != nil || pris {
			return err
		}
		d, err := s.Dossier(ctx, tx, c)
		if err != nil {
			return err
		}
		return s.pourquoi(d)
	})
}

// prendre takes a demande if nobody but sauf holds it; the database decides between two who try at once.
func (s *Service) prendre(ctx context.Context, tx *sql.Tx, a Agent, c etat.Cle, sauf int64) (pris bool, err error) {
	if a.Roles&etat.Instructeur == 0 {
		return false, refuser("Votre rôle ne permet pas d'instruire.", "Your role does not let you examine.")
	}
	maintenant := s.Maintenant()
	var fournisseur int64
	var e etat.Etat
	err = tx.QueryRowContext(ctx, `UPDATE dossier SET agent_id = $1, bail = $2, attente = 0, attente_motif = '', repondu = 0
		WHERE depot_id = $3 AND rang = $4 AND etat IN ('complete', 'instruction') AND (agent_id > 0 AND agent_id = $5 OR bail <= $6) RETURNING fournisseur_id, etat`,
		a.Compte, db.Instant(maintenant.Add(s.Bail)), c.Depot, c.Rang, sauf, db.Instant(maintenant)).Scan(&fournisseur, &e)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("take a demande: %w", err)
	case e == etat.Instruction:
		return true, s.consigner(ctx, tx, a.Compte, c, "prise", nil)
	}
	return true, s.Changer(ctx, tx, etat.Changement{Fournisseur: fournisseur, Depot: c.Depot, Rangs: []int{c.Rang}, A: etat.Instruction, Par: etat.Agence, Acte: etat.Prendre, Compte: a.Compte, Roles: a.Roles})
}

// pourquoi says why a demande could not be taken.
func (s *Service) pourquoi(d *Dossier) error {
	if d.Agent > 0 && d.Attend(s.Maintenant()) {
		j := web.Date(d.Attente)
		return refuser("La demande "+d.NumeroASP+" est tenue par "+ecrit.Nom(d.NomAgent)+", en attente jusqu'au "+j.Fr+". Prenez-en une autre, ou demandez-lui de vous la confier.",
			"Request "+d.NumeroASP+" is held by "+ecrit.Nom(d.NomAgent)+", and waits until "+j.En+". Take another one, or ask that person to hand it to you.")
	}
	if d.Tenu(s.Maintenant()) {
		j := web.Heure(d.Bail)
		return refuser("La demande "+d.NumeroASP+" est tenue par "+ecrit.Nom(d.NomAgent)+", jusqu'au "+j.Fr+" au moins. Prenez-en une autre, ou demandez-lui de vous la confier.",
			"Request "+d.NumeroASP+" is held by "+ecrit.Nom(d.NomAgent)+", until "+j.En+" at least. Take another one, or ask that person to hand it to you.")
	}
	nom := d.Etat.Nom()
	return refuser("La demande "+d.NumeroASP+" est dans l'état « "+nom.Fr+" » : elle n'attend pas d'être instruite.",
		"Request "+d.NumeroASP+" is in the state “"+nom.En+"”: it does not wait to be examined.")
}

// Tenir makes sure that an agent holds a demande, and keeps it from others for as long as Bail again; the lease of an agent who came
// back late is given again where nobody has taken the demande meanwhile. It returns the demande as it is then, locked.
func (s *Service) Tenir(ctx context.Context, tx *sql.Tx, a Agent, c etat.Cle) (*Dossier, error) {
	err := s.prolonger(ctx, tx, a, c)
	if err != nil {
		return nil, err
	}
	d, err := s.Dossier(ctx, tx, c)
	switch {
	case err != nil:
		return nil, err
	case d.Agent != a.Compte:
		return nil, s.pasAVous(d)
	}
	return d, nil
}

// prolonger has the lease of who holds a demande last for as long as Bail again; one that lasts longer, because the demande waits, stays.
func (s *Service) prolonger(ctx context.Context, tx *sql.Tx, a Agent, c etat.Cle) error {
	err := db.Poser(ctx, tx, `UPDATE dossier SET bail = CASE WHEN bail > $1 THEN bail ELSE $1 END WHERE depot_id = $2 AND rang = $3 AND agent_id = $4`,
		db.Instant(s.Maintenant().Add(s.Bail)), c.Depot, c.Rang, a.Compte)
	if err != nil {
		return fmt.Errorf("keep a demande: %w", err)
	}
	return nil
}

func (s *Service) pasAVous(d *Dossier) error {
	if d.Agent == 0 {
		return refuser("Vous ne tenez pas la demande "+d.NumeroASP+" : prenez-la d'abord. Rien n'a changé.", "You do not hold request "+d.NumeroASP+": take it first. Nothing has changed.")
	}
	nom := ecrit.Nom(d.NomAgent)
	return refuser("La demande "+d.NumeroASP+" est maintenant tenue par "+nom+". Rien n'a changé.", "Request "+d.NumeroASP+" is now held by "+nom+". Nothing has changed.")
}

// Regarder has the lease of who looks at a demande go on, once a minute at most.
func (s *Service) Regarder(ctx context.Context, a Agent, d *Dossier) error {
	if d.Agent != a.Compte || d.Etat != etat.Instruction || d.Bail.Sub(s.Maintenant()) > s.Bail-time.Minute {
		return nil
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.prolonger(ctx, tx, a, d.Cle) })
}

// Rendre gives a demande back to the queue: what it waited for, it waits for no longer, but for a hearing.
func (s *Service) Rendre(ctx context.Context, a Agent, c etat.Cle) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := s.Tenir(ctx, tx, a, c); err != nil {
			return err
		}
		if err := s.poserAgent(ctx, tx, c, 0); err != nil {
			return err
		}
		return s.consigner(ctx, tx, a.Compte, c, "rendue", nil)
	})
}

// poserAgent hands a demande to an agent, 0 for nobody. It is the new agent's until the end of the next working day, for whom it was
// handed to may not be at work; what waits, until it comes back, and as long after.
func (s *Service) poserAgent(ctx context.Context, tx *sql.Tx, c etat.Cle, agent int64) error {
	err := db.Poser(ctx, tx, `UPDATE dossier SET agent_id = $1, bail = CASE WHEN CAST($1 AS BIGINT) = 0 THEN 0 WHEN attente > $2 AND bail > $3 THEN bail ELSE $3 END,
		attente = CASE WHEN CAST($1 AS BIGINT) > 0 OR contradictoire_id > 0 THEN attente ELSE 0 END WHERE depot_id = $4 AND rang = $5`, agent, s.instant(), retour(s.Maintenant()), c.Depot, c.Rang)
	if err != nil {
		return fmt.Errorf("hand a demande over: %w", err)
	}
	return nil
}

// MaxAttente is how long a demande may be put aside, and MaxMotifAttente how long the reason may be, in characters.
const (
	MaxAttente      = 90 * 24 * time.Hour
	MaxMotifAttente = 300
)

// retour is until when a demande that comes back from waiting is kept for who holds it: the end of the next whole working day. Nobody looks at it at
// midnight, when days end.
func retour(t time.Time) int64 { return db.Instant(calendrier.Fin(calendrier.Ouvres(t.Add(-1), 1))) }

var jourAttente = modele.Texte{Fr: "Choisissez un jour à venir, dans les 90 jours.", En: "Choose a day to come, within 90 days."}

// attendable tells whether a demande may be put aside until a day.
func (s *Service) attendable(jusqua time.Time) bool {
	maintenant := s.Maintenant()
	return jusqua.After(maintenant) && !jusqua.After(maintenant.Add(MaxAttente))
}

// Attendre puts a demande aside until a day, for a reason: it stays with its agent, whoever that is then, and comes back by itself.
func (s *Service) Attendre(ctx context.Context, a Agent, c etat.Cle, jusqua time.Time, motif string) error {
	motif = strings.TrimSpace(motif)
	switch {
	case !s.attendable(jusqua):
		return refuser(jourAttente.Fr, jourAttente.En)
	case motif == "":
		return refuser("Dites pourquoi la demande attend.", "Say why the request waits.")
	case utf8.RuneCountInString(motif) > MaxMotifAttente:
		return refuser("Le motif a plus de 300 caractères : raccourcissez-le.", "The reason has more than 300 characters: shorten it.")
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		d, err := s.Tenir(ctx, tx, a, c)
		if err != nil {
			return err
		}
		if d.Etat != etat.Instruction {
			nom := d.Etat.Nom()
			return refuser("La demande est dans l'état « "+nom.Fr+" » : seule une demande en instruction se met en attente. Rien n'a changé.", "The request is in the state “"+nom.En+"”: only one that is being examined is put aside. Nothing has changed.")
		}
		err = db.Poser(ctx, tx, `UPDATE dossier SET bail = $1, attente = $2, attente_motif = $3 WHERE depot_id = $4 AND rang = $5`, retour(jusqua), db.Instant(jusqua), motif, c.Depot, c.Rang)
		if err != nil {
			return fmt.Errorf("put a demande aside: %w", err)
		}
		return s.consigner(ctx, tx, a.Compte, c, "attente", map[string]string{"jusqua": jusqua.UTC().Format(time.DateOnly)})
	})
}

// FinirAttente brings a demande that was put aside back to the queue of its agent before its day.
func (s *Service) FinirAttente(ctx context.Context, a Agent, c etat.Cle) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		d, err := s.Tenir(ctx, tx, a, c)
		if err != nil {
			return err
		}
		if !d.Attend(s.Maintenant()) {
			return refuser("Cette demande n'attend pas, ou plus. Rien n'a changé.", "This request does not wait, or no longer. Nothing has changed.")
		}
		if err := db.Poser(ctx, tx, `UPDATE dossier SET attente = 0, attente_motif = '', bail = $1 WHERE depot_id = $2 AND rang = $3`, db.Instant(s.Maintenant().Add(s.Bail)), c.Depot, c.Rang); err != nil {
			return fmt.Errorf("end a wait: %w", err)
		}
		return s.consigner(ctx, tx, a.Compte, c, "attente.finie", nil)
	})
}
