package pieces

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/quota"
	"guichet/modele"
)

// Envoi is one archive or document that a supplier sends.
type Envoi struct {
	Fournisseur int64
	Compte      int64
	Mandataire  int64 // the supplier who sends for Fournisseur, 0 for itself
	Depot       int64
	Nom         string
	Corps       io.Reader
	Place       *Piece // what it is sent for; nil lets its names tell
}

// Refuse says why nothing was taken.
type Refuse struct{ modele.Texte }

// Error tells it in English, for logs.
func (r Refuse) Error() string { return "documents refused: " + r.En }

var sansDemande = Refuse{modele.Texte{
	Fr: "Ce dépôt n'a aucune demande acceptée : il n'attend pas de pièces. Corrigez le fichier, déposez-le à nouveau, puis envoyez les pièces avec le nouveau dépôt.",
	En: "This deposit has no accepted request: it expects no documents. Correct the file, deposit it again, then send the documents with the new deposit.",
}}

var sansOuverte = Refuse{modele.Texte{
	Fr: "Aucune demande de ce dépôt n'attend plus de pièce : rien n'est gardé. La page de chaque demande dit où elle en est.",
	En: "No request of this deposit expects documents any more: nothing is kept. The page of each request tells where it stands.",
}}

// deTous tells whether no file of a send can do, whatever it is.
func (r Refuse) deTous() bool {
	return r == sansDemande || r == sansOuverte || r.Texte == compte.SansMandat
}

var sansNom = Refuse{modele.Texte{
	Fr: "ce nom ne peut pas être gardé (vide, de plus de 255 octets, ou avec des caractères illisibles) : rien n'est gardé de ce fichier. Renommez-le, une archive en .zip, un document du nom que lui donne le fichier JSON, puis envoyez-le à nouveau.",
	En: "this name cannot be kept (empty, of more than 255 bytes, or with characters that cannot be read): nothing of this file is kept. Rename it, an archive in .zip, a document as the JSON file calls it, then send it again.",
}}

// codeLourde is the rule on the size of archives, as on the supplier's desk.
const codeLourde = "P901"

func tropLourde(poids modele.Texte) modele.Texte {
	return modele.Texte{
		Fr: "pèse " + poids.Fr + ", 200 Mo au plus : rien n'en a été gardé. Répartissez les documents en plusieurs archives (guichet pack le fait).",
		En: "weighs " + poids.En + ", at most 200 MB: nothing of it was kept. Share the documents out among several archives (guichet pack does so).",
	}
}

// maxNom is the longest name of an archive, in bytes.
const maxNom = 255

func nommable(nom string) bool {
	return nom != "" && len(nom) <= maxNom && utf8.ValidString(nom) && strings.IndexFunc(nom, unicode.IsControl) < 0
}

// Recevoir keeps what a supplier sends, without holding it in memory, and has it examined. When it returns an
// Archive, that is durable. One that is too large is listed as refused; the deposit stays what it is.
func (s *Service) Recevoir(ctx context.Context, e Envoi) (*Archive, error) {
	d, err := depot(ctx, s.Base.Lire(), e.Fournisseur, e.Depot, "")
	switch {
	case err != nil:
		return nil, err
	case d.acceptees == 0:
		return nil, sansDemande
	case !nommable(e.Nom):
		return nil, sansNom
	}
	if err := errors.Join(s.ouvert(ctx, &d), s.mandat(ctx, s.Base.Lire(), e, "")); err != nil {
		return nil, err
	}
	a := Archive{Fournisseur: e.Fournisseur, Depot: e.Depot, Compte: e.Compte, Nom: e.Nom, Etat: Recue, Place: SansPlace}
	if err := s.borner(ctx, s.Base.Lire(), &a, rendu{}); err != nil { // before it is sent for nothing
		return nil, err
	}
	if e.Place != nil {
		a.Place = Place{e.Place.Rang, e.Place.Type}
	}
	recu := &regarde{Reader: bufio.NewReaderSize(e.Corps, tete)}
	max, err := recu.convenir(e)
	if err != nil {
		return nil, err
	}
	ctx, rendre := s.Fichiers.Tenir(ctx)
	defer rendre()
	g, err := s.Fichiers.Garder(ctx, recu, max)
	switch {
	case errors.Is(err, fichier.ErrTropLourd) && max < MaxArchive:
		return nil, lourd(e, recu.peser())
	case errors.Is(err, fichier.ErrTropLourd):
		a.Etat, a.Code, a.Motif = Refusee, codeLourde, avecNom(court(e.Nom), tropLourde(recu.peser()))
	case err != nil:
		return nil, fmt.Errorf("receive an archive: %w", err)
	}
	a.SHA256, a.Taille = g.SHA256, g.Taille
	recue, err := s.retenir(ctx, e, a)
	rendre()
	if err != nil || recue.Etat == Refusee { // the same bytes as before, for one
		s.liberer(ctx, a.SHA256)
	}
	return recue, err
}

// retenir records an archive whose bytes are kept, for who may still send it at this instant.
func (s *Service) retenir(ctx context.Context, e Envoi, a Archive) (*Archive, error) {
	a.Recu = s.Maintenant()
	recue := a
	err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		recue = a // a transaction may run again
		if err := s.mandat(ctx, tx, e, s.Base.Dialecte.Verrou); err != nil {
			return err
		}
		return s.inscrire(ctx, tx, &recue)
	})
	if err != nil {
		return nil, fmt.Errorf("record an archive: %w", err)
	}
	return &recue, nil
}

