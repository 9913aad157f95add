package instruction

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Demandes that lack documents are in no queue: a deposit adds nothing to it. They are read where they stand, by the deposits that lack some.
const (
	colonnesIncomplete = `q.depot_id, d.rang, d.fournisseur_id, f.raison_sociale, f.etat = 'suspendu', q.numero_ans, d.numero, d.montant, d.esms, d.og, q.recu, d.maj, COALESCE(t.texte, '')`
	depuisIncomplete   = ` JOIN demande d ON d.fournisseur_id = q.fournisseur_id AND d.depot_id = q.depot_id JOIN fournisseur f ON f.id = q.fournisseur_id LEFT JOIN mentions t ON t.id = q.mentions_id
		WHERE d.etat = 'incomplete'`
)

func (s *Service) scruterIncomplete(l db.Ligne, d *Dossier) error {
	var recu, maj int64
	var mentions string
	err := l.Scan(&d.Depot, &d.Rang, &d.Fournisseur, &d.RaisonSociale, &d.Suspendu, &d.NumeroAns, &d.Numero, &d.Montant, &d.ESMS, &d.OG, &recu, &maj, &mentions)
	delais := accuse.LireDelais(mentions, s.Delais)
	d.Etat, d.Recu, d.Maj = etat.Incomplete, db.Temps(recu), db.Temps(maj)
	d.Echeance, d.Reponse, d.NumeroASP = delais.Echeance(d.Recu), delais.LimitePieces(d.Recu), s.NumeroASP(d.Depot, d.Rang)
	return err
}

// Trouver reads a demande that is in the queue, or lacks documents; ErrInconnu when there is none.
func (s *Service) Trouver(ctx context.Context, q db.Lecteur, c etat.Cle) (*Dossier, error) {
	d, err := s.Dossier(ctx, q, c)
	if err == nil && d.Etat != etat.Incomplete || err != nil && !errors.Is(err, ErrInconnu) {
		return d, err
	}
	d = &Dossier{}
	err = s.scruterIncomplete(q.QueryRowContext(ctx, `SELECT `+colonnesIncomplete+` FROM (SELECT p.id AS depot_id, p.* FROM depot p WHERE p.id = $1) q`+depuisIncomplete+` AND d.rang = $2`, c.Depot, c.Rang), d)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrInconnu
	case err != nil:
		return nil, fmt.Errorf("read an incomplete demande: %w", err)
	}
	return d, nil
}

// listerIncompletes returns the demandes that lack documents after a place, nil for the beginning: those whose deadline passes first.
func (s *Service) listerIncompletes(ctx context.Context, fournisseur int64, apres *Place, n int) (*Part, error) {
	if apres == nil {
		apres = &Place{}
	}
	dossiers, err := db.Lignes(ctx, s.Base.Lire(), s.scruterIncomplete, `SELECT `+colonnesIncomplete+` FROM (SELECT p.id AS depot_id, p.* FROM depot p
			WHERE p.incompletes > 0 AND (p.recu, p.id) >= ($1, $2) AND (CAST($3 AS BIGINT) = 0 OR p.fournisseur_id = $3) ORDER BY p.recu, p.id LIMIT $4) q`+depuisIncomplete+`
		AND (q.depot_id <> $2 OR d.rang > $5) ORDER BY q.recu, q.depot_id, d.rang LIMIT $6`, apres.Valeur, apres.Depot, fournisseur, n+2, apres.Rang, n+1)
	if err != nil {
		return nil, fmt.Errorf("list the incomplete demandes: %w", err)
	}
	p := &Part{Dossiers: dossiers}
	if len(dossiers) > n {
		p.Dossiers = dossiers[:n]
		d := dossiers[n-1]
		p.Apres = &Place{db.Instant(d.Recu), d.Cle}
	}
	return p, nil
}

