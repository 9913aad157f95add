package main

import (
	"guichet/modele"
	"guichet/modele/ajustement"
)

// inTable gives a file the names and places that tags have in a table, where it was written with others: before the
// project's adjustments, or with those of that time. A file that has them already keeps its bytes.
func inTable(now, source *modele.Modele, content []byte) ([]byte, error) {
	was := ajustement.Table(now, source, content)
	if was == now {
		return content, nil
	}
	return ajustement.Traduire(content, was, now)
}
