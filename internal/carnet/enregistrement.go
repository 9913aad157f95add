package carnet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// enregistrement is a returned file being recorded.
type enregistrement struct {
	tx      *sql.Tx
	retour  Retour
	bilan   *Bilan
	instant int64
}

func (e enregistrement) tout(ctx context.Context) error {
	var err error
	if e.bilan.DejaLu, err = dejaLu(ctx, e.tx, e.retour.SHA256); err != nil || e.bilan.DejaLu && !e.retour.contredit() {
		return err
	}
	if !e.retour.Partiel {
		_, err := e.tx.ExecContext(ctx, "INSERT INTO retour (sha256, nom, imp_id, instant) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
			e.retour.SHA256, e.retour.Nom, e.retour.ImpID, e.instant)
		if err != nil {
			return err
		}
	}
	for _, l := range e.retour.Lignes {
		if err := e.ligne(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func dejaLu(ctx context.Context, e executant, somme string) (bool, error) {
	lus, err := lire(ctx, e, func(scan func(...any) error) (lu bool, err error) { return lu, scan(&lu) },
		"SELECT true FROM retour WHERE sha256 = ?", somme)
	return len(lus) > 0, err
}

// connue is what the ledger has of a demande.
type connue struct {
	id, fichier  int64
	impID        string
	remplaceePar string
	Reponse
}

func (e enregistrement) ligne(ctx context.Context, l Ligne) error {
	if strings.TrimSpace(l.Numero) == "" {
		if e.bilan.DejaLu {
			return nil
		}
		e.bilan.Bizarres++
		return e.garder(ctx, l)
	}
	d, err := connaitre(ctx, e.tx, l.Numero)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return e.inconnue(ctx, l)
	case err != nil:
		return err
	}
	if e.retour.ImpID != "" && d.impID == "" {
		if _, err := e.tx.ExecContext(ctx, "UPDATE fichier SET imp_id = ? WHERE id = ?", e.retour.ImpID, d.fichier); err != nil {
			return err
		}
	}
	j := juger(d.Reponse, l)
	if e.bilan.DejaLu && j.genre != GenreRevirement && (!l.Contredire || j.apres.Etat == d.Etat) {
		return nil // told and recorded when it was read
	}
	if err := e.relier(ctx, d, &j); err != nil {
		return err
	}
	return e.appliquer(ctx, d, j, l)
}

func connaitre(ctx context.Context, tx *sql.Tx, numero string) (d connue, err error) {
	return d, tx.QueryRowContext(ctx, `SELECT d.id, d.fichier, d.etat, d.numero_asp, d.code, d.libelle, f.imp_id, d.remplacee_par
		FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ?`, numero).
		Scan(&d.id, &d.fichier, &d.Etat, &d.NumeroASP, &d.Code, &d.Libelle, &d.impID, &d.remplaceePar)
}

func (e enregistrement) appliquer(ctx context.Context, d connue, j jugement, l Ligne) error {
	switch {
	case j.genre == GenreContradiction:
		e.bilan.Contradictions = append(e.bilan.Contradictions, l.Numero)
		return noterUneFois(ctx, e.tx, e.instant, d.id, GenreContradiction, dire(l))
	case j.apres == d.Reponse:
		e.bilan.Inchangees++
		return nil
	case j.apres.Etat != d.Etat:
		e.bilan.Etats[j.apres.Etat]++
	default:
		e.bilan.Inchangees++
	}
	_, err := e.tx.ExecContext(ctx, "UPDATE demande SET etat = ?, numero_asp = ?, code = ?, libelle = ? WHERE id = ?",
		j.apres.Etat, j.apres.NumeroASP, j.apres.Code, j.apres.Libelle, d.id)
	if err != nil {
		return err
	}
	texte := dire(l)
	if j.genre == GenreRevirement { // what was given up is nowhere else
		texte = d.Reponse.dire() + " → " + texte
	}
	return noterDemande(ctx, e.tx, e.instant, d.id, j.genre, texte)
}

// noterUneFois writes what may be met again, by the returned file that was not recorded whole.
func noterUneFois(ctx context.Context, e executant, instant, demande int64, genre Genre, texte string) error {
	deja, err := lire(ctx, e, func(scan func(...any) error) (id int64, err error) { return id, scan(&id) },
		"SELECT id FROM evenement WHERE demande = ? AND genre = ? AND texte = ?", demande, genre, texte)
	if err != nil || len(deja) > 0 {
		return err
	}
	return noterDemande(ctx, e, instant, demande, genre, texte)
}

// garder keeps a line that nobody can tie to a demande, as it came, after the name of its file.
func (e enregistrement) garder(ctx context.Context, l Ligne) error {
	_, err := e.tx.ExecContext(ctx, `INSERT INTO evenement (instant, genre, texte) SELECT ?1, ?2, ?3
		WHERE NOT EXISTS (SELECT 1 FROM evenement WHERE demande IS NULL AND genre = ?2 AND texte = ?3)`, e.instant, GenreLigne, e.retour.Nom+"\n"+l.Texte)
	if err != nil {
		return fmt.Errorf("keep an odd line: %w", err)
	}
	return nil
}

// dire writes a line as the history keeps it.
func dire(l Ligne) string {
	return strings.TrimSuffix(Reponse{l.Etat, l.NumeroASP, l.Code, l.Libelle}.dire()+" · "+l.Texte, " · ")
}

func (e enregistrement) inconnue(ctx context.Context, l Ligne) error {
	nouveau, err := ailleurs(ctx, e.tx, l.Numero, e.retour.Nom, e.instant)
	if err != nil || !nouveau {
		return err
	}
	e.bilan.Inconnues = append(e.bilan.Inconnues, l.Numero)
	return e.garder(ctx, Ligne{Texte: l.Numero + " · " + dire(l)})
}
