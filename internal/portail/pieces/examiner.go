package pieces

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"

	"guichet/appariement"
	"guichet/internal/portail/examen"
	"guichet/modele"
	"guichet/piece"
)

// The reasons that are the counter's own; the others are those of the supplier's desk (guichet explain).
const (
	codeEchec = "P991"
	codeVirus = "P992"
	codeClose = "P993"
	codeVide  = "P996"
)

// vide refuses an archive in which nothing was found.
func vide(nom string) *examen.Reponse {
	return &examen.Reponse{
		Code: codeVide,
		Message: modele.Texte{
			Fr: nom + " ne contient aucun document : elle est vide, ou n'a que des dossiers",
			En: nom + " contains no document: it is empty, or has folders alone",
		},
		Aide: modele.Texte{
			Fr: "mettez-y les fichiers PDF, PNG ou JPG eux-mêmes, puis envoyez-la à nouveau",
			En: "put the PDF, PNG or JPG files themselves into it, then send it again",
		},
	}
}

var echec = modele.Texte{
	Fr: "n'a pas pu être examinée. Refaites-la avec guichet pack, puis envoyez-la à nouveau.",
	En: "could not be examined. Make it again with guichet pack, then send it again.",
}

// jugee is an answer of the examination; what was good has been kept.
type jugee struct {
	examen.Reponse
	sha256 string
}

// constat is what an examination gave.
type constat struct {
	attendues attendues
	demandes  []demande // those that attendues counts
	jugees    []jugee
	fermee    *examen.Reponse // why the archive was not opened
	omises    int
	perdues   []string // SHA-256 of bytes that nothing may refer to any more
}

// Examiner does the job of an archive: it is safe to do it again. An error lets it be tried again; what the
// archive itself is guilty of is none. ErrTour when the supplier's others are under way.
func (s *Service) Examiner(ctx context.Context, e Examen) error {
	toutes, err := archives(ctx, s.Base.Lire(), `id = $1`, e.Archive)
	if err != nil || len(toutes) == 0 || toutes[0].Etat != Recue {
		return err
	}
	a := &toutes[0]
	rendre, err := s.travail.entrer(a.Fournisseur)
	if err != nil {
		return err
	}
	defer rendre()
	d, err := depot(ctx, s.Base.Lire(), a.Fournisseur, a.Depot, "")
	if err != nil {
		return err
	}
	tenu, rendre := s.Fichiers.Tenir(ctx)
	defer rendre()
	c, err := s.examiner(tenu, a, &d)
	if errors.Is(err, examen.ErrEchec) && ctx.Err() == nil {
		c.jugees, c.fermee, err = nil, &examen.Reponse{Code: codeEchec, Message: avecNom(a.Nom, echec)}, nil
	}
	if err != nil {
		return fmt.Errorf("examine archive %d: %w", a.ID, err)
	}
	if c.fermee == nil && len(c.jugees)+c.omises == 0 {
		c.fermee = vide(a.Nom)
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.enregistrer(ctx, tx, a.ID, &d, &c) })
	if err == nil {
		rendre()
		s.liberer(ctx, c.perdues...)
	}
	return err
}

func avecNom(nom string, t modele.Texte) modele.Texte {
	return modele.Texte{Fr: nom + " " + t.Fr, En: nom + " " + t.En}
}

// examiner has the kept file examined, and keeps each good document.
func (s *Service) examiner(ctx context.Context, a *Archive, d *leDepot) (c constat, err error) {
	if c.demandes, err = demandes(ctx, s.Base.Lire(), d, ""); err != nil {
		return c, err
	}
	if c.attendues, err = s.attendues(d, c.demandes); err != nil {
		return c, err
	}
	f, err := s.Fichiers.Lire(a.SHA256)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	q, err := s.question(ctx, d, &c)
	if err != nil {
		return c, err
	}
	q.Nom, q.Taille = a.Nom, a.Taille
	if a.Place != SansPlace {
		q.Pour = &examen.Place{Piece: c.rang(a.Place), Entree: a.Entree}
	}
	err = examen.Demander(ctx, s.Programme, q, f, len(c.attendues.pieces), func(r examen.Reponse, document io.Reader) error {
		return s.juger(ctx, &c, r, document)
	})
	return c, err
}

// rang is the index of the document of a place among those that are expected, -1 for none.
func (c *constat) rang(p Place) int {
	return slices.IndexFunc(c.attendues.pieces, func(u appariement.Piece) bool {
		return u.Type == p.Type && c.demandes[u.Demande].rang == p.Rang
	})
}

func (s *Service) juger(ctx context.Context, c *constat, r examen.Reponse, document io.Reader) error {
	switch r.Genre {
	case examen.Fermee:
		c.fermee = &r
		return nil
	case examen.Fin:
		c.omises = r.Omises
		return nil
	case examen.Lue:
		for i := range c.jugees {
			if j := &c.jugees[i]; j.Genre == examen.Bonne && j.Piece == r.Piece {
				j.Lu = r.Lu
			}
		}
		return nil
	case examen.Bonne:
		g, err := s.Fichiers.Garder(ctx, document, piece.Accepter.MaxOctets)
		if err != nil {
			return err
		}
		if g.Taille != r.Taille {
			return fmt.Errorf("%w: a document is cut short", examen.ErrEchec)
		}
		j := jugee{r, g.SHA256}
		if err := s.analyser(ctx, &j); err != nil {
			return err
		}
		c.jugees = append(c.jugees, j)
		return nil
	}
	c.jugees = append(c.jugees, jugee{Reponse: r})
	return nil
}

// analyser has the antivirus look at a kept document.
func (s *Service) analyser(ctx context.Context, j *jugee) (err error) {
	if s.Analyser == nil {
		return nil
	}
	f, err := s.Fichiers.Lire(j.sha256)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	virus, err := s.Analyser(ctx, f)
	if err != nil {
		return fmt.Errorf("ask the antivirus: %w", err)
	}
	if virus != "" {
		j.Genre, j.Code, j.sha256 = examen.Mauvaise, codeVirus, ""
		j.Message = modele.Texte{
			Fr: j.Nom + " : l'antivirus y reconnaît " + virus,
			En: j.Nom + ": the antivirus finds " + virus + " in it",
		}
		j.Aide = modele.Texte{
			Fr: "exportez le document à nouveau depuis un poste sain, puis envoyez-le à nouveau",
			En: "export the document again from a sound machine, then send it again",
		}
	}
	return nil
}
