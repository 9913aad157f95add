package main

import (
	"bytes"

	"guichet/controle"
)

// notJSON says what a file is that was given in place of one of demandes, nil where only its reading can tell.
func (p *program) notJSON(name string, content []byte) error {
	if len(bytes.TrimSpace(content)) == 0 {
		return p.errorf("%s : le fichier est vide, un fichier JSON est attendu", "%s: the file is empty, a JSON file is expected", shown(name))
	}
	if what, todo, other := controle.AutreChose(content); other {
		return p.errorf("%s : c'est %s, pas un fichier JSON ; %s", "%s: this is %s, not a JSON file; %s", shown(name), what.In(p.langue), todo.In(p.langue))
	}
	return nil
}
