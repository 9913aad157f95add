package lettre

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
)

// Recue is the letter of a decision that was notified.
type Recue struct {
	decision.Decision
	NumeroASP     string
	RaisonSociale string
	Instant       time.Time // of the notification
	Postale       bool      // its supplier had not agreed to electronic notification
	Postee        time.Time // the day on which it went by post; zero for not
	PosteePar     string
	Lue           time.Time // first reading; zero for none
	LuePar        string
	Abandonnee    time.Time // an award, when its supplier gave it up with the demande; zero for not
	RemplaceePar  string    // reference of the next decision on the demande; "" for none
}

const recues = `SELECT d.id, d.fournisseur_id, d.depot_id, d.rang, d.sens, d.montant, d.decide, d.annee, d.numero, f.raison_sociale, l.instant, l.postale, l.postee, COALESCE(p.nom, ''), l.lue, COALESCE(c.nom, ''),
		COALESCE(r.annee, 0), COALESCE(r.numero, 0),
		` + decision.Abandonnee + `
	FROM lettre l JOIN decision d ON d.id = l.decision_id JOIN fournisseur f ON f.id = l.fournisseur_id LEFT JOIN demande q ON q.fournisseur_id = l.fournisseur_id AND q.depot_id = l.depot_id AND q.rang = l.rang LEFT JOIN compte p ON p.id = l.postee_par LEFT JOIN compte c ON c.id = l.lue_par
	LEFT JOIN decision r ON r.id = (SELECT MIN(x.decision_id) FROM lettre x WHERE x.depot_id = l.depot_id AND x.rang = l.rang AND x.decision_id > l.decision_id) `

func (s *Service) scruterRecue(l db.Ligne, r *Recue) error {
	var decide, instant, postee, lue, abandonnee int64
	var suite decision.Decision
	err := l.Scan(&r.ID, &r.Fournisseur, &r.Depot, &r.Rang, &r.Sens, &r.Montant, &decide, &r.Annee, &r.Numero, &r.RaisonSociale, &instant, &r.Postale, &postee, &r.PosteePar, &lue, &r.LuePar, &suite.Annee, &suite.Numero, &abandonnee)
	r.Decide, r.Instant, r.Postee, r.Lue, r.Abandonnee = db.Temps(decide), db.Temps(instant), db.Temps(postee), db.Temps(lue), db.Temps(abandonnee)
	r.NumeroASP, r.RemplaceePar = s.NumeroASP(r.Depot, r.Rang), suite.Reference()
	return err
}

// reference is how a decision is named, or the end of that.
var reference = regexp.MustCompile(`^(?:(\d{4})\s*-\s*)?0*(\d{1,9})$`)

// Filtre is which letters are looked for.
type Filtre struct {
	Fournisseur int64 // 0 for all
	Cle         *etat.Cle
	Annee       int
	Numero      int
	APoster     bool  // by post, and not posted yet
	NonLues     bool  // that nobody of the supplier has read
	Avant       int64 // decisions before this one; 0 for all
	Limite      int
}

// MaxLettres is how many a page lists.
const MaxLettres = 50

// Recues lists the letters that were notified, the newest first.
func (s *Service) Recues(ctx context.Context, q db.Lecteur, f Filtre) ([]Recue, error) {
	var c db.Conditions
	if f.Fournisseur > 0 {
		c.Si("l.fournisseur_id = " + c.Arg(f.Fournisseur))
	}
	if f.Cle != nil {
		c.Si("l.depot_id = " + c.Arg(f.Cle.Depot) + " AND l.rang = " + c.Arg(f.Cle.Rang))
	}
	if f.Annee > 0 {
		c.Si("d.annee = " + c.Arg(f.Annee))
	}
	if f.Numero > 0 {
		c.Si("d.numero = " + c.Arg(f.Numero))
	}
	if f.APoster {
		c.Si("l.postale = 1 AND l.postee = 0")
	}
	if f.NonLues {
		c.Si("l.lue = 0")
	}
	if f.Avant > 0 {
		c.Si("l.decision_id < " + c.Arg(f.Avant))
	}
	toutes, err := db.Lignes(ctx, q, s.scruterRecue, recues+`WHERE `+c.Tout()+` ORDER BY l.decision_id DESC LIMIT `+c.Arg(f.Limite), c.Args...)
	if err != nil {
		return nil, fmt.Errorf("list letters: %w", err)
	}
	return toutes, nil
}

// Recue reads the letter of a number that a supplier may read; for the agency (0) any. ErrInconnue when there is none.
func (s *Service) Recue(ctx context.Context, q db.Lecteur, fournisseur int64, numero string) (*Recue, error) {
	m := reference.FindStringSubmatch(numero)
	if m == nil || m[1] == "" {
		return nil, ErrInconnue
	}
	annee, _ := strconv.Atoi(m[1]) // both are digits
	n, _ := strconv.Atoi(m[2])
	trouvees, err := s.Recues(ctx, q, Filtre{Fournisseur: fournisseur, Annee: annee, Numero: n, Limite: 1})
	if err == nil && (len(trouvees) == 0 || trouvees[0].Reference() != numero) {
		err = ErrInconnue
	}
	if err != nil {
		return nil, err
	}
	return &trouvees[0], nil
}

