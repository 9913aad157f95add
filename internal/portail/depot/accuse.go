package depot

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"guichet/appariement"
	"guichet/controle"
	"guichet/internal/portail/accuse"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// garderMentions keeps what receipts say of the agency, once for each wording.
func (s *Service) garderMentions(ctx context.Context, m accuse.Mentions) error {
	texte, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("keep what receipts say: %w", err)
	}
	return s.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT id FROM mentions WHERE texte = $1`, string(texte)).Scan(&s.mentions)
		if errors.Is(err, sql.ErrNoRows) { // the update does nothing, but gives the id of a node that came first
			err = tx.QueryRowContext(ctx, `INSERT INTO mentions (texte) VALUES ($1)
				ON CONFLICT (texte) DO UPDATE SET texte = excluded.texte RETURNING id`, string(texte)).Scan(&s.mentions)
		}
		if err != nil {
			return fmt.Errorf("keep what receipts say: %w", err)
		}
		return nil
	})
}

// Accuse makes the receipt of a deposit, without its demandes one by one. It says of the agency what was told when the
// deposit came.
func (s *Service) Accuse(ctx context.Context, d *Depot) (*accuse.Accuse, error) {
	a := &accuse.Accuse{
		Numero: d.ImpID(), Recu: d.Recu, Type: d.Type, Fichier: d.Nom, Taille: d.Taille, SHA256: d.SHA256, Logiciel: d.NumeroAns,
		Nombre: d.Demandes, Acceptees: d.Acceptees,
	}
	if !d.Traitee() {
		a.Rejet = &accuse.Rejet{}
		if f := d.Reponse.Fichier; f != nil {
			a.Rejet.Code, a.Rejet.Libelle = f.Code, f.Libelle
		}
	}
	var mentions []byte
	err := s.base.Lire().QueryRowContext(ctx, `SELECT f.raison_sociale, f.siret, COALESCE(m.raison_sociale, ''), t.texte
		FROM fournisseur f LEFT JOIN fournisseur m ON m.id = $2 JOIN mentions t ON t.id = $3 WHERE f.id = $1`,
		d.Fournisseur, d.Mandataire, d.Mentions).Scan(&a.Nom, &a.SIRET, &a.Mandataire, &mentions)
	if err == nil {
		err = json.Unmarshal(mentions, &a.Mentions)
	}
	if err != nil {
		return nil, fmt.Errorf("read the receipt of %s: %w", d.ImpID(), err)
	}
	return a, nil
}

// AccuseEntier makes the receipt with its demandes one by one: their numbers, the documents that each expects, or why
// it was refused.
func (s *Service) AccuseEntier(ctx context.Context, d *Depot) (*accuse.Accuse, error) {
	a, err := s.Accuse(ctx, d)
	if err != nil || !d.Traitee() {
		return a, err
	}
	rapport, err := s.Rapport(ctx, d, modele.Francais)
	if err != nil {
		return nil, fmt.Errorf("list the demandes of %s: %w", d.ImpID(), err)
	}
	pieces, err := s.piecesAttendues(d)
	if err != nil {
		return nil, fmt.Errorf("list the documents of %s: %w", d.ImpID(), err)
	}
	for i, x := range rapport.Demandes {
		u := accuse.Demande{Ligne: x.NumLigne, Pieces: pieces[i]}
		if x.NumeroEditeur != nil {
			u.NumeroEditeur = *x.NumeroEditeur
		}
		code, libelle := d.Traitement(i)
		if code == controle.CodeAccepte {
			u.NumeroASP = d.NumeroASP(i)
		} else {
			u.Code, u.Libelle, u.Pieces = code, libelle, nil
		}
		a.Demandes = append(a.Demandes, u)
	}
	return a, nil
}

// piecesAttendues names the documents that each demande of the file expects, by rank.
func (s *Service) piecesAttendues(d *Depot) (noms map[int][]string, err error) {
	f, err := s.Octets(d)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	octets, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	attendues, err := appariement.Lire(ms1dui.Edition(d.Edition), octets, limites())
	if err != nil {
		return nil, err
	}
	noms = map[int][]string{}
	for _, p := range attendues.Pieces {
		noms[p.Demande] = append(noms[p.Demande], p.Nom)
	}
	return noms, nil
}

// enPDF writes the receipt of a deposit as a PDF, the same bytes each time.
func (s *Service) enPDF(ctx context.Context, d *Depot, l modele.Langue) (document, error) {
	a, err := s.AccuseEntier(ctx, d)
	if err != nil {
		return document{}, err
	}
	octets, err := a.PDF(l)
	nom := modele.Texte{Fr: "accuse-", En: "receipt-"}.In(l) + d.ImpID() + ".pdf"
	return document{nom: nom, octets: octets, genre: "application/pdf"}, err
}
