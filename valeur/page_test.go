package valeur_test

import (
	"testing"

	"guichet/valeur"
)

// A page of the web is known by its first tags, whole or in part, and no other XML is taken for one.
func TestPageWeb(t *testing.T) {
	t.Parallel()
	for texte, want := range map[string]bool{
		"<!DOCTYPE html><html>": true, "<!doctype HTML>\n": true, "<HTML lang=fr>": true, "<head><meta></head>Session expirée": true, "<body>": true,
		"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">": true, "<script>": true, "<meta charset=utf-8>": true,
		"<?xml version=\"1.0\"?><demandes/>": false, "<htmlx>": false, "<html": true, "<p>": false, "<pays>": false, "<header>": false, "<titles>": false, "<": false, "": false,
	} {
		if got := valeur.PageWeb([]byte(texte)); got != want {
			t.Errorf("%s: %t", texte, got)
		}
	}
}
