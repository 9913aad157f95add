package main

import (
	"fmt"

	"guichet/diag"
	"guichet/diag/format"
	"guichet/modele"
)

// many is how many anomalies are more than one reads one by one.
const many = 20

// suggest names the command that helps most after this check, to a person at a terminal.
func (j *job) suggest(found *expansion, report *diag.Rapport) {
	if j.watch || !j.isTerminal(j.stderr) || j.format != string(format.Text) || len(report.Fichiers) == 0 {
		return
	}
	file := "guichet check " + quoted(report.Fichiers[0].Fichier)
	if len(found.sources) > 1 || found.seen[standardInput] {
		file = "guichet check …"
	}
	c := report.Comptes()
	switch {
	case c.Somme() >= many && !j.group:
		j.hint(file+" --group", "regroupe les anomalies semblables", "gathers similar anomalies")
	case c[modele.Rejet]+c[modele.Erreur] == 0 && j.retour == "":
		j.hint(file+" --retour retours", "écrit le fichier que le portail retournerait", "writes the file that the portal would return")
	}
}

func (j *job) hint(command, fr, en string) {
	_, _ = fmt.Fprintf(j.stderr, "→ %s%s%s\n", command, j.t(" : ", ": "), j.t(fr, en))
}
