package depot

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/compteur"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/quota"
	"guichet/modele"
)

func insertionDemandes() db.Insertion {
	return db.Insertion{
		Table:    "demande",
		Communes: []db.Colonne{{Nom: "fournisseur_id", Type: "bigint"}, {Nom: "depot_id", Type: "bigint"}, {Nom: "etat", Type: "text"}, {Nom: "maj", Type: "bigint"}},
		Colonnes: []db.Colonne{{Nom: "rang", Type: "bigint"}, {Nom: "numero", Type: "text"}, {Nom: "montant", Type: "bigint"}, {Nom: "esms", Type: "bigint"}, {Nom: "og", Type: "text"}, {Nom: "debut", Type: "bigint"}, {Nom: "fin", Type: "bigint"}},
	}
}

// enregistrer stores a controlled file, in one transaction. Deposits of one supplier stand in a row here: what
// one finds used, or deposited already, the others cannot change meanwhile.
func (s *Service) enregistrer(ctx context.Context, tx *sql.Tx, d *Depot, c *controlee) error {
	if err := s.mandat(ctx, tx, d, s.base.Dialecte.Verrou); err != nil {
		return err
	}
	if deja, err := s.verrouiller(ctx, tx, d); deja || err != nil {
		return err
	}
	utilises, err := s.utilises(ctx, tx, d, c.numeros, modele.Francais)
	if err != nil {
		return err
	}
	if c = c.sans(utilises, s.modele); len(utilises) > 0 {
		d.recevoir(c)
	}
	if err := peser(ctx, tx, d); err != nil {
		return err
	}
	if err := ajouter(ctx, tx, d); err != nil {
		return err
	}
	if err := s.ajouterNumeros(ctx, tx, d, c, utilises); err != nil {
		return err
	}
	if err := s.ajouterDemandes(ctx, tx, d, c); err != nil {
		return err
	}
	err = journal.Ajouter(ctx, tx, s.base.Dialecte, journal.Ligne{
		Chaine: d.Fournisseur, Instant: d.Recu, Acteur: d.Compte, Action: "depot." + string(d.Verdict), Objet: d.ImpID(),
		Details: map[string]string{"sha256": d.SHA256, "demandes": strconv.Itoa(d.Demandes), "acceptees": strconv.Itoa(d.Acceptees)},
	})
	if err != nil || s.apres == nil {
		return err
	}
	return s.apres(ctx, tx, d)
}

// verrouiller makes the deposits of a supplier wait for each other, and looks for the same file among those
// that were accepted: when there is one, d becomes it.
func (s *Service) verrouiller(ctx context.Context, tx *sql.Tx, d *Depot) (deja bool, err error) {
	if err := s.toujoursAdmis(ctx, tx, d); err != nil {
		return false, err
	}
	ancien, err := pareil(ctx, tx, d)
	if ancien == nil || err != nil {
		return false, err
	}
	*d = *ancien
	d.DejaDepose = true
	return true, nil
}

// pareil finds the accepted deposit of a supplier that has the same bytes; nil when there is none.
func pareil(ctx context.Context, q compte.LecteurSQL, d *Depot) (*Depot, error) {
	ancien, err := scanner(q.QueryRowContext(ctx, `SELECT `+colonnes+` FROM depot
		WHERE sha256 = $1 AND fournisseur_id = $2 AND verdict IN ('accepte', 'partiel') ORDER BY id LIMIT 1`, d.SHA256, d.Fournisseur))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look for the same file: %w", err)
	}
	return ancien, nil
}

// toujoursAdmis makes sure, as it waits for the supplier's other deposits, that what was found when the file began to
// arrive still holds: the supplier may be suspended, or its software taken away, meanwhile.
func (s *Service) toujoursAdmis(ctx context.Context, tx *sql.Tx, d *Depot) error {
	var etat string
	var sien bool
	err := tx.QueryRowContext(ctx, `SELECT etat, EXISTS (SELECT 1 FROM logiciel WHERE numero_ans = $2 AND fournisseur_id = $1)
		FROM fournisseur WHERE id = $1 `+s.base.Dialecte.Verrou, d.Fournisseur, d.NumeroAns).Scan(&etat, &sien)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && etat != "actif":
		return sansEnrolement
	case err != nil:
		return fmt.Errorf("wait for the supplier's other deposits: %w", err)
	case !sien:
		return sansLogiciel
	}
	return nil
}