// ouvert refuses what no demande of a deposit takes any more, before anything is sent for nothing.
func (s *Service) ouvert(ctx context.Context, d *leDepot) error {
	toutes, err := demandes(ctx, s.Base.Lire(), d, "")
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(toutes, func(u demande) bool { return s.Ouverte(u.etat) }) {
		return sansOuverte
	}
	return nil
}

// mandat makes sure that the mandate by which somebody sends is valid at this instant: an archive can take long.
func (s *Service) mandat(ctx context.Context, q compte.LecteurSQL, e Envoi, verrou string) error {
	if e.Mandataire == 0 {
		return nil
	}
	valide, err := compte.MandatValide(ctx, q, e.Fournisseur, e.Mandataire, s.Maintenant(), verrou)
	if err == nil && !valide {
		return Refuse{compte.SansMandat}
	}
	return err
}

// inscrire records an archive, unless the same bytes came before with the same deposit: under whatever name for
// a .zip and for what was sent for a place, but another document by itself is known by its name. One that could not
// be examined then is examined again.
func (s *Service) inscrire(ctx context.Context, tx *sql.Tx, a *Archive) error {
	if _, err := depot(ctx, tx, a.Fournisseur, a.Depot, s.Base.Dialecte.Verrou); err != nil {
		return err
	}
	if a.SHA256 != "" {
		deja, err := archives(ctx, tx, `depot_id = $1 AND sha256 = $2 AND rang = $4 AND type = $5 AND entree = $6
			AND (nom = $3 OR rang >= 0 OR lower(nom) LIKE '%.zip')`, a.Depot, a.SHA256, a.Nom, a.Place.Rang, a.Place.Type, a.Entree)
		if err != nil {
			return err
		}
		encore, err := s.aReprendre(ctx, tx, a, deja)
		if err != nil {
			return err
		}
		if len(deja) > 0 && !encore {
			*a = deja[len(deja)-1]
			a.DejaRecue = true
			return s.reprendre(ctx, tx, a)
		}
	}
	if a.Etat == Recue {
		rendu, err := s.rendrait(ctx, tx, a)
		if err != nil {
			return err
		}
		if err := s.borner(ctx, tx, a, rendu); err != nil {
			return err
		}
	}
	err := tx.QueryRowContext(ctx, `INSERT INTO archive (fournisseur_id, depot_id, compte_id, nom, sha256, taille, recu, etat, code, motif_fr, motif_en, rang, type, entree)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id`,
		a.Fournisseur, a.Depot, a.Compte, a.Nom, a.SHA256, a.Taille, db.Instant(a.Recu), a.Etat, a.Code, a.Motif.Fr, a.Motif.En, a.Place.Rang, a.Place.Type, a.Entree).Scan(&a.ID)
	if err != nil {
		return err
	}
	if a.Etat == Recue {
		if err := quota.Noter(ctx, tx, a.Fournisseur, a.Recu, a.Taille); err != nil {
			return err
		}
	}
	action := "pieces.recues"
	if a.Etat == Refusee {
		action = "pieces.refusees"
	}
	if err := s.consigner(ctx, tx, a, action, a.Compte); err != nil || a.Etat == Refusee {
		return err
	}
	return s.Inserer(ctx, tx, Examen{a.ID})
}

// aReprendre tells whether what came before would do something now: a demande asks for documents again since, or another
// document has taken the place of this one.
func (s *Service) aReprendre(ctx context.Context, tx *sql.Tx, a *Archive, deja []Archive) (oui bool, err error) {
	if len(deja) == 0 || deja[len(deja)-1].Etat != Examinee {
		return false, nil
	}
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM demande WHERE fournisseur_id = $1 AND depot_id = $2 AND etat = 'a_modifier' AND maj > $3)
		OR EXISTS (SELECT 1 FROM piece p WHERE p.depot_id = $2 AND (p.sha256 = $4 OR p.archive_id = $5) AND p.etat = 'remplacee'
			AND NOT EXISTS (SELECT 1 FROM piece q WHERE q.depot_id = p.depot_id AND q.rang = p.rang AND q.type = p.type AND q.etat = 'recue' AND q.sha256 = p.sha256))`,
		a.Fournisseur, a.Depot, db.Instant(deja[len(deja)-1].Recu), a.SHA256, deja[len(deja)-1].ID).Scan(&oui)
	if err != nil {
		return false, fmt.Errorf("compare with what came before: %w", err)
	}
	return oui, nil
}

// reprendre gives an archive another examination, if the one it had came to no end.
func (s *Service) reprendre(ctx context.Context, tx *sql.Tx, a *Archive) error {
	if a.Code != codeEchec {
		return nil
	}
	a.Etat, a.Code, a.Motif = Recue, "", modele.Texte{}
	err := db.Poser(ctx, tx, `UPDATE archive SET etat = $1, code = '', motif_fr = '', motif_en = '', libere = 0 WHERE id = $2`, a.Etat, a.ID)
	if err != nil {
		return err
	}
	return s.Inserer(ctx, tx, Examen{a.ID})
}

func (s *Service) consigner(ctx context.Context, tx *sql.Tx, a *Archive, action string, acteur int64) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: a.Fournisseur, Instant: s.Maintenant(), Acteur: acteur, Action: action, Objet: s.ImpID(a.Depot),
		Details: map[string]string{
			"archive": strconv.FormatInt(a.ID, 10), "sha256": a.SHA256, "taille": strconv.FormatInt(a.Taille, 10), "code": a.Code,
			"acceptees": strconv.Itoa(a.Bonnes), "refusees": strconv.Itoa(a.Mauvaises), "ecartees": strconv.Itoa(a.Ecartees),
		},
	})
}