// Lire notes that somebody of the supplier, or who acts for it, reads a letter: the first time alone.
func (s *Service) Lire(ctx context.Context, r *Recue, qui compte.Identite) error {
	if !r.Lue.IsZero() || qui.DeAgence() {
		return nil
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		fait, err := tx.ExecContext(ctx, `UPDATE lettre SET lue = $1, lue_par = $2 WHERE decision_id = $3 AND lue = 0`, s.instant(), qui.Compte, r.ID)
		if err != nil {
			return fmt.Errorf("note who reads a letter: %w", err)
		}
		if n, err := fait.RowsAffected(); err != nil || n == 0 {
			return err
		}
		r.Lue, r.LuePar = s.Maintenant(), qui.Nom
		return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{Chaine: r.Fournisseur, Instant: s.Maintenant(), Acteur: qui.Compte, Action: "lettre.lue", Objet: r.Reference()})
	})
}

// Poster notes the day on which a letter went by post.
func (s *Service) Poster(ctx context.Context, r *Recue, qui int64, jour time.Time) error {
	switch {
	case !r.Postale:
		return decision.Refuser("Ce fournisseur a accepté la notification électronique : sa lettre ne part pas par la poste.", "This supplier has agreed to electronic notification: its letter does not go by post.")
	case jour.After(s.Maintenant()) || jour.Before(r.Instant.AddDate(0, 0, -1)):
		return decision.Refuser("Donnez le jour de l'envoi : pas avant la notification, ni dans l'avenir.", "Give the day of posting: not before the notification, nor in the future.")
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := db.Poser(ctx, tx, `UPDATE lettre SET postee = $1, postee_par = $2 WHERE decision_id = $3`, db.Instant(jour), qui, r.ID)
		if err != nil {
			return fmt.Errorf("note when a letter was posted: %w", err)
		}
		return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{Chaine: r.Fournisseur, Instant: s.Maintenant(), Acteur: qui, Action: "lettre.postee", Objet: r.Reference()})
	})
}

// Compter counts letters, at most max.
func (s *Service) Compter(ctx context.Context, f Filtre, max int) (int, error) {
	f.Limite = max
	toutes, err := s.Recues(ctx, s.Base.Lire(), f)
	return len(toutes), err
}

// PDFDe is the PDF of a letter, which is made once and kept: whoever asks gets those bytes.
func (s *Service) PDFDe(ctx context.Context, f *Figee, decide time.Time) ([]byte, error) {
	if f.PDF == "" {
		if err := s.garderPDF(ctx, f, decide); err != nil {
			return nil, err
		}
	}
	octets, err := s.Fichiers.Octets(f.PDF, maxLettre)
	if err != nil {
		return nil, fmt.Errorf("read the PDF of a letter: %w", err)
	}
	return octets, nil
}

func (s *Service) garderPDF(ctx context.Context, f *Figee, decide time.Time) error {
	octets, err := PDF(f.HTML, decide)
	if err != nil {
		return err
	}
	ctx, rendre := s.Fichiers.Tenir(ctx)
	defer rendre()
	sha, err := s.Fichiers.GarderOctets(ctx, octets)
	if err != nil {
		return fmt.Errorf("keep the PDF of a letter: %w", err)
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `UPDATE lettre_figee SET pdf_sha256 = CASE WHEN pdf_sha256 = '' THEN $1 ELSE pdf_sha256 END WHERE decision_id = $2 AND langue = $3 RETURNING pdf_sha256`,
			sha, f.Decision, f.Langue).Scan(&f.PDF)
		if err != nil {
			return fmt.Errorf("keep the PDF of a letter: %w", err)
		}
		return nil
	})
}

// Reference tells whether a letter refers to a kept file.
func (s *Service) Reference(ctx context.Context, sha string) (oui bool, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM lettre_figee WHERE pdf_sha256 <> '' AND pdf_sha256 = $1)`, sha).Scan(&oui)
	return oui, err
}

// Accorder keeps what a supplier chooses about notification by electronic means.
func (s *Service) Accorder(ctx context.Context, qui compte.Identite, oui bool) error {
	n := 0
	if oui {
		n = 1
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		a, err := s.Accord(ctx, tx, qui.Fournisseur)
		if err != nil || a.Choisi && a.Oui == oui && a.Texte == versionAccord {
			return err
		}
		err = db.Poser(ctx, tx, `INSERT INTO accord (fournisseur_id, ordre, oui, texte, compte_id, instant)
			SELECT $1, COALESCE(MAX(ordre), 0) + 1, $2, $3, $4, $5 FROM accord WHERE fournisseur_id = $1`, qui.Fournisseur, n, versionAccord, qui.Compte, s.instant())
		if err != nil {
			return fmt.Errorf("keep how a supplier is notified: %w", err)
		}
		return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
			Chaine: qui.Fournisseur, Instant: s.Maintenant(), Acteur: qui.Compte, Action: "notification.choisie", Objet: strconv.Itoa(versionAccord), Details: map[string]string{"electronique": strconv.FormatBool(oui)},
		})
	})
}

// lettreDe finds the letter of a mail that is about to be sent.
func (s *Service) lettreDe(ctx context.Context, numero string) (*Recue, []Figee, error) {
	r, err := s.Recue(ctx, s.Base.Lire(), 0, numero)
	if err != nil {
		return nil, nil, err
	}
	figees, err := s.Figees(ctx, s.Base.Lire(), r.ID)
	if err == nil && len(figees) == 0 {
		err = errors.New("a decision was notified without its letter")
	}
	return r, figees, err
}
