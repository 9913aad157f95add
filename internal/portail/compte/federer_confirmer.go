package compte

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"guichet/internal/portail/federe"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Who has signed in at the provider may be sure there, too: the person is asked once more, which stands for the password of the
// counter. What the form had waits in the session meanwhile, and the second factor is asked for as it is at the sign-in.

// moyens is what a person can be sure with, beside the second factor.
type moyens struct {
	MotDePasse bool         // one of the person's own
	Libelle    modele.Texte // the identity provider; empty for not there
}

// moyensDe reads it. The provider is that of the agency: it is not enough for who acts for a supplier, too, whose account would
// otherwise be as safe as the agency's.
func (s *Service) moyensDe(ctx context.Context, i Identite) (m moyens, err error) {
	p, err := lirePersonne(ctx, s.Base.Lire(), i.Compte)
	if err != nil {
		return m, err
	}
	m.MotDePasse = p.motDePasse != ""
	if s.Federation == nil || s.federe(ctx) == "" {
		return m, nil
	}
	var n int64
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT count(*) FROM federation f WHERE f.compte_id = $1 AND f.emetteur = $2
		AND NOT EXISTS (SELECT 1 FROM role r WHERE r.compte_id = f.compte_id AND r.fournisseur_id > 0 AND r.accepte = 1)`, i.Compte, s.Federation.Emetteur).Scan(&n)
	if err != nil {
		return m, fmt.Errorf("read whether a person can be sure at the provider: %w", err)
	}
	if n > 0 {
		m.Libelle = s.libelle()
	}
	return m, nil
}

// partirConfirmer sends who has signed in at the provider back there, to be asked again.
func (s *Service) partirConfirmer(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	suite := suite(r.URL.Query().Get("suite"))
	m, err := s.moyensDe(r.Context(), i)
	if err != nil {
		return err
	}
	if m.Libelle.Fr == "" {
		return web.Aller(w, r, "/confirmer"+avecSuite(suite))
	}
	adresse, d, err := s.Federation.Confirmer()
	if err != nil {
		return s.refuserConfirmation(w, r, suite, err)
	}
	return s.partir(w, r, adresse, depart{Depart: d, Suite: suite, Session: i.session})
}

// revenirConfirmer takes who comes back.
func (s *Service) revenirConfirmer(w http.ResponseWriter, r *http.Request, d depart) error {
	i, _ := De(r.Context())
	if i.session != d.Session {
		return s.refuserConfirmation(w, r, d.Suite, federe.Refuser(federe.Etat, errors.New("this session was sent nowhere")))
	}
	x, err := s.arriver(r, d)
	if err == nil {
		err = s.confirmerLa(r.Context(), i, x)
	}
	switch {
	case err != nil:
		return s.refuserConfirmation(w, r, d.Suite, err)
	case !s.frais(r.Context()):
		return web.Aller(w, r, "/confirmer"+avecSuite(d.Suite))
	}
	return web.Aller(w, r, ou(d.Suite, "/compte"))
}

// confirmerLa notes that the provider has asked the person of the session again; where the second factor is the counter's affair, it is
// still to come.
func (s *Service) confirmerLa(ctx context.Context, i Identite, x federe.Personne) error {
	compte, err := lieA(ctx, s.Base.Lire(), x)
	if err != nil {
		return err
	}
	m, err := s.moyensDe(ctx, i)
	if err != nil {
		return err
	}
	if compte != i.Compte || m.Libelle.Fr == "" {
		return federe.Refuser(federe.Autre, errors.New("another person was asked"))
	}
	s.sessions.Put(ctx, cleSessionLa, sessionLa(x.Emetteur, x.Session))
	quand := x.Quand
	if maintenant := s.Maintenant(); quand.After(maintenant) {
		quand = maintenant
	}
	if x.Fort || !i.facteur {
		return s.confirme(ctx, quand)
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, cleConfirmeLa, quand.UnixMicro())
	return nil
}

// confirme makes the session sure of its person, since then. It has a new key: who holds the one before is not sure of anything.
func (s *Service) confirme(ctx context.Context, quand time.Time) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Remove(ctx, cleConfirmeLa)
	s.sessions.Put(ctx, cleConfirme, quand.UnixMicro())
	return nil
}

// confirmeLa is when the person was asked at the provider, while that holds; the zero time for not.
func (s *Service) confirmeLa(ctx context.Context) (quand time.Time) {
	if t := s.sessions.GetInt64(ctx, cleConfirmeLa); t > 0 && s.Maintenant().Sub(time.UnixMicro(t)) < dureeConfirmation {
		return time.UnixMicro(t)
	}
	return quand
}

// refuserConfirmation tells why the provider's answer is not enough, at the page that asks.
func (s *Service) refuserConfirmation(w http.ResponseWriter, r *http.Request, suite string, err error) error {
	var refus *federe.Refus
	var trop *TropEssais
	switch {
	case errors.As(err, &refus):
		web.Tracer(r.Context(), web.Trace{Genre: "federation.refusee", Objet: string(refus.Cause)})
		return web.AllerAvertir(w, r, "/confirmer"+avecSuite(suite), s.parLui(raisonConfirmer(refus.Cause)))
	case errors.As(err, &trop):
		return web.AllerAvertir(w, r, "/confirmer"+avecSuite(suite), s.patience(trop).Texte)
	}
	return err
}

// raisonConfirmer is what a person reads; %s is the provider.
func raisonConfirmer(c federe.Cause) modele.Texte {
	switch c {
	case federe.Absent:
		return modele.Texte{Fr: "La confirmation par %s ne répond pas pour le moment. Rien n'est fait, rien n'est perdu : réessayez dans un instant.", En: "The confirmation through %s does not answer at the moment. Nothing is done, nothing is lost: try again in a while."}
	case federe.Abandon:
		return modele.Texte{Fr: "La confirmation par %s a été interrompue, par vous ou là-bas. Rien n'est fait, rien n'est perdu : recommencez.", En: "The confirmation through %s was stopped, by you or over there. Nothing is done, nothing is lost: start again."}
	case federe.Ancien:
		return modele.Texte{Fr: "La confirmation n'a pas été demandée de nouveau par %s, ou rien ne dit quand. Recommencez ; si cela se répète, prévenez l'administrateur du guichet.", En: "The confirmation was not asked for again by %s, or nothing says when. Start again; if that happens once more, tell the administrator of the counter."}
	case federe.Autre:
		return modele.Texte{Fr: "C'est une autre personne que celle de cette session qui a été reconnue par %s. Recommencez avec votre propre compte.", En: "Another person than that of this session was recognised by %s. Start again with your own account."}
	}
	return modele.Texte{Fr: "La réponse donnée par %s n'a pas été acceptée : elle a plus de dix minutes, a déjà servi, ou n'est pas pour cette session. Recommencez.", En: "The answer given by %s was not accepted: it is over ten minutes old, was used already, or is not for this session. Start again."}
}
