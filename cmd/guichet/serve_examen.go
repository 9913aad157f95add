package main

import (
	"context"
	"strings"

	"guichet/internal/portail/examen"
)

// sayShutIn tells what the processes that examine documents cannot do on this machine: a hostile document may take one over.
func (p *program) sayShutIn(ctx context.Context) error {
	e, err := examen.Eprouver(ctx, nil)
	if err != nil {
		return p.errorf("les pièces ne peuvent être examinées : %s", "documents cannot be examined: %s", p.cause(err))
	}
	if e.Entiere() {
		p.say("examen des pièces enfermé : ni fichiers, ni réseau, ni programmes, ni droits d'administrateur",
			"examination of documents shut in: no files, no network, no programs, no rights of an administrator")
		return nil
	}
	var open []string
	for _, o := range []struct {
		closed bool
		what   string
	}{
		{e.SansFichiers, p.t("les fichiers du compte", "the files of the account")}, {e.SansReseau, p.t("le réseau", "the network")},
		{e.SansProgrammes, p.t("les programmes", "programs")}, {e.SansPouvoir, p.t("les droits d'administrateur", "the rights of an administrator")},
	} {
		if !o.closed {
			open = append(open, o.what)
		}
	}
	p.say("attention : sur ce système, une pièce hostile qui prendrait la main sur son examen atteindrait encore : %s ; sa mémoire et son temps restent bornés",
		"warning: on this system a hostile document that took its examination over would still reach: %s; its memory and time stay bounded", strings.Join(open, ", "))
	return nil
}
