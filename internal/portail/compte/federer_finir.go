package compte

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"guichet/internal/portail/db"
	"guichet/internal/portail/federe"
	"guichet/internal/portail/web"
)

// The provider tells the counter which sessions have ended there, for those that began there to end here (OpenID Connect Back-Channel
// Logout 1.0). Its request has no session nor page: the token alone says who speaks.

// CheminFin is where it does so.
const CheminFin = "/connexion/agence/fin"

// maxJetonFin bounds a token, in bytes.
const maxJetonFin = 16 << 10

// sessionLa is what is kept of a session at the provider, whether it names one or not.
func sessionLa(emetteur, session string) string { return empreinte(emetteur + "\n" + session) }

// Finir ends the sessions that the provider says have ended. A session that began with the password is not concerned. *federe.Refus
// when it has said so before.
func (s *Service) Finir(ctx context.Context, f federe.Fin) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO federation_fin (jeton, expire) VALUES ($1, $2)`, empreinte(f.Emetteur+"\n"+f.Jeton), db.Instant(s.Maintenant().Add(2*federe.DureeFin)))
		if db.Doublon(err) {
			return federe.Refuser(federe.Etat, err)
		}
		if err != nil {
			return fmt.Errorf("note the end of a session at the provider: %w", err)
		}
		finies, err := terminerLa(ctx, tx, f)
		for compte, n := range finies {
			err = errors.Join(err, s.noterCompte(ctx, tx, compte, "compte.sessions_terminees", map[string]string{"nombre": nombre(n), "par": f.Emetteur}))
		}
		return err
	})
}

// terminerLa ends them, and counts them by account. Of a person who is named, those are among them whose session there has no name.
func terminerLa(ctx context.Context, tx *sql.Tx, f federe.Fin) (finies map[int64]int64, err error) {
	if f.Sujet == "" {
		return terminees(tx.QueryContext(ctx, `DELETE FROM session WHERE session_la = $1 RETURNING compte_id`, sessionLa(f.Emetteur, f.Session)))
	}
	compte, err := lieA(ctx, tx, federe.Personne{Emetteur: f.Emetteur, Sujet: f.Sujet})
	if err != nil || compte == 0 {
		return nil, err
	}
	if f.Session == "" {
		return terminees(tx.QueryContext(ctx, `DELETE FROM session WHERE compte_id = $1 AND session_la <> '' RETURNING compte_id`, compte))
	}
	return terminees(tx.QueryContext(ctx, `DELETE FROM session WHERE compte_id = $1 AND session_la IN ($2, $3) RETURNING compte_id`, compte, sessionLa(f.Emetteur, f.Session), sessionLa(f.Emetteur, "")))
}

func terminees(lignes *sql.Rows, errLignes error) (finies map[int64]int64, err error) {
	if errLignes != nil {
		return nil, fmt.Errorf("end the sessions that ended at the provider: %w", errLignes)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	finies = map[int64]int64{}
	for lignes.Next() {
		var compte int64
		if err := lignes.Scan(&compte); err != nil {
			return nil, fmt.Errorf("end the sessions that ended at the provider: %w", err)
		}
		finies[compte]++
	}
	return finies, lignes.Err()
}

// finirFederation answers the provider as the norm has it (2.8): 200, or 400 with what went wrong; never kept by anybody. A database
// that fails is a fault of ours, as on all routes.
func (s *Service) finirFederation(w http.ResponseWriter, r *http.Request) error {
	var refus *federe.Refus
	var trop *TropEssais
	err := s.lireFin(r)
	switch {
	case errors.As(err, &refus):
		web.Tracer(r.Context(), web.Trace{Genre: "federation.fin_refusee", Objet: string(refus.Cause)})
		return direFin(w, http.StatusBadRequest, "invalid_request", "the logout token was not accepted: "+string(refus.Cause))
	case errors.As(err, &trop):
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(trop.Jusqua.Sub(s.Maintenant()).Seconds()))))
		return direFin(w, http.StatusTooManyRequests, "invalid_request", "too many requests")
	case err != nil:
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	return nil
}

func (s *Service) lireFin(r *http.Request) error {
	ctx, freins := r.Context(), freinFin.partout(provenance(r))
	if s.Federation == nil {
		return federe.Refuser(federe.Absent, errors.New("there is no identity provider"))
	}
	if err := s.essayerPour(ctx, 0, freins...); err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return federe.Refuser(federe.Jeton, err)
	}
	brut := r.PostForm.Get("logout_token")
	if brut == "" || len(brut) > maxJetonFin {
		return federe.Refuser(federe.Jeton, errors.New("no token, or too long a one"))
	}
	f, err := s.Federation.Finir(ctx, brut)
	if err == nil {
		err = s.Finir(ctx, f)
	}
	if err != nil {
		return err
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		for _, c := range freins {
			err = errors.Join(err, rendre(ctx, tx, c))
		}
		return err
	})
}

func direFin(w http.ResponseWriter, etat int, erreur, pourquoi string) error {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(etat)
	return json.NewEncoder(w).Encode(map[string]string{"error": erreur, "error_description": pourquoi})
}
