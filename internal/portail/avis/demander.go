package avis

import (
	"context"
	"database/sql"
	"fmt"
	"guichet/internal/portail/calendrier"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// The bounds of what is asked: how many opinions a demande may wait for, and may have had; how long a question and an answer are, in
// characters; in how many days at most an answer comes.
const (
	MaxAttendus = 5
	MaxAvis     = 20
	MaxQuestion = 2000
	MaxTexte    = 4000
	MaxJours    = 60
)

// Consultation is what somebody who examines a demande asks of others.
type Consultation struct {
	etat.Cle
	Collegues []int64
	Adresses  []string // outside
	Question  string
	Limite    time.Time // the last day to answer
	Pieces    []string  // kinds of documents that outside may see
	Langue    modele.Langue
}

// Demander asks for opinions on a demande that an agent holds, which is put aside until they are there, or their time is over.
func (s *Service) Demander(ctx context.Context, a instruction.Agent, q Consultation) error {
	if err := s.verifier(&q); err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.demander(ctx, tx, a, q) })
}

// verifier refuses what can be seen to be wrong without the database, and puts what was typed into its form.
func (s *Service) verifier(q *Consultation) error {
	adresses, err := nettoyer(q.Adresses)
	if err != nil {
		return err
	}
	slices.Sort(q.Collegues)
	q.Adresses, q.Collegues, q.Question = adresses, slices.Compact(q.Collegues), strings.TrimSpace(q.Question)
	maintenant := s.Maintenant()
	switch n := utf8.RuneCountInString(q.Question); {
	case len(q.Collegues)+len(q.Adresses) == 0:
		return refuser("Choisissez une personne de l'agence, ou donnez une adresse extérieure.", "Choose somebody of the agency, or give an address outside.")
	case ecrit.Vide(q.Question):
		return refuser("Écrivez la question.", "Write the question.")
	case n > MaxQuestion:
		return refuser("La question a plus de 2 000 caractères : raccourcissez-la.", "The question has more than 2,000 characters: shorten it.")
	case !calendrier.Fin(q.Limite).After(maintenant) || q.Limite.After(maintenant.AddDate(0, 0, MaxJours)):
		return refuser("Choisissez un jour à venir, dans les 60 jours.", "Choose a day to come, within 60 days.")
	}
	return nil
}

// nettoyer are addresses as they are kept, each once.
func nettoyer(adresses []string) (propres []string, err error) {
	for _, x := range adresses {
		propre, err := compte.NettoyerCourriel(x)
		if err != nil {
			return nil, refuser("« "+ecrit.Nom(x)+" » n'a pas la forme d'une adresse électronique : écrivez par exemple nom@exemple.fr, une par ligne.",
				"“"+ecrit.Nom(x)+"” does not have the form of an e-mail address: write for example name@example.org, one on each line.")
		}
		propres = append(propres, propre)
	}
	slices.Sort(propres)
	return slices.Compact(propres), nil
}

func (s *Service) demander(ctx context.Context, tx *sql.Tx, a instruction.Agent, q Consultation) error {
	d, err := s.Examens.Tenir(ctx, tx, a, q.Cle)
	if err != nil {
		return err
	}
	if !etat.Permis(etat.Consulter, d.Etat) || a.Roles&etat.Instructeur == 0 {
		nom := d.Etat.Nom()
		return refuser("La demande est dans l'état « "+nom.Fr+" » : un avis ne se demande que pendant l'instruction.", "The request is in the state “"+nom.En+"”: an opinion is asked for only while it is examined.")
	}
	tous, err := s.De(ctx, tx, q.Cle)
	if err != nil {
		return err
	}
	if err := s.verifierQui(ctx, tx, a, q, tous); err != nil {
		return err
	}
	ids, err := s.inscrire(ctx, tx, a, d, q)
	if err != nil {
		return err
	}
	if tous, err = s.De(ctx, tx, q.Cle); err != nil {
		return err
	}
	if err := s.Examens.Consulter(ctx, tx, q.Cle, compter(tous), calendrier.Fin(q.Limite)); err != nil {
		return err
	}
	return s.consigner(ctx, tx, d.Fournisseur, a.Compte, q.Cle, "demande", map[string]string{"avis": ids, "jusqua": q.Limite.Format(time.DateOnly)})
}

