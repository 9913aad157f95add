package nouvelles

import (
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// MaxLignes is how many things one mail names.
const MaxLignes = 200

// ensemble is one mail for several: a line for each thing, with where it is read.
func (s *Service) ensemble(dues []attente, l modele.Langue) nouvelle {
	t := func(fr, en string) string { return ecrit.Phrase(modele.Texte{Fr: fr, En: en}, l) }
	var lignes []compte.Ligne
	for _, x := range dues {
		lignes = append(lignes, x.Lignes...)
	}
	combien := strconv.Itoa(len(lignes))
	var b strings.Builder
	b.WriteString(t("Voici ce qui vous attend au guichet, en un seul courriel.\n\n", "This is what awaits you at the counter, in one mail.\n\n"))
	for _, x := range lignes[:min(len(lignes), MaxLignes)] {
		b.WriteString("- " + x.Texte + "\n  " + s.Adresse + x.Adresse + "\n")
	}
	if n := len(lignes) - MaxLignes; n > 0 {
		b.WriteString(t("et ", "and ") + ecrit.Autres(n).In(l) + t(" : ", ": ") + s.Adresse + "/accueil\n")
	}
	b.WriteString(t("\nVous choisissez les courriels que vous recevez : ", "\nYou choose the mails that you get: ") + s.Adresse + "/compte\n")
	return nouvelle{Sujet: combien + t(" nouvelles au guichet", " news items at the counter"), Texte: b.String()}
}
