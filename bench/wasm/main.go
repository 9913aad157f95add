//go:build js && wasm

// Command wasm offers the check to JavaScript, as a page in a browser would call it.
package main

import (
	"syscall/js"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

func main() {
	c := checker{controleur: controle.Preparer(ms1dui.Courante(), jsondoc.Limits{})}
	js.Global().Set("guichet", map[string]any{
		"check": js.FuncOf(func(_ js.Value, args []js.Value) any {
			return c.check(args[0]).Verdict == diag.Accepte
		}),
		"errors": js.FuncOf(func(_ js.Value, args []js.Value) any {
			return c.errors(args[0])
		}),
	})
	select {}
}

type checker struct {
	controleur *controle.Controleur
	memory     []byte
}

// check copies the bytes of a Uint8Array into Go's memory: that is part of the price.
func (c *checker) check(octets js.Value) *controle.Rapport {
	n := octets.Get("length").Int()
	if cap(c.memory) < n {
		c.memory = make([]byte, n)
	}
	c.memory = c.memory[:n]
	js.CopyBytesToGo(c.memory, octets)
	return c.controleur.Controler(c.memory, controle.Options{})
}

func (c *checker) errors(octets js.Value) int {
	r := diag.Rapport{Fichiers: []diag.Fichier{c.check(octets).Fichier(modele.Francais)}}
	counts := r.Comptes()
	return counts[modele.Erreur] + counts[modele.Rejet]
}
