package avis

import (
	"fmt"
	"slices"
	"strings"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// maxDits is how many things of a kind a mail names; maxCite how much it quotes of each text, in characters.
const (
	maxDits = 20
	maxCite = 400
)

// parties are the parts of a mail, with what each is headed by, and its subject when it is alone.
var parties = []struct {
	quoi          dit
	un, plusieurs modele.Texte
}{
	{ditDemande, modele.Texte{Fr: "avis vous est demandé", En: "opinion is asked of you"}, modele.Texte{Fr: "avis vous sont demandés", En: "opinions are asked of you"}},
	{ditRappel, modele.Texte{Fr: "avis est encore attendu de vous", En: "opinion is still expected of you"}, modele.Texte{Fr: "avis sont encore attendus de vous", En: "opinions are still expected of you"}},
	{ditReponse, modele.Texte{Fr: "réponse à une demande d'avis", En: "answer to a question"}, modele.Texte{Fr: "réponses à des demandes d'avis", En: "answers to questions"}},
	{ditFin, modele.Texte{Fr: "avis n'est pas venu à temps", En: "opinion did not come in time"}, modele.Texte{Fr: "avis ne sont pas venus à temps", En: "opinions did not come in time"}},
}

// rediger writes the one mail that tells somebody of the agency of all these.
func (s *Service) rediger(choses []chose, l modele.Langue) (sujet, texte string) {
	var sujets []string
	var b strings.Builder
	for _, p := range parties {
		siennes := slices.DeleteFunc(slices.Clone(choses), func(c chose) bool { return c.quoi != p.quoi })
		if len(siennes) == 0 {
			continue
		}
		titre := ecrit.Compter(int64(len(siennes)), p.un, p.plusieurs).In(l)
		sujets = append(sujets, titre)
		fmt.Fprintf(&b, "%s%s\n\n", titre, modele.Texte{Fr: " :", En: ":"}.In(l))
		for _, c := range siennes[:min(len(siennes), maxDits)] {
			b.WriteString(s.dite(c, l))
		}
		if n := len(siennes) - maxDits; n > 0 {
			b.WriteString(modele.Texte{Fr: "et ", En: "and "}.In(l) + ecrit.Autres(n).In(l) + "\n\n")
		}
	}
	if slices.ContainsFunc(choses, func(c chose) bool { return c.quoi == ditDemande || c.quoi == ditRappel }) {
		b.WriteString(modele.Texte{Fr: "Tous les avis qui vous sont demandés : ", En: "All that you are asked for: "}.In(l) + s.Adresse + adresseAvis + "\n")
	}
	return strings.Join(sujets, ", "), b.String()
}

// dite is what a mail says of one opinion, to somebody of the agency.
func (s *Service) dite(c chose, l modele.Langue) string {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) }
	demande := t("Demande ", "Request ") + c.NumeroASP
	switch c.quoi {
	case ditDemande, ditRappel:
		return demande + t(", au plus tard le ", ", no later than ") + web.Date(c.Limite).In(l) + t(" : ", ": ") + fmt.Sprint(s.Adresse, adresseAvis, "/", c.ID) + "\n" + citer(c.Question) + "\n\n"
	case ditReponse:
		_, mot := c.Mot()
		texte := demande + ", " + ecrit.Nom(c.Qui()) + t(" : ", ": ") + mot.In(l) + ".\n"
		if c.Texte != "" {
			texte += citer(c.Texte) + "\n"
		}
		return texte + s.Adresse + "/travail/" + c.NumeroASP + "\n\n"
	}
	return demande + ", " + ecrit.Nom(c.Qui()) + t(" : rien n'est venu avant la fin du ", ": nothing came before the end of ") + web.Date(c.Limite).In(l) + ".\n" + s.Adresse + "/travail/" + c.NumeroASP + "\n\n"
}

// citer quotes the beginning of a text.
func citer(texte string) string {
	if c := []rune(texte); len(c) > maxCite {
		texte = string(c[:maxCite]) + "…"
	}
	return ecrit.Citer(texte)
}

// redigerDehors writes the mail to an address outside: who asks, by when, and the links. What is asked stays behind them.
func (s *Service) redigerDehors(choses []chose, l modele.Langue) (sujet, texte string) {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) }
	var b strings.Builder
	b.WriteString(ecrit.Nom(s.Agence.Nom) + t(" vous demande ce que vous pensez d'une demande de financement qu'elle instruit. La question, et ce que vous pouvez lire, sont derrière ce lien, sans compte :\n\n",
		" asks what you think of a funding request that it examines. The question, and what you may read, stand behind this link, without an account:\n\n"))
	for _, c := range choses {
		b.WriteString(c.lien + "\n" + t("Réponse attendue au plus tard le ", "An answer is expected no later than ") + web.Date(c.Limite).In(l) + t(" ; le lien s'éteint ensuite.\n\n", "; the link then ends.\n\n"))
	}
	b.WriteString(t("Le lien est pour vous seul : ne le transmettez pas. Chaque ouverture est notée. Si vous ne pouvez pas répondre, la page permet de le dire.\n", "The link is for you alone: do not pass it on. Each opening is noted. If you cannot answer, the page lets you say so.\n"))
	sujet = t("Votre avis sur une demande de financement", "Your opinion on a funding request")
	if len(choses) > 1 {
		sujet = fmt.Sprintf(t("Votre avis sur %d demandes de financement", "Your opinion on %d funding requests"), len(choses))
	}
	if !slices.ContainsFunc(choses, func(c chose) bool { return c.quoi != ditRappel }) {
		sujet = t("Rappel : ", "Reminder: ") + sujet
	}
	return sujet, b.String()
}
