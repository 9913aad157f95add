package contradictoire

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

const colonnes = `SELECT c.id, c.genre, c.etat, c.motifs, c.texte, c.ouvert_par, c.ouvert, c.limite, c.propose_par, c.propose, c.decide_par, c.decide, c.clos, c.cause, c.version FROM contradictoire c `

func scruter(l db.Ligne, p *Procedure) error {
	var motifs string
	var ouvert, limite, propose, decide, clos int64
	err := l.Scan(&p.ID, &p.Genre, &p.Etat, &motifs, &p.Texte, &p.OuvertPar, &ouvert, &limite, &p.ProposePar, &propose, &p.DecidePar, &decide, &clos, &p.Cause, &p.Version)
	p.Motifs = strings.Fields(motifs)
	p.Ouvert, p.Limite, p.Propose, p.Decide, p.Clos = db.Temps(ouvert), db.Temps(limite), db.Temps(propose), db.Temps(decide), db.Temps(clos)
	return err
}

// Procedure reads one.
func (s *Service) Procedure(ctx context.Context, q db.Lecteur, id int64) (*Procedure, error) {
	return s.lire(ctx, q, id, "")
}

// verrouillerEntiere reads one, locked with its demandes: these first, as all that changes them does.
func (s *Service) verrouillerEntiere(ctx context.Context, tx *sql.Tx, id int64) (*Procedure, error) {
	_, err := db.Lignes(ctx, tx, func(l db.Ligne, n *int64) error { return l.Scan(n) }, `SELECT d.version FROM dossier d JOIN contradictoire_partie x ON x.depot_id = d.depot_id AND x.rang = d.rang
		WHERE x.contradictoire_id = $1 ORDER BY d.depot_id, d.rang `+s.Base.Dialecte.VerrouDe("d"), id)
	if err != nil {
		return nil, fmt.Errorf("lock the demandes of a procedure: %w", err)
	}
	return s.verrouiller(ctx, tx, id)
}

// verrouiller reads one, locked.
func (s *Service) verrouiller(ctx context.Context, tx *sql.Tx, id int64) (*Procedure, error) {
	return s.lire(ctx, tx, id, s.Base.Dialecte.Verrou)
}

func (s *Service) lire(ctx context.Context, q db.Lecteur, id int64, verrou string) (*Procedure, error) {
	p := &Procedure{}
	err := scruter(q.QueryRowContext(ctx, colonnes+`WHERE c.id = $1 `+verrou, id), p)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrInconnue
	case err != nil:
		return nil, fmt.Errorf("read a procedure: %w", err)
	}
	p.Parties, err = db.Lignes(ctx, q, s.scruterPartie, `SELECT x.depot_id, x.rang, x.fournisseur_id, f.raison_sociale, x.esms, x.fil_id, x.repondu, x.issue, x.decision_id, x.fin,
		(SELECT d.version FROM dossier d WHERE d.depot_id = x.depot_id AND d.rang = x.rang)
		FROM contradictoire_partie x JOIN fournisseur f ON f.id = x.fournisseur_id WHERE x.contradictoire_id = $1 ORDER BY x.depot_id, x.rang`, id)
	if err != nil {
		return nil, fmt.Errorf("read the demandes of a procedure: %w", err)
	}
	for _, x := range p.Parties {
		p.Version += x.version
	}
	return p, nil
}

func (s *Service) scruterPartie(l db.Ligne, x *Partie) error {
	var esms string
	var repondu, fin int64
	err := l.Scan(&x.Depot, &x.Rang, &x.Fournisseur, &x.RaisonSociale, &esms, &x.Fil, &repondu, &x.Issue, &x.Decision, &fin, &x.version)
	x.ESMS, x.NumeroASP = strings.Fields(esms), s.NumeroASP(x.Depot, x.Rang)
	x.Repondu, x.Fin = db.Temps(repondu), db.Temps(fin)
	return err
}

// Filtre is which procedures are looked for.
type Filtre struct {
	Fournisseur int64     // 0 for all
	Cle         *etat.Cle // of one demande; nil for all
	Ouvertes    bool      // that are not closed
	Avant       int64     // procedures before this one; 0 for all
	Limite      int
}

