package suivi

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/diag"
	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/compteur"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
	"guichet/jsondoc"
	"guichet/modele"
)

// Correction is a value that a supplier gave in the place of another one.
type Correction struct {
	Version  int
	Pointeur string
	Nom      modele.Texte // of the tag, with where it is
	Balise   string
	Avant    modele.Texte // as people read them
	Apres    modele.Texte
	Qui      string
	Instant  time.Time
	avant    string // JSON literals
	apres    string
}

// Recontrole is what the controls of a deposit find in one demande alone.
type Recontrole struct {
	Montant   int64 // cents
	OG        string
	ESMS      []string // FINESS géographiques
	Anomalies []diag.Diagnostic
}

// corrections lists those of a demande, version by version, without their words.
func (s *Service) corrections(ctx context.Context, q db.Lecteur, c Cle) ([]Correction, error) {
	toutes, err := db.Lignes(ctx, q, func(l db.Ligne, x *Correction) error {
		var instant int64
		err := l.Scan(&x.Version, &x.Pointeur, &x.avant, &x.apres, &x.Qui, &instant)
		x.Instant = db.Temps(instant)
		return err
	}, `SELECT k.version, k.pointeur, k.ancienne, k.nouvelle, COALESCE(c.nom, ''), k.instant FROM correction k LEFT JOIN compte c ON c.id = k.compte_id
		WHERE k.depot_id = $1 AND k.rang = $2 ORDER BY k.version, k.pointeur`, c.Depot, c.Rang)
	if err != nil {
		return nil, fmt.Errorf("read the corrections: %w", err)
	}
	return toutes, nil
}

// analyser reads the bytes of a demande.
func analyser(octets []byte) (*jsondoc.Document, error) {
	return jsondoc.NewParser(jsondoc.NewVocabulary(nil), jsondoc.Limits{}).Parse(octets)
}

// corriger is what a demande says with the corrections that were made, the last one of each tag; what was declared stays beside it.
func (c *contenu) corriger(toutes []Correction) (*contenu, error) {
	if len(toutes) == 0 {
		return c, nil
	}
	litteraux, declarees := map[string]string{}, map[string]*modele.Texte{}
	for _, x := range toutes {
		litteraux[x.Pointeur] = x.apres
	}
	for _, o := range c.ouvrables() {
		if l, ok := litteraux[o.Pointeur]; ok && l != o.Litteral {
			declarees[o.Pointeur] = &o.Valeur
		}
	}
	octets, err := c.ecrire(litteraux)
	if err != nil {
		return nil, err
	}
	doc, err := analyser(octets)
	if err != nil {
		return nil, err
	}
	c.nommer(toutes)
	corrige := *c
	corrige.doc, corrige.declarees = doc, declarees
	return &corrige, nil
}

// nommer says the corrections in words.
func (c *contenu) nommer(toutes []Correction) {
	ouvrables := c.ouvrables()
	for i := range toutes {
		x := &toutes[i]
		n := slices.IndexFunc(ouvrables, func(o Ouvrable) bool { return o.Pointeur == x.Pointeur })
		if n < 0 {
			continue
		}
		t := ouvrables[n].Champ.Type
		x.Nom, x.Balise, x.Avant, x.Apres = ouvrables[n].Nom, ouvrables[n].Champ.Balise, lireLitteral(x.avant, t), lireLitteral(x.apres, t)
	}
}

// lireLitteral writes a literal as people read it.
func lireLitteral(litteral string, t modele.Type) modele.Texte {
	doc, err := analyser([]byte(litteral))
	if err != nil {
		return modele.Texte{}
	}
	return (&contenu{doc: doc}).texte(0, t)
}

// Ouvrir opens tags of a demande for correction, with what the agency asks for in the same transaction; those opened before are closed.
func (s *Service) Ouvrir(ctx context.Context, tx *sql.Tx, c Cle, pointeurs []string) error {
	if err := db.Poser(ctx, tx, `DELETE FROM ouverture WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang); err != nil {
		return fmt.Errorf("close tags: %w", err)
	}
	for _, p := range pointeurs {
		if err := db.Poser(ctx, tx, `INSERT INTO ouverture (depot_id, rang, pointeur) VALUES ($1, $2, $3)`, c.Depot, c.Rang, p); err != nil {
			return fmt.Errorf("open tags: %w", err)
		}
	}
	return nil
}

// ouvertes are the pointers of the tags that are open.
func (s *Service) ouvertes(ctx context.Context, q db.Lecteur, c Cle) ([]string, error) {
	pointeurs, err := db.Lignes(ctx, q, func(l db.Ligne, p *string) error { return l.Scan(p) }, `SELECT pointeur FROM ouverture WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang)
	if err != nil {
		return nil, fmt.Errorf("read which tags are open: %w", err)
	}
	return pointeurs, nil
}

