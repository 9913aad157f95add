package depot

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"guichet/controle"
	"guichet/correction"
	"guichet/diag"
	"guichet/internal/portail/db"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

const colonnes = `id, fournisseur_id, compte_id, mandataire_id, type, numero_ans, edition, nom, sha256, taille, recu,
	verdict, demandes, acceptees, incompletes, reponse, mentions_id, connu`

func scanner(ligne interface{ Scan(...any) error }) (*Depot, error) {
	var d Depot
	var recu int64
	var reponse, connu []byte
	err := ligne.Scan(&d.ID, &d.Fournisseur, &d.Compte, &d.Mandataire, &d.Type, &d.NumeroAns, &d.Edition, &d.Nom, &d.SHA256, &d.Taille, &recu,
		&d.Verdict, &d.Demandes, &d.Acceptees, &d.Incompletes, &reponse, &d.Mentions, &connu)
	if err != nil {
		return nil, err
	}
	d.Recu = db.Temps(recu)
	return &d, errors.Join(json.Unmarshal(reponse, &d.Reponse), d.connu.lire(connu))
}

// Depot returns a deposit of a supplier; ErrInconnu when there is none, or it is another's.
func (s *Service) Depot(ctx context.Context, fournisseur, id int64) (*Depot, error) {
	d, err := s.parID(ctx, id)
	if err == nil && d.Fournisseur != fournisseur {
		return nil, ErrInconnu
	}
	return d, err
}

// parID returns a deposit, whosever it is.
func (s *Service) parID(ctx context.Context, id int64) (*Depot, error) {
	d, err := scanner(s.base.Lire().QueryRowContext(ctx, `SELECT `+colonnes+` FROM depot WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrInconnu
	}
	if err != nil {
		return nil, fmt.Errorf("read a deposit: %w", err)
	}
	return d, nil
}

// Depots lists up to max deposits of a supplier, newest first, before the id avant; 0 starts at the newest.
func (s *Service) Depots(ctx context.Context, fournisseur, avant int64, max int) (depots []*Depot, err error) {
	if avant == 0 {
		avant = 1<<63 - 1
	}
	lignes, err := s.base.Lire().QueryContext(ctx, `SELECT `+colonnes+` FROM depot WHERE fournisseur_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`,
		fournisseur, avant, max)
	if err != nil {
		return nil, fmt.Errorf("list the deposits: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		d, err := scanner(lignes)
		if err != nil {
			return nil, fmt.Errorf("list the deposits: %w", err)
		}
		depots = append(depots, d)
	}
	return depots, lignes.Err()
}

// lire runs f with the place and the options of a deposit's own day, so that its control can be made again.
func (s *Service) lire(ctx context.Context, d *Depot, l modele.Langue, f func(p *place, m *modele.Modele, sv *savoir) error) error {
	m := ms1dui.Edition(d.Edition)
	if m == nil {
		return fmt.Errorf("deposit %s: this program does not know the edition %q", d.ImpID(), d.Edition)
	}
	sv, err := s.savoirDe(ctx, d)
	if err != nil {
		return err
	}
	faire := func(p *place) error {
		r := s.controleur(p, m).Controler(p.octets, sv.options(d))
		if err := s.completer(ctx, d, r, sv, l); err != nil {
			return err
		}
		return f(p, m, sv)
	}
	if d.Simulation() {
		return s.avecOctets(ctx, d.simule, faire)
	}
	return s.avecGarde(ctx, d.SHA256, faire)
}

// avecOctets runs f with a place that holds these bytes, for that long.
func (s *Service) avecOctets(ctx context.Context, octets []byte, faire func(p *place) error) error {
	select {
	case p := <-s.places:
		siens := p.octets
		defer func() {
			p.octets = siens
			s.rendre(p)
		}()
		p.octets = octets
		return faire(p)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Rapport makes the whole report of a deposit again: every anomaly, with the lines of the file.
func (s *Service) Rapport(ctx context.Context, d *Depot, l modele.Langue) (f diag.Fichier, err error) {
	err = s.lire(ctx, d, l, func(p *place, m *modele.Modele, sv *savoir) error {
		f = s.controleur(p, m).Controler(p.octets, sv.options(d)).Fichier(l)
		f.NonVerifie = append(f.NonVerifie, sv.perdusEn(l)...)
		return nil
	})
	return f, err
}

func (s *Service) controleur(p *place, m *modele.Modele) *controle.Controleur {
	if m.Edition == s.modele.Edition {
		return p.c
	}
	return controle.Preparer(m, limites())
}

// Retour writes the returned file of a deposit, with the answers that were given.
func (s *Service) Retour(ctx context.Context, d *Depot) (octets []byte, err error) {
	if !d.Traitee() {
		return nil, controle.ErrSansRetour
	}
	err = s.lire(ctx, d, modele.Francais, func(p *place, m *modele.Modele, sv *savoir) error {
		r := s.controleur(p, m).Controler(p.octets, sv.options(d))
		octets, err = r.RetourDe(controle.Attribution{ImpID: d.ImpID(), NumeroASP: d.NumeroASP}, d.Traitement)
		return err
	})
	return octets, err
}

// Corrige returns the deposited file with its sure repairs made, and the repairs.
func (s *Service) Corrige(ctx context.Context, d *Depot) (r correction.Resultat, err error) {
	err = s.lire(ctx, d, modele.Francais, func(p *place, m *modele.Modele, sv *savoir) error {
		r = correction.Corriger(m, slices.Clone(p.octets), sv.options(d), limites(), false)
		return nil
	})
	return r, err
}

// Octets opens the bytes as they were deposited.
func (s *Service) Octets(d *Depot) (*os.File, error) { return s.fichiers.Lire(d.SHA256) }
