// Package panne says in both languages why the system could not do what it was asked for, and what a person can
// do about it.
package panne

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"guichet/modele"
)

// Panne is a cause and what to do about it.
type Panne struct{ Cause, Aide modele.Texte }

// pannes are the causes that people meet.
var pannes = []struct {
	err error
	Panne
}{
	{fs.ErrNotExist, Panne{modele.Texte{Fr: "introuvable", En: "not found"}, modele.Texte{
		Fr: "vérifiez son nom, et que le disque est branché", En: "check its name, and that the disk is there"}}},
	{fs.ErrPermission, Panne{modele.Texte{Fr: "accès refusé par le système", En: "access denied by the system"}, modele.Texte{
		Fr: "travaillez dans un dossier où vous pouvez écrire, ou demandez ce droit", En: "work in a folder that you may write to, or ask for that right"}}},
	{syscall.ENOSPC, Panne{modele.Texte{Fr: "le disque est plein", En: "the disk is full"}, modele.Texte{
		Fr: "faites de la place et recommencez", En: "make room and try again"}}},
	{syscall.EDQUOT, Panne{modele.Texte{Fr: "la place qui vous est donnée sur ce disque est pleine", En: "the room that you are given on this disk is full"}, modele.Texte{
		Fr: "faites de la place et recommencez", En: "make room and try again"}}},
	{syscall.EROFS, Panne{modele.Texte{Fr: "le disque est en lecture seule", En: "the disk is read-only"}, modele.Texte{
		Fr: "travaillez sur un disque où l'on peut écrire", En: "work on a disk that can be written to"}}},
	{syscall.EIO, Panne{modele.Texte{Fr: "le disque ne répond pas comme il faut", En: "the disk does not answer as it should"}, modele.Texte{
		Fr: "recommencez ; si cela revient, changez de disque et remettez une sauvegarde", En: "try again; if it happens again, change the disk and put a backup back"}}},
	{syscall.EISDIR, Panne{modele.Texte{Fr: "c'est un dossier", En: "this is a folder"}, modele.Texte{
		Fr: "indiquez un fichier", En: "name a file"}}},
	{syscall.ENOTDIR, Panne{modele.Texte{Fr: "ce n'est pas un dossier", En: "this is not a folder"}, modele.Texte{
		Fr: "indiquez un dossier", En: "name a folder"}}},
	{syscall.EEXIST, Panne{modele.Texte{Fr: "quelque chose a déjà ce nom", En: "something has this name already"}, modele.Texte{
		Fr: "si c'est un raccourci (lien) rompu, supprimez-le ; sinon, donnez un autre nom", En: "if it is a broken link, remove it; if not, give another name"}}},
	{syscall.ELOOP, Panne{modele.Texte{Fr: "des raccourcis (liens) y mènent en rond", En: "links lead to it in a circle"}, modele.Texte{
		Fr: "supprimez ces raccourcis", En: "remove these links"}}},
	{syscall.EMFILE, Panne{modele.Texte{Fr: "trop de fichiers sont ouverts", En: "too many files are open"}, modele.Texte{
		Fr: "fermez d'autres programmes et recommencez", En: "close other programs and try again"}}},
	{syscall.ENAMETOOLONG, Panne{modele.Texte{Fr: "le nom est trop long", En: "the name is too long"}, modele.Texte{
		Fr: "travaillez dans un dossier au chemin plus court", En: "work in a folder with a shorter path"}}},
	{syscall.EADDRINUSE, Panne{modele.Texte{Fr: "un autre programme y est déjà", En: "another program is there already"}, modele.Texte{
		Fr: "si c'est un autre guichet, il est ouvert ; sinon, donnez un autre port (--adresse)", En: "if it is another counter, it is open; if not, give another port (--adresse)"}}},
	{syscall.EADDRNOTAVAIL, Panne{modele.Texte{Fr: "cette machine n'a pas cette adresse", En: "this machine has no such address"}, modele.Texte{
		Fr: "donnez 127.0.0.1 pour cette machine seule, 0.0.0.0 pour toutes ses adresses", En: "give 127.0.0.1 for this machine alone, 0.0.0.0 for all of its addresses"}}},
	{os.ErrDeadlineExceeded, Panne{modele.Texte{Fr: "délai dépassé", En: "it took too long"}, modele.Texte{
		Fr: "recommencez", En: "try again"}}},
}

// De returns the cause of an error of the system; false for another error. One that nobody has written a sentence
// for has its number.
func De(err error) (Panne, bool) {
	for _, p := range pannes {
		if errors.Is(err, p.err) {
			return p.Panne, true
		}
	}
	var numero syscall.Errno
	if !errors.As(err, &numero) {
		return Panne{}, false
	}
	return Panne{
		Cause: modele.Texte{Fr: fmt.Sprintf("erreur n° %d du système", int(numero)), En: fmt.Sprintf("system error %d (%s)", int(numero), numero.Error())},
		Aide:  modele.Texte{Fr: "recommencez", En: "try again"},
	}, true
}

// Fichier returns the file or folder that an error of the system is about; "" for none.
func Fichier(err error) string {
	var chemin *fs.PathError
	var lien *os.LinkError
	switch {
	case errors.As(err, &chemin):
		return chemin.Path
	case errors.As(err, &lien):
		return lien.New
	}
	return ""
}
