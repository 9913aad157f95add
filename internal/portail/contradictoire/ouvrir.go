package contradictoire

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/modele"
)

// MaxTexte is how long what somebody adds may be, in characters; MaxParties how many demandes a contestation has.
const (
	MaxTexte   = 2000
	MaxParties = 10
)

// Ouverture is what opens a procedure on a demande.
type Ouverture struct {
	etat.Cle
	Autres []etat.Cle // of a contestation: the demandes of others
	Motifs []string   // of a withdrawal
	Texte  string     // its suppliers read it
}

// Contester opens a contestation: the suppliers of these demandes are written to, and nothing is decided of them but together.
func (s *Service) Contester(ctx context.Context, a instruction.Agent, o Ouverture) (id int64, err error) {
	autres, err := s.Autres(ctx, o.Cle)
	if err != nil {
		return 0, err
	}
	esms, err := partager(o, autres)
	if err != nil {
		return 0, err
	}
	p := &Procedure{Genre: Contestation, Texte: o.Texte, Limite: calendrier.Ouvres(s.Maintenant(), JoursContestation)}
	for _, c := range slices.SortedFunc(func(voir func(etat.Cle) bool) { // demandes are locked in one order
		for c := range esms {
			if !voir(c) {
				return
			}
		}
	}, comparer) {
		p.Parties = append(p.Parties, Partie{Cle: c, ESMS: esms[c]})
	}
	err = s.ouvrir(ctx, a, p, func(ctx context.Context, tx *sql.Tx) error { return s.saisir(ctx, tx, a, p) })
	return p.ID, err
}

func comparer(a, b etat.Cle) int {
	return cmp.Or(cmp.Compare(a.Depot, b.Depot), cmp.Compare(a.Rang, b.Rang))
}

// partager finds the ESMS that each of the demandes of a contestation has in common with another one of them.
func partager(o Ouverture, autres []instruction.Autre) (map[etat.Cle][]string, error) {
	esms := map[etat.Cle][]string{}
	for _, x := range autres {
		if slices.Contains(o.Autres, x.Cle) {
			esms[x.Cle] = x.FINESS
			esms[o.Cle] = append(esms[o.Cle], x.FINESS...)
		}
	}
	choisies := slices.CompactFunc(slices.SortedFunc(slices.Values(o.Autres), comparer), func(a, b etat.Cle) bool { return a == b })
	switch {
	case len(choisies) == 0:
		return nil, refuser("Choisissez au moins une autre demande des mêmes ESMS.", "Choose another request for the same ESMS at least.")
	case len(esms) != len(choisies)+1:
		return nil, refuser("Une demande choisie ne demande plus les mêmes ESMS : relisez la fiche. Rien n'est fait.", "A request that you chose does not ask for the same ESMS any longer: read the sheet again. Nothing is done.")
	case len(esms) > MaxParties:
		return nil, refuser("Une contestation a dix demandes au plus.", "A contestation has ten requests at most.")
	}
	for c := range esms {
		slices.Sort(esms[c])
		esms[c] = slices.Compact(esms[c])
	}
	return esms, nil
}

// saisir has the agent hold the demandes of a contestation that are examined; an award stands.
func (s *Service) saisir(ctx context.Context, tx *sql.Tx, a instruction.Agent, p *Procedure) error {
	fournisseurs := map[int64]bool{}
	for i := range p.Parties {
		x := &p.Parties[i]
		d, err := s.Examens.Trouver(ctx, tx, x.Cle)
		if err != nil {
			return err
		}
		x.Fournisseur, x.NumeroASP = d.Fournisseur, d.NumeroASP
		fournisseurs[d.Fournisseur] = true
		nom := d.Etat.Nom()
		switch {
		case d.Procedure > 0:
			return refuser("La demande "+d.NumeroASP+" est déjà dans une procédure contradictoire. Rien n'est fait.", "Suppliers are heard on request "+d.NumeroASP+" already. Nothing is done.")
		case d.Etat == etat.Complete || d.Etat == etat.Instruction:
			if err := s.Examens.Saisir(ctx, tx, a, d); err != nil {
				return err
			}
		case d.Etat != etat.Validee:
			return refuser("La demande "+d.NumeroASP+" est dans l'état « "+nom.Fr+" » : une contestation porte sur des demandes complètes, en instruction ou validées. Rien n'est fait.",
				"Request "+d.NumeroASP+" is in the state “"+nom.En+"”: a contestation is about requests that are complete, being examined or approved. Nothing is done.")
		}
	}
	if len(fournisseurs) < 2 {
		return refuser("Ces demandes sont d'un seul fournisseur : écrivez-lui plutôt. Rien n'est fait.", "These requests are of one supplier: write to it instead. Nothing is done.")
	}
	return nil
}

