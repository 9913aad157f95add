package suivi

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// demandes reads the demandes whose keys a query finds, with what their deposits say.
func (s *Service) demandes(ctx context.Context, texte, ordre string, args ...any) ([]Demande, error) {
	tout, err := db.Lignes(ctx, s.Base.Lire(), s.scruterDemande, `SELECT d.fournisseur_id, d.depot_id, d.rang, d.numero, d.etat, d.montant, d.accorde, d.esms, d.og, d.maj,
		d.debut, d.fin, p.recu, p.nom, p.sha256, p.edition, p.compte_id, p.mandataire_id, p.type, p.numero_ans, f.raison_sociale, COALESCE(t.texte, ''),
		CASE WHEN d.etat = 'a_modifier' THEN COALESCE((SELECT e.echeance FROM evenement e WHERE e.depot_id = d.depot_id AND e.rang = d.rang ORDER BY e.ordre DESC LIMIT 1), 0) ELSE 0 END, d.echeance
		FROM (`+texte+`) k JOIN demande d ON d.fournisseur_id = k.fournisseur_id AND d.depot_id = k.depot_id AND d.rang = k.rang JOIN depot p ON p.id = d.depot_id JOIN fournisseur f ON f.id = d.fournisseur_id LEFT JOIN mentions t ON t.id = p.mentions_id
		ORDER BY k.depot_id `+ordre+`, k.rang `+ordre, args...)
	for i := range tout {
		tout[i].NumeroASP = s.NumeroASP(tout[i].Depot, tout[i].Rang)
	}
	return tout, err
}

func (s *Service) scruterDemande(ligne db.Ligne, d *Demande) error {
	var recu, maj, limite, decision int64
	var mentions string
	err := ligne.Scan(&d.Fournisseur, &d.Depot, &d.Rang, &d.Numero, &d.Etat, &d.Montant, &d.Accorde, &d.ESMS, &d.OG, &maj, &d.Debut, &d.Fin,
		&recu, &d.Fichier, &d.SHA256, &d.Edition, &d.Deposant, &d.Mandataire, &d.Type, &d.NumeroAns, &d.RaisonSociale, &mentions, &limite, &decision)
	d.Recu, d.Maj = db.Temps(recu), db.Temps(maj)
	if !d.Etat.Accordee() {
		d.Accorde = 0
	}
	var jusqua time.Time
	if limite > 0 {
		jusqua = db.Temps(limite)
	}
	d.Echeance = echeance(d.Etat, d.Recu, accuse.LireDelais(mentions, s.Delais), jusqua).reportee(decision).au(s.Maintenant())
	return err
}

// Demande returns a demande that a supplier may see; for the agency (0) any. ErrInconnue when there is none.
func (s *Service) Demande(ctx context.Context, fournisseur int64, c Cle) (*Demande, error) {
	// The key of demande starts with the supplier, which the deposit tells.
	trouvees, err := s.demandes(ctx, `SELECT x.fournisseur_id, x.depot_id, x.rang FROM depot q JOIN demande x ON x.fournisseur_id = q.fournisseur_id AND x.depot_id = q.id
		WHERE q.id = $1 AND x.rang = $2 AND (CAST($3 AS BIGINT) = 0 OR q.fournisseur_id = $3)`, "ASC", c.Depot, c.Rang, fournisseur)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read a demande: %w", err)
	case len(trouvees) == 0:
		return nil, ErrInconnue
	}
	return &trouvees[0], nil
}

// Evenement is one step of a demande's history.
type Evenement struct {
	Instant time.Time
	Par     etat.Acteur
	Qui     string    // name of the person; "" for the program
	De, A   etat.Etat // De is "" for the deposit
	Motif   string
	Limite  time.Time // by when what the step asks for is expected; zero when it asks for nothing
}

// Historique lists the steps of a demande that its supplier sees, the first one first: its deposit, then each change of state.
func (s *Service) Historique(ctx context.Context, d *Demande) ([]Evenement, error) {
	tout, err := s.HistoriqueEntier(ctx, d)
	tout = slices.DeleteFunc(tout, Evenement.Muet)
	for i, e := range tout {
		if e.A.Montre() != e.A { // the reason of what is not told yet is not told either
			tout[i].A, tout[i].Motif = e.A.Montre(), ""
		}
	}
	return tout, err
}

// HistoriqueEntier lists all steps of a demande, for the agency.
func (s *Service) HistoriqueEntier(ctx context.Context, d *Demande) ([]Evenement, error) {
	tout, err := db.Lignes(ctx, s.Base.Lire(), scruterEvenement, `SELECT e.instant, e.acteur, COALESCE(c.nom, ''), e.de, e.a, e.motif, e.echeance
		FROM evenement e LEFT JOIN compte c ON c.id = e.compte_id WHERE e.depot_id = $1 AND e.rang = $2 ORDER BY e.ordre`, d.Depot, d.Rang)
	if err != nil {
		return nil, fmt.Errorf("read the history: %w", err)
	}
	for i := range tout {
		tout[i].Motif = ecrit.EnLangue(tout[i].Motif, web.Langue(ctx))
	}
	premier := Evenement{Instant: d.Recu, Par: etat.Fournisseur, A: etat.Incomplete}
	noms, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, n *string) error { return l.Scan(n) },
		`SELECT nom FROM compte WHERE id = $1`, d.Deposant)
	if err != nil {
		return nil, fmt.Errorf("read who deposited: %w", err)
	}
	if len(noms) > 0 {
		premier.Qui = noms[0]
	}
	return append([]Evenement{premier}, tout...), nil
}

// Muet tells whether a supplier does not see the step.
func (e Evenement) Muet() bool { return etat.Transition{De: e.De, A: e.A}.Muet() }

// Reprise tells why nobody took the step; "" for one that somebody took.
func (e Evenement) Reprise() modele.Texte {
	pas, _ := etat.Pas(e.De, e.A, e.Par)
	return reprise(pas)
}

func scruterEvenement(ligne db.Ligne, e *Evenement) error {
	var instant, par, limite int64
	err := ligne.Scan(&instant, &par, &e.Qui, &e.De, &e.A, &e.Motif, &limite)
	e.Instant, e.Par = db.Temps(instant), etat.Acteur(par)
	if limite > 0 {
		e.Limite = db.Temps(limite)
	}
	return err
}
