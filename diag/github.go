package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"guichet/modele"
)

// WriteGitHub writes the anomalies as workflow commands: GitHub shows them beside the lines of the change.
func WriteGitHub(w io.Writer, r *Rapport, o Options) error {
	b := bufio.NewWriter(w)
	for occ := range r.All() {
		_, _ = fmt.Fprintf(b, "::%s %s::%s\n", githubLevel(occ.Gravite), githubProperties(occ), githubData.Replace(neutralizeLines(occ.sentence(o.Langue))))
	}
	return b.Flush()
}

func githubProperties(o Occurrence) string {
	p := "file=" + githubProperty.Replace(Neutralize(slashed(o.Fichier.Fichier)))
	if o.Placed() {
		p += fmt.Sprintf(",line=%d,col=%d,endColumn=%d", o.Ligne, o.Colonne, o.Colonne+o.Longueur)
	}
	return p + ",title=" + githubProperty.Replace(Neutralize(strings.TrimSpace(o.Code+" "+o.Balise)))
}

// A line break ends a command, a colon or a comma ends a property.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func githubLevel(g modele.Gravite) string {
	return [...]string{modele.Info: "notice", modele.Alerte: "warning", modele.Erreur: "error", modele.Rejet: "error"}[g]
}
