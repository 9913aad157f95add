package main

import (
	"errors"
	"runtime"
	"syscall"

	"guichet/modele"
)

var (
	heldOpen = modele.Texte{
		Fr: "le fichier est ouvert dans un autre programme : fermez-le dans Excel (ou ce qui l'affiche), puis recommencez",
		En: "the file is open in another program: close it in Excel (or what shows it), then start again",
	}
	diskFull   = modele.Texte{Fr: "le disque est plein", En: "the disk is full"}
	outOfReach = modele.Texte{
		Fr: "le dossier réseau ne répond pas : vérifiez la connexion et le lecteur, ou travaillez sur un disque de cette machine",
		En: "the network folder does not answer: check the connection and the drive, or work on a disk of this machine",
	}
)

// windowsCauses says what the error numbers of Windows mean. A file that is replaced while Excel shows it gives 5 or
// 32, by how Excel has opened it.
var windowsCauses = map[syscall.Errno]modele.Texte{
	5: {
		Fr: "accès refusé par Windows : si le fichier est ouvert dans Excel ou un autre programme, fermez-le ; sinon vérifiez vos droits sur le dossier",
		En: "access denied by Windows: if the file is open in Excel or another program, close it; otherwise check your rights to the folder",
	},
	19: {Fr: "le disque est en lecture seule", En: "the disk is read-only"},
	32: heldOpen, 33: heldOpen, 1224: heldOpen,
	39: diskFull, 112: diskFull,
	53: outOfReach, 59: outOfReach, 64: outOfReach, 67: outOfReach,
	123: {
		Fr: `Windows n'admet pas ce nom : ôtez-en < > : " | ? * et les espaces de la fin`,
		En: `Windows does not allow this name: take < > : " | ? * and blanks at the end out of it`,
	},
	206: {Fr: "le chemin est trop long pour Windows : travaillez dans un dossier plus proche de la racine", En: "the path is too long for Windows: work in a folder nearer to the root"},
	225: {Fr: "l'antivirus de Windows a bloqué ce fichier", En: "the antivirus of Windows has blocked this file"},
}

// ofWindows says why Windows could not do something; on other systems the same numbers mean other things.
func ofWindows(err error) (modele.Texte, bool) {
	var number syscall.Errno
	if runtime.GOOS != "windows" || !errors.As(err, &number) {
		return modele.Texte{}, false
	}
	text, ok := windowsCauses[number]
	return text, ok
}
