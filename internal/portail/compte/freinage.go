package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/relais"
	"guichet/internal/portail/web"
)

// frein bounds how often something is tried. The count stands in the database: all nodes share it.
type frein struct {
	nom     string
	max     int64 // how many tries
	fenetre time.Duration
	sur     portee
}

// portee is who may have tried too often: what to do depends on it.
type portee int

const (
	surSoi     portee = iota // the person alone
	surReseau                // all who share a network
	surCompte                // anybody who knows the address of an account
	surFacteur               // anybody who knows its password, too
	surOubli                 // anybody who asks for links to be mailed there
)

// A stranger who guesses at an account is stopped where he comes from, and its owner comes in elsewhere. Many who guess
// from many places at once brake the account, for an hour; its owner comes in all the same with a browser that is known,
// whose tries are counted apart, or with the code of the second factor.
var (
	freinDevine          = frein{"devine", 10, 15 * time.Minute, surReseau}   // one account from one network
	freinCompte          = frein{"compte", 50, time.Hour, surCompte}          // one account
	freinAdresse         = frein{"adresse", 100, 15 * time.Minute, surReseau} // one network, which many people may share
	freinConnu           = frein{"connu", 10, 15 * time.Minute, surSoi}       // one account from a browser that knows it
	freinAvance          = frein{"avance", 5, 15 * time.Minute, surReseau}    // codes given with the password, for one account from one network
	freinCode            = frein{"code", 5, 15 * time.Minute, surFacteur}
	freinCodeConnu       = frein{"code-connu", 5, 15 * time.Minute, surSoi} // from a browser that knows the account
	freinSecours         = frein{"secours", 10, 15 * time.Minute, surReseau}
	freinCle             = frein{"cle", 10, 15 * time.Minute, surReseau}             // answers of passkeys, for one account from one network
	freinFedere          = frein{"federation", 100, 15 * time.Minute, surReseau}     // ways back from the identity provider, to one network
	freinFin             = frein{"federation-fin", 100, 15 * time.Minute, surReseau} // refused ends of sessions, told from one network
	freinOubli           = frein{"oubli", 3, time.Hour, surOubli}
	freinOubliAdresse    = frein{"oubli-adresse", 30, time.Hour, surReseau}
	freinVerification    = frein{"verification", 10, 15 * time.Minute, surSoi} // the password, asked again
	freinInvitation      = frein{"invitation", 30, time.Hour, surSoi}          // what one person has mailed to others
	freinLien            = frein{"lien", 3, 24 * time.Hour, surOubli}          // links to drafts of enrolment, mailed to one address
	freinLienReseau      = frein{"lien-reseau", 10, time.Hour, surReseau}      // that one network has mailed
	freinAdresseSoi      = frein{"adresse-soi", 5, time.Hour, surSoi}          // other addresses that one person asks for
	freinAdresseNouvelle = frein{"adresse-nouvelle", 3, time.Hour, surOubli}   // mails to one of them
	plusLongueFenetre    = 24 * time.Hour
)

// TropEssais says that something was tried too often, and when it may be tried again.
type TropEssais struct {
	Jusqua time.Time
	sur    portee
	frein  string // its name
}

// Error tells it to developers.
func (t *TropEssais) Error() string { return "too many tries, until " + t.Jusqua.Format(time.RFC3339) }

// compteur is a brake on someone.
type compteur struct {
	frein
	cle string // what is counted, and a hash: neither accounts nor addresses are kept in the clear
}

func (f frein) pour(qui string) compteur { return compteur{f, f.nom + ":" + empreinte(qui)} }

// partout brakes where a request comes from: its network (provenance) and, for IPv6, the site around it.
func (f frein) partout(provenance string) []compteur {
	tous := []compteur{f.pour(provenance)}
	if p, err := netip.ParsePrefix(provenance); err == nil {
		if site, ok := relais.Site(p); ok {
			tous = append(tous, frein{f.nom + "-site", f.max * relais.ParSite, f.fenetre, f.sur}.pour(site.String()))
		}
	}
	return tous
}

