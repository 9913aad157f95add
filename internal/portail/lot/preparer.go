package lot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/modele"
)

// Commande is what somebody asks a lot to do.
type Commande struct {
	Genre    Genre
	Requete  string     // the list whose demandes it takes, as the query of its address
	Choisies []etat.Cle // those that it takes; all of the list for none
	Motifs   []string
	Texte    string
	Reste    bool
}

// maxChoisies is how many demandes are chosen one by one.
const maxChoisies = 200

func (c *Commande) verifier(a instruction.Agent) error {
	switch {
	case !c.Genre.Permis(a):
		return refuser("Votre rôle ne permet pas ce lot.", "Your role does not allow this batch.")
	case len(c.Choisies) > maxChoisies:
		return refuser("Plus de 200 demandes sont cochées : prenez toute la liste, ou cochez-en moins.", "More than 200 requests are ticked: take the whole list, or tick fewer.")
	case utf8.RuneCountInString(c.Texte) > decision.MaxTexte:
		return refuser("Le texte a plus de 2 000 caractères : raccourcissez-le.", "The text has more than 2,000 characters: shorten it.")
	case c.Genre == Refuser && len(c.Motifs) == 0:
		return refuser("Choisissez le motif du refus : il est obligatoire (CRPA, art. L211-2).", "Choose the reason for the refusal: it is required (CRPA, art. L211-2).")
	}
	return nil
}

// maxOuverts is how many lots that are not done one person has.
const maxOuverts = 5

// Preparer begins a lot: its demandes are looked at next, nothing is done before its maker confirms it.
func (s *Service) Preparer(ctx context.Context, a instruction.Agent, c Commande) (id int64, err error) {
	if err := c.verifier(a); err != nil {
		return 0, err
	}
	l := &Lot{Genre: c.Genre, Reste: c.Reste}
	choisies, err := s.choisir(ctx, a, l, c.Choisies)
	if err != nil {
		return 0, err
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.creer(ctx, tx, a, l, c); err != nil || len(c.Choisies) == 0 {
			return err
		}
		return s.ajouter(ctx, tx, l, choisies, fin)
	})
	s.reveiller()
	return l.ID, err
}

