package lettre

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"unicode/utf8"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// Reglage is something that the agency alone can say, and that letters must: the program does not invent it.
type Reglage struct {
	Nom   string // of its field
	Titre modele.Texte
	Quoi  modele.Texte
	Long  bool // paragraphs
}

// Reglages are they.
var Reglages = []Reglage{
	{Nom: "tribunal", Titre: modele.Texte{Fr: "Tribunal", En: "Court"}, Quoi: modele.Texte{Fr: "devant qui une décision est contestée, avec son adresse", En: "who hears an appeal, with the address"}},
	{Nom: "superieur", Titre: modele.Texte{Fr: "Supérieur hiérarchique", En: "Superior"}, Quoi: modele.Texte{Fr: "à qui s'adresse un recours hiérarchique", En: "whom a hierarchical appeal goes to"}},
	{Nom: "texte", Long: true, Titre: modele.Texte{Fr: "Document et version", En: "Document and version"}, Quoi: modele.Texte{Fr: "le document qui fixe les conditions de l'aide, et sa version", En: "the document that lays down the conditions of the aid, and its version"}},
	{Nom: "limite", Long: true, Titre: modele.Texte{Fr: "Date limite du solde", En: "Deadline of the balance"}, Quoi: modele.Texte{Fr: "le jour limite, avec son heure", En: "the last day, with its hour"}},
	{Nom: "piecesSolde", Long: true, Titre: modele.Texte{Fr: "Pièces du solde", En: "Documents of the balance"}, Quoi: modele.Texte{Fr: "les pièces à produire pour le solde", En: "the documents to be produced for the balance"}},
	{Nom: "seuils", Long: true, Titre: modele.Texte{Fr: "Seuils d'usage", En: "Usage thresholds"}, Quoi: modele.Texte{Fr: "les seuils d'usage à atteindre", En: "the usage thresholds to be reached"}},
	{Nom: "controles", Long: true, Titre: modele.Texte{Fr: "Contrôles", En: "Controls"}, Quoi: modele.Texte{Fr: "les contrôles, et ce qu'il faut garder pour eux", En: "the controls, and what must be kept for them"}},
	{Nom: "recouvrement", Long: true, Titre: modele.Texte{Fr: "Reversement", En: "Recovery"}, Quoi: modele.Texte{Fr: "dans quels cas l'aide est reversée, et comment", En: "when the aid is recovered, and how"}},
}

var ceTexte = modele.Texte{Fr: "ce texte", En: "this text"}

// MaxReglage is how long one may be, in characters.
const MaxReglage = 3000

// reglages reads what the agency says, with what the installation says where it has not.
func (s *Service) reglages(ctx context.Context, q db.Lecteur) (map[string]modele.Texte, error) {
	type un struct {
		nom string
		modele.Texte
	}
	lus, err := db.Lignes(ctx, q, func(l db.Ligne, x *un) error { return l.Scan(&x.nom, &x.Fr, &x.En) },
		`SELECT nom, fr, en FROM lettre_reglage r WHERE version = (SELECT MAX(version) FROM lettre_reglage x WHERE x.nom = r.nom)`)
	if err != nil {
		return nil, fmt.Errorf("read what letters say: %w", err)
	}
	tous := map[string]modele.Texte{"tribunal": pareil(s.Tribunal)}
	for _, x := range lus {
		if x.Texte != (modele.Texte{}) || x.nom != "tribunal" {
			tous[x.nom] = x.Texte
		}
	}
	return tous, nil
}

// Regler keeps what the agency says, as new versions of what has changed.
func (s *Service) Regler(ctx context.Context, compte int64, dit map[string]modele.Texte) error {
	for _, r := range Reglages {
		for _, t := range []string{dit[r.Nom].Fr, dit[r.Nom].En} {
			if n := utf8.RuneCountInString(t); n > MaxReglage {
				x := ecrit.TropLong(ceTexte, MaxReglage, n)
				return decision.Refuser(x.Fr, x.En)
			}
			if f := formes(t); len(f) > 0 {
				return decision.Refuser("« "+r.Titre.Fr+" » : "+f[0].Texte.Fr, "“"+r.Titre.En+"”: "+f[0].Texte.En)
			}
		}
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		avant, err := s.reglages(ctx, tx)
		if err != nil {
			return err
		}
		for _, r := range Reglages {
			t, ok := dit[r.Nom]
			if !ok || t == avant[r.Nom] {
				continue
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO lettre_reglage (nom, version, fr, en, compte_id, instant)
				SELECT $1, COALESCE(MAX(version), 0) + 1, $2, $3, $4, $5 FROM lettre_reglage WHERE nom = $1`, r.Nom, t.Fr, t.En, compte, s.instant())
			if err == nil {
				err = s.consigner(ctx, tx, compte, "lettre.reglage", r.Nom)
			}
			if err != nil {
				return fmt.Errorf("keep what letters say: %w", err)
			}
		}
		return nil
	})
}

// consigner notes in the journal what somebody changed about letters.
func (s *Service) consigner(ctx context.Context, tx *sql.Tx, qui int64, action, objet string) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{Chaine: compte.Agence, Instant: s.Maintenant(), Acteur: qui, Action: action, Objet: objet})
}

// Qualifier keeps as what somebody decides.
func (s *Service) Qualifier(ctx context.Context, qui, compte int64, qualite modele.Texte) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		avant, err := s.qualite(ctx, tx, compte)
		if err != nil || avant == qualite {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO lettre_qualite (compte_id, fr, en) VALUES ($1, $2, $3) ON CONFLICT (compte_id) DO UPDATE SET fr = excluded.fr, en = excluded.en`,
			compte, qualite.Fr, qualite.En)
		if err == nil {
			err = s.consigner(ctx, tx, qui, "lettre.qualite", fmt.Sprint(compte))
		}
		if err != nil {
			return fmt.Errorf("keep as what somebody decides: %w", err)
		}
		return nil
	})
}

// qualite is as what somebody decides; "" where the agency has not said it.
func (s *Service) qualite(ctx context.Context, q db.Lecteur, compte int64) (t modele.Texte, err error) {
	err = q.QueryRowContext(ctx, `SELECT fr, en FROM lettre_qualite WHERE compte_id = $1`, compte).Scan(&t.Fr, &t.En)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return t, fmt.Errorf("read as what somebody decides: %w", err)
	}
	return t, nil
}