// Lister lists procedures, the newest first.
func (s *Service) Lister(ctx context.Context, q db.Lecteur, f Filtre) (procedures []*Procedure, err error) {
	var c db.Conditions
	c.Si("1 = 1")
	if f.Fournisseur > 0 {
		c.Si("c.id IN (SELECT contradictoire_id FROM contradictoire_partie WHERE fournisseur_id = " + c.Arg(f.Fournisseur) + ")")
	}
	if f.Cle != nil {
		c.Si("c.id IN (SELECT contradictoire_id FROM contradictoire_partie WHERE depot_id = " + c.Arg(f.Cle.Depot) + " AND rang = " + c.Arg(f.Cle.Rang) + ")")
	}
	if f.Ouvertes {
		c.Si("c.etat <> 'close'")
	}
	if f.Avant > 0 {
		c.Si("c.id < " + c.Arg(f.Avant))
	}
	ids, err := db.Lignes(ctx, q, func(l db.Ligne, id *int64) error { return l.Scan(id) }, `SELECT c.id FROM contradictoire c WHERE `+c.Tout()+` ORDER BY c.id DESC LIMIT `+c.Arg(f.Limite), c.Args...)
	if err != nil {
		return nil, fmt.Errorf("list procedures: %w", err)
	}
	for _, id := range ids {
		p, err := s.Procedure(ctx, q, id)
		if err != nil {
			return nil, err
		}
		procedures = append(procedures, p)
	}
	return procedures, nil
}

// De is the procedure of a demande that is not closed; nil for none.
func (s *Service) De(ctx context.Context, q db.Lecteur, c etat.Cle) (*Procedure, error) {
	trouvees, err := s.Lister(ctx, q, Filtre{Cle: &c, Ouvertes: true, Limite: 1})
	if err != nil || len(trouvees) == 0 {
		return nil, err
	}
	return trouvees[0], nil
}

// Vivantes are the demandes whose part has not ended.
func (p *Procedure) Vivantes() []Partie {
	return slices.DeleteFunc(slices.Clone(p.Parties), func(x Partie) bool { return !x.Fin.IsZero() })
}

// Sienne is a demande of a supplier in it; nil for none.
func (p *Procedure) Sienne(fournisseur int64) *Partie {
	for i := range p.Parties {
		if p.Parties[i].Fournisseur == fournisseur {
			return &p.Parties[i]
		}
	}
	return nil
}

// Attendues are those whose suppliers have not said that their answer is whole.
func (p *Procedure) Attendues() []Partie {
	return slices.DeleteFunc(p.Vivantes(), func(x Partie) bool { return !x.Repondu.IsZero() })
}

// attente says why nothing may be decided yet; "" once it may. A supplier that the agency has suspended answers like any other.
func (s *Service) attente(p *Procedure) modele.Texte {
	if len(p.Attendues()) == 0 || !s.Maintenant().Before(calendrier.Fin(p.Limite)) {
		return modele.Texte{}
	}
	j := web.Date(p.Limite)
	return modele.Texte{
		Fr: "Rien ne se décide avant la fin du " + j.Fr + ", sauf si chacun a répondu avant (CRPA, art. L122-1).",
		En: "Nothing is decided before the end of " + j.En + ", unless each has answered before (CRPA, art. L122-1).",
	}
}

// aEntendre refuses to decide what may not be decided yet.
func (s *Service) aEntendre(p *Procedure) error {
	if t := s.attente(p); t.Fr != "" {
		return refuser(t.Fr+" Rien n'est fait.", t.En+" Nothing is done.")
	}
	return nil
}

// Entendu says, for the letter that takes an award back, how its supplier was heard.
func (s *Service) Entendu(ctx context.Context, q db.Lecteur, c etat.Cle) (modele.Texte, error) {
	p, err := s.De(ctx, q, c)
	if err != nil || p == nil {
		return modele.Texte{}, err
	}
	i := slices.IndexFunc(p.Parties, func(x Partie) bool { return x.Cle == c })
	ouvert, limite := web.Date(p.Ouvert), web.Date(p.Limite)
	t := modele.Texte{
		Fr: "Par lettre du " + ouvert.Fr + ", vous avez été invité à présenter vos observations au plus tard le " + limite.Fr + " (CRPA, art. L121-1 et L122-1).",
		En: "By letter of " + ouvert.En + " you were invited to make your observations no later than " + limite.En + " (CRPA, art. L121-1 and L122-1).",
	}
	if x := p.Parties[i]; x.Fil == 0 {
		t.Fr, t.En = t.Fr+" Vous n'en avez pas présenté.", t.En+" You have made none."
	} else {
		t.Fr, t.En = t.Fr+" Vous en avez présenté ; elles ont été examinées.", t.En+" You have made some; they were considered."
	}
	return t, nil
}
