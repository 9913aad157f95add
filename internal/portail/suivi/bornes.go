package suivi

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"guichet/internal/portail/db"
	"guichet/modele"
)

// What a supplier writes to the agency in a day.
const (
	maxParPersonne = 100       // messages
	maxParClient   = 400       // messages of all its people
	maxJointes     = 300 << 20 // bytes of documents that go with them
)

// TropEcrit says which bound a message goes beyond, and what to do.
type TropEcrit struct{ modele.Texte }

// Error tells it in English, for logs.
func (t TropEcrit) Error() string { return "message refused: " + t.En }

// borner refuses a supplier's message beyond what a day takes; each is free again a day after it was written. The agency
// writes as much as it needs.
func (s *Service) borner(ctx context.Context, tx *sql.Tx, f *Fil, e Ecrit, j Jointe) error {
	if estAgence(e.Auteur) {
		return nil
	}
	depuis := db.Instant(s.Maintenant().Add(-24 * time.Hour))
	var miens, nous, octets sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT CAST(SUM(CASE WHEN m.compte_id = $3 THEN 1 ELSE 0 END) AS BIGINT), count(*), CAST(SUM(m.piece_taille) AS BIGINT)
		FROM fil f JOIN message m ON m.fil_id = f.id WHERE f.fournisseur_id = $1 AND f.dernier > $2 AND m.instant > $2 AND m.agence = 0`,
		f.Fournisseur, depuis, e.Auteur.Compte).Scan(&miens, &nous, &octets)
	switch {
	case err != nil:
		return fmt.Errorf("count the messages of a day: %w", err)
	case miens.Int64 >= maxParPersonne:
		return tropDe("Vous avez écrit "+strconv.Itoa(maxParPersonne)+" messages depuis hier à la même heure", "You have written "+strconv.Itoa(maxParPersonne)+" messages since this time yesterday")
	case nous.Int64 >= maxParClient:
		return tropDe("Votre entreprise a écrit "+strconv.Itoa(maxParClient)+" messages depuis hier à la même heure", "Your company has written "+strconv.Itoa(maxParClient)+" messages since this time yesterday")
	case j.Taille > 0 && octets.Int64+j.Taille > maxJointes:
		return tropDe("Les documents joints de votre entreprise pèsent "+strconv.Itoa(maxJointes>>20)+" Mo depuis hier à la même heure", "The attached documents of your company weigh "+strconv.Itoa(maxJointes>>20)+" MB since this time yesterday")
	}
	return nil
}

func tropDe(fr, en string) TropEcrit {
	return TropEcrit{modele.Texte{
		Fr: fr + ", ce que la messagerie prend en un jour. Celui-ci n'est pas envoyé ; il reste dans le formulaire : gardez-le et envoyez-le demain, ou téléphonez à l'agence (bas de la page).",
		En: en + ", which is what a day takes. This one is not sent; it stays in the form: keep it and send it tomorrow, or telephone the agency (foot of the page).",
	}}
}
