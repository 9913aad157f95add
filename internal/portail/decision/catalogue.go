package decision

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// Catalogue is the reasons for refusals and withdrawals, in all their versions, as they are at an instant.
type Catalogue struct{ versions []Revision }

// Revision is a version of a reason: who made it, and when.
type Revision struct {
	Motif
	Qui     string // "" as it is shipped
	Instant time.Time
}

// Reference names a version of a reason, as decisions keep it: "PLAFOND" as it is shipped, "PLAFOND.3".
func (m Motif) Reference() string {
	if m.Version == 0 {
		return m.Code
	}
	return m.Code + "." + strconv.Itoa(m.Version)
}

// Lue names the version that a form shows, also the shipped one: "PLAFOND.0".
func (m Motif) Lue() string { return m.Code + "." + strconv.Itoa(m.Version) }

// Dite is what the supplier reads, and what it rests on.
func (m Motif) Dite() modele.Texte {
	return modele.Texte{Fr: m.Texte.Fr + " (" + m.Article + ")", En: m.Texte.En + " (" + m.Article + ")"}
}

// CodeDe is the code of the reason that a reference names a version of.
func CodeDe(reference string) string {
	code, _, _ := strings.Cut(reference, ".")
	return code
}

// Catalogue reads the reasons.
func (s *Service) Catalogue(ctx context.Context, q db.Lecteur) (*Catalogue, error) {
	return LireCatalogue(ctx, q)
}

// Livre is the catalogue as it is shipped.
func Livre() *Catalogue {
	c := &Catalogue{}
	for _, m := range livres {
		c.versions = append(c.versions, Revision{Motif: m})
	}
	return c
}

type cleCatalogue struct{}

// LireCatalogue reads the reasons: once in a transaction.
func LireCatalogue(ctx context.Context, q db.Lecteur) (*Catalogue, error) {
	return db.UneFois(ctx, cleCatalogue{}, func() (*Catalogue, error) { return lireCatalogue(ctx, q) })
}

func lireCatalogue(ctx context.Context, q db.Lecteur) (*Catalogue, error) {
	c := Livre()
	faites, err := db.Lignes(ctx, q, scruterRevision, `SELECT m.code, m.version, m.nom_fr, m.nom_en, m.texte_fr, m.texte_en, m.article, m.actif, m.retrait, COALESCE(c.nom, ''), m.instant
		FROM motif m LEFT JOIN compte c ON c.id = m.compte_id ORDER BY m.code, m.version`)
	if err != nil {
		return nil, fmt.Errorf("read the catalogue of reasons: %w", err)
	}
	c.versions = append(c.versions, faites...)
	return c, nil
}

func scruterRevision(l db.Ligne, r *Revision) error {
	var actif, instant int64
	err := l.Scan(&r.Code, &r.Version, &r.Nom.Fr, &r.Nom.En, &r.Texte.Fr, &r.Texte.En, &r.Article, &actif, &r.Retrait, &r.Qui, &instant)
	r.Inactif, r.Instant = actif == 0, db.Temps(instant)
	return err
}

// Motifs are the reasons as they are now: those that are shipped first, then the agency's own.
func (c *Catalogue) Motifs() (motifs []Motif) {
	for _, r := range c.versions {
		i := slices.IndexFunc(motifs, func(m Motif) bool { return m.Code == r.Code })
		if i < 0 {
			motifs = append(motifs, r.Motif)
		} else {
			motifs[i] = r.Motif // versions follow each other
		}
	}
	return motifs
}

// Actifs are those that may be chosen for a decision.
func (c *Catalogue) Actifs(s Sens) []Motif {
	return slices.DeleteFunc(c.Motifs(), func(m Motif) bool { return m.Inactif || !m.pour(s) })
}

// pour tells whether it is a reason of decisions like that.
func (m Motif) pour(s Sens) bool { return m.Retrait == (s == Retrait) }

// Actuel is a reason as it is now, by its code.
func (c *Catalogue) Actuel(code string) (Motif, bool) {
	motifs := c.Motifs()
	i := slices.IndexFunc(motifs, func(m Motif) bool { return m.Code == code })
	if i < 0 {
		return Motif{}, false
	}
	return motifs[i], true
}

// De is the version that a reference names, or a form (Lue), whatever became of the reason since.
func (c *Catalogue) De(reference string) (Motif, bool) {
	i := slices.IndexFunc(c.versions, func(r Revision) bool { return r.Reference() == reference || r.Lue() == reference })
	if i < 0 {
		return Motif{}, false
	}
	return c.versions[i].Motif, true
}

