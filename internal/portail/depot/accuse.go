package depot

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

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
	m := ms1dui.Edition(d.Edition)
	if m == nil {
		return nil, fmt.Errorf("deposit %s: this program does not know the edition %q", d.ImpID(), d.Edition)
	}
	err = s.avecFichier(ctx, d, func(p *place) error {
		a.Demandes, err = detailler(p, m, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the demandes of %s: %w", d.ImpID(), err)
	}
	return a, nil
}

// detailler reads the demandes of a file once; the answers are those that were given.
func detailler(p *place, m *modele.Modele, d *Depot) (demandes []accuse.Demande, err error) {
	attendues, err := appariement.Lire(m, p.octets, limites())
	if err != nil {
		return nil, err
	}
	demandes = make([]accuse.Demande, len(attendues.Numeros))
	for i, numero := range attendues.Numeros {
		demandes[i] = accuse.Demande{Ligne: i + 1, NumeroEditeur: numero}
		if code, libelle := d.Traitement(i); code == controle.CodeAccepte {
			demandes[i].NumeroASP = d.NumeroASP(i)
		} else {
			demandes[i].Code, demandes[i].Libelle = code, libelle
		}
	}
	for _, x := range attendues.Pieces {
		if u := &demandes[x.Demande]; u.Code == "" {
			u.Pieces = append(u.Pieces, x.Nom)
		}
	}
	return demandes, nil
}

// enPDF writes the receipt of a deposit as a PDF, the same bytes each time.
func (s *Service) enPDF(ctx context.Context, d *Depot, l modele.Langue) (document, error) {
	a, err := s.AccuseEntier(ctx, d)
	if err != nil {
		return document{}, err
	}
	octets, err := a.PDF(l)
	if err != nil {
		return document{}, err
	}
	return enDocument(nomPDF(d, l), "application/pdf", octets)
}

// nomPDF names the receipt of a deposit.
func nomPDF(d *Depot, l modele.Langue) string {
	return modele.Texte{Fr: "accuse-", En: "receipt-"}.In(l) + d.ImpID() + ".pdf"
}