// essayer counts one try for each counter, and refuses it with *TropEssais when there were too many. Whoever is
// over the bound already costs no write.
func (s *Service) essayer(ctx context.Context, compteurs ...compteur) error {
	for _, c := range compteurs {
		var debut int64
		err := s.Base.Lire().QueryRowContext(ctx, `SELECT debut FROM tentative WHERE cle = $1 AND debut > $2 AND nombre >= $3`,
			c.cle, s.avant(c.frein), c.max).Scan(&debut)
		if err == nil {
			return c.trop(debut)
		}
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, c := range compteurs {
			if err := s.compter(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// essayerPour does so for an account that is known, 0 for none, and leaves a trace where a brake holds.
func (s *Service) essayerPour(ctx context.Context, compte int64, compteurs ...compteur) error {
	err := s.essayer(ctx, compteurs...)
	var trop *TropEssais
	if errors.As(err, &trop) {
		web.Tracer(ctx, web.Trace{Genre: "essais.freines", Compte: compte, Objet: trop.frein})
	}
	return err
}

// EssayerLien counts a link to a draft of enrolment, which anybody may have mailed to any address from a network;
// *TropEssais where there were too many.
func (s *Service) EssayerLien(ctx context.Context, courriel, reseau string) error {
	return s.essayerPour(ctx, 0, append(freinLienReseau.partout(reseau), freinLien.pour(courriel))...)
}

func (s *Service) compter(ctx context.Context, tx *sql.Tx, c compteur) error {
	var debut, n int64
	err := tx.QueryRowContext(ctx, `INSERT INTO tentative (cle, debut, nombre) VALUES ($1, $2, 1) ON CONFLICT (cle) DO UPDATE SET
		nombre = CASE WHEN tentative.debut > $3 THEN tentative.nombre + 1 ELSE 1 END,
		debut = CASE WHEN tentative.debut > $3 THEN tentative.debut ELSE excluded.debut END
		RETURNING debut, nombre`, c.cle, s.instant(), s.avant(c.frein)).Scan(&debut, &n)
	switch {
	case err != nil:
		return fmt.Errorf("count a try: %w", err)
	case n > c.max:
		return c.trop(debut)
	}
	return nil
}

// avant is the instant before which tries count no more.
func (s *Service) avant(f frein) int64 { return db.Instant(s.Maintenant().Add(-f.fenetre)) }

func (f frein) trop(debut int64) error {
	return &TropEssais{db.Temps(debut).Add(f.fenetre), f.sur, f.nom}
}

// liberer forgets the tries of someone who has succeeded.
func liberer(ctx context.Context, tx *sql.Tx, c compteur) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM tentative WHERE cle = $1`, c.cle)
	return err
}

// rendre takes back one try: only failures count there.
func rendre(ctx context.Context, tx *sql.Tx, c compteur) error {
	_, err := tx.ExecContext(ctx, `UPDATE tentative SET nombre = nombre - 1 WHERE cle = $1 AND nombre > 0`, c.cle)
	return err
}

// Balayer removes what has run out: sessions, links, counts. It is run from time to time.
func (s *Service) Balayer(ctx context.Context) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for texte, avant := range map[string]time.Time{
			`DELETE FROM session WHERE expire <= $1`:            s.Maintenant(),
			`DELETE FROM tentative WHERE debut <= $1`:           s.Maintenant().Add(-plusLongueFenetre),
			`DELETE FROM jeton WHERE expire <= $1`:              s.Maintenant(),
			`DELETE FROM facteur_prepare WHERE expire <= $1`:    s.Maintenant(),
			`DELETE FROM cle_defi WHERE expire <= $1`:           s.Maintenant(),
			`DELETE FROM federation_retour WHERE expire <= $1`:  s.Maintenant(),
			`DELETE FROM federation_fin WHERE expire <= $1`:     s.Maintenant(),
			`DELETE FROM changement_adresse WHERE expire <= $1`: s.Maintenant(),
		} {
			if _, err := tx.ExecContext(ctx, texte, db.Instant(avant)); err != nil {
				return fmt.Errorf("sweep the accounts: %w", err)
			}
		}
		return nil
	})
}