// compterIncompletes counts them, up to MaxCompte+1.
func (s *Service) compterIncompletes(ctx context.Context) (n int, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT COALESCE(SUM(n), 0) FROM (SELECT incompletes AS n FROM depot WHERE incompletes > 0 ORDER BY recu, id LIMIT $1) x`, MaxCompte+1).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the incomplete demandes: %w", err)
	}
	return min(n, MaxCompte+1), nil
}

// pageIncompletes is what incompletes.html shows.
type pageIncompletes struct {
	pageFile
	Fournisseur int64 // whose alone; 0 for all
}

const adresseIncompletes = "/sans-pieces"

var titreIncompletes = modele.Texte{Fr: "Incomplètes", En: "Incomplete"}

func (s *Service) montrerIncompletes(w http.ResponseWriter, r *http.Request) (err error) {
	v := r.URL.Query()
	p := &pageIncompletes{Fournisseur: entier(v.Get("fournisseur"))}
	p.pageFile = pageFile{Page: web.NouvellePage(r, titreIncompletes, filTravail), Moi: moi(r).Compte, s: s, Part: &Part{}, champs: Filtre{Agent: moi(r).Compte}}
	if p.Garder(v); p.Fournisseur <= 0 && v.Get("fournisseur") != "" {
		inconnu(&p.Page, "fournisseur")
	}
	if !p.Valide() {
	} else if p.Part, err = s.listerIncompletes(r.Context(), p.Fournisseur, LirePlace(v.Get("apres")), parPage); err != nil {
		return err
	}
	if a := p.Part.Apres; a != nil {
		v.Set("apres", a.Ecrire())
		p.Suite = p.Page.Suite("", adresseIncompletes+"?"+v.Encode(), "")
	}
	if p.Onglets, err = s.onglets(r.Context(), &p.pageFile, nil); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "incompletes.html", p)
}

// LienIncompletes leads to those of the supplier.
func (p *pageIncompletes) LienIncompletes(d *Dossier) string {
	return adresseIncompletes + "?fournisseur=" + strconv.FormatInt(d.Fournisseur, 10)
}

// Retard says how many days ago the documents were due; "" where they may still come in time.
func (p *pageIncompletes) Retard(d *Dossier) string {
	depuis := p.s.Maintenant().Sub(d.finPieces())
	if depuis <= 0 {
		return ""
	}
	return p.Compte(1+int64(depuis.Hours())/24, "jour de retard", "jours de retard", "day late", "days late")
}

// finPieces is when the last day for the documents is over.
func (d *Dossier) finPieces() time.Time { return calendrier.Fin(d.Reponse) }

// Refusable tells whether who looks may propose to refuse a demande whose documents never came.
func (p *pageFeuille) Refusable() bool {
	return p.D.Etat == etat.Incomplete && p.moi.Roles&etat.Instructeur != 0 && p.s.Maintenant().After(p.D.finPieces())
}

// faitRefusSansPieces proposes to refuse a demande whose documents did not come in time.
func (s *Service) faitRefusSansPieces(a acte) error {
	prop := a.rejet()
	if !a.p.Valide() {
		return nil
	}
	return s.Base.Ecrire(a.ctx, func(ctx context.Context, tx *sql.Tx) error {
		d, err := s.Trouver(ctx, tx, a.d.Cle)
		switch {
		case err != nil:
			return err
		case d.Etat != etat.Incomplete:
			return refuser("Les pièces de cette demande sont arrivées, ou elle n'attend plus : relisez-la. Rien n'est fait.", "The documents of this request have come, or it no longer waits: read it again. Nothing is done.")
		case !s.Maintenant().After(d.finPieces()):
			j := web.Date(d.Reponse)
			return refuser("Les pièces peuvent arriver jusqu'au "+j.Fr+" : un refus se propose après ce jour.", "The documents may come until "+j.En+": a refusal is proposed after that day.")
		}
		lue := db.Temps(entier(a.p.Valeur("lue")))
		if slices.ContainsFunc(a.p.faits(lue), func(f fait) bool { return f.instant.After(lue) }) { // it has no version while it is in no queue
			return errChange
		}
		return s.Decisions.Proposer(ctx, tx, prop)
	})
}