// Envisager opens the withdrawal of an award: its supplier is written to, and heard before somebody else decides.
func (s *Service) Envisager(ctx context.Context, a instruction.Agent, o Ouverture) (id int64, err error) {
	p := &Procedure{Genre: Retrait, Texte: o.Texte, Limite: calendrier.Jours(s.Maintenant(), s.Jours), Parties: []Partie{{Cle: o.Cle, Issue: Issue(decision.Retrait)}}}
	err = s.ouvrir(ctx, a, p, func(ctx context.Context, tx *sql.Tx) error {
		d, err := s.Examens.Trouver(ctx, tx, o.Cle)
		if err != nil {
			return err
		}
		if d.Procedure > 0 {
			return refuser("La demande est déjà dans une procédure contradictoire. Rien n'est fait.", "Suppliers are heard on this request already. Nothing is done.")
		}
		x := &p.Parties[0]
		x.Fournisseur, x.NumeroASP = d.Fournisseur, d.NumeroASP
		err = s.Decisions.Proposer(ctx, tx, decision.Proposition{Fournisseur: d.Fournisseur, Cle: o.Cle, Sens: decision.Retrait, Motifs: o.Motifs, Texte: o.Texte, Compte: a.Compte, Roles: a.Roles, Dit: true})
		if err != nil {
			return err
		}
		v, err := s.vive(ctx, tx, o.Cle)
		if err == nil {
			x.Decision, p.Motifs = v.ID, v.Motifs
		}
		return err
	})
	return p.ID, err
}

// ouvrir opens a procedure whose demandes commencer leads to where they are heard.
func (s *Service) ouvrir(ctx context.Context, a instruction.Agent, p *Procedure, commencer func(ctx context.Context, tx *sql.Tx) error) error {
	if n := utf8.RuneCountInString(p.Texte); n > MaxTexte {
		return &decision.Refus{Texte: ecrit.TropLong(modele.Texte{Fr: "le texte", En: "the text"}, MaxTexte, n)}
	}
	if a.Roles&etat.Instructeur == 0 {
		return refuser("Votre rôle ne permet pas d'instruire.", "Your role does not let you examine.")
	}
	p.Etat, p.OuvertPar, p.Ouvert = Ouverte, a.Compte, s.Maintenant()
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := commencer(ctx, tx); err != nil {
			return err
		}
		err := tx.QueryRowContext(ctx, `INSERT INTO contradictoire (genre, etat, motifs, texte, ouvert_par, ouvert, limite, relance) VALUES ($1, 'ouverte', $2, $3, $4, $5, $6, $7) RETURNING id`,
			string(p.Genre), strings.Join(p.Motifs, " "), p.Texte, a.Compte, db.Instant(p.Ouvert), db.Instant(p.Limite), db.Instant(s.prochaine(p, time.Time{}))).Scan(&p.ID)
		if err != nil {
			return fmt.Errorf("open a procedure: %w", err)
		}
		for i := range p.Parties {
			if err := s.ouvrirPartie(ctx, tx, p, &p.Parties[i]); err != nil {
				return err
			}
		}
		return s.consigner(ctx, tx, p, a.Compte, "ouverte")
	})
}

// ouvrirPartie keeps a demande of a procedure, writes to its supplier, and has the queue wait for the answer.
func (s *Service) ouvrirPartie(ctx context.Context, tx *sql.Tx, p *Procedure, x *Partie) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO contradictoire_partie (contradictoire_id, depot_id, rang, fournisseur_id, esms, issue, decision_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.ID, x.Depot, x.Rang, x.Fournisseur, strings.Join(x.ESMS, " "), string(x.Issue), x.Decision)
	if err != nil {
		return fmt.Errorf("keep a demande of a procedure: %w", err)
	}
	k, err := s.Courriers.Ecrire(ctx, tx, lettre.Avis{Genre: p.Genre.lettre(), Fournisseur: x.Fournisseur, Cle: x.Cle, Motifs: p.Motifs, Texte: p.Texte, Limite: p.Limite, Contestes: x.ESMS}, p.ID)
	if err != nil {
		return err
	}
	if err := s.Examens.Retenir(ctx, tx, x.Cle, p.ID, calendrier.Fin(p.Limite), p.Genre.Nom().Fr+" "+p.Reference()); err != nil {
		return err
	}
	return s.ecrireA(ctx, tx, p.ID, x.Fournisseur, s.courrielOuverture(p, x, k))
}
