package lettre

import (
	"context"
	"fmt"
	"strings"

	"guichet/internal/portail/courriel"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Rediger writes the mail that tells of a letter, when it is sent. It carries the French letter, which decides.
func (s *Service) Rediger(ctx context.Context, numero string, l modele.Langue) (r courriel.Redaction, err error) {
	x, figees, err := s.lettreDe(ctx, numero)
	if err != nil {
		return r, err
	}
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) }
	var b strings.Builder
	fmt.Fprintf(&b, t("La demande %s a sa décision : %s, n° %s, du %s.\n", "Request %s has its decision: %s, no. %s, of %s.\n"),
		x.NumeroASP, strings.ToLower(x.Sens.Nom().In(l)), numero, web.Date(x.Decide).In(l))
	fmt.Fprintf(&b, t("\nLa lettre est jointe (PDF). Elle se lit aussi au guichet : %s%s\n", "\nThe letter is attached (PDF, in French: that text decides). The counter has it too, with a translation: %s%s\n"), s.Adresse, adresseLettre(numero))
	b.WriteString(t("La date de la première lecture au guichet est gardée.\n", "The date of the first reading at the counter is kept.\n"))
	if x.Postale {
		b.WriteString(parLaPoste.In(l))
	}
	r = courriel.Redaction{Sujet: t("Décision ", "Decision ") + numero + t(" : ", ": ") + strings.ToLower(x.Sens.Nom().In(l)) + " (" + x.NumeroASP + ")", Texte: b.String(), Jointe: nomFichier(numero, "fr") + ".pdf"}
	if l == modele.Francais {
		r.Sujet = ecrit.Francais(r.Sujet)
	}
	r.Octets, err = s.PDFDe(ctx, &figees[0], x.Decide)
	return r, err
}

// parLaPoste is what a company reads that has not agreed to be notified by electronic means.
var parLaPoste = modele.Texte{
	Fr: "\nVotre entreprise n'a pas accepté la notification électronique : chaque lettre part aussi par la poste, et les délais courent de ce courrier.\n",
	En: "\nYour company has not agreed to electronic notification: each letter goes by post too, and time limits run from that.\n",
}

// nomFichier is the name of a letter that is kept elsewhere, without its ending.
func nomFichier(numero, langue string) string { return "decision-" + numero + "-" + langue }

func adresseLettre(numero string) string { return "/lettres/" + numero }
