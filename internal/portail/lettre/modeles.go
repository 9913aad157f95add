package lettre

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"guichet/internal/portail/db"
)

// livres are the models that the program ships.
//
//go:embed livres/*.md
var livres embed.FS

// Livre is the text of a model that the program ships; "" where there is none.
func Livre(g Genre, langue string) string {
	octets, err := livres.ReadFile("livres/" + string(g) + "." + langue + ".md")
	if err != nil {
		return ""
	}
	return string(octets)
}

// Version is a model as it was saved.
type Version struct {
	Genre   Genre
	Langue  string // fr, en
	Numero  int64  // from 1
	Texte   string
	Compte  int64 // 0 for one that the program ships
	Nom     string
	Instant time.Time
}

func scruterVersion(l db.Ligne, v *Version) error {
	var instant int64
	err := l.Scan(&v.Genre, &v.Langue, &v.Numero, &v.Texte, &v.Compte, &v.Nom, &instant)
	v.Instant = db.Temps(instant)
	return err
}

const versions = `SELECT m.genre, m.langue, m.version, m.texte, m.compte_id, COALESCE(c.nom, ''), m.instant FROM lettre_modele m LEFT JOIN compte c ON c.id = m.compte_id `

// ErrInconnue says that there is no such letter, model or version.
var ErrInconnue = errors.New("no such letter")

// Livrer keeps the models that the program ships as versions, where the agency has none of its own.
func (s *Service) Livrer(ctx context.Context) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, g := range Genres {
			for _, l := range langues {
				v, err := s.Modele(ctx, tx, g.Genre, l.Mot)
				if err == nil && (v.Compte != 0 || v.Texte == Livre(g.Genre, l.Mot)) {
					continue
				}
				if err == nil || errors.Is(err, ErrInconnue) {
					err = s.ajouter(ctx, tx, g.Genre, l.Mot, Livre(g.Genre, l.Mot), 0)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (s *Service) ajouter(ctx context.Context, tx *sql.Tx, g Genre, langue, texte string, compte int64) error {
	err := db.Poser(ctx, tx, `INSERT INTO lettre_modele (genre, langue, version, texte, compte_id, instant)
		SELECT $1, $2, COALESCE(MAX(version), 0) + 1, $3, $4, $5 FROM lettre_modele WHERE genre = $1 AND langue = $2 ON CONFLICT DO NOTHING`, string(g), langue, texte, compte, s.instant())
	if err != nil {
		return fmt.Errorf("keep a model: %w", err)
	}
	return nil
}

// Modele is the model that letters of a kind are made of now, in a language.
func (s *Service) Modele(ctx context.Context, q db.Lecteur, g Genre, langue string) (*Version, error) {
	return s.version(ctx, q, `WHERE m.genre = $1 AND m.langue = $2 ORDER BY m.version DESC LIMIT 1`, string(g), langue)
}

// ModeleVersion is one version of it.
func (s *Service) ModeleVersion(ctx context.Context, q db.Lecteur, g Genre, langue string, numero int64) (*Version, error) {
	return s.version(ctx, q, `WHERE m.genre = $1 AND m.langue = $2 AND m.version = $3`, string(g), langue, numero)
}

func (s *Service) version(ctx context.Context, q db.Lecteur, ou string, args ...any) (*Version, error) {
	v := &Version{}
	err := scruterVersion(q.QueryRowContext(ctx, versions+ou, args...), v)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrInconnue
	case err != nil:
		return nil, fmt.Errorf("read a model: %w", err)
	}
	return v, nil
}

// maxVersions is how many versions a page lists: all are kept.
const maxVersions = 50

// Versions lists those of a model, the newest first.
func (s *Service) Versions(ctx context.Context, q db.Lecteur, g Genre, langue string) ([]Version, error) {
	toutes, err := db.Lignes(ctx, q, scruterVersion, versions+`WHERE m.genre = $1 AND m.langue = $2 ORDER BY m.version DESC LIMIT $3`, string(g), langue, maxVersions)
	if err != nil {
		return nil, fmt.Errorf("list the versions of a model: %w", err)
	}
	return toutes, nil
}

// courants are the models of a kind in each language, by its word.
func (s *Service) courants(ctx context.Context, q db.Lecteur, g Genre) (map[string]Version, error) {
	lus, err := db.Lignes(ctx, q, scruterVersion, versions+`WHERE m.genre = $1 AND m.version = (SELECT MAX(x.version) FROM lettre_modele x WHERE x.genre = m.genre AND x.langue = m.langue)`, string(g))
	if err != nil {
		return nil, fmt.Errorf("read the models: %w", err)
	}
	tous := map[string]Version{}
	for _, v := range lus {
		tous[v.Langue] = v
	}
	return tous, nil
}

// Enregistrer keeps a text as a new version of a model, once nothing is wrong with it. A text that is the same is none. lue is the version that was
// read: where there is another one since, nothing is kept, and that one is returned.
func (s *Service) Enregistrer(ctx context.Context, compte int64, g Genre, langue, texte string, lue int64) (fautes []Faute, depuis *Version, err error) {
	texte = strings.ReplaceAll(texte, "\r\n", "\n")
	if fautes := Analyser(g, texte); len(fautes) > 0 {
		return fautes, nil, nil
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.verrouiller(ctx, tx); err != nil {
			return err
		}
		v, err := s.Modele(ctx, tx, g, langue)
		if depuis = nil; err != nil || strings.TrimSpace(v.Texte) == strings.TrimSpace(texte) {
			return err
		}
		if v.Numero != lue {
			depuis = v
			return nil
		}
		if err := s.ajouter(ctx, tx, g, langue, texte, compte); err != nil {
			return err
		}
		return s.consigner(ctx, tx, compte, "lettre.modele", string(g)+"-"+langue)
	})
	return nil, depuis, err
}

// verrouiller lets one person at a time save what letters are made of.
func (s *Service) verrouiller(ctx context.Context, tx *sql.Tx) error {
	var id int64
	if err := tx.QueryRowContext(ctx, `SELECT id FROM lettre_verrou WHERE id = 1 `+s.Base.Dialecte.Verrou).Scan(&id); err != nil {
		return fmt.Errorf("save what letters are made of: %w", err)
	}
	return nil
}
