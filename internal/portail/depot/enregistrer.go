package depot

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/db"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/web"
	"guichet/modele"
)

func insertionDemandes() db.Insertion {
	return db.Insertion{
		Table:    "demande",
		Communes: []db.Colonne{{Nom: "fournisseur_id", Type: "bigint"}, {Nom: "depot_id", Type: "bigint"}, {Nom: "etat", Type: "text"}, {Nom: "maj", Type: "bigint"}},
		Colonnes: []db.Colonne{{Nom: "rang", Type: "bigint"}, {Nom: "numero", Type: "text"}, {Nom: "montant", Type: "bigint"}, {Nom: "esms", Type: "bigint"}, {Nom: "og", Type: "text"}, {Nom: "debut", Type: "bigint"}, {Nom: "fin", Type: "bigint"}},
	}
}

func insertionNumeros() db.Insertion {
	return db.Insertion{
		Table:    "numero",
		Communes: []db.Colonne{{Nom: "fournisseur_id", Type: "bigint"}, {Nom: "depot_id", Type: "bigint"}},
		Colonnes: []db.Colonne{{Nom: "numero", Type: "text"}, {Nom: "rang", Type: "bigint"}},
		Fin:      "ON CONFLICT DO NOTHING",
	}
}

// enregistrer stores a controlled file, in one transaction. Deposits of one supplier stand in a row here: what
// one finds used, or deposited already, the others cannot change meanwhile.
func (s *Service) enregistrer(ctx context.Context, tx *sql.Tx, d *Depot, c *controlee, sv *savoir) error {
	if err := s.mandat(ctx, tx, d, s.base.Dialecte.Verrou); err != nil {
		return err
	}
	if deja, err := s.verrouiller(ctx, tx, d); deja || err != nil {
		return err
	}
	if err := ajouter(ctx, tx, d); err != nil {
		return err
	}
	c, err := s.compterNumeros(ctx, tx, d, c, sv)
	if err != nil {
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
	ligne := tx.QueryRowContext(ctx, `SELECT `+colonnes+` FROM depot
		WHERE sha256 = $1 AND fournisseur_id = $2 AND verdict IN ('accepte', 'partiel') ORDER BY id LIMIT 1`, d.SHA256, d.Fournisseur)
	ancien, err := scanner(ligne)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look for the same file: %w", err)
	}
	*d = *ancien
	d.DejaDepose = true
	return true, nil
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
		sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, mentions_id, connu)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id`,
		d.Fournisseur, d.Compte, d.Mandataire, d.Type, d.NumeroAns, d.Edition, d.Nom, d.SHA256, d.Taille, db.Instant(d.Recu),
		string(d.Verdict), d.Demandes, d.Acceptees, d.Incompletes, string(reponse), d.Mentions, connu).Scan(&d.ID)
	if err != nil {
		return fmt.Errorf("store the deposit: %w", err)
	}
	return nil
}

// utilisables are the numbers of a file, each once, and the rank of the first demande that has it.
type utilisables struct {
	textes db.Textes
	rangs  db.Entiers
}

func numeros(apercus []controle.Apercu) (u utilisables) {
	vus := make(map[string]bool, len(apercus))
	for i, a := range apercus {
		if a.Numero != "" && !vus[a.Numero] {
			vus[a.Numero] = true
			u.textes, u.rangs = append(u.textes, a.Numero), append(u.rangs, int64(i))
		}
	}
	return u
}

// compterNumeros stores the numbers that a file uses. Where an earlier deposit used some, the file is controlled
// again with that known, so that the answer is the checker's.
func (s *Service) compterNumeros(ctx context.Context, tx *sql.Tx, d *Depot, c *controlee, sv *savoir) (*controlee, error) {
	u := numeros(c.apercus)
	nouveaux, err := s.numeros.Executer(ctx, tx, []any{d.Fournisseur, d.ID}, u.textes, u.rangs)
	if err != nil || nouveaux == int64(len(u.textes)) {
		return c, err
	}
	utilises, err := s.utilises(ctx, tx, d, u.textes, modele.Francais)
	if err != nil {
		return c, err
	}
	err = s.avecGarde(ctx, d.SHA256, func(p *place) error {
		avec := *sv // a transaction may run again
		avec.utilises = utilises
		c = controler(p, avec.options(d))
		return nil
	})
	if err != nil {
		return c, err
	}
	d.recevoir(c)
	reponse, err := json.Marshal(d.Reponse)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE depot SET verdict = $1, acceptees = $2, incompletes = $3, reponse = $4 WHERE id = $5`,
			string(d.Verdict), d.Acceptees, d.Incompletes, string(reponse), d.ID)
	}
	if err != nil {
		return c, fmt.Errorf("store the deposit: %w", err)
	}
	return c, nil
}