func ajouter(ctx context.Context, tx *sql.Tx, d *Depot) error {
	reponse, err := json.Marshal(d.Reponse)
	if err != nil {
		return fmt.Errorf("store the deposit: %w", err)
	}
	connu, err := d.connu.ecrire()
	if err != nil {
		return fmt.Errorf("store the deposit: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO depot (fournisseur_id, compte_id, mandataire_id, type, numero_ans, edition, nom,
		sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, mentions_id, connu, cherche)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING id`,
		d.Fournisseur, d.Compte, d.Mandataire, d.Type, d.NumeroAns, d.Edition, d.Nom, d.SHA256, d.Taille, db.Instant(d.Recu),
		string(d.Verdict), d.Demandes, d.Acceptees, d.Incompletes, string(reponse), d.Mentions, connu, ecrit.Plier(d.Nom)).Scan(&d.ID)
	if err != nil {
		return fmt.Errorf("store the deposit: %w", err)
	}
	return nil
}

// peser counts a deposit among what its supplier had kept that day, and refuses it when that is too much.
func peser(ctx context.Context, tx *sql.Tx, d *Depot) error {
	reste, err := quota.Prendre(ctx, tx, d.Fournisseur, d.Recu, d.Taille)
	if err == nil && reste < 0 {
		err = Refuse{quota.Texte}
	}
	return err
}

// lignes are the rows of accepted demandes, column by column, and their sums.
type lignes struct {
	rangs, montants, esms, debuts, fins db.Entiers
	numeros, ogs                        db.Textes
	total, avances                      int64
}

// ranger makes the rows of the demandes that are not refused.
func (c *controlee) ranger() (l lignes) {
	refus := c.reponse.Refus
	for i, a := range c.apercus {
		if len(refus) > 0 && refus[0].Rang == i {
			refus = refus[1:]
			continue
		}
		l.rangs, l.montants, l.esms = append(l.rangs, int64(i)), append(l.montants, a.Montant), append(l.esms, int64(a.ESMS))
		l.debuts, l.fins = append(l.debuts, int64(a.Debut)), append(l.fins, int64(a.Fin))
		l.numeros, l.ogs = append(l.numeros, a.Numero), append(l.ogs, a.OG)
		l.total += a.Montant
		l.avances += etat.Avance(a.Montant)
	}
	return l
}

// ajouterDemandes stores the accepted demandes, and counts them.
func (s *Service) ajouterDemandes(ctx context.Context, tx *sql.Tx, d *Depot, c *controlee) error {
	if d.Acceptees == 0 {
		return nil
	}
	l := &c.lignes
	communes := []any{d.Fournisseur, d.ID, Incomplete, db.Instant(d.Recu)}
	if err := s.demandes.Executer(ctx, tx, communes, l.rangs, l.numeros, l.montants, l.esms, l.ogs, l.debuts, l.fins); err != nil {
		return err
	}
	if err := ajouterESMS(ctx, tx, d, c); err != nil {
		return err
	}
	if err := s.comptabiliser(ctx, tx, d, l); err != nil {
		return err
	}
	return compteur.Ajouter(ctx, tx, d.Fournisseur, Incomplete, compteur.Total{Nombre: int64(len(l.rangs)), Montant: l.total, Avance: l.avances})
}

// comptabiliser writes what the accepted demandes ask for in the accounts.
func (s *Service) comptabiliser(ctx context.Context, tx *sql.Tx, d *Depot, l *lignes) error {
	e := comptabilite.Ecriture{
		Instant: d.Recu, Acte: "depot." + string(d.Verdict), Compte: d.Compte, Depot: d.ID, Fournisseur: d.Fournisseur, NumeroAns: d.NumeroAns, Recu: d.Recu,
		Pas: make([]comptabilite.Pas, len(l.rangs)),
	}
	for i, rang := range l.rangs {
		e.Pas[i] = comptabilite.Pas{Rang: int(rang), A: comptabilite.Demande{Etat: Incomplete, Montant: l.montants[i]}}
	}
	return comptabilite.Passer(ctx, tx, s.base.Dialecte, e)
}
