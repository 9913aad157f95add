package asvs

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

const entete = `# ASVS 5.0.0, niveaux 1 et 2

<!-- Fait par « go run ./internal/generer » : la liste est internal/generer/asvs/exigences.txt, les épreuves le disent elles-mêmes. -->

Ce que demande l'[OWASP ASVS 5.0.0](https://owasp.org/www-project-application-security-verification-standard/) au guichet, exigence
par exigence : les identifiants et les niveaux sont ceux de la norme, la colonne « ce qui est demandé » n'en est qu'un rappel, dans
nos mots. Une exigence est montrée par des **épreuves**, qui échouent si elle cesse d'être tenue ; ou elle l'est par la
**conception**, à l'endroit nommé ; ou elle est **sans objet** ici ; ou il **manque** quelque chose, et cela est dit.

`

// document writes the chapters as Markdown.
func document(chapitres []chapitre) []byte {
	var b bytes.Buffer
	b.WriteString(entete)
	compter(&b, chapitres)
	for _, c := range chapitres {
		fmt.Fprintf(&b, "\n## %s\n\n| Exigence | Niveau | Ce qui est demandé | Ce qui le montre |\n|---|---|---|---|\n", c.titre)
		for _, e := range c.exigences {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", e.id, e.niveau, e.texte, e.reponse())
		}
	}
	return b.Bytes()
}

// reponse is what shows a requirement, or why nothing does.
func (e exigence) reponse() string {
	switch e.etat {
	case "":
		return liens(e.epreuves)
	case conception:
		return "Conception : " + e.raison
	case sansObjet:
		return "Sans objet : " + e.raison
	}
	return "**Manque** : " + e.raison
}

// liens leads to tests, each once, in the order of their names.
func liens(epreuves []epreuve) string {
	tous := make([]string, 0, len(epreuves))
	for _, e := range epreuves {
		tous = append(tous, fmt.Sprintf("[`%s.%s`](../%s)", path.Base(path.Dir(e.fichier)), e.nom, e.fichier))
	}
	slices.Sort(tous)
	return strings.Join(slices.Compact(tous), ", ")
}

// compter writes how many requirements of each level are shown, held, of no concern, and lacking.
func compter(b *bytes.Buffer, chapitres []chapitre) {
	b.WriteString("| Niveau | Exigences | Par des épreuves | Par la conception | Sans objet | Manque |\n|---|---|---|---|---|---|\n")
	for _, niveau := range []string{"1", "2", "1 et 2"} {
		n := map[etat]int{}
		for _, c := range chapitres {
			for _, e := range c.exigences {
				if strings.Contains(niveau, e.niveau) {
					n[e.etat]++
				}
			}
		}
		fmt.Fprintf(b, "| %s | %d | %d | %d | %d | %d |\n", niveau, n[""]+n[conception]+n[sansObjet]+n[manque], n[""], n[conception], n[sansObjet], n[manque])
	}
}
