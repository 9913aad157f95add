package pieces

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"guichet/internal/portail/db"
)

// archives reads those that a condition chooses, in the order in which they came.
func archives(ctx context.Context, l lecteur, condition string, args ...any) (toutes []Archive, err error) {
	lignes, err := l.QueryContext(ctx, `SELECT id, fournisseur_id, depot_id, compte_id, nom, sha256, taille, recu, etat, code, motif_fr, motif_en, bonnes, mauvaises, ecartees, deja, rang, type, entree
		FROM archive WHERE `+condition+` ORDER BY id`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the archives: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var a Archive
		var recu int64
		err := lignes.Scan(&a.ID, &a.Fournisseur, &a.Depot, &a.Compte, &a.Nom, &a.SHA256, &a.Taille, &recu, &a.Etat, &a.Code,
			&a.Motif.Fr, &a.Motif.En, &a.Bonnes, &a.Mauvaises, &a.Ecartees, &a.Deja, &a.Place.Rang, &a.Place.Type, &a.Entree)
		if err != nil {
			return nil, fmt.Errorf("read the archives: %w", err)
		}
		a.Recu = db.Temps(recu)
		toutes = append(toutes, a)
	}
	return toutes, lignes.Err()
}

// Archives lists what was sent with a deposit of a supplier, in the order in which it came.
func (s *Service) Archives(ctx context.Context, fournisseur, depot int64) ([]Archive, error) {
	toutes, err := archives(ctx, s.Base.Lire(), `depot_id = $1 AND fournisseur_id = $2`, depot, fournisseur)
	for i := range toutes {
		if err == nil && toutes[i].Ecartees > 0 {
			toutes[i].Ecarts, err = s.ecarts(ctx, toutes[i].ID)
		}
	}
	return toutes, err
}

func (s *Service) ecarts(ctx context.Context, archive int64) (ecarts []Ecart, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT ordre, nom, code, motif_fr, motif_en, proche FROM piece_ecartee WHERE archive_id = $1 ORDER BY ordre`, archive)
	if err != nil {
		return nil, fmt.Errorf("read the documents set aside: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var e Ecart
		if err := lignes.Scan(&e.Ordre, &e.Nom, &e.Code, &e.Motif.Fr, &e.Motif.En, &e.Proche); err != nil {
			return nil, fmt.Errorf("read the documents set aside: %w", err)
		}
		ecarts = append(ecarts, e)
	}
	return ecarts, lignes.Err()
}

// Pieces lists the documents that the accepted demandes of a deposit expect, and what came of each; rang is that
// of one demande, or below 0 for all of them.
func (s *Service) Pieces(ctx context.Context, fournisseur, id int64, rang int) ([]Piece, error) {
	d, err := depot(ctx, s.Base.Lire(), fournisseur, id, "")
	if err != nil {
		return nil, err
	}
	toutes, err := demandes(ctx, s.Base.Lire(), &d, "")
	if err != nil || len(toutes) == 0 {
		return nil, err
	}
	if rang >= 0 {
		toutes = seule(toutes, rang)
		if len(toutes) == 0 {
			return nil, ErrInconnu
		}
	}
	return s.pieces(ctx, &d, toutes, rang)
}

func seule(toutes []demande, rang int) []demande {
	for i := range toutes {
		if toutes[i].rang == rang {
			return toutes[i : i+1]
		}
	}
	return nil
}

func (s *Service) pieces(ctx context.Context, d *leDepot, choisies []demande, rang int) ([]Piece, error) {
	a, err := s.attendues(d, choisies)
	if err != nil {
		return nil, err
	}
	la, err := courantes(ctx, s.Base.Lire(), d.id, rang)
	if err != nil {
		return nil, err
	}
	attente, err := enExamen(ctx, s.Base.Lire(), d.id)
	if err != nil {
		return nil, err
	}
	pieces := make([]Piece, len(a.pieces))
	for i, p := range a.pieces {
		u := &choisies[p.Demande]
		pieces[i] = Piece{Etat: Manquante}
		if c, ok := la[cle{u.rang, p.Type}]; ok {
			pieces[i] = c.Piece
		}
		pieces[i].Rang, pieces[i].Numero, pieces[i].Type, pieces[i].Attendu, pieces[i].EtatDepot = u.rang, u.numero, p.Type, p.Nom, u.etat
		pieces[i].Format, pieces[i].Close, pieces[i].EnExamen = p.Format, !s.Ouverte(u.etat), attente[Place{u.rang, p.Type}]
	}
	return pieces, nil
}

// enExamen lists the places for which a document waits to be examined.
func enExamen(ctx context.Context, l lecteur, depot int64) (places map[Place]bool, err error) {
	lignes, err := l.QueryContext(ctx, `SELECT rang, type FROM archive WHERE depot_id = $1 AND etat = $2 AND rang >= 0`, depot, Recue)
	if err != nil {
		return nil, fmt.Errorf("read what is being examined: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	places = map[Place]bool{}
	for lignes.Next() {
		var p Place
		if err := lignes.Scan(&p.Rang, &p.Type); err != nil {
			return nil, fmt.Errorf("read what is being examined: %w", err)
		}
		places[p] = true
	}
	return places, lignes.Err()
}

// Attente counts what was sent with a deposit of a supplier and is not examined yet.
func (s *Service) Attente(ctx context.Context, fournisseur, id int64) (n int, err error) {
	if _, err := depot(ctx, s.Base.Lire(), fournisseur, id, ""); err != nil {
		return 0, err
	}
	return enAttente(ctx, s.Base.Lire(), id)
}

func enAttente(ctx context.Context, l lecteur, depot int64) (n int, err error) {
	if err = l.QueryRowContext(ctx, `SELECT COUNT(*) FROM archive WHERE depot_id = $1 AND etat = $2`, depot, Recue).Scan(&n); err != nil {
		return 0, fmt.Errorf("count what is not examined: %w", err)
	}
	return n, nil
}

// Ouvrir opens an accepted document of a demande; ErrInconnu when there is none, or it is another supplier's.
func (s *Service) Ouvrir(ctx context.Context, fournisseur, id int64, rang int, typ string) (p Piece, f *os.File, err error) {
	var recu int64
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT p.rang, p.type, p.etat, p.nom, p.format, p.sha256, p.taille, p.recu
		FROM piece p JOIN depot d ON d.id = p.depot_id
		WHERE d.id = $1 AND d.fournisseur_id = $2 AND p.rang = $3 AND p.type = $4 AND p.etat = 'recue'`, id, fournisseur, rang, typ).
		Scan(&p.Rang, &p.Type, &p.Etat, &p.Nom, &p.Format, &p.SHA256, &p.Taille, &recu)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return p, nil, ErrInconnu
	case err != nil:
		return p, nil, fmt.Errorf("read a document: %w", err)
	}
	p.Recu = db.Temps(recu)
	f, err = s.Fichiers.Lire(p.SHA256)
	return p, f, err
}

// Reference tells whether a kept file is an archive or a document here, whose bytes were not let go: a sweep spares it.
func (s *Service) Reference(ctx context.Context, sha string) (oui bool, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM archive WHERE sha256 = $1 AND libere = 0) OR EXISTS (SELECT 1 FROM piece WHERE sha256 = $1 AND sha256 <> '' AND libere = 0)`, sha).Scan(&oui)
	return oui, err
}
