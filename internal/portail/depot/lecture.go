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
	"guichet/internal/portail/brouillon"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
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

// AQui tells whose a deposit is; ErrInconnu when there is none.
func (s *Service) AQui(ctx context.Context, id int64) (fournisseur int64, err error) {
	d, err := s.parID(ctx, id)
	if err != nil {
		return 0, err
	}
	return d.Fournisseur, nil
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
func (s *Service) Depots(ctx context.Context, fournisseur, avant int64, max int) ([]*Depot, error) {
	return s.Chercher(ctx, fournisseur, "", "", avant, max)
}

// Chercher is Depots for those whose name, software or reference has a text in it, and in which a demande, or the file, was refused
// for the rule of a code; "" for all of them.
func (s *Service) Chercher(ctx context.Context, fournisseur int64, texte, code string, avant int64, max int) (depots []*Depot, err error) {
	if avant == 0 {
		avant = 1<<63 - 1
	}
	premier, dernier := lirePartieImpID(ecrit.Numero(texte))
	lignes, err := s.base.Lire().QueryContext(ctx, `SELECT `+colonnes+` FROM depot WHERE fournisseur_id = $1 AND id < $2
		AND ($4 = '%%' OR cherche LIKE $4 ESCAPE '\' OR $5 <> '' AND numero_ans LIKE $5 ESCAPE '\' OR id BETWEEN $6 AND $7) AND ($8 = '' OR reponse LIKE '%' || $8 || '%') ORDER BY id DESC LIMIT $3`,
		fournisseur, avant, max, ecrit.Motif(texte), ecrit.MotifNumero(texte), premier, dernier, enReponse(code))
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

// enReponse is a code as the answer of a deposit has it; "" for none.
func enReponse(code string) string {
	if code == "" {
		return ""
	}
	return `"code":"` + code + `"`
}

// Refus counts how often a code was the reason of a refusal, of a demande or of a file, and in how many deposits of a supplier.
func (s *Service) Refus(ctx context.Context, fournisseur int64, code string) (fois, depots int64, err error) {
	err = s.base.Lire().QueryRowContext(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM((LENGTH(reponse) - LENGTH(REPLACE(reponse, $2, ''))) / LENGTH($2)), 0) AS BIGINT)
		FROM depot WHERE fournisseur_id = $1 AND reponse LIKE '%' || $2 || '%'`, fournisseur, enReponse(code)).Scan(&depots, &fois)
	if err != nil {
		return 0, 0, fmt.Errorf("count the refusals: %w", err)
	}
	return fois, depots, nil
}

// relu is a deposit controlled again, as on its own day, for as long as the place is held.
type relu struct {
	*controle.Rapport
	octets  []byte
	modele  *modele.Modele
	options controle.Options
	perdus  []string // registers that are no longer kept
}

// corriger makes the sure repairs.
func (r *relu) corriger() correction.Resultat {
	if !r.Reparable() {
		return correction.Resultat{Octets: slices.Clone(r.octets)}
	}
	return correction.Corriger(r.modele, slices.Clone(r.octets), r.options, limites(), false)
}

// raconter tells the whole report.
func (r *relu) raconter(l modele.Langue) diag.Fichier {
	f := r.Fichier(l)
	f.NonVerifie = append(f.NonVerifie, r.perdus...)
	return f
}

// lire controls a stored deposit again, as on its own day, and runs f with what comes out. A file that is not
// deposited is judged here.
func (s *Service) lire(ctx context.Context, d *Depot, l modele.Langue, f func(r *relu) error) error {
	m := ms1dui.Edition(d.Edition)
	if m == nil {
		return fmt.Errorf("deposit %s: this program does not know the edition %q", d.ImpID(), d.Edition)
	}
	sv, err := s.savoirDe(ctx, d)
	if err != nil {
		return err
	}
	faire := func(p *place) error {
		r, err := s.controlerComplet(ctx, d, s.controleur(p, m), p.octets, sv, l)
		if err != nil {
			return err
		}
		if d.Controle() {
			d.recevoir(juger(r))
		}
		return f(&relu{Rapport: r, octets: p.octets, modele: m, options: sv.autrui(d), perdus: sv.perdusEn(l)})
	}
	return s.avecFichier(ctx, d, faire)
}

// Rapport makes the whole report of a deposit, or of a control: every anomaly, with the lines of the file.
func (s *Service) Rapport(ctx context.Context, d *Depot, l modele.Langue) (f diag.Fichier, err error) {
	err = s.lire(ctx, d, l, func(r *relu) error {
		f = r.raconter(l)
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
	err = s.lire(ctx, d, modele.Francais, func(r *relu) error {
		octets, err = r.RetourDe(controle.Attribution{ImpID: d.ImpID(), NumeroASP: d.NumeroASP}, d.Traitement)
		return err
	})
	return octets, err
}

// Corrige returns the deposited file with its sure repairs made, and the repairs.
func (s *Service) Corrige(ctx context.Context, d *Depot) (r correction.Resultat, err error) {
	err = s.lire(ctx, d, modele.Francais, func(relu *relu) error {
		r = relu.corriger()
		return nil
	})
	return r, err
}

// Octets opens the bytes as they were sent.
func (s *Service) Octets(d *Depot) (*os.File, error) {
	if !d.Controle() {
		return s.fichiers.Lire(d.SHA256)
	}
	_, f, err := s.brouillons.Lire(d.Fournisseur, d.jeton)
	if errors.Is(err, brouillon.ErrPasse) {
		return nil, controleFini
	}
	return f, err
}
