package main

import (
	"errors"

	"guichet/appariement"
	"guichet/archive"
	"guichet/internal/carnet"
	"guichet/internal/panne"
	"guichet/modele"
)

// causes says in both languages why a file could not be used.
var causes = []struct {
	err   error
	texte modele.Texte
}{
	{errNotPlain, modele.Texte{Fr: "ce n'est pas un fichier ordinaire", En: "this is no plain file"}},
	{errNoJSON, modele.Texte{Fr: "aucun fichier .json dans ce dossier", En: "no .json file in this folder"}},
	{errNoMatch, modele.Texte{Fr: "aucun fichier ne correspond à ce motif", En: "no file matches this pattern"}},
	{errTooMany, modele.Texte{
		Fr: "plus de 10 000 fichiers : ce fichier et les suivants ne sont pas contrôlés, faites-le dossier par dossier",
		En: "more than 10,000 files: this file and those after it are not checked, go folder by folder",
	}},
	{appariement.ErrTropDeFichiers, modele.Texte{
		Fr: "plus de 10 000 fichiers : indiquez le dossier des seules pièces",
		En: "more than 10,000 files: name the folder of the documents alone",
	}},
	{archive.ErrChange, modele.Texte{
		Fr: "une pièce a changé pendant le traitement : recommencez", En: "a document has changed meanwhile: start again",
	}},
	{errSource, modele.Texte{
		Fr: "c'est un des fichiers à contrôler, il n'est pas remplacé", En: "this is one of the files to check, it is not replaced",
	}},
	{errSameName, modele.Texte{
		Fr: "pas de fichier retourné, un autre fichier contrôlé porte le même nom : changez l'un des deux",
		En: "no returned file, another checked file has the same name: change one of the two",
	}},
}

// causeAndHelp is the cause of an error of the system, and what to do.
func (p *program) causeAndHelp(err error) string {
	said := p.cause(err)
	if trouble, ok := panne.De(err); ok && trouble.Aide.Fr != "" {
		said += p.t(" ; ", "; ") + trouble.Aide.In(p.langue)
	}
	return said
}

// cause says why a file could not be used, in the language of the run where the reason is a known one.
func (p *program) cause(err error) string {
	var unread *appariement.ErreurLecture
	if errors.As(err, &unread) {
		return shown(unread.Chemin) + p.t(" : ", ": ") + p.cause(unread.Err)
	}
	var told interface {
		error
		Texte() modele.Texte
	}
	if errors.As(err, &told) { // those of the ledger
		return shown(told.Texte().In(p.langue))
	}
	if text, ok := ofWindows(err); ok {
		return p.t(text.Fr, text.En)
	}
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return p.t(c.texte.Fr, c.texte.En)
		}
	}
	if broken, ok := panne.De(err); ok {
		return p.t(broken.Cause.Fr, broken.Cause.En)
	}
	if broken, ok := carnet.Panne(err); ok {
		return p.t("carnet : ", "ledger: ") + p.t(broken.Cause.Fr, broken.Cause.En)
	}
	return err.Error()
}
