package lettre

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// seules is how many letters that are sent at once have a mail each, which carries them; more of them have one mail together. maxDits is
// how many it names; parEnvoi bounds those of one mail.
const (
	seules   = 3
	maxDits  = 20
	parEnvoi = 1000
)

// Dire has the people of each supplier told of the letters that were sent since, in one transaction for each supplier: a counter that
// dies between two goes on with the next, and nobody is told twice.
func (s *Service) Dire(ctx context.Context) error {
	fournisseurs, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, f *int64) error { return l.Scan(f) }, `SELECT DISTINCT fournisseur_id FROM lettre_a_dire ORDER BY fournisseur_id`)
	if err != nil {
		return fmt.Errorf("look for letters to tell of: %w", err)
	}
	var echecs []error
	for _, f := range fournisseurs {
		if err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.dire(ctx, tx, f) }); err != nil {
			echecs = append(echecs, fmt.Errorf("tell supplier %d of its letters: %w", f, err))
		}
	}
	return errors.Join(echecs...)
}

func (s *Service) dire(ctx context.Context, tx *sql.Tx, fournisseur int64) error {
	// The delete comes first: of two processes one has the rows, the other none.
	dites, err := db.Lignes(ctx, tx, func(l db.Ligne, id *int64) error { return l.Scan(id) },
		`DELETE FROM lettre_a_dire WHERE fournisseur_id = $1 AND decision_id IN (SELECT decision_id FROM lettre_a_dire WHERE fournisseur_id = $1 ORDER BY decision_id LIMIT $2) RETURNING decision_id`, fournisseur, parEnvoi)
	if err != nil || len(dites) == 0 {
		return err
	}
	slices.Sort(dites)
	references, err := s.references(ctx, tx, dites)
	if err != nil {
		return err
	}
	gens, err := s.Destinataires(ctx, tx, fournisseur, compte.CourrielLettres)
	if err != nil {
		return err
	}
	if len(dites) > seules {
		return s.Annoncer(ctx, tx, gens, references)
	}
	for _, r := range references {
		if err := s.Annoncer(ctx, tx, gens, []string{r}); err != nil {
			return err
		}
	}
	return nil
}

// references are the numbers of these decisions, in the order of their numbers.
func (s *Service) references(ctx context.Context, tx *sql.Tx, ids []int64) (references []string, err error) {
	for _, id := range ids {
		var d decision.Decision
		if err := tx.QueryRowContext(ctx, `SELECT annee, numero FROM decision WHERE id = $1`, id).Scan(&d.Annee, &d.Numero); err != nil {
			return nil, fmt.Errorf("read the number of a decision: %w", err)
		}
		references = append(references, d.Reference())
	}
	return references, nil
}

// RedigerPlusieurs writes the mail that tells of several letters at once: how many, then the first ones.
func (s *Service) RedigerPlusieurs(ctx context.Context, numeros []string, l modele.Langue) (r courriel.Redaction, err error) {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) }
	combien := len(numeros)
	var b strings.Builder
	fmt.Fprintf(&b, t("%d demandes ont leur décision. Chaque lettre se lit et se télécharge (PDF) au guichet : %s%s\n", "%d requests have their decision. Each letter is read and downloaded (PDF, in French: that text decides) at the counter: %s%s\n"), combien, s.Adresse, adresseLettres)
	b.WriteString(t("La date de la première lecture au guichet est gardée.\n\n", "The date of the first reading at the counter is kept.\n\n"))
	postale := false
	for _, n := range numeros[:min(combien, maxDits)] {
		x, _, err := s.lettreDe(ctx, n)
		if err != nil {
			return r, err
		}
		postale = postale || x.Postale
		fmt.Fprintf(&b, "%s, %s%s%s%s%s%s\n", x.NumeroASP, strings.ToLower(x.Sens.Nom().In(l)), t(", n° ", ", no. "), n, t(" : ", ": "), s.Adresse, adresseLettre(n))
	}
	if n := combien - maxDits; n > 0 {
		b.WriteString(t("et ", "and ") + ecrit.Autres(n).In(l) + "\n")
	}
	if postale {
		b.WriteString(parLaPoste.In(l))
	}
	r = courriel.Redaction{Sujet: fmt.Sprintf(t("%d décisions sur vos demandes", "%d decisions on your requests"), combien), Texte: b.String()}
	if l == modele.Francais {
		r.Sujet = ecrit.Francais(r.Sujet)
	}
	return r, nil
}
