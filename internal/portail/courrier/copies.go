package courrier

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/lettre"
	"guichet/modele"
)

// Fige is what a letter says in one language: the bytes that went out.
type Fige struct {
	*lettre.Rendue
	Langue    string
	Version   int64 // of its model
	Retouchee bool  // somebody had written another text for it
	Edition   int64 // of what the agency says in it; 0 for one of before that was kept
	pdf       string
}

// Fige reads what a letter says in a language.
func (s *Service) Fige(ctx context.Context, q db.Lecteur, id int64, langue string) (*Fige, error) {
	f := &Fige{Langue: langue}
	var serre []byte
	var sha string
	err := q.QueryRowContext(ctx, `SELECT version, retouche, html, empreinte, edition, pdf_sha256 FROM courrier_fige WHERE courrier_id = $1 AND langue = $2`, id, langue).
		Scan(&f.Version, &f.Retouchee, &serre, &sha, &f.Edition, &f.pdf)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrInconnu
	}
	if err == nil {
		f.Rendue, err = lettre.Relue(serre)
	}
	if err == nil && f.Empreinte != sha {
		err = errors.New("it is not what it was")
	}
	if err != nil {
		return nil, fmt.Errorf("read the letter %d: %w", id, err)
	}
	return f, nil
}

// maxPDF bounds the PDF of a letter.
const maxPDF = 4 << 20

// PDF is the PDF of a letter, which is made once and kept: whoever asks gets those bytes.
func (s *Service) PDF(ctx context.Context, c *Courrier, f *Fige) ([]byte, error) {
	if f.pdf == "" {
		if err := s.garderPDF(ctx, c, f); err != nil {
			return nil, err
		}
	}
	octets, err := s.Fichiers.Octets(f.pdf, maxPDF)
	if err != nil {
		return nil, fmt.Errorf("read the PDF of a letter: %w", err)
	}
	return octets, nil
}

func (s *Service) garderPDF(ctx context.Context, c *Courrier, f *Fige) error {
	octets, err := lettre.PDF(f.HTML, c.Instant)
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
		err := tx.QueryRowContext(ctx, `UPDATE courrier_fige SET pdf_sha256 = CASE WHEN pdf_sha256 = '' THEN $1 ELSE pdf_sha256 END WHERE courrier_id = $2 AND langue = $3 RETURNING pdf_sha256`,
			sha, c.ID, f.Langue).Scan(&f.pdf)
		if err != nil {
			return fmt.Errorf("keep the PDF of a letter: %w", err)
		}
		return nil
	})
}

// Reference tells whether a letter refers to a kept file.
func (s *Service) Reference(ctx context.Context, sha string) (oui bool, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM courrier_fige WHERE pdf_sha256 <> '' AND pdf_sha256 = $1)`, sha).Scan(&oui)
	return oui, err
}

// surCourrier begins what a mail carries.
const surCourrier = "courrier:"

// Dire is what the mail on a letter says of it, and by what name it carries it.
func (s *Service) Dire(c *Courrier) (t modele.Texte, sur string) {
	t = modele.Texte{
		Fr: "\nLa lettre est jointe (PDF). Elle se lit aussi au guichet : " + s.Adresse + c.Page() + "\nLa date de la première lecture au guichet est gardée.\n",
		En: "\nThe letter is attached (PDF, in French: that text decides). The counter has it too, with a translation: " + s.Adresse + c.Page() + "\nThe date of the first reading at the counter is kept.\n",
	}
	if c.Postale {
		t.Fr += "\nVotre entreprise n'a pas accepté la notification électronique : cette lettre part aussi par la poste.\n"
		t.En += "\nYour company has not agreed to electronic notification: this letter goes by post, too.\n"
	}
	return t, surCourrier + strconv.FormatInt(c.ID, 10)
}

// Joindre is the file that a mail carries: the French letter, which decides; false when it carries something else.
func (s *Service) Joindre(ctx context.Context, sur string) (r courriel.Redaction, oui bool, err error) {
	suite, oui := strings.CutPrefix(sur, surCourrier)
	if !oui {
		return r, false, nil
	}
	id, err := strconv.ParseInt(suite, 10, 64)
	if err != nil {
		return r, true, fmt.Errorf("read what a mail carries: %w", err)
	}
	c, err := s.Un(ctx, s.Base.Lire(), Filtre{ID: id})
	if err != nil {
		return r, true, err
	}
	f, err := s.Fige(ctx, s.Base.Lire(), id, "fr")
	if err != nil {
		return r, true, err
	}
	r.Jointe = c.fichier("fr") + ".pdf"
	r.Octets, err = s.PDF(ctx, c, f)
	return r, true, err
}
