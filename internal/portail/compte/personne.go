package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/modele"
)

// personne is an account as its row has it.
type personne struct {
	id         int64
	courriel   string
	nom        string
	langue     modele.Langue
	motDePasse string // its hash
	scelle     string // key of the second factor, sealed; "" without one
	totp       bool   // an authenticator is in use
	cles       int64  // passkeys
	etat       string
}

// LecteurSQL reads one row, from the pool or in a transaction.
type LecteurSQL interface {
	QueryRowContext(ctx context.Context, texte string, args ...any) *sql.Row
}

// errInconnu says that there is no such account, for those who do not tell that to the person.
var errInconnu = errors.New("no such account")

const colonnes = `SELECT id, courriel, nom, langue, mot_de_passe, totp_secret, totp_actif, etat, (SELECT count(*) FROM cle_acces k WHERE k.compte_id = compte.id) FROM compte `

func lirePersonne(ctx context.Context, q LecteurSQL, compte int64) (personne, error) {
	return scruter(q.QueryRowContext(ctx, colonnes+`WHERE id = $1`, compte))
}

func chercherPersonne(ctx context.Context, q LecteurSQL, courriel string) (personne, error) {
	return scruter(q.QueryRowContext(ctx, colonnes+`WHERE courriel = $1`, courriel))
}

func scruter(ligne *sql.Row) (p personne, err error) {
	var l string
	var totp int64
	err = ligne.Scan(&p.id, &p.courriel, &p.nom, &l, &p.motDePasse, &p.scelle, &totp, &p.etat, &p.cles)
	if errors.Is(err, sql.ErrNoRows) {
		return p, errInconnu
	}
	if err != nil {
		return p, fmt.Errorf("read an account: %w", err)
	}
	p.langue, p.totp = langue(l), totp == 1
	return p, nil
}

// facteur tells whether a second factor is in use, of either kind.
func (p personne) facteur() bool { return p.totp || p.cles > 0 }
