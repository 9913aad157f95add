package depot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/etat"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Remarques is what a control says of one demande beyond the two controls (§4), with the registers that it rests on.
type Remarques struct {
	Alertes     []diag.Diagnostic
	Registres   []string
	NonVerifies []string
	ESMS        []string // FINESS géographiques that it orders, each once
}

// registresSeuls are the errors that a change of registers makes of a demande that was accepted (§3.2).
var registresSeuls = []string{"C403", "C404"}

// Revoir controls one demande again: as it was deposited, on that day and with the registers of then; and as it stands, whose bytes are
// given, with those of now.
func (s *Service) Revoir(ctx context.Context, c etat.Cle, actuelle []byte, l modele.Langue) (alors, maintenant *Remarques, err error) {
	d, err := s.parID(ctx, c.Depot)
	if err != nil {
		return nil, nil, err
	}
	sv, err := s.savoirDe(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	deposee, err := s.deposee(ctx, d, c.Rang)
	if err != nil {
		return nil, nil, fmt.Errorf("read a demande of %s again: %w", d.ImpID(), err)
	}
	if alors, err = s.remarquer(ctx, d, deposee, sv, l); err != nil {
		return nil, nil, err
	}
	maintenant, err = s.remarquerMaintenant(ctx, d, actuelle, l)
	return alors, maintenant, err
}

// Relever counts the remarks on a demande as it stands by rule, as of now.
func (s *Service) Relever(ctx context.Context, c etat.Cle, actuelle []byte) (map[string]int, error) {
	d, err := s.parID(ctx, c.Depot)
	if err != nil {
		return nil, err
	}
	r, err := s.remarquerMaintenant(ctx, d, actuelle, modele.Francais)
	if err != nil {
		return nil, err
	}
	codes := map[string]int{}
	for _, a := range r.Alertes {
		codes[a.Code]++
	}
	return codes, nil
}

// deposee is a demande as it was deposited.
func (s *Service) deposee(ctx context.Context, d *Depot, rang int) (octets []byte, err error) {
	var debut, fin int64
	err = s.base.Lire().QueryRowContext(ctx, `SELECT debut, fin FROM demande WHERE fournisseur_id = $1 AND depot_id = $2 AND rang = $3`, d.Fournisseur, d.ID, rang).Scan(&debut, &fin)
	if err != nil {
		return nil, err
	}
	f, err := s.Octets(d)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.NewSectionReader(f, debut, fin-debut))
}

func (s *Service) remarquerMaintenant(ctx context.Context, d *Depot, actuelle []byte, l modele.Langue) (*Remarques, error) {
	sv := &savoir{}
	auj := *d
	auj.Recu = s.maintenant()
	var profils string
	err := s.base.Lire().QueryRowContext(ctx, `SELECT f.siret, COALESCE(l.profils, '') FROM fournisseur f LEFT JOIN logiciel l ON l.numero_ans = $2 AND l.fournisseur_id = f.id WHERE f.id = $1`,
		d.Fournisseur, d.NumeroAns).Scan(&sv.siret, &profils)
	if err != nil {
		return nil, fmt.Errorf("read the supplier: %w", err)
	}
	auj.connu.Profils = strings.FieldsFunc(profils, func(c rune) bool { return c == '\n' })
	sv.jeu, _ = s.registres.Actuels(ctx)
	sv.logiciel = auj.logiciel()
	return s.remarquer(ctx, &auj, actuelle, sv, l)
}

// remarquer controls a demande alone. What the first control says of a file is not asked.
func (s *Service) remarquer(ctx context.Context, d *Depot, demande []byte, sv *savoir, l modele.Langue) (x *Remarques, err error) {
	m := ms1dui.Edition(d.Edition)
	if m == nil {
		return nil, fmt.Errorf("deposit %s: this program does not know the edition %q", d.ImpID(), d.Edition)
	}
	octets, err := s.seule(d, sv.siret, demande)
	if err != nil {
		return nil, err
	}
	err = s.avecOctets(ctx, 0, octets, func(p *place) error {
		o := sv.options(d)
		o.Nom = ""
		r := s.controleur(p, m).Controler(p.octets, o)
		demandes, err := s.esmsDemandes(ctx, d, r, l)
		if err != nil {
			return err
		}
		r.Completer(func(string) (string, bool) { return "", false }, demandes) // its number is its own
		x = retenirRemarques(r, l)
		x.NonVerifies = append(x.NonVerifies, sv.perdusEn(l)...)
		return nil
	})
	return x, err
}

// retenirRemarques keeps of a report what outlives its place.
func retenirRemarques(r *controle.Rapport, l modele.Langue) *Remarques {
	f := r.Fichier(l)
	x := &Remarques{NonVerifies: r.NonVerifies(l)}
	for occ := range f.All() {
		if occ.Gravite == modele.Alerte || slices.Contains(registresSeuls, occ.Code) {
			x.Alertes = append(x.Alertes, *occ.Diagnostic)
		}
	}
	for _, reg := range r.Registres(l) {
		x.Registres = append(x.Registres, reg.Phrase)
	}
	if r.Demandes() > 0 {
		r.ESMS(0, func(finess []byte) {
			if t := string(finess); !slices.Contains(x.ESMS, t) && len(x.ESMS) < maxCherches {
				x.ESMS = append(x.ESMS, t)
			}
		})
	}
	return x
}