// verifierQui refuses whom one may not ask: oneself, who has no part in examining or deciding, who was asked already; and outside, whoever
// has an account here.
func (s *Service) verifierQui(ctx context.Context, tx *sql.Tx, a instruction.Agent, q Consultation, tous []Avis) error {
	n := 0
	for i := range tous {
		x := &tous[i]
		if x.Etat != Attendu {
			continue
		}
		n++
		if x.Compte > 0 && slices.Contains(q.Collegues, x.Compte) || x.Compte == 0 && slices.Contains(q.Adresses, x.Courriel) {
			return refuser("Un avis est déjà attendu de "+ecrit.Nom(x.Qui())+" sur cette demande.", "An opinion of "+ecrit.Nom(x.Qui())+" on this request is waited for already.")
		}
	}
	nouveaux := len(q.Collegues) + len(q.Adresses)
	switch {
	case n+nouveaux > MaxAttendus:
		return refuser(fmt.Sprintf("Une demande attend %d avis au plus à la fois : %d sont déjà attendus.", MaxAttendus, n), fmt.Sprintf("A request waits for at most %d opinions at once: %d are waited for already.", MaxAttendus, n))
	case len(tous)+nouveaux > MaxAvis:
		return refuser("Cette demande a déjà eu 20 demandes d'avis.", "Twenty opinions were asked for on this request already.")
	}
	membres, err := s.Membres(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range q.Collegues {
		if c == a.Compte || !slices.ContainsFunc(membres, func(m compte.Membre) bool { return m.Compte == c }) {
			return refuser("Cette personne ne peut pas donner d'avis sur cette demande : choisissez-en une autre.", "This person cannot give an opinion on this request: choose another one.")
		}
	}
	return s.verifierDehors(ctx, tx, q.Adresses)
}

func (s *Service) verifierDehors(ctx context.Context, tx *sql.Tx, adresses []string) error {
	for _, x := range adresses {
		connu, err := s.Connu(ctx, tx, x)
		if err != nil {
			return err
		}
		if connu {
			return refuser(ecrit.Nom(x)+" a un compte au guichet : choisissez la personne dans la liste si elle est de l'agence ; qui agit pour un fournisseur ne donne pas d'avis.",
				ecrit.Nom(x)+" has an account here: choose the person from the list if it is the agency's; who acts for a supplier gives no opinion.")
		}
	}
	return nil
}

// inscrire keeps what is asked of each, to be told by mail, and returns what names them.
func (s *Service) inscrire(ctx context.Context, tx *sql.Tx, a instruction.Agent, d *instruction.Dossier, q Consultation) (ids string, err error) {
	var tous []string
	un := func(collegue int64, adresse, pieces string) error {
		var id int64
		err := tx.QueryRowContext(ctx, `INSERT INTO avis (fournisseur_id, depot_id, rang, etat, demande_par, demande, question, limite, relance, compte_id, courriel, langue, pieces)
			VALUES ($1, $2, $3, 'attendu', $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`, d.Fournisseur, q.Depot, q.Rang, a.Compte, s.instant(), q.Question, db.Instant(q.Limite),
			db.Instant(s.moments(s.Maintenant(), q.Limite)[0]), collegue, adresse, courriel.Langue(q.Langue), pieces).Scan(&id)
		if err != nil {
			return fmt.Errorf("ask for an opinion: %w", err)
		}
		tous = append(tous, strconv.FormatInt(id, 10))
		return s.aDire(ctx, tx, destinataire(collegue, adresse), id, ditDemande)
	}
	for _, c := range q.Collegues {
		if err := un(c, "", ""); err != nil {
			return "", err
		}
	}
	for _, x := range q.Adresses {
		if err := un(0, x, strings.Join(q.Pieces, " ")); err != nil {
			return "", err
		}
	}
	return strings.Join(tous, " "), nil
}

// consigner adds an act on the opinions of a demande to the journal of its supplier. What somebody wrote stays out of it, and who was
// asked outside.
func (s *Service) consigner(ctx context.Context, tx *sql.Tx, fournisseur, acteur int64, c etat.Cle, acte string, details map[string]string) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: fournisseur, Instant: s.Maintenant(), Acteur: acteur, Action: "avis." + acte, Objet: s.Examens.NumeroASP(c.Depot, c.Rang), Details: details,
	})
}

// jourDe is a day as a form gives it, in Paris.
func jourDe(jour time.Time) time.Time {
	a, m, j := jour.Date()
	return time.Date(a, m, j, 0, 0, 0, 0, web.Paris())
}