// Revisions are the versions of a reason, the last one first.
func (c *Catalogue) Revisions(code string) (revisions []Revision) {
	for _, r := range c.versions {
		if r.Code == code {
			revisions = append(revisions, r)
		}
	}
	slices.Reverse(revisions)
	return revisions
}

// Dites are the reasons that references name, as the supplier reads them.
func (c *Catalogue) Dites(references []string) (textes []modele.Texte) {
	for _, r := range references {
		if m, ok := c.De(r); ok {
			textes = append(textes, m.Dite())
		}
	}
	return textes
}

// choisir are the references of the reasons that were chosen: those of the versions that may be chosen now. A code stands for the reason as it
// is now.
func (c *Catalogue) choisir(choisis []string, s Sens) (references []string, err error) {
	for _, x := range choisis {
		code := CodeDe(x)
		m, ok := c.Actuel(code)
		switch {
		case !ok || m.Inactif || !m.pour(s):
			return nil, Refuser("Le motif « "+x+" » n'est pas, ou n'est plus, dans le catalogue.", "The reason “"+x+"” is not, or no longer, in the catalogue.")
		case x != code && x != m.Lue():
			return nil, Refuser("Le motif « "+m.Nom.Fr+" » a changé depuis que vous l'avez lu : relisez-le.", "The reason “"+m.Nom.En+"” has changed since you read it: read it again.")
		}
		references = append(references, m.Reference())
	}
	return references, nil
}

// motif is what the history of the demande says of a decision: reasons to each reader in the own language.
func (c *Catalogue) motif(references []string, texte string, s Sens) string {
	if s == Attribution {
		return texte
	}
	var lignes []string
	for _, t := range c.Dites(references) {
		lignes = append(lignes, ecrit.EnDeuxLangues(t))
	}
	if texte != "" {
		lignes = append(lignes, texte)
	}
	return strings.Join(lignes, "\n")
}

// The bounds of the catalogue: how many reasons, and versions of one; how long a code, a name, a text and an article are, in characters.
const (
	MaxMotifs   = 100
	MaxVersions = 1000
	MaxCode     = 30
	MaxNom      = 100
	MaxArticle  = 200
	MaxDit      = 1000
)

var invalide = Refuser("Le code a de 1 à 30 capitales sans accent, chiffres ou « _ ».", "The code has 1 to 30 capitals, digits or “_”.")

// Reviser makes a new version of a reason, the first one where nouveau says that there is none of that code. lue is the version that was read.
func (s *Service) Reviser(ctx context.Context, compte int64, m Motif, nouveau bool) error {
	if n := len(m.Code); n == 0 || n > MaxCode || strings.Trim(m.Code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
		return invalide
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		c, err := s.Catalogue(ctx, tx)
		if err != nil {
			return err
		}
		actuel, ok := c.Actuel(m.Code)
		switch {
		case ok && nouveau:
			return Refuser("Un motif a déjà ce code.", "A reason has this code already.")
		case !ok && !nouveau:
			return ErrInconnue
		case ok && actuel.Retrait != m.Retrait:
			return Refuser("Un motif reste de refus, ou de retrait : faites-en un autre.", "A reason stays one of refusals, or of withdrawals: make another one.")
		case actuel.Version != m.Version:
			return Refuser("Ce motif a changé depuis que vous l'avez lu : relisez-le. Rien n'est enregistré.", "This reason has changed since you read it: read it again. Nothing is stored.")
		case m.Code == SansReponse && m.Inactif:
			return Refuser("Ce motif est celui que le guichet propose lui-même : il peut changer de texte, pas être retiré.", "This reason is the one that the counter proposes by itself: its text may change, it cannot be withdrawn.")
		case len(c.Motifs()) >= MaxMotifs && nouveau || m.Version >= MaxVersions:
			return Refuser("Le catalogue est plein.", "The catalogue is full.")
		}
		return s.reviser(ctx, tx, compte, m)
	})
}

func (s *Service) reviser(ctx context.Context, tx *sql.Tx, compte int64, m Motif) error {
	err := db.Poser(ctx, tx, `INSERT INTO motif (code, version, nom_fr, nom_en, texte_fr, texte_en, article, actif, retrait, compte_id, instant) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		m.Code, m.Version+1, m.Nom.Fr, m.Nom.En, m.Texte.Fr, m.Texte.En, m.Article, db.Chiffre(!m.Inactif), db.Chiffre(m.Retrait), compte, s.instant())
	if err != nil {
		return fmt.Errorf("keep a reason: %w", err)
	}
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Instant: s.Maintenant(), Acteur: compte, Action: "motif.revise", Objet: ecrit.Visible(m.Code), Details: map[string]string{"version": strconv.Itoa(m.Version + 1)},
	})
}
