package suivi

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Rappeler reminds the people of a supplier, in the transaction that notes it, of what the agency waits for.
func (s *Service) Rappeler(ctx context.Context, tx *sql.Tx, fournisseur int64, c Cle, limite time.Time) error {
	n := s.NumeroASP(c.Depot, c.Rang)
	var motif string
	err := tx.QueryRowContext(ctx, `SELECT motif FROM evenement WHERE depot_id = $1 AND rang = $2 ORDER BY ordre DESC LIMIT 1`, c.Depot, c.Rang).Scan(&motif)
	if err != nil {
		return fmt.Errorf("read what is asked for: %w", err)
	}
	gens, err := s.Destinataires(ctx, tx, fournisseur, compte.CourrielEtats)
	if err != nil {
		return err
	}
	for _, g := range gens {
		if err := s.Envoyer(ctx, tx, s.courrielRappel(g, fournisseur, n, motif, limite)); err != nil {
			return fmt.Errorf("write a mail: %w", err)
		}
	}
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{Chaine: fournisseur, Instant: s.Maintenant(), Action: "demande.rappel", Objet: n})
}

func (s *Service) courrielRappel(g compte.Destinataire, fournisseur int64, numero, motif string, limite time.Time) compte.Courriel {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(g.Langue) }
	e := echeance(etat.AModifier, time.Time{}, s.Delais, limite).au(s.Maintenant())
	sujet, j := t("Rappel : réponse attendue, demande ", "Reminder: answer expected, request ")+numero, web.Date(limite)
	return g.Annoncer(fournisseur, compte.CourrielEtats, compte.Courriel{
		Sujet: sujet,
		Texte: t("L'agence attend votre réponse.\n", "The agency waits for your answer.\n") + e.Texte().In(g.Langue) + ".\n" + s.AuTerme().In(g.Langue) + "\n\n" +
			t("Ce qu'elle demande :", "What it asks for:") + "\n" + ecrit.Citer(ecrit.EnLangue(motif, g.Langue)) + "\n\n" +
			t("Répondre : ", "Answer: ") + s.Adresse + adresseDemande(numero) + "\n" + s.reglage(g.Langue),
	}, compte.Ligne{Texte: sujet + t(", au plus tard le "+j.Fr, ", no later than "+j.En), Adresse: adresseDemande(numero)})
}

// AuTerme says what follows when nobody answers in time.
func (s *Service) AuTerme() modele.Texte {
	if s.RefusSansReponse {
		return modele.Texte{
			Fr: "Sans réponse ce jour-là, un refus est proposé à la personne de l'agence qui décide.",
			En: "Without an answer by that day, a refusal is proposed to the person of the agency who decides.",
		}
	}
	return modele.Texte{
		Fr: "Sans réponse ce jour-là, l'agence reprend l'examen de la demande telle qu'elle est.",
		En: "Without an answer by that day, the agency goes on examining the request as it is.",
	}
}

// reprise tells, in the mail of a step, why nobody took it; "" for a step that somebody took.
func reprise(pas etat.Transition) modele.Texte {
	if pas.Acte != etat.Echoir {
		return modele.Texte{}
	}
	return modele.Texte{Fr: "Le délai pour répondre à l'agence est passé sans réponse.", En: "The time to answer the agency has passed without an answer."}
}
