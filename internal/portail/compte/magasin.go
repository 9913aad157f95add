package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"

	"guichet/diag"
	"guichet/internal/portail/db"
)

// How long a session lasts.
const (
	inactivite   = 8 * time.Hour
	dureeTotale  = 24 * time.Hour
	dureeAttente = 10 * time.Minute // between the password and the second factor
	pasDeVue     = time.Minute      // the last use is noted no more often
)

// The values of a session.
const (
	cleCompte  = "compte"  // int64
	cleAttente = "attente" // bool: the second factor is awaited
	clePour    = "pour"    // int64: for whom the person acts; absent before a choice
	clePar     = "par"     // int64: by which mandate
	cleFedere  = "federe"  // string: the identity provider let the person in; federeFort or federeFaible

	cleSessionLa  = "session-la"  // string: which session there (sessionLa)
	cleConfirmeLa = "confirme-la" // int64: when the person was asked again there; the second factor is still to come
)

// How the identity provider was believed: it has asked for two factors, or for one.
const (
	federeFort   = "fort"
	federeFaible = "faible"
)

// passage is what the store of sessions knows of the request, beside the session's values.
type passage struct {
	agent string // browser, as it names itself
	cle   string // of the session that the cookie led to; "" when to none
	vu    time.Time
}

type clePassage struct{}

// magasin keeps sessions in the table session. It decides when they end, by the clock of the service: idle,
// and in all.
type magasin struct{ s *Service }

// FindCtx reads a live session.
func (m magasin) FindCtx(ctx context.Context, token string) (donnees []byte, trouve bool, err error) {
	var vu int64
	err = m.s.Base.Lire().QueryRowContext(ctx, `SELECT donnees, vu FROM session WHERE empreinte = $1 AND expire > $2`, token, m.s.instant()).Scan(&donnees, &vu)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read a session: %w", err)
	}
	if p, ok := ctx.Value(clePassage{}).(*passage); ok {
		p.cle, p.vu = token, db.Temps(vu)
	}
	return donnees, true, nil
}

// CommitCtx keeps a session. One that the request came with is changed and never made again: it may have been
// revoked meanwhile.
func (m magasin) CommitCtx(ctx context.Context, token string, donnees []byte, _ time.Time) error {
	_, valeurs, err := scs.GobCodec{}.Decode(donnees)
	if err != nil {
		return fmt.Errorf("keep a session: %w", err)
	}
	compte, _ := valeurs[cleCompte].(int64)
	attente, _ := valeurs[cleAttente].(bool)
	la, _ := valeurs[cleSessionLa].(string)
	p, ok := ctx.Value(clePassage{}).(*passage)
	if !ok {
		return errors.New("keep a session: the request did not pass by the sessions")
	}
	return m.s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if token == p.cle {
			_, err := tx.ExecContext(ctx, `UPDATE session SET donnees = $1 WHERE empreinte = $2`, donnees, token)
			return err
		}
		maintenant := m.s.Maintenant()
		fin := maintenant.Add(inactivite)
		if attente {
			fin = maintenant.Add(dureeAttente)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO session (empreinte, compte_id, attente, donnees, cree, vu, expire, agent, session_la)
			VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)`, token, compte, db.Chiffre(attente), donnees, db.Instant(maintenant), db.Instant(fin), couperAgent(p.agent), la)
		return err
	})
}

// DeleteCtx ends a session.
func (m magasin) DeleteCtx(ctx context.Context, token string) error {
	return m.s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE empreinte = $1`, token)
		return err
	})
}

// Find, Commit and Delete are asked for by the library, which calls those above.
func (m magasin) Find(token string) ([]byte, bool, error) {
	return m.FindCtx(context.Background(), token)
}
func (m magasin) Delete(token string) error { return m.DeleteCtx(context.Background(), token) }
func (m magasin) Commit(token string, b []byte, fin time.Time) error {
	return m.CommitCtx(context.Background(), token, b, fin)
}

// marquer notes that a session is in use: it lives on, up to its whole length.
func (s *Service) marquer(ctx context.Context, p *passage) error {
	maintenant := s.Maintenant()
	if maintenant.Sub(p.vu) < pasDeVue {
		return nil
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE session SET vu = $1, expire = CASE WHEN cree + $2 < $3 THEN cree + $2 ELSE $3 END
			WHERE empreinte = $4 AND attente = 0`,
			db.Instant(maintenant), dureeTotale.Microseconds(), db.Instant(maintenant.Add(inactivite)), p.cle)
		return err
	})
}

// Session is one browser in which a person has signed in.
type Session struct {
	Cle        string // to revoke it; it opens nothing
	Navigateur string
	Cree, Vue  time.Time
	Celleci    bool // the one that asks
}

// Sessions lists an account's live sessions, the last used first.
func (s *Service) Sessions(ctx context.Context, i Identite) (sessions []Session, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT empreinte, agent, cree, vu FROM session
		WHERE compte_id = $1 AND attente = 0 AND expire > $2 ORDER BY vu DESC, empreinte LIMIT 100`, i.Compte, s.instant())
	if err != nil {
		return nil, fmt.Errorf("list the sessions: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var x Session
		var agent string
		var cree, vue int64
		if err := lignes.Scan(&x.Cle, &agent, &cree, &vue); err != nil {
			return nil, fmt.Errorf("list the sessions: %w", err)
		}
		x.Navigateur, x.Cree, x.Vue, x.Celleci = navigateur(agent), db.Temps(cree), db.Temps(vue), x.Cle == i.session
		sessions = append(sessions, x)
	}
	return sessions, lignes.Err()
}

// TerminerSession ends one session of an account; nothing happens when it has ended.
func (s *Service) TerminerSession(ctx context.Context, compte int64, cle string) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		fait, err := tx.ExecContext(ctx, `DELETE FROM session WHERE compte_id = $1 AND empreinte = $2`, compte, cle)
		if err != nil {
			return fmt.Errorf("end a session: %w", err)
		}
		if n, err := fait.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return s.noterCompte(ctx, tx, compte, "compte.session_terminee", nil)
	})
}

// TerminerAutres ends all sessions of a person but the one that asks.
func (s *Service) TerminerAutres(ctx context.Context, i Identite) (n int64, err error) {
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if n, err = terminerSessions(ctx, tx, i.Compte, i.session); err != nil || n == 0 {
			return err
		}
		return s.noterCompte(ctx, tx, i.Compte, "compte.sessions_terminees", map[string]string{"nombre": nombre(n)})
	})
	return n, err
}

func terminerSessions(ctx context.Context, tx *sql.Tx, compte int64, sauf string) (int64, error) {
	fait, err := tx.ExecContext(ctx, `DELETE FROM session WHERE compte_id = $1 AND empreinte <> $2`, compte, sauf)
	if err != nil {
		return 0, fmt.Errorf("end the sessions: %w", err)
	}
	return fait.RowsAffected()
}

// maxAgent is how much is kept of a browser's name for itself, in characters.
const maxAgent = 300

func couperAgent(agent string) string {
	r := []rune(diag.Neutralize(agent))
	return string(r[:min(len(r), maxAgent)])
}
