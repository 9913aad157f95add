package instruction

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"

	"guichet/internal/portail/etat"
	"guichet/modele"
)

// faitModification asks the supplier for what the sheet found and what is typed, or shows the letter that would.
func (s *Service) faitModification(a acte) error {
	a.p.EnLettre("modification")
	return a.motive("modification", modele.Texte{Fr: "ce que le fournisseur doit changer", En: "what the supplier is to change"}, func(texte string) error {
		ouvertes, err := a.p.ouvertes()
		if err != nil {
			return err
		}
		texte += nommees(ouvertes)
		if a.p.Valeur("faire") == "apercu" && s.Config.Modification != nil {
			a.p.Apercu, err = s.Config.Modification(a.ctx, s.Base.Lire(), a.d, texte)
			a.p.Poser("apercue", "")
			if a.p.Apercu != nil {
				a.p.Poser("apercue", sceller(texte, a.p.Apercu))
			}
			return err
		}
		return s.relu(a, func(ctx context.Context, tx *sql.Tx) error {
			if err := s.apercue(ctx, tx, a, texte); err != nil {
				return err
			}
			if err := s.OuvrirBalises(ctx, tx, a.d.Cle, pointeurs(ouvertes)); err != nil {
				return err
			}
			return s.mener(ctx, tx, a, etat.Demander, etat.AModifier, texte)
		})
	})
}

// sceller names a letter that was shown, and what was typed for it.
func sceller(texte string, l *Lettre) string { return resumer(texte) + ":" + l.Sceau }

func resumer(texte string) string {
	h := sha256.Sum256([]byte(texte))
	return hex.EncodeToString(h[:])
}

// apercue refuses to send another letter than the one that was shown for this very text: its model, or the day, may have changed meanwhile.
func (s *Service) apercue(ctx context.Context, tx *sql.Tx, a acte, texte string) error {
	vue := a.p.Valeur("apercue")
	if vue == "" || s.Config.Modification == nil {
		return nil
	}
	l, err := s.Config.Modification(ctx, tx, a.d, texte)
	if err != nil {
		return err
	}
	if avant := resumer(texte) + ":"; len(vue) < len(avant) || vue[:len(avant)] != avant || vue == sceller(texte, l) {
		return nil
	}
	a.p.Poser("apercue", "")
	return refuser("La lettre n'est plus celle que vous avez vue : voyez-la à nouveau, puis demandez. Rien n'est fait.", "The letter is no longer the one that you saw: see it again, then ask. Nothing is done.")
}
