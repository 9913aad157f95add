package enrolement

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/relais"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// oubli is how long a draft that nobody changes is kept, and the cookie and the link that lead to it.
const oubli = 60 * 24 * time.Hour

// joursOubli is oubli in the words of pages and mails.
const joursOubli = "60"

// The bounds of what is left without an account.
const (
	maxBrouillons = 20 // that one network has open
	maxRecues     = 30 // documents that one draft takes, those that were replaced included
)

// Oublie is when a draft is forgotten, if nobody changes it.
func (e Enrolement) Oublie() time.Time { return e.Modifie.Add(oubli) }

// reseauxDe are the networks of who asks, narrow to wide.
func reseauxDe(r *http.Request) (reseaux []netip.Prefix) {
	reseau, ok := relais.ReseauDe(r)
	if !ok {
		return nil
	}
	if site, ok := relais.Site(reseau); ok {
		return []netip.Prefix{reseau, site}
	}
	return []netip.Prefix{reseau}
}

// provenance names the network of who asks.
func provenance(r *http.Request) string {
	if reseaux := reseauxDe(r); len(reseaux) > 0 {
		return reseaux[0].String()
	}
	return r.RemoteAddr
}

// cleReseau is what is kept of a network while it has a draft: enough to count.
func cleReseau(reseaux []netip.Prefix, i int) string {
	if i >= len(reseaux) {
		return ""
	}
	return empreinte("reseau " + reseaux[i].String())
}

// compterBrouillons refuses networks that have too many drafts open, and gives their keys.
func (s *Service) compterBrouillons(ctx context.Context, tx *sql.Tx, reseaux []netip.Prefix) (reseau, site string, err error) {
	reseau, site = cleReseau(reseaux, 0), cleReseau(reseaux, 1)
	for _, nom := range []string{"brouillons " + site, "brouillons " + reseau} { // two that count at once would both find room
		if err := s.Base.Exclure(ctx, tx, nom); err != nil {
			return "", "", err
		}
	}
	var n, autour int
	err = tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM enrolement WHERE reseau = $1 AND reseau <> ''), (SELECT count(*) FROM enrolement WHERE site = $2 AND site <> '')`,
		reseau, site).Scan(&n, &autour)
	switch {
	case err != nil:
		return "", "", fmt.Errorf("count the drafts of a network: %w", err)
	case n >= maxBrouillons, autour >= maxBrouillons*relais.ParSite:
		return "", "", tropDeBrouillons
	}
	return reseau, site, nil
}

var tropDeBrouillons error = &web.Refus{
	Etat:  http.StatusTooManyRequests,
	Titre: modele.Texte{Fr: "Trop de brouillons ouverts", En: "Too many drafts open"},
	Texte: modele.Texte{
		Fr: "Votre réseau, que d'autres partagent peut-être, a déjà " + nombre(maxBrouillons) + " brouillons d'enrôlement ouverts. Reprenez un brouillon par le lien reçu par courriel, envoyez-le ou abandonnez-le : sa place est aussitôt libre. Sinon, écrivez à l'agence : le bas de la page dit comment.",
		En: "Your network, which others may share, has " + nombre(maxBrouillons) + " drafts of enrolment open already. Go on with a draft by the link that came by mail, send it or throw it away: its place is free at once. Else write to the agency: the foot of the page says how.",
	},
}

// tropDeDocuments refuses one document more, beside its field.
func tropDeDocuments(genre string) error {
	return faute("fichier-"+genre, "Ce brouillon a déjà reçu "+nombre(maxRecues)+" documents, ceux que vous avez remplacés compris : il n'en prend plus. Ceux qu'il a sont gardés ; envoyez la demande avec eux, ou abandonnez le brouillon et recommencez.",
		"This draft has taken "+nombre(maxRecues)+" documents already, those that you replaced included: it takes no more. Those that it has are kept; send the request with them, or throw the draft away and begin again.")
}

// Abandonner throws the draft of a secret away: what was typed, its documents, its links. ErrFige for what was sent.
func (s *Service) Abandonner(ctx context.Context, secret string) error {
	var pieces []Piece
	err := s.surBrouillon(ctx, secret, func(ctx context.Context, tx *sql.Tx, e *Enrolement) error {
		if e.Etat != Brouillon {
			return ErrFige
		}
		pieces = e.Pieces
		return effacer(ctx, tx, `id = $1`, e.ID)
	})
	if err == nil {
		s.liberer(ctx, pieces)
	}
	return err
}

// effacer removes the requests that a condition names, with all that hangs on them.
func effacer(ctx context.Context, tx *sql.Tx, lesquels string, args ...any) error {
	for _, table := range []string{"piece_enrolement", "lien_enrolement"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE enrolement_id IN (SELECT id FROM enrolement WHERE `+lesquels+`)`, args...); err != nil {
			return fmt.Errorf("forget drafts: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM enrolement WHERE `+lesquels, args...); err != nil {
		return fmt.Errorf("forget drafts: %w", err)
	}
	return nil
}

// liberer gives the room of documents back at once. One that stays, for whatever reason, is swept later.
func (s *Service) liberer(ctx context.Context, pieces []Piece) {
	for _, p := range pieces {
		_ = s.Fichiers.Liberer(ctx, p.SHA256, s.Utilise)
	}
}

// Balayer forgets the drafts that were left. It is run from time to time.
func (s *Service) Balayer(ctx context.Context) error {
	const vieux = `etat = 'brouillon' AND modifie < $1`
	avant := db.Instant(s.Maintenant().Add(-oubli))
	var pieces []Piece
	err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if pieces, err = lirePiecesDe(ctx, tx, vieux, avant); err != nil {
			return err
		}
		return effacer(ctx, tx, vieux, avant)
	})
	if err == nil {
		s.liberer(ctx, pieces)
	}
	return err
}

// lirePiecesDe lists the files of the requests that a condition names.
func lirePiecesDe(ctx context.Context, tx *sql.Tx, lesquels string, args ...any) (pieces []Piece, err error) {
	lignes, err := tx.QueryContext(ctx, `SELECT sha256 FROM piece_enrolement WHERE enrolement_id IN (SELECT id FROM enrolement WHERE `+lesquels+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("list the documents of drafts: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var p Piece
		if err := lignes.Scan(&p.SHA256); err != nil {
			return nil, fmt.Errorf("list the documents of drafts: %w", err)
		}
		pieces = append(pieces, p)
	}
	return pieces, lignes.Err()
}