func (s *Service) creer(ctx context.Context, tx *sql.Tx, a instruction.Agent, l *Lot, c Commande) error {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM lot WHERE compte_id = $1 AND etat IN ('preparation', 'a_confirmer', 'en_cours')`, a.Compte).Scan(&n)
	if err == nil && n >= maxOuverts {
		return refuser("Vous avez déjà cinq lots ouverts : confirmez-les ou abandonnez-les d'abord (Travail › Lots).", "You have five open batches already: confirm or drop them first (Work › Batches).")
	}
	var lettres string
	if err == nil {
		lettres, err = s.lettres(ctx, tx, c.Genre)
	}
	if err == nil {
		err = tx.QueryRowContext(ctx, `INSERT INTO lot (genre, etat, compte_id, requete, place, motifs, texte, reste, cree, lettres) VALUES ($1, 'preparation', $2, $3, '', $4, $5, $6, $7, $8) RETURNING id`,
			string(c.Genre), a.Compte, c.Requete, strings.Join(c.Motifs, " "), c.Texte, db.Chiffre(c.Reste), s.instant(), lettres).Scan(&l.ID)
	}
	if err != nil {
		return fmt.Errorf("begin a lot: %w", err)
	}
	return nil
}

// lettres names what the letters of a lot would be made of now.
func (s *Service) lettres(ctx context.Context, q db.Lecteur, g Genre) (string, error) {
	if g != Decider || s.Decisions.Lettres.Version == nil {
		return "", nil
	}
	return s.Decisions.Lettres.Version(ctx, q)
}

// choisir looks at the demandes that were chosen one by one.
func (s *Service) choisir(ctx context.Context, a instruction.Agent, l *Lot, cles []etat.Cle) ([]Ligne, error) {
	vues := map[etat.Cle]bool{}
	var dossiers []instruction.Dossier
	for _, c := range cles {
		d, err := s.Examens.Dossier(ctx, s.Base.Lire(), c)
		switch {
		case errors.Is(err, instruction.ErrInconnu):
		case err != nil:
			return nil, err
		case !vues[c]:
			vues[c], dossiers = true, append(dossiers, *d)
		}
	}
	return s.juger(ctx, a, l, dossiers)
}

// fin is the place after the last part of a list.
const fin = "fin"

// parPart is how many demandes are looked at before what was found is written.
const parPart = 200

// preparer looks at the next demandes of the list of a lot. It tells whether there is more to do.
func (s *Service) preparer(ctx context.Context, l *Lot) (encore bool, err error) {
	a, err := s.Agent(ctx, s.Base.Lire(), l.Compte)
	if err != nil {
		return false, err
	}
	if !l.Genre.Permis(a) {
		return false, s.arreter(ctx, l.ID, sansRole)
	}
	p, err := s.Examens.Lister(ctx, s.Examens.Filtrer(l.Requete, a), instruction.LirePlace(l.place), int(min(parPart, Max-l.Total)))
	if err != nil {
		return false, err
	}
	suite := fin
	if p.Apres != nil {
		suite = p.Apres.Ecrire()
	}
	lignes, err := s.juger(ctx, a, l, p.Dossiers)
	if err != nil {
		return false, err
	}
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.ajouter(ctx, tx, l, lignes, suite) })
	return err == nil, err
}

// ajouter writes what was found of some demandes, unless another process has done so meanwhile; after the last of them the lot waits
// to be confirmed.
func (s *Service) ajouter(ctx context.Context, tx *sql.Tx, l *Lot, lignes []Ligne, place string) error {
	total, ecartees, montant := int64(len(lignes)), int64(0), int64(0)
	for _, x := range lignes {
		if x.Issue == Ecartee {
			ecartees++
		} else {
			montant += x.Montant
		}
	}
	suite, e := place != fin && l.Total+total >= Max, Preparation
	if suite || place == fin {
		e = AConfirmer
	}
	fait, err := tx.ExecContext(ctx, `UPDATE lot SET place = $1, total = total + $2, ecartees = ecartees + $3, montant = montant + $4, suite = $5, etat = $6 WHERE id = $7 AND etat = 'preparation' AND place = $8`,
		place, total, ecartees, montant, db.Chiffre(suite), string(e), l.ID, l.place)
	if err != nil {
		return fmt.Errorf("prepare a lot: %w", err)
	}
	if n, err := fait.RowsAffected(); n == 0 || err != nil {
		return err
	}
	if err := ecrireLignes(ctx, tx, s.Base.Dialecte, l, lignes); err != nil || e != AConfirmer || l.Total+total > l.Ecartees+ecartees {
		return err
	}
	return s.finir(ctx, tx, l, Arrete, modele.Texte{Fr: "Toutes ses demandes sont écartées, ou il n'en a aucune : il n'y a rien à confirmer.", En: "All its requests are set aside, or it has none: there is nothing to be confirmed."})
}

func ecrireLignes(ctx context.Context, tx *sql.Tx, d db.Dialecte, l *Lot, lignes []Ligne) error {
	if len(lignes) == 0 {
		return nil
	}
	i := db.Insertion{
		Table: "lot_ligne", Communes: []db.Colonne{{Nom: "lot_id", Type: "bigint"}},
		Colonnes: []db.Colonne{
			{Nom: "ordre", Type: "bigint"}, {Nom: "depot_id", Type: "bigint"}, {Nom: "rang", Type: "bigint"}, {Nom: "version", Type: "bigint"}, {Nom: "decision_id", Type: "bigint"},
			{Nom: "montant", Type: "bigint"}, {Nom: "points", Type: "text"}, {Nom: "issue", Type: "text"}, {Nom: "cause_fr", Type: "text"}, {Nom: "cause_en", Type: "text"},
		},
	}
	i.Preparer(d)
	var ordres, depots, rangs, versions, decisions, montants db.Entiers
	var points, issues, fr, en db.Textes
	for n, x := range lignes {
		ordres, depots, rangs = append(ordres, l.Total+int64(n)+1), append(depots, x.Depot), append(rangs, int64(x.Rang))
		versions, decisions, montants = append(versions, x.Version), append(decisions, x.Decision), append(montants, x.Montant)
		points, issues, fr, en = append(points, strings.Join(x.Points, " ")), append(issues, string(x.Issue)), append(fr, x.Cause.Fr), append(en, x.Cause.En)
	}
	if err := i.Executer(ctx, tx, []any{l.ID}, ordres, depots, rangs, versions, decisions, montants, points, issues, fr, en); err != nil {
		return fmt.Errorf("write the demandes of a lot: %w", err)
	}
	return nil
}