// lecteur is a transaction, or the pool to read with.
type lecteur interface {
	QueryContext(ctx context.Context, texte string, args ...any) (*sql.Rows, error)
}

// utilises finds which of the numbers another deposit of the supplier used first, and which one: its name and
// day.
func (s *Service) utilises(ctx context.Context, q lecteur, d *Depot, textes []string, l modele.Langue) (utilises map[string]string, err error) {
	utilises = map[string]string{}
	for lot := range slices.Chunk(textes, 500) {
		args := []any{d.Fournisseur, d.ID}
		trous := make([]string, len(lot))
		for i, numero := range lot {
			args = append(args, numero)
			trous[i] = "$" + strconv.Itoa(len(args))
		}
		lignes, err := q.QueryContext(ctx, `SELECT n.numero, d.nom, d.recu FROM numero n JOIN depot d ON d.id = n.depot_id
			WHERE n.fournisseur_id = $1 AND n.depot_id <> $2 AND n.numero IN (`+strings.Join(trous, ", ")+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("find the numbers used before: %w", err)
		}
		if err := lireUtilises(lignes, utilises, l); err != nil {
			return nil, fmt.Errorf("find the numbers used before: %w", err)
		}
	}
	return utilises, nil
}

var du = modele.Texte{Fr: " du ", En: " of "}

func lireUtilises(lignes *sql.Rows, utilises map[string]string, l modele.Langue) (err error) {
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var numero, nom string
		var recu int64
		if err := lignes.Scan(&numero, &nom, &recu); err != nil {
			return err
		}
		utilises[numero] = diag.Neutralize(nom) + du.In(l) + web.Jour(db.Temps(recu))
	}
	return lignes.Err()
}

// ajouterDemandes stores the accepted demandes, and counts them.
func (s *Service) ajouterDemandes(ctx context.Context, tx *sql.Tx, d *Depot, c *controlee) error {
	if d.Acceptees == 0 {
		return nil
	}
	var rangs, montants, esms, debuts, fins db.Entiers
	var numeros, ogs db.Textes
	var total int64
	refus := c.reponse.Refus
	for i, a := range c.apercus {
		if len(refus) > 0 && refus[0].Rang == i {
			refus = refus[1:]
			continue
		}
		rangs, montants, esms = append(rangs, int64(i)), append(montants, a.Montant), append(esms, int64(a.ESMS))
		debuts, fins = append(debuts, int64(a.Debut)), append(fins, int64(a.Fin))
		numeros, ogs = append(numeros, a.Numero), append(ogs, a.OG)
		total += a.Montant
	}
	communes := []any{d.Fournisseur, d.ID, Incomplete, db.Instant(d.Recu)}
	if _, err := s.demandes.Executer(ctx, tx, communes, rangs, numeros, montants, esms, ogs, debuts, fins); err != nil {
		return err
	}
	if err := ajouterESMS(ctx, tx, d, c); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) VALUES ($1, $2, $3, $4)
		ON CONFLICT (fournisseur_id, etat) DO UPDATE SET nombre = demande_etat.nombre + excluded.nombre, montant = demande_etat.montant + excluded.montant`,
		d.Fournisseur, Incomplete, len(rangs), total)
	if err != nil {
		return fmt.Errorf("count the demandes: %w", err)
	}
	return nil
}