// nouvelles are the values of an answer that were found right.
type nouvelles struct {
	version      int // that they were typed over
	corrections  []Correction
	avant, apres *Recontrole
}

// errPerimee says that the demande is no longer the one that was corrected.
var errPerimee = errors.New("the demande has changed since it was corrected")

// adopter gives a demande other values, in the transaction of the answer: a new version; its amounts and what it claims follow.
func (s *Service) adopter(ctx context.Context, tx *sql.Tx, d *Demande, compte int64, n nouvelles) error {
	var ici etat.Etat
	var montant int64
	err := tx.QueryRowContext(ctx, `SELECT `+reel+`, montant FROM demande WHERE fournisseur_id = $1 AND depot_id = $2 AND rang = $3 `+s.Base.Dialecte.Verrou, d.Fournisseur, d.Depot, d.Rang).Scan(&ici, &montant)
	if err != nil {
		return fmt.Errorf("read a demande: %w", err)
	}
	if err := s.encoreOuvertes(ctx, tx, d, ici, n); err != nil {
		return err
	}
	for _, x := range n.corrections {
		err := db.Poser(ctx, tx, `INSERT INTO correction (depot_id, rang, version, pointeur, ancienne, nouvelle, compte_id, instant) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			d.Depot, d.Rang, n.version+1, x.Pointeur, x.avant, x.apres, compte, db.Instant(s.Maintenant()))
		if err != nil {
			return fmt.Errorf("keep a correction: %w", err)
		}
	}
	if err := s.recopier(ctx, tx, d, compte, montant, n.apres); err != nil {
		return err
	}
	if err := s.Reclamer(ctx, tx, d.Cle, n.avant.ESMS, n.apres.ESMS); err != nil {
		return err
	}
	if s.Relire != nil {
		if err := s.Relire(ctx, tx, d.Fournisseur, d.Cle); err != nil {
			return err
		}
	}
	return s.consignerCorrection(ctx, tx, d, compte, n)
}

// encoreOuvertes makes sure that the agency still waits for these tags, and that nobody corrected any meanwhile.
func (s *Service) encoreOuvertes(ctx context.Context, tx *sql.Tx, d *Demande, ici etat.Etat, n nouvelles) error {
	version := 0
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(version), 0) FROM correction WHERE depot_id = $1 AND rang = $2`, d.Depot, d.Rang).Scan(&version); err != nil {
		return fmt.Errorf("read the version of a demande: %w", err)
	}
	ouvertes, err := s.ouvertes(ctx, tx, d.Cle)
	if err != nil {
		return err
	}
	if version != n.version || ici != etat.AModifier || slices.ContainsFunc(n.corrections, func(x Correction) bool { return !slices.Contains(ouvertes, x.Pointeur) }) {
		return errPerimee
	}
	return nil
}

// recopier has the lists and the counters of a demande follow its values.
func (s *Service) recopier(ctx context.Context, tx *sql.Tx, d *Demande, compte, montant int64, r *Recontrole) error {
	err := db.Poser(ctx, tx, `UPDATE demande SET montant = $1, esms = $2, og = $3 WHERE fournisseur_id = $4 AND depot_id = $5 AND rang = $6`, r.Montant, len(r.ESMS), r.OG, d.Fournisseur, d.Depot, d.Rang)
	if err != nil {
		return fmt.Errorf("write the values of a demande: %w", err)
	}
	err = comptabilite.Passer(ctx, tx, s.Base.Dialecte, comptabilite.Ecriture{
		Instant: s.Maintenant(), Acte: "demande.correction", Compte: compte, Depot: d.Depot, Fournisseur: d.Fournisseur, NumeroAns: d.NumeroAns, Recu: d.Recu,
		Pas: []comptabilite.Pas{{Rang: d.Rang, De: comptabilite.Demande{Etat: etat.AModifier, Montant: montant}, A: comptabilite.Demande{Etat: etat.AModifier, Montant: r.Montant}}},
	})
	if err != nil {
		return err
	}
	return compteur.Ajouter(ctx, tx, d.Fournisseur, etat.AModifier, compteur.Total{Montant: r.Montant - montant, Avance: Avance(r.Montant) - Avance(montant)})
}

// consignerCorrection adds a row to the journal: which tags, not their values.
func (s *Service) consignerCorrection(ctx context.Context, tx *sql.Tx, d *Demande, compte int64, n nouvelles) error {
	var balises []string
	for _, x := range n.corrections {
		balises = append(balises, x.Pointeur)
	}
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: d.Fournisseur, Instant: s.Maintenant(), Acteur: compte, Action: "demande.correction", Objet: s.NumeroASP(d.Depot, d.Rang),
		Details: map[string]string{"version": strconv.Itoa(n.version + 1), "balises": strings.Join(balises, " ")},
	})
}
